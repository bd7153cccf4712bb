"""What the database means when it says no.

A refusal reaches the client as an SQLSTATE and, where a rule is behind it, a name:
the name of a constraint, or the rule name in the MESSAGE of a function that raised
``SA001``.  ``translate`` turns both into the errors of ``app.domain.errors``; words
are made of them in ``ui/words`` only.  Nothing here reads a server's message
for its meaning, because servers speak the language of whoever installed them.

A database function refuses like this, with facts as a JSON object in DETAIL::

    RAISE EXCEPTION 'visit_not_open' USING ERRCODE = 'SA001', DETAIL = '{"ident": 1234567}';
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import exc as sqlalchemy_errors
from sqlalchemy.orm import exc as orm_errors

from app.domain.errors import Conflict, Forbidden, Refused, SalterError, TooSlow, Unavailable

RULE_BROKEN = "SA001"
"""The SQLSTATE with which our own functions refuse; MESSAGE is the rule, DETAIL its facts."""

_GONE_CLASSES = ("08", "53", "58")  # connection, resources (too many connections, disk), system
_GONE = {"57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04"}
_TRY_AGAIN = {"40001", "40P01"}
_CONSTRAINT_CLASS = "23"
_FORBIDDEN = {"42501", "28000"}
_READ_ONLY = "25006"
_CANCELLED = "57014"
_LOCKED = "55P03"


class Cancelled(SalterError):
    """The question was withdrawn by whoever asked it; nobody waits for its answer."""


class Busy(TooSlow):
    """Somebody else held the same rows for longer than the lock timeout."""


class PasswordRefused(Unavailable):
    """The server does not take the password any more with which this person signed in."""


class FateUnknown(Unavailable):
    """The line was lost while committing: the action is done or not, ``Gateway.outcome`` tells."""


class NotDone(Unavailable):
    """The action certainly was not done; it may be sent again with the same ``key``."""

    def __init__(self, key: UUID) -> None:
        super().__init__(str(key))
        self.key = key


@dataclass(frozen=True, slots=True)
class Facts:
    """What PostgreSQL tells about a broken rule; ``detail`` is filled for ``SA001`` only."""

    rule: str
    table: str = ""
    column: str = ""
    sqlstate: str = ""
    detail: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


class RuleBroken(Refused):
    """A rule of the database without a type of its own, told by the name of its constraint."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts.rule)
        self.facts = facts
        self.field = facts.column


class ValueNotAllowed(RuleBroken):
    """A value breaks a CHECK that has no error of its own: the window should have seen it first."""


class NotOnFile(RuleBroken):
    """A row points to what is not there, or what it points to was to be taken away."""


_refusals: dict[str, Callable[[Facts], SalterError]] = {}
_KINDS: Mapping[str, type[RuleBroken]] = MappingProxyType({"23514": ValueNotAllowed, "23503": NotOnFile})


def register(rule: str, make: Callable[[Facts], SalterError]) -> None:
    """Translate the constraint or rule named ``rule`` by ``make``.

    ``make`` is a subclass of ``RuleBroken``, or any function from ``Facts`` to an
    error.  Registering one name for two different things is a mistake of ours.

    Raises: ValueError.
    """
    if _refusals.setdefault(rule, make) is not make:
        raise ValueError(f"the rule {rule!r} is registered already")


def is_registered(rule: str) -> bool:
    """Tell whether a broken ``rule`` has an error of its own."""
    return rule in _refusals


def refusal(facts: Facts) -> SalterError:
    """Make the error of a broken rule: its own where one is registered, else that of its kind."""
    return _refusals.get(facts.rule, _KINDS.get(facts.sqlstate, RuleBroken))(facts)


def sqlstate_of(error: BaseException) -> str:
    """Return the SQLSTATE behind a psycopg or SQLAlchemy error, or an empty string."""
    driver = _driver_error(error)
    return (driver.sqlstate or "") if driver is not None else ""


def is_worth_another_try(error: BaseException) -> bool:
    """Tell whether the same transaction may succeed when run again: serialization, deadlock, an old plan."""
    return sqlstate_of(error) in _TRY_AGAIN or is_old_plan(error)


def is_old_plan(error: BaseException) -> bool:
    """Tell whether a table changed under a prepared statement, which the driver then forgets."""
    driver = _driver_error(error)
    return driver is not None and driver.diag.source_function == "RevalidateCachedQuery"


def translate(error: Exception, *, cancelled: bool = False) -> Exception:
    """Return the ``SalterError`` that ``error`` means, or ``error`` itself when it is a bug of ours.

    ``cancelled`` says that the question's own ticket was cancelled, which the
    SQLSTATE alone does not tell from a statement stopped at its time limit.
    """
    if isinstance(error, SalterError):
        return error
    if isinstance(error, orm_errors.StaleDataError):
        return Conflict()
    if isinstance(error, sqlalchemy_errors.TimeoutError):
        return TooSlow()  # every pooled connection stayed busy
    driver = _driver_error(error)
    if driver is None:
        return error
    if driver.sqlstate:
        return _by_sqlstate(driver, driver.sqlstate, cancelled=cancelled) or error
    if isinstance(driver, psycopg.OperationalError):
        return Unavailable(str(driver).splitlines()[0])
    if isinstance(error, sqlalchemy_errors.DBAPIError) and error.connection_invalidated:
        return Unavailable()
    return error


def _by_sqlstate(driver: psycopg.Error, state: str, *, cancelled: bool) -> SalterError | None:
    if state == RULE_BROKEN:
        return refusal(_facts(driver, driver.diag.message_primary or ""))
    if state.startswith(_CONSTRAINT_CLASS):
        return refusal(_facts(driver, driver.diag.constraint_name or ""))
    if state in _FORBIDDEN:
        return Forbidden(driver.diag.table_name or "")
    if state in _TRY_AGAIN:
        return Conflict()
    if state == _CANCELLED:
        return Cancelled() if cancelled else TooSlow()
    if state == _LOCKED:
        return Busy()
    if state in _GONE or state.startswith(_GONE_CLASSES):
        return Unavailable(state)
    return None


def is_read_only(error: BaseException) -> bool:
    """Tell whether a write met a server that only reads: a standby, after a switch-over."""
    return sqlstate_of(error) == _READ_ONLY


def _driver_error(error: BaseException) -> psycopg.Error | None:
    if isinstance(error, sqlalchemy_errors.DBAPIError):
        error = error.orig or error
    return error if isinstance(error, psycopg.Error) else None


def _facts(driver: psycopg.Error, rule: str) -> Facts:
    diagnosis = driver.diag
    return Facts(
        rule=rule,
        table=diagnosis.table_name or "",
        column=diagnosis.column_name or "",
        sqlstate=driver.sqlstate or "",
        detail=_detail(diagnosis.message_detail) if driver.sqlstate == RULE_BROKEN else MappingProxyType({}),
    )


def _detail(text: str | None) -> Mapping[str, Any]:
    """Read DETAIL as a JSON object; a function that sent something else told no facts."""
    try:
        facts = json.loads(text or "{}")
    except ValueError:
        return MappingProxyType({})
    return MappingProxyType(facts if isinstance(facts, dict) else {})
