"""From the first picture of the window to a server one can sign in to.

Without a server given, this machine's own is started; the first time a demo city
is built in it, with its progress on the screen.  Nothing heavy is imported here:
the database's libraries arrive on the task's thread while the window is seen.
"""

import functools
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from PySide6.QtCore import QCoreApplication, QObject

from ui.shell.local import Server, UnreadableServers, Workstation, servers
from ui.shell.program import Program
from ui.shell.sign_in import DemoPerson
from ui.shell.startup_task import Report

if TYPE_CHECKING:
    from db.embedded import EmbeddedServer

DATABASE = "salter"


@dataclass(frozen=True, slots=True)
class City:
    """The demo city of this machine's own server: the server's folder, and how much to build."""

    home: Path | None
    accounts: int
    months: int


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where one can sign in; an own server is running and has its people with it."""

    servers: tuple[Server, ...]
    known_password: str
    people: tuple[DemoPerson, ...] = ()
    demo_password: str = ""


class _OwnServer:
    """This machine's own server, once the task has begun to start it."""

    def __init__(self) -> None:
        self._server: EmbeddedServer | None = None

    def start(self, home: Path | None) -> "EmbeddedServer":
        """Start the server in ``home``."""
        from db.embedded import EmbeddedServer, default_home

        self._server = EmbeddedServer(home or default_home())
        self._server.start()
        return self._server

    def stop(self) -> None:
        """Stop the server, unless somebody else is using it too."""
        if self._server is not None:
            self._server.stop()


class Opening(QObject):
    """Brings the sign-in screen to where somebody can sign in."""

    def __init__(
        self,
        program: Program,
        workstation: Workstation,
        *,
        server: Server | None,
        configuration: Path | None,
        user: str,
        city: City,
    ) -> None:
        super().__init__(program)
        self._program = program
        self._workstation = workstation
        self._server = server
        self._configuration = configuration
        self._user = user or workstation.last_user
        self._city = city
        self._own = _OwnServer()

    def begin(self) -> None:
        """Offer the servers known, or start one's own."""
        screen = self._program.window.sign_in
        try:
            known = [self._server] if self._server is not None else self._configured()
        except UnreadableServers as error:
            words = self.tr("The list of servers, {0}, cannot be read: {1}").format(error.path, error.why)
            screen.show_impossible(words)
            return
        screen.set_user(self._user)
        if known:
            screen.set_servers(known, chosen=self._workstation.last_server)
            screen.show_ready()
            self._program.prepare(functools.partial(_make_ready, known=known, user=self._user), self._ready)
        else:
            screen.show_progress(-1, self.tr("Starting…"))
            work = functools.partial(_start_own_server, city=self._city, user=self._user, own=self._own)
            self._program.prepare(work, self._own_runs)

    def end(self) -> None:
        """Stop this machine's own server, where it is ours to stop."""
        self._own.stop()

    def _configured(self) -> list[Server]:
        return servers(self._configuration) if self._configuration is not None else []

    def _own_runs(self, ground: _Ground) -> None:
        screen = self._program.window.sign_in
        screen.set_demo_staff(ground.people, password=ground.demo_password)
        screen.set_servers(ground.servers, chosen="")
        screen.show_ready()
        self._ready(ground)

    def _ready(self, ground: _Ground) -> None:
        screen = self._program.window.sign_in
        if ground.known_password and self._user and not screen.password.text():
            chosen = next(
                (one for one in ground.servers if one.name == self._workstation.last_server),
                ground.servers[0],
            )
            self._program.enter(chosen, self._user, ground.known_password)


def _make_ready(_report: Report, *, known: list[Server], user: str) -> _Ground:
    """Import what signing in and the desk need, while the window is seen already."""
    from ui.shell import user_session

    del user_session
    return _Ground(tuple(known), _known_password(user))


def _start_own_server(report: Report, *, city: City, user: str, own: _OwnServer) -> _Ground:
    from app.usecases.staff import Role
    from db import demo

    translate = QCoreApplication.translate
    report(-1, translate("Opening", "Starting this machine's own server…"))
    server = own.start(city.home)
    progress = functools.partial(_tell_progress, report)
    demo.bring_up(server, database=DATABASE, accounts=city.accounts, months=city.months, progress=progress)
    people = tuple(
        DemoPerson(person.login, person.full_name, Role(person.role), person.branch)
        for person in demo.staff(server, database=DATABASE)
    )
    address = server.address
    url = f"postgresql:///{DATABASE}?{urlencode({'host': address.host, 'port': address.port})}"
    ready = _make_ready(report, known=[Server("", url)], user=user)
    return _Ground(ready.servers, ready.known_password, people, demo.PASSWORD)


def _tell_progress(report: Report, fraction: float, what: str) -> None:
    report(fraction, _city_words(what))


def _city_words(what: str) -> str:
    """Say in words what the builder of the city is at: ``bills: 4,383 (1,183/s)``."""
    translate = QCoreApplication.translate
    step, _colon, counted = what.partition(": ")
    words = {
        "schema": translate("Opening", "Building the demo city, once: tables…"),
        "bills": translate("Opening", "Building the demo city, once: people, bills and payments…"),
        "indexes": translate("Opening", "Building the demo city, once: indexes…"),
        "search": translate("Opening", "Building the demo city, once: search…"),
        "statistics": translate("Opening", "Building the demo city, once: statistics…"),
        "done": translate("Opening", "The demo city is built."),
    }
    said = words.get(step, step)
    return f"{said} {counted.partition(' ')[0].replace(',', '.')}" if counted else said


def _known_password(user: str) -> str:
    """Return the password from the environment or the keyring, or nothing."""
    given = os.environ.get("SALTER_PASSWORD", "")
    if given or not user:
        return given
    import keyring
    import keyring.errors

    try:
        return keyring.get_password("salter", user) or ""
    except keyring.errors.KeyringError:
        return ""
