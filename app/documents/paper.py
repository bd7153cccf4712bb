"""Paper and pen: text in boxes, hairlines and fields, in millimeters from the top left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import cos, radians, sin
from typing import TYPE_CHECKING

from app.documents.typesetting import MM, Align, Face, Type, font, width_of

if TYPE_CHECKING:
    from app.documents.fields import Fields


class Ink(StrEnum):
    """Colors as PDF writes them; each is legible on a black and white printer."""

    INK = "0.07 0.08 0.1"
    BLACK = "0 0 0"
    MUTED = "0.36 0.39 0.43"
    ACCENT = "0.1 0.23 0.42"
    RULE = "0.74 0.77 0.81"
    FIELD = "0.945 0.955 0.97"
    WATERMARK = "0.94 0.945 0.955"
    WHITE = "1 1 1"


@dataclass(frozen=True, slots=True)
class Size:
    """A page in millimeters."""

    width: float
    height: float


A4 = Size(210, 297)
EDGE = 8.0
"""What printers leave white at every edge, in millimeters: nothing but the line to cut along comes nearer."""
_WATERMARK = 84.0
_CAPITALS = 0.75 / MM
"""How high letters and their accents stand, in millimeters for a point of size."""
TICK = 3.4
"""The side of a box to tick, in millimeters."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of several answers to be ticked; ``x`` and ``y`` are the left top of its box."""

    code: str
    x: float
    y: float


class Pen:
    """Writes one page or form.  Fields and lines lie beneath all text."""

    __slots__ = ("_graphics", "_height", "_ink", "_rule", "_settings", "_texts", "_type")

    def __init__(self, faces: Type, *, height: float) -> None:
        self._type = faces
        self._settings = faces.settings
        self._height = height
        self._graphics: list[str] = []
        self._texts: list[str] = []
        self._ink: tuple[float, Face, Ink] | None = None
        self._rule: tuple[Ink, float] | None = None

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        width: float,
        size: float = 7,
        face: Face = Face.REGULAR,
        align: Align = Align.LEFT,
        tone: Ink = Ink.INK,
    ) -> float:
        """Set words on the baseline ``y`` in the box from ``x``; return the width they took."""
        found = self._settings.get((words, width, size, face, align))
        indent, operators, taken = found or self._type.set(words, width, size, face, align)
        if operators:
            ink = (size, face, tone)
            if ink != self._ink:
                self._dip(ink)
            self._texts.append(
                f"1 0 0 1 {(x + indent) * MM:.2f} {(self._height - y) * MM:.2f} Tm {operators}"
            )
        return taken

    def watermark(self, y: float, words: str, *, degrees: float) -> None:
        """Set words across the page, turned against the clock, as large as keeps the edges."""
        face, middle = Face.BOLD, A4.width / 2
        along, across = width_of(words, face) / 2 * cos(radians(degrees)), _CAPITALS * sin(radians(degrees))
        size = min(_WATERMARK, (middle - EDGE) / (along + across))
        self._slanted(middle, y, words, size=size, degrees=degrees, face=face, tone=Ink.WATERMARK)

    def _slanted(
        self, x: float, y: float, words: str, *, size: float, degrees: float, face: Face, tone: Ink
    ) -> None:
        """Set words centered on a point, turned against the clock."""
        half = width_of(words, face) * size / 2
        c, s = cos(radians(degrees)), sin(radians(degrees))
        left, base = x - half * c, self._height - y - half * s
        self._dip((size, face, tone))
        self._texts.append(
            f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {left * MM:.2f} {base * MM:.2f} Tm "
            + self._type.operators(words, size, face)
        )

    def _dip(self, ink: tuple[float, Face, Ink]) -> None:
        size, face, tone = ink
        before = self._ink or (0.0, None, None)
        if before[:2] != (size, face):
            self._texts.append(f"{self._type.name(face)} {size:g} Tf")
        if before[2] is not tone:
            self._texts.append(f"{tone} rg")
        self._ink = ink

    def lines(
        self,
        x: float,
        y: float,
        words: Sequence[str],
        *,
        width: float,
        size: float = 7,
        leading: float,
        face: Face = Face.REGULAR,
        tone: Ink = Ink.INK,
    ) -> float:
        """Set several lines; return the baseline after the last one."""
        for line in words:
            self.text(x, y, line, width=width, size=size, face=face, tone=tone)
            y += leading
        return y

    def rule(
        self, x: float, y: float, *, to_x: float, to_y: float, weight: float = 0.3, tone: Ink = Ink.RULE
    ) -> None:
        """A straight line, ``weight`` in points."""
        self._stroke(tone, weight)
        height = self._height
        self._graphics.append(
            f"{x * MM:.2f} {(height - y) * MM:.2f} m {to_x * MM:.2f} {(height - to_y) * MM:.2f} l S"
        )

    def dashes(self, x: float, y: float, *, to_x: float, tone: Ink = Ink.MUTED) -> None:
        """Where the paper is cut."""
        self._graphics.append("[3 2.5] 0 d")
        self.rule(x, y, to_x=to_x, to_y=y, weight=0.4, tone=tone)
        self._graphics.append("[] 0 d")

    def field(self, x: float, y: float, *, width: float, height: float, tone: Ink = Ink.FIELD) -> None:
        """A filled rectangle; ``y`` is its top."""
        self._graphics.append(f"{tone} rg {self._rectangle(x, y, width, height)} f")

    def frame(
        self, x: float, y: float, *, width: float, height: float, weight: float = 0.5, tone: Ink = Ink.INK
    ) -> None:
        """An outlined rectangle; ``y`` is its top."""
        self._stroke(tone, weight)
        self._graphics.append(f"{self._rectangle(x, y, width, height)} S")

    def bitmap(self, x: float, y: float, *, side: float, modules: int, rows: bytes) -> None:
        """A square of black modules, a bit each, rows padded to whole bytes; ``y`` is its top."""
        scale = f"{side * MM:.2f}"
        self._graphics.append(
            f"q 0 g {scale} 0 0 {scale} {x * MM:.2f} {(self._height - y - side) * MM:.2f} cm "
            f"BI /W {modules} /H {modules} /IM true /D [1 0] /BPC 1 /F /AHx ID {rows.hex()}> EI Q"
        )

    def stamp(self, form: str, *, down: float = 0.0) -> None:
        """Put a kept form beneath everything that follows, so many millimeters lower than it was drawn."""
        self._graphics.append(f"q 1 0 0 1 0 {-down * MM:.2f} cm {form} Q" if down else form)

    def content(self) -> str:
        """The page as PDF operators."""
        return "\n".join([*self._graphics, "BT", *self._texts, "ET"])

    def _stroke(self, tone: Ink, weight: float) -> None:
        if self._rule != (tone, weight):
            self._graphics.append(f"{tone} RG {weight:g} w")
            self._rule = (tone, weight)

    def _rectangle(self, x: float, y: float, width: float, height: float) -> str:
        bottom = (self._height - y - height) * MM
        return f"{x * MM:.2f} {bottom:.2f} {width * MM:.2f} {height * MM:.2f} re"


class PdfPaper:
    """A PDF being made: deterministic, with embedded subsets of the two faces.

    ``made_at`` becomes the document's date; the same input gives the same bytes.
    """

    def __init__(
        self, *, title: str, author: str, subject: str, language: str, made_at: datetime, size: Size = A4
    ) -> None:
        from app.documents import pdf  # late: see there

        self._size = size
        self._forms: dict[object, str] = {}
        self._document = pdf.Document(
            title=title,
            author=author,
            subject=subject,
            language=language,
            made_at=made_at,
            width=size.width * MM,
            height=size.height * MM,
            typeface=font(Face.REGULAR).fontName,
        )
        self._type = Type(self._document.reportlab)

    def pen(self) -> Pen:
        """A pen for a new page or form."""
        return Pen(self._type, height=self._size.height)

    def form(self, key: object) -> str:
        """The operator that puts a kept form on a page, or nothing when none is kept under that key."""
        return self._forms.get(key, "")

    def keep(self, key: object, pen: Pen) -> str:
        """Keep what a pen wrote, to be put on many pages; return the operator that does."""
        self._forms[key] = self._document.add_form(pen.content())
        return self._forms[key]

    def add(self, pen: Pen) -> None:
        """Lay down the page a pen wrote."""
        self._document.add_page(pen.content())

    def fields(self) -> "Fields":
        """What can be filled in on the pages of this paper; asked for once."""
        from app.documents.fields import Fields  # late: see pdf

        return Fields(self._document.reportlab, height=self._size.height)

    def add_fillable(self, pen: Pen, fields: "Fields") -> None:
        """Lay down the page a pen wrote, with the fields made since the page before."""
        self._document.add_page(pen.content(), widgets=fields.take_widgets())
        self._document.add_fields(fields.form())

    def content(self) -> bytes:
        """The finished PDF; nothing can be added afterwards."""
        return self._document.content()
