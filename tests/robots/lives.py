"""The four real programmes, each with a debtor of its time: what is owed, on which day one signs, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.documents.pages import page_sizes
from app.domain import ips_qr
from app.domain.ips_qr import PaymentRequest
from app.domain.plans import Payer, PlanState
from tests.documents.extraction import codes_of
from tests.robots.clerk import Clerk
from tests.robots.debtors import Debtors
from tests.robots.plans import Plans
from ui.plans.wizard.steps_bar import WizardStep
from ui.words import states


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody who owes, and the plan that is signed with them."""

    programme: str
    """As the wizard names it."""

    day: date
    owe: Callable[[Debtors, str], None]
    count: int
    kept: str
    """The account of who pays everything."""

    broken: str
    """The account of who does not."""

    paid: int
    """How many instalments the latter pays."""

    months: int
    """How many months the programme takes in."""

    payer: Payer = Payer.ORDINARY
    is_certified: bool = False
    left: Decimal = Decimal(0)
    """What is owed beside the plan: months that the programme does not take in."""

    def moves_in(self, debtors: Debtors, ident: str) -> None:
        """Let the debtor live in the city, with the debts of the time, on the day of signing."""
        name, surname = ("Ljubica", "Đorđević") if ident == self.kept else ("Žarko", "Šćepanović")
        debtors.lives(ident, name, surname)
        self.owe(debtors, ident)
        debtors.wake_on(self.day)


def _in_2014(debtors: Debtors, ident: str) -> None:
    debtors.owes(ident, "09/2013", "03/2014", "3000.00", interest="45.00")
    debtors.owes(ident, "04/2014", "06/2014", "500.00")


def _in_2019(debtors: Debtors, ident: str) -> None:
    debtors.owes(ident, "01/2018", "08/2018", "5918.85")


def _in_2023(debtors: Debtors, ident: str) -> None:
    debtors.owes(ident, "01/2022", "07/2023", "2100.00", interest="31.50")


def _in_2025(debtors: Debtors, ident: str) -> None:
    months = debtors.owes(ident, "05/2025", "09/2025", "8000.00", interest="90.00")
    debtors.is_sued(ident, [months[0], months[2]], costs="4200.00", on=date(2025, 12, 1))


LIVES = {
    "2014": Life(
        "Reprogram 2014", date(2014, 9, 15), _in_2014, 6, "2014001", "2014002", 2, 7, left=Decimal(1500)
    ),
    "2019": Life(
        "Reprogram 2019/20", date(2020, 6, 15), _in_2019, 6, "2019001", "2019002", 3, 8, is_certified=True
    ),
    "2023": Life(
        "Reprogram 2023/24",
        date(2024, 9, 10),
        _in_2023,
        24,
        "2023001",
        "2023002",
        5,
        19,
        Payer.PENSIONER,
        is_certified=True,
    ),
    "2025": Life(
        "Reprogram od 2025.",
        date(2026, 3, 10),
        _in_2025,
        1,
        "2025001",
        "2025002",
        0,
        3,
        left=Decimal(16180),
    ),
}


def sign(clerk: Clerk, life: Life, ident: str, *, path: Path) -> bytes:
    """Sign the plan of ``life`` by keyboard, and have it certified; return its papers as they were saved."""
    clerk.opens(ident)
    plans = Plans(clerk)
    plans.begins()
    plans.repays_as(life.payer)
    if plans.chosen_programme() != life.programme:
        raise AssertionError(f"{plans.chosen_programme()} was chosen by itself")
    plans.goes_to(WizardStep.OFFER)
    plans.chooses_offer(life.count)
    plans.goes_to(WizardStep.DEBTOR)
    plans.fills_in({"id_card": "001234567", "id_card_issuer": "PS Zvezdara"})
    plans.goes_to(WizardStep.CONTRACT)
    plans.sees_contract()
    plans.registers()
    papers = plans.saves_papers(path)
    plans.closes()
    plans.looks()
    if life.is_certified:
        plans.certifies(f"UOP: {ident}-{life.day.year}")
    in_force = states.word(PlanState.ACTIVE)
    clerk.until(lambda: plans.state() == in_force, f"the plan is {plans.state()}")
    clerk.until(lambda: plans.amounts()["plan"] > 0, "the sums are as they were")
    return papers


def asked_by(papers: bytes) -> list[PaymentRequest]:
    """Read every code on the pages as a bank's camera would."""
    codes = [code for page in range(len(page_sizes(papers))) for code in codes_of(papers, page=page)]
    return [ips_qr.parse(code) for code in codes]
