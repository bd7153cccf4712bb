"""Doing what nobody may: as a superuser, past every trigger, and hiding it as well as the database allows."""

import psycopg
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.domain.seals import Seal
from db import checks
from tests.conftest import Database

REHASH = """
DO $$
DECLARE
    entry record;
    previous bytea;
    last_chain text;
BEGIN
    previous := '';
    FOR entry IN SELECT id, chain FROM audit_log ORDER BY chain, chain_no LOOP
        IF last_chain IS DISTINCT FROM entry.chain THEN
            previous := '';
            last_chain := entry.chain;
        END IF;
        UPDATE audit_log a SET hash = audit_digest(previous, a) WHERE id = entry.id
        RETURNING hash INTO previous;
    END LOOP;
    last_chain := NULL;
    FOR entry IN SELECT id, chain FROM read_log ORDER BY chain, chain_no LOOP
        IF last_chain IS DISTINCT FROM entry.chain THEN
            previous := '';
            last_chain := entry.chain;
        END IF;
        UPDATE read_log r SET hash = read_digest(previous, r) WHERE id = entry.id
        RETURNING hash INTO previous;
    END LOOP;
    DELETE FROM chain_head WHERE log IN ('audit_log', 'read_log');
    INSERT INTO chain_head (log, chain, chain_no, hash)
    SELECT DISTINCT ON (log, chain) log, chain, chain_no, hash
    FROM (SELECT 'audit_log' AS log, chain, chain_no, hash FROM audit_log
          UNION ALL SELECT 'read_log', chain, chain_no, hash FROM read_log) every
    ORDER BY log, chain, chain_no DESC;
END
$$
"""
"""Hash both logs again from their first entries on, and set the heads to it."""

REJOIN = """
DO $$
DECLARE
    joint record;
    previous bytea := '';
BEGIN
    FOR joint IN SELECT joint_no, content FROM chain_joint ORDER BY joint_no LOOP
        UPDATE chain_joint j
        SET content = jsonb_build_object(
            'heads', (SELECT coalesce(jsonb_agg(jsonb_build_array(h ->> 0, h ->> 1, (h ->> 2)::bigint,
                                 encode(coalesce(a.hash, r.hash), 'hex')) ORDER BY n), '[]')
                      FROM jsonb_array_elements(joint.content -> 'heads') WITH ORDINALITY AS e (h, n)
                      LEFT JOIN audit_log a ON h ->> 0 = 'audit_log' AND a.chain = h ->> 1
                                               AND a.chain_no = (h ->> 2)::bigint
                      LEFT JOIN read_log r ON h ->> 0 = 'read_log' AND r.chain = h ->> 1
                                              AND r.chain_no = (h ->> 2)::bigint
                      WHERE coalesce(a.hash, r.hash) IS NOT NULL),
            'months', (SELECT coalesce(jsonb_object_agg(m.key, month_digest(m.key::date)), '{}')
                       FROM jsonb_each(joint.content -> 'months') m))
        WHERE joint_no = joint.joint_no;
        UPDATE chain_joint j SET hash = joint_digest(previous, j) WHERE joint_no = joint.joint_no
        RETURNING hash INTO previous;
    END LOOP;
    UPDATE chain_head SET hash = previous WHERE log = 'chain_joint';
END
$$
"""
"""Make every joint again, of what the logs and the months are now."""


def damage(database: Database, *statements: str) -> None:
    """Do what nobody may: as a superuser, past every trigger."""
    with psycopg.connect(database.url, autocommit=True) as session:
        session.execute("SET session_replication_role = replica")
        for statement in statements:
            session.execute(statement)


def findings(database: Database, *only: str, seal: Seal | None = None) -> list[checks.Finding]:
    """Return what ``salter-db check`` finds."""
    engine = create_engine(
        database.url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool
    )
    return [finding for result in checks.run(engine, only=only, seal=seal) for finding in result.findings]


def problems(database: Database, *only: str) -> list[str]:
    """Return what is wrong, without where."""
    return [finding.problem for finding in findings(database, *only)]
