"""Who a holder is: an identity paper that was only seen counts by its number, or not at all."""

from typing import Any

import psycopg
import pytest

from tests.security import filing
from tests.security.changes.rows import holder, refused, state_of
from tests.security.conftest import CLERK, OTHER_CLERK, SUPERVISOR, one

Connection = psycopg.Connection[Any]

CARD = "001234567"

NAMES_ANOTHER = {
    "holder": filing.PERSON,
    "correction": {"last_name": "Lažić", "first_name": "Lazar", "jmbg": filing.OTHER_JMBG},
}


def see(clerk: Connection, ident: int, request: int, kind: str = "identity_card", number: str = "") -> None:
    """Say that an original was seen of which no copy is kept."""
    clerk.execute(
        "INSERT INTO change_paper (ident, request_id, paper_kind, is_original_seen, number)"
        " VALUES (%s, %s, %s, true, %s)",
        [ident, request, kind, number],
    )


def all_but_the_card(clerk: Connection, ident: int, kind: str) -> int:
    """File a request and bring all its papers but the one that says who somebody is."""
    request = filing.file(clerk, ident, kind, NAMES_ANOTHER[kind])
    missing = one(clerk, "SELECT missing_papers FROM change_request WHERE id = %s", request)
    for paper in missing:
        if paper != "identity_card":
            filing.bring(clerk, ident, request, paper)
    return request


@pytest.mark.parametrize("kind", NAMES_ANOTHER)
def test_that_a_card_was_seen_is_no_identity_paper(visiting, ident, kind):
    clerk = visiting(CLERK)
    request = all_but_the_card(clerk, ident, kind)

    with pytest.raises(psycopg.Error, match="paper_number_missing"):
        see(clerk, ident, request)
    assert "change_papers_missing" in str(refused(clerk, ident, request, "submitted"))


@pytest.mark.parametrize("kind", NAMES_ANOTHER)
def test_one_that_was_only_seen_before_there_was_a_number_is_missing(visiting, superuser, ident, kind):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    before = holder(superuser, ident)
    request = filing.submit(clerk, ident, kind, NAMES_ANOTHER[kind])
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        "UPDATE change_paper SET content = NULL, file_name = '', content_type = ''"
        " WHERE request_id = %s AND paper_kind = 'identity_card'",
        [request],
    )
    superuser.execute("RESET session_replication_role")

    assert "change_papers_missing" in str(refused(supervisor, ident, request, "approved"))
    assert holder(superuser, ident) == before


@pytest.mark.parametrize("kind", NAMES_ANOTHER)
def test_its_number_counts_where_somebody_else_approves(visiting, ident, kind):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    request = all_but_the_card(clerk, ident, kind)
    see(clerk, ident, request, number=CARD)
    filing.move(clerk, ident, request, "submitted")

    assert "change_own_approval" in str(refused(clerk, ident, request, "approved"))
    filing.decide(supervisor, ident, request)
    assert state_of(clerk, request) == "applied"


def test_and_not_where_one_person_is_enough(visiting, superuser, ident):
    clerk, supervisor = visiting(CLERK), visiting(SUPERVISOR)
    request = all_but_the_card(clerk, ident, "correction")
    see(clerk, ident, request, number=CARD)
    superuser.execute("UPDATE change_kind SET four_eyes = false WHERE code = 'correction'")
    try:
        assert "change_papers_missing" in str(refused(clerk, ident, request, "submitted"))
        filing.bring(clerk, ident, request, "identity_card")
        filing.move(clerk, ident, request, "submitted")
        filing.decide(supervisor, ident, request)
    finally:
        superuser.execute("UPDATE change_kind SET four_eyes = true WHERE code = 'correction'")


def test_whoever_wrote_the_number_down_does_not_approve(visiting, ident):
    clerk, other = visiting(CLERK), visiting(OTHER_CLERK)
    request = all_but_the_card(clerk, ident, "correction")
    see(other, ident, request, number=CARD)
    filing.move(clerk, ident, request, "submitted")

    assert "change_own_approval" in str(refused(other, ident, request, "approved"))


@pytest.mark.parametrize(
    "number",
    ["x", "0", "ABCD", "1505985710005", " 150598 5710005", "12345\n678", "12'34567", "1" * 41, "\u200b0012"],
)
def test_what_is_no_number_of_a_paper_is_refused(visiting, ident, number):
    clerk = visiting(CLERK)
    request = all_but_the_card(clerk, ident, "correction")

    with pytest.raises(psycopg.Error, match=r"paper_number_(refused|missing)"):
        see(clerk, ident, request, number=number)


def test_a_number_is_kept_in_one_form_and_stays_as_it_was_written_down(visiting, ident):
    clerk = visiting(CLERK)
    request = all_but_the_card(clerk, ident, "correction")
    see(clerk, ident, request, number=" 00 123-4567a ")

    assert (
        one(clerk, "SELECT number FROM change_paper WHERE number <> '' AND ident = %s", ident)
        == "00123-4567A"
    )
    with pytest.raises(psycopg.Error):
        clerk.execute("UPDATE change_paper SET number = '009999999' WHERE request_id = %s", [request])


def test_the_extract_of_a_firm_is_told_by_its_number_too(visiting, ident):
    clerk = visiting(CLERK)
    request = filing.file(clerk, ident, "holder", filing.FIRM)

    with pytest.raises(psycopg.Error, match="paper_number_missing"):
        see(clerk, ident, request, "register_extract")
    see(clerk, ident, request, "register_extract", "BD 12345/2026")
    assert "register_extract" not in one(
        clerk, "SELECT missing_papers FROM change_request WHERE id = %s", request
    )


def test_every_kind_that_names_a_holder_asks_for_a_paper_that_says_who_it_is(superuser):
    unproven = superuser.execute(
        "SELECT code FROM change_kind WHERE jsonb_path_exists(declaration,"
        ' \'$.fields[*].target ? (@ == "holder.last_name" || @ == "holder.jmbg" || @ == "holder.pib")\')'
        " AND NOT (four_eyes AND jsonb_path_exists(declaration, '$.papers[*].must_identify ? (@ == true)'))"
    ).fetchall()

    assert unproven == []
