"""A law of breach: the database breaks a plan on the very day, and for the very reason, the domain does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans import BreachRule, LadderStep, Terms, Verdict, breaks_on, follow, is_in_time
from app.domain.plans.programmes import Payer
from tests.invented_day import invent_day
from tests.usecases.conftest import ANA, CLERK, Town
from tests.usecases.planned import owe, plan_now, programme, reference, sign

SIGNED = date(2026, 3, 10)
RULES = st.builds(BreachRule, st.integers(0, 4), st.integers(0, 2), st.integers(0, 20))
HISTORY = st.lists(
    st.one_of(
        st.tuples(st.just("pays"), st.decimals("0.01", "2500", places=2)),
        st.tuples(st.just("pays one"), st.just(ZERO)),
        st.tuples(st.just("waits"), st.integers(1, 70)),
        st.tuples(st.just("is billed"), st.integers(0, 3)),
    ),
    max_size=10,
)


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment as it stands."""

    number: int
    due_on: date
    amount: Decimal
    paid: Decimal


@pytest.fixture
def indebted(town: Town) -> Town:
    """A town on the day of the signing; every history begins with these debts."""
    invent_day(town.run, SIGNED)
    owe(town, 6, 5, 4, 3, amount="1500.00")
    owe(town, 0, amount="70.00")  # issued before the signing, due after it, never paid: it breaks nothing
    return town


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=RULES, count=st.integers(1, 7), history=HISTORY)
def test_a_plan_is_broken_by_the_rule_its_contract_prints(
    indebted: Town, rule: BreachRule, count: int, history: Sequence[tuple[str, Decimal | int]]
) -> None:
    point = indebted.connection.begin_nested()
    try:
        terms = Terms(tuple(LadderStep(Payer.ORDINARY, n, ZERO) for n in range(1, 8)), breach=rule)
        version = programme(indebted, terms)
        with indebted.visiting(CLERK, ANA) as session:
            sign(session, today=SIGNED, version=version, count=count)
        live(indebted, rule, history)
    finally:
        point.rollback()


def live(town: Town, rule: BreachRule, history: Sequence[tuple[str, Decimal | int]]) -> None:
    """Take the steps one after another without following the plan, and compare after each."""
    day, month, unpaid = SIGNED, Period.of(SIGNED), []
    assert_alike(town, rule, day, unpaid)
    for what, given_value in history:
        if what == "waits":
            day += timedelta(days=int(given_value))
        elif what == "is billed":
            due_on = bill(town, month, is_paid=given_value == 0)
            if given_value:
                unpaid.append(due_on)
            month = month.next()
        else:
            owed = next((one for one in parts_of(town) if one.paid < one.amount), None)
            if owed is not None:
                amount = Decimal(given_value) or owed.amount - owed.paid
                settle(town, amount, day)
        assert_alike(town, rule, day, unpaid)


def bill(town: Town, month: Period, *, is_paid: bool) -> date:
    """Issue the bill of a month, paid at once or not, and return the day it falls due."""
    town.bill(ANA, month, [("cold_water", "1", "50.00")])
    if is_paid:
        town.pay(ANA, "50.00", on=SIGNED, against={month: "50.00"})
    due_on: date = town.run("SELECT due_on FROM bill WHERE ggmm = :ggmm", ggmm=month.ggmm).scalar_one()
    return due_on


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rule=RULES,
    count=st.integers(1, 7),
    paid=st.decimals("0", "7000", places=2),
    more=st.decimals("0", "7000", places=2),
    late=st.integers(-3, 3),
)
def test_money_in_time_is_what_the_domain_calls_so(
    indebted: Town, rule: BreachRule, count: int, paid: Decimal, more: Decimal, late: int
) -> None:
    point = indebted.connection.begin_nested()
    try:
        terms = Terms(tuple(LadderStep(Payer.ORDINARY, n, ZERO) for n in range(1, 8)), breach=rule)
        version = programme(indebted, terms)
        with indebted.visiting(CLERK, ANA) as session:
            sign(session, today=SIGNED, version=version, count=count)
        if paid:
            settle(indebted, paid, SIGNED)
        parts = parts_of(indebted)
        day = breaks_on(parts, rule=rule)
        received_on = max(SIGNED, (day or SIGNED) + timedelta(days=late))
        if more:
            indebted.pay(ANA, str(more), on=received_on, reference=reference(SIGNED, 1))

        found = indebted.run(
            "SELECT * FROM money_in_time(:ident, :plan, NULL)", ident=ANA, plan=plan_now(indebted).id
        ).one()

        counts = more > 0 and is_in_time(received_on, instalments=parts, rule=rule)
        # what was left of the first payment is there as well, and was in time
        rest = max(paid - sum((one.amount for one in parts), ZERO), ZERO)
        assert len(found.payments) == counts + (rest > 0)
        assert found.breaks_on == breaks_on(with_more(parts, more if counts else ZERO), rule=rule)
    finally:
        point.rollback()


def with_more(parts: Sequence[Part], more: Decimal) -> list[Part]:
    """Return the instalments as they stand with so much more paid, in their order."""
    paid = []
    for one in parts:
        used = min(more, one.amount - one.paid)
        paid.append(replace(one, paid=one.paid + used))
        more -= used
    return paid


def settle(town: Town, amount: Decimal, day: date) -> None:
    payment = town.pay(ANA, str(amount), on=day, reference=reference(SIGNED, 1))
    town.run(
        "SELECT settle_plan(:ident, :plan, :payment)", ident=ANA, plan=plan_now(town).id, payment=payment
    )


def parts_of(town: Town) -> list[Part]:
    rows = town.run("SELECT instalment_no, due_on, amount, paid FROM instalment ORDER BY instalment_no")
    return [Part(*row) for row in rows]


def assert_alike(town: Town, rule: BreachRule, day: date, unpaid: Sequence[date]) -> None:
    """The day of breach is the domain's, and so is the verdict on every day that could differ."""
    parts = parts_of(town)
    told = breaks_on(parts, rule=rule)
    assert plan_now(town).breaks_on == told
    edges = {day, *(one.due_on for one in parts), *unpaid, *([told] if told else [])}
    days = sorted({edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1)})
    verdicts = {
        edge: follow(parts, rule=rule, unpaid_bills=sum(due_on < edge for due_on in unpaid), today=edge)
        for edge in days
    }
    assert standings(town, days) == {edge: as_stored(verdict) for edge, verdict in verdicts.items()}


def standings(town: Town, days: list[date]) -> dict[date, tuple[str, str, list[int], int]]:
    """Return what the database says of each day, in one statement: sixty at a time are asked for."""
    rows = town.run(
        "SELECT day, new_state, cause, facts FROM unnest(CAST(:days AS date[])) AS day"
        " CROSS JOIN LATERAL plan_standing(ARRAY[:ident], ARRAY[CAST(:plan AS bigint)], day)",
        ident=ANA,
        plan=plan_now(town).id,
        days=days,
    )
    return {
        row.day: (row.new_state, row.cause, row.facts.get("numbers") or [], row.facts.get("bills") or 0)
        for row in rows
    }


def as_stored(verdict: Verdict) -> tuple[str, str, list[int], int]:
    facts = verdict.facts
    numbers, unpaid = list(facts.get("numbers", ())), int(facts.get("bills", 0))
    return verdict.state.value, verdict.cause.value, numbers, unpaid
