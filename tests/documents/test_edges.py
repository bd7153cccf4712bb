"""Printers leave eight millimeters white at every edge: nothing that is to be read stands there."""

import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import groupby

import pypdf
import pytest
from PIL import Image, ImageOps

from app.documents.bill import render
from app.documents.changes import decision_letter, receipt
from app.documents.paper import EDGE
from app.documents.pdf import PRODUCER
from app.documents.plans import contract
from app.documents.slip import render_slips
from app.documents.wording import Script
from app.domain.changes import ChangeState
from tests.documents.contracts import at_once, certified
from tests.documents.extraction import picture_of
from tests.documents.requests import HOLDER, MADE_AT, RECEIPT, decision, form
from tests.documents.samples import ISSUER, bill, slip_for

DOTS = 150
STRIP = int(EDGE * DOTS / 25.4)
THIN = 0.6 * DOTS / 25.4
"""A line to cut along is thinner."""


def slips(script: Script) -> bytes:
    payer = ("Ljiljana Petrović", "Učiteljska 17/III/12", "11050 Beograd")
    made = [slip_for(Decimal("431.09"), payer=payer)] * 3
    return render_slips(made, script=script, title="Uplatnice", author=ISSUER.name, made_at=MADE_AT)


PAPERS: dict[str, Callable[[Script], bytes]] = {
    "bill": lambda script: render([bill()], script=script),
    "slips": slips,
    "form": lambda script: form(script=script, prefilled=HOLDER),
    "receipt": lambda script: receipt(RECEIPT, script=script),
    "letter": lambda script: decision_letter(decision(ChangeState.REJECTED), script=script),
    "contract": lambda script: contract(at_once(), script=script),
    "certified": lambda script: contract(certified(), script=script),
}


def pages_of(paper: bytes) -> list[Image.Image]:
    count = len(pypdf.PdfReader(io.BytesIO(paper)).pages)
    return [
        ImageOps.invert(picture_of(paper, page=place, dpi=DOTS).convert("L")).point(
            lambda ink: ink > 6 and 255
        )
        for place in range(count)
    ]


def _ink(page: Image.Image) -> Image.Image:
    return ImageOps.invert(page.convert("L")).point(lambda ink: 255 if ink > 6 else 0)


def rows_with_ink(strip: Image.Image) -> list[bool]:
    return [bool(strip.crop((0, row, strip.width, row + 1)).getbbox()) for row in range(strip.height)]


def tallest(rows: Sequence[bool]) -> int:
    return max((len(list(group)) for has_ink, group in groupby(rows) if has_ink), default=0)


@pytest.mark.parametrize("script", Script)
@pytest.mark.parametrize("name", PAPERS)
def test_whatever_is_to_be_read_keeps_eight_millimeters_from_the_edge(name: str, script: Script) -> None:
    for page in pages_of(PAPERS[name](script)):
        width, height = page.size
        assert page.crop((0, 0, width, STRIP)).getbbox() is None
        assert page.crop((0, height - STRIP, width, height)).getbbox() is None
        for left in (0, width - STRIP):
            assert tallest(rows_with_ink(page.crop((left, 0, left + STRIP, height)))) < THIN


@pytest.mark.parametrize("script", Script)
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_who_made_it_when_by_which_clock_and_in_which_language(
    name: str, script: Script
) -> None:
    reader = pypdf.PdfReader(io.BytesIO(PAPERS[name](script)))
    about = reader.metadata
    assert about is not None

    assert (about.producer, about.creator) == (PRODUCER, PRODUCER)
    assert str(about["/CreationDate"])[-7:] in ("+02'00'", "+01'00'")
    assert about["/ModDate"] == about["/CreationDate"]
    assert reader.root_object["/Lang"] == script.language
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
