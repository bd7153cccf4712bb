"""A change of data at the counter, from its kind to its number, without a mouse."""

import functools
import re
from datetime import timedelta
from uuid import uuid4

import pytest

from app.domain.changes import DECLARATIONS
from app.domain.personal_numbers import jmbg
from app.usecases.changes import approve, change_of, return_for_completion
from tests.documents.extraction import text_of
from tests.documents.outside import nested_forms
from tests.robots.changes import Changes
from tests.robots.stage import FIRM, MILAN, OTHER_CLERK
from ui.desk.places import AccountSection

JMBG = jmbg.make("010199071501")
MILA = {"last_name": "Jovanović", "first_name": "Mila", "jmbg": JMBG}
FILLED = {
    "holder": {**MILA, "phone": "064 555 1234"},
    "members": {"members": "7"},
    "charging_method": {"charging_method": "by household members"},
    "stop_heating": {"ground": "radiators removed"},
    "stop_waste": {"ground": "empty flat"},
    "open_account": {
        "house_number": "11b",
        "purpose": "flat",
        "area": "48",
        "heated_area": "45,5",
        "members": "2",
        "has_waste": "yes",
        "holder_kind": "natural person",
        **MILA,
    },
    "close_account": {"closed_on": "t"},
    "area": {"area": "61,5", "heated_area": "60"},
    "purpose": {"purpose": "business premises"},
    "delivery_address": {"delivery_address": "Poštanski fah 12, 11000 Beograd"},
    "email_delivery": {"by_email": "yes", "delivery_email": "milan@example.com"},
    "legal_person": {"business_name": "Jović i sin d.o.o."},
    "death": {"members": "1", "delivery_name": "Porodica Marković"},
    "correction": {"first_name": "Milan-Mile"},
    "subsidy": {
        "category": "war veterans",
        "percent": "20",
        "decision": "56-123/2026",
        "granted_until": "+200",
    },
}
"""What is typed into each kind of form."""


@pytest.fixture
def changes(clerk):
    return Changes(clerk)


@pytest.mark.parametrize("declaration", DECLARATIONS, ids=lambda declaration: declaration.kind.value)
def test_every_kind_of_change_is_filed_by_keyboard(changes, declaration):
    clerk = changes.clerk
    clerk.opens(FIRM if declaration.kind == "legal_person" else MILAN)
    clerk.sees_bill("/2026")

    changes.starts(declaration.kind)
    if "street" in {field.name for field in declaration.fields}:
        changes.picks_street("uciteljska")
    changes.fills_all(FILLED[declaration.kind.value])
    changes.fills("happened_on", "t")
    changes.fills("applicant_name", "Mila Jovanović")
    changes.satisfies_papers()
    number = changes.submits()

    assert re.fullmatch(r"[A-Z0-9]+-\d{6}/\d{4}", number)
    changes.sees_receipt()
    clerk.presses("Esc")
    if declaration.kind != "open_account":
        assert number in [row[0] for row in changes.listed()]


def test_a_mistyped_number_is_told_beside_it_and_keeps_the_cursor(changes):
    changes.clerk.opens(MILAN)
    changes.starts_change("13")

    changes.fills("jmbg", JMBG[:-1] + str((int(JMBG[-1]) + 1) % 10))

    assert "control digit" in changes.is_told("jmbg")
    assert changes.clerk.window.focusWidget() is changes.field("jmbg").editor


def test_what_is_asked_follows_the_kind_of_person(changes):
    changes.clerk.opens(MILAN)
    changes.starts_change("1")
    assert "register_extract" not in changes.asked_papers()
    changes.clerk.picture()  # whatever was still to be laid out is
    assert not changes.clerk.is_seen("change.pib")

    changes.fills("holder_kind", "legal person")

    assert changes.clerk.is_seen("change.pib")
    assert not changes.clerk.is_seen("change.jmbg")
    assert "register_extract" in changes.asked_papers()
    assert "identity_card" not in changes.asked_papers()


def test_a_proxy_brings_a_power_of_attorney(changes):
    changes.clerk.opens(MILAN)
    changes.starts_change("2")

    changes.fills("applicant_standing", "proxy")

    assert "authorization" in changes.asked_papers()


def test_the_next_bill_is_seen_before_and_after(changes):
    changes.clerk.opens(MILAN)
    changes.starts_change("7")

    changes.fills("area", "30")
    changes.fills("heated_area", "30")
    changes.sees_effect()

    effect = changes.sheet.form.effect.effect
    assert effect.after.charged < effect.before.charged
    rows = changes.clerk.rows_of("change.effect.lines.table")
    assert any("64 m²" in row and "30 m²" in row for row in rows)


def test_the_bills_of_the_whole_building_are_not_computed_on_a_mere_draft(changes, stage):
    flats = (
        "FROM premises JOIN premises_state s USING (ident) JOIN account USING (ident)"
        " WHERE s.kind = 'flat' AND s.valid_to IS NULL AND closed_on IS NULL"
    )
    building = stage.one(f"SELECT building_id {flats} GROUP BY building_id ORDER BY count(*) DESC LIMIT 1")
    flat = stage.one(f"SELECT min(ident) {flats} AND building_id = {building}")
    method = stage.one(f"SELECT charging_method FROM premises_state WHERE ident = {flat} LIMIT 1")
    changes.clerk.opens(f"{flat:07d}")
    changes.starts_change("3")
    changes.fills("charging_method", "by household members" if method == "area" else "by area")
    changes.sees_effect()
    assert "once this is submitted" in changes.clerk.reads("change.effect.notes")

    changes.clerk.presses("Ctrl+S")

    changes.sees_effect()
    assert not changes.sheet.form.effect.effect.building
    assert "once this is submitted" in changes.clerk.reads("change.effect.notes")


def test_the_month_is_told_with_its_reason(changes):
    changes.clerk.opens(MILAN)
    changes.starts_change("2")

    changes.fills("received_on", "21.10.2026")

    assert changes.clerk.reads("change.month.month") == "Counts from 11/2026"
    assert "after the 20th" in changes.clerk.reads("change.month.reason")


def test_a_change_reported_late_is_marked_and_confirmed_once(changes):
    changes.clerk.opens(MILAN)
    changes.starts_change("9")
    changes.fills("delivery_address", "Makedonska 5, 11000 Beograd")
    changes.fills("happened_on", "-30")
    assert "30 days" in changes.clerk.reads("change.month.late")
    changes.satisfies_papers()

    changes.clerk.presses("Ctrl+Return")
    changes.clerk.until(lambda: "30 days" in changes.clerk.reads("change.notice"), "nothing was asked")
    changes.clerk.presses("Ctrl+Return")

    changes.clerk.until(lambda: changes.clerk.is_seen("change.paper.number"), "it was not submitted")


def test_a_paper_that_is_wanting_is_named_beside_it(changes):
    changes.clerk.opens(MILAN)
    changes.starts_change("2")
    changes.fills("members", "6")
    changes.fills("happened_on", "t")

    changes.clerk.presses("Ctrl+Return")

    assert changes.clerk.reads("change.paper.members_certificate.error")
    assert changes.sheet.form.isVisible()


def test_a_file_that_only_pretends_to_be_a_scan_is_refused_beside_the_paper(changes, tmp_path):
    disguised = tmp_path / "potvrda.pdf"
    disguised.write_bytes(b"MZ this is a program")
    changes.clerk.opens(MILAN)
    changes.starts_change("2")

    changes.clerk.widget("change.paper.members_certificate.attach").setFocus()
    changes.clerk.presses("Space")
    changes.clerk.picks_file(disguised, dialog="change.file")

    changes.clerk.until(
        lambda: "Only PDFs" in changes.clerk.reads("change.paper.members_certificate.error"), "no refusal"
    )
    assert changes.stored_of("members_certificate") == 0


def test_a_page_that_would_hold_the_program_up_is_kept_and_left_white(changes, tmp_path):
    bomb = tmp_path / "potvrda.pdf"
    bomb.write_bytes(nested_forms(levels=4, times=60))
    changes.clerk.opens(MILAN)
    changes.starts_change("2")

    changes.attaches("members_certificate", bomb)
    changes.views("members_certificate")

    assert "Page 1 is not shown" in changes.clerk.reads("change.viewer.trouble")
    assert changes.stored_of("members_certificate") == 1


def test_a_picture_on_the_clipboard_is_pasted_seen_and_taken_away(changes, qapp):
    changes.clerk.opens(MILAN)
    changes.starts_change("2")
    qapp.clipboard().setImage(changes.clerk.picture())

    changes.pastes("members_certificate")
    changes.clerk.until(lambda: changes.stored_of("members_certificate") == 1, "it was not stored")
    changes.views("members_certificate")
    changes.clerk.presses("Esc")
    changes.takes_away("members_certificate")

    assert changes.stored_of("members_certificate") == 0


def test_a_cancelled_request_keeps_its_reason(changes):
    clerk = changes.clerk
    clerk.opens(FIRM)
    changes.starts_change("9")
    changes.fills("delivery_address", "Makedonska 13")
    changes.fills("happened_on", "t")
    changes.fills("applicant_name", "Mila Jovanović")
    changes.satisfies_papers()
    number = changes.submits()
    assert number in [row[0] for row in _closed(changes).listed()]

    clerk.until(lambda: clerk.is_seen("changes.cancel"), "it cannot be cancelled")
    clerk.widget("changes.cancel").setFocus()
    clerk.presses("Space")
    clerk.types("podneto greškom")
    clerk.presses("Ctrl+Return")

    clerk.until(lambda: "podneto greškom" in clerk.reads("changes.request.decision"), "not cancelled")


def test_another_clerks_words_are_named_and_ones_own_are_kept(changes, stage):
    mine = changes
    mine.clerk.opens(FIRM)
    mine.starts_change("9")
    mine.fills("delivery_address", "Ulica prva 1")
    mine.clerk.presses("Ctrl+S")
    mine.clerk.hears("draft is saved")
    theirs = Changes(stage.opens())
    theirs.clerk.signs_in(OTHER_CLERK)
    theirs.clerk.opens(FIRM)
    theirs.listed()
    theirs.clerk.until(lambda: theirs.clerk.is_seen("changes.go_on"), "it cannot be continued")
    theirs.clerk.presses("Return")
    theirs.sees_form()
    theirs.fills("delivery_address", "Ulica druga 2")
    theirs.clerk.presses("Ctrl+S")
    theirs.clerk.hears("draft is saved")

    mine.fills("delivery_address", "Ulica treća 3")
    mine.clerk.presses("Ctrl+S")

    mine.clerk.until(lambda: "Dragan" in mine.clerk.reads("change.notice.words"), "nobody noticed")
    assert "Ulica druga 2" in mine.clerk.reads("change.delivery_address.hint")
    assert mine.reads("delivery_address") == "Ulica treća 3"
    mine.clerk.until(lambda: mine.clerk.widget("change.save").isEnabled(), "it cannot be saved again")
    mine.clerk.presses("Ctrl+S")
    mine.clerk.until(lambda: not mine.clerk.is_seen("change.notice"), "it was not saved")


def test_an_agent_announces_a_change_by_telephone_without_its_papers(agent):
    changes = Changes(agent)
    agent.opens(MILAN)
    agent.until(lambda: agent.is_seen("verify.email"), "nothing is asked")
    agent.verifies_by("name", email="milan.markovic@example.com")
    agent.sees_bill("/2026")

    changes.starts_change("2")
    changes.fills("members", "9")
    changes.fills("happened_on", "t")
    changes.fills("applicant_name", "Milan Marković")
    assert changes.reads("channel") == "announced by phone"

    assert changes.submits()
    changes.sees_receipt()


def test_an_applied_change_is_taken_back_by_an_inverse_request(changes):
    clerk = changes.clerk
    clerk.opens(FIRM)
    changes.starts_change("9")
    changes.fills("delivery_address", "Pogrešna 99")
    changes.fills("happened_on", "t")
    changes.fills("applicant_name", "Mila Jovanović")
    changes.satisfies_papers()
    number = changes.submits()
    _decides(changes, approve)
    assert [row[2] for row in _closed(changes).listed() if row[0] == number] == ["applied"]

    clerk.until(lambda: clerk.is_seen("changes.undo"), "it cannot be taken back")
    clerk.widget("changes.undo").setFocus()
    clerk.presses("Space")
    clerk.types("pogrešna adresa")
    clerk.presses("Ctrl+Return")

    clerk.hears("undoing is filed")
    clerk.until(
        lambda: "takes an earlier change back" in clerk.reads("changes.request.undoing"), "no inverse"
    )


def test_a_decision_is_written_to_the_applicant_with_what_can_be_done_against_it(changes):
    _files_address(changes, "Nova 100")
    _decides(changes, approve)

    letter = _letter(changes)

    assert "Zahtev je odobren" in letter
    assert "možete izjaviti prigovor" in letter
    assert "(tekst pravne pouke nije potvrđen)" in letter


def test_a_letter_about_what_is_missing_says_until_when_and_who_wrote_it(changes, stage):
    _files_address(changes, "Nova 200")
    _decides(changes, return_for_completion, reason="Nedostaje potpis.")
    letter = _letter(changes)
    decided = "SELECT max(decided_at AT TIME ZONE 'Europe/Belgrade')::date FROM change_request"
    until = f"{stage.one(decided) + timedelta(days=8):%d.%m.%Y}."

    assert f"dopunite do {until}" in letter
    assert "Jelena Nikolić" in letter
    assert "prigovor" not in letter


def _files_address(changes, address):
    changes.clerk.opens(FIRM)
    changes.starts_change("9")
    changes.fills("delivery_address", address)
    changes.fills("happened_on", "t")
    changes.fills("applicant_name", "Mila Jovanović")
    changes.satisfies_papers()
    return changes.submits()


def _letter(changes):
    """Open the letter about the request filed last, and return what it says."""
    clerk = changes.clerk
    _closed(changes).listed()
    clerk.until(lambda: clerk.is_seen("changes.decision"), "there is no decision")
    clerk.widget("changes.decision").setFocus()
    clerk.presses("Space")
    pane = clerk.widget("change_paper.pane")
    clerk.until(lambda: bool(pane.pdf) and pane.preview.pages.is_drawn, "no letter")
    return " ".join(text_of(pane.pdf).split())


def _decides(changes, move, **given):
    """Decide as the work list does; a change of the delivery address needs no second pair of eyes."""
    model = changes.sheet.model
    seen = changes.clerk.user_session.gateway.ask(
        functools.partial(
            change_of,
            ident=model.ident,
            request_id=model.request_id,
            today=changes.clerk.user_session.desk.today,
        )
    )
    action = functools.partial(
        move, ident=model.ident, request_id=model.request_id, seen_version=seen.version, **given
    )
    changes.clerk.user_session.gateway.act(action, key=uuid4())


def _closed(changes):
    changes.clerk.presses("Esc")
    changes.clerk.goes_to(AccountSection.CHANGES)
    return changes
