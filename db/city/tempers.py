"""How the people of the demo city pay: most in time, some late, a few never.

A temper decides on every bill once, when it arrives; what a notice or a bailiff
moves somebody to is decided in ``dunning``.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random

from app.domain.payments import PaymentChannel
from db.city.debts import Debt

_THOUSAND = Decimal(1000)


class Temper(StrEnum):
    """A payer's habit."""

    PUNCTUAL = "punctual"
    STANDING_ORDER = "standing_order"
    BY_DUE_DATE = "by_due_date"
    LATE = "late"
    FORGETFUL = "forgetful"
    PARTIAL = "partial"
    STOP_AND_START = "stop_and_start"
    NEVER = "never"
    OVERPAYER = "overpayer"


SHARES: dict[Temper, float] = {
    Temper.PUNCTUAL: 60.0,
    Temper.STANDING_ORDER: 9.0,
    Temper.BY_DUE_DATE: 14.0,
    Temper.LATE: 6.0,
    Temper.FORGETFUL: 5.5,
    Temper.PARTIAL: 2.0,
    Temper.STOP_AND_START: 1.7,
    Temper.NEVER: 0.6,
    Temper.OVERPAYER: 1.2,
}
"""Percent of the city: together they pay well over nine tenths of what is charged."""

_TEMPERS, _WEIGHTS = tuple(SHARES), tuple(SHARES.values())
_CHANNELS = (
    PaymentChannel.POST,
    PaymentChannel.POST,
    PaymentChannel.BANK,
    PaymentChannel.BANK,
    PaymentChannel.PORTAL_CARD,
    PaymentChannel.COUNTER,
)


@dataclass(frozen=True, slots=True)
class Intention:
    """To pay on a day: an amount, or with None whatever is open then."""

    day: date
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Payer:
    """Somebody's habit, way of paying, and where in the phases they stand."""

    temper: Temper
    channel: PaymentChannel
    phase: int = 0

    def decide(self, bill: Debt, dice: Random) -> tuple[Intention, ...]:
        """Decide when to pay this bill, and how much."""
        return _DECISIONS[self.temper](self, bill, dice)


def choose(dice: Random) -> Payer:
    """Let chance make a payer."""
    temper = dice.choices(_TEMPERS, _WEIGHTS)[0]
    channel = PaymentChannel.STANDING_ORDER if temper is Temper.STANDING_ORDER else dice.choice(_CHANNELS)
    return Payer(temper, channel, dice.randrange(16))


def _punctual(_payer: Payer, bill: Debt, dice: Random) -> tuple[Intention, ...]:
    if dice.random() < 0.015:
        return _by_due(_payer, bill, dice)
    span = (bill.discount_until - bill.month.issued_on).days
    return (Intention(bill.month.issued_on + timedelta(2 + int((span - 2) * dice.random())), None),)


def _standing(_payer: Payer, bill: Debt, _dice: Random) -> tuple[Intention, ...]:
    return (Intention(bill.discount_until - timedelta(1), None),)


def _by_due(_payer: Payer, bill: Debt, dice: Random) -> tuple[Intention, ...]:
    span = (bill.due_on - bill.discount_until).days
    return (Intention(bill.due_on - timedelta(int(span * dice.random())), None),)


def _late(_payer: Payer, bill: Debt, dice: Random) -> tuple[Intention, ...]:
    return (Intention(bill.due_on + timedelta(3 + int(50 * dice.random() ** 2)), None),)


def _forgetful(payer: Payer, bill: Debt, dice: Random) -> tuple[Intention, ...]:
    mood = dice.random()
    if mood < 0.74:
        return _punctual(payer, bill, dice)
    if mood < 0.88:
        return _late(payer, bill, dice)
    if mood < 0.95:
        return (Intention(bill.due_on + timedelta(60 + int(120 * dice.random())), None),)
    return ()


def _partial(_payer: Payer, bill: Debt, dice: Random) -> tuple[Intention, ...]:
    part = (bill.charged * dice.randint(4, 8) / 10).quantize(_THOUSAND / 10)
    first = Intention(bill.due_on - timedelta(dice.randrange(12)), max(part, Decimal(100)))
    if dice.random() < 0.55:
        return first, Intention(bill.due_on + timedelta(20 + dice.randrange(70)), None)
    return (first,)


def _stop_and_start(payer: Payer, bill: Debt, dice: Random) -> tuple[Intention, ...]:
    if (bill.month.index + payer.phase) // 6 % 2:
        return ()
    return _by_due(payer, bill, dice)


def _never(_payer: Payer, _bill: Debt, _dice: Random) -> tuple[Intention, ...]:
    return ()


def _overpayer(payer: Payer, bill: Debt, dice: Random) -> tuple[Intention, ...]:
    if dice.random() < 0.7:
        return _punctual(payer, bill, dice)
    rounded_up = (bill.charged // _THOUSAND + 1) * _THOUSAND
    return (Intention(bill.due_on - timedelta(dice.randrange(10)), rounded_up),)


_DECISIONS = {
    Temper.PUNCTUAL: _punctual,
    Temper.STANDING_ORDER: _standing,
    Temper.BY_DUE_DATE: _by_due,
    Temper.LATE: _late,
    Temper.FORGETFUL: _forgetful,
    Temper.PARTIAL: _partial,
    Temper.STOP_AND_START: _stop_and_start,
    Temper.NEVER: _never,
    Temper.OVERPAYER: _overpayer,
}
