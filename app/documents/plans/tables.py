"""Tables of a contract: rows of one line, sums to the right, heads repeated on every page they go on to.

A long list of narrow rows is folded: its second half stands beside the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.paper import Ink
from app.documents.sheet import LEFT, WIDTH, PrintedSheet
from app.documents.typesetting import Align, Face

ROW, HEAD = 4.5, 4.6
GAP = 6.0
_SIZE, _HEAD_SIZE = 8.2, 6.4
_FEWEST, _KEPT = 3, 2
"""Rows that are not left alone at the end of a page, and at the beginning of the next."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its title, its width in millimeters, and where in it values stand."""

    title: str
    width: float
    align: Align = Align.LEFT


def draw_table(
    sheet: PrintedSheet,
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str]],
    *,
    total: Sequence[str] = (),
    inward: float = 0.0,
) -> None:
    """Rows one below the other; a total never stands on a page without the last two of them."""
    x, width = LEFT + inward, sum(column.width for column in columns)
    sheet.room(HEAD + ROW * min(_FEWEST, len(rows) + bool(total)))
    _head(sheet, columns, x)
    for place, row in enumerate(rows):
        left = len(rows) - place
        needed = ROW * (left + bool(total) if left <= _KEPT else 1)
        if sheet.y + needed > sheet.floor:
            sheet.room(needed + HEAD)
            _head(sheet, columns, x)
        _row(sheet, columns, row, x, sheet.y)
        sheet.y += ROW
    if total:
        sheet.pen.rule(x, sheet.y, to_x=x + width, to_y=sheet.y, weight=0.7, tone=Ink.INK)
        _row(sheet, columns, total, x, sheet.y, face=Face.BOLD)
        sheet.y += ROW
    sheet.y += 2.0


def draw_folded(
    sheet: PrintedSheet,
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str]],
    *,
    total: Sequence[str],
) -> None:
    """Rows in two columns side by side, read down the left one first; the total under the right one."""
    middle = LEFT + (WIDTH + GAP) / 2
    left, end = list(rows), sheet.y
    sheet.room(HEAD + ROW * (_FEWEST + 1))
    while left:
        fit = int((sheet.floor - sheet.y - HEAD) // ROW) - 1
        deep = min(fit, (len(left) + 1) // 2)
        top = sheet.y
        for x, part in ((LEFT, left[:deep]), (middle, left[deep : 2 * deep])):
            sheet.y = top
            _head(sheet, columns, x)
            for row in part:
                _row(sheet, columns, row, x, sheet.y)
                sheet.y += ROW
        end = sheet.y
        sheet.y = top + HEAD + deep * ROW
        left = left[2 * deep :]
        if left:
            sheet.room(HEAD + ROW * (min(_FEWEST, len(left)) + 1))
    width = sum(column.width for column in columns)
    sheet.pen.rule(middle, end, to_x=middle + width, to_y=end, weight=0.7, tone=Ink.INK)
    _row(sheet, columns, total, middle, end, face=Face.BOLD)
    sheet.y = max(sheet.y, end + ROW) + 2.0


def _head(sheet: PrintedSheet, columns: Sequence[TableColumn], x: float) -> None:
    y, width = sheet.y, sum(column.width for column in columns)
    for column in columns:
        words = sheet.say(column.title)
        sheet.pen.text(
            x + 1,
            y + 2.9,
            words,
            width=column.width - 2,
            size=_HEAD_SIZE,
            align=column.align,
            tone=Ink.MUTED,
        )
        x += column.width
    sheet.pen.rule(x - width, y + HEAD - 0.4, to_x=x, to_y=y + HEAD - 0.4, weight=0.5, tone=Ink.MUTED)
    sheet.y += HEAD


def _row(
    sheet: PrintedSheet,
    columns: Sequence[TableColumn],
    row: Sequence[str],
    x: float,
    y: float,
    *,
    face: Face = Face.REGULAR,
) -> None:
    left = x
    for column, words in zip(columns, row, strict=True):
        said = sheet.say(words)
        width = column.width - 2
        sheet.pen.text(x + 1, y + 3.3, said, width=width, size=_SIZE, face=face, align=column.align)
        x += column.width
    sheet.pen.rule(left, y + ROW, to_x=x, to_y=y + ROW, weight=0.15)
