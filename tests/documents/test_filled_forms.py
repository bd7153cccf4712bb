"""What comes from outside: whatever it is, it is read, or refused with a reason."""

import io
from collections.abc import Callable

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.documents import inspection
from app.documents.changes import FlatScan, FormReading, read_form
from app.domain.changes import ChangeKind
from app.domain.papers import Flaw, PaperType, Unreadable
from tests.documents.outside import CATALOG, PAGE, PAGES, nested_forms, pdf, stream
from tests.documents.requests import HOLDER, form
from tests.documents.samples import bill

FORM = form(prefilled=HOLDER)


def flaw_of(content: bytes) -> Flaw:
    with pytest.raises(Unreadable) as refusal:
        read_form(content)
    return refusal.value.flaw


def locked(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(FORM))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    saved = io.BytesIO()
    writer.write(saved)
    return saved.getvalue()


def with_fields(fields: bytes, *objects: bytes) -> bytes:
    return pdf(PAGES, PAGE % b"", *objects, root=CATALOG % (b"/AcroForm<</Fields " + fields + b">>"))


UNKNOWN = b"<</T(salter)/Kids[5 0 R]>>", b"<</T(kind)/V(no_such)>>"
CIRCLE = b"<</T(a)/Kids[4 0 R 5 0 R]/V 5 0 R>>", b"<</T(b)/Parent 4 0 R/Kids[4 0 R]>>"
BEGINNINGS = [b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*"]
WORDS = [b"obj", b"<<", b">>", b"[", b"]", b"(", b"stream", b" 0 R", b"-1", b"9" * 30]
NAMES = [b"/Kids", b"/Parent", b"/V", b"/Fields", b"/AcroForm", b"/Length", b"/Type"]


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", Flaw.EMPTY),
        (b"MZ\x90\x00", Flaw.NOT_ALLOWED),
        (b"<html></html>", Flaw.NOT_ALLOWED),
        (b"%PDF-1.7", Flaw.MALFORMED),
        (b"%PDF-1.7\n" + b"[" * 50_000, Flaw.MALFORMED),
        (b"\xff\xd8\xff\xe0 not really", Flaw.MALFORMED),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, Flaw.MALFORMED),
        (b"II*\x00" + b"\xff" * 40, Flaw.MALFORMED),
        (pdf(b"<</Type/Pages/Kids[]/Count 0>>"), Flaw.MALFORMED),
        (pdf(b"<</Type/Pages/Kids[3 0 R]/Count 100000>>", PAGE % b""), Flaw.TOO_MANY_PAGES),
        (pdf(b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), Flaw.MALFORMED),
        (pdf(b"2 0 R"), Flaw.MALFORMED),
        (pdf(PAGES, PAGE % b"", root=b"[" * 5_000 + b"]" * 5_000), Flaw.TOO_INTRICATE),
        (with_fields(b"[" + b"4 0 R " * 500 + b"]", b"<</T(a)>>"), Flaw.TOO_INTRICATE),
        (with_fields(b"[4 0 R]", *UNKNOWN), Flaw.UNKNOWN_FORM),
        (locked("secret"), Flaw.ENCRYPTED),
    ],
    ids=lambda value: value.value if isinstance(value, Flaw) else f"{len(value)} bytes",
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, flaw: Flaw) -> None:
    assert flaw_of(content) is flaw


def test_a_file_over_the_limit_is_refused_before_it_is_looked_into() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_form(FORM, most_bytes=len(FORM) - 1)

    assert refusal.value.flaw is Flaw.TOO_BIG
    assert flaw_of(b"%PDF-" + bytes(inspection.MOST_BYTES)) is Flaw.TOO_BIG


@pytest.mark.parametrize("unit", [b" ", b"<<", b"/A ", b"1 0 obj\n", b"startxref\n0\n", b"\0", b"stream\n"])
def test_a_large_file_of_nothing_is_refused(unit: bytes) -> None:
    flood = b"%PDF-1.4\n" + unit * (4_000_000 // len(unit))

    assert flaw_of(flood) in (Flaw.MALFORMED, Flaw.TOO_INTRICATE)


def test_fields_that_hold_themselves_end() -> None:
    circle = with_fields(
        b"[4 0 R]", b"<</T(a)/Kids[4 0 R 5 0 R]/V 5 0 R>>", b"<</T(b)/Parent 4 0 R/Kids[4 0 R]>>"
    )

    assert read_form(circle) == FlatScan(PaperType.PDF, None)


def test_a_form_locked_against_changes_only_is_read() -> None:
    reading = read_form(locked(""))

    assert isinstance(reading, FormReading)
    assert reading.values == HOLDER.values


def test_a_form_of_a_later_edition_is_not_guessed_at() -> None:
    fields = b"[4 0 R]", b"<</T(salter)/Kids[5 0 R 6 0 R]>>"
    later = with_fields(*fields, b"<</T(kind)/V(holder)>>", b"<</T(form)/V(2)>>")

    assert flaw_of(later) is Flaw.UNKNOWN_FORM


def test_scripts_attachments_and_their_names_are_never_looked_at() -> None:
    extra = (
        b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
        b"/Names<</EmbeddedFiles<</Names[(../../x.exe) 4 0 R]>>/JavaScript<</Names[(a) 4 0 R]>>>>"
        b"/AcroForm<</XFA 4 0 R/Fields[]>>"
    )
    armed = pdf(PAGES, PAGE % b"", b"<</Type/Filespec/F(../../x.exe)>>", root=CATALOG % extra)

    assert read_form(armed) == FlatScan(PaperType.PDF, None)


@pytest.mark.parametrize(
    "drawn",
    [
        lambda: pdf(PAGES, PAGE % b"/Contents 4 0 R", stream(b"0 0 m 9 9 l S " * 700_000)),
        lambda: pdf(PAGES, PAGE % b"/Contents[4 0 R 4 0 R 4 0 R]", stream(b"0 0 m 9 9 l S " * 15_000)),
        lambda: nested_forms(levels=4, times=60),
        lambda: pdf(
            PAGES,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
            stream(b"/I Do"),
            b"<</Subtype/Image/Width 90000/Height 90000/Length 0>>stream\n\nendstream",
        ),
        lambda: pdf(
            PAGES,
            PAGE % b"/Annots[<</Subtype/Stamp/Rect[0 0 9 9]/AP<</N 4 0 R>>>>]",
            stream(b"0 0 m 9 9 l S " * 100_000),
        ),
    ],
    ids=["long", "repeated", "nested", "huge picture", "heavy stamp"],
)
def test_a_page_that_would_take_minutes_to_draw_is_kept_but_not_drawn(drawn: Callable[[], bytes]) -> None:
    content = drawn()

    assert len(content) < 50_000
    assert read_form(content) == FlatScan(PaperType.PDF, None, is_heavy=True)
    assert not inspection.can_be_shown(content, place=0)


def test_a_heavy_page_behind_a_light_one_is_found() -> None:
    pages = b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 1>>"
    content = pdf(pages, PAGE % b"", PAGE % b"/Contents 5 0 R", stream(b"0 0 m 9 9 l S " * 100_000))

    assert read_form(content) == FlatScan(PaperType.PDF, None, is_heavy=True)


def test_a_bill_is_no_form_and_can_be_shown() -> None:
    from app.documents.bill import Script, render

    paper = render([bill()], script=Script.LATIN)

    assert read_form(paper) == FlatScan(PaperType.PDF, None)
    assert inspection.can_be_shown(paper, place=0)


def test_a_picture_of_something_else_is_a_scan_without_a_mark() -> None:
    saved = io.BytesIO()
    Image.new("L", (300, 300), 200).save(saved, "PNG")

    assert read_form(saved.getvalue()) == FlatScan(PaperType.PNG, None)


@given(start=st.integers(0, len(FORM)), cut=st.integers(0, 4_000))
@settings(deadline=None, max_examples=60)
def test_a_form_with_a_piece_missing_is_read_or_refused(start: int, cut: int) -> None:
    read_or_refused(FORM[:start] + FORM[start + cut :])


@given(end=st.integers(0, len(FORM)))
@settings(deadline=None, max_examples=40)
def test_a_form_cut_short_is_read_or_refused(end: int) -> None:
    read_or_refused(FORM[:end])


@given(st.lists(st.tuples(st.integers(0, len(FORM) - 1), st.integers(0, 255)), min_size=1, max_size=40))
@settings(deadline=None, max_examples=60)
def test_a_damaged_form_is_read_or_refused(damages: list[tuple[int, int]]) -> None:
    damaged = bytearray(FORM)
    for place, byte in damages:
        damaged[place] = byte
    read_or_refused(bytes(damaged))


@given(st.lists(st.tuples(st.integers(0, len(FORM)), st.sampled_from(WORDS + NAMES)), min_size=1))
@settings(deadline=None, max_examples=60)
def test_a_form_with_words_of_its_structure_put_in_is_read_or_refused(put: list[tuple[int, bytes]]) -> None:
    damaged = FORM
    for place, word in put:
        damaged = damaged[:place] + word + damaged[place:]
    read_or_refused(damaged)


@given(st.binary(max_size=2_000), st.sampled_from(BEGINNINGS))
@settings(deadline=None, max_examples=100)
def test_noise_that_begins_like_a_paper_is_read_or_refused(noise: bytes, beginning: bytes) -> None:
    read_or_refused(beginning + noise)


def read_or_refused(content: bytes) -> None:
    """Fail unless it is a reading of a kind there is, or a refusal with a reason."""
    flaw: Flaw | None = None
    kind: ChangeKind | None = None
    try:
        kind = read_form(content).kind
    except Unreadable as refusal:
        flaw = refusal.flaw
    assert flaw in (None, *Flaw)
    assert kind in (None, *ChangeKind)
