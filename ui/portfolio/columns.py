"""The columns of the portfolio: how each cell reads its plan."""

from collections.abc import Callable
from datetime import date

from app.domain.plans import ENDED, IN_FORCE
from app.usecases.plans import PortfolioRow, Which
from ui.kit.table import Align, Column
from ui.portfolio import words
from ui.words import states, text
from ui.words.tones import Tone


class PortfolioReading:
    """Reads the cells that depend on the day, on the list, or on the names of branches."""

    def __init__(
        self,
        *,
        today: Callable[[], date],
        which: Callable[[], Which],
        branch_name: Callable[[int | None], str],
    ) -> None:
        self._today = today
        self._which = which
        self._branch_name = branch_name

    def columns(self) -> list[Column[PortfolioRow]]:
        """Return the columns of the list."""
        right = Align.RIGHT
        return [
            Column(name="next", text=self._next, tone=self._next_tone, hint=_next_day, width=168),
            Column(name="number", field="contract_number", width=168),
            Column(name="name", field="account_name", as_=text.or_dash, hinted=True, width=150, strong=True),
            Column(name="address", hinted=True, width=150, stretches=True),
            Column(name="programme", field="programme_code", hinted=True, width=96),
            Column(name="state", as_=states.word, toned=states.tone, hinted=True, width=178),
            Column(name="late", text=_late, align=right, width=64),
            Column(name="late_open", text=_late_open, align=right, width=96),
            Column(name="open", text=_open, align=right, width=104, strong=True),
            Column(name="signed", field="signed_on", as_=text.day, width=92, quiet=True),
            Column(name="due", field="next_due_on", as_=text.day, width=92, quiet=True, hidden=True),
            Column(name="breaks", field="breaks_on", as_=text.day, width=92, quiet=True, hidden=True),
            Column(name="payable", as_=text.money, align=right, width=110, hidden=True),
            Column(name="paid", as_=text.money, align=right, width=110, hidden=True),
            Column(name="instalments", as_=text.number, align=right, width=80, hidden=True),
            Column(name="payer", as_=states.word, width=130, quiet=True, hidden=True),
            Column(name="branch", text=self._branch, width=130, quiet=True, hidden=True),
            Column(name="by", field="created_by", width=140, quiet=True, hidden=True),
            Column(name="ident", as_=text.ident, width=80, quiet=True, hidden=True),
        ]

    def _next(self, row: PortfolioRow) -> str:
        return words.next_word(row, which=self._which(), today=self._today())

    def _next_tone(self, row: PortfolioRow) -> Tone | None:
        return words.next_tone(row, which=self._which(), today=self._today())

    def _branch(self, row: PortfolioRow) -> str:
        return self._branch_name(row.branch_id)


def _next_day(row: PortfolioRow) -> str:
    return text.day(row.next_due_on)


def _late(row: PortfolioRow) -> str:
    return text.number(row.late) if _is_late(row) else ""


def _late_open(row: PortfolioRow) -> str:
    return text.money(row.late_open) if _is_late(row) else ""


def _is_late(row: PortfolioRow) -> bool:
    """Under a plan that has ended nothing is late any more: the months themselves are owed again."""
    return bool(row.late) and row.state in IN_FORCE


def _open(row: PortfolioRow) -> str:
    return text.DASH if row.state in ENDED else text.money(row.open)
