"""Seals: a page says the same however it was sent and saved, and nothing else passes for one."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.seals import (
    NotASeal,
    Seal,
    SealedHead,
    SealedJoint,
    SealedMonth,
    SealOfAnotherVersion,
    read,
)

HASH = "0123456789abcdef" * 4
SIGNATURE = bytes(range(64))
SEAL = Seal(
    database_id=UUID("6f1c2a34-0000-4000-8000-000000000001"),
    database="salter",
    sealed_at="2026-11-30T22:40:01Z",
    key=HASH,
    joint=SealedJoint(12, HASH),
    months=(SealedMonth("2026-09-01", "bill", 25_000, HASH), SealedMonth("2026-10-01", "bill", 25_010, HASH)),
    heads=(SealedHead("audit_log", "", 9, HASH), SealedHead("read_log", "ana.petrovic", 153, HASH)),
)


def test_a_page_is_read_by_a_person_line_by_line():
    assert SEAL.page(signature=SIGNATURE).splitlines() == [
        "Salter seal 1",
        'database 6f1c2a34-0000-4000-8000-000000000001 "salter"',
        "sealed 2026-11-30T22:40:01Z",
        f"key {HASH}",
        f"joint 12 {HASH}",
        f"month 2026-09-01 bill 25000 {HASH}",
        f"month 2026-10-01 bill 25010 {HASH}",
        f'head audit_log 9 {HASH} ""',
        f'head read_log 153 {HASH} "ana.petrovic"',
        f"signature {SIGNATURE.hex()}",
    ]


@pytest.mark.parametrize(
    "handled",
    [
        lambda page: page,
        lambda page: page.replace("\n", "\r\n"),
        lambda page: page.rstrip("\n"),
        lambda page: "\n".join(f"  {line} \n" for line in page.splitlines()),
    ],
    ids=["as written", "by another system", "without its last newline", "with wide lines"],
)
def test_a_page_says_the_same_however_its_lines_end(handled):
    seal, signature = read(handled(SEAL.page(signature=SIGNATURE)))

    assert (seal, signature) == (SEAL, SIGNATURE)
    assert seal.text() == SEAL.text()


@given(st.text(), st.text())
def test_no_login_and_no_name_of_a_database_writes_a_line_of_its_own(login, database):
    seal = Seal(
        SEAL.database_id, database, SEAL.sealed_at, HASH, heads=(SealedHead("read_log", login, 1, HASH),)
    )

    assert read(seal.page(signature=SIGNATURE)) == (seal, SIGNATURE)
    assert len(seal.text().splitlines()) == 5


def test_the_order_in_which_things_were_told_does_not_matter():
    turned = Seal(
        SEAL.database_id,
        SEAL.database,
        SEAL.sealed_at,
        SEAL.key,
        SEAL.joint,
        SEAL.months[::-1],
        SEAL.heads[::-1],
    )

    assert turned.text() == SEAL.text()


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("", 1),
        ("A bill\n", 1),
        (SEAL.text(), 0),
        (SEAL.page(signature=SIGNATURE).replace("joint 12", "joint twelve"), 5),
        (SEAL.page(signature=SIGNATURE).replace("joint 12", "# all is well\njoint 12"), 5),
        (
            SEAL.page(signature=SIGNATURE).replace("sealed 2026", "sealed 2025-01-01T00:00:00Z\nsealed 2026"),
            4,
        ),
        (SEAL.page(signature=SIGNATURE).replace(f"key {HASH}\n", ""), 0),
        (SEAL.page(signature=SIGNATURE)[:-9], 0),
    ],
)
def test_what_is_no_seal_or_not_whole_is_told_by_its_line(page, line):
    with pytest.raises(NotASeal) as told:
        read(page)

    assert told.value.line == line


def test_a_seal_of_a_version_to_come_is_not_guessed_at():
    with pytest.raises(SealOfAnotherVersion) as told:
        read(SEAL.page(signature=SIGNATURE).replace("Salter seal 1", "Salter seal 2"))

    assert told.value.version == 2
