"""``salter-db check``: whatever is broken in a sound database is found, by the check it belongs to."""

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from db import checks, city, schema
from db.embedded import EmbeddedServer
from tests.conftest import Database, copied_from

TODAY = date(2026, 11, 21)
SOUND_CITY = "salter_sound_city"


@pytest.fixture(scope="module")
def sound_city(cluster: EmbeddedServer, template: str) -> Iterator[str]:
    """The name of a database with a small sound city; copied, never used itself."""
    cluster.create_database(SOUND_CITY, template=template)
    city.small(cluster.url_for(SOUND_CITY), today=TODAY)
    yield SOUND_CITY
    cluster.drop_database(SOUND_CITY)


@pytest.fixture
def copy(cluster: EmbeddedServer, sound_city: str) -> Iterator[Database]:
    with copied_from(sound_city, server=cluster) as database:
        yield database


def damage(database: Database, *statements: str) -> None:
    """Do what nobody may: as a superuser, past every trigger."""
    with psycopg.connect(database.url, autocommit=True) as session:
        session.execute("SET session_replication_role = replica")
        for statement in statements:
            session.execute(statement)


def findings(database: Database, *only: str) -> list[checks.Finding]:
    engine = create_engine(
        database.url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool
    )
    return [finding for result in checks.run(engine, only=only) for finding in result.findings]


def problems(database: Database, *only: str) -> list[str]:
    return [finding.problem for finding in findings(database, *only)]


def test_a_sound_city_has_nothing_to_be_found(copy: Database):
    assert findings(copy) == []


def test_a_database_never_set_up_is_told_from_one_of_another_version(cluster: EmbeddedServer, copy: Database):
    with copied_from("template0", server=cluster) as empty:
        assert problems(empty) == ["the database was never set up: run salter-db init"]

    damage(copy, "UPDATE alembic_version SET version_num = '0000'")
    assert [problem.split(",")[0] for problem in problems(copy)] == ["the schema is 0000"]


DAMAGE = (
    (
        "ALTER TABLE payment DROP CONSTRAINT ck_payment_amount",
        "missing constraint payment.ck_payment_amount",
    ),
    (
        "ALTER TABLE holder DROP CONSTRAINT ex_holder_validity",
        "missing constraint holder.ex_holder_validity",
    ),
    ("DROP TRIGGER book_bills ON bill", "missing trigger bill.book_bills"),
    ("ALTER TABLE payment DISABLE TRIGGER immutable_row", "altered trigger payment.immutable_row"),
    ("DROP FUNCTION log_export(text, jsonb, integer)", "missing function log_export(text,jsonb,integer)"),
    (
        "CREATE OR REPLACE FUNCTION may_serve() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "altered function may_serve()",
    ),
    ("DROP INDEX ix_contact_normalized", "missing index ix_contact_normalized"),
    ("DROP POLICY visited ON bill", "missing policy bill.visited"),
    ("ALTER TABLE bill DISABLE ROW LEVEL SECURITY", "altered row security bill"),
    ("GRANT UPDATE ON payment TO desk_clerk", "altered grant payment to desk_clerk"),
    ("GRANT SELECT ON holder TO PUBLIC", "unknown grant holder to public"),
    ("ALTER TABLE payment ADD COLUMN secret text", "unknown column payment.secret"),
    ("CREATE TABLE loot (ident integer)", "unknown column loot.ident"),
    ("CREATE VIEW everybody AS SELECT * FROM holder", "unknown view everybody"),
)
"""A statement, and what is said of what it did."""


@pytest.fixture(scope="module")
def said_of_the_shape(cluster: EmbeddedServer, sound_city: str) -> list[str]:
    """What is said of a database after all of ``DAMAGE``."""
    with copied_from(sound_city, server=cluster) as database:
        damage(database, *(statement for statement, _ in DAMAGE))
        return problems(database, "shape")


@pytest.mark.parametrize("found", [found for _, found in DAMAGE])
def test_what_was_changed_by_hand_is_named(said_of_the_shape: list[str], found: str):
    assert found in said_of_the_shape


def test_what_was_left_alone_is_not_named(said_of_the_shape: list[str]):
    assert not [problem for problem in said_of_the_shape if "allocation" in problem or "notice" in problem]


def test_a_column_of_another_type_is_told_by_the_models(copy: Database):
    damage(copy, "ALTER TABLE branch ALTER COLUMN hours TYPE varchar(99)")

    assert any("models and database differ" in problem for problem in problems(copy, "shape"))


@pytest.mark.parametrize(
    ("check", "statement"),
    [
        (
            "indexes",
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_contact_normalized'::regclass",
        ),
        ("constraints", "ALTER TABLE contact ADD CONSTRAINT ck_later CHECK (value <> '?') NOT VALID"),
        ("chains", "UPDATE audit_log SET new_row = '{}' WHERE chain_no = 5"),
        ("chains", "DELETE FROM audit_log WHERE chain_no = 5"),
        ("chains", "DELETE FROM audit_log WHERE chain_no = (SELECT max(chain_no) FROM audit_log)"),
        ("charges", "UPDATE bill SET charged = charged + 0.01 WHERE ident = 1000042 AND ggmm = 2609"),
        ("charges", "DELETE FROM bill_line WHERE ident = 1000042 AND ggmm = 2609"),
        ("charges", "DELETE FROM bill WHERE ident = 1000042 AND ggmm = 2609"),
        (
            "lines",
            (
                "INSERT INTO bill_line SELECT * FROM bill_line"
                " WHERE ident = 1000042 AND ggmm = 2609 AND line_no = 1"
            ),
        ),
        ("bill balances", "UPDATE bill_balance SET paid = 1 WHERE ident = 1000042 AND ggmm = 2610"),
        ("bill balances", "UPDATE bill_balance SET stage = 'plan' WHERE ident = 1000042 AND ggmm = 2610"),
        ("bill balances", "DELETE FROM bill_balance WHERE ident = 1000042 AND ggmm = 2610"),
        ("account balances", "UPDATE account_balance SET overpaid = 1 WHERE ident = 1000042"),
        ("account balances", "UPDATE account_balance SET latest_ggmm = 2609 WHERE ident = 1000042"),
        (
            "allocations",
            (
                "UPDATE payment SET amount = 0.01 WHERE ident = 1000105"
                " AND id = (SELECT min(payment_id) FROM allocation WHERE ident = 1000105)"
            ),
        ),
        ("instalments", "UPDATE instalment SET paid = amount WHERE ident = 1000551"),
        ("plans", "UPDATE instalment SET amount = amount + 1 WHERE ident = 1000551"),
        ("cases", "UPDATE enforcement_case SET paid_costs = 1 WHERE ident = 1000042"),
        ("search", "UPDATE account_search SET name = 'Petrovic Ana' WHERE ident = 1000042"),
        ("search", "DELETE FROM account_search WHERE ident = 1000042"),
    ],
)
def test_what_does_not_reconcile_is_found(copy: Database, check: str, statement: str):
    damage(copy, statement)

    found = findings(copy, check)

    assert [finding.check for finding in found] == [check]
    assert found[0].count >= 1
    assert found[0].examples


def test_the_account_that_does_not_reconcile_is_named(copy: Database):
    damage(copy, "UPDATE account_balance SET unsued = unsued + 1 WHERE ident = 1000042")

    assert findings(copy, "account balances")[0].examples == ("1000042",)


def test_a_year_without_room_for_its_bills_is_found(copy: Database):
    damage(
        copy,
        "DO $$ BEGIN EXECUTE format('DROP TABLE bill_balance_%s', extract(year FROM now())::int); END $$",
    )

    assert findings(copy, "years")[0].examples[0].startswith("bill_balance_")


@pytest.mark.parametrize(
    ("lost", "named"),
    [
        ("ALTER FUNCTION pg_catalog.texteq(text, text) LEAKPROOF", "texteq(text,text)"),
        ("ALTER FUNCTION pg_catalog.int4eq(integer, integer) COST 1", "int4eq(integer,integer)"),
    ],
)
def test_a_restore_that_let_comparisons_before_the_policies_is_found(copy: Database, lost: str, named: str):
    damage(copy, lost)

    assert [finding.examples for finding in findings(copy, "policies first")] == [(named,)]


def test_an_upgrade_puts_the_policies_first_again(copy: Database):
    damage(
        copy,
        "ALTER FUNCTION pg_catalog.texteq(text, text) LEAKPROOF",
        "ALTER FUNCTION pg_catalog.int4eq(integer, integer) COST 1",
    )
    engine = create_engine(copy.url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool)

    schema.upgrade(engine)

    assert findings(copy, "policies first") == []


def test_checking_changes_nothing_and_leaves_nothing_behind(copy: Database):
    findings(copy)

    with psycopg.connect(copy.url) as session:
        left = session.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'salter_check%'"
        ).fetchall()
    assert left == []


def test_who_may_not_create_databases_is_told_what_was_not_compared(copy: Database):
    with psycopg.connect(copy.url, autocommit=True) as session:
        session.execute("CREATE ROLE auditor LOGIN PASSWORD 'secret' IN ROLE salter_owner")
    try:
        engine = create_engine(
            copy.url_for("auditor", password="secret").replace("postgresql://", "postgresql+psycopg://", 1),
            poolclass=NullPool,
        )
        found = [
            finding.problem for result in checks.run(engine, only=["shape"]) for finding in result.findings
        ]
    finally:
        with psycopg.connect(copy.url, autocommit=True) as session:
            session.execute("DROP ROLE auditor")

    assert len(found) == 1
    assert found[0].startswith("cannot be compared")
