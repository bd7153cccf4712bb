"""What is done with a plan that is looked at: each act asks in a strip of its own and is done here."""

import functools
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.money import ZERO
from app.domain.plans import IN_FORCE, PlanState
from app.usecases import plans
from app.usecases.plans import Barrier, Booked, LeftOver, Plan, PlanAct, PlanStory, Signed
from app.usecases.plans.rules import DebtChanged
from ui.desk.commands import ENTRIES
from ui.desk.desk import Desk
from ui.plans import words
from ui.plans.act_strip import ActStrip, BookStrip, CertifyStrip, EndingStrip
from ui.plans.what_if import WhatIfStrip
from ui.words import errors, states, text


class PlanActs(QObject):
    """The acts on one plan.  A strip is made when it is first needed."""

    told = Signal()
    """It is known what may be done with the plan."""
    left = Signal()
    """A strip was put away with the cursor in it."""
    outdated = Signal()
    """The plan is not any more what is shown: somebody else was faster."""

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host)
        self._desk = desk
        self._host = host
        self._ident = 0
        self.plan: Plan | None = None
        """The plan that is looked at; None until one is known."""
        self._left_over: Sequence[LeftOver] = ()
        self._barriers: dict[PlanAct, Barrier | None] = {}
        self.certify: CertifyStrip | None = None
        self.reason: EndingStrip | None = None
        self.book: BookStrip | None = None
        self.what_if: WhatIfStrip | None = None
        self.strips = QVBoxLayout()

    # the plan ---------------------------------------------------------------------------------------

    def show_plan(self, ident: int, plan: Plan) -> None:
        """Be about another plan, or about the same as it is now."""
        if self.plan is None or (self._ident, self.plan.id) != (ident, plan.id):
            self.close_strips()
            self._left_over = ()
        elif self.what_if is not None:
            self.what_if.renew(plan)
        self._ident, self.plan = ident, plan
        self._judge()

    def take_in(self, story: PlanStory) -> None:
        """Learn which payments could be set against the plan."""
        if self.plan is not None and story.plan_id == self.plan.id:
            self._left_over = plans.bookable(self.plan, story.left_over)
            self._judge()
            if self.book is not None:
                self.book.set_payments(self._left_over)

    def forget_account(self) -> None:
        """Forget the plan."""
        self.close_strips()
        self._ident, self.plan, self._left_over, self._barriers = 0, None, (), {}
        if self.book is not None:
            self.book.set_payments(())

    def close_strips(self) -> None:
        """Ask nothing any more."""
        for strip in self._made:
            strip.close_strip()

    @property
    def _made(self) -> list[ActStrip]:
        made = (self.certify, self.reason, self.book, self.what_if)
        return [strip for strip in made if strip is not None]

    def _judge(self) -> None:
        if self.plan is not None:
            self._barriers = plans.barriers(
                self.plan, me=self._desk.me, today=self._desk.today, has_left_over=bool(self._left_over)
            )
        self.told.emit()

    def may(self, act: PlanAct) -> bool:
        """Whether an act is possible now."""
        return self.plan is not None and self.barrier(act) is None

    def barrier(self, act: PlanAct) -> Barrier | None:
        """Return what stands in the way of an act, if anything does."""
        return self._barriers.get(act)

    def why_not(self, act: PlanAct) -> str:
        """Say why an act is not possible now; nothing where it is."""
        barrier = self.barrier(act)
        return states.word(barrier) if barrier is not None else ""

    def hint(self, act: PlanAct) -> str:
        """Say what an act is, and by which key it is begun."""
        entry = ENTRIES[f"plan.{act}"]
        return f"{entry.title()} ({entry.keys[0]})" if entry.keys else entry.title()

    # asking -----------------------------------------------------------------------------------------

    def begin(self, act: PlanAct) -> None:
        """Open the strip of an act that is possible; the others are put away."""
        plan = self.plan
        if plan is None or not self.may(act):
            return
        wanted = self._strip_of(act)
        for strip in self._made:
            if strip is not wanted:
                strip.close_strip()
        if isinstance(wanted, EndingStrip):
            wanted.begin_for(is_undoing=act is PlanAct.UNDO, is_in_force=plan.state in IN_FORCE)
        elif isinstance(wanted, WhatIfStrip):
            wanted.begin_for(plan, ident=self._ident)
        else:
            wanted.begin()

    def _strip_of(self, act: PlanAct) -> ActStrip:
        match act:
            case PlanAct.CERTIFY:
                if self.certify is None:
                    self.certify = CertifyStrip(self._host, today=self._today)
                    self._add(self.certify, self._give_certification)
                return self.certify
            case PlanAct.BOOK:
                if self.book is None:
                    self.book = BookStrip(self._host)
                    self.book.set_payments(self._left_over)
                    self._add(self.book, self._give_payment)
                return self.book
            case PlanAct.WHAT_IF:
                if self.what_if is None:
                    self.what_if = WhatIfStrip(self._desk, self._host)
                    self._place(self.what_if)
                return self.what_if
        if self.reason is None:
            self.reason = EndingStrip(self._host)
            self._add(self.reason, self._give_reason)
        return self.reason

    def _add(self, strip: ActStrip, given: Callable[[], None]) -> None:
        strip.given.connect(given)
        self._place(strip)

    def _place(self, strip: ActStrip) -> None:
        strip.left.connect(self.left)
        self.strips.addWidget(strip)

    def _today(self) -> date:
        return self._desk.today

    # doing ------------------------------------------------------------------------------------------

    def _give_certification(self) -> None:
        strip, plan = self.certify, self.plan
        day = strip.day.day() if strip is not None else None
        if strip is None or plan is None or day is None:
            return
        action = functools.partial(
            plans.certify,
            ident=self._ident,
            plan_id=plan.id,
            uop_number=strip.number.value(),
            certified_on=day,
        )
        self._act(action, self._signed, self._not_certified)

    def _give_reason(self) -> None:
        strip, plan = self.reason, self.plan
        if strip is None or plan is None:
            return
        ending = plans.undo if strip.is_undoing else plans.cancel
        action = functools.partial(ending, ident=self._ident, plan_id=plan.id, reason=strip.reason.value())
        self._act(action, self._signed, self._not_ended)

    def _give_payment(self) -> None:
        chosen = self.book.chosen if self.book is not None else None
        if chosen is not None:
            action = functools.partial(plans.book_payment, ident=self._ident, payment_id=chosen.payment_id)
            self._act(action, self._booked, self._not_booked)

    def _act(
        self,
        action: Callable[[Any], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._desk.jobs.act(action, then, screen=self, failed=failed)

    def _signed(self, signed: Signed) -> None:
        self._put_away(signed["plan_id"])
        if signed["state"] == PlanState.ACTIVE:
            said = self.tr("Contract {0} is certified; the plan is in force.")
        else:
            said = self.tr("Contract {0} has ended.")
        self._desk.say(said.format(signed["contract_number"]))

    def _booked(self, booked: Booked) -> None:
        self._put_away(booked["plan_id"])
        said = self.tr("{0} was set against the plan; it is now: {1}.").format(
            text.money_rsd(words.amount_of(booked["settled"])), states.word(PlanState(booked["state"]))
        )
        left = words.amount_of(booked["left"])
        if left > ZERO:
            said = self.tr("{0} {1} stays with the account.").format(said, text.money_rsd(left))
        self._desk.say(said)

    def _put_away(self, plan_id: int) -> None:
        if self.plan is not None and self.plan.id == plan_id:
            self.close_strips()

    def _not_certified(self, error: Exception) -> None:
        sentence = errors.sentence(error)
        if isinstance(error, DebtChanged):
            sentence = self.tr(
                "The debt changed since the contract was signed. Cancel it and register the plan anew."
            )
        self._not_done(self.certify, error, sentence)

    def _not_ended(self, error: Exception) -> None:
        self._not_done(self.reason, error, errors.sentence(error))

    def _not_booked(self, error: Exception) -> None:
        self._not_done(self.book, error, errors.sentence(error))

    def _not_done(self, strip: ActStrip | None, error: Exception, sentence: str) -> None:
        if strip is None or strip.isHidden():
            self._desk.say(sentence)
        else:
            strip.show_error(sentence, field=str(getattr(error, "field", "") or ""))
        if self.plan is not None:
            self.outdated.emit()
