"""The register of names: looked through a page at a time, by counted questions, by nobody else."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.security.conftest import (
    ADMIN,
    AGENT,
    ANA,
    BORA,
    CLERK,
    LEFT,
    OTHER_CLERK,
    SERVING,
    STRANGER,
    close_visits,
    one,
    sqlstate_of,
)

CROWD = 3000
EVERYBODY = '{"where": [["word", "%"]], "counted": 1000000, "sample": null}'
QUESTIONS = (
    "SELECT * FROM find_beginning('pet', '{pet}', '{}', 50)",
    f"SELECT * FROM find_by_words('{EVERYBODY}', '{{pet}}', '{{}}', '{{}}', 50)",
    f"SELECT * FROM count_by_words('{EVERYBODY}')",
    f"SELECT * FROM find_instead('{EVERYBODY}', '[]', '{{}}', 5, 50)",
    "SELECT * FROM find_by_ident('10', 50)",
    "SELECT * FROM find_accounts('{1000042, 1000318}', 50)",
)
LOOK_UPS = (
    "SELECT * FROM find_by_contact('phone', '0641234567')",
    "SELECT * FROM find_by_phone_end('234567')",
    "SELECT * FROM find_by_case_number('I.Iv 1234/2025')",
    "SELECT * FROM find_by_business_number('pib', '100000049')",
    "SELECT * FROM find_by_business_number('company_number', '07000006')",
)

Setting = Callable[[str, int], None]


@pytest.fixture(autouse=True)
def _nothing_counted(superuser) -> None:
    superuser.execute(
        "SELECT setval(c.oid::regclass, 1) FROM pg_class c WHERE relkind = 'S' AND relname LIKE 'counted%'"
    )


@pytest.fixture
def setting(superuser) -> Iterator[Setting]:
    names = []

    def put(name: str, value: int) -> None:
        names.append(name)
        superuser.execute("INSERT INTO setting VALUES (%s, '1990-01-01', %s, true)", [name, Jsonb(value)])

    yield put
    superuser.execute("DELETE FROM setting WHERE name = ANY (%s)", [names])


@pytest.fixture(scope="module")
def crowd(guarded) -> None:
    """Three thousand accounts to be found."""
    with guarded.as_superuser() as owner:
        owner.execute(
            "INSERT INTO account_search (ident, name, address, name_fold, address_fold, words, is_closed)"
            " SELECT 3000000 + no, 'Jovanović ' || no, 'Glavna ' || no, 'jovanovic ' || no,"
            " 'glavna ' || no, 'jovanovic ' || no || ' glavna', false FROM generate_series(1, %s) no",
            [CROWD],
        )


def refused_as(connection: psycopg.Connection[Any], statement: str, *given: object) -> str:
    try:
        connection.execute(statement, given or None)
    except psycopg.Error as error:
        return (error.diag.message_primary or "") if error.sqlstate == "SA001" else str(error)
    return ""


def taken_back(guarded, login: str, statement: str, *given: object) -> list[Any]:
    """Ask in a transaction that is rolled back, so that no row is left of it."""
    with guarded.signed_in(login, autocommit=False) as connection:
        rows = connection.execute(statement, given or None).fetchall()
        connection.rollback()
    return rows


# -- the tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "COPY account_search TO STDOUT",
        "COPY (SELECT name, address FROM account_search) TO STDOUT",
        "SELECT ident FROM account_search LIMIT 1",
        "SELECT FROM account_search WHERE ident = 1000042",
        "EXPLAIN ANALYZE SELECT FROM account_search WHERE name = 'Petrović Ana'",
        "EXPLAIN SELECT FROM account_search WHERE name = 'Petrović Ana'",
        "COPY search_word TO STDOUT",
        "SELECT word FROM search_word LIMIT 1",
        "SELECT * FROM account_search_computed LIMIT 1",
        "SELECT words_beginning('{pe}')",
        "SELECT words_around('{etro}')",
        "SELECT similar_words('{petrovik}')",
        "SELECT search_condition('[]')",
        "SELECT end_finding(-1000)",
        "SELECT refresh_search('{1000042}')",
    ],
)
@pytest.mark.parametrize("login", [*SERVING, ADMIN])
def test_nobody_reads_what_a_search_reads(enter, login, statement):
    assert sqlstate_of(enter(login), statement) == "42501"


@pytest.mark.parametrize("login", [*SERVING, ADMIN])
def test_no_statistics_tell_of_the_register(enter, superuser, login):
    superuser.execute("ANALYZE account_search, search_word")

    told = enter(login).execute(
        "SELECT tablename FROM pg_stats WHERE tablename ~ 'account_search|search_word'"
    )

    assert told.fetchall() == []


@pytest.mark.parametrize("question", [*QUESTIONS, *LOOK_UPS])
@pytest.mark.parametrize("login", [LEFT, STRANGER])
def test_who_does_not_serve_finds_nobody(enter, login, question):
    connection = enter(login)

    if not sqlstate_of(connection, question):
        assert connection.execute(question).fetchall() == []


@pytest.mark.parametrize("question", [*QUESTIONS, *LOOK_UPS])
def test_the_administrator_serves_nobody_and_finds_nobody(enter, question):
    assert sqlstate_of(enter(ADMIN), question) == "42501"


# -- a page at a time ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM find_beginning('', '{}', '{}', 1000000)",
        "SELECT * FROM find_beginning('jovanovic', '{jovanovic}', '{ć}', 1000000)",
        "SELECT * FROM find_beginning('jovanovic', '{jovanovic}', '{}', NULL)",
        f"SELECT * FROM find_by_words('{EVERYBODY}', '{{pet}}', '{{}}', '{{}}', 1000000)",
        f"SELECT * FROM find_instead('{EVERYBODY}', '[]', '{{}}', 5, 1000000)",
        "SELECT * FROM find_by_ident('3', 1000000)",
        "SELECT * FROM find_accounts(ARRAY(SELECT generate_series(3000001, 3003000)), 1000000)",
    ],
)
@pytest.mark.usefixtures("crowd")
def test_no_answer_is_longer_than_a_page(enter, question):
    assert len(enter(CLERK).execute(question).fetchall()) <= 200


@pytest.mark.usefixtures("crowd")
def test_nothing_but_the_ceiling_ends_the_paging_through_everything(guarded, setting):
    setting("shown_an_hour", 1000)
    found: set[int] = set()
    refused = ""
    for beginning in range(30000, 30031):
        with guarded.signed_in(CLERK, autocommit=False) as connection:
            refused = refused_as(connection, f"SELECT * FROM find_by_ident('{beginning}', 200)")
            connection.rollback()
        if not refused:
            rows = taken_back(guarded, CLERK, f"SELECT ident FROM find_by_ident('{beginning}', 200)")
            found |= {ident for (ident,) in rows}

    assert refused == "shown_an_hour"
    assert 0 < len(found) <= 1000


# -- counted past every rollback -------------------------------------------------------------------


@pytest.mark.parametrize("login", SERVING)
def test_a_million_telephones_are_not_tried_in_a_transaction_that_is_taken_back(guarded, login):
    trying = (
        "SELECT count(*) FROM generate_series(640000000, 641000000) AS number,"
        " LATERAL find_by_contact('phone', '0' || number)"
    )
    with guarded.signed_in(login, autocommit=False) as connection:
        assert refused_as(connection, trying) == "exact_look_ups_an_hour"
        connection.rollback()
        for look_up in LOOK_UPS:
            assert refused_as(connection, look_up) == "exact_look_ups_an_hour"
            connection.rollback()


@pytest.mark.parametrize("look_up", LOOK_UPS)
def test_every_look_up_is_counted(guarded, superuser, look_up):
    for _ in range(3):
        taken_back(guarded, CLERK, look_up)

    assert one(superuser, "SELECT counted('exact_look_ups_an_hour', %s)", CLERK) == 3
    assert one(superuser, "SELECT counted('exact_look_ups_a_day', %s)", CLERK) == 3


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_counted_with_what_it_shows(guarded, superuser, question):
    shown = len(taken_back(guarded, CLERK, question))

    counted = one(superuser, "SELECT counted('shown_an_hour', %s)", CLERK)
    assert counted == one(superuser, "SELECT counted('shown_a_day', %s)", CLERK)
    assert counted == 1 + (0 if "count_by_words" in question else shown)


def test_what_fails_by_what_it_meets_is_counted_too(guarded, superuser):
    """A pattern that breaks on the first row it is held against would tell whether there was one."""
    probing = Jsonb({"where": [["word", "% petrovic %"], ["word", "%\\"]], "counted": 1, "sample": None})
    with guarded.signed_in(CLERK, autocommit=False) as connection:
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT * FROM count_by_words(%s)", [probing])
        connection.rollback()

    assert one(superuser, "SELECT counted('shown_an_hour', %s)", CLERK) == 1


def test_a_savepoint_takes_nothing_back(guarded, superuser):
    with guarded.signed_in(CLERK, autocommit=False) as connection:
        for _ in range(4):
            connection.execute("SAVEPOINT before")
            connection.execute(LOOK_UPS[0])
            connection.execute("ROLLBACK TO before")

    assert one(superuser, "SELECT counted('exact_look_ups_an_hour', %s)", CLERK) == 4


@pytest.mark.parametrize("question", [*QUESTIONS, *LOOK_UPS])
def test_where_nothing_can_be_counted_nobody_is_found(guarded, question):
    with guarded.signed_in(CLERK, autocommit=False) as connection:
        connection.execute("SET TRANSACTION READ ONLY")
        assert refused_as(connection, question) == "must_be_recorded"


@pytest.mark.parametrize(
    ("name", "rule", "question"),
    [
        ("shown_an_hour", "shown_an_hour", QUESTIONS[0]),
        ("shown_a_day", "shown_a_day", QUESTIONS[4]),
        ("exact_look_ups_an_hour", "exact_look_ups_an_hour", LOOK_UPS[0]),
        ("exact_look_ups_a_day", "exact_look_ups_a_day", LOOK_UPS[3]),
    ],
)
def test_a_ceiling_holds_for_the_person_and_for_nobody_else(enter, setting, name, rule, question):
    setting(name, 4)
    for _ in range(4):
        last = refused_as(enter(CLERK), question)  # each on a connection of its own

    assert (last or refused_as(enter(CLERK), question)) == rule
    assert refused_as(enter(OTHER_CLERK), question) == ""


def test_whoever_goes_on_over_the_ceiling_does_not_count_into_the_next_hour(enter, superuser, setting):
    setting("exact_look_ups_an_hour", 2)
    clerk = enter(CLERK)
    for _ in range(20):
        refused_as(clerk, LOOK_UPS[0])

    assert one(superuser, "SELECT counted('exact_look_ups_an_hour', %s)", CLERK) == 2


# -- other ways --------------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_plan_shows_nothing_of_what_a_question_reads(enter, superuser, question):
    plan = "\n".join(
        row[0] for row in enter(CLERK).execute(f"EXPLAIN (ANALYZE, VERBOSE, BUFFERS) {question}")
    )

    assert "Function Scan" in plan
    assert "search" not in plan.replace("search_path", "")
    assert one(superuser, "SELECT counted('shown_an_hour', %s)", CLERK) >= 1


@pytest.mark.parametrize(
    "condition",
    [
        ["word", "%') OR (true"],
        ["word", "x' OR 'a' = 'a"],
        ["terms", "'petrovic') OR true --"],
        ["columns", "jmbg"],
        ["name", "%"],
        ["never", ""],
        [],
        "word",
    ],
)
def test_a_condition_is_never_read_as_a_statement(enter, condition):
    asked = Jsonb({"where": [condition], "counted": 1001, "sample": None})
    met = 0
    with contextlib.suppress(psycopg.errors.SyntaxError):  # of the query that words are looked up by
        met = one(enter(CLERK), "SELECT met FROM count_by_words(%s)", asked)

    assert met == 0


def test_a_visit_that_is_taken_back_shows_no_name(guarded):
    with guarded.signed_in(AGENT, autocommit=False) as connection:
        connection.execute("SELECT open_visit(%s, 'service', 'counter')", [BORA])
        recent = connection.execute("SELECT * FROM recent_accounts(10) WHERE ident = %s", [BORA]).fetchall()
        heading = connection.execute("SELECT * FROM account_heading(%s)", [BORA]).fetchall()
        connection.rollback()

    assert (recent, heading) == ([], [])


def test_what_is_open_and_what_was_open_is_shown_beyond_every_ceiling(enter, setting):
    clerk = enter(CLERK)
    clerk.execute("SELECT open_visit(%s, 'service', 'counter')", [ANA])
    setting("shown_an_hour", 0)

    assert one(clerk, "SELECT name FROM account_heading(%s)", ANA) == "Petrović Ana"
    assert clerk.execute("SELECT * FROM account_heading(%s)", [BORA]).fetchall() == []
    close_visits(clerk)
    assert one(clerk, "SELECT name FROM account_heading(%s)", ANA) == "Petrović Ana"
    assert ANA in {row[0] for row in clerk.execute("SELECT ident FROM recent_accounts(10)")}
    assert refused_as(clerk, QUESTIONS[0]) == "shown_an_hour"
