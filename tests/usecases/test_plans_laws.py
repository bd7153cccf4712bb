"""Laws of plans in force: whatever is paid and whenever it is looked, every sum reconciles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.money import ZERO
from app.domain.plans import (
    IN_FORCE,
    BreachRule,
    InterestRelief,
    LadderStep,
    Terms,
    follow,
)
from app.domain.plans.programmes import Payer
from app.usecases import plans
from tests.usecases.conftest import ANA, CLERK, SUPERVISOR, Town
from tests.usecases.planned import (
    assert_sound,
    followed,
    month,
    office_day,
    owe,
    plan_now,
    programme,
    reference,
    sign,
    sue,
)

LADDER = tuple(
    LadderStep(Payer.ORDINARY, count, Decimal(percent)) for count, percent in ((1, 15), (4, 10), (12, 0))
)
TERMS = st.builds(
    Terms,
    steps=st.just(LADDER),
    interest=st.sampled_from(InterestRelief),
    breach=st.builds(BreachRule, st.integers(0, 3), st.integers(0, 2), st.integers(0, 20)),
    down_payment_percent=st.sampled_from([ZERO, Decimal(30)]),
)
AMOUNT = st.decimals("0.01", "4000", places=2)
STEP = st.one_of(
    st.tuples(st.just("named"), AMOUNT),
    st.tuples(st.just("plain"), AMOUNT),
    st.tuples(st.just("days"), st.integers(0, 45)),
    st.tuples(st.just("bill"), AMOUNT),
    st.tuples(st.just("cancel"), st.just(0)),
)


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment as it stands."""

    number: int
    due_on: date
    amount: Decimal
    paid: Decimal


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    terms=TERMS,
    count=st.sampled_from([1, 4, 12]),
    debts=st.lists(
        st.tuples(st.decimals("100", "5000", places=2), st.decimals("0", "99", places=2)),
        min_size=1,
        max_size=4,
    ),
    costs=st.sampled_from(["0", "2340.00"]),
    steps=st.lists(STEP, max_size=9),
)
def test_every_sum_reconciles_whatever_is_paid_and_whenever_it_is_looked(
    town: Town,
    terms: Terms,
    count: int,
    debts: Sequence[tuple[Decimal, Decimal]],
    costs: str,
    steps: Sequence[tuple[str, Decimal | int]],
) -> None:
    point = town.connection.begin_nested()
    try:
        today = office_day(town)
        for back, (amount, interest) in enumerate(debts, start=3):
            owe(town, back, amount=str(amount), interest=str(interest))
        if Decimal(costs):
            sue(town, [month(town, 3)], costs=costs, on=today)
        version = programme(town, terms)
        with town.visiting(CLERK, ANA) as session:
            sign(session, today=today, version=version, count=count)
        live(town, steps, today)
    finally:
        point.rollback()


def live(town: Town, steps: Sequence[tuple[str, Decimal | int]], today: date) -> None:
    """Take the steps one after another, and prove all sums after each."""
    day, billed = today, 0
    assert_sound(town)
    for what, given_value in steps:
        if what == "named":
            town.pay(ANA, str(given_value), on=day, reference=reference(today, 1))
        elif what == "plain":
            town.pay(ANA, str(given_value), on=day)
        elif what == "days":
            day += timedelta(days=int(given_value))
        elif what == "bill":
            billed += 1
            town.bill(ANA, month(town, 1 - billed), [("cold_water", "1", str(given_value))])
        elif what == "cancel" and plan_now(town).state in IN_FORCE:
            cancel(town)
        before = plan_now(town)
        looked = followed(town, day)["followed"]
        assert_sound(town)
        # what comes later on a day that was looked at is looked at on the next one
        if looked and before.state in IN_FORCE:
            assert_followed_as_the_domain_does(town, day)


def cancel(town: Town) -> None:
    plan = plan_now(town).id
    with town.visiting(SUPERVISOR, ANA) as session:
        plans.cancel(session, ident=ANA, plan_id=plan, reason="odustao")


def assert_followed_as_the_domain_does(town: Town, day: date) -> None:
    plan = plan_now(town)
    parts = [
        Part(*row)
        for row in town.run(
            "SELECT instalment_no, due_on, amount, paid FROM instalment WHERE plan_id = :id", id=plan.id
        )
    ]
    terms = town.run(
        "SELECT terms -> 'breach' FROM programme_version WHERE programme_id = :id", id=plan.programme_id
    ).scalar_one()
    signed_in = date(plan.signed_on.year, plan.signed_on.month, 1)
    unpaid = town.run(
        "SELECT count(*) FROM bill_balance b JOIN bill i USING (ident, ggmm, version)"
        " WHERE b.ident = :ident AND b.open > 0 AND b.due_on < :day AND i.issued_on > :signed"
        " AND NOT EXISTS (SELECT FROM plan_item p WHERE p.ident = b.ident AND p.ggmm = b.ggmm)",
        ident=ANA,
        day=day,
        signed=signed_in,
    ).scalar_one()
    rule = BreachRule(terms["missed_instalments"], terms["unpaid_bills"], terms["days_of_grace"])
    told = follow(parts, rule=rule, unpaid_bills=unpaid, today=day)

    assert plan.state == told.state
