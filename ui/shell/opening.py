"""From the first picture of the window to a server one can sign in to.

Without a server given, this machine's own is started; the first time a demo city
is built in it, with its progress on the screen.
"""

import functools
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import keyring
import keyring.errors
from PySide6.QtCore import QCoreApplication, QObject

from app.usecases.staff import Role
from db import demo
from db.embedded import EmbeddedServer, default_home
from db.profiles import ServerProfile
from ui.shell.errand import Report
from ui.shell.local import Workstation
from ui.shell.program import Program
from ui.shell.sign_in import DemoPerson

DATABASE = "salter"


@dataclass(frozen=True, slots=True)
class _OwnServer:
    """This machine's server, running, and who serves in its demo city."""

    profile: ServerProfile
    people: tuple[DemoPerson, ...]


class Opening(QObject):
    """Brings the sign-in screen to where somebody can sign in."""

    def __init__(
        self,
        program: Program,
        workstation: Workstation,
        *,
        url: str,
        user: str,
        profiles: Sequence[ServerProfile],
        home: Path | None,
        accounts: int,
        months: int,
    ) -> None:
        super().__init__(program)
        self._program = program
        self._workstation = workstation
        self._user = user or workstation.last_user
        self._profiles = list(profiles)
        self._server = EmbeddedServer(home or default_home())
        self._accounts = accounts
        self._months = months
        if url:
            self._profiles = [ServerProfile(_shown_name(url), url)]

    def begin(self) -> None:
        """Offer the servers known, or start one's own."""
        if self._profiles:
            self._offer(self._profiles)
        else:
            work = functools.partial(
                _start_own_server, server=self._server, accounts=self._accounts, months=self._months
            )
            self._program.prepare(work, self._own_server_runs)

    def end(self) -> None:
        """Stop this machine's own server, where it is ours to stop."""
        self._server.stop()

    def _own_server_runs(self, own: object) -> None:
        assert isinstance(own, _OwnServer)  # noqa: S101
        self._program.window.sign_in.set_demo_staff(own.people, password=demo.PASSWORD)
        self._offer([own.profile])

    def _offer(self, profiles: Sequence[ServerProfile]) -> None:
        screen = self._program.window.sign_in
        screen.set_profiles(profiles, chosen=self._workstation.last_server)
        screen.show_ready()
        screen.set_user(self._user)
        password = _known_password(self._user)
        if self._user and password:
            self._program.enter(profiles[0], self._user, password)


def _start_own_server(report: Report, *, server: EmbeddedServer, accounts: int, months: int) -> _OwnServer:
    translate = QCoreApplication.translate
    report(-1, translate("Opening", "Starting this machine's own server…"))
    server.start()
    demo.bring_up(server, database=DATABASE, accounts=accounts, months=months, progress=report)
    people = tuple(
        DemoPerson(person.login, person.full_name, Role(person.role), person.branch)
        for person in demo.staff(server, database=DATABASE)
    )
    address = server.address
    url = f"postgresql:///{DATABASE}?{urlencode({'host': address.host, 'port': address.port})}"
    return _OwnServer(ServerProfile(translate("Opening", "This machine"), url), people)


def _known_password(user: str) -> str:
    """Return the password from the environment or the keyring, or nothing."""
    given = os.environ.get("SALTER_PASSWORD", "")
    if given or not user:
        return given
    try:
        return keyring.get_password("salter", user) or ""
    except keyring.errors.KeyringError:
        return ""


def _shown_name(url: str) -> str:
    """Return the host of a URL, which is what staff call a server nobody has named."""
    return urlsplit(url).netloc.rpartition("@")[2] or url
