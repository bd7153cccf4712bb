"""What ``salter-db check`` proves of a database: its shape, its chains, and that its sums reconcile.

A check reads and never mends.  Each finding names one thing that does not hold,
with a few of the accounts it does not hold for.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, Index, TextClause, text
from sqlalchemy.exc import ProgrammingError

from db import catalogue, checks_of_changes, checks_of_plans, schema
from db.models import Base


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: which check, what, and where, with how many there are."""

    check: str
    problem: str
    count: int = 1
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One check that was made, and what it found."""

    check: str
    findings: tuple[Finding, ...]


def names() -> tuple[str, ...]:
    """List the checks in the order they are made."""
    return ("version", "shape", *(name for name, _ in _CHECKS))


def run(engine: Engine, *, only: Collection[str] = ()) -> Iterator[Result]:
    """Make every check, or those named, one after another.

    The version comes first in any case, and nothing after it where the schema is
    another program's.
    """
    with engine.connect() as connection:
        result = Result("version", tuple(_version(connection)))
    yield result
    if result.findings:
        return
    if not only or "shape" in only:
        yield Result("shape", tuple(_shape(engine)))
    for name, check in _CHECKS:
        if only and name not in only:
            continue
        with engine.connect() as connection:
            # over everything it may take minutes, and must neither be cut off nor change anything
            connection.execute(text("SET TRANSACTION READ ONLY"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL search_path = public, pg_temp"))
            yield Result(name, tuple(check(connection)))


def found_in(connection: Connection, *, only: Collection[str]) -> Iterator[Finding]:
    """Make the named checks of rows, of which ``names`` tells, within a transaction."""
    for name, check in _CHECKS:
        if name in only:
            yield from check(connection)


# -- shape -------------------------------------------------------------------------------------------


def _version(connection: Connection) -> Iterator[Finding]:
    revision = schema.revision(connection)
    if revision is None:
        yield Finding("version", "the database was never set up: run salter-db init")
    elif revision != schema.HEAD:
        yield Finding("version", f"the schema is {revision}, this program's is {schema.HEAD}")


def _shape(engine: Engine) -> Iterator[Finding]:
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


# -- what the rows say -------------------------------------------------------------------------------

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

_BROKEN_LINKS = text(
    "SELECT log || ' ' || coalesce(chain_no::text, '-') || ': ' || problem AS example FROM broken_links()"
)

_BILL_BALANCES = text("""
SELECT lpad(ident::text, 7, '0') || '/' || ggmm AS example
FROM bill_balance b FULL JOIN bill_balance_computed c USING (ident, ggmm)
WHERE (b.version, b.due_on, b.charged, b.paid, b.stage)
      IS DISTINCT FROM (c.version, c.due_on, c.charged, c.paid, c.stage)
""")

_ACCOUNT_BALANCES = text("""
SELECT lpad(ident::text, 7, '0') AS example
FROM account_balance b FULL JOIN account_balance_computed c USING (ident)
WHERE (coalesce(b.current_month, 0), coalesce(b.unsued, 0), coalesce(b.sued, 0), coalesce(b.plan, 0),
       coalesce(b.overpaid, 0), b.latest_ggmm)
      IS DISTINCT FROM (c.current_month, c.unsued, c.sued, c.plan, c.overpaid, c.latest_ggmm)
""")

_CHARGED = text("""
SELECT lpad(ident::text, 7, '0') || '/' || ggmm || ' v' || version AS example
FROM bill b
FULL JOIN (SELECT ident, ggmm, version, sum(amount) AS total FROM bill_line GROUP BY 1, 2, 3) l
     USING (ident, ggmm, version)
WHERE b.charged IS DISTINCT FROM coalesce(l.total, 0)
""")

# sixty-four bits tell the lines of a bill apart in one pass; sorting them takes twice as long
_DUPLICATED_LINES = text("""
SELECT lpad(ident::text, 7, '0') || '/' || ggmm || ' v' || version AS example
FROM bill_line GROUP BY ident, ggmm, version
HAVING count(*) > bit_count(bit_or(1::bigint << line_no)::bit(64))
""")

_OVERALLOCATED = text("""
SELECT lpad(a.ident::text, 7, '0') || ' payment ' || a.payment_id AS example
FROM (SELECT ident, payment_id, sum(amount) AS used FROM allocation GROUP BY 1, 2) a
LEFT JOIN payment p ON p.ident = a.ident AND p.id = a.payment_id
WHERE p.amount IS NULL OR a.used > p.amount
""")

_INSTALMENTS = text("""
SELECT lpad(i.ident::text, 7, '0') || ' plan ' || i.plan_id || ' instalment ' || i.instalment_no AS example
FROM instalment i
LEFT JOIN (SELECT ident, plan_id, instalment_no, sum(amount) AS paid FROM allocation
           WHERE plan_id IS NOT NULL GROUP BY 1, 2, 3) a USING (ident, plan_id, instalment_no)
WHERE i.paid <> coalesce(a.paid, 0)
""")

_PLAN_SUMS = text("""
SELECT lpad(p.ident::text, 7, '0') || ' ' || p.contract_number AS example
FROM plan p
LEFT JOIN (SELECT ident, plan_id, sum(amount) AS total FROM instalment GROUP BY 1, 2) i
     ON i.ident = p.ident AND i.plan_id = p.id
WHERE (is_plan_in_force(p.state) OR p.state IN ('kept', 'broken')) AND p.payable <> coalesce(i.total, 0)
""")

_CASE_COSTS = text("""
SELECT lpad(c.ident::text, 7, '0') || ' ' || c.internal_number AS example
FROM enforcement_case c
LEFT JOIN (SELECT ident, case_id, sum(amount) AS paid FROM allocation
           WHERE case_id IS NOT NULL GROUP BY 1, 2) a ON a.ident = c.ident AND a.case_id = c.id
WHERE c.paid_costs <> coalesce(a.paid, 0)
""")

_SEARCH = text("""
SELECT lpad(ident::text, 7, '0') AS example
FROM account_search s FULL JOIN account_search_computed c USING (ident)
WHERE (s.name, s.address, s.words, s.is_closed) IS DISTINCT FROM (c.name, c.address, c.words, c.is_closed)
""")


def _finds_rows(check: str, problem: str, query: TextClause) -> Callable[[Connection], Iterator[Finding]]:
    counted = text(
        "SELECT count(*) AS found, (array_agg(example ORDER BY example))[1\\:5] AS examples"  # noqa: S608
        f" FROM ({query.text}) bad"
    )

    def check_it(connection: Connection) -> Iterator[Finding]:
        values = checks_of_changes.given() if ":kinds" in query.text else {}
        row = connection.execute(counted, values).one()
        if row.found:
            yield Finding(check, problem, row.found, tuple(row.examples))

    return check_it


_CHECKS: tuple[tuple[str, Callable[[Connection], Iterator[Finding]]], ...] = tuple(
    (name, _finds_rows(name, problem, query))
    for name, problem, query in (
        ("indexes", "invalid index", _INVALID_INDEXES),
        ("constraints", "constraint not validated", _UNVALIDATED),
        ("years", "no partition for a year to come: run salter-db upgrade", _MISSING_PARTITIONS),
        ("chains", "broken link in a log", _BROKEN_LINKS),
        ("charges", "bill that is not the sum of its lines", _CHARGED),
        ("lines", "line of a bill that is there twice", _DUPLICATED_LINES),
        ("bill balances", "bill whose balance does not follow from its allocations", _BILL_BALANCES),
        ("account balances", "account whose sums do not follow from its bills", _ACCOUNT_BALANCES),
        ("allocations", "payment allocated beyond its amount", _OVERALLOCATED),
        ("instalments", "instalment whose paid sum does not follow from allocations", _INSTALMENTS),
        ("plans", "plan whose instalments do not make up what is payable", _PLAN_SUMS),
        ("cases", "case whose paid costs do not follow from allocations", _CASE_COSTS),
        ("search", "account that a search finds wrongly or not at all", _SEARCH),
        *checks_of_changes.CHECKS,
        *checks_of_plans.CHECKS,
    )
)
