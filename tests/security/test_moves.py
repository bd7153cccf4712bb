"""Plans, cases and notices move only as the domain's tables say, whoever moves them and however."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

import psycopg
import pytest

from app.domain import enforcement, notices, plans
from tests.security.conftest import ANA, EVERYBODY, Guarded, one, sqlstate_of

Moves = Mapping[StrEnum, frozenset[StrEnum]]

NOUNS: dict[str, tuple[Moves, str]] = {
    "plan": (plans.TRANSITIONS, "plan_transition_forbidden"),
    "enforcement_case": (enforcement.TRANSITIONS, "case_transition_forbidden"),
    "notice": (notices.TRANSITIONS, "notice_transition_forbidden"),
}
"""Each table with a state that moves: the moves there are, and the rule that refuses others."""


@pytest.fixture
def owner(guarded: Guarded) -> Iterator[psycopg.Connection[Any]]:
    """Whoever owns all tables, in a transaction that is taken back."""
    with guarded.as_superuser(autocommit=False) as opened:
        yield opened
        opened.rollback()


def refusal_of_moving(owner: psycopg.Connection[Any], table: str, old: str, new: str) -> str:
    """Move a row of ``ANA`` as the owner; return the rule that refused it, or nothing."""
    owner.execute("SET session_replication_role = replica")  # where it stands is given, not moved to
    owner.execute(f"UPDATE {table} SET state = %s WHERE ident = %s", [old, ANA])
    owner.execute("SET session_replication_role = origin")
    owner.execute("SET ROLE salter_owner")
    try:
        with owner.transaction():
            owner.execute(f"UPDATE {table} SET state = %s WHERE ident = %s", [new, ANA])
    except psycopg.Error as error:
        return error.diag.message_primary or ""
    finally:
        owner.execute("RESET ROLE")
    return ""


@pytest.mark.parametrize("table", NOUNS)
def test_the_owner_too_makes_every_move_there_is_and_no_other(owner, table):
    moves, rule = NOUNS[table]
    outcomes = {
        (old, new): refusal_of_moving(owner, table, old, new) for old in moves for new in moves if old != new
    }

    assert outcomes == {
        (old, new): "" if new in moves[old] else rule for old in moves for new in moves if old != new
    }


@pytest.mark.parametrize("table", NOUNS)
def test_a_move_taken_from_the_table_is_refused_from_then_on(owner, table):
    moves, rule = NOUNS[table]
    old = next(state for state in moves if moves[state])
    new = min(moves[old])
    owner.execute(
        "DELETE FROM state_transition WHERE (table_name, old_state, new_state) = (%s, %s, %s)",
        [table, old, new],
    )

    assert refusal_of_moving(owner, table, old, new) == rule


@pytest.mark.parametrize("login", EVERYBODY)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan SET state = 'kept'",
        "UPDATE enforcement_case SET state = 'collected'",
        "UPDATE notice SET state = 'paid'",
        "INSERT INTO state_transition VALUES ('plan', 'kept', 'active')",
        "UPDATE state_transition SET new_state = 'active'",
        "DELETE FROM state_transition",
        "TRUNCATE state_transition",
        "ALTER TABLE plan DISABLE TRIGGER moved",
        "CREATE OR REPLACE FUNCTION guard_move() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    ],
)
def test_nobody_at_the_desk_moves_a_state_by_hand_or_alters_the_moves(enter, login, statement):
    assert sqlstate_of(enter(login), statement) == "42501"


@pytest.mark.parametrize("login", EVERYBODY)
def test_everybody_may_read_which_moves_there_are(enter, login):
    there = sum(len(moves) for table, _ in NOUNS.values() for moves in table.values())

    assert one(enter(login), "SELECT count(*) FROM state_transition") == there


def test_a_move_added_behind_the_guard_is_audited(owner):
    before = one(owner, "SELECT count(*) FROM audit_log WHERE table_name = 'state_transition'")

    owner.execute("INSERT INTO state_transition VALUES ('plan', 'kept', 'active')")

    assert one(owner, "SELECT count(*) FROM audit_log WHERE table_name = 'state_transition'") == before + 1
