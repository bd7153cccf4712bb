"""Requests to change data, with their papers and what came of them.

Revision: 0003, after 0002.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
