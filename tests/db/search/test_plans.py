"""How accounts are looked for: how many are counted, by how many statements and by which index."""

import math
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from app.usecases import search
from db.queries.search import choices
from tests.db.search.conftest import owner


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


@pytest.mark.parametrize(
    "typed",
    [
        "zemun jovanovic 29",
        "jo 12",
        "z j 77",
        "gl 15 zem",
        "29 jova zemu",
        "1 2 z",
        "q w",
        "jovanovi 1000 gla",
    ],
)
def test_a_count_that_is_called_exact_is_what_reading_every_row_gives(crowded, typed):
    found = search.find(crowded, text=typed)

    ((every,),) = owner(
        crowded,
        "SELECT count(*) FROM account_search WHERE ' ' || words LIKE ALL (:beginnings)",
        beginnings=[f"% {token}%" for token in typed.split()],
    )
    assert (found.total, found.is_total_exact) == ((every, True) if every <= 1000 else (1000, False))


def said_to_occur(session: Session, *, word: str, times: int) -> None:
    owner(session, "UPDATE search_word SET frequency = :times WHERE word = :word", word=word, times=times)


@pytest.fixture
def nothing_plentiful(monkeypatch):
    """In three thousand accounts a word of twelve thousand is everybody's; in a city it is not."""
    monkeypatch.setattr(choices, "PLENTIFUL", math.inf)


def test_where_nearly_all_match_pages_at_random_fill_the_answer(crowded):
    (_, (_, gathered)) = statements(crowded, "z j")

    assert gathered["asked"].obj["sample"] == "pages"
    assert len(search.find(crowded, text="z j").hits) == 50


def test_where_the_pages_at_random_hold_too_few_all_are_asked(crowded):
    few = search.find(crowded, text="2 z")

    ((hits,),) = owner(
        crowded,
        "SELECT count(*) FROM account_search WHERE ' ' || words LIKE '% 2%' AND ' ' || words LIKE '% z%'",
    )
    assert few.total == min(hits, 1000)


def test_a_piece_of_very_many_words_is_looked_for_on_some_pages_first(crowded, monkeypatch):
    monkeypatch.setattr(choices, "LISTED", 0)  # as many words of a city contain it

    (_, _, (_, given)) = statements(crowded, "ovano")

    assert given["inside"].obj["sample"] == "pages"
    assert len(search.find(crowded, text="ovano").hits) == 50


@pytest.mark.usefixtures("nothing_plentiful")
def test_of_what_many_have_a_seventh_fills_the_page(crowded):
    for word in ("zemun", "jovanovic"):
        said_to_occur(crowded, word=word, times=300_000)

    found = search.find(crowded, text="zemun jovanovic")

    assert {hit.ident % 7 for hit in found.hits} == {0}
    assert (len(found.hits), found.total, found.is_total_exact) == (50, 201, False)


def test_where_a_seventh_does_not_fill_the_page_all_are_asked(crowded):
    for word in ("zemun", "2999"):
        said_to_occur(crowded, word=word, times=300_000)

    found = search.find(crowded, text="zemun 2999")

    assert ([hit.ident for hit in found.hits], found.total, found.is_total_exact) == ([2002999], 1, True)


# -- how it is asked ---------------------------------------------------------------------------


def statements(session: Session, typed: str) -> list[tuple[str, Any]]:
    asked: list[tuple[str, Any]] = []

    def note(_connection, _cursor, statement, given, *_rest):
        asked.append((statement, given))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        search.find(session, text=typed)
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return asked


def scans(session: Session, name: str) -> int:
    """Tell how often this transaction went through an index, or through a whole table.

    What a function does inside no plan tells, so it is counted.
    """
    counted = session.execute(
        text("SELECT pg_stat_get_xact_numscans(CAST(:name AS regclass))"), {"name": name}
    )
    return counted.scalar_one()  # type: ignore[no-any-return]


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
    before, read_through = scans(crowded, index), scans(crowded, "account_search")

    search.find(crowded, text=typed)

    assert scans(crowded, index) > before
    assert scans(crowded, "account_search") == read_through


@pytest.mark.usefixtures("nothing_plentiful")
def test_the_seventh_goes_by_its_own_index_and_where_it_is_enough_no_other_is_asked(crowded):
    for word in ("zemun", "jovanovic"):
        said_to_occur(crowded, word=word, times=300_000)
    crowded.execute(text("SET LOCAL enable_seqscan = off"))
    sample, whole = scans(crowded, "ix_account_search_sample"), scans(crowded, "ix_account_search_terms")

    search.find(crowded, text="zemun jovanovic")

    assert scans(crowded, "ix_account_search_sample") == sample + 1
    assert scans(crowded, "ix_account_search_terms") == whole


def test_the_terms_of_a_text_are_its_words_and_their_beginnings(connection):
    terms = connection.execute(text("SELECT unnest(tsvector_to_array(search_terms('jovanovic 7a zemun')))"))

    assert set(terms.scalars()) == {
        "jovanovic", "j*", "jo*", "jov*", "jova*", "7a", "7*", "7a*", "zemun", "z*", "ze*", "zem*", "zemu*",
    }  # fmt: skip


def asked_for(*found_in: choices.Choice) -> tuple[str, list[str]]:
    conditions = choices.where_all(found_in, size=600_000).conditions
    ((_, terms),) = [one for one in conditions if one[0] == choices.TERMS]
    return terms, [pattern for kind, pattern in conditions if kind != choices.TERMS]


def test_common_words_are_checked_in_the_few_rows_that_rare_ones_leave():
    street, number = choices.Choice("goce", 2200, ("goce",)), choices.Choice("10g", 860, ("10g", "10ga"))
    town = choices.Choice("zemun", 68_000, ("zemun", "zemunska"))

    assert asked_for(town, street, number) == ("'10g*' & ('goce')", ["% zemun%"])


def test_words_that_may_be_one_name_leave_no_fewer_rows_together():
    first, second = choices.Choice("goce", 2200, ("goce",)), choices.Choice("delceva", 2250, ("delceva",))
    town = choices.Choice("zemun", 68_000, ("zemun", "zemunska"))

    assert asked_for(first, second, town) == ("('goce') & ('delceva') & ('zemun' | 'zemunska')", [])


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (
            "SELECT ident FROM contact WHERE normalized = '0641234567' AND kind = 'phone'",
            "ix_contact_normalized",
        ),
        (
            "SELECT ident FROM contact WHERE right(normalized, 6) = '234567' AND kind = 'phone'",
            "ix_contact_phone_end",
        ),
        (
            "SELECT ident FROM enforcement_case WHERE case_number = 'I.Iv 1234/2025' AND case_number <> ''",
            "ix_enforcement_case_case_number",
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
    alike = [choices.Alike(0, "petrovic", 1, 12), choices.Alike(1, "anka", 1, 3)]

    attempts = [[choice.words for choice in one] for one in choices.corrections(typed, alike)]

    assert attempts == [[("petrovic",), ("ana", "anastasija")], [("petrovic",), ("anka",)]]
