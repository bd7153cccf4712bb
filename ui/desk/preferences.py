"""How a person likes the window: read once on signing in, written a moment after each change."""

import functools
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.usecases import preferences
from ui.jobs import Jobs

_WRITE_AFTER = 1_500


class StoredPreferences(QObject):
    """Keeps preferences in the database, so that they follow the person to any workstation.

    A preference that cannot be written is not worth a word to the clerk: it is
    written again with the next change.
    """

    def __init__(self, values: dict[str, Any], *, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("preferences")
        self._values = dict(values)
        self._changed: dict[str, Any] = {}
        self._jobs = jobs
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WRITE_AFTER)
        self._timer.timeout.connect(self.write)

    def get(self, key: str) -> Any:
        """Return what was set under ``key``, or None."""
        return self._values.get(key)

    def set(self, key: str, value: object) -> None:
        """Keep ``value`` under ``key``."""
        if self._values.get(key) != value:
            self._values[key] = self._changed[key] = value
            self._timer.start()

    def write(self) -> None:
        """Send what changed; also called before signing out."""
        self._timer.stop()
        if self._changed:
            changed, self._changed = self._changed, {}
            action = functools.partial(preferences.keep_preferences, values=changed)
            self._jobs.act(action, self._written, screen=self, failed=self._not_written)

    def _written(self, _result: object) -> None:
        pass

    def _not_written(self, _error: Exception) -> None:
        pass
