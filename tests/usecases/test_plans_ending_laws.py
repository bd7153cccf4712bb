"""A law: whatever is paid, broken, kept, cancelled or undone, months owe what their papers say.

The papers are the contract, with what it acknowledged of each month, and the event that ended it; the rule is
``app.domain.plans.leave``.  What the database says is owed is held against it on the day and on later ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from app.domain.interest import RateTable, accrued
from app.domain.money import ZERO
from app.domain.payment_reference import compose
from app.domain.period import Period
from app.domain.plans import (
    BreachRule,
    HeldMonth,
    InterestOnPaid,
    InterestRelief,
    LadderStep,
    Left,
    LeftMonth,
    Payer,
    Terms,
    leave,
)
from app.domain.statutory_rates import STATUTORY_RATES
from app.usecases import plans
from tests.invented_day import invent_day
from tests.usecases.conftest import ANA, CLERK, SUPERVISOR, Town
from tests.usecases.planned import assert_sound, followed, plan_now, programme, reference, sign, sue

RATES = RateTable(STATUTORY_RATES)
SIGNED = date(2026, 3, 10)
FIRST = Period(2025, 9)
TERMS = st.builds(
    Terms,
    steps=st.just(tuple(LadderStep(Payer.ORDINARY, count, Decimal(10)) for count in (1, 3, 6))),
    interest=st.sampled_from(InterestRelief),
    breach=st.builds(BreachRule, st.integers(1, 2), st.just(0), st.integers(0, 5)),
)
MONEY = st.decimals("0.01", "2500", places=2) | st.sampled_from([Decimal(9000)])
STEP = st.sampled_from(
    (
        *("waits",) * 8,
        *("pays the plan",) * 3,
        *("paid the plan before",) * 5,
        *("pays a month",) * 3,
        *("is billed",) * 2,
        *("cancels", "undoes"),
    )
).flatmap(lambda what: st.tuples(st.just(what), st.integers(10, 70) if what == "waits" else MONEY))


@dataclass(slots=True)
class Papers:
    """What the papers say of the months of one contract, as far as it has come."""

    town: Town
    terms: Terms
    on_paid: InterestOnPaid
    items: Mapping[Period, HeldMonth]
    costs: Decimal
    sued: frozenset[Period]
    seen: int = 0
    credited: Decimal = ZERO
    state: str = "active"
    since: date = SIGNED
    held: list[tuple[date, date]] = field(default_factory=list)
    left: Mapping[Period, LeftMonth] = field(default_factory=dict)
    runs_from: dict[Period, date] = field(default_factory=dict)
    asked: list[date] = field(default_factory=list)

    # what happens -------------------------------------------------------------------------------------

    def month_paid(self, period: Period, amount: Decimal, day: date) -> None:
        """Take money for a month: interest on its bill first, then principal."""
        month = self.items[period]
        interest = min(amount, month.open_on_bill)
        self.items = {
            **self.items,
            period: replace(
                month,
                open_on_bill=month.open_on_bill - interest,
                open_principal=month.open_principal - (amount - interest),
            ),
        }
        if not self.is_held(day) and period not in self.sued:
            # what ran until then comes on the next bill
            self.runs_from[period] = max(self.runs_from.get(period, day), day)

    def is_held(self, day: date) -> bool:
        over = [*self.held, *([(self.since, date.max)] if self.state in ("active", "in_arrears") else [])]
        return any(since <= day <= until for since, until in over)

    def read_events(self) -> None:
        """Take in what the plan's events say since they were last read."""
        rows = self.town.run(
            "SELECT e.*, p.signed_on FROM plan_event e JOIN plan p ON p.ident = e.ident AND p.id = e.plan_id"
            " WHERE e.plan_id = :id ORDER BY e.id",
            id=plan_now(self.town).id,
        ).all()
        for row in rows[self.seen :]:
            event(f"{row.new_state}: {row.cause}")
            if row.cause == "undone":
                self.held.clear()
            elif row.new_state in ("broken", "cancelled"):
                self._end(row)
            elif row.new_state == "kept":
                self.items = {
                    period: replace(one, open_principal=ZERO, open_on_bill=ZERO)
                    for period, one in self.items.items()
                }
                self.left, self.costs = {}, ZERO
            elif row.cause == "reinstated":
                self.since = date.fromisoformat(row.facts["on"])
            self.state = row.new_state if row.cause != "undone" else "undone"
        self.seen = len(rows)

    def _end(self, row: Any) -> None:
        day = _ended_on(self.town, row)
        brought = Decimal(str(row.facts["paid"]))
        is_given = self.terms.interest is InterestRelief.AT_ONCE and row.new_state == "broken"
        relief = self.terms.interest
        if row.new_state == "cancelled" and relief is InterestRelief.AT_ONCE:
            relief = InterestRelief.ON_FULFILMENT
        left = leave(
            list(self.items.values()),
            costs=self.costs,
            brought=brought - self.credited,
            relief=relief,
            on_paid=self.on_paid,
            signed_on=SIGNED,
            rates=RATES,
        )
        months = {one.period: one for one in left.months}
        closed = sum(
            (
                one.open_principal - months[period].principal + one.open_on_bill - months[period].on_bill
                for period, one in self.items.items()
            ),
            self.costs - left.costs,
        )
        assert stated(row) == as_stated(left), "the event says what is left"
        assert Decimal(str(row.facts.get("overpaid", 0))) == left.overpaid
        booked = closed - (sum((one.open_on_bill for one in self.items.values()), ZERO) if is_given else ZERO)
        assert Decimal(str(row.facts["credited"])) == booked
        self.credited += booked
        self.costs = left.costs
        self.items = {
            period: replace(
                one,
                open_principal=months[period].principal,
                open_on_bill=ZERO if is_given else months[period].on_bill,
            )
            for period, one in self.items.items()
        }
        self.left = months
        self.held.append((self.since, day))

    # what is owed -------------------------------------------------------------------------------------

    def owed(self, on: date) -> dict[Period, tuple[Decimal, Decimal]]:
        """Return principal and interest of each month that owes any, on a day."""
        if self.state in ("active", "in_arrears"):
            return {}
        found = {}
        for period, month in self.items.items():
            asked = max(self._asked_of(period, on), default=date.min)
            acknowledged, since = ZERO, month.accrued_from
            if period in self.left:
                acknowledged = self.left[period].acknowledged if asked <= SIGNED else ZERO
                since = SIGNED
            since = max(since, self.runs_from.get(period, since), asked - timedelta(days=asked > date.min))
            interest = (
                month.open_on_bill
                + acknowledged
                + accrued(month.open_principal, due=since, paid=on, rates=RATES)
            )
            if month.open_principal or month.open_on_bill or acknowledged:
                found[period] = (month.open_principal, interest)
        return found

    def _asked_of(self, period: Period, on: date) -> list[date]:
        """List the days of bills that asked for the interest of a month."""
        if period in self.sued:
            return []
        return [
            day
            for day in self.asked
            if day <= on and not any(since < day <= until for since, until in self.held)
        ]


def _ended_on(town: Town, row: Any) -> date:
    """Return the day an end was booked: that of its credit, or of the plan where nothing was credited."""
    return town.run(  # type: ignore[no-any-return]
        "SELECT coalesce((SELECT min((r.facts ->> 'broke_on')::date) FROM plan_event r"
        " WHERE r.plan_id = :plan AND r.id > :event AND r.cause = 'reinstated'),"
        " (SELECT ended_on FROM plan WHERE id = :plan))",
        plan=row.plan_id,
        event=row.id,
    ).scalar_one()


def stated(row: Any) -> dict[Period, tuple[Decimal, Decimal, Decimal]]:
    return {
        Period.from_ggmm(int(ggmm)): (
            Decimal(str(said["principal"])),
            Decimal(str(said["on_bill"])),
            Decimal(str(said["acknowledged"])),
        )
        for ggmm, said in row.facts["months"].items()
    }


def as_stated(left: Left) -> dict[Period, tuple[Decimal, Decimal, Decimal]]:
    return {one.period: (one.principal, one.on_bill, one.acknowledged) for one in left.months}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    terms=TERMS,
    on_paid=st.sampled_from(InterestOnPaid),
    count=st.sampled_from([1, 3, 6]),
    debts=st.lists(
        st.tuples(st.decimals("100", "2500", places=2), st.sampled_from([ZERO, Decimal("33.21")])),
        min_size=1,
        max_size=3,
    ),
    is_sued=st.booleans(),
    steps=st.lists(STEP, max_size=10),
)
def test_months_owe_what_their_papers_say(
    town: Town,
    terms: Terms,
    on_paid: InterestOnPaid,
    count: int,
    debts: Sequence[tuple[Decimal, Decimal]],
    is_sued: bool,  # noqa: FBT001
    steps: Sequence[tuple[str, Decimal | int]],
) -> None:
    point = town.connection.begin_nested()
    try:
        papers = contract(town, terms, on_paid, count, debts, is_sued=is_sued)
        live(papers, steps)
    finally:
        point.rollback()


def contract(
    town: Town,
    terms: Terms,
    on_paid: InterestOnPaid,
    count: int,
    debts: Sequence[tuple[Decimal, Decimal]],
    *,
    is_sued: bool,
) -> Papers:
    """Sign a plan over these months, and read what it acknowledges."""
    invent_day(town.run, SIGNED)
    town.run(
        "UPDATE setting SET value = to_jsonb(CAST(:value AS text)) WHERE name = 'plan_interest_on_paid'",
        value=on_paid,
    )
    for at, (amount, interest) in enumerate(debts):
        lines = [("cold_water", "1", str(amount))]
        if interest:
            lines.append(("interest", "1", str(interest)))
        town.bill(ANA, FIRST.plus(at), lines)
    if is_sued:
        sue(town, [FIRST], costs="340.00", on=SIGNED)
    version = programme(town, terms)
    with town.visiting(CLERK, ANA) as session:
        sign(session, today=SIGNED, version=version, count=count)
    asked = dict(zip((FIRST.plus(at) for at in range(len(debts))), (one[1] for one in debts), strict=True))
    items = {
        Period.from_ggmm(row.ggmm): HeldMonth(
            Period.from_ggmm(row.ggmm),
            row.principal,
            row.interest,
            asked[Period.from_ggmm(row.ggmm)],
            row.accrued_from,
            row.principal,
            asked[Period.from_ggmm(row.ggmm)],
        )
        for row in town.run("SELECT * FROM plan_item ORDER BY ggmm")
    }
    costs = Decimal("340.00") if is_sued else ZERO
    sued = frozenset({FIRST}) if is_sued else frozenset[Period]()
    papers = Papers(town, terms, on_paid, items, costs, sued)
    papers.read_events()
    return papers


def live(papers: Papers, steps: Sequence[tuple[str, Decimal | int]]) -> None:
    """Take the steps one after another, and hold what is owed against the papers after each."""
    town, day = papers.town, SIGNED
    assert_owed(papers, day)
    for what, given_value in steps:
        if what == "waits":
            day += timedelta(days=int(given_value))
            invent_day(town.run, day)
            followed(town, day)
        elif what == "is billed":
            bill(papers, day)
        elif what == "cancels":
            end_by_hand(town, "cancel", SUPERVISOR)
        elif what == "undoes":
            end_by_hand(town, "undo", CLERK)
        elif what == "pays a month":
            pay_month(papers, Decimal(given_value), day)
        else:
            back = 20 if what == "paid the plan before" else 0
            received_on = max(SIGNED, day - timedelta(days=back))
            town.receive(ANA, str(given_value), on=received_on, reference=reference(SIGNED, 1))
        papers.read_events()
        assert_owed(papers, day)


def bill(papers: Papers, day: date) -> None:
    """Issue the bill of the month before, of this month's first day, if there is none yet."""
    period = Period.of(day).previous()
    if Period.of(day).first_day <= SIGNED:
        return
    is_there = papers.town.run("SELECT 1 FROM bill WHERE ggmm = :ggmm", ggmm=period.ggmm).one_or_none()
    if is_there is None:
        papers.town.bill(ANA, period, [("cold_water", "1", "50.00")])
        papers.asked.append(Period.of(day).first_day)


def pay_month(papers: Papers, amount: Decimal, day: date) -> None:
    """Pay the oldest month of the contract that is open by its own bill."""
    ggmm = papers.town.run(
        "SELECT min(b.ggmm) FROM bill_balance b JOIN plan_item i USING (ident, ggmm) WHERE b.open > 0"
    ).scalar_one()
    if ggmm is None:
        return
    period = Period.from_ggmm(ggmm)
    payment = papers.town.receive(ANA, str(amount), on=day, reference=compose(ANA, period=period))
    used = papers.town.run(
        "SELECT sum(amount) FROM allocation WHERE payment_id = :id", id=payment
    ).scalar_one()
    papers.month_paid(period, used, day)


def end_by_hand(town: Town, how: str, login: str) -> None:
    """Cancel or undo the plan, where that may be."""
    point = town.connection.begin_nested()
    act = plans.cancel if how == "cancel" else plans.undo
    try:
        with town.visiting(login, ANA) as session:
            act(session, ident=ANA, plan_id=plan_now(town).id, reason="odustao")
    except DBAPIError:
        point.rollback()
    else:
        point.commit()


def assert_owed(papers: Papers, day: date) -> None:
    assert_sound(papers.town)
    for on in (day, day + timedelta(days=1), day + timedelta(days=200)):
        rows = papers.town.run(
            "SELECT ggmm, principal, interest_on_bill + acknowledged"
            " + accrued_interest(principal, accrue_from, :day) FROM open_months(:ident, :day)"
            " WHERE ggmm IN (SELECT ggmm FROM plan_item)",
            ident=ANA,
            day=on,
        )
        found = {Period.from_ggmm(ggmm): (principal, interest) for ggmm, principal, interest in rows}
        assert found == papers.owed(on), on
