"""Reading the payment code off a bill that comes as a picture or a PDF.

The libraries that read pictures are loaded with the first picture: most days bring none.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.documents import inspection
from app.documents.pages import PDFIUM
from app.domain.errors import Refused
from app.domain.papers import Flaw, Unreadable

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 40 * 1024 * 1024
MOST_PAGES = 10
_SCALE = 200 / 72  # dots an inch at which a code of 30 mm is read with certainty
_MOST_PIXELS = 80_000_000


class UnreadableDocument(Refused):
    """It is neither a PDF nor a picture that can be opened, or it is too large."""


def payment_codes(document: bytes) -> list[str]:
    """Return the texts of the QR codes in a PDF (its first pages), PNG, JPEG or TIFF, page by page.

    A PDF is weighed before it is drawn, whatever it is called.

    Raises: UnreadableDocument, Unreadable.
    """
    if len(document) > MOST_BYTES:
        raise UnreadableDocument
    if _is_pdf(document):
        with inspection.opened(document) as reader:
            inspection.page_count(reader)
            if not inspection.are_quick_to_draw(reader, most=MOST_PAGES):
                raise Unreadable(Flaw.TOO_INTRICATE)
    return codes_drawn(document, most_pages=MOST_PAGES)


def codes_drawn(document: bytes, *, most_pages: int) -> list[str]:
    """Return the texts of the QR codes in a picture, or in a PDF that was weighed.

    Raises: UnreadableDocument.
    """
    if len(document) > MOST_BYTES:
        raise UnreadableDocument

    import zxingcpp

    found: list[str] = []
    for image in _images(document, most_pages):
        codes = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        found += [code.text for code in codes if code.valid]
    return found


def _is_pdf(document: bytes) -> bool:
    return document[:1024].lstrip().startswith(b"%PDF")


def _images(document: bytes, most_pages: int) -> Iterator["Image.Image"]:
    from PIL import Image, UnidentifiedImageError

    if _is_pdf(document):
        yield from _pages(document, most_pages)
        return
    try:
        with Image.open(io.BytesIO(document), formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise UnreadableDocument
            yield picture.convert("L")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise UnreadableDocument from error


def _pages(document: bytes, most_pages: int) -> Iterator["Image.Image"]:
    import pypdfium2

    try:
        with PDFIUM, pypdfium2.PdfDocument(document) as pdf:
            for number in range(min(len(pdf), most_pages)):
                page = pdf[number]
                width, height = page.get_size()
                scale = min(_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
                yield page.render(scale=scale, grayscale=True).to_pil()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument from error
