"""Python's cyclic garbage is collected on the UI thread only.

The collector runs on whichever thread happens to allocate; on a pool thread it
would destroy widgets there, which Qt answers with a crash some other day.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_PERIOD_MS = 500


class UiThreadGarbage(QObject):
    """Takes the collector over for as long as pool threads live."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what the imports left behind need not be walked through every time
        self._timer = QTimer(self)
        self._timer.setInterval(_PERIOD_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due, as the collector itself would."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Give the collector back; call it when the last pool thread has ended."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
