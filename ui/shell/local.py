"""What this workstation remembers for itself: servers, who signed in last, theme and language.

Everything that belongs to a person is kept in the database instead
(``ui.desk.preferences``).  Servers are entered by whoever installs the program,
in ``servers.toml`` of the configuration folder::

    [[server]]
    name = "Central database"
    url = "postgresql://db1.example.rs,db2.example.rs/salter?target_session_attrs=read-write"
    root_certificate = "/etc/salter/city-ca.pem"
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from ui.kit import drafts

DRAFT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Server:
    """A server of ``servers.toml``, or the one this program was started with; connects to nothing.

    This machine's own has no name.
    """

    name: str
    url: str = field(repr=False)
    root_certificate: str = ""

    @classmethod
    def at(cls, url: str) -> Self:
        """Return the server at a URL nobody has named: staff call it by its host."""
        from db.profiles import (
            called,  # with the database's libraries, which the first window does not wait for
        )

        return cls(called(url), url)


def configuration_folder() -> Path:
    """Return the folder of ``servers.toml`` and of this workstation's settings."""
    return platformdirs.user_config_path("salter", appauthor=False)


class UnreadableServers(Exception):
    """``servers.toml`` is there and cannot be understood; ``path`` is where it lies."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


def servers(folder: Path) -> list[Server]:
    """Read the servers of ``servers.toml``; none when there is no such file.

    Raises: UnreadableServers.
    """
    path = folder / "servers.toml"
    if not path.exists():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("server", [])
        return [Server(entry["name"], entry["url"], entry.get("root_certificate", "")) for entry in entries]
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableServers(path, str(error)) from error
    except KeyError as error:
        raise UnreadableServers(path, f"{error.args[0]}?") from error


class Workstation:
    """The few settings a window needs before anybody has signed in."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder
        """Where everything this workstation remembers lies."""
        self.drafts = folder / "drafts"
        """Where forms keep what was typed and not saved yet."""
        self._settings = QSettings(str(folder / "workstation.ini"), QSettings.Format.IniFormat)
        drafts.forget_old(self.drafts, days=self.draft_days)

    @property
    def theme(self) -> str:
        return self._text("theme", "system")

    @theme.setter
    def theme(self, name: str) -> None:
        self._settings.setValue("theme", name)

    @property
    def language(self) -> str:
        return self._text("language", "system")

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue("language", code)

    @property
    def is_compact(self) -> bool:
        return self._text("density", "") == "compact"

    @is_compact.setter
    def is_compact(self, value: bool) -> None:
        self._settings.setValue("density", "compact" if value else "")

    @property
    def draft_days(self) -> int:
        """For how many days a draft waits for whoever typed it (``draft_days`` in ``workstation.ini``)."""
        written = self._text("draft_days", "")
        return int(written) if written.isdecimal() and written.isascii() else DRAFT_DAYS

    @property
    def last_user(self) -> str:
        return self._text("last_user", "")

    @last_user.setter
    def last_user(self, login: str) -> None:
        self._settings.setValue("last_user", login)

    @property
    def last_server(self) -> str:
        return self._text("last_server", "")

    @last_server.setter
    def last_server(self, name: str) -> None:
        self._settings.setValue("last_server", name)

    @property
    def geometry(self) -> QByteArray:
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("geometry", value)

    def flush(self) -> None:
        """Write what is remembered to disk now."""
        self._settings.sync()

    def _text(self, name: str, otherwise: str) -> str:
        value = self._settings.value(name, otherwise)
        return value if isinstance(value, str) else otherwise
