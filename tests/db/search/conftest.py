"""Eight accounts to find, and a clerk who looks for them."""

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Row, create_engine, text
from sqlalchemy.orm import Session

from app.usecases import search
from tests.conftest import Database

CLERK = "finding_clerk"

HOLDERS = [
    # ident, last, first, business, jmbg, pib, company number, street, number, floor, door
    (1000042, "Petrović", "Ana", "", "0101990715003", None, None, "Učiteljska", "12a", "III", "15"),
    (1000043, "Petrović", "Petar", "", None, None, None, "Učiteljska", "14", "PR", "1"),
    (1000044, "Đorđević", "Ljiljana", "", None, None, None, "Bulevar kralja Aleksandra", "73", "", ""),
    (1000045, "Dokić", "Đorđe", "", None, None, None, "Njegoševa", "5", "", ""),
    (1000046, "Đokić", "Milan", "", None, None, None, "Njegoševa", "5", "I", "2"),
    (1000047, "", "", "Pekara Jović d.o.o.", None, "100000049", "07000006", "Učiteljska", "12", "", ""),
    (1000048, "Anić", "Marko", "", None, None, None, "Petrovićeva", "3", "", ""),
    (1000049, "Stanković", "Zorica", "", None, None, None, "Cvijićeva", "9", "II", "8"),
]


@pytest.fixture(scope="module")
def filled(module_database: Database) -> Iterator[Database]:
    with psycopg.connect(module_database.url, autocommit=True) as owner:
        owner.execute("SET ROLE salter_owner")
        owner.execute("INSERT INTO municipality VALUES (1, 'Zvezdara'), (2, 'Obrenovac')")
        owner.execute("INSERT INTO settlement VALUES (1, 1, 'Zvezdara', '11050'), (2, 2, 'Barič', '11504')")
        for place, row in enumerate(HOLDERS, start=1):
            ident, last, first, business, jmbg, pib, number, street, house, floor, door = row
            owner.execute(
                "INSERT INTO street SELECT %s, 1, %s WHERE NOT EXISTS (SELECT FROM street WHERE name = %s)",
                [place, street, street],
            )
            owner.execute(
                "INSERT INTO building SELECT %s, (SELECT id FROM street WHERE name = %s), %s, false, false,"
                " false ON CONFLICT DO NOTHING",
                [place, street, house],
            )
            owner.execute("INSERT INTO account VALUES (%s, '2015-01-01')", [ident])
            owner.execute(
                "INSERT INTO premises SELECT %s, b.id, '', %s, %s FROM building b JOIN street s"
                " ON s.id = b.street_id WHERE s.name = %s AND b.house_number = %s",
                [ident, floor, door, street, house],
            )
            owner.execute(
                "INSERT INTO holder (ident, valid_from, kind, first_name, last_name, business_name, jmbg,"
                " pib, company_number) VALUES (%s, '2015-01-01', %s, %s, %s, %s, %s, %s, %s)",
                [ident, "legal" if business else "natural", first, last, business, jmbg, pib, number],
            )
        owner.execute(
            "INSERT INTO contact VALUES"
            " (1000042, 1, 'phone', '064/123-4567', '0641234567', '2020-01-01', NULL),"
            " (1000042, 2, 'email', 'Ana@Example.rs', 'ana@example.rs', '2020-01-01', NULL),"
            " (1000043, 1, 'phone', '064 999 999', '064999999', '2020-01-01', '2021-01-01'),"
            " (1000044, 1, 'phone', '011/334-567', '011334567', '2020-01-01', NULL)"
        )
        owner.execute(
            "INSERT INTO enforcement_case (ident, internal_number, case_number, state, principal, interest,"
            " interest_until, creditor_costs, bailiff_costs)"
            " VALUES (1000044, 'U-1', 'I.Iv 1234/2025', 'final', 100, 0, '2025-01-01', 0, 0),"
            " (1000045, 'U-2', '', 'filed', 100, 0, '2025-01-01', 0, 0)"
        )
        owner.execute("UPDATE account SET closed_on = '2024-05-01' WHERE ident = 1000049")
        owner.execute("INSERT INTO branch VALUES (1, 'X', 'Sample', '', '', '', true) ON CONFLICT DO NOTHING")
        owner.execute(
            "INSERT INTO staff (login, full_name, role, branch_id) VALUES (%s, 'Clerk', 'desk_clerk', 1)",
            [CLERK],
        )
        owner.execute("RESET ROLE")
        owner.execute(f"DROP ROLE IF EXISTS {CLERK}")
        owner.execute(f"CREATE ROLE {CLERK} LOGIN")
        owner.execute(f"GRANT desk_clerk TO {CLERK}")
    yield module_database
    with psycopg.connect(module_database.url, autocommit=True) as owner:
        owner.execute(f"DROP ROLE {CLERK}")


@pytest.fixture
def connection(filled: Database) -> Iterator[Connection]:
    engine = create_engine(filled.url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as opened:
        yield opened
        opened.rollback()
    engine.dispose()


@pytest.fixture
def session(connection: Connection) -> Session:
    """A session of the clerk's; a test that changes rows resets the role by ``owner``."""
    connection.execute(text("SET plan_cache_mode = force_custom_plan"))
    connection.execute(text(f"SET SESSION AUTHORIZATION {CLERK}"))
    return Session(connection, autoflush=False)


def owner(session: Session, statement: str, **given: object) -> Sequence[Row[Any]]:
    """Say something as the owner of the database, in the middle of the clerk's transaction."""
    session.execute(text("RESET SESSION AUTHORIZATION"))
    answer = session.execute(text(statement), given)
    rows = answer.all() if answer.returns_rows else ()
    session.execute(text(f"SET SESSION AUTHORIZATION {CLERK}"))
    return rows


def idents(found: search.Found) -> list[int]:
    return [hit.ident for hit in found.hits]


@pytest.fixture
def crowded(session: Session) -> Session:
    owner(
        session,
        "INSERT INTO account_search (ident, name, address, name_fold, address_fold, words, is_closed)"
        " SELECT 2000000 + no, 'Jovanović ' || no, 'Glavna ' || no || ', Zemun',"
        " fold('Jovanović ' || no), fold('Glavna ' || no || ', Zemun'),"
        " fold('Jovanović ' || no || ' Glavna ' || no || ', Zemun'), false"
        " FROM generate_series(1, 3000) AS no ORDER BY 4",
    )
    owner(
        session,
        "INSERT INTO search_word"
        " SELECT word, count(*) FROM account_search, string_to_table(words, ' ') AS word"
        " WHERE ident > 2000000 GROUP BY word"
        " ON CONFLICT (word) DO UPDATE SET frequency = excluded.frequency",
    )
    owner(session, "ANALYZE account_search")
    owner(session, "ANALYZE search_word")
    return session
