"""Ceilings of searches can be raised, and alerts of them looked at.

Revision: 0019, after 0018.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
