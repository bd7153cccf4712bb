"""Pages drawn in bands, and where a kind of document goes."""

import gc
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QImage, QPainter

from app.documents.bill import Script, render
from app.documents.pages import PDFIUM
from tests.documents import samples
from tests.documents.requests import HOLDER, form
from ui.kit.printing import PrintProfile, PrintProfiles, PrintRun, bands


@pytest.fixture(scope="module")
def pdf():
    return render([samples.bill(samples.FLAT_SERVICES * 3)], script=Script.LATIN)


@pytest.mark.parametrize("dots", [96, 150, 203])
def test_the_bands_of_a_page_make_the_whole_page_and_nothing_twice(pdf, dots):
    drawn = [band for band in bands(pdf, dots=dots, in_color=False) if band.page == 0]

    assert drawn[0].top == 0
    for above, below in pairwise(drawn):
        assert above.top + above.image.height() == below.top
    assert drawn[-1].top + drawn[-1].image.height() == drawn[0].height
    assert {band.image.width() for band in drawn} == {drawn[0].width}


def test_a_page_put_together_of_its_bands_is_the_page(pdf):
    together = QImage()
    for band in bands(pdf, dots=144, in_color=False):
        if band.page:
            break
        if together.isNull():
            together = QImage(band.width, band.height, QImage.Format.Format_Grayscale8)
        painter = QPainter(together)
        painter.drawImage(0, band.top, band.image)
        painter.end()
    with PDFIUM, pypdfium2.PdfDocument(pdf) as document:
        whole = document[0].render(scale=2, grayscale=True).to_pil()

    points = [(x, y) for x in range(7, together.width(), 97) for y in range(5, together.height(), 41)]
    assert [QColor(together.pixel(x, y)).red() for x, y in points] == [whole.getpixel(at) for at in points]


def test_every_page_of_a_long_paper_is_drawn(pdf):
    assert {band.page for band in bands(pdf, dots=50, in_color=True)} == {0, 1}


def test_a_run_that_is_let_go_in_the_middle_of_a_page_leaves_the_printer_whole(qapp, pdf, tmp_path):
    owner = QObject()
    run = PrintRun(pdf, name="copy", profile=PrintProfile("", folder=str(tmp_path)), parent=owner)
    assert run.step()
    assert run.step()

    del run
    owner.deleteLater()
    del owner
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()

    assert list(tmp_path.iterdir())


def test_a_kind_of_document_keeps_its_own_printer(tmp_path):
    profiles = PrintProfiles(tmp_path)
    profiles.keep("copy", PrintProfile("Šalter 3", tray="Lower", duplex="DuplexLongSide"))

    assert PrintProfiles(tmp_path).of("copy") == PrintProfile("Šalter 3", "Lower", "DuplexLongSide", "")
    assert PrintProfiles(tmp_path).of("slip") is None


def test_settings_written_by_a_stranger_do_no_harm(tmp_path):
    (tmp_path / "printing.ini").write_text("[copy]\nprinter=HP\ntray=Roof\nduplex=3\n")

    assert PrintProfiles(tmp_path).of("copy") == PrintProfile("HP")


def test_what_is_filled_in_a_form_is_printed():
    filled = form(prefilled=HOLDER)
    otherwise = form(prefilled=replace(HOLDER, filing=replace(HOLDER.filing, note="nešto drugo")))

    pairs = zip(
        bands(filled, dots=72, in_color=False), bands(otherwise, dots=72, in_color=False), strict=True
    )
    assert any(one.image != other.image for one, other in pairs)
