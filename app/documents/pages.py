"""The pages of a document as pictures: of a PDF, or of a scan (JPEG, PNG, TIFF).

PDFium bears no two calls at once, not even about different documents; so whoever
calls it holds ``PDFIUM`` meanwhile.  It is imported when it is first needed.  A
scan without a resolution of its own is taken to fill the width of a page.
"""

import io
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

PDFIUM = threading.RLock()
"""Held by whoever calls PDFium."""


_PAGE_POINTS = 595.0
_MOST_PIXELS = 80_000_000
_SCANS = ("JPEG", "PNG", "TIFF")


class TooManyPixels(ValueError):
    """A small file that would unfold into more picture than any scanner makes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn: four bytes a pixel, red, green, blue and one unused."""

    width: int
    height: int
    stride: int
    pixels: bytes


def page_sizes(document: bytes) -> tuple[tuple[float, float], ...]:
    """Return the width and height of every page, in points."""
    if not _is_pdf(document):
        with _opened(document) as scan:
            return tuple(_scan_size(scan, place) for place in range(getattr(scan, "n_frames", 1)))
    with PDFIUM:
        import pypdfium2

        with pypdfium2.PdfDocument(document) as pdf:
            return tuple(pdf.get_page_size(place) for place in range(len(pdf)))


def draw_page(document: bytes, *, place: int, width: int) -> Picture:
    """Draw the page at ``place``, counted from 0, so many pixels wide."""
    if not _is_pdf(document):
        with _opened(document) as scan:
            return _draw_scan(scan, place, width)
    with PDFIUM:
        import pypdfium2

        with pypdfium2.PdfDocument(document) as pdf:
            pdf.init_forms()  # or what is filled in is not drawn
            page = pdf[place]
            scale = width / page.get_width()
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


def _is_pdf(document: bytes) -> bool:
    return not document.startswith((b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*"))


def _opened(document: bytes) -> "Image.Image":
    from PIL import Image

    scan = Image.open(io.BytesIO(document), formats=_SCANS)
    if scan.width * scan.height > _MOST_PIXELS:
        scan.close()
        raise TooManyPixels
    return scan


def _scan_size(scan: "Image.Image", place: int) -> tuple[float, float]:
    scan.seek(place)
    if scan.width * scan.height > _MOST_PIXELS:
        raise TooManyPixels
    return _PAGE_POINTS, _PAGE_POINTS * scan.height / scan.width


def _draw_scan(scan: "Image.Image", place: int, width: int) -> Picture:
    scan.seek(place)
    if scan.width * scan.height > _MOST_PIXELS:
        raise TooManyPixels
    height = max(round(scan.height * width / scan.width), 1)
    drawn = scan.convert("RGB").resize((width, height)).convert("RGBX")
    return Picture(width, height, 4 * width, drawn.tobytes())
