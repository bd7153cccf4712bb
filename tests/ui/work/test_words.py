"""What the list of work says: deadlines, who has taken what, and which part of it asks for what."""

from datetime import date, datetime, timedelta

import pytest

from app.domain.changes import OPEN, ChangeKind, ChangeState
from app.domain.office_time import ZONE
from app.usecases.changes import WorkCount, WorkCounts
from app.usecases.staff import Role
from ui.words.tones import Tone
from ui.work import words
from ui.work.views import Chosen, Deadline, View, counts_by_view

TODAY = date(2026, 7, 20)


@pytest.mark.parametrize(
    ("due_on", "said", "tone"),
    [
        (date(2026, 7, 18), "2 days overdue", Tone.BAD),
        (date(2026, 7, 19), "1 day overdue", Tone.BAD),
        (TODAY, "due today", Tone.WARN),
        (date(2026, 7, 23), "3 days left", Tone.WARN),
        (date(2026, 8, 1), "12 days left", Tone.NEUTRAL),
    ],
)
def test_a_deadline_is_said_in_words_and_marked_by_how_near_it_is(language, due_on, said, tone):
    language.set("en")

    assert words.due_word(due_on, today=TODAY) == said
    assert words.due_tone(due_on, today=TODAY) is tone


def test_a_deadline_has_all_three_plurals_of_serbian(language):
    language.set("sr_Latn")

    said = [words.due_word(TODAY + timedelta(days=days), today=TODAY) for days in (1, 3, 5, 21)]

    assert said == ["još 1 dan", "još 3 dana", "još 5 dana", "još 21 dan"]


def test_who_has_taken_a_request_is_named_with_the_minutes_since():
    since = datetime.now(ZONE) - timedelta(minutes=3, seconds=5)

    assert words.taken_word("Jelena Nikolić", since, is_mine=False) == "taken by Jelena Nikolić, 3 min"
    assert words.taken_word("Jelena Nikolić", since, is_mine=True) == "taken by you, 3 min"
    assert words.taken_word("", None, is_mine=False) == ""


def test_a_moment_that_no_clock_here_explains_is_told_as_it_is():
    ahead = datetime.now(ZONE) + timedelta(hours=3)

    assert words.taken_word("Ana", ahead, is_mine=False) == f"taken by Ana, {ahead:%H:%M}"


def test_only_what_was_submitted_waits_for_a_decision_and_everything_open_is_a_part_of_its_own():
    assert Chosen().states() == {ChangeState.SUBMITTED}
    assert Chosen(view=View.OPEN).states() == OPEN
    assert Chosen(view=View.OPEN).kinds(Role.CLERK) == frozenset(ChangeKind)
    assert Chosen(kind=ChangeKind.AREA).kinds(Role.CLERK) == {ChangeKind.AREA}


@pytest.mark.parametrize(
    ("deadline", "last"),
    [
        (Deadline.ANY, None),
        (Deadline.OVERDUE, date(2026, 7, 19)),
        (Deadline.TODAY, TODAY),
        (Deadline.WEEK, date(2026, 7, 27)),
    ],
)
def test_a_narrowing_by_deadline_ends_on_a_day(deadline, last):
    assert Chosen(deadline=deadline).last_day(TODAY) == last


def test_the_parts_are_counted_by_role_and_branch():
    counts = WorkCounts(
        (
            WorkCount(3, ChangeKind.MEMBERS, ChangeState.SUBMITTED, is_overdue=True, count=2),
            WorkCount(3, ChangeKind.CHARGING_METHOD, ChangeState.SUBMITTED, is_overdue=False, count=4),
            WorkCount(5, ChangeKind.AREA, ChangeState.WITH_PROVIDER, is_overdue=False, count=1),
        )
    )

    of_clerk = counts_by_view(counts, role=Role.CLERK, branch_id=3)
    of_supervisor = counts_by_view(counts, role=Role.SUPERVISOR, branch_id=None)

    assert of_clerk == {View.WAITING: 2, View.RETURNED: 0, View.WITH_PROVIDER: 0, View.OPEN: 6}
    assert of_supervisor == {View.WAITING: 6, View.RETURNED: 0, View.WITH_PROVIDER: 1, View.OPEN: 7}
