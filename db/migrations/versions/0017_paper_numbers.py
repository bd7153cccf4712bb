"""A paper that was only seen is told by its number.

Revision: 0017, after 0016.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
