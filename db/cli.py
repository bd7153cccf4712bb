"""``salter-db``: setting up a central database, keeping it, and proving that it is sound."""

import argparse
import getpass
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import psycopg
from psycopg import sql
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError

from app.domain.errors import Refused
from db import checks, city, codebook, monitoring, profiles, schema, staff, tidying, watching
from db.embedded import BULK_LOAD, EmbeddedServer, EmbeddedServerError, default_home
from db.progress import ProgressLine

URL_VARIABLE = "SALTER_ADMIN_URL"
EMBEDDED_DATABASE = "salter"
_MAINTENANCE = "postgres"

_DESCRIPTION = """\
Set up and keep the database of Salter, the desk of a consolidated billing company.

The server is named by --url or the environment variable SALTER_ADMIN_URL, as
  postgresql://administrator@db.example.org/salter?sslmode=verify-full
whose user must be a superuser, or may create roles and owns the database.
With neither, this machine's own server is used, and started where it does not run.
The password is taken from the URL, PGPASSWORD or ~/.pgpass.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return 0 when it was done and all is well."""
    multiprocessing.freeze_support()  # the workers of a frozen program begin here too
    options = _parser().parse_args(arguments)
    try:
        with _target(options.url) as target:
            command: Callable[[_Target, argparse.Namespace], int] = options.command
            return command(target, options)
    except (
        EmbeddedServerError, Refused, psycopg.Error, DBAPIError, ArgumentError, profiles.UnreadableProfile,
    ) as error:  # fmt: skip
        print(f"salter-db: {_sentence(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("salter-db: interrupted", file=sys.stderr)
        return 130


# -- where -------------------------------------------------------------------------------------------


class _Target:
    """The database to work on."""

    def __init__(self, url: URL, server: EmbeddedServer | None) -> None:
        self.url = url
        self.server = server

    @property
    def libpq_url(self) -> str:
        return self.url.set(drivername="postgresql").render_as_string(hide_password=False)

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        engine = create_engine(self.url.set(drivername="postgresql+psycopg"))
        try:
            yield engine
        finally:
            engine.dispose()

    def create_database(self) -> bool:
        """Make the database unless it is there; tell whether it was made."""
        name = self.url.database or EMBEDDED_DATABASE
        maintenance = self.url.set(drivername="postgresql", database=_MAINTENANCE)
        address = maintenance.render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as session:
            if session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return False
            session.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
            )
        return True


@contextmanager
def _target(given: str | None) -> Iterator[_Target]:
    address = given or os.environ.get(URL_VARIABLE, "")
    if address:
        url = _guarded(address)
        yield _Target(url if url.database else url.set(database=EMBEDDED_DATABASE), None)
        return
    with EmbeddedServer(default_home()).running() as server:
        yield _Target(make_url(server.url_for(EMBEDDED_DATABASE)), server)


def _guarded(address: str) -> URL:
    """Return a URL with what a desk insists on too: TLS to another machine, and no readable password.

    Raises: UnreadableProfile, ArgumentError.
    """
    try:
        url = make_url(address)
    except ValueError:  # a port that is none
        raise profiles.UnreadableProfile from None
    text = url.set(drivername="postgresql").render_as_string(hide_password=False)
    parameters = profiles.connection_parameters(profiles.ServerProfile("", text))
    return url.update_query_dict(
        {name: parameters[name] for name in profiles.GUARDS if parameters.get(name)}, append=False
    )


# -- commands ----------------------------------------------------------------------------------------


def _init(target: _Target, _options: argparse.Namespace) -> int:
    if target.create_database():
        print(f"created database {target.url.database}")
    with target.engine() as engine:
        schema.upgrade(engine)
        with engine.begin() as connection:
            added = codebook.load(connection)
    _bound_connections(target)
    print(f"schema {schema.HEAD}; {added} rows of code lists added")
    return 0


def _upgrade(target: _Target, _options: argparse.Namespace) -> int:
    with target.engine() as engine:
        with engine.connect() as connection:
            before = schema.revision(connection)
        schema.upgrade(engine)
        with engine.begin() as connection:
            added = codebook.load(connection)
    _bound_connections(target)
    print(f"schema {before or 'empty'} -> {schema.HEAD}; {added} rows of code lists added")
    return 0


def _bound_connections(target: _Target) -> None:
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        staff.bound_connections(session)


def _check(target: _Target, options: argparse.Namespace) -> int:
    problems = 0
    with target.engine() as engine:
        for result in checks.run(engine, only=options.only or ()):
            problems += len(result.findings)
            if not result.findings and not options.quiet:
                print(f"ok    {result.check}")
            for finding in result.findings:
                times = f" ({finding.count:,})" if finding.count > 1 else ""
                where = f": {', '.join(finding.examples)}" if finding.examples else ""
                print(f"WRONG {finding.check}: {finding.problem}{times}{where}")
        if not options.quiet:
            with engine.connect() as connection:
                print(checks.where_the_chains_stand(connection))
    print("the database is sound" if not problems else f"{problems} finding(s)")
    return 1 if problems else 0


def _tidy(target: _Target, _options: argparse.Namespace) -> int:
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        forgotten = tidying.forget_completed_actions(session)
        joint = tidying.join_chains(session)
    print(f"{forgotten:,} completed actions forgotten; joint {joint.number} of the chains: {joint.hash}")
    return 0


def _watch(target: _Target, options: argparse.Namespace) -> int:
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        for login in watching.watch(session, patience=options.patience, forever=not options.once):
            print(f"let go of {login}, for whom others waited", flush=True)
    return 0


def _follow_plans(target: _Target, options: argparse.Namespace) -> int:
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        counts = monitoring.follow_plans(session, day=options.day)
    print(
        f"{counts['followed']:,} plans followed: {counts['active']:,} on time,"
        f" {counts['in_arrears']:,} in arrears, {counts['kept']:,} kept, {counts['broken']:,} broken;"
        f" {counts['settled']:,} payments settled"
    )
    return 0


def _seed(target: _Target, options: argparse.Namespace) -> int:
    target.create_database()
    line = ProgressLine(sys.stderr.isatty())

    def build() -> city.Report:
        return city.seed(
            target.libpq_url,
            accounts=options.accounts,
            months=options.months,
            seed=options.seed,
            today=options.today,
            progress=line.show,
        )

    if target.server is not None:
        with target.server.adjusted(BULK_LOAD):
            report = build()
    else:
        report = build()
    line.end()
    print(
        f"{report.accounts:,} accounts, {report.bills:,} bills, {report.lines:,} lines in"
        f" {report.seconds:.1f} s: {report.bills_a_second:,.0f} bills/s"
        f" ({report.bills / report.loading_seconds:,.0f} bills/s while loading)"
    )
    return 0


def _staff_add(target: _Target, options: argparse.Namespace) -> int:
    if options.password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = getpass.getpass(f"Password for {options.login}: ")
        if getpass.getpass("Once more: ") != password:
            print("salter-db: the two passwords differ", file=sys.stderr)
            return 2
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        staff.add(
            session,
            login=options.login,
            full_name=options.name,
            role=f"desk_{options.role}",
            branch=options.branch,
            password=password,
        )
    print(f"{options.login} may sign in as {options.role}")
    return 0


def _staff_list(target: _Target, _options: argparse.Namespace) -> int:
    with psycopg.connect(target.libpq_url) as session:
        for person in staff.people(session):
            state = "" if person.is_active else "  (left)"
            role = person.role.removeprefix("desk_")
            print(f"{person.login:24} {role:11} {person.branch:4} {person.full_name}{state}")
    return 0


def _staff_deactivate(target: _Target, options: argparse.Namespace) -> int:
    with psycopg.connect(target.libpq_url, autocommit=True) as session:
        staff.deactivate(session, login=options.login)
    print(f"{options.login} may not sign in any more")
    return 0


# -- the command line --------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "salter-db", description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--url", help=f"PostgreSQL 15 or later (default: ${URL_VARIABLE}, or this machine's own)"
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(
        name: str, what: Callable[[_Target, argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=text, description=text)
        found.set_defaults(command=what)
        return found

    command("init", _init, "make the database where it is missing, its schema and its code lists")
    command("upgrade", _upgrade, "bring schema, code and code lists to this program's version")
    check = command(
        "check", _check, "prove shape, log chains and sums; exit code 1 when something does not hold"
    )
    check.add_argument("--quiet", action="store_true", help="say only what does not hold")
    check.add_argument(
        "--only", action="append", choices=checks.names(), metavar="NAME", help="make this check (repeatable)"
    )
    follow = command(
        "follow-plans", _follow_plans, "move payment plans by what was paid and when; for every morning"
    )
    follow.add_argument(
        "--day", type=date.fromisoformat, metavar="DAY", help="up to that day (default: the server's date)"
    )
    command("tidy", _tidy, "forget what is kept for a while, and join the logs' chains; for every night")
    watch = command("watch", _watch, "let go of whoever keeps colleagues waiting; runs until it is stopped")
    text = "how long others wait before that (default: 10)"
    watch.add_argument("--patience", type=float, default=watching.PATIENCE_SECONDS, metavar="S", help=text)
    watch.add_argument("--once", action="store_true", help="look once, and be done")
    seed = command("seed", _seed, "build a demo city in an empty database")
    seed.add_argument("--accounts", type=int, default=25_000, metavar="N", help="how many (default: 25000)")
    seed.add_argument(
        "--months", type=int, default=36, metavar="M", help="of bills, up to last month (default: 36)"
    )
    seed.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed makes the same city")
    seed.add_argument(
        "--today",
        type=date.fromisoformat,
        metavar="DAY",
        help="the city's last day (default: the server's date)",
    )
    _add_staff_commands(commands)
    return parser


def _add_staff_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    text = "let people in and out: each is a role of the server"
    people = commands.add_parser("staff", help=text, description=text)
    actions = people.add_subparsers(title="commands", required=True, metavar="COMMAND")
    add = actions.add_parser("add", help="let somebody in; asks for a password")
    add.add_argument("login", help="name of the PostgreSQL role, such as ana.petrovic")
    add.add_argument("--name", required=True, help="full name, as others see it")
    add.add_argument("--role", required=True, choices=[role.removeprefix("desk_") for role in staff.ROLES])
    add.add_argument("--branch", required=True, metavar="CODE", help="code of the branch, such as DIR")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    add.set_defaults(command=_staff_add)
    actions.add_parser("list", help="list everybody who ever served").set_defaults(command=_staff_list)
    leave = actions.add_parser("deactivate", help="let somebody out; what they did stays theirs")
    leave.add_argument("login")
    leave.set_defaults(command=_staff_deactivate)


# -- what went wrong ---------------------------------------------------------------------------------

_BY_STATE = {
    "28P01": "the server does not accept this name with this password",
    "28000": "the server does not let this user in from here",
    "3D000": "there is no such database: run salter-db init",
    "42501": "this user has not enough rights: use a superuser, or one with CREATEROLE who owns the database",
    "42P01": "the database was never set up: run salter-db init",
    "53300": "the server has no connection left",
    "57P03": "the server is starting up or shutting down",
}


def _sentence(error: Exception) -> str:
    if isinstance(error, ArgumentError | profiles.UnreadableProfile):
        # not the URL itself: there may be a password in it
        return (
            "not a connection URL, or one with a parameter that is not allowed (service, passfile and such)"
        )
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, psycopg.Error):
        known = _BY_STATE.get(cause.sqlstate or _state_of_connecting(cause))
        detail = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
        if known is not None:
            return f"{known} ({detail})"
        if isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None:
            return f"the server cannot be reached ({detail})"
        return detail
    if isinstance(error, city.CityThere):
        return f"there are {error.accounts:,} accounts already: a city is built in an empty database"
    if isinstance(error, city.CityImpossible):
        return f"{error.field} must be {error.least:,} to {error.most:,}, not {error.value:,}"
    if isinstance(error, Refused):
        return _STAFF_SENTENCES.get(type(error), type(error).__name__).format(error)
    return f"this machine's own server: {error}"


_STAFF_SENTENCES: dict[type[Refused], str] = {
    staff.LoginTaken: "the login {0} is taken",
    staff.LoginOfTheServer: "{0} is a role of the server already, and not of the desk",
    staff.LoginUnknown: "nobody works under the login {0}",
    staff.BranchUnknown: "there is no branch {0}",
    staff.PasswordEmpty: "the password is empty",
}


def _state_of_connecting(error: psycopg.Error) -> str:
    # libpq tells why it was not let in only in words
    words = str(error)
    for state, sign in (
        ("28P01", "password authentication failed"),
        ("28P01", "no password supplied"),
        ("3D000", "does not exist"),
        ("28000", "no pg_hba.conf entry"),
        ("53300", "too many"),
        ("57P03", "starting up"),
    ):
        if sign in words:
            return state
    return ""


if __name__ == "__main__":
    sys.exit(main())
