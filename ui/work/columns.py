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

    def columns(self) -> list[Column]:
        """Return the columns of the list."""
        return [
            Column(name="due", text=self._due, tone=self._due_tone, hint=_due_day, width=130, sortable=False),
            Column(name="kind", text=_kind, hint=_kind, width=264, sortable=False),
            Column(name="name", text=_name, width=150, strong=True, sortable=False),
            Column(name="address", text=_address, hint=_address, width=190, stretches=True, sortable=False),
            Column(name="number", text=_number, width=134, sortable=False),
            Column(name="state", text=_state, tone=_state_tone, hint=_state, width=150, sortable=False),
            Column(name="papers", text=_papers, tone=_papers_tone, width=100, sortable=False),
            Column(name="taken", text=_taken, hint=_taken, width=160, sortable=False),
            Column(name="received", text=_received, width=92, quiet=True, sortable=False, hidden=True),
            Column(name="month", text=_month, width=80, quiet=True, sortable=False, hidden=True),
            Column(name="channel", text=_channel, width=110, quiet=True, sortable=False, hidden=True),
            Column(name="ident", text=_ident, width=80, quiet=True, sortable=False, hidden=True),
        ]

    def _due(self, row: WorkRow) -> str:
        return words.due_word(row.due_on, today=self._today())

    def _due_tone(self, row: WorkRow) -> Tone:
        return words.due_tone(row.due_on, today=self._today())


def _taken(row: WorkRow) -> str:
    return words.taken_word(row.claimed_by, row.claimed_at, is_mine=row.is_claimed_by_me)


def _due_day(row: WorkRow) -> str:
    return text.day(row.due_on)


def _number(row: WorkRow) -> str:
    return row.number


def _kind(row: WorkRow) -> str:
    return kind_word(row.kind)


def _name(row: WorkRow) -> str:
    return row.account_name or text.DASH


def _address(row: WorkRow) -> str:
    return row.address


def _state(row: WorkRow) -> str:
    return states.word(row.state)


def _state_tone(row: WorkRow) -> Tone:
    return states.tone(row.state)


def _papers(row: WorkRow) -> str:
    return words.papers_word(is_missing=row.papers_missing)


def _papers_tone(row: WorkRow) -> Tone | None:
    return Tone.WARN if row.papers_missing else None


def _received(row: WorkRow) -> str:
    return text.day(row.received_on)


def _month(row: WorkRow) -> str:
    return text.period(row.applies_from)


def _channel(row: WorkRow) -> str:
    return states.word(row.channel)


def _ident(row: WorkRow) -> str:
    return text.ident(row.ident)
