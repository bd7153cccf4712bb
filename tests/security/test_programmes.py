"""A programme takes two supervisors and stays within what the administrator allows."""

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from app.domain.plans.programmes import from_json
from tests.security.conftest import (
    ADMIN,
    AGENT,
    CLERK,
    OTHER_SUPERVISOR,
    SUPERVISOR,
    one,
    sqlstate_of,
    visit,
)

Connection = psycopg.Connection[Any]

TERMS = {"steps": [["ordinary", 6, "10"]]}
PUBLISH = "SELECT publish_programme(%s, %s, %s)"


def drafted(connection: Connection, code: str, terms: object = TERMS, **others: object) -> int:
    given = {"code": code, "name": code, "valid_from": "2041-01-01", "legal_basis": "Odluka", **others}
    made: dict[str, int] = one(connection, "SELECT draft_programme(%s)", Jsonb({**given, "terms": terms}))
    return made["programme_id"]


def refused(connection: Connection, statement: str, *given: object) -> str:
    with pytest.raises(psycopg.Error) as caught:
        connection.execute(statement, list(given))
    return str(caught.value.diag.message_primary)


def test_nobody_publishes_what_they_wrote_a_word_of(enter):
    one_of_them, other = enter(SUPERVISOR), enter(OTHER_SUPERVISOR)
    programme = drafted(one_of_them, "F1")

    assert refused(one_of_them, PUBLISH, programme, 1, 1) == "programme_own_publication"

    terms = Jsonb({"valid_from": "2041-01-01", "legal_basis": "Odluka", "terms": TERMS})
    other.execute("SELECT change_programme_draft(%s, 1, 1, %s)", [programme, terms])
    for writer in (one_of_them, other):
        assert refused(writer, PUBLISH, programme, 1, 2) == "programme_own_publication"


def test_whoever_published_a_programme_signs_nothing_under_it_that_day(enter, guarded):
    day = "SELECT office_day()"
    author, publisher = enter(SUPERVISOR), enter(OTHER_SUPERVISOR)
    programme = drafted(author, "F2", valid_from=one(author, day).isoformat())
    publisher.execute(PUBLISH, [programme, 1, 1])
    ident = guarded.new_account()
    offer = Jsonb({"programme_id": programme, "version": 1, "payer": "ordinary", "instalments": 6})
    with guarded.as_superuser() as owner:  # the clock of these tests is invented, the stamp is not
        owner.execute("SET ROLE salter_owner")
        owner.execute("ALTER TABLE programme_version DISABLE TRIGGER guarded")
        owner.execute(
            "UPDATE programme_version SET published_at = office_day() + interval '12 hours'"
            " WHERE programme_id = %s",
            [programme],
        )
        owner.execute("ALTER TABLE programme_version ENABLE TRIGGER guarded")

    for connection in (author, publisher):
        visit(connection, ident)

    sign = "SELECT register_plan(%s, %s)"
    assert refused(publisher, sign, ident, offer) == "plan_programme_own"
    assert refused(author, sign, ident, offer) != "plan_programme_own"


@pytest.mark.parametrize("steps", [[["ordinary", 1, "99.99"]], [["ordinary", 6, "10"], ["company", 61, "0"]]])
def test_a_programme_gives_no_more_than_the_administrator_allows(enter, steps):
    programme = drafted(enter(SUPERVISOR), f"F3{len(steps)}", {"steps": steps})

    assert refused(enter(OTHER_SUPERVISOR), PUBLISH, programme, 1, 1) == "programme_over_bounds"


@pytest.mark.parametrize("login", [AGENT, CLERK, SUPERVISOR])
def test_only_the_administrator_moves_the_bounds(enter, login):
    connection = enter(login)

    for statement in (
        "SELECT set_programme_bounds(office_day(), 100, 99, 'x')",
        "INSERT INTO setting VALUES ('programme_bounds', '2020-01-01', '{\"percent\": 100}', false)",
        "UPDATE setting SET value = '{}'",
    ):
        assert sqlstate_of(connection, statement) == "42501"


@pytest.mark.parametrize(
    "given",
    [
        "office_day() - 1, 60, 60, 'x'",
        "office_day(), 101, 60, 'x'",
        "office_day(), 60, 0, 'x'",
        "office_day(), 60, 60, ' '",
        "NULL, 60, 60, 'x'",
        "office_day(), NULL, 60, 'x'",
    ],
)
def test_bounds_that_cannot_be_are_not_set(enter, given):
    assert refused(enter(ADMIN), f"SELECT set_programme_bounds({given})") == "programme_bounds_faulty"


def test_the_administrator_s_bounds_hold_from_their_day(enter, superuser):
    try:
        enter(ADMIN).execute("SELECT set_programme_bounds(office_day(), 100, 99, 'odluka veća')")
        programme = drafted(enter(SUPERVISOR), "F4", {"steps": [["ordinary", 1, "99.99"]]})
        enter(OTHER_SUPERVISOR).execute(PUBLISH, [programme, 1, 1])
    finally:
        superuser.execute("DELETE FROM setting WHERE name = 'programme_bounds'")


@pytest.mark.parametrize(
    "terms",
    [
        {"steps": [["ordinary", "0x1", "10"]]},
        {"steps": [["ordinary", 1, "0x1"]]},
        {"steps": [["ordinary", "1_0", "10"]]},
        {"steps": [["ordinary", 1, "1e1"]]},
        {"steps": [["ordinary", 1, " 5"]]},
        {"steps": [["ordinary", 1, "5", "more"]]},
        {**TERMS, "size_rules": [["ordinary", "1_000", 6]]},
        {**TERMS, "size_rules": [["ordinary", "1000", "0b11"]]},
        {**TERMS, "least_instalment": "0x10"},
        {**TERMS, "least_instalment": "Infinity"},
        {**TERMS, "down_payment_percent": "NaN"},
        {**TERMS, "first_due_days": "0b1"},
        {**TERMS, "is_certified": "yes"},
        {**TERMS, "may_replan": 1},
        {**TERMS, "debts": {"takes_sued": "on"}},
        {**TERMS, "debts": {"due_until": "-infinity"}},
        {**TERMS, "debts": {"due_until": "today"}},
        {**TERMS, "debts": {"due_until": "0044-03-15 BC"}},
        {**TERMS, "debts": {"due_until": "294000-01-01"}},
        {**TERMS, "debts": {"least_unsued_bills": "0o7"}},
        {**TERMS, "breach": {"days_of_grace": "1_1"}},
        {**TERMS, "most_payable": {"desk_clerk": "0x10"}},
        {**TERMS, "unconfirmed": "everything"},
        {**TERMS, "unconfirmed": [1]},
    ],
)
def test_terms_have_one_way_of_being_written(enter, terms):
    with pytest.raises(psycopg.Error, match="programme_terms_faulty"):
        drafted(enter(SUPERVISOR), "T", terms)


def test_the_terms_that_the_server_takes_are_read_by_the_window(enter):
    supervisor = enter(SUPERVISOR)
    drafted(supervisor, "F5", {**TERMS, "debts": {"due_until": "2023-08-31"}, "unconfirmed": ["breach"]})

    for (kept,) in supervisor.execute("SELECT terms FROM programme_version").fetchall():
        from_json(kept)
