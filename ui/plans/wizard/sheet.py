"""Registering a payment plan, from who repays to the printed contract, in one place over the account.

Enter goes on, Alt+Left back; what was typed is on disk a moment later.  Whatever
the database refuses is said at the step it concerns, and nothing typed is lost.
"""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import Refused, SalterError
from ui.desk.desk import Desk
from ui.desk.places import AccountSection, Place
from ui.kit.banners import Banner
from ui.kit.buttons import ButtonKind
from ui.kit.drafts import KeptForm
from ui.kit.section import NEXT_TURN
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import rule, set_tip
from ui.plans.wizard import draft
from ui.plans.wizard.concerns import concerned_step
from ui.plans.wizard.contract_step import ContractStep
from ui.plans.wizard.debtor_step import DebtorStep
from ui.plans.wizard.model import PlanModel
from ui.plans.wizard.months_step import MonthsStep
from ui.plans.wizard.offers_step import OffersStep
from ui.plans.wizard.programme_step import ProgrammeStep
from ui.plans.wizard.steps_bar import Pages, StepsBar, WizardStep
from ui.words import errors
from ui.words.tones import Tone

WIDTH = 1290
_Page = ProgrammeStep | MonthsStep | OffersStep | DebtorStep | ContractStep


class PlanSheet(Speaking, Sheet):
    """The wizard; each step is made when it is first come to."""

    def __init__(self, desk: Desk, ident: int, host: QWidget) -> None:
        super().__init__("plan.wizard", host, width=WIDTH)
        self._desk = desk
        self._ident = ident
        self._kept = KeptForm(desk.drafts, self, login=desk.me.login, form="plan", ident=ident)
        self._typed: dict[str, Any] = {}
        self._is_edited = False
        self._is_leaving = False
        self._is_forgotten = False
        self._goes_to_plan = 0
        self.model = PlanModel(desk, self)
        self._make_pages()
        self.back = self.add_button("plan.back", kind=ButtonKind.QUIET)
        self.next = self.add_button("plan.next", kind=ButtonKind.PRIMARY)
        self.register = self.add_button("plan.register", kind=ButtonKind.PRIMARY)
        self.finish = self.add_button("plan.close", kind=ButtonKind.PRIMARY)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.register.clicked.connect(self.register_plan)
        self.finish.clicked.connect(self.close_sheet)
        desk.commands.add("plan.back", owner=self, run=self.go_back)
        desk.commands.add("plan.next", owner=self, run=self.go_on)
        self._register_key = desk.commands.add("plan.register", owner=self, run=self.register_plan)
        self._kept.due.connect(self.keep)
        self.model.came.connect(self._came)
        self.model.not_came.connect(self._failed)
        self.model.chosen.connect(self._show_state)
        self.model.registered.connect(self._registered)
        self.model.refused.connect(self._refused)
        self.model.busy_changed.connect(self._show_state)
        self.close_requested.connect(self._close_asked)
        self.closed.connect(self._put_away)
        self.step = WizardStep.PROGRAMME
        self._go(WizardStep.PROGRAMME)

    def _make_pages(self) -> None:
        self.fill_with_body()
        self.body.setSpacing(0)
        self.steps = StepsBar(self.inside)
        self.trouble = Banner("plan.trouble", self.inside)
        self.trouble.action_chosen.connect(self._trouble_acted)
        self.pages = Pages(self.inside)
        self._made: dict[WizardStep, _Page] = {}
        self.body.addWidget(self.steps)
        self.body.addWidget(rule(self.inside))
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.pages, 1)

    def page(self, step: WizardStep) -> Any:
        """Return the page of a step, made when it is first needed."""
        if step not in self._made:
            made = self._make(step)
            self._made[step] = made
            self.pages.addWidget(made)
        return self._made[step]

    def _make(self, step: WizardStep) -> _Page:
        made: _Page
        if step is WizardStep.CONTRACT:
            return ContractStep(self._desk, self.model, self.pages, within=self)
        if step is WizardStep.PROGRAMME:
            made = ProgrammeStep(self.model, self.pages)
            made.plan_opened.connect(self._open_standing)
        elif step is WizardStep.MONTHS:
            made = MonthsStep(self.model, self.pages)
        elif step is WizardStep.OFFER:
            made = OffersStep(self.model, self.pages)
        else:
            made = DebtorStep(self.model, self.pages)
            made.begin(self._typed.get("debtor") or {})
        made.confirmed.connect(self.go_on)
        made.edited.connect(self._edited)
        return made

    # opening ----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Open with nothing chosen, or with what was begun and not registered."""
        if self.model.is_busy:  # closed while a plan is being registered: its number is still to come
            self.open()
            return
        self._goes_to_plan = 0
        self.trouble.clear()
        self.model.begin(self._ident)
        self._take_back(self._kept.read())
        if WizardStep.DEBTOR in self._made:
            self.page(WizardStep.DEBTOR).begin({})
        self._go(WizardStep.PROGRAMME)
        self.page(WizardStep.PROGRAMME).fill()
        self.model.ask()
        self.open()

    def _take_back(self, kept: dict[str, Any]) -> None:
        """Choose again what was chosen when the form was left."""
        self._typed = kept
        self._is_edited = bool(kept)
        self.holds = self._is_edited
        draft.choose_again(self.model, kept)

    def _came(self) -> None:
        if WizardStep.DEBTOR in self._made:
            typed = (
                self.page(WizardStep.DEBTOR).typed() if self._is_edited else self._typed.get("debtor") or {}
            )
            self.page(WizardStep.DEBTOR).begin(typed)
        if self._typed and not self.trouble.words and self.step is WizardStep.PROGRAMME:
            self._say_begun()
        self._show_state()
        if self.isVisible():
            self.take_keyboard()
            QTimer.singleShot(NEXT_TURN, self, self._make_next)

    def _say_begun(self) -> None:
        self.trouble.tell(
            self.tr("This was begun earlier and not registered. Everything chosen is here."),
            action=self.tr("Start over"),
        )

    def _failed(self, error: Exception) -> None:
        self.trouble.tell(errors.sentence(error), tone=Tone.WARN, action=self.tr("Try again"))
        self._show_state()

    def _trouble_acted(self) -> None:
        if self._is_leaving:
            self._is_forgotten = True
            self.close_sheet()
        elif self._typed and self.model.ground is not None:
            self._forget_draft()
            self.begin()
        else:
            self.trouble.clear()
            self.model.ask()

    # from step to step ------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Go to the next step, if this one is done."""
        if not self.next.isEnabled() or self.next.isHidden():
            return
        if self.step is WizardStep.DEBTOR:
            if not self.page(WizardStep.DEBTOR).is_complete():
                return
            self.model.debtor = self.page(WizardStep.DEBTOR).values()
        self._clear_trouble()
        self._go(WizardStep(self.step + 1))

    def go_back(self) -> None:
        """Go to the step before; nothing chosen is lost."""
        if self.back.isEnabled() and not self.back.isHidden():
            self._clear_trouble()
            self._go(WizardStep(self.step - 1))

    def _clear_trouble(self) -> None:
        self._is_leaving = False
        self.trouble.clear()

    def _go(self, step: WizardStep) -> None:
        self.step = step
        page = self.page(step)
        if step in (WizardStep.MONTHS, WizardStep.OFFER):
            page.fill()
        self.pages.setCurrentWidget(page)
        if step is WizardStep.CONTRACT:
            page.show_ahead()
        elif step is WizardStep.DEBTOR:
            page.show_payer()
        self.retranslate()
        if self.isVisible():
            self.take_keyboard()
            QTimer.singleShot(NEXT_TURN, self, self._make_next)

    def _make_next(self) -> None:
        """Make the page that is come to next while this one is looked at."""
        if self.isVisible() and self.step < WizardStep.CONTRACT:
            self.page(WizardStep(self.step + 1))

    def _is_done(self) -> bool:
        """Whether one may go on from this step."""
        model = self.model
        if model.ground is None or model.is_asking or model.is_busy:
            return False
        match self.step:
            case WizardStep.PROGRAMME:
                return model.is_possible
            case WizardStep.MONTHS:
                return model.is_possible and bool(model.periods)
            case WizardStep.OFFER:
                return model.offer is not None and model.may_sign and not model.is_over_limit
            case _:
                return model.offer is not None

    def _show_state(self) -> None:
        self.is_busy = self.model.is_busy
        is_signed = self.model.signed is not None
        is_last = self.step is WizardStep.CONTRACT
        self.back.setVisible(self.step > WizardStep.PROGRAMME and not is_signed)
        self.back.setEnabled(not self.model.is_busy)
        self.next.setVisible(not is_last)
        self.next.setEnabled(self._is_done())
        self.register.setVisible(is_last and not is_signed)
        self._register_key.setEnabled(not is_signed)  # from then on it prints
        self.register.setEnabled(self._is_done())
        self.finish.setVisible(is_signed)
        self.steps.show_step(self.step, self.model)

    # registering ------------------------------------------------------------------------------------

    def register_plan(self) -> None:
        """Register what is shown."""
        if self.step is WizardStep.CONTRACT and self.register.isEnabled() and not self.register.isHidden():
            self._clear_trouble()
            self.model.register()

    def print_paper(self) -> None:
        """Print what is looked at, once there is a contract to look at."""
        if self.step is WizardStep.CONTRACT:
            self.page(WizardStep.CONTRACT).pane.print_paper()

    def _registered(self, signed: dict[str, Any]) -> None:
        self._forget_draft()
        self._goes_to_plan = int(signed["plan_id"])
        self.page(WizardStep.CONTRACT).show_signed()
        self.retranslate()
        if self.isVisible():
            self.finish.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.say(self.tr("Registered: {0}").format(signed["contract_number"]))

    def _refused(self, error: Exception) -> None:
        sentence = errors.sentence(error)
        self.trouble.tell(sentence, tone=Tone.WARN if isinstance(error, SalterError) else Tone.BAD)
        step = concerned_step(error)
        if step is not None:
            self._go(step)
            if step is WizardStep.DEBTOR and isinstance(error, Refused):
                self.page(step).show_refusal(error.field, sentence)
            else:
                self.model.ask()  # whatever it was, what is shown is not so any more

    # leaving ----------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Put what was chosen and typed on disk now."""
        model = self.model
        if self._is_edited and model.ground is not None and model.signed is None:
            page = self._made.get(WizardStep.DEBTOR)
            debtor = page.typed() if isinstance(page, DebtorStep) else self._typed.get("debtor") or {}
            self._kept.keep(draft.kept_of(model, debtor))

    def _edited(self) -> None:
        self._is_edited = True
        self.holds = True
        if self._is_leaving:
            self._clear_trouble()
        self._kept.note_edit()

    def _forget_draft(self) -> None:
        self._kept.drop()
        self._typed = {}
        self._is_edited = self.holds = False

    def _close_asked(self) -> None:
        """Ask once where something was typed; then it is kept for later, unless it is thrown away."""
        if not self.holds:
            return
        if self._is_leaving:
            self.close_sheet()
            return
        self._is_leaving = True
        self.trouble.tell(
            self.tr("Nothing is registered yet. Esc once more closes and keeps what was chosen for later."),
            tone=Tone.WARN,
            action=self.tr("Throw it away"),
        )

    def _put_away(self) -> None:
        if self._is_forgotten:
            self._forget_draft()
        else:
            self.keep()
        self._is_leaving = self._is_forgotten = False
        self._desk.jobs.withdraw(self.model)
        if WizardStep.CONTRACT in self._made:
            self.page(WizardStep.CONTRACT).put_away()
        plan_id, self._goes_to_plan = self._goes_to_plan, 0
        if plan_id:
            self._desk.go(Place.account(self._ident, section=AccountSection.PLANS, plan_id=plan_id))

    def _open_standing(self) -> None:
        ground = self.model.ground
        if ground is not None and ground.in_the_way is not None:
            self._goes_to_plan = ground.in_the_way.id
            self.close_sheet()

    # keyboard and words -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.finish.hasFocus():
                self.finish.click()
            elif self.back.hasFocus():
                self.go_back()
            elif self.next.hasFocus():
                self.go_on()  # never registers: that takes a key of its own
        else:
            super().keyPressEvent(event)

    def take_keyboard(self) -> None:
        """Put the cursor where the step begins."""
        page = self.pages.currentWidget()
        if isinstance(page, ProgrammeStep | MonthsStep | OffersStep | DebtorStep):
            page.take_keyboard()
        else:
            foot = self.finish if self.model.signed is not None else self.register
            foot.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_first(self) -> None:
        self.take_keyboard()

    def retranslate(self) -> None:
        if self.model.signed is not None:
            self.set_title(self.tr("Plan registered"))
        else:
            self.set_title(self.tr("New payment plan"))
        self.back.setText(self.tr("Back"))
        set_tip(self.back, self.tr("Back (Alt+Left)"))
        self.next.setText(self.tr("Next"))
        set_tip(self.next, self.tr("Next (Enter or Alt+Right)"))
        self.register.setText(self.tr("Register"))
        set_tip(self.register, self.tr("Register (Ctrl+Enter)"))
        self.finish.setText(self.tr("Close"))
        self._show_state()
