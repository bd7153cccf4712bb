"""Where the chains of the logs stand: what to keep away from the server."""

from sqlalchemy import Connection, text

_STANDING = text("""
SELECT jsonb_array_length(heads) AS chains, encode(sha256(convert_to(heads::text, 'UTF8')), 'hex') AS hash,
       joint.joint_no, encode(joint.hash, 'hex') AS joint_hash
FROM heads_now() AS heads
LEFT JOIN (SELECT * FROM chain_joint ORDER BY joint_no DESC LIMIT 1) joint ON true
""")


def where_the_chains_stand(connection: Connection) -> str:
    """Tell number and hash of the last joint, and how many chains there are with the hash of all heads."""
    row = connection.execute(_STANDING).one()
    joint = "no joint yet" if row.joint_no is None else f"joint {row.joint_no}: {row.joint_hash}"
    return f"heads {row.chains} chains: {row.hash}; {joint}"
