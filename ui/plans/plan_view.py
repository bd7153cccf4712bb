"""A plan to be read: how far it is, its schedule, what is written off on what condition, what happened."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.period import Period
from app.domain.plans import IN_FORCE
from app.usecases.plans import Plan, PlanStory
from ui.desk.desk import Desk
from ui.kit.banners import Banner
from ui.kit.labels import Badge, Item
from ui.kit.master_detail import Part, TablePart
from ui.kit.speaking import Speaking
from ui.kit.styling import label
from ui.kit.tokens import GRID
from ui.plans import plan_columns as columns
from ui.plans import words
from ui.plans.plan_columns import CostLine, MonthLine, ScheduleLine
from ui.plans.progress import PlanProgress
from ui.words import states, text

_IN_SIGHT_BEFORE = 3
"""Above the instalment that comes next are so many, itself among them."""


class PlanView(Speaking, QWidget):
    """One plan in full; what its story tells is filled in when it comes."""

    month_opened = Signal(object)
    """The bill of a month is to be looked at: its period."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("plans.plan")
        self._desk = desk
        self.plan: Plan | None = None
        self._named = 0
        self.story: PlanStory | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        self.title = label(self, "heading", name="plans.heading")
        self.title.setWordWrap(True)
        self.state = Badge("plans.state", self)
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        column.addLayout(head)
        self.basis = label(self, "caption", name="plans.basis")
        self.notice = Banner("plans.notice", self)
        self.progress = PlanProgress("plans.progress", self)
        self.progress_words = label(self, "soft", name="plans.progress.words")
        self.schedule = TablePart("plans.instalments", self, columns=columns.schedule_columns())
        self.debt = Part("plans.debt", self)
        self.condition = label(self, "soft", name="plans.condition")
        self.breach = label(self, "soft", name="plans.breach")
        self.payments = TablePart("plans.payments", self, columns=columns.payment_columns())
        self.months = TablePart("plans.items", self, columns=columns.month_columns())
        self.costs = TablePart("plans.costs", self, columns=columns.cost_columns())
        self.debtor = Part("plans.debtor", self)
        self.events = TablePart("plans.events", self, columns=columns.event_columns())
        for widget in (
            self.basis,
            self.notice,
            self.progress,
            self.progress_words,
            self.schedule,
            self.debt,
            self.condition,
            self.breach,
            self.payments,
            self.months,
            self.costs,
            self.debtor,
            self.events,
        ):
            column.addWidget(widget)
        for words_label in (self.basis, self.progress_words, self.condition, self.breach):
            words_label.setWordWrap(True)
        self.progress.instalment_chosen.connect(self._choose_instalment)
        self.months.table.row_opened.connect(self._open_month)
        self.retranslate()

    def show_plan(self, plan: Plan) -> None:
        """Show a plan; what was told of the same one before stays until it is told anew."""
        if self.plan is None or self.plan.id != plan.id:
            self.story, self._named = None, 0
        self.plan = plan
        self._say()

    def show_story(self, story: PlanStory) -> None:
        """Fill in what became of the plan that is shown."""
        if self.plan is not None and story.plan_id == self.plan.id:
            self.story = story
            self._say()

    def clear(self) -> None:
        """Forget the plan."""
        self.plan = self.story = None
        self._named = 0

    def choose_instalment(self, number: int) -> None:
        """Put the cursor of the schedule on an instalment; it stays there when the story comes."""
        self._named = number
        self._point_at(number)

    def _point_at(self, number: int) -> bool:
        for place, line in enumerate(self.schedule.model.rows()):
            if line.instalment.number == number:
                self.schedule.table.choose_row(place)
                return True
        return False

    def _choose_instalment(self, number: int) -> None:
        if self._point_at(number):
            self.schedule.table.setFocus()

    def _open_month(self, place: int) -> None:
        line: MonthLine = self.months.model.row(place)
        period: Period = line.item.period
        self.month_opened.emit(period)

    # words ------------------------------------------------------------------------------------------

    def _say(self) -> None:
        plan, story = self.plan, self.story
        if plan is None:
            return
        self.title.setText(self.tr("Contract {0}").format(plan.contract_number))
        self.state.set_state(states.word(plan.state), states.tone(plan.state))
        basis = (text.listed(plan.programme), text.listed(plan.legal_basis))
        self.basis.setText(" · ".join(part.rstrip(".") for part in basis if part))
        said, tone = words.state_notice(plan, story)
        self.notice.tell(said, tone=tone)
        today = self._desk.today if plan.state in IN_FORCE else None
        self.progress.show_plan(plan.instalments, since=plan.signed_on, today=today)
        self.progress_words.setText(self._progress_words(plan))
        self.condition.setText(words.condition_words(plan))
        rule = words.breach_words(plan.breach, instalments=len(plan.instalments))
        self.breach.setText(self.tr("The plan is broken if {0}.").format(rule) if rule else "")
        self.breach.setVisible(bool(rule) and plan.state in IN_FORCE)
        self.debt.set_facts(self._debt_facts(plan))
        self.debtor.set_facts(self._debtor_facts(plan))
        self.debtor.setVisible(bool(plan.debtor))
        self._say_schedule(plan)
        cases = story.case_numbers if story is not None else {}
        self.months.set_rows(
            [MonthLine(item=item, case=cases.get(item.case_id or 0, "")) for item in plan.items]
        )
        self.costs.set_rows(
            [
                CostLine(case=cases.get(case, text.DASH), amount=amount)
                for case, amount in plan.costs_by_case.items()
                if amount
            ]
        )
        self.payments.set_rows(story.payments if story is not None else ())
        self.events.set_rows(tuple(reversed(story.events)) if story is not None else ())

    def _say_schedule(self, plan: Plan) -> None:
        """Show the instalments; of many, those that come next are in sight."""
        table, model, story = self.schedule.table, self.schedule.model, self.story
        lines = [
            ScheduleLine(instalment=one, paid_on=story.paid_on(one.number) if story is not None else None)
            for one in plan.instalments
        ]
        if lines == model.rows():
            return
        self.schedule.set_rows(lines)
        if self._named and self._point_at(self._named):
            return
        coming = plan.next_instalment
        if coming is not None and plan.state in IN_FORCE:
            place = max(0, coming.number - _IN_SIGHT_BEFORE)
            table.scrollTo(model.index(place, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def _progress_words(self, plan: Plan) -> str:
        said = self.tr("{0} of {1} paid ({2}); {3} of {4} instalments").format(
            text.money(plan.paid),
            text.money(plan.payable),
            text.share(plan.paid, plan.payable),
            plan.paid_instalments,
            len(plan.instalments),
        )
        coming = plan.next_instalment
        if coming is None or plan.late or plan.state not in IN_FORCE:
            return said
        next_one = self.tr("next: {0} until {1}").format(text.money(coming.open), text.day(coming.due_on))
        return f"{said}; {next_one}"

    def _debt_facts(self, plan: Plan) -> list[Item]:
        percent = f" ({text.percent(plan.discount_percent)})" if plan.written_off_principal else ""
        certified = f"{text.day(plan.certified_on)} {plan.certification_number}".strip()
        sums = (
            ("principal", self.tr("Principal"), plan.principal),
            ("interest", self.tr("Interest"), plan.interest),
            ("costs", self.tr("Costs"), plan.costs),
            ("written_off_principal", self.tr("Principal written off") + percent, plan.written_off_principal),
            ("written_off_interest", self.tr("Interest written off"), plan.written_off_interest),
            ("payable", self.tr("To pay by the plan"), plan.payable),
        )
        beside = (
            ("payer", self.tr("Payer"), states.word(plan.payer)),
            ("signed", self.tr("Signed"), text.day(plan.signed_on)),
            ("certified", self.tr("Certified"), certified),
            ("by", self.tr("Registered by"), plan.created_by),
            ("relief", self.tr("Relief"), words.relief_words(plan)),
            ("ended", self.tr("Ended"), text.day(plan.ended_on)),
        )
        items = []
        for (name, title, amount), (other, other_title, value) in zip(sums, beside, strict=True):
            items.append(
                Item(name=name, title=title, value=text.money(amount), right=True, strong=name == "payable")
            )
            items.append(Item(name=other, title=other_title, value=value))
        return items

    def _debtor_facts(self, plan: Plan) -> list[Item]:
        titles = {
            "name": self.tr("Name"),
            "address": self.tr("Address"),
            "id_card": self.tr("Identity card"),
            "id_card_issuer": self.tr("Issued by"),
            "phone": self.tr("Phone"),
            "email": self.tr("E-mail"),
            "representative": self.tr("Signs for the debtor"),
            "representative_basis": self.tr("On what basis"),
            "note": self.tr("Note"),
        }
        return [
            Item(name=name, title=title, value=plan.debtor[name])
            for name, title in titles.items()
            if plan.debtor.get(name)
        ]

    def retranslate(self) -> None:
        self.schedule.set_title(self.tr("Instalments"))
        self.debt.set_title(self.tr("Debt under the plan"))
        self.payments.set_title(self.tr("Paid under the plan"))
        self.months.set_title(self.tr("Months covered"))
        self.costs.set_title(self.tr("Costs of enforcement"))
        self.debtor.set_title(self.tr("Debtor, as the contract says"))
        self.events.set_title(self.tr("What happened"))
        amount = self.tr("Amount")
        for part, titles in (
            (
                self.schedule,
                {
                    "number": self.tr("No."),
                    "due": self.tr("Due"),
                    "amount": amount,
                    "paid": self.tr("Paid"),
                    "open": self.tr("Open"),
                    "state": self.tr("State"),
                    "paid_on": self.tr("Last paid"),
                    "reference": self.tr("Reference"),
                },
            ),
            (
                self.payments,
                {
                    "received": self.tr("Received"),
                    "amount": amount,
                    "instalments": self.tr("Instalments"),
                    "channel": self.tr("Paid by"),
                    "reference": self.tr("Reference"),
                },
            ),
            (
                self.months,
                {
                    "period": self.tr("Month"),
                    "principal": self.tr("Principal"),
                    "interest": self.tr("Interest"),
                    "total": self.tr("Together"),
                    "sued": self.tr("Was sued"),
                    "case": self.tr("Case"),
                },
            ),
            (self.costs, {"case": self.tr("Case"), "amount": amount}),
            (
                self.events,
                {
                    "moment": self.tr("When"),
                    "state": self.tr("State"),
                    "what": self.tr("What"),
                    "who": self.tr("Who"),
                },
            ),
        ):
            part.model.set_titles(titles)
        self._say()
