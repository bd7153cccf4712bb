"""Getting the rows into the database fast: COPY by several workers, without triggers, indexes afterwards.

Nothing that the triggers would have done is left out: balances are part of the
rows, the search is rebuilt at the end, and ``salter-db check`` proves both.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from db.city.rows import COLUMNS, Rows, columns_of

Session = psycopg.Connection[tuple[object, ...]]

_SEQUENCES = (
    ("payment", "id"),
    ("notice", "id"),
    ("enforcement_case", "id"),
    ("plan", "id"),
    ("plan_event", "id"),
    ("call_note", "id"),
    ("reissue", "id"),
    ("change_request", "id"),
    ("change_paper", "id"),
    ("change_event", "id"),
)
_BIG_TABLES = ("bill_line", "bill", "payment", "allocation", "bill_balance")
_CODE_LISTS = ("staff", "bailiff", "service", "price", "vat_rate", "setting", "statutory_rate", "audit_log")
_AT_ONCE = 2
_LATER_TABLES = ("bill_line", "payment", "allocation", "contact", "holder", "premises")
"""Their secondary indexes are quicker made of the finished table; primary keys grow in order anyway."""


@dataclass(frozen=True, slots=True)
class RemovedIndex:
    """An index to be made again."""

    table: str
    definition: str


def connect(url: str, *, without_triggers: bool) -> Session:
    """Connect to load: as the tables' owner, and as a replica that fires no triggers where allowed."""
    session = psycopg.connect(url, autocommit=True)
    if without_triggers:
        session.execute("SET session_replication_role = replica")
    session.execute("SET ROLE salter_owner")
    session.execute("SET synchronous_commit = off")
    session.execute("SET statement_timeout = 0")
    return session


def may_fire_no_triggers(url: str) -> bool:
    """Tell whether this login may load as a replica (a superuser, or granted SET on the parameter)."""
    try:
        with psycopg.connect(url, autocommit=True) as session:
            session.execute("SET session_replication_role = replica")
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


@contextmanager
def triggers_disabled(url: str) -> Iterator[None]:
    """Switch the tables' own triggers off for everybody: for logins that may not load as a replica."""
    _switch_triggers(url, "DISABLE")
    try:
        yield
    finally:
        _switch_triggers(url, "ENABLE")


def _switch_triggers(url: str, action: str) -> None:
    with connect(url, without_triggers=False) as session, session.transaction():
        for table in COLUMNS:
            statement = sql.SQL("ALTER TABLE {} {} TRIGGER USER")
            session.execute(statement.format(sql.Identifier(table), sql.SQL(action)))


def copy(session: Session, rows: Rows) -> None:
    """Copy rows, table after table, in one transaction."""
    with session.transaction(), session.cursor() as cursor:
        for table, text in rows.texts():
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(table), sql.SQL(columns_of(table))
            )
            with cursor.copy(statement) as sink:
                sink.write(text)


def remove_indexes(session: Session) -> list[RemovedIndex]:
    """Drop the secondary indexes of the big tables; return how to make them again."""
    found = session.execute(
        """
        SELECT i.indrelid::regclass::text, c.relname, pg_get_indexdef(i.indexrelid)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = ANY (%s::text[]::regclass[]) AND NOT i.indisprimary AND NOT i.indisexclusion
          AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
        ORDER BY 1, 2
        """,
        [list(_LATER_TABLES)],
    ).fetchall()
    for _, name, _ in found:
        session.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(str(name))))
    return [RemovedIndex(str(table), str(definition)) for table, _, definition in found]


def finish(url: str, removed: list[RemovedIndex]) -> Iterator[str]:
    """Make indexes again, fill the search and gather statistics, two tables at a time.

    Yields what is finished.
    """
    by_table: dict[str, list[RemovedIndex]] = {table: [] for table in _BIG_TABLES}
    for index in removed:
        by_table.setdefault(index.table, []).append(index)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        waiting = {threads.submit(_finish_search, url): "search"}
        for table, indexes in by_table.items():
            waiting[threads.submit(_finish_table, url, table, indexes)] = table
        for done in as_completed(waiting):
            done.result()
            yield waiting[done]
    with connect(url, without_triggers=False) as session:
        rest = [table for table in (*COLUMNS, *_CODE_LISTS) if table not in by_table]
        tables = sql.SQL(", ").join(map(sql.Identifier, rest))
        session.execute(sql.SQL("VACUUM (ANALYZE) {}").format(tables))


def _finish_table(url: str, table: str, indexes: list[RemovedIndex]) -> None:
    with connect(url, without_triggers=False) as session:
        session.execute("SET maintenance_work_mem = '256MB'")
        for index in indexes:
            # "ON ONLY" is how the catalogue writes the index of a partitioned table
            session.execute(index.definition.replace(" ON ONLY ", " ON ").encode())
        session.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))


def _finish_search(url: str) -> None:
    with connect(url, without_triggers=False) as session:
        session.execute("SET maintenance_work_mem = '256MB'")
        session.execute("SET work_mem = '64MB'")
        session.execute("SELECT rebuild_search()")
        session.execute("VACUUM (ANALYZE) account_search, search_word")


def advance_sequences(session: Session) -> None:
    """Let new rows take keys after those of the city."""
    for table, column in _SEQUENCES:
        session.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), max({}) + 1) FROM {}").format(
                sql.Literal(table), sql.Literal(column), sql.Identifier(column), sql.Identifier(table)
            )
        )
