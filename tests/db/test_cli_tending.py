"""``salter-db`` by night and always: keepers are let go of, and where the chains stand is said."""

import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from db import cli
from tests.conftest import Database

LOGIN = "cli.keeper"


@pytest.fixture
def keeper(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    """A clerk, signed in."""
    monkeypatch.setattr("sys.stdin", io.StringIO("first-day\n"))
    assert cli.main(["--url", database.url, "init"]) == 0
    add = ["staff", "add", LOGIN, "--name", "Petra Novak", "--role", "clerk", "--branch", "DIR"]
    assert cli.main(["--url", database.url, *add, "--password-stdin"]) == 0
    with psycopg.connect(database.url_for(LOGIN, password="first-day")) as session:
        yield session
    with psycopg.connect(database.url, autocommit=True) as owner:
        owner.execute(f'DROP ROLE "{LOGIN}"')


def test_watching_once_lets_go_of_whoever_is_waited_for_and_names_them(database, keeper, capsys):
    keeper.execute("INSERT INTO preference (name, value) VALUES ('x', '1')")
    capsys.readouterr()

    def wait_for_it() -> None:
        with psycopg.connect(database.url, autocommit=True) as other:
            other.execute("INSERT INTO preference (login, name, value) VALUES (%s, 'x', '2')", [LOGIN])

    said = ""
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(wait_for_it)
        while not said and not waiting.done():
            assert cli.main(["--url", database.url, "watch", "--once", "--patience", "0.1"]) == 0
            said = capsys.readouterr().out
        waiting.result(timeout=30)

    assert said == f"let go of {LOGIN}, for whom others waited\n"
    with pytest.raises(psycopg.OperationalError):
        keeper.execute("SELECT 1")


def test_watching_says_nothing_where_nobody_waits(database, keeper, capsys):
    keeper.execute("INSERT INTO preference (name, value) VALUES ('x', '1')")
    capsys.readouterr()

    assert cli.main(["--url", database.url, "watch", "--once", "--patience", "0"]) == 0
    assert capsys.readouterr().out == ""
    assert keeper.execute("SELECT 1").fetchone() == (1,)


def test_the_heads_and_the_last_joint_are_said_with_every_check(database, capsys):
    assert cli.main(["--url", database.url, "init"]) == 0
    assert cli.main(["--url", database.url, "check", "--only", "chains"]) == 0
    first = re.search(r"^heads (\d+) chains: ([0-9a-f]{64}); (.+)$", capsys.readouterr().out, re.MULTILINE)
    assert first is not None
    assert int(first[1]) >= 1
    assert first[3] == "no joint yet"

    assert cli.main(["--url", database.url, "tidy"]) == 0
    joined = re.search(r"joint 1 of the chains: ([0-9a-f]{64})$", capsys.readouterr().out, re.MULTILINE)
    assert joined is not None
    with psycopg.connect(database.url, autocommit=True) as session:
        session.execute("SELECT log_export('x', '{}', 1)")
    assert cli.main(["--url", database.url, "check", "--only", "chains"]) == 0
    again = re.search(r"^heads (\d+) chains: ([0-9a-f]{64}); (.+)$", capsys.readouterr().out, re.MULTILINE)

    assert again is not None
    assert again[2] != first[2]
    assert again[3] == f"joint 1: {joined[1]}"


def test_tidying_writes_down_up_to_which_number_a_register_is_full(database, capsys):
    assert cli.main(["--url", database.url, "init"]) == 0
    with psycopg.connect(database.url, autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            "INSERT INTO change_request (ident, kind, state, channel, branch_id, number, number_year,"
            " number_serial, submitted_at)"
            " SELECT 1000042, 'members', 'submitted', 'phone', 1, n::text, 2026, n, now()"
            " FROM unnest(ARRAY[1, 2, 3, 5]) AS n"
        )
    capsys.readouterr()

    for last in (3, 5):
        assert cli.main(["--url", database.url, "tidy"]) == 0
        assert "1 registers went on" in capsys.readouterr().out
        with psycopg.connect(database.url, autocommit=True) as owner:
            owner.execute("SET session_replication_role = replica")
            kept = owner.execute("SELECT year, last_serial FROM change_serial").fetchall()
            owner.execute(
                "INSERT INTO change_request (ident, kind, state, channel, branch_id, number, number_year,"
                " number_serial, submitted_at)"
                " VALUES (1000042, 'members', 'submitted', 'phone', 1, '4', 2026, 4, now())"
                " ON CONFLICT DO NOTHING"
            )
        assert kept == [(2026, last)]


def test_a_quiet_check_says_what_it_found_and_nothing_else(database, capsys):
    assert cli.main(["--url", database.url, "init"]) == 0
    capsys.readouterr()

    assert cli.main(["--url", database.url, "check", "--only", "chains", "--quiet"]) == 0
    assert capsys.readouterr().out == "the database is sound\n"
