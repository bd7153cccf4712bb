"""Whether everything that was sealed still stands in the database.

A seal tells what hashes the entries, joints and months had.  That they are hashes of
what is there now, the chains, the joints and the months prove by themselves: with a
seal these are always proven too.
"""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, TextClause, text

from app.domain.errors import Refused
from app.domain.seals import Seal
from db.checks.finding import Finding

PROVEN_WITH = ("chains", "joints", "months")
"""The checks without which a seal proves nothing."""


class SealOfAnotherDatabase(Refused):
    """A seal is held against another database than the one that was sealed."""

    field = "seal"

    def __init__(self, *, sealed: str, here: str) -> None:
        super().__init__(sealed)
        self.sealed = sealed
        self.here = here


_HERE = text("SELECT current_database() AS name, (SELECT id FROM installation) AS id")

_HEADS = text("""
SELECT concat_ws(' ', s.log, nullif(s.chain, ''), s.chain_no || ':',
                 CASE WHEN e.hash IS NULL THEN 'gone' ELSE 'another entry' END) AS example
FROM jsonb_to_recordset(CAST(:heads AS jsonb)) AS s (log text, chain text, chain_no bigint, hash text)
LEFT JOIN LATERAL (
    SELECT hash FROM audit_log WHERE s.log = 'audit_log' AND chain = s.chain AND chain_no = s.chain_no
    UNION ALL
    SELECT hash FROM read_log WHERE s.log = 'read_log' AND chain = s.chain AND chain_no = s.chain_no
) e ON true
WHERE encode(e.hash, 'hex') IS DISTINCT FROM s.hash
""")

_JOINT = text("""
SELECT s.joint_no || CASE WHEN j.hash IS NULL THEN ': gone' ELSE ': another hash' END AS example
FROM jsonb_to_recordset(CAST(:joints AS jsonb)) AS s (joint_no bigint, hash text)
LEFT JOIN chain_joint j ON j.joint_no = s.joint_no
WHERE encode(j.hash, 'hex') IS DISTINCT FROM s.hash
""")

_MONTHS = text("""
SELECT s.month || ' ' || s.of_table AS example
FROM jsonb_to_recordset(CAST(:months AS jsonb)) AS s (month text, of_table text, digest jsonb)
LEFT JOIN LATERAL (
    SELECT array_agg(j.content #> ARRAY['months', s.month, s.of_table]) AS digests
    FROM chain_joint j WHERE j.content -> 'months' ? s.month
) joined ON true
WHERE joined.digests IS DISTINCT FROM ARRAY[s.digest]
""")

_QUERIES: tuple[tuple[str, TextClause], ...] = (
    ("log that is not what it was when it was sealed", _HEADS),
    ("joint that is not the one that was sealed", _JOINT),
    ("month that is not what it was when it was sealed", _MONTHS),
)


def sealed(connection: Connection, seal: Seal) -> Iterator[Finding]:
    """Find what stands otherwise than ``seal``, whose signature somebody verified, says.

    Raises: SealOfAnotherDatabase.
    """
    here = connection.execute(_HERE).one()
    if here.id != seal.database_id:
        raise SealOfAnotherDatabase(
            sealed=f"{seal.database} ({seal.database_id})", here=f"{here.name} ({here.id})"
        )
    given = {
        "heads": json.dumps(
            [
                {"log": one.log, "chain": one.chain, "chain_no": one.number, "hash": one.hash}
                for one in seal.heads
            ]
        ),
        "joints": json.dumps([{"joint_no": one.number, "hash": one.hash} for one in (seal.joint,) if one]),
        "months": json.dumps(
            [
                {"month": one.month, "of_table": one.table, "digest": [one.rows, one.hash]}
                for one in seal.months
            ]
        ),
    }
    for problem, query in _QUERIES:
        wanted = {name: given[name] for name in query.compile().params}
        examples = sorted(connection.execute(query, wanted).scalars())
        if examples:
            yield Finding("seal", problem, len(examples), tuple(examples[:5]))
