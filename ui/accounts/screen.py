"""An open account: the header that never scrolls away, and one section at a time beneath it."""

import functools

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QTabBar, QTableView, QVBoxLayout, QWidget

from app.domain.period import Period
from app.usecases import accounts
from app.usecases.accounts import AccountHeader, Target
from app.usecases.visits import Visit
from ui import errors, text
from ui.accounts.header import HeaderCard
from ui.accounts.sections import SECTIONS
from ui.accounts.verify import VerifyStrip
from ui.delivery.sheet import DeliverySheet
from ui.kit.banners import Banner
from ui.kit.empty import EmptyState
from ui.kit.section import NEXT_TURN, Section
from ui.kit.sheet import Sheet
from ui.kit.table import Table
from ui.kit.tokens import GRID, Tone
from ui.notes.sheet import NoteSheet
from ui.shell.commands import section_words
from ui.shell.desk import Desk
from ui.shell.places import AccountSection, Place

_STEMS = frozenset({"visits", "bills", "payments", "plans", "notices", "enforcement", "delivery", "holders"})


class AccountPage(QWidget):
    """One account in its tab.  It is empty until the visit is open: no visit, no data."""

    titled = Signal(int, str)

    def __init__(self, desk: Desk, ident: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"account.{text.ident(ident)}")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.ident = ident
        self._desk = desk
        self._header: AccountHeader | None = None
        self._place = Place.account(ident)
        self._is_open = False
        self._coming: Section | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.failure = Banner("account.failure", self)
        self.failure.action_chosen.connect(self.refresh)
        self.header = HeaderCard(self)
        self._bar = QTabBar(self)
        self._bar.setObjectName("account.sections")
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._sections = QStackedWidget(self)
        self._undisclosed = EmptyState("account.undisclosed", self._sections, icon_name="shield-check")
        self._sections.addWidget(QWidget(self._sections))
        self._sections.addWidget(self._undisclosed)
        for widget in (self.failure, self.header, self._bar):
            column.addWidget(widget)
        column.addWidget(self._sections, 1)
        self._shown: dict[AccountSection, Section] = {}
        for _section in SECTIONS:
            self._bar.addTab("")
        self._bar.setVisible(False)
        self._bar.setContentsMargins(4 * GRID, 0, 4 * GRID, 0)
        # Made when first wanted: what is never shown would be dressed and translated all the same.
        self._verify: VerifyStrip | None = None
        self._note: NoteSheet | None = None
        self._delivery: DeliverySheet | None = None
        self._bar.currentChanged.connect(self._section_chosen)
        self.header.alert_chosen.connect(self._follow_alert)
        self.header.verify_asked.connect(self.verify_caller)
        desk.jobs.changed.connect(self._changed_elsewhere)
        self._bind_commands()
        self.retranslate()

    def _bind_commands(self) -> None:
        add = functools.partial(self._desk.commands.add, owner=self)
        for place in range(1, len(SECTIONS) + 1):
            add(f"account.section_{place}", run=self._section_key)
        add("account.verify", run=self.verify_caller)
        add("account.note", run=self.write_note)
        add("account.print_copy", run=self.print_copy)
        add("account.delivery", run=self.switch_delivery)
        add("account.refresh", run=self.refresh)
        add("account.copy_ident", run=self.copy_ident)

    def take_keyboard(self) -> None:
        """Put the cursor where the work goes on: an open form, the strip, or the section's list."""
        sheet = next((sheet for sheet in self._sheets if sheet.isVisible()), None)
        if sheet is not None:
            sheet.take_keyboard()
        elif self._verify is not None and self._header is not None and not self._header.is_disclosed:
            self._verify.begin()
        else:
            table = self._current.findChild(QTableView) if self._current is not None else None
            (table or self).setFocus(Qt.FocusReason.OtherFocusReason)

    # coming in -----------------------------------------------------------------------------------

    def arrive(self, place: Place) -> None:
        """Show a section, and perhaps a month, now or as soon as the account is open."""
        self._place = place
        if self._header is not None and self._header.is_disclosed:
            self._go_to_place()

    def begin(self, _visit: Visit) -> None:
        """The visit is open: ask for what may be seen."""
        self._is_open = True
        self.refresh()

    def refuse(self, error: Exception) -> None:
        """The account was not opened."""
        self.header.setVisible(False)
        self.failure.tell(errors.sentence(error), tone=Tone.BAD)

    def refresh(self) -> None:
        """Ask for everything that is seen again."""
        if not self._is_open:
            return
        question = functools.partial(accounts.account_header, ident=self.ident, today=self._desk.today)
        self._desk.jobs.ask(question, self._header_came, screen=self, lane="header", failed=self._failed)
        for section in self._shown.values():
            section.forget()
        current = self._current
        if current is not None:
            current.load_once()

    def _header_came(self, header: AccountHeader) -> None:
        self.failure.clear()
        self._header = header
        self.header.show_header(header)
        if self._verify is not None:
            self._verify.set_header(header)
        self.retranslate()
        self.titled.emit(self.ident, f"{text.ident(self.ident)} {header.name}")
        self._bar.setVisible(header.is_disclosed)
        if header.is_disclosed:
            QTimer.singleShot(NEXT_TURN, self, self._go_to_place)  # the header is painted first
        else:
            self._sections.setCurrentWidget(self._undisclosed)
            self.verify_caller()

    def _failed(self, error: Exception) -> None:
        self.failure.tell(errors.sentence(error), tone=Tone.WARN, action=self.tr("Try again"))

    def _verified(self) -> None:
        self.refresh()

    @property
    def is_ready(self) -> bool:
        """Whether the header has come, and with it what may be seen."""
        return self._header is not None and not self.header.isHidden()

    def is_showing(self, which: AccountSection) -> bool:
        """Whether a section is the one that is seen, with its rows or its reason to have none."""
        shown = self._shown.get(which)
        return shown is not None and shown is self._current and not shown.is_waiting

    def park(self) -> None:
        """Another account is looked at: let go of the sections, and remember where one was.

        They cost some megabytes, and a clerk has a dozen accounts open; ``unpark`` asks again.
        """
        current = self._current
        if self._has_open_sheet or current is None:
            return
        which = next(which for which, section in self._shown.items() if section is current)
        period = current.place
        self._place = Place.account(
            self.ident, section=which, period=period if isinstance(period, Period) else None
        )
        self._sections.setCurrentIndex(0)
        for section in self._shown.values():
            for sheet in section.sheets:
                self._desk.jobs.leave(sheet)
                sheet.deleteLater()
            self._desk.jobs.leave(section)
            self._sections.removeWidget(section)
            section.deleteLater()
        self._shown = {}

    def unpark(self) -> None:
        """Be where one was when another account was opened."""
        if not self._shown and self._header is not None and self._header.is_disclosed:
            self._go_to_place()

    # sections ------------------------------------------------------------------------------------

    @property
    def _current(self) -> Section | None:
        widget = self._sections.currentWidget()
        return widget if isinstance(widget, Section) else None

    def section(self, which: AccountSection) -> Section:
        """Return a section's screen, made when it is first needed."""
        if which not in self._shown:
            made = SECTIONS[which](self._desk, self.ident, self._sections)
            made.opened_elsewhere.connect(self._open_elsewhere)
            self._sections.addWidget(made)
            self._shown[which] = made
            self._name(which)
        return self._shown[which]

    def _name(self, which: AccountSection) -> None:
        words = section_words(which)
        section = self._shown[which]
        section.setAccessibleName(words)
        table = getattr(section, "table", None)
        if isinstance(table, Table):
            table.setAccessibleName(words)

    def _go_to_place(self) -> None:
        place, self._place = self._place, Place.account(self.ident)
        which = place.section or list(SECTIONS)[self._bar.currentIndex()]
        self._show(which)
        if place.period is not None:
            self.section(which).go_to(place.period)
        if place.doing == "account.print_copy":
            self.print_copy()

    def _show(self, which: AccountSection) -> None:
        self._bar.blockSignals(True)
        self._bar.setCurrentIndex(list(SECTIONS).index(which))
        self._bar.blockSignals(False)
        is_new = which not in self._shown
        section = self.section(which)
        section.load_once()
        self._coming = section
        if is_new:
            QTimer.singleShot(NEXT_TURN, self, self._bring_forward)  # made now, laid out after a breath
        else:
            self._bring_forward()

    def _bring_forward(self) -> None:
        section, self._coming = self._coming, None
        if section is None or section not in self._shown.values():
            return
        here = QApplication.focusWidget()
        had_keyboard = here is None or here is self or self.isAncestorOf(here)
        self._sections.setCurrentWidget(section)
        if had_keyboard and not self._has_open_sheet:
            self.take_keyboard()

    def _section_chosen(self, index: int) -> None:
        if self._header is not None and self._header.is_disclosed:
            self._show(list(SECTIONS)[index])

    def _section_key(self) -> None:
        place = int(self.sender().objectName().rpartition("_")[2])
        self._bar.setCurrentIndex(place - 1)

    def _open_elsewhere(self, target: str, what: dict[str, object]) -> None:
        self.arrive(Place.account(self.ident, section=AccountSection(target), period=what.get("period")))  # type: ignore[arg-type]

    def _follow_alert(self, target: Target) -> None:
        if target is Target.DELIVERY:
            self.switch_delivery()
        else:
            self.arrive(Place.account(self.ident, section=AccountSection(target.value)))

    # doing ---------------------------------------------------------------------------------------

    @property
    def _has_open_sheet(self) -> bool:
        """Whether a form lies over the page: one at a time, and keys meant for it stay with it."""
        return any(sheet.isVisible() for sheet in self._sheets)

    @property
    def _sheets(self) -> list[Sheet]:
        """The forms that were made: the page's own, and those of its sections."""
        own: list[Sheet | None] = [self._note, self._delivery]
        made = [form for form in own if form is not None]
        return made + [sheet for section in self._shown.values() for sheet in section.sheets]

    @property
    def verify(self) -> VerifyStrip:
        """The strip beneath the header by which a caller is verified."""
        if self._verify is None:
            self._verify = VerifyStrip(self._desk, self.ident, self)
            self._verify.passed.connect(self._verified)
            column = self.layout()
            assert isinstance(column, QVBoxLayout)  # noqa: S101
            column.insertWidget(column.indexOf(self.header) + 1, self._verify)
            if self._header is not None:
                self._verify.set_header(self._header)
        return self._verify

    @property
    def note(self) -> NoteSheet:
        """The form of a call note."""
        if self._note is None:
            self._note = NoteSheet(self._desk, self.ident, self)
        return self._note

    @property
    def delivery(self) -> DeliverySheet:
        """The form of how bills go out."""
        if self._delivery is None:
            self._delivery = DeliverySheet(self._desk, self.ident, self)
        return self._delivery

    def verify_caller(self) -> None:
        """Ask for what the caller said, if nobody did yet."""
        if self._header is not None:
            self.verify.begin()

    def write_note(self) -> None:
        """Open a call note over whatever is seen."""
        if self._is_open and not self._has_open_sheet:
            self.note.begin()

    def switch_delivery(self) -> None:
        """Open how bills go out."""
        if self._header is not None and self._header.is_disclosed and not self._has_open_sheet:
            self.delivery.begin()

    def keep_drafts(self) -> None:
        """Have the open forms put what was typed on disk now."""
        for form in (self._note, self._delivery):
            if form is not None:
                form.keep()
        for section in self._shown.values():
            for table in section.findChildren(Table):
                table.keep_now()

    def print_copy(self) -> None:
        """Make a copy of the month that is chosen among the bills."""
        has_form = any(form is not None and form.isVisible() for form in (self._note, self._delivery))
        if self._header is not None and self._header.is_disclosed and not has_form:
            self._show(AccountSection.BILLS)
            self.section(AccountSection.BILLS).print_copy()  # type: ignore[attr-defined]

    def copy_ident(self) -> None:
        """Put the account number on the clipboard."""
        QApplication.clipboard().setText(text.ident(self.ident))
        self._desk.say(self.tr("{0} copied").format(text.ident(self.ident)))

    def _changed_elsewhere(self, stems: object) -> None:
        if not isinstance(stems, frozenset) or not self._is_open or not self.isVisible():
            return
        if stems & _STEMS - {"visits"}:
            self.refresh()

    # words ---------------------------------------------------------------------------------------

    def note_export(self, table: str, row_count: int) -> None:
        """Put an export of this account's rows on record."""
        self._desk.exports.record(table, ident=self.ident, row_count=row_count)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        if not self._header or not self._header.must_verify:
            self._undisclosed.set_words("", "")
        else:
            self._undisclosed.set_words(
                self.tr("Verify the caller first"),
                self.tr("Two data must agree before anything about this account may be told."),
            )
        self._bar.setAccessibleName(self.tr("Sections of the account"))
        for which in self._shown:
            self._name(which)
        for place, which in enumerate(SECTIONS):
            self._bar.setTabText(place, section_words(which))
            self._bar.setTabToolTip(place, f"{section_words(which)} (Alt+{place + 1})")
