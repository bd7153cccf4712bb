"""The receipt (potvrda o prijemu): what a customer takes home when a request was filed.

Its number, its papers, from which month the change will count, and until when it
will be decided.
"""

from dataclasses import dataclass
from datetime import date, datetime

from app.documents.bill.copy import Issuer
from app.documents.changes import words
from app.documents.changes.facts import ChangedField, EnclosedPaper, draw_changed, draw_missing, paper_row
from app.documents.paper import Ink, PdfPaper
from app.documents.sheet import RIGHT, PrintedSheet
from app.documents.typesetting import Align
from app.documents.wording import Script, day, moment, month, written
from app.domain.account_number import to_text
from app.domain.changes import ApplicantStanding, ChangeKind, IntakeChannel, PaperKind, declaration_of
from app.domain.period import Period


@dataclass(frozen=True, slots=True)
class ReceiptData:
    """A request as it was received; ``submitted_at`` on the clock of the office."""

    issuer: Issuer
    number: str
    kind: ChangeKind
    ident: int
    holder: str
    address: str
    applicant: str
    standing: ApplicantStanding
    channel: IntakeChannel
    branch: str
    clerk: str
    submitted_at: datetime
    received_on: date
    happened_on: date
    applies_from: Period
    cutoff_day: int
    reporting_days: int
    is_late: bool
    due_on: date
    fields: tuple[ChangedField, ...]
    papers: tuple[EnclosedPaper, ...]
    missing: tuple[PaperKind, ...] = ()


def receipt(data: ReceiptData, *, script: Script) -> bytes:
    """Make the receipt of a request as a PDF; the same data give the same bytes."""
    title = "Potvrda o prijemu zahteva"
    paper = PdfPaper(
        title=written(f"{title} {data.number}", script),
        author=written(data.issuer.name, script),
        subject=written(words.KINDS[data.kind], script),
        language=script.language,
        made_at=data.submitted_at,
    )
    sheet = PrintedSheet(paper, data.issuer, title=title.upper(), code="", script=script)
    sheet.head(words.KINDS[data.kind], f"podnet {moment(data.submitted_at)}")
    received = f"{day(data.received_on)} ({words.CHANNELS[data.channel]})"
    sheet.facts(
        (
            (("Delovodni broj", data.number), ("Datum prijema", received), ("Ident", to_text(data.ident))),
            (("Korisnik računa", data.holder), ("Adresa prostora", data.address)),
            (
                ("Podnosilac", f"{data.applicant} ({words.STANDINGS[data.standing]})"),
                ("Dan nastanka promene", day(data.happened_on)),
            ),
            (
                ("Primenjuje se od obračuna za", month(data.applies_from)),
                ("Rok za odluku", day(data.due_on)),
            ),
        )
    )
    draw_changed(sheet, declaration_of(data.kind), data.fields, title="Tražena promena", new="Novo")
    if data.papers:
        sheet.section("Primljeni prilozi")
        sheet.table(
            (("Prilog", 84.0), ("Isprava", 62.0), ("Primljeno", 40.0)),
            [paper_row(paper) for paper in data.papers],
        )
    draw_missing(sheet, data.missing)
    sheet.y += 3
    for remark in _remarks(data):
        sheet.text(remark, size=8, tone=Ink.MUTED)
        sheet.y += 1
    _signature(sheet, data)
    return sheet.finish()


def _remarks(data: ReceiptData) -> list[str]:
    rule = (
        f"Zahtev primljen do {data.cutoff_day}. u mesecu primenjuje se od obračuna za taj mesec, "
        "a zahtev primljen kasnije od obračuna za naredni mesec."
    )
    made = [rule]
    if data.is_late:
        made.append(f"Promena je prijavljena posle roka od {data.reporting_days} dana od dana nastanka.")
    if data.missing:
        made.append("O zahtevu se odlučuje kada prilozi koji nedostaju budu dostavljeni.")
    made.append("Ova potvrda nije odluka o zahtevu. O odluci ćete biti obavešteni.")
    return made


def _signature(sheet: PrintedSheet, data: ReceiptData) -> None:
    sheet.room(24)
    y = sheet.y + 16
    pen, x, width = sheet.pen, RIGHT - 80, 80.0
    pen.rule(x, y, to_x=RIGHT, to_y=y, weight=0.5, tone=Ink.INK)
    pen.text(x, y + 3.6, sheet.say(data.clerk), width=width, size=8, align=Align.CENTER)
    pen.text(x, y + 7.0, sheet.say(data.branch), width=width, size=7, align=Align.CENTER, tone=Ink.MUTED)
    pen.text(x - 40, y + 3.6, sheet.say("M. P."), width=30, size=8, align=Align.CENTER, tone=Ink.MUTED)
