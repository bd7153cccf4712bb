"""The part of the tour that follows payment plans: signed in their time, paid, kept, broken, overseen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import psycopg

from app.documents.pages import page_sizes
from app.domain.plans import PlanState
from db.embedded import EmbeddedServer
from tests.conftest import Database
from tests.documents.extraction import picture_of
from tests.robots.clerk import Clerk
from tests.robots.debtors import Debtors
from tests.robots.lives import LIVES, Life, sign
from tests.robots.plans import Plans
from ui.plans.wizard.steps_bar import WizardStep
from ui.shell.opening import DATABASE
from ui.words import states, text

Picture = Callable[[str], None]
CLERK, SUPERVISOR = "jelena.nikolic", "vesna.markovic"
SHOWN = "2023"
NEXT_DEBTOR = "2023009"


@contextmanager
def in_the_city_of(folder: Path) -> Iterator[Database]:
    """Hold on to the server in ``folder`` that the tour has started."""
    with EmbeddedServer(folder).running() as server:
        yield Database(server, DATABASE)


def walk(clerk: Clerk, picture: Picture, *, city: Database, out: Path) -> None:
    """Walk through plans of all four programmes, each on a day of its time; begins and ends signed out."""
    with psycopg.connect(city.url) as owner:
        row = owner.execute("SELECT office_day()").fetchone()
    assert row is not None
    real: date = row[0]
    debtors = Debtors(city)
    try:
        for code, life in LIVES.items():
            if code != SHOWN:
                _kept(clerk, debtors, life, code, out)
        _kept_one(clerk, picture)
        _signed(clerk, picture, debtors, out)
        _broken(clerk, picture, debtors)
        debtors.wake_on(LIVES[SHOWN].day)
        _steps_in_every_look(clerk, picture, debtors)
    finally:
        debtors.wake_on(real)
    _overseen(clerk, picture)


def _kept(clerk: Clerk, debtors: Debtors, life: Life, code: str, out: Path) -> None:
    """Sign a plan, and pay it by its slips to the end."""
    life.moves_in(debtors, life.kept)
    _signs_in(clerk, CLERK)
    papers = sign(clerk, life, life.kept, path=_fresh(out / f"contract-{code}.pdf"))
    _pages(papers, f"contract-{code}", out)
    for one in Plans(clerk).section.view.plan.instalments:
        debtors.bring(life.kept, one.amount, reference=one.reference, on=one.due_on)
        debtors.night_of(one.due_on)
    clerk.signs_out()


def _kept_one(clerk: Clerk, picture: Picture) -> None:
    """Look at the plan that was kept last."""
    _signs_in(clerk, CLERK)
    clerk.opens(LIVES["2025"].kept)
    Plans(clerk).looks()
    picture("plan-kept")
    clerk.signs_out()


def _signed(clerk: Clerk, picture: Picture, debtors: Debtors, out: Path) -> None:
    """Look at every step of a plan until it is in force."""
    life = LIVES[SHOWN]
    life.moves_in(debtors, life.broken)
    _signs_in(clerk, CLERK)
    clerk.opens(life.broken)
    clerk.sees_bill("/")
    picture("plan-debtor-account")
    plans = Plans(clerk)
    plans.begins()
    picture("plan-programme")
    plans.repays_as(life.payer)
    picture("plan-programme-pensioner")
    plans.goes_to(WizardStep.MONTHS)
    picture("plan-months")
    plans.goes_to(WizardStep.OFFER)
    plans.asks_for(18)
    plans.chooses_offer(life.count)
    picture("plan-offers")
    plans.goes_to(WizardStep.DEBTOR)
    plans.fills_in({"id_card": "001234567", "id_card_issuer": "PS Zvezdara"})
    picture("plan-debtor")
    plans.goes_to(WizardStep.CONTRACT)
    plans.sees_contract()
    picture("plan-contract")
    plans.registers()
    plans.sees_contract()
    picture("plan-registered")
    _pages(plans.saves_papers(_fresh(out / f"contract-{SHOWN}.pdf")), f"contract-{SHOWN}", out)
    plans.closes()
    plans.looks()
    picture("plan-awaiting")
    clerk.presses("V")
    clerk.until(lambda: clerk.is_seen("plan.certify.number"), "nothing is asked")
    picture("plan-certify")
    clerk.presses("Esc")
    plans.certifies("UOP: 1234-2024")
    _until_the_sums_fit(plans)
    picture("plan-in-force")
    clerk.presses("P")
    clerk.until(lambda: clerk.is_seen("plan_paper.pane.preview"), "no papers")
    clerk.until(lambda: clerk.widget("plan_paper.pane.preview").pages.is_drawn, "the papers are not drawn")
    picture("plan-papers")
    clerk.presses("Esc")
    clerk.signs_out()


def _broken(clerk: Clerk, picture: Picture, debtors: Debtors) -> None:
    """Let some instalments be paid, then none, and look at what becomes of the plan."""
    life = LIVES[SHOWN]
    _signs_in(clerk, CLERK)
    clerk.opens(life.broken)
    plans = Plans(clerk)
    plans.looks()
    parts = plans.section.view.plan.instalments
    for one in parts[: life.paid]:
        debtors.bring(life.broken, one.amount, reference=one.reference, on=one.due_on)
        debtors.night_of(one.due_on)
    debtors.night_of(parts[life.paid].due_on + timedelta(days=3))
    _returns(clerk, life.broken)
    for look in _looks(clerk):
        plans.looks()
        picture(f"{look}-plan-late")
    day = plans.section.view.plan.breaks_on
    plans.asks_what_if(text.day(day))
    picture("plan-what-if")
    debtors.night_of(day)
    _returns(clerk, life.broken)
    clerk.until(lambda: plans.state() == states.word(PlanState.BROKEN), "the plan is not broken")
    picture("plan-broken")
    clerk.signs_out()


def _steps_in_every_look(clerk: Clerk, picture: Picture, debtors: Debtors) -> None:
    life = LIVES[SHOWN]
    debtors.lives(NEXT_DEBTOR, "Živorad", "Ćirković")
    months = debtors.owes(NEXT_DEBTOR, "01/2022", "07/2023", "2100.00", interest="31.50")
    debtors.is_sued(NEXT_DEBTOR, months[:4], costs="4300.00", on=date(2024, 2, 1))
    _signs_in(clerk, CLERK)
    clerk.opens(NEXT_DEBTOR)
    plans = Plans(clerk)
    for look in _looks(clerk):
        plans.begins()
        plans.repays_as(life.payer)
        picture(f"{look}-plan-programme")
        plans.goes_on()
        picture(f"{look}-plan-months")
        plans.goes_on()
        picture(f"{look}-plan-offers")
        plans.goes_on()
        picture(f"{look}-plan-debtor")
        plans.goes_on()
        plans.sees_contract()
        picture(f"{look}-plan-contract")
        clerk.presses("Esc")
        if clerk.is_seen("plan.wizard"):
            clerk.presses("Esc")
        clerk.until(lambda: not clerk.is_seen("plan.wizard"), "the wizard stayed")
    clerk.signs_out()


def _overseen(clerk: Clerk, picture: Picture) -> None:
    """Look at everybody's plans and at the programmes, as a supervisor on the real day."""
    _signs_in(clerk, SUPERVISOR)
    clerk.presses("Alt+P")
    for look in _looks(clerk):
        clerk.presses("Alt+P")
        clerk.rows_of("portfolio.table")
        picture(f"{look}-plans-portfolio")
        clerk.presses("Alt+G")
        clerk.rows_of("programmes.table")
        picture(f"{look}-plans-programmes")
    clerk.signs_out()


def _signs_in(clerk: Clerk, login: str) -> None:
    clerk.signs_in(login)
    clerk.runs("desk.language_latin")  # what they chose in the looks before is remembered with them


def _looks(clerk: Clerk) -> Iterator[str]:
    """Put on each theme in each language, one after the other; the language is what it was after the last."""
    before = clerk.program.language.code
    for theme in ("dark", "light"):
        for spoken in ("latin", "cyrillic", "english"):
            clerk.runs(f"desk.theme_{theme}")
            clerk.runs(f"desk.language_{spoken}")
            yield f"{theme}-{spoken}"
    clerk.program.language.set(before)


def _until_the_sums_fit(plans: Plans) -> None:
    """Wait as long as a person does before they look: the sums are laid out a moment after they come."""
    plans.clerk.until(lambda: plans.amounts()["plan"] > 0, "the plan is not in the sums")
    tile = plans.clerk.widget("account.sum.plan")
    plans.clerk.until(lambda: tile.width() >= tile.sizeHint().width(), "a sum is cut off")


def _returns(clerk: Clerk, ident: str) -> None:
    clerk.signs_out()
    _signs_in(clerk, CLERK)
    clerk.opens(ident)
    Plans(clerk).looks()


def _fresh(path: Path) -> Path:
    path.unlink(missing_ok=True)
    return path.resolve()


def _pages(papers: bytes, name: str, out: Path) -> None:
    for page in range(len(page_sizes(papers))):
        picture_of(papers, page=page, dpi=100).save(out / f"{name}-page-{page + 1}.png")
