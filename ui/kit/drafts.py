"""What was typed and not saved yet, kept on disk as it is typed.

A crash, a lock or a closed window brings it back.  Drafts stay on the workstation,
in a folder only its owner can read, one file a person, form and account.
"""

import contextlib
import json
from pathlib import Path
from typing import Any


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
