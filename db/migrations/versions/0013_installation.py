"""A database knows which one it is.

Revision: 0013, after 0012.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
