"""Setting type: text that never leaves its box.

Text is always given the width of its box.  Too long, it is condensed down to
three quarters and then cut with an ellipsis, so no name can run into a sum; a
number is never cut.  The operators are written here directly, because reportlab's
general text path costs half of a batch.
"""

import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

MM = 72 / 25.4
NARROWEST = 75
"""Percent to which a text may be condensed before it is cut."""
ELLIPSIS = "…"
_FIGURES = frozenset("0123456789.,-=% ")


class Face(StrEnum):
    """The two weights a document is set in."""

    REGULAR = "NotoSans-Regular"
    BOLD = "NotoSans-Bold"


class Align(StrEnum):
    """Where in its box a text stands."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


@cache
def font(face: Face) -> Any:
    """The registered font, read once in a process."""
    from app.documents import pdf  # late, like every paper: see there

    return pdf.read_font(face.value)


@lru_cache(maxsize=16384)
def width_of(words: str, face: Face) -> float:
    """Width in millimeters at a size of one point."""
    return float(font(face).stringWidth(words, 1)) / MM


def clean(words: str) -> str:
    """Composed letters and single spaces: what came from a form or an import as one line of print.

    A mark that no letter took up in composing is left out: it would be drawn over its
    neighbor, or before the margin.
    """
    if words.isascii() and words.isprintable():
        return words
    composed = unicodedata.normalize("NFC", words)
    return "".join(
        letter if letter.isprintable() else " " for letter in composed if not unicodedata.combining(letter)
    )


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


class Codes(dict[int, str]):
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
        self._codes = {face: Codes(face, document) for face in Face}
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
        if Codes.RARE not in encoded:
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
