"""How long a text or document may be that a person writes, and indexes to count what one wrote in a day.

Revision: 0009, after 0008.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
