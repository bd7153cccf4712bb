"""What a supervisor does with programmes: looks, drafts, tries, publishes; everything by keys."""

from tests.robots.clerk import Clerk
from ui.programmes.head import Side
from ui.programmes.screen import ProgrammesPage


class Drafter:
    """Somebody before the programmes of payment plans."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk

    @property
    def page(self) -> ProgrammesPage:
        page: ProgrammesPage = self.clerk.widget("programme", ProgrammesPage)
        return page

    def goes_to_programmes(self) -> None:
        """Go there by its key, and wait for the list."""
        self.clerk.presses("Alt+G")
        self.clerk.until(lambda: self.page.list.rows and self.page.pane.about, "no programmes came")

    def listed(self) -> list[list[str]]:
        """Return what the list says."""
        return self.clerk.rows_of("programmes.table")

    def goes_down_to(self, title: str) -> None:
        """Walk down the list to a version."""
        self.clerk.presses("Ctrl+Home")
        for _row in self.page.list.rows:
            if self.page.pane.head.title.text() == title:
                return
            self.clerk.presses("Down")
        raise AssertionError(f"{title} is not listed")

    def begins_new_version(self) -> None:
        """Go on from the version that is looked at."""
        self.clerk.presses("Ctrl+E")
        self.clerk.until(lambda: self.clerk.is_seen("programme.form"), "no form was opened")

    def saves(self) -> None:
        """Store what was typed."""
        self.clerk.presses("Ctrl+S")
        self.clerk.hears("The draft is saved.")

    def tries_on(self, *idents: str) -> list[list[str]]:
        """Try the terms on accounts, and return the rows of the answer."""
        self.clerk.presses("Ctrl+T")
        self.clerk.types(", ".join(idents) + "\n")
        self.clerk.until(lambda: self.clerk.is_seen("programme.trial.table"), "the trial did not end")
        assert self.page.pane.head.side is Side.TRIAL
        return self.clerk.rows_of("programme.trial.table")

    def publishes(self) -> None:
        """Ask for it, read what is asked back, and say yes."""
        self.clerk.presses("Ctrl+Return")
        self.clerk.until(lambda: self.clerk.is_seen("programme.publishing"), "nothing was asked")
        self.clerk.presses("Ctrl+Return")
        self.clerk.hears("The version is published")
