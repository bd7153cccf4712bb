"""Letting people in and out: a member of staff is a role of the server and a row of ``staff``.

What somebody may do is the group role they are a member of.  A password travels
to the server only as its SCRAM verifier, so that no log can keep it.
"""

from dataclasses import dataclass

import psycopg
from psycopg import sql

from app.domain.errors import Refused

ROLES = ("desk_agent", "desk_clerk", "desk_supervisor", "desk_admin")

Session = psycopg.Connection[tuple[object, ...]]


class LoginTaken(Refused):
    """Somebody works, or worked, under this login already."""

    field = "login"

    def __init__(self, login: str) -> None:
        super().__init__(login)
        self.login = login


class LoginOfTheServer(Refused):
    """The login is a role of the server that has nothing to do with the desk."""

    field = "login"

    def __init__(self, login: str) -> None:
        super().__init__(login)
        self.login = login


class LoginUnknown(Refused):
    """Nobody works under this login."""

    field = "login"

    def __init__(self, login: str) -> None:
        super().__init__(login)
        self.login = login


class BranchUnknown(Refused):
    """There is no branch with this code."""

    field = "branch"

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PasswordEmpty(Refused):
    """A password must have something in it."""

    field = "password"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff."""

    login: str
    full_name: str
    role: str
    branch: str
    is_active: bool


def people(session: Session) -> tuple[Person, ...]:
    """List everybody who ever served, by login."""
    rows = session.execute(
        "SELECT s.login, s.full_name, s.role, b.code, s.is_active"
        " FROM staff s JOIN branch b ON b.id = s.branch_id ORDER BY s.login"
    )
    return tuple(Person(*row) for row in rows)  # type: ignore[arg-type]


def add(session: Session, *, login: str, full_name: str, role: str, branch: str, password: str) -> None:
    """Let somebody in, all or nothing; needs a login that may create roles.

    Raises: LoginTaken, LoginOfTheServer, BranchUnknown, PasswordEmpty.
    """
    if not password:
        raise PasswordEmpty
    with session.transaction():
        if session.execute("SELECT 1 FROM staff WHERE login = %s", [login]).fetchone():
            raise LoginTaken(login)
        if session.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login]).fetchone():
            raise LoginOfTheServer(login)
        found = session.execute("SELECT id FROM branch WHERE code = %s", [branch]).fetchone()
        if found is None:
            raise BranchUnknown(branch)
        make_role(session, login=login, role=role, password=password)
        session.execute("SET LOCAL ROLE salter_owner")
        session.execute(
            "INSERT INTO staff (login, full_name, role, branch_id) VALUES (%s, %s, %s, %s)",
            [login, full_name, role, found[0]],
        )
        session.execute("RESET ROLE")


def make_role(session: Session, *, login: str, role: str, password: str) -> None:
    """Make the role of somebody's login, a member of one group, with as many connections as a desk needs."""
    verifier = session.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
    session.execute(
        sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} CONNECTION LIMIT {} IN ROLE {}").format(
            sql.Identifier(login),
            sql.Literal(verifier),
            sql.Literal(connections_a_person(session)),
            sql.Identifier(role),
        )
    )


def connections_a_person(session: Session) -> int:
    """Tell how many connections one person may hold: a window needs seven, and some leave one locked."""
    ((most,),) = session.execute("SELECT public.setting_on('connections_a_person', public.office_day())")
    return int(str(most))


def bound_connections(session: Session) -> int:
    """Hold everybody who works here to the number of connections set; return for how many it was changed.

    One person's connections would otherwise be all the server has.
    """
    most = connections_a_person(session)
    beyond = session.execute(
        "SELECT r.rolname FROM pg_roles r JOIN public.staff s ON s.login = r.rolname"
        " WHERE r.rolcanlogin AND NOT r.rolsuper AND r.rolconnlimit <> %s",
        [most],
    ).fetchall()
    for (login,) in beyond:
        session.execute(
            sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}").format(sql.Identifier(str(login)), sql.Literal(most))
        )
    return len(beyond)


def deactivate(session: Session, *, login: str) -> None:
    """Let somebody out: they cannot sign in any more, and what they hold open ends now.

    The row stays, because papers name who made them.

    Raises: LoginUnknown.
    """
    with session.transaction():
        found = session.execute("SELECT role FROM staff WHERE login = %s", [login]).fetchone()
        if found is None:
            raise LoginUnknown(login)
        name = sql.Identifier(login)
        session.execute(sql.SQL("ALTER ROLE {} NOLOGIN PASSWORD NULL").format(name))
        session.execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(str(found[0])), name))
        session.execute("SET LOCAL ROLE salter_owner")
        session.execute("UPDATE staff SET is_active = false WHERE login = %s", [login])
        session.execute(
            "UPDATE visit SET closed_at = clock_timestamp() WHERE login = %s AND closed_at IS NULL", [login]
        )
        session.execute("RESET ROLE")
    session.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [login])
