"""Where the chains of the logs stand: what to keep away from the server."""

from uuid import UUID

from sqlalchemy import Connection, text

from app.domain.seals import Seal, SealedHead, SealedJoint, SealedMonth

_STANDING = text("""
SELECT jsonb_array_length(heads) AS chains, encode(sha256(convert_to(heads::text, 'UTF8')), 'hex') AS hash,
       joint.joint_no, encode(joint.hash, 'hex') AS joint_hash
FROM heads_now() AS heads
LEFT JOIN (SELECT * FROM chain_joint ORDER BY joint_no DESC LIMIT 1) joint ON true
""")

_TO_SEAL = text("""
SELECT current_database() AS database, (SELECT id FROM installation) AS database_id,
       to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS sealed_at,
       (SELECT jsonb_agg(jsonb_build_array(log, chain, chain_no, encode(hash, 'hex')))
        FROM chain_head WHERE log IN ('audit_log', 'read_log') AND chain_no > 0) AS heads,
       (SELECT jsonb_agg(jsonb_build_array(m.key, t.key, t.value -> 0, t.value -> 1))
        FROM chain_joint j, jsonb_each(j.content -> 'months') m, jsonb_each(m.value) t) AS months,
       (SELECT jsonb_build_array(joint_no, encode(hash, 'hex'))
        FROM chain_joint ORDER BY joint_no DESC LIMIT 1) AS joint
""")


def where_the_chains_stand(connection: Connection) -> str:
    """Tell number and hash of the last joint, and how many chains there are with the hash of all heads."""
    row = connection.execute(_STANDING).one()
    joint = "no joint yet" if row.joint_no is None else f"joint {row.joint_no}: {row.joint_hash}"
    return f"heads {row.chains} chains: {row.hash}; {joint}"


def to_seal(connection: Connection, *, key: str, found: tuple[str, ...]) -> Seal:
    """Return what stands now, to be signed with the key of that fingerprint; nobody has proven it here."""
    row = connection.execute(_TO_SEAL).one()
    return Seal(
        database_id=row.database_id or UUID(int=0),
        database=row.database,
        sealed_at=row.sealed_at,
        key=key,
        joint=None if row.joint is None else SealedJoint(*row.joint),
        months=tuple(SealedMonth(*one) for one in row.months or ()),
        heads=tuple(SealedHead(*one) for one in row.heads or ()),
        found=found,
    )
