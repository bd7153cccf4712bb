"""Finding accounts: what is found, and in which order."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.domain.payment_reference import Reference, make
from app.domain.period import Period
from app.domain.search import MeaningKind
from app.usecases import search
from app.usecases.search import Rank
from tests.db.search.conftest import CLERK, HOLDERS, idents, owner

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
        ("1000042", MeaningKind.IDENT),
        ("064/123-4567", MeaningKind.PHONE),
        ("+381 64 1234567", MeaningKind.PHONE),
        ("ANA@example.rs", MeaningKind.EMAIL),
        ("1234567", MeaningKind.PHONE_TAIL),
        ("123-45-67", MeaningKind.PHONE_TAIL),
        ("234567", MeaningKind.PHONE_TAIL),
    ],
)
def test_the_account_of_a_number_or_an_address_of_the_net(session, typed, kind):
    found = search.find(session, text=typed)

    assert (idents(found), found.kind, found.total) == ([1000042], kind, 1)


@pytest.mark.parametrize("typed", ["100000049", "07000006"])
def test_a_business_is_found_by_its_numbers(session, typed):
    assert idents(search.find(session, text=typed)) == [1000047]


@pytest.mark.parametrize("typed", ["064 999 999", "999-999"])
def test_a_number_no_longer_on_file_finds_nobody(session, typed):
    assert search.find(session, text=typed).hits == ()


@pytest.mark.parametrize("typed", ["I.Iv 1234/2025", "И.Ив 1234/25", "iiv 1234/2025"])
def test_an_account_is_found_by_the_number_of_its_case(session, typed):
    found = search.find(session, text=typed)

    assert (idents(found), found.kind, found.total) == ([1000044], MeaningKind.CASE_NUMBER, 1)


def test_a_case_nobody_has_finds_nobody(session):
    assert search.find(session, text="I.Iv 4321/2025").hits == ()


def test_the_beginning_of_a_number_finds_all_that_begin_so(session):
    found = search.find(session, text="10000")

    assert idents(found) == [row[0] for row in HOLDERS]
    assert (found.kind, found.total) == (MeaningKind.IDENT_PREFIX, len(HOLDERS))


def test_a_reference_lands_on_its_very_bill(session):
    found = search.find(session, text=make("1000042-2606"))

    assert idents(found) == [1000042]
    assert found.named == Reference(1000042, Period(2026, 6))


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
    record = search.look_up_personal_number(session, number="0101990715003")

    session.execute(text("RESET SESSION AUTHORIZATION"))
    logged = session.execute(text("SELECT ident, login, kind, detail FROM read_log")).one()
    assert logged == (1000042, CLERK, "reveal", {"looked_up": "jmbg", "idents": [1000042]})

    session.execute(text(f"SET SESSION AUTHORIZATION {CLERK}"))
    with pytest.raises(DBAPIError, match="must_be_recorded"):  # nothing is committed yet
        search.looked_up(session, record=record)


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
    ((everything,),) = owner(session, "SELECT string_agg(a::text, ' ') FROM account_search a")

    assert not re.search("0101990715003|0641234567|ana@example|100000049", everything)


# -- recent accounts ---------------------------------------------------------------------------


def test_recent_accounts_are_ones_own_the_latest_first(session):
    for ident in (1000042, 1000044, 1000042):
        session.execute(text("SELECT open_visit(:ident, 'service', 'counter')"), {"ident": ident})
        owner(
            session,
            "UPDATE visit SET opened_at = clock_timestamp() - interval '1 day', closed_at = now()"
            " WHERE closed_at IS NULL",
        )
    owner(
        session,
        "INSERT INTO visit (ident, login, branch_id, purpose, channel, opened_at)"
        " VALUES (1000047, 'somebody_else', 1, 'service', 'counter', now() - interval '1 day')",
    )

    assert [recent.ident for recent in search.recent_accounts(session, limit=5)] == [1000042, 1000044]
