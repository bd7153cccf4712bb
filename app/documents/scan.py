"""Reading the payment code off a bill that comes as a picture or a PDF.

The libraries that read pictures are loaded with the first picture: most days bring none.
"""

import io
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING

from app.documents import inspection
from app.documents.pages import PDFIUM
from app.domain.errors import Refused
from app.domain.papers import Flaw, PaperType, Unreadable, sniff, start_of_pdf

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 40 * 1024 * 1024
MOST_PAGES = 60
"""Sheets that are looked for codes: the code may be on any, and each takes a tenth of a second."""
_SCALE = 200 / 72  # dots an inch at which a code of 30 mm is read with certainty
_MOST_PIXELS = 80_000_000


class UnreadableDocument(Refused):
    """It is neither a PDF nor a picture that can be opened, or it is too large."""


def payment_codes(document: bytes) -> list[str]:
    """Return the texts of the QR codes in a PDF or a picture (PNG, JPEG, TIFF), sheet by sheet.

    A PDF is weighed before it is drawn, whatever it is called; pages that would take
    long are passed over.

    Raises: UnreadableDocument; Unreadable, with TOO_INTRICATE where pages were passed over
    and no other page shows a code.
    """
    if len(document) > MOST_BYTES:
        raise UnreadableDocument
    if not _is_pdf(document):
        return codes_drawn(document, most_pages=MOST_PAGES)
    with inspection.opened(document) as reader:
        inspection.page_count(reader)
        are_quick = inspection.weighed(reader, most=MOST_PAGES)
    found = list(codes_on(document, places=quick_places(are_quick)))
    if not found and not all(are_quick):
        raise Unreadable(Flaw.TOO_INTRICATE)
    return found


def quick_places(are_quick: Sequence[bool]) -> list[int]:
    """Return which pages are drawn soon, of what was said of each."""
    return [place for place, is_quick in enumerate(are_quick) if is_quick]


def codes_drawn(document: bytes, *, most_pages: int) -> list[str]:
    """Return the texts of the QR codes in a picture, or in a PDF that was weighed.

    Raises: UnreadableDocument.
    """
    return list(codes_on(document, places=range(most_pages)))


def codes_on(document: bytes, *, places: Sequence[int]) -> Generator[str, None, None]:
    """Go through the QR codes on these sheets of a picture, or of a PDF that was weighed.

    A sheet is drawn when the one before has been gone through, so that whoever has
    found what was sought stops there.

    Raises: UnreadableDocument.
    """
    if len(document) > MOST_BYTES:
        raise UnreadableDocument

    import zxingcpp

    for image in _images(document, places):
        codes = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        yield from (code.text for code in codes if code.valid)


def _is_pdf(document: bytes) -> bool:
    kind = sniff(document)
    return kind is PaperType.PDF or (kind is None and start_of_pdf(document) > 0)


def _images(document: bytes, places: Sequence[int]) -> Iterator["Image.Image"]:
    from PIL import Image, UnidentifiedImageError

    if _is_pdf(document):
        yield from _pages(document, places)
        return
    try:
        with Image.open(io.BytesIO(document), formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP")) as picture:
            for place in places:
                if place >= getattr(picture, "n_frames", 1):
                    break
                picture.seek(place)
                if picture.width * picture.height > _MOST_PIXELS:
                    raise UnreadableDocument
                yield picture.convert("L")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise UnreadableDocument from error


def _pages(document: bytes, places: Sequence[int]) -> Iterator["Image.Image"]:
    import pypdfium2

    try:
        with PDFIUM, pypdfium2.PdfDocument(document) as pdf:
            for place in places:
                if place >= len(pdf):
                    break
                page = pdf[place]
                width, height = page.get_size()
                scale = min(_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
                yield page.render(scale=scale, grayscale=True).to_pil()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument from error
