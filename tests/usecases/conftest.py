"""A small town for use cases: every test writes in it and rolls everything back.

Rows are put in by the owner, then the session becomes a member of staff: row
security, grants and triggers act as they do on a person who signed in.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from app.domain import bills
from app.domain.money import included_vat, round_rsd
from app.domain.period import Period
from app.domain.visits import Channel, Purpose
from app.usecases import visits
from db import codebook, errors
from tests.conftest import Database
from tests.invented_day import invent_day

TODAY = date(2026, 7, 20)
ANA, FIRM, NEW = 1000042, 1000318, 1000500
"""A flat with every kind of trouble, a legal person's shop, and an account never billed."""

CLERK, AGENT, SUPERVISOR, ADMIN = "ana_clerk", "mila_agent", "sava_supervisor", "vera_admin"
OTHER_SUPERVISOR = "rada_supervisor"
ROLES = {
    CLERK: ("desk_clerk", "Ana Kovač"),
    AGENT: ("desk_agent", "Mila Janković"),
    SUPERVISOR: ("desk_supervisor", "Sava Ilić"),
    OTHER_SUPERVISOR: ("desk_supervisor", "Rada Simić"),
    ADMIN: ("desk_admin", "Vera Tasić"),
}

Lines = Sequence[tuple[str, str, str]]
"""Service code, quantity and price; of subsidy and interest the price is the amount."""


@dataclass(slots=True)
class Town:
    """The rows of the town and the way to become somebody who reads them."""

    connection: Connection
    statements: list[str] = field(default_factory=list)
    _asked: list[tuple[str, Any]] = field(default_factory=list)

    def run(self, sql: str, **given: object) -> Any:
        """Run one statement as the owner of everything."""
        return self.connection.execute(text(sql), given)

    def insert(self, table: str, **values: object) -> None:
        """Put one row into a table."""
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        self.run(f"INSERT INTO {table} ({names}) VALUES ({places})", **values)

    def bill(
        self,
        ident: int,
        period: Period,
        lines: Lines,
        *,
        discount_percent: str = "0",
        streak: int = 0,
        version: int = 1,
        reason: str = "",
        prior: Mapping[str, str] | None = None,
    ) -> Decimal:
        """Issue a bill of these lines and return what it charges."""
        services = {
            row.code: row
            for row in self.run(
                "SELECT s.id, s.code, v.percent FROM service s JOIN vat_rate v ON v.service_id = s.id"
            )
        }
        charged = interest = base = Decimal(0)
        for number, (code, quantity, price) in enumerate(lines, start=1):
            service = services[code]
            amount = round_rsd(Decimal(quantity) * Decimal(price))
            charged += amount
            if code == "interest":
                interest += amount
            else:
                base += amount
            self.insert(
                "bill_line",
                ident=ident,
                ggmm=period.ggmm,
                version=version,
                line_no=number,
                service_id=service.id,
                quantity=Decimal(quantity),
                price=Decimal(price),
                vat_percent=service.percent,
                vat=included_vat(amount, percent=service.percent),
                amount=amount,
            )
        before = {"unsued": "0", "sued": "0", "plan": "0", "overpaid": "0", **(prior or {})}
        self.insert(
            "bill",
            ident=ident,
            ggmm=period.ggmm,
            version=version,
            issued_on=bills.issued_on(period),
            discount_until=bills.discount_until(period, holidays=()),
            due_on=bills.due_on(period),
            charged=charged,
            interest=interest,
            discount_percent=Decimal(discount_percent),
            discount=round_rsd(base * Decimal(discount_percent) / 100),
            streak=streak,
            kind="flat",
            area=Decimal("54.30"),
            heated_area=Decimal("52.10"),
            members=3,
            charging_method="area",
            prior_unsued=Decimal(before["unsued"]),
            prior_sued=Decimal(before["sued"]),
            prior_plan=Decimal(before["plan"]),
            prior_overpaid=Decimal(before["overpaid"]),
            reason=reason,
        )
        return charged

    def pay(
        self,
        ident: int,
        amount: str,
        *,
        on: date,
        against: Mapping[Period, str] | None = None,
        plan: tuple[int, int, str] | None = None,
        channel: str = "post",
        reference: str = "",
    ) -> int:
        """Write a payment set against what is said here, or nothing, and return its id."""
        payment: int = self.run(
            "INSERT INTO payment (ident, received_on, amount, channel, reference, payer)"
            " VALUES (:ident, :on, :amount, :channel, :reference, 'Petrović Ana') RETURNING id",
            ident=ident,
            on=on,
            amount=Decimal(amount),
            channel=channel,
            reference=reference,
        ).scalar_one()
        parts: list[dict[str, object]] = [
            {"ggmm": period.ggmm, "amount": Decimal(part)} for period, part in (against or {}).items()
        ]
        if plan is not None:
            parts.append({"plan_id": plan[0], "instalment_no": plan[1], "amount": Decimal(plan[2])})
        for number, part in enumerate(parts, start=1):
            self.insert("allocation", ident=ident, payment_id=payment, allocation_no=number, **part)
        return payment

    def receive(
        self, ident: int, amount: str, *, on: date, reference: str = "", channel: str = "bank"
    ) -> int:
        """Let money arrive and settle what its reference names, and return the payment's id."""
        payment: int = self.run(
            "SELECT book_payment(:ident, :on, :amount, :channel, :reference, 'Petrović Ana')",
            ident=ident,
            on=on,
            amount=Decimal(amount),
            channel=channel,
            reference=reference,
        ).scalar_one()
        return payment

    @contextmanager
    def signed_in(self, login: str) -> Iterator[Session]:
        """Become a member of staff for the block; statements made meanwhile are counted."""
        self.connection.execute(text(f"SET LOCAL SESSION AUTHORIZATION '{login}'"))
        self.statements.clear()
        self._asked.clear()
        session = Session(self.connection, join_transaction_mode="create_savepoint", autoflush=False)
        event.listen(self.connection, "before_cursor_execute", self._note)
        try:
            yield session
            session.commit()
        finally:
            event.remove(self.connection, "before_cursor_execute", self._note)
            session.close()
            self.connection.execute(text("RESET SESSION AUTHORIZATION"))

    @contextmanager
    def visiting(self, login: str, ident: int, *, verified: bool = True) -> Iterator[Session]:
        """Sign in and hold a visit to an account, verified for who must verify."""
        claims = self.known_by_caller(ident)
        with self.signed_in(login) as session:
            visit = visits.open_account(session, ident=ident, purpose=Purpose.CALL, channel=Channel.PHONE)
            if verified and visit["must_verify"] and not visit["is_verified"]:
                self.a_moment_later(login)
                visits.verify_caller(session, ident=ident, claims=claims)
            self.a_moment_later(login)
            self.statements.clear()
            self._asked.clear()
            yield session

    def known_by_caller(self, ident: int) -> dict[visits.Claim, visits.Said]:
        """Return what the holder of an account says right: the name, and one datum that is compared."""
        found = self.run(
            "SELECT 'jmbg_last4', right(jmbg, 4) FROM holder"
            " WHERE ident = :ident AND valid_to IS NULL AND jmbg IS NOT NULL"
            " UNION ALL SELECT kind, value FROM contact WHERE ident = :ident AND ended_on IS NULL LIMIT 1",
            ident=ident,
        ).first()
        return {visits.Claim.NAME: True, **({visits.Claim(found[0]): found[1]} if found else {})}

    def a_moment_later(self, login: str) -> None:
        """Let what was written so far be as old as if it had been committed before, and go on as ``login``.

        A visit discloses nothing to the transaction that opened it.
        """
        self.run("RESET SESSION AUTHORIZATION")
        self.run("SET LOCAL session_replication_role = replica")  # logs are never altered
        for moment in ("opened_at", "verified_at"):
            self.run(f"UPDATE visit SET {moment} = now() - interval '1 second' WHERE {moment} >= now()")
        self.run(
            "UPDATE read_log SET happened_at = happened_at - interval '1 minute' WHERE happened_at >= now()"
        )
        self.run("SET LOCAL session_replication_role = origin")
        self.run(f'SET LOCAL SESSION AUTHORIZATION "{login}"')

    def plans(self, *, small_tables: bool = True) -> list[dict[str, Any]]:
        """Explain every statement made since signing in, as the same person.

        Of ``small_tables`` the planner would scan any; asked what it can do
        without scanning, it shows whether there is an index to use.
        """
        asked = list(self._asked)
        if small_tables:
            self.connection.execute(text("SET LOCAL enable_seqscan = off"))
        found = []
        for statement, given in asked:
            cursor = self.connection.connection.cursor()
            cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement, given)
            found.append(cursor.fetchone()[0][0]["Plan"])
            cursor.close()
        self.connection.execute(text("SET LOCAL enable_seqscan = on"))
        return found

    def _note(self, _connection: Connection, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        if statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "EXPLAIN")):
            return
        self.statements.append(statement)
        self._asked.append((statement, given))


def nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Walk an explained plan."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


@contextmanager
def refused(session: Session, kind: type[Exception]) -> Iterator[pytest.ExceptionInfo[Exception]]:
    """Expect an error as the gateway would hand it to a screen; what was done before stays."""
    point = session.begin_nested()
    with pytest.raises(kind) as caught, _translated():
        yield caught
    point.rollback()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise errors.translate(error) from error


@pytest.fixture(scope="module")
def engine(module_database: Database) -> Iterator[Engine]:
    """The module's database with the code lists in it, as its owner."""
    url = module_database.url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        codebook.load(connection)
        build(Town(connection))
        invent_day(Town(connection).run, TODAY)
    yield engine
    engine.dispose()


@pytest.fixture
def town(engine: Engine) -> Iterator[Town]:
    """Four people of staff and three accounts; all gone after the test."""
    with engine.connect() as connection:
        transaction = connection.begin()
        town = Town(connection)
        for login, (role, name) in ROLES.items():
            town.run(f"CREATE ROLE {login} LOGIN")
            town.run(f"GRANT {role} TO {login}")
            town.insert("staff", login=login, full_name=name, role=role, branch_id=6)
        furnish(town)
        yield town
        transaction.rollback()


def build(town: Town) -> None:
    """Build the one house of the town."""
    settlement = town.run("SELECT id FROM settlement WHERE name = 'Zvezdara'").scalar_one()
    town.insert("street", id=1, settlement_id=settlement, name="Učiteljska")
    town.insert(
        "building",
        id=1,
        street_id=1,
        house_number="12a",
        has_district_heating=True,
        has_assembly=True,
        has_elevator=False,
    )


def furnish(town: Town) -> None:
    """Put the three accounts into the town."""
    for ident, door in ((ANA, "15"), (FIRM, "1"), (NEW, "16")):
        town.insert("account", ident=ident, opened_on=date(2015, 3, 1))
        town.insert("premises", ident=ident, building_id=1, entrance="", floor="III", door=door)
        town.insert(
            "premises_state",
            ident=ident,
            valid_from=date(2015, 3, 1),
            kind="business" if ident == FIRM else "flat",
            area=Decimal("54.30"),
            heated_area=Decimal("52.10"),
            members=3,
            charging_method="area",
            is_water_metered=False,
            has_hot_water=True,
            has_waste=True,
            is_rented_from_city=False,
        )
        town.insert("delivery", ident=ident, by_email=False, on_paper=True)
    town.insert(
        "holder",
        ident=ANA,
        valid_from=date(2015, 3, 1),
        valid_to=date(2021, 6, 1),
        kind="natural",
        first_name="Petar",
        last_name="Petrović",
    )
    town.insert(
        "holder",
        ident=ANA,
        valid_from=date(2021, 6, 1),
        kind="natural",
        first_name="Ana",
        last_name="Petrović",
        jmbg="0101990360007",
    )
    town.insert(
        "holder",
        ident=FIRM,
        valid_from=date(2015, 3, 1),
        kind="legal",
        business_name="Jović d.o.o.",
        pib="100001011",
        company_number="07000006",
    )
    town.insert(
        "holder",
        ident=NEW,
        valid_from=date(2026, 7, 1),
        kind="natural",
        first_name="Đorđe",
        last_name="Lukić",
    )
