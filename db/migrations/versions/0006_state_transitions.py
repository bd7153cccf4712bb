"""The moves that plans, enforcement cases and notices may make, as the requests to change data have theirs.

Revision: 0006, after 0005.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
