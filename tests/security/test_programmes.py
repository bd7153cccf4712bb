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
from tests.security.signing import indebted, payload

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


# -- withdrawing what was published -------------------------------------------------------------------

WITHDRAW = "SELECT withdraw_programme(%s, %s, %s)"


def published(author: Connection, publisher: Connection, code: str, *, day: str = "2020-02-02") -> int:
    programme = drafted(author, code, valid_from=day)
    publisher.execute(PUBLISH, [programme, 1, 1])
    return programme


@pytest.mark.parametrize("login", [AGENT, CLERK, SUPERVISOR, ADMIN])
def test_nobody_at_a_desk_withdraws_what_two_people_published(enter, login):
    connection = enter(login)

    for statement in (
        "SELECT withdraw_programme('P1', 1, 'x')",
        "UPDATE programme_version SET state = 'withdrawn', withdrawal_reason = 'x'",
    ):
        assert sqlstate_of(connection, statement) == "42501"


@pytest.mark.parametrize("why", ["", "  ", None, "a\nb"])
def test_nothing_is_withdrawn_without_a_reason_on_one_line(superuser, why):
    assert refused(superuser, WITHDRAW, "P1", 1, why) == "programme_withdrawal_unreasoned"


def test_only_what_is_published_is_withdrawn_and_only_once(enter, superuser):
    drafted(enter(SUPERVISOR), "W1")
    published(enter(SUPERVISOR), enter(OTHER_SUPERVISOR), "W2")

    assert refused(superuser, WITHDRAW, "W1", 1, "greška") == "programme_not_published"
    assert refused(superuser, WITHDRAW, "nema", 1, "greška") == "programme_not_published"
    assert one(superuser, WITHDRAW, "W2", 1, "greška u popustu") == 0
    assert refused(superuser, WITHDRAW, "W2", 1, "greška") == "programme_not_published"
    for statement in (
        "UPDATE programme_version SET state = 'published', withdrawn_at = NULL WHERE state = 'withdrawn'",
        "UPDATE programme_version SET withdrawal_reason = 'x' WHERE state = 'withdrawn'",
        "UPDATE programme_version SET valid_to = '2020-02-03' WHERE state = 'withdrawn'",
        "DELETE FROM programme_version WHERE state = 'withdrawn'",
    ):
        assert refused(superuser, statement) == "programme_published"


def test_a_withdrawal_is_in_the_audit_with_who_and_why(enter, superuser):
    published(enter(SUPERVISOR), enter(OTHER_SUPERVISOR), "W3")

    superuser.execute(WITHDRAW, ["W3", 1, "pogrešan popust"])

    row = superuser.execute(
        "SELECT a.login, a.new_row ->> 'state', a.new_row ->> 'withdrawal_reason', v.withdrawn_by"
        " FROM audit_log a, programme_version v JOIN programme g ON g.id = v.programme_id AND g.code = 'W3'"
        " WHERE a.table_name = 'programme_version' ORDER BY a.id DESC LIMIT 1"
    ).fetchone()
    me = one(superuser, "SELECT session_user::text")
    assert row == (me, "withdrawn", "pogrešan popust", me)


def test_a_version_that_cannot_be_read_is_withdrawn_like_any_other(enter, superuser):
    programme = published(enter(SUPERVISOR), enter(OTHER_SUPERVISOR), "W4")
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        'UPDATE programme_version SET terms = \'{"steps": [["ordinary", "0x1", "10"]]}\''
        " WHERE programme_id = %s",
        [programme],
    )
    superuser.execute("SET session_replication_role = origin")

    assert one(superuser, WITHDRAW, "W4", 1, "ne može da se pročita") == 0


def test_plans_signed_under_it_stay_and_nobody_signs_another(guarded, enter, superuser):
    programme = published(enter(SUPERVISOR), enter(OTHER_SUPERVISOR), "W5")
    first, second = indebted(guarded), indebted(guarded)
    clerk = enter(CLERK)

    def sign(ident: int) -> str:
        offer = payload(guarded, ident, count=6, programme=programme)
        visit(clerk, ident)
        made: str = one(clerk, "SELECT register_plan(%s, %s) ->> 'plan_id'", ident, offer)
        return made

    plan = sign(first)
    assert one(superuser, WITHDRAW, "W5", 1, "pogrešno") == 1

    assert one(clerk, "SELECT state FROM plan WHERE id = %s", plan) == "active"
    with pytest.raises(psycopg.Error, match="plan_programme_not_in_force"):
        sign(second)


def test_what_was_withdrawn_makes_room_for_what_is_right(enter, superuser):
    programme = published(enter(SUPERVISOR), enter(OTHER_SUPERVISOR), "W6")
    superuser.execute(WITHDRAW, ["W6", 1, "pogrešno"])

    given = Jsonb(
        {"programme_id": programme, "valid_from": "2020-02-02", "legal_basis": "Odluka", "terms": TERMS}
    )
    enter(SUPERVISOR).execute("SELECT draft_programme(%s)", [given])
    enter(OTHER_SUPERVISOR).execute(PUBLISH, [programme, 2, 1])
