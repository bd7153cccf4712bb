"""Payment plans: programmes as dated versions, what a plan holds, and what became of it.

Revision: 0004, after 0003.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
