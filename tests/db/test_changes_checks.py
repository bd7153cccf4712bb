"""``salter-db check`` finds what somebody did to requests behind the guard's back."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import create_engine

from db import checks
from db.checks import changes, declared
from tests.conftest import Database

NAMES = [name for module in (changes, declared) for name, _, _ in module.CHECKS]

SOUND = """
SET session_replication_role = replica;
INSERT INTO branch VALUES (1, 'SV', 'Savski venac', '', '', '', true);
INSERT INTO account (ident, opened_on) VALUES (1000042, '2015-01-01');
INSERT INTO change_serial VALUES (1, 2026, 2);
INSERT INTO change_request (ident, kind, state, channel, branch_id, entered_by, editors, number, number_year,
    number_serial, submitted_at, missing_papers, decided_by, decided_at, applied_at)
VALUES (1000042, 'members', 'applied', 'counter', 1, 'ana', '{ana}', 'SV-000001/2026', 2026, 1, now(), '{}',
        'vera', now(), now()),
       (1000042, 'members', 'submitted', 'phone', 1, 'ana', '{ana}', 'SV-000002/2026', 2026, 2, now(),
        '{members_certificate}', NULL, NULL, NULL);
INSERT INTO change_event (ident, request_id, login, old_state, new_state)
SELECT 1000042, id, CASE WHEN new_state IN ('approved', 'applied') THEN 'vera' ELSE 'ana' END,
       old_state, new_state
FROM (VALUES (1, 1, NULL, 'draft'), (2, 1, 'draft', 'submitted'), (3, 1, 'submitted', 'approved'),
             (4, 1, 'approved', 'applied'), (5, 2, NULL, 'draft'), (6, 2, 'draft', 'submitted'))
     AS e (place, id, old_state, new_state) ORDER BY place;
INSERT INTO change_effect (ident, request_id, table_name, before, after)
VALUES (1000042, 1, 'premises_state', '{"members": 3}', '{"members": 4}');
"""


@pytest.fixture
def owner(database: Database) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(database.url, autocommit=True) as opened:
        opened.execute(SOUND)
        yield opened


def found(database: Database) -> set[str]:
    engine = create_engine(database.url)
    try:
        return {one.check for result in checks.run(engine, only=NAMES) for one in result.findings}
    finally:
        engine.dispose()


def test_nothing_is_found_where_nothing_was_done(database, owner):
    assert found(database) == set()


PASSED_OVER = """
INSERT INTO change_request (ident, kind, state, channel, branch_id, entered_by, editors, number, number_year,
    number_serial, submitted_at, missing_papers)
VALUES (1000042, 'members', 'submitted', 'phone', 1, 'ana', '{ana}', 'SV-000004/2026', 2026, 4, now() - %s,
        '{members_certificate}')
"""


def test_a_number_that_was_given_back_is_no_gap_until_it_was_passed_over_for_a_day(database, owner):
    owner.execute(PASSED_OVER, [timedelta(hours=23)])
    assert "change numbers" not in found(database)

    owner.execute(
        "UPDATE change_request SET submitted_at = now() - interval '25 hours' WHERE number_serial = 4"
    )
    assert "change numbers" in found(database)


@pytest.mark.parametrize(
    ("done", "check"),
    [
        ("DELETE FROM change_request WHERE id = 2", "change numbers"),
        ("UPDATE change_serial SET last_serial = 3", "change numbers"),
        ("UPDATE change_request SET decided_by = 'zora' WHERE id = 1", "change deciders"),
        ("UPDATE change_request SET decided_by = NULL WHERE id = 1", "change deciders"),
        ("UPDATE change_request SET number_serial = 9 WHERE id = 2", "change numbers"),
        ("UPDATE change_request SET state = 'rejected' WHERE id = 2", "change moves"),
        ("DELETE FROM change_event WHERE new_state = 'submitted'", "change moves"),
        ("DELETE FROM change_event WHERE request_id = 2", "change moves"),
        ("UPDATE change_event SET old_state = 'returned' WHERE new_state = 'approved'", "change moves"),
        ("UPDATE change_request SET decided_by = 'ana' WHERE id = 1", "change decisions"),
        ("UPDATE change_request SET editors = '{ana,vera}' WHERE id = 1", "change decisions"),
        ("UPDATE change_request SET decided_by = NULL WHERE id = 1", "change decisions"),
        ("DELETE FROM change_effect", "change effects"),
        ("DELETE FROM account", "change effects"),
        ("UPDATE change_effect SET request_id = 2", "change effects"),
        ("UPDATE change_request SET missing_papers = '{}' WHERE id = 2", "change papers"),
        (
            """INSERT INTO change_paper (ident, request_id, paper_kind, content_type, content)
               VALUES (1000042, 1, 'other', 'application/pdf', 'MZ')""",
            "change papers",
        ),
        (
            """INSERT INTO change_paper (ident, request_id, paper_kind, content_type, content, file_name)
               VALUES (1000042, 1, 'other', 'application/pdf', '%PDF-1.7', 'x.pdf.exe')""",
            "paper names",
        ),
        (
            """INSERT INTO change_paper (ident, request_id, paper_kind, content_type, content, file_name)
               VALUES (1000042, 1, 'other', 'application/pdf', '%PDF-1.7', E'fdp.\\u202Exe.pdf')""",
            "paper names",
        ),
        (
            """INSERT INTO change_paper (ident, request_id, paper_kind, is_original_seen, original_seen_by,
                   file_name) VALUES (1000042, 1, 'other', true, 'ana', 'CON.pdf')""",
            "paper names",
        ),
        (
            'UPDATE change_request SET new_values = \'{"jmbg": "0101990715000"}\' WHERE id = 2',
            "change secrets",
        ),
        ('UPDATE change_effect SET after = \'{"jmbg": "0101990715000"}\'', "change secrets"),
        ("UPDATE change_kind SET decider = 'supervisor' WHERE code = 'members'", "change kinds"),
        ("DELETE FROM change_transition WHERE mover = 'supervisor'", "change kinds"),
    ],
)
def test_what_was_done_behind_the_guard_is_found(database, owner, done, check):
    owner.execute(done)

    assert check in found(database)
