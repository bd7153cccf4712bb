"""What a page is to the window: a row of the directory, what is asked of it, and how much waits there."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.usecases.staff import Role
from ui.desk.desk import Desk
from ui.desk.places import Page, Place


class DeskPage(QWidget):
    """One of the pages of the desk; each is made when somebody first goes there.

    A page overrides what it has an answer to: most take the keyboard, few keep drafts.
    """

    def arrive(self, _place: Place) -> None:
        """Show what the place names; the page is in front already."""
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Put the cursor where the work goes on."""

    def keep_drafts(self) -> None:
        """Put on disk now what was typed and not saved."""

    def leave(self) -> None:
        """Keep what is to be kept and give back what is held: this person signs out."""


class Waiting(QObject):
    """How much waits on a page, for its button on the rail; lives from the first page to the last."""

    counted = Signal(int, int)
    """How many wait for this person, and how many of them are overdue."""

    def begin(self) -> None:
        """Count now, and from now on."""

    def words(self, waiting: int, overdue: int) -> str:
        """Return what the button says of them, in the language in force."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page of the desk."""

    page: Page
    title: Callable[[], str]
    icon_name: str
    roles: frozenset[Role]
    """Who is offered it; the database decides by itself what they may do there."""
    command: str
    """What goes there; empty for a page that is reached by what is opened on it."""
    factory: Callable[[Desk, QWidget], DeskPage]
    waiting: Waiting | None = None
    """What counts how much waits there."""
    stands_under: Page | None = None
    """The page whose button on the rail stands for it too; then it has none of its own."""
