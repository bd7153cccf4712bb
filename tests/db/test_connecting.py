"""Signing in: every reason why not is told apart, whatever language the server speaks."""

import datetime as dt
import socket
import ssl
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import trustme
from psycopg import sql

from app.domain.errors import Unavailable
from db import schema
from db.connecting import (
    NotStaff,
    OutdatedClient,
    OutdatedSchema,
    ServerProfile,
    ServerUnreachable,
    UnreadableProfile,
    WrongCertificate,
    WrongPassword,
    sign_in,
)
from db.errors import PasswordRefused
from db.handshake import HandshakeResult, HandshakeStep, examine
from db.profiles import connection_parameters, is_this_machine
from tests.conftest import Database
from tests.cut_line import CutLine
from tests.secured import Answer, answering, with_certificate

PASSWORD = "čvrsta lozinka №1"


@pytest.fixture
def clerk(database: Database) -> Iterator[str]:
    """The login of a clerk who may sign in."""
    login = f"clerk_{uuid4().hex[:8]}"
    with psycopg.connect(database.url, autocommit=True) as connection:
        _add_role(connection, login, "desk_clerk")
        connection.execute("INSERT INTO branch VALUES (1, '01', 'Centar', 'Trg 1', '', '', true)")
        connection.execute(
            "INSERT INTO staff (login, full_name, role, branch_id) VALUES (%s, 'Ana Anić', 'desk_clerk', 1)",
            [login],
        )
        yield login
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(login)))


def _add_role(connection: psycopg.Connection[Any], login: str, *groups: str) -> None:
    connection.execute(
        sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(login), sql.Literal(PASSWORD))
    )
    for group in groups:
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), sql.Identifier(login)))


def change(database: Database, statement: str, *values: object) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(statement, values)


def profile(database: Database) -> ServerProfile:
    return ServerProfile("Grad", database.server.url_for(database.name, user="somebody"))


def test_who_is_staff_signs_in_and_is_who_they_say(database, clerk):
    gateway = sign_in(profile(database), user=clerk, password=PASSWORD)

    assert (
        gateway.ask(lambda session: session.connection().exec_driver_sql("SELECT session_user").scalar())
        == clerk
    )
    gateway.close()


def test_a_wrong_password_is_told_as_that(database, clerk):
    with pytest.raises(WrongPassword):
        sign_in(profile(database), user=clerk, password="pogrešna")


def test_a_forgotten_password_is_told_as_a_wrong_one(database, clerk):
    with pytest.raises(WrongPassword):
        sign_in(profile(database), user=clerk, password="")


def test_an_unknown_name_looks_like_a_wrong_password(database):
    with pytest.raises(WrongPassword):
        sign_in(profile(database), user="nobody_of_that_name", password=PASSWORD)


def test_a_server_that_does_not_run_is_unreachable():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(ServerUnreachable) as unreachable:
        sign_in(ServerProfile("Grad", f"postgresql://127.0.0.1:{port}/city"), user="ana", password=PASSWORD)

    assert (unreachable.value.host, unreachable.value.reason) == ("127.0.0.1", "refused")


def test_a_database_that_is_not_there_is_unreachable(database, clerk):
    elsewhere = ServerProfile("Grad", database.server.url_for("no_such_city", user=clerk))

    with pytest.raises(ServerUnreachable) as unreachable:
        sign_in(elsewhere, user=clerk, password=PASSWORD)

    assert unreachable.value.reason == "3D000"


def test_a_login_that_belongs_to_nobody_at_a_desk_is_not_staff(database):
    login = f"guest_{uuid4().hex[:8]}"
    with psycopg.connect(database.url, autocommit=True) as connection:
        _add_role(connection, login)
        try:
            with pytest.raises(NotStaff):
                sign_in(profile(database), user=login, password=PASSWORD)
        finally:
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(login)))


def test_who_left_is_not_staff_any_more(database, clerk):
    change(database, "UPDATE staff SET is_active = false WHERE login = %s", clerk)

    with pytest.raises(NotStaff) as refused:
        sign_in(profile(database), user=clerk, password=PASSWORD)

    assert refused.value.login == clerk


def test_who_may_not_log_in_is_not_staff(database, clerk):
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(clerk)))

    with pytest.raises(NotStaff):
        sign_in(profile(database), user=clerk, password=PASSWORD)


def test_a_database_behind_the_program_waits_for_its_upgrade(database, clerk):
    change(database, "UPDATE alembic_version SET version_num = '0000'")

    with pytest.raises(OutdatedSchema) as outdated:
        sign_in(profile(database), user=clerk, password=PASSWORD)

    assert (outdated.value.server, outdated.value.client) == ("0000", schema.HEAD)


def test_a_database_ahead_of_the_program_asks_for_a_newer_program(database, clerk):
    change(database, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(OutdatedClient) as outdated:
        sign_in(profile(database), user=clerk, password=PASSWORD)

    assert outdated.value.server == "9999"


def test_a_database_that_was_never_set_up_is_told_as_outdated(database, clerk):
    change(database, "DROP TABLE alembic_version")

    with pytest.raises(OutdatedSchema) as outdated:
        sign_in(profile(database), user=clerk, password=PASSWORD)

    assert outdated.value.server == ""


def test_a_password_changed_after_signing_in_is_told_from_a_lost_line(database, clerk):
    gateway = sign_in(profile(database), user=clerk, password=PASSWORD)
    with psycopg.connect(database.url, autocommit=True) as overseer:
        overseer.execute(sql.SQL("ALTER ROLE {} PASSWORD 'another'").format(sql.Identifier(clerk)))
        overseer.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [clerk])

    with pytest.raises(PasswordRefused):
        gateway.feel()
    gateway.close()


def test_a_server_that_stopped_after_signing_in_is_a_lost_line(database, clerk):
    line = CutLine(database.server)
    remote = ServerProfile("Grad", f"postgresql://127.0.0.1:{line.port}/{database.name}")
    gateway = sign_in(remote, user=clerk, password=PASSWORD)
    line.cut()

    with pytest.raises(Unavailable) as lost:
        gateway.feel()

    assert not isinstance(lost.value, PasswordRefused)
    gateway.close()
    line.close()


def test_the_second_server_serves_when_the_first_does_not_answer(database, clerk):
    line = CutLine(database.server)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed = taken.getsockname()[1]
    hosts = f"127.0.0.1:{closed},127.0.0.1:{line.port}"
    two = ServerProfile("Grad", f"postgresql://{hosts}/{database.name}?target_session_attrs=read-write")

    sign_in(two, user=clerk, password=PASSWORD).close()
    with pytest.raises(WrongPassword):
        sign_in(two, user=clerk, password="pogrešna")
    line.close()


def test_a_profile_that_is_no_url_is_unreadable():
    with pytest.raises(UnreadableProfile):
        sign_in(ServerProfile("Grad", "postgresql://h:p:q?x"), user="ana", password=PASSWORD)


# -- certificates ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def root(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "root.crt"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def reason_of_wrong_certificate(answer: Answer, root: str) -> str:
    with answering(answer) as port:
        city = ServerProfile("Grad", f"postgresql://127.0.0.1:{port}/city?sslmode=verify-full", root)
        with pytest.raises(WrongCertificate) as wrong:
            sign_in(city, user="ana", password=PASSWORD)
    return wrong.value.reason


def test_a_certificate_of_a_stranger_is_not_trusted(root):
    stranger = trustme.CA().issue_cert("127.0.0.1")

    assert reason_of_wrong_certificate(with_certificate(stranger), root) == "untrusted"


def test_a_certificate_of_another_server_is_told_by_its_name(authority, root):
    another = authority.issue_cert("db.elsewhere.example")

    assert reason_of_wrong_certificate(with_certificate(another), root) == "other_name"


def test_a_certificate_out_of_date_is_told_as_expired(authority, root):
    old = authority.issue_cert("127.0.0.1", not_after=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))

    assert reason_of_wrong_certificate(with_certificate(old), root) == "expired"


def test_a_server_without_tls_is_not_spoken_to(root):
    assert reason_of_wrong_certificate(lambda caller: caller.sendall(b"N"), root) == "not_offered"


def test_a_missing_root_certificate_is_told_as_that(authority, tmp_path):
    good = authority.issue_cert("127.0.0.1")
    nowhere = str(tmp_path / "nowhere.crt")

    assert reason_of_wrong_certificate(with_certificate(good), nowhere) == "no_root_certificate"


def test_a_refusal_behind_a_good_certificate_is_read_by_its_code(authority, root):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)

    def refuses_in_serbian(caller: socket.socket) -> None:
        caller.sendall(b"S")
        with context.wrap_socket(caller, server_side=True) as secured:
            secured.recv(1024)
            fields = "SФАТАЛНО\0VFATAL\0C53300\0Mпревише веза\0\0".encode()
            secured.sendall(b"E" + struct.pack("!i", len(fields) + 4) + fields)

    with answering(refuses_in_serbian) as port:
        city = ServerProfile("Grad", f"postgresql://127.0.0.1:{port}/city?sslmode=verify-full", root)
        with pytest.raises(ServerUnreachable) as unreachable:
            sign_in(city, user="ana", password=PASSWORD)

    assert unreachable.value.reason == "53300"


def test_a_server_that_hangs_up_is_unreachable():
    with answering(lambda caller: caller.close()) as port:
        finding = examine({"host": "127.0.0.1", "port": str(port), "user": "ana"}, seconds=5)

    assert finding == HandshakeResult(HandshakeStep.UNREACHABLE, "hung_up")


# -- what a connection is made with ------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://db.grad.rs/city",
        "postgresql://db.grad.rs/city?sslmode=disable",
        "postgresql://localhost,db.grad.rs/city?sslmode=require",
        "postgresql://localhost/city?hostaddr=10.0.0.7&sslmode=prefer",
        "host=10.0.0.7 dbname=city sslmode=allow",
    ],
)
def test_another_machine_is_spoken_to_only_over_verified_tls(url):
    assert connection_parameters(ServerProfile("Grad", url))["sslmode"] == "verify-full"


def test_the_environment_cannot_lead_around_tls(monkeypatch):
    monkeypatch.setenv("PGHOST", "db.grad.rs")
    monkeypatch.setenv("PGSSLMODE", "disable")

    assert connection_parameters(ServerProfile("Grad", "postgresql:///city"))["sslmode"] == "verify-full"


@pytest.mark.parametrize("host", ["", "/var/run/postgresql", "@salter", "localhost", "127.0.0.9", "::1"])
def test_this_machine_needs_no_certificate(host):
    assert is_this_machine(host)


@pytest.mark.parametrize("host", ["db.grad.rs", "localhost.grad.rs", "10.0.0.7", "127.0.0.1.grad.rs"])
def test_a_name_that_only_looks_local_is_another_machine(host):
    assert not is_this_machine(host)


def test_the_citys_own_root_certificate_is_trusted_alone(tmp_path):
    parameters = connection_parameters(ServerProfile("Grad", "postgresql://db.grad.rs/city", "/etc/grad.crt"))

    assert parameters["sslrootcert"] == "/etc/grad.crt"


def test_several_servers_mean_the_one_that_can_be_written_to():
    parameters = connection_parameters(ServerProfile("Grad", "postgresql://one.rs,two.rs/city"))

    assert parameters["target_session_attrs"] == "primary"


def test_settings_of_the_url_and_of_the_program_are_both_kept():
    city = ServerProfile("Grad", "postgresql:///city?options=-c%20search_path%3Dpublic")
    parameters = connection_parameters(city, settings={"lock_timeout": "5000"})

    assert parameters["options"] == "-c search_path=public -c lock_timeout=5000"


def test_the_day_is_the_citys_on_a_server_that_keeps_another_time(database, clerk):
    with psycopg.connect(database.url, autocommit=True) as overseer:
        overseer.execute(
            sql.SQL("ALTER DATABASE {} SET timezone = 'UTC'").format(sql.Identifier(database.name))
        )
    gateway = sign_in(profile(database), user=clerk, password=PASSWORD)

    def day_of_a_summer_night(session: Any) -> str:
        moment = "'2026-06-30 22:30:00+00'::timestamptz"
        return str(session.connection().exec_driver_sql(f"SELECT {moment}::date").scalar())

    assert gateway.ask(day_of_a_summer_night) == "2026-07-01"
    assert gateway.act(day_of_a_summer_night, key=uuid4()) == "2026-07-01"
    gateway.close()


def test_a_connection_says_whose_it_is_and_limits_itself(database, clerk):
    gateway = sign_in(profile(database), user=clerk, password=PASSWORD)

    def read(session: Any) -> tuple[str, ...]:
        names = ("application_name", "statement_timeout", "transaction_read_only", "client_encoding")
        return tuple(
            session.connection().exec_driver_sql(f"SELECT current_setting('{name}')").scalar()
            for name in names
        )

    assert gateway.ask(read) == ("salter", "10s", "on", "UTF8")
    assert gateway.act(lambda session: list(read(session)), key=uuid4()) == ["salter", "1min", "off", "UTF8"]
    gateway.close()
