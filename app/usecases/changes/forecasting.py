"""What a forecast is computed from, made of rows: prices, premises, the latest bill, neighbors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from app.domain.bills import DebtCounted, has_open_debt, streak_after
from app.domain.changes.consequence import Billed, BillingTerms, Neighbor
from app.domain.charges import ALL_YEAR, INTEREST, SUBSIDY, Basis, Charge, Tariff, season_months
from app.domain.connections import Attributes
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.premises import ChargingMethod, PremisesKind
from app.domain.subsidies import is_earned

NO_SUBSIDY = Decimal(0)
OPENED = Attributes(
    kind=PremisesKind.FLAT,
    area=Decimal(0),
    heated_area=Decimal(0),
    members=0,
    method=ChargingMethod.AREA,
    is_water_metered=False,
    has_hot_water=False,
    has_waste=False,
    is_rented=False,
    has_elevator=False,
)
"""What premises are before the form that opens their account says otherwise."""

_OF_ISSUER = frozenset({SUBSIDY, INTEREST})
_CHARGES_ONLY = BillingTerms(subsidy_percent=NO_SUBSIDY, streak=0, has_open_debt=True, holidays=frozenset())
"""Of a neighbor's bill only the charges are shown: no subsidy, no discount."""


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """The tariffs of a month, what each measures, the names in print, and codes by number."""

    tariffs: tuple[Tariff, ...]
    basis_of: Mapping[str, Basis]
    names: Mapping[str, str]
    by_id: Mapping[int, Tariff]


def price_sheet(rows: Iterable[Row[Any]]) -> PriceSheet:
    """Make the sheet; a service without a price that month is not charged, but keeps its name."""
    by_id: dict[int, Tariff] = {}
    names: dict[str, str] = {}
    for row in rows:
        names[row.code] = row.name
        names[row.provider] = row.provider_name
        if row.price is None or row.vat_percent is None:
            continue
        by_id[row.id] = Tariff(
            row.code,
            row.provider,
            Basis(row.basis),
            row.unit,
            row.price,
            row.vat_percent,
            frozenset(PremisesKind(kind) for kind in row.premises_kinds),
            season_months(row.season_from, last=row.season_to) if row.season_from else ALL_YEAR,
        )
    tariffs = tuple(by_id.values())
    return PriceSheet(tariffs, {one.service: one.basis for one in tariffs}, names, by_id)


def attributes_of(row: Row[Any], *, has_elevator: bool) -> Attributes:
    """Return what premises are charged by."""
    return Attributes(
        kind=PremisesKind(row.kind),
        area=row.area,
        heated_area=row.heated_area,
        members=row.members,
        method=ChargingMethod(row.charging_method),
        is_water_metered=row.is_water_metered,
        has_hot_water=row.has_hot_water,
        has_waste=row.has_waste,
        is_rented=row.is_rented_from_city,
        has_elevator=has_elevator,
    )


def billed_of(row: Row[Any], lines: Sequence[Row[Any]], latest: Period) -> Billed:
    """Return the latest bill, with the services of the year before it."""
    return Billed(
        period=latest,
        kind=PremisesKind(row.billed_kind),
        area=row.billed_area,
        members=row.billed_members,
        method=ChargingMethod(row.billed_method),
        lines=tuple(
            _charge(line) for line in lines if line.ggmm == latest.ggmm and line.code not in _OF_ISSUER
        ),
        earlier=frozenset(line.code for line in lines if line.ggmm != latest.ggmm),
    )


def _charge(line: Row[Any]) -> Charge:
    return Charge(
        service=line.code,
        provider=line.provider,
        quantity=line.quantity,
        unit=line.unit,
        price=line.price,
        base=line.amount - line.vat,
        vat_percent=line.vat_percent,
        vat=line.vat,
        amount=line.amount,
        is_seasonal=line.is_seasonal,
    )


def terms_of(row: Row[Any], *, subsidy: Decimal, today: date) -> BillingTerms:
    """Tell by what the bill will be composed: whoever can still pay in time is taken to do so."""
    days = [date.fromisoformat(day) for days in row.holidays or () for day in days]
    is_overdue = bool(row.latest_open) and today > row.due_on
    is_indebted = has_open_debt(
        in_plan=bool(row.debt_in_plan),
        elsewhere=bool(row.open_debt) or is_overdue,
        counted=DebtCounted(row.debt_counted),
    )
    streak = 0
    if row.streak is not None:
        settled_on = today if row.latest_open else row.settled_on
        streak = streak_after(row.streak, settled_on=settled_on, discount_until=row.discount_until)
    return BillingTerms(subsidy, streak, has_open_debt=is_indebted, holidays=frozenset(days))


def subsidy_in(subsidies: Sequence[Sequence[Any]] | None, period: Period) -> Decimal:
    """Return the percent that the city grants in a month."""
    for since, until, percent in subsidies or ():
        if since <= period.first_day.isoformat() and (until is None or until > period.first_day.isoformat()):
            return Decimal(percent)
    return NO_SUBSIDY


def subsidy_is_kept(row: Row[Any], period: Period, *, today: date) -> bool:
    """Tell whether a subsidy will be on the bill: the one before was settled in time, or still can be."""
    settled_on = today if row.latest_open else row.settled_on or period.first_day
    return is_earned(period, previous_settled_on=settled_on)


def neighbors_of(rows: Iterable[Row[Any]], *, sheet: PriceSheet, has_elevator: bool) -> tuple[Neighbor, ...]:
    """Return the accounts of a building with their latest bills."""
    return tuple(
        Neighbor(
            row.ident,
            attributes_of(row, has_elevator=has_elevator),
            _neighbor_billed(row, sheet),
            _CHARGES_ONLY,
        )
        for row in rows
    )


def _neighbor_billed(row: Row[Any], sheet: PriceSheet) -> Billed | None:
    if row.ggmm is None or row.lines is None:
        return None
    lines = []
    for one in row.lines:
        tariff = sheet.by_id.get(one["service_id"])
        if tariff is not None and tariff.service not in _OF_ISSUER:
            amount = Decimal(str(one["amount"]))
            lines.append(
                Charge(
                    tariff.service,
                    tariff.provider,
                    Decimal(str(one["quantity"])),
                    tariff.unit,
                    Decimal(str(one["price"])),
                    amount,
                    tariff.vat_percent,
                    ZERO,
                    amount,
                )
            )
    return Billed(
        Period.from_ggmm(row.ggmm),
        PremisesKind(row.kind),
        row.area,
        row.members,
        ChargingMethod(row.charging_method),
        tuple(lines),
    )
