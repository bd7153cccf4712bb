"""Requests for a change of data as the desk would print them: synthetic people, samples of numbers."""

from datetime import date, datetime

from app.documents.changes import (
    ChangedField,
    DecisionData,
    EnclosedPaper,
    FormData,
    FormFiling,
    ReceiptData,
    Remedy,
    blank_form,
)
from app.documents.wording import Script
from app.domain.changes import ApplicantStanding, ChangeKind, ChangeState, IntakeChannel, PaperKind
from app.domain.period import Period
from tests.documents.samples import ISSUER, SUMMER

MADE_AT = datetime(2026, 7, 9, 14, 32, tzinfo=SUMMER)
JMBG = "0101990360007"
MASKED = "0101•••••0009"
HOLDER_FIELDS = (
    ChangedField("holder_kind", "natural", "natural"),
    ChangedField("last_name", "Đorđević-Petrović", "Šćepanović"),
    ChangedField("first_name", "Ljiljana", "Živojin"),
    ChangedField("jmbg", MASKED, JMBG),
    ChangedField("members", 3, 4),
    ChangedField("email", None, "zivojin@primer.example"),
)
FILING = FormFiling(
    happened_on=date(2026, 7, 1),
    applicant_name="Živojin Šćepanović",
    applicant_standing=ApplicantStanding.OWNER,
    applicant_id_card="008123456",
    applicant_phone="064 123 45 67",
    applicant_email="zivojin@primer.example",
    basis_act="sale_contract",
    basis_number="ОПУ 123/2026",
    basis_date=date(2026, 6, 30),
    basis_issuer="javni beležnik Ђорђе Лазић",
    note="ključevi su predati 1. jula",
)
HOLDER = FormData(
    ident=1234567,
    holder="Ljiljana Đorđević-Petrović",
    address="Učiteljska 17/III/12, 11050 Beograd, Zvezdara",
    current={field.name: field.old for field in HOLDER_FIELDS},
    values={field.name: field.new for field in HOLDER_FIELDS},
    filing=FILING,
    by_members=True,
)
RECEIPT = ReceiptData(
    issuer=ISSUER,
    number="ZVE-000123/2026",
    kind=ChangeKind.HOLDER,
    ident=1234567,
    holder="Ljiljana Đorđević-Petrović",
    address="Učiteljska 17/III/12, 11050 Beograd, Zvezdara",
    applicant="Živojin Šćepanović",
    standing=ApplicantStanding.OWNER,
    channel=IntakeChannel.COUNTER,
    branch="Ekspozitura Zvezdara",
    clerk="M. Stanković",
    submitted_at=MADE_AT,
    received_on=date(2026, 7, 9),
    happened_on=date(2026, 6, 29),
    applies_from=Period(2026, 7),
    cutoff_day=20,
    reporting_days=8,
    is_late=True,
    due_on=date(2026, 7, 24),
    fields=HOLDER_FIELDS,
    papers=(
        EnclosedPaper(PaperKind.REQUEST, "", is_original_seen=False, has_copy=True),
        EnclosedPaper(PaperKind.TITLE, "sale_contract", is_original_seen=True, has_copy=True),
        EnclosedPaper(PaperKind.IDENTITY_CARD, "", is_original_seen=True, has_copy=False),
    ),
    missing=(PaperKind.MEMBERS_CERTIFICATE,),
)


def decision(state: ChangeState, *, kind: ChangeKind = ChangeKind.HOLDER) -> DecisionData:
    """A letter about a decision in this state."""
    is_returned = state is ChangeState.RETURNED
    reasons = {
        ChangeState.APPROVED: "",
        ChangeState.REJECTED: "Ugovor o kupoprodaji nije overen kod javnog beležnika.",
        ChangeState.RETURNED: "Nedostaje potvrda upravnika o broju članova domaćinstva.",
    }
    return DecisionData(
        issuer=ISSUER,
        number="ZVE-000123/2026",
        kind=kind,
        ident=1234567,
        holder="Ljiljana Đorđević-Petrović",
        recipient=("Živojin Šćepanović", "Učiteljska 17/III/12", "11050 Beograd, Zvezdara"),
        state=state,
        received_on=date(2026, 7, 9),
        decided_at=datetime(2026, 7, 15, 9, 5, tzinfo=SUMMER),
        decided_by="Jelena Ćirić",
        branch="Ekspozitura Zvezdara",
        reason=reasons[state],
        applies_from=Period(2026, 7),
        fields=HOLDER_FIELDS if kind is ChangeKind.HOLDER else (),
        remedy=Remedy(
            "Na ovu odluku možete podneti prigovor u roku od 15 dana od dana prijema.", is_confirmed=False
        ),
        missing=(PaperKind.MEMBERS_CERTIFICATE,) if is_returned else (),
        complete_by=date(2026, 7, 30) if is_returned else None,
    )


def form(
    kind: ChangeKind = ChangeKind.HOLDER,
    *,
    script: Script = Script.LATIN,
    prefilled: FormData | None = None,
) -> bytes:
    """A form as the desk prints it."""
    return blank_form(
        kind, issuer=ISSUER, script=script, made_at=MADE_AT, reporting_days=8, prefilled=prefilled
    )
