"""Deciding: four eyes, completion, the provider's order, what came between, and taking back."""

from datetime import timedelta

import pytest

from app.domain.changes import ChangeKind, ChangeState
from app.domain.errors import Conflict
from app.usecases import changes, timeline
from app.usecases.timeline import EventKind
from tests.usecases.conftest import ANA, CLERK, NEW, SUPERVISOR, refused
from tests.usecases.filed import NEW_HOLDER, Desk, filing


@pytest.fixture
def desk(town):
    return Desk(town)


@pytest.fixture
def submitted(desk):
    """A change of members, entered by the clerk and submitted."""
    request_id = desk.draft(ChangeKind.MEMBERS, {"members": 4})
    desk.submit(request_id)
    return request_id


def test_moves_are_offered_by_role_and_four_eyes(desk, submitted):
    states = ChangeState

    assert desk.seen(submitted, by=CLERK).moves == {states.RETURNED, states.REJECTED, states.CANCELLED}
    assert desk.seen(submitted, by=SUPERVISOR).moves == {
        states.RETURNED,
        states.REJECTED,
        states.CANCELLED,
        states.APPROVED,
    }


def test_who_entered_a_request_cannot_approve_it(desk, submitted):
    version = desk.seen(submitted).version
    with desk.town.visiting(CLERK, ANA) as session, refused(session, changes.OwnApproval):
        changes.approve(session, ident=ANA, request_id=submitted, seen_version=version)

    assert desk.seen(submitted).state is ChangeState.SUBMITTED
    assert desk.state().members == 3


def test_a_clerk_does_not_decide_what_is_a_supervisors(desk):
    request_id = desk.draft(
        ChangeKind.PURPOSE, {"purpose": "business", "heated_area": "0", "has_waste": True}, by=SUPERVISOR
    )
    desk.submit(request_id, by=SUPERVISOR)
    version = desk.seen(request_id).version
    with desk.town.visiting(CLERK, ANA) as session, refused(session, changes.TransitionForbidden) as caught:
        changes.approve(session, ident=ANA, request_id=request_id, seen_version=version)

    assert (caught.value.old, caught.value.new) == (ChangeState.SUBMITTED, ChangeState.APPROVED)
    assert ChangeState.APPROVED not in desk.seen(request_id).moves


def test_a_request_is_returned_with_a_reason_completed_and_approved(desk, submitted):
    version = desk.seen(submitted).version
    with desk.town.visiting(SUPERVISOR, ANA) as session:
        with refused(session, changes.ChangeReasonMissing) as caught:
            changes.return_for_completion(
                session, ident=ANA, request_id=submitted, seen_version=version, reason="  "
            )
        moved = changes.return_for_completion(
            session, ident=ANA, request_id=submitted, seen_version=version, reason="Potvrda nema pečat."
        )
    assert caught.value.field == "reason"
    with desk.town.visiting(CLERK, ANA) as session:
        changes.change_draft(
            session,
            ident=ANA,
            request_id=submitted,
            seen_version=moved["version"],
            filing=filing(desk.today),
            values={"members": 5},
        )
    number = desk.seen(submitted).number
    again = desk.submit(submitted)
    desk.approve(submitted)
    request = desk.seen(submitted)

    assert again["number"] == number
    assert desk.state().members == 5
    assert [(event.new_state, event.who) for event in request.events] == [
        (ChangeState.DRAFT, "Ana Kovač"),
        (ChangeState.SUBMITTED, "Ana Kovač"),
        (ChangeState.RETURNED, "Sava Ilić"),
        (ChangeState.SUBMITTED, "Ana Kovač"),
        (ChangeState.APPROVED, "Sava Ilić"),
        (ChangeState.APPLIED, "Sava Ilić"),
    ]
    assert request.events[2].reason == "Potvrda nema pečat."


def test_a_submitted_request_is_not_edited(desk, submitted):
    version = desk.seen(submitted).version
    with desk.town.visiting(CLERK, ANA) as session, refused(session, changes.NotEditable):
        changes.change_draft(
            session,
            ident=ANA,
            request_id=submitted,
            seen_version=version,
            filing=filing(desk.today),
            values={"members": 9},
        )


def test_the_providers_order_is_awaited_and_written_down(desk):
    request_id = desk.draft(ChangeKind.STOP_HEATING, {"ground": "heat_meter"})
    desk.submit(request_id)
    version = desk.seen(request_id, by=SUPERVISOR).version
    with desk.town.visiting(SUPERVISOR, ANA) as session:
        with refused(session, changes.TransitionForbidden):
            changes.approve(session, ident=ANA, request_id=request_id, seen_version=version)
        choices = changes.providers(session)
        heat = next(one for one in choices if one.code == "elektrane")
        sent = changes.send_to_provider(
            session, ident=ANA, request_id=request_id, seen_version=version, provider_id=heat.id
        )
        with refused(session, changes.ProviderOrderMissing) as caught:
            changes.approve(session, ident=ANA, request_id=request_id, seen_version=sent["version"])
        written = changes.record_provider_order(
            session,
            ident=ANA,
            request_id=request_id,
            seen_version=sent["version"],
            provider_order="BE 1234\n/2026",
        )
    waiting = desk.seen(request_id, by=SUPERVISOR)
    with desk.town.visiting(SUPERVISOR, ANA) as session:
        changes.approve(session, ident=ANA, request_id=request_id, seen_version=written["version"])

    assert "infostan" not in {one.code for one in choices}
    assert caught.value.field == "provider_order"
    assert (waiting.provider, waiting.provider_order) == (heat, "BE 1234 /2026")
    assert waiting.sent_to_provider_at is not None
    assert desk.state().heated_area == 0


def test_a_request_is_rejected_with_a_reason_and_nothing_changes(desk, submitted):
    version = desk.seen(submitted).version
    with desk.town.visiting(SUPERVISOR, ANA) as session:
        changes.reject(
            session, ident=ANA, request_id=submitted, seen_version=version, reason="Potvrda nije važeća."
        )
    request = desk.seen(submitted)

    assert (request.state, request.reason, request.decided_by) == (
        ChangeState.REJECTED,
        "Potvrda nije važeća.",
        "Sava Ilić",
    )
    assert request.moves == frozenset()
    assert desk.state().members == 3


def test_who_entered_a_request_may_cancel_it(desk, submitted):
    version = desk.seen(submitted).version
    with desk.town.visiting(CLERK, ANA) as session:
        changes.cancel(session, ident=ANA, request_id=submitted, seen_version=version, reason="Odustao.")

    assert desk.seen(submitted).state is ChangeState.CANCELLED


def test_who_decides_second_is_told_who_decided_first(desk, submitted):
    version = desk.seen(submitted).version
    desk.approve(submitted)
    with desk.town.visiting(SUPERVISOR, ANA) as session, pytest.raises(Conflict) as caught:
        changes.approve(session, ident=ANA, request_id=submitted, seen_version=version)

    assert caught.value.changed_by == "Sava Ilić"
    assert caught.value.fields["state"] == ChangeState.APPLIED


def test_an_approval_is_refused_when_what_is_on_file_changed_since(desk, submitted):
    other = desk.draft(ChangeKind.MEMBERS, {"members": 6})
    desk.submit(other)
    desk.approve(other)
    version = desk.seen(submitted).version
    with desk.town.visiting(SUPERVISOR, ANA) as session, refused(session, changes.Outdated) as caught:
        changes.approve(session, ident=ANA, request_id=submitted, seen_version=version)

    assert caught.value.fields == ("members",)


def test_approval_and_effect_are_one_and_take_three_statements(desk, submitted):
    version = desk.seen(submitted).version
    with desk.town.visiting(SUPERVISOR, ANA) as session:
        moved = changes.approve(session, ident=ANA, request_id=submitted, seen_version=version)

        assert len(desk.town.statements) == 3
    request = desk.seen(submitted)

    assert moved == {"request_id": submitted, "state": "applied", "version": request.version}
    assert request.applied_at is not None
    assert request.can_undo


def test_a_wrong_change_is_undone_by_an_inverse_request_that_remembers_it(desk):
    wrong = desk.applied(ChangeKind.MEMBERS, {"members": 9})
    with desk.town.visiting(CLERK, ANA) as session:
        with refused(session, changes.ChangeReasonMissing):
            changes.undo(session, ident=ANA, request_id=wrong.id, reason="")
        inverse = changes.undo(session, ident=ANA, request_id=wrong.id, reason="Greška u unosu.")
        with refused(session, changes.UndoneAlready):
            changes.undo(session, ident=ANA, request_id=wrong.id, reason="Opet.")
    waiting = desk.seen(inverse["request_id"])
    desk.approve(inverse["request_id"])

    assert (waiting.undoes, waiting.state) == (wrong.id, ChangeState.SUBMITTED)
    assert waiting.values == {"members": 3}
    assert desk.state().members == 3
    assert desk.seen(wrong.id).undone_by == inverse["request_id"]
    assert not desk.seen(wrong.id).can_undo
    assert desk.seen(wrong.id).state is ChangeState.APPLIED


def test_stopped_heating_is_taken_back_with_the_area_it_had(desk):
    wrong = desk.applied(ChangeKind.STOP_HEATING, {"ground": "heat_meter"}, past_provider=True)
    with desk.town.visiting(CLERK, ANA) as session:
        inverse = changes.undo(session, ident=ANA, request_id=wrong.id, reason="Nalog je za drugi stan.")
    waiting = desk.seen(inverse["request_id"])
    desk.send_to_provider(inverse["request_id"])
    desk.approve(inverse["request_id"], provider_order="BE-78/2026")

    assert waiting.values["heated_area"] == "52.10"
    assert str(desk.state().heated_area) == "52.10"


def test_a_holder_entered_wrongly_is_taken_back_with_the_number(desk):
    old = desk.holder()
    wrong = desk.applied(ChangeKind.HOLDER, NEW_HOLDER)
    with desk.town.visiting(CLERK, ANA) as session:
        inverse = changes.undo(session, ident=ANA, request_id=wrong.id, reason="Pogrešan račun.")
    desk.approve(inverse["request_id"])

    assert (desk.holder().last_name, desk.holder().jmbg) == (old.last_name, old.jmbg)


def test_what_was_changed_again_cannot_be_taken_back(desk):
    wrong = desk.applied(ChangeKind.MEMBERS, {"members": 9})
    desk.applied(ChangeKind.MEMBERS, {"members": 2})
    with desk.town.visiting(CLERK, ANA) as session, refused(session, changes.Superseded):
        changes.undo(session, ident=ANA, request_id=wrong.id, reason="Greška u unosu.")


def test_the_timeline_shows_how_a_request_went(desk, submitted):
    desk.approve(submitted)
    number = desk.seen(submitted).number
    with desk.town.visiting(CLERK, ANA) as session:
        events = timeline.timeline_page(session, ident=ANA, kinds=[EventKind.CHANGE]).rows

        assert len(desk.town.statements) == 1
    applied, filed = events
    assert (filed.state, filed.number, filed.text, filed.who) == ("submitted", number, "members", "Ana Kovač")
    assert (applied.state, applied.who, applied.record_id) == ("applied", "Sava Ilić", submitted)
    assert applied.period == desk.seen(submitted).effective.period


# -- the work list -----------------------------------------------------------------------------------

WAITING = (ChangeState.SUBMITTED, ChangeState.WITH_PROVIDER)


def test_the_nearest_deadline_comes_first_and_pages_follow(desk, submitted):
    address = desk.draft(ChangeKind.DELIVERY_ADDRESS, {"delivery_address": "Bulevar 7"}, ident=NEW)
    desk.submit(address, ident=NEW)
    with desk.town.signed_in(SUPERVISOR) as session:
        first = changes.work_list(session, states=WAITING, limit=1)
        second = changes.work_list(session, states=WAITING, limit=1, after=first.next_key)
        narrow = changes.work_list(session, states=WAITING, kinds=[ChangeKind.MEMBERS], branch=6)
        elsewhere = changes.work_list(session, states=WAITING, branch=1)

        assert len(desk.town.statements) == 4
    assert [row.id for row in (*first.rows, *second.rows)] == [address, submitted]  # 8 days before 15
    assert second.next_key is None
    assert [row.id for row in narrow.rows] == [submitted]
    assert elsewhere.rows == ()
    (row,) = narrow.rows
    assert (row.account_name, row.entered_by, row.is_entered_by_me) == ("Petrović Ana", "Ana Kovač", False)
    assert row.due_on == desk.today + timedelta(days=15)
    assert not row.papers_missing


def test_what_waits_is_counted_by_kind_state_and_deadline(desk, submitted):
    desk.town.run("SET LOCAL session_replication_role = replica")
    desk.town.run("UPDATE change_request SET due_on = :day", day=desk.today - timedelta(days=1))
    desk.town.run("SET LOCAL session_replication_role = origin")
    with desk.town.signed_in(CLERK) as session:
        counts = changes.work_counts(session)

    assert counts.of(states=WAITING) == counts.of(states=WAITING, only_overdue=True) == 1
    assert counts.of(states=WAITING, kinds=[ChangeKind.AREA]) == 0
    assert counts.of(states=[ChangeState.RETURNED]) == 0
    assert counts.of(states=WAITING, branch=6) == 1


def test_a_request_is_taken_by_one_at_a_time_and_given_back(desk, submitted):
    with desk.town.signed_in(SUPERVISOR) as session:
        mine = changes.claim(session, ident=ANA, request_id=submitted)
        listed = changes.work_list(session, states=WAITING, claimant=SUPERVISOR).rows
    with desk.town.signed_in(CLERK) as session:
        theirs = changes.claim(session, ident=ANA, request_id=submitted)
    with desk.town.signed_in(SUPERVISOR) as session:
        changes.release(session, ident=ANA, request_id=submitted)
        free = changes.work_list(session, states=WAITING).rows

    assert mine["is_mine"]
    assert (theirs["is_mine"], theirs["full_name"]) == (False, "Sava Ilić")
    assert [(row.claimed_by, row.is_claimed_by_me) for row in listed] == [("Sava Ilić", True)]
    assert [row.claimed_by for row in free] == [""]


def test_the_next_one_taken_is_none_of_ones_own(desk, submitted):
    with desk.town.signed_in(CLERK) as session:
        assert changes.take_next(session, states=WAITING) is None  # four eyes
    with desk.town.signed_in(SUPERVISOR) as session:
        taken = changes.take_next(session, states=WAITING)
        nothing_left = changes.take_next(session, states=WAITING)

    assert taken == {"ident": ANA, "request_id": submitted}
    assert nothing_left is None
