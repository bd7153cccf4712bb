"""How much waits, asked for once a minute and after every change: for the rail and the tabs of the list."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.topics import Topic
from app.usecases import changes
from app.usecases.changes import WorkCounts
from app.usecases.staff import Role
from ui.desk.desk import Desk
from ui.desk.pages import Waiting
from ui.kit.watch import Watch
from ui.work.views import Chosen

EVERY_SECONDS = 60


class CountWatch(Waiting):
    """Keeps the counts current; a failure leaves those that were known."""

    all_counted = Signal(object)
    """WorkCounts."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("work.counts")
        self._desk = desk
        self.counts = WorkCounts(())
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_SECONDS * 1000)
        self._timer.timeout.connect(self.ask)
        self._watch = Watch(self)
        self._watch.wanted.connect(self.ask)
        self._watch.follow(desk.jobs.changed, {Topic.CHANGES})

    def begin(self) -> None:
        """Ask now, and from now on."""
        self._watch.set_seen(is_seen=True)
        self._timer.start()

    def words(self, waiting: int, overdue: int) -> str:
        said = self.tr("%n request(s) waiting", "", waiting)
        if overdue:
            late = self.tr("%n overdue", "", overdue)
            return f"{said}, {late}"
        return said

    def ask(self) -> None:
        """Ask how much waits; an older question that has not been answered is dropped."""
        self._watch.note_asked()
        self._desk.jobs.ask(
            changes.work_counts, self._came, screen=self, lane="counts", failed=self._not_counted
        )

    def _came(self, counts: WorkCounts) -> None:
        self.counts = counts
        me = self._desk.me
        mine = Chosen()
        branch = me.branch_id if me.role is Role.CLERK else None
        states, kinds = mine.states(), mine.kinds(me.role)
        self.all_counted.emit(counts)
        self.counted.emit(
            counts.of(states=states, kinds=kinds, branch=branch),
            counts.of(states=states, kinds=kinds, branch=branch, only_overdue=True),
        )

    def _not_counted(self, _error: Exception) -> None:
        pass  # a number that is a minute old does no harm, and the banner tells of a lost line
