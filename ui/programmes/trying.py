"""A trial on accounts: each is opened on record first, and closed again once the answer is there."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from app.domain.errors import Refused
from app.domain.plans import Offer
from app.domain.visits import Channel, Purpose
from app.usecases import visits
from app.usecases.plans import Trial
from ui import errors, text
from ui.kit.table import Align, Column
from ui.kit.tokens import Tone
from ui.plan_why_words import why_not

MOST_ACCOUNTS = 50
_NUMBER = re.compile(r"\d{1,9}")


def read_idents(typed: str) -> tuple[int, ...]:
    """Return the account numbers in a text, each once, in the order in which they stand there."""
    return tuple(dict.fromkeys(int(found) for found in _NUMBER.findall(typed)))


def open_visits(session: Session, *, idents: Collection[int]) -> None:
    """Open a visit for a check to each account: what is computed next is read on record."""
    for ident in idents:
        visits.open_account(session, ident=ident, purpose=Purpose.CHECK, channel=Channel.COUNTER)


def close_visits(session: Session, *, idents: Collection[int]) -> None:
    """End the visits again."""
    for ident in idents:
        visits.close_account(session, ident=ident)


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One offer of an account, or why there is none; only the first row of an account names it."""

    ident: int
    is_first: bool
    principal: Decimal
    interest: Decimal
    costs: Decimal
    offer: Offer | None
    why: str


def rows_of(trials: Sequence[Trial]) -> list[TrialRow]:
    """Lay trials out for the table: the offers of an account below each other."""
    return [row for trial in trials for row in _rows(trial)]


def _rows(trial: Trial) -> Iterator[TrialRow]:
    found: list[tuple[Offer | None, str]] = []
    if trial.obstacle is not None:
        found.append((None, why_not(trial.obstacle)))
    else:
        for one in trial.offers:
            found.append((None, errors.sentence(one)) if isinstance(one, Refused) else (one, ""))
    offered = next((one for one in trial.offers if isinstance(one, Offer)), None)
    for place, (offer, why) in enumerate(found):
        source = offer or offered
        yield TrialRow(
            trial.ident,
            place == 0,
            source.principal if source is not None else Decimal(0),
            source.interest if source is not None else Decimal(0),
            source.costs if source is not None else Decimal(0),
            offer,
            why,
        )


def columns() -> list[Column]:
    """Return the columns of the trial."""
    right = Align.RIGHT
    return [
        Column(name="account", text=_account, width=88, strong=True, sortable=False),
        Column(name="principal", text=_principal, align=right, width=104, sortable=False),
        Column(name="interest", text=_interest, align=right, width=92, sortable=False),
        Column(name="costs", text=_costs, align=right, width=88, sortable=False),
        Column(name="count", text=_count, align=right, width=68, sortable=False),
        Column(name="first", text=_first, align=right, width=100, sortable=False),
        Column(name="monthly", text=_monthly, align=right, width=100, sortable=False),
        Column(name="last", text=_last, align=right, width=100, sortable=False, hidden=True),
        Column(name="saved", text=_saved, align=right, width=100, sortable=False),
        Column(name="payable", text=_payable, align=right, width=108, strong=True, sortable=False),
        Column(name="why", text=_why, tone=_why_tone, hint=_why, width=220, sortable=False, stretches=True),
    ]


def _account(row: TrialRow) -> str:
    return text.ident(row.ident) if row.is_first else ""


def _principal(row: TrialRow) -> str:
    return text.money(row.principal) if row.is_first and (row.offer or row.principal) else ""


def _interest(row: TrialRow) -> str:
    return text.money(row.interest) if row.is_first and (row.offer or row.principal) else ""


def _costs(row: TrialRow) -> str:
    return text.money(row.costs) if row.is_first and (row.offer or row.principal) else ""


def _count(row: TrialRow) -> str:
    return str(len(row.offer.instalments)) if row.offer else ""


def _first(row: TrialRow) -> str:
    return text.money(row.offer.first.amount) if row.offer else ""


def _monthly(row: TrialRow) -> str:
    return text.money(row.offer.monthly) if row.offer else ""


def _last(row: TrialRow) -> str:
    return text.money(row.offer.last.amount) if row.offer else ""


def _saved(row: TrialRow) -> str:
    return text.money(row.offer.saved) if row.offer else ""


def _payable(row: TrialRow) -> str:
    return text.money(row.offer.payable) if row.offer else ""


def _why(row: TrialRow) -> str:
    return row.why


def _why_tone(row: TrialRow) -> Tone | None:
    return Tone.WARN if row.why else None
