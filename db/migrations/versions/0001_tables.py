"""The tables of the trade.

Revision: 0001, the first.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
