"""The account that is looked at: the header that never scrolls away, and one section at a time beneath it."""

import functools

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QTabBar, QTableView, QVBoxLayout, QWidget

from app.domain.period import Period
from app.usecases.accounts import AlertTarget
from ui.accounts.header import HeaderCard
from ui.accounts.open_account import OpenAccount
from ui.accounts.section_stack import SectionStack
from ui.accounts.sections import SECTIONS
from ui.accounts.verify import VerifyStrip
from ui.changes.sheet import ChangeSheet
from ui.delivery.sheet import DeliverySheet
from ui.desk.commands import section_words
from ui.desk.desk import Desk
from ui.desk.places import AccountSection, Place
from ui.kit.banners import Banner
from ui.kit.departing_rows import DepartingRows
from ui.kit.section import NEXT_TURN, Section
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.styling import set_tab_tip
from ui.kit.tokens import GRID
from ui.notes.sheet import NoteSheet
from ui.plans.wizard.sheet import PlanSheet
from ui.words import errors, text
from ui.words.tones import Tone


class AccountPage(Speaking, QWidget):
    """Shows an open account, and turns to another: some hundred widgets are not made for each.

    It is empty until the visit is open: no visit, no data.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.account: OpenAccount | None = None
        self._desk = desk
        self._coming: Section | None = None
        self._spare_note: NoteSheet | None = None
        """The form of a note that was saved, for the next account."""
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.failure = Banner("account.failure", self)
        self.failure.action_chosen.connect(self.refresh)
        self.header = HeaderCard(self)
        self._bar = QTabBar(self)
        self._bar.setObjectName("account.sections")
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._sections = SectionStack(desk, self)
        self._sections.opened_elsewhere.connect(self._open_elsewhere)
        for widget in (self.failure, self.header, self._bar):
            column.addWidget(widget)
        column.addWidget(self._sections, 1)
        for _section in SECTIONS:
            self._bar.addTab("")
        self._bar.setVisible(False)
        self._bar.setContentsMargins(4 * GRID, 0, 4 * GRID, 0)
        self._bar.currentChanged.connect(self._section_chosen)
        self.header.alert_chosen.connect(self._follow_alert)
        self.header.verify_asked.connect(self.verify_caller)
        self._bind_commands()
        self.retranslate()

    @property
    def ident(self) -> int:
        """The account that is shown; 0 for none."""
        return self.account.ident if self.account is not None else 0

    def _bind_commands(self) -> None:
        add = functools.partial(self._desk.commands.add, owner=self)
        for place in range(1, len(SECTIONS) + 1):
            add(f"account.section_{place}", run=self._section_key)
        add("account.verify", run=self.verify_caller)
        add("account.note", run=self.write_note)
        add("account.print_copy", run=self.print_copy)
        add("account.delivery", run=self.switch_delivery)
        add("account.change", run=self.begin_change)
        add("account.plan", run=self.begin_plan)
        add("account.refresh", run=self.refresh)
        add("account.copy_ident", run=self.copy_ident)

    def take_keyboard(self) -> None:
        """Put the cursor where the work goes on: an open form, the strip, or the section's list."""
        sheet = next((sheet for sheet in self._sheets if not sheet.isHidden()), None)
        account = self.account
        if sheet is not None:
            sheet.take_keyboard()
        elif account is not None and account.verify is not None and not account.is_disclosed:
            account.verify.begin()
        else:
            section = self._sections.current
            table = section.findChild(QTableView) if section is not None else None
            (table or self).setFocus(Qt.FocusReason.OtherFocusReason)

    # turning from account to account -------------------------------------------------------------

    def show_account(self, account: OpenAccount | None) -> None:
        """Show another account, or none, where this one left it."""
        if account is self.account:
            return
        if self.account is not None:
            self._leave(self.account)
        self.account = account
        self.header.clear()
        if account is None:
            return
        self.setObjectName(f"account.{text.ident(account.ident)}")
        account.told.connect(self._told)
        account.failed.connect(self._failed)
        account.verified.connect(self.refresh)
        self._take_in_forms(account)
        if account.refusal is not None:
            self._failed(account.refusal)
        elif account.header is not None:
            self._told()
        account.watch.set_seen(is_seen=self.isVisible())

    def _leave(self, account: OpenAccount) -> None:
        """Remember where one was, and let nothing of the account remain on the page."""
        account.watch.set_seen(is_seen=False)
        account.told.disconnect(self._told)
        account.failed.disconnect(self._failed)
        account.verified.disconnect(self.refresh)
        section, self._coming = self._coming or self._sections.current, None
        which = self._sections.name_of(section) if section is not None else None
        if section is not None and which is not None:
            period = section.place
            account.place = Place.account(
                account.ident, section=which, period=period if isinstance(period, Period) else None
            )
        for form in account.sheets:
            self._desk.jobs.withdraw(form)  # a form that was asked for must not open over another account
        if self._spare_note is None and account.note is not None and account.note.is_idle:
            self._spare_note, account.note = account.note, None
        self._sections.forget_account()
        self._choose_tab(next(iter(SECTIONS)))
        self._bar.setVisible(False)
        self.failure.clear()

    def _take_in_forms(self, account: OpenAccount) -> None:
        """Have the account's forms here that were made on another page."""
        for sheet in account.sheets:
            sheet.move_to(self)
        if account.verify is not None and account.verify.parentWidget() is not self:
            self._insert(account.verify)

    @property
    def is_held(self) -> bool:
        """Whether it cannot turn to another account: a form is open, or is still being carried out."""
        forms = any(not sheet.isHidden() or sheet.is_busy for sheet in self._sheets)
        return forms or (self.account is not None and self.account.has_form)

    def make_next(self) -> bool:
        """Make a part that will be needed; False when there is none left to make."""
        return self.account is None and self._sections.make_next()

    def rest(self) -> None:
        """Let go of the sections: this page is one more than is needed."""
        self._sections.drop_all()

    # coming in -----------------------------------------------------------------------------------

    def arrive(self, place: Place) -> None:
        """Show a section, and perhaps a month, now or as soon as the account is open."""
        if self.account is not None:
            self.account.place = place
            if self.account.is_disclosed:
                self._go_to_place()

    def refresh(self) -> None:
        """Ask for everything that is seen again, to be let in if it was not."""
        if self.account is not None and self.account.refusal is not None:
            self._desk.go(self.account.place)
        if self.account is None or not self.account.is_open:
            return
        self.account.ask()
        self._sections.forget()
        if self._sections.current is not None:
            self._sections.current.load_once()

    def _told(self) -> None:
        header = self.account.header if self.account is not None else None
        if header is None:
            return  # the page has turned to another account meanwhile
        self.failure.clear()
        self.header.show_header(header)
        self._bar.setVisible(header.is_disclosed)
        if header.is_disclosed:
            QTimer.singleShot(NEXT_TURN, self, self._go_to_place)  # the header is painted first
        else:
            self._sections.show_undisclosed(must_verify=header.must_verify)
            self.verify_caller()

    def _failed(self, error: Exception) -> None:
        if self.account is not None and self.account.refusal is not None:
            self.header.setVisible(False)
            again = self.tr("Try again") if self.account.may_be_let_in else ""
            self.failure.tell(errors.sentence(error), tone=Tone.BAD, action=again)
        else:
            self.failure.tell(errors.sentence(error), tone=Tone.WARN, action=self.tr("Try again"))

    @property
    def is_ready(self) -> bool:
        """Whether the header has come, and with it what may be seen."""
        return self.account is not None and self.account.header is not None and not self.header.isHidden()

    def is_showing(self, which: AccountSection) -> bool:
        """Whether a section is the one that is seen, with its rows or its reason to have none."""
        return self._sections.is_showing(which)

    # sections ------------------------------------------------------------------------------------

    def section(self, which: AccountSection) -> Section:
        """Return a section's screen, made when it is first needed."""
        return self._sections.section(which, self.ident)

    def _go_to_place(self) -> None:
        if self.account is None or not self.account.is_disclosed:
            return  # the page has turned to another account meanwhile
        place, self.account.place = self.account.place, Place.account(self.ident)
        which = place.section or list(SECTIONS)[self._bar.currentIndex()]
        self._show(which)
        if place.period is not None:
            self.section(which).go_to(place.period)
        if place.request_id and place.doing != "account.change":
            self.section(which).go_to(place.request_id)
        if place.plan_id:
            self.section(which).go_to(place.plan_id)
        if place.reference is not None:
            self.section(which).go_to(place.reference)
        if place.doing == "account.print_copy":
            self.print_copy()
        elif place.doing == "account.change":
            self.begin_change(request_id=place.request_id)
        elif place.doing == "account.plan":
            self.begin_plan()

    def _show(self, which: AccountSection) -> None:
        self._choose_tab(which)
        is_new = not self._sections.has(which)
        section = self.section(which)
        section.load_once()
        self._coming = section
        if is_new:
            QTimer.singleShot(NEXT_TURN, self, self._bring_forward)  # made now, laid out after a breath
        else:
            self._bring_forward()

    def _choose_tab(self, which: AccountSection) -> None:
        self._bar.blockSignals(True)
        self._bar.setCurrentIndex(list(SECTIONS).index(which))
        self._bar.blockSignals(False)

    def _bring_forward(self) -> None:
        section, self._coming = self._coming, None
        if section is None or self._sections.name_of(section) is None:
            return
        here = QApplication.focusWidget()
        had_keyboard = here is None or here is self or self.isAncestorOf(here)
        self._sections.setCurrentWidget(section)
        if had_keyboard and not self._has_open_sheet:
            self.take_keyboard()

    def _section_chosen(self, index: int) -> None:
        if self.account is not None and self.account.is_disclosed:
            self._show(list(SECTIONS)[index])

    def _section_key(self) -> None:
        place = int(self.sender().objectName().rpartition("_")[2])
        self._bar.setCurrentIndex(place - 1)

    def _open_elsewhere(self, target: str, what: dict[str, object]) -> None:
        plan_id = (what.get("record_id") or 0) if target == AccountSection.PLANS else 0
        place = {"section": AccountSection(target), "period": what.get("period"), "plan_id": plan_id}
        self.arrive(Place.account(self.ident, **place))  # type: ignore[arg-type]

    def _follow_alert(self, target: AlertTarget) -> None:
        if target is AlertTarget.DELIVERY:
            self.switch_delivery()
        else:
            self.arrive(Place.account(self.ident, section=AccountSection(target.value)))

    # doing ---------------------------------------------------------------------------------------

    @property
    def _has_open_sheet(self) -> bool:
        """Whether a form lies over the page: one at a time, and keys meant for it stay with it."""
        return any(not sheet.isHidden() for sheet in self._sheets)

    @property
    def _sheets(self) -> list[Sheet]:
        """The forms that were made: the account's own, and those of the sections."""
        own = self.account.sheets if self.account is not None else []
        return own + self._sections.sheets

    def _insert(self, strip: QWidget) -> None:
        self._column.insertWidget(self._column.indexOf(self.header) + 1, strip)

    def verify_caller(self) -> None:
        """Ask for what the caller said, if nobody did yet."""
        account = self.account
        if account is None or account.header is None:
            return
        if account.verify is None:
            account.verify = VerifyStrip(self._desk, account.ident, self)
            account.verify.passed.connect(account.verified)
            self._insert(account.verify)
            account.verify.set_header(account.header)
        account.verify.begin()

    def write_note(self) -> None:
        """Open a call note over whatever is seen."""
        account = self.account
        if account is not None and account.is_open and not self._has_open_sheet:
            if account.note is None:
                spare, self._spare_note = self._spare_note, None
                account.note = spare or NoteSheet(self._desk, account.ident, self)
                account.note.show_account(account.ident)
            account.note.begin()

    def switch_delivery(self) -> None:
        """Open how bills go out."""
        account = self.account
        if account is not None and account.is_disclosed and not self._has_open_sheet:
            if account.delivery is None:
                account.delivery = DeliverySheet(self._desk, account.ident, self)
            account.delivery.begin()

    def begin_change(self, *, request_id: int = 0) -> None:
        """Open the form of a change of data: a new one, or of a request that was begun before."""
        account = self.account
        if account is None or account.header is None or not account.is_disclosed or self._has_open_sheet:
            return
        if account.change is None:
            account.change = ChangeSheet(self._desk, account.ident, self)
        if request_id:
            account.change.go_on(request_id, applicant=account.header.name)
        else:
            account.change.begin(applicant=account.header.name)

    def begin_plan(self) -> None:
        """Open the wizard of a payment plan, where it was left."""
        account = self.account
        if account is not None and account.is_disclosed and not self._has_open_sheet:
            if account.plan is None:
                account.plan = PlanSheet(self._desk, account.ident, self)
            account.plan.begin()

    def keep_drafts(self) -> None:
        """Have the open forms put what was typed on disk now."""
        if self.account is not None:
            self.account.keep_drafts()
        self._sections.keep_tables()

    def print_copy(self) -> None:
        """Print the paper that is seen, else make a copy of the month that is chosen among the bills."""
        account = self.account
        if account is None or not account.is_disclosed:
            return
        seen = [sheet for sheet in self._sheets if not sheet.isHidden()]
        for sheet in seen:
            sheet.print_paper()
        if not seen:
            self._show(AccountSection.BILLS)
            self.section(AccountSection.BILLS).print_copy()  # type: ignore[attr-defined]

    def copy_ident(self) -> None:
        """Put the account number on the clipboard."""
        QApplication.clipboard().setText(text.ident(self.ident))
        self._desk.say(self.tr("{0} copied").format(text.ident(self.ident)))

    def note_export(self, table: str, row_count: int, export: DepartingRows) -> None:
        """Put an export of this account's rows on record."""
        self._desk.exports.record(table, export, ident=self.ident, row_count=row_count)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.account is not None:
            self.account.watch.set_seen(is_seen=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.account is not None:
            self.account.watch.set_seen(is_seen=False)

    def retranslate(self) -> None:
        self._bar.setAccessibleName(self.tr("Sections of the account"))
        for place, which in enumerate(SECTIONS):
            self._bar.setTabText(place, section_words(which))
            set_tab_tip(self._bar, place, f"{section_words(which)} (Alt+{place + 1})")
