"""The pages of a document as pictures: of a PDF, or of a scan (JPEG, PNG, TIFF).

PDFium bears no two calls at once, not even about different documents; so whoever
calls it holds ``PDFIUM`` meanwhile.  It is imported when it is first needed.  A
scan without a resolution of its own is taken to fill the width of a page; a photograph
is shown as the camera was held.
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
MOST_PIXELS = 80_000_000
_SCANS = ("JPEG", "PNG", "TIFF")
_ORIENTATION = 0x0112
_LYING = range(5, 9)
"""Notes of a camera held on its side: width and height change places."""


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
            picture = Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()  # while the lock is held, not whenever it is let go of
            return picture


def _is_pdf(document: bytes) -> bool:
    return not document.startswith((b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*"))


def _opened(document: bytes) -> "Image.Image":
    from PIL import Image

    scan = Image.open(io.BytesIO(document), formats=_SCANS)
    if scan.width * scan.height > MOST_PIXELS:
        scan.close()
        raise TooManyPixels
    return scan


def upright(picture: "Image.Image") -> "Image.Image":
    """Return a photograph as the camera was held, by what it noted of that."""
    from PIL import ImageOps

    return ImageOps.exif_transpose(picture)


def _sheet(scan: "Image.Image", place: int) -> "Image.Image":
    scan.seek(place)
    if scan.width * scan.height > MOST_PIXELS:
        raise TooManyPixels
    return scan


def _scan_size(scan: "Image.Image", place: int) -> tuple[float, float]:
    sheet = _sheet(scan, place)
    width, height = sheet.size
    if scan.format != "TIFF" and sheet.getexif().get(_ORIENTATION, 1) in _LYING:  # a TIFF is opened upright
        width, height = height, width
    return _PAGE_POINTS, _PAGE_POINTS * height / width


def _draw_scan(scan: "Image.Image", place: int, width: int) -> Picture:
    sheet = upright(_sheet(scan, place))
    height = max(round(sheet.height * width / sheet.width), 1)
    drawn = sheet.convert("RGB").resize((width, height)).convert("RGBX")
    return Picture(width, height, 4 * width, drawn.tobytes())
