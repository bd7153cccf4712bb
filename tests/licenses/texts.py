"""The licenses themselves, as they are delivered beside the program."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tests.licenses.lock import delivered, pinned
from tests.licenses.terms import ROOT

OURS = ("LICENSE", "docs/third-party.md", "docs/licenses/GPL-3.0.txt", "docs/licenses/LGPL-3.0.txt")
"""What is not brought by a library; PySide6 brings no text of its license."""


def texts(lock: str) -> Iterator[tuple[Path, str]]:
    """Yield every file that has to go out, and the folder for it: one for each library installed here."""
    for path in OURS:
        yield ROOT / path, "."
    for name in sorted(delivered(pinned(lock)) | {"pyinstaller", "pyinstaller-hooks-contrib"}):
        yield from ((path, name) for path in brought_by(name))


def brought_by(name: str) -> Iterator[Path]:
    """Yield the texts that an installed library brought along, whatever they are called."""
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        return
    for file in files:
        folder, *inner = file.parts
        if folder.endswith(".dist-info") and is_text_of_license(*inner):
            yield Path(str(file.locate()))


def is_text_of_license(*parts: str) -> bool:
    """Tell a license by its folder or, in older wheels, by its name beside METADATA."""
    return parts[0].lower() == "licenses" or parts[0].upper().startswith(
        ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS")
    )
