"""Providers (davaoci usluga): who may be asked before a change that concerns their service."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.queries import providers as queries


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of the code list."""

    id: int
    code: str
    name: str


def providers(session: Session) -> tuple[Provider, ...]:
    """List the providers in the order of the bill."""
    return tuple(Provider(row.id, row.code, row.name) for row in queries.providers(session))
