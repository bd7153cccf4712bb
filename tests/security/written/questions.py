"""Every question a screen may ask, with arguments drawn from what is on file.

What takes a session in the use cases is a question or an action.  Actions are named
here; whatever else there is is asked, so that a new question is asked without a word
of anybody, or fails for want of an argument that nobody has told how to find.
"""

import functools
import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

import app.usecases
from app.documents.wording import Script
from app.domain.changes import ChangeKind, ChangeState
from app.domain.money import ZERO
from app.domain.office_time import ZONE
from app.domain.period import Period
from app.domain.plans import Offer, OfferedInstalment, Payer, PlanPaper
from app.domain.plans.programmes import from_json
from app.usecases.bills import WantedBillPaper
from app.usecases.changes import PaperAbout, WantedChangePaper
from app.usecases.plans import DebtorFields, DraftFields, Which

Arguments = dict[str, Any]
Question = Callable[..., Any]

ACTIONS = frozenset(
    [
        "ceilings.end_raise",
        "ceilings.raise_ceiling",
        "ceilings.see_alert",
        "changes.claims.put_back",
        "changes.claims.record_order",
        "changes.deciding.approve",
        "changes.deciding.cancel",
        "changes.deciding.record_provider_order",
        "changes.deciding.reject",
        "changes.deciding.return_for_completion",
        "changes.deciding.send_to_provider",
        "changes.deciding.undo",
        "changes.filing.change_draft",
        "changes.filing.save_draft",
        "changes.filing.submit",
        "changes.grounds.reserve_account",
        "changes.intake.start_from_reading",
        "changes.papers.attach_paper",
        "changes.papers.remove_paper",
        "changes.papers.see_original",
        "changes.papers.see_original_only",
        "changes.steps.attach_scan",
        "changes.steps.save_form",
        "changes.steps.see_paper",
        "changes.steps.submit_form",
        "changes.steps.take_away",
        "changes.work.claim",
        "changes.work.release",
        "changes.work.take_next",
        "delivery.switch_email_delivery",
        "exports.record_export",
        "notes.write_note",
        "plans.drafting.change_programme_draft",
        "plans.drafting.draft_programme",
        "plans.drafting.publish_programme",
        "plans.bounds.set_programme_bounds",
        "plans.papers.hand_out",
        "plans.signing.book_payment",
        "plans.signing.cancel",
        "plans.signing.certify",
        "plans.signing.register",
        "plans.signing.undo",
        "plans.watching.follow",
        "preferences.keep_preference",
        "preferences.keep_preferences",
        "reissues.register_copy",
        "search.look_up_personal_number",
        "visits.close_account",
        "visits.close_visits",
        "visits.open_account",
        "visits.open_visits",
        "visits.reveal_personal_number",
        "visits.verify_caller",
    ]
)
"""What writes; by module and name."""

OF_FILES = frozenset({"scanning.find_in_document", "scanning.read_document"})
"""What is asked of a file that somebody brings, and not of what is stored."""


@dataclass(slots=True)
class OnFile:
    """What questions are asked about: read anew after each round of writing."""

    today: date
    idents: tuple[int, ...]
    periods: Mapping[int, Sequence[Period]] = field(default_factory=dict)
    requests: Sequence[tuple[int, int, str, str]] = ()
    plans: Sequence[tuple[int, int]] = ()
    scans: Sequence[tuple[int, int]] = ()
    versions: Sequence[tuple[int, int, Any]] = ()
    records: Sequence[int] = ()
    logins: Sequence[str] = ()

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, datetime.min.time(), ZONE) + timedelta(hours=9)

    def of(self, rows: Sequence[tuple[Any, ...]], ident: int) -> list[Any]:
        return [row[1] for row in rows if row[0] == ident]


def on_file(owner: psycopg.Connection[Any], *, today: date, idents: Sequence[int]) -> OnFile:
    """Read what there is to be asked about."""
    bills = owner.execute("SELECT ident, ggmm FROM bill WHERE version = 1 ORDER BY 1, 2").fetchall()
    latest = "WHERE ident = ANY (%s) ORDER BY id DESC LIMIT 12"
    given = [list(idents)]
    return OnFile(
        today,
        tuple(idents),
        {ident: [Period.from_ggmm(ggmm) for whose, ggmm in bills if whose == ident][-2:] for ident in idents},
        owner.execute(f"SELECT ident, id, kind, state FROM change_request {latest}", given).fetchall(),
        owner.execute(f"SELECT ident, id FROM plan {latest}", given).fetchall(),
        owner.execute(f"SELECT ident, id FROM change_paper {latest}", given).fetchall(),
        owner.execute(
            "SELECT programme_id, version, terms FROM programme_version ORDER BY created_at DESC LIMIT 6"
        ).fetchall(),
        [row[0] for row in owner.execute("SELECT id FROM read_log ORDER BY id DESC LIMIT 2").fetchall()],
        [row[0] for row in owner.execute("SELECT login FROM staff ORDER BY login").fetchall()],
    )


def taking_a_session() -> Iterator[tuple[str, Question]]:
    """Find every function of the use cases that takes a session."""
    for found in pkgutil.walk_packages(app.usecases.__path__, "app.usecases."):
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            called = f"{module.__name__.removeprefix('app.usecases.')}.{name}"
            if next(iter(inspect.signature(function).parameters), "") != "session":
                continue
            yield called, function


def calls(file: OnFile) -> Iterator[tuple[str, functools.partial[Any]]]:
    """Give each question the arguments it is asked with."""
    for name, question in taking_a_session():
        if name in ACTIONS | OF_FILES:
            continue
        for given in arguments_of(name, question, file):
            yield name, functools.partial(question, **given)


def arguments_of(name: str, question: Question, file: OnFile) -> Iterator[Arguments]:
    """Find what a question is asked with.  Raises: LookupError for an argument nobody told of."""
    if name in SPECIAL:
        yield from SPECIAL[name](file)
        return
    parameters = [one for one in inspect.signature(question).parameters.values() if one.name != "session"]
    asked = [one.name for one in parameters if one.default is inspect.Parameter.empty]
    unknown = [one for one in asked if one not in BY_NAME and one != "ident"]
    if unknown:
        raise LookupError(f"{name} asks for {unknown}: tell how to find it, or that it is an action")
    for ident in file.idents if "ident" in asked else (0,):
        values = [[ident] if one == "ident" else BY_NAME[one](file, ident) for one in asked]
        for combined in itertools.product(*values):
            yield dict(zip(asked, combined, strict=True))


def _today(file: OnFile, _ident: int) -> list[Any]:
    return [file.today]


BY_NAME: Mapping[str, Callable[[OnFile, int], list[Any]]] = {
    "today": _today,
    "on_day": _today,
    "day": _today,
    "decided_on": _today,
    "now": lambda file, _ident: [file.now],
    "period": lambda file, ident: list(file.periods[ident]),
    "year": lambda file, _ident: [file.today.year],
    "request_id": lambda file, ident: file.of(file.requests, ident),
    "seen_version": lambda _file, _ident: [0],
    "plan_id": lambda file, ident: file.of(file.plans, ident),
    "paper_id": lambda file, ident: file.of(file.scans, ident),
    "kind": lambda _file, _ident: list(ChangeKind),
    "payer": lambda _file, _ident: [Payer.ORDINARY],
    "states": lambda _file, _ident: [tuple(ChangeState)],
    "text": lambda _file, _ident: ["petrović", "1000042", "učiteljska 12a", "0641234567", "RP-2026"],
    "street_id": lambda _file, _ident: [1],
    "at_most": lambda _file, _ident: [50],
    "record": lambda file, _ident: list(file.records),
    "idents": lambda file, _ident: [list(file.idents)],
    "login": lambda file, _ident: list(file.logins),
    "since": lambda file, _ident: [file.now - timedelta(days=1)],
    "until": lambda _file, _ident: [datetime.max.replace(tzinfo=ZONE) - timedelta(days=2)],
    "valid_from": lambda _file, _ident: [date(2021, 6, 1)],
    "which": lambda _file, _ident: list(Which),
}
"""How to find an argument by its name, for an account where there is one."""


def _bill_papers(file: OnFile) -> Iterator[Arguments]:
    for ident in file.idents:
        for period in file.periods[ident][-1:]:
            yield {"wanted": WantedBillPaper(ident, period, 1, Script.LATIN, file.now)}


def _bill_versions(file: OnFile) -> Iterator[Arguments]:
    for ident in file.idents:
        for period in file.periods[ident]:
            yield {"ident": ident, "period": period, "version": 1}


def _replaced(file: OnFile) -> Iterator[Arguments]:
    for given in _bill_versions(file):
        yield {**given, "today": file.today}


def _change_papers(file: OnFile) -> Iterator[Arguments]:
    for ident, request, _, state in file.requests[:4]:
        if state != "draft":
            for about in (PaperAbout.RECEIPT, PaperAbout.DECISION):
                decided = state in ("returned", "rejected", "applied")
                if about is PaperAbout.RECEIPT or decided:
                    yield {
                        "wanted": WantedChangePaper(about, ident, Script.LATIN, file.now, request_id=request)
                    }
    for ident in file.idents[:1]:
        for kind in (ChangeKind.HOLDER, ChangeKind.CORRECTION):
            yield {"wanted": WantedChangePaper(PaperAbout.FORM, ident, Script.CYRILLIC, file.now, kind=kind)}


def _letters(file: OnFile) -> Iterator[Arguments]:
    for ident in file.idents:
        wanted = WantedChangePaper(PaperAbout.FORM, ident, Script.LATIN, file.now, kind=ChangeKind.CORRECTION)
        yield {"wanted": wanted, "form": b"%PDF-1.7"}


def _effects(file: OnFile) -> Iterator[Arguments]:
    for ident in file.idents:
        yield {
            "ident": ident,
            "kind": ChangeKind.MEMBERS,
            "values": {"members": 4},
            "applies_from": Period.of(file.today),
            "today": file.today,
        }


def _forms(file: OnFile) -> Iterator[Arguments]:
    for ident, request, _, _ in file.requests:
        yield {"ident": ident, "kind": None, "request_id": request, "today": file.today}
    for ident in file.idents:
        yield {"ident": ident, "kind": ChangeKind.HOLDER, "request_id": 0, "today": file.today}


def _trials(file: OnFile) -> Iterator[Arguments]:
    for _, _, terms in file.versions:
        yield {
            "terms": from_json(terms),
            "fields": DraftFields(file.today),
            "payer": Payer.ORDINARY,
            "idents": list(file.idents),
            "today": file.today,
        }


def _contracts_ahead(file: OnFile) -> Iterator[Arguments]:
    nothing = Offer(
        Payer.ORDINARY, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, (OfferedInstalment(1, file.today, ZERO),)
    )
    for programme, version, _ in file.versions:
        for ident in file.idents:
            yield {
                "ident": ident,
                "programme_id": programme,
                "version": version,
                "months": (),
                "offer": nothing,
                "debtor": DebtorFields(),
                "today": file.today,
            }


def _proposals(file: OnFile) -> Iterator[Arguments]:
    for given in itertools.islice(_contracts_ahead(file), 2):
        yield {**given, "script": Script.LATIN}


def _plan_papers(file: OnFile) -> Iterator[Arguments]:
    for ident, plan in file.plans[:2]:
        yield {
            "ident": ident,
            "plan_id": plan,
            "paper": PlanPaper.BOTH,
            "script": Script.LATIN,
            "today": file.today,
        }


def _portfolios(file: OnFile) -> Iterator[Arguments]:
    for which in Which:
        yield {"today": file.today, "which": which}


def _rests(file: OnFile) -> Iterator[Arguments]:
    yield {
        "today": file.today,
        "which": Which.ALL,
        "programme": None,
        "branch": None,
        "state": None,
        "after": (date(2100, 1, 1), 0),
        "at_most": 10,
    }


SPECIAL: Mapping[str, Callable[[OnFile], Iterator[Arguments]]] = {
    "bills.details.bill_lines": _bill_versions,
    "bills.papers.copy_paper": _bill_papers,
    "bills.papers.payment_slip": _bill_papers,
    "bills.papers.slip_paper": _bill_papers,
    "bills.questions.replaced_bill": _replaced,
    "changes.effects.effect_of": _effects,
    "changes.printing.change_paper": _change_papers,
    "changes.printing.covering_letter": _letters,
    "changes.steps.open_form": _forms,
    "plans.drafting.try_programme": _trials,
    "plans.papers.contract_ahead": _contracts_ahead,
    "plans.portfolio.portfolio": _portfolios,
    "plans.portfolio.portfolio_rest": _rests,
    "plans.printing.plan_paper": _plan_papers,
    "plans.printing.proposal_paper": _proposals,
}
"""Questions whose arguments belong together."""
