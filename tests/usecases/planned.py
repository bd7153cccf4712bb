"""What tests of payment plans begin with: months that are owed, programmes in force, plans signed.

The day is the server's: plans are signed today, whatever day that is.
"""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import Refused
from app.domain.period import Period
from app.domain.plans import (
    BreachRule,
    InterestRelief,
    Offer,
    Payer,
    Step,
    Terms,
)
from app.domain.plans.programmes import to_json
from app.usecases import accounts, plans
from app.usecases.accounts import SixSums
from app.usecases.plans import Signed
from tests.usecases.conftest import ANA, Town

LADDER = tuple(
    Step(Payer.ORDINARY, count, Decimal(percent)) for count, percent in ((1, 15), (3, 12), (6, 10), (12, 5))
)
PLAIN = Terms(LADDER, interest=InterestRelief.ON_FULFILMENT, breach=BreachRule(2, 0, 5))


def office_day(town: Town) -> date:
    """Return the server's day in Belgrade."""
    day: date = town.run("SELECT (now() AT TIME ZONE 'Europe/Belgrade')::date").scalar_one()
    return day


def month(town: Town, back: int) -> Period:
    """Return the month whose bill was issued so many months before this one began; 1 is overdue by weeks."""
    return Period.of(office_day(town)).plus(-1 - back)


def owe(
    town: Town, *backs: int, amount: str = "1000.00", interest: str = "0", ident: int = ANA
) -> list[Period]:
    """Issue bills of months so many before, the oldest first, and return the months."""
    periods = [month(town, back) for back in sorted(backs, reverse=True)]
    for period in periods:
        lines = [("cold_water", "1", amount)]
        if Decimal(interest):
            lines.append(("interest", "1", interest))
        town.bill(ident, period, lines)
    return periods


def programme(
    town: Town,
    terms: Terms = PLAIN,
    *,
    valid_from: date = date(2020, 1, 1),
    valid_to: date | None = None,
    code: str = "T",
) -> tuple[int, int]:
    """Publish a programme as its owner would, and return programme and version."""
    number = town.run("SELECT max(id) + 1 FROM programme").scalar_one()
    town.insert("programme", id=number, code=f"{code}{number}", name=f"Program {number}")
    town.insert(
        "programme_version",
        programme_id=number,
        version=1,
        legal_basis="Zaključak",
        valid_from=valid_from,
        valid_to=valid_to,
        terms=json.dumps(to_json(terms)),
        state="published",
        published_at=date(2020, 1, 1),
    )
    return number, 1


def sue(town: Town, periods: Sequence[Period], *, costs: str = "0", state: str = "filed", on: date) -> int:
    """Open an enforcement case over months and return its id."""
    case: int = town.run(
        "INSERT INTO enforcement_case (ident, internal_number, state, principal, interest, interest_until,"
        " creditor_costs, bailiff_costs, filed_on) VALUES (:ident, gen_random_uuid(), :state, 0, 0, :day,"
        " :costs, 0, :day) RETURNING id",
        ident=ANA,
        state=state,
        day=on,
        costs=Decimal(costs),
    ).scalar_one()
    for period in periods:
        town.insert("enforcement_item", ident=ANA, case_id=case, ggmm=period.ggmm, principal=Decimal(1))
    return case


def offered(session: Session, *, today: date, version: tuple[int, int], count: int, **chosen: Any) -> Offer:
    """Compute the offer of so many instalments over everything owed, or the months ``chosen``."""
    debt = plans.debt_of(session, ident=ANA, today=today)
    periods = chosen.get("months") or [one.month.period for one in debt.months]
    (found,) = plans.offers_for(
        session,
        ident=ANA,
        programme_id=version[0],
        version=version[1],
        payer=chosen.get("payer", Payer.ORDINARY),
        months=periods,
        today=today,
        counts=[count],
    )
    if isinstance(found, Refused):
        raise found
    return found


def sign(session: Session, *, today: date, version: tuple[int, int], count: int, **chosen: Any) -> Signed:
    """Sign a plan over everything owed, or the months ``chosen``, in so many instalments."""
    debt = plans.debt_of(session, ident=ANA, today=today)
    periods = chosen.get("months") or [one.month.period for one in debt.months]
    offer = offered(session, today=today, version=version, count=count, **chosen)
    return plans.register(
        session,
        ident=ANA,
        programme_id=version[0],
        version=version[1],
        months=debt.of(periods),
        offer=offer,
    )


def register(session: Session, today: date, version: tuple[int, int], shown: Offer) -> Signed:
    """Register an offer over everything that is owed, whatever the offer says."""
    debt = plans.debt_of(session, ident=ANA, today=today)
    return plans.register(
        session,
        ident=ANA,
        programme_id=version[0],
        version=version[1],
        months=debt.months_of_debt,
        offer=shown,
    )


def sums_of(session: Session, today: date) -> SixSums:
    """Return the six sums of the account."""
    sums = accounts.account_header(session, ident=ANA, today=today).sums
    assert sums is not None
    return sums
