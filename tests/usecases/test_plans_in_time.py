"""Programmes and plans in time: which is possible on which day, and what a day that passes changes."""

from datetime import date, timedelta

import pytest

from app.domain.plans import Payer, WhyNot
from app.usecases import plans
from app.usecases.plans import rules
from tests.usecases.conftest import ANA, CLERK, Town, refused
from tests.usecases.lived import Life, in_2014


@pytest.fixture
def life(town: Town) -> Life:
    """An account that was there before all programmes."""
    return Life(town)


# -- which is in force on which day ------------------------------------------------------------------

IN_FORCE = [
    (date(2014, 5, 31), None),
    (date(2014, 6, 1), ("2014", 1)),
    (date(2014, 10, 31), ("2014", 1)),
    (date(2014, 11, 1), None),
    (date(2019, 10, 31), None),
    (date(2019, 11, 1), ("2019", 1)),
    (date(2020, 5, 8), ("2019", 1)),
    (date(2020, 5, 9), ("2019", 2)),
    (date(2020, 8, 6), ("2019", 2)),
    (date(2020, 8, 7), None),
    (date(2023, 10, 31), None),
    (date(2023, 11, 1), ("2023", 1)),
    (date(2024, 4, 30), ("2023", 1)),
    (date(2024, 5, 1), ("2023", 2)),
    (date(2024, 10, 31), ("2023", 2)),
    (date(2024, 11, 1), None),
    (date(2025, 9, 30), None),
    (date(2025, 10, 1), ("2025", 1)),
    (date(2031, 1, 1), ("2025", 1)),
]


def test_on_each_day_of_the_years_the_programme_of_its_time_is_possible_and_no_other(life: Life) -> None:
    life.owes("09/2013", "03/2014", "3000.00")
    found = []
    for day, _ in IN_FORCE:
        life.goes_to(day)
        possible = [one.programme for one in life.choices() if one.obstacle is None]
        found.append((day, [(one.code, one.version) for one in possible]))
        over = [one for one in life.choices() if one.obstacle is not None]
        assert {one.obstacle.why for one in over if one.obstacle} <= {WhyNot.NOT_YET, WhyNot.OVER}

    assert found == [(day, [wanted] if wanted else []) for day, wanted in IN_FORCE]


# -- time passes between what was shown and what is done ---------------------------------------------


def test_a_programme_that_ended_overnight_is_not_signed(life: Life) -> None:
    in_2014(life)
    life.goes_to(date(2014, 10, 31))
    last_day = life.possible()
    life.goes_to(date(2014, 11, 1))

    with life.town.visiting(CLERK, ANA) as session, refused(session, rules.ProgrammeNotInForce) as caught:
        debt = plans.debt_of(session, ident=ANA, today=date(2014, 10, 31))
        (offer,) = plans.offers_on(
            debt,
            terms=last_day.programme.terms,
            payer=Payer.ORDINARY,
            months=last_day.coverable,
            counts=[6],
        )
        assert not isinstance(offer, Exception)
        plans.register(
            session, ident=ANA, programme_id=1, version=1, months=debt.of(last_day.coverable), offer=offer
        )

    assert caught.value.valid_to == date(2014, 11, 1)  # type: ignore[attr-defined]


def test_an_offer_of_yesterday_has_the_interest_of_yesterday(life: Life) -> None:
    in_2014(life)
    choice = life.possible()
    with life.town.visiting(CLERK, ANA) as session:
        debt = plans.debt_of(session, ident=ANA, today=life.today)
    (offer,) = plans.offers_on(
        debt, terms=choice.programme.terms, payer=Payer.ORDINARY, months=choice.coverable, counts=[6]
    )
    assert not isinstance(offer, Exception)
    life.goes_to(life.today + timedelta(days=1))

    with life.town.visiting(CLERK, ANA) as session, refused(session, rules.DebtChanged) as caught:
        plans.register(
            session, ident=ANA, programme_id=1, version=1, months=debt.of(choice.coverable), offer=offer
        )

    assert caught.value.months == choice.coverable  # type: ignore[attr-defined]


def test_a_registration_is_undone_on_its_day_and_cancelled_from_the_next_one_on(life: Life) -> None:
    in_2014(life)
    life.signs(6)
    life.goes_to(life.today + timedelta(days=1))

    with life.town.visiting(CLERK, ANA) as session, refused(session, rules.UndoForbidden) as caught:
        plans.undo(session, ident=ANA, plan_id=life.plan_id, reason="greška")

    assert caught.value.why == "day"  # type: ignore[attr-defined]
