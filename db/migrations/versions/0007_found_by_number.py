"""Indexes for a telephone without its network and for the number of a case.

Revision: 0007, after 0006.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
