"""The second part of a bill: every service charged, tied to its provider by a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.documents.bill.copy import BillCopy, CopyLine
from app.documents.paper import Ink, Pen
from app.documents.typesetting import MM, Align, Face
from app.documents.wording import Script, measured, money, percent, written

LEFT, RIGHT = 12.0, 198.0
HEAD, ROW, TOTAL = 8.4, 3.45, 4.6
SIZE = 7.0
WORTHWHILE = 4
"""Fewer rows than this do not begin on a page from which they would have to go on."""


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    x: float
    width: float
    align: Align
    decimals: int = 0
    """Numbers with fewer decimals end so much earlier that the commas stand under one another."""


_COLUMNS = (
    _Column("Dav.", 12, 8, Align.LEFT),
    _Column("Šifra", 21, 11, Align.LEFT),
    _Column("Usluga", 33, 59, Align.LEFT),
    _Column("J. m.", 93, 10, Align.LEFT),
    _Column("Količina", 103, 15, Align.RIGHT, 3),
    _Column("Cena", 119, 16, Align.RIGHT, 4),
    _Column("Osnovica", 136, 18, Align.RIGHT),
    _Column("PDV", 155, 9, Align.RIGHT),
    _Column("Iznos PDV", 165, 15, Align.RIGHT),
    _Column("Iznos (RSD)", 181, 17, Align.RIGHT),
)
_DIGIT = 0.572 * SIZE / MM
"""Width of a figure: they are all as wide."""


def page_counts(lines: int, *, first: float, further: float) -> tuple[int, ...]:
    """Spread rows over pages with room of so many millimeters; the last page keeps room for the total.

    The first page may get none; every further page gets at least one row.
    """
    if HEAD + lines * ROW + TOTAL <= first:
        return (lines,)
    on_first = int((first - HEAD) // ROW)
    on_first = min(on_first, lines - 1) if on_first >= WORTHWHILE else 0
    counts, left = [on_first], lines - on_first
    full = int((further - HEAD) // ROW)
    while HEAD + left * ROW + TOTAL > further:
        take = min(full, left - 1)
        counts.append(take)
        left -= take
    return (*counts, left)


def draw_head(pen: Pen, *, script: Script) -> None:
    """Draw the names and rules of the columns at the top of a page, to be stamped where a table begins."""
    for column in _COLUMNS:
        words = written(column.title, script)
        pen.text(column.x, 6.8, words, width=column.width, size=6.2, align=column.align, tone=Ink.MUTED)
    pen.rule(LEFT, 4.0, to_x=RIGHT, to_y=4.0, weight=0.8, tone=Ink.ACCENT)
    pen.rule(LEFT, 7.9, to_x=RIGHT, to_y=7.9)


def draw_rows(
    pen: Pen, lines: Sequence[CopyLine], *, top: float, is_first: bool, is_last: bool, script: Script
) -> float:
    """Draw the title of the table and its rows beneath the head; return where they end."""
    title = "2. Specifikacija usluga" + ("" if is_first else " (nastavak)")
    pen.text(LEFT, top + 2.6, written(title, script), width=100, size=8, face=Face.BOLD, tone=Ink.ACCENT)
    if not is_last:
        words = written("nastavlja se na sledećoj strani", script)
        pen.text(RIGHT - 60, top + 2.6, words, width=60, size=6.8, align=Align.RIGHT, tone=Ink.MUTED)
    y = top + HEAD
    for place, line in enumerate(lines):
        if place:
            pen.rule(LEFT, y, to_x=RIGHT, to_y=y, weight=0.15)
        y += ROW
        _row(pen, line, y - 0.9, script)
    return y


def draw_total(pen: Pen, copy: BillCopy, *, y: float, script: Script) -> None:
    """Draw the sum beneath the last row."""
    pen.rule(LEFT, y, to_x=RIGHT, to_y=y, weight=0.8, tone=Ink.ACCENT)
    base = sum((rate.base for rate in copy.vat), Decimal(0))
    vat = sum((rate.vat for rate in copy.vat), Decimal(0))
    words = written("Ukupno usluge", script)
    pen.text(33, y + 3.4, words, width=59, size=7.2, face=Face.BOLD)
    for place, amount in ((6, base), (8, vat), (9, copy.charged)):
        column = _COLUMNS[place]
        pen.text(
            column.x, y + 3.4, money(amount), width=column.width, size=7.2, face=Face.BOLD, align=Align.RIGHT
        )


def _row(pen: Pen, line: CopyLine, y: float, script: Script) -> None:
    texts = (
        written(line.provider_code, script),
        written(line.service_code, script),
        written(line.service, script),
        written(line.unit, script),
        measured(line.quantity),
        measured(line.price),
        money(line.base),
        percent(line.vat_percent),
        money(line.vat),
        money(line.amount),
    )
    for column, words in zip(_COLUMNS, texts, strict=True):
        width = column.width
        if column.decimals:
            missing = column.decimals - len(words) + words.index(",") + 1
            if missing > 0:
                width -= missing * _DIGIT
        pen.text(column.x, y, words, width=width, size=SIZE, align=column.align)
