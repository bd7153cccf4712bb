"""Requests to change data, with their papers and what came of them.

Revision: 0003, after 0002.
"""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
