"""Papers that come as files: what may be kept, told by what a file holds and never by what it is called.

A name and a declared type are whatever the sender wrote; both are the sender's
claims.  Files are kept and drawn, never run.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Refused


class PaperType(StrEnum):
    """The types of file a paper may be kept in."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"

    @property
    def suffix(self) -> str:
        """The end of a file's name."""
        return _SUFFIXES[self][0]

    @property
    def is_picture(self) -> bool:
        return self is not PaperType.PDF


class OtherPicture(StrEnum):
    """The types of picture people send that no paper is kept in: they are kept as JPEG."""

    BMP = "image/bmp"
    WEBP = "image/webp"
    HEIC = "image/heic"
    """What telephones of Apple make, often named as if it were a JPEG."""


LONGEST_NAME = 120
_SUFFIXES = {
    PaperType.PDF: (".pdf",),
    PaperType.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    PaperType.PNG: (".png",),
    PaperType.TIFF: (".tif", ".tiff"),
}
_MADE_JPEG = frozenset({".heic", ".heif", ".webp", ".bmp"})
_BEGINNINGS = (
    (b"%PDF-", PaperType.PDF),
    (b"\xff\xd8\xff", PaperType.JPEG),
    (b"\x89PNG\r\n\x1a\n", PaperType.PNG),
    (b"II*\x00", PaperType.TIFF),
    (b"MM\x00*", PaperType.TIFF),
)
MOST_BEFORE_PDF = 1024
"""So many bytes may stand before the first of a PDF: readers have always passed over them."""
_HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
)
_SLASHES = re.compile(r"[/\\\u2044\u2215\u29f8\uff0f\uff3c]")
_UNFIT = re.compile(r'[<>:"|?*]')
_UNSEEN = re.compile(
    r"[\u0001-\u001f\u007f-\u00a0\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    r"\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ud800-\uf8ff"
    r"\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U00010000-\U0010ffff]"
)
"""Blanks but the plain one, what turns the direction of writing, and what nobody sees."""
_UNNAMED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BLANKS = re.compile(r" +")
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)", re.IGNORECASE | re.ASCII
)
_NAMELESS = "prilog"


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that can become a paper of a request, under a name that is safe to keep."""

    file_name: str
    content: bytes


class Flaw(StrEnum):
    """Why a file or a message cannot be read."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    NOT_ALLOWED = "not_allowed"
    """Neither a PDF nor a picture nor an e-mail message."""
    MALFORMED = "malformed"
    ENCRYPTED = "encrypted"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PARTS = "too_many_parts"
    """A message with more attachments, or messages within messages, than anybody sends."""
    TOO_INTRICATE = "too_intricate"
    """Built so that reading it would take too long or too much memory."""
    UNKNOWN_FORM = "unknown_form"
    """A form of ours, but of a kind or edition this version does not know."""
    OUTLOOK = "outlook"
    """A message saved by Outlook in its own format (.msg) instead of as .eml."""
    RICH_TEXT = "rich_text"
    """What Outlook packs attachments of rich text into (winmail.dat), where it cannot be unpacked."""
    SEALED = "sealed"
    """A message encrypted for whoever it was sent to (smime.p7m)."""
    NO_MESSAGE = "no_message"


class Unreadable(Refused):
    """A file or message cannot be read; ``flaw`` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def sniff(content: bytes) -> PaperType | None:
    """Tell by its first bytes what a file is; None for what may not be kept.

    >>> sniff(b"%PDF-1.7"), sniff(b"MZ")
    (<PaperType.PDF: 'application/pdf'>, None)
    """
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    return None


def other_picture(content: bytes) -> OtherPicture | None:
    """Tell a picture of a type no paper is kept in; None for anything else.

    >>> other_picture(b"BM" + bytes(20)), other_picture(b"....ftypheic")
    (<OtherPicture.BMP: 'image/bmp'>, <OtherPicture.HEIC: 'image/heic'>)
    """
    if content.startswith(b"BM") and content[6:10] == bytes(4):
        return OtherPicture.BMP
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return OtherPicture.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return OtherPicture.HEIC
    return None


def start_of_pdf(content: bytes) -> int:
    """Return where a PDF begins, 0 to 1 024; -1 where none does."""
    return content.find(b"%PDF-", 0, MOST_BEFORE_PDF + 5)


def safe_name(text: str, *, kind: PaperType | None = None, longest: int = LONGEST_NAME) -> str:
    """Return a file name without path or control characters, that every system can store.

    With ``kind``, it ends as files of that type do, whatever it ended in.

    >>> safe_name("../../x.exe"), safe_name("C:\\\\skenovi\\\\ugovor.PDF", kind=PaperType.PDF)
    ('x.exe', 'ugovor.PDF')
    """
    name = _SLASHES.split(unicodedata.normalize("NFC", text))[-1]
    name = "".join(" " if unicodedata.category(sign) in _UNNAMED else sign for sign in _UNSEEN.sub(" ", name))
    name = _BLANKS.sub(" ", _UNFIT.sub("_", name)).strip(" .")
    if not name or _DEVICE.match(name):
        name = f"{_NAMELESS} {name}".strip()
    stem, dot, suffix = name.rpartition(".")
    ending = f"{dot}{suffix}" if stem and len(suffix) <= 8 else ""
    bare = name[: len(name) - len(ending)]
    if kind is not None and ending.lower() not in _SUFFIXES[kind]:
        bare, ending = (bare if ending.lower() in _MADE_JPEG else name), kind.suffix
    bare = bare[: longest - len(ending)].rstrip(" .") or _NAMELESS
    return f"{bare}{ending}"


def is_safe_name(name: str) -> bool:
    """Tell whether a file may be called so on any system, with nothing in it that nobody sees.

    The database has the same rule (``is_safe_name``).
    """
    return (
        0 < len(name) <= LONGEST_NAME
        and "\0" not in name
        and not any(signs.search(name) for signs in (_SLASHES, _UNFIT, _UNSEEN))
        and name == name.strip(" .")
        and "  " not in name
        and not _DEVICE.match(name)
        and unicodedata.is_normalized("NFC", name)
    )


def is_named_as(name: str, kind: PaperType) -> bool:
    """Tell whether a file's name is safe and ends as files of its type do: ``x.pdf.exe`` does not.

    The database has the same rule (``is_named_as``).

    >>> is_named_as("x.pdf", PaperType.PDF), is_named_as("x.pdf.exe", PaperType.PDF)
    (True, False)
    """
    stem, dot, suffix = name.rpartition(".")
    return is_safe_name(name) and bool(stem) and f"{dot}{suffix}".lower() in _SUFFIXES[kind]
