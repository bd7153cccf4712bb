"""A trial on accounts: the numbers that were typed, and the table of what each could sign."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.errors import Refused
from app.domain.plans import Offer
from app.usecases.plans import Trial
from ui.kit.table import Align, Column
from ui.words import errors, text
from ui.words.plans import why_not
from ui.words.tones import Tone

MOST_ACCOUNTS = 50
_NUMBER = re.compile(r"\d{1,9}")


def read_idents(typed: str) -> tuple[int, ...]:
    """Return the account numbers in a text, each once, in the order in which they stand there."""
    return tuple(dict.fromkeys(int(found) for found in _NUMBER.findall(typed)))


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One offer of an account, or why there is none; only the first row of an account names it."""

    ident: int
    is_first: bool
    owed: Decimal
    offer: Offer | None
    why: str


def rows_of(trials: Sequence[Trial]) -> list[TrialRow]:
    """Lay trials out for the table: the offers of an account below each other."""
    return [row for trial in trials for row in _rows(trial)]


def _rows(trial: Trial) -> Iterator[TrialRow]:
    if trial.obstacle is not None:
        found: list[tuple[Offer | None, str]] = [(None, why_not(trial.obstacle))]
    else:
        found = [
            (None, errors.sentence(one)) if isinstance(one, Refused) else (one, "") for one in trial.offers
        ]
    for place, (offer, why) in enumerate(found):
        yield TrialRow(trial.ident, place == 0, trial.owed, offer, why)


def columns() -> list[Column[TrialRow]]:
    """Return the columns of the trial."""
    amounts: tuple[tuple[str, Callable[[Offer], Decimal], int, bool], ...] = (
        ("principal", _principal, 96, True),
        ("interest", _interest, 90, True),
        ("costs", _costs, 84, True),
        ("first", _first, 92, False),
        ("monthly", _monthly, 92, False),
        ("last", _last, 92, True),
        ("saved", _saved, 92, False),
        ("payable", _payable, 92, False),
    )
    made = [
        Column(name="account", text=_account, width=84, strong=True),
        Column(name="owed", text=_owed, align=Align.RIGHT, width=92),
        Column(name="count", text=_count, align=Align.RIGHT, width=60),
    ]
    for name, read, width, is_hidden in amounts:
        made.append(
            Column(
                name=name,
                text=_amount(read),
                align=Align.RIGHT,
                width=width,
                hidden=is_hidden,
                strong=name == "payable",
            )
        )
    why = Column(name="why", tone=_why_tone, hinted=True, width=200, stretches=True)
    return [*made, why]


def _amount(read: Callable[[Offer], Decimal]) -> Callable[[TrialRow], str]:
    def said(row: TrialRow) -> str:
        return text.money(read(row.offer)) if row.offer is not None else ""

    return said


def _account(row: TrialRow) -> str:
    return text.ident(row.ident) if row.is_first else ""


def _owed(row: TrialRow) -> str:
    return text.money(row.owed) if row.is_first else ""


def _count(row: TrialRow) -> str:
    return str(len(row.offer.instalments)) if row.offer is not None else ""


def _principal(offer: Offer) -> Decimal:
    return offer.principal


def _interest(offer: Offer) -> Decimal:
    return offer.interest


def _costs(offer: Offer) -> Decimal:
    return offer.costs


def _first(offer: Offer) -> Decimal:
    return offer.first.amount


def _monthly(offer: Offer) -> Decimal:
    return offer.monthly


def _last(offer: Offer) -> Decimal:
    return offer.last.amount


def _saved(offer: Offer) -> Decimal:
    return offer.saved


def _payable(offer: Offer) -> Decimal:
    return offer.payable


def _why_tone(row: TrialRow) -> Tone | None:
    return Tone.WARN if row.why else None
