"""Plans that are put into a small city as its owner would: one for each list, and many that have ended.

They are under the latest programme, whose plans break thirty days after one instalment was missed.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import psycopg

from tests.conftest import Database

CLERKS_BRANCH, OTHER_BRANCH = 3, 5

LATE, BREAKING, DOOMED, ARRIVING, WAITING = "RP-LATE", "RP-BREAKING", "RP-DOOMED", "RP-ARRIVING", "RP-WAITING"
MANY = 230
"""Cancelled plans of one account: more than a page."""

WAITED = 12
"""Days since the contract that waits was signed."""

_PLANS: tuple[tuple[str, str, int, int, Sequence[int]], ...] = (
    (LATE, "in_arrears", CLERKS_BRANCH, 60, (-3, 28)),
    (BREAKING, "in_arrears", OTHER_BRANCH, 90, (-27, 4)),
    (DOOMED, "in_arrears", OTHER_BRANCH, 120, (-45, -14)),
    (ARRIVING, "active", CLERKS_BRANCH, 30, (5, 36)),
    (WAITING, "awaiting_certification", CLERKS_BRANCH, WAITED, (40, 71)),
)
"""Number, state, branch, days since it was signed, and when the instalments fall due from today."""

_FREE = (
    "SELECT ident FROM account a WHERE NOT EXISTS (SELECT FROM plan p WHERE p.ident = a.ident) ORDER BY ident"
)

_PLAN = """
INSERT INTO plan (ident, programme_id, programme_version, contract_number, state, signed_on, branch_id,
                  principal, interest, costs, written_off_principal, written_off_interest, payable)
VALUES (%s, (SELECT max(id) FROM programme), 1, %s, %s, %s, %s, 200, 0, 0, 0, 0, 200)
RETURNING id
"""

_INSTALMENT = (
    "INSERT INTO instalment (ident, plan_id, instalment_no, due_on, amount) VALUES (%s, %s, %s, %s, 100)"
)


def sign_known(town: Database) -> dict[str, int]:
    """Put the plans there, and return the account of each by the contract's number."""
    with psycopg.connect(town.url) as owner:
        today = _value(owner, "SELECT office_day()")
        free = [row[0] for row in owner.execute(_FREE).fetchall()]
        idents = {}
        for ident, (number, state, branch, signed, due) in zip(free, _PLANS, strict=False):
            _sign(owner, ident, number, state, branch, today - timedelta(days=signed), today, due)
            idents[number] = ident
        often = free[len(_PLANS)]
        for place in range(MANY):
            signed_on = today - timedelta(days=400 + place)
            _sign(owner, often, f"RP-ENDED-{place}", "cancelled", OTHER_BRANCH, signed_on, today, ())
    return idents


def _sign(
    owner: psycopg.Connection[tuple[object, ...]],
    ident: int,
    number: str,
    state: str,
    branch: int,
    signed_on: date,
    today: date,
    due: Sequence[int],
) -> None:
    row = owner.execute(_PLAN, [ident, number, state, signed_on, branch]).fetchone()
    assert row is not None
    for place, days in enumerate(due, start=1):
        owner.execute(_INSTALMENT, [ident, row[0], place, today + timedelta(days=days)])


def _value(owner: psycopg.Connection[tuple[object, ...]], sql: str) -> date:
    row = owner.execute(sql).fetchone()  # type: ignore[call-overload]
    assert row is not None
    value: date = row[0]
    return value
