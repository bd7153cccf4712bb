"""A transaction kept open signs with the clock, and not with the moment or the day at which it began."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg
import pytest

from tests.invented_day import OFFICE_DAY, invent_day
from tests.security import filing
from tests.security.conftest import AGENT, ANA, CLERK, SUPERVISOR, Guarded, one, verify, visit

Connection = psycopg.Connection[Any]

STAMPED = {
    "audit_log.happened_at", "call_note.written_at", "change_event.happened_at", "change_paper.added_at",
    "change_paper.original_seen_at", "change_request.applied_at", "change_request.decided_at",
    "change_request.entered_at", "change_request.submitted_at", "completed_action.done_at",
    "email_consent.given_at", "payment.booked_at", "plan.created_at", "programme_version.created_at",
    "read_log.happened_at", "reissue.made_at", "reserved_ident.reserved_at", "staff.created_at",
    "visit.closed_at", "visit.opened_at", "visit.verified_at",
}  # fmt: skip
"""What the transaction below has stamped, at least."""

_MOMENTS = """
SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'timestamptz'::regtype
"""


@contextmanager
def as_one(owner: Connection, login: str) -> Iterator[Connection]:
    """Be somebody at a desk for a while, in the same transaction."""
    owner.execute(f"SET SESSION AUTHORIZATION {login}")
    yield owner
    owner.execute("RESET SESSION AUTHORIZATION")


def work_a_day(owner: Connection, ident: int, called: int) -> None:
    """Have everything done in one transaction that leaves a stamp."""
    with as_one(owner, AGENT) as agent:
        assert verify(agent, called)["passed"]
        agent.execute("INSERT INTO call_note (ident, channel, text) VALUES (%s, 'phone', 'x')", [called])
        agent.execute("SELECT log_export('bills', jsonb_build_object('ident', %s::int), 1)", [called])
        agent.execute("SELECT close_visit(%s)", [called])
        agent.execute("SELECT open_visit(%s, 'call', 'phone')", [called])
    with as_one(owner, CLERK) as clerk:
        clerk.execute("INSERT INTO completed_action (key, kind) VALUES (gen_random_uuid(), 'x')")
        clerk.execute("SELECT reserve_ident()")
        clerk.execute(
            "INSERT INTO reissue (ident, ggmm, version, reason, medium, script)"
            " VALUES (%s, 2606, 1, 'lost', 'printed', 'latin')",
            [ANA],
        )
        requests = [filing.submit(clerk, ident, kind) for kind in ("members", "email_delivery")]
    with as_one(owner, SUPERVISOR) as supervisor:
        for request in requests:
            if one(supervisor, "SELECT state FROM change_request WHERE id = %s", request) == "submitted":
                filing.decide(supervisor, ident, request)
    owner.execute("SET LOCAL ROLE salter_owner")
    owner.execute(
        "INSERT INTO staff (login, full_name, role, branch_id) VALUES ('new', 'N', 'desk_clerk', 1)"
    )
    owner.execute(
        "INSERT INTO payment (ident, received_on, amount, channel) VALUES (%s, '2026-07-05', 1, 'post')",
        [ident],
    )
    owner.execute(
        "INSERT INTO plan (ident, programme_id, contract_number, state, signed_on, principal, interest,"
        " costs, written_off_principal, written_off_interest, payable)"
        " VALUES (%s, 1, 'R-stamps', 'active', '2026-07-01', 1, 0, 0, 0, 0, 1)",
        [ident],
    )
    owner.execute(
        "INSERT INTO programme_version (programme_id, version, valid_from, terms)"
        """ VALUES (1, 90, '2090-01-01', '{"steps": [["ordinary", 12, "0"]]}')"""
    )
    owner.execute("RESET ROLE")


def test_nothing_is_stamped_with_the_moment_at_which_the_transaction_began(guarded):
    ident, called = guarded.new_account(), guarded.new_account()
    for login in (CLERK, SUPERVISOR):
        with guarded.signed_in(login) as connection:
            for one_of in (ident, ANA):
                visit(connection, one_of)
    with guarded.signed_in(AGENT) as agent:
        agent.execute("SELECT open_visit(%s, 'call', 'phone')", [called])

    stale, fresh = set(), set()
    with guarded.as_superuser(autocommit=False) as owner:
        work_a_day(owner, ident, called)
        for table, column in owner.execute(_MOMENTS).fetchall():
            at_once, later = owner.execute(
                f"SELECT bool_or({column} = now()), bool_or({column} > now()) FROM {table}"
            ).fetchone()
            stale |= {f"{table}.{column}"} if at_once else set()
            fresh |= {f"{table}.{column}"} if later else set()
        owner.rollback()

    assert stale == set()
    assert fresh >= STAMPED, STAMPED - fresh


@pytest.fixture
def midnight(guarded: Guarded) -> Iterator[Any]:
    """Let it be New Year's Eve, and midnight pass when it is called."""
    with guarded.as_superuser() as owner:
        invent_day(owner.execute, date(2026, 12, 31))  # type: ignore[arg-type]
        yield lambda: invent_day(owner.execute, date(2027, 1, 1))  # type: ignore[arg-type]
        invent_day(owner.execute, OFFICE_DAY)  # type: ignore[arg-type]


def test_a_transaction_kept_open_over_midnight_signs_with_the_new_day(guarded, midnight):
    ident = guarded.new_account()
    with guarded.signed_in(CLERK) as clerk:
        visit(clerk, ident)
    with guarded.signed_in(CLERK, autocommit=False) as clerk:
        early = filing.file(clerk, ident, "members")
        with pytest.raises(psycopg.Error, match="change_in_future"), clerk.transaction():
            filing.file(clerk, ident, "members", received_on=date(2027, 1, 1))

        midnight()
        late = filing.file(clerk, ident, "members", received_on=date(2027, 1, 1))
        for request in (early, late):
            filing.bring_papers(clerk, ident, request)
            filing.move(clerk, ident, request, "submitted")

        years = "SELECT array_agg(number_year ORDER BY id) FROM change_request WHERE ident = %s"
        assert one(clerk, years, ident) == [2027, 2027]
        clerk.rollback()
