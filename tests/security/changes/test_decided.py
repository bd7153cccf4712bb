"""Who moves a request where: the table of moves, four eyes, reasons, papers, and two at the same instant."""

import itertools
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from app.domain.changes import TRANSITIONS
from tests.security import attempts, filing
from tests.security.changes.rows import refused, state_of
from tests.security.conftest import (
    AGENT,
    CLERK,
    LEFT,
    OTHER_CLERK,
    ROLES,
    STRANGER,
    SUPERVISOR,
    close_visits,
    one,
    visit,
)

Connection = psycopg.Connection[Any]


# -- the way of a request ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", filing.VALUES)
def test_a_request_of_each_kind_goes_from_draft_to_applied_and_back(
    visiting, enter, superuser, guarded, kind
):
    clerk, supervisor, account = enter(CLERK), enter(SUPERVISOR), guarded.new_account()
    if kind == "open_account":
        account = one(clerk, "SELECT reserve_ident()")
    if kind == "legal_person":
        superuser.execute(
            "UPDATE holder SET kind = 'legal', business_name = 'Breza', last_name = '' WHERE ident = %s",
            [account],
        )
    visit(clerk, account)
    visit(supervisor, account)

    request = filing.submit(clerk, account, kind)
    filing.decide(supervisor, account, request)

    assert state_of(clerk, request) == "applied"
    assert one(clerk, "SELECT count(*) FROM change_effect WHERE request_id = %s", request) > 0
    undoing = one(clerk, "SELECT undo_change(%s, %s, 'pogrešan predmet')", account, request)
    filing.decide(supervisor, account, undoing)
    assert one(clerk, "SELECT undoes FROM change_request WHERE id = %s", undoing) == request
    if kind != "open_account":
        now = one(clerk, "SELECT change_current_values(%s, %s)", account, kind)
        assert now == one(clerk, "SELECT old_values FROM change_request WHERE id = %s", request)


def test_every_move_leaves_an_event_with_who_and_why(visiting, ident):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    request = filing.submit(clerk, ident, "members")
    filing.move(supervisor, ident, request, "returned", reason="nečitko")
    filing.move(clerk, ident, request, "submitted")
    filing.move(supervisor, ident, request, "rejected", reason="nije potvrda")

    events = clerk.execute(
        "SELECT login, old_state, new_state, reason FROM change_event WHERE request_id = %s ORDER BY id",
        [request],
    ).fetchall()

    assert events == [
        (CLERK, None, "draft", ""),
        (CLERK, "draft", "submitted", ""),
        (SUPERVISOR, "submitted", "returned", "nečitko"),
        (CLERK, "returned", "submitted", ""),
        (SUPERVISOR, "submitted", "rejected", "nije potvrda"),
    ]


@pytest.mark.parametrize("state", ["returned", "rejected", "cancelled"])
def test_nobody_is_put_off_without_a_reason(visiting, ident, state):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    request = filing.submit(clerk, ident, "members")

    assert "change_reason_missing" in str(refused(supervisor, ident, request, state))
    assert "change_reason_missing" in str(refused(supervisor, ident, request, state, reason="  "))


def test_the_reason_of_one_move_is_not_that_of_the_next(visiting, ident):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    request = filing.submit(clerk, ident, "members")
    filing.move(supervisor, ident, request, "returned", reason="nečitko")
    filing.move(clerk, ident, request, "submitted")

    assert one(clerk, "SELECT reason FROM change_request WHERE id = %s", request) == ""
    assert "change_reason_missing" in str(refused(supervisor, ident, request, "returned"))


# -- who may -------------------------------------------------------------------------------------


def test_whoever_entered_a_request_does_not_approve_it(visiting, ident):
    supervisor = visiting(SUPERVISOR)
    request = filing.submit(supervisor, ident, "members")

    assert "change_own_approval" in str(refused(supervisor, ident, request, "approved"))


def test_whoever_edited_a_returned_request_counts_as_entering_it(visiting, ident):
    clerk, other, supervisor = visiting(CLERK), visiting(OTHER_CLERK), visiting(SUPERVISOR)
    request = filing.submit(clerk, ident, "members")
    filing.move(supervisor, ident, request, "returned", reason="broj članova?")
    other.execute("UPDATE change_request SET new_values = '{\"members\": 7}' WHERE id = %s", [request])
    filing.move(other, ident, request, "submitted")

    for editor in (clerk, other):
        assert "change_own_approval" in str(refused(editor, ident, request, "approved"))
    filing.decide(supervisor, ident, request)
    assert one(clerk, "SELECT editors FROM change_request WHERE id = %s", request) == [CLERK, OTHER_CLERK]


def test_an_edit_and_a_move_at_once_are_an_edit_all_the_same(visiting, ident):
    clerk, other, supervisor = visiting(CLERK), visiting(OTHER_CLERK), visiting(SUPERVISOR)
    request = filing.submit(clerk, ident, "members")
    filing.move(supervisor, ident, request, "returned", reason="broj članova?")

    filing.move(other, ident, request, "submitted", note="ispravljeno")

    assert "change_own_approval" in str(refused(other, ident, request, "approved"))


def test_what_needs_no_four_eyes_is_approved_by_whoever_entered_it(visiting, ident):
    clerk = visiting(CLERK)

    filing.decide(clerk, ident, filing.submit(clerk, ident, "delivery_address"))


def test_a_clerk_does_not_decide_what_a_supervisor_decides(visiting, ident):
    request = filing.submit(visiting(CLERK), ident, "purpose")
    other = visiting(OTHER_CLERK)

    assert "change_transition_forbidden" in str(refused(other, ident, request, "approved"))
    assert "change_transition_forbidden" in str(refused(other, ident, request, "rejected", reason="x"))


def test_an_agent_announces_by_telephone_and_decides_nothing(visiting, ident):
    agent = visiting(AGENT)
    with pytest.raises(psycopg.Error, match="change_channel_forbidden"):
        filing.file(agent, ident, "members", channel="counter")
    request = filing.file(agent, ident, "members", channel="phone")
    assert filing.move(agent, ident, request, "submitted") == 1
    filing.file(agent, ident, "email_delivery", channel="email")

    for state in ("approved", "rejected", "returned", "with_provider"):
        assert "change_transition_forbidden" in str(refused(agent, ident, request, state, reason="x"))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        agent.execute("SELECT apply_change(%s, %s)", [ident, request])


@pytest.mark.parametrize("login", [LEFT, STRANGER])
def test_whoever_does_not_work_here_finds_nothing_to_move(enter, visiting, ident, login):
    request = filing.submit(visiting(CLERK), ident, "members")

    assert filing.move(enter(login), ident, request, "approved") == 0


def test_without_a_visit_nothing_moves(enter, visiting, ident):
    request = filing.submit(visiting(CLERK), ident, "members")
    supervisor = enter(SUPERVISOR)
    close_visits(supervisor)

    assert filing.move(supervisor, ident, request, "approved") == 0
    with pytest.raises(psycopg.Error, match="visit_not_open"):
        supervisor.execute("SELECT apply_change(%s, %s)", [ident, request])
    with pytest.raises(psycopg.Error, match="visit_not_open"):
        supervisor.execute("SELECT undo_change(%s, %s, 'x')", [ident, request])


# -- what a move asks for ------------------------------------------------------------------------


def test_what_was_submitted_is_not_edited(visiting, ident):
    clerk = visiting(CLERK)
    request = filing.submit(clerk, ident, "members")

    for column, value in (("new_values", '{"members": 9}'), ("applicant_name", "X"), ("note", "X")):
        with pytest.raises(psycopg.Error, match="change_not_editable"):
            clerk.execute(f"UPDATE change_request SET {column} = %s WHERE id = %s", [value, request])


def test_papers_are_asked_for_at_submission_but_not_of_an_announcement(visiting, ident):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    came = filing.file(clerk, ident, "members")
    announced = filing.file(clerk, ident, "members", channel="phone")

    assert "members_certificate" in str(refused(clerk, ident, came, "submitted"))
    assert filing.move(clerk, ident, announced, "submitted") == 1
    assert "change_papers_missing" in str(refused(supervisor, ident, announced, "approved"))


def test_an_original_that_must_be_seen_is_seen_before_approval(visiting, ident):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    request = filing.file(clerk, ident, "holder")
    for kind in one(clerk, "SELECT missing_papers FROM change_request WHERE id = %s", request):
        clerk.execute(
            "INSERT INTO change_paper (ident, request_id, paper_kind, file_name, content)"
            " VALUES (%s, %s, %s, 'a.pdf', %s)",
            [ident, request, kind, filing.PDF],
        )
    filing.move(clerk, ident, request, "submitted")

    error = refused(supervisor, ident, request, "approved")
    assert "change_original_not_seen" in str(error)
    assert "title" in str(error)
    assert "identity_card" in str(error)
    clerk.execute("UPDATE change_paper SET is_original_seen = true WHERE request_id = %s", [request])
    filing.decide(supervisor, ident, request)


def test_a_proxy_brings_an_authorization_and_a_firm_an_extract(visiting, ident):
    clerk = visiting(CLERK)
    own = filing.file(clerk, ident, "holder", {**filing.PERSON})
    proxy = filing.file(clerk, ident, "holder", {**filing.FIRM}, applicant_standing="proxy")

    missing = "SELECT missing_papers FROM change_request WHERE id = %s"
    assert one(clerk, missing, own) == ["request", "title", "identity_card"]
    assert one(clerk, missing, proxy) == ["request", "title", "register_extract", "authorization"]


def test_a_provider_s_order_decides_where_it_decides(visiting, ident):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    request = filing.file(clerk, ident, "stop_heating")
    filing.move(clerk, ident, request, "submitted")

    assert "change_transition_forbidden" in str(refused(supervisor, ident, request, "approved"))
    assert "provider_id" in str(refused(clerk, ident, request, "with_provider"))
    filing.move(clerk, ident, request, "with_provider", provider_id=1)
    filing.bring_papers(clerk, ident, request)
    assert "change_provider_order_missing" in str(refused(supervisor, ident, request, "approved"))
    filing.move(supervisor, ident, request, "approved", provider_order="N-17/26")
    supervisor.execute("SELECT apply_change(%s, %s)", [ident, request])
    assert state_of(clerk, request) == "applied"


def test_what_was_changed_meanwhile_is_not_approved_unseen(visiting, superuser, ident):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    request = filing.submit(clerk, ident, "members")
    superuser.execute("UPDATE premises_state SET members = 9 WHERE ident = %s", [ident])

    error = refused(supervisor, ident, request, "approved")
    assert "change_outdated" in str(error)
    assert "members" in str(error)
    filing.move(supervisor, ident, request, "returned", reason="promenjeno u međuvremenu")
    filing.move(clerk, ident, request, "submitted")
    filing.decide(supervisor, ident, request)


@pytest.mark.parametrize("field", ["received_on", "happened_on", "basis_date"])
def test_nothing_is_dated_after_the_server_s_day_in_belgrade(visiting, ident, field):
    clerk = visiting(CLERK)
    tomorrow = filing.today(clerk) + timedelta(days=1)

    with pytest.raises(psycopg.Error, match="change_in_future") as caught:
        filing.file(clerk, ident, "members", **{"received_on": tomorrow, field: tomorrow})
    assert caught.value.diag.message_detail is not None


def test_nothing_is_received_before_it_happened(visiting, ident):
    clerk = visiting(CLERK)
    with pytest.raises(psycopg.errors.CheckViolation, match="ck_change_request_happened_before_received"):
        filing.file(clerk, ident, "members", received_on=filing.today(clerk) - timedelta(days=1))


# -- chance --------------------------------------------------------------------------------------


def test_no_chance_leads_where_the_table_does_not(guarded, enter, superuser):
    people = {login: enter(login) for login in (CLERK, OTHER_CLERK, SUPERVISOR, AGENT)}
    idents = iter([guarded.new_account() for _ in range(12)])

    told = attempts.try_at_random(people, roles=ROLES, idents=idents, attempts=400, steps=60, provider=1)

    assert told.examples == []
    assert told.tried >= 400
    assert told.made > 10
    allowed = {(step.route.value, step.old.value, step.new.value) for step in TRANSITIONS}
    made = superuser.execute(
        "SELECT DISTINCT k.route, e.old_state, e.new_state FROM change_event e"
        " JOIN change_request r ON r.id = e.request_id JOIN change_kind k ON k.code = r.kind"
        " WHERE e.old_state IS NOT NULL"
    ).fetchall()
    assert set(itertools.starmap(lambda *step: step, made)) <= allowed
