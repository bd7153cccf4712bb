"""Tidying: what is remembered only for a while is let go of when that is over, and the chains are joined.

The key of an action stops it from being done twice when the line breaks.  A desk
asks for it again within minutes; the setting ``action_memory_days`` is generous.
A joint of the chains is made every night (decision 23), and it is written down up to
which number every register is full.
"""

from dataclasses import dataclass

import psycopg

_FORGET = """
DELETE FROM public.completed_action
WHERE done_at < now() - make_interval(
    days => public.setting_on('action_memory_days', public.office_day())::integer)
"""


def forget_completed_actions(session: psycopg.Connection[tuple[object, ...]]) -> int:
    """Delete the keys of actions completed longer ago than the setting says; return how many.

    Only the owner of the tables may.  Without the setting nothing is deleted.
    """
    return session.execute(_FORGET).rowcount


def close_numbers(session: psycopg.Connection[tuple[object, ...]]) -> int:
    """Write down up to which number all are used, for each register; return for how many it went on."""
    ((closed,),) = session.execute("SELECT public.close_numbers()")
    return int(str(closed))


@dataclass(frozen=True, slots=True)
class Joint:
    """Where the joints end: the number of the last and its hash in hexadecimal digits."""

    number: int
    hash: str


def join_chains(session: psycopg.Connection[tuple[object, ...]]) -> Joint:
    """Tie the heads of all chains together as they stand now; only the owner of the tables may."""
    ((number, chained),) = session.execute("SELECT joint_no, encode(hash, 'hex') FROM public.join_chains()")
    return Joint(int(str(number)), str(chained))
