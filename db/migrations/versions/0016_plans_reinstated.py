"""Of a plan's month it is kept what its bill asked for; a plan may be in force again.

Revision: 0016, after 0015.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
