"""The register of what was handed out of payment plans: contracts, slips, proposals.

Revision: 0005, after 0004.
"""

from pathlib import Path

from alembic import op

from db import plain_sql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    plain_sql.run(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
