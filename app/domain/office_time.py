"""The time of the offices: one zone for the whole city.

A day on a bill, a copy or in the timeline is a day in Belgrade, wherever the
server and the workstation stand and whatever their clocks are set to.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

ZONE_NAME = "Europe/Belgrade"
ZONE = ZoneInfo(ZONE_NAME)


def in_the_office(moment: datetime) -> datetime:
    """Return the same moment by the clocks of the offices.

    >>> from datetime import UTC
    >>> in_the_office(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)).isoformat()
    '2026-07-01T00:30:00+02:00'
    """
    return moment.astimezone(ZONE)
