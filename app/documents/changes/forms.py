"""The form by which a customer asks for a change of data: made from the kind's declaration alone.

One sheet to be printed and filled in by hand, or filled in on a screen and sent
back; either way it comes back recognized by its marks.  Empty for anybody, or made
out for an account: then what is on file is printed beneath each field.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.documents.bill.copy import Issuer
from app.documents.changes import form_data as names
from app.documents.changes import words
from app.documents.changes.form_data import EDITION, FILED, FormData, FormFiling, FormMark
from app.documents.paper import Ink, PdfPaper
from app.documents.sheet import COLUMNS, LEFT, RIGHT, WIDTH, Answers, Blank, Cell, PrintedSheet, span_of
from app.documents.typesetting import Align, Face
from app.documents.wording import Script, day, written
from app.domain.changes import (
    ChangeKind,
    Declaration,
    Field,
    FieldType,
    Need,
    PaperKind,
    declaration_of,
)
from app.domain.changes import (
    ChecklistPaper as AskedPaper,
)
from app.domain.changes.asking import Value
from app.domain.changes.reading import clean

LONGEST_DAY = 11
OFFICE_WIDTH = 62.0
_ACCOUNT_WIDTH = WIDTH - OFFICE_WIDTH - 4
_NO_BASIS = frozenset(
    {
        PaperKind.REQUEST,
        PaperKind.IDENTITY_CARD,
        PaperKind.AUTHORIZATION,
        PaperKind.WRITTEN_NOTICE,
        PaperKind.EMAIL_CONSENT,
        PaperKind.OTHER,
    }
)
"""Papers that come with a request but are not what it stands on."""
_YES_NO = (("true", words.YES), ("false", words.NO))


@dataclass(frozen=True, slots=True)
class _Measure:
    """How wide a field of a type is, in twelfths, and how many signs it takes."""

    span: int
    longest: int


_MEASURES = {
    FieldType.JMBG: _Measure(4, 13),
    FieldType.PIB: _Measure(4, 9),
    FieldType.COMPANY_NUMBER: _Measure(4, 8),
    FieldType.PHONE: _Measure(4, 24),
    FieldType.EMAIL: _Measure(8, 120),
    FieldType.AREA: _Measure(3, 12),
    FieldType.COUNT: _Measure(3, 7),
    FieldType.PERCENT: _Measure(3, 6),
    FieldType.DATE: _Measure(3, LONGEST_DAY),
    FieldType.STREET: _Measure(6, 120),
}


def blank_form(
    kind: ChangeKind,
    *,
    issuer: Issuer,
    script: Script,
    made_at: datetime,
    reporting_days: int,
    prefilled: FormData | None,
) -> bytes:
    """Make the form of a kind as a PDF that can be filled in.

    ``reporting_days`` is how soon a change must be reported; ``made_at`` becomes the
    document's date.  Fields are called as in ``form_data``.
    """
    declaration = declaration_of(kind)
    mark = FormMark(kind, EDITION, prefilled.ident if prefilled else None)
    title = "Zahtev za promenu podataka"
    paper = PdfPaper(
        title=written(f"{title}: {words.KINDS[kind]}", script),
        author=written(issuer.name, script),
        subject=written(words.KINDS[kind], script),
        language=script.language,
        made_at=made_at,
    )
    sheet = PrintedSheet(paper, issuer, title=title.upper(), code=str(mark), script=script)
    sheet.head(words.KINDS[kind], f"Obrazac br. {declaration.number}, izdanje {EDITION}")
    sheet.fields.hidden(names.KIND, kind.value)
    sheet.fields.hidden(names.FORM, str(EDITION))
    _account(sheet, prefilled)
    filing = prefilled.filing if prefilled else FormFiling()
    _applicant(sheet, filing)
    _changed(sheet, declaration, prefilled)
    _basis(sheet, declaration, filing)
    _papers(sheet, declaration, prefilled)
    _signature(sheet, reporting_days)
    return sheet.finish()


def basis_acts(declaration: Declaration) -> tuple[str, ...]:
    """List the acts a change of a kind can stand on, each by its name in the code."""
    found: dict[str, None] = {}
    for paper in declaration.papers:
        if paper.is_one_of:
            found.update(dict.fromkeys(paper.is_one_of))
        elif paper.kind not in _NO_BASIS and paper.need is Need.ALWAYS:
            found[paper.kind.value] = None
    return tuple(found)


def shown_fields(declaration: Declaration, data: FormData | None) -> tuple[Field, ...]:
    """List the fields a form shows: all of the kind on a blank, else what concerns the account."""
    return tuple(field for field in declaration.fields if _concerns(field.need, declaration, data))


def filled_in(field: Field, value: Value) -> str:
    """A value as it stands in its field, to be read back as the same.

    A masked personal number is not filled in: it is no number.
    """
    if value is None or value == "":
        return ""
    text = clean(str(value))
    match field.type:
        case FieldType.FLAG:
            return text.lower()
        case FieldType.JMBG:
            return "" if "•" in text else text
        case FieldType.AREA | FieldType.PERCENT:
            return text.replace(".", ",")
        case FieldType.DATE:
            return _day_filled_in(text)
    return text


def _concerns(need: Need, declaration: Declaration, data: FormData | None) -> bool:
    if data is None or need in (Need.ALWAYS, Need.OPTIONAL, Need.PROXY):
        return True
    if need is Need.BY_MEMBERS:
        return data.by_members is not False
    kind: object = data.holder_kind
    for field in declaration.fields:
        if str(field.target) == "holder.kind":
            kind = data.values.get(field.name)
    return not kind or str(kind) == {Need.NATURAL_PERSON: "natural", Need.LEGAL_PERSON: "legal"}[need]


def _day_filled_in(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


# -- parts of the sheet --------------------------------------------------------------


def _account(sheet: PrintedSheet, data: FormData | None) -> None:
    """The account, and beside it what the office fills in."""
    top = sheet.y
    ident = f"{data.ident:07d}" if data else ""
    sheet.cells(
        (
            Blank(names.IDENT, "Ident", 3, 7, value=ident),
            Blank(names.HOLDER, "Korisnik računa", 9, 120, value=clean(data.holder) if data else ""),
            Blank(names.ADDRESS, "Adresa prostora", 12, 200, value=clean(data.address) if data else ""),
        ),
        width=_ACCOUNT_WIDTH,
    )
    x, height = RIGHT - OFFICE_WIDTH, sheet.y - top - 0.6
    pen = sheet.pen
    pen.frame(x, top, width=OFFICE_WIDTH, height=height, weight=0.4, tone=Ink.MUTED)
    pen.text(x + 1.5, top + 2.6, sheet.say("Popunjava ekspozitura"), width=40, size=5.8, tone=Ink.MUTED)
    for line, label in enumerate(("Delovodni broj", "Primljeno")):
        y = top + 8.2 + line * 6.6
        pen.text(x + 1.5, y, sheet.say(label), width=20, size=6.4, tone=Ink.MUTED)
        pen.rule(x + 20, y + 0.6, to_x=x + 42, to_y=y + 0.6, tone=Ink.MUTED)
    stamp = sheet.say("pečat")
    pen.text(x + 43, top + height - 1.5, stamp, width=17.5, size=5.8, align=Align.CENTER, tone=Ink.MUTED)


def _applicant(sheet: PrintedSheet, filing: FormFiling) -> None:
    sheet.section("1. Podnosilac zahteva")
    standings = tuple((standing.value, said) for standing, said in words.STANDINGS.items())
    standing = filing.applicant_standing
    sheet.cells(
        (
            Blank(FILED["applicant_name"], "Ime i prezime", 7, 120, value=clean(filing.applicant_name)),
            Answers(
                FILED["applicant_standing"],
                "Svojstvo podnosioca",
                5,
                standings,
                value=standing.value if standing else "",
            ),
            Blank(
                FILED["applicant_id_card"], "Broj lične karte", 3, 20, value=clean(filing.applicant_id_card)
            ),
            Blank(FILED["applicant_phone"], "Telefon", 3, 24, value=clean(filing.applicant_phone)),
            Blank(FILED["applicant_email"], "E-pošta", 6, 120, value=clean(filing.applicant_email)),
        )
    )


def _changed(sheet: PrintedSheet, declaration: Declaration, data: FormData | None) -> None:
    sheet.section("2. Šta se menja")
    shown = shown_fields(declaration, data)
    captions = {Need.NATURAL_PERSON: "Fizičko lice", Need.LEGAL_PERSON: "Pravno lice ili preduzetnik"}
    both = {Need.NATURAL_PERSON, Need.LEGAL_PERSON} <= {field.need for field in shown}
    for need, group in _grouped(shown):
        if both and need in captions:
            sheet.caption(captions[need])
        sheet.cells([_cell(field, data) for field in group])


def _grouped(fields: Sequence[Field]) -> Iterator[tuple[Need, list[Field]]]:
    """Neighbors that are asked of the same kind of person."""
    persons = {Need.NATURAL_PERSON, Need.LEGAL_PERSON}
    group: list[Field] = []
    before = Need.ALWAYS
    for field in fields:
        need = field.need if field.need in persons else Need.ALWAYS
        if group and need is not before:
            yield before, group
            group = []
        before = need
        group.append(field)
    if group:
        yield before, group


def _cell(field: Field, data: FormData | None) -> Cell:
    name = names.VALUE + field.name
    label = words.FIELDS[field.name]
    if field.need is Need.BY_MEMBERS and data is None:
        label = f"{label} ({words.NEEDS[field.need]})"
    value = filled_in(field, data.values.get(field.name)) if data else ""
    old = ""
    if data is not None and data.current.get(field.name) not in (None, ""):
        old = words.value_word(field, data.current[field.name])
    match field.type:
        case FieldType.CHOICE:
            options = tuple((code, words.CHOICES[field.name][code]) for code in field.choices)
            span = span_of(label, options)
            return Answers(name, label, span, options, value=value, old=old)
        case FieldType.FLAG:
            return Answers(name, label, 3, _YES_NO, value=value, old=old)
        case FieldType.TEXT:
            span = 2 if field.longest <= 12 else 4 if field.longest <= 60 else COLUMNS
            return Blank(name, label, span, field.longest, value=value, old=old)
    measure = _MEASURES[field.type]
    span = 6 if field.need is Need.BY_MEMBERS else measure.span
    return Blank(name, label, span, measure.longest, value=value, old=old)


def _basis(sheet: PrintedSheet, declaration: Declaration, filing: FormFiling) -> None:
    """On what the change stands: the act, its number, date and issuer, and the day it happened."""
    sheet.section("3. Osnov promene")
    acts = basis_acts(declaration)
    act = clean(filing.basis_act)
    other = "" if act in acts else act
    cells: list[Cell] = []
    if acts:
        options = tuple((one, words.act_word(one)) for one in acts)
        span = 6 if len(acts) == 1 else COLUMNS
        cells.append(Answers(FILED["basis_act"], "Isprava", span, options, value="" if other else act))
    label = "Druga isprava (navesti koja)" if acts else "Isprava"
    wide = 6 if len(acts) == 1 else 9
    issued, happened = _written_day(filing.basis_date), _written_day(filing.happened_on)
    number, issuer = clean(filing.basis_number), clean(filing.basis_issuer)
    cells += [
        Blank(names.OTHER_ACT, label, 6, 120, value=other),
        Blank(FILED["basis_number"], "Broj isprave", 3 if wide == 6 else 6, 60, value=number),
        Blank(FILED["basis_date"], "Datum isprave", 3, LONGEST_DAY, value=issued),
        Blank(FILED["basis_issuer"], "Organ koji je ispravu izdao", wide, 120, value=issuer),
        Blank(FILED["happened_on"], "Dan nastanka promene", 3, LONGEST_DAY, value=happened),
        Blank(FILED["note"], "Napomena", 9, 200, value=clean(filing.note)),
    ]
    sheet.cells(cells)


def _papers(sheet: PrintedSheet, declaration: Declaration, data: FormData | None) -> None:
    sheet.section("4. Prilozi")
    asked = [paper for paper in declaration.papers if _concerns(paper.need, declaration, data)]
    sheet.tick_boxes([(names.PAPER + paper.kind.value, _asked(paper), False) for paper in asked])


def _asked(paper: AskedPaper) -> str:
    """A paper of the checklist: when it is needed, and whether the original must be shown."""
    remarks = [words.NEEDS[paper.need]] if words.NEEDS[paper.need] else []
    if paper.must_see_original:
        remarks.append("original na uvid")
    return words.PAPERS[paper.kind] + (f" ({', '.join(remarks)})" if remarks else "")


def _signature(sheet: PrintedSheet, reporting_days: int) -> None:
    """What the applicant signs, and where."""
    sheet.room(27)
    sheet.y += 2
    sheet.text(
        "Izjavljujem da su podaci tačni. Promena se prijavljuje u roku od "
        f"{reporting_days} dana od dana nastanka; zahtev za budući dan se ne prima. "
        "Podaci iz zahteva obrađuju se samo radi vođenja računa, obračuna i naplate komunalnih usluga, "
        "u skladu sa Zakonom o zaštiti podataka o ličnosti („Službeni glasnik RS“, br. 87/2018).",
        size=7,
        tone=Ink.MUTED,
    )
    pen, y = sheet.pen, sheet.y + 12
    for x, to_x, label in (
        (LEFT, LEFT + 70, "mesto i datum"),
        (RIGHT - 80, RIGHT, "potpis podnosioca (i pečat, za pravna lica)"),
    ):
        pen.rule(x, y, to_x=to_x, to_y=y, weight=0.5, tone=Ink.INK)
        pen.text(
            x, y + 2.8, sheet.say(label), width=to_x - x, size=6.4, align=Align.CENTER, tone=Ink.MUTED,
            face=Face.REGULAR,
        )  # fmt: skip
    sheet.y = y + 4


def _written_day(when: date | None) -> str:
    return day(when) if when is not None else ""
