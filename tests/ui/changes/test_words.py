"""Every datum, paper, act and fault of every kind of change has its words, in all three languages."""

import pytest

from app.domain.changes import DECLARATIONS, ChangeKind, Field, FieldType, PaperKind, Problem, Rule
from app.usecases.changes import Estimate, FilingObstacle, KindChoice
from ui.changes import words
from ui.changes.effect_panel import estimate_words
from ui.changes.kind_chooser import why_not
from ui.words import states, text
from ui.words.language import Language

EVERY = [(declaration, field) for declaration in DECLARATIONS for field in declaration.fields]
FACTS = {"most": "60", "least": "10", "day": "2026-11-22", "area": "54.50"}


def name_of(value: object) -> str:
    return str(getattr(value, "kind", getattr(value, "name", value)))


@pytest.mark.parametrize(("declaration", "field"), EVERY, ids=name_of)
def test_every_datum_has_a_label_and_its_choices_have_words(language: Language, declaration, field):
    language.set("sr_Latn")

    assert words.field_word(field.name) != field.name
    assert [one for one in field.choices if words.choice_word(field.name, one) == one] == []


@pytest.mark.parametrize("declaration", DECLARATIONS, ids=name_of)
def test_every_paper_and_act_has_a_word(language: Language, declaration):
    language.set("sr_Latn")
    acts = [act for paper in declaration.papers for act in paper.is_one_of]

    assert all(words.paper_word(paper.kind) for paper in declaration.papers)
    assert [act for act in acts if words.act_word(act) == act] == []


@pytest.mark.parametrize("code", ["sr_Latn", "sr_Cyrl"])
def test_nothing_about_changes_is_left_in_english(language: Language, code: str):
    def said() -> dict[str, str]:
        found = {f"field {field.name}": words.field_word(field.name) for _declaration, field in EVERY}
        found |= {f"kind {one.kind}": words.kind_word(one.kind) for one in DECLARATIONS}
        found |= {f"paper {kind}": words.paper_word(kind) for kind in PaperKind}
        found |= {f"obstacle {one}": states.word(one) for one in FilingObstacle}
        found |= {f"estimate {one}": estimate_words(one) for one in Estimate}
        found |= {f"rule {rule}": words.problem_sentence(Problem("", rule, FACTS)) for rule in Rule}
        return found

    english = said()
    language.set(code)
    serbian = said()

    same = {what for what, sentence in serbian.items() if sentence == english[what] and sentence}
    assert same <= {"field jmbg", "field pib"}
    assert all(serbian.values())


@pytest.mark.parametrize("rule", list(Rule))
def test_every_fault_is_told_with_its_facts(rule):
    sentence = words.problem_sentence(Problem("area", rule, FACTS))

    assert sentence
    assert "{" not in sentence


@pytest.mark.parametrize("kind", list(FieldType))
def test_what_cannot_be_read_is_told_for_every_type(kind):
    assert words.problem_sentence(Problem("one", Rule.UNREADABLE), Field("one", kind))


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (FieldType.AREA, "54.50", "54,5 m²"),
        (FieldType.PERCENT, "20.00", "20 %"),
        (FieldType.DATE, "2026-11-22", "22.11.2026."),
        (FieldType.FLAG, True, "yes"),
        (FieldType.COUNT, 3, "3"),
        (FieldType.TEXT, None, text.DASH),
    ],
)
def test_a_stored_value_is_shown_as_people_write_it(kind, value, shown):
    assert words.value_word(Field("one", kind), value) == shown


def test_a_kind_that_is_offered_has_nothing_said_against_it():
    assert why_not(KindChoice(ChangeKind.AREA, is_allowed=True, why_not=None)) == ""
