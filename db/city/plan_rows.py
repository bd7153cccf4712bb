"""Plans of the demo city as rows: the contract, its months and instalments, and what became of it."""

import json
from datetime import date, timedelta

from app.domain.plans import InterestRelief, PlanCause, PlanState, Verdict, follow
from db.city.debts import PlanRecord
from db.city.ledger import Ledger

CLERKS = ("jelena.nikolic", "dragan.stojkovic", "ljiljana.djukic", "zoran.petrovic", "marija.ilic")
"""Who signed them for the company; all of them are demo staff."""

BRANCHES = (2, 4, 6, 8, 10)


def write_plan(ledger: Ledger, plan: PlanRecord) -> None:
    """Write a contract with its months and instalments, and what became of it."""
    certified = plan.signed_on + timedelta(days=2) if plan.is_certified else None
    state, told = plan.state, None
    if state is PlanState.ACTIVE:
        told = follow(plan.instalments, rule=plan.breach, unpaid_bills=0, today=ledger.timeline.last_moment)
        state = told.state
    relief = InterestRelief.ON_FULFILMENT if plan.written_off_interest else InterestRelief.NONE
    login = CLERKS[plan.id % len(CLERKS)]
    ledger.rows.add(
        "plan",
        ledger.ident,
        plan.id,
        plan.programme_id,
        plan.contract_number,
        state.value,
        plan.signed_on,
        certified,
        f"UOP:{plan.id % 9000 + 1000}-{plan.signed_on.year}" if certified else "",
        plan.ended_on,
        plan.principal,
        plan.interest,
        plan.costs,
        plan.written_off_principal,
        plan.written_off_interest,
        plan.payable,
        login,
        f"{plan.signed_on.isoformat()} 10:15:00+01",
        plan.programme_version,
        BRANCHES[plan.id % len(BRANCHES)],
        plan.payer.value,
        plan.discount_percent,
        relief.value,
        plan.next_due_on,
        plan.breaks_on,
    )
    for item in plan.items:
        ledger.rows.add("plan_item", ledger.ident, plan.id, *item)
    for case_id, amount in plan.costs_by_case:
        ledger.rows.add("plan_cost", ledger.ident, plan.id, case_id, amount)
    for instalment in plan.instalments:
        ledger.rows.add(
            "instalment",
            ledger.ident,
            plan.id,
            instalment.number,
            instalment.due_on,
            instalment.amount,
            instalment.paid,
        )
    _write_events(ledger, plan, told, certified, login)


_ENDED_BY = {
    PlanState.KEPT: PlanCause.ALL_PAID,
    PlanState.BROKEN: PlanCause.INSTALMENTS_MISSED,
    PlanState.CANCELLED: PlanCause.CANCELLED,
}


def _write_events(
    ledger: Ledger, plan: PlanRecord, told: Verdict | None, certified: date | None, login: str
) -> None:
    signed = PlanState.AWAITING_CERTIFICATION if certified else PlanState.ACTIVE
    steps = [
        (plan.signed_on, None, PlanState.PROPOSED, PlanCause.REGISTERED),
        (plan.signed_on, PlanState.PROPOSED, signed, PlanCause.SIGNED),
    ]
    if certified:
        steps.append((certified, signed, PlanState.ACTIVE, PlanCause.CERTIFIED))
    if plan.ended_on is not None:
        steps.append((plan.ended_on, PlanState.ACTIVE, plan.state, _ENDED_BY[plan.state]))
    elif told is not None and told.state is not PlanState.ACTIVE:
        late_on = told.facts["since"] + timedelta(days=1)
        steps.append((late_on, PlanState.ACTIVE, told.state, told.cause))
    for day, old, new, cause in steps:
        ledger.rows.add(
            "plan_event",
            ledger.ident,
            plan.id,
            ledger.new_id(),
            f"{day.isoformat()} 10:20:00+01",
            login,
            old.value if old else None,
            new.value,
            cause.value,
            json.dumps(_facts_of_breach(plan)) if new is PlanState.BROKEN else "{}",
        )


def _facts_of_breach(plan: PlanRecord) -> dict[str, object]:
    """Say what ``end_plans`` says of a broken plan; under one over months here nothing was paid."""
    left = plan.left
    return {
        "numbers": [one.number for one in plan.instalments if one.paid < one.amount][: _most_missed(plan)],
        "paid": str(plan.paid),
        "revived_principal": str(plan.written_off_principal),
        "revived_interest": str(plan.written_off_interest),
        "months": {
            str(one.period.ggmm): {
                "principal": str(one.principal),
                "on_bill": str(one.on_bill),
                "acknowledged": str(one.acknowledged),
            }
            for one in (left.months if left is not None else ())
        },
    }


def _most_missed(plan: PlanRecord) -> int:
    return plan.breach.in_a_row(of=len(plan.instalments))
