"""When a part of a screen loads again: once something that it shows was written.

At once while it is seen, when it is next shown otherwise; and once for all that was
written in one turn.  Whoever asks anew of their own accord meanwhile, as a list does
that chooses what was just saved, is not asked a second time.
"""

from collections.abc import Collection

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from app.domain.topics import Topic


class Watch(QObject):
    """Knows whether what its parent shows is what is stored, and says when to load."""

    wanted = Signal()
    """Load now; the watch is fresh once ``note_asked`` was called."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_fresh = False
        """Whether it was asked for since it was last written."""
        self._topics: frozenset[Topic] = frozenset()
        self._is_seen = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._look)

    def follow(self, changed: SignalInstance, topics: Collection[Topic]) -> None:
        """Hear from ``changed``, of ``Jobs``, what is written; ``topics`` are shown here."""
        self._topics = frozenset(topics)
        changed.connect(self._heard)

    def set_seen(self, *, is_seen: bool) -> None:
        """Whoever shows it was shown or hidden: what was written meanwhile is loaded now."""
        self._is_seen = is_seen
        self._look()

    def note_asked(self) -> None:
        """What is shown has been asked for."""
        self.is_fresh = True

    def forget(self) -> None:
        """What is shown is not to be relied on: it did not come, or is about something else."""
        self.is_fresh = False

    def _heard(self, topics: frozenset[Topic]) -> None:
        if topics & self._topics:
            self.is_fresh = False
            if self._is_seen:
                self._soon.start()

    def _look(self) -> None:
        if self._is_seen and self._topics and not self.is_fresh:
            self.wanted.emit()
