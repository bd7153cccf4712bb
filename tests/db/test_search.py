"""Finding accounts: what is found, in which order, how many, and by which index."""

import re
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.orm import Session

from app.domain.search import ReadingKind
from app.usecases import search
from app.usecases.search import Rank
from db.queries import search as queries
from tests.conftest import Database

CLERK = "finding_clerk"

HOLDERS = [
    # ident, last, first, business, jmbg, pib, company number, street, number, floor, door
    (1000042, "Petrović", "Ana", "", "0101990715003", None, None, "Učiteljska", "12a", "III", "15"),
    (1000043, "Petrović", "Petar", "", None, None, None, "Učiteljska", "14", "PR", "1"),
    (1000044, "Đorđević", "Ljiljana", "", None, None, None, "Bulevar kralja Aleksandra", "73", "", ""),
    (1000045, "Dokić", "Đorđe", "", None, None, None, "Njegoševa", "5", "", ""),
    (1000046, "Đokić", "Milan", "", None, None, None, "Njegoševa", "5", "I", "2"),
    (1000047, "", "", "Pekara Jović d.o.o.", None, "100000049", "07000006", "Učiteljska", "12", "", ""),
    (1000048, "Anić", "Marko", "", None, None, None, "Petrovićeva", "3", "", ""),
    (1000049, "Stanković", "Zorica", "", None, None, None, "Cvijićeva", "9", "II", "8"),
]


@pytest.fixture(scope="module")
def filled(module_database: Database) -> Database:
    with psycopg.connect(module_database.url, autocommit=True) as owner:
        owner.execute("SET ROLE salter_owner")
        owner.execute("INSERT INTO municipality VALUES (1, 'Zvezdara'), (2, 'Obrenovac')")
        owner.execute("INSERT INTO settlement VALUES (1, 1, 'Zvezdara', '11050'), (2, 2, 'Barič', '11504')")
        for place, row in enumerate(HOLDERS, start=1):
            ident, last, first, business, jmbg, pib, number, street, house, floor, door = row
            owner.execute(
                "INSERT INTO street SELECT %s, 1, %s WHERE NOT EXISTS (SELECT FROM street WHERE name = %s)",
                [place, street, street],
            )
            owner.execute(
                "INSERT INTO building SELECT %s, (SELECT id FROM street WHERE name = %s), %s, false, false,"
                " false ON CONFLICT DO NOTHING",
                [place, street, house],
            )
            owner.execute("INSERT INTO account VALUES (%s, '2015-01-01')", [ident])
            owner.execute(
                "INSERT INTO premises SELECT %s, b.id, '', %s, %s FROM building b JOIN street s"
                " ON s.id = b.street_id WHERE s.name = %s AND b.house_number = %s",
                [ident, floor, door, street, house],
            )
            owner.execute(
                "INSERT INTO holder (ident, valid_from, kind, first_name, last_name, business_name, jmbg,"
                " pib, company_number) VALUES (%s, '2015-01-01', %s, %s, %s, %s, %s, %s, %s)",
                [ident, "legal" if business else "natural", first, last, business, jmbg, pib, number],
            )
        owner.execute(
            "INSERT INTO contact VALUES"
            " (1000042, 1, 'phone', '064/123-4567', '0641234567', '2020-01-01', NULL),"
            " (1000042, 2, 'email', 'Ana@Example.rs', 'ana@example.rs', '2020-01-01', NULL),"
            " (1000043, 1, 'phone', '064 999 999', '064999999', '2020-01-01', '2021-01-01')"
        )
        owner.execute("UPDATE account SET closed_on = '2024-05-01' WHERE ident = 1000049")
        owner.execute("INSERT INTO branch VALUES (1, 'X', 'Sample', '', '', '', true) ON CONFLICT DO NOTHING")
        owner.execute(
            "INSERT INTO staff (login, full_name, role, branch_id) VALUES (%s, 'Clerk', 'desk_clerk', 1)",
            [CLERK],
        )
        owner.execute("RESET ROLE")
        owner.execute(f"DROP ROLE IF EXISTS {CLERK}")
        owner.execute(f"CREATE ROLE {CLERK} LOGIN")
        owner.execute(f"GRANT desk_clerk TO {CLERK}")
    return module_database


@pytest.fixture
def connection(filled: Database) -> Iterator[Connection]:
    engine = create_engine(filled.url.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as opened:
        yield opened
        opened.rollback()
    engine.dispose()


@pytest.fixture
def session(connection: Connection) -> Session:
    """A session of the clerk's; a test that changes rows resets the role by ``owner``."""
    connection.execute(text("SET plan_cache_mode = force_custom_plan"))
    connection.execute(text(f"SET SESSION AUTHORIZATION {CLERK}"))
    return Session(connection, autoflush=False)


def owner(session: Session, statement: str, **given: object) -> None:
    session.execute(text("RESET SESSION AUTHORIZATION"))
    session.execute(text(statement), given)
    session.execute(text(f"SET SESSION AUTHORIZATION {CLERK}"))


def idents(found: search.Found) -> list[int]:
    return [hit.ident for hit in found.hits]


# -- what is found -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["Đorđević", "Djordjevic", "dordevic", "ЂОРЂЕВИЋ", "đorđ", "Ljiljana Đorđević", "ђорђевић љиљана"],
)
def test_a_name_is_found_in_either_script_with_or_without_marks(session, typed):
    assert idents(search.find(session, text=typed))[0] == 1000044


def test_names_and_addresses_are_shown_as_people_write_them(session):
    hit = search.find(session, text="petrovic ana").hits[0]

    assert (hit.name, hit.address) == ("Petrović Ana", "Učiteljska 12a/III/15, Zvezdara")
    assert (hit.rank, hit.is_closed) == (Rank.EXACT, False)
    assert hit.name_spans == ((0, 12),) or hit.name_spans == ((0, 8), (9, 12))


@pytest.mark.parametrize(
    "typed", ["uciteljska 12a", "Učiteljska 12a/III/15", "zvezdara uciteljska 15 ana", "12a uci"]
)
def test_an_address_is_found_by_its_parts_in_any_order(session, typed):
    assert idents(search.find(session, text=typed))[0] == 1000042


def test_words_that_begin_the_name_come_before_words_of_the_address(session):
    found = search.find(session, text="petrovic")

    assert idents(found) == [1000042, 1000043, 1000048]
    assert [hit.rank for hit in found.hits] == [Rank.EXACT, Rank.EXACT, Rank.PREFIX]
    assert (found.total, found.is_total_exact) == (3, True)


def test_the_spelling_with_its_marks_comes_first(session):
    assert idents(search.find(session, text="Đokić"))[:2] == [1000046, 1000045]
    assert idents(search.find(session, text="dokic"))[:2] == [1000045, 1000046]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("petrovik", 1000042), ("petrvoic ana", 1000042), ("uciteljksa 12a", 1000042), ("stankovci", 1000049)],
)
def test_a_typing_error_is_mended(session, typed, meant):
    found = search.find(session, text=typed)

    assert idents(found)[0] == meant
    assert found.hits[0].rank is Rank.SIMILAR


def test_what_stands_inside_a_word_is_found_last(session):
    found = search.find(session, text="ankov")

    assert idents(found) == [1000049]
    assert found.hits[0].rank is Rank.INSIDE
    assert found.hits[0].is_closed


def test_a_word_and_the_letter_that_begins_another(session):
    assert idents(search.find(session, text="m đokić")) == [1000046]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("1000042", ReadingKind.IDENT),
        ("064/123-4567", ReadingKind.PHONE),
        ("+381 64 1234567", ReadingKind.PHONE),
        ("ANA@example.rs", ReadingKind.EMAIL),
    ],
)
def test_the_account_of_a_number_or_an_address_of_the_net(session, typed, kind):
    found = search.find(session, text=typed)

    assert (idents(found), found.kind, found.total) == ([1000042], kind, 1)


@pytest.mark.parametrize("typed", ["100000049", "07000006"])
def test_a_business_is_found_by_its_numbers(session, typed):
    assert idents(search.find(session, text=typed)) == [1000047]


def test_a_number_no_longer_on_file_finds_nobody(session):
    assert search.find(session, text="064 999 999").hits == ()


def test_the_beginning_of_a_number_finds_all_that_begin_so(session):
    found = search.find(session, text="10000")

    assert idents(found) == [row[0] for row in HOLDERS]
    assert (found.kind, found.total) == (ReadingKind.IDENT_PREFIX, len(HOLDERS))


def test_a_reference_lands_on_its_very_bill(session):
    from app.domain.payment_reference import make

    found = search.find(session, text=make("1000042-2606"))

    assert idents(found) == [1000042]
    assert (found.bill[0], found.bill[1].ggmm) == (1000042, 2606)


def test_one_letter_asks_nothing_of_the_database(session):
    found = search.find(session, text="p")

    assert (found.hits, found.kind) == ((), None)


def test_nothing_like_it(session):
    found = search.find(session, text="qwxyqwxy")

    assert (found.hits, found.total, found.is_total_exact) == ((), 0, True)


@pytest.mark.parametrize(
    "typed", ["%", "_", "' OR 1=1 --", "a & b | !c", "pet:*", "\\", "ana\x01", "(((", "<->"]
)
def test_signs_of_other_languages_are_only_signs(session, typed):
    assert search.find(session, text=typed).total <= len(HOLDERS)


# -- a personal number goes on record ----------------------------------------------------------


def test_a_personal_number_is_not_looked_up_by_a_question(session):
    found = search.find(session, text="0101990715003")

    assert (found.hits, found.must_go_on_record) == ((), True)


def test_looking_up_a_personal_number_goes_on_record(session):
    assert search.look_up_personal_number(session, number="0101990715003") == [1000042]
    assert idents(search.accounts(session, idents=[1000042])) == [1000042]

    session.execute(text("RESET SESSION AUTHORIZATION"))
    logged = session.execute(text("SELECT ident, login, kind, detail FROM read_log")).one()
    assert logged == (1000042, CLERK, "reveal", {"looked_up": "jmbg", "idents": [1000042]})


# -- kept in step ------------------------------------------------------------------------------


def test_a_new_holder_is_found_and_the_earlier_one_by_name_still(session):
    owner(session, "UPDATE holder SET valid_to = '2026-01-01' WHERE ident = 1000043")
    owner(
        session,
        "INSERT INTO holder (ident, valid_from, kind, first_name, last_name)"
        " VALUES (1000043, '2026-01-01', 'natural', 'Živka', 'Ćosić')",
    )

    assert idents(search.find(session, text="cosic zivka")) == [1000043]
    former = search.find(session, text="petrovic petar").hits[0]
    assert (former.name, former.rank) == ("Ćosić Živka", Rank.FORMER)


def test_a_renamed_street_is_found_under_its_new_name(session):
    owner(session, "UPDATE street SET name = 'Ustanička' WHERE name = 'Njegoševa'")

    assert set(idents(search.find(session, text="ustanicka 5"))) == {1000045, 1000046}
    assert search.find(session, text="njegoseva").hits == ()


def test_an_account_that_is_gone_is_not_found(session):
    owner(session, "DELETE FROM premises WHERE ident = 1000045")
    owner(session, "DELETE FROM holder WHERE ident = 1000045")
    owner(session, "DELETE FROM account WHERE ident = 1000045")

    assert search.find(session, text="1000045").hits == ()


def test_filling_anew_gives_what_the_triggers_gave(session):
    session.execute(text("RESET SESSION AUTHORIZATION"))
    session.execute(text("SET LOCAL ROLE salter_owner"))
    rows = text("SELECT * FROM account_search ORDER BY ident")
    words = text("SELECT word FROM search_word ORDER BY word")
    kept, kept_words = session.execute(rows).all(), set(session.execute(words).scalars())

    session.execute(text("SELECT rebuild_search()"))

    assert session.execute(rows).all() == kept
    assert set(session.execute(words).scalars()) <= kept_words
    counted = session.execute(text("SELECT frequency FROM search_word WHERE word = 'uciteljska'"))
    assert counted.scalar_one() == 3


def test_nothing_secret_is_in_what_a_search_reads(session):
    everything = session.execute(text("SELECT string_agg(a::text, ' ') FROM account_search a")).scalar_one()

    assert not re.search("0101990715003|0641234567|ana@example|100000049", everything)


# -- recent accounts ---------------------------------------------------------------------------


def test_recent_accounts_are_ones_own_the_latest_first(session):
    for ident in (1000042, 1000044, 1000042):
        session.execute(text("SELECT open_visit(:ident, 'service', 'counter')"), {"ident": ident})
        owner(
            session,
            "UPDATE visit SET opened_at = clock_timestamp(), closed_at = now() WHERE closed_at IS NULL",
        )
    owner(
        session,
        "INSERT INTO visit (ident, login, branch_id, purpose, channel, opened_at)"
        " VALUES (1000047, 'somebody_else', 1, 'service', 'counter', now())",
    )

    assert [recent.ident for recent in search.recent_accounts(session, limit=5)] == [1000042, 1000044]


# -- counting and paging -----------------------------------------------------------------------


@pytest.fixture
def crowded(session: Session) -> Session:
    owner(
        session,
        "INSERT INTO account_search (ident, name, address, name_fold, address_fold, words, is_closed)"
        " SELECT 2000000 + no, 'Jovanović ' || no, 'Glavna ' || no || ', Zemun',"
        " fold('Jovanović ' || no), fold('Glavna ' || no || ', Zemun'),"
        " fold('Jovanović ' || no || ' Glavna ' || no || ', Zemun'), false"
        " FROM generate_series(1, 3000) AS no ORDER BY 4",
    )
    owner(
        session,
        "INSERT INTO search_word"
        " SELECT word, count(*) FROM account_search, string_to_table(words, ' ') AS word"
        " WHERE ident > 2000000 GROUP BY word"
        " ON CONFLICT (word) DO UPDATE SET frequency = excluded.frequency",
    )
    owner(session, "ANALYZE account_search")
    owner(session, "ANALYZE search_word")
    return session


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
        ("zemun 77 jovanovic", "ix_account_search_words"),
        ("petrovik", "ix_account_search_words"),
        ("1000", "ix_account_search_ident_text"),
        ("1000042", "pk_account_search"),
        ("ankov", "ix_account_search_words"),
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
    choices = [
        queries.words.Choice("petrovik", 0, ()),
        queries.words.Choice("ana", 90, ("ana", "anastasija")),
    ]
    alike = [(0, "petrovic", 1), (1, "anka", 1)]

    attempts = [[choice.words for choice in one] for one in queries.words._corrections(choices, alike)]

    assert attempts == [[("petrovic",), ("ana", "anastasija")], [("petrovic",), ("anka",)]]
