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

    def columns(self) -> list[Column]:
        """Return the columns of the list."""
        right = Align.RIGHT
        return [
            Column(
                name="next", text=self._next, tone=self._next_tone, hint=_next_day, width=168, sortable=False
            ),
            Column(name="number", text=_number, width=168, sortable=False),
            Column(name="name", text=_name, hint=_name, width=150, strong=True, sortable=False),
            Column(name="address", text=_address, hint=_address, width=150, stretches=True, sortable=False),
            Column(name="programme", text=_programme, hint=_programme, width=96, sortable=False),
            Column(name="state", text=_state, tone=_state_tone, hint=_state, width=178, sortable=False),
            Column(name="late", text=_late, align=right, width=64, sortable=False),
            Column(name="late_open", text=_late_open, align=right, width=96, sortable=False),
            Column(name="open", text=_open, align=right, width=104, strong=True, sortable=False),
            Column(name="signed", text=_signed, width=92, quiet=True, sortable=False),
            Column(name="due", text=_due, width=92, quiet=True, sortable=False, hidden=True),
            Column(name="breaks", text=_breaks, width=92, quiet=True, sortable=False, hidden=True),
            Column(name="payable", text=_payable, align=right, width=110, sortable=False, hidden=True),
            Column(name="paid", text=_paid, align=right, width=110, sortable=False, hidden=True),
            Column(name="instalments", text=_instalments, align=right, width=80, sortable=False, hidden=True),
            Column(name="payer", text=_payer, width=130, quiet=True, sortable=False, hidden=True),
            Column(name="branch", text=self._branch, width=130, quiet=True, sortable=False, hidden=True),
            Column(name="by", text=_by, width=140, quiet=True, sortable=False, hidden=True),
            Column(name="ident", text=_ident, width=80, quiet=True, sortable=False, hidden=True),
        ]

    def _next(self, row: PortfolioRow) -> str:
        return words.next_word(row, which=self._which(), today=self._today())

    def _next_tone(self, row: PortfolioRow) -> Tone | None:
        return words.next_tone(row, which=self._which(), today=self._today())

    def _branch(self, row: PortfolioRow) -> str:
        return self._branch_name(row.branch_id)


def _next_day(row: PortfolioRow) -> str:
    return text.day(row.next_due_on)


def _number(row: PortfolioRow) -> str:
    return row.contract_number


def _name(row: PortfolioRow) -> str:
    return row.account_name or text.DASH


def _address(row: PortfolioRow) -> str:
    return row.address


def _programme(row: PortfolioRow) -> str:
    return row.programme_code


def _state(row: PortfolioRow) -> str:
    return states.word(row.state)


def _state_tone(row: PortfolioRow) -> Tone:
    return states.tone(row.state)


def _late(row: PortfolioRow) -> str:
    return text.number(row.late) if _is_late(row) else ""


def _late_open(row: PortfolioRow) -> str:
    return text.money(row.late_open) if _is_late(row) else ""


def _is_late(row: PortfolioRow) -> bool:
    """Under a plan that has ended nothing is late any more: the months themselves are owed again."""
    return bool(row.late) and row.state in IN_FORCE


def _open(row: PortfolioRow) -> str:
    return text.DASH if row.state in ENDED else text.money(row.open)


def _signed(row: PortfolioRow) -> str:
    return text.day(row.signed_on)


def _due(row: PortfolioRow) -> str:
    return text.day(row.next_due_on)


def _breaks(row: PortfolioRow) -> str:
    return text.day(row.breaks_on)


def _payable(row: PortfolioRow) -> str:
    return text.money(row.payable)


def _paid(row: PortfolioRow) -> str:
    return text.money(row.paid)


def _instalments(row: PortfolioRow) -> str:
    return text.number(row.instalments)


def _payer(row: PortfolioRow) -> str:
    return states.word(row.payer)


def _by(row: PortfolioRow) -> str:
    return row.created_by


def _ident(row: PortfolioRow) -> str:
    return text.ident(row.ident)
