"""How accounts are looked for: how many are counted, by how many statements and by which index."""

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from app.usecases import search
from db.queries.search import choices


@pytest.mark.parametrize("typed", ["jovanovic", "glavna", "zemun", "zemun jovanovic", "zem jov"])
def test_more_than_can_be_counted_is_said_to_be_more(crowded, typed):
    found = search.find(crowded, text=typed)

    assert (len(found.hits), found.total, found.is_total_exact) == (50, 1000, False)


def test_what_can_be_counted_is_counted(crowded):
    found = search.find(crowded, text="zemun jovanovic 29")

    assert (found.total, found.is_total_exact) == (111, True)
    assert found.hits[0].name == "Jovanović 29"


def test_a_longer_page_can_be_asked_for(crowded):
    found = search.find(crowded, text="zemun jovanovic 29", limit=200)

    assert len({hit.ident for hit in found.hits}) == 111


# -- how it is asked ---------------------------------------------------------------------------


def statements(session: Session, typed: str) -> list[tuple[str, object]]:
    asked: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, given, *_rest):
        asked.append((statement, given))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        search.find(session, text=typed)
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return asked


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("jovanovic", 1),
        ("1000042", 1),
        ("1000", 1),
        ("064/123-4567", 2),
        ("zemun jovanovic", 2),
        ("petrovik", 3),
        ("qwxyqwxy", 2),
    ],
)
def test_a_keystroke_costs_so_many_statements(crowded, typed, count):
    assert len(statements(crowded, typed)) == count


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("jovanovic", "ix_account_search_name"),
        ("glavna 7", "ix_account_search_address"),
        ("zemun 77 jovanovic", "ix_account_search_terms"),
        ("petrovik", "ix_account_search_terms"),
        ("1000", "ix_account_search_ident_text"),
        ("1000042", "pk_account_search"),
        ("ankov", "ix_account_search_terms"),
    ],
)
def test_the_clerk_s_search_goes_by_its_index(crowded, typed, index):
    crowded.execute(text("SET LOCAL enable_seqscan = off"))  # three thousand rows are too few to prefer one
    plans = []
    for statement, given in statements(crowded, typed):
        rows = crowded.connection().exec_driver_sql("EXPLAIN " + statement, given)
        plans.append("\n".join(rows.scalars()))

    assert any(index in plan for plan in plans)
    assert not any("Seq Scan on account_search" in plan for plan in plans)


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (
            "SELECT ident FROM contact WHERE normalized = '0641234567' AND kind = 'phone'",
            "ix_contact_normalized",
        ),
        ("SELECT ident FROM holder WHERE jmbg = '0101990715003'", "ix_holder_jmbg"),
        ("SELECT ident FROM holder WHERE pib = '100000049'", "ix_holder_pib"),
        ("SELECT ident FROM holder WHERE company_number = '07000006'", "ix_holder_company_number"),
    ],
)
def test_look_ups_behind_functions_go_by_their_index(connection, statement, index):
    connection.execute(text("SET LOCAL enable_seqscan = off"))

    plan = "\n".join(connection.execute(text("EXPLAIN " + statement)).scalars())

    assert index in plan


def test_a_corrected_query_replaces_the_unknown_word_first():
    typed = [
        choices.Choice("petrovik", 0, ()),
        choices.Choice("ana", 90, ("ana", "anastasija")),
    ]
    alike = [(0, "petrovic", 1), (1, "anka", 1)]

    attempts = [[choice.words for choice in one] for one in choices.corrections(typed, alike)]

    assert attempts == [[("petrovic",), ("ana", "anastasija")], [("petrovic",), ("anka",)]]
