"""``salter-db check``: whatever a superuser adds to a database, alters in it or gives away is named."""

import psycopg
import pytest

from db.embedded import EmbeddedServer
from tests.conftest import copied_from
from tests.db.tampering import damage, problems

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
    ("CREATE RULE quiet AS ON DELETE TO contact DO INSTEAD NOTHING", "unknown rule contact.quiet"),
    ("GRANT SELECT ON bill_2026 TO desk_agent", "unknown grant bill_2026 to desk_agent"),
    ("ALTER TABLE bill_2026 DISABLE TRIGGER immutable_row", "unknown trigger bill_2026.immutable_row"),
    ("DROP TRIGGER immutable_table ON bill_2025", "unknown partition bill_2025 without immutable_table"),
    ("ALTER TABLE bailiff OWNER TO CURRENT_USER", "unknown owner bailiff"),
    (
        (
            "CREATE FUNCTION each_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
            "CREATE EVENT TRIGGER listens ON ddl_command_end EXECUTE FUNCTION each_ddl()"
        ),
        "unknown event trigger listens",
    ),
    ("ALTER VIEW audit_trail SET (security_invoker = true)", "altered view audit_trail"),
    ("ALTER TABLE preference SET UNLOGGED", "altered table preference"),
    (
        (
            "CREATE OR REPLACE FUNCTION sniffed_type(content bytea) RETURNS text LANGUAGE sql"
            " IMMUTABLE STRICT PARALLEL SAFE RETURN 'application/pdf'"
        ),
        "altered function sniffed_type(bytea)",
    ),
    ("ALTER FUNCTION is_in(text) LEAKPROOF", "altered function is_in(text)"),
    (
        "ALTER TABLE contact DISABLE TRIGGER ALL",
        "unknown constraint contact.fk_contact_ident switched off",
    ),
    ("CREATE MATERIALIZED VIEW hoard AS SELECT ident FROM account", "unknown materialized view public.hoard"),
    ("CREATE SEQUENCE stamps", "unknown sequence public.stamps"),
    ("CREATE TYPE mood AS ENUM ('sly')", "unknown type public.mood"),
    ("CREATE DOMAIN idle AS integer", "unknown type public.idle"),
    ("CREATE STATISTICS peek ON ident, opened_on FROM account", "unknown statistics object public.peek"),
    ('CREATE COLLATION sly FROM "C"', "unknown collation public.sly"),
    ("CREATE TEXT SEARCH CONFIGURATION sly (COPY = simple)", "unknown text search configuration public.sly"),
    ("CREATE CONVERSION sly FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8", "unknown conversion public.sly"),
    ("CREATE ACCESS METHOD sly TYPE INDEX HANDLER bthandler", "unknown access method sly"),
    (
        "CREATE OPERATOR public.=== (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)",
        "unknown operator public.===(integer,integer)",
    ),
    (
        (
            "CREATE OPERATOR CLASS sly FOR TYPE integer USING btree AS"
            " OPERATOR 1 <, FUNCTION 1 btint4cmp(int4, int4)"
        ),
        "unknown operator class public.sly USING btree",
    ),
    ("CREATE CAST (text AS integer) WITH INOUT", "unknown cast (pg_catalog.text AS integer)"),
    (
        (
            "CREATE FUNCTION sly_from(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'int4in';"
            "CREATE TRANSFORM FOR integer LANGUAGE plpgsql (FROM SQL WITH FUNCTION sly_from(internal))"
        ),
        "unknown transform for integer language plpgsql",
    ),
    ("CREATE LANGUAGE sly HANDLER plpgsql_call_handler", "unknown language sly"),
    ("GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC", "altered language plpgsql"),
    ("CREATE EXTENSION dblink", "unknown extension dblink"),
    (
        "CREATE SCHEMA hidden; CREATE VIEW hidden.everybody AS SELECT * FROM holder",
        "unknown view hidden.everybody",
    ),
    (
        "CREATE FUNCTION hidden.lends() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "unknown function hidden.lends()",
    ),
    (
        (
            "ALTER DEFAULT PRIVILEGES FOR ROLE salter_owner IN SCHEMA public"
            " GRANT SELECT ON TABLES TO desk_agent"
        ),
        "unknown default acl for role salter_owner in schema public on tables",
    ),
    ("CREATE PUBLICATION leaks FOR TABLE holder", "unknown publication leaks"),
    (
        (
            "CREATE SUBSCRIPTION takes CONNECTION 'host=127.0.0.1 dbname=x' PUBLICATION leaks"
            " WITH (connect = false, enabled = false, slot_name = NONE)"
        ),
        "unknown subscription takes",
    ),
    ("CREATE FOREIGN DATA WRAPPER drain", "unknown foreign-data wrapper drain"),
    ("CREATE SERVER elsewhere FOREIGN DATA WRAPPER drain", "unknown server elsewhere"),
    (
        "CREATE USER MAPPING FOR desk_admin SERVER elsewhere",
        "unknown user mapping desk_admin on server elsewhere",
    ),
    ("CREATE FOREIGN TABLE far (ident integer) SERVER elsewhere", "unknown foreign table public.far"),
    ("SELECT lo_create(424242)", "unknown large object 424242"),
    (
        (
            "SET allow_system_table_mods = on; INSERT INTO pg_seclabel"
            " VALUES ('holder'::regclass, 'pg_class'::regclass, 0, 'sly', 'open')"
        ),
        "unknown security label sly table holder",
    ),
    (
        "CREATE FUNCTION pg_catalog.my_branch() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "unknown function pg_catalog.my_branch()",
    ),
    (
        (
            "CREATE OR REPLACE FUNCTION pg_catalog.bit_length(text) RETURNS integer LANGUAGE sql"
            " IMMUTABLE STRICT AS 'SELECT 0'"
        ),
        "altered server function bit_length(text)",
    ),
    (
        (
            "CREATE OR REPLACE VIEW pg_catalog.pg_group AS SELECT rolname AS groname, oid AS grosysid,"
            " ARRAY[]::oid[] AS grolist FROM pg_authid WHERE NOT rolcanlogin AND rolname <> 'sly'"
        ),
        "altered server view pg_group",
    ),
    (
        "UPDATE pg_operator SET oprrest = 0 WHERE oid = 'pg_catalog.^@(text,text)'::regoperator",
        "altered catalogue pg_operator",
    ),
    ("GRANT SELECT ON pg_catalog.pg_authid TO desk_admin", "unknown grant pg_authid to desk_admin"),
    (
        "GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_file(text) TO desk_agent",
        "unknown grant pg_read_file(text) to desk_agent",
    ),
    ("ALTER SCHEMA public OWNER TO desk_admin", "altered schema public"),
)
"""A statement, and what is said of what it did."""


@pytest.fixture(scope="module")
def said_of_the_shape(cluster: EmbeddedServer, sound_city: str) -> list[str]:
    """What is said of a database after all of ``DAMAGE``."""
    with copied_from(sound_city, server=cluster) as database:
        damage(database, *(statement for statement, _ in DAMAGE))
        try:
            return problems(database, "shape")
        finally:
            with psycopg.connect(database.url, autocommit=True) as session:
                session.execute("DROP SUBSCRIPTION takes")  # a database that has one is not dropped


@pytest.mark.parametrize("found", [found for _, found in DAMAGE])
def test_what_was_changed_by_hand_is_named(said_of_the_shape: list[str], found: str):
    assert found in said_of_the_shape


def test_what_was_left_alone_is_not_named(said_of_the_shape: list[str]):
    assert not [problem for problem in said_of_the_shape if "allocation" in problem or "notice" in problem]
