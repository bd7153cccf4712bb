"""A form of a change that was begun: kept as it is typed, and there again."""

import pytest

from tests.robots.changes import Changes
from tests.robots.stage import CLERK, FIRM, MILAN
from ui.desk.places import AccountSection
from ui.kit.drafts import Draft


@pytest.fixture
def changes(clerk):
    return Changes(clerk)


def test_what_was_typed_is_there_after_the_program_was_closed(changes, stage):
    clerk = changes.clerk
    clerk.opens(MILAN)
    changes.starts_change("1")
    changes.fills("last_name", "Jovanović")
    changes.fills("applicant_name", "Mila")
    workstation = clerk.program.workstation
    stage.closes(clerk)

    again = Changes(stage.returns_to(workstation))
    again.clerk.signs_in(CLERK)
    again.clerk.opens(MILAN)
    again.clerk.presses("C")
    again.sees_form()

    assert again.reads("last_name") == "Jovanović"
    assert again.reads("applicant_name") == "Mila"


def test_what_is_typed_without_a_pause_is_kept_meanwhile(changes):
    clerk = changes.clerk
    clerk.opens(MILAN)
    changes.starts_change("9")
    changes.field("delivery_name").editor.setFocus()
    kept = Draft(clerk.program.workstation.drafts, login=CLERK, form="change", ident=int(MILAN))

    def types_on():
        clerk.types("a")
        clerk.presses("Backspace")
        return kept.read()

    clerk.until(types_on, "nothing is on disk while somebody types")


def test_what_was_typed_is_there_after_a_lock_and_after_the_tab_was_closed(changes):
    clerk = changes.clerk
    clerk.opens(MILAN)
    changes.starts_change("9")
    changes.fills("delivery_address", "Makedonska 7")

    clerk.locks()
    clerk.unlocks()
    assert changes.reads("delivery_address") == "Makedonska 7"
    clerk.presses("Ctrl+W")
    clerk.opens(MILAN)
    clerk.presses("C")
    changes.sees_form()

    assert changes.reads("delivery_address") == "Makedonska 7"


def test_a_form_that_was_put_away_can_be_had_back(changes):
    clerk = changes.clerk
    clerk.opens(MILAN)
    changes.starts_change("9")
    changes.fills("delivery_address", "Makedonska 9")

    clerk.clicks("change.back")
    clerk.until(lambda: clerk.is_seen("change.kinds.filter"), "the kinds did not come")
    clerk.clicks("desk.messages.undo")
    changes.sees_form()

    assert changes.reads("delivery_address") == "Makedonska 9"


def test_a_saved_draft_waits_in_the_list_and_goes_on_to_its_number(changes):
    clerk = changes.clerk
    clerk.opens(FIRM)
    changes.starts_change("9")
    changes.fills("delivery_address", "Makedonska 11")
    clerk.presses("Ctrl+S")
    clerk.hears("draft is saved")
    clerk.presses("Esc")
    assert changes.listed()[0][2] == "draft"

    clerk.widget("changes.table").setFocus()
    clerk.until(lambda: clerk.is_seen("changes.go_on"), "it cannot be continued")
    clerk.presses("Return")
    changes.sees_form()
    assert changes.reads("delivery_address") == "Makedonska 11"
    changes.fills("happened_on", "t")
    changes.fills("applicant_name", "Mila Jovanović")
    changes.satisfies_papers()

    assert changes.submits() in [row[0] for row in _closed(changes).listed()]


def _closed(changes):
    changes.clerk.presses("Esc")
    changes.clerk.goes_to(AccountSection.CHANGES)
    return changes
