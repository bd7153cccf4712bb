"""The one registry of what can be done and by which keys.

Every command has its name, its keys and its words here and nowhere else, so that
a clash of keys is a failing test, F1 can list the keys of a screen, and ``>`` in
the search box finds a command by its words.  A screen binds a name to its method
with ``Commands.add``.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.domain.script import fold
from ui.desk.places import AccountSection
from ui.kit.icons import icon


@dataclass(frozen=True, slots=True)
class Entry:
    """A command as it is declared: where its keys are heard, the keys, its icon and its words."""

    name: str
    keys: tuple[str, ...]
    icon_name: str
    title: Callable[[], str]

    @property
    def scope(self) -> str:
        """``desk`` is heard in the whole window, anything else within the screen of that name."""
        return self.name.partition(".")[0]


def _declare() -> Iterator[Entry]:
    tr = QCoreApplication.translate
    yield Entry("desk.find", ("Ctrl+K", "Ctrl+F"), "search", lambda: tr("commands", "Find"))
    yield Entry("desk.command", ("Ctrl+Shift+K",), "command", lambda: tr("commands", "Run a command"))
    yield Entry("desk.home", ("Alt+Home",), "home", lambda: tr("commands", "Home"))
    yield Entry(
        "desk.work", ("Alt+W",), "list-check", lambda: tr("commands", "Requests waiting for a decision")
    )
    yield Entry(
        "desk.plans", ("Alt+P",), "calendar-dollar", lambda: tr("commands", "Payment plans of everybody")
    )
    yield Entry("desk.programmes", ("Alt+G",), "scale", lambda: tr("commands", "Programmes of payment plans"))
    yield Entry("desk.oversight", ("Alt+U",), "eye", lambda: tr("commands", "Oversight of limits"))
    yield Entry(
        "desk.open_document", ("Ctrl+O",), "scan", lambda: tr("commands", "Read a bill or a form from a file")
    )
    yield Entry("desk.close_tab", ("Ctrl+W",), "x", lambda: tr("commands", "Close this account"))
    yield Entry("desk.next_tab", ("Ctrl+Tab",), "chevron-right", lambda: tr("commands", "Next open account"))
    yield Entry(
        "desk.previous_tab",
        ("Ctrl+Shift+Tab",),
        "chevron-left",
        lambda: tr("commands", "Previous open account"),
    )
    yield Entry("desk.keys", ("F1",), "keyboard", lambda: tr("commands", "Keys of this screen"))
    yield Entry("desk.lock", ("Ctrl+L",), "lock", lambda: tr("commands", "Lock the desk"))
    yield Entry("desk.sign_out", (), "logout", lambda: tr("commands", "Sign out"))
    yield Entry("desk.quit", ("Ctrl+Q",), "x", lambda: tr("commands", "Quit"))
    yield Entry("desk.theme_light", (), "sun", lambda: tr("commands", "Light theme"))
    yield Entry("desk.theme_dark", (), "moon", lambda: tr("commands", "Dark theme"))
    yield Entry("desk.theme_system", (), "adjustments", lambda: tr("commands", "Theme of the system"))
    yield Entry("desk.density", (), "table", lambda: tr("commands", "Compact rows"))
    yield Entry("desk.language_latin", (), "language", lambda: "Srpski (latinica)")
    yield Entry("desk.language_cyrillic", (), "language", lambda: "Српски (ћирилица)")
    yield Entry("desk.language_english", (), "language", lambda: "English")
    for place, section in enumerate(AccountSection, start=1):
        words = functools.partial(section_words, section)
        yield Entry(f"account.section_{place}", (f"Alt+{place}",), "table", words)
    yield Entry(
        "account.verify", ("Ctrl+Shift+V",), "shield-check", lambda: tr("commands", "Verify the caller")
    )
    yield Entry("account.note", ("N",), "note", lambda: tr("commands", "Write a call note"))
    yield Entry("account.print_copy", ("Ctrl+P",), "printer", lambda: tr("commands", "Copy of the bill"))
    yield Entry("account.refresh", ("F5",), "refresh", lambda: tr("commands", "Refresh the account"))
    yield Entry(
        "account.copy_ident", ("Ctrl+Shift+C",), "copy", lambda: tr("commands", "Copy the account number")
    )
    yield Entry("account.delivery", (), "mail", lambda: tr("commands", "E-mail delivery of bills"))
    yield Entry("account.change", ("C",), "edit", lambda: tr("commands", "New change of data"))
    yield Entry("change.submit", ("Ctrl+Return",), "check", lambda: tr("commands", "Submit the change"))
    yield Entry("change.save", ("Ctrl+S",), "download", lambda: tr("commands", "Save the change as draft"))
    yield from _declare_plan()
    yield from _declare_work()
    yield from _declare_portfolio()
    yield from _declare_programmes()
    yield from _declare_administration()
    yield from _declare_oversight()
    yield Entry("copy.print", ("Ctrl+Return",), "printer", lambda: tr("commands", "Print"))
    yield Entry("copy.save", ("Ctrl+S",), "download", lambda: tr("commands", "Save as PDF"))


def _declare_plan() -> Iterator[Entry]:
    """Declare what is done with a plan of the account."""
    tr = QCoreApplication.translate
    yield Entry("account.plan", ("R",), "calendar-dollar", lambda: tr("commands", "New payment plan"))
    yield Entry("plan.next", ("Alt+Right",), "arrow-right", lambda: tr("commands", "Next step of the plan"))
    yield Entry("plan.back", ("Alt+Left",), "arrow-left", lambda: tr("commands", "Step back in the plan"))
    yield Entry("plan.register", ("Ctrl+Return",), "check", lambda: tr("commands", "Register the plan"))
    yield Entry("plan.certify", ("V",), "shield-check", lambda: tr("commands", "Certify the plan's contract"))
    yield Entry("plan.papers", ("P",), "printer", lambda: tr("commands", "Papers of the plan"))
    yield Entry("plan.book", ("B",), "cash", lambda: tr("commands", "Set a payment against the plan"))
    yield Entry("plan.what_if", ("W",), "hourglass", lambda: tr("commands", "What would follow for the plan"))
    yield Entry("plan.undo", ("U",), "history", lambda: tr("commands", "Undo the plan's registration"))
    yield Entry("plan.cancel", ("X",), "x", lambda: tr("commands", "Cancel the plan"))


def _declare_work() -> Iterator[Entry]:
    """Declare what is done in the work list and in the review of a request."""
    tr = QCoreApplication.translate
    yield Entry("work.take_next", ("T",), "corner-down-left", lambda: tr("commands", "Take the next request"))
    yield Entry("work.approve", ("A",), "check", lambda: tr("commands", "Approve"))
    yield Entry("work.reject", ("R",), "x", lambda: tr("commands", "Reject"))
    yield Entry("work.return", ("D",), "arrow-back-up", lambda: tr("commands", "Return for completion"))
    yield Entry("work.provider", ("P",), "building-store", lambda: tr("commands", "Ask the provider"))
    yield Entry("work.undo", ("U",), "history", lambda: tr("commands", "Undo a change that was applied"))
    yield Entry("work.account", ("O",), "address-book", lambda: tr("commands", "Open the account"))
    yield Entry("work.filter", ("F",), "filter", lambda: tr("commands", "Choose what is listed"))
    yield Entry("work.refresh", ("F5",), "refresh", lambda: tr("commands", "Refresh the list"))


def _declare_portfolio() -> Iterator[Entry]:
    """Declare what is done on the page of everybody's plans."""
    tr = QCoreApplication.translate
    yield Entry("portfolio.filter", ("F",), "filter", lambda: tr("commands", "Choose which plans are listed"))
    yield Entry("portfolio.export", ("E",), "file-export", lambda: tr("commands", "Export the plans listed"))
    yield Entry("portfolio.follow", ("M",), "history", lambda: tr("commands", "Follow plans for a day"))
    yield Entry("portfolio.turn", ("B",), "chart-bar", lambda: tr("commands", "Count plans by branch"))
    yield Entry("portfolio.refresh", ("F5",), "refresh", lambda: tr("commands", "Refresh the list of plans"))


def _declare_programmes() -> Iterator[Entry]:
    """Declare what is done on the page of programmes."""
    tr = QCoreApplication.translate
    yield Entry("programme.new", ("Ctrl+N",), "plus", lambda: tr("commands", "New programme"))
    yield Entry(
        "programme.extend", ("Ctrl+E",), "copy", lambda: tr("commands", "New version of the programme")
    )
    yield Entry(
        "programme.save", ("Ctrl+S",), "download", lambda: tr("commands", "Save the draft of the programme")
    )
    yield Entry(
        "programme.trial", ("Ctrl+T",), "list-check", lambda: tr("commands", "Try the programme on accounts")
    )
    yield Entry(
        "programme.publish", ("Ctrl+Return",), "check", lambda: tr("commands", "Publish the programme")
    )
    yield Entry(
        "programme.refresh", ("F5",), "refresh", lambda: tr("commands", "Refresh the list of programmes")
    )


def _declare_administration() -> Iterator[Entry]:
    """Declare what is done on the administrator's page."""
    tr = QCoreApplication.translate
    yield Entry(
        "administration.bounds",
        ("Ctrl+E",),
        "edit",
        lambda: tr("commands", "Change the bounds of programmes"),
    )
    yield Entry(
        "administration.turn", ("Ctrl+T",), "list-check", lambda: tr("commands", "Settings or people")
    )
    yield Entry("administration.refresh", ("F5",), "refresh", lambda: tr("commands", "Refresh this page"))


def _declare_oversight() -> Iterator[Entry]:
    """Declare what is done on the page of oversight."""
    tr = QCoreApplication.translate
    yield Entry("oversight.see", ("S",), "eye", lambda: tr("commands", "Write down what was found"))
    yield Entry("oversight.raise", ("R",), "arrow-up", lambda: tr("commands", "Raise somebody's limit"))
    yield Entry("oversight.end", ("X",), "x", lambda: tr("commands", "End a raised limit"))
    yield Entry("oversight.refresh", ("F5",), "refresh", lambda: tr("commands", "Refresh the alerts"))


def section_words(section: AccountSection) -> str:
    """Return the name of a section of the account; the first five are the portal's."""
    tr = QCoreApplication.translate
    match section:
        case AccountSection.BILLS:
            return tr("AccountPage", "Bills")
        case AccountSection.ENFORCEMENT:
            return tr("AccountPage", "Enforcement")
        case AccountSection.PLANS:
            return tr("AccountPage", "Plans")
        case AccountSection.NOTICES:
            return tr("AccountPage", "Notices")
        case AccountSection.PAYMENTS:
            return tr("AccountPage", "Payments")
        case AccountSection.DATA:
            return tr("AccountPage", "Data")
        case AccountSection.CHANGES:
            return tr("AccountPage", "Changes")
        case AccountSection.TIMELINE:
            return tr("AccountPage", "Timeline")


ENTRIES: dict[str, Entry] = {entry.name: entry for entry in _declare()}

SCOPES_WITHIN: dict[str, tuple[str, ...]] = {
    "desk": (),
    "account": ("desk",),
    "copy": ("desk", "account"),
    "oversight": ("desk",),
    "change": ("desk", "account"),
    "plan": ("desk", "account"),
    "portfolio": ("desk",),
    "programme": ("desk",),
    "administration": ("desk",),
    "work": ("desk",),
}
"""Of every scope, which others are heard at the same time: keys may repeat only between strangers.

A form and the paper it ends with (``copy``) are heard in turn, so they are strangers too.
"""


_NOT_OFFERED = ("desk.find", "desk.command")


def _is_of_the_desk(action: QAction) -> bool:
    return ENTRIES[action.objectName()].scope == "desk"


def clashes() -> list[tuple[str, str, str]]:
    """Return each (keys, command, command) that could be meant at the same time."""
    found: list[tuple[str, str, str]] = []
    entries = list(ENTRIES.values())
    for at, one in enumerate(entries):
        for other in entries[at + 1 :]:
            together = (
                one.scope == other.scope
                or one.scope in SCOPES_WITHIN[other.scope]
                or other.scope in SCOPES_WITHIN[one.scope]
            )
            if together:
                found += [(keys, one.name, other.name) for keys in one.keys if keys in other.keys]
    return found


class Commands(QObject):
    """The commands that are bound to a living screen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("commands")
        self._bound: list[QAction] = []

    def add(self, name: str, *, owner: QWidget, run: Callable[[], None]) -> QAction:
        """Bind the command ``name`` to ``run``, a bound method of ``owner``; it lives as long as that.

        Raises: KeyError for a name that is not declared.
        """
        entry = ENTRIES[name]
        action = QAction(owner)
        action.setObjectName(name)
        action.setIcon(icon(entry.icon_name))
        action.setText(entry.title())
        action.setShortcuts([QKeySequence(keys) for keys in entry.keys])
        wide = entry.scope == "desk"
        action.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut if wide else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        action.triggered.connect(run)
        owner.addAction(action)
        self._bound.append(action)
        return action

    def available(self, window: QWidget) -> list[QAction]:
        """Return the commands that can be run now: enabled, of screens that are seen."""
        # Its own list: to go through a thousand widgets for every letter of a command is felt.
        self._bound = [action for action in self._bound if isValid(action)]
        found: list[QAction] = []
        for action in self._bound:
            owner = action.parent()
            if not action.isEnabled() or not isinstance(owner, QWidget) or owner.window() is not window:
                continue
            if owner is window or owner.isVisible():
                found.append(action)
        order = list(ENTRIES)
        return sorted(found, key=lambda action: order.index(action.objectName()))

    def matching(self, text: str, window: QWidget) -> list[QAction]:
        """Return the available commands whose words begin with the words of ``text``.

        Those of the account that is seen come first; looking for commands is not one of them.
        """
        wanted = fold(text).split()
        offered = [action for action in self.available(window) if action.objectName() not in _NOT_OFFERED]
        return [
            action
            for action in sorted(offered, key=_is_of_the_desk)
            if all(any(word.startswith(want) for word in fold(action.text()).split()) for want in wanted)
        ]

    def retranslate(self, window: QWidget) -> None:
        """Say all commands in the language in force."""
        for action in window.findChildren(QAction):
            entry = ENTRIES.get(action.objectName())
            if entry is not None:
                action.setText(entry.title())
