"""Papers about a change as they are handed out: whatever is on them, the database says."""

import email
import email.policy
from dataclasses import replace
from datetime import datetime, time
from io import BytesIO

import pypdf
import pytest

from app.documents.changes import NothingDecided
from app.documents.wording import Script
from app.domain.changes import ChangeKind, Value
from app.domain.office_time import ZONE
from app.usecases import changes
from app.usecases.changes import PaperAbout, WantedChangePaper
from tests.documents.extraction import text_of
from tests.usecases.conftest import ANA, CLERK, Town
from tests.usecases.filed import Desk

MEMBERS: dict[str, Value] = {"members": 4}


@pytest.fixture
def desk(town: Town) -> Desk:
    return Desk(town)


def wanted(
    desk: Desk, about: PaperAbout, *, request_id: int = 0, kind: ChangeKind | None = None
) -> WantedChangePaper:
    now = datetime.combine(desk.today, time(10), ZONE)
    return WantedChangePaper(about, ANA, Script.LATIN, now, kind=kind, request_id=request_id)


def filled_in(pdf: bytes) -> set[str]:
    """What stands in the fields of a form."""
    return {str(value) for value in pypdf.PdfReader(BytesIO(pdf)).get_form_text_fields().values()}


def made(desk: Desk, paper: WantedChangePaper) -> changes.ChangePaper:
    with desk.town.visiting(CLERK, ANA) as session:
        return changes.change_paper(session, wanted=paper)


def test_a_form_bears_what_is_on_file_and_a_blank_one_nothing_of_it(desk: Desk) -> None:
    asked = wanted(desk, PaperAbout.FORM, kind=ChangeKind.MEMBERS)

    filled, blank = made(desk, asked), made(desk, replace(asked, is_blank=True))

    assert "Petrović Ana" in filled_in(filled.pdf)
    assert "Petrović Ana" not in filled_in(blank.pdf)
    assert filled.file_name == f"{ANA:07d}-form-members"
    assert blank.file_name == "form-members"


def test_a_receipt_bears_the_number_of_the_request(desk: Desk) -> None:
    request_id = desk.draft(ChangeKind.MEMBERS, MEMBERS)
    submitted = desk.submit(request_id)

    said = text_of(made(desk, wanted(desk, PaperAbout.RECEIPT, request_id=request_id)).pdf)

    assert submitted["number"] in said
    assert "Jovana Marić" in said


def test_a_letter_says_what_was_decided_and_there_is_none_before(desk: Desk) -> None:
    request_id = desk.draft(ChangeKind.MEMBERS, MEMBERS)
    desk.submit(request_id)
    letter = wanted(desk, PaperAbout.DECISION, request_id=request_id)
    with pytest.raises(NothingDecided):
        made(desk, letter)

    desk.approve(request_id)

    assert "Zahtev je odobren" in text_of(made(desk, letter).pdf)


def test_a_form_goes_out_to_the_address_on_file(desk: Desk) -> None:
    asked = wanted(desk, PaperAbout.FORM, kind=ChangeKind.MEMBERS)
    form = made(desk, asked).pdf
    with desk.town.visiting(CLERK, ANA) as session:
        known = changes.current_values(session, ident=ANA, kind=ChangeKind.CORRECTION)["email"]
        message = email.message_from_bytes(
            changes.covering_letter(session, wanted=asked, form=form), policy=email.policy.default
        )

    (attached,) = message.iter_attachments()
    assert attached.get_filename() == f"{asked.file_name}.pdf"
    assert attached.get_content() == form
    assert (message["To"] or "") == (known or "")
