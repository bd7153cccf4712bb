"""The strip above the list of work: its parts as tabs, and what narrows them."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from app.domain.changes import DECLARATIONS, ChangeKind
from app.usecases.branches import Branch
from app.usecases.staff import Me
from ui.changes.words import kind_word
from ui.kit.list_filters import ListFilters, fill
from ui.words import text
from ui.work import words
from ui.work.views import Chosen, Deadline, View

_KIND_WIDTH, _BRANCH_WIDTH, _DEADLINE_WIDTH = 200, 174, 158


class Filters(ListFilters):
    """Which part of the work, of which kind, branch and age."""

    def __init__(self, me: Me, parent: QWidget) -> None:
        super().__init__("work", parent, parts=len(View))
        self._me = me
        self._counts: Mapping[View, int] = {}
        self._branches: Sequence[Branch] = ()
        self.kinds = self.add_choice("work.kinds", width=_KIND_WIDTH)
        self.branches = self.add_choice("work.branches", width=_BRANCH_WIDTH)
        self.deadlines = self.add_choice("work.deadlines", width=_DEADLINE_WIDTH)
        self.branches.setVisible(me.supervises)
        self.retranslate()

    @property
    def chosen(self) -> Chosen:
        """What is to be listed."""
        kind = self.kinds.currentData()  # Qt hands an enumeration back as the text it is
        branch = self.branches.currentData() if self._me.supervises else self._me.branch_id
        return Chosen(
            view=list(View)[self.views.currentIndex()],
            kind=ChangeKind(kind) if kind else None,
            branch_id=branch,
            deadline=Deadline(self.deadlines.currentData()),
        )

    def choose_view(self, view: View) -> None:
        """Go to another part of the list."""
        self.views.setCurrentIndex(list(View).index(view))

    def set_counts(self, counts: Mapping[View, int]) -> None:
        """Show beside the parts how many requests each has, where that is known."""
        self._counts = dict(counts)
        self._name_views()

    def set_branches(self, branches: Sequence[Branch]) -> None:
        """Let a supervisor choose among these branches."""
        self._branches = tuple(branches)
        self._fill_branches()

    def retranslate(self) -> None:
        self._name_views()
        self.views.setAccessibleName(self.tr("Parts of the list"))
        kinds: list[tuple[object, str]] = [(None, self.tr("All kinds"))]
        kinds += [(declared.kind, kind_word(declared.kind)) for declared in DECLARATIONS]
        fill(self.kinds, kinds)
        self.kinds.setAccessibleName(self.tr("Kind of change"))
        self._fill_branches()
        fill(self.deadlines, [(deadline, words.deadline_word(deadline)) for deadline in Deadline])
        self.deadlines.setAccessibleName(self.tr("Deadline"))

    def _name_views(self) -> None:
        names = [words.view_word(view) for view in View]
        self.name_parts(names, counts=[self._counts.get(view, 0) for view in View])

    def _fill_branches(self) -> None:
        choices: list[tuple[object, str]] = [(None, self.tr("All branches"))]
        choices += [(branch.id, text.listed(branch.name)) for branch in self._branches]
        fill(self.branches, choices)
        self.branches.setAccessibleName(self.tr("Branch"))
