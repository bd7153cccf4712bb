"""The person who serves: what the window shows of them and what they may do."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from app.domain.script import sort_key
from app.domain.visits import Channel
from db.connecting import NotStaff
from db.queries import staff as queries


class Role(StrEnum):
    """What a person at the desk may be; the database grants by membership in these roles."""

    AGENT = "desk_agent"
    CLERK = "desk_clerk"
    SUPERVISOR = "desk_supervisor"
    ADMIN = "desk_admin"


DECIDING = frozenset({Role.CLERK, Role.SUPERVISOR})
"""Who sits at a counter: decides about requests, signs plans and hands out their papers."""

OVERSEEING = frozenset({Role.SUPERVISOR, Role.ADMIN})
"""Who is told of those that come near a ceiling, and looks at what they did."""


SERVING = frozenset({Role.AGENT, *DECIDING})
"""Who opens accounts: an administrator has no business in any."""


@dataclass(frozen=True, slots=True)
class Me:
    """The signed-in person."""

    login: str
    full_name: str
    role: Role
    branch_id: int
    branch: str

    @property
    def decides(self) -> bool:
        """Whether this person decides and signs; an agent tells."""
        return self.role in DECIDING

    @property
    def serves(self) -> bool:
        """Whether this person looks for accounts and opens them."""
        return self.role in SERVING

    @property
    def supervises(self) -> bool:
        """Whether what is beyond a clerk is this person's to decide."""
        return self.role is Role.SUPERVISOR

    @property
    def channel(self) -> Channel:
        """How customers reach this person."""
        return Channel.PHONE if self.role is Role.AGENT else Channel.COUNTER


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody on the staff list; who left stays on it, for what they did is theirs."""

    login: str
    full_name: str
    role: Role
    branch: str
    is_active: bool


def people(session: Session) -> tuple[StaffMember, ...]:
    """Return everybody who ever served, those who do first, by name."""
    found = (
        StaffMember(row.login, row.full_name, Role(row.role), row.branch, row.is_active)
        for row in queries.people(session)
    )
    return tuple(sorted(found, key=lambda one: (not one.is_active, sort_key(one.full_name), one.login)))


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
