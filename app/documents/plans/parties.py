"""Who makes a contract: the two of them at its head, and their signatures at its end."""

from collections.abc import Sequence

from app.documents.paper import Ink
from app.documents.plans.contract_data import (
    Certification,
    ContractData,
    Creditor,
    Debtor,
    LegalDebtor,
    NaturalDebtor,
)
from app.documents.sheet import LEFT, RIGHT, WIDTH, PrintedSheet
from app.documents.typesetting import Align, Face, width_of, wrapped
from app.documents.wording import day
from app.domain import bank_account

SIGNATURES, CERTIFICATION = 48.0, 42.0
"""What the signatures, and a notary's certification, take of a page at most, in millimeters."""

_CARD = 91.0
_LABEL = 30.0
_SIGNATURE = 80.0
_MOST_LINES = 8
_SIZE = 8.8

Facts = Sequence[tuple[str, str]]


def draw_parties(sheet: PrintedSheet, data: ContractData) -> None:
    """Creditor and debtor side by side, in full; what is not known is a line to be filled in by hand."""
    cards = (
        ("POVERILAC", data.creditor.issuer.name, _creditor_facts(data.creditor)),
        ("DUŽNIK", data.debtor.name, _debtor_facts(data.debtor)),
    )
    ends = [
        _draw_card(sheet, LEFT + place * (WIDTH - _CARD), role, name, facts)
        for place, (role, name, facts) in enumerate(cards)
    ]
    sheet.y = max(ends) - 1.0


def draw_signatures(sheet: PrintedSheet, data: ContractData) -> None:
    """Place, day, and a line for each to sign on."""
    sheet.room(SIGNATURES)
    sheet.y += 4
    words = sheet.say(f"Mesto i datum: {data.place}, {day(data.signed_on)} godine")
    sheet.pen.text(LEFT, sheet.y + 3, words, width=WIDTH, size=9)
    sheet.y += 8
    creditor, debtor = data.creditor, data.debtor
    ours = _draw_signature(
        sheet, LEFT, "ZA POVERIOCA", creditor.representative, what=creditor.office, stamp="M. P."
    )
    x = RIGHT - _SIGNATURE
    is_firm = isinstance(debtor, LegalDebtor)
    if debtor.representative is not None or is_firm:
        signer = debtor.representative.name if debtor.representative is not None else ""
        stamp = "M. P." if is_firm else ""
        theirs = _draw_signature(sheet, x, "ZA DUŽNIKA", signer, what=debtor.name, stamp=stamp)
    else:
        theirs = _draw_signature(sheet, x, "DUŽNIK", debtor.name)
    sheet.y = max(ours, theirs)


def draw_certification(sheet: PrintedSheet, certification: Certification) -> None:
    """The notary's certification, filled in or left to be filled in."""
    sheet.room(CERTIFICATION)
    sheet.y += 4
    pen, top = sheet.pen, sheet.y
    pen.frame(LEFT, top, width=WIDTH, height=CERTIFICATION - 4, tone=Ink.MUTED)
    words = sheet.say("OVERA POTPISA DUŽNIKA KOD JAVNOG BELEŽNIKA")
    pen.text(LEFT + 4, top + 6, words, width=WIDTH - 8, size=8, face=Face.BOLD, tone=Ink.ACCENT)
    when = day(certification.certified_on) if certification.certified_on else ""
    facts = (
        ("UOP broj", certification.number),
        ("Datum overe", when),
        ("Javni beležnik", certification.notary),
    )
    y = top + 14.5
    for label, value in facts:
        pen.text(LEFT + 4, y, sheet.say(label), width=26, size=7.5, tone=Ink.MUTED)
        pen.rule(LEFT + 32, y + 1, to_x=LEFT + 100, to_y=y + 1, tone=Ink.MUTED)
        pen.text(LEFT + 33, y, sheet.say(value), width=66, size=9, face=Face.BOLD)
        y += 8.5
    pen.rule(RIGHT - 66, top + 31, to_x=RIGHT - 6, to_y=top + 31, weight=0.5, tone=Ink.INK)
    words = sheet.say("potpis i pečat javnog beležnika")
    pen.text(RIGHT - 66, top + 34.4, words, width=60, size=7, align=Align.CENTER, tone=Ink.MUTED)
    sheet.y += CERTIFICATION - 4


def _creditor_facts(creditor: Creditor) -> Facts:
    issuer = creditor.issuer
    return (
        ("Sedište", f"{issuer.street}\n{issuer.place}"),
        ("PIB", issuer.tax_number),
        ("Matični broj", issuer.company_number),
        ("Tekući račun", bank_account.dashed(creditor.account)),
        ("Zastupnik", _joined(creditor.representative, creditor.office)),
    )


def _debtor_facts(debtor: Debtor) -> Facts:
    signer = debtor.representative
    by = _joined(signer.name, signer.basis) if signer is not None else ""
    said = [fact for fact in (("Kontakt", debtor.contact), ("Napomena", debtor.note)) if fact[1]]
    if not isinstance(debtor, NaturalDebtor):
        return (
            ("Sedište", "\n".join(debtor.seat)),
            ("PIB", debtor.tax_number),
            ("Matični broj", debtor.company_number),
            ("Zastupnik", by),
            *said,
        )
    foreign = ("Evid. broj stranca", debtor.foreigner_number)
    facts = [
        ("Adresa", "\n".join(debtor.address)),
        foreign if debtor.foreigner_number else ("JMBG", debtor.jmbg),
        ("Broj lične karte", debtor.id_card),
    ]
    if debtor.former_business:
        facts.append(("Brisani preduzetnik", debtor.former_business))
    if by:
        facts.append(("Zastupnik", by))
    return (*facts, *said)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _draw_card(sheet: PrintedSheet, x: float, role: str, name: str, facts: Facts) -> float:
    """One party; return where its card ends."""
    pen, top = sheet.pen, sheet.y
    pen.field(x, top, width=_CARD, height=0.7, tone=Ink.ACCENT)
    pen.text(x, top + 4.0, sheet.say(role), width=_CARD, size=6.8, face=Face.BOLD, tone=Ink.ACCENT)
    y = top + 8.6
    for line in wrapped(sheet.say(name), face=Face.BOLD, size=10.5, width=_CARD, lines=_MOST_LINES):
        pen.text(x, y, line, width=_CARD, size=10.5, face=Face.BOLD)
        y += 4.6
    inner = _CARD - _LABEL
    for label, value in facts:
        pen.text(x, y, sheet.say(label), width=_LABEL - 1, size=7, tone=Ink.MUTED)
        if not value:
            pen.rule(x + _LABEL, y + 0.8, to_x=x + _CARD, to_y=y + 0.8, tone=Ink.MUTED)
            y += 4.4
            continue
        for line in _lines(sheet.say(value), width=inner):
            pen.text(x + _LABEL, y, line, width=inner, size=_SIZE)
            y += 4.2
        y += 0.2
    return y


def _lines(value: str, *, width: float) -> list[str]:
    """A value in one line, or each of its parts in its own: no address is broken within a name."""
    whole = value.replace("\n", ", ")
    parts = (
        [whole] if width_of(whole, Face.REGULAR) * _SIZE <= width else value.replace("\n", ",\n").split("\n")
    )
    return [
        line
        for part in parts
        for line in wrapped(part, face=Face.REGULAR, size=_SIZE, width=width, lines=_MOST_LINES)
    ]


def _draw_signature(
    sheet: PrintedSheet, x: float, role: str, name: str, *, what: str = "", stamp: str = ""
) -> float:
    """A line to sign on; return where what is under it ends."""
    pen, y, width = sheet.pen, sheet.y, _SIGNATURE
    pen.text(x, y + 3, sheet.say(role), width=width, size=8, face=Face.BOLD, align=Align.CENTER)
    pen.text(x, y + 18, sheet.say(stamp), width=16, size=8, tone=Ink.MUTED)
    pen.rule(x, y + 20, to_x=x + width, to_y=y + 20, weight=0.5, tone=Ink.INK)
    below = y + 24
    for words, size, tone in ((name, 8.5, Ink.INK), (what, 7.5, Ink.MUTED)):
        for line in wrapped(sheet.say(words), face=Face.REGULAR, size=size, width=width, lines=3):
            pen.text(x, below, line, width=width, size=size, align=Align.CENTER, tone=tone)
            below += 3.6
    return below
