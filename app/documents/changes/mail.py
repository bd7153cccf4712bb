"""An e-mail message that brings a request: who wrote it, what they wrote, and the papers in it.

Names and types of attachments are the sender's claims: what is kept is told by what
a file holds.  Nothing in a message is run, fetched or shown as a page; of a body in
HTML only the words are taken.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import utils
from email.header import decode_header
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import EmailPolicy
from html.parser import HTMLParser
from typing import Any

from app.documents.changes.filled_forms import FlatScan, FormReading, read_form
from app.domain.changes.checking import clean
from app.domain.office_time import ZONE
from app.domain.papers import Flaw, PaperType, Unreadable, safe_name, sniff

MOST_BYTES = 40 * 1024 * 1024
MOST_ATTACHMENTS = 20
DEEPEST = 3
"""Messages within messages that are looked into."""
LONGEST_TEXT = 4_000
LONGEST_LINE = 300
_MOST_LINES = 2_400_000
_MOST_PARTS = 60
_MOST_DASHED_LINES = 2_000
_LONGEST_HEADER = 8_000
_MOST_HEADERS = 5_000
_LONGEST_BODY = 400_000
_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOUNDARY = re.compile(rb"boundary\s{0,3}=", re.IGNORECASE)
_OF_A_MESSAGE = ("from", "subject", "date", "received", "message-id", "mime-version")
_BLANK_LINES = re.compile(r"\n\s*\n+")
_SILENT = frozenset({"script", "style", "head", "title"})
_NEW_LINE = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "table", "blockquote"})


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper that came with a message.

    ``reading`` is what was read in it; ``flaw`` says why nothing could be.
    """

    name: str
    type: PaperType
    content: bytes
    is_inline: bool
    reading: FormReading | FlatScan | None
    flaw: Flaw | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file of a message that is not kept, and why."""

    name: str
    flaw: Flaw


@dataclass(frozen=True, slots=True)
class MailReading:
    """A message: whom it is from, its words, its papers, and what of it was left out.

    ``received_on`` is the day it arrived, or that it bears; None if neither can be read.
    """

    sender: str
    sender_name: str
    subject: str
    received_on: date | None
    text: str
    attachments: tuple[Attachment, ...]
    left_out: tuple[LeftOut, ...]

    def without_other_forms(self, place: int) -> tuple[Attachment, ...]:
        """Return the attachments that go with the form at ``place``: the other forms are of somebody else."""
        forms = [one for one in self.attachments if isinstance(one.reading, FormReading)]
        others = [one for at, one in enumerate(forms) if at != place]
        return tuple(one for one in self.attachments if not any(one is other for other in others))

    @property
    def forms(self) -> tuple[FormReading, ...]:
        """The filled forms among the attachments."""
        return tuple(one.reading for one in self.attachments if isinstance(one.reading, FormReading))


class _Bounded(EmailPolicy):
    """Headers are cut and counted before they are looked into: the library takes minutes over long ones."""

    def __init__(self) -> None:
        super().__init__(message_factory=EmailMessage)
        object.__setattr__(self, "_left", [_MOST_HEADERS])  # the library's own way round its guard

    def header_source_parse(self, sourcelines: Any) -> tuple[str, Any]:
        left: list[int] = self._left  # type: ignore[attr-defined]
        left[0] -= 1
        if left[0] < 0:
            raise Unreadable(Flaw.TOO_INTRICATE)
        kept, room = [], _LONGEST_HEADER
        for line in sourcelines:
            kept.append(line[:room])
            room -= len(line)
            if room <= 0:
                break
        return super().header_source_parse(kept)


def read_mail(content: bytes, *, most_bytes: int = MOST_BYTES) -> MailReading:
    """Read a message as it was saved (.eml): at most twenty papers, in messages at most three deep.

    Raises: Unreadable.
    """
    _check(content, most_bytes)
    try:
        message = BytesParser(policy=_Bounded()).parsebytes(content)
        if not any(name in message for name in _OF_A_MESSAGE):
            raise Unreadable(Flaw.NO_MESSAGE)
        return _reading(message)
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable(Flaw.TOO_INTRICATE) from error
    except Exception as error:  # the library has faults of its own with malformed headers
        raise Unreadable(Flaw.MALFORMED) from error


def _check(content: bytes, most_bytes: int) -> None:
    """Refuse what would take long before anything is taken apart."""
    if not content.strip(b"\0\r\n\t "):
        raise Unreadable(Flaw.EMPTY)
    if len(content) > min(most_bytes, MOST_BYTES):
        raise Unreadable(Flaw.TOO_BIG)
    if content.startswith(_OUTLOOK):
        raise Unreadable(Flaw.OUTLOOK)
    if sniff(content) is not None or content.startswith((b"MZ", b"PK\x03\x04")):
        raise Unreadable(Flaw.NO_MESSAGE)
    if content.count(b"\n") + content.count(b"\r") > _MOST_LINES:
        raise Unreadable(Flaw.TOO_INTRICATE)
    is_cut_up = content.count(b"\n--") > _MOST_DASHED_LINES
    if is_cut_up or sum(1 for _ in _BOUNDARY.finditer(content)) > _MOST_PARTS:
        raise Unreadable(Flaw.TOO_MANY_PARTS)


def _reading(message: Message) -> MailReading:
    words: list[str] = []
    attachments: list[Attachment] = []
    left_out: list[LeftOut] = []
    for part in _leaves(message):
        content = _decoded(part)
        name = _file_name(part)
        kind = sniff(content)
        if kind is not None:
            if len(attachments) == MOST_ATTACHMENTS:
                raise Unreadable(Flaw.TOO_MANY_PARTS)
            attachments.append(_attached(part, content, kind, name))
        elif _is_body(part, name):
            words.append(_words(part, content))
        elif content:
            flaw = Flaw.OUTLOOK if content.startswith(_OUTLOOK) else Flaw.NOT_ALLOWED
            left_out.append(LeftOut(safe_name(name), flaw))
    sender_name, sender = _sender(message)
    text = "\n\n".join(part for part in words if part)
    return MailReading(
        sender=clean(sender)[:LONGEST_LINE],
        sender_name=clean(sender_name)[:LONGEST_LINE],
        subject=clean(_header(message, "subject"))[:LONGEST_LINE],
        received_on=_received_on(message),
        text=text[:LONGEST_TEXT].rstrip(),
        attachments=tuple(attachments),
        left_out=tuple(left_out),
    )


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, in their order, those of enclosed messages among them."""
    waiting: list[tuple[Message, int]] = [(message, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > _MOST_PARTS:
            raise Unreadable(Flaw.TOO_MANY_PARTS)
        inner = part.get_payload()
        if not isinstance(inner, list):
            yield part
            continue
        if part.get_content_maintype() == "message":
            depth += 1
            if depth > DEEPEST:
                raise Unreadable(Flaw.TOO_MANY_PARTS)
        elif part.get_content_subtype() == "alternative":
            inner = _best(inner)
        waiting += [(one, depth) for one in reversed(inner) if isinstance(one, Message)]


def _best(parts: Sequence[Any]) -> list[Any]:
    """Of several versions of the same words the plain one, and whatever is no words."""
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    return (
        [part for part in parts if part in plain[:1] or part.get_content_maintype() != "text"]
        if plain
        else list(parts)
    )


def _decoded(part: Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):  # an encoding that is none
        found = None
    if isinstance(found, bytes):
        return found
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _attached(part: Message, content: bytes, kind: PaperType, name: str) -> Attachment:
    reading: FormReading | FlatScan | None = None
    flaw = None
    try:
        reading = read_form(content)
    except Unreadable as error:
        flaw = error.flaw
    is_inline = "inline" in _header(part, "content-disposition").lower() or bool(_header(part, "content-id"))
    return Attachment(safe_name(name, kind=kind), kind, content, is_inline, reading, flaw)


def _is_body(part: Message, name: str) -> bool:
    return part.get_content_maintype() == "text" and not name


def _words(part: Message, content: bytes) -> str:
    """The words of a body, in lines, without what a page would be made of."""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = content[:_LONGEST_BODY].decode(charset, "replace")
    except LookupError:
        text = content[:_LONGEST_BODY].decode("utf-8", "replace")
    if part.get_content_subtype() == "html":
        reader = _Words()
        reader.feed(text)
        text = "".join(reader.found)
    lines = [clean(line) for line in text.splitlines()]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """Takes the words out of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self._silent += 1
        elif tag in _NEW_LINE:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def _file_name(part: Message) -> str:
    try:
        found = part.get_filename() or ""
    except Exception:  # noqa: BLE001 - a name is not worth a refusal
        found = ""
    return _unfolded(found)


def _header(message: Message, name: str) -> str:
    """A header as text, by the library or, where it fails, by hand."""
    try:
        return _unfolded(str(message.get(name, "")))
    except Exception:  # noqa: BLE001 - as above
        raw = [str(value) for key, value in message.raw_items() if key.lower() == name]
        return _unfolded(raw[0]) if raw else ""


def _sender(message: Message) -> tuple[str, str]:
    """The name and the address a message says it is from."""
    header: Any = message.get("from")
    try:
        first = header.addresses[0]
        name, address = str(first.display_name), str(first.addr_spec)
    except Exception:  # noqa: BLE001 - as above
        name = address = ""
    return (name, address) if address.strip("<>@") else utils.parseaddr(_header(message, "from"))


def _unfolded(text: str) -> str:
    """Encoded words made letters, also where the standard does not allow them (names of files)."""
    if "=?" not in text:
        return text
    try:
        pieces = decode_header(text[:_LONGEST_HEADER])
        return "".join(
            piece.decode(charset or "latin-1", "replace") if isinstance(piece, bytes) else piece
            for piece, charset in pieces
        )
    except Exception:  # noqa: BLE001 - as above
        return text


def _received_on(message: Message) -> date | None:
    """The day the last server took the message, or the one it bears, on the office's calendar."""
    for name in ("received", "date"):
        written = _header(message, name).rpartition(";")[2].strip()
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
