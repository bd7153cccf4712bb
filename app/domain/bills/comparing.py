"""Why a bill differs from the month before, told so that it adds up to the para.

Each difference bears the amount by which it raised (or lowered) what is to be
paid in time.  Where quantity and price both moved, the quantity is weighed at
the old price and the price takes the rest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from app.domain.bills.discounts import DISCOUNT_LADDER
from app.domain.charges import INTEREST, SUBSIDY, Charge
from app.domain.money import ZERO, round_rsd

_NOTHING = Decimal(0)
_HUNDRED = Decimal(100)


class DifferenceKind(StrEnum):
    """What changed."""

    QUANTITY = "quantity"
    PRICE = "price"
    VAT = "vat"
    ROUNDING = "rounding"
    NEW_LINE = "new_line"
    DROPPED_LINE = "dropped_line"
    SEASON_BEGAN = "season_began"
    SEASON_ENDED = "season_ended"
    SUBSIDY = "subsidy"
    INTEREST = "interest"
    DISCOUNT_GAINED = "discount_gained"
    DISCOUNT_LOST = "discount_lost"
    DISCOUNT_CHANGED = "discount_changed"


class DiscountReason(StrEnum):
    """Why the discount is not what it was."""

    OPEN_DEBT = "open_debt"
    DEBT_SETTLED = "debt_settled"
    STREAK_REACHED = "streak_reached"
    STREAK_BROKEN = "streak_broken"
    OTHER_BASE = "other_base"


@dataclass(frozen=True, slots=True)
class Difference:
    """One reason, its weight in dinars, and the facts for a sentence about it.

    ``amount`` is positive when it made the bill dearer.  ``service`` is empty for
    the discount; percents are of VAT or of the discount; ``months`` is the
    continuity that a step of the discount asks for, when one was reached.
    """

    kind: DifferenceKind
    amount: Decimal
    service: str = ""
    provider: str = ""
    unit: str = ""
    old_quantity: Decimal = _NOTHING
    new_quantity: Decimal = _NOTHING
    old_price: Decimal = _NOTHING
    new_price: Decimal = _NOTHING
    old_percent: Decimal = _NOTHING
    new_percent: Decimal = _NOTHING
    old_amount: Decimal = ZERO
    new_amount: Decimal = ZERO
    reason: DiscountReason | None = None
    months: int = 0


class Compared(Protocol):
    """What must be known of a bill to explain it."""

    @property
    def lines(self) -> Sequence[Charge]: ...
    @property
    def discount(self) -> Decimal: ...
    @property
    def discount_percent(self) -> Decimal: ...
    @property
    def streak(self) -> int: ...


def compare(previous: Compared, current: Compared) -> tuple[Difference, ...]:
    """List every reason why one bill differs from the one before, in the order of its lines.

    All amounts together are exactly the change of the discounted amount; without
    the discount's they are exactly the change of the charged
    one.  Equal bills give nothing.
    """
    old, new = _grouped(previous.lines), _grouped(current.lines)
    found: list[Difference] = []
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = old.get(key, []), new.get(key, [])
        if key[0] in _OF_ISSUER:
            found += _issuer_difference(key[0], before, after)
            continue
        both = min(len(before), len(after))
        for one, other in zip(before[:both], after[:both], strict=True):
            found += _line_differences(one, other)
        found += [_appeared(charge) for charge in after[both:] if charge.amount]
        found += [_vanished(charge) for charge in before[both:] if charge.amount]
    found += _discount_difference(previous, current)
    return tuple(found)


_OF_ISSUER = {INTEREST: DifferenceKind.INTEREST, SUBSIDY: DifferenceKind.SUBSIDY}


def _grouped(lines: Iterable[Charge]) -> dict[tuple[str, str], list[Charge]]:
    groups: dict[tuple[str, str], list[Charge]] = {}
    for charge in lines:
        groups.setdefault((charge.service, charge.provider), []).append(charge)
    return groups


def _line_differences(old: Charge, new: Charge) -> list[Difference]:
    """Split the change of one line into quantity, VAT and price, in paras."""
    at_new_quantity = round_rsd(new.quantity * old.price)
    of_quantity = at_new_quantity - round_rsd(old.quantity * old.price)
    of_vat = of_price = ZERO
    if new.price != old.price:
        of_price = round_rsd(new.quantity * new.price) - at_new_quantity
        if new.vat_percent != old.vat_percent:
            of_vat = round_rsd(new.quantity * _price_of_same_net(old, new)) - at_new_quantity
            of_price -= of_vat
    rest = new.amount - old.amount - of_quantity - of_vat - of_price
    weighed = (
        (DifferenceKind.QUANTITY, of_quantity),
        (DifferenceKind.VAT, of_vat),
        (DifferenceKind.PRICE, of_price),
        (DifferenceKind.ROUNDING, rest),
    )
    return [_of_line(kind, amount, old, new) for kind, amount in weighed if amount]


def _price_of_same_net(old: Charge, new: Charge) -> Decimal:
    """Price the provider's old net at the new rate of VAT; a change of VAT alone leaves no rest."""
    price = old.price * (_HUNDRED + new.vat_percent) / (_HUNDRED + old.vat_percent)
    return new.price if round_rsd(price) == round_rsd(new.price) else price


def _of_line(kind: DifferenceKind, amount: Decimal, old: Charge, new: Charge) -> Difference:
    return Difference(
        kind,
        amount,
        service=new.service,
        provider=new.provider,
        unit=new.unit,
        old_quantity=old.quantity,
        new_quantity=new.quantity,
        old_price=old.price,
        new_price=new.price,
        old_percent=old.vat_percent,
        new_percent=new.vat_percent,
        old_amount=old.amount,
        new_amount=new.amount,
    )


def _appeared(charge: Charge) -> Difference:
    return Difference(
        DifferenceKind.SEASON_BEGAN if charge.is_seasonal else DifferenceKind.NEW_LINE,
        charge.amount,
        service=charge.service,
        provider=charge.provider,
        unit=charge.unit,
        new_quantity=charge.quantity,
        new_price=charge.price,
        new_amount=charge.amount,
    )


def _vanished(charge: Charge) -> Difference:
    return Difference(
        DifferenceKind.SEASON_ENDED if charge.is_seasonal else DifferenceKind.DROPPED_LINE,
        -charge.amount,
        service=charge.service,
        provider=charge.provider,
        unit=charge.unit,
        old_quantity=charge.quantity,
        old_price=charge.price,
        old_amount=charge.amount,
    )


def _issuer_difference(service: str, before: list[Charge], after: list[Charge]) -> list[Difference]:
    old_amount = sum((charge.amount for charge in before), ZERO)
    new_amount = sum((charge.amount for charge in after), ZERO)
    if old_amount == new_amount:
        return []
    return [
        Difference(
            _OF_ISSUER[service],
            new_amount - old_amount,
            service=service,
            old_amount=old_amount,
            new_amount=new_amount,
        )
    ]


def _discount_difference(previous: Compared, current: Compared) -> list[Difference]:
    if previous.discount == current.discount:
        return []
    old, new = previous.discount_percent, current.discount_percent
    kind, months = DifferenceKind.DISCOUNT_CHANGED, 0
    if old == new:
        reason = DiscountReason.OTHER_BASE
    elif not new:
        kind, reason = DifferenceKind.DISCOUNT_LOST, DiscountReason.OPEN_DEBT
    elif not old:
        kind, reason = DifferenceKind.DISCOUNT_GAINED, DiscountReason.DEBT_SETTLED
    elif new > old:
        reason = DiscountReason.STREAK_REACHED
        months = max((s.months for s in DISCOUNT_LADDER if s.months <= current.streak), default=0)
    else:
        reason = DiscountReason.STREAK_BROKEN
    return [
        Difference(
            kind,
            previous.discount - current.discount,
            old_percent=old,
            new_percent=new,
            old_amount=previous.discount,
            new_amount=current.discount,
            reason=reason,
            months=months,
        )
    ]
