"""Forms for a change of data: every kind has one, and what is filled in is read back as it was."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.changes import FlatScan, FormData, FormFiling, FormMark, FormReading, read_form
from app.documents.changes.forms import basis_acts, filled_in
from app.documents.pages import PDFIUM
from app.documents.wording import Script
from app.domain.changes import (
    DECLARATIONS,
    ApplicantStanding,
    ChangeKind,
    Declaration,
    Field,
    FieldType,
    declaration_of,
)
from app.domain.changes.asking import Value
from app.domain.changes.reading import clean
from app.domain.holders import HolderKind
from app.domain.spelling import repaired
from tests.documents.extraction import MM, check_golden, codes_of, picture_of, placed_on, text_of
from tests.documents.requests import FILING, HOLDER, JMBG, MASKED, form

KINDS = [declaration.kind for declaration in DECLARATIONS]
SERBIAN = st.text(
    st.sampled_from(
        "abcčćdđefghijklmnoprsštuvzžABCČĆDĐŠŽабвгдђежзијклљмнњопрстћуфхцчџшЂЈЉЊЋЏ0123456789 -./,()'"
    ),
    max_size=12,
).map(lambda words: repaired(clean(words)))
"""Words as they are kept: each in one script."""
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
SAMPLES: Mapping[FieldType, Value] = {
    FieldType.TEXT: "Šipka 1",
    FieldType.JMBG: JMBG,
    FieldType.PIB: "101134702",
    FieldType.COMPANY_NUMBER: "07000006",
    FieldType.PHONE: "064 123 45 67",
    FieldType.EMAIL: "ana@primer.example",
    FieldType.AREA: "1254.30",
    FieldType.COUNT: 4,
    FieldType.PERCENT: "15.50",
    FieldType.DATE: "2026-07-01",
    FieldType.STREET: "Bulevar kralja Aleksandra",
}


def values_of(field: Field) -> st.SearchStrategy[Value]:
    """What a customer can fill in."""
    match field.type:
        case FieldType.TEXT | FieldType.STREET:
            return SERBIAN.map(lambda text: text[: field.longest])
        case FieldType.CHOICE:
            return st.sampled_from([*field.choices, None])
        case FieldType.FLAG:
            return st.sampled_from([True, False, None])
        case FieldType.AREA:
            return st.decimals(field.least, field.most, places=2).map(str)
        case FieldType.PERCENT:
            return st.decimals(field.least, field.most, places=2).map(str)
        case FieldType.COUNT:
            return st.integers(field.least, field.most)
        case FieldType.DATE:
            return DAYS.map(date.isoformat)
    return st.sampled_from([SAMPLES[field.type], None])


def sample(field: Field) -> Value:
    """Something to be filled in, of every type."""
    if field.type is FieldType.CHOICE:
        return field.choices[-1]
    return True if field.type is FieldType.FLAG else SAMPLES[field.type]


def as_sent_back(content: bytes) -> FormReading:
    reading = read_form(content)
    assert isinstance(reading, FormReading)
    return reading


@pytest.mark.parametrize("script", Script)
@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_form_says_what_it_said_before_on_one_page(kind: ChangeKind, script: Script) -> None:
    text = text_of(form(kind, script=script))

    assert "\f" not in text
    check_golden(f"form_{kind}_{script}", text)


@pytest.mark.parametrize("script", Script)
def test_a_form_made_out_for_an_account_says_what_is_on_file(script: Script) -> None:
    text = text_of(form(script=script, prefilled=HOLDER))

    check_golden(f"form_prefilled_{script}", text)
    assert MASKED in text
    assert JMBG not in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_form_is_read_back_as_saying_nothing(kind: ChangeKind) -> None:
    reading = as_sent_back(form(kind))

    assert (reading.kind, reading.ident, reading.values, reading.problems) == (kind, None, {}, ())
    assert reading.filing == FormFiling()
    assert reading.enclosed == ()


@pytest.mark.parametrize("script", Script)
@pytest.mark.parametrize("declaration", DECLARATIONS, ids=lambda one: one.kind.value)
def test_what_a_form_is_filled_with_is_read_back(declaration: Declaration, script: Script) -> None:
    values = {field.name: sample(field) for field in declaration.fields}
    # a form made out for one kind of person has no fields for the other
    shown = {**values, "holder_kind": None} if "holder_kind" in values else values
    acts = basis_acts(declaration)
    filing = replace(FILING, basis_act=acts[-1] if acts else "dopis stanara")

    reading = as_sent_back(
        form(declaration.kind, script=script, prefilled=replace(HOLDER, values=shown, filing=filing))
    )

    assert reading.values == {name: value for name, value in shown.items() if value is not None}
    assert reading.filing == filing
    assert (reading.ident, reading.holder, reading.address) == (1234567, HOLDER.holder, HOLDER.address)


@given(data=st.data(), kind=st.sampled_from(KINDS), script=st.sampled_from(Script))
@settings(deadline=None, max_examples=60)
def test_whatever_is_filled_in_either_script_comes_back(
    data: st.DataObject, kind: ChangeKind, script: Script
) -> None:
    declaration = declaration_of(kind)
    drawn = {field.name: data.draw(values_of(field), label=field.name) for field in declaration.fields}
    if "holder_kind" in drawn:
        drawn["holder_kind"] = None
    filing = FormFiling(
        happened_on=data.draw(st.none() | DAYS),
        applicant_name=data.draw(SERBIAN),
        applicant_standing=data.draw(st.none() | st.sampled_from(ApplicantStanding)),
        basis_act=data.draw(st.sampled_from(["", *basis_acts(declaration)])),
        basis_number=data.draw(SERBIAN),
        basis_date=data.draw(st.none() | DAYS),
        note=data.draw(SERBIAN),
    )

    reading = as_sent_back(
        form(kind, script=script, prefilled=FormData(7654321, "Аna", "", values=drawn, filing=filing))
    )

    filled = {name: value for name, value in drawn.items() if value not in (None, "")}
    assert {name: str(value) for name, value in reading.values.items()} == {
        name: str(value).lower() if isinstance(value, str) and "@" in value else str(value)
        for name, value in filled.items()
    }
    assert reading.filing == filing


def test_a_legal_person_gets_no_fields_for_a_natural_one() -> None:
    data = replace(HOLDER, values={"holder_kind": HolderKind.LEGAL.value}, by_members=False)

    text = text_of(form(prefilled=data))

    assert "Poslovno ime" in text
    assert "JMBG" not in text
    assert "Broj članova" not in text


def test_a_masked_number_is_not_filled_in_as_if_it_were_one() -> None:
    assert filled_in(declaration_of(ChangeKind.HOLDER).field("jmbg"), MASKED) == ""


def test_a_form_filled_in_by_another_program_is_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(form(script=Script.CYRILLIC)))
    writer.update_page_form_field_values(
        writer.pages[0],
        {
            "ident": "1234567",
            "value.last_name": "Шћепановић",
            "value.first_name": "Živojin",
            "value.holder_kind": "/natural",
            "applicant.standing": "/proxy",
            "paper.title": "/Yes",
            "change.happened_on": "juče",
            "basis.date": "1.7.2026",
        },
    )
    saved = io.BytesIO()
    writer.write(saved)

    reading = as_sent_back(saved.getvalue())

    assert reading.ident == 1234567
    assert reading.values == {"holder_kind": "natural", "last_name": "Шћепановић", "first_name": "Živojin"}
    assert reading.filing.applicant_standing is ApplicantStanding.PROXY
    assert reading.filing.basis_date == date(2026, 7, 1)
    assert [paper.value for paper in reading.enclosed] == ["title"]
    assert [(problem.field, problem.facts["typed"]) for problem in reading.problems] == [
        ("happened_on", "juče")
    ]


def test_serbian_letters_typed_in_a_browser_show_and_are_read() -> None:
    """PDFium is what Chrome and Edge fill forms in with."""
    typed = "Živojin Đ. Шћепановић"
    with PDFIUM, pypdfium2.PdfDocument(form()) as document:
        document.init_forms()
        page = document[0]
        environment = document.formenv.raw
        x, y = 16 * MM, page.get_height() - 66.5 * MM
        pdfium.FORM_OnMouseMove(environment, page, 0, x, y)
        pdfium.FORM_OnLButtonDown(environment, page, 0, x, y)
        pdfium.FORM_OnLButtonUp(environment, page, 0, x, y)
        for letter in typed:
            pdfium.FORM_OnChar(environment, page, ord(letter), 0)
        pdfium.FORM_ForceToKillFocus(environment)
        saved = io.BytesIO()
        document.save(saved)

    reading = as_sent_back(saved.getvalue())

    assert reading.filing.applicant_name == typed
    drawn = pypdf.PdfReader(saved)
    (widget,) = [
        one.get_object() for one in drawn.pages[0]["/Annots"] if one.get_object().get("/T") == "name"
    ]
    appearance = widget["/AP"]["/N"]
    fonts = {
        name for name in appearance["/Resources"]["/Font"] if f"{name} ".encode() in appearance.get_data()
    }
    assert {appearance["/Resources"]["/Font"][name]["/BaseFont"] for name in fonts} == {"/NotoSans-Regular"}


@pytest.mark.parametrize("picture", ["JPEG", "PNG", "TIFF", "PDF"])
def test_a_scan_of_the_paper_tells_its_kind_and_account(picture: str) -> None:
    scan = io.BytesIO()
    crooked = picture_of(form(prefilled=HOLDER), dpi=150).convert("L").rotate(2, fillcolor=255)
    crooked.save(scan, picture)

    reading = read_form(scan.getvalue())

    assert isinstance(reading, FlatScan)
    assert (reading.kind, reading.ident) == (ChangeKind.HOLDER, 1234567)


def test_the_printed_code_says_what_the_fields_say() -> None:
    assert codes_of(form(ChangeKind.AREA)) == ["SALTER|F:1|K:area|I:"]
    assert FormMark.parse("SALTER|F:1|K:area|I:") == FormMark(ChangeKind.AREA, 1, None)
    assert FormMark.parse("SALTER|F:1|K:no_such_kind|I:") is None
    assert FormMark.parse("K:PR|V:01|C:1") is None


@given(name=st.text(max_size=200), address=st.text(max_size=200), note=st.text(max_size=200))
@settings(deadline=None, max_examples=30)
def test_no_text_leaves_the_margins(name: str, address: str, note: str) -> None:
    data = replace(HOLDER, holder=name, address=address, filing=replace(FILING, note=note))

    for runs in placed_on(form(prefilled=replace(data, current={**HOLDER.current, "last_name": name}))):
        assert all(run.left >= 11 and run.right <= 199 for run in runs)


def test_the_same_data_give_the_same_bytes() -> None:
    assert form(prefilled=HOLDER) == form(prefilled=HOLDER)
