"""Nothing is learnt of a row that is not shown, not even from how a statement was carried out."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.security.conftest import ANA, BORA, CLERK, SERVING, close_visits, visit

NOBODY = 9_999_999
"""An ident that no account has."""

FORCED = {
    "as it comes": (),
    "row by row": ("enable_indexscan = off", "enable_bitmapscan = off", "enable_indexonlyscan = off"),
    "by an index": ("enable_seqscan = off",),
    "costing nothing": ("enable_indexscan = off", "enable_bitmapscan = off", "cpu_operator_cost = 0"),
    "costing much": ("enable_indexscan = off", "enable_bitmapscan = off", "cpu_operator_cost = 1e6"),
    "by bitmap": ("enable_seqscan = off", "enable_indexscan = off"),
}

PROBES = {
    "ident": "ident = {ident}",
    "ident by subscript": "('[{ident}:{ident}]={{1}}'::integer[])[ident] IS NOT NULL",
    "ident in a row": "(ident, ident) = ({ident}, {ident})",
    "ident among many": "ident = ANY ('{{{ident}, 5}}')",
    "ident by nullif": "nullif(ident, {ident}) IS NULL",
    "ident by case": "CASE ident WHEN {ident} THEN true ELSE false END",
    "ident between": "ident >= {ident} AND ident <= {ident}",
}

TABLES = [
    "account", "premises", "premises_state", "contact", "subsidy", "delivery", "bill",
    "bill_balance", "account_balance", "payment", "notice", "enforcement_case", "plan", "call_note", "holder",
]  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("login", SERVING)
def test_how_a_statement_was_carried_out_does_not_tell_whether_a_row_is_there(enter, login, table):
    connection = enter(login)
    close_visits(connection)
    visit(connection, ANA)

    for way, settings in FORCED.items():
        for setting in settings:
            connection.execute(f"SET {setting}")
        for probe, condition in PROBES.items():
            of_bora, of_nobody = (
                _carried_out(
                    connection, f"SELECT count(ident) FROM {table} WHERE {condition.format(ident=ident)}"
                )
                for ident in (BORA, NOBODY)
            )
            assert of_bora == of_nobody, (way, probe)
        connection.execute("RESET ALL")


@pytest.mark.parametrize(
    ("table", "asked"),
    [
        ("account", "closed_on IS NULL"),
        ("bill", "ggmm = 2606 AND charged = 2000"),
        ("bill", "ggmm = 2606 AND due_on = '2026-07-31'"),
        ("contact", "ended_on IS NULL"),
        ("contact", "kind = 'email'"),
        ("contact", "normalized = 'a1000318@example.rs'"),
        ("delivery", "on_paper"),
        ("enforcement_case", "state = 'filed'"),
        ("premises_state", "('[3:3]={1}'::integer[])[members] IS NOT NULL"),
        ("premises_state", "has_hot_water"),
        ("premises_state", "members = 3"),
        ("subsidy", "valid_from = '2026-01-01'"),
    ],
)
def test_nor_what_is_in_it(enter, table, asked):
    connection = enter(CLERK)
    close_visits(connection)
    visit(connection, ANA)

    for way, settings in FORCED.items():
        for setting in settings:
            connection.execute(f"SET {setting}")
        for probe, condition in PROBES.items():
            told = [
                _carried_out(
                    connection,
                    f"SELECT count(ident) FROM {table} WHERE {condition.format(ident=ident)} AND {also}",
                )
                for ident in (BORA, NOBODY)
                for also in (asked, f"NOT ({asked})")
            ]
            assert told[:2] == told[2:], (way, probe)
        connection.execute("RESET ALL")


def _carried_out(connection: psycopg.Connection[Any], statement: str) -> list[object]:
    """Return what EXPLAIN tells of a statement that was run, but for the words of the statement itself."""
    answer = connection.execute(
        f"EXPLAIN (ANALYZE, TIMING off, BUFFERS off, SUMMARY off, FORMAT json) {statement}"
    ).fetchone()
    assert answer is not None
    plan = answer[0] if isinstance(answer[0], list) else json.loads(answer[0])
    return list(_told(plan[0]["Plan"]))


def _told(node: dict[str, Any]) -> Iterator[object]:
    for key, value in node.items():
        if key == "Plans":
            for below in value:
                yield from _told(below)
        elif key.startswith(("Actual", "Rows Removed", "Node Type", "Plan Rows")):
            yield key, value
