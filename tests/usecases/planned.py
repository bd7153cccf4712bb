"""What tests of payment plans begin with: months that are owed, programmes in force, plans signed.

The day is the server's: plans are signed today, whatever day that is.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain import payment_reference
from app.domain.errors import Refused
from app.domain.payment_reference import ReferenceKind
from app.domain.period import Period
from app.domain.plans import (
    BreachRule,
    InterestRelief,
    LadderStep,
    Offer,
    Payer,
    Terms,
)
from app.domain.plans.programmes import from_json, to_json
from app.usecases import accounts, plans
from app.usecases.accounts import SixSums
from app.usecases.plans import Signed
from db import checks
from tests.usecases.conftest import ANA, CLERK, Town

LADDER = tuple(
    LadderStep(Payer.ORDINARY, count, Decimal(percent))
    for count, percent in ((1, 15), (3, 12), (6, 10), (12, 5))
)
FREE = Terms(
    tuple(LadderStep(Payer.ORDINARY, count, Decimal(0)) for count in (1, 2, 4, 10)),
    interest=InterestRelief.ON_FULFILMENT,
    breach=BreachRule(2, 0, 5),
)
"""Nothing off the principal, so that an instalment is a round sum."""

PLAIN = Terms(LADDER, interest=InterestRelief.ON_FULFILMENT, breach=BreachRule(2, 0, 5))


def office_day(town: Town) -> date:
    """Return the day of the office: the server's in Belgrade, unless a test invents one."""
    day: date = town.run("SELECT office_day()").scalar_one()
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
    terms = session.execute(
        text("SELECT terms FROM programme_version WHERE programme_id = :id AND version = :version"),
        {"id": version[0], "version": version[1]},
    ).scalar_one()
    (found,) = plans.offers_on(
        debt,
        terms=from_json(terms),
        payer=chosen.get("payer", Payer.ORDINARY),
        months=periods,
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


SOUND = (
    "bill balances",
    "account balances",
    "allocations",
    "instalments",
    "plans",
    "cases",
    *(name for name in checks.names() if name.startswith(("plan ", "plans "))),
)


def reference(today: date, number: int) -> str:
    return payment_reference.compose(ANA, period=Period.of(today), kind=ReferenceKind.PLAN, instalment=number)


def signed(town: Town, *, count: int = 4, amount: str = "1000.00", **terms: Any) -> int:
    """Sign a plan over four months of so much and return its id; every instalment is a fourth."""
    today = office_day(town)
    owe(town, 6, 5, 4, 3, amount=amount)
    version = programme(town, replace(FREE, **terms))
    with town.visiting(CLERK, ANA) as session:
        return sign(session, today=today, version=version, count=count)["plan_id"]


def followed(town: Town, day: date) -> dict[str, int]:
    """Let the monitor look at all plans for a day, which may be one to come."""
    counts: dict[str, int] = town.run("SELECT move_plans(:day, NULL, NULL)", day=day).scalar_one()
    return counts


def plan_now(town: Town) -> Any:
    return town.run("SELECT * FROM plan WHERE ident = :ident ORDER BY id DESC LIMIT 1", ident=ANA).one()


def paid(town: Town) -> Sequence[Decimal]:
    return list(
        town.run(
            "SELECT paid FROM instalment WHERE ident = :ident ORDER BY instalment_no", ident=ANA
        ).scalars()
    )


def opened(town: Town) -> list[Decimal]:
    return list(
        town.run("SELECT open FROM bill_balance WHERE ident = :ident ORDER BY ggmm", ident=ANA).scalars()
    )


def assert_sound(town: Town) -> None:
    assert list(checks.found_in(town.connection, only=SOUND)) == []
