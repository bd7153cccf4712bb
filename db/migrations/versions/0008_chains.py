"""A chain for each login, so that nobody waits for another's commit; joints tie the heads together.

Revision: 0008, after 0007.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
