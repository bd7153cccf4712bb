"""What states mean is said once in SQL and once in the domain, and both say the same."""

import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text

import app
import db
from app.domain import changes, enforcement, notices, plans
from tests.conftest import Database

AWAITING = frozenset(plans.PlanState) - plans.IN_FORCE - plans.ENDED

FUNCTIONS: dict[str, tuple[str, Collection[StrEnum]]] = {
    "is_request_open": ("change_request", changes.OPEN),
    "is_request_editable": ("change_request", changes.EDITABLE),
    "is_request_void": ("change_request", changes.VOID),
    "is_plan_in_force": ("plan", plans.IN_FORCE),
    "is_plan_over": ("plan", plans.ENDED),
    "is_case_open": ("enforcement_case", frozenset(enforcement.CaseState) - enforcement.ENDED),
    "is_notice_out": ("notice", notices.OUT),
}
"""Each function over states: the table whose states it takes, and those it is true of."""

INDEXES: dict[str, Collection[StrEnum]] = {
    "uq_plan_in_force": plans.IN_FORCE,
    "uq_plan_awaiting": AWAITING,
    "ix_plan_next_due_on": plans.IN_FORCE,
    "ix_plan_breaks_on": plans.IN_FORCE,
    "uq_change_request_undoes": frozenset(changes.ChangeState) - changes.VOID,
    "ix_change_request_due": changes.OPEN,
    "ix_change_request_kind_due": changes.OPEN,
    "ix_change_request_branch_due": changes.OPEN,
    "ix_change_request_branch_kind_due": changes.OPEN,
    "ix_change_request_claimed_by": changes.OPEN,
}

_PARTIAL = text("""
SELECT i.indexrelid::regclass::text AS name, pg_get_expr(i.indpred, i.indrelid) AS predicate
FROM pg_index i WHERE i.indrelid IN ('plan'::regclass, 'change_request'::regclass) AND i.indpred IS NOT NULL
""")


@pytest.fixture(scope="module")
def connection(module_database: Database) -> Iterator[Connection]:
    engine = create_engine(module_database.url)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def true_of(connection: Connection, predicate: str, states: Collection[StrEnum]) -> set[str]:
    """Tell of which states a predicate over ``state`` is true, whatever else it asks for being there."""
    rows = text(
        "SELECT state FROM unnest(CAST(:states AS text[])) AS one (state), (VALUES (1, '')) AS of"
        f" (undoes, claimed_by) WHERE {predicate}"
    )
    return set(connection.execute(rows, {"states": list(states)}).scalars())


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_over_states_is_true_of_those_the_domain_names(connection, function):
    _, wanted = FUNCTIONS[function]
    every = type(next(iter(wanted)))

    assert true_of(connection, f"{function}(state)", every) == set(wanted)


def test_the_list_of_open_states_is_the_domains(connection):
    listed = connection.execute(text("SELECT open_request_states()")).scalar_one()

    assert sorted(listed) == sorted(changes.OPEN)


def test_every_index_over_some_states_is_over_those_the_domain_names(connection):
    there = {
        row.name: true_of(connection, row.predicate, type(next(iter(INDEXES[row.name]))))
        for row in connection.execute(_PARTIAL)
    }

    assert there == {name: set(states) for name, states in INDEXES.items()}


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("role", ["desk_agent", "desk_clerk", "desk_supervisor", "salter_owner"])
def test_the_planner_reads_through_a_function_over_states_for_everybody(connection, function, role):
    table, _ = FUNCTIONS[function]
    connection.execute(text(f"SET LOCAL ROLE {role}"))

    plan = "\n".join(
        connection.execute(text(f"EXPLAIN SELECT ident FROM {table} WHERE {function}(state)")).scalars()
    )
    connection.rollback()

    assert "Scan" in plan
    assert function not in plan


@pytest.mark.parametrize(
    ("role", "question", "index"),
    [
        (
            "desk_clerk",
            "SELECT ident FROM plan WHERE ident = 1 AND is_plan_in_force(state)",
            "uq_plan_in_force",
        ),
        (
            "salter_owner",
            "SELECT id FROM plan WHERE is_plan_in_force(state) ORDER BY next_due_on, id",
            "ix_plan_next_due_on",
        ),
        (
            "salter_owner",
            (
                "SELECT id FROM change_request WHERE is_request_open(state) AND state = 'submitted'"
                " ORDER BY due_on, id"
            ),
            "ix_change_request_due",
        ),
    ],
)
def test_an_index_over_some_states_serves_who_asks_by_the_function(connection, role, question, index):
    """Lists over all accounts are asked by functions of the owner, whom no policy stands in the way of."""
    for setting in (
        f"ROLE {role}",
        "enable_seqscan = off",
        "enable_bitmapscan = off",
        "enable_sort = off",
    ):
        connection.execute(text(f"SET LOCAL {setting}"))

    plan = "\n".join(connection.execute(text(f"EXPLAIN {question}")).scalars())
    connection.rollback()

    assert index in plan


def test_no_list_of_states_is_written_a_second_time():
    # migrations are what once was; the sets of two states and more are those somebody may forget to change
    meanings = [
        *({*wanted} for _, wanted in FUNCTIONS.values()),
        *({*type(next(iter(wanted)))} - {*wanted} for _, wanted in FUNCTIONS.values()),
    ]
    written = [
        (path.name, match[0])
        for folder in (Path(db.__path__[0]), Path(app.__path__[0]))
        for path in sorted([*folder.rglob("*.sql"), *folder.rglob("*.py")])
        if "migrations" not in path.parts and path.name != "12_states.sql"
        for match in re.finditer(r"[(\[](?:\s*'{1,2}\w+'{1,2}\s*,?)+[)\]]", path.read_text(encoding="utf-8"))
        if set(re.findall(r"\w+", match[0])) in meanings
    ]

    assert written == []
