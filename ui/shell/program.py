"""The life of the program: prepare a server, let somebody sign in, give them a desk, close cleanly.

This module and what it imports must stay light, because the first window waits
for it: what needs the database's libraries is in ``ui.shell.user_session``.
"""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ui.kit.drafts import forget_plain
from ui.kit.preferences import choice_kept
from ui.kit.theme import apply_theme
from ui.kit.tokens import Density
from ui.shell.local import Server, Workstation
from ui.shell.startup_task import Report, StartupTask
from ui.shell.window import Window
from ui.words import errors
from ui.words.language import LANGUAGES, Language
from ui.words.tones import Tone

if TYPE_CHECKING:
    from ui.shell.user_session import Admitted, UserSession

_THEMES = ("light", "dark", "system")


class Program(QObject):
    """Ties the window to servers and people; lives as long as the application."""

    def __init__(self, app: QApplication, workstation: Workstation) -> None:
        super().__init__(app)
        self.setObjectName("program")
        self._app = app
        self.workstation = workstation
        self._tasks: list[StartupTask] = []
        self.user_session: UserSession | None = None
        """The person's time at the desk, while somebody is signed in."""
        self.language = Language(app)
        self._theme = workstation.theme
        self._is_compact = workstation.is_compact
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

    def enter(self, server: Server, login: str, password: str) -> None:
        """Try to sign in; the screen tells how it went."""
        self.window.sign_in.show_progress(-1, self.tr("Signing in…"))
        work = functools.partial(_let_in, server=server, login=login, password=password)
        self._send(work, then=self._let_in)

    def _let_in(self, admitted: "Admitted") -> None:
        from ui.shell.user_session import UserSession

        self.workstation.last_user = admitted.me.login
        self.workstation.last_server = admitted.server.name
        self.window.sign_in.begin_anew()
        here = self.workstation
        self.user_session = UserSession(
            admitted, self.window, drafts=here.drafts, settings=here.folder, parent=self
        )
        self._apply_preferences(self.user_session)
        self.user_session.begin()
        view = self.user_session.view
        view.sign_out_asked.connect(self.sign_out)
        view.look_asked.connect(self._look)

    def _kept_out(self, error: Exception) -> None:
        self.window.sign_in.show_refusal(errors.sentence(error))

    def tell(self, sentence: str) -> None:
        """Say what went wrong where nobody was there to say it."""
        if self.user_session is not None:
            self.user_session.view.messages.say(sentence, icon_name="alert-triangle")
        else:
            self.window.sign_in.refusal.tell(sentence, tone=Tone.BAD)

    def sign_out(self) -> None:
        """End the session: what is under way is finished, the screens are gone."""
        self._end_session()
        self.window.show_sign_in()
        self.window.sign_in.set_user(self.workstation.last_user)

    def close(self) -> None:
        """Finish what is under way; the window is closing."""
        self.workstation.geometry = self.window.saveGeometry()
        self.workstation.flush()
        for task in self._tasks:
            task.give_up()
        self._end_session()

    def _end_session(self) -> None:
        if self.user_session is not None:
            session, self.user_session = self.user_session, None
            login = session.desk.me.login
            session.end()
            forget_plain(self.workstation.drafts, login=login)

    # preparing -------------------------------------------------------------------------------------

    def prepare(self, work: Callable[[Report], object], then: Callable[..., None]) -> None:
        """Run ``work`` on a thread before anybody can sign in; its progress is told on the screen."""
        self._send(work, then=then)

    def _send(self, work: Callable[[Report], object], *, then: Callable[..., None]) -> None:
        self._tasks = [task for task in self._tasks if task.is_under_way]
        task = StartupTask(work, self)
        task.succeeded.connect(then)
        task.failed.connect(self._kept_out)
        task.progressed.connect(self.window.sign_in.show_progress)
        self._tasks.append(task)
        task.start()

    # looks -----------------------------------------------------------------------------------------

    def _look(self, command: str) -> None:
        what = command.removeprefix("desk.")
        if what.startswith("language_"):
            which = ("latin", "cyrillic", "english").index(what.removeprefix("language_"))
            self._speak(LANGUAGES[which].code)
        elif what == "density":
            self._is_compact = self.workstation.is_compact = not self._is_compact
            self._remember("density", "compact" if self._is_compact else "comfortable")
            self._dress()
        else:
            self._theme = self.workstation.theme = what.removeprefix("theme_")
            self._remember("theme", self._theme)
            self._dress()

    def _speak(self, code: str) -> None:
        self.workstation.language = code
        self._remember("language", code)
        self.language.set(code)

    def _remember(self, name: str, value: str) -> None:
        """Keep a choice for the person too, so that it follows them to other workstations."""
        if self.user_session is not None:
            self.user_session.desk.preferences.set(f"look.{name}", value)

    def _apply_preferences(self, session: "UserSession") -> None:
        """Look and speak as the person who signed in likes it, else as this workstation did."""
        liked = session.desk.preferences
        density = choice_kept(liked, "look.density", ("compact", "comfortable"))
        language = choice_kept(liked, "look.language", [known.code for known in LANGUAGES])
        self._theme = choice_kept(liked, "look.theme", _THEMES) or self.workstation.theme
        self._is_compact = density == "compact" if density else self.workstation.is_compact
        self._dress()
        if language:
            self.language.set(language)

    def _dress(self) -> None:
        density = Density.COMPACT if self._is_compact else Density.COMFORTABLE
        apply_theme(self._app, self._theme, density=density)


def _let_in(report: Report, *, server: Server, login: str, password: str) -> object:
    from ui.kit.draft_key import draft_key
    from ui.shell import user_session

    admitted = user_session.admit(report, server=server, login=login, password=password)
    draft_key(admitted.me.login)  # here, where nobody waits for a keyring that wants to be unlocked
    return admitted
