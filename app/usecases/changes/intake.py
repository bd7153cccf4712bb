"""Making a request of what arrived: a filled form, a scan, or a message with papers in it.

Either the draft is there with everything that came with it, or nothing is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from sqlalchemy.orm import Session

from app.documents.changes.filled_forms import FlatScan, FormReading
from app.documents.changes.mail import Attachment, MailReading
from app.domain.changes import (
    ApplicantStanding,
    ChangeKind,
    FieldType,
    IntakeChannel,
    PaperKind,
    Value,
    declaration_of,
)
from app.usecases.changes.filing import save_draft
from app.usecases.changes.grounds import streets_like
from app.usecases.changes.papers import attach_paper
from app.usecases.changes.requests import Filing

LARGEST_ORNAMENT = 20_000
"""Pictures within the text of a message up to so many bytes are signatures and logos, not papers."""


class Started(TypedDict):
    """A draft made of what arrived."""

    ident: int
    request_id: int
    version: int


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    content: bytes
    kind: PaperKind


def forms_in(reading: FormReading | FlatScan | MailReading) -> tuple[FormReading, ...]:
    """Return the filled forms in what arrived: each becomes a request of its own."""
    if isinstance(reading, MailReading):
        return reading.forms
    return reading.all if isinstance(reading, FormReading) else ()


def kept_attachments(mail: MailReading, *, form_place: int) -> tuple[Attachment, ...]:
    """Return the papers of a message that are kept with the request made of the form at ``form_place``."""
    return tuple(one for one in mail.without_other_forms(form_place) if not is_ornament(one))


def is_ornament(paper: Attachment) -> bool:
    """Tell a signature or a logo within the text of a message: it is no paper."""
    return paper.is_inline and paper.type.is_picture and len(paper.content) <= LARGEST_ORNAMENT


def start_from_reading(
    session: Session,
    *,
    ident: int,
    kind: ChangeKind,
    reading: FormReading | FlatScan | MailReading,
    file_name: str,
    content: bytes,
    today: date,
    form_place: int = 0,
    unread: str = "",
) -> Started:
    """Make a draft of what was read, with its papers, on an account that a visit is held to.

    Of several forms it is made of the one at ``form_place``.  ``unread`` says what of a
    message could not be kept or read; it stands in the note of the request.

    Raises: what saving a draft and attaching a paper raise.
    """
    form = _form_of(reading, kind=kind, place=form_place)
    saved = save_draft(
        session,
        ident=ident,
        kind=kind,
        filing=_filing(reading, form, today=today, unread=unread),
        values=_values(session, form),
    )
    for file in _files(reading, form, kind=kind, file_name=file_name, content=content, place=form_place):
        attach_paper(
            session,
            ident=ident,
            request_id=saved["request_id"],
            paper_kind=file.kind,
            act="",
            file_name=file.name,
            content=file.content,
        )
    return Started(ident=ident, request_id=saved["request_id"], version=saved["version"])


def _form_of(
    reading: FormReading | FlatScan | MailReading, *, kind: ChangeKind, place: int
) -> FormReading | None:
    """Return the form that was filled in for this kind of change; another kind's values mean nothing here."""
    return next((form for form in forms_in(reading)[place : place + 1] if form.kind is kind), None)


def _filing(
    reading: FormReading | FlatScan | MailReading, form: FormReading | None, *, today: date, unread: str
) -> Filing:
    mail = reading if isinstance(reading, MailReading) else None
    received = min(mail.received_on or today, today) if mail is not None else today
    channel = IntakeChannel.EMAIL if mail is not None else IntakeChannel.COUNTER
    notes = [mail.text] if mail is not None else []
    if form is None:
        sender = mail.sender_name if mail is not None else ""
        address = mail.sender if mail is not None else ""
        return Filing(
            channel,
            received,
            received,
            applicant_name=sender,
            applicant_email=address,
            note=_joined(*notes, unread),
        )
    said = form.filing
    happened = said.happened_on
    return Filing(
        channel,
        received,
        # a day that lies ahead is for the clerk to ask about
        min(happened, received) if happened is not None else received,
        applicant_name=said.applicant_name,
        applicant_standing=said.applicant_standing or ApplicantStanding.OWNER,
        applicant_id_card=said.applicant_id_card,
        applicant_phone=said.applicant_phone,
        applicant_email=said.applicant_email or (mail.sender if mail is not None else ""),
        basis_act=said.basis_act,
        basis_number=said.basis_number,
        basis_date=said.basis_date if said.basis_date is None or said.basis_date <= today else None,
        basis_issuer=said.basis_issuer,
        note=_joined(said.note, *notes, unread),
    )


def _joined(*texts: str) -> str:
    """Put texts below each other, each of them once."""
    said: list[str] = []
    for text in texts:
        if text and not any(text in before for before in said):
            said.append(text)
    return "\n\n".join(said)


def _values(session: Session, form: FormReading | None) -> dict[str, Value]:
    """Return what was filled in; a street is found by its name, if there is only one of that name."""
    if form is None:
        return {}
    streets = {field.name for field in declaration_of(form.kind).fields if field.type is FieldType.STREET}
    values = {name: value for name, value in form.values.items() if name not in streets}
    for name in streets & set(form.values):
        found = streets_like(session, text=str(form.values[name]), limit=2)
        if len(found) == 1:
            values[name] = str(found[0].id)
    return values


def _files(
    reading: FormReading | FlatScan | MailReading,
    form: FormReading | None,
    *,
    kind: ChangeKind,
    file_name: str,
    content: bytes,
    place: int,
) -> Iterator[_File]:
    asked = [paper.kind for paper in declaration_of(kind).papers]
    of_form = PaperKind.REQUEST if PaperKind.REQUEST in asked else PaperKind.OTHER
    if not isinstance(reading, MailReading):
        yield _File(file_name, content, of_form)
        return
    attachments = kept_attachments(reading, form_place=place)
    others = [one for one in attachments if not isinstance(one.reading, FormReading)]
    enclosed = [paper for paper in form.enclosed if paper in asked and paper is not of_form] if form else []
    # one paper beside the form, and one ticked on it: they are the same
    of_other = enclosed[0] if len(enclosed) == len(others) == 1 else PaperKind.OTHER
    for one in attachments:
        yield _File(one.name, one.content, of_other if one in others else of_form)
