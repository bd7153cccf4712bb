"""Preferences: the window as a person left it, on whichever workstation they sign in next."""

from typing import Any

from sqlalchemy.orm import Session

from db.queries import preferences as queries


def all_preferences(session: Session) -> dict[str, Any]:
    """Return everything kept for the signed-in person, by name."""
    return queries.all_of_mine(session)


def keep_preference(session: Session, *, name: str, value: Any) -> None:
    """Keep a JSON value under a name; None forgets it."""
    if value is None:
        queries.forget(session, name=name)
    else:
        queries.keep(session, name=name, value=value)


def keep_preferences(session: Session, *, values: dict[str, Any]) -> None:
    """Keep several at once, as when the window closes."""
    for name, value in values.items():
        keep_preference(session, name=name, value=value)
