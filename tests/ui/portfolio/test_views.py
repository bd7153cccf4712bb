"""What is counted for the page of plans, and the words a plan is described by."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.domain.plans import Payer, PlanState
from app.usecases.plans import Followed, PortfolioCount, PortfolioRow, Which
from ui.portfolio import words
from ui.portfolio.columns import PortfolioReading
from ui.portfolio.views import Breakdown, ChosenPlans, counts_by_group, counts_by_view, programmes_of
from ui.words.tones import Tone

TODAY = date(2026, 7, 10)
OLD, NEW = 3, 4


def count(
    programme: int, state: PlanState, number: int, *, branch: int = 1, urgent: int = 0
) -> PortfolioCount:
    return PortfolioCount(
        branch_id=branch,
        programme_id=programme,
        programme_code=f"{programme}",
        programme=f"Reprogram {programme}",
        state=state,
        count=number,
        payable=Decimal(100 * number),
        arriving=urgent,
        missed=urgent,
        breaking=urgent,
    )


COUNTS = (
    count(NEW, PlanState.ACTIVE, 7, urgent=2),
    count(NEW, PlanState.ACTIVE, 5, branch=2, urgent=1),
    count(NEW, PlanState.AWAITING_CERTIFICATION, 3),
    count(OLD, PlanState.KEPT, 20, branch=2),
)


def plan(state: PlanState = PlanState.ACTIVE, **given: object) -> PortfolioRow:
    row = PortfolioRow(
        ident=1000042,
        plan_id=1,
        contract_number="RP-1",
        programme_code="2025",
        state=state,
        payer=Payer.ORDINARY,
        branch_id=1,
        account_name="Ana",
        address="",
        signed_on=TODAY - timedelta(days=20),
        created_by="",
        next_due_on=TODAY + timedelta(days=5),
        breaks_on=TODAY + timedelta(days=36),
        instalments=3,
        payable=Decimal(300),
        paid=Decimal(100),
        late=1,
        late_open=Decimal(40),
    )
    return replace(row, **given)  # type: ignore[arg-type]


def test_the_number_beside_a_list_is_of_what_is_chosen_beside_it() -> None:
    every = counts_by_view(COUNTS, chosen=ChosenPlans())
    narrow = counts_by_view(COUNTS, chosen=ChosenPlans(programme_id=NEW, branch_id=1))

    assert (every[Which.ALL], every[Which.ARRIVING], every[Which.AWAITING]) == (35, 3, 3)
    assert (narrow[Which.ALL], narrow[Which.BREAKING], narrow[Which.AWAITING]) == (10, 2, 3)


def test_a_state_narrows_the_list_of_all_and_no_other() -> None:
    found = counts_by_view(COUNTS, chosen=ChosenPlans(state=PlanState.KEPT))

    assert (found[Which.ALL], found[Which.MISSED], found[Which.AWAITING]) == (20, 3, 3)


def test_programmes_come_latest_first_and_their_sum_last() -> None:
    new, old, together = counts_by_group(COUNTS, breakdown=Breakdown.PROGRAMME, chosen=ChosenPlans())

    assert [one.name for one in programmes_of(COUNTS)] == ["Reprogram 4", "Reprogram 3"]
    assert (new.of(PlanState.ACTIVE), new.count, new.payable) == (12, 15, Decimal(1500))
    assert (old.of(PlanState.KEPT), old.of(PlanState.ACTIVE)) == (20, 0)
    assert together.is_sum
    assert (together.programme, together.count, together.payable) == (None, 35, Decimal(3500))


def test_one_programme_needs_no_sum_and_no_plans_no_row() -> None:
    of_branch = counts_by_group(COUNTS, breakdown=Breakdown.PROGRAMME, chosen=ChosenPlans(branch_id=1))

    assert [row.count for row in of_branch] == [10]
    assert counts_by_group((), breakdown=Breakdown.PROGRAMME, chosen=ChosenPlans()) == ()


def test_branches_come_busiest_first_and_their_sum_last() -> None:
    every = counts_by_group(COUNTS, breakdown=Breakdown.BRANCH, chosen=ChosenPlans(branch_id=1))
    of_old = counts_by_group(COUNTS, breakdown=Breakdown.BRANCH, chosen=ChosenPlans(programme_id=OLD))

    assert [(row.key, row.count, row.is_sum) for row in every] == [
        (2, 25, False),
        (1, 10, False),
        (None, 35, True),
    ]
    assert [(row.key, row.count, row.of(PlanState.KEPT)) for row in of_old] == [(2, 20, 20)]


def test_plans_of_no_branch_are_counted_too() -> None:
    nobodys = (replace(COUNTS[0], branch_id=None), COUNTS[1])

    rows = counts_by_group(nobodys, breakdown=Breakdown.BRANCH, chosen=ChosenPlans())

    assert [(row.key, row.count, row.is_sum) for row in rows] == [
        (None, 7, False),
        (2, 5, False),
        (None, 12, True),
    ]


@pytest.mark.parametrize(
    ("row", "which", "said", "tone"),
    [
        (plan(), Which.ALL, "due in 5 days", Tone.WARN),
        (plan(next_due_on=TODAY + timedelta(days=8)), Which.ALL, "due in 8 days", Tone.NEUTRAL),
        (plan(next_due_on=TODAY + timedelta(days=1)), Which.ARRIVING, "due in 1 day", Tone.WARN),
        (plan(next_due_on=TODAY), Which.ARRIVING, "due today", Tone.WARN),
        (plan(next_due_on=TODAY - timedelta(days=1)), Which.MISSED, "1 day late", Tone.BAD),
        (plan(breaks_on=TODAY), Which.BREAKING, "breaks today", Tone.BAD),
        (plan(breaks_on=TODAY + timedelta(days=1)), Which.BREAKING, "breaks in 1 day", Tone.BAD),
        (
            plan(breaks_on=TODAY - timedelta(days=2)),
            Which.BREAKING,
            "2 days past breaking",
            Tone.BAD,
        ),
        (plan(PlanState.AWAITING_CERTIFICATION), Which.AWAITING, "waits 20 days", Tone.WARN),
        (
            plan(PlanState.AWAITING_CERTIFICATION, signed_on=TODAY),
            Which.ALL,
            "waits since today",
            Tone.NEUTRAL,
        ),
        (plan(next_due_on=None), Which.ALL, "", None),
        (plan(PlanState.KEPT), Which.ALL, "", None),
    ],
)
def test_a_plan_says_what_comes_next(
    language: object, row: PortfolioRow, which: Which, said: str, tone: Tone | None
) -> None:
    language.set("en")  # type: ignore[attr-defined]

    assert words.next_word(row, which=which, today=TODAY) == said
    assert words.next_tone(row, which=which, today=TODAY) is tone


def test_nothing_is_late_or_left_under_a_plan_that_has_ended() -> None:
    reading = PortfolioReading(today=lambda: TODAY, which=lambda: Which.ALL, branch_name=str)
    cells = {column.name: column.words for column in reading.columns()}

    assert [cells[name](plan()) for name in ("late", "late_open", "open")] == ["1", "40,00", "200,00"]
    assert [cells[name](plan(PlanState.BROKEN)) for name in ("late", "late_open", "open")] == ["", "", "–"]


def test_what_following_did_is_said_in_numbers(language: object) -> None:
    language.set("en")  # type: ignore[attr-defined]
    done = Followed(followed=1200, settled=1, moved=3, active=1100, in_arrears=98, kept=1, broken=1)

    assert words.followed_sentence(done, day=TODAY) == (
        "1200 plans looked at for 10.07.2026. – 3 changed their state, 1 payment set against instalments."
    )
    assert words.standings_sentence(done).endswith("on time 1.100, in arrears 98, paid off 1, broken 1.")


def test_a_day_that_was_followed_before_is_said_to_be(language: object) -> None:
    language.set("en")  # type: ignore[attr-defined]
    nothing = Followed(followed=0, settled=0, moved=0, active=0, in_arrears=0, kept=0, broken=0)

    assert "had been looked at for 10.07.2026. before" in words.followed_sentence(nothing, day=TODAY)
    assert words.standings_sentence(nothing) == ""


def test_an_account_whose_name_nobody_knows_is_listed_with_a_dash() -> None:
    reading = PortfolioReading(today=lambda: TODAY, which=lambda: Which.ALL, branch_name=str)
    name = next(column for column in reading.columns() if column.name == "name")

    assert name.words(plan(account_name="")) == "–"
