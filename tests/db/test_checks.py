"""``salter-db check``: whatever is broken in a sound database is found, by the check it belongs to."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from db import checks, schema
from db.embedded import EmbeddedServer
from tests.conftest import Database, copied_from
from tests.db.tampering import damage, findings, problems


def test_a_sound_city_has_nothing_to_be_found(copy: Database):
    assert findings(copy) == []


def test_a_database_never_set_up_is_told_from_one_of_another_version(cluster: EmbeddedServer, copy: Database):
    with copied_from("template0", server=cluster) as empty:
        assert problems(empty) == ["the database was never set up: run salter-db init"]

    damage(copy, "UPDATE alembic_version SET version_num = '0000'")
    assert [problem.split(",")[0] for problem in problems(copy)] == ["the schema is 0000"]


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
        ("consents", "UPDATE delivery SET email = 'drugi@example.org' WHERE by_email"),
        ("consents", "UPDATE delivery SET by_email = false, on_paper = true WHERE by_email"),
        ("instalments", "UPDATE instalment SET paid = amount WHERE ident = 1000551"),
        ("plans", "UPDATE instalment SET amount = amount + 1 WHERE ident = 1000551"),
        ("cases", "UPDATE enforcement_case SET paid_costs = 1 WHERE ident = 1000042"),
        (
            "claims",
            (
                "UPDATE notice_item i SET principal = b.charged FROM bill b"
                " WHERE b.ident = i.ident AND b.ggmm = i.ggmm AND b.interest > 0"
            ),
        ),
        ("claims", "UPDATE notice SET interest = interest + 0.01 WHERE ident = 1000042"),
        ("claims", "UPDATE enforcement_item SET principal = principal * 2 WHERE ident = 1000042"),
        ("claimed interest", "UPDATE notice_item SET interest = interest + 500 WHERE ident = 1000042"),
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


@pytest.fixture
def somebody(copy: Database) -> Iterator[str]:
    """The login of an agent of the city, a role of the server until the end of the test."""
    with psycopg.connect(copy.url, autocommit=True) as session:
        session.execute("CREATE ROLE check_somebody LOGIN CONNECTION LIMIT 5 IN ROLE desk_agent")
        session.execute(
            "INSERT INTO staff (login, full_name, role, branch_id)"
            " SELECT 'check_somebody', 'Neko', 'desk_agent', min(id) FROM branch"
        )
        yield "check_somebody"
        session.execute("DROP OWNED BY check_somebody")
        session.execute("DROP ROLE check_somebody")


ABOUT_PEOPLE = (
    "connections",
    "powers",
    "memberships",
    "role settings",
    "database rights",
    "closed functions",
)


def test_somebody_let_in_as_the_list_says_is_no_finding(copy: Database, somebody: str):
    assert findings(copy, *ABOUT_PEOPLE) == []


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("ALTER ROLE check_somebody CONNECTION LIMIT -1", "connections"),
        ("ALTER ROLE check_somebody CONNECTION LIMIT 500", "connections"),
        ("ALTER ROLE check_somebody SUPERUSER", "powers"),
        ("ALTER ROLE check_somebody BYPASSRLS", "powers"),
        ("ALTER ROLE check_somebody CREATEROLE", "powers"),
        ("GRANT desk_supervisor TO check_somebody", "memberships"),
        ("GRANT salter_owner TO check_somebody", "memberships"),
        ("GRANT pg_read_all_data TO check_somebody", "memberships"),
        ("REVOKE desk_agent FROM check_somebody", "memberships"),
        ("GRANT desk_agent TO check_somebody WITH ADMIN OPTION", "memberships"),
        ("UPDATE staff SET role = 'desk_admin' WHERE login = 'check_somebody'", "memberships"),
        ("UPDATE staff SET is_active = false WHERE login = 'check_somebody'", "memberships"),
        ("DELETE FROM staff WHERE login = 'check_somebody'", "memberships"),
        ("ALTER ROLE check_somebody SET row_security = off", "role settings"),
        ("ALTER ROLE check_somebody SET session_replication_role = replica", "role settings"),
        ("GRANT SET ON PARAMETER session_replication_role TO check_somebody", "powers"),
        ("GRANT CREATE ON SCHEMA public TO check_somebody", "database rights"),
        ("CREATE SCHEMA hidden", "database rights"),
        ("GRANT EXECUTE ON FUNCTION pg_advisory_lock(bigint) TO PUBLIC", "closed functions"),
        ("GRANT UPDATE ON pg_catalog.pg_settings TO PUBLIC", "closed functions"),
    ],
)
def test_what_a_superuser_gives_somebody_is_found(copy: Database, somebody: str, statement: str, check: str):
    damage(copy, statement)

    found = findings(copy, *ABOUT_PEOPLE)

    assert check in [finding.check for finding in found]


@pytest.mark.parametrize(
    "setting",
    [
        "session_replication_role = replica",
        "row_security = off",
        "search_path = hidden, public",
        "log_statement = 'all'",
        "debug_print_plan = on",
        "my.own = 'x'",
    ],
)
def test_what_everybody_begins_with_is_found(copy: Database, setting: str):
    damage(copy, f"ALTER DATABASE {copy.name} SET {setting}")

    (finding,) = findings(copy, "role settings")

    assert finding.examples[0].startswith("everybody: ")


@pytest.mark.parametrize(
    "setting", ["work_mem = '64MB'", "random_page_cost = 1.1", "idle_in_transaction_session_timeout = '1min'"]
)
def test_what_makes_the_server_quicker_or_bounds_a_statement_may_be_set(copy: Database, setting: str):
    damage(copy, f"ALTER DATABASE {copy.name} SET {setting}")

    assert findings(copy, "role settings") == []


def test_a_database_that_belongs_to_somebody_of_the_desk_is_found(copy: Database, somebody: str):
    damage(copy, f"ALTER DATABASE {copy.name} OWNER TO check_somebody")
    try:
        found = findings(copy, "database rights")
    finally:
        damage(copy, f"ALTER DATABASE {copy.name} OWNER TO CURRENT_USER")

    assert "database belongs to check_somebody" in found[0].examples


def test_rights_to_the_database_are_found(copy: Database, somebody: str):
    damage(copy, f"GRANT TEMPORARY ON DATABASE {copy.name} TO check_somebody")

    assert findings(copy, "database rights")[0].examples == ("database to check_somebody",)


def test_whoever_watches_the_server_may_connect_and_no_more(copy: Database):
    with psycopg.connect(copy.url, autocommit=True) as owner:
        owner.execute("CREATE ROLE check_watch LOGIN IN ROLE pg_signal_backend, pg_read_all_stats")
        try:
            owner.execute(f"GRANT CONNECT ON DATABASE {copy.name} TO check_watch")
            assert findings(copy, *ABOUT_PEOPLE) == []
            owner.execute(f"GRANT CREATE ON DATABASE {copy.name} TO check_watch")
            assert [finding.check for finding in findings(copy, *ABOUT_PEOPLE)] == ["database rights"]
        finally:
            owner.execute("DROP OWNED BY check_watch")
            owner.execute("DROP ROLE check_watch")


@pytest.mark.parametrize(
    "statement",
    [
        (
            "UPDATE bill_line SET quantity = 2 * quantity, price = price / 2"
            " WHERE ident = 1000042 AND ggmm = 2608"
        ),
        (
            "DELETE FROM bill_line WHERE ident = 1000042 AND ggmm = 2608;"
            "DELETE FROM bill WHERE ident = 1000042 AND ggmm = 2608;"
            "DELETE FROM bill_balance WHERE ident = 1000042 AND ggmm = 2608"
        ),
        "DELETE FROM payment WHERE id = (SELECT min(id) FROM payment)",
        "UPDATE payment SET payer = 'Neko drugi' WHERE id = (SELECT min(id) FROM payment)",
        (
            "INSERT INTO payment (ident, received_on, booked_at, amount, channel)"
            " SELECT ident, received_on, booked_at, 1, channel FROM payment ORDER BY id LIMIT 1"
        ),
    ],
    ids=["quantity and price", "a whole bill", "a payment away", "a payer", "a payment more"],
)
def test_what_was_issued_and_paid_in_a_month_that_is_over_is_held_to_the_joint(
    copy: Database, statement: str
):
    with psycopg.connect(copy.url, autocommit=True) as session:
        session.execute("SELECT join_chains()")
    assert findings(copy, "months", "joints") == []
    damage(copy, statement)

    assert [finding.check for finding in findings(copy, "months", "joints")] == ["months"]


def test_a_month_is_joined_once(copy: Database):
    with psycopg.connect(copy.url, autocommit=True) as session:
        for _ in range(2):
            session.execute("SELECT join_chains()")
        months = session.execute(
            "SELECT count(*), count(DISTINCT m) FROM chain_joint, jsonb_object_keys(content -> 'months') m"
        ).fetchone()

    assert months is not None
    assert months[0] == months[1] > 0


def test_another_name_under_a_decision_is_found(copy: Database):
    damage(copy, "UPDATE change_request SET decided_by = 'somebody' WHERE decided_by IS NOT NULL")

    assert "change deciders" in [finding.check for finding in findings(copy, "change deciders")]
