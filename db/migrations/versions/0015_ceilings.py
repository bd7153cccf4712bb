"""Ceilings raised for a task, alerts that were looked at, and indexes to count what somebody did.

Revision: 0015, after 0014.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
