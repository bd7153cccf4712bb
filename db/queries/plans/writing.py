"""What is signed, certified, ended, booked and followed: one function of the database each."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

_REGISTER = text("SELECT register_plan(:ident, CAST(:given AS jsonb))")
_CERTIFY = text("SELECT certify_plan(:ident, :plan_id, :uop_number, :certified_on)")
_CANCEL = text("SELECT cancel_plan(:ident, :plan_id, :reason)")
_UNDO = text("SELECT undo_plan(:ident, :plan_id, :reason)")
_BOOK = text("SELECT book_plan_payment(:ident, :payment_id)")
_FOLLOW = text("SELECT follow_plans(:on_day, :ident, :at_most)")
_SET_BOUNDS = text("SELECT set_programme_bounds(:from_day, :percent, :instalments, :reason)")
_DRAFT = text("SELECT draft_programme(CAST(:given AS jsonb))")
_CHANGE_DRAFT = text(
    "SELECT change_programme_draft(:programme_id, :version, :seen_revision, CAST(:given AS jsonb))"
)
_PUBLISH = text("SELECT publish_programme(:programme_id, :version, :seen_revision)")


def register(session: Session, *, ident: int, given: Mapping[str, Any]) -> dict[str, Any]:
    """Sign a plan; everything in ``given`` is computed again."""
    return dict(session.execute(_REGISTER, {"ident": ident, "given": json.dumps(given)}).scalar_one())


def certify(
    session: Session, *, ident: int, plan_id: int, uop_number: str, certified_on: date
) -> dict[str, Any]:
    """Put a certified contract in force."""
    given = {"ident": ident, "plan_id": plan_id, "uop_number": uop_number, "certified_on": certified_on}
    return dict(session.execute(_CERTIFY, given).scalar_one())


def cancel(session: Session, *, ident: int, plan_id: int, reason: str) -> dict[str, Any]:
    """End a plan by right."""
    return dict(session.execute(_CANCEL, {"ident": ident, "plan_id": plan_id, "reason": reason}).scalar_one())


def undo(session: Session, *, ident: int, plan_id: int, reason: str) -> dict[str, Any]:
    """Take back a registration of today."""
    return dict(session.execute(_UNDO, {"ident": ident, "plan_id": plan_id, "reason": reason}).scalar_one())


def book(session: Session, *, ident: int, payment_id: int) -> dict[str, Any]:
    """Set what is left of a payment against the plan in force."""
    return dict(session.execute(_BOOK, {"ident": ident, "payment_id": payment_id}).scalar_one())


def follow(session: Session, *, on_day: date, ident: int | None, at_most: int | None) -> dict[str, Any]:
    """Follow plans for a day: all, so many of them, or those of one account."""
    given = {"on_day": on_day, "ident": ident, "at_most": at_most}
    return dict(session.execute(_FOLLOW, given).scalar_one())


def set_bounds(session: Session, *, from_day: date, percent: int, instalments: int, reason: str) -> None:
    """Bound what a programme may give from a day on."""
    given = {"from_day": from_day, "percent": percent, "instalments": instalments, "reason": reason}
    session.execute(_SET_BOUNDS, given)


def draft(session: Session, *, given: Mapping[str, Any]) -> dict[str, Any]:
    """Draft a version of a programme."""
    return dict(session.execute(_DRAFT, {"given": json.dumps(given)}).scalar_one())


def change_draft(
    session: Session, *, programme_id: int, version: int, seen_revision: int, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Write a draft anew."""
    values = {
        "programme_id": programme_id,
        "version": version,
        "seen_revision": seen_revision,
        "given": json.dumps(given),
    }
    return dict(session.execute(_CHANGE_DRAFT, values).scalar_one())


def publish(session: Session, *, programme_id: int, version: int, seen_revision: int) -> dict[str, Any]:
    """Put a draft in force."""
    values = {"programme_id": programme_id, "version": version, "seen_revision": seen_revision}
    return dict(session.execute(_PUBLISH, values).scalar_one())
