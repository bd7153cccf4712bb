"""The monitor of payment plans: every plan in force is looked at once a day.

In batches, each a transaction of its own, so that nobody at a desk waits for the
whole round.  What was looked at is written down: a round that was interrupted is
taken up by the next one, and two at once share the work.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import psycopg

BATCH = 1_000

_FOLLOW = "SELECT public.follow_plans(coalesce(%s, public.office_day()), NULL, %s)"


def follow_plans(session: "psycopg.Connection[Any]", *, day: date | None) -> Mapping[str, int]:
    """Follow all plans for a day, the server's where none is given; return how many stand how.

    ``session`` commits by itself.  Only the owner of the tables may.
    """
    session.execute("SET statement_timeout = 0")
    counts: Counter[str] = Counter(followed=0, settled=0, moved=0, active=0, in_arrears=0, kept=0, broken=0)
    while True:
        ((moved,),) = session.execute(_FOLLOW, [day, BATCH])
        counts.update(moved)
        if not moved["followed"]:
            return counts
