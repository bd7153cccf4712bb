"""Why a programme cannot be signed, in words: every reason has some, with its facts and without."""

from datetime import date

import pytest

from app.domain.plans import Ineligibility, Payer, WhyNot
from ui.words.plans import why_not

FACTS = {
    WhyNot.NOT_YET: {"valid_from": date(2026, 1, 1)},
    WhyNot.OVER: {"valid_to": date(2024, 11, 1)},
    WhyNot.OTHER_PAYERS: {"payers": frozenset({Payer.PENSIONER, Payer.COMPANY})},
    WhyNot.DEBT_TOO_YOUNG: {"due_until": date(2023, 8, 31)},
    WhyNot.TOO_FEW_BILLS: {"least": 6, "there_are": 2},
}


@pytest.mark.parametrize("why", WhyNot)
def test_every_reason_is_a_sentence_with_its_facts_in_it(why):
    said = why_not(Ineligibility(why, FACTS.get(why, {})))

    assert said
    assert "{" not in said


def test_days_and_payers_are_named_as_a_person_reads_them():
    assert why_not(Ineligibility(WhyNot.OVER, FACTS[WhyNot.OVER])).endswith("01.11.2024.")
    assert (
        why_not(Ineligibility(WhyNot.OTHER_PAYERS, FACTS[WhyNot.OTHER_PAYERS]))
        == "only for: company, pensioner"
    )


@pytest.mark.parametrize("why", [WhyNot.OTHER_PAYERS, WhyNot.DEBT_TOO_YOUNG])
def test_a_reason_that_came_without_facts_still_says_what_it_is(why):
    assert "{" not in why_not(Ineligibility(why))
    assert "{" not in why_not(Ineligibility(why, {"due_until": None}))
