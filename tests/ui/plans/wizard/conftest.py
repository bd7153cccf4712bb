"""Somebody before the wizard: presses keys, reads what stands there; the database is a real one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.period import Period
from app.domain.plans import LadderStep as Rung
from app.domain.plans import Payer, Terms
from app.domain.visits import Channel, Purpose
from app.usecases import plans, visits
from app.usecases.plans import Plan
from tests.robots import keyboard
from tests.ui.plans.conftest import SIGNED_ON, Scene, Until
from tests.usecases.conftest import ANA, CLERK, FIRM
from tests.usecases.planned import PLAIN, office_day, owe, programme, sue
from ui.desk.desk import Desk
from ui.desk.places import Place
from ui.kit.banners import Banner
from ui.kit.table import Table
from ui.plans.wizard.sheet import PlanSheet
from ui.plans.wizard.steps_bar import WizardStep

LADDER = replace(
    PLAIN,
    steps=(
        *PLAIN.steps,
        *(Rung(Payer.PENSIONER, count, Decimal(20)) for count in (12, 24)),
        Rung(Payer.COMPANY, 2, Decimal(0)),
    ),
)
"""Four steps for anybody, two for pensioners, one for a company."""

WRITTEN = {"id_card": "009123456", "id_card_issuer": "MUP Beograd", "note": "dolazi brat"}
"""What the clerk writes down of the debtor."""


class Wizard:
    """The wizard of an account, over a page of the counters' size."""

    def __init__(self, desk: Desk, ident: int, page: QWidget, until: Until) -> None:
        self.desk = desk
        self.page = page
        self.until = until
        self.went: list[Place] = []
        desk.went.connect(self.went.append)
        self.sheet = PlanSheet(desk, ident, page)

    # doing ------------------------------------------------------------------------------------------

    def begins(self) -> None:
        """Open it, and wait for the programmes."""
        self.sheet.begin()
        self.sees_figures()

    def sees_figures(self) -> None:
        """Wait until debt and programmes have come."""
        model = self.sheet.model
        self.until(lambda: model.ground is not None and not model.is_asking)

    def presses(self, keys: str) -> None:
        keyboard.press(self.page, keys)

    def types(self, text: str) -> None:
        keyboard.type_text(self.page, text)

    def goes_to(self, step: WizardStep) -> None:
        """Press Alt+Right until a step is reached."""
        while self.sheet.step < step:
            before = self.sheet.step
            self.presses("Alt+Right")
            if self.sheet.step is before:
                raise AssertionError(f"one cannot go on from {before.name}: {self.trouble}")

    def registers(self) -> None:
        """Go to the contract and press Ctrl+Enter, and wait for what comes of it."""
        self.goes_to(WizardStep.CONTRACT)
        self.presses("Ctrl+Return")
        self.is_answered()

    def is_answered(self) -> None:
        """Wait until a registration was made or refused, and figures asked anew are here."""
        model = self.sheet.model
        self.until(lambda: not model.is_busy and not model.is_asking)

    def fills_in(self, said: Mapping[str, str]) -> None:
        """Type what the contract says of the debtor."""
        for name, words in said.items():
            field = self.find(f"plan.debtor.{name}.editor", QLineEdit)
            field.setFocus()
            field.selectAll()
            self.types(words)

    def sees_paper(self) -> bytes:
        """Wait until the contract is made, and return it."""
        pane = self.sheet.page(WizardStep.CONTRACT).pane
        self.until(lambda: pane.pdf)
        return bytes(pane.pdf)

    # reading ----------------------------------------------------------------------------------------

    def rows(self, name: str) -> list[list[str]]:
        """Return the cells of a table."""
        table = self.find(name, Table)
        return [[column.words(row) for column in table.seen_columns()] for row in table.model().rows()]

    def reads(self, name: str) -> str:
        """Return the words of what is called so, while it is seen."""
        found = self.page.findChild(QWidget, name)
        if found is None or not found.isVisible():
            return ""
        if isinstance(found, QComboBox):
            return found.currentText()
        if isinstance(found, (QLabel, QLineEdit)):
            return found.text()
        return found.words if isinstance(found, Banner) else ""

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def cursor(self) -> str:
        """Return the name of what has the cursor."""
        here = self.page.window().focusWidget()
        return here.objectName() if here is not None else ""

    @property
    def trouble(self) -> str:
        return self.reads("plan.trouble")

    def ticked(self) -> list[str]:
        """Return the months that are in the plan."""
        return [str(period) for period in sorted(self.sheet.model.periods)]


@pytest.fixture
def seated(qtbot: QtBot, scene: Scene, until: Until) -> Callable[..., Wizard]:
    """Seat somebody before the wizard of an account."""

    def seat(login: str = CLERK, *, ident: int = ANA) -> Wizard:
        desk = scene.desk(login)
        if ident == FIRM:
            visit = partial(visits.open_account, ident=FIRM, purpose=Purpose.SERVICE, channel=Channel.COUNTER)
            scene.gateways[-1].act(visit, key=uuid4())
        page = scene.page(qtbot, height=680)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return Wizard(desk, ident, page, until)

    return seat


@pytest.fixture
def wizard(scene: Scene, seated: Callable[..., Wizard]) -> Wizard:
    """A clerk before the wizard of somebody who owes four months, one of them sued, under a full ladder."""
    owes(scene)
    return seated()


def owes(scene: Scene, *, ident: int = ANA, terms: Terms = LADDER, amount: str = "5000.00") -> list[Period]:
    """Let an account owe four months, the oldest of them sued with costs, and a programme be in force."""
    with scene.changed() as town:
        periods = owe(town, 6, 5, 4, 3, amount=amount, interest="12.50", ident=ident)
        if ident == ANA:
            sue(town, periods[:1], costs="900.00", on=office_day(town))
        programme(town, terms, valid_from=date(2026, 1, 1))
    return periods


def stored(scene: Scene) -> tuple[Plan, ...]:
    """Return the plans of the account as they are in the database."""
    with scene.changed() as town, town.visiting(CLERK, ANA) as session:
        return plans.plans_of(session, ident=ANA, today=SIGNED_ON)
