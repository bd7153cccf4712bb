"""Every object of the schema has a rule, and the catalogue agrees with it."""

import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.security.conftest import one

MATRIX = tomllib.loads(Path(__file__).with_name("matrix.toml").read_text(encoding="utf-8"))
ROLES = ["public", *MATRIX["who"]["staff"]]
WHOLE = ("DELETE", "TRUNCATE", "TRIGGER")
BY_COLUMN = ("SELECT", "INSERT", "UPDATE", "REFERENCES")

OWN = """n.nspname = 'public' AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.objid = {0}.oid AND d.deptype = 'e')"""

RELATIONS = f"""
    SELECT c.relname, c.relkind::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND {OWN.format("c")} ORDER BY 1"""
FUNCTIONS = f"""
    SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE {OWN.format("p")} ORDER BY 1"""

Allowed = dict[str, set[str]]


def allowed_by(rule: Mapping[str, Any]) -> Allowed:
    found: Allowed = {role: set() for role in ROLES}
    for who, roles in MATRIX["who"].items():
        for role in roles:
            found[role] |= set(rule.get(who, ()))
    return found


def rule_of(kind: str, name: str) -> Mapping[str, Any]:
    """Return the rule of an object; a pattern gives way to the very name."""
    rules = [rule for rule in MATRIX[kind] if name in rule["names"]]
    rules = rules or [rule for rule in MATRIX[kind] if any(fnmatchcase(name, one) for one in rule["names"])]
    if len(rules) != 1:
        pytest.fail(
            f"{kind} {name!r} has {len(rules)} rules in tests/security/matrix.toml and needs one: add its"
            f" name to the [[{kind}]] whose right holders it shares, or write one of its own saying why;"
            " then grant the same in db/sql/99_grants.sql"
        )
    return rules[0]


def rights_on_relation(owner: psycopg.Connection[Any], name: str, kind: str, role: str) -> set[str]:
    if kind == "S":
        rights = ("USAGE", "SELECT", "UPDATE")
        return {r for r in rights if one(owner, "SELECT has_sequence_privilege(%s, %s, %s)", role, name, r)}
    whole = [*WHOLE, *(["MAINTAIN"] if owner.info.server_version >= 170_000 else [])]
    held = {r for r in whole if one(owner, "SELECT has_table_privilege(%s, %s, %s)", role, name, r)}
    for right in BY_COLUMN:
        if one(owner, "SELECT has_table_privilege(%s, %s, %s)", role, name, right):
            held.add(right)
            continue
        columns = one(
            owner,
            "SELECT string_agg(attname, ', ' ORDER BY attname) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND NOT attisdropped"
            " AND has_column_privilege(%s, attrelid, attnum, %s)",
            f"public.{name}",
            role,
            right,
        )
        if columns:
            held.add(f"{right}({columns})")
    return held


def differences(owner: psycopg.Connection[Any], kind: str) -> list[str]:
    """Say of every object of a kind in what the catalogue and the matrix differ."""
    found = []
    for name, *form in owner.execute(RELATIONS if kind == "relation" else FUNCTIONS).fetchall():
        allowed = allowed_by(rule_of(kind, name))
        for role in ROLES:
            if kind == "relation":
                held = rights_on_relation(owner, name, form[0], role)
            else:
                may = one(owner, "SELECT has_function_privilege(%s, %s, 'EXECUTE')", role, name)
                held = {"EXECUTE"} if may else set()
            if held != allowed[role]:
                found.append(f"{name}: {role} may {sorted(held)}, by the matrix {sorted(allowed[role])}")
    return found


@pytest.mark.parametrize("kind", ["relation", "function"])
def test_everybody_may_exactly_what_the_matrix_says(superuser, kind):
    assert differences(superuser, kind) == []


@pytest.mark.parametrize("kind", ["relation", "function"])
def test_the_matrix_speaks_of_nothing_that_is_not_there(superuser, kind):
    names = [row[0] for row in superuser.execute(RELATIONS if kind == "relation" else FUNCTIONS)]

    unused = [
        pattern
        for rule in MATRIX[kind]
        for pattern in rule["names"]
        if not any(fnmatchcase(name, pattern) or name == pattern for name in names)
    ]

    assert unused == []


@pytest.mark.parametrize(
    ("kind", "made", "named"),
    [
        ("relation", "CREATE TABLE debtor_list (ident integer)", "debtor_list"),
        ("relation", "CREATE VIEW everything AS SELECT 1 AS one", "everything"),
        ("relation", "CREATE SEQUENCE stamp_numbers", "stamp_numbers"),
        ("function", "CREATE FUNCTION shortcut() RETURNS int LANGUAGE sql RETURN 1", "shortcut"),
    ],
)
def test_a_new_object_without_a_rule_is_found(guarded, kind, made, named):
    with guarded.as_superuser(autocommit=False) as owner:
        owner.execute(made)
        with pytest.raises(pytest.fail.Exception, match=f"{named}.*0 rules.*matrix.toml"):
            differences(owner, kind)
        owner.rollback()


@pytest.mark.parametrize(
    "widened",
    [
        "GRANT SELECT ON audit_log TO desk_supervisor",
        "GRANT SELECT (jmbg) ON holder TO desk_clerk",
        "GRANT UPDATE (charged) ON bill TO desk_staff",
        "GRANT SELECT ON bill_2026 TO PUBLIC",
    ],
)
def test_a_right_too_many_is_found(guarded, widened):
    with guarded.as_superuser(autocommit=False) as owner:
        owner.execute(widened)
        assert differences(owner, "relation") != []
        owner.rollback()


# -- what the rights stand on --------------------------------------------------------------------


def test_nobody_of_the_desk_has_powers_of_the_cluster(superuser):
    rows = superuser.execute(
        "SELECT rolname FROM pg_roles WHERE (rolname LIKE 'desk%' OR rolname = 'salter_owner')"
        " AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls OR rolcanlogin)"
    )
    assert rows.fetchall() == []


def test_the_roles_of_the_desk_are_members_of_nothing_but_the_staff(superuser):
    rows = superuser.execute(
        "SELECT m.rolname, r.rolname, a.admin_option FROM pg_auth_members a"
        " JOIN pg_roles m ON m.oid = a.member JOIN pg_roles r ON r.oid = a.roleid"
        " WHERE m.rolname LIKE 'desk%' ORDER BY 1"
    )
    assert rows.fetchall() == [
        (role, "desk_staff", False) for role in sorted(MATRIX["who"]["staff"]) if role != "desk_staff"
    ]


def test_nobody_of_the_desk_may_create_anything(superuser):
    database = superuser.info.dbname
    for role in ROLES:
        for right in ("CREATE", "TEMPORARY"):
            assert not one(superuser, "SELECT has_database_privilege(%s, %s, %s)", role, database, right)
        assert not one(superuser, "SELECT has_schema_privilege(%s, 'public', 'CREATE')", role)
    assert not one(superuser, "SELECT has_schema_privilege('public', 'public', 'USAGE')")
    assert not one(superuser, "SELECT has_database_privilege('public', %s, 'CONNECT')", database)


def test_there_is_no_other_schema_to_hide_things_in(superuser):
    rows = superuser.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
    )
    assert rows.fetchall() == [("public",)]


def test_everything_belongs_to_the_owner_who_cannot_sign_in(superuser):
    rows = superuser.execute(
        f"SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        f" WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND {OWN.format('c')}"
        f" AND pg_get_userbyid(c.relowner) <> 'salter_owner'"
        f" UNION ALL SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        f" WHERE {OWN.format('p')} AND pg_get_userbyid(p.proowner) <> 'salter_owner'"
    )
    assert rows.fetchall() == []


def test_every_function_that_acts_for_the_owner_fixes_where_names_are_looked_up(superuser):
    rows = superuser.execute(
        f"SELECT p.proname, p.proconfig FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        f" WHERE {OWN.format('p')} AND p.prosecdef"
    ).fetchall()

    assert rows
    assert [name for name, config in rows if "search_path=public, pg_temp" not in (config or [])] == []


def test_extensions_bring_nothing_that_acts_for_its_owner(superuser):
    rows = superuser.execute(
        "SELECT p.proname FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'"
        " WHERE p.prosecdef"
    )
    assert rows.fetchall() == []


def test_whatever_belongs_to_an_account_is_under_row_security(superuser):
    rows = superuser.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'ident'"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        " AND NOT c.relrowsecurity AND (has_any_column_privilege('desk_agent', c.oid, 'SELECT')"
        "   OR has_any_column_privilege('desk_clerk', c.oid, 'SELECT'))"
    )
    assert rows.fetchall() == []


def test_no_view_of_the_desk_looks_past_the_visit(superuser):
    rows = superuser.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
        " AND c.relkind IN ('v', 'm') AND (has_table_privilege('desk_agent', c.oid, 'SELECT')"
        " OR has_table_privilege('desk_clerk', c.oid, 'SELECT'))"
    )
    assert rows.fetchall() == []
