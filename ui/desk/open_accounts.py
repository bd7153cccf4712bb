"""Which accounts are open at this desk: to them a visit is on record already, and it stays."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal


class OpenAccounts(QObject):
    """The open accounts, in the order of their tabs."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("open_accounts")
        self._idents: tuple[int, ...] = ()

    @property
    def idents(self) -> tuple[int, ...]:
        """Their account numbers."""
        return self._idents

    def set(self, idents: Sequence[int]) -> None:
        """Tell which are open now; for whoever shows the tabs."""
        if tuple(idents) != self._idents:
            self._idents = tuple(idents)
            self.changed.emit()
