"""``salter-db`` on the command line: what it does, what it says, and what it returns."""

import io
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import make_url

from db import cli, schema
from db.embedded import EmbeddedServer
from tests.conftest import Database

LOGIN = "cli.newcomer"


@pytest.fixture
def fresh(cluster: EmbeddedServer) -> Iterator[str]:
    """The URL of a database that is not there yet."""
    cluster.drop_database("cli_fresh")
    yield cluster.url_for("cli_fresh")
    cluster.drop_database("cli_fresh")


@pytest.fixture
def registry(database: Database) -> str:
    """The URL of a database that was set up."""
    assert cli.main(["--url", database.url, "init"]) == 0
    return database.url


@pytest.fixture
def newcomer(registry: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Somebody who was let in, with the password ``first-day``."""
    monkeypatch.setattr("sys.stdin", io.StringIO("first-day\n"))
    assert cli.main(["--url", registry, *ADD]) == 0
    yield registry
    with psycopg.connect(registry, autocommit=True) as session:
        session.execute(f'DROP ROLE IF EXISTS "{LOGIN}"')


ADD = [
    "staff",
    "add",
    LOGIN,
    "--name",
    "Petra Novak",
    "--role",
    "clerk",
    "--branch",
    "DIR",
    "--password-stdin",
]


def value(url: str, query: str) -> object:
    with psycopg.connect(url) as session:
        row = session.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_init_makes_the_database_its_schema_and_its_code_lists(fresh, capsys):
    assert cli.main(["--url", fresh, "init"]) == 0

    assert "created database cli_fresh" in capsys.readouterr().out
    assert value(fresh, "SELECT count(*) FROM municipality") == 17


def test_init_twice_does_it_once(fresh, capsys):
    cli.main(["--url", fresh, "init"])
    capsys.readouterr()

    assert cli.main(["--url", fresh, "init"]) == 0
    assert "; 0 rows of code lists added" in capsys.readouterr().out


def test_the_address_may_come_from_the_environment(registry, monkeypatch, capsys):
    monkeypatch.setenv(cli.URL_VARIABLE, registry)

    assert cli.main(["upgrade"]) == 0
    assert capsys.readouterr().out.startswith(f"schema {schema.HEAD} -> {schema.HEAD}")


def test_upgrade_brings_back_what_was_dropped(registry):
    with psycopg.connect(registry, autocommit=True) as session:
        session.execute("DROP TRIGGER book_bills ON bill")

    assert cli.main(["--url", registry, "check", "--only", "shape"]) == 1
    assert cli.main(["--url", registry, "upgrade"]) == 0
    assert cli.main(["--url", registry, "check", "--only", "shape"]) == 0


def test_check_says_what_holds_and_what_does_not(registry, capsys):
    assert cli.main(["--url", registry, "check", "--only", "chains"]) == 0
    assert "ok    chains" in capsys.readouterr().out

    with psycopg.connect(registry, autocommit=True) as session:
        session.execute("SET session_replication_role = replica")
        session.execute("DELETE FROM audit_log WHERE chain_no = 7")

    assert cli.main(["--url", registry, "check", "--only", "chains"]) == 1
    assert "WRONG chains: broken link in a log" in capsys.readouterr().out


@pytest.fixture
def remembered(registry: str) -> str:
    """The URL of a database that remembers an action of a month ago, one of 31 days ago and one of today."""
    with psycopg.connect(registry, autocommit=True) as session:
        session.execute(
            "INSERT INTO completed_action (key, login, done_at, kind)"
            " SELECT gen_random_uuid(), 'ana', now() - age, age::text"
            " FROM unnest(ARRAY['0 days', '29 days 23 hours', '31 days']::interval[]) AS age"
        )
    return registry


def test_tidying_forgets_actions_completed_more_than_thirty_days_ago(remembered, capsys):
    assert cli.main(["--url", remembered, "tidy"]) == 0

    assert "1 completed actions forgotten" in capsys.readouterr().out
    kinds = "SELECT array_agg(kind ORDER BY done_at) FROM completed_action"
    assert value(remembered, kinds) == ["29 days 23:00:00", "00:00:00"]


def test_how_long_actions_are_remembered_is_a_dated_setting(remembered):
    with psycopg.connect(remembered, autocommit=True) as session:
        session.execute(
            "INSERT INTO setting (name, valid_from, value, is_unconfirmed, note) VALUES"
            " ('action_memory_days', office_day(), '7', false, ''),"
            " ('action_memory_days', office_day() + 1, '0', false, '')"
        )

    assert cli.main(["--url", remembered, "tidy"]) == 0
    assert value(remembered, "SELECT count(*) FROM completed_action") == 1


@pytest.mark.parametrize("role", ["clerk", "admin"])
def test_nobody_at_a_desk_can_make_the_server_forget(remembered, monkeypatch, capsys, role):
    monkeypatch.setattr("sys.stdin", io.StringIO("first-day\n"))
    add = [role if word == "clerk" else word for word in ADD]
    assert cli.main(["--url", remembered, *add]) == 0
    theirs = make_url(remembered).set(username=LOGIN, password="first-day")
    try:
        assert cli.main(["--url", theirs.render_as_string(hide_password=False), "tidy"]) == 2
        assert "not enough rights" in capsys.readouterr().err
        assert value(remembered, "SELECT count(*) FROM completed_action") == 3
    finally:
        with psycopg.connect(remembered, autocommit=True) as session:
            session.execute(f'DROP ROLE "{LOGIN}"')


def test_plans_are_followed_once_a_day(registry, capsys):
    assert cli.main(["--url", registry, "follow-plans"]) == 0

    assert "0 plans followed: 0 on time" in capsys.readouterr().out


def test_plans_are_not_followed_before_their_day(registry, capsys):
    assert cli.main(["--url", registry, "follow-plans", "--day", "2999-01-01"]) == 2

    assert "plan_day_in_future" in capsys.readouterr().err


def test_a_published_version_is_withdrawn_once_and_with_a_reason(registry, capsys):
    with psycopg.connect(registry, autocommit=True) as session:
        code, version = session.execute(
            "SELECT g.code, v.version FROM programme_version v JOIN programme g ON g.id = v.programme_id"
            " WHERE v.state = 'published' ORDER BY v.valid_from DESC LIMIT 1"
        ).fetchone()
    withdraw = ["--url", registry, "withdraw-programme", code, str(version), "--reason"]

    assert cli.main([*withdraw, " "]) == 2
    assert "a reason is needed" in capsys.readouterr().err
    assert cli.main([*withdraw, "pogrešan popust"]) == 0
    assert f"version {version} of {code} is withdrawn; 0 plans" in capsys.readouterr().out
    assert cli.main([*withdraw, "pogrešan popust"]) == 2
    assert "not published" in capsys.readouterr().err
    reason = "SELECT withdrawal_reason FROM programme_version WHERE state = 'withdrawn'"
    assert value(registry, reason) == "pogrešan popust"


def test_seed_builds_a_city_and_says_how_fast(fresh, capsys):
    assert (
        cli.main(["--url", fresh, "seed", "--accounts", "60", "--months", "2", "--today", "2026-11-21"]) == 0
    )

    said = capsys.readouterr()
    assert said.out.startswith("60 accounts, ")
    assert "bills/s" in said.out
    assert "search" in said.err
    assert value(fresh, "SELECT max(ggmm) FROM bill") == 2610


def test_seed_does_not_touch_a_database_with_accounts(fresh, capsys):
    few = ["--url", fresh, "seed", "--accounts", "60", "--months", "1"]
    cli.main(few)
    capsys.readouterr()

    assert cli.main(few) == 2
    assert "there are 60 accounts already" in capsys.readouterr().err


def test_seed_says_which_number_is_impossible(fresh, capsys):
    assert cli.main(["--url", fresh, "seed", "--accounts", "3"]) == 2
    assert "accounts must be 50 to 1,500,000, not 3" in capsys.readouterr().err


# -- staff ---------------------------------------------------------------------------------------------


def test_who_was_added_signs_in_and_is_listed(newcomer, database, capsys):
    capsys.readouterr()
    with psycopg.connect(database.url_for(LOGIN, password="first-day")) as session:
        assert session.execute("SELECT full_name, role FROM who_am_i()").fetchone() == (
            "Petra Novak",
            "desk_clerk",
        )

    assert cli.main(["--url", newcomer, "staff", "list"]) == 0
    assert "Petra Novak" in capsys.readouterr().out


def test_the_password_is_kept_as_a_verifier(newcomer):
    kept = value(newcomer, f"SELECT rolpassword FROM pg_authid WHERE rolname = '{LOGIN}'")

    assert str(kept).startswith("SCRAM-SHA-256$")


def test_adding_somebody_is_in_the_audit(newcomer):
    assert value(newcomer, f"SELECT count(*) FROM audit_log WHERE new_row ->> 'login' = '{LOGIN}'") == 1


def test_who_left_cannot_sign_in_but_stays_on_the_list(newcomer, database, capsys):
    assert cli.main(["--url", newcomer, "staff", "deactivate", LOGIN]) == 0

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(database.url_for(LOGIN, password="first-day"))
    cli.main(["--url", newcomer, "staff", "list"])
    assert "(left)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (ADD, f"the login {LOGIN} is taken"),
        ([*ADD[:2], "salter_owner", *ADD[3:]], "salter_owner is a role of the server already"),
        ([*ADD[:2], "cli.other", *ADD[3:8], "XXX", ADD[9]], "there is no branch XXX"),
        (["staff", "deactivate", "nobody.here"], "nobody works under the login nobody.here"),
    ],
)
def test_what_cannot_be_is_said_in_words(newcomer, monkeypatch, capsys, arguments, said):
    monkeypatch.setattr("sys.stdin", io.StringIO("first-day\n"))

    assert cli.main(["--url", newcomer, *arguments]) == 2
    assert said in capsys.readouterr().err


def test_an_empty_password_is_none(registry, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))

    assert cli.main(["--url", registry, *ADD]) == 2
    assert "the password is empty" in capsys.readouterr().err
    assert value(registry, f"SELECT count(*) FROM pg_roles WHERE rolname = '{LOGIN}'") == 0


def test_two_different_passwords_let_nobody_in(registry, monkeypatch, capsys):
    typed = iter(["one", "other"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))

    assert cli.main(["--url", registry, *ADD[:-1]]) == 2
    assert "the two passwords differ" in capsys.readouterr().err
    assert value(registry, "SELECT count(*) FROM staff") == 0


# -- what goes wrong -----------------------------------------------------------------------------------


def test_a_server_that_is_not_there(capsys):
    assert cli.main(["--url", "postgresql://someone@127.0.0.1:1/salter", "check"]) == 2
    assert "the server cannot be reached" in capsys.readouterr().err


def test_a_wrong_password(newcomer, database, capsys):
    assert cli.main(["--url", database.url_for(LOGIN, password="wrong"), "check"]) == 2
    assert "does not accept this name with this password" in capsys.readouterr().err


def test_not_enough_rights(newcomer, database, capsys):
    assert cli.main(["--url", database.url_for(LOGIN, password="first-day"), "upgrade"]) == 2
    assert "has not enough rights" in capsys.readouterr().err


def test_a_database_that_is_not_there(fresh, capsys):
    assert cli.main(["--url", fresh, "check"]) == 2
    assert "there is no such database: run salter-db init" in capsys.readouterr().err


def test_what_is_no_address(capsys):
    assert cli.main(["--url", "db.example.org", "check"]) == 2
    assert "not a connection URL" in capsys.readouterr().err


def test_the_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])

    said = capsys.readouterr().out
    assert all(word in said for word in ("init", "upgrade", "check", "seed", "staff", cli.URL_VARIABLE))
