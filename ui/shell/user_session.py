"""A person's time at the desk, from signing in to signing out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject

from app.domain.office_time import ZONE
from app.usecases import preferences, staff
from app.usecases.staff import Me
from db.connecting import sign_in
from db.gateway import Gateway
from db.profiles import ServerProfile
from ui.desk.commands import Commands
from ui.desk.desk import Desk
from ui.desk.preferences import StoredPreferences
from ui.jobs import Jobs
from ui.search.scanner import ScannerWatch
from ui.shell.desk_view import DeskView
from ui.shell.local import Server
from ui.shell.lock import IdleWatch, KnownPassword
from ui.shell.window import Window

IDLE_MINUTES = 10.0
_GEOMETRY = "window.geometry"


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody has been let in: by which server, and what it knows of them."""

    server: Server
    gateway: Gateway
    me: Me
    preferences: dict[str, Any]
    password: KnownPassword
    today: date


def admit(_report: Callable[[float, str], None], *, server: Server, login: str, password: str) -> Admitted:
    """Sign ``login`` in and read what the desk begins with.  For a thread, not for the window's own.

    Raises: what ``db.connecting.sign_in`` raises, staff.NotStaff.
    """
    profile = ServerProfile(server.name, server.url, server.root_certificate)
    gateway = sign_in(profile, user=login, password=password)
    try:
        return Admitted(
            server,
            gateway,
            gateway.ask(staff.sign_in_facts),
            gateway.ask(preferences.all_preferences),
            KnownPassword(password),
            gateway.ask(staff.server_today),
        )
    except BaseException:
        gateway.close()
        raise


class UserSession(QObject):
    """Everything that exists only while somebody is signed in; ends as a whole."""

    def __init__(
        self, admitted: Admitted, window: Window, *, drafts: Path, settings: Path, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.setObjectName("user_session")
        self._admitted = admitted
        self._window = window
        self.jobs = Jobs(admitted.gateway, self)
        self._kept = StoredPreferences(admitted.preferences, jobs=self.jobs, parent=self)
        self.desk = Desk(
            jobs=self.jobs,
            me=admitted.me,
            preferences=self._kept,
            commands=Commands(self),
            drafts=drafts,
            settings=settings,
            today=_Calendar(admitted.today).today,
            parent=self,
        )
        self.view = DeskView(self.desk, window.place_for_desk())
        self.idle = IdleWatch(window, minutes=IDLE_MINUTES)
        self._scanner = ScannerWatch(window, self.view.search)

    @property
    def gateway(self) -> Gateway:
        """The door to the server; what it has counted tells how much a screen asks."""
        return self._admitted.gateway

    def begin(self) -> None:
        """Show the desk, where this person's window was last."""
        geometry = self._kept.get(_GEOMETRY)
        if isinstance(geometry, str):
            self._window.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))
        self.view.lock_asked.connect(self.lock)
        self.idle.idled.connect(self.lock)
        self._window.status.set_server(self._admitted.server.name)
        self._window.status.attach(self.jobs, self._admitted.me)
        self._window.show_desk(self.view)
        self.view.begin()

    def lock(self) -> None:
        """Draw the curtain until the same person returns."""
        if not self._window.is_locked:
            self.view.keep_drafts()
            self._window.draw_curtain(full_name=self._admitted.me.full_name, known=self._admitted.password)

    def end(self) -> None:
        """Finish what is under way and take the screens away."""
        self.idle.stop()
        self._scanner.stop()
        self.view.leave()
        geometry = self._window.saveGeometry().toBase64().data()
        self._kept.set(_GEOMETRY, bytes(geometry).decode("ascii"))
        self._kept.write()
        self._window.status.detach()
        self._window.drop_desk()
        self.jobs.close()
        self._admitted.gateway.close()
        self.deleteLater()


def _local_day() -> date:
    return datetime.now(ZONE).date()


class _Calendar:
    """The server's day when one signed in, carried on by the days that pass here."""

    def __init__(self, server_today: date) -> None:
        self._ahead = server_today - _local_day()

    def today(self) -> date:
        """Return the day by the server's calendar."""
        return _local_day() + self._ahead
