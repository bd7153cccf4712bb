"""Branches (ekspoziture): where a request was filed and where somebody serves."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.queries import branches as queries


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of the code list."""

    id: int
    code: str
    name: str


def branches(session: Session) -> tuple[Branch, ...]:
    """List the branches by their codes."""
    return tuple(Branch(row.id, row.code, row.name) for row in queries.branches(session))
