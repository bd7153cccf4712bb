"""Trying a draft: on which accounts, and who may ask for them."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.errors import Forbidden
from app.domain.plans import DebtRule, Payer
from app.usecases import plans
from app.usecases.plans import DraftFields
from tests.usecases.conftest import ANA, CLERK, FIRM, NEW, SUPERVISOR, Town, refused
from tests.usecases.planned import FREE, office_day, owe

FIELDS = DraftFields(date(2020, 1, 1), legal_basis="Odluka")


def test_the_largest_debts_come_first_and_who_owes_nothing_old_is_left_out(town: Town) -> None:
    owe(town, 3, amount="900.00")
    owe(town, 3, 2, amount="5000.00", ident=FIRM)
    with town.signed_in(SUPERVISOR) as session:
        found = plans.largest_debts(session, at_most=50)
        first = plans.largest_debts(session, at_most=1)

    # the latest bill is the current month, whatever its age
    assert set(found) <= {FIRM, ANA}
    assert found[0] == FIRM
    assert NEW not in found
    assert first == (FIRM,)


def test_who_owes_most_is_told_to_supervisors_only(town: Town) -> None:
    with town.signed_in(CLERK) as session, refused(session, Forbidden):
        plans.largest_debts(session, at_most=50)


@pytest.mark.parametrize("at_most", [0, 100_000])
def test_however_many_are_asked_for_a_hundred_come_at_most(town: Town, at_most: int) -> None:
    owe(town, 3, 2, amount="5000.00", ident=FIRM)
    with town.signed_in(SUPERVISOR) as session:
        assert len(plans.largest_debts(session, at_most=at_most)) == min(at_most, 1)


def test_a_trial_says_whether_anything_could_be_signed_and_what_is_owed_in_all(town: Town) -> None:
    today = office_day(town)
    owe(town, 4, 3, amount="5000.00")
    with town.visiting(SUPERVISOR, ANA) as session:
        debt = plans.debt_of(session, ident=ANA, today=today)
        open_to_all, long_past = (
            plans.try_programme(
                session, terms=terms, fields=FIELDS, payer=Payer.ORDINARY, idents=[ANA], today=today
            )[0]
            for terms in (FREE, replace(FREE, debts=DebtRule(due_until=date(2010, 1, 1))))
        )

    assert open_to_all.is_possible
    assert not long_past.is_possible
    assert open_to_all.owed == long_past.owed == debt.sums_of([one.month.period for one in debt.months]).total
