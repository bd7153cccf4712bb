"""Data changes (promene podataka): filed and decided in a later version; an account has none yet."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.usecases.pages import Page


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was filed; no account has one in this version."""

    id: int


def change_page(session: Session, *, ident: int) -> Page[Change, int]:  # noqa: ARG001
    """Return no changes: nothing can be filed yet."""
    return Page(())
