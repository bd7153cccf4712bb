"""Files from outside are opened in a process of their own, which ends by its limits or with the program."""

import io
import os
import pickle
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, NullObject

from app.documents import apart
from app.documents.apart import Reader
from app.documents.bill import Script, render
from app.documents.changes.filled_forms import FlatScan, FormReading, read_form
from app.documents.inspection import draw_from_outside, sizes_from_outside
from app.documents.pages import draw_page
from app.documents.scan import MOST_PAGES, UnreadableDocument, codes_drawn, payment_codes
from app.domain.papers import Flaw, PaperType, Unreadable
from app.usecases.scanning import Arrived, read_document
from tests.documents.outside import PAGE, PAGES, nested_forms, pdf
from tests.documents.requests import HOLDER, form
from tests.documents.samples import bill

FORM = form(prefilled=HOLDER)
BUSY = nested_forms(levels=4, times=60)
"""Keeps PDFium busy for minutes."""
SOON_SECONDS = 20


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader(seconds=SOON_SECONDS)
    yield made
    made.close()


@pytest.fixture
def hasty() -> Iterator[Reader]:
    """A reader that allows almost no time."""
    made = Reader(seconds=1)
    yield made
    made.close()


def flaw_of(reader: Reader, work: Callable[[], object]) -> Flaw:
    with pytest.raises(Unreadable) as refused:
        reader.run(work)
    return refused.value.flaw


def ends(process: int) -> bool:
    """Wait until a process that is nobody's child here has ended."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], SOON_SECONDS)[0])
    finally:
        os.close(handle)


def test_what_is_read_apart_is_what_is_read_here(reader):
    reading = reader.run(partial(read_form, FORM))

    assert isinstance(reading, FormReading)
    assert reading == read_form(FORM)
    assert reader.run(partial(draw_from_outside, FORM, place=0, width=300)) == draw_page(
        FORM, place=0, width=300
    )


def test_the_process_is_kept_for_the_next_file(reader):
    reader.run(partial(read_form, FORM))
    first = reader.process_id
    reader.run(partial(read_form, FORM))

    assert first is not None
    assert reader.process_id == first


def test_what_takes_too_long_is_ended_and_the_next_file_is_read(hasty):
    before = time.monotonic()

    assert flaw_of(hasty, partial(draw_page, BUSY, place=0, width=300)) is Flaw.TOO_INTRICATE
    assert time.monotonic() - before < SOON_SECONDS
    assert flaw_of(hasty, partial(draw_page, BUSY, place=0, width=300)) is Flaw.TOO_INTRICATE
    assert len(hasty.run(partial(draw_page, FORM, place=0, width=50)).pixels) > 0


def test_what_takes_too_much_memory_is_refused(reader):
    assert flaw_of(reader, partial(draw_page, FORM, place=0, width=40_000)) in (
        Flaw.TOO_INTRICATE,
        Flaw.MALFORMED,
    )
    assert len(reader.run(partial(draw_page, FORM, place=0, width=50)).pixels) > 0


def test_refusals_come_back_as_what_they_are(reader):
    assert flaw_of(reader, partial(read_form, b"MZ")) is Flaw.NOT_ALLOWED
    assert flaw_of(reader, partial(draw_page, b"%PDF-", place=0, width=9)) is Flaw.MALFORMED
    with pytest.raises(UnreadableDocument):
        reader.run(partial(codes_drawn, b"nothing", most_pages=1))


def test_the_process_is_given_no_password_and_may_write_no_file(reader, monkeypatch):
    monkeypatch.setenv("SALTER_PASSWORD", "tajna")
    reader.run(partial(read_form, FORM))
    about = Path(f"/proc/{reader.process_id}")

    assert b"tajna" not in (about / "environ").read_bytes()
    limits = (about / "limits").read_text().splitlines()
    limited = {line[:26].strip(): line[26:].split()[0] for line in limits}
    assert (limited["Max file size"], limited["Max processes"]) == ("0", "0")
    assert limited["Max address space"] == str(apart.MOST_MEMORY)


def test_an_answer_that_is_more_than_values_is_not_taken():
    class Armed:
        def __reduce__(self) -> object:
            return os.system, ("true",)

    for answer in (Armed(), print, Reader, subprocess.Popen):
        with pytest.raises(pickle.UnpicklingError):
            apart.taken(pickle.dumps(answer))


def test_whoever_answers_with_more_than_values_is_ended(reader):
    reader.run(partial(read_form, FORM))
    first = reader.process_id

    assert flaw_of(reader, partial(Path, "x")) is Flaw.MALFORMED
    assert first is not None
    assert ends(first)
    assert reader.run(partial(read_form, FORM)) == read_form(FORM)


_PROGRAM = """
import sys, threading
from functools import partial
from app.documents.apart import Reader
from app.documents.bill import Script, render
from app.documents.changes.filled_forms import read_form
from app.documents.pages import draw_page
content = open(sys.argv[1], "rb").read()
reader = Reader(seconds=float(sys.argv[3]))
try:
    reader.run(partial(read_form, b"MZ"))
except Exception:
    pass
print(reader.process_id, flush=True)
if sys.argv[2] == "busy":
    work = partial(draw_page, content, place=0, width=9)
    threading.Thread(target=reader.run, args=(work,), daemon=True).start()
    print("drawing", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("state", "seconds", "is_killed"),
    [("idle", 60, True), ("idle", 60, False), ("busy", 60, False), ("busy", 2, True)],
)
def test_no_process_outlives_the_program(tmp_path, state, seconds, is_killed):
    (tmp_path / "file").write_bytes(BUSY)
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path / "file"), state, str(seconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        apart_from_it = int(program.stdout.readline())
        if state == "busy":
            program.stdout.readline()
        if is_killed:
            program.send_signal(signal.SIGKILL)
        else:
            program.stdin.close()
        program.wait()

    assert ends(apart_from_it)


# -- weighed by what it holds --------------------------------------------------------------------------


@pytest.mark.parametrize("before", [b"", b"\n", b" " * 500])
def test_a_pdf_is_weighed_wherever_it_begins(before):
    with pytest.raises(Unreadable) as refused:
        payment_codes(before + BUSY)

    assert refused.value.flaw is Flaw.TOO_INTRICATE


def test_a_heavy_pdf_called_a_picture_keeps_nobody_busy(tmp_path):
    path = tmp_path / "racun.bmp"
    path.write_bytes(b"\n" + BUSY)

    arrived = read_document(None, path=str(path))  # type: ignore[arg-type] - it comes to no question

    assert isinstance(arrived, Arrived)
    assert arrived.reading == FlatScan(PaperType.PDF, None, is_heavy=True)
    assert arrived.content == BUSY
    assert apart.HASTY.process_id is None


def test_a_bill_that_weighs_much_and_is_drawn_soon_shows_its_code(reader):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(render([bill()], script=Script.LATIN)))
    for page in writer.pages:
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        resources[NameObject("/Pattern")] = DictionaryObject({NameObject("/P"): NullObject()})
    printed = io.BytesIO()
    writer.write(printed)

    assert flaw_of(reader, partial(payment_codes, printed.getvalue())) is Flaw.TOO_INTRICATE
    assert len(apart.HASTY.run(partial(codes_drawn, printed.getvalue(), most_pages=MOST_PAGES))) == 1


@pytest.mark.parametrize(
    "draw", [sizes_from_outside, lambda paper: draw_from_outside(paper, place=0, width=9)]
)
def test_what_only_pdfium_takes_for_a_paper_is_not_shown(draw):
    with pytest.raises(Unreadable) as refused:
        draw(b"\n" + BUSY)

    assert refused.value.flaw is Flaw.NOT_ALLOWED


@pytest.mark.parametrize("box", [b"0 0 1e30 1", b"0 0 900000 900000"])
def test_a_page_larger_than_any_paper_is_not_shown(box):
    content = pdf(PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Resources<<>>>>")

    try:
        sizes = sizes_from_outside(content)
    except Unreadable:
        return
    assert all(side <= 20_000 for size in sizes for side in size)


def test_more_pages_than_anybody_sends_are_not_measured():
    content = pdf(b"<</Type/Pages/Kids[3 0 R]/Count 100000>>", PAGE % b"")

    with pytest.raises(Unreadable) as refused:
        sizes_from_outside(content)
    assert refused.value.flaw is Flaw.TOO_MANY_PAGES


def test_a_code_is_found_on_whatever_page_it_stands():
    writer = pypdf.PdfWriter()
    for _ in range(14):
        writer.add_blank_page(595, 842)
    writer.append(io.BytesIO(render([bill()], script=Script.LATIN)))
    bound = io.BytesIO()
    writer.write(bound)

    (code,) = payment_codes(bound.getvalue())
    assert code.startswith("K:PR|V:01|C:1|R:")
