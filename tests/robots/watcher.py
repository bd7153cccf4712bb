"""What somebody does who oversees others: looks at alerts and at what was done, and raises a limit."""

from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from tests.robots.clerk import Clerk
from ui.home.screen import Home
from ui.kit.table import Table
from ui.oversight.screen import OversightPage


class Watcher:
    """Somebody who is told of alerts; everything is done by keys."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk

    @property
    def page(self) -> OversightPage:
        found: OversightPage = self.clerk.widget("oversight", OversightPage)
        return found

    @property
    def home(self) -> Home:
        found: Home = self.clerk.widget("home", Home)
        return found

    def goes_to_oversight(self) -> None:
        """Go to the page by its key, and wait for its lists."""
        self.clerk.presses("Alt+U")
        self.sees_page()

    def sees_page(self) -> None:
        """Wait until everything on the page has come."""
        self.clerk.until(lambda: self.clerk.is_seen("oversight"), "the page did not come")
        self.clerk.until(
            lambda: (
                not self.page.alerts.is_waiting
                and not self.page.raises.is_waiting
                and not self.page.doings.is_waiting
                and self.page.doings.people.count() > 0
            ),
            "not everything came",
        )

    def told_at_home(self) -> list[list[str]]:
        """Return the alerts of the first page, once there are any."""
        return self.clerk.rows_of("home.alerts.table")

    def opens_first_at_home(self) -> None:
        """Press Enter on the first alert of the first page."""
        self.clerk.widget("home.alerts.table", Table).setFocus()
        self.clerk.presses("Home")
        self.clerk.presses("Return")
        self.sees_page()

    def alerts(self) -> list[list[str]]:
        """Return the alerts of the page, none where nobody is near a limit."""
        if self.page.alerts.is_empty:
            return []
        return self.clerk.rows_of("oversight.alerts.table")

    def writes_down(self, words: str) -> None:
        """Press S, write what was found, and wait until it is kept."""
        self.clerk.presses("S")
        self.clerk.until(lambda: self.clerk.is_seen("seen"), "nothing is asked")
        self.clerk.types(words)
        self.clerk.presses("Ctrl+Return")
        self.clerk.until(lambda: not self.clerk.is_seen("seen"), "it was not kept")

    def raises(self, most: str, *, because: str, last_day: str = "") -> None:
        """Press R and raise the limit that is proposed, for the person that is looked at."""
        self.clerk.presses("R")
        self.clerk.until(lambda: self.clerk.is_seen("raise"), "nothing is asked")
        for name, typed in (("most", most), ("last_day", last_day), ("reason", because)):
            if typed:
                editor = self.clerk.widget(f"raise.{name}.editor")
                editor.setFocus()
                if not isinstance(editor, QPlainTextEdit):
                    editor.selectAll()
                self.clerk.types(typed)
        self.clerk.presses("Ctrl+Return")

    def chooses_in(self, name: str, words: str) -> None:
        """Choose in one of the boxes above what was done, by the arrows."""
        box = self.clerk.widget(name, QComboBox)
        box.setFocus()
        self.clerk.presses("Home")
        while box.currentText() != words:
            before = box.currentIndex()
            self.clerk.presses("Down")
            if box.currentIndex() == before:
                raise AssertionError(f"{words} is not offered")
        self.sees_page()
