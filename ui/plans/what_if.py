"""What would follow for a plan on a day if nothing more is paid: asked of the rule that follows it."""

import functools
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.plans import PlanCause, PlanState
from app.usecases import plans
from app.usecases.plans import Plan, WhatIf
from ui.desk.desk import Desk
from ui.kit.banners import Banner
from ui.kit.buttons import Button, ButtonKind
from ui.kit.fields import DateField, FormField
from ui.kit.labels import Item, KeyValueGrid
from ui.plans import words
from ui.plans.act_strip import ActStrip
from ui.words import errors, states, text


class WhatIfStrip(ActStrip):
    """Takes a day and shows what the monitor would find and book; nothing is written."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("plan.what_if", parent)
        self._desk = desk
        self._ident = 0
        self._plan: Plan | None = None
        self._found: WhatIf | None = None
        self.day = DateField("plan.what_if.day", self, today=self._today)
        self.breaks = Button("plan.what_if.breaks", self, kind=ButtonKind.QUIET, icon_name="alert-triangle")
        self.breaks.clicked.connect(self._ask_of_breaking)
        self.fields.addWidget(self.day)
        self.fields.addWidget(self.breaks, 0, Qt.AlignmentFlag.AlignBottom)
        self.fields.addStretch(1)
        self.verdict = Banner("plan.what_if.verdict", self)
        self.facts = KeyValueGrid("plan.what_if.facts", self, across=2)
        self.under.addWidget(self.verdict)
        self.under.addWidget(self.facts)
        self.given.connect(self.ask)
        self.day.committed.connect(self._day_committed)
        self.retranslate()

    def _today(self) -> date:
        return self._desk.today

    @property
    def named_fields(self) -> dict[str, FormField]:
        return {"day": self.day}

    @property
    def found(self) -> WhatIf | None:
        """What would follow, as it is shown."""
        return self._found

    def begin_for(self, plan: Plan, *, ident: int) -> None:
        """Ask for a day; today's verdict is shown at once."""
        self._plan, self._ident = plan, ident
        is_new = self.isHidden()
        self.begin()
        self.retranslate()
        if is_new:
            self.ask()

    def renew(self, plan: Plan) -> None:
        """Ask again of the same plan, of which something may have changed."""
        self._plan = plan
        if not self.isHidden():
            self.retranslate()
            self.ask()

    def forget(self) -> None:
        super().forget()
        self._found = None
        self._desk.jobs.withdraw(self)
        self.day.set_day(self._desk.today)
        self.verdict.clear()
        self.facts.set_items([])

    def problem(self) -> tuple[FormField, str] | None:
        if self.day.day() is None:
            return self.day, self.tr("Write a day: 15, 15.3, +30 or t for today.")
        return None

    def ask(self) -> None:
        """Ask what would follow on the day that is typed."""
        day = self.day.day()
        if self._plan is None or day is None:
            self.set_sending(is_sending=False)
            return
        question = functools.partial(plans.what_if, ident=self._ident, day=day)
        self._desk.jobs.ask(question, self._came, screen=self, lane="what_if", failed=self._failed)

    def _day_committed(self) -> None:
        day = self.day.day()
        if self.isVisible() and day is not None and (self._found is None or self._found.day != day):
            self.ask()

    def _ask_of_breaking(self) -> None:
        if self._plan is not None and self._plan.breaks_on is not None:
            self.day.set_day(self._plan.breaks_on)
            self.ask()

    def _came(self, found: WhatIf | None) -> None:
        self.set_sending(is_sending=False)
        self._found = found
        self._say()

    def _failed(self, error: Exception) -> None:
        self.show_error(errors.sentence(error), field=getattr(error, "field", ""))

    # words ------------------------------------------------------------------------------------------

    def _say(self) -> None:
        found = self._found
        if found is None:
            self.verdict.clear()
            self.facts.set_items([])
            return
        state = states.word(found.new_state)
        facts = words.cause_words(found.cause, numbers=found.numbers, bills=found.unpaid_bills)
        if found.cause is PlanCause.NOTHING_LATE:
            facts = self.tr("on time")
        said = self.tr("On {0} the plan would be: {1} ({2}).").format(text.day(found.day), state, facts)
        self.verdict.tell(f"{said} {self._consequence(found)}".strip(), tone=states.tone(found.new_state))
        self.facts.set_items(self._items(found))

    def _consequence(self, found: WhatIf) -> str:
        if found.new_state is PlanState.BROKEN:
            return self.tr(
                "What was paid is credited to costs and to the oldest months, what was written off is owed"
                " again, interest resumes, and enforcement goes on."
            )
        if found.new_state is PlanState.KEPT:
            return self.tr("What is left of the covered bills is closed, and their cases are collected.")
        return ""

    def _items(self, found: WhatIf) -> list[Item]:
        items = [
            ("paid", self.tr("Paid under the plan"), text.money(found.paid)),
            ("open", self.tr("Left to pay"), text.money(found.open)),
        ]
        if found.new_state is PlanState.BROKEN:
            principal, interest = self.tr("Principal owed again"), self.tr("Interest owed again")
        elif found.new_state is PlanState.KEPT:
            principal, interest = self.tr("Principal written off"), self.tr("Interest written off")
        else:
            principal, interest = (
                self.tr("Principal written off if kept"),
                self.tr("Interest written off if kept"),
            )
            items.append(("next_due_on", self.tr("Next date"), text.day(found.next_due_on)))
            items.append(("breaks_on", self.tr("Broken on"), text.day(found.breaks_on)))
        items.insert(2, ("written_off_principal", principal, text.money(found.written_off_principal)))
        items.insert(3, ("written_off_interest", interest, text.money(found.written_off_interest)))
        if found.cases:
            items.append(("cases", self.tr("Enforcement cases"), str(found.cases)))
        return [
            Item(name=name, title=title, value=value, right=name not in ("next_due_on", "breaks_on", "cases"))
            for name, title, value in items
        ]

    def retranslate(self) -> None:
        self.set_words(
            self.tr("What would follow"),
            self.tr("If nothing more is paid until that day. Nothing is written."),
            self.tr("Show"),
        )
        self.day.set_label(self.tr("On the day"))
        breaks_on = self._plan.breaks_on if self._plan is not None else None
        self.breaks.setVisible(breaks_on is not None)
        self.breaks.setText(self.tr("The day it breaks: {0}").format(text.day(breaks_on)))
        self._say()
