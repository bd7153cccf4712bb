"""The pages of a PDF as pictures.

PDFium bears no two calls at once, not even about different documents; so whoever
calls it holds ``PDFIUM`` meanwhile.  It is imported when it is first needed.
"""

import threading
from dataclasses import dataclass

PDFIUM = threading.RLock()
"""Held by whoever calls PDFium."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn: four bytes a pixel, red, green, blue and one unused."""

    width: int
    height: int
    stride: int
    pixels: bytes


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return the width and height of every page, in points."""
    with PDFIUM:
        import pypdfium2

        with pypdfium2.PdfDocument(pdf) as document:
            return tuple(document.get_page_size(place) for place in range(len(document)))


def draw_page(pdf: bytes, *, place: int, width: int) -> Picture:
    """Draw the page at ``place``, counted from 0, so many pixels wide."""
    with PDFIUM:
        import pypdfium2

        with pypdfium2.PdfDocument(pdf) as document:
            page = document[place]
            scale = width / page.get_width()
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
