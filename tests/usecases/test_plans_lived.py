"""Each of the four real programmes, signed in its own time and lived through to kept and to broken."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.domain.interest import RateTable, accrued
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans import Payer, PlanCause, PlanState, WhyNot
from app.domain.statutory_rates import STATUTORY_RATES
from app.usecases import plans
from tests.usecases.conftest import ANA, CLERK, Town
from tests.usecases.lived import Life, in_2014
from tests.usecases.planned import assert_sound, opened, sue

RATES = RateTable(STATUTORY_RATES)


@pytest.fixture
def life(town: Town) -> Life:
    """An account that was there before all programmes."""
    return Life(town)


def credited(life: Life) -> list[tuple[Decimal, str]]:
    rows = life.town.run("SELECT amount, payer FROM payment WHERE channel = 'credit' ORDER BY id")
    return [(row.amount, row.payer) for row in rows]


# -- 2014 --------------------------------------------------------------------------------------------


def test_2014_takes_what_fell_due_until_april_and_asks_for_six_unpaid_bills(life: Life) -> None:
    life.owes("11/2013", "03/2014", "3000.00")
    life.owes("04/2014", "06/2014", "500.00")
    life.goes_to(date(2014, 9, 15))
    (too_few,) = [one for one in life.choices() if one.programme.code == "2014"]

    life.owes("10/2013", "10/2013", "3000.00")

    assert too_few.obstacle is not None
    assert (too_few.obstacle.why, dict(too_few.obstacle.facts)) == (
        WhyNot.TOO_FEW_BILLS,
        {"least": 6, "there_are": 5},
    )
    assert [period.ggmm for period in life.possible().coverable] == [1310, 1311, 1312, 1401, 1402, 1403]


def test_2014_takes_sued_months_however_few(life: Life) -> None:
    (month,) = life.owes("03/2014", "03/2014", "3000.00")
    life.goes_to(date(2014, 9, 15))
    sue(life.town, [month], costs="900.00", on=date(2014, 9, 1))

    shown = life.signs(1)

    assert shown.costs == Decimal("900.00")
    assert life.sums.sued == ZERO


def test_2014_is_repaid_in_whole_with_its_interest_and_kept(life: Life) -> None:
    in_2014(life)
    before = life.sums
    shown = life.signs(12)
    in_force = life.sums

    life.pays_on_time(up_to=12)

    assert (before.unsued, before.current_month, before.plan) == (Decimal(22500), Decimal(500), ZERO)
    assert shown.saved == ZERO
    assert shown.payable == shown.principal + shown.interest > shown.principal == Decimal(21000)
    assert (in_force.unsued, in_force.plan) == (Decimal(1500), shown.payable)
    assert life.plan.state is PlanState.KEPT
    assert credited(life) == [(Decimal(21000), "reprogram ispunjen")]
    assert (life.sums.plan, life.sums.unsued) == (ZERO, Decimal(1500))


def test_2014_is_broken_by_two_instalments_missed(life: Life) -> None:
    in_2014(life)
    shown = life.signs(6)
    life.pays_on_time(up_to=2)
    paid = life.plan.paid

    day = life.waits_until_broken()

    plan = life.plan
    assert day == plan.instalments[3].due_on + timedelta(days=1)
    assert (plan.state, plan.ended_on) == (PlanState.BROKEN, day)
    assert paid == sum((one.amount for one in shown.instalments[:2]), ZERO)
    assert credited(life) == [(paid, "raskid reprograma")]
    assert life.sums.unsued + life.sums.current_month == Decimal(23000) - paid


# -- 2019/20 -----------------------------------------------------------------------------------------

VECTORS_2019 = [
    # domain vectors: of 47.350,80 so much is written off, and paid in such parts
    (1, "7102.62", ["40248.18"]),
    (6, "4735.08", ["7102.62"] * 6),
    (12, "2367.54", ["3748.61"] * 11 + ["3748.55"]),
]


@pytest.mark.parametrize(("count", "written_off", "parts"), VECTORS_2019)
def test_2019_writes_off_by_its_ladder_once_the_last_instalment_is_paid(
    life: Life, count: int, written_off: str, parts: list[str]
) -> None:
    life.owes("01/2018", "08/2018", "5918.85")
    life.goes_to(date(2020, 2, 20))
    # what ran before the last bill was issued, on 01.09.2018, is no new interest any more
    since = [date(2018, 8, 31)] * 7 + [date(2018, 9, 30)]
    interest = sum(
        (accrued(Decimal("5918.85"), due=day, paid=date(2020, 2, 20), rates=RATES) for day in since), ZERO
    )
    shown = life.signs(count)
    waiting = life.sums
    life.goes_to(date(2020, 2, 27))
    life.certifies()
    held = life.sums

    life.pays_on_time(up_to=count)

    assert shown.principal == Decimal("47350.80")
    assert (shown.written_off_principal, [str(one.amount) for one in shown.instalments]) == (
        Decimal(written_off),
        parts,
    )
    assert shown.written_off_interest == shown.interest == interest
    assert shown.principal + shown.interest + shown.costs == shown.payable + shown.saved
    # a contract that waits for the notary holds nothing; certified, it is what is owed
    assert (waiting.plan, waiting.unsued + waiting.current_month) == (ZERO, Decimal("47350.80"))
    assert (held.plan, held.unsued, held.current_month) == (shown.payable, ZERO, ZERO)
    kept = life.history[-1]
    assert (kept.new_state, kept.cause) == (PlanState.KEPT, PlanCause.ALL_PAID)
    assert Decimal(str(kept.facts["written_off_principal"])) == Decimal(written_off)
    assert credited(life) == [(Decimal("47350.80"), "reprogram ispunjen")]
    assert life.sums.total == ZERO
    assert not life.debt.months


def test_2019_broken_in_its_extension_revives_all_that_was_written_off(life: Life) -> None:
    life.owes("01/2018", "08/2018", "5918.85")
    signed_on = date(2020, 6, 15)
    life.goes_to(signed_on)
    assert life.possible().programme.version == 2
    at_signing = [one.month.interest for one in life.debt.months]
    shown = life.signs(6)
    life.goes_to(date(2020, 6, 22))
    life.certifies()
    life.pays_on_time(up_to=3)

    day = life.waits_until_broken()

    paid = Decimal("21307.86")
    broken = life.history[-1]
    again = life.debt
    assert (broken.new_state, broken.cause) == (PlanState.BROKEN, PlanCause.INSTALMENTS_MISSED)
    assert broken.facts["numbers"] == [4, 5]
    assert Decimal(str(broken.facts["revived_principal"])) == Decimal("4735.08")
    assert Decimal(str(broken.facts["revived_interest"])) == shown.interest
    assert credited(life) == [(paid, "raskid reprograma")]
    # 3 x 7.102,62 pay three months and 3.551,31 of the fourth
    assert opened(life.town) == [ZERO] * 3 + [Decimal("2367.54")] + [Decimal("5918.85")] * 4
    # the interest of the contract is owed in whole, and from its day on it runs on what is left
    assert [one.acknowledged for one in again.months] == at_signing
    assert sum(at_signing, ZERO) == shown.interest
    assert [one.month.interest for one in again.months] == [
        until_then + accrued(one.month.principal, due=signed_on, paid=day, rates=RATES)
        for until_then, one in zip(at_signing, again.months, strict=True)
    ]
    assert not [one for one in life.choices() if one.obstacle is None]


def test_2019_is_not_signed_a_second_time_by_who_broke_it(life: Life) -> None:
    life.owes("01/2018", "08/2018", "5918.85")
    life.goes_to(date(2019, 11, 4))
    life.signs(12)
    life.certifies()
    life.waits_until_broken()

    (choice,) = [one for one in life.choices() if one.programme.code == "2019"]

    assert life.today < date(2020, 5, 9)
    assert choice.obstacle is not None
    assert choice.obstacle.why is WhyNot.BROKEN_BEFORE


def test_2019_offers_no_instalment_under_a_thousand(life: Life) -> None:
    life.owes("01/2018", "01/2018", "5918.85")
    life.goes_to(date(2020, 2, 20))
    version = life.possible().programme

    with life.town.visiting(CLERK, ANA) as session:
        debt = plans.debt_of(session, ident=ANA, today=life.today)
        found = plans.offers_on(
            debt, terms=version.terms, payer=Payer.ORDINARY, months=[Period.from_ggmm(1801)]
        )

    assert [type(one).__name__ for one in found] == [
        "Offer",
        "Offer",
        "InstalmentTooSmall",
        "InstalmentTooSmall",
    ]


# -- 2023/24 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "most"),
    [(("07/2023", "07/2023"), 12), (("01/2023", "03/2023"), 24), (("02/2022", "07/2022"), 48)],
)
def test_2023_gives_pensioners_so_many_instalments_as_their_debt_is_large(
    life: Life, months: tuple[str, str], most: int
) -> None:
    periods = life.owes(*months, "16000.00" if most == 24 else "29000.00")
    life.goes_to(date(2023, 12, 5))
    if most == 24:
        life.town.pay(ANA, "16000.00", on=life.today, against={periods[0]: "16000.00"})
    shown = life.signs(most, payer=Payer.PENSIONER)

    assert len(shown.instalments) == most
    assert shown.discount_percent == 20
    assert shown.written_off_principal == shown.principal / 5


def test_2023_of_a_pensioner_is_kept_over_sixty_instalments(life: Life) -> None:
    life.owes("07/2022", "07/2023", "17000.00")
    life.owes("08/2023", "08/2023", "500.00")
    life.goes_to(date(2024, 9, 10))
    shown = life.signs(60, payer=Payer.PENSIONER)
    life.certifies("UOP: 60-2024")

    life.pays_on_time(up_to=58)
    life.goes_to(life.today + timedelta(days=1))
    life.brings(sum((one.open for one in life.plan.instalments), ZERO), instalment=59)
    life.follows()

    assert (shown.principal, shown.payable) == (Decimal(221000), Decimal(176800))
    assert life.plan.state is PlanState.KEPT
    assert life.plan.ended_on == shown.instalments[57].due_on + timedelta(days=1)
    assert opened(life.town) == [ZERO] * 13 + [Decimal(500)]


def test_2023_of_anybody_else_is_broken_and_its_cases_go_on(life: Life) -> None:
    periods = life.owes("01/2023", "06/2023", "2500.00", interest="40.00")
    case = sue(life.town, periods[:2], costs="3100.00", state="final", on=date(2023, 12, 1))
    life.goes_to(date(2024, 3, 20))
    before = life.sums
    shown = life.signs(12)
    life.certifies()
    resting = life.town.run("SELECT state FROM enforcement_case WHERE id = :id", id=case).scalar_one()
    held = life.sums
    life.pays_on_time(up_to=3)
    paid = life.plan.paid

    life.waits_until_broken()

    woken = life.town.run("SELECT state, paid_costs FROM enforcement_case WHERE id = :id", id=case).one()
    assert (before.sued, before.unsued + before.current_month) == (Decimal(5080), Decimal(10160))
    assert shown.costs == Decimal("3100.00")
    assert (resting, held.sued, held.plan) == ("suspended_by_plan", ZERO, shown.payable)
    assert tuple(woken) == ("final", Decimal("3100.00"))
    assert life.sums.total == before.total - (paid - Decimal(3100))


def test_interest_of_a_bill_is_still_interest_when_a_broken_plan_has_paid_its_principal(life: Life) -> None:
    life.owes("01/2023", "04/2023", "2500.00", interest="40.00")
    life.goes_to(date(2024, 3, 20))
    first = life.debt.months[0]
    life.signs(3)
    life.certifies()
    life.pays_on_time(up_to=1)

    life.waits_until_broken()

    paid, until_signed = life.plan.paid, first.month.interest
    first, *others = life.debt.months
    assert paid > Decimal(2500)
    assert (first.month.principal, first.interest_on_bill) == (ZERO, Decimal(40))
    assert first.month.interest == until_signed == Decimal(40) + first.acknowledged
    assert sum((one.month.principal for one in others), ZERO) == Decimal(10000) - paid
    assert [one.interest_on_bill for one in others] == [Decimal(40)] * 3
    # what comes after goes to interest first, as ever
    life.town.pay(ANA, "25.00", on=life.today, against={first.month.period: "25.00"})
    assert life.debt.months[0].month.interest == until_signed - 25
    assert_sound(life.town)


# -- 2025 - ------------------------------------------------------------------------------------------


def in_2026(life: Life) -> Decimal:
    """Five months of which the third is the last one sued; return the costs of its case."""
    periods = life.owes("05/2025", "09/2025", "8000.00")
    sue(life.town, [periods[0], periods[2]], costs="4200.00", state="executing", on=date(2025, 12, 1))
    life.goes_to(date(2026, 3, 10))
    return Decimal("4200.00")


def test_2025_is_paid_at_once_without_interest_up_to_the_last_month_sued(life: Life) -> None:
    costs = in_2026(life)
    shown = life.signs(1)
    assert life.plan.state is PlanState.ACTIVE

    life.pays_on_time(up_to=1)

    assert (shown.principal, shown.costs, shown.payable) == (Decimal(24000), costs, Decimal(28200))
    assert shown.saved == shown.interest > ZERO
    assert life.plan.state is PlanState.KEPT
    assert opened(life.town) == [ZERO] * 3 + [Decimal(8000)] * 2
    assert life.town.run("SELECT state FROM enforcement_case").scalar_one() == "collected"
    assert life.sums.sued == ZERO


def test_2025_knows_no_second_instalment(life: Life) -> None:
    in_2026(life)
    terms = life.possible().programme.terms

    with life.town.visiting(CLERK, ANA) as session:
        debt = plans.debt_of(session, ident=ANA, today=life.today)
        found = plans.offers_on(
            debt,
            terms=terms,
            payer=Payer.ORDINARY,
            months=[Period.from_ggmm(2505)],
            counts=[1, 2],
        )

    assert [type(one).__name__ for one in found] == ["Offer", "TooManyInstalments"]


def test_2025_is_broken_a_month_after_its_day_and_may_be_signed_again(life: Life) -> None:
    in_2026(life)
    before = life.sums
    life.signs(1)
    due_on = life.plan.instalments[0].due_on
    life.goes_to(due_on)
    life.brings(Decimal("5000.00"), instalment=1)
    life.follows()

    day = life.waits_until_broken()

    assert day == due_on + timedelta(days=31)
    assert life.plan.state is PlanState.BROKEN
    assert credited(life) == [(Decimal(5000), "raskid reprograma")]
    # 4.200 to the costs of the case, 800 to the oldest month
    assert life.sums.total == before.total - 800
    assert life.town.run("SELECT state FROM enforcement_case").scalar_one() == "executing"
    again = life.signs(1)
    assert (again.principal, again.costs) == (Decimal(23200), ZERO)
    assert_sound(life.town)
