"""Making the checks one after another, each in a transaction of its own that only reads."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, TextClause, text

from app.domain.seals import Seal
from db import schema
from db.checks import audited, changes, claims, declared, logins, people, plans, rows, sealed, shape
from db.checks.finding import Finding


@dataclass(frozen=True, slots=True)
class Result:
    """One check that was made, and what it found."""

    check: str
    findings: tuple[Finding, ...]


def names() -> tuple[str, ...]:
    """List the checks in the order they are made."""
    return ("version", "shape", *(name for name, _ in _CHECKS))


def run(engine: Engine, *, only: Collection[str] = (), seal: Seal | None = None) -> Iterator[Result]:
    """Make every check, or those named, one after another.

    The version comes first in any case, and nothing after it where the schema is
    another program's.  With a seal, whose signature was verified, whatever is sealed
    is held against the database, and the checks that this takes are among those made.

    Raises: SealOfAnotherDatabase.
    """
    with engine.connect() as connection:
        result = Result("version", tuple(_version(connection)))
    yield result
    if result.findings:
        return
    if seal is not None:
        with _reading(engine) as connection:
            yield Result("seal", tuple(sealed.sealed(connection, seal)))
        only = {*only, *sealed.PROVEN_WITH} if only else ()
    if not only or "shape" in only:
        yield Result("shape", tuple(shape.shape(engine)))
    for name, check in _CHECKS:
        if only and name not in only:
            continue
        with _reading(engine) as connection:
            yield Result(name, tuple(check(connection)))


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        # over everything it may take minutes, and must neither be cut off nor change anything
        connection.execute(text("SET TRANSACTION READ ONLY"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL search_path = public, pg_temp"))
        yield connection


def found_in(connection: Connection, *, only: Collection[str]) -> Iterator[Finding]:
    """Make the named checks of rows, of which ``names`` tells, within a transaction."""
    for name, check in _CHECKS:
        if name in only:
            yield from check(connection)


def _version(connection: Connection) -> Iterator[Finding]:
    revision = schema.revision(connection)
    if revision is None:
        yield Finding("version", "the database was never set up: run salter-db init")
    elif revision != schema.HEAD:
        yield Finding("version", f"the schema is {revision}, this program's is {schema.HEAD}")


def _finds_rows(
    check: str, problem: str, query: TextClause, given: Mapping[str, str]
) -> Callable[[Connection], Iterator[Finding]]:
    counted = text(
        "SELECT count(*) AS found, (array_agg(example ORDER BY example))[1\\:5] AS examples"  # noqa: S608
        f" FROM ({query.text}) bad"
    )

    def check_it(connection: Connection) -> Iterator[Finding]:
        row = connection.execute(counted, given).one()
        if row.found:
            yield Finding(check, problem, row.found, tuple(row.examples))

    return check_it


_CHECKS: tuple[tuple[str, Callable[[Connection], Iterator[Finding]]], ...] = (
    *(
        (name, _finds_rows(name, problem, query, {}))
        for module in (shape, people, rows, audited, changes, plans, claims)
        for name, problem, query in module.CHECKS
    ),
    *(
        (name, _finds_rows(name, problem, query, declared.given()))
        for name, problem, query in declared.CHECKS
    ),
    ("audited rows", audited.audited_rows),
    ("passwords", logins.passwords),
)
