"""Two at one plan: signing, paying and following at once leave one truth and a sound ledger."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import psycopg

from tests.security.conftest import CLERK, OTHER_CLERK, SUPERVISOR, Guarded, one, visit
from tests.security.signing import indebted, payload, settle, signed

Work = Callable[[psycopg.Connection[Any]], Any]


def at_once(guarded: Guarded, works: Sequence[tuple[str, Work]]) -> list[Any]:
    """Do each as somebody, on a connection of its own, at one moment; return what each got or raised."""
    barrier, got = threading.Barrier(len(works), timeout=60), [None] * len(works)

    def do(place: int, login: str, work: Work) -> None:
        opened = guarded.signed_in(login) if login else guarded.as_superuser()
        with opened as connection:
            barrier.wait()
            try:
                got[place] = work(connection)
            except psycopg.Error as error:
                got[place] = error.diag.message_primary

    threads = [threading.Thread(target=do, args=[place, *work]) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return got


def test_of_two_clerks_at_one_account_one_signs(guarded, superuser):
    ident = indebted(guarded)
    given = payload(guarded, ident)
    for login in (CLERK, OTHER_CLERK):
        with guarded.signed_in(login) as connection:
            visit(connection, ident)

    def sign(connection: psycopg.Connection[Any]) -> Any:
        return one(connection, "SELECT register_plan(%s, %s) ->> 'state'", ident, given)

    got = at_once(guarded, [(CLERK, sign), (OTHER_CLERK, sign)])

    assert sorted(got) == ["active", "plan_in_force"]
    assert one(superuser, f"SELECT count(*) FROM plan WHERE ident = {ident}") == 1


def test_contracts_signed_at_once_are_numbered_without_a_gap(guarded, superuser):
    idents = [indebted(guarded) for _ in range(5)]
    before = one(superuser, "SELECT coalesce(max(number_serial), 0) FROM plan")
    payloads = {ident: payload(guarded, ident) for ident in idents}
    with guarded.signed_in(CLERK) as connection:
        for ident in idents:
            visit(connection, ident)

    def sign(ident: int) -> Work:
        return lambda c: one(c, "SELECT register_plan(%s, %s) ->> 'state'", ident, payloads[ident])

    assert at_once(guarded, [(CLERK, sign(ident)) for ident in idents]) == ["active"] * 5
    serials = superuser.execute(
        "SELECT number_serial FROM plan WHERE number_serial > %s", [before]
    ).fetchall()
    assert sorted(number for (number,) in serials) == list(range(before + 1, before + 6))


def test_two_monitors_share_the_plans_and_move_each_once(guarded, superuser):
    idents = [indebted(guarded) for _ in range(12)]
    plans = [signed(guarded, ident) for ident in idents]
    late = "(SELECT max(next_due_on) + 1 FROM plan WHERE state = 'active')"

    def follow(connection: psycopg.Connection[Any]) -> Any:
        return one(connection, f"SELECT move_plans({late}, NULL, NULL)")["followed"]

    counts = at_once(guarded, [("", follow), ("", follow), ("", follow)])

    assert all(isinstance(count, int) for count in counts)
    events = superuser.execute(
        "SELECT plan_id, count(*) FROM plan_event WHERE plan_id = ANY (%s) AND new_state = 'in_arrears'"
        " GROUP BY 1",
        [plans],
    ).fetchall()
    assert sorted(events) == [(plan, 1) for plan in sorted(plans)]


def test_a_payment_that_comes_while_the_plan_is_broken_waits_and_is_not_swallowed(guarded, superuser):
    ident = indebted(guarded)
    plan = signed(guarded, ident)
    said: list[str] = []

    def pay() -> None:
        with guarded.as_superuser(autocommit=False) as desk:
            try:
                settle(desk, ident, plan, "500")
            except psycopg.Error as error:
                said.append(str(error.diag.message_primary))

    with guarded.as_superuser(autocommit=False) as monitor:
        day = one(monitor, f"SELECT breaks_on FROM plan WHERE id = {plan}")
        assert one(monitor, "SELECT move_plans(%s, %s, NULL)", day, ident)["broken"] == 1
        paying = threading.Thread(target=pay)
        paying.start()
        waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        while not one(superuser, waits):
            pass
        monitor.commit()
        paying.join(timeout=30)

    assert said == ["plan_not_in_force"]
    assert one(superuser, f"SELECT sum(open) FROM bill_balance WHERE ident = {ident}") == 2000


def test_a_plan_that_is_being_paid_is_not_broken_by_the_monitor(guarded, superuser):
    ident = indebted(guarded)
    plan = signed(guarded, ident, count=1)
    day = one(superuser, f"SELECT breaks_on FROM plan WHERE id = {plan}")
    payable = one(superuser, f"SELECT payable FROM plan WHERE id = {plan}")
    with guarded.as_superuser(autocommit=False) as desk:
        settle(desk, ident, plan, str(payable))
        with guarded.as_superuser() as monitor:
            skipped = one(monitor, "SELECT move_plans(%s, NULL, NULL)", day)
        desk.commit()

    after = one(superuser, "SELECT move_plans(%s, %s, NULL)", day, ident)

    assert skipped["broken"] == 0 or one(superuser, f"SELECT state FROM plan WHERE id = {plan}") == "kept"
    assert after["kept"] == 1
    assert one(superuser, f"SELECT sum(open) FROM bill_balance WHERE ident = {ident}") == 0


def test_what_a_supervisor_cancels_while_a_clerk_books_ends_in_one_of_two_words(guarded, superuser):
    ident = indebted(guarded)
    plan = signed(guarded, ident)
    payment = one(
        superuser,
        "INSERT INTO payment (ident, received_on, amount, channel) VALUES (%s, office_day(), 300, 'post')"
        " RETURNING id",
        ident,
    )
    for login in (CLERK, SUPERVISOR):
        with guarded.signed_in(login) as connection:
            visit(connection, ident)

    booked, cancelled = at_once(
        guarded,
        [
            (CLERK, lambda c: one(c, "SELECT book_plan_payment(%s, %s) ->> 'settled'", ident, payment)),
            (SUPERVISOR, lambda c: one(c, "SELECT cancel_plan(%s, %s, 'x') ->> 'state'", ident, plan)),
        ],
    )

    assert cancelled == "cancelled"
    assert booked in ("300.00", "plan_not_in_force")
    left = 1700 if booked == "300.00" else 2000
    assert one(superuser, f"SELECT sum(open) FROM bill_balance WHERE ident = {ident}") == left
    paid_over = one(superuser, f"SELECT overpaid FROM account_balance WHERE ident = {ident}")
    assert paid_over == (0 if left == 1700 else 300)
