"""What was issued, received, said or logged stays as it is: for the desk, and for the owner too."""

import psycopg
import pytest

from tests.security.conftest import ANA, EVERYBODY, SERVING, one, visit

KEPT = ["bill", "bill_line", "payment", "allocation", "call_note", "reissue", "audit_log", "read_log"]
PARTITIONS = ["bill_2026", "bill_line_2026"]


@pytest.mark.parametrize("table", [*KEPT, *PARTITIONS])
@pytest.mark.parametrize("login", EVERYBODY)
def test_the_desk_alters_nothing(enter, login, table):
    connection = enter(login)
    if login in SERVING:
        visit(connection, ANA)

    for statement in (
        f"UPDATE {table} SET ident = ident",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        f"DROP TABLE {table}",
        f"ALTER TABLE {table} ADD COLUMN x int",
        f"CREATE TRIGGER t BEFORE INSERT ON {table} EXECUTE FUNCTION refuse_change()",
        f"CREATE RULE r AS ON UPDATE TO {table} DO INSTEAD NOTHING",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


@pytest.mark.parametrize("table", [*KEPT, *PARTITIONS])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET ident = ident", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_owner_alters_nothing_either(superuser, table, statement):
    assert one(superuser, f"SELECT count(*) FROM {table}") > 0

    with pytest.raises(psycopg.Error, match="row_immutable"):
        superuser.execute(statement.format(table))


@pytest.mark.parametrize("table", KEPT)
def test_no_row_is_merged_or_upserted_away(superuser, table):
    with pytest.raises(psycopg.Error, match="row_immutable"):
        superuser.execute(
            f"MERGE INTO {table} t USING (SELECT 1 AS x) s ON t.ident IS NOT NULL WHEN MATCHED THEN DELETE"
        )


def test_the_partitions_of_a_year_made_later_are_guarded_alike(guarded):
    with guarded.as_superuser(autocommit=False) as owner:
        owner.execute("SET ROLE salter_owner")
        owner.execute("SELECT add_year(2031)")
        for statement in ("TRUNCATE bill_2031", "TRUNCATE bill_line_2031"):
            owner.execute("SAVEPOINT before")
            with pytest.raises(psycopg.Error, match="row_immutable"):
                owner.execute(statement)
            owner.execute("ROLLBACK TO before")
        held = one(
            owner,
            "SELECT count(*) FROM pg_class c, aclexplode(c.relacl) a"
            " WHERE c.relname LIKE '%%_2031' AND a.grantee <> c.relowner",
        )
        assert held == 0
        owner.rollback()


def test_a_bill_moves_to_no_other_month(superuser):
    with pytest.raises(psycopg.Error, match="row_immutable"):
        superuser.execute("UPDATE bill SET ggmm = 2501 WHERE ident = %s AND ggmm = 2606", [ANA])


def test_author_and_time_of_a_note_are_the_server_s(clerk):
    for column, value in (("author", "'somebody'"), ("written_at", "'2020-01-01'")):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            clerk.execute(
                f"INSERT INTO call_note (ident, channel, text, {column})"
                f" VALUES ({ANA}, 'phone', 'x', {value})"
            )
    written = clerk.execute(
        "INSERT INTO call_note (ident, channel, text) VALUES (%s, 'phone', 'x')"
        " RETURNING author = session_user, written_at > now() - interval '1 minute'",
        [ANA],
    ).fetchone()
    assert written == (True, True)


def test_operator_branch_and_time_of_a_copy_are_the_server_s(clerk):
    for column, value in (("operator", "'somebody'"), ("made_at", "'2020-01-01'"), ("branch_id", "2")):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            clerk.execute(
                "INSERT INTO reissue (ident, ggmm, version, reason, medium, script,"
                f" {column}) VALUES ({ANA}, 2606, 1, 'lost', 'printed', 'latin', {value})"
            )


def test_the_moment_of_consent_is_the_server_s_and_nothing_is_switched_by_hand(clerk):
    for column in ("version", "ident", "email", "by_email", "on_paper"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            clerk.execute(f"UPDATE delivery SET {column} = {column} WHERE ident = {ANA}")


@pytest.mark.parametrize(
    "table", ["bill_balance", "account_balance", "instalment", "enforcement_case", "plan"]
)
def test_no_sum_is_set_by_hand(clerk, table):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        clerk.execute(f"UPDATE {table} SET ident = ident")
