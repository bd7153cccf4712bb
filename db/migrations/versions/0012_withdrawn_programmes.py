"""A published version of a programme that is wrong can be withdrawn, and says by whom and why.

Revision: 0012, after 0011.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
