"""Signing in without typing: the password comes from the environment or from the system's keyring."""

from collections.abc import Iterator

import keyring
import pytest

from tests.robots import keyrings
from tests.robots.clerk import Clerk
from tests.robots.keyrings import MemoryKeyring
from tests.robots.stage import CLERK, OTHER_CLERK, Stage
from ui.shell.local import Server


@pytest.fixture
def own_keyring() -> Iterator[MemoryKeyring]:
    with keyrings.own_keyring() as made:
        yield made


@pytest.fixture(autouse=True)
def _no_other_keyring(own_keyring: MemoryKeyring) -> None:
    """Whoever runs the tests may have a password of their own in theirs."""


def starts(stage: Stage, *, user: str = CLERK) -> Clerk:
    server = Server("Test city", stage.url)
    return stage.starts(configuration=stage.folder / "salter", server=server, user=user)


def is_let_in(clerk: Clerk, *, branch: str) -> None:
    clerk.until(
        lambda: clerk.program.user_session is not None and clerk.desk.isVisible(), "nobody was let in"
    )
    assert branch in clerk.reads("status.who")


def test_a_password_in_the_environment_signs_in(stage, monkeypatch):
    monkeypatch.setenv("SALTER_PASSWORD", "demo")

    is_let_in(starts(stage), branch="Novi Beograd")


def test_a_password_in_the_keyring_signs_in(stage, own_keyring):
    keyring.set_password("salter", CLERK, "demo")

    is_let_in(starts(stage), branch="Novi Beograd")


def test_the_environment_comes_before_the_keyring(stage, monkeypatch):
    keyring.set_password("salter", CLERK, "an old one")
    monkeypatch.setenv("SALTER_PASSWORD", "demo")

    is_let_in(starts(stage), branch="Novi Beograd")


def test_whoever_signed_in_here_last_is_looked_up_in_the_keyring(stage):
    first = starts(stage)
    first.signs_in(OTHER_CLERK)
    first.program.workstation.flush()
    stage.closes(first)
    keyring.set_password("salter", OTHER_CLERK, "demo")

    again = starts(stage, user="")

    again.until(lambda: again.program.user_session is not None, "nobody was let in")
    assert again.user_session.desk.me.login == OTHER_CLERK


def test_a_known_password_that_is_wrong_is_told_and_another_can_be_typed(stage):
    keyring.set_password("salter", CLERK, "changed since")
    clerk = starts(stage)

    assert clerk.is_refused() == "The user name or the password is wrong."
    clerk.signs_in(CLERK)


@pytest.mark.parametrize("trouble", ["empty", "of somebody else", "locked"])
def test_without_a_password_it_is_asked_for_on_the_screen(stage, own_keyring, trouble):
    if trouble == "of somebody else":
        keyring.set_password("salter", OTHER_CLERK, "demo")
    own_keyring.is_locked = trouble == "locked"

    clerk = starts(stage)

    assert clerk.reads("sign_in.user") == CLERK
    assert clerk.window.focusWidget() is clerk.window.sign_in.password
    clerk.types("demo\n")
    is_let_in(clerk, branch="Novi Beograd")


def test_a_system_without_a_keyring_asks_on_the_screen(stage):
    from keyring.backends.fail import Keyring as NoKeyring

    keyring.set_keyring(NoKeyring())
    clerk = starts(stage)

    clerk.signs_in(CLERK)
