"""Programmes as a supervisor sees them: listed, read in whole, drafted, saved and published."""

from datetime import date
from functools import partial
from uuid import uuid4

from PySide6.QtCore import Qt

from app.domain.faulty import readable
from app.domain.plans import VersionState
from app.usecases import plans
from tests.robots.seating import changed
from tests.ui.programmes.conftest import (
    IN_FORCE,
    PENSIONERS_TOO,
    TODAY,
    choose,
    stored_draft,
    types,
    version_of,
)
from ui.programmes.model import About, about_of
from ui.programmes.words import standing
from ui.words.tones import Tone


def cells(table, name):
    column = table.model().column(table.model().place_of(name))
    return [column.words(row) for row in table.model().rows()]


def test_every_version_is_listed_and_the_one_in_force_is_looked_at_first(page):
    assert cells(page.list.table, "programme")[:2] == ["Reprogram od 2025.", "Reprogram 2023/24"]
    assert cells(page.list.table, "version") == ["1", "2", "1", "2", "1", "1"]
    assert cells(page.list.table, "state")[:2] == ["in force", "over"]
    assert cells(page.list.table, "validity")[1] == "01.05.2024. – 31.10.2024."
    assert page.pane.about == IN_FORCE


def test_a_published_version_is_read_in_whole_and_cannot_be_edited(page):
    choose(page, PENSIONERS_TOO)
    view = page.pane.view

    assert [row.key for row in view.ladder.model.rows()] == ["1", "3", "6", "12", "24", "48", "60"]
    assert cells(view.sizes.table, "key") == ["30.000,00", "50.000,00", "200.000,00", "more"]
    assert cells(view.sizes.table, "pensioner") == ["12", "24", "48", "60"]
    assert view.debts.facts.value_of("due_until") == "31.08.2023."
    assert view.paying.facts.value_of("least") == "1.000,00 (not confirmed)"
    assert page.pane.head.title.text() == "Reprogram 2023/24, version 2"
    assert page.pane.head.author.text().endswith("it is not altered any more")
    assert page.pane.head.save.isHidden()
    assert page.pane.head.publish.isHidden()
    assert not page.pane.form.isVisible()


def test_a_new_version_begins_with_the_terms_of_another_and_is_stored_when_saved(
    qtbot, page, until, said, gateway
):
    choose(page, PENSIONERS_TOO)
    page.pane.ask_to_extend()

    assert page.pane.head.badge.text() == "not saved yet"
    assert page.pane.form.values()["valid_from"] == "01.11.2024."
    types(qtbot, page, "decision", "broj 7, 22.11.2026.")
    types(qtbot, page, "last_day", "31.12.2026")
    types(qtbot, page, "days_of_grace", "15")
    page.pane.save_draft()

    until(lambda: page.pane.about == About(3, 3))
    until(lambda: len(page.list.rows) == 7)
    stored = version_of(gateway, About(3, 3))
    assert stored.state is VersionState.DRAFT
    assert stored.programme.valid_to == date(2027, 1, 1)
    assert stored.programme.decision == "broj 7, 22.11.2026."
    assert stored.programme.terms.breach.days_of_grace == 15
    assert said == ["The draft is saved."]
    assert about_of(page.list.current) == About(3, 3)


def test_a_new_programme_is_written_with_the_keyboard_alone(qtbot, page, until, gateway):
    page.begin_new()
    types(qtbot, page, "code", "2027")
    types(qtbot, page, "name", "Reprogram 2027")
    types(qtbot, page, "valid_from", "1.1.2027")
    types(qtbot, page, "legal_basis", "odluka veca, 2026.")
    types(qtbot, page, "ladder.0.0", "12")
    types(qtbot, page, "ladder.0.2", "7,5")
    types(qtbot, page, "ladder.1.0", "3")
    types(qtbot, page, "ladder.1.1", "10")
    page.pane.save_draft()

    until(lambda: page.pane.about == About(5, 1))
    terms = version_of(gateway, About(5, 1)).programme.terms
    assert [(step.payer, step.instalments, str(step.discount_percent)) for step in terms.steps] == [
        ("ordinary", 3, "10"),
        ("pensioner", 12, "7.5"),
    ]


def test_a_draft_goes_out_once_it_is_asked_and_answered(qtbot, opened, until, said, gateway, colleague):
    about = stored_draft(colleague)
    page = opened()
    choose(page, about)

    page.pane.ask_to_publish()
    assert page.pane.strip.isVisible()
    assert "in force from 01.09.2026." in page.pane.strip.words.text()
    qtbot.keyClick(page.pane.strip.go, Qt.Key.Key_Return)

    until(lambda: page.pane.about == about and not page.pane.is_editing)
    stored = version_of(gateway, about)
    assert (stored.state, stored.published_by) == (VersionState.PUBLISHED, "Vesna Marković")
    assert version_of(gateway, IN_FORCE).programme.valid_to == date(2026, 9, 1)
    until(lambda: cells(page.list.table, "validity")[1] == "01.10.2025. – 31.08.2026.")
    assert said == ["The version is published; it is not altered any more."]


def test_what_one_wrote_or_only_typed_into_is_for_another_to_publish(qtbot, opened, gateway, colleague):
    own = stored_draft(gateway)
    theirs = stored_draft(colleague, valid_from=date(2027, 1, 1))
    page = opened()

    for about, typed in ((own, ""), (theirs, "trajna mera")):
        choose(page, about)
        if typed:
            types(qtbot, page, "note", typed)
        page.pane.ask_to_publish()
        page.pane.ask_to_publish()

        assert "Another supervisor publishes" in page.pane.strip.words.text()
        assert not page.pane.strip.go.isEnabled()
        assert version_of(gateway, about).state is VersionState.DRAFT


def test_esc_publishes_nothing(qtbot, opened, gateway, colleague):
    about = stored_draft(colleague)
    page = opened()
    choose(page, about)

    page.pane.ask_to_publish()
    qtbot.keyClick(page.pane.strip.go, Qt.Key.Key_Escape)

    assert not page.pane.strip.isVisible()
    assert version_of(gateway, about).state is VersionState.DRAFT


def test_without_its_legal_basis_nothing_goes_out_and_the_field_says_so(opened, until, gateway, colleague):
    about = stored_draft(colleague, basis="")
    page = opened()
    choose(page, about)

    page.pane.ask_to_publish()
    page.pane.ask_to_publish()

    until(lambda: page.pane.form.field("legal_basis").error)
    assert version_of(gateway, about).state is VersionState.DRAFT
    assert not page.pane.strip.isVisible()


def test_days_that_another_version_has_are_said_at_the_first_day(opened, until, gateway, colleague):
    about = stored_draft(colleague, valid_from=date(2025, 9, 1))
    page = opened()
    choose(page, about)

    page.pane.ask_to_publish()
    page.pane.ask_to_publish()

    until(lambda: page.pane.form.field("valid_from").error)
    assert "same day" in page.pane.form.field("valid_from").error
    assert version_of(gateway, about).state is VersionState.DRAFT


def test_a_code_that_is_taken_is_said_where_it_is_typed(qtbot, page, until):
    page.begin_new()
    for name, words in (("code", "2023"), ("name", "Isti"), ("valid_from", "1.1.2027"), ("ladder.0.0", "3")):
        types(qtbot, page, name, words)
    types(qtbot, page, "ladder.0.1", "0")
    page.pane.save_draft()

    until(lambda: page.pane.form.field("code").error)
    assert page.pane.form.values()["name"] == "Isti"


def test_a_change_of_language_changes_all_that_is_said(qtbot, opened, until, language, gateway):
    about = stored_draft(gateway)
    language.set("sr_Latn")
    page = opened()
    choose(page, about)
    types(qtbot, page, "last_day", "1.1.2020")
    latin = page.pane.form.field("last_day").error

    language.set("sr_Cyrl")

    until(lambda: page.pane.head.title.text() == "Репрограм од 2025., верзија 2")
    assert latin == "Prestalo bi pre nego što počne."
    assert page.pane.form.field("last_day").error == "Престало би пре него што почне."
    assert cells(page.list.table, "state")[:2] == ["нацрт", "на снази"]


def test_a_list_that_is_asked_for_again_leaves_what_is_typed_alone(qtbot, opened, until, gateway, colleague):
    about = stored_draft(gateway)
    page = opened()
    choose(page, about)
    types(qtbot, page, "note", "nije gotovo")
    colleague.act(partial(plans.publish_programme, programme_id=4, version=2, seen_revision=1), key=uuid4())
    other = stored_draft(gateway, valid_from=date(2028, 1, 1))

    page.refresh()

    until(lambda: other in [about_of(one) for one in page.list.rows])
    assert page.pane.form.values()["note"] == "nije gotovo"


def test_a_withdrawn_version_says_by_whom_and_why_and_is_read_like_any_other(settled, page, until):
    with changed(settled) as town:
        town.run(
            "SELECT withdraw_programme(code, 1, 'pogrešan popust') FROM programme WHERE id = :id",
            id=IN_FORCE.programme_id,
        )
    page.refresh()
    until(lambda: version_of_list(page).withdrawal_reason)

    choose(page, IN_FORCE)

    assert standing(version_of_list(page), today=TODAY) == ("withdrawn", Tone.BAD)
    assert "pogrešan popust" in page.pane.head.author.text()
    assert not page.pane.is_editing


def version_of_list(page):
    return next(one for one in readable(page.list.rows) if about_of(one) == IN_FORCE)
