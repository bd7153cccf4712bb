"""A list as seen on the screen, on paper: titled, its header repeated, its pages numbered.

The words come as they are shown, in the language of the window; nothing is
translated or computed here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.documents.paper import A4, Ink, PdfPaper, Pen, Size
from app.documents.typesetting import Align, Face, width_of
from app.documents.wording import moment

MARGIN, ROW, SIZE, HEAD_SIZE = 12.0, 5.0, 7.5, 7.0
FIRST_TOP, FURTHER_TOP, BOTTOM = 27.0, 14.0, 14.0
GUTTER = 3.0
LANDSCAPE = Size(A4.height, A4.width)
LANDSCAPE_FROM = 6
"""Columns from which a list is laid on its side."""
LOOKED_AT = 200
"""Rows by which the widths of columns are judged."""


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column of a list; sums stand on the right."""

    title: str
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Heading:
    """What the list is, which filters it was seen through, and who printed it when."""

    title: str
    filters: str
    author: str
    made_at: datetime
    language: str


def render_table(
    rows: Iterable[Sequence[str]], *, columns: Sequence[ReportColumn], heading: Heading
) -> bytes:
    """Make a PDF of a list; a text too long for its column is condensed, then cut."""
    table = [tuple(row) for row in rows]
    size = LANDSCAPE if len(columns) >= LANDSCAPE_FROM else A4
    paper = PdfPaper(
        title=heading.title,
        author=heading.author,
        subject=heading.filters or heading.title,
        language=heading.language,
        made_at=heading.made_at,
        size=size,
    )
    widths = _widths(table[:LOOKED_AT], columns, size.width - 2 * MARGIN)
    pages = _pages(table, size.height)
    for number, page in enumerate(pages, 1):
        pen = paper.pen()
        top = FIRST_TOP if number == 1 else FURTHER_TOP
        if number == 1:
            _draw_heading(pen, heading, size.width)
        _draw_rows(pen, page, columns, widths, top)
        right = size.width - MARGIN
        words = f"{number} / {len(pages)}"
        y = size.height - 7
        pen.text(right - 30, y, words, width=30, size=7, align=Align.RIGHT, tone=Ink.MUTED)
        pen.text(MARGIN, y, heading.title, width=right - 30 - MARGIN, size=7, tone=Ink.MUTED)
        paper.add(pen)
    return paper.content()


def _pages(table: Sequence[tuple[str, ...]], height: float) -> list[Sequence[tuple[str, ...]]]:
    """Cut the rows into pages; a list without rows is one page."""
    first = int((height - FIRST_TOP - BOTTOM) // ROW) - 1
    further = int((height - FURTHER_TOP - BOTTOM) // ROW) - 1
    starts = range(first, len(table), further)
    return [table[:first], *(table[start : start + further] for start in starts)]


def _widths(
    rows: Sequence[tuple[str, ...]], columns: Sequence[ReportColumn], available: float
) -> list[float]:
    """Share the width out by what the columns hold, none less than its heading can be condensed to."""
    wanted = [width_of(column.title, Face.BOLD) * HEAD_SIZE for column in columns]
    for row in rows:
        for place, words in enumerate(row):
            wanted[place] = max(wanted[place], min(width_of(words, Face.REGULAR) * SIZE, available / 2))
    scale = available / sum(width + GUTTER for width in wanted)
    return [(width + GUTTER) * scale for width in wanted]


def _draw_heading(pen: Pen, heading: Heading, width: float) -> None:
    right = width - MARGIN
    pen.field(MARGIN, 9, width=right - MARGIN, height=0.9, tone=Ink.ACCENT)
    pen.text(MARGIN, 16, heading.title, width=right - MARGIN, size=13, face=Face.BOLD, tone=Ink.ACCENT)
    by = f"{heading.author}   {moment(heading.made_at)}"
    pen.text(right - 80, 21.5, by, width=80, size=7.5, align=Align.RIGHT, tone=Ink.MUTED)
    pen.text(MARGIN, 21.5, heading.filters, width=right - MARGIN - 82, size=7.5, tone=Ink.MUTED)


def _draw_rows(
    pen: Pen,
    rows: Sequence[tuple[str, ...]],
    columns: Sequence[ReportColumn],
    widths: Sequence[float],
    top: float,
) -> None:
    right = MARGIN + sum(widths)
    y = top + ROW
    pen.field(MARGIN, top, width=right - MARGIN, height=ROW)
    titles = tuple(column.title for column in columns)
    _draw_row(pen, titles, columns, widths, y, Face.BOLD)
    pen.rule(MARGIN, y, to_x=right, to_y=y, weight=0.8, tone=Ink.ACCENT)
    for row in rows:
        y += ROW
        _draw_row(pen, row, columns, widths, y, Face.REGULAR)
        pen.rule(MARGIN, y, to_x=right, to_y=y, weight=0.15)


def _draw_row(
    pen: Pen,
    words: tuple[str, ...],
    columns: Sequence[ReportColumn],
    widths: Sequence[float],
    y: float,
    face: Face,
) -> None:
    x = MARGIN
    size = HEAD_SIZE if face is Face.BOLD else SIZE
    for word, column, width in zip(words, columns, widths, strict=True):
        room = width - GUTTER
        pen.text(x + GUTTER / 2, y - 1.6, word, width=room, size=size, face=face, align=column.align)
        x += width
