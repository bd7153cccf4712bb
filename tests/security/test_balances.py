"""The sums of an account are what its bills, payments, cases and plans come to, whatever the order."""

import threading
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.payment_reference import compose
from app.domain.period import Period
from tests.security.conftest import Guarded, issue_bill, one, pay

UNRECONCILED = """
    SELECT 'account' AS what, c.ident, 0 AS ggmm FROM account_balance_computed c
    LEFT JOIN account_balance k USING (ident)
    WHERE (c.current_month, c.unsued, c.sued, c.plan, c.overpaid, c.latest_ggmm)
          IS DISTINCT FROM (k.current_month, k.unsued, k.sued, k.plan, k.overpaid, k.latest_ggmm)
      AND (k.ident IS NOT NULL OR c.latest_ggmm IS NOT NULL OR c.overpaid <> 0)
    UNION ALL
    SELECT 'bill', c.ident, c.ggmm FROM bill_balance_computed c FULL JOIN bill_balance k USING (ident, ggmm)
    WHERE (c.version, c.due_on, c.charged, c.paid, c.stage)
          IS DISTINCT FROM (k.version, k.due_on, k.charged, k.paid, k.stage)
"""

MONTHS = [2601, 2602, 2603, 2604]
amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(5000), places=2)
steps = st.one_of(
    st.tuples(st.just("bill"), st.sampled_from(MONTHS), amounts),
    st.tuples(st.just("correct"), st.sampled_from(MONTHS), amounts),
    st.tuples(st.just("pay"), st.sampled_from(MONTHS), amounts),
    st.tuples(st.just("keep"), st.just(0), amounts),
    st.tuples(st.just("sue"), st.sampled_from(MONTHS), amounts),
    st.tuples(st.just("end"), st.sampled_from(["collected", "discontinued", "decided"]), amounts),
    st.tuples(st.just("plan"), st.sampled_from(MONTHS), amounts),
    st.tuples(st.just("break"), st.sampled_from(["broken", "kept", "cancelled"]), amounts),
    st.tuples(st.just("instalment"), st.just(1), amounts),
)


def take(owner: psycopg.Connection[Any], ident: int, step: tuple[str, Any, Decimal]) -> None:
    what, which, amount = step
    if what in ("bill", "correct"):
        version = one(
            owner,
            "SELECT coalesce(max(version), 0) + 1 FROM bill WHERE ident = %s AND ggmm = %s",
            ident,
            which,
        )
        if (what == "bill") == (version == 1):
            issue_bill(owner, ident, which, str(amount), version=version)
    elif what == "pay":
        pay(owner, ident, str(amount + 1), {which: str(amount)})
    elif what == "keep":
        pay(owner, ident, str(amount))
    elif what == "sue":
        case = one(
            owner,
            "INSERT INTO enforcement_case (ident, internal_number, state, principal, interest,"
            " interest_until, creditor_costs, bailiff_costs) VALUES (%s, gen_random_uuid(), 'filed', 0, 0,"
            " '2026-07-01', 0, 0) RETURNING id",
            ident,
        )
        owner.execute("INSERT INTO enforcement_item VALUES (%s, %s, %s, 1)", [ident, case, which])
    elif what == "end":
        ending = "UPDATE enforcement_case SET state = %s WHERE ident = %s AND is_case_open(state)"
        owner.execute(ending, [which, ident])
    elif what == "plan":
        plan = one(
            owner,
            "INSERT INTO plan (ident, programme_id, contract_number, state, signed_on, principal, interest,"
            " costs, written_off_principal, written_off_interest, payable)"
            " VALUES (%s, 1, gen_random_uuid(), 'active', '2026-07-01', %s, 0, 0, 0, 0, %s) RETURNING id",
            ident,
            amount,
            amount,
        )
        owner.execute("INSERT INTO plan_item VALUES (%s, %s, %s, 1, 0, false)", [ident, plan, which])
        owner.execute("INSERT INTO instalment VALUES (%s, %s, 1, '2026-08-15', %s)", [ident, plan, amount])
    elif what == "break":
        owner.execute("UPDATE plan SET state = %s WHERE ident = %s AND state = 'active'", [which, ident])
    else:
        plan = one(owner, "SELECT max(id) FROM plan WHERE ident = %s", ident)
        payment = pay(owner, ident, str(amount))
        if plan is not None:
            owner.execute(
                "INSERT INTO allocation (ident, payment_id, allocation_no, plan_id, instalment_no, amount)"
                " VALUES (%s, %s, 1, %s, 1, %s)",
                [ident, payment, plan, amount],
            )


@given(st.lists(steps, min_size=1, max_size=14))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_sums_reconcile_after_whatever_happened(guarded, taken):
    with guarded.as_superuser(autocommit=False) as owner:
        owner.execute("SET LOCAL ROLE salter_owner")
        owner.execute("INSERT INTO account (ident, opened_on) VALUES (3000001, '2015-01-01')")
        for step in taken:
            owner.execute("SAVEPOINT step")
            try:
                take(owner, 3000001, step)
            except psycopg.Error:
                owner.execute("ROLLBACK TO step")  # a rule said no; the sums must not have moved

        assert owner.execute(UNRECONCILED).fetchall() == []
        owner.rollback()


def at_once(guarded: Guarded, works: list[Any]) -> list[BaseException | None]:
    barrier = threading.Barrier(len(works), timeout=60)
    got: list[BaseException | None] = []

    def do(work: Any) -> None:
        with guarded.as_superuser() as connection:
            barrier.wait()
            try:
                with connection.transaction():
                    work(connection)
                got.append(None)
            except psycopg.Error as error:
                got.append(error)

    threads = [threading.Thread(target=do, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return got


def test_a_payment_is_not_allocated_twice_by_two_at_once(guarded, superuser):
    ident = guarded.new_account()
    issue_bill(superuser, ident, 2605, "1000")
    issue_bill(superuser, ident, 2606, "1000")
    payment = pay(superuser, ident, "500")

    def allocate(number: int) -> Any:
        return lambda connection: connection.execute(
            "INSERT INTO allocation (ident, payment_id, allocation_no, ggmm, amount)"
            " VALUES (%s, %s, %s, %s, 400)",
            [ident, payment, number, 2604 + number],
        )

    got = at_once(guarded, [allocate(1), allocate(2)])

    refused = [error for error in got if error is not None]
    assert [error.diag.message_primary for error in refused] == ["allocation_exceeds_payment"]
    assert superuser.execute(UNRECONCILED).fetchall() == []


def test_a_bill_is_not_paid_beyond_its_charge_by_two_at_once(guarded, superuser):
    ident = guarded.new_account()
    issue_bill(superuser, ident, 2606, "1000")

    got = at_once(guarded, [lambda connection: pay(connection, ident, "700", {2606: "700"})] * 2)

    refused = [error for error in got if error is not None]
    assert [error.diag.constraint_name for error in refused] == ["ck_bill_balance_paid_within_charged"]
    assert one(superuser, "SELECT total FROM account_balance WHERE ident = %s", ident) == 300
    assert superuser.execute(UNRECONCILED).fetchall() == []


def test_of_two_payments_for_one_bill_at_once_the_second_finds_what_the_first_left(guarded, superuser):
    ident = guarded.new_account()
    issue_bill(superuser, ident, 2606, "1000")
    reference = compose(ident, period=Period(2026, 6))

    got = at_once(
        guarded,
        [
            lambda connection: connection.execute(
                "SELECT book_payment(%s, '2026-07-20', 700, 'bank', %s)", [ident, reference]
            )
        ]
        * 2,
    )

    assert got == [None, None]
    row = superuser.execute(
        "SELECT total, overpaid FROM account_balance WHERE ident = %s", [ident]
    ).fetchone()
    assert row == (0, 400)
    assert superuser.execute(UNRECONCILED).fetchall() == []


def test_payments_and_bills_of_one_account_at_once_come_to_the_same_sums(guarded, superuser):
    ident = guarded.new_account()
    issue_bill(superuser, ident, 2601, "1000")
    works = [lambda connection: pay(connection, ident, "10", {2601: "7"})] * 4
    works += [
        lambda connection, month=month: issue_bill(connection, ident, month, "50") for month in (2602, 2603)
    ]

    assert at_once(guarded, works) == [None] * 6
    assert superuser.execute(UNRECONCILED).fetchall() == []
    row = superuser.execute(
        "SELECT total, overpaid FROM account_balance WHERE ident = %s", [ident]
    ).fetchone()
    assert row == (1000 - 28 + 100, 12)


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity"])
def test_money_is_an_amount(guarded, superuser, amount):
    ident = guarded.new_account()

    with pytest.raises(psycopg.Error):
        pay(superuser, ident, amount)


def test_an_allocation_has_a_bill_to_go_to(guarded, superuser):
    ident = guarded.new_account()

    with pytest.raises(psycopg.Error):
        pay(superuser, ident, "10", {2606: "10"})
