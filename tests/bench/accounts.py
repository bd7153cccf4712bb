"""How fast an account opens in the database, by the clerk's own role and under row security."""

import random
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from app.domain.period import Period
from app.domain.visits import Channel, Purpose
from app.usecases import accounts, bills, payments, timeline, visits

OPEN_LIMIT_MS = 30.0
COLD_LIMIT_MS = 100.0
"""Nothing was promised of an account nobody opened lately; this is what would be felt."""
ROUNDS = 400
_WARM_UP = 30
_BILLS_OF_A_SCREEN = 12


def measure(url: str, *, accounts: int, owner: str) -> list[dict[str, Any]]:
    """Time opening an account and reading its parts in milliseconds; ``url`` is a clerk's.

    ``owner`` is the URL of whoever may know which accounts there are.

    Each account is opened twice: the first time its pages may come from the disk,
    the second time it is warm.
    """
    engine = create_engine(url)
    try:
        return _measure(engine, accounts, _idents(owner))
    finally:
        engine.dispose()


def _idents(owner: str) -> list[int]:
    engine = create_engine(owner)
    try:
        with engine.connect() as connection:
            return list(connection.execute(text("SELECT ident FROM account ORDER BY ident")).scalars())
    finally:
        engine.dispose()


def _measure(engine: Engine, size: int, idents: list[int]) -> list[dict[str, Any]]:
    with Session(engine) as session:
        today: date = session.execute(text("SELECT office_day()")).scalar_one()
    chosen = random.Random(7).sample(idents, ROUNDS + _WARM_UP)
    cold: list[float] = []
    warm: dict[str, list[float]] = {}
    for ident in chosen:
        cold.append(_open(engine, ident, today)["open"])
        for name, took in _open(engine, ident, today).items():
            warm.setdefault(name, []).append(took)
    figures = [_figure(f"{name}, warm", size, took[_WARM_UP:], OPEN_LIMIT_MS) for name, took in warm.items()]
    return [*figures, _figure("open, first time", size, cold[_WARM_UP:], COLD_LIMIT_MS)]


def _open(engine: Engine, ident: int, today: date) -> dict[str, float]:
    """Open one account as its page does: visit, header, the year's bills, the latest bill in full."""
    last = Period.of(today).previous()
    took: dict[str, float] = {}
    with Session(engine) as session:
        visit = partial(
            visits.open_account, session, ident=ident, purpose=Purpose.SERVICE, channel=Channel.COUNTER
        )
        took["visit"] = _time(visit, then=session.commit)
        took["header"] = _time(partial(accounts.account_header, session, ident=ident, today=today))
        page = partial(bills.bill_page, session, ident=ident, today=today, limit=_BILLS_OF_A_SCREEN)
        took["bills"] = _time(page)
        try:
            took["bill"] = _time(partial(bills.bill_detail, session, ident=ident, period=last, today=today))
        except bills.NoSuchBill:
            took["bill"] = 0.0
        whole = sum(took.values())
        took["payments"] = _time(partial(payments.payment_page, session, ident=ident, limit=200))
        took["timeline"] = _time(partial(timeline.timeline_page, session, ident=ident))
        session.rollback()
        visits.close_account(session, ident=ident)
        session.commit()
    return {"open": whole} | took


def _time(ask: Callable[[], object], *, then: Callable[[], None] | None = None) -> float:
    started = time.perf_counter()
    ask()
    if then is not None:
        then()
    return (time.perf_counter() - started) * 1000


def _figure(name: str, size: int, times: list[float], limit: float) -> dict[str, Any]:
    ordered = sorted(times)
    p99 = ordered[int(len(ordered) * 0.99)]
    return {
        "name": f"account: {name}",
        "size": size,
        "unit": "ms",
        "p50": round(ordered[len(ordered) // 2], 2),
        "p99": round(p99, 2),
        "limit": limit,
        "holds": p99 <= limit,
    }
