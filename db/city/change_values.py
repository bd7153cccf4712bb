"""What people of the demo city ask to have changed: values that a form would accept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from app.domain.changes import ChangeKind, Value
from app.domain.changes.kinds import STOP_HEATING_GROUNDS, STOP_WASTE_GROUNDS, TITLES
from app.domain.holders import HolderKind
from app.domain.premises import ChargingMethod, PremisesKind
from app.domain.subsidies import Category
from db.city import people
from db.city.households import Household

_MASK = "•••••"
_REGISTERS = ("OPU", "UOP", "O", "Rs")


@dataclass(frozen=True, slots=True)
class Wish:
    """A change somebody asks for: the values of its form, and who asks on which ground."""

    kind: ChangeKind
    values: Mapping[str, Value]
    applicant: str
    secrets: Mapping[str, Value] = field(default_factory=dict)
    id_card: str = ""
    phone: str = ""
    email: str = ""
    basis_act: str = ""
    basis_number: str = ""
    basis_issuer: str = ""


_Maker = Callable[[Household, Random, date], Wish]


def wish_of(household: Household, *, dice: Random, today: date, kind: ChangeKind | None) -> Wish:
    """Return what the people of a household ask for; ``kind`` leaves nothing to chance."""
    if kind is not None:
        return _MAKERS[kind](household, dice, today)
    likely = _likely(household)
    chosen = dice.choices([one for one, _ in likely], weights=[weight for _, weight in likely])[0]
    return _MAKERS[chosen](household, dice, today)


def _likely(household: Household) -> list[tuple[ChangeKind, int]]:
    charged = household.states[-1].charged
    is_home = household.premises.kind in (PremisesKind.FLAT, PremisesKind.HOUSE)
    found = [(ChangeKind.DELIVERY_ADDRESS, 6), (ChangeKind.AREA, 5), (ChangeKind.CLOSE_ACCOUNT, 3)]
    if household.is_natural:
        found += [(ChangeKind.HOLDER, 22), (ChangeKind.CORRECTION, 9)]
    else:
        found += [(ChangeKind.LEGAL_PERSON, 20), (ChangeKind.EMAIL_DELIVERY, 6)]
    if is_home:
        found += [(ChangeKind.MEMBERS, 26), (ChangeKind.PURPOSE, 3)]
        if household.is_natural:
            found += [(ChangeKind.DEATH, 6), (ChangeKind.SUBSIDY, 8)]
        if "waste" in charged.services:
            found.append((ChangeKind.STOP_WASTE, 5))
        if household.premises.building.has_assembly:
            found.append((ChangeKind.CHARGING_METHOD, 2))
    if charged.heated_area:
        found.append((ChangeKind.STOP_HEATING, 5))
    if not household.has_email_bill:
        found.append((ChangeKind.EMAIL_DELIVERY, 6))
    return found


def _wish(
    kind: ChangeKind,
    household: Household,
    dice: Random,
    values: Mapping[str, Value],
    *,
    applicant: people.Holder | None = None,
    secrets: Mapping[str, Value] | None = None,
    basis_act: str = "",
    basis_issuer: str = "",
) -> Wish:
    who = applicant or household.holder
    is_person = who.kind is HolderKind.NATURAL
    return Wish(
        kind,
        values,
        who.full_name,
        secrets or {},
        id_card=f"00{dice.randint(1_000_000, 9_999_999)}" if is_person else "",
        phone=people.phone(dice)[0],
        email=people.email(dice, of=who) if dice.random() < 0.4 else "",
        basis_act=basis_act,
        basis_number=f"{dice.choice(('OPU', 'UOP', 'O', 'Rs'))} {dice.randint(11, 2400)}"
        if basis_act
        else "",
        basis_issuer=basis_issuer,
    )


def _holder(household: Household, dice: Random, today: date) -> Wish:
    buyer = people.person(dice, today=today)
    values: dict[str, Value] = {
        "holder_kind": HolderKind.NATURAL.value,
        "last_name": buyer.last_name,
        "first_name": buyer.first_name,
        "jmbg": _masked(buyer.jmbg),
        "phone": people.phone(dice)[0],
        "email": people.email(dice, of=buyer) if dice.random() < 0.5 else None,
    }
    if household.states[-1].charged.method is ChargingMethod.MEMBERS:
        values["members"] = dice.randint(1, 5)
    act = dice.choice(TITLES[:4])
    issuer = "Osnovni sud u Beogradu" if act == "inheritance_ruling" else "Javni beležnik, Beograd"
    secrets: dict[str, Value] = {"jmbg": buyer.jmbg} if buyer.jmbg else {}
    return _wish(
        ChangeKind.HOLDER,
        household,
        dice,
        values,
        applicant=buyer,
        secrets=secrets,
        basis_act=act,
        basis_issuer=issuer,
    )


def _members(household: Household, dice: Random, _today: date) -> Wish:
    now = household.states[-1].charged.members
    return _wish(
        ChangeKind.MEMBERS,
        household,
        dice,
        {"members": max(1, now + dice.choice((-1, 1, 1, 2))) if now > 1 else now + 1},
    )


def _charging_method(household: Household, dice: Random, _today: date) -> Wish:
    now = household.states[-1].charged.method
    other = ChargingMethod.AREA if now is ChargingMethod.MEMBERS else ChargingMethod.MEMBERS
    return _wish(ChangeKind.CHARGING_METHOD, household, dice, {"charging_method": other.value})


def _stop_heating(household: Household, dice: Random, _today: date) -> Wish:
    return _wish(ChangeKind.STOP_HEATING, household, dice, {"ground": dice.choice(STOP_HEATING_GROUNDS)})


def _stop_waste(household: Household, dice: Random, _today: date) -> Wish:
    return _wish(ChangeKind.STOP_WASTE, household, dice, {"ground": dice.choice(STOP_WASTE_GROUNDS)})


def _close(household: Household, dice: Random, today: date) -> Wish:
    day = max(today - timedelta(days=dice.randint(30, 60)), household.opened_on)
    return _wish(ChangeKind.CLOSE_ACCOUNT, household, dice, {"closed_on": day.isoformat()})


def _area(household: Household, dice: Random, _today: date) -> Wish:
    charged = household.states[-1].charged
    more = Decimal(dice.choice(("-3.5", "-2", "1.5", "2", "4", "6.5")))
    area = max(charged.area + more, Decimal(8)).quantize(Decimal("0.01"))
    heated = min(area, charged.heated_area).quantize(Decimal("0.01"))
    return _wish(ChangeKind.AREA, household, dice, {"area": str(area), "heated_area": str(heated)})


def _purpose(household: Household, dice: Random, _today: date) -> Wish:
    heated = household.states[-1].charged.heated_area.quantize(Decimal("0.01"))
    values: dict[str, Value] = {
        "purpose": PremisesKind.BUSINESS.value,
        "heated_area": str(heated),
        "has_waste": True,
    }
    return _wish(ChangeKind.PURPOSE, household, dice, values)


def _delivery_address(household: Household, dice: Random, _today: date) -> Wish:
    address = f"Poštanski pregradak {dice.randint(1, 300)}, {dice.choice((11000, 11070, 11080))} Beograd"
    values = {"delivery_name": household.holder.full_name, "delivery_address": address}
    return _wish(ChangeKind.DELIVERY_ADDRESS, household, dice, values)


def _email_delivery(household: Household, dice: Random, _today: date) -> Wish:
    address = people.email(dice, of=household.holder)
    values: dict[str, Value] = {"by_email": True, "on_paper": False, "delivery_email": address}
    return _wish(ChangeKind.EMAIL_DELIVERY, household, dice, values)


def _legal_person(household: Household, dice: Random, _today: date) -> Wish:
    firm = household.holder
    values = {
        "business_name": f"{firm.business_name} u likvidaciji"[:200],
        "pib": firm.pib,
        "company_number": firm.company_number,
        "seat": f"Bulevar despota Stefana {dice.randint(1, 190)}, 11000 Beograd",
    }
    return _wish(ChangeKind.LEGAL_PERSON, household, dice, values)


def _death(household: Household, dice: Random, _today: date) -> Wish:
    members = max(household.states[-1].charged.members - 1, 0)
    values: dict[str, Value] = {
        "members": members,
        "delivery_name": f"Naslednici: {household.holder.full_name}",
        "delivery_address": None,
    }
    return _wish(ChangeKind.DEATH, household, dice, values, basis_issuer="Matičar, Beograd")


def _correction(household: Household, dice: Random, _today: date) -> Wish:
    holder = household.holder
    values = {
        "last_name": holder.last_name,
        "first_name": holder.first_name,
        "jmbg": _masked(holder.jmbg),
        "phone": people.phone(dice)[0],
        "email": people.email(dice, of=holder),
    }
    return _wish(ChangeKind.CORRECTION, household, dice, values)


def _subsidy(household: Household, dice: Random, today: date) -> Wish:
    values = {
        "category": dice.choice(tuple(Category)).value,
        "percent": f"{dice.choice((10, 15, 20, 30))}",
        "decision": f"XIX-04-{dice.randint(1000, 9972)}/{today.year}",
        "granted_until": date(today.year + 1, 12, 31).isoformat(),
    }
    return _wish(
        ChangeKind.SUBSIDY, household, dice, values, basis_issuer="Sekretarijat za socijalnu zaštitu"
    )


def _masked(number: str) -> str | None:
    return f"{number[:4]}{_MASK}{number[-4:]}" if number else None


_MAKERS: dict[ChangeKind, _Maker] = {
    ChangeKind.HOLDER: _holder,
    ChangeKind.MEMBERS: _members,
    ChangeKind.CHARGING_METHOD: _charging_method,
    ChangeKind.STOP_HEATING: _stop_heating,
    ChangeKind.STOP_WASTE: _stop_waste,
    ChangeKind.CLOSE_ACCOUNT: _close,
    ChangeKind.AREA: _area,
    ChangeKind.PURPOSE: _purpose,
    ChangeKind.DELIVERY_ADDRESS: _delivery_address,
    ChangeKind.EMAIL_DELIVERY: _email_delivery,
    ChangeKind.LEGAL_PERSON: _legal_person,
    ChangeKind.DEATH: _death,
    ChangeKind.CORRECTION: _correction,
    ChangeKind.SUBSIDY: _subsidy,
}
"""All but the opening of an account: its number is reserved by whoever files it."""
