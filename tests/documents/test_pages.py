"""Pages of a PDF as pictures for the window."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.documents.pages import TooManyPixels, draw_page, page_sizes
from tests.documents.requests import HOLDER, form


def paper(*colors: str) -> bytes:
    """Return a PDF whose pages are filled with one color each."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=A4)
    for color in colors:
        canvas.setFillColor(color)
        canvas.rect(0, 0, *A4, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def test_every_page_has_its_size_in_points() -> None:
    sizes = page_sizes(paper("#ff0000", "#00ff00"))

    assert [(round(width), round(height)) for width, height in sizes] == [(595, 842), (595, 842)]


def test_a_page_is_drawn_as_wide_as_asked_in_red_green_blue() -> None:
    picture = draw_page(paper("#ff0000", "#0000ff"), place=1, width=300)

    assert abs(picture.width - 300) <= 1
    assert abs(picture.height / picture.width - 842 / 595) < 0.01
    middle = picture.stride * (picture.height // 2) + 4 * (picture.width // 2)
    assert picture.pixels[middle : middle + 3] == b"\x00\x00\xff"


def test_several_threads_may_ask_at_once() -> None:
    document = paper(*["#ff0000"] * 5)

    with ThreadPoolExecutor(max_workers=4) as pool:
        widths = list(
            pool.map(lambda place: draw_page(document, place=place % 5, width=200).width, range(40))
        )

    assert widths == [200] * 40


def scan(form: str, *colors: str, size: tuple[int, int] = (200, 300)) -> bytes:
    """Return a scan whose sheets are filled with one color each."""
    made = BytesIO()
    sheets = [Image.new("RGB", size, color) for color in colors]
    others = {"save_all": True, "append_images": sheets[1:]} if len(sheets) > 1 else {}
    sheets[0].save(made, form, **others)
    return made.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_a_scan_is_a_document_of_one_page(form: str) -> None:
    document = scan(form, "#0000ff")

    assert [(round(width), round(height)) for width, height in page_sizes(document)] == [(595, 892)]
    picture = draw_page(document, place=0, width=100)
    assert (picture.width, picture.height, picture.stride) == (100, 150, 400)
    red, green, blue = picture.pixels[:3]
    assert (red, green) <= (3, 3)
    assert blue >= 250


def test_every_sheet_of_a_tiff_is_a_page() -> None:
    document = scan("TIFF", "#ff0000", "#00ff00")

    assert len(page_sizes(document)) == 2
    assert draw_page(document, place=1, width=50).pixels[:3] == b"\x00\xff\x00"


def test_a_small_file_that_unfolds_into_a_vast_picture_is_not_unfolded() -> None:
    document = scan("PNG", "#ffffff", size=(10_000, 8_001))

    with pytest.raises(TooManyPixels):
        page_sizes(document)


def test_what_is_filled_in_a_form_is_drawn() -> None:
    filled = form(prefilled=HOLDER)
    otherwise = form(prefilled=replace(HOLDER, filing=replace(HOLDER.filing, note="nešto drugo")))

    assert draw_page(filled, place=0, width=600).pixels != draw_page(otherwise, place=0, width=600).pixels
