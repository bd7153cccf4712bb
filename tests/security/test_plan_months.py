"""What a plan in force holds nobody claims, and a plan that was broken goes nowhere but back.

Who files cases and draws notices here owns every table: no grant stands in the way, only the rule.
"""

from typing import Any

import psycopg
import pytest

from tests.security.conftest import SUPERVISOR, Guarded, one, visit
from tests.security.signing import indebted, signed

CASE = """
INSERT INTO enforcement_case (ident, internal_number, state, principal, interest, interest_until,
                              creditor_costs, bailiff_costs)
VALUES (%s, gen_random_uuid(), %s, 1000, 0, office_day(), 0, 0) RETURNING id
"""
NOTICE = """
INSERT INTO notice (ident, number, kind, state, drawn_on, delivery_method, days_to_pay, principal, interest)
VALUES (%s, gen_random_uuid(), 'first', 'drawn', office_day(), 'mail', 8, 1000, 0) RETURNING id
"""


def rule_of(owner: psycopg.Connection[Any], statement: str, *given: object) -> tuple[str | None, str]:
    with pytest.raises(psycopg.Error) as refused:
        owner.execute(statement, given)  # type: ignore[call-overload]
    return refused.value.diag.message_primary, refused.value.diag.message_detail or ""


@pytest.mark.parametrize("state", ["prepared", "filed", "executing"])
def test_no_case_is_filed_over_a_month_that_a_plan_holds(
    guarded: Guarded, superuser: psycopg.Connection[Any], state: str
) -> None:
    ident = indebted(guarded)
    signed(guarded, ident)
    case = one(superuser, CASE, ident, state)

    rule, detail = rule_of(superuser, "INSERT INTO enforcement_item VALUES (%s, %s, 2401, 1000)", ident, case)

    assert rule == "month_in_plan"
    assert '"ggmm": 2401' in detail


def test_no_notice_is_drawn_over_a_month_that_a_plan_holds(
    guarded: Guarded, superuser: psycopg.Connection[Any]
) -> None:
    ident = indebted(guarded)
    signed(guarded, ident)
    notice = one(superuser, NOTICE, ident)

    rule, _ = rule_of(superuser, "INSERT INTO notice_item VALUES (%s, %s, 2402, 1000, 0)", ident, notice)

    assert rule == "month_in_plan"


@pytest.mark.parametrize("state", ["final", "executing"])
def test_a_case_that_rests_does_not_go_on(
    guarded: Guarded, superuser: psycopg.Connection[Any], state: str
) -> None:
    ident = indebted(guarded)
    case = one(superuser, CASE, ident, "final")
    superuser.execute("INSERT INTO enforcement_item VALUES (%s, %s, 2401, 1000)", [ident, case])
    signed(guarded, ident)

    rule, _ = rule_of(
        superuser,
        "UPDATE enforcement_case SET state = %s, state_before_plan = NULL WHERE ident = %s AND id = %s",
        state,
        ident,
        case,
    )

    assert rule == "month_in_plan"


def test_what_a_plan_held_is_claimed_once_it_is_over(
    guarded: Guarded, superuser: psycopg.Connection[Any]
) -> None:
    ident = indebted(guarded)
    plan = signed(guarded, ident)
    with guarded.signed_in(SUPERVISOR) as supervisor:
        visit(supervisor, ident)
        supervisor.execute("SELECT cancel_plan(%s, %s, 'odustao')", [ident, plan])
    case, notice = one(superuser, CASE, ident, "filed"), one(superuser, NOTICE, ident)

    superuser.execute("INSERT INTO enforcement_item VALUES (%s, %s, 2401, 1000)", [ident, case])
    superuser.execute("INSERT INTO notice_item VALUES (%s, %s, 2402, 1000, 0)", [ident, notice])

    stages = one(
        superuser, "SELECT array_agg(stage::text ORDER BY ggmm) FROM bill_balance WHERE ident = %s", ident
    )
    assert stages == ["sued", "unsued"]


@pytest.mark.parametrize("state", ["in_arrears", "kept", "cancelled", "awaiting_certification"])
def test_a_broken_plan_goes_nowhere_but_back(
    guarded: Guarded, superuser: psycopg.Connection[Any], state: str
) -> None:
    ident = indebted(guarded)
    plan = signed(guarded, ident)
    superuser.execute(
        "SELECT end_plans(ARRAY[%s], ARRAY[%s::bigint], ARRAY['broken'], ARRAY['instalments_missed'],"
        " ARRAY['{}'::jsonb], '', office_day())",
        [ident, plan],
    )

    rule, _ = rule_of(
        superuser, "UPDATE plan SET state = %s WHERE ident = %s AND id = %s", state, ident, plan
    )

    assert rule == "plan_transition_forbidden"
