"""Who wrote a version of a programme, so that somebody else publishes it.

Revision: 0010, after 0009.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
