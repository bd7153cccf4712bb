"""The sheet that forms, receipts, letters and contracts share: heading, sections, rows of cells.

Twelve columns between margins of 12 mm.  A row is as high as its highest cell, and
goes on to a further page rather than off the paper.  A sheet with a foot numbers its
pages, so they are laid down together when it is finished.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from app.documents import qr
from app.documents.bill.copy import Issuer
from app.documents.paper import A4, TICK, Ink, Option, PdfPaper, Pen
from app.documents.typesetting import Align, Face, width_of, wrapped
from app.documents.wording import Script, written

if TYPE_CHECKING:
    from app.documents.fields import Fields

LEFT, WIDTH = 12.0, 186.0
RIGHT = LEFT + WIDTH
FLOOR = A4.height - 12.0
COLUMNS = 12
COLUMN = WIDTH / COLUMNS
GUTTER = 3.0
HALF = 90.0
CODE_SIDE = 15.0
FOOT = 9.0

_LABEL_SIZE, _OLD_SIZE, _OPTION_SIZE = 6.4, 6.6, 8.0
_LABEL, _BOX, _OLD, _LINE, _BELOW, _APART = 3.3, 5.4, 3.2, 4.7, 1.2, 4.0


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell for one line of text.  ``old`` is printed beneath; texts in Latin, ``value`` as it is."""

    name: str
    label: str
    span: int
    longest: int
    value: str = ""
    old: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """A cell for one of several answers: pairs of a code and its words in Latin."""

    name: str
    label: str
    span: int
    options: tuple[tuple[str, str], ...]
    value: str = ""
    old: str = ""


Cell = Blank | Answers


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands beneath every page, left of its number; ``initials`` are who signs each page.

    A ``watermark`` lies under the whole page.  Texts in Latin.
    """

    words: str
    initials: tuple[str, ...] = ()
    watermark: str = ""


def span_of(label: str, options: Sequence[tuple[str, str]]) -> int:
    """How many columns answers need to stand in one line, in whichever script is wider."""
    wanted = max(
        max(
            width_of(written(label, script), Face.REGULAR) * _LABEL_SIZE,
            sum(_taken(written(words, script)) for _code, words in options),
        )
        for script in Script
    )
    return min(COLUMNS, ceil((wanted + GUTTER) / COLUMN))


def _taken(words: str) -> float:
    """From the box of an answer to that of the next."""
    return TICK + 1.2 + width_of(words, Face.REGULAR) * _OPTION_SIZE + _APART


class PrintedSheet:
    """Pages being written from top to bottom, in one script; ``y`` is how far."""

    def __init__(
        self,
        paper: PdfPaper,
        issuer: Issuer,
        *,
        title: str,
        code: str,
        script: Script,
        foot: Foot | None = None,
    ) -> None:
        self._paper = paper
        self._issuer = issuer
        self._title = title
        self._code = code
        self._script = script
        self._foot = foot
        self._held: list[Pen] = []
        self._fields: Fields | None = None
        self.pen: Pen = self._new_page()
        self.y = 0.0

    @property
    def floor(self) -> float:
        """Where a page ends."""
        return FLOOR - FOOT if self._foot else FLOOR

    @property
    def fields(self) -> "Fields":
        """The fields of the paper, made when the first is wanted."""
        if self._fields is None:
            self._fields = self._paper.fields()
        return self._fields

    def head(self, subtitle: str, remark: str) -> None:
        """The heading of the first page: the company, what the paper is, and its code."""
        pen = self.pen
        self.letterhead()
        right = self._draw_code(11.4)
        width = right - LEFT - HALF - 4
        x = right - width
        title = self.say(self._title)
        pen.text(x, 15.6, title, width=width, size=13, face=Face.BOLD, align=Align.RIGHT)
        y = 20.4
        for line in wrapped(self.say(subtitle), face=Face.BOLD, size=9.5, width=width, lines=2):
            pen.text(x, y, line, width=width, size=9.5, face=Face.BOLD, align=Align.RIGHT, tone=Ink.ACCENT)
            y += 4.2
        pen.text(x, y, self.say(remark), width=width, size=7, align=Align.RIGHT, tone=Ink.MUTED)
        self.y = 32.0

    def letterhead(self) -> None:
        """The company, in the left half of the first page; what is right of it is the caller's."""
        pen, issuer = self.pen, self._issuer
        pen.field(LEFT, 9, width=WIDTH, height=0.9, tone=Ink.ACCENT)
        pen.text(LEFT, 15.6, self.say(issuer.name), width=HALF, size=13, face=Face.BOLD, tone=Ink.ACCENT)
        given = (("PIB", issuer.tax_number), ("matični broj", issuer.company_number))
        numbers = "   ".join(f"{name} {number}" for name, number in given if number)
        support = ", ".join(f"{fact.label} {fact.value}" for fact in issuer.support[:1])
        lines = (f"{issuer.street}, {issuer.place}", numbers, support)
        said = [self.say(line) for line in lines if line]
        pen.lines(LEFT, 19.8, said, width=HALF, size=7, leading=3.3, tone=Ink.MUTED)
        self.y = 32.0

    def say(self, words: str) -> str:
        """Words in the script of the sheet."""
        return written(words, self._script)

    def room(self, height: float) -> None:
        """Go on to a further page unless so many millimeters are left on this one."""
        if self.y + height <= self.floor:
            return
        self.close()
        self.pen = self._new_page()
        self.pen.field(LEFT, 9, width=WIDTH, height=0.9, tone=Ink.ACCENT)
        right = self._draw_code(11.4)
        self.pen.text(LEFT, 15.6, self.say(self._issuer.name), width=HALF, size=9, face=Face.BOLD)
        width = right - LEFT - HALF - 4
        words = self.say(self._title)
        self.pen.text(right - width, 15.6, words, width=width, size=9, face=Face.BOLD, align=Align.RIGHT)
        self.y = 28.0 if self._code else 20.0

    def section(self, title: str, *, with_room: float = 14.0) -> None:
        """The heading of a section, kept together with what follows."""
        self.room(6.4 + with_room)
        self.y += 1.4
        self.pen.text(
            LEFT, self.y + 2.6, self.say(title), width=WIDTH, size=8, face=Face.BOLD, tone=Ink.ACCENT
        )
        self.pen.rule(LEFT, self.y + 4.0, to_x=RIGHT, to_y=self.y + 4.0, weight=0.8, tone=Ink.ACCENT)
        self.y += 5.2

    def caption(self, words: str) -> None:
        """A small heading within a section."""
        self.room(14)
        self.pen.text(LEFT, self.y + 2.4, self.say(words), width=WIDTH, size=7, face=Face.BOLD)
        self.y += 3.6

    def text(self, words: str, *, size: float = 9, lines: int = 12, tone: Ink = Ink.INK) -> None:
        """A paragraph."""
        said = wrapped(self.say(words), face=Face.REGULAR, size=size, width=WIDTH, lines=lines)
        leading = size * 0.48
        self.room(len(said) * leading)
        self.pen.lines(LEFT, self.y + leading * 0.8, said, width=WIDTH, size=size, leading=leading, tone=tone)
        self.y += len(said) * leading

    def cells(self, cells: Sequence[Cell], *, width: float = WIDTH) -> None:
        """Rows of cells to be filled in, as many to a row as fit."""
        row: list[Cell] = []
        for cell in cells:
            if row and sum(one.span for one in row) + cell.span > COLUMNS:
                self._row(row, width)
                row = []
            row.append(cell)
        if row:
            self._row(row, width)

    def table(self, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> None:
        """A table of texts: titles of columns with their widths, and rows, wrapped where they must be."""
        self.room(12)
        self._table_head(columns)
        for row in rows:
            lines = [
                wrapped(self.say(words), face=Face.REGULAR, size=8, width=width - 2, lines=3)
                for words, (_title, width) in zip(row, columns, strict=True)
            ]
            height = max(1, *(len(one) for one in lines)) * 3.7 + 1.5
            if self.y + height > self.floor:
                self.room(height + 8)
                self._table_head(columns)
            x = LEFT
            for said, (_title, width) in zip(lines, columns, strict=True):
                self.pen.lines(x + 1, self.y + 3.7, said, width=width - 2, size=8, leading=3.7)
                x += width
            self.y += height
            self.pen.rule(LEFT, self.y, to_x=RIGHT, to_y=self.y, weight=0.15)
        self.y += 1.0

    def facts(self, rows: Sequence[Sequence[tuple[str, str]]]) -> None:
        """Rows of labels and values in a shaded band, as on a bill."""
        self.room(len(rows) * 9.0 + 1)
        self.pen.field(LEFT, self.y, width=WIDTH, height=len(rows) * 9.0 + 0.8)
        for row in rows:
            width = WIDTH / len(row)
            for place, (label, value) in enumerate(row):
                x = LEFT + place * width + 2
                inner = width - 4
                self.pen.text(x, self.y + 3.3, self.say(label), width=inner, size=6.2, tone=Ink.MUTED)
                self.pen.text(x, self.y + 7.6, self.say(value), width=inner, size=9, face=Face.BOLD)
            self.y += 9.0
        self.y += 2.2

    def tick_boxes(self, boxes: Sequence[tuple[str, str, bool]]) -> None:
        """Boxes to tick in two columns: name, words in Latin, and whether it is ticked."""
        width = WIDTH / 2
        inner = width - TICK - 4
        rows = [boxes[start : start + 2] for start in range(0, len(boxes), 2)]
        for row in rows:
            said = [
                wrapped(self.say(words), face=Face.REGULAR, size=7.4, width=inner, lines=2)
                for _name, words, _is in row
            ]
            height = max(len(lines) for lines in said) * 3.2 + 1.6
            self.room(height)
            for place, ((name, words, is_ticked), lines) in enumerate(zip(row, said, strict=True)):
                x = LEFT + place * width
                self.pen.frame(x, self.y, width=TICK, height=TICK)
                self.fields.tick(name, x, self.y, label=self.say(words), is_ticked=is_ticked)
                self.pen.lines(x + TICK + 1.4, self.y + 2.7, lines, width=inner, size=7.4, leading=3.2)
            self.y += height

    def close(self) -> None:
        """Lay the page down; one with a foot waits until it is known how many there are."""
        if self._foot:
            self._held.append(self.pen)
        elif self._fields is None:
            self._paper.add(self.pen)
        else:
            self._paper.add_fillable(self.pen, self._fields)

    def finish(self) -> bytes:
        """The finished document."""
        self.close()
        if self._foot:
            for place, pen in enumerate(self._held, start=1):
                self._draw_foot(pen, self._foot, f"Strana {place} od {len(self._held)}")
                self._paper.add(pen)
        return self._paper.content()

    def _new_page(self) -> Pen:
        pen = self._paper.pen()
        if self._foot and self._foot.watermark:
            pen.stamp(self._paper.form("watermark") or self._keep_watermark(self._foot.watermark))
        return pen

    def _keep_watermark(self, word: str) -> str:
        pen, said = self._paper.pen(), self.say(word)
        pen.watermark(A4.height / 2, said, degrees=35)
        return self._paper.keep("watermark", pen)

    def _draw_foot(self, pen: Pen, foot: Foot, number: str) -> None:
        y = FLOOR + 3.1
        pen.rule(LEFT, FLOOR, to_x=RIGHT, to_y=FLOOR)
        pen.text(LEFT, y, self.say(foot.words), width=60, size=6.8, tone=Ink.MUTED)
        words = self.say(number)
        pen.text(RIGHT - 30, y, words, width=30, size=6.8, align=Align.RIGHT, tone=Ink.MUTED)
        x = LEFT + 64
        for who in foot.initials:
            taken = pen.text(x, y, self.say(f"Paraf: {who}"), width=26, size=6.8, tone=Ink.MUTED)
            pen.rule(x + taken + 1, y + 0.6, to_x=x + 44, to_y=y + 0.6, tone=Ink.MUTED)
            x += 47

    def _draw_code(self, top: float) -> float:
        """The code in the corner; return where what stands left of it must end."""
        if not self._code:
            return RIGHT
        symbol = qr.code(self._code)
        self.pen.bitmap(RIGHT - CODE_SIDE, top, side=CODE_SIDE, modules=symbol.modules, rows=symbol.rows)
        return RIGHT - CODE_SIDE - qr.QUIET_MODULES * CODE_SIDE / symbol.modules

    def _table_head(self, columns: Sequence[tuple[str, float]]) -> None:
        x = LEFT
        for title, width in columns:
            self.pen.text(x + 1, self.y + 2.6, self.say(title), width=width - 2, size=6.2, tone=Ink.MUTED)
            x += width
        self.y += 3.8
        self.pen.rule(LEFT, self.y, to_x=RIGHT, to_y=self.y)

    def _row(self, row: Sequence[Cell], width: float) -> None:
        column = width / COLUMNS
        placed = [(cell, cell.span * column - GUTTER) for cell in row]
        # the last cell of a full row ends at the margin
        if sum(cell.span for cell in row) == COLUMNS:
            placed[-1] = (row[-1], placed[-1][1] + GUTTER)
        height = max(self._height(cell, inner) for cell, inner in placed)
        self.room(height)
        x = LEFT
        for cell, inner in placed:
            self._draw(cell, x, inner)
            x += cell.span * column
        self.y += height

    def _height(self, cell: Cell, width: float) -> float:
        body = _BOX if isinstance(cell, Blank) else len(self._options(cell, width)) * _LINE
        return _LABEL + body + (_OLD if cell.old else 0.0) + _BELOW

    def _draw(self, cell: Cell, x: float, width: float) -> None:
        label = self.say(cell.label)
        self.pen.text(x, self.y + 2.5, label, width=width, size=_LABEL_SIZE, tone=Ink.MUTED)
        y = self.y + _LABEL
        if isinstance(cell, Blank):
            self.pen.field(x, y, width=width, height=_BOX)
            self.pen.rule(x, y + _BOX, to_x=x + width, to_y=y + _BOX, tone=Ink.MUTED)
            self.fields.text(
                cell.name, x, y, width=width, height=_BOX, label=label, value=cell.value, longest=cell.longest
            )
            y += _BOX
        else:
            y = self._draw_options(cell, x, y, width, label)
        if cell.old:
            words = self.say(f"sada: {cell.old}")
            self.pen.text(x, y + 2.5, words, width=width, size=_OLD_SIZE, tone=Ink.MUTED)

    def _draw_options(self, cell: Answers, x: float, y: float, width: float, label: str) -> float:
        places: list[Option] = []
        for line in self._options(cell, width):
            at = x
            for code, words, taken in line:
                top = y + (_LINE - TICK) / 2 - 0.2
                self.pen.frame(at, top, width=TICK, height=TICK)
                room = width - (at - x) - TICK - 1.2
                self.pen.text(at + TICK + 1.2, top + 2.75, words, width=room, size=_OPTION_SIZE)
                places.append(Option(code, at, top))
                at += taken
            y += _LINE
        self.fields.choice(cell.name, places, label=label, value=cell.value)
        return y

    def _options(self, cell: Answers, width: float) -> list[list[tuple[str, str, float]]]:
        """The answers in lines: code, words, and the width to the next."""
        lines: list[list[tuple[str, str, float]]] = [[]]
        used = 0.0
        for code, latin in cell.options:
            words = self.say(latin)
            taken = _taken(words)
            if lines[-1] and used + taken - _APART > width:
                lines.append([])
                used = 0.0
            lines[-1].append((code, words, taken))
            used += taken
        return lines
