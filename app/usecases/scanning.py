"""Finding an account from a photo, a scan or a PDF of one of its bills."""

from pathlib import Path

from sqlalchemy.orm import Session

from app.documents.scan import MOST_BYTES, UnreadableDocument, payment_codes
from app.domain.errors import Refused
from app.usecases.search import Found, find


class NoPaymentCode(Refused):
    """The document was read, but there is no payment code on it."""


def find_in_document(session: Session, *, path: str) -> Found:
    """Find the account and month that the first payment code of the document at ``path`` names.

    Raises: UnreadableDocument, NoPaymentCode.
    """
    file = Path(path)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UnreadableDocument
        document = file.read_bytes()
    except OSError as error:
        raise UnreadableDocument from error
    for code in payment_codes(document):
        found = find(session, text=code)
        if found.bill is not None:
            return found
    raise NoPaymentCode
