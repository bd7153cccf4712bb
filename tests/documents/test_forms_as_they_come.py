"""Forms as they come back: filled in, joined, printed to a file, photographed."""

import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from app.documents import apart
from app.documents.changes import FlatScan, FormReading, read_form, read_mail
from app.documents.keeping import keepable
from app.documents.pages import draw_page, page_sizes
from app.domain.changes import ChangeKind
from app.domain.papers import Flaw, PaperType, Unreadable
from app.usecases.scanning import Arrived, read_document
from tests.documents.extraction import picture_of
from tests.documents.outside import CATALOG, PAGE, PAGES, pdf
from tests.documents.requests import HOLDER, form

FORM = form(prefilled=HOLDER)
OTHER = form(prefilled=replace(HOLDER, ident=7654321, values={"members": 2}))
HEIC = (Path(__file__).parent / "files" / "form.heic").read_bytes()


def reading_of(content: bytes) -> FormReading:
    reading = read_form(content)
    assert isinstance(reading, FormReading)
    return reading


def saved(writer: pypdf.PdfWriter) -> bytes:
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def opened(content: bytes = FORM) -> pypdf.PdfWriter:
    return pypdf.PdfWriter(clone_from=io.BytesIO(content))


def fields_of(writer: pypdf.PdfWriter) -> ArrayObject:
    fields = writer.root_object["/AcroForm"].get_object()["/Fields"].get_object()  # type: ignore[index]
    assert isinstance(fields, ArrayObject)
    return fields


# -- PDFs -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [b"\n", b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\n\r\n", b"\0" * 1_024])
def test_a_pdf_with_bytes_before_its_first_is_read_and_kept_without_them(before: bytes) -> None:
    assert reading_of(before + FORM).values == HOLDER.values
    assert keepable(before + FORM).content == FORM


def test_what_stands_further_in_makes_no_pdf() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_form(b" " * 1_025 + FORM)

    assert refusal.value.flaw is Flaw.NOT_ALLOWED


def test_fields_that_only_hang_on_the_pages_are_read() -> None:
    writer = opened()
    del writer.root_object["/AcroForm"]

    assert reading_of(saved(writer)).values == HOLDER.values


BELOW = (
    b"<</T(zahtev.pdf)/Kids[5 0 R 6 0 R 7 0 R]>>",
    b"<</T(salter)/Parent 4 0 R/Kids[8 0 R 9 0 R]>>",
    b"<</T(ident)/FT/Tx/Parent 4 0 R/V(1234567)>>",
    b"<</T(value)/Parent 4 0 R/Kids[10 0 R]>>",
    b"<</T(kind)/FT/Tx/Parent 5 0 R/V(holder)>>",
    b"<</T(form)/FT/Tx/Parent 5 0 R/V(1)>>",
    b"<</T(last_name)/FT/Tx/Parent 7 0 R/V(Lukic)>>",
)
"""The fields of a form below a parent that a program made when it joined files."""


@pytest.mark.parametrize(
    "made",
    [
        pdf(PAGES, PAGE % b"", *BELOW, root=CATALOG % b"/AcroForm<</Fields[4 0 R]>>"),
        pdf(PAGES, PAGE % b"/Annots[8 0 R 9 0 R 6 0 R 10 0 R]", *BELOW),
    ],
    ids=["listed", "on the page"],
)
def test_fields_below_a_parent_that_a_program_made_are_read(made: bytes) -> None:
    reading = reading_of(made)

    assert (reading.kind, reading.ident) == (ChangeKind.HOLDER, 1234567)
    assert reading.values == {"last_name": "Lukic"}


def test_a_value_that_is_a_stream_is_read() -> None:
    writer = opened()
    (note,) = [one for one in writer.get_fields() or {} if one == "change.note"]
    assert note
    for page in writer.pages:
        for annotation in page.annotations or ():
            field = annotation.get_object()
            if field.get("/T") == "note":
                long = StreamObject()
                long.set_data("дуга напомена".encode("utf-16"))
                field[NameObject("/V")] = long

    assert reading_of(saved(writer)).filing.note == "дуга напомена"


@pytest.mark.parametrize("written", ["1 234 567", "1.234.567", "123-4567", "1234567"])
def test_an_account_number_is_read_as_people_write_it(written: str) -> None:
    writer = opened()
    writer.update_page_form_field_values(writer.pages[0], {"ident": written}, auto_regenerate=False)

    assert reading_of(saved(writer)).ident == 1234567


@pytest.mark.parametrize("written", ["123 456", "12345678", "1 234 56a"])
def test_what_is_no_account_number_is_said_to_be_unreadable(written: str) -> None:
    writer = opened()
    writer.update_page_form_field_values(writer.pages[0], {"ident": written}, auto_regenerate=False)

    reading = reading_of(saved(writer))
    assert reading.ident is None
    assert [problem.field for problem in reading.problems] == ["ident"]


def joined() -> bytes:
    """Two forms in one file, as most programs join them: the same names twice."""
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(FORM))
    writer.append(io.BytesIO(OTHER))
    return saved(writer)


def renamed() -> bytes:
    """Two forms in one file, the names of the second numbered."""
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(FORM))
    known = len(fields_of(writer))
    writer.append(io.BytesIO(OTHER))
    for field in list(fields_of(writer))[known:]:
        made = field.get_object()
        made[NameObject("/T")] = TextStringObject(f"{made['/T']}+1")
    return saved(writer)


@pytest.mark.parametrize("made", [joined, renamed])
def test_each_of_two_forms_in_one_file_is_read(made) -> None:  # type: ignore[no-untyped-def]
    first, second = reading_of(made()).all

    assert (first.ident, first.values) == (1234567, HOLDER.values)
    assert (second.ident, second.values) == (7654321, {"members": 2})


def test_each_of_two_forms_in_one_attachment_is_offered() -> None:
    from email.message import EmailMessage

    made = EmailMessage()
    made["From"] = "ana@primer.example"
    made.set_content("dva zahteva")
    made.add_attachment(joined(), maintype="application", subtype="pdf", filename="oba.pdf")

    reading = read_mail(bytes(made))
    assert [one.ident for one in reading.forms] == [1234567, 7654321]
    assert [one.name for one in reading.without_other_forms(1)] == ["oba.pdf"]


# -- codes ------------------------------------------------------------------------------------------


def printed(*, pages: int, at: int) -> bytes:
    """A scan of so many pages, with the form on one of them."""
    writer = pypdf.PdfWriter()
    for place in range(pages):
        if place == at:
            flat = pypdf.PdfWriter(clone_from=io.BytesIO(FORM))
            del flat.root_object["/AcroForm"]
            for page in flat.pages:
                page.pop("/Annots", None)
            writer.append(io.BytesIO(saved(flat)))
        else:
            writer.add_blank_page(595, 842)
    return saved(writer)


def test_the_code_of_a_form_is_found_behind_a_covering_page() -> None:
    reading = read_form(printed(pages=6, at=4))

    assert isinstance(reading, FlatScan)
    assert (reading.kind, reading.ident) == (ChangeKind.HOLDER, 1234567)


def test_the_code_of_a_form_is_found_behind_a_page_that_is_too_heavy_to_draw() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(printed(pages=2, at=1)))
    heavy = StreamObject()
    heavy.set_data(b"0 0 m 9 9 l S " * 100_000)
    writer.pages[0][NameObject("/Contents")] = heavy

    reading = read_form(saved(writer))

    assert isinstance(reading, FlatScan)
    assert reading.is_heavy
    assert reading.ident == 1234567


def test_the_code_of_a_form_is_found_on_whatever_sheet_of_a_scan() -> None:
    sheet = picture_of(FORM, dpi=100).convert("L")
    blank = Image.new("L", sheet.size, 255)
    kept = io.BytesIO()
    blank.save(kept, "TIFF", save_all=True, append_images=[blank, sheet])

    reading = read_form(kept.getvalue())

    assert isinstance(reading, FlatScan)
    assert reading.ident == 1234567


# -- photographs --------------------------------------------------------------------------------------


def photographed(kind: str, *, turned: int = 1) -> bytes:
    kept = io.BytesIO()
    picture = picture_of(FORM, dpi=100).convert("L")
    notes = picture.getexif()
    notes[0x0112] = turned
    picture.save(kept, kind, **({"exif": notes} if turned != 1 else {}))
    return kept.getvalue()


@pytest.mark.parametrize("kind", ["WEBP", "BMP", "HEIC"])
def test_a_photographed_form_is_read_whatever_it_was_photographed_in(kind: str) -> None:
    reading = read_form(HEIC if kind == "HEIC" else photographed(kind))

    assert isinstance(reading, FlatScan)
    assert (reading.kind, reading.ident) == (ChangeKind.HOLDER, 1234567)


@pytest.mark.parametrize(("name", "kind"), [("a.webp", "WEBP"), ("a.bmp", "BMP"), ("a.jpg", "HEIC")])
def test_a_photograph_that_is_dropped_is_kept_as_one_that_everybody_can_see(
    tmp_path: Path, name: str, kind: str
) -> None:
    path = tmp_path / name
    path.write_bytes(HEIC if kind == "HEIC" else photographed(kind))

    arrived = read_document(None, path=str(path))  # type: ignore[arg-type] - it comes to no question

    assert isinstance(arrived, Arrived)
    assert (arrived.file_name, arrived.content[:3]) == ("a.jpg", b"\xff\xd8\xff")
    assert keepable(arrived.content).type is PaperType.JPEG
    about = Path(f"/proc/{apart.READING.process_id}/limits").read_text().splitlines()
    assert [line[26:].split()[0] for line in about if line.startswith("Max processes")] == ["0"]


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
def test_a_photograph_taken_with_the_camera_on_its_side_is_shown_upright(kind: str) -> None:
    kept = io.BytesIO()
    lying = Image.new("RGB", (300, 200), "#ffffff")
    lying.paste("#ff0000", (0, 0, 300, 50))
    notes = lying.getexif()
    notes[0x0112] = 6  # the top is on the right
    lying.save(kept, kind, exif=notes)

    ((width, height),) = page_sizes(kept.getvalue())
    picture = draw_page(kept.getvalue(), place=0, width=200)

    assert (round(width), round(height)) == (595, 892)
    assert (picture.width, picture.height) == (200, 300)
    last = picture.pixels[picture.stride - 4 :][:3]
    assert last[0] >= 250
    assert max(last[1:]) <= 5
    assert min(picture.pixels[:3]) >= 250
