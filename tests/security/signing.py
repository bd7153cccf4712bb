"""Plans in plain SQL: accounts that owe, what to sign, money under a plan."""

from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from tests.security.conftest import CLERK, Guarded, one, visit

_OWED = """
INSERT INTO bill_line VALUES (%(ident)s, %(ggmm)s, 1, 1, 1, 1, 1000, 10, 0, 1000);
INSERT INTO bill (ident, ggmm, version, issued_on, discount_until, due_on, charged, interest,
    discount_percent, discount, streak, kind, area, heated_area, members, charging_method, prior_unsued,
    prior_sued, prior_plan, prior_overpaid, reason)
VALUES (%(ident)s, %(ggmm)s, 1, office_day() - 80, office_day() - 70, office_day() - 60, 1000, 0, 0, 0, 0,
        'flat', 54, 50, 3, 'area', 0, 0, 0, 0, '')
"""

_PAYLOAD = """
WITH owed AS (
    SELECT * FROM plannable_months(%(ident)s, '{}', office_day())
), sums AS (
    SELECT sum(principal) AS principal, sum(interest) AS interest,
           jsonb_agg(jsonb_build_object('ggmm', ggmm, 'principal', principal, 'interest', interest)) AS months
    FROM owed
)
SELECT jsonb_build_object('programme_id', v.programme_id, 'version', v.version,
    'payer', %(payer)s::text, 'instalments', %(count)s,
    'months', s.months, 'costs', 0, 'written_off_principal', o.written_off_principal,
    'written_off_interest', o.written_off_interest, 'payable', o.payable, 'debtor', '{}'::jsonb,
    'schedule', (SELECT jsonb_agg(jsonb_build_array(d, p) ORDER BY d)
                 FROM unnest(o.due_dates, o.parts) AS x (d, p)))
FROM sums s, programme_version v,
     LATERAL plan_offer(v.terms, %(payer)s, s.principal, s.interest, 0, %(count)s, office_day()) o
WHERE v.programme_id = %(programme)s AND v.version = 1
"""


def set_rates(owner: psycopg.Connection[Any]) -> None:
    """Give the table of statutory rates a rate, once."""
    owner.execute("INSERT INTO statutory_rate VALUES ('2012-12-25', 10, false) ON CONFLICT DO NOTHING")


def indebted(guarded: Guarded, *ggmms: int) -> int:
    """Make an account that owes a thousand for each month, committed."""
    ident = guarded.new_account()
    with guarded.as_superuser() as owner:
        owner.execute("SET ROLE salter_owner")
        set_rates(owner)
        for ggmm in ggmms or (2401, 2402):
            for statement in _OWED.split(";\n"):
                owner.execute(statement, {"ident": ident, "ggmm": ggmm})
    return ident


def payload(guarded: Guarded, ident: int, *, count: int = 2, programme: int = 1) -> Jsonb:
    """Return what the desk would send for a plan over everything owed."""
    with guarded.as_superuser() as owner:
        return Jsonb(offer_of(owner, ident, count=count, programme=programme))


def offer_of(
    owner: psycopg.Connection[Any], ident: int, *, count: int, programme: int, payer: str = "ordinary"
) -> dict[str, Any]:
    """Return the same as it is before it is sent."""
    given = {"ident": ident, "count": count, "programme": programme, "payer": payer}
    return dict(owner.execute(_PAYLOAD, given).fetchone()[0])  # type: ignore[index]


def signed(guarded: Guarded, ident: int, *, count: int = 2) -> int:
    """Sign a plan as a clerk, committed, and return its id."""
    given = payload(guarded, ident, count=count)
    with guarded.signed_in(CLERK) as clerk:
        visit(clerk, ident)
        return int(one(clerk, "SELECT register_plan(%s, %s) ->> 'plan_id'", ident, given))


def settle(connection: psycopg.Connection[Any], ident: int, plan_id: int, amount: str) -> None:
    """Pay an amount and set it against the first instalment, as whoever keeps the ledger does."""
    payment = one(
        connection,
        "INSERT INTO payment (ident, received_on, amount, channel) VALUES (%s, office_day(), %s, 'post')"
        " RETURNING id",
        ident,
        amount,
    )
    connection.execute(
        "INSERT INTO allocation (ident, payment_id, allocation_no, plan_id, instalment_no, amount)"
        " VALUES (%s, %s, 1, %s, 1, %s)",
        [ident, payment, plan_id, amount],
    )
