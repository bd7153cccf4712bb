"""Hand-made accounts that every demo city has at the same idents, for tests, pictures and handbooks.

========  =====================================================================================
1000042   Ana Petrović, a flat with everything: arrears, months before a bailiff, a plan kept
          years ago, a fresh notice, no bill by e-mail
1000105   Željko Đurđević, a flat that always pays in time: 7 % discount (after a year), subsidy,
          bill by e-mail
1000318   Jović d.o.o., a shop
1000551   Dragan Stojanović, a flat with a plan in force: one instalment, over months that have
          bills here (under the programme of 2025)
1000552   Radmila Ilić, a plan of sixty instalments in force, signed in 2023/24 (older months)
1000640   Nenad Simić, a heated garage
1000773   Vesna Lukić, overpaid
1000812   Slavica Živković, a house; bought from Radoje Ćosić eight months ago
1000900   Jovana Novaković, new this month: no bill yet
1000901   Borivoje Tasić, closed about five months ago, everything paid
1001001   Љиљана Његован, on file in Cyrillic, bill by e-mail
1234567   Milan Marković: the bill of 06/2026 is the only one not paid
          (97 05 1234567 2606)
========  =====================================================================================

Valid for every day from 2026-07-01 on and cities of fifteen months and more;
shorter ones have the same accounts with less of a past.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from app.domain.holders import HolderKind
from app.domain.payments import PaymentChannel
from app.domain.period import Period
from app.domain.personal_numbers import company_number, jmbg, pib
from app.domain.plans import PlanState
from app.domain.premises import ChargingMethod, PremisesKind
from app.domain.subsidies import Category
from db.city.collection import Conduct
from db.city.debts import Debt
from db.city.households import Subsidy, Wishes
from db.city.life import Fate, OldPlan
from db.city.people import Holder
from db.city.places import PROFILES, Building, Premises, Street, streets
from db.city.tempers import Intention, Payer, Temper

EVERYTHING = 1000042
ALWAYS_IN_TIME = 1000105
BUSINESS = 1000318
PLAN_IN_FORCE = 1000551
LONG_PLAN = 1000552
GARAGE = 1000640
OVERPAID = 1000773
NEW_OWNER = 1000812
BRAND_NEW = 1000900
CLOSED = 1000901
IN_CYRILLIC = 1001001
JUNE_UNPAID = 1234567

JUNE = Period(2026, 6)
"""The month ``JUNE_UNPAID`` owes."""

_UNMOVED = Conduct(
    heeds_notice=0, heeds_partly=0, is_sued=2, objects=0, is_collected=0, is_dropped=0, signs_plan=0
)
_LEFT_ALONE = Conduct(heeds_notice=0, heeds_partly=0, is_sued=0, signs_plan=0)
_PUNCTUAL = Payer(Temper.PUNCTUAL, PaymentChannel.BANK)
_AT_THE_POST = Payer(Temper.BY_DUE_DATE, PaymentChannel.POST)


@dataclass(frozen=True, slots=True)
class Script:
    """Pays every bill on the sixth day, but not those so many months from the last, nor of one period."""

    skips: frozenset[int] = frozenset()
    skips_period: Period | None = None
    overpays_last: bool = False

    def decide(self, bill: Debt, _dice: Random) -> tuple[Intention, ...]:
        """Decide by the calendar alone."""
        is_skipped_period = (
            self.skips_period is not None and bill.month.issued_on == self.skips_period.next().first_day
        )
        if is_skipped_period or bill.month.from_last in self.skips:
            return ()
        day = bill.month.issued_on + timedelta(days=5)
        if self.overpays_last and bill.month.from_last == 1:
            return (Intention(day, bill.charged - bill.discount + Decimal("2500.00")),)
        return (Intention(day, None),)


@dataclass(frozen=True, slots=True)
class Case:
    """A hand-made account."""

    ident: int
    premises: Premises
    wishes: Wishes
    fate: Fate


def cases(today: date) -> tuple[Case, ...]:
    """Return the hand-made accounts of a city that ends today, by ident."""
    month = today.replace(day=1)
    long_ago = date(2004, 3, 15)
    return (
        Case(
            EVERYTHING,
            _flat(1, "Novi Beograd", "Jurija Gagarina", "81", "2", "II", "14", "61.5"),
            Wishes(
                _person("Ana", "Petrović", "150398071512"),
                opened_on=long_ago,
                members=3,
                is_metered=False,
                is_simple=True,
                email="ana.petrovic@example.com",
                phone="064/123-4567",
            ),
            Fate(
                payer=_AT_THE_POST,
                script=Script(skips=frozenset({0, 1, 2, 3, 8, 9, 10, 11})),
                conduct=_UNMOVED,
                old_plan=OldPlan(2, 6, PlanState.KEPT),
                reminded_days_ago=4,
            ),
        ),
        Case(
            ALWAYS_IN_TIME,
            _flat(2, "Voždovac", "Vojvode Stepe", "142a", "", "IV", "17", "52"),
            Wishes(
                _person("Željko", "Đurđević", "020756071023"),
                opened_on=long_ago,
                members=2,
                is_metered=True,
                is_simple=True,
                email="zeljko.djurdjevic@example.org",
                by_email=True,
                phone="011/246-81-35",
                subsidy=Subsidy(
                    date(2023, 1, 1), date(today.year + 2, 1, 1), Category.LOW_INCOME, Decimal(15)
                ),
            ),
            Fate(payer=_PUNCTUAL, script=Script(), has_history=False),
        ),
        Case(
            BUSINESS,
            _place(3, PremisesKind.BUSINESS, "Zemun", "Glavna", "32", "", "prizemlje", "1", "48", "0"),
            Wishes(
                Holder(
                    HolderKind.LEGAL,
                    business_name="Jović d.o.o.",
                    pib=pib.make("10531800"),
                    company_number=company_number.make("1031800"),
                ),
                opened_on=date(2015, 6, 1),
                is_simple=True,
                email="knjigovodstvo@example.net",
                phone="011/316-00-42",
            ),
            Fate(payer=Payer(Temper.BY_DUE_DATE, PaymentChannel.BANK), conduct=_LEFT_ALONE),
        ),
        Case(
            PLAN_IN_FORCE,
            _flat(4, "Zvezdara", "Vojislava Ilića", "99", "1", "III", "12", "68"),
            Wishes(
                _person("Dragan", "Stojanović", "110862071034"),
                opened_on=long_ago,
                members=4,
                is_simple=True,
                phone="063/555-0551",
            ),
            Fate(
                payer=_AT_THE_POST,
                script=Script(skips=frozenset(range(1, 7))),
                conduct=_LEFT_ALONE,
                has_history=False,
                signs_plan_days_ago=9,
            ),
        ),
        Case(
            LONG_PLAN,
            _flat(5, "Rakovica", "Vidikovački venac", "15", "", "VI", "41", "57"),
            Wishes(
                _person("Radmila", "Ilić", "250451071589"),
                opened_on=date(1998, 9, 1),
                members=1,
                is_simple=True,
                phone="062/555-0552",
            ),
            Fate(
                payer=_AT_THE_POST,
                script=Script(),
                conduct=_LEFT_ALONE,
                old_plan=OldPlan(3, 60, PlanState.KEPT),
            ),
        ),
        Case(
            GARAGE,
            _place(
                6, PremisesKind.GARAGE, "Stari grad", "Cara Dušana", "51", "", "suteren", "G7", "14", "14"
            ),
            Wishes(_person("Nenad", "Simić", "190375071067"), opened_on=long_ago, is_simple=True),
            Fate(payer=_PUNCTUAL, script=Script(), has_history=False),
        ),
        Case(
            OVERPAID,
            _flat(7, "Palilula", "Višnjička", "44b", "", "I", "5", "49.5"),
            Wishes(
                _person("Vesna", "Lukić", "080169071545"),
                opened_on=long_ago,
                members=2,
                is_simple=True,
                email="vesna.lukic@example.com",
            ),
            Fate(payer=_PUNCTUAL, script=Script(overpays_last=True), has_history=False),
        ),
        Case(
            NEW_OWNER,
            _place(8, PremisesKind.HOUSE, "Sremčica", "Žička", "7", "", "", "", "118", "0"),
            Wishes(
                _person("Slavica", "Živković", "300788071598"),
                former=_person("Radoje", "Ćosić", "121240071011"),
                changed_on=Period.of(today).plus(-8).first_day,
                opened_on=date(1989, 5, 10),
                members=4,
                is_simple=True,
                phone="065/555-0812",
            ),
            Fate(payer=_PUNCTUAL, script=Script(), has_history=False),
        ),
        Case(
            BRAND_NEW,
            _flat(9, "Novi Beograd", "Jurija Gagarina", "83", "3", "V", "28", "44"),
            Wishes(
                _person("Jovana", "Novaković", "140696071522"), opened_on=month, members=1, is_simple=True
            ),
            Fate(payer=_PUNCTUAL, has_history=False),
        ),
        Case(
            CLOSED,
            _flat(10, "Čukarica", "Požeška", "83", "", "II", "9", "55"),
            Wishes(
                _person("Borivoje", "Tasić", "270938071044"),
                opened_on=date(1981, 2, 1),
                closed_on=Period.of(today).plus(-5).first_day,
                members=1,
                is_simple=True,
            ),
            Fate(payer=_PUNCTUAL, script=Script(), has_history=False),
        ),
        Case(
            IN_CYRILLIC,
            _flat(11, "Vračar", "Njegoševa", "38", "", "III", "8", "73.5"),
            Wishes(
                _person("Љиљана", "Његован", "050590071531"),
                opened_on=date(2011, 10, 1),
                members=3,
                is_metered=True,
                is_simple=True,
                email="ljiljana.njegovan@example.org",
                by_email=True,
            ),
            Fate(payer=_PUNCTUAL, script=Script(), has_history=False),
        ),
        Case(
            JUNE_UNPAID,
            _flat(12, "Zvezdara", "Učiteljska", "12a", "2", "III", "15", "64"),
            Wishes(
                _person("Milan", "Marković", "180384071078"),
                opened_on=date(2009, 4, 1),
                members=3,
                is_metered=True,
                is_simple=True,
                email="milan.markovic@example.com",
                phone="060/555-4567",
            ),
            Fate(
                payer=_AT_THE_POST, script=Script(skips_period=JUNE), conduct=_LEFT_ALONE, has_history=False
            ),
        ),
    )


FIRST_FREE_BUILDING = 101
"""Keys of buildings below are the hand-made accounts'."""


def _person(first_name: str, last_name: str, first_twelve: str) -> Holder:
    return Holder(
        HolderKind.NATURAL, first_name=first_name, last_name=last_name, jmbg=jmbg.make(first_twelve)
    )


def _street(settlement: str, name: str) -> Street:
    return next(one for one in streets().all if (one.settlement, one.name) == (settlement, name))


def _flat(
    building_id: int,
    settlement: str,
    street: str,
    number: str,
    entrance: str,
    floor: str,
    door: str,
    area: str,
) -> Premises:
    return _place(
        building_id, PremisesKind.FLAT, settlement, street, number, entrance, floor, door, area, area
    )


def _place(
    building_id: int,
    kind: PremisesKind,
    settlement: str,
    street: str,
    number: str,
    entrance: str,
    floor: str,
    door: str,
    area: str,
    heated: str,
) -> Premises:
    is_house = kind is PremisesKind.HOUSE
    building = Building(
        building_id,
        _street(settlement, street),
        number,
        has_district_heating=not is_house,
        has_assembly=not is_house,
        has_elevator=not is_house,
        has_heat_meter=False,
        method=ChargingMethod.MEMBERS if building_id % 2 else ChargingMethod.AREA,
        profile=building_id % PROFILES,
    )
    return Premises(building, kind, entrance, floor, door, Decimal(area), Decimal(heated))
