"""An account without its bills: who held it from when, what the premises were, how to reach them."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from app.domain.charges import ChargedPremises
from app.domain.holders import HolderKind
from app.domain.premises import ChargingMethod, PremisesKind
from app.domain.script import fold, to_latin
from app.domain.subsidies import Category
from app.domain.visits import Channel
from db.city import people
from db.city.places import Premises
from db.city.rows import Rows
from db.city.staff import CLERKS
from db.city.tariffs import Timeline

_FIRST_ACCOUNTS = date(1977, 1, 1)


@dataclass(frozen=True, slots=True)
class PremisesState:
    """What the premises were in [valid_from, valid_to)."""

    valid_from: date
    valid_to: date | None
    charged: ChargedPremises
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A share of the bill in [valid_from, valid_to)."""

    valid_from: date
    valid_to: date
    category: Category
    percent: Decimal


@dataclass(slots=True)
class Household:
    """What the bills of an account are computed from, and who pays them."""

    ident: int
    premises: Premises
    opened_on: date
    closed_on: date | None
    holders: list[tuple[date, date | None, people.Holder]]
    states: list[PremisesState]
    subsidy: Subsidy | None
    is_metered: bool
    has_email_bill: bool
    rent: Decimal

    @property
    def holder(self) -> people.Holder:
        """Who holds it now, or held it last."""
        return self.holders[-1][2]

    @property
    def is_natural(self) -> bool:
        return self.holder.kind is HolderKind.NATURAL


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a hand-made account insists on; None leaves it to chance."""

    holder: people.Holder | None = None
    former: people.Holder | None = None
    """Who held it until ``changed_on``."""

    changed_on: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    members: int | None = None
    is_metered: bool | None = None
    is_simple: bool = False
    """No change of holder, of premises, no subsidy and no closing."""

    email: str | None = None
    by_email: bool = False
    phone: str | None = None
    subsidy: Subsidy | None = None


def settle(
    ident: int, premises: Premises, *, dice: Random, timeline: Timeline, rows: Rows, wishes: Wishes
) -> Household:
    """Let somebody move in, and write who they are."""
    first, today = timeline.first.first_day, timeline.today
    opened = wishes.opened_on or _opened(dice, first, today)
    closed = wishes.closed_on
    if closed is None and not wishes.is_simple and dice.random() < 0.012:
        closed = max(opened, first) + timedelta(days=30 + dice.randrange(max(1, (today - first).days)))
        closed = closed if closed < today else None
    household = Household(
        ident,
        premises,
        opened,
        closed,
        _holders(premises, dice, opened, closed, timeline, wishes),
        [],
        wishes.subsidy,
        is_metered=dice.random() < 0.35 if wishes.is_metered is None else wishes.is_metered,
        has_email_bill=False,
        rent=Decimal(dice.randint(2400, 9800)),
    )
    if premises.kind is PremisesKind.HOUSE:
        household.is_metered = True
    household.states = _states(household, dice, timeline, wishes)
    if not wishes.is_simple and wishes.subsidy is None:
        household.subsidy = _subsidy(household, dice, timeline)
    _write(household, dice, timeline, rows, wishes)
    return household


def _opened(dice: Random, first: date, today: date) -> date:
    if dice.random() < 0.05:
        return first + timedelta(days=dice.randrange(max(1, (today - first).days - 5)))
    years = (first - _FIRST_ACCOUNTS).days
    return _FIRST_ACCOUNTS + timedelta(days=int(years * dice.random()))


def _holders(
    premises: Premises,
    dice: Random,
    opened: date,
    closed: date | None,
    timeline: Timeline,
    wishes: Wishes,
) -> list[tuple[date, date | None, people.Holder]]:
    today = timeline.today

    def one(of_family: str = "") -> people.Holder:
        is_firm = premises.kind is PremisesKind.BUSINESS or (
            premises.kind is PremisesKind.GARAGE and dice.random() < 0.06
        )
        if is_firm:
            return people.firm(dice)
        return people.person(dice, today=today, last_name=of_family)

    if wishes.holder is not None:
        if wishes.former is not None and wishes.changed_on is not None:
            changed = wishes.changed_on
            return [(opened, changed, wishes.former), (changed, None, wishes.holder)]
        return [(opened, None, wishes.holder)]
    current = one()
    lived = (min(closed or today, today) - opened).days
    if wishes.is_simple or lived < 400 or dice.random() > 0.22:
        return [(opened, None, current)]
    changed = opened + timedelta(days=int(lived * (0.4 + 0.58 * dice.random())))
    inherits = current.kind is HolderKind.NATURAL and dice.random() < 0.5
    heir = one(of_family=to_latin(current.last_name) if inherits else "")
    return [(opened, changed, current), (changed, None, heir)]


def _states(household: Household, dice: Random, timeline: Timeline, wishes: Wishes) -> list[PremisesState]:
    premises = household.premises
    is_home = premises.kind in (PremisesKind.FLAT, PremisesKind.HOUSE)
    members = dice.choice((1, 1, 2, 2, 2, 3, 3, 4, 4, 5)) if is_home else 0
    if wishes.members is not None:
        members = wishes.members
    is_rented = not wishes.is_simple and premises.kind in (PremisesKind.FLAT, PremisesKind.GARAGE)
    is_rented = is_rented and dice.random() < 0.03
    has_waste = is_home or (premises.kind is PremisesKind.BUSINESS and dice.random() < 0.8)
    begin, end = household.opened_on, household.closed_on
    changes: list[tuple[date, int, bool, str]] = []
    if is_home and not wishes.is_simple:
        since = max(begin, timeline.first.first_day)
        for _ in range(dice.choice((0, 0, 0, 0, 0, 1, 1, 2))):
            day = since + timedelta(days=1 + dice.randrange(max(1, (timeline.today - since).days)))
            day = day.replace(day=1)
            other = max(1, members + dice.choice((-1, 1, 1)))
            if begin < day and (end is None or day < end) and day not in [one[0] for one in changes]:
                changes.append((day, other, has_waste, "promena broja članova domaćinstva"))
                members = other
        if dice.random() < 0.01:
            day = since + timedelta(days=1 + dice.randrange(max(1, (timeline.today - since).days)))
            day = day.replace(day=1)
            if begin < day and (end is None or day < end) and day not in [one[0] for one in changes]:
                changes.append((day, members, False, "prestanak plaćanja iznošenja smeća: prazan stan"))
    changes.sort()
    starts = [(begin, members if not changes else changes[0][1], has_waste, ""), *changes]
    ends = [*(start[0] for start in starts[1:]), end]
    return [
        PremisesState(
            day,
            valid_to,
            ChargedPremises(
                premises.kind,
                premises.area,
                premises.heated_area,
                count,
                # what nobody lives in has no members to share by
                premises.building.method if is_home else ChargingMethod.AREA,
                services(household, has_waste=waste, is_rented=is_rented),
            ),
            reason,
        )
        for (day, count, waste, reason), valid_to in zip(starts, ends, strict=True)
        if valid_to is None or valid_to > day
    ]


def services(household: Household, *, has_waste: bool, is_rented: bool) -> frozenset[str]:
    """List the codes of the services that these premises are connected to."""
    premises = household.premises
    building = premises.building
    found: set[str] = set()
    if premises.kind in (PremisesKind.FLAT, PremisesKind.HOUSE):
        found |= {"cold_water", "readiness", "water_resource"}
        if building.street.is_urban or premises.kind is PremisesKind.FLAT:
            found |= {"sewage", "discharged_water"}
        if premises.heated_area:
            if building.has_heat_meter:
                found |= {"heating_power", "heating_consumption"}
            else:
                found.add("heating")
            if building.profile % 4:
                found.add("hot_water")
        if has_waste:
            found |= {"waste", "landfill"}
    elif premises.kind is PremisesKind.GARAGE:
        found |= {"garage_heating", "shared_electricity"} if premises.heated_area else {"shared_electricity"}
    elif has_waste:
        is_small = premises.area <= 30 and " pr " in to_latin(household.holder.business_name)
        found |= {f"waste_small_{building.profile % 4 + 1}" if is_small else "waste_business", "landfill"}
    if premises.kind in (PremisesKind.FLAT, PremisesKind.BUSINESS):
        found |= {"shared_electricity", "cleaning"}
        found.add("maintenance_elevator" if building.has_elevator else "maintenance")
    if is_rented:
        found.add("rent_garage" if premises.kind is PremisesKind.GARAGE else "rent_flat")
    return frozenset(found)


def _subsidy(household: Household, dice: Random, timeline: Timeline) -> Subsidy | None:
    is_home = household.premises.kind in (PremisesKind.FLAT, PremisesKind.HOUSE)
    if not is_home or not household.is_natural or dice.random() > 0.045:
        return None
    first = timeline.first.first_day
    begins = max(household.opened_on, first.replace(year=first.year - 1)).replace(day=1)
    begins += timedelta(days=31 * dice.randrange(30))
    begins = begins.replace(day=1)
    return Subsidy(
        begins,
        begins.replace(year=begins.year + dice.choice((1, 1, 2, 3))),
        dice.choice(tuple(Category)),
        Decimal(dice.choice((10, 15, 20, 30))),
    )


# -- writing -----------------------------------------------------------------------------------------


def _write(household: Household, dice: Random, timeline: Timeline, rows: Rows, wishes: Wishes) -> None:
    ident, premises = household.ident, household.premises
    elsewhere = not wishes.is_simple and dice.random() < 0.02
    rows.add(
        "account",
        ident,
        household.opened_on,
        household.closed_on,
        household.holder.full_name if elsewhere else "",
        f"Poštanski pregradak {dice.randint(1, 300)}, 11000 Beograd" if elsewhere else "",
    )
    rows.add("premises", ident, premises.building.id, premises.entrance, premises.floor, premises.door)
    for state in household.states:
        charged = state.charged
        rows.add(
            "premises_state",
            ident,
            state.valid_from,
            state.valid_to,
            charged.kind.value,
            charged.area,
            charged.heated_area,
            charged.members,
            charged.method.value,
            household.is_metered,
            "hot_water" in charged.services,
            bool(charged.services & _WASTE),
            bool(charged.services & _RENT),
            state.reason,
        )
    for valid_from, valid_to, holder in household.holders:
        rows.add(
            "holder",
            ident,
            valid_from,
            valid_to,
            holder.kind.value,
            holder.first_name,
            holder.last_name,
            holder.business_name,
            holder.jmbg or None,
            holder.pib or None,
            holder.company_number or None,
        )
    if household.subsidy is not None:
        given = household.subsidy
        rows.add(
            "subsidy",
            ident,
            given.valid_from,
            given.valid_to,
            given.category.value,
            given.percent,
            f"XIX-04-{ident % 9973}/{given.valid_from.year}",
        )
    _write_contacts(household, dice, timeline, rows, wishes)


_WASTE = frozenset({"waste", "waste_business", *(f"waste_small_{group}" for group in range(1, 5))})
_RENT = frozenset({"rent_flat", "rent_garage"})


def _write_contacts(
    household: Household, dice: Random, timeline: Timeline, rows: Rows, wishes: Wishes
) -> None:
    ident, holder = household.ident, household.holder
    since = max(household.holders[-1][0], date(2012, 5, 1))
    number = 0
    if wishes.phone or (not wishes.is_simple and dice.random() < 0.72):
        phones = [people.phone(dice)]
        if wishes.phone:
            phones = [(wishes.phone, "".join(c for c in wishes.phone if c.isdigit()))]
        elif dice.random() < 0.2:
            phones.append(people.phone(dice))
        for written, digits in phones:
            number += 1
            rows.add("contact", ident, number, "phone", written, digits, since, None)
    has_email = wishes.email is not None or (not wishes.is_simple and dice.random() < 0.42)
    address = wishes.email if wishes.email is not None else people.email(dice, of=holder)
    if has_email and address:
        number += 1
        rows.add("contact", ident, number, "email", address, address.lower(), since, None)
    by_email = wishes.by_email or (has_email and not wishes.is_simple and dice.random() < 0.45)
    household.has_email_bill = by_email
    span = max(1, (timeline.today - since).days - 2)
    consented = since + timedelta(days=1 + int(span * dice.random()))
    rows.add(
        "delivery",
        ident,
        by_email,
        not by_email or dice.random() < 0.25,
        address.lower() if has_email else "",
    )
    if by_email:
        minute = dice.randint(10, 59)
        channel = dice.choice((Channel.PORTAL, Channel.PORTAL, Channel.COUNTER))
        rows.add(
            "email_consent",
            ident,
            1,
            address.lower(),
            holder.full_name,
            f"{consented.isoformat()} 09:{minute}:00+01",
            channel.value,
            1,
            "" if channel is Channel.PORTAL else CLERKS[ident % len(CLERKS)].login,
        )
    if by_email or (has_email and dice.random() < 0.5):
        registered = max(consented, date(2020, 9, 30))
        if registered < timeline.today:
            user = fold(holder.full_name).replace(" ", "_")[:18]
            rows.add(
                "portal_registration",
                ident,
                f"{user}{ident % 97}",
                registered,
                f"{registered.isoformat()} 20:{dice.randint(10, 59)}:00+01" if dice.random() < 0.95 else None,
                dice.random() < 0.8,
            )
