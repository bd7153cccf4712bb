"""Fields of a PDF that can be filled in on a screen: text, boxes to tick, one of several, and hidden marks.

A field carries its own picture, so that every viewer and printer shows it as it was
made; and the whole typeface, with the way back from glyphs to letters, so that
whoever types into it sees č, ć, đ, š, ž and Cyrillic.  The fourteen typefaces every
viewer has know none of those letters.

Imported, like ``pdf``, when the first form is made.
"""

import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFStream

from app.documents.paper import TICK, Option
from app.documents.typesetting import MM, Face, fitted, font

SIZE = 9.0
INSET = 2.0
"""Points between the edge of a field and its text; viewers keep the same."""
_FACE = "Wingdings"
"""The name the typeface goes by within a form; the typeface is Noto Sans all the same.

PDFium, which is Chrome, Edge and our own window, uses the typeface of a field only for
letters it takes for English and looks for another one for č or Cyrillic, unless the
name is one of those it knows to be beyond alphabets.  Other viewers do not mind names.
"""
_INK = "0.07 0.08 0.1"
_BASELINE = 0.36
"""How far beneath the middle of a field its text stands, of the size."""
_PRINTED, _HIDDEN = 4, 2
_READ_ONLY, _RADIO = 1, 1 << 15
_MOST_IN_A_BLOCK = 100


@cache
def _glyphs() -> dict[int, int]:
    return dict(font(Face.REGULAR).face.charToGlyph)


@cache
def _typeface() -> tuple[bytes, int]:
    """The whole file of the face compressed once, and how long it was."""
    from importlib.resources import files

    data = files("resources").joinpath("fonts", f"{Face.REGULAR.value}.ttf").read_bytes()
    return zlib.compress(data, 9), len(data)


@cache
def _widths() -> str:
    """Advances of all glyphs, as a font's dictionary lists them."""
    face = font(Face.REGULAR).face
    by_glyph = {glyph: round(face.charWidths[code]) for code, glyph in _glyphs().items()}
    return "[" + " ".join(f"{glyph} [{width}]" for glyph, width in sorted(by_glyph.items())) + "]"


@cache
def _letters() -> bytes:
    """The way back from glyphs to letters: what copies text out of a field, and types into it."""
    by_glyph: dict[int, int] = {}
    for code, glyph in sorted(_glyphs().items()):
        by_glyph.setdefault(glyph, code)
    rows = [f"<{glyph:04X}> <{code:04X}>" for glyph, code in sorted(by_glyph.items()) if code <= 0xFFFF]
    blocks = [rows[start : start + _MOST_IN_A_BLOCK] for start in range(0, len(rows), _MOST_IN_A_BLOCK)]
    listed = "\n".join("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks)
    return zlib.compress(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def "
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def "
            "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            f"{listed}\nendcmap CMapName currentdict /CMap defineresource pop end end"
        ).encode("ascii"),
        9,
    )


def written_string(words: str) -> str:
    """A text as PDF stores it, whatever its script."""
    return f"<{'FEFF' + words.encode('utf-16-be').hex().upper()}>"


class Fields:
    """The fields of one document.  Sizes in millimeters from the left top of the page.

    ``document`` is reportlab's; ``height`` that of the page.  Names with points in
    them are families: ``value.area`` is the member ``area`` of ``value``.
    """

    def __init__(self, document: Any, *, height: float) -> None:
        self._document = document
        self._height = height
        self._widgets: list[Any] = []
        self._roots: list[Any] = []
        self._families: dict[str, tuple[Any, list[Any]]] = {}
        self._font = self._embed()
        self._resources = PDFDictionary({"Font": PDFDictionary({_FACE: self._font})})
        self._blank = self._picture("", 1, 1)

    def take_widgets(self) -> Any:
        """What a page must list to show the fields made since the page before, in their order."""
        taken, self._widgets = self._widgets, []
        return PDFArray(taken)

    def text(
        self,
        name: str,
        x: float,
        y: float,
        *,
        width: float,
        height: float,
        label: str,
        value: str,
        longest: int,
    ) -> None:
        """A field for one line of text."""
        field = self._field(name, "Tx", label)
        field["MaxLen"] = longest
        field["DA"] = f"(/{_FACE} {SIZE:g} Tf {_INK} rg)"
        field["V"] = written_string(value)
        self._place(field, x, y, width, height)
        field["AP"] = PDFDictionary({"N": self._line(value, width=width, height=height)})

    def tick(self, name: str, x: float, y: float, *, label: str, is_ticked: bool) -> None:
        """A box to tick."""
        field = self._field(name, "Btn", label)
        field["V"] = field["AS"] = "/Yes" if is_ticked else "/Off"
        self._place(field, x, y, TICK, TICK)
        field["AP"] = self._ticked("Yes")

    def choice(self, name: str, options: Sequence[Option], *, label: str, value: str) -> None:
        """Boxes of which one may be ticked."""
        group = self._field(name, "Btn", label)
        group["Ff"] = _RADIO
        chosen = value if any(option.code == value for option in options) else ""
        group["V"] = f"/{chosen or 'Off'}"
        parent = self._document.Reference(group)
        kids = []
        for option in options:
            kid = PDFDictionary({"Parent": parent})
            kid["AS"] = f"/{option.code}" if option.code == chosen else "/Off"
            self._place(kid, option.x, option.y, TICK, TICK)
            kid["AP"] = self._ticked(option.code)
            kids.append(self._document.Reference(kid))
        group["Kids"] = PDFArray(kids)

    def hidden(self, name: str, value: str) -> None:
        """A mark of the document that nobody sees or alters."""
        field = self._field(name, "Tx", "")
        field["Ff"] = _READ_ONLY
        field["V"] = written_string(value)
        self._place(field, 0, 0, 0, 0)
        field["F"] = _HIDDEN

    def form(self) -> Any:
        """The form as it stands, for the catalog of the document."""
        for family, members in self._families.values():
            family["Kids"] = PDFArray(list(members))
        return PDFDictionary(
            {
                "Fields": PDFArray(list(self._roots)),
                "DR": self._resources,
                "DA": f"(/{_FACE} {SIZE:g} Tf {_INK} rg)",
            }
        )

    def _field(self, name: str, kind: str, label: str) -> Any:
        *families, own = name.split(".")
        field = PDFDictionary({"FT": f"/{kind}", "T": f"({own})"})
        if label:
            field["TU"] = written_string(label)
        reference = self._document.Reference(field)
        if families:
            (family,) = families
            if family not in self._families:
                made = PDFDictionary({"T": f"({family})"})
                self._families[family] = made, []
                self._roots.append(self._document.Reference(made))
            made, members = self._families[family]
            field["Parent"] = self._document.Reference(made)
            members.append(reference)
        else:
            self._roots.append(reference)
        return field

    def _place(self, field: Any, x: float, y: float, width: float, height: float) -> None:
        left, top = x * MM, (self._height - y) * MM
        field["Type"], field["Subtype"], field["F"] = "/Annot", "/Widget", _PRINTED
        field["Rect"] = f"[{left:.2f} {top - height * MM:.2f} {left + width * MM:.2f} {top:.2f}]"
        self._widgets.append(self._document.Reference(field))

    def _line(self, words: str, *, width: float, height: float) -> Any:
        if not words:
            return self._picture("/Tx BMC EMC", width, height)
        kept, _taken, percent = fitted(words, face=Face.REGULAR, size=SIZE, width=width - 2 * INSET / MM)
        glyphs = _glyphs()
        codes = "".join(f"{glyphs.get(ord(letter), 0):04X}" for letter in kept)
        down = height * MM / 2 - SIZE * _BASELINE
        condensed = "" if percent == 100 else f"{percent} Tz "
        ink = f"/{_FACE} {SIZE:g} Tf {_INK} rg {condensed}"
        return self._picture(
            f"/Tx BMC q BT {ink}{INSET:g} {down:.2f} Td <{codes}> Tj ET Q EMC", width, height
        )

    def _ticked(self, code: str) -> Any:
        near, far = TICK * MM * 0.2, TICK * MM * 0.8
        cross = (
            f"q {_INK} RG 1.3 w 1 J {near:.2f} {near:.2f} m {far:.2f} {far:.2f} l "
            f"{near:.2f} {far:.2f} m {far:.2f} {near:.2f} l S Q"
        )
        states = PDFDictionary({code: self._picture(cross, TICK, TICK), "Off": self._blank})
        return PDFDictionary({"N": states})

    def _picture(self, operators: str, width: float, height: float) -> Any:
        """A form the size of a field."""
        stream = PDFStream(
            PDFDictionary(
                {
                    "Type": "/XObject",
                    "Subtype": "/Form",
                    "BBox": f"[0 0 {width * MM:.2f} {height * MM:.2f}]",
                    "Resources": self._resources,
                }
            ),
            operators or " ",
            [],
        )
        return self._document.Reference(stream)

    def _embed(self) -> Any:
        """The whole typeface: a subset would have only the letters already written."""
        face = font(Face.REGULAR).face
        data, length = _typeface()
        file = PDFStream(PDFDictionary({"Filter": "/FlateDecode", "Length1": length}), data)
        name = f"/{Face.REGULAR.value}"
        described = PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name,
                "Flags": 4,
                "FontBBox": f"[{' '.join(f'{edge:.0f}' for edge in face.bbox)}]",
                "ItalicAngle": 0,
                "Ascent": round(face.ascent),
                "Descent": round(face.descent),
                "CapHeight": round(face.capHeight),
                "StemV": round(face.stemV),
                "FontFile2": self._document.Reference(file),
            }
        )
        inner = PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": name,
                "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
                "FontDescriptor": self._document.Reference(described),
                "W": _widths(),
                "CIDToGIDMap": "/Identity",
            }
        )
        letters = PDFStream(PDFDictionary({"Filter": "/FlateDecode"}), _letters())
        outer = PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": name,
                "Encoding": "/Identity-H",
                "DescendantFonts": PDFArray([self._document.Reference(inner)]),
                "ToUnicode": self._document.Reference(letters),
            }
        )
        return self._document.Reference(outer)
