"""The requests of the demo city: numbered as the server does, and fit to be decided."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import psycopg
import pytest
from psycopg.rows import DictRow, dict_row

from app.domain.changes import ChangeKind, ChangeState, check, declaration_of
from app.domain.holders import HolderKind
from app.domain.papers import PaperType, sniff
from db import city
from tests.conftest import Database

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def session(module_database: Database) -> Iterator[psycopg.Connection[DictRow]]:
    city.seed(module_database.url, accounts=1200, months=4, seed=3, today=TODAY, processes=1)
    with psycopg.connect(module_database.url, row_factory=dict_row) as session:
        yield session


def rows(session: psycopg.Connection[DictRow], query: str) -> list[DictRow]:
    return session.execute(query.encode()).fetchall()


def test_about_one_account_in_a_hundred_has_a_request(session):
    counted = rows(session, "SELECT state, count(*) FROM change_request GROUP BY state")
    states = {row["state"]: row["count"] for row in counted}

    assert 12 <= sum(states.values()) <= 36
    assert {ChangeState.SUBMITTED, ChangeState.RETURNED, ChangeState.WITH_PROVIDER} <= set(states)


def test_numbers_follow_one_another_without_a_gap_in_each_branch_and_year(session):
    found = rows(
        session,
        "SELECT branch_id, number_year, array_agg(number_serial ORDER BY number_serial) AS serials,"
        " (SELECT last_serial FROM change_serial s"
        "  WHERE s.branch_id = r.branch_id AND year = number_year) AS last"
        " FROM change_request r WHERE number IS NOT NULL GROUP BY branch_id, number_year",
    )

    assert found
    assert all(row["serials"] == list(range(1, row["last"] + 1)) for row in found)


def test_what_was_on_file_is_what_the_server_would_have_stamped(session):
    outdated = rows(
        session,
        "SELECT r.number FROM change_request r JOIN change_kind k ON k.code = r.kind"
        " WHERE r.number IS NOT NULL AND r.old_values <> values_now(r.ident, k.declaration)",
    )

    assert outdated == []


def test_what_is_asked_for_passes_the_checks_of_the_form(session):
    found = rows(
        session,
        "SELECT r.kind, r.new_values || r.secrets AS values, r.old_values, s.charging_method, s.area,"
        " (SELECT kind FROM holder h WHERE h.ident = r.ident ORDER BY valid_from DESC LIMIT 1) AS holder"
        " FROM change_request r JOIN LATERAL (SELECT * FROM premises_state p WHERE p.ident = r.ident"
        " ORDER BY valid_from DESC LIMIT 1) s ON true WHERE r.number IS NOT NULL",
    )
    problems = [
        (row["kind"], problem)
        for row in found
        for problem in check(
            declaration_of(ChangeKind(row["kind"])),
            row["values"],
            holder_kind=HolderKind(row["holder"]),
            by_members=row["charging_method"] == "members",
            current=row["old_values"],
            today=TODAY,
            area=Decimal(row["area"]),
        )
        if not problem.is_warning
    ]

    assert found
    assert problems == []


def test_every_kept_paper_is_a_pdf_that_the_database_would_have_taken(session):
    papers = rows(session, "SELECT content, content_type FROM change_paper WHERE content IS NOT NULL")

    assert papers
    assert {sniff(bytes(row["content"])) for row in papers} == {PaperType.PDF}


def test_only_what_was_announced_by_telephone_lacks_papers(session):
    lacking = rows(
        session,
        "SELECT DISTINCT channel FROM change_request WHERE number IS NOT NULL"
        " AND array_remove(missing_papers, 'provider_order') <> '{}'",
    )

    assert [row["channel"] for row in lacking] == ["phone"]
