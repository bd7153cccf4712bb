"""Who wrote a version of a programme, so that somebody else publishes it.

Revision: 0010, after 0009.
"""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
