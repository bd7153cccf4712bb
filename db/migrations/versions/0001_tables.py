"""The tables of the trade.

Revision: 0001, the first.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
