"""Search looks up beginnings of words as well as words.

Revision: 0002, after 0001.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
