"""A contract in the window, as it will be or as it was signed; with its slips, printed or saved from here.

What leaves is entered in the register first, and made anew from that entry: only
there is the debtor's number in full.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.plans import PlanPaper
from app.domain.reissues import Medium
from app.usecases import plans
from app.usecases.plans import ContractPaper, HandedOut
from app.usecases.staff import Role
from ui.desk.desk import Desk
from ui.kit.buttons import ButtonKind
from ui.kit.document_pane import DocumentPane
from ui.kit.fields import ChoiceField
from ui.kit.looks import label
from ui.kit.printing import PrintProfiles
from ui.words import errors, states

PaperQuestion = Callable[..., ContractPaper]
"""What makes a paper in the script, and of a registered plan the paper, that the pane adds."""

_MOST_COPIES = 6


@dataclass(frozen=True, slots=True)
class _Leaving:
    """A paper on its way out; ``path`` is empty where it is printed."""

    made: ContractPaper
    plan_id: int | None
    path: str
    copies: int

    @property
    def medium(self) -> Medium:
        return Medium.SAVED if self.path else Medium.PRINTED

    @property
    def entry(self) -> tuple[object, ...]:
        """What the register is told of it."""
        return (self.made.ident, self.plan_id, self.made.paper, self.medium, self.made.script)


class ContractPane(DocumentPane):
    """Shows the papers of one plan; ``show_ahead`` a proposal, ``show_plan`` a plan that has a number."""

    def __init__(self, desk: Desk, parent: QWidget, name: str) -> None:
        self._desk = desk
        self._question: PaperQuestion | None = None
        self._plan: tuple[int, int] | None = None
        self._made: ContractPaper | None = None
        self._leaving: _Leaving | None = None
        self._after: list[bytes] = []
        """What is printed after what is on its way to the printer."""

        self._wants_keyboard = False
        self._is_forgotten = False
        self._unused: tuple[tuple[object, ...], int] | None = None
        """An entry whose paper never left: trying again takes that one, not another."""
        super().__init__(
            name,
            parent,
            kind="contract",
            profiles=PrintProfiles(desk.settings),
            preferences=desk.preferences,
        )
        self.contents = ChoiceField(f"{name}.contents", self.side_host)
        self.contents.edited.connect(self._ask)
        self.note = label(self.side_host, "caption", name=f"{name}.note")
        self.note.setWordWrap(True)
        self.copies = ChoiceField(f"{name}.copies", self.side_host)
        self.copies.set_choices([(number, str(number)) for number in range(1, _MOST_COPIES + 1)])
        for widget in (self.contents, self.note, self.copies):
            self.side.addWidget(widget)
        self.script_chosen.connect(self._ask)
        self.printed.connect(self._left)
        self.saved.connect(self._left)
        self.retranslate()
        self.contents.set_value(PlanPaper.CONTRACT)
        self._show_what_there_is()

    # what is shown ----------------------------------------------------------------------------------

    def show_ahead(self, question: PaperQuestion) -> None:
        """Show a contract as it would be signed; ``question`` makes it, as ``plans.proposal_paper`` does."""
        self._begin(question, None)

    def show_plan(self, ident: int, plan_id: int) -> None:
        """Show the papers of a registered plan."""
        question = functools.partial(plans.plan_paper, ident=ident, plan_id=plan_id, today=self._desk.today)
        self._begin(question, (ident, plan_id))

    def take_keyboard(self) -> None:
        """Put the cursor on printing, now or as soon as the paper is here."""
        self._wants_keyboard = not self.pdf
        self.print.setFocus()

    def forget(self) -> None:
        """Let go of the plan and its papers, once none is on its way any more."""
        if self._is_leaving:
            self._is_forgotten = True
            return
        self._is_forgotten = False
        self._question = self._plan = self._made = self._leaving = self._unused = None
        self._wants_keyboard = False
        self._desk.jobs.withdraw(self)
        self.clear()
        self._show_what_there_is()

    def _begin(self, question: PaperQuestion, plan: tuple[int, int] | None) -> None:
        if plan is None or plan != self._plan:
            self._unused = None
        self._question, self._plan = question, plan
        self._is_forgotten = False
        self._ask()

    @property
    def paper(self) -> PlanPaper:
        """What is wanted."""
        if self._plan is None:
            return PlanPaper.PROPOSAL
        chosen = self.contents.value()
        return chosen if isinstance(chosen, PlanPaper) else PlanPaper.CONTRACT

    def _ask(self) -> None:
        if self._question is None:
            return
        self._made = None
        self.await_paper()
        question = functools.partial(self._question, script=self.chosen_script)
        if self._plan is not None:
            question = functools.partial(question, paper=self.paper)
        self._desk.jobs.ask(question, self._came, screen=self, lane="contract", failed=self._failed)

    def _came(self, made: ContractPaper) -> None:
        self._made = made
        self.copies.set_value(min(made.copies, _MOST_COPIES))
        self.show_paper(made.pdf, file_name=made.file_name)
        self._show_what_there_is()
        if self._wants_keyboard:
            self.take_keyboard()

    def _failed(self, error: Exception) -> None:
        self.show_trouble(errors.sentence(error))

    # leaving ----------------------------------------------------------------------------------------

    @property
    def may_hand_out(self) -> bool:
        """Whether who sits here may give a contract out of hand."""
        return self._desk.me.role in (Role.CLERK, Role.SUPERVISOR)

    def print_paper(self) -> None:
        if self.may_hand_out:
            super().print_paper()

    def save_to(self, path: str) -> None:
        if self.may_hand_out:
            super().save_to(path)

    def hand_out(self, path: str) -> None:
        made = self._made
        if made is None:
            return
        plan_id = self._plan[1] if self._plan is not None else None
        copies = self.copies.value() or 1
        leaving = self._leaving = _Leaving(made, plan_id, path, copies)
        self._after.clear()
        if self._unused is not None and self._unused[0] == leaving.entry:
            self._registered({"paper_id": self._unused[1]})
            return
        action = functools.partial(
            plans.hand_out,
            ident=made.ident,
            plan_id=plan_id,
            paper=made.paper,
            medium=leaving.medium,
            script=str(made.script),
        )
        self._desk.jobs.act(action, self._registered, screen=self, failed=self._not_made)

    def _registered(self, entry: HandedOut) -> None:
        leaving = self._leaving
        if leaving is None:
            return
        self._unused = (leaving.entry, entry["paper_id"])
        if leaving.plan_id is None or leaving.made.paper is PlanPaper.SLIPS:
            self._let_go(leaving.made, leaving)  # no number of a person is on it
            return
        question = functools.partial(
            plans.plan_paper,
            ident=leaving.made.ident,
            plan_id=leaving.plan_id,
            paper=leaving.made.paper,
            script=leaving.made.script,
            today=self._desk.today,
            paper_id=entry["paper_id"],
        )
        self._desk.jobs.ask(question, self._made_anew, screen=self, lane="leaving", failed=self._not_made)

    def _made_anew(self, made: ContractPaper) -> None:
        if self._leaving is not None:
            self._let_go(made, self._leaving)

    def _let_go(self, made: ContractPaper, leaving: _Leaving) -> None:
        if leaving.path or not made.apart:
            self.carry_out(made.pdf, leaving.path, copies=leaving.copies)
            return
        first, *self._after = made.apart
        self.carry_out(first, "", copies=leaving.copies)

    def _printed(self) -> None:
        if not self._after:
            super()._printed()
            return
        self._end_run()
        self._is_leaving = True
        self._show_state()
        self.carry_out(self._after.pop(0), "")  # each slip once

    def _not_made(self, error: Exception) -> None:
        self._leaving = self._unused = None
        self._after.clear()
        self.give_up(errors.sentence(error))

    def give_up(self, sentence: str) -> None:
        super().give_up(sentence)
        if not self.isVisible():
            self._desk.say(sentence)
        self._come_to_rest()

    def _not_printed(self, error: Exception) -> None:
        super()._not_printed(error)
        self._come_to_rest()

    def _come_to_rest(self) -> None:
        if self._is_forgotten:
            self.forget()

    def _left(self) -> None:
        self._leaving = self._unused = None
        self._come_to_rest()

    # showing ----------------------------------------------------------------------------------------

    def _show_what_there_is(self) -> None:
        made = self._made
        # a proposal is not what one came for: signing it is
        self.print.set_kind(ButtonKind.PRIMARY if self._plan is not None else ButtonKind.SECONDARY)
        self.contents.setVisible(self._plan is not None and (made is None or made.has_slips))
        self.note.setText(self._note(made) if made is not None else "")
        self.note.setVisible(bool(self.note.text()))
        of_contract = made is not None and made.paper in (PlanPaper.CONTRACT, PlanPaper.BOTH)
        self.copies.setVisible(of_contract and self.may_hand_out)

    def _note(self, made: ContractPaper) -> str:
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

    def _show_state(self) -> None:
        super()._show_state()
        for button in (self.print, self.save):
            button.setEnabled(button.isEnabled() and self.may_hand_out)
        for field in (self.script, getattr(self, "contents", None), getattr(self, "copies", None)):
            if field is not None:
                field.setEnabled(not self._is_leaving)

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "note"):
            return
        self.contents.set_label(self.tr("What is printed"))
        self.copies.set_label(self.tr("Copies of the contract to print"))
        self.contents.set_choices(
            [(paper, states.word(paper)) for paper in PlanPaper if paper is not PlanPaper.PROPOSAL]
        )
        self._show_what_there_is()
