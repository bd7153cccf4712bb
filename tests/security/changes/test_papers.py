"""Papers of a request: the server sees what a file is, nobody alters it, originals are seen on record."""

import hashlib

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import papers
from tests.security import filing
from tests.security.conftest import AGENT, CLERK, OTHER_CLERK, SUPERVISOR, one, visit

PDF, JPEG, PNG = filing.PDF, b"\xff\xd8\xff\xe0" + bytes(9), b"\x89PNG\r\n\x1a\n" + bytes(9)
TIFF, BIG_ENDIAN_TIFF = b"II*\x00" + bytes(9), b"MM\x00*" + bytes(9)

ATTACH = (
    "INSERT INTO change_paper (ident, request_id, paper_kind, file_name, content, is_original_seen)"
    " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id"
)


@pytest.fixture
def ident(guarded):
    return guarded.new_account()


@pytest.fixture
def clerk(enter, ident):
    opened = enter(CLERK)
    visit(opened, ident)
    return opened


@pytest.fixture
def request_id(clerk, ident):
    return filing.file(clerk, ident, "members")


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (PDF, "application/pdf"),
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (TIFF, "image/tiff"),
        (BIG_ENDIAN_TIFF, "image/tiff"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(clerk, ident, request_id, content, content_type):
    name = "potvrda.exe" + papers.PaperType(content_type).suffix
    paper = one(clerk, ATTACH, ident, request_id, "members_certificate", name, content, False)

    kept = clerk.execute(
        "SELECT content_type, size, sha256, content, added_by FROM change_paper WHERE id = %s", [paper]
    ).fetchone()
    assert kept == (content_type, len(content), hashlib.sha256(content).digest(), content, CLERK)


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00", b"<html>", b"PK\x03\x04", b"", b"GIF89a", b"#!/bin/sh\n", b"junk before\n" + PDF],
)
def test_what_is_no_paper_is_refused(clerk, ident, request_id, content):
    with pytest.raises(psycopg.Error, match="paper_type_refused"):
        one(clerk, ATTACH, ident, request_id, "members_certificate", "potvrda.pdf", content, True)


@pytest.mark.parametrize(
    "name",
    [
        "../../a.pdf",
        "a/b.pdf",
        "C:\\a.pdf",
        "a\nb.pdf",
        "\u202efdp.exe",
        ".htaccess",
        "",
        "x" * 121,
        'a".pdf',
        "x.pdf.exe",
        "x.pdf ",
        "x.pdf.",
        "x",
        ".pdf",
        "CON.pdf",
        "nul .pdf",
        "com1.x.pdf",
        "lpt².pdf",
        "fdp\u200b.pdf",
        "a\u00a0b.pdf",
        "a  b.pdf",
        "slika.png",
        "a\u2215b.pdf",
        "c\u030c.pdf",
        "\U000e0041.pdf",
    ],
)
def test_a_name_that_could_be_taken_for_a_path_is_refused(clerk, ident, request_id, name):
    with pytest.raises(psycopg.Error, match="paper_name_refused"):
        one(clerk, ATTACH, ident, request_id, "members_certificate", name, PDF, True)


def test_a_file_is_as_big_as_the_setting_allows(clerk, superuser, ident, request_id):
    superuser.execute("INSERT INTO setting VALUES ('change_paper_most_bytes', '2020-01-01', '300', false)")
    try:
        one(clerk, ATTACH, ident, request_id, "other", "a.pdf", PDF.ljust(300), True)
        with pytest.raises(psycopg.Error, match="paper_too_big"):
            one(clerk, ATTACH, ident, request_id, "other", "a.pdf", PDF.ljust(301), True)
    finally:
        superuser.execute("DELETE FROM setting WHERE name = 'change_paper_most_bytes'")


def test_a_paper_is_of_a_kind_that_is_asked_for(clerk, ident, request_id):
    for kind in ("title", "nonsense"):
        with pytest.raises(psycopg.Error, match="change_field_wrong"):
            one(clerk, ATTACH, ident, request_id, kind, "a.pdf", PDF, True)
    title = filing.file(clerk, ident, "holder")
    with pytest.raises(psycopg.Error, match="change_field_wrong"):
        clerk.execute(
            "INSERT INTO change_paper (ident, request_id, paper_kind, act, file_name, content)"
            " VALUES (%s, %s, 'title', 'wish', 'a.pdf', %s)",
            [ident, title, PDF],
        )


def test_a_paper_that_was_only_seen_has_no_content(clerk, ident, request_id):
    paper = one(clerk, ATTACH, ident, request_id, "members_certificate", "", None, True)

    kept = clerk.execute(
        "SELECT content_type, size, sha256, original_seen_by, original_seen_at > now() - interval '1 minute'"
        " FROM change_paper WHERE id = %s",
        [paper],
    ).fetchone()
    assert kept == ("", 0, None, CLERK, True)
    assert one(clerk, "SELECT missing_papers FROM change_request WHERE id = %s", request_id) == []


def test_a_paper_neither_seen_nor_attached_is_none(clerk, ident, request_id):
    with pytest.raises(psycopg.errors.CheckViolation):
        one(clerk, ATTACH, ident, request_id, "members_certificate", "", None, False)


def test_an_original_seen_later_is_seen_by_whoever_saw_it(clerk, enter, ident, request_id):
    paper = one(clerk, ATTACH, ident, request_id, "members_certificate", "a.pdf", PDF, False)
    other = enter(OTHER_CLERK)
    visit(other, ident)

    other.execute("UPDATE change_paper SET is_original_seen = true WHERE id = %s", [paper])

    assert one(clerk, "SELECT original_seen_by FROM change_paper WHERE id = %s", paper) == OTHER_CLERK


def test_nobody_sees_an_original_over_the_telephone(enter, ident):
    agent = enter(AGENT)
    visit(agent, ident)
    request = filing.file(agent, ident, "email_delivery", channel="phone")

    with pytest.raises(psycopg.Error, match="change_not_editable"):
        one(agent, ATTACH, ident, request, "email_consent", "", None, True)
    assert one(agent, ATTACH, ident, request, "email_consent", "a.pdf", PDF, False)


def test_an_agent_adds_nothing_to_what_others_filed(enter, ident, request_id):
    agent = enter(AGENT)
    visit(agent, ident)

    with pytest.raises(psycopg.Error, match="change_not_editable"):
        one(agent, ATTACH, ident, request_id, "members_certificate", "a.pdf", PDF, False)


def test_papers_come_later_and_go_only_before_submission(clerk, enter, ident):
    request = filing.file(clerk, ident, "members", channel="phone")
    filing.move(clerk, ident, request, "submitted")
    paper = filing.bring(clerk, ident, request, "members_certificate")
    with pytest.raises(psycopg.Error, match="change_not_editable"):
        clerk.execute("SELECT remove_change_paper(%s, %s)", [ident, paper])

    filing.move(clerk, ident, request, "returned", reason="pogrešna potvrda")
    assert one(clerk, "SELECT remove_change_paper(%s, %s)", ident, paper) == paper
    assert one(clerk, "SELECT missing_papers FROM change_request WHERE id = %s", request) == [
        "members_certificate"
    ]


def test_nothing_is_added_to_what_was_decided(clerk, enter, ident):
    supervisor = enter(SUPERVISOR)
    visit(supervisor, ident)
    request = filing.submit(clerk, ident, "members")
    filing.decide(supervisor, ident, request)

    with pytest.raises(psycopg.Error, match="change_not_editable"):
        filing.bring(clerk, ident, request, "other")


@pytest.mark.parametrize(
    "column", ["content", "file_name", "paper_kind", "sha256", "size", "content_type", "added_by"]
)
def test_nobody_alters_a_paper(clerk, ident, request_id, column):
    filing.bring(clerk, ident, request_id, "members_certificate")

    with pytest.raises(psycopg.Error) as refused:
        clerk.execute(f"UPDATE change_paper SET {column} = DEFAULT WHERE request_id = {request_id}")
    assert refused.value.sqlstate == "42501"


@pytest.fixture(scope="module")
def owner(guarded):
    with guarded.as_superuser() as opened:
        yield opened


@given(
    st.sampled_from(
        [b"", b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"%PD", b"II*"]
    ),
    st.binary(max_size=40),
    st.sampled_from([0, 1, 1024]),
)
def test_the_server_and_the_program_see_the_same_in_a_file(owner, beginning, rest, before):
    content = bytes(before) + beginning + rest

    assert one(owner, "SELECT sniffed_type(%s)", content) == papers.sniff(content)


_PIECES = st.sampled_from(
    [
        "con", "CON", "nul", "com1", "lpt²", "conin$", "conın$", ".", " ", "  ", "/", "\\", "⁄", ":", "?",
        "\u202e", "\u200b", "\u00a0", "\ufeff", "\t", "\n", "c\u030c", "x" * 60, "y" * 119, "😀", "K", "İ",
        "č", "Ж", ".pdf", ".PDF", ".exe", ".jpg", ".jfif", ".TIF", ".tif", ".tıf", ".png", "prilog",
    ]
)  # fmt: skip
_NAMES = st.lists(
    _PIECES | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=3),
    max_size=6,
).map("".join)


@given(_NAMES)
@settings(max_examples=400, deadline=None)
def test_the_server_and_the_program_take_the_same_names(owner, typed):
    kinds = list(papers.PaperType)
    taken = owner.execute(
        "SELECT is_safe_name(%s), array_agg(is_named_as(%s, kind) ORDER BY place)"
        " FROM unnest(%s::text[]) WITH ORDINALITY AS t (kind, place)",
        [typed, typed, kinds],
    ).fetchone()

    assert taken == (papers.is_safe_name(typed), [papers.is_named_as(typed, kind) for kind in kinds])


@given(_NAMES, st.sampled_from(papers.PaperType))
def test_a_name_the_program_made_safe_is_taken_by_the_server(owner, typed, kind):
    assert one(owner, "SELECT is_named_as(%s, %s)", papers.safe_name(typed, kind=kind), kind)
