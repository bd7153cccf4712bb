"""The life of the program: prepare a server, let somebody sign in, give them a desk, close cleanly."""

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.usecases import preferences, staff
from app.usecases.staff import Me
from db.connecting import sign_in
from db.gateway import Gateway
from db.profiles import ServerProfile
from ui import errors
from ui.jobs import Jobs
from ui.kit.theme import apply_theme
from ui.kit.tokens import Density
from ui.language import Language
from ui.shell.commands import Commands
from ui.shell.desk import Desk
from ui.shell.desk_view import DeskView
from ui.shell.errand import Errand, Report
from ui.shell.local import Workstation
from ui.shell.lock import IdleWatch, KnownPassword
from ui.shell.preferences import StoredPreferences
from ui.shell.window import Window

IDLE_MINUTES = 10.0
_LANGUAGE_COMMANDS = {
    "desk.language_latin": "sr_Latn",
    "desk.language_cyrillic": "sr_Cyrl",
    "desk.language_english": "en",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Entered:
    """Somebody has been let in."""

    profile: ServerProfile
    gateway: Gateway
    me: Me
    preferences: dict[str, object]
    password: KnownPassword
    today: date


class Program(QObject):
    """Ties the window to servers and people; lives as long as the application."""

    def __init__(self, app: QApplication, workstation: Workstation) -> None:
        super().__init__(app)
        self._app = app
        self._workstation = workstation
        self._entered: _Entered | None = None
        self._jobs: Jobs | None = None
        self._desk: Desk | None = None
        self._watch: IdleWatch | None = None
        self._errand: Errand | None = None
        self.language = Language(app)
        self._dress()
        self.language.set(workstation.language)
        self.window = Window()
        self.window.restoreGeometry(workstation.geometry)
        self.window.closing.connect(self.close)
        self.window.sign_in.asked.connect(self.enter)
        self.window.status.language_asked.connect(self._speak)
        self.window.lock.unlocked.connect(self.window.lift_curtain)
        self.window.lock.left.connect(self.sign_out)

    # signing in and out --------------------------------------------------------------------------

    def enter(self, profile: ServerProfile, login: str, password: str) -> None:
        """Try to sign in; the screen tells how it went."""
        self.window.sign_in.show_progress(-1, self.tr("Signing in…"))
        work = functools.partial(_let_in, profile=profile, login=login, password=password)
        self._send(work, then=self._let_in, failed=self._kept_out)

    def _let_in(self, entered: _Entered) -> None:
        self._entered = entered
        self._workstation.last_user = entered.me.login
        self._workstation.last_server = entered.profile.name
        self.window.sign_in.password.clear()
        self.window.sign_in.refusal.clear()
        self.window.sign_in.show_ready()
        self._jobs = Jobs(entered.gateway, self)
        kept = StoredPreferences(entered.preferences, jobs=self._jobs, parent=self._jobs)
        self._desk = Desk(
            jobs=self._jobs,
            me=entered.me,
            preferences=kept,
            commands=Commands(self._jobs),
            today=_Calendar(entered.today).today,
            parent=self._jobs,
        )
        view = DeskView(self._desk, self.window.place_for_desk())
        view.lock_asked.connect(self.lock)
        view.sign_out_asked.connect(self.sign_out)
        view.look_asked.connect(self._look)
        self.window.status.set_server(entered.profile.name)
        self.window.status.attach(self._jobs, entered.me)
        self.window.show_desk(view)
        self._watch = IdleWatch(self._app, self._jobs, minutes=IDLE_MINUTES)
        self._watch.idled.connect(self.lock)

    def _kept_out(self, error: Exception) -> None:
        self.window.sign_in.show_refusal(errors.sentence(error))

    def sign_out(self) -> None:
        """End the session: what is under way is finished, the screens are gone."""
        self.window.status.detach()
        self._leave()
        self.window.lift_curtain()
        self.window.show_sign_in()
        self.window.sign_in.set_user(self._workstation.last_user)

    def lock(self) -> None:
        """Draw the curtain until the same person returns."""
        if self._entered is not None and not self.window.is_locked:
            self.window.draw_curtain(full_name=self._entered.me.full_name, known=self._entered.password)

    def close(self) -> None:
        """Finish what is under way; the window is closing."""
        self._workstation.geometry = self.window.saveGeometry()
        if self._errand is not None:
            self._errand.wait()
        self._leave()

    def _leave(self) -> None:
        if self._jobs is None or self._entered is None or self._desk is None:
            return
        kept = self._desk.preferences
        if isinstance(kept, StoredPreferences):
            kept.write()
        self._jobs.close()
        self._jobs.deleteLater()
        self._entered.gateway.close()
        self._jobs = self._desk = self._entered = self._watch = None

    # preparing -------------------------------------------------------------------------------------

    def prepare(self, work: Callable[[Report], object], then: Callable[[object], None]) -> None:
        """Run ``work`` before anybody can sign in, with its progress on the screen."""
        self.window.sign_in.show_progress(-1, self.tr("Starting…"))
        self._send(work, then=then, failed=self._kept_out)

    def _send(
        self,
        work: Callable[[Report], object],
        *,
        then: Callable[..., None],
        failed: Callable[[Exception], None],
    ) -> None:
        errand = Errand(work, self)
        errand.succeeded.connect(then)
        errand.failed.connect(failed)
        errand.progressed.connect(self.window.sign_in.show_progress)
        self._errand = errand
        errand.start()

    # looks -----------------------------------------------------------------------------------------

    def _look(self, command: str) -> None:
        if command in _LANGUAGE_COMMANDS:
            self._speak(_LANGUAGE_COMMANDS[command])
            return
        if command == "desk.density":
            self._workstation.is_compact = not self._workstation.is_compact
        else:
            self._workstation.theme = command.removeprefix("desk.theme_")
        self._dress()

    def _speak(self, code: str) -> None:
        self._workstation.language = code
        self.language.set(code)

    def _dress(self) -> None:
        density = Density.COMPACT if self._workstation.is_compact else Density.COMFORTABLE
        apply_theme(self._app, self._workstation.theme, density=density)


def _local_day() -> date:
    return datetime.now().astimezone().date()


class _Calendar:
    """The server's day when one signed in, carried on by the days that pass here."""

    def __init__(self, server_today: date) -> None:
        self._ahead = server_today - _local_day()

    def today(self) -> date:
        """Return the day by the server's calendar."""
        return _local_day() + self._ahead


def _let_in(_report: Report, *, profile: ServerProfile, login: str, password: str) -> _Entered:
    gateway = sign_in(profile, user=login, password=password)
    try:
        me = gateway.ask(staff.sign_in_facts)
        return _Entered(
            profile,
            gateway,
            me,
            gateway.ask(preferences.all_preferences),
            KnownPassword(password),
            gateway.ask(staff.server_today),
        )
    except BaseException:
        gateway.close()
        raise
