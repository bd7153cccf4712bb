"""What a change does to the next bill: line by line, before and after, by the one charge engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy.orm import Session

from app.domain.bills import Bill, Difference
from app.domain.changes import ChangeKind, Value
from app.domain.period import Period

BillForecast = Bill
"""A bill that was never issued: what the month would come to."""


class Estimate(StrEnum):
    """What a forecast takes from earlier bills because it is not known yet."""

    READINGS = "readings"
    SHARED_USE = "shared_use"
    PROVIDER_AMOUNTS = "provider_amounts"
    PRICES = "prices"
    """The prices of the month are not known yet; the latest ones are used."""
    NEVER_BILLED = "never_billed"
    DISCOUNT = "discount"


@dataclass(frozen=True, slots=True)
class NeighborEffect:
    """What a change of the whole building does to the next bill of one of its accounts."""

    ident: int
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Effect:
    """The next bill without the change and with it.

    ``differences`` name services and providers as printed; ``names`` gives the
    printed name of a service or provider code of the lines.  ``building`` is
    filled for a change of the whole building.  ``issued_already`` says that bills
    of the month were issued before, so that the change shows a month later.
    """

    before: BillForecast
    after: BillForecast
    differences: tuple[Difference, ...]
    estimates: tuple[Estimate, ...]
    building: tuple[NeighborEffect, ...]
    issued_already: bool
    names: Mapping[str, str]

    @property
    def change(self) -> Decimal:
        """By how much more (or less) is to be paid in time."""
        return self.after.discounted - self.before.discounted


def effect_of(
    session: Session,
    *,
    ident: int,
    kind: ChangeKind,
    values: Mapping[str, Value],
    applies_from: Period,
    today: date,
) -> Effect:
    """Compute what the first bill affected will be, before and after."""
    raise NotImplementedError
