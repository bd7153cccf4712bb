"""Choosing a server that must prove who it is, before a password is sent to it."""

import datetime as dt
from pathlib import Path

import pytest
import trustme

from tests.robots.clerk import Clerk
from tests.robots.stage import CLERK, Stage
from tests.secured import answering, secured, with_certificate

TRUSTED, DOUBTFUL = "Central database", "Training database"
NO_PASSWORD_SENT = "The server 127.0.0.1 cannot prove that it is the right one, so no password was sent. "


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA(organization_name="The city's own authority")


@pytest.fixture
def configuration(tmp_path: Path, authority: trustme.CA) -> Path:
    folder = tmp_path / "salter"
    folder.mkdir()
    authority.cert_pem.write_to_path(str(folder / "city.crt"))
    return folder


def starts_with_servers(stage: Stage, folder: Path, **ports: int) -> Clerk:
    """Start the program on a workstation that was told of these servers, all over TLS."""
    names = {"trusted": TRUSTED, "doubtful": DOUBTFUL}
    root = (folder / "city.crt").as_posix()
    (folder / "servers.toml").write_text(
        "\n".join(
            f"[[server]]\nname = '{names[which]}'\nroot_certificate = '{root}'\n"
            f"url = 'postgresql://127.0.0.1:{port}/{stage.town.name}?sslmode=verify-full'"
            for which, port in ports.items()
        ),
        encoding="utf-8",
    )
    return stage.starts(configuration=folder)


def test_a_server_whose_certificate_the_citys_authority_issued_lets_in(stage, configuration, authority):
    with secured(stage.town.server, certificate=authority.issue_cert("127.0.0.1")) as port:
        clerk = starts_with_servers(stage, configuration, doubtful=1, trusted=port)
        clerk.chooses_server(TRUSTED)
        clerk.signs_in(CLERK)

        assert clerk.reads("status.line").startswith(TRUSTED)
        stage.closes(clerk)


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        ("another authority", "Its certificate was issued by nobody we trust."),
        ("another name", "Its certificate belongs to another server."),
        ("out of date", "Its certificate has expired."),
    ],
)
def test_a_server_that_shows_a_wrong_certificate_gets_no_password_and_the_other_still_serves(
    stage, configuration, authority, trouble, sentence
):
    shown = {
        "another authority": trustme.CA().issue_cert("127.0.0.1"),
        "another name": authority.issue_cert("db.elsewhere.example"),
        "out of date": authority.issue_cert("127.0.0.1", not_after=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)),
    }[trouble]
    good = authority.issue_cert("127.0.0.1")

    with (
        secured(stage.town.server, certificate=good) as trusted,
        secured(stage.town.server, certificate=shown) as doubtful,
    ):
        clerk = starts_with_servers(stage, configuration, trusted=trusted, doubtful=doubtful)
        clerk.chooses_server(DOUBTFUL)
        clerk.tries_to_sign_in(CLERK, "demo")
        assert clerk.is_refused() == f"{NO_PASSWORD_SENT}{sentence} Tell an administrator."

        clerk.chooses_server(TRUSTED)
        clerk.signs_in(CLERK)
        assert clerk.reads("status.line").startswith(TRUSTED)
        stage.closes(clerk)


def test_a_server_without_tls_gets_no_password(stage, configuration):
    with answering(lambda caller: caller.sendall(b"N")) as port:
        clerk = starts_with_servers(stage, configuration, doubtful=port)
        clerk.tries_to_sign_in(CLERK, "demo")

        said = clerk.is_refused()

    assert said == f"{NO_PASSWORD_SENT}It offers no protected connection. Tell an administrator."


def test_a_root_certificate_that_is_not_on_this_computer_is_told(stage, configuration, authority):
    (configuration / "city.crt").unlink()

    with answering(with_certificate(authority.issue_cert("127.0.0.1"))) as port:
        clerk = starts_with_servers(stage, configuration, doubtful=port)
        clerk.tries_to_sign_in(CLERK, "demo")

        assert "The root certificate of the profile is not on this computer." in clerk.is_refused()
