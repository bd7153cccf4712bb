"""What a programme says to a customer: the ladder, the interest, the first day, when it is broken."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.plans import FirstDue, LadderStep, Payer, Terms
from app.usecases.plans import ProgrammeChoice, ProgrammeVersion
from ui.kit.banners import Banner
from ui.kit.labels import Item
from ui.kit.master_detail import Part, TablePart
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.table import Align, Column
from ui.kit.tokens import GRID
from ui.words import states, text
from ui.words.plans import why_not
from ui.words.tones import Tone

_MARK = " *"


class TermsPanel(Speaking, QWidget):
    """One programme for one kind of customer; what no published source gives bears a mark."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("plan.terms")
        self._shown: tuple[ProgrammeChoice, Payer] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        self._name = label(self, "heading", name="plan.terms.name")
        self._name.setWordWrap(True)
        self._basis = label(self, "caption", name="plan.terms.basis")
        self._basis.setWordWrap(True)
        self._obstacle = Banner("plan.terms.obstacle", self)
        self._ladder = TablePart("plan.ladder", self, columns=_columns())
        self._ladder.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._facts = Part("plan.terms.facts", self, across=1)
        self._unconfirmed = label(self, "caption", name="plan.terms.unconfirmed")
        self._unconfirmed.setWordWrap(True)
        for widget in (
            self._name,
            self._basis,
            self._obstacle,
            self._ladder,
            self._facts,
            self._unconfirmed,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.retranslate()

    def show_programme(self, choice: ProgrammeChoice, payer: Payer) -> None:
        """Show a programme's terms for this customer, or for whom it is where it is not for him."""
        self._shown = (choice, payer)
        self._show()

    def _show(self) -> None:
        if self._shown is None:
            return
        choice, payer = self._shown
        version = choice.programme
        self._name.setText(text.listed(version.name))
        basis = [text.listed(part) for part in (version.legal_basis, version.decision) if part]
        self._basis.setText(" · ".join(basis))
        reason = why_not(choice.obstacle) if choice.obstacle is not None else ""
        self._obstacle.tell(
            self.tr("Cannot be signed: {0}.").format(reason) if reason else "", tone=Tone.WARN
        )
        steps = version.terms.steps_for(payer)
        self._ladder.set_rows(steps)
        self._facts.set_facts(self._facts_of(version, payer))
        self._unconfirmed.setText(
            self.tr("* set here; no published source gives it") if version.terms.unconfirmed else ""
        )

    def _facts_of(self, version: ProgrammeVersion, payer: Payer) -> list[Item]:
        terms = version.terms
        items = [
            ("validity", self.tr("In force"), validity(version), "valid_from"),
            ("debts", self.tr("Debts"), self._debts(terms), "due_until"),
            ("interest", self.tr("Interest"), states.word(terms.interest), "interest"),
            ("first_due", self.tr("First instalment"), self._first_due(terms), "first_due"),
            ("breach", self.tr("Broken by"), self._breach(terms), "breach"),
            (
                "signature",
                self.tr("Signature"),
                self.tr("certified by a notary") if terms.is_certified else self.tr("at the counter"),
                "is_certified",
            ),
            (
                "replan",
                self.tr("Another one after a broken one"),
                text.yes_no(terms.may_replan),
                "may_replan",
            ),
        ]
        if terms.least_instalment:
            least = text.money_rsd(terms.least_instalment)
            items.insert(4, ("least", self.tr("Least instalment"), least, "least_instalment"))
        if terms.down_payment_percent:
            down = text.percent(terms.down_payment_percent)
            items.insert(4, ("down", self.tr("Down payment"), down, "down_payment_percent"))
        sizes = self._sizes(terms, payer)
        if sizes:
            items.insert(2, ("sizes", self.tr("Most instalments"), sizes, "size_rules"))
        return [
            Item(name=name, title=title + (_MARK if term in terms.unconfirmed else ""), value=value)
            for name, title, value, term in items
        ]

    def _debts(self, terms: Terms) -> str:
        rule = terms.debts
        if rule.takes_sued and rule.takes_unsued:
            said = [self.tr("sued and unsued")]
        else:
            said = [self.tr("sued") if rule.takes_sued else self.tr("unsued")]
        if rule.due_until is not None:
            said.append(self.tr("due by {0}").format(text.day(rule.due_until)))
        if rule.up_to_last_sued:
            said.append(self.tr("up to the last month in enforcement"))
        if rule.least_unsued_bills:
            said.append(self.tr("unsued from %n unpaid bill(s) on", "", rule.least_unsued_bills))
        return ", ".join(said)

    def _sizes(self, terms: Terms, payer: Payer) -> str:
        said = []
        for rule in terms.size_rules:
            if rule.payer is not payer:
                continue
            if rule.up_to is None:
                said.append(self.tr("more: {0}").format(rule.most_instalments))
            else:
                said.append(self.tr("up to {0}: {1}").format(text.number(rule.up_to), rule.most_instalments))
        return "; ".join(said)

    def _first_due(self, terms: Terms) -> str:
        if terms.first_due is FirstDue.END_OF_NEXT_MONTH:
            return states.word(terms.first_due)
        return self.tr("%n day(s) after signing", "", terms.first_due_days)

    def _breach(self, terms: Terms) -> str:
        rule, said = terms.breach, []
        if rule.missed_instalments:
            said.append(self.tr("%n instalment(s) missed", "", rule.missed_instalments))
        if rule.unpaid_bills:
            said.append(self.tr("%n current bill(s) unpaid", "", rule.unpaid_bills))
        if rule.days_of_grace and said:
            said.append(self.tr("after %n day(s) of grace", "", rule.days_of_grace))
        return ", ".join(said) or text.DASH

    def retranslate(self) -> None:
        self._ladder.set_title(self.tr("What so many instalments earn"))
        self._ladder.model.set_titles(
            {"count": self.tr("Instalments"), "percent": self.tr("Off the principal")}
        )
        self._facts.set_title(self.tr("Terms"))
        self._show()


def validity(version: ProgrammeVersion) -> str:
    """Return the days a version is in force, both ends included."""
    first = text.day(version.valid_from)
    if version.valid_to is None:
        return f"{first} –"
    return f"{first} – {text.day(version.valid_to - timedelta(days=1))}"


def _columns() -> list[Column[LadderStep]]:
    return [
        Column(name="count", field="instalments", align=Align.RIGHT, width=100),
        Column(
            name="percent",
            field="discount_percent",
            as_=text.percent,
            align=Align.RIGHT,
            width=160,
            strong=True,
            stretches=True,
        ),
    ]
