"""Two supervisors over one draft, and one whose window is closed: nothing that was typed is lost."""

from dataclasses import replace
from decimal import Decimal
from functools import partial
from uuid import uuid4

from app.domain.plans import VersionState
from app.usecases import plans
from app.usecases.plans import DraftFields
from tests.ui.programmes.conftest import IN_FORCE, PENSIONERS_TOO, choose, stored_draft, types, version_of
from ui.programmes.model import About


def changed_elsewhere(colleague, about, *, grace, note):
    """Another supervisor writes other days of grace, and a note, into the same draft."""
    stored = version_of(colleague, about)
    terms = stored.programme.terms
    colleague.act(
        partial(
            plans.change_programme_draft,
            programme_id=about.programme_id,
            version=about.version,
            seen_revision=stored.revision,
            terms=replace(terms, breach=replace(terms.breach, days_of_grace=grace)),
            fields=DraftFields(stored.programme.valid_from, legal_basis="Zaključak", note=note),
        ),
        key=uuid4(),
    )


def published_elsewhere(third, about):
    stored = version_of(third, about)
    third.act(
        partial(
            plans.publish_programme,
            programme_id=about.programme_id,
            version=about.version,
            seen_revision=stored.revision,
        ),
        key=uuid4(),
    )


def seen_changes(page):
    model = page.pane.changes.table.model()
    columns = [model.column(place) for place in range(4)]
    return [tuple(column.words(row) for column in columns) for row in model.rows()]


def test_the_second_sees_what_the_first_wrote_and_keeps_the_own_text(qtbot, opened, colleague, until):
    about = stored_draft(colleague)
    page = opened()
    choose(page, about)
    types(qtbot, page, "note", "moja napomena")
    types(qtbot, page, "least_instalment", "500")
    changed_elsewhere(colleague, about, grace=9, note="njihova")

    page.pane.save_draft()

    until(lambda: page.pane.changes.isVisible())
    assert sorted(seen_changes(page)) == [
        ("Days of grace", "30", "9", "9"),
        ("Note", "nacrt", "njihova", "moja napomena"),
    ]
    assert page.pane.form.values()["days_of_grace"] == "9"
    assert page.pane.form.values()["note"] == "moja napomena"

    page.pane.save_draft()

    until(lambda: not page.pane.changes.isVisible())
    until(lambda: version_of(colleague, about).revision == 3)
    stored = version_of(colleague, about).programme
    assert (stored.note, stored.terms.breach.days_of_grace) == ("moja napomena", 9)
    assert stored.terms.least_instalment == Decimal(500)


def test_a_draft_that_changed_meanwhile_is_not_published_unseen(opened, colleague, until):
    about = stored_draft(colleague)
    page = opened()
    choose(page, about)
    changed_elsewhere(colleague, about, grace=9, note="njihova")

    page.pane.ask_to_publish()
    page.pane.ask_to_publish()

    until(lambda: page.pane.changes.isVisible())
    assert not page.pane.strip.isVisible()
    assert version_of(colleague, about).state is VersionState.DRAFT


def test_a_draft_published_meanwhile_lets_what_was_typed_go_on_as_a_new_version(
    qtbot, opened, colleague, third, until
):
    about = stored_draft(colleague)
    page = opened()
    choose(page, about)
    types(qtbot, page, "note", "moja napomena")
    types(qtbot, page, "valid_from", "1.10.2026")
    published_elsewhere(third, about)

    page.pane.save_draft()
    until(lambda: "published this draft" in page.pane.trouble.words)
    page.pane.trouble.action_chosen.emit()

    assert page.pane.about == About(4, 0)
    assert page.pane.form.values()["note"] == "moja napomena"
    page.pane.save_draft()
    until(lambda: page.pane.about == About(4, 3))
    assert version_of(colleague, About(4, 3)).programme.note == "moja napomena"


def test_what_was_typed_is_back_when_the_page_is_opened_again(qtbot, opened, gateway, until):
    about = stored_draft(gateway)
    first = opened()
    choose(first, about)
    types(qtbot, first, "note", "skoro gotovo")
    first.leave()

    again = opened()
    choose(again, about)

    assert again.pane.form.values()["note"] == "skoro gotovo"
    assert again.pane.trouble.words == "What you typed and did not save is back."

    again.pane.trouble.action_chosen.emit()

    assert again.pane.form.values()["note"] == "nacrt"
    assert not again.pane.trouble.words


def test_what_was_typed_before_a_colleague_wrote_is_laid_over_theirs(qtbot, opened, colleague):
    about = stored_draft(colleague)
    first = opened()
    choose(first, about)
    types(qtbot, first, "note", "moja napomena")
    first.leave()
    changed_elsewhere(colleague, about, grace=9, note="nacrt")

    again = opened()
    choose(again, about)

    assert again.pane.form.values()["note"] == "moja napomena"
    assert again.pane.form.values()["days_of_grace"] == "9"
    assert [row[0] for row in seen_changes(again)] == ["Days of grace"]


def test_another_version_may_be_looked_at_in_between(qtbot, page):
    choose(page, IN_FORCE)
    page.pane.ask_to_extend()
    types(qtbot, page, "note", "u pripremi")

    choose(page, PENSIONERS_TOO)
    choose(page, IN_FORCE)
    page.pane.ask_to_extend()

    assert page.pane.form.values()["note"] == "u pripremi"


def test_a_refresh_shows_what_a_colleague_wrote_where_nothing_is_typed(opened, colleague, until):
    about = stored_draft(colleague)
    page = opened()
    choose(page, about)
    changed_elsewhere(colleague, about, grace=9, note="njihova")

    page.refresh()

    until(lambda: page.pane.form.values()["note"] == "njihova")
    assert not page.pane.head.save.isEnabled()


def test_a_refresh_tells_that_the_draft_one_types_in_was_published(qtbot, opened, colleague, third, until):
    about = stored_draft(colleague)
    page = opened()
    choose(page, about)
    types(qtbot, page, "note", "moja napomena")
    published_elsewhere(third, about)

    page.refresh()

    until(lambda: "published this draft" in page.pane.trouble.words)
    assert page.pane.form.values()["note"] == "moja napomena"


def test_a_refresh_leaves_the_result_of_a_trial_where_it_is(page, until):
    page.pane.show_trial()
    page.pane.trial.idents.set_value("1000042")
    page.pane.run_trial()
    until(lambda: page.pane.trial.trials)

    page.refresh()

    until(lambda: not page.list.is_waiting)
    assert page.pane.trial.trials


def test_where_nothing_was_typed_the_version_a_colleague_published_is_simply_read(
    opened, colleague, third, until, said
):
    about = stored_draft(colleague)
    page = opened()
    choose(page, about)
    published_elsewhere(third, about)

    page.pane.ask_to_publish()
    page.pane.ask_to_publish()

    until(lambda: not page.pane.is_editing)
    until(lambda: page.list.current.state is VersionState.PUBLISHED)
    assert said == ["Somebody else published this draft meanwhile; it is not altered any more."]
    assert page.pane.view.isVisible()
