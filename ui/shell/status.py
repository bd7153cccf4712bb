"""The foot of the window: the line to the server, who sits here, and what is being done."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStatusBar, QWidget

from ui.kit.busy import PROGRESS_AFTER
from ui.kit.buttons import Button, ButtonKind
from ui.kit.letters import keep_letters
from ui.kit.speaking import Speaking
from ui.kit.styling import PlainLabel, label, set_look, set_tip
from ui.kit.tokens import GRID
from ui.words import states, text
from ui.words.language import LANGUAGES

if TYPE_CHECKING:
    from app.usecases.staff import Me
    from ui.jobs import Job, Jobs


class StatusBar(Speaking, QStatusBar):
    """Connection, branch and role on the left; jobs and languages on the right."""

    language_asked = Signal(str)
    """The code of a language was pressed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setSizeGripEnabled(False)
        self._jobs: Jobs | None = None
        self._server = ""
        self._latency: float | None = None
        self._is_lost = False
        self._me: Me | None = None
        left = QWidget(self)
        row = QHBoxLayout(left)
        row.setContentsMargins(3 * GRID, 0, 0, 0)
        row.setSpacing(2 * GRID)
        self._dot = PlainLabel(left)
        self._dot.setObjectName("status.dot")
        self._dot.setFixedSize(8, 8)
        self._line = label(left, name="status.line")
        self._who = label(left, name="status.who")
        row.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._line)
        row.addSpacing(2 * GRID)
        row.addWidget(self._who)
        self.addWidget(left)
        self.tray = Button("status.jobs", self, kind=ButtonKind.QUIET, icon_name="list-check")
        self._menu = QMenu(self.tray)
        keep_letters(self._menu)
        self.tray.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.addPermanentWidget(self.tray)
        self.tray.hide()
        self._patience = QTimer(self)  # a job nobody has to wait for is no news
        self._patience.setSingleShot(True)
        self._patience.setInterval(PROGRESS_AFTER)
        self._patience.timeout.connect(self.tray.show)
        self._languages: list[Button] = []
        for language in LANGUAGES:
            button = Button(
                f"status.language.{language.code}", self, kind=ButtonKind.QUIET, text=language.sign
            )
            button.setFixedWidth(34)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor where it is
            button.setProperty("code", language.code)
            set_tip(button, language.name)
            button.setAccessibleName(language.name)
            button.clicked.connect(self._language_pressed)
            self.addPermanentWidget(button)
            self._languages.append(button)
        self.retranslate()

    def set_server(self, name: str) -> None:
        """Name the server that is worked on."""
        self._server = name
        self.retranslate()

    def attach(self, jobs: "Jobs", me: "Me") -> None:
        """Show the line and the work of ``jobs``, done by ``me``."""
        self._jobs = jobs
        self._me = me
        self._is_lost = False
        self._latency = None
        jobs.latency_measured.connect(self._measured)
        jobs.line_lost.connect(self._lost)
        jobs.line_restored.connect(self._restored)
        for signal in (jobs.started, jobs.progressed, jobs.finished):
            signal.connect(self._count_jobs)
        self.retranslate()

    def detach(self) -> None:
        """Nobody is signed in any more."""
        self._jobs = None
        self._me = None
        self._patience.stop()
        self.tray.hide()
        self.retranslate()

    def _measured(self, seconds: float) -> None:
        self._latency = seconds
        self.retranslate()

    def _lost(self, _error: object) -> None:
        self._is_lost = True
        self.retranslate()

    def _restored(self) -> None:
        self._is_lost = False
        self.retranslate()

    def _count_jobs(self, _number: int) -> None:
        from ui.jobs import JobState

        running = self._jobs.running if self._jobs is not None else ()
        if not running:
            self._patience.stop()
            self.tray.hide()
        elif any(job.state is not JobState.RUNNING for job in running):
            self.tray.show()
        elif not self.tray.isVisible() and not self._patience.isActive():
            self._patience.start()
        if len(running) == 1 and running[0].total:
            words = self.tr("{0}: {1}").format(running[0].title, _share(running[0]))
        else:
            words = self.tr("%n job(s)", "", len(running))
        self.tray.setText(words)
        self.tray.setAccessibleName(words)

    def _fill_menu(self) -> None:
        from ui.jobs import JobState

        self._menu.clear()
        for job in self._jobs.running if self._jobs is not None else ():
            title = f"{job.title}  {_share(job)}".strip()
            if job.state is JobState.NOT_DONE:
                self._add(self.tr("Send again: {0}").format(title), "send", job.number)
                self._add(self.tr("Give up: {0}").format(title), "drop", job.number)
            elif job.is_cancellable:
                self._add(self.tr("Cancel: {0}").format(title), "cancel", job.number)
            else:
                self._menu.addAction(title).setEnabled(False)

    def _add(self, words: str, what: str, number: int) -> None:
        action = self._menu.addAction(words)
        action.setData((what, number))
        action.triggered.connect(self._menu_chosen)

    def _menu_chosen(self) -> None:
        action = self.sender()
        if self._jobs is None or action is None:
            return
        what, number = action.data()  # type: ignore[attr-defined]
        {"send": self._jobs.send_again, "drop": self._jobs.drop, "cancel": self._jobs.cancel}[what](number)

    def _language_pressed(self) -> None:
        self.language_asked.emit(self.sender().property("code"))

    def retranslate(self) -> None:
        server = self._server or (self.tr("This machine") if self._me is not None else "")
        if self._is_lost:
            line = self.tr("{0}: no connection").format(server)
        elif self._latency is not None:
            line = self.tr("{0} {1} ms").format(server, max(1, round(self._latency * 1000)))
        else:
            line = server
        self._line.setText(line)
        set_look(self._dot, "look", "dot")
        set_look(self._dot, "tone", "bad" if self._is_lost else "good" if self._me else "neutral")
        who = f"{text.listed(self._me.branch)} · {states.word(self._me.role)}" if self._me is not None else ""
        self._who.setText(who)
        spoken = QLocale().script()
        is_serbian = QLocale().language() == QLocale.Language.Serbian
        codes = {QLocale.Script.LatinScript: "sr_Latn", QLocale.Script.CyrillicScript: "sr_Cyrl"}
        for button in self._languages:
            button.setChecked(button.property("code") == (codes.get(spoken) if is_serbian else "en"))


def _share(job: "Job") -> str:
    return f"{round(100 * job.done / job.total)} %" if job.total else ""
