"""Sentences that explain a bill to a caller: every difference, and the discount with its reason."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.domain.bills import DISCOUNT_LADDER, Difference, DifferenceKind, DiscountReason, DiscountStep
from app.usecases.bills import BillDetail
from ui.words import text


def difference(found: Difference) -> str:
    """Return the sentence about one difference; its amount stands beside it."""
    return _DIFFERENCES[found.kind](found)


def discount(bill: BillDetail) -> str:
    """Say which discount a bill carries and why."""
    if not bill.discount_percent:
        return QCoreApplication.translate("bills", "No discount: there was open debt when it was made")
    streak = bill.streak  # the extractor of translations reads no count with a dot in it
    following = min((step for step in DISCOUNT_LADDER if step.months > streak), key=_months, default=None)
    percent = text.percent(bill.discount_percent)
    in_a_row = QCoreApplication.translate("bills", "%n month(s) in a row paid in time", "", streak)
    if following is None:
        sentence = QCoreApplication.translate("bills", "Discount {0}, the highest: {1}")
        return sentence.format(percent, in_a_row)
    if not streak:
        months = following.months
        sentence = QCoreApplication.translate(
            "bills", "Discount {0}: no open debt; {1} after %n month(s)", "", months
        )
        return sentence.format(percent, text.percent(following.percent))
    more = following.months - streak
    left = QCoreApplication.translate("bills", "{0} in %n more", "", more)
    return QCoreApplication.translate("bills", "Discount {0}: {1}, {2}").format(
        percent, in_a_row, left.format(text.percent(following.percent))
    )


def price(value: Decimal) -> str:
    """Return a price with two decimals, or with the four it has."""
    places = 2 if value == value.quantize(Decimal("0.01")) else 4
    return text.number(value, places=places)


def measure(value: Decimal) -> str:
    """Return a quantity with two decimals, or with the three it has, so that they stand in line."""
    places = 2 if value == value.quantize(Decimal("0.01")) else 3
    return text.number(value, places=places)


def _months(step: DiscountStep) -> int:
    return step.months


def _measure(quantity: Decimal, unit: str) -> str:
    return f"{text.quantity(quantity)} {unit}".strip()


def _quantity(found: Difference) -> str:
    return QCoreApplication.translate("bills", "{0}: quantity {1} → {2}").format(
        text.listed(found.service),
        text.quantity(found.old_quantity),
        _measure(found.new_quantity, found.unit),
    )


def _price(found: Difference) -> str:
    return QCoreApplication.translate("bills", "{0}: price {1} → {2}").format(
        text.listed(found.service), price(found.old_price), price(found.new_price)
    )


def _vat(found: Difference) -> str:
    return QCoreApplication.translate("bills", "{0}: VAT {1} → {2}").format(
        text.listed(found.service), text.percent(found.old_percent), text.percent(found.new_percent)
    )


def _rounding(found: Difference) -> str:
    return QCoreApplication.translate("bills", "{0}: rounding").format(text.listed(found.service))


def _new_line(found: Difference) -> str:
    return QCoreApplication.translate("bills", "{0}: newly charged, {1} × {2}").format(
        text.listed(found.service), _measure(found.new_quantity, found.unit), price(found.new_price)
    )


def _dropped_line(found: Difference) -> str:
    return QCoreApplication.translate("bills", "{0}: no longer charged").format(text.listed(found.service))


def _season_began(found: Difference) -> str:
    return QCoreApplication.translate("bills", "{0}: the season began, {1} × {2}").format(
        text.listed(found.service), _measure(found.new_quantity, found.unit), price(found.new_price)
    )


def _season_ended(found: Difference) -> str:
    return QCoreApplication.translate("bills", "{0}: the season ended").format(text.listed(found.service))


def _subsidy(found: Difference) -> str:
    if not found.old_amount:
        return QCoreApplication.translate("bills", "City subsidy: granted for this month")
    if not found.new_amount:
        return QCoreApplication.translate("bills", "City subsidy: not granted for this month")
    return QCoreApplication.translate("bills", "City subsidy: {0} → {1}").format(
        text.money(found.old_amount), text.money(found.new_amount)
    )


def _interest(found: Difference) -> str:
    if not found.old_amount:
        return QCoreApplication.translate("bills", "Interest: an earlier bill was paid late")
    if not found.new_amount:
        return QCoreApplication.translate("bills", "Interest: none any more")
    return QCoreApplication.translate("bills", "Interest for late payment: {0} → {1}").format(
        text.money(found.old_amount), text.money(found.new_amount)
    )


def _discount(found: Difference) -> str:
    old, new = text.percent(found.old_percent), text.percent(found.new_percent)
    match found.reason:
        case DiscountReason.OPEN_DEBT:
            sentence = QCoreApplication.translate("bills", "Discount of {0} lost: there is open debt")
            return sentence.format(old)
        case DiscountReason.DEBT_SETTLED:
            sentence = QCoreApplication.translate("bills", "Discount of {0} gained: no more open debt")
            return sentence.format(new)
        case DiscountReason.STREAK_REACHED:
            months = found.months
            sentence = QCoreApplication.translate(
                "bills", "Discount {0} → {1}: %n month(s) in a row paid in time", "", months
            )
            return sentence.format(old, new)
        case DiscountReason.STREAK_BROKEN:
            sentence = QCoreApplication.translate("bills", "Discount {0} → {1}: a month was paid late")
            return sentence.format(old, new)
        case _:
            sentence = QCoreApplication.translate("bills", "Discount of {0}: {1} → {2}")
            return sentence.format(new, text.money(found.old_amount), text.money(found.new_amount))


_DIFFERENCES: dict[DifferenceKind, Callable[[Difference], str]] = {
    DifferenceKind.QUANTITY: _quantity,
    DifferenceKind.PRICE: _price,
    DifferenceKind.VAT: _vat,
    DifferenceKind.ROUNDING: _rounding,
    DifferenceKind.NEW_LINE: _new_line,
    DifferenceKind.DROPPED_LINE: _dropped_line,
    DifferenceKind.SEASON_BEGAN: _season_began,
    DifferenceKind.SEASON_ENDED: _season_ended,
    DifferenceKind.SUBSIDY: _subsidy,
    DifferenceKind.INTEREST: _interest,
    DifferenceKind.DISCOUNT_GAINED: _discount,
    DifferenceKind.DISCOUNT_LOST: _discount,
    DifferenceKind.DISCOUNT_CHANGED: _discount,
}
