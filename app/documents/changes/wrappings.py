"""What mail programs wrap a message in: marks before its beginning, signatures, Outlook's own packing.

Only what is needed to get at the papers is read, within limits; what a signature
proves is not asked here.
"""

import base64
import quopri
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.papers import Flaw, Unreadable

_MARKS = (b"\xef\xbb\xbf", b"\0")
_HEADING = re.compile(rb"[ \t]*(?:Microsoft Mail Internet Headers Version [\d.]+)?[ \t]*(?:\r\n|\r|\n)")
_MOST_BLANK_LINES = 200
_NOT_OF_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


def from_its_first_header(content: bytes) -> bytes:
    """Return a saved message from its first header on, without the marks some programs put before it."""
    for mark, charset in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            content = content[2:].decode(charset, "replace").encode("utf-8")
    start = 3 if content.startswith(_MARKS[0]) else 0
    for _ in range(_MOST_BLANK_LINES):
        match = _HEADING.match(content, start)
        if match is None:
            break
        start = match.end()
    return content[start:]


def unpacked(content: bytes, encoding: str) -> bytes:
    """Return what stands in a part that its program encoded for the way; as it is where that is not known."""
    if encoding == "base64":
        pieces = (_NOT_OF_BASE64.sub(b"", piece) for piece in content.split(b"="))
        return b"".join(
            base64.b64decode(piece[: len(piece) - (len(piece) % 4 == 1)] + b"==") for piece in pieces if piece
        )
    if encoding == "quoted-printable":
        return quopri.decodestring(content)
    return content


# -- signed and sealed (S/MIME) --------------------------------------------------------------------------

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_PLAIN_DATA = bytes.fromhex("06092a864886f70d010701")
_OCTETS, _SEQUENCE, _EXPLICIT = 0x04, 0x30, 0xA0
_CONSTRUCTED = 0x20
_DEEPEST = 12
_MOST_PIECES = 100_000


def is_signature(content: bytes) -> bool:
    """Tell a signature that stands beside what it signs: it is no paper, and nothing is lost without it."""
    return content[:1] == b"0" or content.lstrip().startswith(b"-----BEGIN PGP SIGNATURE")


def opened_signed(content: bytes) -> bytes:
    """Return the message within an opaque signature (smime.p7m).

    Raises: Unreadable, with SEALED for one that is encrypted.
    """
    whole = _Ber(content)
    tag, start, end = whole.element(0)
    if tag != _SEQUENCE:
        raise Unreadable(Flaw.MALFORMED)
    _tag, _start, kind_end = whole.element(start)
    if content[start:kind_end] != _SIGNED_DATA:
        raise Unreadable(Flaw.SEALED)
    inside = whole.element(kind_end)[1]
    at = whole.element(inside)[1]
    for tag, start, end in whole.elements(at):
        if tag != _SEQUENCE:
            continue
        _tag, _start, kind_end = whole.element(start)
        if content[start:kind_end] != _PLAIN_DATA or kind_end >= end:
            break
        return b"".join(whole.octets(whole.element(kind_end)[1]))
    raise Unreadable(Flaw.MALFORMED)


class _Ber:
    """Elements of ASN.1 as bytes, of known length or ended by two noughts."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._left = _MOST_PIECES

    def element(self, at: int, depth: int = 0) -> tuple[int, int, int]:
        """Return the tag, the start of the content and the end of the element at a place."""
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise Unreadable(Flaw.TOO_INTRICATE)
        if not 0 <= at <= len(self._content) - 2:
            raise Unreadable(Flaw.MALFORMED)
        tag, length = self._content[at], self._content[at + 1]
        start = at + 2
        if length == 0x80:
            end = start
            while self._content[end : end + 2] != b"\0\0":
                end = self.element(end, depth + 1)[2]
            return tag, start, end + 2
        if length > 0x80:
            start += length & 0x7F
            length = int.from_bytes(self._content[at + 2 : start], "big")
        if start + length > len(self._content):
            raise Unreadable(Flaw.MALFORMED)
        return tag, start, start + length

    def elements(self, at: int) -> Iterator[tuple[int, int, int]]:
        """Go through the elements that follow each other from a place on."""
        while at < len(self._content) - 1 and self._content[at : at + 2] != b"\0\0":
            found = self.element(at)
            yield found
            at = found[2]

    def octets(self, at: int) -> Iterator[bytes]:
        """Go through the pieces of the text at a place."""
        tag, start, end = self.element(at)
        if tag == _OCTETS:
            yield self._content[start:end]
        elif tag == _OCTETS | _CONSTRUCTED:
            while start < end and self._content[start : start + 2] != b"\0\0":
                yield from self.octets(start)
                start = self.element(start)[2]
        else:
            raise Unreadable(Flaw.MALFORMED)


# -- Outlook's rich text (winmail.dat) -------------------------------------------------------------------

TNEF = b"\x78\x9f\x3e\x22"
_ATTRIBUTE = struct.Struct("<BII")
_BEGINS, _TITLE, _DATA, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_LONG_NAME = 0x3707
_WIDE, _NARROW = 0x1F, 0x1E
_FIXED_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_MOST_ATTRIBUTES = 5_000


@dataclass(frozen=True, slots=True)
class Packed:
    """A file that was packed into another."""

    name: str
    content: bytes


def unpacked_tnef(content: bytes) -> list[Packed]:
    """Return the files in what Outlook packs attachments into when a message is in rich text.

    Raises: Unreadable, with RICH_TEXT.
    """
    try:
        return [Packed(_name(one), one.get(_DATA, b"")) for one in _attachments(content)]
    except (struct.error, IndexError, UnicodeDecodeError, ValueError) as error:
        raise Unreadable(Flaw.RICH_TEXT) from error


def _attachments(content: bytes) -> list[dict[int, bytes]]:
    found: list[dict[int, bytes]] = []
    at = len(TNEF) + 2
    for _ in range(_MOST_ATTRIBUTES):
        if at >= len(content):
            return found
        _level, kind, length = _ATTRIBUTE.unpack_from(content, at)
        at += _ATTRIBUTE.size
        if at + length + 2 > len(content):
            raise ValueError(length)
        if kind == _BEGINS:
            found.append({})
        elif found and kind in (_TITLE, _DATA, _PROPERTIES):
            found[-1][kind] = content[at : at + length]
        at += length + 2  # behind each stands a sum of its bytes
    raise Unreadable(Flaw.TOO_INTRICATE)


def _name(attachment: dict[int, bytes]) -> str:
    """The long name among the properties, or the title."""
    long = _long_name(attachment.get(_PROPERTIES, b""))
    return long or attachment.get(_TITLE, b"").rstrip(b"\0").decode("cp1250", "replace")


def _long_name(properties: bytes) -> str:
    if len(properties) < 4:
        return ""
    (count,) = struct.unpack_from("<I", properties)
    at = 4
    for _ in range(min(count, _MOST_ATTRIBUTES)):
        kind, number = struct.unpack_from("<HH", properties, at)
        at += 4
        if number >= 0x8000:  # one with a name of its own
            (is_text,) = struct.unpack_from("<I", properties, at + 16)
            at += 24
            if is_text:
                (length,) = struct.unpack_from("<I", properties, at - 4)
                at += _padded(length)
        values = 1
        is_many = bool(kind & 0x1000)
        kind &= 0x0FFF
        size = _FIXED_SIZES.get(kind)
        if size is None or is_many:
            (values,) = struct.unpack_from("<I", properties, at)
            at += 4
        for _value in range(min(values, _MOST_ATTRIBUTES)):
            length = size if size is not None else struct.unpack_from("<I", properties, at)[0]
            at += 0 if size is not None else 4
            if number == _LONG_NAME and kind in (_WIDE, _NARROW):
                charset = "utf-16-le" if kind == _WIDE else "cp1250"
                return properties[at : at + length].decode(charset, "replace").rstrip("\0")
            at += _padded(length)
    return ""


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
