"""The person who serves: what the window shows of them and what they may do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from db.connecting import NotStaff
from db.queries import staff as queries


class Role(StrEnum):
    """What a person at the desk may be; the database grants by membership in these roles."""

    AGENT = "desk_agent"
    CLERK = "desk_clerk"
    SUPERVISOR = "desk_supervisor"
    ADMIN = "desk_admin"


@dataclass(frozen=True, slots=True)
class Me:
    """The signed-in person."""

    login: str
    full_name: str
    role: Role
    branch_id: int
    branch: str


def sign_in_facts(session: Session) -> Me:
    """Tell who signed in, by the server's word.

    Raises: NotStaff.
    """
    row = queries.me(session)
    if row is None:
        raise NotStaff(login=queries.login(session))
    return Me(row.login, row.full_name, Role(row.role), row.branch_id, row.branch_name)


def server_today(session: Session) -> date:
    """Tell the day by the server's clock: a workstation's may be wrong."""
    return queries.today(session)
