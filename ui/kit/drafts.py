"""What was typed and not saved yet, kept on disk as it is typed.

A crash, a lock or a closed window brings it back.  Drafts stay on the workstation,
in a folder only its owner can read, one file a person, form and account.
"""

import contextlib
import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

_KEEP_AFTER = 400
"""Milliseconds from a key to the disk, counted from the first of many keys and not from the last."""


class Draft:
    """One unfinished form."""

    def __init__(self, folder: Path, *, login: str, form: str, ident: int) -> None:
        safe = "".join(letter if letter.isalnum() else "-" for letter in login)
        self._path = folder / f"{safe}.{form}.{ident:07d}.json"

    def read(self) -> dict[str, Any]:
        """Return what was typed, or nothing; a file that cannot be read is no draft."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def keep(self, values: dict[str, Any]) -> None:
        """Keep ``values``; the file is whole at every moment."""
        with contextlib.suppress(OSError):  # a full disk must not stop the typing
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside = self._path.with_suffix(".new")
            beside.touch(mode=0o600)
            beside.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
            beside.replace(self._path)

    def drop(self) -> None:
        """The form was saved, or thrown away on purpose."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


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
        self.turn_to(ident)

    def turn_to(self, ident: int, *, form: str = "") -> None:
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
