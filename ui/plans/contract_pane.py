"""A contract in the window, as it will be or as it was signed; with its slips, printed or saved from here.

What leaves is entered in the register first, and made anew from that entry: only
there is the debtor's number in full.
"""

import functools
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.plans import PlanPaper
from app.domain.reissues import Medium
from app.usecases import plans
from app.usecases.plans import ContractPaper
from ui.desk.desk import Desk
from ui.jobs import Question
from ui.kit.fields import ChoiceField
from ui.papers.leaving import RegisterEntry
from ui.papers.pane import DocumentPane
from ui.papers.ways import Part
from ui.words import states

PaperQuestion = Callable[..., ContractPaper]
"""What makes a paper in the script, and of a registered plan the paper, that the pane adds."""

_MOST_COPIES = 6


class ContractPane(DocumentPane[ContractPaper]):
    """Shows the papers of one plan; ``show_ahead`` a proposal, ``show_plan`` a plan that has a number."""

    def __init__(self, desk: Desk, name: str, parent: QWidget, within: QWidget) -> None:
        self._proposal: PaperQuestion | None = None
        self._plan: tuple[int, int] | None = None
        self._number = ""
        super().__init__(desk, name, parent, within=within, kind="contract")
        self.contents = ChoiceField(f"{name}.contents", self.side_host)
        self.contents.edited.connect(self.ask)
        self.side.insertWidget(0, self.contents)
        self.copies = ChoiceField(f"{name}.copies", self.side_host)
        self.copies.set_choices([(number, str(number)) for number in range(1, _MOST_COPIES + 1)])
        self.side.addWidget(self.copies)
        self.came.connect(self._offer_copies)
        self.retranslate()
        self.contents.set_value(PlanPaper.CONTRACT)

    # what is shown ----------------------------------------------------------------------------------

    def show_ahead(self, question: PaperQuestion) -> None:
        """Show a contract as it would be signed; ``question`` makes it, as ``plans.proposal_paper`` does."""
        self._proposal, self._plan = question, None
        self.begin()

    def show_plan(self, ident: int, plan_id: int, *, number: str = "") -> None:
        """Show the papers of a registered plan; ``number`` is its contract's."""
        self._proposal, self._plan, self._number = None, (ident, plan_id), number
        self.begin()

    def forget_account(self) -> None:
        self._proposal = self._plan = None
        super().forget_account()

    def question(self) -> Question[ContractPaper] | None:
        if self._plan is not None:
            return self._question_of(*self._plan, self.contents.value())
        if self._proposal is not None:
            return functools.partial(self._proposal, script=self.chosen_script)
        return None

    def _question_of(self, ident: int, plan_id: int, paper: PlanPaper) -> functools.partial[ContractPaper]:
        return functools.partial(
            plans.plan_paper,
            ident=ident,
            plan_id=plan_id,
            paper=paper,
            script=self.chosen_script,
            today=self.desk.today,
        )

    def _offer_copies(self) -> None:
        if self.made is not None:
            self.copies.set_value(min(self.made.copies, _MOST_COPIES))

    # leaving ----------------------------------------------------------------------------------------

    @property
    def may_hand_out(self) -> bool:
        return plans.may_sign(self.desk.me)

    @property
    def is_printed_next(self) -> bool:
        return self._plan is not None  # a proposal is not what one came for: signing it is

    def entry(self, medium: Medium) -> RegisterEntry | None:
        made = self.made
        if made is None:
            return None
        plan_id = self._plan[1] if self._plan is not None else None
        action = functools.partial(
            plans.hand_out,
            ident=made.ident,
            plan_id=plan_id,
            paper=made.paper,
            medium=medium,
            script=str(made.script),
        )
        if plan_id is None or made.paper is PlanPaper.SLIPS:
            return RegisterEntry(action)  # no number of a person is on it
        question = self._question_of(made.ident, plan_id, made.paper)
        return RegisterEntry(action, functools.partial(_on_record, question))

    def parts(self, made: ContractPaper) -> list[Part]:
        copies = self.copies.value() or 1
        if not made.apart:
            return [(made.pdf, copies)]
        contract, *slips = made.apart
        return [(contract, copies), *((each, 1) for each in slips)]

    # showing ----------------------------------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Papers of plan {0}").format(self._number)

    def about_words(self, made: ContractPaper) -> str:
        if not self.may_hand_out:
            return self.tr("Clerks and supervisors hand out the papers of a plan.")
        if made.paper is PlanPaper.PROPOSAL:
            return self.tr("A proposal: nothing is agreed, and it has no number yet.")
        said = [
            self.tr("Copies to sign: {0} for the company, {1} for the debtor.").format(
                made.creditor_copies, made.debtor_copies
            )
        ]
        if not made.has_slips:
            said.append(self.tr("Nothing is left to pay, so there are no slips."))
        elif made.awaits_certification and made.paper is not PlanPaper.CONTRACT:
            said.append(self.tr("The slips hold once the contract is certified."))
        said.append(self.tr("Personal numbers are hidden here and whole on the paper."))
        return "\n".join(said)

    def show_state(self) -> None:
        super().show_state()
        made = self.made
        if made is not None or self._plan is None:
            self.contents.setVisible(made is not None and self._plan is not None and made.has_slips)
        of_contract = made is not None and made.paper in (PlanPaper.CONTRACT, PlanPaper.BOTH)
        self.copies.setVisible(of_contract and self.may_hand_out)

    def retranslate(self) -> None:
        self.contents.set_label(self.tr("What is printed"))
        self.contents.set_choices(
            [(paper, states.word(paper)) for paper in PlanPaper if paper is not PlanPaper.PROPOSAL]
        )
        self.copies.set_label(self.tr("Copies of the contract to print"))
        super().retranslate()


def _on_record(question: functools.partial[ContractPaper], paper_id: int) -> Question[ContractPaper]:
    """Return the question for the paper that is in the register."""
    return functools.partial(question, paper_id=paper_id)
