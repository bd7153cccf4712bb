"""A paper over the page, in the whole height; one on its way is waited for by whoever would turn away."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.tokens import GRID
from ui.papers.pane import DocumentPane

P = TypeVar("P", bound=DocumentPane[Any])

WIDTH = 1080


class DocumentSheet(Speaking, Sheet, Generic[P]):
    """Shows the papers of one pane, which ``make`` is called for; show one, then ``open``."""

    def __init__(self, name: str, host: QWidget, make: Callable[[str, QWidget, QWidget], P]) -> None:
        super().__init__(name, host, width=WIDTH)
        self.fill_with_body(left=5 * GRID, top=3 * GRID)
        self.pane = make(f"{name}.pane", self.inside, self)
        self.body.addWidget(self.pane, 1)
        self.pane.busy_changed.connect(self._set_busy)
        self.closed.connect(self.pane.put_away)
        self.retranslate()

    def open(self) -> None:
        self.retranslate()
        super().open()

    def print_paper(self) -> None:
        """Print what is seen."""
        self.pane.print_paper()

    def forget_account(self) -> None:
        """Let go of whom the papers were for; one that is on its way arrives all the same."""
        self.close_sheet()
        self.pane.forget_account()

    def _set_busy(self, is_busy: bool) -> None:  # noqa: FBT001 - a slot
        self.is_busy = is_busy

    def _focus_first(self) -> None:
        self.pane.take_keyboard()

    def retranslate(self) -> None:
        self.set_title(self.pane.title())
