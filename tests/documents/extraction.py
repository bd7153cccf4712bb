"""Reads finished PDFs back as a payer, a scanner and a printer would."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp
from PIL import Image

from app.documents.pages import PDFIUM

GOLDEN = Path(__file__).parents[1] / "golden"
MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Placed:
    """A run of text on a page, in millimeters from the left and from the bottom."""

    text: str
    left: float
    right: float
    bottom: float


def text_of(data: bytes) -> str:
    """The text of all pages, as extracted, a form feed between pages."""
    with PDFIUM, pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    return "\f\n".join(page.rstrip() + "\n" for page in pages)


def picture_of(data: bytes, *, page: int = 0, dpi: int = 200) -> Image.Image:
    """A page as a printer would set it."""
    with PDFIUM, pypdfium2.PdfDocument(data) as document:
        picture: Image.Image = document[page].render(scale=dpi / 72).to_pil()
    return picture


def codes_of(data: bytes, *, page: int = 0) -> list[str]:
    """The texts of the QR codes on a page, from top to bottom."""
    found = zxingcpp.read_barcodes(picture_of(data, page=page), formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in sorted(found, key=lambda code: code.position.top_left.y)]


def placed_on(data: bytes) -> Iterator[list[Placed]]:
    """Page by page, what was written on it for this very document; kept forms are left out."""
    pages: list[list[Placed]] = []
    with PDFIUM, pypdfium2.PdfDocument(data) as document:
        for page in document:
            reader = page.get_textpage()
            runs = []
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1):
                left, _bottom, right, _top = item.get_bounds()
                matrix = item.get_matrix()
                words = reader.get_text_bounded(left - 0.1, matrix.f - 2, right + 0.1, matrix.f + 4)
                runs.append(Placed(words, left / MM, right / MM, matrix.f / MM))
            pages.append(runs)
    yield from pages


def check_golden(name: str, text: str) -> None:
    """Compare with the text kept under that name; with RENEW_GOLDEN set, keep the new one and fail."""
    kept = GOLDEN / f"{name}.txt"
    if os.environ.get("RENEW_GOLDEN"):
        kept.write_text(text, encoding="utf-8")
        raise AssertionError(f"{kept.name} was renewed; look at it and run again")
    assert text == kept.read_text(encoding="utf-8")
