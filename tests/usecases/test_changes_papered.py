"""Papers of a request: attached, told by their content, seen in the original, taken away again."""

import pytest

from app.domain.changes import ChangeKind, ChangeState, PaperKind
from app.usecases import changes
from tests.usecases.conftest import ANA, CLERK, SUPERVISOR, refused
from tests.usecases.filed import NEW_HOLDER, PDF, Desk


@pytest.fixture
def desk(town):
    return Desk(town)


def test_papers_are_needed_to_submit_at_the_counter(desk):
    request_id = desk.draft(ChangeKind.MEMBERS, {"members": 4}, with_papers=False)
    with desk.town.visiting(CLERK, ANA) as session, refused(session, changes.PapersMissing) as caught:
        changes.submit(session, ident=ANA, request_id=request_id, seen_version=1, confirmed=True)

    assert caught.value.papers == (PaperKind.MEMBERS_CERTIFICATE,)


def test_a_paper_is_stored_with_its_digest_and_shown_again(desk):
    request_id = desk.draft(ChangeKind.MEMBERS, {"members": 4}, with_papers=False)
    with desk.town.visiting(CLERK, ANA) as session:
        attached = changes.attach_paper(
            session,
            ident=ANA,
            request_id=request_id,
            paper_kind=PaperKind.MEMBERS_CERTIFICATE,
            act="",
            file_name="potvrda upravnika.pdf",
            content=PDF,
        )
        content = changes.paper_content(session, ident=ANA, paper_id=attached["paper_id"])
    (paper,) = desk.seen(request_id).papers

    assert content == PDF
    assert (paper.content_type, paper.size, len(paper.sha256)) == ("application/pdf", len(PDF), 64)
    assert (paper.added_by, paper.is_original_seen) == ("Ana Kovač", False)
    assert desk.seen(request_id).checklist[0].is_satisfied


def test_what_is_no_paper_is_refused(desk):
    request_id = desk.draft(ChangeKind.MEMBERS, {"members": 4}, with_papers=False)

    def attach(session, **others):
        given = {"file_name": "potvrda.pdf", "content": PDF, "act": "", **others}
        changes.attach_paper(
            session, ident=ANA, request_id=request_id, paper_kind=PaperKind.MEMBERS_CERTIFICATE, **given
        )

    with desk.town.visiting(CLERK, ANA) as session:
        with refused(session, changes.PaperTypeRefused):
            attach(session, content=b"MZ\x90\x00program")
        with refused(session, changes.PaperNameRefused):
            attach(session, file_name="../../etc/passwd")
        with refused(session, changes.PaperTooBig) as caught:
            attach(session, content=PDF + b" " * (15 * 1024 * 1024))
        with refused(session, changes.FormWrong):
            attach(session, act="sale_contract")
    assert caught.value.most == 15 * 1024 * 1024


def test_an_original_that_nobody_saw_stops_the_approval(desk):
    request_id = desk.draft(ChangeKind.HOLDER, NEW_HOLDER, with_papers=False)
    with desk.town.visiting(CLERK, ANA) as session:
        for kind, act in (("request", ""), ("title", "gift_contract"), ("identity_card", "")):
            paper = changes.attach_paper(
                session,
                ident=ANA,
                request_id=request_id,
                paper_kind=PaperKind(kind),
                act=act,
                file_name=f"{kind}.pdf",
                content=PDF,
            )
        changes.see_original(session, ident=ANA, paper_id=paper["paper_id"])
    desk.submit(request_id)
    version = desk.seen(request_id).version
    with desk.town.visiting(SUPERVISOR, ANA) as session, refused(session, changes.OriginalNotSeen) as caught:
        changes.approve(session, ident=ANA, request_id=request_id, seen_version=version)

    assert caught.value.papers == (PaperKind.TITLE,)
    assert [one.is_satisfied for one in desk.seen(request_id).checklist] == [True, False, True]


@pytest.mark.parametrize(("number", "kept"), [("00 123 4567", "001234567"), ("рс-1234", "RS-1234")])
def test_an_identity_card_is_seen_its_number_written_down_and_no_copy_kept(desk, number, kept):
    request_id = desk.draft(
        ChangeKind.CORRECTION, {"last_name": "Petrov", "first_name": "Ana"}, with_papers=False
    )
    card = {"ident": ANA, "request_id": request_id, "paper_kind": PaperKind.IDENTITY_CARD, "act": ""}
    with desk.town.visiting(CLERK, ANA) as session:
        with refused(session, changes.PaperNumberMissing):
            changes.see_original_only(session, **card)
        with refused(session, changes.PaperNumberRefused):
            changes.see_original_only(session, **card, number="1505985710005")
        seen = changes.see_original_only(session, **card, number=number)
        with refused(session, changes.NoSuchPaper):
            changes.paper_content(session, ident=ANA, paper_id=seen["paper_id"])
    request = desk.seen(request_id)
    (paper,), (asked,) = request.papers, request.checklist

    assert (paper.size, paper.original_seen_by, paper.number) == (0, "Ana Kovač", kept)
    assert (asked.is_missing, asked.is_satisfied) == (False, True)


def test_a_paper_can_be_taken_away_until_the_request_is_submitted(desk):
    request_id = desk.draft(ChangeKind.MEMBERS, {"members": 4})
    (first, *_) = desk.seen(request_id).papers
    with desk.town.visiting(CLERK, ANA) as session:
        changes.remove_paper(session, ident=ANA, paper_id=first.id)
        with refused(session, changes.NoSuchPaper):
            changes.remove_paper(session, ident=ANA, paper_id=first.id)
    submitted = desk.draft(ChangeKind.MEMBERS, {"members": 5})
    desk.submit(submitted)
    with desk.town.visiting(CLERK, ANA) as session, refused(session, changes.NotEditable) as caught:
        changes.remove_paper(session, ident=ANA, paper_id=desk_paper(desk, submitted))

    assert caught.value.state is ChangeState.SUBMITTED


def desk_paper(desk, request_id):
    return desk.row("SELECT min(id) AS id FROM change_paper WHERE request_id = :id", id=request_id).id
