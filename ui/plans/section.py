"""Plans: under which programme, how far they are, and what can be done with each of them."""

import functools
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.payment_reference import Reference
from app.domain.period import Period
from app.domain.topics import DEBT
from app.usecases import plans
from app.usecases.plans import Plan, PlanAct, PlanStory
from ui.desk.commands import ENTRIES
from ui.desk.desk import Desk
from ui.desk.places import AccountSection, Place
from ui.kit.buttons import Button, ButtonKind
from ui.kit.list_section import Question
from ui.kit.master_detail import MasterDetail
from ui.kit.preferences import sizes_kept
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import set_tip
from ui.kit.tokens import GRID
from ui.papers.sheet import DocumentSheet
from ui.plans import plan_columns
from ui.plans.acts import PlanActs
from ui.plans.contract_pane import ContractPane
from ui.plans.plan_view import PlanView
from ui.words import errors, text


class PlansSection(Speaking, MasterDetail):
    """The plans, the latest first, each in full beside the list."""

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__(
            "plans", plan_columns.list_columns(), parent, jobs=desk.jobs, preferences=desk.preferences
        )
        self._desk = desk
        self._ident = ident
        self._page = parent.parentWidget() or parent
        self._papers: DocumentSheet[ContractPane] | None = None
        if sizes_kept(desk.preferences, "plans.splitter") is None:
            self._splitter.setSizes([430, 860])  # few plans, each with much to tell
        self.acts = PlanActs(desk, self.detail_host)
        self._make_buttons()
        self._view: PlanView | None = None
        self.detail.addLayout(self.acts.strips)
        self.acts.told.connect(self._show_acts)
        self.acts.outdated.connect(self.load)
        self.acts.left.connect(self._take_cursor)
        self.action_chosen.connect(self.begin_plan)
        self.follow(desk.jobs.changed, DEBT)
        self.retranslate()

    def _make_buttons(self) -> None:
        across = QHBoxLayout()
        across.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, GRID)
        across.setSpacing(2 * GRID)
        self.new = Button("plans.new", self.content, kind=ButtonKind.PRIMARY, icon_name="plus")
        self.papers = Button("plans.papers", self.content, icon_name="printer")
        self.new.clicked.connect(self.begin_plan)
        self.papers.clicked.connect(self.show_papers)
        self._desk.commands.add("plan.papers", owner=self, run=self.show_papers)
        across.addWidget(self.new)
        across.addStretch(1)
        across.addWidget(self.papers)
        self.buttons: dict[PlanAct, Button] = {}
        for act, icon_name, kind, run in (
            (PlanAct.CERTIFY, "shield-check", ButtonKind.SECONDARY, self.certify),
            (PlanAct.BOOK, "cash", ButtonKind.SECONDARY, self.book),
            (PlanAct.WHAT_IF, "hourglass", ButtonKind.SECONDARY, self.ask_what_if),
            (PlanAct.UNDO, "history", ButtonKind.QUIET, self.undo),
            (PlanAct.CANCEL, "x", ButtonKind.QUIET, self.cancel),
        ):
            button = Button(f"plans.{act}", self.content, kind=kind, icon_name=icon_name)
            button.clicked.connect(run)
            across.addWidget(button)
            self.buttons[act] = button
            self._desk.commands.add(f"plan.{act}", owner=self, run=run)
        self.body.insertLayout(0, across)

    @property
    def view(self) -> PlanView:
        """The plan in full; made when it is first needed, or before by ``prepare``."""
        return self._view if self._view is not None else self._make_view()

    def prepare(self) -> bool:
        if self._view is not None:
            return False
        self._make_view()
        return True

    def _make_view(self) -> PlanView:
        self._view = PlanView(self._desk, self.detail_host)
        self._view.month_opened.connect(self._open_month)
        self.detail.addWidget(self._view)
        return self._view

    # the list ---------------------------------------------------------------------------------------

    def forget_account(self) -> bool:
        self.acts.forget_account()
        self._show_acts()
        if self._view is not None:
            self._view.clear()
        if self._papers is not None:
            self._papers.forget_account()
        return super().forget_account()

    def show_account(self, ident: int) -> None:
        self._ident = ident

    @property
    def sheets(self) -> list[Sheet]:
        return [self._papers] if self._papers is not None else []

    def go_to(self, what: object) -> None:
        """Show one plan, by itself or by the reference of an instalment, now or once the list is here."""
        if isinstance(what, int):
            self.want(what)
        elif isinstance(what, Reference):
            self.want(what)
            if not self.is_waiting and self.row_of(what) is None:
                self.say_missed(what)

    def load(self) -> None:
        super().load()
        self.prepare()  # while the server is asked

    def question(self, _after: None) -> Question:
        return functools.partial(plans.plans_of, ident=self._ident, today=self._desk.today)

    def key_of(self, row: Plan) -> int:
        return row.id

    def row_of(self, key: object) -> Any:
        if isinstance(key, Reference):
            return plans.plan_named(self.sound_rows, key)
        return super().row_of(key)

    def put_cursor(self, key: object) -> bool:
        is_here = super().put_cursor(key)
        if is_here and isinstance(key, Reference):
            self.view.choose_instalment(key.instalment)
        return is_here

    def say_missed(self, key: object) -> None:
        if isinstance(key, Reference):
            self.want_none()
            self._desk.say(
                self.tr("No plan of this account was signed in {0}.").format(text.period(key.period))
            )

    # the plan that is chosen ------------------------------------------------------------------------

    def show_detail(self, row: Plan) -> None:
        self.view.show_plan(row)
        self.acts.show_plan(self._ident, row)
        question = functools.partial(plans.story_of, ident=self._ident, plan_id=row.id)
        self._desk.jobs.ask(question, self._story_came, screen=self, lane="story", failed=self._not_told)

    def _story_came(self, story: PlanStory) -> None:
        self.view.show_story(story)
        self.acts.take_in(story)

    def _not_told(self, error: Exception) -> None:
        self._desk.say(errors.sentence(error))

    def _open_month(self, period: Period) -> None:
        self.opened_elsewhere.emit(AccountSection.BILLS.value, {"period": period})

    # doing ------------------------------------------------------------------------------------------

    def begin_plan(self) -> None:
        """Register a new plan."""
        self._desk.go(Place.account(self._ident, section=AccountSection.PLANS, doing="account.plan"))

    def show_papers(self) -> None:
        """Show the contract of the plan and its slips, to be printed or saved."""
        plan: Plan | None = None if self.is_empty else self.chosen
        if plan is None or any(not sheet.isHidden() for sheet in self.sheets):
            return
        if self._papers is None:
            make = functools.partial(ContractPane, self._desk)
            self._papers = DocumentSheet("plan_paper", self._page, make)
        self._papers.pane.show_plan(self._ident, plan.id, number=plan.contract_number)
        self._papers.open()

    def certify(self) -> None:
        """Put the contract in force that a notary has certified."""
        self._begin(PlanAct.CERTIFY)

    def cancel(self) -> None:
        """Cancel the plan, with a reason."""
        self._begin(PlanAct.CANCEL)

    def undo(self) -> None:
        """Take back a registration of today, with a reason."""
        self._begin(PlanAct.UNDO)

    def book(self) -> None:
        """Set a payment against the plan by hand."""
        self._begin(PlanAct.BOOK)

    def ask_what_if(self) -> None:
        """Show what would follow on a day."""
        self._begin(PlanAct.WHAT_IF)

    def _take_cursor(self) -> None:
        """Take the cursor back from a strip: else it wanders off, and no key of plans is heard there."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, act: PlanAct) -> None:
        if self.is_empty or self.chosen is None:
            return
        if self.acts.barrier(act) is not None:
            self._desk.say(self.acts.why_not(act))
            return
        self.acts.begin(act)
        self._scroll.verticalScrollBar().setValue(0)

    def _show_acts(self) -> None:
        self.papers.setEnabled(self.acts.plan is not None)
        for act, button in self.buttons.items():
            why_not = self.acts.why_not(act)
            button.setEnabled(self.acts.may(act))
            set_tip(button, why_not or self.acts.hint(act))
            button.setAccessibleDescription(why_not)

    # words ------------------------------------------------------------------------------------------

    def say_empty(self) -> None:
        self.show_empty(
            self.tr("No plans"),
            self.tr("No debt of this account was ever put into instalments."),
            action=self.tr("New plan ({0})").format(ENTRIES["account.plan"].keys[0]),
            icon_name="calendar-dollar",
        )

    def retranslate(self) -> None:
        self.model.set_titles(
            {
                "number": self.tr("Contract"),
                "programme": self.tr("Programme"),
                "signed": self.tr("Signed"),
                "payable": self.tr("To pay"),
                "remaining": self.tr("Remaining"),
                "state": self.tr("State"),
            }
        )
        titles: dict[PlanAct, str] = {
            PlanAct.CERTIFY: self.tr("Certify"),
            PlanAct.BOOK: self.tr("Book a payment"),
            PlanAct.WHAT_IF: self.tr("What if…"),
            PlanAct.UNDO: self.tr("Undo"),
            PlanAct.CANCEL: self.tr("Cancel it"),
        }
        for act, button in self.buttons.items():
            button.setText(titles[act])
        self.new.setText(self.tr("New plan"))
        self.papers.setText(self.tr("Papers"))
        for button, command in ((self.new, "account.plan"), (self.papers, "plan.papers")):
            entry = ENTRIES[command]
            set_tip(button, f"{entry.title()} ({entry.keys[0]})")
        self._show_acts()
        if self.is_empty:
            self.say_empty()
