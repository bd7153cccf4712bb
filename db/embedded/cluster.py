"""The files of one embedded cluster: made whole or not at all, and readable while it runs.

``initdb`` works in a folder of its own that is renamed into place when it is
done, so a program killed meanwhile leaves no half-made cluster behind, and of
two programs that start at once one makes it and the other finds it.
"""

import contextlib
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from db.embedded.errors import ServerDidNotStart
from db.embedded.programs import Programs

SUPERUSER = "postgres"
OPENED_WITH = "superuser-password"
SOCKET_PORT = 5432
LONGEST_SOCKET_PATH = 100  # the system's limit is 104 bytes on macOS, 108 on Linux
LONGEST_LOG = 1_000_000


@dataclass(frozen=True, slots=True)
class Address:
    """Where a running server listens, and the number of its process."""

    host: str
    port: int
    process_id: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """The folder of an embedded server: ``data``, a socket, a log."""

    home: Path
    programs: Programs

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log_file(self) -> Path:
        return self.home / "server.log"

    def make(self, *, settings: Mapping[str, str]) -> None:
        """Make the data directory unless there is one.

        Where ``settings`` say that nothing is to be kept through a power cut, this is not either.

        Raises: ServerDidNotStart.
        """
        if self.data.exists():
            return
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=self.home))
        try:
            self._make_in(unfinished, settings)
            (unfinished / "data").rename(self.data)
        except OSError:
            if not self.data.exists():  # or else another program was faster
                raise
        finally:
            shutil.rmtree(unfinished)

    def superuser_password(self) -> str:
        """Return the superuser's password, made up when the data directory was made."""
        return (self.data / OPENED_WITH).read_text("utf-8")

    def configure(self, settings: Mapping[str, str], *, over_loopback: bool) -> None:
        """Write the settings the server reads when it starts or is told to read them again."""
        if over_loopback:
            way_in = {
                "listen_addresses": "127.0.0.1",
                "port": str(self._port()),
                "unix_socket_directories": "",
            }
        else:
            way_in = {
                "listen_addresses": "",
                "port": str(SOCKET_PORT),
                "unix_socket_directories": f'"{self._made_socket_folder()}"',
            }
        lines = [f"{name} = '{_quoted(value)}'\n" for name, value in {**settings, **way_in}.items()]
        self._write(self.data / "salter.conf", "".join(lines))

    def address(self) -> Address | None:
        """Return where the server says it listens, or None when none has started.

        A server that was killed leaves its words behind: the address may be dead.
        """
        try:
            lines = (self.data / "postmaster.pid").read_text("utf-8").splitlines()
        except FileNotFoundError:
            return None
        if len(lines) < 6:  # it is still writing
            return None
        return Address(lines[4] or lines[5], int(lines[3]), int(lines[0]))

    def forget_dead_server(self) -> None:
        """Remove what a killed server left behind, if its number belongs to another program by now.

        PostgreSQL sees for itself when nobody has that number.
        """
        address = self.address()
        if address and _is_another_program(address.process_id):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def remove_socket_folder(self) -> None:
        """Leave nothing of a stopped server outside its home."""
        with contextlib.suppress(OSError):  # another program is starting it again already
            self._socket_folder().rmdir()

    def shorten_log(self) -> None:
        """Begin the log anew when it has grown long."""
        if self.log_file.exists() and self.log_file.stat().st_size > LONGEST_LOG:
            self.log_file.write_text("")

    def end_of_log(self) -> str:
        """Return the last lines the server wrote."""
        if not self.log_file.exists():
            return ""
        return "\n".join(self.log_file.read_text("utf-8", errors="replace").splitlines()[-10:])

    def _make_in(self, folder: Path, settings: Mapping[str, str]) -> None:
        password_file = folder / OPENED_WITH
        self._write(password_file, secrets.token_urlsafe(24))
        data = folder / "data"
        data.mkdir(mode=0o700)
        self.programs.plain_user.own(folder)
        made = self.programs.run(
            "initdb",
            f"--pgdata={data}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *self._locale(),
            *(["--no-sync"] if settings.get("fsync") == "off" else []),
            folder=self.home,
        )
        if made.returncode != 0:
            raise ServerDidNotStart(program="initdb", log=made.stdout)
        # Beside the cluster it opens, so that of two made at once no password outlives its cluster.
        password_file.rename(data / OPENED_WITH)
        with (data / "postgresql.conf").open("a", encoding="utf-8") as configuration:
            configuration.write("\ninclude_if_exists = 'salter.conf'\n")

    def _write(self, path: Path, text: str) -> None:
        # Replaced as a whole: another program may be starting the server from it.
        descriptor, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        self.programs.plain_user.own(Path(name))
        Path(name).replace(path)

    def _locale(self) -> tuple[str, ...]:
        # Plain "C" would leave the letters beyond ASCII as they are: lower('Š') = 'Š'.
        classes = "C.UTF-8" if sys.platform == "linux" else "C"
        if self.programs.major < 17:
            return ("--locale-provider=libc", "--locale=C.UTF-8")
        return (
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            f"--lc-ctype={classes}",
        )

    def _made_socket_folder(self) -> Path:
        folder = self._socket_folder()
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            if not self.programs.plain_user.owns(folder):  # laid there by somebody who awaits us
                raise ServerDidNotStart(program="postgres", log=f"{folder} is not ours") from None
        else:
            self.programs.plain_user.own(folder)
        return folder

    def _socket_folder(self) -> Path:
        folder = self.home / "socket"
        if len(os.fsencode(folder / f".s.PGSQL.{SOCKET_PORT}")) > LONGEST_SOCKET_PATH:
            name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
            folder = Path(tempfile.gettempdir()) / f"salter-{name}"
        return folder

    def _port(self) -> int:
        """Return a free port, the same as last time if possible."""
        remembered = self.home / "port"
        for wanted in (int(remembered.read_text("ascii")) if remembered.exists() else 0, 0):
            with socket.socket() as probe:
                try:
                    probe.bind(("127.0.0.1", wanted))
                except OSError:
                    continue
                port: int = probe.getsockname()[1]
            remembered.write_text(str(port), "ascii")
            return port
        raise ServerDidNotStart(program="postgres", log="no free port")


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def _is_another_program(process_id: int) -> bool:
    """Tell whether the process is alive and certainly not PostgreSQL."""
    if sys.platform == "win32":
        return False  # there PostgreSQL asks the process itself
    try:
        os.kill(process_id, 0)
    except OSError:
        return False
    name = Path(f"/proc/{process_id}/comm")
    if name.exists():
        return name.read_text("utf-8", errors="replace").strip() != "postgres"
    told = subprocess.run(["/bin/ps", "-o", "comm=", "-p", str(process_id)], check=False, capture_output=True)
    return bool(told.stdout) and b"postgres" not in told.stdout
