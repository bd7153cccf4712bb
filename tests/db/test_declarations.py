"""The database's copy of how changes are declared follows the program's at every upgrade."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, create_engine, text

from app.domain import enforcement, notices, plans
from app.domain.changes import DECLARATIONS, TRANSITIONS, ChangeKind
from db import checks, declarations, schema
from tests.conftest import Database


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    made = create_engine(database.url)
    yield made
    made.dispose()


def run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def column(engine: Engine, statement: str) -> list[object]:
    with engine.connect() as connection:
        return list(connection.execute(text(statement)).scalars())


def findings(engine: Engine, check: str) -> list[checks.Finding]:
    return [found for one in checks.run(engine, only=[check]) for found in one.findings]


def test_each_kind_and_each_move_is_there(engine):
    assert column(engine, "SELECT code FROM change_kind WHERE is_current ORDER BY position") == [
        one.kind.value for one in DECLARATIONS
    ]
    assert column(engine, "SELECT count(*) FROM change_transition") == [len(TRANSITIONS)]


def test_what_was_altered_by_hand_is_put_right(engine):
    run(
        engine,
        "UPDATE change_kind SET four_eyes = false, declaration = '{}'",
        "INSERT INTO change_transition VALUES ('desk', 'draft', 'approved', 'enterer')",
        "DELETE FROM change_transition WHERE old_state = 'submitted'",
    )
    (found,) = (one for one in checks.run(engine, only=["change kinds"]) if one.check == "change kinds")
    assert found.findings[0].count > len(DECLARATIONS)

    schema.upgrade(engine)

    assert all(not one.findings for one in checks.run(engine, only=["change kinds"]))


@pytest.mark.parametrize(
    "done",
    [
        "INSERT INTO state_transition VALUES ('plan', 'kept', 'active')",
        "INSERT INTO state_transition VALUES ('bill', 'issued', 'cancelled')",
        "DELETE FROM state_transition WHERE table_name = 'notice' AND new_state = 'sent'",
        (
            "UPDATE state_transition SET new_state = 'time_barred'"
            " WHERE table_name = 'enforcement_case' AND old_state = 'filed' AND new_state = 'decided'"
        ),
    ],
)
def test_a_move_altered_by_hand_is_found_and_put_right(engine, done):
    run(engine, done)
    assert findings(engine, "moves")

    schema.upgrade(engine)

    assert findings(engine, "moves") == []


def test_the_moves_of_plans_cases_and_notices_are_there(engine):
    declared = [step for states in (plans, enforcement, notices) for step in states.TRANSITIONS.values()]

    assert column(engine, "SELECT count(*) FROM state_transition") == [sum(len(news) for news in declared)]


def test_a_kind_no_longer_declared_stays_and_is_not_current(engine):
    run(
        engine,
        "INSERT INTO change_kind SELECT 'yesterday', 99, 99, route, scope, decider, ground, four_eyes,"
        " deadline_days, true, declaration FROM change_kind WHERE code = 'members'",
    )

    schema.upgrade(engine)

    assert column(engine, "SELECT is_current FROM change_kind WHERE code = 'yesterday'") == [False]


def test_an_upgrade_that_finds_nothing_new_writes_nothing(engine):
    before = column(engine, "SELECT count(*) FROM audit_log")

    schema.upgrade(engine)

    assert column(engine, "SELECT count(*) FROM audit_log") == before


def test_the_mark_of_the_code_follows_every_word_of_a_declaration():
    one, *others = sorted(DECLARATIONS, key=lambda known: known.kind is not ChangeKind.MEMBERS)

    for changed in (
        replace(one, four_eyes=not one.four_eyes),
        replace(one, papers=one.papers[1:]),
        replace(one, fields=(replace(one.fields[0], may_be_empty=True), *one.fields[1:])),
    ):
        assert declarations.mark((changed, *others)) != declarations.mark((one, *others))
    assert declarations.mark(DECLARATIONS) == declarations.mark()
