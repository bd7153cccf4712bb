"""Consent to bills by e-mail is a record of its own; what belongs to a holder ends with them.

Revision: 0018, after 0017.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
