"""Tidying: what is remembered only for a while is let go of when that is over.

The key of an action stops it from being done twice when the line breaks.  A desk
asks for it again within minutes; the setting ``action_memory_days`` is generous.
"""

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
