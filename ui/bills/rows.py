"""A bill made into rows for the eye: groups, lines, sums, and the reasons why it changed."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.bills import Difference, DifferenceKind
from app.domain.money import ZERO
from app.usecases.bills import BillDetail, BillLine, Explanation, ProviderGroup
from ui.bills import sentences, words
from ui.words import text

_OF_DISCOUNT = frozenset(
    {DifferenceKind.DISCOUNT_GAINED, DifferenceKind.DISCOUNT_LOST, DifferenceKind.DISCOUNT_CHANGED}
)


class Weight(StrEnum):
    """How much a row says: a line, the head of a group, a sum that matters, a remark."""

    LINE = "line"
    GROUP = "group"
    SUM = "sum"
    REMARK = "remark"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A row of the specification, its cells already in words."""

    weight: Weight
    words: str
    amount: Decimal | None
    code: str = ""
    quantity: str = ""
    unit: str = ""
    price: str = ""
    vat_percent: str = ""
    vat: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VatRow:
    """A rate of VAT, or all of them together."""

    weight: Weight
    rate: str
    base: Decimal
    vat: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRow:
    """One reason why a bill changed, or what they come to together."""

    weight: Weight
    sentence: str
    amount: Decimal


def ledger_rows(bill: BillDetail) -> list[LedgerRow]:
    """Return the specification: every provider with its lines, then what they come to."""
    rows: list[LedgerRow] = []
    for group in bill.providers:
        rows.append(_group_row(group))
        rows += [_line_row(line) for line in group.lines]
    rows.append(LedgerRow(weight=Weight.SUM, words=words.charged(bill.period), amount=bill.charged))
    if bill.discount:
        rows.append(LedgerRow(weight=Weight.LINE, words=sentences.discount(bill), amount=-bill.discount))
        rows.append(
            LedgerRow(
                weight=Weight.SUM, words=words.paid_in_time(bill.discount_until), amount=bill.discounted
            )
        )
        rows.append(LedgerRow(weight=Weight.LINE, words=words.paid_later(bill.due_on), amount=bill.charged))
    else:
        rows.append(LedgerRow(weight=Weight.REMARK, words=sentences.discount(bill), amount=ZERO))
    return rows


def vat_rows(bill: BillDetail) -> list[VatRow]:
    """Return the recapitulation of VAT, summed up when there is more than one rate."""
    rows = [
        VatRow(
            weight=Weight.LINE,
            rate=text.percent(rate.percent),
            base=rate.base,
            vat=rate.vat,
            amount=rate.amount,
        )
        for rate in bill.vat
    ]
    if len(rows) > 1:
        rows.append(
            VatRow(
                weight=Weight.SUM,
                rate=words.together(),
                base=sum((row.base for row in rows), ZERO),
                vat=sum((row.vat for row in rows), ZERO),
                amount=sum((row.amount for row in rows), ZERO),
            )
        )
    return rows


def reason_rows(why: Explanation) -> list[ReasonRow]:
    """Return the reasons, the weightiest first, then the discount's, then what they add up to."""
    if why.previous is None or not why.differences:
        return []
    of_lines = [found for found in why.differences if found.kind not in _OF_DISCOUNT]
    of_discount = [found for found in why.differences if found.kind in _OF_DISCOUNT]
    rows = _weighed(of_lines)
    if of_discount:
        rows.append(
            ReasonRow(
                weight=Weight.GROUP,
                sentence=words.charged_from_to(why.previous.charged, why.current.charged),
                amount=why.current.charged - why.previous.charged,
            )
        )
        rows += _weighed(of_discount)
    rows.append(
        ReasonRow(
            weight=Weight.SUM,
            sentence=words.in_time_from_to(why.previous.discounted, why.current.discounted),
            amount=why.change,
        )
    )
    return rows


def weightiest(why: Explanation) -> Difference | None:
    """Return the reason that changed the bill most."""
    return max(why.differences, key=_size, default=None)


def _weighed(differences: list[Difference]) -> list[ReasonRow]:
    return [
        ReasonRow(weight=Weight.LINE, sentence=sentences.difference(found), amount=found.amount)
        for found in sorted(differences, key=_size, reverse=True)
    ]


def _size(found: Difference) -> Decimal:
    return abs(found.amount)


def _group_row(group: ProviderGroup) -> LedgerRow:
    first = group.lines[0]
    code = "" if first.is_of_issuer else first.provider_no
    hint = words.phone(group.phone) if group.phone else ""
    return LedgerRow(
        weight=Weight.GROUP, code=code, words=text.listed(group.name), amount=group.amount, hint=hint
    )


def _line_row(line: BillLine) -> LedgerRow:
    if line.is_of_issuer:
        return LedgerRow(weight=Weight.LINE, words=text.listed(line.service), amount=line.amount)
    return LedgerRow(
        weight=Weight.LINE,
        code=line.service_no,
        words=text.listed(line.service),
        quantity=sentences.measure(line.quantity),
        unit=line.unit,
        price=sentences.price(line.price),
        vat_percent=text.percent(line.vat_percent),
        vat=text.money(line.vat),
        amount=line.amount,
    )
