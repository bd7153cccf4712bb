"""The sections of an account beneath its header: made when first needed, one seen at a time."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.accounts.sections import SECTIONS
from ui.desk.commands import section_words
from ui.desk.desk import Desk
from ui.desk.places import AccountSection
from ui.kit.empty import EmptyState
from ui.kit.section import Section
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.kit.table import Table

_NOBODY = 0
"""No account: nothing is asked until a section is turned to one."""


class SectionStack(Speaking, QStackedWidget):
    """Keeps the sections from one account to the next, as far as they can forget the one before."""

    opened_elsewhere = Signal(str, dict)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._made: dict[AccountSection, Section] = {}
        self._undisclosed = EmptyState("account.undisclosed", self, icon_name="shield-check")
        self._must_verify = False
        self.addWidget(QWidget(self))
        self.addWidget(self._undisclosed)
        self.retranslate()

    @property
    def current(self) -> Section | None:
        """The section that is seen, if any is."""
        widget = self.currentWidget()
        return widget if isinstance(widget, Section) else None

    @property
    def sections(self) -> tuple[Section, ...]:
        """Those that were made so far."""
        return tuple(self._made.values())

    @property
    def sheets(self) -> list[Sheet]:
        """The forms that were made for them so far."""
        return [sheet for section in self._made.values() for sheet in section.sheets]

    def has(self, which: AccountSection) -> bool:
        """Whether a section was made already."""
        return which in self._made

    def name_of(self, section: Section) -> AccountSection | None:
        """Return which section it is; None when it is gone."""
        return next((which for which, made in self._made.items() if made is section), None)

    def section(self, which: AccountSection, ident: int) -> Section:
        """Return a section's screen for an account, made when it is first needed."""
        if which not in self._made:
            made = SECTIONS[which](self._desk, ident, self)
            made.opened_elsewhere.connect(self.opened_elsewhere)
            self.addWidget(made)
            self._made[which] = made
            self._name(which)
        section = self._made[which]
        section.show_account(ident)
        return section

    def make_next(self) -> bool:
        """Make one more section before it is needed, or a part of one; False when all are there."""
        for which in SECTIONS:
            if which not in self._made:
                self.section(which, _NOBODY)
                return True
            if self._made[which].prepare():
                return True
        return False

    def is_showing(self, which: AccountSection) -> bool:
        """Whether a section is the one that is seen, with its rows or its reason to have none."""
        made = self._made.get(which)
        return made is not None and made is self.currentWidget() and not made.is_waiting

    def show_undisclosed(self, *, must_verify: bool) -> None:
        """Show that nothing is told, and what must be done before."""
        self._must_verify = must_verify
        self._say_undisclosed()
        self.setCurrentWidget(self._undisclosed)

    def forget(self) -> None:
        """Have every section load again when it is next shown."""
        for section in self._made.values():
            section.forget()

    def forget_account(self) -> None:
        """Let nothing remain of the account that was shown."""
        self.setCurrentIndex(0)
        for which, section in tuple(self._made.items()):
            self._desk.jobs.withdraw(section)
            if not section.forget_account():
                self._drop(which)

    def drop_all(self) -> None:
        """Let go of the sections themselves: they cost some megabytes."""
        self.setCurrentIndex(0)
        for which in tuple(self._made):
            self._drop(which)

    def _drop(self, which: AccountSection) -> None:
        section = self._made.pop(which)
        for sheet in section.sheets:
            self._desk.jobs.leave(sheet)
            sheet.deleteLater()
        self._desk.jobs.leave(section)
        self.removeWidget(section)
        section.deleteLater()

    def keep_tables(self) -> None:
        """Keep how the columns were arranged a moment ago."""
        for section in self._made.values():
            for table in section.findChildren(Table):
                table.keep_now()

    # words ---------------------------------------------------------------------------------------

    def _name(self, which: AccountSection) -> None:
        words = section_words(which)
        section = self._made[which]
        section.setAccessibleName(words)
        table = getattr(section, "table", None)
        if isinstance(table, Table):
            table.setAccessibleName(words)

    def _say_undisclosed(self) -> None:
        if self._must_verify:
            tr = QCoreApplication.translate
            self._undisclosed.set_words(
                tr("AccountPage", "Verify the caller first"),
                tr("AccountPage", "Two data must agree before anything about this account may be told."),
            )
        else:
            self._undisclosed.set_words("", "")

    def retranslate(self) -> None:
        self._say_undisclosed()
        for which in self._made:
            self._name(which)
