"""An e-mail address that bills go to has one form.

Revision: 0011, after 0010.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
