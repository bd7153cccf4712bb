"""A small town in which everything can be written about: people of every role, debts, plans, requests."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from app.domain.period import Period
from app.domain.plans import LadderStep, Payer, Terms
from app.domain.plans.programmes import to_json
from tests.conftest import Database
from tests.robots.seating import PASSWORD, changed, inhabited
from tests.security import filing
from tests.security.signing import offer_of
from tests.security.written.dice import TEXTS, Dice
from tests.security.written.rights import Doing, Right, choices, rights
from tests.usecases.conftest import ANA, FIRM, Town

Connection = psycopg.Connection[Any]

TODAY = date(2026, 7, 10)
AGENT, CLERK, OTHER_CLERK = "writing_agent", "writing_clerk", "writing_other_clerk"
SUPERVISOR, OTHER_SUPERVISOR, ADMIN = "writing_supervisor", "writing_other_supervisor", "writing_admin"
PEOPLE = {
    AGENT: ("desk_agent", "Mila Janković"),
    CLERK: ("desk_clerk", "Ana Kovač"),
    OTHER_CLERK: ("desk_clerk", "Zora Lazić"),
    SUPERVISOR: ("desk_supervisor", "Sava Ilić"),
    OTHER_SUPERVISOR: ("desk_supervisor", "Rada Simić"),
    ADMIN: ("desk_admin", "Vera Tasić"),
}
SERVING = (AGENT, CLERK, OTHER_CLERK, SUPERVISOR, OTHER_SUPERVISOR)
IDENTS = (ANA, FIRM)

TERMS = to_json(
    Terms((LadderStep(Payer.ORDINARY, 6, Decimal(10)), LadderStep(Payer.COMPANY, 12, Decimal(5))))
)
DRAFT = {
    "code": "N1",
    "name": "Novi program",
    "decision": "Odluka 1/26",
    "legal_basis": "Zaključak",
    "valid_from": TODAY.isoformat(),
    "valid_to": None,
    "note": "",
    "terms": TERMS,
}
PROGRAMME = 90


@contextmanager
def furnished(database: Database) -> Iterator[Database]:
    """Furnish a database that is copied for each round of writing."""
    with inhabited(database, PEOPLE, today=TODAY):
        with changed(database) as town:
            _live(town)
        yield database


def _live(town: Town) -> None:
    months = [Period(2026, month) for month in (1, 2, 3, 4)]
    for ident in IDENTS:
        for month in months:
            town.bill(ident, month, [("cold_water", "10", "59.46"), ("interest", "1", "12.00")])
        town.pay(ident, "500.00", on=date(2026, 3, 3), against={months[0]: "400.00"})
    town.insert("programme", id=PROGRAMME, code="P90", name="Program 90")
    town.run(
        "INSERT INTO programme_version (programme_id, version, legal_basis, valid_from, terms, state,"
        " published_at) VALUES (:programme, 1, 'Zaključak', '2020-01-01', CAST(:terms AS jsonb), 'published',"
        " '2020-01-01')",
        programme=PROGRAMME,
        terms=json.dumps(TERMS),
    )


@dataclass(slots=True)
class Writers:
    """People signed in with plain SQL before one copy of the town; each visits both accounts."""

    owner: Connection
    sessions: dict[str, Connection]
    rights: tuple[Right, ...]
    words: Mapping[str, list[str]]
    bodies: dict[str, list[Any]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    def write(self, seed: int) -> None:
        """Do one thing: a right used on its own, or an errand with its papers and its second person."""
        dice = self._dice(random.Random(seed))
        doing = dice.rng.choice((self._use, self._use, self._file, self._file, self._sign, self._publish))
        try:
            doing(dice)
            self.done["written"] += 1
        except (psycopg.Error, OverflowError, ValueError):
            self.done["refused"] += 1
        except AssertionError:  # a row that is not seen any more
            self.done["unseen"] += 1

    def _dice(self, rng: random.Random) -> Dice:
        ids = [
            row[0]
            for row in self.owner.execute("SELECT id FROM change_request ORDER BY id DESC LIMIT 8").fetchall()
        ]
        plans = [
            row[0] for row in self.owner.execute("SELECT id FROM plan ORDER BY id DESC LIMIT 5").fetchall()
        ]
        papers = [
            row[0]
            for row in self.owner.execute("SELECT id FROM change_paper ORDER BY id DESC LIMIT 5").fetchall()
        ]
        known = {
            "ident": IDENTS,
            "id": ids or [1],
            "request_id": ids or [1],
            "request": ids or [1],
            "plan_id": plans or [1],
            "plan": plans or [1],
            "paper_id": papers or [1],
            "payment": [1, 2],
            "programme": [PROGRAMME, 91, 92],
            "programme_id": [PROGRAMME, 91],
            "version": [1, 2],
            "seen_version": [1, 2, 3],
            "seen_revision": [1, 2],
            "ggmm": [2601, 2604],
            "provider_id": [1, 2],
            "purpose": ["service"],
            "with_purpose": ["service"],
            "by_channel": ["phone", "counter"],
            "on_day": [TODAY.isoformat()],
            "day": [TODAY.isoformat()],
            "payment_id": [1, 2],
            "valid_from": ["2021-06-01", "2015-03-01"],
            "most_percent": [50, 100],
            "most_instalments": [60],
            "at_most": [5],
            "reason": ["razlog", "treći put"],
            "for_reason": ["razlog"],
            "number": ["0101990360007", "100001011"],
            "email": ["a@example.rs", *TEXTS[:6]],
            "programme_version": [1],
        }
        return Dice(rng, TODAY, self.words, known, self.bodies)

    # a right on its own -----------------------------------------------------------------------------

    def _use(self, dice: Dice) -> None:
        right = dice.rng.choice(self.rights)
        login = dice.rng.choice([one for one, (role, _) in PEOPLE.items() if role == right.role])
        session = self.sessions[login]
        if right.doing is Doing.CALL:
            given = [dice.value(name, kind, about=right.name) for name, kind in right.places]
            places = ", ".join(f"%s::{kind}" for _, kind in right.places)
            session.execute(f"SELECT * FROM {right.name}({places})", given)
            return
        if right.doing is Doing.INSERT:
            columns = [place for place in right.places if dice.rng.random() < 0.85]
            given = [dice.value(name, kind, about=right.name) for name, kind in columns]
            names, places = ", ".join(name for name, _ in columns), ", ".join(["%s"] * len(columns))
            session.execute(f"INSERT INTO {right.name} ({names}) VALUES ({places})", given)
            return
        columns = dice.rng.sample(list(right.places), min(len(right.places), dice.rng.randrange(1, 4)))
        given = [dice.value(name, kind, about=right.name) for name, kind in columns]
        sets = ", ".join(f"{name} = %s" for name, _ in columns)
        where = ""
        if right.name.startswith("change_"):
            where = " WHERE id = %s"
            given.append(
                dice.rng.choice(dice.known["request_id" if right.name == "change_request" else "paper_id"])
            )
        session.execute(f"UPDATE {right.name} SET {sets}{where}", given)

    # errands ----------------------------------------------------------------------------------------

    def _file(self, dice: Dice) -> None:
        """File a request with a field or two that nobody means, and go as far with it as it goes."""
        kind = dice.rng.choice([one for one in filing.VALUES if one != "open_account"])
        enterer, decider = dice.rng.sample([CLERK, OTHER_CLERK, SUPERVISOR, OTHER_SUPERVISOR, AGENT], 2)
        ident = dice.rng.choice(IDENTS)
        values = dice.document([dict(filing.VALUES[kind])])
        how: dict[str, Any] = {"channel": "phone" if enterer == AGENT else "counter"}
        of_request = next(
            one for one in self.rights if one.name == "change_request" and one.doing is Doing.INSERT
        )
        types = dict(of_request.places)
        del types["ident"], types["kind"], types["new_values"]
        for name in dice.rng.sample(sorted(types), dice.rng.choice((0, 0, 1, 2, 3))):
            how[name] = dice.value(name, types[name], about="change_request")
        for login in (enterer, decider):  # whoever closed the account comes back to it
            self.sessions[login].execute("SELECT open_visit(%s, 'service', 'counter')", [ident])
        session = self.sessions[enterer]
        columns = {
            "received_on": TODAY,
            "happened_on": TODAY,
            "applicant_name": "Ana Petrović",
            "applicant_standing": "owner",
            **how,
            "new_values": values,
        }
        places = ", ".join(["%s"] * len(columns))
        request = session.execute(
            f"INSERT INTO change_request (ident, kind, {', '.join(columns)})"
            f" VALUES (%s, %s, {places}) RETURNING id",
            [ident, kind, *columns.values()],
        ).fetchone()[0]  # type: ignore[index]
        if dice.rng.random() < 0.2:
            return
        filing.bring_papers(session, ident, request)
        filing.move(session, ident, request, "submitted")
        if dice.rng.random() < 0.3:
            reason = dice.value("reason", "text")
            self_or_other = self.sessions[dice.rng.choice((enterer, decider))]
            filing.move(self_or_other, ident, request, dice.rng.choice(self.words["state"]), reason=reason)
            return
        filing.decide(self.sessions[decider], ident, request)
        if dice.rng.random() < 0.3:
            self.sessions[decider].execute(
                "SELECT undo_change(%s, %s, %s)", [ident, request, dice.value("reason", "text")]
            )

    def _sign(self, dice: Dice) -> None:
        ident = dice.rng.choice(IDENTS)
        clerk = self.sessions[dice.rng.choice((CLERK, SUPERVISOR))]
        bodies = self.bodies.get(f"register_plan.given.{ident}")
        if bodies is None:
            return
        given = dice.document(bodies)
        plan = clerk.execute("SELECT register_plan(%s, %s) ->> 'plan_id'", [ident, given]).fetchone()[0]  # type: ignore[index]
        if dice.rng.random() < 0.4:
            reason = dice.value("reason", "text")
            act = dice.rng.choice(("undo_plan", "cancel_plan"))
            self.sessions[SUPERVISOR].execute(f"SELECT {act}(%s, %s, %s)", [ident, plan, reason])

    def _publish(self, dice: Dice) -> None:
        given = dice.document([{**DRAFT, "code": f"N{dice.rng.randrange(10**6)}"}])
        author, publisher = dice.rng.sample((SUPERVISOR, OTHER_SUPERVISOR), 2)
        made = self.sessions[author].execute("SELECT draft_programme(%s)", [given]).fetchone()[0]  # type: ignore[index]
        if dice.rng.random() < 0.7:
            self.sessions[publisher].execute(
                "SELECT publish_programme(%s, %s, %s)",
                [made["programme_id"], made["version"], made["revision"]],
            )


@contextmanager
def written_in(database: Database) -> Iterator[Writers]:
    """Sign everybody in before a copy of the town."""
    with ExitStack() as stack:
        owner = stack.enter_context(psycopg.connect(database.url, autocommit=True))
        sessions = {
            login: stack.enter_context(
                psycopg.connect(database.url_for(login, password=PASSWORD), autocommit=True)
            )
            for login in PEOPLE
        }
        for login in SERVING:
            for ident in IDENTS:
                sessions[login].execute("SELECT open_visit(%s, 'service', 'counter')", [ident])
        for ident in IDENTS:
            sessions[AGENT].execute(
                "SELECT verify_caller(%s, %s)", [ident, Jsonb({"ident": True, "name": True})]
            )
        writers = Writers(owner, sessions, rights(owner), choices(owner))
        writers.bodies |= {
            "new_values": [dict(values) for values in filing.VALUES.values()],
            "value": [[640, 640], [{"name": "month", "width": 90, "hidden": False}], "latin", True, {"a": 1}],
            "claims": [{"ident": True, "name": True}, {"jmbg_last4": "0007"}, {"email": "a@example.rs"}],
            "draft_programme.given": [DRAFT],
            "change_programme_draft.given": [DRAFT],
            "result": [{"request_id": 1}, None, [1]],
            "filter": [{"ident": ANA}, {}],
        }
        for ident in IDENTS:
            payer, count = ("ordinary", 6) if ident == ANA else ("company", 12)
            body = offer_of(owner, ident, count=count, programme=PROGRAMME, payer=payer)
            writers.bodies[f"register_plan.given.{ident}"] = [body]
        writers.bodies["register_plan.given"] = writers.bodies[f"register_plan.given.{ANA}"]
        yield writers
