"""What a change does to the next bill: line by line, before and after, by the one charge engine."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.domain.bills import Bill, Difference, compare
from app.domain.changes import ChangeKind, Declaration, Scope, Value, declaration_of, readable
from app.domain.changes.consequence import (
    Billed,
    BillingTerms,
    Neighbor,
    Pool,
    building_bills,
    changed,
    composed,
    is_closing,
    next_bill,
    subsidy_after,
    usage_of,
)
from app.domain.charges import SHARED_WITHOUT_METER, Basis
from app.domain.connections import Attributes
from app.domain.period import Period
from app.domain.premises import ChargingMethod
from app.usecases.changes.forecasting import (
    NO_SUBSIDY,
    OPENED,
    PriceSheet,
    attributes_of,
    billed_of,
    neighbors_of,
    price_sheet,
    subsidy_in,
    subsidy_is_kept,
    terms_of,
)
from db.queries.changes import effects as queries

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
    """What a change of the whole building does to the charges of one of its accounts next month."""

    ident: int
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Effect:
    """The next bill without the change and with it.

    ``differences`` name services and providers as printed; ``names`` gives the
    printed name of a service or provider code of the lines.  ``building`` is
    filled for a change of the whole building, once the request for it is on
    record; until then ``awaits_record`` is true.  ``issued_already`` says that bills
    of the month were issued before, so that the change shows a month later.
    """

    before: BillForecast
    after: BillForecast
    differences: tuple[Difference, ...]
    estimates: tuple[Estimate, ...]
    building: tuple[NeighborEffect, ...]
    issued_already: bool
    names: Mapping[str, str]
    awaits_record: bool = False

    @property
    def change(self) -> Decimal:
        """By how much more (or less) is to be paid in time."""
        return self.after.discounted - self.before.discounted


@dataclass(frozen=True, slots=True)
class _Case:
    """One account, one month, one change."""

    ident: int
    period: Period
    declaration: Declaration
    values: Mapping[str, Value]
    sheet: PriceSheet
    was: Attributes | None
    billed: Billed | None
    before: BillingTerms
    after: BillingTerms
    pools: Mapping[Basis, Pool]


def effect_of(
    session: Session,
    *,
    ident: int,
    kind: ChangeKind,
    values: Mapping[str, Value],
    applies_from: Period,
    today: date,
) -> Effect:
    """Compute what the first bill affected will be, before and after.

    Values that cannot be read yet, as they are while somebody types, change nothing.
    """
    declaration = declaration_of(kind)
    taken_back = {
        one.target.column: values[one.target.column]
        for one in declaration.fixed
        if one.target.column in values
    }
    values = {**readable(declaration, values), **taken_back}
    row = queries.account(session, ident=ident)
    latest = Period.from_ggmm(row.latest_ggmm) if row.latest_ggmm else None
    period = max(applies_from, latest.next()) if latest is not None else applies_from
    sheet = price_sheet(queries.tariffs(session, on_day=period.last_day))
    was = attributes_of(row, has_elevator=row.has_elevator) if row.kind is not None else None
    granted = subsidy_in(row.subsidies, period)
    is_kept = subsidy_is_kept(row, period, today=today)
    before = terms_of(row, subsidy=granted if is_kept else NO_SUBSIDY, today=today)
    granted = subsidy_after(granted, declaration=declaration, values=values) if is_kept else NO_SUBSIDY
    pools = {
        Basis(one.basis): Pool(one.consumed, one.area, one.members)
        for one in (queries.building_use(session, ident=ident) if was is not None else ())
    }
    case = _Case(
        ident,
        period,
        declaration,
        values,
        sheet,
        was,
        _billed(session, ident, row, latest),
        before,
        replace(before, subsidy_percent=granted),
        pools,
    )
    building = _building(session, case, row)
    pair = building.get(ident) or _pair(case)
    return Effect(
        before=pair[0],
        after=pair[1],
        differences=_named(compare(*pair), sheet.names),
        estimates=_estimates(case, today),
        building=tuple(NeighborEffect(one, *_charged(bills)) for one, bills in building.items()),
        issued_already=period > applies_from,
        names=sheet.names,
        awaits_record=declaration.scope is Scope.BUILDING and not building,
    )


def _billed(session: Session, ident: int, row: Row[Any], latest: Period | None) -> Billed | None:
    if latest is None or row.billed_kind is None:
        return None
    lines = queries.lines(session, ident=ident, first_ggmm=latest.plus(-12).ggmm, last_ggmm=latest.ggmm)
    return billed_of(row, lines, latest)


def _pair(case: _Case) -> tuple[Bill, Bill]:
    before = _bill(case, case.was, case.before)
    after = changed(case.was or OPENED, declaration=case.declaration, values=case.values)
    if is_closing(case.declaration, case.values):
        return before, _bill(case, None, case.after)
    return before, _bill(case, after, case.after)


def _bill(case: _Case, attributes: Attributes | None, terms: BillingTerms) -> Bill:
    if attributes is None:  # not opened yet, or closed: nothing is charged
        return composed(case.ident, period=case.period, charges=(), terms=terms)
    usage = usage_of(
        case.billed,
        attributes=attributes,
        was_metered=case.was is not None and case.was.is_water_metered,
        tariffs=case.sheet.tariffs,
        pools=case.pools,
    )
    return next_bill(
        case.ident,
        period=case.period,
        attributes=attributes,
        tariffs=case.sheet.tariffs,
        billed=case.billed,
        usage=usage,
        terms=terms,
    )


def _building(session: Session, case: _Case, row: Row[Any]) -> dict[int, tuple[Bill, Bill]]:
    """Compute the whole building; shown are charges only, not what the city gives or a neighbor saves."""
    if case.declaration.scope is not Scope.BUILDING or case.was is None:
        return {}
    wanted = changed(case.was, declaration=case.declaration, values=case.values).method
    rows = queries.building_accounts(session, ident=case.ident)
    neighbors = [
        _own(case, one) if one.ident == case.ident else one
        for one in neighbors_of(rows, sheet=case.sheet, has_elevator=row.has_elevator)
    ]
    return building_bills(
        neighbors, period=case.period, tariffs=case.sheet.tariffs, method=ChargingMethod(wanted)
    )


def _own(case: _Case, one: Neighbor) -> Neighbor:
    return Neighbor(one.ident, one.attributes, case.billed or one.billed, case.before)


def _charged(bills: tuple[Bill, Bill]) -> tuple[Decimal, Decimal]:
    before, after = bills
    return before.charged - before.subsidy, after.charged - after.subsidy


def _named(differences: tuple[Difference, ...], names: Mapping[str, str]) -> tuple[Difference, ...]:
    return tuple(
        replace(
            one,
            service=names.get(one.service, one.service),
            provider=names.get(one.provider, one.provider),
        )
        for one in differences
    )


def _estimates(case: _Case, today: date) -> tuple[Estimate, ...]:
    found = set()
    if case.billed is None:
        found.add(Estimate.NEVER_BILLED)
    else:
        bases = {case.sheet.basis_of.get(line.service) for line in case.billed.lines}
        is_metered = case.was is not None and case.was.is_water_metered
        if Basis.HEAT in bases or (is_metered and Basis.COLD_WATER in bases):
            found.add(Estimate.READINGS)
        if Basis.SHARED_ELECTRICITY in bases or (not is_metered and bases & SHARED_WITHOUT_METER):
            found.add(Estimate.SHARED_USE)
        if Basis.PROVIDER in bases:
            found.add(Estimate.PROVIDER_AMOUNTS)
        found.add(Estimate.DISCOUNT)
    if case.period.first_day > today:
        found.add(Estimate.PRICES)
    return tuple(one for one in Estimate if one in found)
