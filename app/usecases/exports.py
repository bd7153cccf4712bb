"""Exports: rows that leave the program in a file are on record, with how many they were."""

from sqlalchemy.orm import Session

from db.queries import exports as queries


def record_export(session: Session, *, table: str, ident: int | None, row_count: int) -> None:
    """Put on record that ``row_count`` rows of ``table`` leave in a file, before they do.

    ``ident`` is the account they belong to; None for a list over accounts.
    """
    with_filter = {} if ident is None else {"ident": ident}
    queries.log(session, of_what=table, with_filter=with_filter, row_count=row_count)
