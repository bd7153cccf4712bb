"""The guard from outside: real sign-ins with passwords, plain SQL, none of the client's code.

One small database, committed, that every attempt finds as the one before left it:
attempts fail, so they leave nothing.  What may succeed is made on accounts of its own.
"""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine

from db import schema
from db.embedded import EmbeddedServer
from tests.conftest import Database
from tests.invented_day import OFFICE_DAY, invent_day

PASSWORD = "Tajna-lozinka-1"

AGENT, CLERK, SUPERVISOR, ADMIN = "guard_agent", "guard_clerk", "guard_supervisor", "guard_admin"
LEFT, STRANGER, OTHER_CLERK = "guard_left", "guard_stranger", "guard_other_clerk"
OTHER_SUPERVISOR = "guard_other_supervisor"
SERVING = (AGENT, CLERK, SUPERVISOR)
EVERYBODY = (*SERVING, ADMIN, LEFT, STRANGER)
"""``LEFT`` works here no more; ``STRANGER`` is in a desk role but not on the staff list."""

ROLES = {
    AGENT: "desk_agent",
    CLERK: "desk_clerk",
    OTHER_CLERK: "desk_clerk",
    SUPERVISOR: "desk_supervisor",
    OTHER_SUPERVISOR: "desk_supervisor",
    ADMIN: "desk_admin",
    LEFT: "desk_supervisor",
    STRANGER: "desk_clerk",
}

ANA, BORA = 1000042, 1000318
"""Two accounts with rows in every table; nobody visits ``BORA``."""

JMBG = {ANA: "0101990715003", BORA: "1505985710009"}

_idents = itertools.count(2_000_001)


@dataclass(frozen=True, slots=True)
class Guarded:
    """The database, and the ways into it."""

    database: Database

    def signed_in(self, login: str, *, autocommit: bool = True) -> psycopg.Connection[Any]:
        """Connect as ``login`` with the password."""
        return psycopg.connect(self.database.url_for(login, password=PASSWORD), autocommit=autocommit)

    def as_superuser(self, *, autocommit: bool = True) -> psycopg.Connection[Any]:
        """Connect as the owner of the cluster."""
        return psycopg.connect(self.database.url, autocommit=autocommit)

    def new_account(self) -> int:
        """Make an account with the rows an account begins with, committed."""
        ident = next(_idents)
        with self.as_superuser() as owner:
            owner.execute("SET ROLE salter_owner")
            _account(owner, ident, jmbg="")
        return ident


@pytest.fixture(scope="session")
def people(cluster: EmbeddedServer) -> Iterator[None]:
    """Everybody's role; roles belong to the cluster."""
    with psycopg.connect(cluster.url_for("postgres"), autocommit=True) as owner:
        for login in ROLES:
            owner.execute(f"CREATE ROLE {login} LOGIN PASSWORD '{PASSWORD}'")
    yield
    # anew: other tests of the run stop the server
    with psycopg.connect(cluster.url_for("postgres"), autocommit=True) as owner:
        for login in ROLES:
            owner.execute(f"DROP ROLE {login}")


@pytest.fixture(scope="module")
def guarded(module_database: Database, people: None) -> Iterator[Guarded]:
    """The database with its staff and two accounts."""
    _upgrade(module_database)
    with psycopg.connect(module_database.url, autocommit=True) as owner:
        invent_day(owner.execute, OFFICE_DAY)  # type: ignore[arg-type]
        for login, role in ROLES.items():
            owner.execute(f"GRANT {role} TO {login}")
            owner.execute(f"ALTER ROLE {login} CONNECTION LIMIT -1")  # another module may have bound it
        owner.execute("SET ROLE salter_owner")
        _codes(owner)
        # requests of these tests carry the days of other years
        owner.execute("INSERT INTO setting VALUES ('change_received_days', '1977-01-01', '36500', true)")
        for login, role in ROLES.items():
            if login != STRANGER:
                owner.execute(
                    "INSERT INTO staff (login, full_name, role, branch_id, is_active)"
                    " VALUES (%s, initcap(%s), %s, 1, %s)",
                    [login, login, role, login != LEFT],
                )
        for ident, number in JMBG.items():
            _account(owner, ident, jmbg=number)
            _history(owner, ident)
    yield Guarded(module_database)
    with psycopg.connect(module_database.url, autocommit=True) as owner:
        for login, role in ROLES.items():
            owner.execute(f"DROP OWNED BY {login}")
            owner.execute(f"REVOKE {role} FROM {login}")


@pytest.fixture
def enter(guarded: Guarded) -> Iterator[Callable[[str], psycopg.Connection[Any]]]:
    """Sign in; closed at the end of the test."""
    with ExitStack() as stack:
        yield lambda login: stack.enter_context(guarded.signed_in(login))


@pytest.fixture
def superuser(guarded: Guarded) -> Iterator[psycopg.Connection[Any]]:
    with guarded.as_superuser() as opened:
        yield opened


@pytest.fixture
def clerk(enter: Callable[[str], psycopg.Connection[Any]]) -> psycopg.Connection[Any]:
    """A clerk who holds a visit to ``ANA``."""
    opened = enter(CLERK)
    visit(opened, ANA)
    return opened


def visit(connection: psycopg.Connection[Any], ident: int) -> None:
    """Open a visit; the agent has the caller verified too."""
    connection.execute("SELECT open_visit(%s, 'service', 'counter')", [ident])
    if one(connection, "SELECT must_verify()"):
        verify(connection, ident)


def verify(connection: psycopg.Connection[Any], to_ident: int, /, **claims: object) -> Any:
    """Try to verify a caller; without claims by the name and the e-mail address every account here has."""
    from psycopg.types.json import Jsonb

    given = claims or {"name": True, "email": f"a{to_ident}@example.rs"}
    return one(connection, "SELECT verify_caller(%s, %s)", to_ident, Jsonb(given))


def one(connection: psycopg.Connection[Any], statement: str, *given: object) -> Any:
    """Return the first column of the first row."""
    row = connection.execute(statement, given or None).fetchone()
    assert row is not None
    return row[0]


def sqlstate_of(connection: psycopg.Connection[Any], statement: str) -> str:
    """Try a statement and return how it was refused; an empty string where it was not."""
    try:
        if statement.startswith("COPY"):
            with connection.cursor().copy(statement) as rows:
                list(rows)
        else:
            connection.execute(statement)
    except psycopg.Error as error:
        return error.sqlstate or "no answer"
    return ""


def close_visits(connection: psycopg.Connection[Any]) -> None:
    """End every visit of the person signed in."""
    connection.execute("SELECT close_visit(ident) FROM visit WHERE closed_at IS NULL")


def _upgrade(database: Database) -> None:
    # rights on a database are not copied with it: only an upgrade takes TEMPORARY from everybody
    engine = create_engine(database.url.replace("postgresql://", "postgresql+psycopg://", 1))
    schema.upgrade(engine)
    engine.dispose()


def _codes(owner: psycopg.Connection[Any]) -> None:
    owner.execute("INSERT INTO branch VALUES (1, 'SV', 'Savski venac', '', '', '', true)")
    owner.execute("INSERT INTO municipality VALUES (1, 'Zvezdara')")
    owner.execute("INSERT INTO settlement VALUES (1, 1, 'Zvezdara', '11050')")
    owner.execute("INSERT INTO street VALUES (1, 1, 'Učiteljska')")
    owner.execute("INSERT INTO building VALUES (1, 1, '12a', true, false, false)")
    owner.execute("INSERT INTO provider (id, code, name) VALUES (1, 'BVK', 'Vodovod')")
    owner.execute(
        "INSERT INTO service (id, code, provider_id, name, unit, basis, premises_kinds, position)"
        " VALUES (1, 'water', 1, 'Voda', 'm3', 'area', '{flat}', 1)"
    )
    owner.execute("INSERT INTO bailiff VALUES (1, 'Izvršitelj', 'Beograd', '', '', '')")
    owner.execute("INSERT INTO programme (id, code, name) VALUES (1, 'P1', 'Program')")
    owner.execute(
        "INSERT INTO programme_version (programme_id, version, valid_from, terms, state, published_at)"
        """ VALUES (1, 1, '2020-01-01', '{"steps": [["ordinary", 12, "0"]]}', 'published', '2020-01-01')"""
    )


def _account(owner: psycopg.Connection[Any], ident: int, *, jmbg: str) -> None:
    owner.execute("INSERT INTO account (ident, opened_on) VALUES (%s, '2015-01-01')", [ident])
    owner.execute("INSERT INTO premises (ident, building_id) VALUES (%s, 1)", [ident])
    owner.execute(
        "INSERT INTO premises_state VALUES (%s, '2015-01-01', NULL, 'flat', 54, 50, 3, 'area', false, true,"
        " true, false)",
        [ident],
    )
    owner.execute(
        "INSERT INTO holder (ident, valid_from, kind, first_name, last_name, jmbg)"
        " VALUES (%s, '2015-01-01', 'natural', 'Ana', 'Petrović', nullif(%s, ''))",
        [ident, jmbg],
    )
    owner.execute(
        "INSERT INTO contact VALUES (%s, 1, 'email', 'a@example.rs', %s, '2020-01-01')",
        [ident, f"a{ident}@example.rs"],
    )
    owner.execute("INSERT INTO delivery (ident, by_email, on_paper) VALUES (%s, false, true)", [ident])


def issue_bill(
    owner: psycopg.Connection[Any], ident: int, ggmm: int, charged: str, *, version: int = 1
) -> None:
    """Issue a bill with one line."""
    owner.execute(
        "INSERT INTO bill_line VALUES (%s, %s, %s, 1, 1, 1, %s, 10, 0, %s)",
        [ident, ggmm, version, charged, charged],
    )
    owner.execute(
        "INSERT INTO bill (ident, ggmm, version, issued_on, discount_until, due_on, charged, interest,"
        " discount_percent, discount, streak, kind, area, heated_area, members, charging_method,"
        " prior_unsued, prior_sued, prior_plan, prior_overpaid, reason)"
        " VALUES (%s, %s, %s, '2026-07-01', '2026-07-15', '2026-07-31', %s, 0, 0, 0, 0, 'flat', 54, 50, 3,"
        " 'area', 0, 0, 0, 0, %s)",
        [ident, ggmm, version, charged, "" if version == 1 else "ispravka"],
    )


def pay(
    owner: psycopg.Connection[Any], ident: int, amount: str, against: dict[int, str] | None = None
) -> int:
    """Book a payment and allocate parts of it to months."""
    payment: int = one(
        owner,
        "INSERT INTO payment (ident, received_on, amount, channel) VALUES (%s, '2026-07-05', %s, 'post')"
        " RETURNING id",
        ident,
        amount,
    )
    for number, (ggmm, part) in enumerate((against or {}).items(), start=1):
        owner.execute(
            "INSERT INTO allocation (ident, payment_id, allocation_no, ggmm, amount)"
            " VALUES (%s, %s, %s, %s, %s)",
            [ident, payment, number, ggmm, part],
        )
    return payment


def _history(owner: psycopg.Connection[Any], ident: int) -> None:
    issue_bill(owner, ident, 2605, "1000")
    issue_bill(owner, ident, 2606, "2000")
    pay(owner, ident, "600", {2605: "400"})
    owner.execute("INSERT INTO subsidy VALUES (%s, '2026-01-01', NULL, 'low_income', 10, 'R-1')", [ident])
    owner.execute(
        "INSERT INTO portal_registration VALUES (%s, 'ana', '2024-01-01', NULL, false, NULL)", [ident]
    )
    owner.execute(
        "INSERT INTO email_consent VALUES (%s, 1, 'stara@example.rs', 'Ana Petrović', '2020-11-03', 'portal',"
        " 1, '', '2022-01-01', 'salter', 'withdrawn')",
        [ident],
    )
    notice = one(
        owner,
        "INSERT INTO notice (ident, number, kind, state, drawn_on, delivery_method, days_to_pay, principal,"
        " interest) VALUES (%s, 'O-1', 'first', 'drawn', '2026-07-10', 'post', 8, 600, 0) RETURNING id",
        ident,
    )
    owner.execute("INSERT INTO notice_item VALUES (%s, %s, 2605, 600, 0)", [ident, notice])
    case = one(
        owner,
        "INSERT INTO enforcement_case (ident, internal_number, bailiff_id, state, principal, interest,"
        " interest_until, creditor_costs, bailiff_costs)"
        " VALUES (%s, 'U-1', 1, 'filed', 600, 0, '2026-07-01', 0, 0) RETURNING id",
        ident,
    )
    owner.execute("INSERT INTO enforcement_item VALUES (%s, %s, 2605, 600)", [ident, case])
    plan = one(
        owner,
        "INSERT INTO plan (ident, programme_id, contract_number, state, signed_on, principal, interest,"
        " costs, written_off_principal, written_off_interest, payable)"
        " VALUES (%s, 1, %s, 'active', '2026-07-01', 2000, 0, 0, 0, 0, 2000) RETURNING id",
        ident,
        f"R-{ident}",
    )
    owner.execute("INSERT INTO plan_item VALUES (%s, %s, 2606, 2000, 0, false)", [ident, plan])
    owner.execute("INSERT INTO instalment VALUES (%s, %s, 1, '2026-08-15', 2000)", [ident, plan])
    owner.execute("INSERT INTO call_note (ident, channel, text) VALUES (%s, 'phone', 'Zvao je.')", [ident])
    owner.execute("RESET ROLE")
    owner.execute(f"SET SESSION AUTHORIZATION {SUPERVISOR}")
    owner.execute("SELECT open_visit(%s, 'service', 'counter')", [ident])
    owner.execute(
        "INSERT INTO reissue (ident, ggmm, version, reason, medium, script)"
        " VALUES (%s, 2606, 1, 'lost', 'printed', 'latin')",
        [ident],
    )
    owner.execute("SELECT close_visit(%s)", [ident])
    owner.execute("RESET SESSION AUTHORIZATION")
    owner.execute("SET ROLE salter_owner")
