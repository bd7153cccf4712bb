"""A part of a screen that lists rows: all at once, or a page whenever the end of the last is near."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.faulty import Faulty
from ui.kit.preferences import Preferences
from ui.kit.section import Section
from ui.kit.table import Column, Table, TableModel
from ui.words import errors

Question = Callable[[Any], Any]
"""What is asked, of a transaction."""

_LANE = "rows"
"""One for the first rows and for more of them: more of a list that is asked for anew are not wanted."""


class Asking(Protocol):
    """Where a list asks for its rows, as ``Jobs`` is."""

    def ask(
        self,
        question: Callable[[Any], Any],
        then: Callable[[Any], None],
        *,
        screen: QObject,
        lane: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> int:
        """Ask, and call ``then`` with the answer."""

    def cancel(self, number: int) -> None:
        """The answer is not wanted any more."""


class ListSection(Section):
    """Base of the sections that list rows.

    A subclass makes its table with ``make_table`` and says what is asked, ``question``, and
    that there is nothing, ``say_empty``.  The cursor stays through a refresh with the
    row it is on, where ``key_of`` tells rows apart, and else at its place.
    """

    model: TableModel
    table: Table

    def __init__(self, name: str, parent: QWidget, *, jobs: Asking) -> None:
        super().__init__(name, parent)
        self._jobs = jobs
        self._asked = 0
        self._next_key: Any = None
        self._wanted: object = None
        self.begins = False
        """Whether the list is asked for from its beginning, wherever the cursor was."""
        self.cancelled.connect(self._give_up)

    def make_table(
        self, columns: Sequence[Column[Any]], name: str, parent: QWidget, *, preferences: Preferences
    ) -> Table:
        """Make the table of the list; Tab comes to it after what was made before."""
        self.model = TableModel(columns, self)
        self.table = Table(self.model, name, parent, preferences=preferences)
        self.model.more_wanted.connect(self._ask_for_more)
        return self.table

    # said by a subclass -------------------------------------------------------

    def question(self, after: Any) -> Question:
        """Return what is asked for the first rows, or for those ``after`` a key.

        It is answered with rows, or with a page of them that knows the key of the next.
        """
        raise NotImplementedError

    def say_empty(self) -> None:
        """Say with ``show_empty`` that nothing is listed, and why."""
        raise NotImplementedError

    def key_of(self, _row: Any) -> object:
        """Return what a row is known by from one answer to the next; None keeps the place instead."""
        return None

    def row_of(self, key: object) -> Any:
        """Return the row that a key means, None where it is not listed."""
        return next((row for row in self.sound_rows if self.key_of(row) == key), None)

    @property
    def sound_rows(self) -> list[Any]:
        """The rows that could be read."""
        return [row for row in self.model.rows() if not isinstance(row, Faulty)]

    def say_missed(self, key: object) -> None:
        """Say that what was wanted is not among all that is listed; until ``want_none`` it is waited for."""

    def take_in(self, answer: Any) -> tuple[Sequence[Any], Any]:
        """Return the rows of an answer, and the key of those after them or None."""
        return (answer.rows, answer.next_key) if hasattr(answer, "next_key") else (answer, None)

    # asking -------------------------------------------------------------------

    def load(self) -> None:
        self.show_busy()
        self._ask(None, self._came)

    def begin_anew(self) -> None:
        """Ask for the list from its beginning: what is listed is something else now."""
        self.begins = True
        self.load()

    @property
    def next_key(self) -> Any:
        """The key of the rows that have not arrived; None when all have."""
        return self._next_key

    def _ask(self, after: Any, then: Callable[[Any], None]) -> None:
        self._asked = self._jobs.ask(self.question(after), then, screen=self, lane=_LANE, failed=self._failed)

    def _ask_for_more(self) -> None:
        if self._next_key is not None:
            self._ask(self._next_key, self.add_page)

    def _came(self, answer: Any) -> None:
        rows, self._next_key = self.take_in(answer)
        self.show_list(rows)

    def add_page(self, answer: Any) -> None:
        """Put the rows of an answer beneath those that are listed."""
        rows, self._next_key = self.take_in(answer)
        self.model.append_rows(rows, more=self._next_key is not None)
        self.show_waiting_over()

    def _failed(self, error: Exception) -> None:
        self.model.resume()
        self.show_failure(errors.sentence(error))

    def _give_up(self) -> None:
        self._jobs.cancel(self._asked)

    # showing ------------------------------------------------------------------

    def show_list(self, rows: Sequence[Any]) -> None:
        """Show these rows, with the cursor on the one that is wanted or where it was."""
        before, place = self.chosen, 0 if self.begins else max(self.table.chosen_row(), 0)
        key = None if before is None or self.begins else self.key_of(before)
        self.begins = False
        self.model.set_rows(rows, more=self._next_key is not None)
        if not rows:
            self.say_empty()
            self._tell_missed()
            return
        self.show_rows()
        if not self._choose_wanted() and (key is None or not self.put_cursor(key)):
            self.table.choose_row(min(place, len(rows) - 1))
        self._tell_missed()

    def _tell_missed(self) -> None:
        if self._wanted is not None and self._next_key is None:
            self.say_missed(self._wanted)

    def want(self, key: object) -> None:
        """Put the cursor on the row of this key, now or as soon as it is here."""
        self._wanted = key
        self._choose_wanted()

    def want_none(self) -> None:
        """Wait for no row any more, nor for the rest of a list."""
        self._wanted = self._next_key = None

    @property
    def chosen(self) -> Any:
        """The row the cursor is on, or None."""
        place = self.table.chosen_row()
        return self.model.row(place) if 0 <= place < self.model.rowCount() else None

    def _choose_wanted(self) -> bool:
        if self._wanted is None or not self.put_cursor(self._wanted):
            return False
        self._wanted = None
        return True

    def put_cursor(self, key: object) -> bool:
        """Put the cursor on the row of a key; False when it has not arrived."""
        wanted = self.row_of(key)
        if wanted is None:
            return False
        self.table.choose_row(next(at for at, row in enumerate(self.model.rows()) if row is wanted))
        return True
