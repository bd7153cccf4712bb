"""Starting, sharing and stopping the embedded server.

Whoever uses the server keeps one connection to it that holds a shared advisory
lock.  Who leaves gives the lock back and asks for it alone: who gets it is the
last and stops the server.  A program that is killed loses its connection and
with it its lock, so nothing has to be cleaned up after it: the next one to
start joins the server it left running, and stops it when it leaves.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Self
from urllib.parse import quote, urlencode

import platformdirs
import psycopg
from psycopg import sql

from db.embedded.cluster import SUPERUSER, Address, Cluster
from db.embedded.errors import ServerDidNotStart
from db.embedded.programs import find_programs

WORKSTATION: Mapping[str, str] = MappingProxyType(
    {
        "shared_buffers": "256MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "256MB",
        "max_connections": "60",
        "max_wal_size": "2GB",
        "wal_level": "minimal",  # a table made and filled in one transaction is then not written twice
        "max_wal_senders": "0",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "Europe/Belgrade",
        "log_timezone": "Europe/Belgrade",
        "log_min_error_statement": "panic",  # statements carry personal data
    }
)
"""Settings for one desk on one machine."""

BULK_LOAD: Mapping[str, str] = MappingProxyType(
    {
        "synchronous_commit": "off",
        "autovacuum": "off",
        "checkpoint_timeout": "1h",
        "max_wal_size": "16GB",
        "maintenance_work_mem": "512MB",
    }
)
"""Settings to load a city with, put over the others by ``EmbeddedServer.adjusted``."""

USERS_LOCK = 7_338_411_001
BUILDERS_LOCK = 7_338_411_002
START_SECONDS = 30
RECOVERY_SECONDS = 600


def default_home() -> Path:
    """Return where this person's own server keeps its data."""
    return platformdirs.user_data_path("salter", appauthor=False) / "server"


class EmbeddedServer:
    """The PostgreSQL in the folder ``home``, started when needed and shared by all who start it."""

    def __init__(
        self,
        home: Path,
        *,
        settings: Mapping[str, str] = WORKSTATION,
        over_loopback: bool = sys.platform == "win32",
    ) -> None:
        """Describe the server; nothing is touched until it is started.

        ``over_loopback`` makes it listen on a free port of 127.0.0.1 instead of a
        socket in a folder that only its owner can enter.
        """
        self._wanted_home = home
        self._settings = settings
        self._over_loopback = over_loopback
        self._cluster: Cluster | None = None
        self._password = ""
        self._keeper: psycopg.Connection[tuple[object, ...]] | None = None
        self._turn = threading.Lock()

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Have the server running for the length of the block.

        Raises: EmbeddedServerError.
        """
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def start(self) -> None:
        """Join the server, starting it first where it does not run.

        May be called again after the server was lost, and does nothing when it was not.

        Raises: EmbeddedServerError.
        """
        with self._turn:
            self._start()

    def _start(self) -> None:
        cluster = self._cluster = self._cluster or self._prepare()
        if self._keeper:
            if self._answers(self._keeper) and self._accepts_connections(cluster):
                return
            self._keeper.close()
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self._keeper = self._join(cluster)
            except psycopg.Error as error:
                # It does not run, or is just starting or stopping at another program's wish.
                if time.monotonic() > deadline:
                    log = cluster.end_of_log() or str(error)
                    raise ServerDidNotStart(program="postgres", log=log) from error
                self._launch(cluster)
            else:
                return

    def stop(self) -> None:
        """Leave the server; who leaves last stops it.

        Waits for a start that another thread has begun.
        """
        with self._turn:
            self._stop()

    def _stop(self) -> None:
        keeper, self._keeper = self._keeper, None
        if keeper is None or self._cluster is None:
            return
        try:
            if not self._answers(keeper):
                keeper.close()
                keeper = self._join(self._cluster)
            with closing(keeper):
                keeper.execute("SELECT pg_advisory_unlock_shared(%s)", [USERS_LOCK])
                alone = keeper.execute("SELECT pg_try_advisory_lock(%s)", [USERS_LOCK]).fetchone()
                if alone == (True,):
                    self._shut_down(self._cluster)
        except psycopg.Error:
            return  # it is stopped already

    def halt(self) -> None:
        """Stop the server whoever else is using it; ``start`` brings it back to the same address."""
        if self._cluster:
            self._shut_down(self._cluster)

    @property
    def superuser_password(self) -> str:
        """The generated password of the superuser."""
        return self._password

    @property
    def address(self) -> Address:
        """Where the server listens.

        Raises: ServerDidNotStart when it does not.
        """
        address = self._cluster and self._cluster.address()
        if not address:
            raise ServerDidNotStart(program="postgres", log="")
        return address

    def url_for(self, database: str, *, user: str = SUPERUSER, password: str = "") -> str:
        """Return a connection URL, understood by libpq and SQLAlchemy alike.

        The superuser's password is filled in; anybody else's is put in when given.
        """
        address = self.address
        password = password or (self._password if user == SUPERUSER else "")
        person = quote(user, safe="") + (":" + quote(password, safe="") if password else "")
        place = urlencode({"host": address.host, "port": address.port})
        return f"postgresql://{person}@/{quote(database, safe='')}?{place}"

    def has_database(self, name: str) -> bool:
        """Tell whether the server has the database ``name``."""
        with self._superuser_connection() as connection:
            row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        return row is not None

    def create_database(self, name: str, *, template: str = "template1") -> None:
        """Create the database ``name`` as a copy of ``template``, which nobody may be using."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with self._superuser_connection() as connection:
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))

    def rename_database(self, name: str, *, to: str) -> None:
        """Rename a database that nobody is using, such as one that has just been built."""
        statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        with self._superuser_connection() as connection:
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(to)))

    def drop_database(self, name: str) -> None:
        """Drop the database ``name`` if there is one, throwing out whoever is using it."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        with self._superuser_connection() as connection:
            connection.execute(statement.format(sql.Identifier(name)))

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Keep every other program of this home out of such a block of its own.

        For what is done once in a home however many start it, such as building its city.
        """
        with self._superuser_connection() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [BUILDERS_LOCK])
            yield

    @contextmanager
    def adjusted(self, settings: Mapping[str, str]) -> Iterator[None]:
        """Put ``settings`` over the server's own for the length of the block.

        Only settings that a running server can take up, such as ``BULK_LOAD``.
        """
        self._take_up({**self._settings, **settings})
        try:
            yield
        finally:
            self._take_up(self._settings)

    def _prepare(self) -> Cluster:
        programs = find_programs(self._wanted_home / "data")
        home = programs.plain_user.place_for(self._wanted_home)
        if home != self._wanted_home:
            programs = find_programs(home / "data")
        cluster = Cluster(home, programs)
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            programs.plain_user.own(home)
            cluster.make(settings=self._settings)
            self._password = cluster.superuser_password()
        except OSError as error:  # a full disk, a folder that may not be written
            raise ServerDidNotStart(program="initdb", log=str(error)) from error
        return cluster

    def _join(self, cluster: Cluster) -> psycopg.Connection[tuple[object, ...]]:
        keeper = self._connect(cluster)
        try:
            # Waits while the last user is stopping the server, and fails when it has stopped.
            keeper.execute("SELECT pg_advisory_lock_shared(%s)", [USERS_LOCK])
        except psycopg.Error:
            keeper.close()
            raise
        return keeper

    def _connect(self, cluster: Cluster) -> psycopg.Connection[tuple[object, ...]]:
        address = cluster.address()
        if not address:
            raise psycopg.OperationalError("no server has started here")
        return psycopg.connect(
            host=address.host,
            port=address.port,
            user=SUPERUSER,
            password=self._password,
            dbname="postgres",
            application_name="salter embedded",
            connect_timeout=5,
            autocommit=True,
            require_auth="scram-sha-256",
        )

    @contextmanager
    def _superuser_connection(self) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
        if self._cluster is None:
            raise ServerDidNotStart(program="postgres", log="")
        with closing(self._connect(self._cluster)) as connection:
            yield connection

    def _launch(self, cluster: Cluster) -> None:
        cluster.forget_dead_server()
        cluster.configure(self._settings, over_loopback=self._over_loopback)
        cluster.shorten_log()
        # Whether it worked is seen by connecting: another program may have been faster.
        cluster.programs.run(
            "pg_ctl",
            "start",
            "--wait",
            f"--timeout={RECOVERY_SECONDS}",
            f"--pgdata={cluster.data}",
            f"--log={cluster.log_file}",
            folder=cluster.home,
            output=subprocess.DEVNULL,  # the server would hold a pipe open
        )

    def _shut_down(self, cluster: Cluster) -> None:
        cluster.programs.run(
            "pg_ctl", "stop", "--wait", "--mode=fast", f"--pgdata={cluster.data}", folder=cluster.home
        )
        cluster.remove_socket_folder()

    def _take_up(self, settings: Mapping[str, str]) -> None:
        if self._cluster is None:
            raise ServerDidNotStart(program="postgres", log="")
        self._cluster.configure(settings, over_loopback=self._over_loopback)
        with self._superuser_connection() as connection:
            connection.execute("SELECT pg_reload_conf()")

    def _accepts_connections(self, cluster: Cluster) -> bool:
        # A connection may outlive a killed server by a moment.
        try:
            self._connect(cluster).close()
        except psycopg.Error:
            return False
        return True

    @staticmethod
    def _answers(keeper: psycopg.Connection[tuple[object, ...]]) -> bool:
        try:
            keeper.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True
