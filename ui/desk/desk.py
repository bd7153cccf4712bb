"""What every screen is given: the way to the database, who sits here, and the way elsewhere."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.office_time import ZONE
from app.usecases.staff import Me
from ui.desk.commands import Commands
from ui.desk.exports import ExportRecorder
from ui.desk.open_accounts import OpenAccounts
from ui.desk.places import Place
from ui.jobs import Jobs
from ui.kit.preferences import Preferences


class Desk(QObject):
    """One signed-in person at one window."""

    went = Signal(Place)
    """Some screen wants the clerk to be elsewhere."""
    said = Signal(str, object)
    """A short message for the bar, and a bound method that undoes it, or None."""

    def __init__(
        self,
        *,
        jobs: Jobs,
        me: Me,
        preferences: Preferences,
        commands: Commands,
        drafts: Path,
        settings: Path,
        today: Callable[[], date],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.me = me
        self.preferences = preferences
        self.commands = commands
        self.drafts = drafts
        """The folder where forms keep what was typed and not saved yet."""
        self.settings = settings
        """The folder of this workstation's settings, such as its printers."""
        self.exports = ExportRecorder(jobs, self)
        self.accounts = OpenAccounts(self)
        self._today = today

    @property
    def today(self) -> date:
        """The server's day as far as it is known, so that a wrong clock here does no harm."""
        return self._today()

    @property
    def now(self) -> datetime:
        """The time of this workstation on the server's day, for what is looked at and kept nowhere."""
        return datetime.combine(self.today, datetime.now(ZONE).time(), ZONE)

    def go(self, place: Place) -> None:
        """Send the clerk to ``place``."""
        self.went.emit(place)

    def say(self, message: str, *, undo: Callable[[], None] | None = None) -> None:
        """Tell in the bar what was done, with a way back where there is one."""
        self.said.emit(message, undo)
