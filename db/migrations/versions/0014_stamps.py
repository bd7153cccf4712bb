"""Every stamp that a column writes by itself is by the clock.

Revision: 0014, after 0013.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
