"""A version in whole, to be read: what was decided, for whom, on what terms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.plans import Payer, Terms
from app.usecases.plans import EditedVersion
from ui.desk.desk import Desk
from ui.kit.labels import Item
from ui.kit.master_detail import Part, TablePart
from ui.kit.speaking import Speaking
from ui.kit.table import Align, Column
from ui.kit.tokens import GRID
from ui.programmes import words
from ui.programmes.typed import PAYERS
from ui.words import states, text
from ui.words.tones import Tone

T = TypeVar("T")

_WIDTHS = {
    Payer.ORDINARY: 104,
    Payer.PENSIONER: 104,
    Payer.SOCIAL_BENEFIT: 140,
    Payer.FORMER_ENTREPRENEUR: 160,
    Payer.COMPANY: 110,
}


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the ladder, or of the rules of sizes: its key, and a cell for each payer."""

    key: str
    cells: dict[Payer, str]


class VersionView(Speaking, QWidget):
    """Shows one version; a term that no source confirms says so."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("programme.view")
        self._version: EditedVersion | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4 * GRID)
        grid = _columns()
        self.decision = Part("programme.view.decision", self, across=1)
        self.ladder = TablePart("programme.view.ladder", self, columns=grid, preferences=desk.preferences)
        self.sizes = TablePart("programme.view.sizes", self, columns=_columns(), preferences=desk.preferences)
        self.debts = Part("programme.view.debts", self, across=2)
        self.paying = Part("programme.view.paying", self, across=2)
        self.breach = Part("programme.view.breach", self, across=2)
        self.parts = (self.decision, self.ladder, self.sizes, self.debts, self.paying, self.breach)
        for part in self.parts:
            column.addWidget(part)
        self.retranslate()

    def show_version(self, version: EditedVersion) -> None:
        """Show a version in whole."""
        self._version = version
        it = version.programme
        self._open = it.terms.unconfirmed
        self.decision.set_facts(
            [
                self._item(
                    "validity", self.tr("In force"), words.validity(it.valid_from, it.valid_to), "valid_from"
                ),
                self._item("decision", self.tr("Decision"), it.decision, "decision"),
                self._item("legal_basis", words.name_of("legal_basis"), it.legal_basis, "legal_basis"),
                self._item("note", words.name_of("note"), it.note, ""),
            ]
        )
        self._show_grids(it.terms)
        self._show_facts(it.terms)

    def _show_grids(self, terms: Terms) -> None:
        steps = {(step.instalments, step.payer): text.percent(step.discount_percent) for step in terms.steps}
        counts = sorted({count for count, _ in steps})
        self.ladder.set_rows([_row(str(count), count, steps) for count in counts])
        sizes = {(rule.up_to, rule.payer): str(rule.most_instalments) for rule in terms.size_rules}
        bounds = sorted({bound for bound, _ in sizes}, key=lambda one: (one is None, one or Decimal(0)))
        self.sizes.set_rows([_row(self._size(bound), bound, sizes) for bound in bounds])
        self._title_grids()

    def _size(self, bound: Decimal | None) -> str:
        return self.tr("more") if bound is None else text.money(bound)

    def _show_facts(self, terms: Terms) -> None:
        debts, breach = terms.debts, terms.breach
        yes = text.yes_no
        due = text.day(debts.due_until) if debts.due_until else self.tr("any overdue month")
        self.debts.set_facts(
            [
                self._item("due_until", words.name_of("due_until"), due, "due_until", "debts"),
                self._item(
                    "least_bills", words.name_of("least_unsued_bills"), str(debts.least_unsued_bills), "debts"
                ),
                self._item("unsued", words.name_of("takes_unsued"), yes(debts.takes_unsued), "debts"),
                self._item("sued", words.name_of("takes_sued"), yes(debts.takes_sued), "debts"),
                self._item("cut_off", words.name_of("up_to_last_sued"), yes(debts.up_to_last_sued), "debts"),
            ]
        )
        self.paying.set_facts(
            [
                self._item("interest", words.name_of("interest"), states.word(terms.interest), "interest"),
                self._item(
                    "first_due", words.name_of("first_due"), words.first_due_words(terms), "first_due"
                ),
                self._item(
                    "least",
                    words.name_of("least_instalment"),
                    text.money(terms.least_instalment),
                    "least_instalment",
                ),
                self._item(
                    "down",
                    self.tr("Down payment"),
                    text.percent(terms.down_payment_percent),
                    "down_payment_percent",
                ),
                self._item(
                    "between",
                    words.name_of("takes_other_counts"),
                    yes(terms.takes_other_counts),
                    "takes_other_counts",
                ),
                self._item(
                    "certified", words.name_of("is_certified"), yes(terms.is_certified), "is_certified"
                ),
                self._item(
                    "limits", self.tr("Signed up to"), words.limits_words(terms.most_payable), "most_payable"
                ),
            ]
        )
        self.breach.set_facts(
            [
                self._item(
                    "missed", words.name_of("missed_instalments"), str(breach.missed_instalments), "breach"
                ),
                self._item("bills", words.name_of("unpaid_bills"), str(breach.unpaid_bills), "breach"),
                self._item("grace", words.name_of("days_of_grace"), str(breach.days_of_grace), "breach"),
                self._item("replan", words.name_of("may_replan"), yes(terms.may_replan), "may_replan"),
            ]
        )

    def _item(self, name: str, title: str, value: str, *terms: str) -> Item:
        if self._open.isdisjoint(terms):
            return Item(name=name, title=title, value=value)
        said = self.tr("{0} (not confirmed)").format(value or text.DASH)
        return Item(name=name, title=title, value=said, tone=Tone.WARN)

    def _title_grids(self) -> None:
        for part, term, title in (
            (self.ladder, "steps", words.name_of("ladder")),
            (self.sizes, "size_rules", words.name_of("sizes")),
        ):
            is_open = self._version is not None and term in self._version.programme.terms.unconfirmed
            part.set_title(self.tr("{0} (not confirmed)").format(title) if is_open else title)

    def retranslate(self) -> None:
        self.decision.set_title(self.tr("Decision and validity"))
        self.debts.set_title(self.tr("Which debts"))
        self.paying.set_title(self.tr("Interest and instalments"))
        self.breach.set_title(self.tr("When a plan is broken"))
        titles = {payer.value: words.payer_title(payer) for payer in PAYERS}
        for part, key in ((self.ladder, self.tr("Up to, instalments")), (self.sizes, self.tr("Debt up to"))):
            part.model.set_titles({"key": key, **titles})
        self._title_grids()
        if self._version is not None:
            self.show_version(self._version)


def _row(key: str, at: T, cells: Mapping[tuple[T, Payer], str]) -> GridRow:
    return GridRow(key, {payer: cells[at, payer] for payer in PAYERS if (at, payer) in cells})


def _columns() -> list[Column[GridRow]]:
    def cell_of(payer: Payer) -> Callable[[GridRow], str]:
        return lambda row: row.cells.get(payer, "")

    payers = [
        Column(name=payer.value, text=cell_of(payer), align=Align.RIGHT, width=_WIDTHS[payer])
        for payer in PAYERS
    ]
    return [Column(name="key", align=Align.RIGHT, width=124, strong=True), *payers]
