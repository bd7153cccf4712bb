"""Receipts and letters about changes: what they say, and what they never say."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.changes import ChangedField, NothingDecided, decision_letter, receipt, words
from app.documents.wording import Script, written
from app.domain.changes import (
    DECLARATIONS,
    WITH_DECISION,
    ApplicantStanding,
    ChangeKind,
    ChangeState,
    FieldType,
    IntakeChannel,
    Need,
    PaperKind,
)
from tests.documents.extraction import check_golden, placed_on, text_of
from tests.documents.requests import HOLDER_FIELDS, JMBG, RECEIPT, decision

DECIDED = (ChangeState.APPROVED, ChangeState.REJECTED, ChangeState.RETURNED)


@pytest.mark.parametrize("script", Script)
def test_a_receipt_says_what_it_said_before(script: Script) -> None:
    check_golden(f"change_receipt_{script}", text_of(receipt(RECEIPT, script=script)))


@pytest.mark.parametrize("script", Script)
@pytest.mark.parametrize("state", DECIDED)
def test_a_letter_says_what_it_said_before(state: ChangeState, script: Script) -> None:
    check_golden(f"change_{state}_{script}", text_of(decision_letter(decision(state), script=script)))


def test_no_paper_gives_a_personal_number_away() -> None:
    papers = [receipt(RECEIPT, script=Script.LATIN)]
    papers += [decision_letter(decision(state), script=Script.LATIN) for state in DECIDED]

    assert all(JMBG not in text_of(paper) for paper in papers)


def test_every_decision_has_a_letter_of_its_own() -> None:
    for state in WITH_DECISION:
        letter = replace(decision(ChangeState.APPROVED), state=state)
        assert "Zahtev" in text_of(decision_letter(letter, script=Script.LATIN))


@pytest.mark.parametrize("state", sorted(set(ChangeState) - WITH_DECISION))
def test_a_letter_about_a_request_nobody_decided_is_refused(state: ChangeState) -> None:
    with pytest.raises(NothingDecided):
        replace(decision(ChangeState.APPROVED), state=state)


def test_a_change_for_a_building_says_that_it_concerns_all_accounts() -> None:
    letter = decision_letter(
        decision(ChangeState.APPROVED, kind=ChangeKind.CHARGING_METHOD), script=Script.LATIN
    )

    assert "Promena važi za sve račune zgrade." in text_of(letter)


def test_what_stays_as_it_was_is_not_listed_as_changed() -> None:
    assert "Vrsta lica" not in text_of(receipt(RECEIPT, script=Script.LATIN))


@pytest.mark.parametrize("declaration", DECLARATIONS, ids=lambda one: one.kind.value)
def test_everything_a_kind_asks_for_has_its_words(declaration: object) -> None:
    assert isinstance(declaration, type(DECLARATIONS[0]))
    assert words.KINDS[declaration.kind]
    for field in declaration.fields:
        assert words.FIELDS[field.name]
        if field.type is FieldType.CHOICE:
            assert {words.value_word(field, choice) for choice in field.choices}.isdisjoint(field.choices)
    for paper in declaration.papers:
        assert words.PAPERS[paper.kind]
        assert all(words.act_word(act) != act for act in paper.is_one_of)
    for fixed in declaration.fixed:
        assert words.label_of(fixed.target.column)


def test_every_state_paper_need_channel_and_standing_has_its_word() -> None:
    named = (
        (words.STATES, ChangeState), (words.PAPERS, PaperKind), (words.NEEDS, Need),
        (words.CHANNELS, IntakeChannel), (words.STANDINGS, ApplicantStanding), (words.KINDS, ChangeKind),
    )  # fmt: skip

    assert all(set(listed) == set(kind) for listed, kind in named)


@pytest.mark.parametrize("listed", [words.KINDS, words.FIELDS, words.PAPERS, words.ACTS, words.STATES])
def test_words_become_cyrillic_and_latin_again(listed: dict[str, str]) -> None:
    for said in listed.values():
        cyrillic = written(said, Script.CYRILLIC)
        assert written(cyrillic, Script.LATIN) == said
        assert cyrillic != said


@given(texts=st.lists(st.text(max_size=300), min_size=4, max_size=4), rows=st.integers(0, 60))
@settings(deadline=None, max_examples=40)
def test_long_words_stay_on_the_paper_and_many_rows_go_on_to_another(texts: list[str], rows: int) -> None:
    name, address, reason, value = texts
    fields = tuple(ChangedField("last_name", value, f"{number}") for number in range(rows))
    letter = replace(
        decision(ChangeState.REJECTED), holder=name, recipient=(name, address), reason=reason, fields=fields
    )

    made = [
        decision_letter(letter, script=Script.CYRILLIC),
        receipt(replace(RECEIPT, holder=name, address=address, fields=fields), script=Script.LATIN),
    ]

    for paper in made:
        for runs in placed_on(paper):
            assert all(run.left >= 11 and run.right <= 199 and run.bottom >= 5 for run in runs)


def test_the_same_data_give_the_same_bytes() -> None:
    assert receipt(RECEIPT, script=Script.LATIN) == receipt(RECEIPT, script=Script.LATIN)
    assert HOLDER_FIELDS  # the receipt is not an empty one
