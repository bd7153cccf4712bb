"""Signing in: a profile, a name and a password become a gateway, or the reason why not.

Every reason is an error of its own, because each asks something else of the person
at the desk: type again, call the network people, do not trust this server, update
the program, or have somebody enter you as staff.
"""

from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.errors import Forbidden, SalterError, Unavailable
from db import schema
from db.gateway import Gateway
from db.handshake import WRONG_PASSWORD, HandshakeResult, HandshakeStep, examine
from db.models.staff import Staff
from db.profiles import (
    CONNECT_SECONDS,
    ServerProfile,
    UnreadableProfile,
    connection_parameters,
    each_host,
    open_engine,
)

__all__ = [
    "NotStaff",
    "OutdatedClient",
    "OutdatedSchema",
    "ServerProfile",
    "ServerUnreachable",
    "UnreadableProfile",
    "WrongCertificate",
    "WrongPassword",
    "open_engine",
    "sign_in",
]

_NOT_ADMITTED = ("28000", "42501")


class WrongPassword(SalterError):
    """The server does not know this name with this password; it does not tell which is wrong."""


class ServerUnreachable(Unavailable):
    """No server of the profile lets anybody in at the moment.

    ``reason`` is ``refused``, ``timeout``, ``unknown_name``, ``hung_up``,
    ``read_only`` (only a standby answers) or an SQLSTATE (3D000 no such database,
    53300 too many connections, 57P03 starting up).
    """

    def __init__(self, *, host: str, reason: str) -> None:
        super().__init__(f"{host}: {reason}")
        self.host = host
        self.reason = reason


class WrongCertificate(SalterError):
    """The server cannot prove that it is the one the profile names.

    ``reason`` is ``untrusted``, ``expired``, ``not_yet_valid``, ``revoked``,
    ``other_name``, ``not_offered`` (no TLS at all), ``no_root_certificate`` (of
    the profile, on this machine), ``invalid`` or ``broken``.
    """

    def __init__(self, *, host: str, reason: str) -> None:
        super().__init__(f"{host}: {reason}")
        self.host = host
        self.reason = reason


class OutdatedSchema(SalterError):
    """The database waits for ``salter-db upgrade``; ``server`` is empty when it was never set up."""

    def __init__(self, *, server: str, client: str) -> None:
        super().__init__(f"server {server or 'empty'}, client {client}")
        self.server = server
        self.client = client


class OutdatedClient(SalterError):
    """The database is ahead of this program, which has to be updated."""

    def __init__(self, *, server: str, client: str) -> None:
        super().__init__(f"server {server}, client {client}")
        self.server = server
        self.client = client


class NotStaff(SalterError):
    """The server knows the name, but nobody of that name works here (any more)."""

    def __init__(self, *, login: str) -> None:
        super().__init__(login)
        self.login = login


@dataclass(frozen=True, slots=True)
class _Standing:
    revision: str
    is_staff: bool


def sign_in(profile: ServerProfile, *, user: str, password: str) -> Gateway:
    """Return a gateway through which ``user`` works on the server of ``profile``.

    Raises: WrongPassword, ServerUnreachable, WrongCertificate, OutdatedSchema,
    OutdatedClient, NotStaff, UnreadableProfile.
    """
    gateway = Gateway(profile.url, user=user, password=password, root_certificate=profile.root_certificate)
    try:
        try:
            gateway.ping()
        except (Unavailable, Forbidden) as error:
            reason = _why_not_let_in(profile, user, password)
            if reason is not None:
                raise reason from error
        _require_current_schema(gateway, user)
        if not gateway.ask(_is_staff):
            raise NotStaff(login=user)
    except BaseException:
        gateway.close()
        raise
    return gateway


def _require_current_schema(gateway: Gateway, user: str) -> None:
    try:
        server = gateway.ask(_revision)
    except Forbidden as error:
        raise NotStaff(login=user) from error  # no desk role, so not even this may be read
    if server < schema.HEAD:
        raise OutdatedSchema(server=server, client=schema.HEAD)
    if server > schema.HEAD:
        raise OutdatedClient(server=server, client=schema.HEAD)


def _revision(session: Session) -> str:
    """Return the numbered revision of the database, empty where none was ever applied."""
    # Not to_regclass(): whoever may not enter the schema would be told that there is no table.
    is_there = text("SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = 'alembic_version'")
    if session.execute(is_there).first() is None:
        return ""
    return session.scalar(text("SELECT max(version_num) FROM public.alembic_version")) or ""


def _is_staff(session: Session) -> bool:
    known = select(Staff.is_active).where(Staff.login == text("session_user"))
    return session.scalar(known) is True


def _why_not_let_in(profile: ServerProfile, user: str, password: str) -> SalterError | None:
    """Examine each host of the profile; None when the failure has passed meanwhile.

    The most telling finding wins: a standby that refuses the password knows more
    than a primary that does not answer.
    """
    findings = [
        (parameters.get("host", ""), examine(parameters, seconds=CONNECT_SECONDS))
        for parameters in each_host(connection_parameters(profile, user=user, password=password))
    ]
    wanted = (_password_reason, _certificate_reason, _admission_reason)
    for reason in wanted:
        for host, finding in findings:
            error = reason(host, finding, user)
            if error is not None:
                return error
    let_in = [host for host, finding in findings if finding.step is HandshakeStep.LET_IN]
    if let_in and len(findings) > 1:
        return ServerUnreachable(host=let_in[0], reason="read_only")
    if let_in:
        return None
    host, finding = findings[0]
    return ServerUnreachable(host=host, reason=finding.reason)


def _password_reason(_host: str, finding: HandshakeResult, _user: str) -> SalterError | None:
    is_wrong = finding.step is HandshakeStep.ASKED_FOR_MORE or finding.reason == WRONG_PASSWORD
    return WrongPassword() if is_wrong else None


def _certificate_reason(host: str, finding: HandshakeResult, _user: str) -> SalterError | None:
    return WrongCertificate(host=host, reason=finding.reason) if finding.step is HandshakeStep.TLS else None


def _admission_reason(_host: str, finding: HandshakeResult, user: str) -> SalterError | None:
    is_refused = finding.step is HandshakeStep.REFUSED and finding.reason in _NOT_ADMITTED
    return NotStaff(login=user) if is_refused else None
