"""A document in the window, before it is printed."""

from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ui.kit.preview import DocumentPreview


def paper(*pages: str) -> bytes:
    """Return a PDF whose pages are filled with one color each."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for color in pages:
        canvas.setFillColor(color)
        canvas.rect(0, 0, *A4, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture
def preview(qtbot: QtBot) -> DocumentPreview:
    made = DocumentPreview("preview", None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(600, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    return made


def show(qtbot: QtBot, preview: DocumentPreview, pdf: bytes) -> None:
    """Show a document and wait until it was read."""
    with qtbot.waitSignal(preview.pages.opened):
        preview.show_document(pdf)


def middle_color(preview: DocumentPreview) -> QColor:
    image = preview.pages.viewport().grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2)


def test_a_document_opens_on_its_first_page_with_whole_lines(qtbot: QtBot, preview: DocumentPreview) -> None:
    show(qtbot, preview, paper("#ff0000", "#0000ff"))

    assert (preview.pages.current_page, preview.pages.page_count) == (1, 2)
    qtbot.waitUntil(lambda: middle_color(preview) == QColor("#ff0000"))
    assert preview.pages.horizontalScrollBar().maximum() == 0


def test_end_goes_to_the_last_page(qtbot: QtBot, preview: DocumentPreview) -> None:
    show(qtbot, preview, paper("#ff0000", "#0000ff"))

    with qtbot.waitSignal(preview.pages.page_changed) as changed:
        qtbot.keyClick(preview.pages, Qt.Key.Key_End)

    assert changed.args == [2, 2]
    qtbot.waitUntil(lambda: middle_color(preview) == QColor("#0000ff"))


def test_ctrl_plus_and_minus_change_the_size_and_ctrl_0_fits_the_width(
    qtbot: QtBot, preview: DocumentPreview
) -> None:
    show(qtbot, preview, paper("#ff0000"))
    fitting = preview.pages.zoom

    qtbot.keyClick(preview.pages, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages.zoom > fitting
    qtbot.keyClick(preview.pages, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(preview.pages, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages.zoom < fitting
    qtbot.keyClick(preview.pages, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert preview.pages.zoom == pytest.approx(fitting)


def test_a_whole_page_fits_when_asked(qtbot: QtBot, preview: DocumentPreview) -> None:
    show(qtbot, preview, paper("#ff0000"))

    preview.pages.fit_page()

    assert preview.pages.verticalScrollBar().maximum() == 0


def test_only_pages_in_sight_are_drawn(qtbot: QtBot, preview: DocumentPreview) -> None:
    show(qtbot, preview, paper(*["#ff0000"] * 40))
    qtbot.waitUntil(lambda: middle_color(preview) == QColor("#ff0000"))

    assert len(preview.pages.drawn) < 4


def test_a_cleared_preview_has_no_pages(qtbot: QtBot, preview: DocumentPreview) -> None:
    show(qtbot, preview, paper("#ff0000"))

    preview.clear()

    assert preview.pages.page_count == 0
    assert preview.pages.current_page == 0


def test_another_document_takes_the_place_of_one_that_is_still_being_read(
    qtbot: QtBot, preview: DocumentPreview
) -> None:
    preview.show_document(paper("#ff0000", "#ff0000", "#ff0000"))
    show(qtbot, preview, paper("#0000ff"))

    assert preview.pages.page_count == 1
    qtbot.waitUntil(lambda: middle_color(preview) == QColor("#0000ff"))


def test_what_is_no_document_is_told(
    qtbot: QtBot, preview: DocumentPreview, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignal(preview.pages.failed):
        preview.show_document(b"not a PDF")

    assert preview.pages.page_count == 0
    caplog.clear()


def test_ctrl_r_turns_the_pages_a_quarter_and_four_times_brings_them_back(
    qtbot: QtBot, preview: DocumentPreview
) -> None:
    saved = BytesIO()
    lying = Image.new("RGB", (600, 300), "#ffffff")
    lying.paste("#ff0000", (0, 0, 300, 300))
    lying.save(saved, "PNG")
    show(qtbot, preview, saved.getvalue())
    qtbot.waitUntil(lambda: preview.pages.is_drawn)

    qtbot.keyClick(preview.pages, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: preview.pages.is_drawn)

    (turned,) = preview.pages.drawn.values()
    assert turned.height() > turned.width()
    assert turned.pixelColor(turned.width() // 2, turned.height() // 4) == QColor("#ff0000")
    assert turned.pixelColor(turned.width() // 2, 3 * turned.height() // 4) == QColor("#ffffff")
    for _ in range(3):
        qtbot.keyClick(preview.pages, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: preview.pages.is_drawn)
    (back,) = preview.pages.drawn.values()
    assert back.width() > back.height()
