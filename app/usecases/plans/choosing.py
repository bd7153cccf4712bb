"""Choosing a programme and an offer: what may be signed today, why not, and what it would cost."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.errors import Refused
from app.domain.faulty import Faulty, RowKind, reading
from app.domain.holders import HolderKind
from app.domain.period import Period
from app.domain.plans import (
    Ineligibility,
    Offer,
    Payer,
    Terms,
    WhyNot,
    coverable,
    obstacle,
    offers,
    standard_counts,
)
from app.domain.plans.programmes import from_json
from app.usecases.faulty import read_each
from app.usecases.plans.debts import Debt, debt_of
from db.queries.plans import owed as queries

Version = TypeVar("Version")


@dataclass(frozen=True, slots=True)
class ProgrammeVersion:
    """The terms of a programme in force in [valid_from, valid_to)."""

    programme_id: int
    version: int
    code: str
    name: str
    decision: str
    legal_basis: str
    valid_from: date
    valid_to: date | None
    terms: Terms
    note: str


@dataclass(frozen=True, slots=True)
class ProgrammeChoice:
    """A programme, and why it cannot be signed today; ``coverable`` are the months it takes in."""

    programme: ProgrammeVersion
    obstacle: Ineligibility | None
    coverable: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Every programme beside the debt it is for; those that can be signed come first."""

    debt: Debt
    programmes: tuple[ProgrammeChoice, ...]
    payers: tuple[Payer, ...]
    """What the holder of the account may be, as programmes tell payers apart."""
    faulty: tuple[Faulty, ...] = ()
    """Programmes whose terms cannot be read; nothing is signed under them."""


def programmes(session: Session, *, ident: int, payer: Payer, today: date) -> Choices:
    """Return each programme for a payer, with one reason where it cannot be signed.

    Raises: VisitNotOpen.
    """
    debt = debt_of(session, ident=ident, today=today)
    standing = queries.standing(session, ident=ident, on_day=today)
    payers = payers_of(HolderKind(standing.holder_kind) if standing.holder_kind else None)
    found, faulty = [], []
    for version in versions_read(queries.published(session, on_day=today), programme_version):
        if isinstance(version, Faulty):
            faulty.append(version)
            continue
        why_not = obstacle(
            version.terms,
            valid_from=version.valid_from,
            valid_to=version.valid_to,
            payer=payer,
            months=debt.months_of_debt,
            has_plan_in_force=standing.has_plan,
            broke_it_before=version.programme_id in standing.broken,
            today=today,
        )
        if why_not is None and payer not in payers:
            why_not = Ineligibility(WhyNot.OTHER_PAYERS)
        taken = coverable(debt.months_of_debt, rule=version.terms.debts, today=today)
        found.append(ProgrammeChoice(version, why_not, tuple(month.period for month in taken)))
    found.sort(key=lambda one: (one.obstacle is not None, -one.programme.valid_from.toordinal()))
    return Choices(debt, tuple(found), payers, tuple(faulty))


def payers_of(kind: HolderKind | None) -> tuple[Payer, ...]:
    """Say what a holder may be: a firm is no pensioner, and a person is no firm."""
    if kind is HolderKind.LEGAL:
        return (Payer.COMPANY, Payer.FORMER_ENTREPRENEUR)
    return tuple(payer for payer in Payer if payer is not Payer.COMPANY)


def offers_on(
    debt: Debt, *, terms: Terms, payer: Payer, months: Collection[Period], counts: Collection[int] = ()
) -> tuple[Offer | Refused, ...]:
    """Compute an offer for each number of instalments, those of the programme where none is named.

    What refuses a number stands in its place.
    """
    chosen = debt.of(months)
    costs = debt.costs_of(months)
    total = sum((month.amount for month in chosen), costs)
    return offers(
        terms,
        payer=payer,
        months=chosen,
        costs=costs,
        counts=sorted(counts) or standard_counts(terms, payer=payer, debt=total),
        signed_on=debt.as_of,
        holidays=debt.holidays,
    )


def versions_read(
    rows: Iterable[Row[Any]], read: Callable[[Row[Any]], Version]
) -> tuple[Version | Faulty, ...]:
    """Read versions of programmes, each known by its programme's code and its own number."""
    return read_each(
        rows, read, kind=RowKind.PROGRAMME, number=lambda row: version_number(row.code, row.version)
    )


def terms_of(row: Row[Any], /) -> Terms:
    """Read the terms of one version.  Raises: Illegible."""
    with reading(RowKind.PROGRAMME, number=version_number(row.code, row.version), part="terms"):
        return from_json(row.terms)


def version_number(code: str, version: int) -> str:
    """Return what a version is known by where its content cannot be read."""
    return f"{code}/{version}"


def programme_version(row: Row[Any], /) -> ProgrammeVersion:
    """Read a version as it is stored."""
    return ProgrammeVersion(
        row.programme_id,
        row.version,
        row.code,
        row.name,
        row.decision,
        row.legal_basis,
        row.valid_from,
        row.valid_to,
        from_json(row.terms),
        row.note,
    )
