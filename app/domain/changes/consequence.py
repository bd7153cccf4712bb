"""What the next bill will be, with a change and without it, by the one charge engine.

What is not measured yet is taken from the latest bill: readings of own meters as
they were, shared consumption by the same measure.  A building consumes what it
consumed: when one household has more members, or all are charged by members from
now on, shares move and their sum does not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.domain.bills import Bill, compose_bill
from app.domain.changes.asking import Value
from app.domain.changes.declaring import Declaration
from app.domain.charges import SHARED_WITHOUT_METER, Basis, Charge, PriceList, Tariff, Usage
from app.domain.charging import SharedUse, shared_use
from app.domain.connections import HOMES, Attributes, connected_services
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.premises import ChargingMethod, PremisesKind

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Billed:
    """The latest bill: what it was computed from and its lines, without those of the issuer.

    ``earlier`` are the services of the year before it.
    """

    period: Period
    kind: PremisesKind
    area: Decimal
    members: int
    method: ChargingMethod
    lines: tuple[Charge, ...]
    earlier: frozenset[str] = frozenset()

    @property
    def shares_by_members(self) -> bool:
        """Tell whether shared consumption fell to it by members."""
        return self.method is ChargingMethod.MEMBERS and self.kind in HOMES

    @property
    def is_weightless(self) -> bool:
        """Tell whether nothing could fall to it: an empty flat where shares go by members."""
        return self.shares_by_members and not self.members

    @property
    def services(self) -> frozenset[str]:
        """The services on the bill."""
        return frozenset(line.service for line in self.lines)


@dataclass(frozen=True, slots=True)
class Pool:
    """What homes of a building shared of one measure on their latest bills, and by how much of what."""

    consumed: Decimal
    area: Decimal
    members: int


@dataclass(frozen=True, slots=True)
class BillingTerms:
    """What a bill is composed by beside its charges."""

    subsidy_percent: Decimal
    streak: int
    has_open_debt: bool
    holidays: frozenset[date]


def changed(attributes: Attributes, *, declaration: Declaration, values: Mapping[str, Value]) -> Attributes:
    """Return the attributes as a change leaves them: by the columns its fields aim at."""
    written = {str(one.target): values.get(one.name) for one in declaration.fields if one.name in values}
    written |= {str(one.target): values.get(one.target.column, one.value) for one in declaration.fixed}

    def value(column: str) -> Value:
        return written.get(f"premises_state.{column}")

    kind, method = value("kind"), value("charging_method")
    area, heated, members = value("area"), value("heated_area"), value("members")
    hot_water, waste, metered = value("has_hot_water"), value("has_waste"), value("is_water_metered")
    return replace(
        attributes,
        kind=attributes.kind if kind is None else PremisesKind(str(kind)),
        area=attributes.area if area is None else Decimal(str(area)),
        heated_area=attributes.heated_area if heated is None else Decimal(str(heated)),
        members=attributes.members if members is None else int(members),
        method=attributes.method if method is None else ChargingMethod(str(method)),
        has_hot_water=attributes.has_hot_water if hot_water is None else bool(hot_water),
        has_waste=attributes.has_waste if waste is None else bool(waste),
        is_water_metered=attributes.is_water_metered if metered is None else bool(metered),
    )


def subsidy_after(percent: Decimal, *, declaration: Declaration, values: Mapping[str, Value]) -> Decimal:
    """Return the city's share of the bill as a change leaves it."""
    for one in declaration.fields:
        if str(one.target) == "subsidy.percent" and values.get(one.name) is not None:
            return Decimal(str(values[one.name]))
    return percent


def is_closing(declaration: Declaration, values: Mapping[str, Value]) -> bool:
    """Tell whether a change ends the account: no bill follows."""
    return any(
        str(one.target) == "account.closed_on" and values.get(one.name) is not None
        for one in declaration.fields
    )


def consumed(billed: Billed, *, tariffs: Iterable[Tariff]) -> dict[Basis, Decimal]:
    """Return the quantities of a bill by what they measure."""
    of_service = {one.service: one.basis for one in tariffs}
    found: dict[Basis, Decimal] = {}
    for line in billed.lines:
        basis = of_service.get(line.service)
        if basis is not None:
            found[basis] = max(line.quantity, found.get(basis, _NOTHING))
    return found


def usage_of(
    billed: Billed | None,
    *,
    attributes: Attributes,
    was_metered: bool,
    tariffs: Sequence[Tariff],
    pools: Mapping[Basis, Pool],
) -> Usage:
    """Tell what one account will consume: as on its latest bill, with shares as ``attributes`` weigh now.

    ``was_metered`` tells whether water on the latest bill was of the account's own meter.
    """
    if billed is None:
        joined = {basis: _joined(pool, attributes) for basis, pool in pools.items()}
        return Usage(shared={basis: use for basis, use in joined.items() if _is_shared(basis, attributes)})
    used = consumed(billed, tariffs=tariffs)
    readings, amounts = _own(billed, used, tariffs, was_metered=was_metered)
    shared = {
        basis: _weighed(billed, used.get(basis), pools.get(basis), attributes)
        for basis in SHARED_WITHOUT_METER
        if _is_shared(basis, attributes)
    }
    return Usage(readings, shared, amounts)


def _own(
    billed: Billed, used: Mapping[Basis, Decimal], tariffs: Sequence[Tariff], *, was_metered: bool
) -> tuple[dict[Basis, Decimal], dict[str, Decimal]]:
    """Return readings of own meters, and the sums providers calculated themselves."""
    calculated = {one.service for one in tariffs if one.basis is Basis.PROVIDER}
    amounts = {line.service: line.amount for line in billed.lines if line.service in calculated}
    is_own = was_metered and billed.kind in HOMES
    readings = {
        basis: quantity
        for basis, quantity in used.items()
        if basis not in SHARED_WITHOUT_METER or (is_own and basis is not Basis.SHARED_ELECTRICITY)
    }
    return readings, amounts


def _is_shared(basis: Basis, attributes: Attributes) -> bool:
    return basis is Basis.SHARED_ELECTRICITY or not attributes.is_water_metered


def _is_connected(basis: Basis, attributes: Attributes) -> bool:
    return basis is not Basis.HOT_WATER or attributes.has_hot_water


def _joined(pool: Pool, attributes: Attributes) -> SharedUse:
    """Let premises that were never billed join a pool."""
    return shared_use(
        pool.consumed, area=pool.area + attributes.area, members=pool.members + attributes.members
    )


def _weighed(billed: Billed, own: Decimal | None, pool: Pool | None, attributes: Attributes) -> SharedUse:
    """Return the shares of a measure: the account's own of the latest bill wherever it tells enough.

    The pool only adds what one bill cannot tell: what a member uses where shares
    went by area, and that a heavier household makes everybody's share lighter.
    """
    per_area = per_member = _NOTHING
    if own is not None and billed.shares_by_members:
        per_member = own / billed.members if billed.members else _NOTHING
    elif own is not None:
        per_area = own / billed.area if billed.area else _NOTHING
    if pool is None or attributes.kind not in HOMES:
        return SharedUse(per_area, per_member)
    area, members = pool.area + attributes.area, pool.members + attributes.members
    if billed.kind in HOMES and (own is not None or billed.is_weightless):
        area, members = area - billed.area, members - billed.members
    return SharedUse(
        _scaled(per_area, pool.consumed, before=pool.area, after=area),
        _scaled(per_member, pool.consumed, before=Decimal(pool.members), after=Decimal(members)),
    )


def _scaled(own: Decimal, whole: Decimal, *, before: Decimal, after: Decimal) -> Decimal:
    if own and before == after:
        return own
    if after <= 0:
        return _NOTHING
    return own * before / after if own else whole / after


def next_bill(
    ident: int,
    *,
    period: Period,
    attributes: Attributes,
    tariffs: Sequence[Tariff],
    billed: Billed | None,
    usage: Usage,
    terms: BillingTerms,
) -> Bill:
    """Compose the bill of a month that was not issued yet; interest is not foreseen."""
    services = connected_services(
        attributes,
        tariffs=tariffs,
        billed_kind=billed.kind if billed else None,
        latest=billed.services if billed else frozenset(),
        earlier=billed.earlier | _resting(billed, tariffs) if billed else frozenset(),
    )
    charges = PriceList(tariffs, period=period).charge(attributes.charged_for(services), usage=usage)
    return composed(ident, period=period, charges=charges, terms=terms)


def _resting(billed: Billed, tariffs: Iterable[Tariff]) -> frozenset[str]:
    """List what is shared, yet on no bill of an empty flat: it is connected all the same."""
    if not billed.is_weightless:
        return frozenset()
    return frozenset(one.service for one in tariffs if one.basis in SHARED_WITHOUT_METER)


def composed(ident: int, *, period: Period, charges: tuple[Charge, ...], terms: BillingTerms) -> Bill:
    """Put a forecast together by its terms."""
    return compose_bill(
        ident,
        period=period,
        charges=charges,
        subsidy_percent=terms.subsidy_percent,
        interest=ZERO,
        streak=terms.streak,
        has_open_debt=terms.has_open_debt,
        holidays=terms.holidays,
    )


# -- a whole building --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Neighbor:
    """One account of a building whose charging method changes."""

    ident: int
    attributes: Attributes
    billed: Billed | None
    terms: BillingTerms


def pools_of(neighbors: Iterable[Neighbor], *, tariffs: Sequence[Tariff]) -> dict[Basis, Pool]:
    """Add up what the homes of a building shared, by measure, and by how much of what they will share it."""
    found: dict[Basis, Pool] = {}
    for one in neighbors:
        if one.billed is None or one.attributes.kind not in HOMES:
            continue
        used = consumed(one.billed, tariffs=tariffs)
        for basis in SHARED_WITHOUT_METER:
            quantity = used.get(basis, _NOTHING)
            is_in = basis in used or (one.billed.is_weightless and _is_connected(basis, one.attributes))
            if is_in and _is_shared(basis, one.attributes):
                pool = found.get(basis, Pool(_NOTHING, _NOTHING, 0))
                found[basis] = Pool(
                    pool.consumed + quantity,
                    pool.area + one.attributes.area,
                    pool.members + one.attributes.members,
                )
    return found


def building_bills(
    neighbors: Sequence[Neighbor], *, period: Period, tariffs: Sequence[Tariff], method: ChargingMethod
) -> dict[int, tuple[Bill, Bill]]:
    """Compose the next bill of every account of a building, before and after its assembly's decision.

    Only homes change: nobody lives in a garage or a shop, so those have no members
    to share by and keep what they had.
    """
    pools = pools_of(neighbors, tariffs=tariffs)
    shared = {
        basis: shared_use(pool.consumed, area=pool.area, members=pool.members)
        for basis, pool in pools.items()
    }
    homes = [one for one in neighbors if one.attributes.kind in HOMES]
    is_decided_anew = any(one.attributes.method is not method for one in homes)
    found = {}
    for one in neighbors:
        usage = usage_of(
            one.billed,
            attributes=one.attributes,
            was_metered=one.attributes.is_water_metered,
            tariffs=tariffs,
            pools={},
        )
        before = after = _bill_of(one, one.attributes, usage, period, tariffs)
        if is_decided_anew and one.attributes.kind in HOMES:
            own = {basis: use for basis, use in shared.items() if _is_shared(basis, one.attributes)}
            usage = Usage(usage.readings, own, usage.amounts)
            after = _bill_of(one, replace(one.attributes, method=method), usage, period, tariffs)
        found[one.ident] = (before, after)
    return found


def _bill_of(
    one: Neighbor, attributes: Attributes, usage: Usage, period: Period, tariffs: Sequence[Tariff]
) -> Bill:
    return next_bill(
        one.ident,
        period=period,
        attributes=attributes,
        tariffs=tariffs,
        billed=one.billed,
        usage=usage,
        terms=one.terms,
    )
