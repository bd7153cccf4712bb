"""An e-mail message that brings a request: who wrote it, what they wrote, and the papers in it.

Names and types of attachments are the sender's claims: what is kept is told by what
a file holds.  Nothing in a message is run, fetched or shown as a page; of a body in
HTML only the words are taken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.message import Message
from email.parser import BytesParser
from email.policy import EmailPolicy

from app.documents.changes import bodies, headers, wrappings
from app.documents.changes.filled_forms import FlatScan, FormReading, read_form
from app.documents.keeping import is_keepable, keepable
from app.domain.changes.reading import clean
from app.domain.papers import Flaw, PaperType, Unreadable, safe_name, sniff
from app.domain.spelling import repaired

MOST_BYTES = 40 * 1024 * 1024
MOST_ATTACHMENTS = 20
DEEPEST = 3
"""Messages within messages that are looked into."""
LONGEST_TEXT = 4_000
LONGEST_LINE = 300
_MOST_LINES = 2_400_000
_MOST_PARTS = 60
_MOST_DASHED_LINES = 2_000
_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOUNDARY = re.compile(rb"boundary\s{0,3}=", re.IGNORECASE)
_OF_A_MESSAGE = ("from", "subject", "date", "received", "message-id", "mime-version")
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime")


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

    @property
    def forms(self) -> tuple[FormReading, ...]:
        """The filled forms in it."""
        return self.reading.all if isinstance(self.reading, FormReading) else ()


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
        this = self.forms[place] if place < len(self.forms) else None
        return tuple(one for one in self.attachments if not one.forms or this is None or this in one.forms)

    @property
    def forms(self) -> tuple[FormReading, ...]:
        """The filled forms among the attachments, those that follow another in one file among them."""
        return tuple(form for one in self.attachments for form in one.forms)


def read_mail(content: bytes, *, most_bytes: int = MOST_BYTES) -> MailReading:
    """Read a message as it was saved (.eml): at most twenty papers, in messages at most three deep.

    What is in it and is not kept is named with its reason.

    Raises: Unreadable.
    """
    _check(content, most_bytes)
    content = wrappings.from_its_first_header(content)
    _check(content, most_bytes)
    try:
        policy = headers.BoundedPolicy()
        return _Reader(_parsed(content, policy), policy).reading()
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


def _parsed(content: bytes, policy: EmailPolicy) -> Message:
    """Take a message apart.  Raises: Unreadable where it is none."""
    message = BytesParser(policy=policy).parsebytes(content)
    if not any(name in message for name in _OF_A_MESSAGE):
        raise Unreadable(Flaw.NO_MESSAGE)
    return message


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A part that holds something; one that is not spoken says the same as another that is."""

    part: Message
    content: bytes
    name: str
    is_spoken: bool
    depth: int


class _Reader:
    """Goes through the parts of one message, those of the messages within it among them."""

    def __init__(self, message: Message, policy: EmailPolicy) -> None:
        self._message = message
        self._policy = policy
        self._seen = 0
        self._words: list[str] = []
        self._attachments: list[Attachment] = []
        self._left_out: list[LeftOut] = []

    def reading(self) -> MailReading:
        for leaf in self._leaves(self._message, 0, is_spoken=True):
            self._take(leaf)
        sender_name, sender = headers.sender(self._message)
        return MailReading(
            sender=clean(sender)[:LONGEST_LINE],
            sender_name=clean(sender_name)[:LONGEST_LINE],
            subject=repaired(clean(headers.header(self._message, "subject")))[:LONGEST_LINE],
            received_on=headers.received_on(self._message),
            text="\n\n".join(self._words)[:LONGEST_TEXT].rstrip(),
            attachments=tuple(self._attachments),
            left_out=tuple(self._left_out),
        )

    # the parts -----------------------------------------------------------------------------------

    def _leaves(self, message: Message, depth: int, *, is_spoken: bool) -> Iterator[_Leaf]:
        """The parts that hold something, in their order."""
        waiting: list[tuple[Message, int, bool]] = [(message, depth, is_spoken)]
        while waiting:
            part, depth, is_spoken = waiting.pop()
            self._seen += 1
            if self._seen > _MOST_PARTS:
                raise Unreadable(Flaw.TOO_MANY_PARTS)
            inner = part.get_payload()
            if not isinstance(inner, list):
                yield from self._opened(part, depth, is_spoken=is_spoken)
            elif part.get_content_maintype() == "message":
                if depth == DEEPEST:
                    raise Unreadable(Flaw.TOO_MANY_PARTS)
                enclosed = [self._enclosed(part, one) for one in inner if isinstance(one, Message)]
                waiting += [(one, depth + 1, is_spoken) for one in reversed(enclosed)]
            elif part.get_content_subtype() == "alternative":
                versions = bodies.speaking(inner)
                waiting += [(one, depth, is_spoken and speaks) for one, speaks in reversed(versions)]
            else:
                waiting += [(one, depth, is_spoken) for one in reversed(inner) if isinstance(one, Message)]

    def _enclosed(self, part: Message, message: Message) -> Message:
        """A message within a message; some programs encode the whole of it, which no standard allows."""
        encoding = headers.transfer_encoding(part)
        raw = message.get_payload()
        if encoding != "base64" or not isinstance(raw, str) or len(message):
            return message
        content = wrappings.unpacked(raw.encode("utf-8", "surrogateescape"), encoding)
        return _parsed(wrappings.from_its_first_header(content), self._policy)

    def _opened(self, part: Message, depth: int, *, is_spoken: bool) -> Iterator[_Leaf]:
        """What stands in a part, after what it is wrapped in."""
        leaf = _Leaf(part, _decoded(part), headers.file_name(part), is_spoken, depth)
        kind = part.get_content_type()
        try:
            if leaf.content.startswith(wrappings.TNEF):
                yield from self._unpacked(leaf)
            elif leaf.content[:1] == b"0" and (kind in _SEALED or leaf.name.lower().endswith(".p7m")):
                signed = wrappings.opened_signed(leaf.content)
                yield from self._leaves(self._within(signed), depth, is_spoken=is_spoken)
            elif leaf.content and (kind == "message/rfc822" or leaf.name.lower().endswith(".eml")):
                if depth == DEEPEST:
                    raise Unreadable(Flaw.TOO_MANY_PARTS)
                message = _parsed(wrappings.from_its_first_header(leaf.content), self._policy)
                yield from self._leaves(message, depth + 1, is_spoken=is_spoken)
            else:
                yield leaf
        except Unreadable as error:
            if error.flaw in (Flaw.TOO_MANY_PARTS, Flaw.TOO_INTRICATE):
                raise
            self._left_out.append(LeftOut(safe_name(leaf.name), error.flaw))

    def _within(self, content: bytes) -> Message:
        _check(content, MOST_BYTES)
        return BytesParser(policy=self._policy).parsebytes(content)

    def _unpacked(self, leaf: _Leaf) -> Iterator[_Leaf]:
        packed = wrappings.unpacked_tnef(leaf.content)
        for one in packed:
            self._seen += 1
            if self._seen > _MOST_PARTS:
                raise Unreadable(Flaw.TOO_MANY_PARTS)
            yield _Leaf(leaf.part, one.content, repaired(one.name), leaf.is_spoken, leaf.depth)

    # what they hold ------------------------------------------------------------------------------

    def _take(self, leaf: _Leaf) -> None:
        if is_keepable(leaf.content):
            if len(self._attachments) == MOST_ATTACHMENTS:
                raise Unreadable(Flaw.TOO_MANY_PARTS)
            self._keep(leaf)
        elif bodies.is_body(leaf.part, leaf.name):
            words = bodies.words_of(leaf.part, leaf.content) if leaf.is_spoken else ""
            if words and words not in self._words:
                self._words.append(words)
        elif not leaf.content:
            if leaf.name:
                self._leave_out(leaf, Flaw.EMPTY)
        elif not (_is_of_a_signature(leaf) and wrappings.is_signature(leaf.content)):
            is_outlook = leaf.content.startswith(_OUTLOOK)
            self._leave_out(leaf, Flaw.OUTLOOK if is_outlook else Flaw.NOT_ALLOWED)

    def _keep(self, leaf: _Leaf) -> None:
        try:
            paper = keepable(leaf.content)
        except Unreadable as error:
            self._leave_out(leaf, error.flaw)
            return
        reading: FormReading | FlatScan | None = None
        flaw = None
        try:
            reading = read_form(paper.content)
        except Unreadable as error:
            flaw = error.flaw
        placed = headers.header(leaf.part, "content-disposition").lower()
        is_inline = "inline" in placed or bool(headers.header(leaf.part, "content-id"))
        name = safe_name(leaf.name, kind=paper.type)
        self._attachments.append(Attachment(name, paper.type, paper.content, is_inline, reading, flaw))

    def _leave_out(self, leaf: _Leaf, flaw: Flaw) -> None:
        self._left_out.append(LeftOut(safe_name(leaf.name), flaw))


def _is_of_a_signature(leaf: _Leaf) -> bool:
    return leaf.part.get_content_type() in _SIGNATURES or leaf.name.lower().endswith(".p7s")


def _decoded(part: Message) -> bytes:
    raw = part.get_payload()
    if not isinstance(raw, str):
        return b""
    encoding = headers.transfer_encoding(part)
    if encoding in ("base64", "quoted-printable"):
        return wrappings.unpacked(raw.encode("utf-8", "surrogateescape"), encoding)
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):  # an encoding that is none
        found = None
    return found if isinstance(found, bytes) else raw.encode("utf-8", "surrogateescape")
