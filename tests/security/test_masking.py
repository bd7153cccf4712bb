"""A personal number is seen by nobody but through a reveal that is on record."""

import psycopg
import pytest

from tests.security.conftest import (
    ANA,
    BORA,
    CLERK,
    EVERYBODY,
    JMBG,
    SERVING,
    SUPERVISOR,
    one,
    sqlstate_of,
    visit,
)

READING = [
    "SELECT jmbg FROM holder",
    "SELECT * FROM holder",
    "SELECT h FROM holder h",
    "SELECT holder FROM holder",
    "SELECT to_jsonb(h) FROM holder h",
    "SELECT row_to_json(h) FROM holder h",
    "SELECT h::text FROM holder h",
    "SELECT (h).jmbg FROM (SELECT h FROM holder h) t",
    "SELECT max(jmbg) FROM holder",
    "SELECT ident FROM holder WHERE jmbg = '0101990715003'",
    "SELECT ident FROM holder WHERE jmbg LIKE '0101%'",
    "SELECT ident FROM holder ORDER BY jmbg",
    "SELECT count(*) FROM holder GROUP BY jmbg",
    "SELECT a.ident FROM holder a JOIN holder b USING (jmbg)",
    "TABLE holder",
    "COPY holder TO STDOUT",
    "COPY holder (ident, jmbg) TO STDOUT",
    "COPY (SELECT jmbg FROM holder) TO STDOUT",
    "EXPLAIN SELECT ident FROM holder WHERE jmbg = '0101990715003'",
    "SELECT query_to_xml('SELECT jmbg FROM holder', true, true, '')",
    "SELECT table_to_xml('holder', true, true, '')",
    "SELECT * FROM json_populate_recordset(NULL::holder, (SELECT json_agg(h) FROM holder h))",
    "UPDATE holder SET version = version RETURNING jmbg",
    "INSERT INTO holder (ident, valid_from) VALUES (1, now()) RETURNING jmbg",
    "DELETE FROM holder RETURNING jmbg",
    "SELECT jmbg FROM holder FOR UPDATE",
    "DO $$ BEGIN PERFORM jmbg FROM holder; END $$",
    "CREATE TEMP VIEW v AS SELECT jmbg FROM holder",
    "SELECT old_row FROM audit_log",
    "SELECT words FROM account_search_computed",
    "CREATE INDEX ON holder (jmbg)",
    "CREATE STATISTICS s ON jmbg, pib FROM holder",
    "GRANT SELECT ON holder TO PUBLIC",
    "ALTER TABLE holder DISABLE ROW LEVEL SECURITY",
    "SECURITY LABEL ON COLUMN holder.jmbg IS 'x'",
    "SELECT lo_import('/etc/passwd')",
    "SELECT pg_read_file('global/pg_control')",
    "SELECT get_raw_page('holder', 0)",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "COPY (SELECT 1) TO '/tmp/x'",
]


@pytest.mark.parametrize("statement", READING)
@pytest.mark.parametrize("login", EVERYBODY)
def test_no_way_of_reading_gives_a_personal_number(enter, login, statement):
    connection = enter(login)
    if login in SERVING:
        visit(connection, ANA)

    assert sqlstate_of(connection, statement) in {"42501", "42883", "0A000", "22023"}


def test_a_refusal_does_not_quote_what_it_hides(clerk):
    with pytest.raises(psycopg.Error) as caught:
        clerk.execute("SELECT ident FROM holder WHERE jmbg::date IS NULL")
    said = f"{caught.value} {caught.value.diag.message_detail} {caught.value.diag.context}"
    assert not any(number in said for number in JMBG.values())


@pytest.mark.parametrize("login", EVERYBODY)
def test_statistics_keep_the_numbers_to_themselves(enter, superuser, login):
    superuser.execute("ANALYZE holder")
    connection = enter(login)
    rows = connection.execute(
        "SELECT attname FROM pg_stats WHERE tablename = 'holder' AND attname IN ('jmbg', 'jmbg_masked')"
    )

    assert rows.fetchall() == []


@pytest.mark.parametrize("login", SERVING)
def test_all_that_may_be_read_of_anything_has_no_number_in_it(enter, login):
    connection = enter(login)
    visit(connection, ANA)
    connection.execute("SELECT reveal_personal_number(%s, '2015-01-01', 'provera')", [ANA])
    readable = connection.execute(
        "SELECT c.relname, string_agg(quote_ident(a.attname), ', ')"
        " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')"
        " AND has_column_privilege(c.oid, a.attnum, 'SELECT') GROUP BY 1"
    ).fetchall()

    assert len(readable) > 30
    for table, columns in readable:
        everything = one(
            connection,
            f"SELECT coalesce(string_agg(t::text, ' '), '') FROM (SELECT {columns} FROM {table}) t",
        )
        assert JMBG[ANA] not in everything, table


def test_the_mask_shows_the_first_and_the_last_four(clerk):
    assert one(clerk, "SELECT jmbg_masked FROM holder WHERE ident = %s", ANA) == "0101•••••5003"


def test_the_audit_keeps_numbers_masked(superuser):
    kept = one(
        superuser, "SELECT string_agg(coalesce(old_row::text, '') || new_row::text, ' ') FROM audit_log"
    )

    assert "0101•••••5003" in kept
    assert not any(number in kept for number in JMBG.values())


# -- revealing ---------------------------------------------------------------------------------


def test_a_number_is_shown_after_its_reveal_is_on_record(clerk, superuser):
    clerk.execute("SELECT reveal_personal_number(%s, '2015-01-01', 'ugovor')", [ANA])

    assert one(clerk, "SELECT revealed_personal_number(%s, '2015-01-01')", ANA) == JMBG[ANA]
    logged = superuser.execute(
        "SELECT login, detail ->> 'reason' FROM read_log WHERE kind = 'reveal' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert logged == (CLERK, "ugovor")


def test_a_reveal_that_may_be_rolled_back_shows_nothing(guarded):
    ident = guarded.new_account()
    with guarded.signed_in(CLERK) as clerk:
        visit(clerk, ident)
    with guarded.signed_in(CLERK, autocommit=False) as clerk:
        clerk.execute("SELECT reveal_personal_number(%s, '2015-01-01', 'x')", [ident])
        with pytest.raises(psycopg.Error, match="must_be_recorded"):
            clerk.execute("SELECT revealed_personal_number(%s, '2015-01-01')", [ident])
        clerk.rollback()
        with pytest.raises(psycopg.Error, match="must_be_recorded"):
            clerk.execute("SELECT revealed_personal_number(%s, '2015-01-01')", [ident])


def test_a_reveal_is_good_for_its_person_its_holder_and_five_minutes(guarded, enter, superuser):
    ident = guarded.new_account()
    clerk, other = enter(CLERK), enter(SUPERVISOR)
    visit(clerk, ident)
    visit(other, ident)
    clerk.execute("SELECT reveal_personal_number(%s, '2015-01-01', 'x')", [ident])

    for connection, since in ((other, "2015-01-01"), (clerk, "2016-01-01")):
        with pytest.raises(psycopg.Error, match="must_be_recorded"):
            connection.execute("SELECT revealed_personal_number(%s, %s)", [ident, since])

    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        "UPDATE read_log SET happened_at = happened_at - interval '6 minutes' WHERE ident = %s",
        [ident],
    )
    with pytest.raises(psycopg.Error, match="must_be_recorded"):
        clerk.execute("SELECT revealed_personal_number(%s, '2015-01-01')", [ident])


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_reveal_needs_a_reason(clerk, reason):
    with pytest.raises(psycopg.Error, match="reason_missing"):
        clerk.execute("SELECT reveal_personal_number(%s, '2015-01-01', %s)", [ANA, reason])


@pytest.mark.parametrize(
    "function",
    ["reveal_personal_number(%s, '2015-01-01', 'x')", "revealed_personal_number(%s, '2015-01-01')"],
)
def test_no_reveal_without_a_visit(clerk, function):
    with pytest.raises(psycopg.Error, match="visit_not_open"):
        clerk.execute(f"SELECT {function}", [BORA])


# -- looking up --------------------------------------------------------------------------------


def look_up(connection, number):
    record = one(connection, "SELECT look_up_personal_number(%s)", number)
    return [row[0] for row in connection.execute("SELECT looked_up_accounts(%s)", [record])]


def test_a_look_up_goes_on_record_and_tells_the_account_only(enter, superuser):
    clerk = enter(CLERK)

    assert look_up(clerk, JMBG[BORA]) == [BORA]
    logged = superuser.execute("SELECT login, ident FROM read_log ORDER BY id DESC LIMIT 1").fetchone()
    assert logged == (CLERK, BORA)


@pytest.mark.parametrize("login", SERVING)
def test_a_look_up_that_is_rolled_back_tells_nothing(guarded, login):
    with guarded.signed_in(login, autocommit=False) as connection:
        record = one(connection, "SELECT look_up_personal_number(%s)", JMBG[BORA])
        with pytest.raises(psycopg.Error, match="must_be_recorded"), connection.transaction():
            connection.execute("SELECT looked_up_accounts(%s)", [record])
        connection.rollback()
        with pytest.raises(psycopg.Error, match="must_be_recorded"):
            connection.execute("SELECT looked_up_accounts(%s)", [record])


def test_what_one_looked_up_is_told_to_nobody_else(enter):
    record = one(enter(CLERK), "SELECT look_up_personal_number(%s)", JMBG[BORA])

    with pytest.raises(psycopg.Error, match="must_be_recorded"):
        enter(SUPERVISOR).execute("SELECT looked_up_accounts(%s)", [record])


def test_a_look_up_that_could_leave_no_record_is_refused(guarded):
    with guarded.signed_in(CLERK, autocommit=False) as clerk:
        clerk.execute("SET TRANSACTION READ ONLY")
        with pytest.raises(psycopg.Error, match="must_be_recorded"):
            clerk.execute("SELECT look_up_personal_number(%s)", [JMBG[BORA]])


@pytest.mark.parametrize("part", ["0101", "%", "0101990715003 ", "' OR true --"])
def test_a_part_of_a_number_finds_nobody(enter, part):
    assert look_up(enter(CLERK), part) == []


@pytest.mark.parametrize(
    ("kind", "part"),
    [("email", "a1000042"), ("email", "%"), ("phone", ""), ("jmbg", JMBG[ANA]), (None, None)],
)
def test_a_part_of_a_contact_finds_nobody(enter, kind, part):
    assert enter(CLERK).execute("SELECT find_by_contact(%s, %s)", [kind, part]).fetchall() == []


@pytest.mark.parametrize("part", ["", "4567", "34567", "%", "______", "12345678", "@gmail.com", None])
def test_less_than_a_telephone_without_its_network_finds_nobody(enter, part):
    assert enter(CLERK).execute("SELECT find_by_phone_end(%s)", [part]).fetchall() == []


@pytest.mark.parametrize("part", ["", "I.Iv", "I.Iv %", "1234/2025", None])
def test_a_part_of_a_case_number_finds_nobody(enter, part):
    assert enter(CLERK).execute("SELECT find_by_case_number(%s)", [part]).fetchall() == []
