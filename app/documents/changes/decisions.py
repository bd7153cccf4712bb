"""The letter that tells an applicant what was decided: approved, rejected, or returned for completion.

It says why, from which month, and what changes; personal numbers are masked, for a
letter goes through many hands.
"""

from dataclasses import dataclass
from datetime import date, datetime

from app.documents.bill.copy import Issuer
from app.documents.changes import words
from app.documents.changes.facts import ChangedField, draw_changed, draw_missing
from app.documents.paper import Ink, PdfPaper
from app.documents.sheet import LEFT, RIGHT, PrintedSheet
from app.documents.typesetting import Align, Face
from app.documents.wording import Script, day, month, written
from app.domain.account_number import to_text
from app.domain.changes import ChangeKind, ChangeState, Declaration, PaperKind, Scope, declaration_of
from app.domain.period import Period

_TITLES = {
    ChangeState.APPROVED: "Zahtev je odobren",
    ChangeState.APPLIED: "Zahtev je odobren",
    ChangeState.REJECTED: "Zahtev je odbijen",
    ChangeState.RETURNED: "Zahtev treba dopuniti",
}


class NothingDecided(ValueError):
    """A letter was asked for about a request nobody has decided: a bug of whoever asked."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What can be done against a decision, as the settings have it, and whether the company confirmed it."""

    text: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class DecisionData:
    """A decision about a request; ``recipient`` is a name and up to three lines of address.

    ``complete_by`` is the day until which a returned request can be completed.

    Raises: NothingDecided for a state that is no decision.
    """

    issuer: Issuer
    number: str
    kind: ChangeKind
    ident: int
    holder: str
    recipient: tuple[str, ...]
    state: ChangeState
    received_on: date
    decided_at: datetime
    decided_by: str
    branch: str
    reason: str
    applies_from: Period
    fields: tuple[ChangedField, ...]
    remedy: Remedy
    provider_order: str = ""
    missing: tuple[PaperKind, ...] = ()
    complete_by: date | None = None

    def __post_init__(self) -> None:
        if self.state not in _TITLES:
            raise NothingDecided(self.state)

    @property
    def is_approved(self) -> bool:
        return self.state in (ChangeState.APPROVED, ChangeState.APPLIED)


def decision_letter(data: DecisionData, *, script: Script) -> bytes:
    """Make the letter about a decision as a PDF; the same data give the same bytes."""
    declaration = declaration_of(data.kind)
    paper = PdfPaper(
        title=written(f"Obaveštenje o odluci {data.number}", script),
        author=written(data.issuer.name, script),
        subject=written(words.KINDS[data.kind], script),
        language=script.language,
        made_at=data.decided_at,
    )
    sheet = PrintedSheet(paper, data.issuer, title="OBAVEŠTENJE O ODLUCI", code="", script=script)
    sheet.head(words.KINDS[data.kind], f"{day(data.decided_at)}")
    _recipient(sheet, data)
    received = day(data.received_on)
    ident = to_text(data.ident)
    sheet.facts(((("Delovodni broj", data.number), ("Zahtev primljen", received), ("Ident", ident)),))
    sheet.y += 2
    sheet.room(12)
    sheet.pen.text(
        LEFT, sheet.y + 4, sheet.say(_TITLES[data.state]), width=RIGHT - LEFT, size=13, face=Face.BOLD,
        tone=Ink.ACCENT,
    )  # fmt: skip
    sheet.y += 8
    for paragraph in _paragraphs(data, declaration):
        sheet.text(paragraph, size=9.5)
        sheet.y += 2
    if data.state is not ChangeState.RETURNED:
        title = "Šta je promenjeno" if data.is_approved else "Šta je traženo"
        draw_changed(
            sheet, declaration, data.fields, title=title, new="Novo" if data.is_approved else "Traženo"
        )
    draw_missing(sheet, data.missing)
    _remedy(sheet, data)
    _signature(sheet, data)
    return sheet.finish()


def _recipient(sheet: PrintedSheet, data: DecisionData) -> None:
    """Where the window of an envelope is."""
    for place, line in enumerate(data.recipient[:4]):
        face = Face.REGULAR if place else Face.BOLD
        sheet.pen.text(RIGHT - 90, 42 + place * 4.4, sheet.say(line), width=90, size=9.5, face=face)
    sheet.y = 63.0


def _paragraphs(data: DecisionData, declaration: Declaration) -> list[str]:
    what = f"Zahtev „{words.KINDS[data.kind]}“ za ident {to_text(data.ident)} ({data.holder})"
    made = []
    if data.is_approved:
        made.append(f"{what} je odobren i primenjuje se od obračuna za {month(data.applies_from)}")
        if declaration.scope is Scope.BUILDING:
            made.append("Promena važi za sve račune zgrade.")
    elif data.state is ChangeState.REJECTED:
        made.append(f"{what} nije mogao biti prihvaćen. Podaci ostaju kakvi su bili.")
    else:
        until = f" do {day(data.complete_by)}" if data.complete_by else ""
        made.append(
            f"{what} nije moguće rešiti bez dopune. Molimo Vas da ga dopunite{until} na bilo kojoj "
            "ekspozituri, poštom ili e-poštom, uz navođenje delovodnog broja."
        )
    if data.provider_order:
        made.append(f"Nalog davaoca usluge: {data.provider_order}")
    if data.reason:
        made.append(f"Obrazloženje: {data.reason}")
    return made


def _remedy(sheet: PrintedSheet, data: DecisionData) -> None:
    """What can be done against it; a text nobody confirmed says so, lest it leave the house unnoticed."""
    if data.state is ChangeState.RETURNED or not data.remedy.text:
        return
    sheet.section("Pravna pouka")
    sheet.y += 1
    sheet.text(data.remedy.text, size=8.5)
    if not data.remedy.is_confirmed:
        sheet.text("(tekst pravne pouke nije potvrđen)", size=7, tone=Ink.MUTED)


def _signature(sheet: PrintedSheet, data: DecisionData) -> None:
    sheet.room(26)
    y = sheet.y + 18
    pen, x, width = sheet.pen, RIGHT - 80, 80.0
    pen.rule(x, y, to_x=RIGHT, to_y=y, weight=0.5, tone=Ink.INK)
    pen.text(x, y + 3.6, sheet.say(data.decided_by), width=width, size=8, align=Align.CENTER)
    pen.text(x, y + 7.0, sheet.say(data.branch), width=width, size=7, align=Align.CENTER, tone=Ink.MUTED)
    pen.text(x - 40, y + 3.6, sheet.say("M. P."), width=30, size=8, align=Align.CENTER, tone=Ink.MUTED)
