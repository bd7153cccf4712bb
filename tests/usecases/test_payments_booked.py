"""Money that arrives: the database books it as the domain says, whatever is owed and whatever is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.domain import payment_reference
from app.domain.bills import BillStage, EarnedBy
from app.domain.money import ZERO
from app.domain.payment_reference import NotAReference, Reference, ReferenceKind, compose
from app.domain.payments import Allocation, CaseOrder, Rules, WithoutMonth, allocate
from app.domain.period import Period
from tests.invented_day import invent_day
from tests.owing import Account, Case, Instalment, Month, Plan
from tests.usecases.conftest import ANA, CLERK, FIRM, Town
from tests.usecases.planned import FREE, assert_sound, programme, sign, sue

TODAY = date(2026, 7, 10)
JUNE = Period(2026, 6)
"""Its bill has a discount until the 15th of July; the months before are overdue."""


def test_a_bill_paid_in_time_by_what_it_asks_for_is_settled_by_a_credit(town: Town) -> None:
    town.bill(ANA, JUNE, [("cold_water", "1", "1000.00")], discount_percent="5")

    payment = town.receive(ANA, "950.00", on=date(2026, 7, 15), reference=compose(ANA, period=JUNE))

    rows = town.run("SELECT id, channel, amount, payer, received_on FROM payment ORDER BY id").all()
    assert [tuple(row) for row in rows] == [
        (payment, "bank", Decimal("950.00"), "Petrović Ana", date(2026, 7, 15)),
        (rows[1].id, "credit", Decimal("50.00"), "popust", date(2026, 7, 15)),
    ]
    assert town.run("SELECT open FROM bill_balance").scalar_one() == ZERO
    assert_sound(town)


@pytest.mark.parametrize("amounts", [("1000.00",), ("1200.00",), ("500.00", "450.00"), ("500.00", "500.00")])
def test_more_than_the_bill_and_two_parts_of_it_in_time_earn_the_discount(
    town: Town, amounts: Sequence[str]
) -> None:
    town.bill(ANA, JUNE, [("cold_water", "1", "1000.00")], discount_percent="5")

    for amount in amounts:
        town.receive(ANA, amount, on=date(2026, 7, 15), reference=compose(ANA, period=JUNE))

    assert town.run("SELECT amount FROM payment WHERE channel = 'credit'").scalar_one() == Decimal("50.00")
    sums = town.run("SELECT total, overpaid FROM account_balance WHERE ident = :i", i=ANA).one()
    brought = sum((Decimal(amount) for amount in amounts), ZERO)
    assert tuple(sums) == (ZERO, brought - Decimal("950.00"))
    assert_sound(town)


def test_where_one_payment_must_do_the_setting_says_so_for_its_days(town: Town) -> None:
    town.insert(
        "setting",
        name="discount_earned_by",
        valid_from=TODAY,
        value='"one_payment"',
        is_unconfirmed=True,
    )
    town.bill(ANA, JUNE, [("cold_water", "1", "1000.00")], discount_percent="5")

    for amount in ("500.00", "450.00"):
        town.receive(ANA, amount, on=TODAY, reference=compose(ANA, period=JUNE))

    assert town.run("SELECT open FROM bill_balance").scalar_one() == Decimal("50.00")


def test_money_without_a_reference_waits_with_the_account(town: Town) -> None:
    town.bill(ANA, JUNE, [("cold_water", "1", "1000.00")])

    town.receive(ANA, "950.00", on=TODAY, reference="UPLATA 12345")

    sums = town.run("SELECT current_month, overpaid FROM account_balance WHERE ident = :i", i=ANA).one()
    assert tuple(sums) == (Decimal("1000.00"), Decimal("950.00"))


def test_somebody_elses_bill_is_not_paid_from_an_account_that_has_the_same_month(town: Town) -> None:
    for ident in (ANA, FIRM):
        town.bill(ident, JUNE, [("cold_water", "1", "1000.00")])

    town.receive(ANA, "1000.00", on=TODAY, reference=compose(FIRM, period=JUNE))

    assert town.run("SELECT sum(paid) FROM bill_balance").scalar_one() == ZERO
    assert_sound(town)


def test_a_corrected_bill_is_settled_by_what_its_last_version_asks_for(town: Town) -> None:
    town.bill(ANA, JUNE, [("cold_water", "1", "1000.00")], discount_percent="5")
    town.bill(ANA, JUNE, [("cold_water", "1", "800.00")], discount_percent="5", version=2, reason="ispravka")

    town.receive(ANA, "760.00", on=TODAY, reference=compose(ANA, period=JUNE))

    assert town.run("SELECT charged, open FROM bill_balance").one() == (Decimal("800.00"), ZERO)


def test_the_last_instalment_keeps_the_plan_at_once(town: Town) -> None:
    invent_day(town.run, TODAY)
    town.bill(ANA, Period(2026, 3), [("cold_water", "1", "1000.00")])
    version = programme(town, FREE)
    with town.visiting(CLERK, ANA) as session:
        sign(session, today=TODAY, version=version, count=2)
    named = compose(ANA, period=Period.of(TODAY), kind=ReferenceKind.PLAN, instalment=1)

    town.receive(ANA, "400.00", on=TODAY, reference=named)
    halfway = town.run("SELECT state FROM plan").scalar_one()
    town.receive(ANA, "700.00", on=TODAY, reference=named)

    assert (halfway, town.run("SELECT state FROM plan").scalar_one()) == ("active", "kept")
    sums = town.run("SELECT total, overpaid FROM account_balance WHERE ident = :i", i=ANA).one()
    assert tuple(sums) == (ZERO, Decimal("100.00"))
    assert_sound(town)


# -- the same reading ----------------------------------------------------------------------------------

DIGITS = st.text("0123456789", min_size=9, max_size=18)
TYPED = st.one_of(
    st.builds(
        lambda ident, month, kind, number: compose(
            ident, period=month, kind=kind, instalment=number if kind is ReferenceKind.PLAN else 0
        ),
        st.integers(1, 9_999_999),
        st.builds(Period, st.integers(2000, 2099), st.integers(1, 12)),
        st.sampled_from(ReferenceKind),
        st.integers(1, 99),
    ),
    DIGITS.filter(lambda body: len(body) <= 16).map(payment_reference.make),
    DIGITS,
    st.text(max_size=20).filter(lambda typed: "\x00" not in typed and typed.isprintable()),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED, blanks=st.sampled_from(["", " ", "-", "\u00a0", "\t"]))
@example(typed="0512345672606", blanks=" ")
@example(typed=payment_reference.make("12345670006"), blanks="")
@example(typed=payment_reference.make("1234567260103"), blanks="")
def test_a_reference_is_read_alike(town: Town, typed: str, blanks: str) -> None:
    typed = typed[:2] + blanks + typed[2:]
    row = town.run("SELECT * FROM read_reference(:typed)", typed=typed).one()

    named = read(typed)

    assert tuple(row) == (
        (named.ident, named.period.ggmm, named.kind, named.instalment) if named else (None,) * 4
    )


def read(typed: str) -> Reference | None:
    """Read a reference of ours; None is read of any other."""
    try:
        return payment_reference.parse(typed)
    except NotAReference:
        return None


# -- the same booking ----------------------------------------------------------------------------------

FIRST = Period(2026, 2)
AMOUNT = st.decimals("0.01", "2500", places=2) | st.sampled_from(
    [Decimal("950.00"), Decimal("1000.00"), Decimal("500.00"), Decimal("3000.00")]
)


@dataclass(frozen=True, slots=True)
class Owed:
    """An account to be put into the town: five months, the first of them sued, others in a plan."""

    months: Sequence[tuple[Decimal, Decimal, str, bool]]
    """Of each what it charges, interest within it, its discount percent, and is part of it paid."""

    sued: int
    costs: Decimal
    instalments: int
    rules: Rules


OWED = st.builds(
    Owed,
    st.lists(
        st.tuples(
            st.sampled_from([Decimal("1000.00")]) | st.decimals("20", "2000", places=2),
            st.sampled_from([ZERO, Decimal("12.34")]),
            st.sampled_from(["0", "5"]),
            st.booleans(),
        ),
        min_size=5,
        max_size=5,
    ),
    st.integers(0, 3),
    st.sampled_from([ZERO, Decimal("340.00")]),
    st.sampled_from([0, 0, 1, 4]),
    st.builds(Rules, st.sampled_from(WithoutMonth), st.sampled_from(CaseOrder), st.sampled_from(EarnedBy)),
)
REFERENCES = (
    *(compose(ANA, period=FIRST.plus(at)) for at in range(6)),
    *(compose(ANA, period=FIRST.plus(at), kind=ReferenceKind.ENFORCEMENT) for at in range(2)),
    *(
        compose(ANA, period=Period.of(TODAY), kind=ReferenceKind.PLAN, instalment=number)
        for number in (1, 2, 9)
    ),
    compose(ANA, period=JUNE, kind=ReferenceKind.PLAN, instalment=1),
    compose(ANA, period=JUNE, kind=ReferenceKind.NOTICE),
    compose(FIRM, period=JUNE),
    f"00{compose(ANA, period=JUNE)[2:]}",
    "UPLATA 12345",
    "",
)
PAYMENTS = st.lists(
    st.tuples(AMOUNT, st.sampled_from(REFERENCES), st.dates(date(2026, 7, 9), date(2026, 7, 17))),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(owed=OWED, payments=PAYMENTS)
def test_the_database_books_what_the_domain_shows(
    town: Town, owed: Owed, payments: Sequence[tuple[Decimal, str, date]]
) -> None:
    point = town.connection.begin_nested()
    try:
        put(town, owed)
        for amount, reference, day in payments:
            told = allocate(
                amount,
                received_on=day,
                named=read(reference),
                debts=account_of(town),
                rules=owed.rules,
            )
            payment = town.receive(ANA, str(amount), on=day, reference=reference)

            assert parts_of(town, payment) == told.parts
            assert credit_after(town, payment) == told.credited
            assert_sound(town)
    finally:
        point.rollback()


def put(town: Town, owed: Owed) -> None:
    """Put the account into the town."""
    invent_day(town.run, TODAY)
    for name, value in (
        ("payment_without_month", owed.rules.without_month),
        ("payment_case_order", owed.rules.case_order),
        ("discount_earned_by", owed.rules.earned_by),
    ):
        town.run(
            "UPDATE setting SET value = to_jsonb(CAST(:value AS text)) WHERE name = :name",
            value=value,
            name=name,
        )
    for at, (charged, interest, percent, is_part_paid) in enumerate(owed.months):
        lines = [("cold_water", "1", str(charged - interest))]
        if interest:
            lines.append(("interest", "1", str(interest)))
        town.bill(ANA, FIRST.plus(at), lines, discount_percent=percent)
        if is_part_paid:
            town.pay(ANA, "7.00", on=date(2026, 7, 1), against={FIRST.plus(at): "7.00"})
    if owed.sued:
        months = [FIRST.plus(at) for at in range(owed.sued)]
        sue(town, months, costs=str(owed.costs), on=date(2026, 7, 1))
    if owed.instalments:
        version = programme(town, FREE)
        with town.visiting(CLERK, ANA) as session:
            months = [FIRST.plus(at) for at in (1, 3)]
            sign(session, today=TODAY, version=version, count=owed.instalments, months=months)


def account_of(town: Town) -> Account:
    """Read what is owed, as the domain knows it."""
    months = [
        Month(
            Period.from_ggmm(row.ggmm),
            row.charged,
            row.open,
            row.open_interest,
            row.discount,
            row.discount_until,
            stage=BillStage(row.stage),
            was_paid_late=row.was_paid_late,
        )
        for row in town.run(
            "SELECT b.ggmm, b.charged, b.open, o.discount, o.discount_until, b.stage,"
            " EXISTS (SELECT FROM allocation a JOIN payment y ON y.id = a.payment_id WHERE a.ident = b.ident"
            "         AND a.ggmm = b.ggmm AND y.received_on > o.discount_until) AS was_paid_late,"
            " open_interest(b.charged, o.interest, b.paid, credited_principal(b.ident, b.ggmm))"
            " FROM bill_balance b JOIN bill o USING (ident, ggmm, version) WHERE b.ident = :ident"
            " ORDER BY b.ggmm",
            ident=ANA,
        )
    ]
    by_period = {one.period: one for one in months}
    cases = [
        Case(row.id, [by_period[Period.from_ggmm(ggmm)] for ggmm in row.months], row.costs)
        for row in town.run(
            "SELECT id, creditor_costs + bailiff_costs - paid_costs AS costs,"
            " (SELECT array_agg(ggmm ORDER BY ggmm) FROM enforcement_item WHERE case_id = c.id) AS months"
            " FROM enforcement_case c WHERE is_case_open(state)"
        )
    ]
    plan = None
    for row in town.run("SELECT id, signed_on FROM plan WHERE is_plan_in_force(state)"):
        instalments = town.run(
            "SELECT instalment_no, due_on, amount, paid FROM instalment WHERE plan_id = :id", id=row.id
        )
        plan = Plan(row.id, row.signed_on, [Instalment(*one) for one in instalments])
    return Account(ANA, months, plan, cases)


def parts_of(town: Town, payment: int) -> tuple[Allocation, ...]:
    rows = town.run(
        "SELECT amount, ggmm, plan_id, instalment_no, case_id FROM allocation WHERE payment_id = :id"
        " ORDER BY allocation_no",
        id=payment,
    )
    return tuple(
        Allocation(
            row.amount,
            Period.from_ggmm(row.ggmm) if row.ggmm else None,
            row.plan_id,
            row.instalment_no,
            row.case_id,
        )
        for row in rows
    )


def credit_after(town: Town, payment: int) -> Allocation | None:
    """Return the credit of a discount that a payment brought about."""
    credit = town.run(
        "SELECT max(id) FROM payment WHERE id > :id AND channel = 'credit' AND payer = 'popust'", id=payment
    ).scalar_one()
    if credit is None:
        return None
    (part,) = parts_of(town, credit)
    return part


@pytest.mark.parametrize("channel", ["credit"])
def test_a_credit_is_no_money_and_settles_nothing_by_a_reference(town: Town, channel: str) -> None:
    town.bill(ANA, JUNE, [("cold_water", "1", "1000.00")])

    payment = town.receive(ANA, "1000.00", on=TODAY, reference=compose(ANA, period=JUNE), channel=channel)

    assert parts_of(town, payment) == ()
