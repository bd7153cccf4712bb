"""The servers a desk may sign in to, and how a connection to one is made.

A server is named by a libpq URL, several hosts and ``target_session_attrs``
included, so that a desk follows the city's database to its standby by itself.
Whatever the URL or the environment says, a name or address that is not this very
machine is spoken to only over TLS with the certificate and the host name verified,
and no server is given a password that it could read: it is proved by SCRAM, or the
connection is not made.  A URL names only what is known here; a service file, which
could name anything, is not one of those.
"""

import ipaddress
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.types.json import set_json_loads
from sqlalchemy import Engine, create_engine

from app.domain.errors import SalterError
from app.domain.office_time import ZONE_NAME
from db.stored_json import read_json
from db.tickets import TicketedConnection

CONNECT_SECONDS = 5
QUESTION_SECONDS = 10.0
ACTION_SECONDS = 60.0
EXPORT_SECONDS = 1800.0
LOCK_SECONDS = 5.0

_ROOTS = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)

_KNOWN = frozenset(
    {
        "application_name", "connect_timeout", "dbname", "host", "hostaddr", "load_balance_hosts", "options",
        "password", "port", "sslcert", "sslcrl", "sslcrldir", "sslkey", "sslmode", "sslrootcert",
        "target_session_attrs", "user",
    }
)  # fmt: skip
"""What a URL may say.  What is left out leads elsewhere (service), or to weaker ways of proving oneself."""

GUARDS = (
    "sslmode",
    "sslrootcert",
    "require_auth",
    "gssencmode",
    "ssl_min_protocol_version",
    "sslnegotiation",
)
"""The parameters that keep a password from a server that is not the one meant."""
_PROVED = "scram-sha-256"
_VERIFIED = "verify-full"

_LINE = {
    "application_name": "salter",
    "client_encoding": "UTF8",
    "connect_timeout": str(CONNECT_SECONDS),
    # Said aloud, or a variable or a service of the environment would say them otherwise.
    "channel_binding": "prefer",
    "gssencmode": "disable",
    "host": "",
    "hostaddr": "",
    "ssl_min_protocol_version": "TLSv1.2",
    "sslnegotiation": "postgres",
    # A pulled cable is noticed in about eight seconds instead of two hours.
    "keepalives": "1",
    "keepalives_idle": "3",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "7000",
}

QUESTION_SETTINGS: Mapping[str, str] = {
    # What day it is must not depend on where the server stands.
    "timezone": ZONE_NAME,
    "default_transaction_read_only": "on",
    "statement_timeout": f"{QUESTION_SECONDS * 1000:.0f}",
    "lock_timeout": f"{LOCK_SECONDS * 1000:.0f}",
    "idle_in_transaction_session_timeout": "60000",
    # Of a question nothing has to last but what it is counted by, and nobody waits for a disk for that.
    "synchronous_commit": "off",
    # A generic plan of a search cannot know how rare the word is: half a second instead of five ms.
    "plan_cache_mode": "force_custom_plan",
}

ACTION_SETTINGS: Mapping[str, str] = {
    "timezone": ZONE_NAME,
    "statement_timeout": f"{ACTION_SECONDS * 1000:.0f}",
    "lock_timeout": f"{LOCK_SECONDS * 1000:.0f}",
    # A desk that vanished in the middle of an action frees its locks after this.
    "idle_in_transaction_session_timeout": "10000",
}


class UnreadableProfile(SalterError):
    """The URL of a server profile is not one that libpq understands, or says what no URL may say.

    Nothing of the URL is told: a password may stand in it.
    """


@dataclass(frozen=True, slots=True)
class ServerProfile:
    """A server by the name the staff call it; ``root_certificate`` is the path of the city's own CA."""

    name: str
    url: str = field(repr=False)
    root_certificate: str = ""


def is_this_machine(host: str, address: str = "") -> bool:
    """Tell whether a connection to ``host`` (at ``address``, when given) stays on this machine."""
    target = address or host
    if not target or target.startswith(("/", "@")):
        return True  # a socket in the file system
    if target.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(target.strip("[]")).is_loopback
    except ValueError:
        return False


def called(url: str) -> str:
    """Return what a server nobody has named is called: its hosts, its database, or a question mark.

    Never the URL itself, in which a password may stand.
    """
    given = _read(url) or {}
    hosts, port = given.get("host") or given.get("hostaddr") or "", given.get("port", "")
    if hosts and port and "," not in hosts:
        return f"{hosts}:{port}"
    return hosts or given.get("dbname") or "?"


def connection_parameters(
    profile: ServerProfile, *, user: str = "", password: str = "", settings: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the libpq parameters of a connection to ``profile`` as ``user``.

    Environment variables fill what the URL leaves open, as libpq does; they are
    looked at here too, so that ``PGHOST`` or ``PGSERVICE`` cannot lead around TLS.

    Raises: UnreadableProfile.
    """
    given = _read(profile.url)
    if given is None or not set(given) <= _KNOWN:
        raise UnreadableProfile
    parameters = given
    if user:
        parameters["user"] = user
    if password:
        parameters["password"] = password
    effective = _environment() | parameters
    parameters |= {name: effective[name] for name in ("host", "hostaddr", "port") if effective.get(name)}
    hosts = effective.get("host", "").split(",")
    addresses = effective.get("hostaddr", "").split(",")
    count = max(len(hosts), len(addresses))
    hosts += [""] * (count - len(hosts))
    addresses += [""] * (count - len(addresses))
    is_near = all(is_this_machine(host, address) for host, address in zip(hosts, addresses, strict=True))
    parameters["sslmode"] = (effective.get("sslmode") or "prefer") if is_near else _VERIFIED
    if parameters["sslmode"] in ("verify-ca", _VERIFIED):
        parameters["sslrootcert"] = (
            profile.root_certificate or effective.get("sslrootcert") or _trusted_roots()
        )
    # Who has no password to lose may be let in for what they are: by a certificate, or by the system.
    parameters["require_auth"] = _PROVED if parameters.get("password") else f"{_PROVED},none"
    if count > 1:
        parameters.setdefault("target_session_attrs", "primary")
    if parameters.get("target_session_attrs") == "read-write":
        parameters["target_session_attrs"] = "primary"  # a question's own session is read-only on purpose
    options = " ".join(f"-c {name}={value}" for name, value in (settings or {}).items())
    if options:
        parameters["options"] = f"{effective.get('options', '')} {options}".strip()
    return _LINE | parameters


def _read(url: str) -> dict[str, str] | None:
    """Return what a URL says, or None where it cannot be read; libpq's own words may quote a password."""
    try:
        given = conninfo_to_dict(url.replace("postgresql+psycopg://", "postgresql://", 1))
    except psycopg.ProgrammingError:
        return None
    said = {name: str(value) for name, value in given.items() if value is not None}
    ports = said.get("port", "").split(",")
    # a password with a slash in it is taken for a port
    return said if all(port.isascii() and (port.isdecimal() or not port) for port in ports) else None


def each_host(parameters: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield the parameters of each single host; one port serves for all, as libpq has it."""
    hosts = parameters.get("host", "").split(",")
    addresses = parameters.get("hostaddr", "").split(",")
    ports = parameters.get("port", "").split(",")
    for index in range(max(len(hosts), len(addresses))):
        yield parameters | {
            "host": hosts[index] if index < len(hosts) else "",
            "hostaddr": addresses[index] if index < len(addresses) else "",
            "port": ports[index] if len(ports) > 1 and index < len(ports) else ports[0],
        }


def open_engine(
    profile: ServerProfile,
    *,
    user: str = "",
    password: str = "",
    settings: Mapping[str, str],
    size: int,
    spare: int = 0,
) -> Engine:
    """Return an engine whose pool keeps up to ``size`` connections and lends ``spare`` more.

    No connection is made yet.  A pooled connection that died while it lay idle is
    replaced before anybody gets it.

    Raises: UnreadableProfile.
    """
    parameters = connection_parameters(profile, user=user, password=password, settings=settings)
    return create_engine(
        "postgresql+psycopg://",
        creator=_connector(parameters),
        pool_size=size,
        max_overflow=spare,
        pool_timeout=CONNECT_SECONDS,
        pool_use_lifo=True,
        pool_pre_ping=True,
        use_native_hstore=False,
        hide_parameters=True,  # they are names and numbers of people, and errors go to logs
    )


def _connector(parameters: dict[str, str]) -> Callable[[], TicketedConnection]:
    conninfo = make_conninfo(**parameters)

    def connect() -> TicketedConnection:
        connection = TicketedConnection.connect(conninfo)
        set_json_loads(read_json, connection)
        return connection

    return connect


def _environment() -> dict[str, str]:
    """Return what libpq would take from PG* variables and the service they name, and from nowhere else."""
    names = ("host", "hostaddr", "port", "sslmode", "sslrootcert", "options")
    return {
        option.keyword.decode(): option.val.decode()
        for option in pq.Conninfo.get_defaults()
        if option.val is not None and option.keyword.decode() in names
    }


def _trusted_roots() -> str:
    """Return the file of certificates to trust: the user's own for PostgreSQL, else the system's.

    libpq's ``system`` is no answer: the wheel's OpenSSL looks where no system keeps any.
    """
    own = Path.home() / ".postgresql" / "root.crt"
    found = [str(own), ssl.get_default_verify_paths().cafile or "", *_ROOTS]
    return next((path for path in found if path and Path(path).is_file()), "system")
