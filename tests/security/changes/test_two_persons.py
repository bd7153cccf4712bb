"""Who a holder is takes two persons; what one has brought stays, and is not approved by the same."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from app.domain.settings import DEFAULTS
from tests.security import filing
from tests.security.changes.rows import holder, refused, state_of
from tests.security.conftest import AGENT, CLERK, OTHER_CLERK, SUPERVISOR, one

Connection = psycopg.Connection[Any]

REMOVE = "SELECT remove_change_paper(%s, %s)"
MOST_DAYS = int(DEFAULTS["change_received_days"])

NAMES_ANOTHER = {
    "holder": filing.PERSON,
    "correction": {"last_name": "Lažić", "first_name": "Lazar", "jmbg": filing.OTHER_JMBG},
}


@pytest.fixture
def bounded(superuser):
    """Let nobody have decided how far back a request may be received."""
    superuser.execute("UPDATE setting SET name = 'set aside' WHERE name = 'change_received_days'")
    yield
    superuser.execute("UPDATE setting SET name = 'change_received_days' WHERE name = 'set aside'")


@pytest.mark.parametrize("login", [CLERK, SUPERVISOR])
@pytest.mark.parametrize("kind", NAMES_ANOTHER)
def test_nobody_gives_a_holder_another_name_and_number_alone(visiting, superuser, ident, login, kind):
    alone = visiting(login)
    before = holder(superuser, ident)
    request = filing.submit(alone, ident, kind, NAMES_ANOTHER[kind])

    assert "change_own_approval" in str(refused(alone, ident, request, "approved"))
    assert holder(superuser, ident) == before


def test_no_kind_of_the_server_lets_one_person_say_who_the_holder_is(superuser):
    kinds = superuser.execute(
        "SELECT code FROM change_kind, jsonb_path_query(declaration, '$.**.target') AS target"
        " WHERE target #>> '{}' LIKE 'holder.%' AND NOT four_eyes"
    ).fetchall()

    assert kinds == []


def test_whoever_brings_the_missing_paper_does_not_approve(visiting, ident):
    agent, clerk, supervisor = visiting(AGENT), visiting(CLERK), visiting(SUPERVISOR)
    announced = filing.file(agent, ident, "correction", channel="phone")
    filing.move(agent, ident, announced, "submitted")
    version = one(clerk, "SELECT version FROM change_request WHERE id = %s", announced)
    filing.bring_papers(clerk, ident, announced)

    assert "change_own_approval" in str(refused(clerk, ident, announced, "approved"))
    assert one(clerk, "SELECT version FROM change_request WHERE id = %s", announced) == version
    filing.decide(supervisor, ident, announced)
    assert state_of(clerk, announced) == "applied"


def test_a_paper_is_taken_away_by_whoever_brought_it(visiting, ident):
    clerk, other, supervisor = visiting(CLERK), visiting(OTHER_CLERK), visiting(SUPERVISOR)
    draft = filing.file(clerk, ident, "members")
    paper = filing.bring(clerk, ident, draft, "members_certificate")

    for somebody in (other, supervisor):
        with pytest.raises(psycopg.Error, match="paper_of_another"):
            somebody.execute(REMOVE, [ident, paper])
    assert one(clerk, REMOVE, ident, paper) == paper


def test_what_was_submitted_stays_until_the_request_ends(visiting, ident):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    request = filing.submit(clerk, ident, "members")
    first = one(clerk, "SELECT id FROM change_paper WHERE request_id = %s", request)
    filing.move(supervisor, ident, request, "returned", reason="nečitko")
    better = filing.bring(clerk, ident, request, "members_certificate")

    with pytest.raises(psycopg.Error, match="paper_kept"):
        clerk.execute(REMOVE, [ident, first])
    assert one(clerk, REMOVE, ident, better) == better


def test_nothing_is_received_further_back_than_is_allowed(visiting, ident, bounded):
    clerk = visiting(CLERK)
    day = filing.today(clerk) - timedelta(days=MOST_DAYS + 1)
    old = filing.file(clerk, ident, "members", received_on=day, happened_on=day, note="nađeno u fioci")
    filing.bring_papers(clerk, ident, old)

    assert "change_received_long_ago" in str(refused(clerk, ident, old, "submitted"))
    next_day = day + timedelta(days=1)
    filing.submit(clerk, ident, "members", received_on=next_day, happened_on=next_day)


def test_a_supervisor_receives_further_back_with_a_reason(visiting, ident, bounded):
    supervisor = visiting(SUPERVISOR)
    day = filing.today(supervisor) - timedelta(days=900)
    old = filing.file(supervisor, ident, "members", received_on=day, happened_on=day)
    filing.bring_papers(supervisor, ident, old)

    assert "change_received_long_ago" in str(refused(supervisor, ident, old, "submitted"))
    supervisor.execute("UPDATE change_request SET note = 'presuda P-12/26' WHERE id = %s", [old])
    assert filing.move(supervisor, ident, old, "submitted") == 1
