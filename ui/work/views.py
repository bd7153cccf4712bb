"""Which requests are looked at: the views of the list, and what each asks the database for."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.changes import OPEN, ChangeKind, ChangeState
from app.usecases import changes
from app.usecases.changes import WorkCounts
from app.usecases.staff import Role


class View(StrEnum):
    """A part of the list that has a tab of its own."""

    WAITING = "waiting"
    TAKEN = "taken"
    RETURNED = "returned"
    WITH_PROVIDER = "with_provider"
    OPEN = "open"


class Deadline(StrEnum):
    """How near its deadline a request must be to be listed."""

    ANY = "any"
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"


class Outcome(StrEnum):
    """What became of one of many requests that were approved together."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    APPROVED = "approved"
    REFUSED = "refused"
    LEFT_OUT = "left_out"


_DAYS_LEFT = {Deadline.OVERDUE: -1, Deadline.TODAY: 0, Deadline.WEEK: 7}
_STATES: dict[View, frozenset[ChangeState]] = {
    View.WAITING: frozenset({ChangeState.SUBMITTED}),
    View.TAKEN: OPEN,
    View.RETURNED: frozenset({ChangeState.RETURNED}),
    View.WITH_PROVIDER: frozenset({ChangeState.WITH_PROVIDER}),
    View.OPEN: OPEN,
}


def counts_by_view(counts: WorkCounts, *, role: Role, branch_id: int | None) -> dict[View, int]:
    """Return how many requests each part of the list has; whose they are is not counted."""
    return {
        view: counts.of(
            states=_STATES[view],
            kinds=Chosen(view=view).kinds(role),
            branch=branch_id,
        )
        for view in View
        if view is not View.TAKEN
    }


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be listed: a view, narrowed by kind, branch (None is all) and deadline."""

    view: View = View.WAITING
    kind: ChangeKind | None = None
    branch_id: int | None = None
    deadline: Deadline = Deadline.ANY

    def states(self) -> frozenset[ChangeState]:
        """Return the states the view is about."""
        return _STATES[self.view]

    def kinds(self, role: Role) -> frozenset[ChangeKind]:
        """Return the kinds to ask for; what waits for somebody is what they may decide."""
        if self.kind is not None:
            return frozenset({self.kind})
        return changes.kinds_decided_by(role) if self.view is View.WAITING else frozenset(ChangeKind)

    def last_day(self, today: date) -> date | None:
        """Return the latest deadline that is still listed, or None for any."""
        if self.deadline is Deadline.ANY:
            return None
        return today + timedelta(days=_DAYS_LEFT[self.deadline])
