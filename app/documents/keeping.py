"""A file from outside brought into a form in which papers are kept: a PDF, or a picture every window shows.

A PDF is kept from its first byte on, whatever a scanner or a mail program wrote
before it.  A photograph of a type that not every system can show (HEIC, WEBP, BMP) is
kept as a JPEG, upright.  Whoever asks about a file from outside asks apart.
"""

import io
from contextlib import nullcontext
from dataclasses import dataclass

from app.documents.apart import threads_allowed
from app.documents.pages import MOST_PIXELS, upright
from app.domain.papers import Flaw, OtherPicture, PaperType, Unreadable, other_picture, sniff, start_of_pdf

_QUALITY = 92
_FORMATS = {OtherPicture.BMP: ("BMP",), OtherPicture.WEBP: ("WEBP",), OtherPicture.HEIC: ("HEIF",)}


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it can be kept."""

    type: PaperType
    content: bytes


def is_keepable(content: bytes) -> bool:
    """Tell whether ``keepable`` would make a paper of a file, by its first bytes alone."""
    return sniff(content) is not None or start_of_pdf(content) > 0 or other_picture(content) is not None


def keepable(content: bytes) -> Kept:
    """Return a file in the form it can be kept in, the very same bytes wherever that is possible.

    Raises: Unreadable.
    """
    kind = sniff(content)
    if kind is not None:
        return Kept(kind, content)
    start = start_of_pdf(content)
    if start > 0:
        return Kept(PaperType.PDF, content[start:])
    picture = other_picture(content)
    if picture is None:
        raise Unreadable(Flaw.NOT_ALLOWED if content else Flaw.EMPTY)
    return Kept(PaperType.JPEG, _as_jpeg(content, picture))


def _as_jpeg(content: bytes, picture: OtherPicture) -> bytes:
    from PIL import Image

    if picture is OtherPicture.HEIC:
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS[picture]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Unreadable(Flaw.TOO_INTRICATE)
            with threads_allowed() if picture is OtherPicture.HEIC else nullcontext():
                opened.load()
            made = io.BytesIO()
            upright(opened).convert("RGB").save(made, "JPEG", quality=_QUALITY)
    except Unreadable:
        raise
    except Exception as error:  # picture readers fail in ways of their own
        raise Unreadable(Flaw.MALFORMED) from error
    return made.getvalue()
