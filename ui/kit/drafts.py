"""What was typed and not saved yet, kept on disk as it is typed.

A crash, a lock or a closed window brings it back.  Drafts stay on the workstation,
in a folder only its owner can read, one file a person, form and account, locked with
a key of that person's keyring.  Where the system has no keyring they are plain, and
gone when the person signs out.  None stays longer than a while.
"""

import contextlib
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.kit.draft_key import draft_key

_KEEP_AFTER = 400
"""Milliseconds from a key to the disk, counted from the first of many keys and not from the last."""
_LOCKED, _PLAIN = ".locked", ".json"
_DAY_SECONDS = 86_400


class Draft:
    """One unfinished form."""

    def __init__(self, folder: Path, *, login: str, form: str, ident: int) -> None:
        self._login = login
        self._stem = f"{_safe(login)}.{form}.{ident:07d}"
        self._folder = folder

    def read(self) -> dict[str, Any]:
        """Return what was typed, or nothing; a file that cannot be read is no draft."""
        with contextlib.suppress(OSError, ValueError):
            kept = json.loads(self._content())
            return kept if isinstance(kept, dict) else {}
        return {}

    def keep(self, values: dict[str, Any]) -> None:
        """Keep ``values``; the file is whole at every moment."""
        content = json.dumps(values, ensure_ascii=False).encode("utf-8")
        key = draft_key(self._login)
        if key is not None:
            content = key.lock(content, name=self._stem)
        path, other = self._paths() if key is not None else reversed(self._paths())
        with contextlib.suppress(OSError):  # a full disk must not stop the typing
            close_to_others(self._folder)
            beside = path.with_suffix(".new")
            beside.touch(mode=0o600)
            beside.write_bytes(content)
            beside.replace(path)
            other.unlink(missing_ok=True)

    def drop(self) -> None:
        """The form was saved, or thrown away on purpose."""
        with contextlib.suppress(OSError):
            for path in self._paths():
                path.unlink(missing_ok=True)

    def _paths(self) -> tuple[Path, Path]:
        return self._folder / f"{self._stem}{_LOCKED}", self._folder / f"{self._stem}{_PLAIN}"

    def _content(self) -> bytes:
        locked, plain = self._paths()
        if not locked.exists():
            return plain.read_bytes()
        key = draft_key(self._login)
        return b"" if key is None else key.open(locked.read_bytes(), name=self._stem)


def close_to_others(folder: Path) -> None:
    """Make a folder that only its owner can look into, also where it was there before."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(OSError):  # not every file system knows of owners
        folder.chmod(0o700)


def forget_plain(folder: Path, *, login: str) -> None:
    """Throw away what a person who signs out left there readable, for want of a keyring."""
    _forget(path for path in folder.glob(f"{_safe(login)}.*{_PLAIN}"))


def forget_old(folder: Path, *, days: int) -> None:
    """Throw away whatever nobody has typed into for so many days, whosever it is."""
    before = time.time() - days * _DAY_SECONDS
    with contextlib.suppress(OSError):
        _forget([path for path in folder.iterdir() if path.stat().st_mtime < before])


def _forget(paths: Iterable[Path]) -> None:
    with contextlib.suppress(OSError):
        for path in paths:
            path.unlink(missing_ok=True)


def _safe(login: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in login)


class KeptForm(QObject):
    """What is typed into one form: on disk a moment later, taken up again, thrown away once it is saved."""

    due = Signal()
    """Something was typed a moment ago: say with ``keep`` what stands in the form now."""

    def __init__(self, folder: Path, parent: QObject, *, login: str, form: str, ident: int = 0) -> None:
        super().__init__(parent)
        self._folder = folder
        self._login = login
        self._form = form
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_KEEP_AFTER)
        self._soon.timeout.connect(self.due)
        self.keep_for(ident)

    def keep_for(self, ident: int, *, form: str = "") -> None:
        """Be about this account from now on, and about another form where one is named.

        What waits to be kept is of what it was about before: ``keep`` that first.
        """
        self._soon.stop()
        self._draft = Draft(self._folder, login=self._login, form=form or self._form, ident=ident)

    def note_edit(self) -> None:
        """Something was typed: ``due`` is told in a moment."""
        if not self._soon.isActive():
            self._soon.start()

    def keep(self, values: dict[str, Any]) -> None:
        """Put what is typed on disk now; nothing typed leaves nothing there."""
        self._soon.stop()
        if values:
            self._draft.keep(values)
        else:
            self._draft.drop()

    def read(self) -> dict[str, Any]:
        """Return what was typed before and neither saved nor thrown away."""
        return self._draft.read()

    def drop(self) -> None:
        """The form was saved, or thrown away on purpose."""
        self._soon.stop()
        self._draft.drop()
