"""Every state of the trade has a word in every language."""

import importlib
import pkgutil
from collections.abc import Iterator
from enum import StrEnum

import pytest

import app.domain
import app.usecases
from ui.words import states
from ui.words.language import Language
from ui.words.tones import Tone

UNSEEN = {
    "app.domain.ceilings.Span",
    "app.domain.changes.problems.Rule",
    "app.domain.changes.declaring.FieldType",
    "app.domain.changes.declaring.Need",
    "app.domain.changes.declaring.Route",
    "app.domain.changes.declaring.Scope",
    "app.domain.changes.lifecycle.Mover",
    "app.domain.limitation.LimitationState",
    "app.domain.money_in_words.Gender",
    "app.domain.faulty.RowKind",
    "app.domain.papers.OtherPicture",
    "app.domain.papers.PaperType",
    "app.domain.bills.discounts.DebtCounted",
    "app.domain.bills.discounts.EarnedBy",
    "app.domain.payments.rules.CaseOrder",
    "app.domain.plans.ending.InterestOnPaid",
    "app.domain.payments.rules.WithoutMonth",
    "app.usecases.changes.effects.Estimate",
    "app.usecases.changes.permitting.ApprovalBarrier",
    "app.usecases.changes.permitting.BatchBarrier",
    "app.usecases.changes.printing.PaperAbout",
    "app.domain.charges.Basis",
    "app.domain.search.MeaningKind",
    "app.domain.topics.Topic",
    "app.usecases.accounts.AlertKind",
    "app.usecases.accounts.AlertTarget",
    "app.usecases.plans.portfolio.Which",
    "app.usecases.plans.permitting.PlanAct",
    "app.usecases.search.Rank",
    "app.domain.ips_qr.TagProblem",
    "app.domain.personal_numbers.company_number.CompanyNumberWarning",
}
"""Kinds of which no screen shows a word: what they mean is said in whole sentences, or not at all."""


def kinds() -> Iterator[type[StrEnum]]:
    """Find every StrEnum of the domain and the use cases."""
    for package in (app.domain, app.usecases):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for value in vars(module).values():
                if isinstance(value, type) and issubclass(value, StrEnum) and value.__module__ == found.name:
                    yield value


@pytest.mark.parametrize(
    "kind",
    [kind for kind in kinds() if f"{kind.__module__}.{kind.__qualname__}" not in UNSEEN],
    ids=lambda kind: f"{kind.__module__}.{kind.__qualname__}",
)
def test_every_state_has_a_word_and_a_tone(kind: type[StrEnum]) -> None:
    assert [state for state in kind if not states.word(state)] == []
    assert all(isinstance(states.tone(state), Tone) for state in kind)


def test_a_state_speaks_the_language_in_force(language: Language) -> None:
    from app.domain.bills import BillStage

    assert states.word(BillStage.SUED) == "sued"
    language.set("sr_Latn")
    assert states.word(BillStage.SUED) == "utužen"
    language.set("sr_Cyrl")
    assert states.word(BillStage.SUED) == "утужен"
