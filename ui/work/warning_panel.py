"""What whoever decides should know beside the request: another of its kind, what ends, and open debt."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import ENDED, declaration_of
from app.usecases.changes import DebtShown, Reviewed
from ui.kit.banners import Banner
from ui.kit.labels import Item
from ui.kit.master_detail import Part
from ui.kit.speaking import Speaking
from ui.kit.tokens import GRID
from ui.words import text
from ui.words.changes import leaving_words
from ui.words.tones import Tone


class WarningPanel(Speaking, QWidget):
    """Shown only where there is something to be careful about."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("review.caution")
        self._reviewed: Reviewed | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        self.duplicates = Banner("review.duplicates", self)
        self.leaving = Banner("review.leaving", self)
        self.debt = Part("review.debt", self, across=3)
        column.addWidget(self.duplicates)
        column.addWidget(self.leaving)
        column.addWidget(self.debt)

    def show_request(self, reviewed: Reviewed) -> None:
        """Show what is known beside a request."""
        self._reviewed = reviewed
        self.retranslate()

    def retranslate(self) -> None:
        reviewed = self._reviewed
        numbers = [row.number for row in reviewed.others_open] if reviewed is not None else []
        self.duplicates.tell(
            self.tr("Another request of this kind is open on the account: {0}.").format(", ".join(numbers))
            if numbers
            else "",
            tone=Tone.WARN,
        )
        ground = reviewed.ground if reviewed is not None else None
        is_coming = (
            reviewed is not None and reviewed.request.state not in ENDED and not reviewed.request.undoes
        )
        leaving = leaving_words(ground.leaving) if ground is not None and is_coming else ""
        self.leaving.tell(leaving, tone=Tone.WARN)
        debt = ground.debt if ground is not None else None
        is_asked = reviewed is not None and declaration_of(reviewed.request.kind).shows_debt
        self.debt.setVisible(debt is not None and is_asked)
        self.debt.set_title(self.tr("Debt of the account"))
        if debt is not None and is_asked:
            self.debt.set_facts(self._debt_items(debt))
        self.setVisible(bool(numbers) or bool(leaving) or not self.debt.isHidden())

    def _debt_items(self, debt: DebtShown) -> list[Item]:
        sums = debt.sums
        owed = [
            ("total", self.tr("Total"), sums.total),
            ("unsued", self.tr("Unsued"), sums.unsued),
            ("sued", self.tr("Sued"), sums.sued),
            ("plan", self.tr("In a plan"), sums.plan),
            ("overpaid", self.tr("Overpaid"), sums.overpaid),
        ]
        items = [
            Item(
                name=name,
                title=title,
                value=text.money(amount),
                tone=Tone.WARN if amount and name != "overpaid" else None,
            )
            for name, title, amount in owed
        ]
        counted = f"{len(debt.cases)} / {len(debt.plans)}"
        return [*items, Item(name="cases", title=self.tr("Cases / plans"), value=counted)]
