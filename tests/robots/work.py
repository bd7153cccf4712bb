"""What a clerk or a supervisor does with requests: takes, reads, decides, drops papers on the window."""

from pathlib import Path

from tests.robots.clerk import Clerk
from ui.desk.places import Page
from ui.kit.table import Table
from ui.work.decisions import Move
from ui.work.review import Review
from ui.work.screen import WorkPage


class Decider:
    """Somebody before the list of work; everything is done by keys."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk

    @property
    def page(self) -> WorkPage:
        page = self.clerk.desk.page(Page.WORK)
        assert isinstance(page, WorkPage)
        return page

    @property
    def review(self) -> Review:
        return self.page.review

    # the list ------------------------------------------------------------------------------------

    def goes_to_work(self) -> None:
        """Go to the list by its key, and wait for its rows or for there being none."""
        self.clerk.presses("Alt+W")
        self.sees_list()

    def sees_list(self) -> None:
        """Wait until the list is seen and has been answered."""
        self.clerk.until(
            lambda: self.page.queue.isVisible() and not self.page.queue.is_waiting, "the list did not come"
        )

    def numbers(self) -> list[str]:
        """Return the numbers of the requests that are listed."""
        return [row.number for row in self.page.queue.rows]

    def row_of(self, number: str) -> list[str]:
        """Return what the list says of a request."""
        place = self.numbers().index(number)
        return self.clerk.rows_of("work.table")[place]

    def chooses(self, *numbers: str) -> None:
        """Put the cursor on a request; on several with Ctrl held."""
        table = self.clerk.widget("work.table", Table)
        table.setFocus()
        table.clearSelection()
        model = table.selectionModel()
        for number in numbers:
            place = self.numbers().index(number)
            index = table.model().index(place, 0)
            flags = model.SelectionFlag.Select | model.SelectionFlag.Rows
            model.setCurrentIndex(index, flags)

    def reviews(self, number: str) -> None:
        """Open a request by Enter, and wait until it can be read."""
        self.chooses(number)
        self.clerk.presses("Return")
        self.sees_request(number)

    def takes_next(self) -> str:
        """Take whatever comes next, and return its number."""
        before = self.review.request
        self.clerk.presses("T")
        self.clerk.until(
            lambda: self.review.isVisible() and self.review.request not in (None, before), "nothing came"
        )
        self._until_settled()
        assert self.review.request is not None
        return self.review.request.number

    # the review ----------------------------------------------------------------------------------

    def sees_request(self, number: str) -> None:
        """Wait until a request stands in the review."""
        self.clerk.until(
            lambda: (
                self.review.isVisible()
                and self.review.request is not None
                and self.review.request.number == number
            ),
            f"{number} did not come",
        )
        self._until_settled()

    def _until_settled(self) -> None:
        self.clerk.until(lambda: not self.review.is_waiting, "the review is still waiting")

    def may(self, move: Move) -> bool:
        """Whether a decision is offered."""
        return self.review.bar.is_offered(move)

    def is_told_why_not(self) -> str:
        """Return why approval is not offered."""
        return self.clerk.reads("work.why_not")

    def approves(self) -> None:
        """Approve by A."""
        self.clerk.presses("A")

    def rejects(self, reason: str) -> None:
        """Reject by R, with a reason."""
        self._decides_with("R", reason)

    def returns(self, reason: str) -> None:
        """Return for completion by D, with what is missing."""
        self._decides_with("D", reason)

    def asks_provider(self, name: str) -> None:
        """Send the request to a provider by P."""
        self.clerk.presses("P")
        field = self.review.strip.provider
        self.clerk.until(lambda: field.editor.count() > 0, "no provider is offered")
        names = [field.editor.itemText(at) for at in range(field.editor.count())]
        field.editor.setCurrentIndex(names.index(name))
        self.clerk.presses("Ctrl+Return")

    def writes_order(self, number: str) -> None:
        """Write down the provider's order by P, seen on paper."""
        self.clerk.presses("P")
        self.clerk.until(lambda: self.clerk.is_seen("work.decision.order"), "no order is asked for")
        self.clerk.types(number)
        self.clerk.presses("Ctrl+Return")

    def gives_reason(self, reason: str) -> None:
        """Write what is asked for in the strip that is open, and send it."""
        self.clerk.until(lambda: self.clerk.is_seen("work.decision.reason"), "no reason is asked for")
        self.clerk.types(reason)
        self.clerk.presses("Ctrl+Return")

    def _decides_with(self, key: str, reason: str) -> None:
        self.clerk.presses(key)
        self.clerk.until(lambda: self.clerk.is_seen("work.decision.reason"), "no reason is asked for")
        self.clerk.types(reason)
        self.clerk.presses("Ctrl+Return")

    def is_refused(self) -> str:
        """Wait for the reason of a refusal at the review, and return it."""
        self.clerk.until(lambda: bool(self.review.notice.words), "nothing was refused")
        return self.review.notice.words

    def goes_back(self) -> None:
        """Return to the list by Esc."""
        self.clerk.presses("Esc")
        self.sees_list()

    # many at once --------------------------------------------------------------------------------

    def approves_together(self, *numbers: str) -> list[list[str]]:
        """Select several, press A and Enter, and return what became of each."""
        self.chooses(*numbers)
        self.clerk.presses("A")
        self.clerk.until(lambda: self.clerk.is_seen("batch.go"), "nothing is asked")
        self.clerk.presses("Return")
        self.clerk.until(
            lambda: not self.page.batch.is_under_way and not self.clerk.is_seen("batch.go"),
            "it did not end",
        )
        return self.clerk.rows_of("batch.table")

    # what arrives --------------------------------------------------------------------------------

    def is_offered_a_request(self, path: Path) -> None:
        """Drop a file, and wait for the panel that offers to make a request of it."""
        self.clerk.drops(path)
        self.clerk.until(lambda: self.clerk.is_seen("intake.start"), "no request was offered")
