"""Papers about a change, made on the threads of the questions: the form, the receipt, the decision."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from app.documents.wording import Script
from app.domain.changes import ChangeKind, ChangeState, PaperKind, Value
from app.domain.office_time import ZONE, in_the_office
from app.usecases import accounts, bills, changes
from app.usecases.accounts import NoSuchAccount
from app.usecases.changes import Request

_CLOSED = {ChangeState.DRAFT, ChangeState.CANCELLED}


class PaperAbout(StrEnum):
    """Which paper."""

    FORM = "form"
    RECEIPT = "receipt"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class WantedChangePaper:
    """A paper that is wanted; a form is of a kind, the others of a request."""

    about: PaperAbout
    ident: int
    script: Script
    today: date
    kind: ChangeKind | None = None
    request_id: int = 0
    is_blank: bool = False
    """A form for anybody, with nothing of the account in it."""

    @property
    def file_name(self) -> str:
        """The name of its file, without an ending."""
        what = self.kind.value if self.kind is not None else str(self.request_id)
        return f"{self.about}-{what}" if self.is_blank else f"{self.ident:07d}-{self.about}-{what}"


@dataclass(frozen=True, slots=True)
class _Party:
    holder: str
    address: str


def make(session: Session, *, wanted: WantedChangePaper) -> bytes:
    """Make a paper as a PDF.

    Raises: IssuerUnknown, NoSuchRequest.
    """
    import pypdfium2  # noqa: F401 - loaded here, so that the preview need not wait for it

    if wanted.about is PaperAbout.FORM and wanted.kind is not None:
        return _form(session, wanted, wanted.kind)
    request = changes.change_of(session, ident=wanted.ident, request_id=wanted.request_id, today=wanted.today)
    party = _party(session, wanted)
    if wanted.about is PaperAbout.RECEIPT:
        return _receipt(session, wanted, request, party)
    return _decision(session, wanted, request, party)


def has_receipt(state: ChangeState) -> bool:
    """Tell whether a request in this state was ever received."""
    return state not in _CLOSED


def has_decision(state: ChangeState) -> bool:
    """Tell whether there is a decision to write a letter about."""
    return state in (
        ChangeState.APPROVED,
        ChangeState.APPLIED,
        ChangeState.REJECTED,
        ChangeState.RETURNED,
    )


def _party(session: Session, wanted: WantedChangePaper) -> _Party:
    try:
        header = accounts.account_header(session, ident=wanted.ident, today=wanted.today)
    except NoSuchAccount:  # an account that is only to be opened
        return _Party("", "")
    return _Party(header.name, header.address)


def _form(session: Session, wanted: WantedChangePaper, kind: ChangeKind) -> bytes:
    from app.documents.changes.form_data import FormData
    from app.documents.changes.forms import blank_form

    ground = changes.form_of(session, ident=wanted.ident, kind=kind, today=wanted.today)
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
        issuer=bills.issuer_on(session, today=wanted.today),
        script=wanted.script,
        made_at=_moment(wanted.today),
        reporting_days=ground.reporting_days,
        prefilled=None if wanted.is_blank else prefilled,
    )


def make_message(session: Session, *, wanted: WantedChangePaper, form: bytes) -> bytes:
    """Make the message that a form goes out with, to the address on file if there is one.

    Raises: IssuerUnknown.
    """
    from app.documents.changes.covering import covering_message

    assert wanted.kind is not None  # noqa: S101
    known = changes.current_values(session, ident=wanted.ident, kind=ChangeKind.CORRECTION)
    return covering_message(
        form,
        kind=wanted.kind,
        file_name=wanted.file_name,
        recipient=str(known.get("email") or ""),
        issuer=bills.issuer_on(session, today=wanted.today).name,
        script=wanted.script,
    )


def _receipt(session: Session, wanted: WantedChangePaper, request: Request, party: _Party) -> bytes:
    from app.documents.changes.facts import ChangedField, EnclosedPaper
    from app.documents.changes.receipts import ReceiptData, receipt

    ground = changes.form_of(session, ident=wanted.ident, kind=request.kind, today=wanted.today)
    filing = request.filing
    data = ReceiptData(
        issuer=bills.issuer_on(session, today=wanted.today),
        number=request.number,
        kind=request.kind,
        ident=request.ident,
        holder=party.holder,
        address=party.address,
        applicant=filing.applicant_name,
        standing=filing.applicant_standing,
        channel=filing.channel,
        branch=request.branch,
        clerk=request.entered_by,
        submitted_at=_office(request.submitted_at, wanted.today),
        received_on=filing.received_on,
        happened_on=filing.happened_on,
        applies_from=request.effective.period,
        cutoff_day=request.effective.cutoff_day,
        reporting_days=ground.reporting_days,
        is_late=request.is_late,
        due_on=request.due_on or filing.received_on,
        fields=tuple(ChangedField(one.name, one.old, one.new) for one in request.fields if one.is_changed),
        papers=tuple(
            EnclosedPaper(one.kind, one.act, one.is_original_seen, bool(one.size)) for one in request.papers
        ),
        missing=_missing(request),
    )
    return receipt(data, script=wanted.script)


def _decision(session: Session, wanted: WantedChangePaper, request: Request, party: _Party) -> bytes:
    from app.documents.changes.decisions import DecisionData, Remedy, decision_letter
    from app.documents.changes.facts import ChangedField

    recipient = request.filing.applicant_name or party.holder
    decided_at = _office(_decided_at(request), wanted.today)
    terms = changes.letter_terms(session, decided_on=decided_at.date())
    data = DecisionData(
        issuer=bills.issuer_on(session, today=wanted.today),
        number=request.number,
        kind=request.kind,
        ident=request.ident,
        holder=party.holder,
        recipient=tuple(line for line in (recipient, party.address) if line),
        state=request.state,
        received_on=request.filing.received_on,
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


def _missing(request: Request) -> tuple[PaperKind, ...]:
    return tuple(asked.kind for asked in request.checklist if not asked.is_satisfied)


def _decided_at(request: Request) -> datetime | None:
    if request.decided_at is not None:
        return request.decided_at
    return request.events[-1].happened_at if request.events else None


def _office(moment: datetime | None, today: date) -> datetime:
    return in_the_office(moment) if moment is not None else _moment(today)


def _moment(today: date) -> datetime:
    return datetime.combine(today, datetime.now(ZONE).time(), ZONE)
