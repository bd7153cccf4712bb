"""Paper and pen: text that never leaves its box, hairlines and fields, in millimeters from the top left.

reportlab keeps the document (pages, forms, subsets of the fonts); the content of
a page is written here directly, because its general text path costs half of a
batch.  Text is always given the width of its box: too long, it is condensed down
to three quarters and then cut with an ellipsis, so no name can run into a sum.
"""

import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from math import cos, radians, sin
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFPage, PDFResourceDictionary, PDFStream
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
NARROWEST = 75
"""Percent to which a text may be condensed before it is cut."""
ELLIPSIS = "…"
COMPRESSION = 1
"""A fifth larger than the best, and five times faster."""
_FIGURES = frozenset("0123456789.,-=% ")


class Face(StrEnum):
    """The two weights a document is set in."""

    REGULAR = "NotoSans-Regular"
    BOLD = "NotoSans-Bold"


class Tone(StrEnum):
    """Colors as PDF writes them; each is legible on a black and white printer."""

    INK = "0.07 0.08 0.1"
    BLACK = "0 0 0"
    MUTED = "0.36 0.39 0.43"
    ACCENT = "0.1 0.23 0.42"
    RULE = "0.74 0.77 0.81"
    FIELD = "0.945 0.955 0.97"
    WATERMARK = "0.94 0.945 0.955"
    WHITE = "1 1 1"


class Align(StrEnum):
    """Where in its box a text stands."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Size:
    """A page in millimeters."""

    width: float
    height: float


A4 = Size(210, 297)


@cache
def font(face: Face) -> Any:
    """The registered font, read once in a process."""
    data = files("resources").joinpath("fonts", f"{face}.ttf").read_bytes()
    made = TTFont(face.value, BytesIO(data), shapable=False)
    pdfmetrics.registerFont(made)
    return made


@lru_cache(maxsize=16384)
def width_of(words: str, face: Face) -> float:
    """Width in millimeters at a size of one point."""
    return float(font(face).stringWidth(words, 1)) / MM


def clean(words: str) -> str:
    """Composed letters and single spaces: what came from a form or an import as one line of print."""
    if words.isascii() and words.isprintable():
        return words
    composed = unicodedata.normalize("NFC", words)
    return "".join(letter if letter.isprintable() else " " for letter in composed)


def fitted(words: str, *, face: Face, size: float, width: float) -> tuple[str, float, int]:
    """Words that fit a box: the words or their beginning, their width in mm, and percent of condensing.

    Never wider than the box, whatever the words are.  A number is condensed as far
    as it takes but never cut: half a sum is another sum.
    """
    words = clean(words)
    natural = width_of(words, face) * size
    if natural <= width:
        return words, natural, 100
    if natural * NARROWEST <= width * 100 or _FIGURES.issuperset(words):
        percent = int(width * 100 / natural)
        return words, natural * percent / 100, percent
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(words[:middle].rstrip() + ELLIPSIS, face) * size * NARROWEST <= width * 100:
            low = middle
        else:
            high = middle - 1
    kept = words[:low].rstrip() + ELLIPSIS
    natural = width_of(kept, face) * size
    if natural * NARROWEST > width * 100:
        return "", 0.0, 100
    return kept, natural * NARROWEST / 100, NARROWEST


@lru_cache(maxsize=4096)
def wrapped(words: str, *, face: Face, size: float, width: float, lines: int) -> tuple[str, ...]:
    """Words broken at spaces into at most so many lines; the last one takes the rest."""
    left = clean(words).split()
    made: list[str] = []
    while left and len(made) < lines - 1:
        count = 1
        while count < len(left) and width_of(" ".join(left[: count + 1]), face) * size <= width:
            count += 1
        made.append(" ".join(left[:count]))
        left = left[count:]
    if left:
        made.append(" ".join(left))
    return tuple(made)


class _Codes(dict[int, str]):
    """Unicode to the bytes of the first subset of a font in one document, filled as letters are met."""

    RARE = "\0"

    def __init__(self, face: Face, document: Any) -> None:
        super().__init__()
        self._font = font(face)
        self._document = document
        self._font.splitString(" ", document)
        self.name: str = self._font.getSubsetInternalName(0, document)

    def __missing__(self, code: int) -> str:
        ((subset, encoded),) = self._font.splitString(chr(code), self._document)
        made = self.RARE if subset else _escaped(encoded)
        self[code] = made
        return made

    def runs(self, words: str) -> list[tuple[str, str]]:
        """Font name and escaped text for words with a letter beyond the first 255 met."""
        name = self._font.getSubsetInternalName
        return [
            (name(subset, self._document), "".join(_escaped(bytes([byte])) for byte in part))
            for subset, part in self._font.splitString(words, self._document)
        ]


def _escaped(encoded: bytes) -> str:
    byte = encoded[0]
    if byte in b"()\\":
        return "\\" + chr(byte)
    return chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}"


class Type:
    """The two faces in one document, and every text already set with them."""

    __slots__ = ("_codes", "settings")

    MOST = 20_000

    def __init__(self, document: Any) -> None:
        self._codes = {face: _Codes(face, document) for face in Face}
        self.settings: dict[tuple[str, float, float, Face, Align], tuple[float, str, float]] = {}

    def name(self, face: Face) -> str:
        """The name of a face in the document."""
        return self._codes[face].name

    def set(
        self, words: str, width: float, size: float, face: Face, align: Align
    ) -> tuple[float, str, float]:
        """Set words in a box: how far from its left edge they begin, their operators, their width.

        Remembered in ``settings``: half of what a batch prints has been set before.
        """
        if len(self.settings) >= self.MOST:
            self.settings.clear()
        made = self._fit(words, width, size, face, align)
        self.settings[words, width, size, face, align] = made
        return made

    def operators(self, words: str, size: float, face: Face) -> str:
        """Show words at the current place."""
        codes = self._codes[face]
        encoded = words.translate(codes)
        if _Codes.RARE not in encoded:
            return f"({encoded}) Tj"
        runs = " ".join(f"{name} {size:g} Tf ({part}) Tj" for name, part in codes.runs(words))
        return f"{runs} {codes.name} {size:g} Tf"

    def _fit(
        self, words: str, width: float, size: float, face: Face, align: Align
    ) -> tuple[float, str, float]:
        words, taken, percent = fitted(words, face=face, size=size, width=width)
        if not words:
            return 0.0, "", 0.0
        spare = width - taken
        indent = spare if align is Align.RIGHT else spare / 2 if align is Align.CENTER else 0.0
        operators = self.operators(words, size, face)
        if percent != 100:
            operators = f"{percent} Tz {operators} 100 Tz"
        return indent, operators, taken


class Pen:
    """Writes one page or form.  Fields and lines lie beneath all text."""

    __slots__ = ("_graphics", "_height", "_ink", "_rule", "_settings", "_texts", "_type")

    def __init__(self, faces: Type, *, height: float) -> None:
        self._type = faces
        self._settings = faces.settings
        self._height = height
        self._graphics: list[str] = []
        self._texts: list[str] = []
        self._ink: tuple[float, Face, Tone] | None = None
        self._rule: tuple[Tone, float] | None = None

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
        tone: Tone = Tone.INK,
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

    def slanted(
        self, x: float, y: float, words: str, *, size: float, degrees: float, face: Face, tone: Tone
    ) -> None:
        """Set words centered on a point, turned against the clock; for watermarks only."""
        half = width_of(words, face) * size / 2
        c, s = cos(radians(degrees)), sin(radians(degrees))
        left, base = x - half * c, self._height - y - half * s
        self._dip((size, face, tone))
        self._texts.append(
            f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {left * MM:.2f} {base * MM:.2f} Tm "
            + self._type.operators(words, size, face)
        )

    def _dip(self, ink: tuple[float, Face, Tone]) -> None:
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
        tone: Tone = Tone.INK,
    ) -> float:
        """Set several lines; return the baseline after the last one."""
        for line in words:
            self.text(x, y, line, width=width, size=size, face=face, tone=tone)
            y += leading
        return y

    def rule(
        self, x: float, y: float, *, to_x: float, to_y: float, weight: float = 0.3, tone: Tone = Tone.RULE
    ) -> None:
        """A straight line, ``weight`` in points."""
        self._stroke(tone, weight)
        height = self._height
        self._graphics.append(
            f"{x * MM:.2f} {(height - y) * MM:.2f} m {to_x * MM:.2f} {(height - to_y) * MM:.2f} l S"
        )

    def dashes(self, x: float, y: float, *, to_x: float, tone: Tone = Tone.MUTED) -> None:
        """Where the paper is cut."""
        self._graphics.append("[3 2.5] 0 d")
        self.rule(x, y, to_x=to_x, to_y=y, weight=0.4, tone=tone)
        self._graphics.append("[] 0 d")

    def field(self, x: float, y: float, *, width: float, height: float, tone: Tone = Tone.FIELD) -> None:
        """A filled rectangle; ``y`` is its top."""
        self._graphics.append(f"{tone} rg {self._rectangle(x, y, width, height)} f")

    def frame(
        self, x: float, y: float, *, width: float, height: float, weight: float = 0.5, tone: Tone = Tone.INK
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

    def _stroke(self, tone: Tone, weight: float) -> None:
        if self._rule != (tone, weight):
            self._graphics.append(f"{tone} RG {weight:g} w")
            self._rule = (tone, weight)

    def _rectangle(self, x: float, y: float, width: float, height: float) -> str:
        bottom = (self._height - y - height) * MM
        return f"{x * MM:.2f} {bottom:.2f} {width * MM:.2f} {height * MM:.2f} re"


class Paper:
    """A PDF being made: deterministic, with embedded subsets of the two faces.

    ``made_at`` becomes the document's date; the same input gives the same bytes.
    """

    def __init__(
        self, *, title: str, author: str, subject: str, language: str, made_at: datetime, size: Size = A4
    ) -> None:
        font(Face.REGULAR)
        self._size = size
        self._forms: dict[object, str] = {}
        self._canvas: Any = Canvas(
            BytesIO(),
            pagesize=(size.width * MM, size.height * MM),
            pageCompression=1,
            invariant=1,
            initialFontName=Face.REGULAR.value,
            lang=language,
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("Šalter")
        stamp = f"D:{made_at:%Y%m%d%H%M%S}"
        self._canvas.setDateFormatter(lambda *_: stamp)
        self._type = Type(self._canvas._doc)
        self._resources = PDFResourceDictionary()
        self._resources.basicFonts()
        self._resources_reference = self._canvas._doc.Reference(self._resources, "Resources")

    def pen(self) -> Pen:
        """A pen for a new page or form."""
        return Pen(self._type, height=self._size.height)

    def form(self, key: object) -> str:
        """The operator that puts a kept form on a page, or nothing when none is kept under that key."""
        return self._forms.get(key, "")

    def keep(self, key: object, pen: Pen) -> str:
        """Keep what a pen wrote, to be put on many pages; return the operator that does."""
        name = f"form{len(self._forms)}"
        self._canvas.beginForm(name)
        self._canvas._code.append(pen.content())
        self._canvas.endForm()
        self._forms[key] = f"/{self._canvas._doc.getXObjectName(name)} Do"
        return self._forms[key]

    def add(self, pen: Pen) -> None:
        """Lay down the page a pen wrote, compressed at once: a batch holds no more than its file."""
        page = PDFPage()
        page.pagewidth, page.pageheight = self._size.width * MM, self._size.height * MM
        page.Contents = PDFStream(
            dictionary=PDFDictionary({"Filter": PDFName("FlateDecode")}),
            content=zlib.compress(pen.content().encode("ascii"), COMPRESSION),
        )
        page.Resources = self._resources_reference
        self._canvas._doc.addPage(page)

    def content(self) -> bytes:
        """The finished PDF; nothing can be added afterwards."""
        names = [f"form{number}" for number in range(len(self._forms))]
        self._resources.XObject = self._canvas._doc.xobjDict(names)
        return bytes(self._canvas.getpdfdata())
