"""How long a search takes in the database, for every kind of text a clerk types.

In the database is: the statements of one question, there and back, and their rows
received; not what Python makes of them.  That is the last line, the use case as a
whole, with the highlighting of fifty hits.

Every text is asked once and counts as it was met, whatever else the machine did
meanwhile; measure on a quiet one.  Question and answer take turns, so both stay on one
core where the system allows it: in a virtual machine waking the other core for every
answer takes longer than many a search, and says nothing about the database.

``measure`` asks a database that is there, in the guise of somebody who serves;
``fill`` makes one of any size first, with names as unevenly spread as a city's are.
"""

import os
import random
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session

from app.domain.script import fold
from app.usecases import search

LIMIT_MS = 10.0
INSIDE_LIMIT_MS = 15.0
WHOLE_LIMIT_MS = 50.0
ROUNDS = 200
WARMING = 20

_ENDINGS = ("ović", "ić", "ević", "čić", "in", "ski", "anović", "ojević", "aković", "ac", "ek", "ković")

_FILL = """
TRUNCATE account_search, search_word;
SELECT setseed(0.42);
INSERT INTO account_search (ident, name, address, name_fold, address_fold, words, is_closed)
SELECT ident, name, address, fold(name), fold(address), fold(name || ' ' || address), random() < 0.03
FROM (
    SELECT 1000000 + no AS ident,
           surname || ' ' || first_name AS name,
           street || ' ' || number || '/' || floor || '/' || door || ', ' || settlement AS address
    FROM (
        SELECT no,
               (%(surnames)s::text[])[1 + floor(%(surname_count)s * random() ^ 1.8)::int] AS surname,
               (%(firsts)s::text[])[1 + floor(%(first_count)s * random() ^ 1.2)::int] AS first_name,
               1 + floor(%(street_count)s * random() ^ 1.1)::int AS street_no,
               1 + floor(random() ^ 2 * 180)::int
                   || (ARRAY['', '', '', 'a', 'b'])[1 + floor(random() * 5)::int] AS number,
               (ARRAY['PR', 'I', 'II', 'III', 'IV', 'V', 'VI'])[1 + floor(random() * 7)::int] AS floor,
               1 + floor(random() * 60)::int AS door
        FROM generate_series(1, %(accounts)s) AS no
    ) drawn
    CROSS JOIN LATERAL (SELECT (%(streets)s::text[])[street_no] AS street,
                               (%(settlements)s::text[])[street_no] AS settlement) place
) made
ORDER BY fold(name), ident;
INSERT INTO search_word (word, frequency)
SELECT word, count(*) FROM account_search CROSS JOIN LATERAL string_to_table(words, ' ') AS word
GROUP BY word ORDER BY word;
"""


def fill(engine: Engine, *, accounts: int) -> None:
    """Fill the search tables of a scratch database with ``accounts`` made-up accounts."""
    names = tomllib.loads(resources.files("db.city").joinpath("names.toml").read_text(encoding="utf-8"))
    towns = tomllib.loads(resources.files("db.city").joinpath("streets.toml").read_text(encoding="utf-8"))
    surnames = names["surnames"].split()
    firsts = names["male"].split() + names["female"].split()
    dice = random.Random(7)
    roots = sorted({name.rstrip("aeio") for name in firsts if len(name) > 3})
    more = sorted({root + ending for root in roots for ending in _ENDINGS} - set(surnames))
    surnames += dice.sample(more, 1600 - len(surnames))
    streets: list[tuple[str, str]] = []
    for town in towns["settlement"]:
        own = [name.strip() for name in town["streets"].replace("\n", "|").split("|") if name.strip()]
        streets += [(name, town["name"]) for name in own] * (1 + town["weight"] // 20)
    values = {
        "surnames": surnames,
        "surname_count": len(surnames),
        "firsts": firsts,
        "first_count": len(firsts),
        "streets": [name for name, _ in streets],
        "settlements": [town for _, town in streets],
        "street_count": len(streets),
        "accounts": accounts,
    }
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL work_mem = '512MB'"))
        definitions = connection.execute(
            text(
                "SELECT indexdef FROM pg_indexes WHERE tablename IN ('account_search', 'search_word')"
                " AND indexdef LIKE '%USING gin%'"
            )
        ).scalars()
        indexes = list(definitions)
        for definition in indexes:
            connection.exec_driver_sql(f"DROP INDEX {definition.split()[2]}")
        for statement in _FILL.split(";\n"):
            if statement.strip():
                used = {name: value for name, value in values.items() if f"%({name})s" in statement}
                connection.exec_driver_sql(statement, used or None)
        for definition in indexes:
            connection.exec_driver_sql(definition)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE account_search")
        connection.exec_driver_sql("VACUUM ANALYZE search_word")


class _Clock:
    """How long the server and the way to it took, without what Python does with the answer."""

    def __init__(self, engine: Engine) -> None:
        self.seconds = 0.0
        self._started = 0.0
        event.listen(engine, "before_cursor_execute", self._start)
        event.listen(engine, "after_cursor_execute", self._stop)

    def _start(self, *_given: object) -> None:
        self._started = time.perf_counter()

    def _stop(self, *_given: object) -> None:
        self.seconds += time.perf_counter() - self._started


def measure(engine: Engine | str, *, accounts: int, login: str, rounds: int = ROUNDS) -> list[dict[str, Any]]:
    """Time every kind of search of two characters or more, warm, in milliseconds.

    ``engine`` is the owner's: nobody at a desk could draw the names that are asked for.
    """
    engine = create_engine(engine) if isinstance(engine, str) else engine
    clock = _Clock(engine)
    figures, whole = [], []
    with engine.connect() as connection, _on_one_core(connection):
        connection.execute(text("SET plan_cache_mode = force_custom_plan"))
        connection.execute(text("SET synchronous_commit = off"))
        session = Session(connection, autoflush=False)
        sample = _sample(session)
        connection.execute(
            text("SELECT set_config('session_authorization', :login, false)"), {"login": login}
        )
        connection.commit()

        def ask(question: str) -> tuple[float, float]:
            clock.seconds = 0.0
            started = time.perf_counter()
            search.find(session, text=question)
            taken = time.perf_counter() - started
            session.commit()  # as the gateway ends a question
            return clock.seconds * 1000, taken * 1000

        for name, limit, typed in _kinds(sample):
            questions = [typed() for _ in range(WARMING + rounds)]
            first = [ask(question) for question in questions][WARMING:]
            whole += [taken for _, taken in first]
            times = [in_database for in_database, _ in first]
            figures.append(_figure(name, times, accounts=accounts, limit=limit))
    figures.append(_figure("all kinds, the whole use case", whole, accounts=accounts, limit=WHOLE_LIMIT_MS))
    return figures


@contextmanager
def _on_one_core(connection: Connection) -> Iterator[None]:
    """Keep this process and the server's half of ``connection`` on one core, on a Linux that lets us."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    backend: int = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    try:
        os.sched_setaffinity(backend, {max(allowed)})
    except OSError:  # another machine's, or another person's
        yield
        return
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def _figure(name: str, times: list[float], *, accounts: int, limit: float) -> dict[str, Any]:
    times = sorted(times)
    p50, p99 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]
    return {
        "name": f"search: {name}",
        "size": accounts,
        "unit": "ms",
        "p50": round(p50, 2),
        "p99": round(p99, 2),
        "limit": limit,
        "holds": p99 <= limit,
    }


def _sample(session: Session) -> list[tuple[int, str, str]]:
    rows = session.execute(
        text(
            "SELECT ident, name, address FROM account_search TABLESAMPLE BERNOULLI (100)"
            " WHERE name <> '' AND address <> '' ORDER BY hashint4(ident) LIMIT 3000"
        )
    )
    return [(row.ident, row.name, row.address) for row in rows]


def _kinds(sample: list[tuple[int, str, str]]) -> Iterator[tuple[str, float, Callable[[], str]]]:
    dice = random.Random(1)

    def word(of: str, at: int) -> str:
        words = fold(of).split()
        return words[min(at, len(words) - 1)]

    def some() -> tuple[int, str, str]:
        return dice.choice(sample)

    def cut(of: str, shortest: int, longest: int) -> str:
        return of[: dice.randint(shortest, longest)]

    def mistyped(of: str) -> str:
        place = dice.randrange(1, max(2, len(of) - 1))
        return dice.choice(
            [
                of[:place] + of[place + 1 :],
                of[:place] + of[place : place + 2][::-1] + of[place + 2 :],
                of[:place] + dice.choice("aeiournk") + of[place + 1 :],
            ]
        )

    def surname() -> str:
        return word(some()[1], 0)

    def long_surname() -> str:
        return next(name for name in iter(surname, None) if len(name) >= 6)

    def street_and_number() -> str:
        return " ".join(fold(some()[2].split("/")[0]).split())

    def name_and_street() -> str:
        _, name, address = some()
        return f"{cut(word(name, 0), 3, 6)} {cut(word(address, 0), 3, 6)}"

    def three_words() -> str:
        _, name, address = some()
        return f"{word(name, 1)} {word(name, 0)} {word(address, 0)}"

    def any_word() -> str:
        _, name, address = some()
        return word(dice.choice((name, address)), dice.randrange(3))

    def any_two_letters() -> str:
        return next(cut(one, 2, 2) for one in iter(any_word, None) if len(one) > 1)

    yield "account number", LIMIT_MS, lambda: f"{some()[0]:07d}"
    yield "beginning of a number", LIMIT_MS, lambda: cut(f"{some()[0]:07d}", 2, 6)
    yield "two letters", LIMIT_MS, any_two_letters
    yield "three letters", LIMIT_MS, lambda: cut(any_word(), 3, 3)
    yield "beginning of a surname", LIMIT_MS, lambda: cut(surname(), 3, 6)
    yield "surname", LIMIT_MS, surname
    yield "surname with its marks", LIMIT_MS, lambda: some()[1].split()[0]
    yield "first name", LIMIT_MS, lambda: word(some()[1], 1)
    yield "commonest surname", LIMIT_MS, lambda: "jovanovic"
    yield "municipality", LIMIT_MS, lambda: some()[2].rpartition(", ")[2]
    yield "surname and first name", LIMIT_MS, lambda: fold(some()[1])
    yield "first name and surname", LIMIT_MS, lambda: " ".join(reversed(fold(some()[1]).split()))
    yield "surname and a letter", LIMIT_MS, lambda: f"{surname()} {dice.choice('abdgjmnsz')}"
    yield "street", LIMIT_MS, lambda: fold(some()[2]).rstrip("0123456789")[:10]
    yield "street and number", LIMIT_MS, street_and_number
    yield "beginnings of surname and street", LIMIT_MS, name_and_street
    yield "three words in any order", LIMIT_MS, three_words
    yield "surname and municipality", LIMIT_MS, lambda: f"{surname()} {some()[2].rpartition(', ')[2]}"
    yield "two short beginnings", LIMIT_MS, lambda: f"{any_two_letters()} {any_two_letters()}"
    yield "two letters apart", LIMIT_MS, lambda: " ".join(dice.sample("abcdgijkmnoprstvz123", 2))
    yield "mistyped surname", LIMIT_MS, lambda: mistyped(long_surname())
    yield (
        "mistyped surname with first name",
        LIMIT_MS,
        lambda: f"{mistyped(long_surname())} {word(some()[1], 1)}",
    )
    yield "inside a word", INSIDE_LIMIT_MS, lambda: long_surname()[2:6]
    yield "nothing like it", INSIDE_LIMIT_MS, lambda: "".join(dice.choices("qwxyzkpt", k=8))
    yield "telephone", LIMIT_MS, lambda: f"06{dice.randrange(10_000_000, 99_999_999)}"
    yield "e-mail address", LIMIT_MS, lambda: f"{surname()}@example.rs"
    yield "PIB", LIMIT_MS, lambda: "100000049"


if __name__ == "__main__":
    import sys

    scratch = create_engine(sys.argv[1])
    size = int(sys.argv[2])
    who = sys.argv[3]
    if "--fill" in sys.argv:
        fill(scratch, accounts=size)
    for one in measure(scratch, accounts=size, login=who):
        print(f"{one['name']:45} {one['p50']:8.2f} {one['p99']:8.2f} {'' if one['holds'] else 'OVER'}")
