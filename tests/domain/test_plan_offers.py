"""Programmes, offers and following: what the city decided, computed to the para."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refused
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans import (
    BreachRule,
    CountNotOffered,
    DebtRule,
    FirstDue,
    InstalmentTooSmall,
    InterestRelief,
    LadderStep,
    MonthOfDebt,
    NothingToRepay,
    Offer,
    Payer,
    PlanState,
    SizeRule,
    Terms,
    TermsFaulty,
    TooManyInstalments,
    WhyNot,
    breaks_on,
    counts_to_tell,
    coverable,
    follow,
    is_in_time,
    obstacle,
    offer,
    offers,
    standard_counts,
)
from app.domain.plans.programmes import check, from_json, to_json

LADDER = tuple(
    LadderStep(Payer.ORDINARY, count, Decimal(percent))
    for count, percent in ((1, 15), (3, 12), (6, 10), (12, 5))
)
SOCIAL = tuple(LadderStep(Payer.PENSIONER, count, Decimal(20)) for count in (12, 24, 48, 60))
SIZES = (
    SizeRule(Payer.PENSIONER, Decimal(30_000), 12),
    SizeRule(Payer.PENSIONER, Decimal(50_000), 24),
    SizeRule(Payer.PENSIONER, Decimal(200_000), 48),
    SizeRule(Payer.PENSIONER, None, 60),
)
OF_2023 = Terms(
    (*LADDER, *SOCIAL),
    DebtRule(due_until=date(2023, 8, 31)),
    SIZES,
    InterestRelief.ON_FULFILMENT,
)
OF_2025 = Terms(
    (LadderStep(Payer.ORDINARY, 1, Decimal(0)), LadderStep(Payer.FORMER_ENTREPRENEUR, 1, Decimal(0))),
    DebtRule(up_to_last_sued=True),
    (),
    InterestRelief.ON_FULFILMENT,
    takes_other_counts=False,
)
TODAY = date(2024, 1, 15)
NO_HOLIDAYS: frozenset[date] = frozenset()


def month(period: Period, principal: str, *, interest: str = "0", is_sued: bool = False) -> MonthOfDebt:
    return MonthOfDebt(period, period.next().last_day, Decimal(principal), Decimal(interest), is_sued)


def make(terms: Terms, count: int, *months: MonthOfDebt, payer: Payer = Payer.ORDINARY) -> Offer:
    return offer(
        terms,
        payer=payer,
        months=months,
        costs=ZERO,
        instalments=count,
        signed_on=TODAY,
        holidays=NO_HOLIDAYS,
    )


@pytest.mark.parametrize(
    ("count", "written_off", "regular", "last"),
    [
        (1, "7102.62", "40248.18", "40248.18"),
        (6, "4735.08", "7102.62", "7102.62"),
        (12, "2367.54", "3748.61", "3748.55"),
    ],
)
def test_the_published_ladder_gives_the_published_sums(
    count: int, written_off: str, regular: str, last: str
) -> None:
    made = make(OF_2023, count, month(Period(2023, 6), "47350.80"))

    assert made.written_off_principal == Decimal(written_off)
    assert made.first.amount == made.monthly == Decimal(regular)
    assert made.last.amount == Decimal(last)


def test_interest_is_written_off_whole_and_never_discounted_twice() -> None:
    made = make(OF_2023, 3, month(Period(2023, 6), "10000", interest="812.35"))

    assert made.written_off_interest == Decimal("812.35")
    assert made.payable == Decimal("8800.00")


def test_a_number_between_two_steps_earns_what_the_longer_one_does() -> None:
    assert make(OF_2023, 4, month(Period(2023, 6), "10000")).discount_percent == 10


def test_a_programme_of_one_payment_offers_no_other_number() -> None:
    with pytest.raises(TooManyInstalments) as refused:
        make(OF_2025, 2, month(Period(2023, 6), "10000"))

    assert refused.value.most == 1


@pytest.mark.parametrize(
    ("debt", "most"), [("30000", 12), ("30000.01", 24), ("50000", 24), ("200000", 48), ("200000.01", 60)]
)
def test_the_size_of_a_pensioners_debt_bounds_the_instalments(debt: str, most: int) -> None:
    assert OF_2023.most_instalments(Payer.PENSIONER, debt=Decimal(debt)) == most
    assert standard_counts(OF_2023, payer=Payer.PENSIONER, debt=Decimal(debt))[-1] == most

    with pytest.raises(TooManyInstalments):
        make(OF_2023, most + 1, month(Period(2023, 6), debt), payer=Payer.PENSIONER)


def test_a_customer_is_told_of_every_step_and_of_the_longest_that_is_to_be_had() -> None:
    steps = {step.instalments for step in OF_2023.steps_for(Payer.PENSIONER)}

    told = counts_to_tell(OF_2023, payer=Payer.PENSIONER, debt=Decimal(30000))

    assert set(told) == steps | {12}
    assert list(told) == sorted(told)


def test_no_programme_without_a_step_for_the_payer() -> None:
    with pytest.raises(CountNotOffered):
        make(OF_2023, 1, month(Period(2023, 6), "10000"), payer=Payer.COMPANY)


def test_sixty_instalments_of_a_para_are_refused_and_one_para_at_once_is_not() -> None:
    with pytest.raises(InstalmentTooSmall):
        make(
            Terms((LadderStep(Payer.ORDINARY, 60, ZERO),), least_instalment=Decimal("0.02")),
            60,
            month(Period(2023, 6), "0.60"),
        )
    with pytest.raises(InstalmentTooSmall):
        make(Terms((LadderStep(Payer.ORDINARY, 60, ZERO),)), 60, month(Period(2023, 6), "0.30"))

    assert make(OF_2025, 1, month(Period(2023, 6), "0.01")).payable == Decimal("0.01")


def test_nothing_to_repay_is_no_plan() -> None:
    with pytest.raises(NothingToRepay):
        make(OF_2023, 1)
    with pytest.raises(NothingToRepay):
        make(OF_2023, 1, month(Period(2023, 6), "0", interest="5"))


def test_a_down_payment_is_the_first_instalment_and_the_rest_is_split() -> None:
    terms = Terms(LADDER, down_payment_percent=Decimal(30), first_due=FirstDue.END_OF_NEXT_MONTH)

    made = make(terms, 6, month(Period(2023, 6), "10000"))

    assert made.first.amount == Decimal("2700.00")
    assert made.monthly == Decimal("1260.00")
    assert made.first.due_on == date(2024, 2, 29)


def test_only_overdue_months_up_to_the_cut_off_are_taken_in() -> None:
    months = [month(Period(2023, 6), "100"), month(Period(2023, 7), "100"), month(Period(2023, 8), "100")]

    taken = coverable(months, rule=OF_2023.debts, today=TODAY)

    assert [one.period for one in taken] == [Period(2023, 6), Period(2023, 7)]


def test_the_last_month_that_entered_enforcement_is_the_cut_off() -> None:
    months = [
        month(Period(2023, 6), "100"),
        month(Period(2023, 7), "100", is_sued=True),
        month(Period(2023, 8), "100"),
    ]

    assert [one.period.month for one in coverable(months, rule=OF_2025.debts, today=TODAY)] == [6, 7]
    assert len(coverable(months[::2], rule=OF_2025.debts, today=TODAY)) == 2


@pytest.mark.parametrize(
    ("today", "payer", "in_force", "broken", "months", "why"),
    [
        (date(2023, 10, 31), Payer.ORDINARY, False, False, 3, WhyNot.NOT_YET),
        (date(2024, 11, 1), Payer.ORDINARY, False, False, 3, WhyNot.OVER),
        (TODAY, Payer.ORDINARY, True, False, 3, WhyNot.PLAN_IN_FORCE),
        (TODAY, Payer.COMPANY, False, False, 3, WhyNot.OTHER_PAYERS),
        (TODAY, Payer.ORDINARY, False, True, 3, WhyNot.BROKEN_BEFORE),
        (TODAY, Payer.ORDINARY, False, False, 0, WhyNot.NOTHING_DUE),
        (TODAY, Payer.ORDINARY, False, False, 3, None),
    ],
)
def test_each_programme_says_one_reason_why_not(
    today: date,
    payer: Payer,
    in_force: bool,  # noqa: FBT001
    broken: bool,  # noqa: FBT001
    months: int,
    why: WhyNot | None,
) -> None:
    found = obstacle(
        OF_2023,
        valid_from=date(2023, 11, 1),
        valid_to=date(2024, 11, 1),
        payer=payer,
        months=[month(Period(2023, number), "100") for number in range(1, months + 1)],
        has_plan_in_force=in_force,
        broke_it_before=broken,
        today=today,
    )

    assert (found.why if found else None) is why


def test_the_programme_of_2014_asks_for_six_bills_of_unsued_debt_only() -> None:
    terms = Terms(LADDER, DebtRule(least_unsued_bills=6))

    def why(*months: MonthOfDebt) -> WhyNot | None:
        found = obstacle(
            terms,
            valid_from=date(2014, 6, 1),
            valid_to=None,
            payer=Payer.ORDINARY,
            months=months,
            has_plan_in_force=False,
            broke_it_before=False,
            today=TODAY,
        )
        return found.why if found else None

    five = [month(Period(2023, number), "100") for number in range(1, 6)]
    assert why(*five) is WhyNot.TOO_FEW_BILLS
    assert why(*five, month(Period(2023, 6), "100")) is None
    assert why(month(Period(2023, 6), "100", is_sued=True)) is None


def test_terms_are_read_back_as_they_were_written() -> None:
    for terms in (OF_2023, OF_2025):
        assert from_json(to_json(terms)) == terms


@pytest.mark.parametrize(
    "terms",
    [
        Terms(()),
        Terms((LadderStep(Payer.ORDINARY, 0, ZERO),)),
        Terms((LadderStep(Payer.ORDINARY, 1, Decimal(101)),)),
        Terms((LADDER[0], LADDER[0])),
        Terms(LADDER, DebtRule(takes_unsued=False, takes_sued=False)),
        Terms(LADDER, down_payment_percent=Decimal(100)),
        Terms(LADDER, breach=BreachRule(missed_instalments=-1)),
    ],
)
def test_terms_that_contradict_themselves_are_not_published(terms: Terms) -> None:
    with pytest.raises(TermsFaulty):
        check(terms)


class Paid:
    """An instalment as a plan in force owes it."""

    def __init__(self, number: int, due_on: date, amount: Decimal, paid: Decimal) -> None:
        self.number, self.due_on, self.amount, self.paid = number, due_on, amount, paid


def owed(*paid: str, amount: str = "100") -> list[Paid]:
    return [
        Paid(number, date(2024, number, 20), Decimal(amount), Decimal(part))
        for number, part in enumerate(paid, start=1)
    ]


@pytest.mark.parametrize(
    ("paid", "today", "state"),
    [
        (("100", "100", "100"), date(2024, 2, 1), PlanState.KEPT),
        (("0", "0", "0"), date(2024, 1, 20), PlanState.ACTIVE),
        (("0", "0", "0"), date(2024, 1, 21), PlanState.IN_ARREARS),
        (("50", "0", "0"), date(2024, 1, 21), PlanState.IN_ARREARS),
        (("0", "0", "0"), date(2024, 2, 25), PlanState.IN_ARREARS),
        (("0", "0", "0"), date(2024, 2, 26), PlanState.BROKEN),
        (("100", "0", "0"), date(2024, 2, 26), PlanState.IN_ARREARS),
        (("100", "99.99", "0"), date(2024, 3, 26), PlanState.BROKEN),
        (("0",), date(2024, 1, 25), PlanState.IN_ARREARS),
        (("0",), date(2024, 1, 26), PlanState.BROKEN),
        (("100", "100", "0"), date(2024, 3, 26), PlanState.IN_ARREARS),
    ],
)
def test_a_plan_moves_by_its_payments_and_dates(paid: tuple[str, ...], today: date, state: PlanState) -> None:
    rule = BreachRule(missed_instalments=2, days_of_grace=5)

    assert follow(owed(*paid), rule=rule, unpaid_bills=0, today=today).state is state


def test_unpaid_current_bills_break_a_plan_where_the_programme_says_so() -> None:
    rule = BreachRule(missed_instalments=0, unpaid_bills=2)

    assert follow(owed("0"), rule=rule, unpaid_bills=2, today=date(2024, 1, 1)).state is PlanState.BROKEN
    assert follow(owed("0"), rule=rule, unpaid_bills=1, today=date(2024, 1, 1)).state is PlanState.ACTIVE


def test_the_day_a_plan_would_be_broken_is_known_before() -> None:
    rule = BreachRule(missed_instalments=2, days_of_grace=5)
    plan = owed("100", "0", "0")

    day = breaks_on(plan, rule=rule)

    assert day == date(2024, 3, 26)
    assert follow(plan, rule=rule, unpaid_bills=0, today=day).state is PlanState.BROKEN
    eve = day - timedelta(days=1)
    assert follow(plan, rule=rule, unpaid_bills=0, today=eve).state is PlanState.IN_ARREARS


MONEY = st.decimals("0", "900000", places=2)
MONTHS = st.lists(st.tuples(MONEY, MONEY, st.booleans()), min_size=1, max_size=30)


@given(months=MONTHS, costs=MONEY, count=st.integers(1, 60), payer=st.sampled_from(Payer))
def test_whatever_is_owed_what_is_paid_and_what_is_written_off_make_it_up(
    months: list[tuple[Decimal, Decimal, bool]], costs: Decimal, count: int, payer: Payer
) -> None:
    debts = [
        MonthOfDebt(Period(2020, 1).plus(at), date(2020, 2, 28), principal, interest, is_sued)
        for at, (principal, interest, is_sued) in enumerate(months)
    ]
    for made in offers(
        OF_2023,
        payer=payer,
        months=debts,
        costs=costs,
        counts=[count],
        signed_on=TODAY,
        holidays=NO_HOLIDAYS,
    ):
        if isinstance(made, Refused):
            continue
        owed_in_all = sum((one.amount for one in debts), ZERO) + costs
        assert sum((one.amount for one in made.instalments), ZERO) == made.payable
        assert made.payable + made.saved == owed_in_all
        assert len(made.instalments) == count
        assert all(one.amount > 0 for one in made.instalments)
        days = [one.due_on for one in made.instalments]
        assert days == sorted(set(days))
        assert all(day.weekday() < 5 for day in days)


@given(missed=st.integers(1, 5), count=st.integers(1, 12), paid=st.integers(0, 12), grace=st.integers(0, 20))
def test_a_plan_is_broken_by_as_many_missed_as_its_contract_prints_and_by_no_fewer(
    missed: int, count: int, paid: int, grace: int
) -> None:
    rule = BreachRule(missed_instalments=missed, days_of_grace=grace)
    plan = owed(*(["100"] * min(paid, count) + ["0"] * (count - min(paid, count))))
    printed = rule.in_a_row(of=count)

    day = breaks_on(plan, rule=rule)

    unpaid = [one for one in plan if one.paid < one.amount]
    if len(unpaid) < printed:
        assert day is None
        if unpaid:
            late = follow(plan, rule=rule, unpaid_bills=0, today=date(2034, 1, 1))
            assert late.state is PlanState.IN_ARREARS
        return
    assert day is not None
    verdict = follow(plan, rule=rule, unpaid_bills=0, today=day)
    assert (verdict.state, len(verdict.facts["numbers"])) == (PlanState.BROKEN, printed)
    assert not is_in_time(day, instalments=plan, rule=rule)
    assert is_in_time(day - timedelta(days=1), instalments=plan, rule=rule)
