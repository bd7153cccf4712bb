"""A chain for each login, so that nobody waits for another's commit; joints tie the heads together.

Revision: 0008, after 0007.
"""

from pathlib import Path

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
