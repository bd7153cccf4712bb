"""The columns of the list of work: how each cell reads its request."""

from collections.abc import Callable
from datetime import date

from app.usecases.changes import WorkRow
from ui.changes.words import kind_word
from ui.kit.table import Column
from ui.words import states, text
from ui.words.tones import Tone
from ui.work import words


class WorkColumns:
    """Reads the cells that depend on the day."""

    def __init__(self, *, today: Callable[[], date]) -> None:
        self._today = today

    def columns(self) -> list[Column[WorkRow]]:
        """Return the columns of the list."""
        return [
            Column(name="due", text=self._due, tone=self._due_tone, hint=_due_day, width=130),
            Column(name="kind", as_=kind_word, hinted=True, width=264),
            Column(name="name", field="account_name", as_=text.or_dash, width=150, strong=True),
            Column(name="address", hinted=True, width=190, stretches=True),
            Column(name="number", width=134),
            Column(name="state", as_=states.word, toned=states.tone, hinted=True, width=150),
            Column(name="papers", text=_papers, tone=_papers_tone, width=100),
            Column(name="taken", text=_taken, hinted=True, width=160),
            Column(name="received", field="received_on", as_=text.day, width=92, quiet=True, hidden=True),
            Column(name="month", field="applies_from", as_=text.period, width=80, quiet=True, hidden=True),
            Column(name="channel", as_=states.word, width=110, quiet=True, hidden=True),
            Column(name="ident", as_=text.ident, width=80, quiet=True, hidden=True),
        ]

    def _due(self, row: WorkRow) -> str:
        return words.due_word(row.due_on, today=self._today())

    def _due_tone(self, row: WorkRow) -> Tone:
        return words.due_tone(row.due_on, today=self._today())


def _taken(row: WorkRow) -> str:
    return words.taken_word(row.claimed_by, row.claimed_at, is_mine=row.is_claimed_by_me)


def _due_day(row: WorkRow) -> str:
    return text.day(row.due_on)


def _papers(row: WorkRow) -> str:
    return words.papers_word(is_missing=row.papers_missing)


def _papers_tone(row: WorkRow) -> Tone | None:
    return Tone.WARN if row.papers_missing else None
