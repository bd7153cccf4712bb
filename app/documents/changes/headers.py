"""The headers of a message: read within limits, in the letters that were meant.

The library takes minutes over long headers, so they are cut and counted before it looks
into them; and programs say UTF-8, or nothing, of what they wrote in a code page, so
that is put right before it is taken for damage.
"""

import base64
import quopri
import re
from datetime import UTC, date, datetime
from email import utils
from email.header import decode_header
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from app.domain.office_time import ZONE
from app.domain.papers import Flaw, Unreadable
from app.domain.spelling import decoded, repaired

_LONGEST = 8_000
_MOST = 5_000
_ENCODED_WORD = re.compile(r"=\?([\w.:-]{0,40})\?([bBqQ])\?([^?\s]*)\?=")
_ENCODED_PARAMETER = re.compile(r"(\*=\s*\"?)([\w.:-]{0,40})('[^']{0,40}')((?:%[0-9A-Fa-f]{2}|[^\s;\"%])*)")
_TOKEN = re.compile(r"[\w-]+")
_PUNYCODE = re.compile(r"xn--[a-z0-9-]+", re.IGNORECASE)


class BoundedPolicy(EmailPolicy):
    """Headers of all messages within a message, counted together."""

    def __init__(self) -> None:
        super().__init__(message_factory=EmailMessage)
        object.__setattr__(self, "_left", [_MOST])  # the library's own way round its guard

    def header_source_parse(self, sourcelines: Any) -> tuple[str, Any]:
        left: list[int] = self._left  # type: ignore[attr-defined]
        left[0] -= 1
        if left[0] < 0:
            raise Unreadable(Flaw.TOO_INTRICATE)
        kept, room = [], _LONGEST
        for line in sourcelines:
            kept.append(_in_true_letters(line[:room]))
            room -= len(line)
            if room <= 0:
                break
        return super().header_source_parse(kept)


def _in_true_letters(line: str) -> str:
    if not line.isascii():
        line = decoded(line.encode("utf-8", "surrogateescape"), charset="utf-8")
    if "=?" in line:
        line = _ENCODED_WORD.sub(_true_word, line)
    if "*=" in line:
        line = _ENCODED_PARAMETER.sub(_true_parameter, line)
    return line


def _true_word(match: re.Match[str]) -> str:
    charset, encoding, packed = match.groups()
    try:
        if encoding in "bB":
            content = base64.b64decode(packed + "=" * (-len(packed) % 4))
        else:
            content = quopri.decodestring(packed.encode("ascii", "replace"), header=True)
    except ValueError:
        return match[0]
    text = decoded(content, charset=charset)
    if "\ufffd" in text or text == _as_claimed(content, charset):
        return match[0]
    return f"=?utf-8?b?{base64.b64encode(text.encode()).decode('ascii')}?="


def _true_parameter(match: re.Match[str]) -> str:
    before, charset, language, packed = match.groups()
    content = unquote_to_bytes(packed)
    text = decoded(content, charset=charset)
    if "\ufffd" in text or text == _as_claimed(content, charset):
        return match[0]
    return f"{before}utf-8{language}{quote(text)}"


def _as_claimed(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset or "utf-8")
    except (LookupError, ValueError):
        return None


def header(message: Message, name: str) -> str:
    """Return a header as text, by the library or, where it fails, by hand."""
    try:
        return _unfolded(str(message.get(name, "")))
    except Exception:  # noqa: BLE001 - the library has faults of its own with malformed headers
        raw = [str(value) for key, value in message.raw_items() if key.lower() == name]
        return _unfolded(raw[0]) if raw else ""


def transfer_encoding(message: Message) -> str:
    """Return how the content of a part is encoded, whatever stands around the word."""
    found = _TOKEN.search(header(message, "content-transfer-encoding"))
    return found[0].lower() if found else ""


def file_name(part: Message) -> str:
    """Return what a part says its file is called; empty where it says nothing."""
    try:
        found = part.get_filename() or ""
    except Exception:  # noqa: BLE001 - a name is not worth a refusal
        found = ""
    return repaired(_unfolded(found))


def sender(message: Message) -> tuple[str, str]:
    """Return the name and the address a message says it is from; a domain in the letters people know."""
    written: Any = message.get("from")
    try:
        first = written.addresses[0]
        name, address = str(first.display_name), str(first.addr_spec)
    except Exception:  # noqa: BLE001 - as above
        name = address = ""
    if not address.strip("<>@"):
        name, address = utils.parseaddr(header(message, "from"))
    return repaired(name), _PUNYCODE.sub(_domain, address)


def _domain(match: re.Match[str]) -> str:
    try:
        return match[0].encode("ascii").decode("idna")
    except ValueError:
        return match[0]


def received_on(message: Message) -> date | None:
    """Return the day the last server took the message, or the one it bears, on the office's calendar."""
    for name in ("received", "date"):
        written = header(message, name).rpartition(";")[2].strip()
        try:
            moment: datetime | None = utils.parsedate_to_datetime(written)
        except (ValueError, TypeError, IndexError, OverflowError):
            moment = None
        if moment is not None:
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            try:
                return aware.astimezone(ZONE).date()
            except (OverflowError, ValueError):
                continue
    return None


def _unfolded(text: str) -> str:
    """Encoded words made letters, also where the standard does not allow them (names of files)."""
    if "=?" not in text:
        return text
    try:
        pieces = decode_header(text[:_LONGEST])
        return "".join(
            piece.decode(charset or "latin-1", "replace") if isinstance(piece, bytes) else piece
            for piece, charset in pieces
        )
    except Exception:  # noqa: BLE001 - as above
        return text
