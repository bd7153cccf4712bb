"""Whatever the database refuses with, the desk knows what it means."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import CheckViolation, ForeignKeyViolation
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

import app.usecases
import db
from app.domain.errors import Conflict, Forbidden, Refused, TooSlow, Unavailable
from db import errors
from db.errors import (
    Busy,
    Cancelled,
    Facts,
    NotOnFile,
    RuleBroken,
    ValueNotAllowed,
    refusal,
    register,
    translate,
)
from db.gateway import Gateway
from tests.conftest import Database

SQL_FOLDER = Path(db.__path__[0]) / "sql"


@pytest.fixture(scope="module")
def gateway(module_database: Database) -> Iterator[Gateway]:
    with psycopg.connect(module_database.url) as connection:
        connection.execute(
            "CREATE TABLE garden ("
            " id int CONSTRAINT pk_garden PRIMARY KEY,"
            " name text NOT NULL CONSTRAINT uq_garden_name UNIQUE,"
            " size int CONSTRAINT ck_garden_size CHECK (size > 0),"
            " beside int CONSTRAINT fk_garden_beside REFERENCES garden)"
        )
    opened = Gateway(module_database.url)
    yield opened
    opened.close()


def refusal_of(gateway: Gateway, sql: str) -> Exception:
    with pytest.raises(Exception) as refused:  # noqa: PT011
        gateway.act(lambda session: session.execute(text(sql)) and None, key=uuid4())
    return refused.value


class GardenNameTaken(RuleBroken):
    """A garden of this name is there already."""


register("uq_garden_name", GardenNameTaken)


def test_a_broken_rule_arrives_as_the_error_registered_under_its_name(gateway):
    gateway.act(
        lambda session: session.execute(text("INSERT INTO garden VALUES (1, 'rose')")) and None, key=uuid4()
    )

    assert isinstance(refusal_of(gateway, "INSERT INTO garden VALUES (2, 'rose')"), GardenNameTaken)


@pytest.mark.parametrize(
    ("statement", "kind", "rule", "column"),
    [
        ("INSERT INTO garden VALUES (3, 'a', -1)", ValueNotAllowed, "ck_garden_size", ""),
        ("INSERT INTO garden VALUES (3, 'a', 1, 99)", NotOnFile, "fk_garden_beside", ""),
        ("INSERT INTO garden VALUES (3, NULL)", RuleBroken, "", "name"),
    ],
)
def test_a_rule_without_an_error_of_its_own_is_told_by_its_kind_and_name(
    gateway, statement, kind, rule, column
):
    refused = refusal_of(gateway, statement)

    assert type(refused) is kind
    assert (refused.facts.rule, refused.facts.table, refused.field) == (rule, "garden", column)


def test_a_function_refuses_by_the_name_of_a_rule_and_its_facts(gateway):
    refused = refusal_of(gateway, """SELECT refuse('garden_closed', '{"until": "2026-07-01"}')""")

    assert isinstance(refused, Refused)
    assert refused.facts == Facts(rule="garden_closed", sqlstate="SA001", detail={"until": "2026-07-01"})


def test_facts_that_are_no_object_are_no_facts(gateway):
    refused = refusal_of(
        gateway,
        "DO $$ BEGIN RAISE EXCEPTION 'garden_closed' USING ERRCODE = 'SA001', DETAIL = 'sorry'; END $$",
    )

    assert refused.facts.detail == {}


@pytest.mark.parametrize(
    ("sqlstate", "meaning"),
    [
        ("42501", Forbidden),
        ("40001", Conflict),
        ("40P01", Conflict),
        ("57014", TooSlow),
        ("55P03", Busy),
        ("57P01", Unavailable),
        ("57P03", Unavailable),
        ("53300", Unavailable),
        ("08006", Unavailable),
    ],
)
def test_an_sqlstate_means_the_same_in_every_language(gateway, sqlstate, meaning):
    refused = refusal_of(
        gateway, f"DO $$ BEGIN RAISE EXCEPTION 'на нашем језику' USING ERRCODE = '{sqlstate}'; END $$"
    )

    assert type(refused) is meaning


def test_a_statement_stopped_for_its_own_ticket_was_cancelled():
    assert isinstance(translate(psycopg.errors.QueryCanceled(), cancelled=True), Cancelled)


def test_a_row_changed_meanwhile_is_a_conflict():
    assert isinstance(translate(StaleDataError()), Conflict)


def test_a_mistake_of_ours_stays_what_it_is(gateway):
    assert isinstance(refusal_of(gateway, "SELECT no_such_column"), DBAPIError)
    mistake = ZeroDivisionError()
    assert translate(mistake) is mistake


def test_one_rule_cannot_mean_two_things():
    with pytest.raises(ValueError, match="uq_garden_name"):
        register("uq_garden_name", RuleBroken)


def test_a_connection_that_breaks_is_no_bug(gateway):
    refused = refusal_of(gateway, "SELECT pg_terminate_backend(pg_backend_pid())")

    assert isinstance(refused, Unavailable)


def import_use_cases() -> None:
    """Make every use case register its rules."""
    for module in pkgutil.walk_packages(app.usecases.__path__, "app.usecases."):
        importlib.import_module(module.name)


def test_whatever_must_be_unique_or_must_not_overlap_has_an_error_of_its_own(gateway):
    import_use_cases()

    def guards(session: Session) -> list[str]:
        return list(
            session.scalars(
                text(
                    "SELECT indexrelid::regclass::text FROM pg_index"
                    " JOIN pg_class ON pg_class.oid = indexrelid"
                    " WHERE relnamespace = 'public'::regnamespace AND NOT relispartition"
                    " AND NOT indisprimary AND (indisunique OR indisexclusion)"
                )
            )
        )

    assert [rule for rule in gateway.ask(guards) if not errors.is_registered(rule)] == []


def test_every_named_constraint_is_translated(gateway):
    import_use_cases()

    def constraints(session: Session) -> list[tuple[str, str]]:
        found = session.execute(
            text(
                "SELECT conname, contype FROM pg_constraint"
                " WHERE connamespace = 'public'::regnamespace AND conparentid = 0 AND contype IN ('c', 'f')"
            )
        )
        return [(name, kind) for name, kind in found]

    states = {"c": CheckViolation.sqlstate, "f": ForeignKeyViolation.sqlstate}
    told = {name: refusal(Facts(rule=name, sqlstate=states[kind])) for name, kind in gateway.ask(constraints)}

    assert told.keys() >= {"ck_call_note_text", "fk_staff_branch_id"}
    assert [name for name, error in told.items() if type(error) is RuleBroken] == []


def test_every_rule_that_a_function_refuses_by_has_an_error_of_its_own():
    import_use_cases()
    rules = {
        rule
        for file in SQL_FOLDER.glob("*.sql")
        for rule in re.findall(r"(?:refuse|guard_move)\(\s*'(\w+)'", file.read_text("utf-8"))
    }

    assert {"visit_not_open", "case_transition_forbidden"} <= rules
    assert {rule for rule in rules if not errors.is_registered(rule)} == set()


def test_every_constraint_has_a_name_a_person_gave_it(gateway):
    def nameless(session: Session) -> list[str]:
        return list(
            session.scalars(
                text(
                    "SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
                    " WHERE connamespace = 'public'::regnamespace AND conparentid = 0 AND coninhcount = 0"
                    " AND contype IN ('c', 'u', 'x', 'f', 'p') AND relname <> 'garden'"
                    " AND conname !~ '^(ck|uq|ex|fk|pk|alembic)_'"
                )
            )
        )

    assert gateway.ask(nameless) == []
