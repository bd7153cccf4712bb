"""The first part of a bill: sums by provider, the premises, VAT, and the state of obligations."""

from decimal import Decimal

from app.documents.bill.copy import BillCopy
from app.documents.paper import Ink, Pen
from app.documents.typesetting import Align, Face
from app.documents.wording import Script, day, measured, money, percent, written

ROW = 3.45
SIZE = 7.0
PROVIDERS = (12.0, 84.0)
PREMISES = (101.0, 45.0)
STATE = (151.0, 47.0)
HEAD = 4.6
"""From the top of a panel to its first row."""
VAT_DOWN = 28.4
"""The VAT panel hangs so far below the state of obligations, whose rows are always six."""

_PREMISES_LABELS: tuple[str, ...] = (
    "Vrsta",
    "Namena",
    "Površina",
    "Grejna površina",
    "Broj članova",
    "Način obračuna",
)
_STATE_LABELS: tuple[str, ...] = ("Tekući mesec", "Netuženi dug", "Tuženi dug", "Reprogram", "Pretplata")
_VAT_COLUMNS = ((151.0, 8.0), (160.0, 12.5), (173.0, 11.5), (185.0, 13.0))


def draw_labels(pen: Pen, *, top: float, script: Script) -> None:
    """Draw what the panels say on every bill."""
    _heading(pen, PROVIDERS, top, "1. Iznosi po davaocima usluga", script)
    _heading(pen, PREMISES, top, "Podaci o prostoru", script)
    _heading(pen, STATE, top, "", script)
    for column, labels in ((PREMISES, _PREMISES_LABELS), (STATE, _STATE_LABELS)):
        for place, label in enumerate(labels):
            y = top + HEAD + (place + 1) * ROW
            pen.text(column[0], y - 0.8, written(label, script), width=22, size=SIZE, tone=Ink.MUTED)
    x, width = STATE
    y = top + HEAD + len(_STATE_LABELS) * ROW + 0.3
    pen.rule(x, y, to_x=x + width, to_y=y)
    words = written("Ukupan dug", script)
    pen.text(x, y + ROW - 0.5, words, width=22, size=7.4, face=Face.BOLD)
    y = _heading(pen, STATE, top + VAT_DOWN, "Rekapitulacija PDV", script) + 3.0
    for (at, wide), label in zip(_VAT_COLUMNS, ("Stopa", "Osnovica", "PDV", "Ukupno"), strict=True):
        align = Align.LEFT if at == x else Align.RIGHT
        pen.text(at, y - 0.5, written(label, script), width=wide, size=6.2, align=align, tone=Ink.MUTED)


def draw_panels(pen: Pen, copy: BillCopy, *, top: float, script: Script) -> float:
    """Fill the three columns in; return where the longest of them ends."""
    return max(
        _providers(pen, copy, top + HEAD, script),
        _premises(pen, copy, top + HEAD, script),
        _state(pen, copy, top, script),
    )


def _heading(pen: Pen, column: tuple[float, float], top: float, words: str, script: Script) -> float:
    x, width = column
    pen.text(x, top + 2.6, written(words, script), width=width, size=8, face=Face.BOLD, tone=Ink.ACCENT)
    pen.rule(x, top + 4.0, to_x=x + width, to_y=top + 4.0, weight=0.8, tone=Ink.ACCENT)
    return top + HEAD


def _providers(pen: Pen, copy: BillCopy, y: float, script: Script) -> float:
    x, width = PROVIDERS
    right = x + width

    def amount(y: float, label: str, value: Decimal, indent: float) -> None:
        pen.text(x + indent, y, written(label, script), width=width - indent - 25, size=SIZE)
        inner = 23 if indent == 2 else 24
        pen.text(right - 24, y, money(value), width=inner, size=SIZE, align=Align.RIGHT)

    for place, provider in enumerate(copy.providers):
        if place:
            pen.rule(x, y, to_x=right, to_y=y, weight=0.15)
        y += ROW
        pen.text(x, y - 0.8, written(provider.code, script), width=8, size=SIZE)
        amount(y - 0.8, provider.name, provider.amount, 9)
    pen.rule(x, y, to_x=right, to_y=y)
    y += 0.5
    if copy.subsidy or copy.interest:
        sums = (("Ukupno usluge", copy.charged), ("Subvencija", -copy.subsidy))
        for label, value in (*sums, ("Zakonska zatezna kamata", copy.interest)):
            if value:
                y += ROW
                amount(y - 0.8, label, value, 9)
        y += 0.3
    pen.field(x, y, width=width, height=5.2)
    words = written(f"Ukupno za {copy.period}", script)
    pen.text(x + 2, y + 3.7, words, width=width - 36, size=8.2, face=Face.BOLD)
    pen.text(right - 33, y + 3.7, money(copy.total), width=32, size=9.2, face=Face.BOLD, align=Align.RIGHT)
    y += 5.4
    if copy.has_discount:
        label = f"Popust {percent(copy.discount_percent)} za uplatu do {day(copy.discount_until)}"
        for words, value in ((label, -copy.discount), ("Ukupno sa popustom", copy.discounted)):
            y += ROW
            amount(y - 0.8, words, value, 2)
    return y


def _premises(pen: Pen, copy: BillCopy, y: float, script: Script) -> float:
    x, width = PREMISES
    facts = copy.premises
    values = (
        facts.kind,
        facts.purpose,
        "–" if facts.area is None else f"{measured(facts.area)} m²",
        "–" if facts.heated_area is None else f"{measured(facts.heated_area)} m²",
        "–" if facts.members is None else str(facts.members),
        facts.charging_method,
    )
    for value in values:
        y += ROW
        pen.text(x + 20, y - 0.8, written(value, script), width=width - 20, size=SIZE, align=Align.RIGHT)
    if copy.elements:
        y = _heading(pen, PREMISES, y + 2.2, "Elementi obračuna", script)
    for fact in copy.elements:
        y += ROW
        pen.text(x, y - 0.8, written(fact.label, script), width=24, size=SIZE, tone=Ink.MUTED)
        pen.text(x + 25, y - 0.8, written(fact.value, script), width=width - 25, size=SIZE, align=Align.RIGHT)
    return y


def _state(pen: Pen, copy: BillCopy, top: float, script: Script) -> float:
    x, width = STATE
    sums = copy.obligations
    words = written(f"Stanje obaveza na dan {day(sums.as_of)}", script)
    pen.text(x, top + 2.6, words, width=width, size=8, face=Face.BOLD, tone=Ink.ACCENT)
    y = top + HEAD
    for amount in (sums.current_month, sums.unsued, sums.sued, sums.plan, sums.overpaid):
        y += ROW
        pen.text(x + 22, y - 0.8, money(amount), width=width - 22, size=SIZE, align=Align.RIGHT)
    y += ROW - 0.2
    words = money(sums.total)
    pen.text(x + 22, y, words, width=width - 22, size=7.4, face=Face.BOLD, align=Align.RIGHT)
    y = top + VAT_DOWN + HEAD + 3.0
    for rate in copy.vat:
        y += ROW
        values = (percent(rate.percent), money(rate.base), money(rate.vat), money(rate.amount))
        for (at, wide), words in zip(_VAT_COLUMNS, values, strict=True):
            align = Align.LEFT if at == x else Align.RIGHT
            pen.text(at, y - 0.8, words, width=wide, size=SIZE, align=align)
    return y
