"""What a superuser writes into an audited row, a decision among them, is not what its entry says."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, create_engine, text

from db import checks
from tests.security import filing
from tests.security.conftest import ANA, CLERK, OTHER_CLERK, SUPERVISOR, Guarded, one, visit
from tests.security.signing import indebted, set_rates, signed

ONLY = ("audited rows", "deciders")


@dataclass(frozen=True, slots=True)
class Decided:
    """What people of the desk decided, each under their own name."""

    plan: int
    request: int


@pytest.fixture(scope="module")
def decided(guarded: Guarded) -> Decided:
    with guarded.as_superuser() as owner:
        owner.execute("SET ROLE salter_owner")
        set_rates(owner)
    ident = indebted(guarded)
    plan = signed(guarded, ident)
    with guarded.signed_in(SUPERVISOR) as supervisor:
        visit(supervisor, ident)
        supervisor.execute("SELECT cancel_plan(%s, %s, 'greškom')", [ident, plan])
    with guarded.signed_in(CLERK) as clerk, guarded.signed_in(OTHER_CLERK) as other:
        visit(clerk, ANA)
        visit(other, ANA)
        request = filing.submit(clerk, ANA, "members")
        filing.decide(other, ANA, request)
        assert one(other, "SELECT decided_by FROM change_request WHERE id = %s", request) == OTHER_CLERK
    return Decided(plan, request)


@pytest.fixture
def behind(guarded: Guarded, decided: Decided) -> Iterator[Connection]:
    """A superuser past every trigger; nothing of it stays."""
    engine = create_engine(guarded.database.url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("SET LOCAL TimeZone = 'Pacific/Auckland'"))
        yield connection
        connection.rollback()
    engine.dispose()


def found(connection: Connection) -> dict[str, tuple[str, ...]]:
    return {finding.check: finding.examples for finding in checks.found_in(connection, only=ONLY)}


def test_what_people_did_is_what_the_audit_says(behind):
    assert found(behind) == {}


ALTERED = (
    ("UPDATE plan SET created_by = 'zora' WHERE id = :plan", "created_by"),
    (
        "UPDATE plan SET certified_on = '2026-01-01', certification_number = 'X' WHERE id = :plan",
        "certified_on",
    ),
    ("UPDATE plan SET payable = interest, written_off_principal = principal WHERE id = :plan", "payable"),
    ("UPDATE plan SET state = 'active', ended_on = NULL WHERE id = :plan", "state"),
    ("UPDATE plan SET created_at = created_at - interval '1 day' WHERE id = :plan", "created_at"),
    ("UPDATE change_request SET decided_by = 'zora' WHERE id = :request", "decided_by"),
    (
        "UPDATE change_request SET decided_at = decided_at - interval '1 day' WHERE id = :request",
        "decided_at",
    ),
    ("UPDATE change_request SET entered_by = 'zora' WHERE id = :request", "entered_by"),
    ("UPDATE change_request SET new_values = '{\"members\": 1}' WHERE id = :request", "new_values"),
    ("UPDATE change_paper SET added_by = 'zora' WHERE request_id = :request", "added_by"),
    ("UPDATE change_paper SET original_seen_by = 'zora' WHERE request_id = :request", "original_seen_by"),
    ("UPDATE change_paper SET file_name = 'drugo.pdf' WHERE request_id = :request", "file_name"),
    ("UPDATE staff SET role = 'desk_supervisor' WHERE login = 'guard_clerk'", "role"),
    (
        "UPDATE setting SET value = '1' WHERE name = 'change_received_days' AND valid_from = '1977-01-01'",
        "value",
    ),
    ("UPDATE programme_version SET published_by = 'zora' WHERE programme_id = 1", "published_by"),
    ("DELETE FROM change_paper WHERE request_id = :request", "gone"),
    ("DELETE FROM plan WHERE id = :plan", "gone"),
)


@pytest.mark.parametrize(("statement", "named"), ALTERED, ids=[named for _, named in ALTERED])
def test_a_row_that_somebody_rewrote_is_named_with_what_differs(behind, decided, statement, named):
    done = behind.execute(text(statement), {"plan": decided.plan, "request": decided.request})
    assert done.rowcount >= 1

    assert named in " ".join(found(behind)["audited rows"])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan_event SET login = 'zora' WHERE plan_id = :plan AND cause = 'signed'",
        "UPDATE plan_event SET login = 'zora' WHERE plan_id = :plan AND cause = 'cancelled'",
        "UPDATE plan_event SET new_state = 'kept' WHERE plan_id = :plan AND cause = 'cancelled'",
        "UPDATE change_event SET login = 'zora' WHERE request_id = :request AND new_state = 'approved'",
        "UPDATE change_event SET login = 'zora' WHERE request_id = :request AND old_state IS NULL",
    ],
)
def test_an_event_under_another_name_is_found(behind, decided, statement):
    done = behind.execute(text(statement), {"plan": decided.plan, "request": decided.request})
    assert done.rowcount == 1

    assert list(found(behind)) == ["deciders"]


def test_a_request_decided_by_somebody_else_in_row_and_event_alike_is_found(behind, decided):
    for statement in (
        "UPDATE change_request SET decided_by = 'zora' WHERE id = :request",
        "UPDATE change_event SET login = 'zora' WHERE request_id = :request AND new_state = 'approved'",
    ):
        behind.execute(text(statement), {"request": decided.request})

    assert set(found(behind)) == {"audited rows", "deciders"}
    assert not list(checks.found_in(behind, only=("change deciders",)))


def test_a_row_that_was_deleted_and_is_there_again_is_found(behind, guarded):
    with guarded.as_superuser() as owner:
        owner.execute("SET ROLE salter_owner")
        owner.execute("INSERT INTO bailiff VALUES (77, 'x', 'x', '', '', '')")
        owner.execute("DELETE FROM bailiff WHERE id = 77")
    behind.execute(text("INSERT INTO bailiff VALUES (77, 'x', 'x', '', '', '')"))

    assert found(behind)["audited rows"] == ("bailiff 77: there again",)
