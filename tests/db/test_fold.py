"""The database folds names as the program does: what one stored, the other finds."""

from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import script
from tests.conftest import Database
from tests.domain.fold_vectors import PAIRS

LETTERS = (
    "abcčćdđefghijklmnoprsštuvzžqwxyABCČĆDĐEFGHIJKLMNOPRSŠTUVZŽQWXY"
    "абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"
    "ǄǅǆǇǈǉǊǋǌ0123456789 ./-,'\"„”–\u00a0\u0300\u0301\u030c\t\n"
)
FOREIGN = "áäàâãåæçéèêëíîïłñóöôøœúüýÿßÆØŁÐðıİѓќйѝėẞ№²ﬁ５Ａ€"
texts = st.text(alphabet=LETTERS + FOREIGN, max_size=40)


@pytest.fixture(scope="module")
def connection(module_database: Database) -> Iterator[psycopg.Connection]:
    with psycopg.connect(module_database.url, autocommit=True) as opened:
        yield opened


def folded(connection: psycopg.Connection, written: list[str]) -> list[str]:
    rows = connection.execute(
        "SELECT fold(one) FROM unnest(%s::text[]) WITH ORDINALITY AS t (one, place) ORDER BY place", [written]
    )
    return [row[0] for row in rows]


def test_the_vectors_of_the_program_hold_in_the_database(connection):
    assert folded(connection, [written for written, _ in PAIRS]) == [key for _, key in PAIRS]


@given(st.lists(texts, min_size=1, max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_database_and_program_fold_alike(connection, written):
    assert folded(connection, written) == [script.fold(one) for one in written]


@given(st.lists(texts, min_size=1, max_size=60))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_folding_what_is_folded_changes_nothing(connection, written):
    once = folded(connection, written)

    assert folded(connection, once) == once
    assert all(one.isascii() for one in once)


def test_folding_does_not_ask_the_locale_of_the_database(connection):
    with psycopg.connect(connection.info.dsn, autocommit=True, password=connection.info.password) as other:
        name = f"{connection.info.dbname}_in_c"
        other.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        try:
            body = other.execute("SELECT pg_get_functiondef('fold(text)'::regprocedure)").fetchone()
            with psycopg.connect(
                connection.info.dsn, dbname=name, autocommit=True, password=connection.info.password
            ) as plain:
                plain.execute(body[0])
                assert folded(plain, [written for written, _ in PAIRS]) == [key for _, key in PAIRS]
        finally:
            other.execute(f"DROP DATABASE {name}")


def test_the_function_may_be_indexed_and_run_in_parallel(connection):
    found = connection.execute(
        "SELECT provolatile, proparallel, proisstrict FROM pg_proc WHERE oid = 'fold(text)'::regprocedure"
    ).fetchone()

    assert found == ("i", "s", True)
