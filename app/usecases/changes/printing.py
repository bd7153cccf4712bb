"""Papers about a change, ready to be looked at, printed, saved or sent: form, receipt, letter of decision."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy.orm import Session

from app.documents.changes import (
    ChangedField,
    DecisionData,
    EnclosedPaper,
    FormData,
    ReceiptData,
    Remedy,
    blank_form,
    covering_message,
    decision_letter,
    receipt,
)
from app.documents.wording import Script
from app.domain.changes import ChangeKind, PaperKind, Value
from app.domain.office_time import in_the_office
from app.usecases.accounts import NoSuchAccount, account_header
from app.usecases.bills import issuer_on
from app.usecases.changes.grounds import current_values, form_of
from app.usecases.changes.letters import letter_terms
from app.usecases.changes.questions import change_of
from app.usecases.changes.requests import Request

T = TypeVar("T")


class PaperAbout(StrEnum):
    """What a paper about a change is."""

    FORM = "form"
    RECEIPT = "receipt"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class WantedChangePaper:
    """A paper that is wanted as of ``now``; a form is of a kind, the others of a request."""

    about: PaperAbout
    ident: int
    script: Script
    now: datetime
    kind: ChangeKind | None = None
    request_id: int = 0
    is_blank: bool = False
    """A form for anybody, with nothing of the account in it."""

    @property
    def file_name(self) -> str:
        """The name of its file, without an ending."""
        what = self.kind.value if self.kind is not None else str(self.request_id)
        return f"{self.about}-{what}" if self.is_blank else f"{self.ident:07d}-{self.about}-{what}"

    @property
    def today(self) -> date:
        """The day it is made on."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class ChangePaper:
    """A finished paper about a change; ``file_name`` has no ending."""

    pdf: bytes
    file_name: str


@dataclass(frozen=True, slots=True)
class _Party:
    holder: str
    address: str


def change_paper(session: Session, *, wanted: WantedChangePaper) -> ChangePaper:
    """Make a paper about a change.

    Raises: IssuerUnknown, NoSuchRequest, NothingDecided.
    """
    return ChangePaper(_pdf(session, wanted), wanted.file_name)


def covering_letter(session: Session, *, wanted: WantedChangePaper, form: bytes) -> bytes:
    """Make the message that a form goes out with, to the address on file if there is one.

    Raises: IssuerUnknown.
    """
    if wanted.kind is None:
        raise ValueError(wanted.about)
    known = current_values(session, ident=wanted.ident, kind=ChangeKind.CORRECTION)
    return covering_message(
        form,
        kind=wanted.kind,
        file_name=wanted.file_name,
        recipient=str(known.get("email") or ""),
        issuer=issuer_on(session, today=wanted.today).name,
        script=wanted.script,
    )


def _pdf(session: Session, wanted: WantedChangePaper) -> bytes:
    if wanted.about is PaperAbout.FORM and wanted.kind is not None:
        return _form(session, wanted, wanted.kind)
    request = change_of(session, ident=wanted.ident, request_id=wanted.request_id, today=wanted.today)
    party = _party(session, wanted)
    if wanted.about is PaperAbout.RECEIPT:
        return _receipt(session, wanted, request, party)
    return _decision(session, wanted, request, party)


def _party(session: Session, wanted: WantedChangePaper) -> _Party:
    try:
        header = account_header(session, ident=wanted.ident, today=wanted.today)
    except NoSuchAccount:  # an account that is only to be opened
        return _Party("", "")
    return _Party(header.name, header.address)


def _form(session: Session, wanted: WantedChangePaper, kind: ChangeKind) -> bytes:
    ground = form_of(session, ident=wanted.ident, kind=kind, today=wanted.today)
    party = _party(session, wanted)
    current: dict[str, Value] = dict(ground.current)
    prefilled = FormData(
        ident=wanted.ident,
        holder=party.holder,
        address=party.address,
        current=current,
        holder_kind=ground.holder_kind,
        by_members=ground.by_members,
    )
    return blank_form(
        kind,
        issuer=issuer_on(session, today=wanted.today),
        script=wanted.script,
        made_at=wanted.now,
        reporting_days=ground.reporting_days,
        prefilled=None if wanted.is_blank else prefilled,
    )


def _receipt(session: Session, wanted: WantedChangePaper, request: Request, party: _Party) -> bytes:
    ground = form_of(session, ident=wanted.ident, kind=request.kind, today=wanted.today)
    filing = request.filing
    data = ReceiptData(
        issuer=issuer_on(session, today=wanted.today),
        number=request.number,
        kind=request.kind,
        ident=request.ident,
        holder=party.holder,
        address=party.address,
        applicant=filing.applicant_name,
        standing=_given(filing.applicant_standing),
        channel=filing.channel,
        branch=request.branch,
        clerk=request.entered_by,
        submitted_at=_office(request.submitted_at, wanted.now),
        received_on=_given(filing.received_on),
        happened_on=_given(filing.happened_on),
        applies_from=request.effective.period,
        cutoff_day=request.effective.cutoff_day,
        reporting_days=ground.reporting_days,
        is_late=request.is_late,
        due_on=_given(request.due_on or filing.received_on),
        fields=tuple(ChangedField(one.name, one.old, one.new) for one in request.fields if one.is_changed),
        papers=tuple(
            EnclosedPaper(one.kind, one.act, one.is_original_seen, bool(one.size)) for one in request.papers
        ),
        missing=_missing(request),
    )
    return receipt(data, script=wanted.script)


def _decision(session: Session, wanted: WantedChangePaper, request: Request, party: _Party) -> bytes:
    recipient = request.filing.applicant_name or party.holder
    decided_at = _office(_decided_at(request), wanted.now)
    terms = letter_terms(session, decided_on=decided_at.date())
    data = DecisionData(
        issuer=issuer_on(session, today=wanted.today),
        number=request.number,
        kind=request.kind,
        ident=request.ident,
        holder=party.holder,
        recipient=tuple(line for line in (recipient, party.address) if line),
        state=request.state,
        received_on=_given(request.filing.received_on),
        decided_at=decided_at,
        decided_by=request.decided_by or request.events[-1].who,
        branch=request.branch,
        reason=request.reason,
        applies_from=request.effective.period,
        fields=tuple(ChangedField(one.name, one.old, one.new) for one in request.fields if one.is_changed),
        remedy=Remedy(terms.remedy, is_confirmed=terms.is_remedy_confirmed),
        provider_order=request.provider_order,
        missing=_missing(request),
        complete_by=terms.complete_by,
    )
    return decision_letter(data, script=wanted.script)


def _given(asked: T | None) -> T:
    """Return what nobody submits a request without: a paper about a draft is a bug of whoever asked."""
    if asked is None:
        raise ValueError("the request was never submitted")
    return asked


def _missing(request: Request) -> tuple[PaperKind, ...]:
    return tuple(asked.kind for asked in request.checklist if not asked.is_satisfied)


def _decided_at(request: Request) -> datetime | None:
    if request.decided_at is not None:
        return request.decided_at
    return request.events[-1].happened_at if request.events else None


def _office(moment: datetime | None, otherwise: datetime) -> datetime:
    return in_the_office(moment if moment is not None else otherwise)
