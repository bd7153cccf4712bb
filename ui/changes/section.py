"""Changes: requests to change what an account is charged by or who is billed."""

import functools

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from app.usecases import changes
from app.usecases.changes import RequestRow
from app.usecases.pages import Page
from ui import errors
from ui.kit.section import Section
from ui.shell.desk import Desk


class ChangesSection(Section):
    """The requests of an account; none can be filed at the desk yet."""

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__("changes", parent)
        self._desk = desk
        self._ident = ident
        self.retranslate()

    def turn_away(self) -> bool:
        self.show_nothing()
        return True

    def turn_to(self, ident: int) -> None:
        self._ident = ident

    def load(self) -> None:
        self.show_busy()
        question = functools.partial(changes.change_page, ident=self._ident)
        self._desk.jobs.ask(question, self._came, screen=self, lane="page", failed=self._failed)

    def _came(self, _page: Page[RequestRow, int]) -> None:
        self.retranslate()

    def _failed(self, error: Exception) -> None:
        self.show_failure(errors.sentence(error))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.show_empty(
            self.tr("No changes"),
            self.tr("No change of data was filed for this account. What was changed before is under Data."),
            icon_name="edit",
        )
