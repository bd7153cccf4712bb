"""What is dropped on the window: a bill to be opened, or a form, scan or message that asks for a change.

Files from outside are opened in a process of their own (``app.documents.apart``).
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from app.documents import apart
from app.documents.changes.filled_forms import FlatScan, FormReading, read_form
from app.documents.changes.mail import MOST_BYTES as MOST_BYTES_OF_MAIL
from app.documents.changes.mail import MailReading, read_mail
from app.documents.keeping import Kept, keepable
from app.documents.scan import MOST_BYTES, MOST_PAGES, UnreadableDocument, codes_drawn, payment_codes
from app.domain.errors import Refused
from app.domain.papers import Flaw, Unreadable, safe_name, sniff
from app.usecases.search import Found, find


class NoPaymentCode(Refused):
    """The document was read, but there is no payment code on it."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A document that is no bill; ``reading`` is what could be read of the request it brings."""

    file_name: str
    content: bytes
    reading: FormReading | FlatScan | MailReading

    @property
    def mail(self) -> MailReading | None:
        """The message, if it is one."""
        return self.reading if isinstance(self.reading, MailReading) else None


def find_in_document(session: Session, *, path: str) -> Found:
    """Find what the first payment code of the document at ``path`` names: a month, or a plan.

    Raises: Unreadable, UnreadableDocument, NoPaymentCode.
    """
    return _find(session, kept(_bytes_of(Path(path), most=MOST_BYTES)).content)


def read_document(session: Session, *, path: str) -> Found | Arrived:
    """Read whatever is at ``path``: a bill by its payment code, or what asks for a change of data.

    Nothing is kept.  Raises: Unreadable, UnreadableDocument, NoPaymentCode.
    """
    file = Path(path)
    content = _bytes_of(file, most=MOST_BYTES_OF_MAIL)
    if file.suffix.lower() in _MESSAGES:
        return Arrived(safe_name(file.name), content, apart.READING.run(partial(read_mail, content)))
    paper = kept(content)
    reading = apart.READING.run(partial(read_form, paper.content))
    if isinstance(reading, FlatScan) and reading.mark is None and not reading.is_heavy:
        try:
            return _find(session, paper.content)
        except NoPaymentCode:
            pass  # then it may be the scan of a form, or a paper of one
    return Arrived(safe_name(file.name, kind=paper.type), paper.content, reading)


def kept(content: bytes) -> Kept:
    """Return a file from outside in the form it is kept in.

    Raises: Unreadable.
    """
    kind = sniff(content)
    return Kept(kind, content) if kind is not None else apart.READING.run(partial(keepable, content))


_MESSAGES = frozenset({".eml", ".msg"})


def _bytes_of(file: Path, *, most: int) -> bytes:
    try:
        if file.stat().st_size > most:
            raise UnreadableDocument
        return file.read_bytes()
    except OSError as error:
        raise UnreadableDocument from error


def _find(session: Session, document: bytes) -> Found:
    for code in _codes(document):
        found = find(session, text=code)
        if found.named is not None:
            return found
    raise NoPaymentCode


def _codes(document: bytes) -> list[str]:
    try:
        return apart.READING.run(partial(payment_codes, document))
    except Unreadable as refusal:
        if refusal.flaw is not Flaw.TOO_INTRICATE:
            raise
    return apart.HASTY.run(partial(codes_drawn, document, most_pages=MOST_PAGES))
