"""A server that is not the one meant gets no password, whatever URL or environment leads there."""

import logging
import traceback
from pathlib import Path

import pytest

from db import cli
from db.connecting import ServerProfile, UnreadableProfile, sign_in
from db.gateway import Gateway
from db.profiles import called, connection_parameters
from tests.conftest import Database
from tests.false_server import CLEARTEXT, MD5, NOTHING, FalseServer, false_server

PASSWORD = "tajna-7f3a9c"


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A service file of somebody else, found by the environment."""
    path = tmp_path / "pg_service.conf"
    monkeypatch.setenv("PGSERVICEFILE", str(path))
    return path


def fails_to_sign_in(url: str) -> Exception:
    with pytest.raises(Exception) as failed:  # noqa: PT011 - which of them it is depends on the attack
        sign_in(ServerProfile("Grad", url), user="ana", password=PASSWORD)
    return failed.value


def got_no_password(server: FalseServer) -> bool:
    return not any(message.startswith(b"p") for message in server.given)


@pytest.mark.parametrize("asking", [CLEARTEXT, MD5, NOTHING])
def test_nobody_on_this_machine_is_given_a_password_to_read(asking):
    with false_server(asking=asking) as server:
        fails_to_sign_in(f"postgresql://127.0.0.1:{server.port}/city")

    assert server.given == []


@pytest.mark.parametrize("asking", [CLEARTEXT, MD5])
def test_a_service_of_the_url_is_not_believed(service, asking):
    with false_server(asking=asking) as server:
        service.write_text(f"[evil]\nhostaddr=127.0.0.1\nport={server.port}\nsslmode=disable\n")
        error = fails_to_sign_in("postgresql:///city?service=evil")

    assert isinstance(error, UnreadableProfile)
    assert got_no_password(server)


@pytest.mark.parametrize("asking", [CLEARTEXT, MD5])
def test_a_service_of_the_environment_does_not_weaken_what_the_url_says(service, monkeypatch, asking):
    monkeypatch.setenv("PGSERVICE", "evil")
    with false_server(asking=asking) as server:
        service.write_text(
            f"[evil]\nhostaddr=127.0.0.1\nport={server.port}\nsslmode=disable\nrequire_auth=password\n"
        )
        fails_to_sign_in("postgresql://db.grad.invalid/city")

    assert got_no_password(server)


def test_the_environment_cannot_ask_for_weaker_proof(monkeypatch):
    monkeypatch.setenv("PGREQUIREAUTH", "password")
    monkeypatch.setenv("PGSSLMODE", "disable")
    monkeypatch.setenv("PGGSSENCMODE", "prefer")
    with false_server(asking=CLEARTEXT) as server:
        monkeypatch.setenv("PGPORT", str(server.port))
        fails_to_sign_in("postgresql://localhost/city")

    assert got_no_password(server)


def test_a_service_of_the_environment_that_leads_to_another_machine_leads_there_over_tls(
    service, monkeypatch
):
    monkeypatch.setenv("PGSERVICE", "evil")
    service.write_text("[evil]\nhostaddr=10.0.0.7\nsslmode=disable\n")

    parameters = connection_parameters(ServerProfile("Grad", "postgresql://localhost/city"))

    assert (parameters["hostaddr"], parameters["sslmode"]) == ("10.0.0.7", "verify-full")


@pytest.mark.parametrize(
    "parameter",
    [
        "service=evil",
        "passfile=/tmp/pgpass",
        "require_auth=password",
        "gssencmode=prefer",
        "channel_binding=disable",
        "ssl_min_protocol_version=TLSv1",
        "sslnegotiation=direct",
        "krbsrvname=x",
        "sslpassword=x",
        "unheard_of=1",
    ],
)
def test_a_url_says_only_what_is_known(parameter):
    with pytest.raises(UnreadableProfile):
        connection_parameters(ServerProfile("Grad", f"postgresql://db.grad.rs/city?{parameter}"))


@pytest.mark.parametrize("url", ["postgresql://h/city", "postgresql:///city", "host=/tmp dbname=city"])
def test_whoever_has_a_password_proves_it_by_scram_only(url):
    parameters = connection_parameters(ServerProfile("Grad", url), user="ana", password=PASSWORD)

    assert parameters["require_auth"] == "scram-sha-256"


@pytest.mark.parametrize("asking", [CLEARTEXT, MD5])
def test_the_tool_of_the_administrator_gives_no_password_away_either(asking, capsys):
    with false_server(asking=asking) as server:
        code = cli.main(["--url", f"postgresql://owner:{PASSWORD}@127.0.0.1:{server.port}/city", "check"])

    assert (code, server.given) == (2, [])
    assert PASSWORD not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "name", ["postgresql://owner:{0}@h:p:q/x", "owner {0}", "postgresql://o:{0}@h/d?service=x"]
)
def test_the_tool_of_the_administrator_repeats_no_password(name, capsys):
    assert cli.main(["--url", name.format(PASSWORD), "check"]) == 2

    assert PASSWORD not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana:{0}@127.0.0.1:1/city",
        "postgresql://ana:{0}@127.0.0.1:1/city?service=evil",
        "postgresql://ana:%zz{0}@127.0.0.1:1/city",
        "postgresql://ana:{0}@[::1/city",
        "host=127.0.0.1 port=1 password={0} {0}",
        "host=127.0.0.1 port={0} password={0}",
        "host=127.0.0.1 password='{0}",
    ],
)
def test_no_error_and_no_log_repeats_the_password_of_a_url(url, caplog):
    caplog.set_level(logging.DEBUG)
    profile = ServerProfile("Grad", url.format(PASSWORD))

    with pytest.raises(Exception) as failed:  # noqa: PT011 - as above
        sign_in(profile, user="ana", password=PASSWORD)

    said = "".join(traceback.format_exception(failed.value, chain=True)) + caplog.text + repr(profile)
    assert PASSWORD not in said.replace(url.format(PASSWORD), "")
    error: BaseException | None = failed.value
    while error is not None:
        assert PASSWORD not in f"{error!r} {error} {error.args}"
        error = error.__cause__ or error.__context__


def test_what_a_server_is_called_tells_no_password():
    assert called(f"postgresql://ana:{PASSWORD}@db.grad.rs/city") == "db.grad.rs"
    assert called(f"host=db.grad.rs port=5433 password={PASSWORD}") == "db.grad.rs:5433"
    assert called(f"postgresql://ana:{PASSWORD}/x@db.grad.rs/city") == "?"


def test_a_gateway_of_a_wrong_password_tells_nobody_of_it(database: Database):
    gateway = Gateway(database.server.url_for(database.name, user="somebody"), password=PASSWORD)

    with pytest.raises(Exception) as failed:  # noqa: PT011 - as above
        gateway.ping()

    assert PASSWORD not in "".join(traceback.format_exception(failed.value))
    gateway.close()
