"""The trial run: what the terms would offer accounts, before anybody is offered anything."""

import functools
from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.plans import Payer, Terms
from app.domain.visits import Purpose
from app.usecases import plans, visits
from app.usecases.plans import DraftFields, Trial
from ui.desk.desk import Desk
from ui.kit.buttons import Button, ButtonKind
from ui.kit.fields import ChoiceField, TextField
from ui.kit.section import Section
from ui.kit.speaking import Speaking
from ui.kit.styling import PlainLabel, label
from ui.kit.table import Table, TableModel
from ui.kit.tokens import GRID
from ui.programmes import trying
from ui.programmes.typed import PAYERS, read_counts
from ui.words import errors, states, text

_LONGEST = 600


class TrialPane(Speaking, QWidget):
    """Takes account numbers and a kind of payer, and shows every offer or why there is none."""

    wanted = Signal()
    """Try it: the terms as they stand now are to be given to ``run``."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("programme.trial")
        self._desk = desk
        self._asked: tuple[Terms, DraftFields, tuple[int, ...]] | None = None
        self.trials: Sequence[Trial] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 3 * GRID, 4 * GRID, 0)
        column.setSpacing(2 * GRID)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        self.idents = TextField("programme.trial.idents", self, limit=_LONGEST)
        self.payer = ChoiceField("programme.trial.payer", self)
        self.payer.let_shrink()
        self.payer.setFixedWidth(48 * GRID)
        self.counts = TextField("programme.trial.counts", self, limit=40)
        self.counts.setFixedWidth(36 * GRID)
        self.go = Button("programme.trial.go", self, kind=ButtonKind.SECONDARY, icon_name="list-check")
        self.largest = Button("programme.trial.largest", self, kind=ButtonKind.QUIET)
        row.addWidget(self.idents, 1)
        row.addWidget(self.payer)
        row.addWidget(self.counts)
        column.addLayout(row)
        foot = QHBoxLayout()
        foot.setSpacing(2 * GRID)
        self.summary = label(self, "soft", name="programme.trial.summary")
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.largest)
        foot.addWidget(self.go)
        column.addLayout(foot)
        self.answer = TrialAnswer(desk, self)
        column.addWidget(self.answer, 1)
        self.go.clicked.connect(self.wanted)
        self.largest.clicked.connect(self._ask_largest)
        self.idents.committed.connect(self._entered)
        self.answer.retried.connect(self.wanted)
        self.retranslate()
        self.forget()

    def forget(self) -> None:
        """Show nothing: other terms are looked at."""
        self._desk.jobs.withdraw(self)
        self.trials = ()
        self._asked = None
        self.answer.show_start()
        self._say_summary()

    def set_payers(self, payers: Collection[Payer]) -> None:
        """Begin with a payer the terms are for."""
        if payers and self.payer.value() not in payers:
            self.payer.set_value(next(payer for payer in PAYERS if payer in payers))

    def take_keyboard(self) -> None:
        """Put the cursor where account numbers are typed."""
        self.idents.setFocus(Qt.FocusReason.OtherFocusReason)

    def run(self, terms: Terms, fields: DraftFields) -> None:
        """Open each account on record, then compute what these terms would offer it."""
        idents = trying.read_idents(self.idents.value())
        if not idents:
            self.idents.set_error(self.tr("Write at least one account number."))
        elif len(idents) > trying.MOST_ACCOUNTS:
            self.idents.set_error(self.tr("At most {0} accounts at a time.").format(trying.MOST_ACCOUNTS))
        elif read_counts(self.counts.value()) is None:
            self.counts.set_error(self.tr("Write numbers, such as 6, 9."))
        else:
            self._asked = (terms, fields, idents)
            self.answer.show_busy()
            self.go.setEnabled(False)
            action = functools.partial(visits.open_visits, idents=idents, purpose=Purpose.CHECK)
            self._desk.jobs.act(action, self._opened, screen=self, failed=self._not_opened)

    def _entered(self) -> None:
        if self.idents.line.hasFocus():
            self.wanted.emit()

    def _ask_largest(self) -> None:
        self.largest.setEnabled(False)
        question = functools.partial(plans.largest_debts, at_most=trying.MOST_ACCOUNTS)
        self._desk.jobs.ask(
            question, self._largest_came, screen=self, lane="largest", failed=self._largest_failed
        )

    def _largest_came(self, idents: Sequence[int]) -> None:
        self.largest.setEnabled(True)
        self.idents.set_value(", ".join(text.ident(ident) for ident in idents))
        self.wanted.emit()

    def _largest_failed(self, error: Exception) -> None:
        self.largest.setEnabled(True)
        self.idents.set_error(errors.sentence(error))

    def _opened(self, _nothing: object) -> None:
        if self._asked is None:
            return
        terms, fields, idents = self._asked
        question = functools.partial(
            plans.try_programme,
            terms=terms,
            fields=fields,
            payer=self.payer.value(),
            idents=idents,
            today=self._desk.today,
            counts=read_counts(self.counts.value()) or (),
        )
        self._desk.jobs.ask(question, self._came, screen=self, lane="trial", failed=self._failed)

    def _not_opened(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self.answer.show_start()
        self.idents.set_error(errors.sentence(error))

    def _came(self, trials: Sequence[Trial]) -> None:
        self._close_again()
        self.trials = trials
        self.answer.show_trials(trials)
        self._say_summary()

    def _failed(self, error: Exception) -> None:
        self._close_again()
        self.answer.show_failure(errors.sentence(error))

    def _close_again(self) -> None:
        """End the visits to accounts that are not open elsewhere at this desk."""
        self.go.setEnabled(True)
        asked = self._asked[2] if self._asked is not None else ()
        idents = [ident for ident in asked if ident not in self._desk.accounts.idents]
        if idents:
            action = functools.partial(visits.close_visits, idents=idents)
            self._desk.jobs.act(action, self._closed, screen=self)

    def _closed(self, _nothing: object) -> None:
        pass  # nothing of it is seen

    def retranslate(self) -> None:
        self.idents.set_label(self.tr("Account numbers; every one is opened on record, for a check"))
        self.payer.set_label(self.tr("Signed as"))
        self.payer.set_choices([(payer, states.word(payer)) for payer in PAYERS])
        self.counts.set_label(self.tr("Only these numbers"))
        self.counts.set_placeholder("6, 9")
        self.go.setText(self.tr("Try"))
        self.largest.setText(self.tr("The largest debts"))
        self._say_summary()
        if self.trials:
            self.answer.show_trials(self.trials)

    def _say_summary(self) -> None:
        if not self.trials:
            self.summary.setText(self.tr("Nothing is written: a trial offers nothing to anybody."))
            return
        possible = sum(trial.is_possible for trial in self.trials)
        said = self.tr("%n account(s) could sign, of {0}.", "", possible)
        self.summary.setText(said.format(len(self.trials)))


class TrialAnswer(Speaking, Section):
    """The table of the trial, or what stands in its place."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("programme.trial.answer", parent)
        self._model = TableModel(trying.columns(), self)
        self.table = Table(self._model, "programme.trial.table", self.content, preferences=desk.preferences)
        self.table.sorts_here = False
        self.body.addWidget(self.table)
        self._reason = PlainLabel(self.content)
        self._reason.setObjectName("programme.trial.reason")
        self._reason.setWordWrap(True)
        self._reason.setContentsMargins(2 * GRID, 0, 2 * GRID, 3 * GRID)
        self.body.addWidget(self._reason)
        self.table.row_chosen.connect(self._row_chosen)
        self._is_start = True
        self.retranslate()

    def load(self) -> None:
        """Do nothing: the pane asks again."""

    def show_start(self) -> None:
        """Say what will be seen here."""
        self._is_start = True
        self.show_empty(
            self.tr("Nothing tried yet"),
            self.tr("Write account numbers and press Enter: you will see every offer, or why there is none."),
            icon_name="report-analytics",
        )

    def show_trials(self, trials: Sequence[Trial]) -> None:
        """Show what came of it."""
        self._is_start = False
        place = max(self.table.chosen_row(), 0)
        self._model.set_rows(trying.rows_of(trials))
        self.show_rows()
        self.table.choose_row(min(place, self._model.rowCount() - 1))

    def _row_chosen(self, place: int) -> None:
        """Say in full why there is no offer; the column has room for its beginning."""
        self._reason.setText(self._model.row(place).why if place >= 0 else "")
        self._reason.setVisible(bool(self._reason.text()))

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Trial run"))
        self._model.set_titles(
            {
                "account": self.tr("Account"),
                "owed": self.tr("Overdue"),
                "count": self.tr("Inst."),
                "principal": self.tr("Principal"),
                "interest": self.tr("Interest"),
                "costs": self.tr("Costs"),
                "first": self.tr("Pay now"),
                "monthly": self.tr("Monthly"),
                "last": self.tr("Last"),
                "saved": self.tr("Written off"),
                "payable": self.tr("To pay"),
                "why": self.tr("Why not"),
            }
        )
        if self._is_start:
            self.show_start()
