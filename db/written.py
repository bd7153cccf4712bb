"""What a transaction wrote, by PostgreSQL's own account: the topics of the tables that got or lost rows.

PostgreSQL counts what a transaction does to each table, by whichever function or
trigger.  Nobody has to say what an action writes, and nobody can forget it.

The counts of a session are handed on at the end of a transaction, but once a second
at most; the flush that is asked for here keeps them from being taken for those of the
next.  After an action that was refused half way a topic too many may be named: a
screen then loads once for nothing.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sqlalchemy import Connection, func, literal_column, select, update
from sqlalchemy.sql.elements import ColumnElement

from app.domain.topics import Topic
from db.models.actions import CompletedAction

TOPIC_OF: Mapping[str, Topic | None] = MappingProxyType(
    {
        "account": Topic.ACCOUNTS,
        "account_balance": Topic.BILLS,
        "alert_seen": Topic.ALERTS,
        "allocation": Topic.PAYMENTS,
        "bill": Topic.BILLS,
        "bill_balance": Topic.BILLS,
        "bill_line": Topic.BILLS,
        "call_note": Topic.NOTES,
        "ceiling_raise": Topic.ALERTS,
        "change_effect": Topic.CHANGES,
        "change_event": Topic.CHANGES,
        "change_paper": Topic.CHANGES,
        "change_request": Topic.CHANGES,
        "contact": Topic.CONTACTS,
        "delivery": Topic.DELIVERY,
        "email_consent": Topic.DELIVERY,
        "enforcement_case": Topic.ENFORCEMENT,
        "enforcement_item": Topic.ENFORCEMENT,
        "holder": Topic.HOLDERS,
        "instalment": Topic.PLANS,
        "notice": Topic.NOTICES,
        "notice_item": Topic.NOTICES,
        "payment": Topic.PAYMENTS,
        "plan": Topic.PLANS,
        "plan_cost": Topic.PLANS,
        "plan_event": Topic.PLANS,
        "plan_item": Topic.PLANS,
        "plan_paper": Topic.PLAN_PAPERS,
        "portal_registration": Topic.DELIVERY,
        "premises": Topic.PREMISES,
        "premises_state": Topic.PREMISES,
        "programme": Topic.PROGRAMMES,
        "programme_version": Topic.PROGRAMMES,
        "setting": Topic.SETTINGS,
        "reissue": Topic.REISSUES,
        "subsidy": Topic.SUBSIDIES,
        # Follow from the rows above, or are read by nobody who looks at a screen.
        "account_search": None,
        "alembic_version": None,
        "audit_log": None,
        "chain_head": None,
        "chain_joint": None,
        "change_serial": None,
        "completed_action": None,
        "installation": None,
        "plan_serial": None,
        "preference": None,
        "read_log": None,
        "reserved_ident": None,
        "search_word": None,
        "visit": None,
        # Lists that no desk writes.
        "bailiff": None,
        "branch": None,
        "building": None,
        "change_kind": None,
        "change_transition": None,
        "municipality": None,
        "price": None,
        "provider": None,
        "service": None,
        "settlement": None,
        "staff": None,
        "state_transition": None,
        "statutory_rate": None,
        "street": None,
        "vat_rate": None,
    }
)
"""Every table of the schema; a partition counts as the table it is part of."""

_WRITTEN: ColumnElement[list[str]] = literal_column(
    """ARRAY(
        SELECT DISTINCT coalesce(whole.relname, part.relname)::text
          FROM pg_class AS part
          LEFT JOIN pg_inherits ON inhrelid = part.oid
          LEFT JOIN pg_class AS whole ON whole.oid = inhparent
         WHERE part.relkind = 'r'
           AND part.relnamespace = 'public'::regnamespace
           AND pg_stat_get_xact_tuples_inserted(part.oid) + pg_stat_get_xact_tuples_updated(part.oid)
             + pg_stat_get_xact_tuples_deleted(part.oid) > 0)"""
)
_COLUMNS = (_WRITTEN.label("written"), func.pg_stat_force_next_flush())


def close_books(connection: Connection, *, key: object, result: object) -> frozenset[Topic]:
    """Store the result of the action ``key`` and return what its transaction wrote, in one statement."""
    if result is None:
        row = connection.execute(select(*_COLUMNS)).one()
    else:
        stored = update(CompletedAction).where(CompletedAction.key == key).values(result=result)
        row = connection.execute(stored.returning(*_COLUMNS)).one()
    return topics_of(row.written)


def topics_of(tables: Iterable[str]) -> frozenset[Topic]:
    """Return what screens show of these tables."""
    topics = (TOPIC_OF.get(table) for table in tables)
    return frozenset(topic for topic in topics if topic is not None)
