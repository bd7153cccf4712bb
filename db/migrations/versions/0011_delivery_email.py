"""An e-mail address that bills go to has one form.

Revision: 0011, after 0010.
"""

from pathlib import Path

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
