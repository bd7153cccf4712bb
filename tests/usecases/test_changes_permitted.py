"""What is offered to whoever looks at a request: the same that the database would allow."""

import pytest

from app.domain.changes import ChangeKind, ChangeState, PaperKind
from app.domain.papers import Scan
from app.usecases import changes, staff
from app.usecases.changes import ApprovalBarrier, BatchBarrier
from app.usecases.staff import Me, Role
from tests.usecases.conftest import AGENT, ANA, CLERK, SUPERVISOR, Town
from tests.usecases.filed import NEW_HOLDER, PDF, Desk


@pytest.fixture
def desk(town: Town) -> Desk:
    return Desk(town)


def me(desk: Desk, login: str) -> Me:
    with desk.town.signed_in(login) as session:
        return staff.sign_in_facts(session)


def barrier(desk: Desk, request_id: int, *, by: str) -> ApprovalBarrier | None:
    return changes.approval_barrier(desk.seen(request_id, by=by), me=me(desk, by))


def test_who_entered_a_request_is_told_that_somebody_else_approves_it(desk: Desk) -> None:
    request_id = desk.draft(ChangeKind.MEMBERS, {"members": 4})
    assert barrier(desk, request_id, by=CLERK) is None  # a draft: there is nothing to decide

    desk.submit(request_id)

    assert barrier(desk, request_id, by=CLERK) is ApprovalBarrier.OWN
    assert barrier(desk, request_id, by=SUPERVISOR) is None
    desk.approve(request_id)
    assert barrier(desk, request_id, by=SUPERVISOR) is None


def test_a_returned_request_is_submitted_again_before_it_is_approved(desk: Desk) -> None:
    request_id = desk.draft(ChangeKind.MEMBERS, {"members": 4})
    desk.submit(request_id)
    version = desk.seen(request_id).version
    with desk.town.visiting(SUPERVISOR, ANA) as session:
        changes.return_for_completion(
            session, ident=ANA, request_id=request_id, seen_version=version, reason="Potvrda nema pečat."
        )

    assert barrier(desk, request_id, by=SUPERVISOR) is ApprovalBarrier.RETURNED


def test_an_original_nobody_saw_is_told_by_the_paper(desk: Desk) -> None:
    request_id = desk.draft(ChangeKind.HOLDER, NEW_HOLDER, with_papers=False)
    with desk.town.visiting(CLERK, ANA) as session:
        for kind, act in ((PaperKind.REQUEST, ""), (PaperKind.TITLE, "gift_contract")):
            changes.attach_paper(
                session,
                ident=ANA,
                request_id=request_id,
                paper_kind=kind,
                act=act,
                file_name=f"{kind}.pdf",
                content=PDF,
            )
        changes.see_original_only(
            session,
            ident=ANA,
            request_id=request_id,
            paper_kind=PaperKind.IDENTITY_CARD,
            act="",
            number="001234567",
        )
    desk.submit(request_id)

    assert barrier(desk, request_id, by=SUPERVISOR) is ApprovalBarrier.ORIGINAL_NOT_SEEN
    assert changes.lacking_papers(desk.seen(request_id)) == (PaperKind.TITLE,)


def test_where_the_provider_decides_they_are_asked_first_and_their_order_written_down(desk: Desk) -> None:
    request_id = desk.draft(ChangeKind.STOP_HEATING, {"ground": "heat_meter"}, with_papers=False)
    desk.submit(request_id)
    assert barrier(desk, request_id, by=CLERK) is ApprovalBarrier.NOT_SUPERVISOR
    assert barrier(desk, request_id, by=SUPERVISOR) is ApprovalBarrier.PROVIDER_FIRST
    assert not changes.may_record_order(desk.seen(request_id), me=me(desk, CLERK))

    desk.send_to_provider(request_id)

    sent = desk.seen(request_id)
    assert [changes.may_record_order(sent, me=me(desk, login)) for login in (CLERK, SUPERVISOR, AGENT)] == [
        True,
        True,
        False,
    ]
    assert barrier(desk, request_id, by=SUPERVISOR) is ApprovalBarrier.PAPERS_MISSING


@pytest.mark.parametrize("scan", [Scan("nalog.pdf", PDF), None])
def test_an_order_is_written_down_with_its_scan_or_as_seen_on_paper(desk: Desk, scan: Scan | None) -> None:
    request_id = desk.draft(ChangeKind.STOP_HEATING, {"ground": "heat_meter"}, with_papers=False)
    desk.submit(request_id)
    desk.send_to_provider(request_id)
    version = desk.seen(request_id).version

    with desk.town.visiting(CLERK, ANA) as session:
        changes.record_order(
            session, ident=ANA, request_id=request_id, seen_version=version, order="GČ-77", scan=scan
        )

    seen = desk.seen(request_id)
    (paper,) = [one for one in seen.papers if one.kind is PaperKind.PROVIDER_ORDER]
    assert seen.provider_order == "GČ-77"
    assert (bool(paper.size), paper.is_original_seen) == (scan is not None, scan is None)


def test_what_waits_for_a_clerk_is_what_a_clerk_decides() -> None:
    decided = changes.kinds_decided_by(Role.CLERK)

    assert ChangeKind.MEMBERS in decided
    assert ChangeKind.CHARGING_METHOD not in decided
    assert changes.kinds_decided_by(Role.SUPERVISOR) == frozenset(ChangeKind)
    assert changes.kinds_decided_by(Role.AGENT) == frozenset()


def test_of_those_marked_together_what_a_colleague_holds_or_lacks_papers_is_left_out(desk: Desk) -> None:
    own = desk.draft(ChangeKind.MEMBERS, {"members": 4})
    bare = desk.draft(ChangeKind.STOP_HEATING, {"ground": "heat_meter"}, with_papers=False)
    desk.submit(own)
    desk.submit(bare)

    assert left_out(desk, by=CLERK) == {own: BatchBarrier.OWN, bare: BatchBarrier.OWN}
    with desk.town.visiting(CLERK, ANA) as session:
        changes.claim(session, ident=ANA, request_id=own)
    assert left_out(desk, by=SUPERVISOR) == {own: BatchBarrier.TAKEN, bare: BatchBarrier.PAPERS_MISSING}


def left_out(desk: Desk, *, by: str) -> dict[int, BatchBarrier | None]:
    with desk.town.signed_in(by) as session:
        rows = changes.work_list(session, states=[ChangeState.SUBMITTED]).rows
    return {row.id: changes.batch_barrier(row) for row in rows}
