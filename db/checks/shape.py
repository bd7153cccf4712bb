"""Whether a database is made as this program makes one: against the models, and object by object."""

from collections.abc import Iterator, Sequence

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, Index, TextClause, text
from sqlalchemy.exc import ProgrammingError

from db import catalogue
from db.checks.finding import Finding
from db.models import Base

_INVALID_INDEXES = text("""
SELECT n.relname AS example
FROM pg_index i JOIN pg_class n ON n.oid = i.indexrelid
WHERE n.relnamespace = 'public'::regnamespace AND NOT (i.indisvalid AND i.indisready)
""")

_UNVALIDATED = text("""
SELECT c.relname || '.' || k.conname AS example
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE k.connamespace = 'public'::regnamespace AND NOT k.convalidated
""")

_MISSING_PARTITIONS = text("""
SELECT parent || '_' || year AS example
FROM unnest(ARRAY['bill', 'bill_line', 'bill_balance']) AS parent
CROSS JOIN unnest(ARRAY[extract(year FROM now())::int,
                        extract(year FROM now() + interval '2 months')::int]) AS year
WHERE to_regclass(parent || '_' || year) IS NULL
""")

_COMPARED_FIRST = text("""
SELECT oid::regprocedure::text AS example
FROM pg_proc
WHERE pronamespace = 'pg_catalog'::regnamespace
  AND (proleakproof AND prorettype = 'boolean'::regtype
       OR procost <> 0 AND oid = 'int4eq(integer, integer)'::regprocedure)
""")

CHECKS: tuple[tuple[str, str, TextClause], ...] = (
    ("indexes", "invalid index", _INVALID_INDEXES),
    ("constraints", "constraint not validated", _UNVALIDATED),
    (
        "policies first",
        "comparison made before the row policies: run salter-db upgrade as a superuser",
        _COMPARED_FIRST,
    ),
    ("years", "no partition for a year to come: run salter-db upgrade", _MISSING_PARTITIONS),
)
"""Name, what is wrong where rows are found, and how they are found."""


def shape(engine: Engine) -> Iterator[Finding]:
    """Find what is missing, altered or unknown, and where the models say something else."""
    with engine.connect() as connection:
        yield from _drift_from_models(connection)
        there = catalogue.snapshot(connection)
    try:
        wanted = catalogue.reference(engine)
    except ProgrammingError as error:
        yield Finding(
            "shape", f"cannot be compared, because this login may not create a database: {error.orig}"
        )
        return
    kinds = {(thing.kind, thing.name): thing for thing in wanted}
    known = {(thing.kind, thing.name): thing for thing in there}
    for key, thing in sorted(kinds.items()):
        if key not in known:
            yield Finding("shape", f"missing {thing.kind} {thing.name}")
        elif known[key].definition != thing.definition:
            yield Finding("shape", f"altered {thing.kind} {thing.name}", examples=(known[key].definition,))
    for key, thing in sorted(known.items()):
        if key not in kinds:
            yield Finding("shape", f"unknown {thing.kind} {thing.name}")


def _drift_from_models(connection: Connection) -> Iterator[Finding]:
    partitions = set(connection.execute(text("SELECT relname FROM pg_class WHERE relispartition")).scalars())

    def is_compared(_object: object, name: str | None, kind: str, *_: object) -> bool:
        return not (kind == "table" and name in partitions)

    context = MigrationContext.configure(
        connection, opts={"include_object": is_compared, "compare_type": True}
    )
    for change in _without_rewritten_indexes(compare_metadata(context, Base.metadata)):
        yield Finding("shape", f"models and database differ: {_described(change)}")


def _without_rewritten_indexes(changes: Sequence[object]) -> list[object]:
    # PostgreSQL writes an index over an expression in words of its own: told apart by name only
    added, removed = (
        {one[1].name for one in changes if isinstance(one, tuple) and one[0] == kind}
        for kind in ("add_index", "remove_index")
    )
    return [
        one
        for one in changes
        if not (isinstance(one, tuple) and isinstance(one[1], Index) and one[1].name in added & removed)
    ]


def _described(change: object) -> str:
    if isinstance(change, list):
        return "; ".join(_described(one) for one in change)
    if isinstance(change, tuple):
        return " ".join(str(getattr(part, "name", part)) for part in change if part is not None)
    return str(change)
