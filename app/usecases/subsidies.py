"""Subsidies of the city to a household."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app.domain.subsidies import Category
from db.queries import subsidies as queries


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A share of the bill in percent, borne by the city in [valid_from, valid_to)."""

    valid_from: date
    valid_to: date | None
    category: Category
    percent: Decimal
    decision: str


def subsidies_of(session: Session, *, ident: int) -> tuple[Subsidy, ...]:
    """Return the subsidies of an account, the latest first."""
    return tuple(Subsidy(*row) for row in queries.all_of(session, ident=ident))
