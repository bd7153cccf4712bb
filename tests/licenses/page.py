"""The page itself: tables of what is delivered, of what only developers use, and what each license asks."""

from collections.abc import Iterable
from typing import Any

from tests.licenses.terms import TERMS, Library, inside, libraries

_HEAD = """\
# What others have a right to

Šalter is its owners' ([LICENSE](../LICENSE)); the libraries it stands on are not. This page is written by
`make licenses` from `requirements.lock`, from what each library says of itself, and from
`tests/licenses/licenses.toml`, where every license we accept stands with its reason. A test fails when a
library comes under a license that nobody accepted, and when this page is not what would be written today.
"""

_LGPL = """\
## What LGPL asks, and how it is kept

Qt with PySide6 and shiboken6, psycopg, python-stdnum and some libraries of the system come under the GNU
Lesser General Public License. Whoever hands the program on has to keep to this:

1. **They are said to be used**, with their licenses: by the folder `licenses` beside the program, which holds
   this page, the texts of GPL and LGPL, and what each library brought along.
2. **They can be replaced** by another build of the same version: Qt and what belongs to the system are shared
   libraries in the folder of the program, psycopg and python-stdnum lie there as files of Python. So the
   folder is never delivered as a single file, nor made to refuse a part that was changed.
3. **Nothing forbids** looking into how they work with the program in order to mend them: LICENSE leaves their
   own terms untouched.
4. **They are unchanged**, and their authors publish the sources of the versions named here. Whoever changes
   one hands out its changed source.
5. **Nothing under GPL alone** goes out. What Qt offers so (virtual keyboard, Lottie, Quick Timeline) is not
   used, Python goes without its readline, and `make exe` stops where such a library comes along by itself.
"""


def page(lock: str, *, terms: dict[str, Any] = TERMS) -> str:
    """Return docs/third-party.md for the text of a lock.

    Raises: NotAccepted, Unclear.
    """
    found = libraries(lock, terms=terms)
    parts = [
        _HEAD,
        "## Delivered with the program\n",
        _table(
            ("library", "version", "license", "only where"),
            (_library(library) for library in found if library.is_delivered),
        ),
        "## Inside of these, and beside them\n",
        _table(
            ("what", "comes with", "license"),
            ((part.name, part.comes_with, part.license) for part in inside(terms=terms)),
        ),
        "## Used by developers only\n",
        _table(
            ("library", "version", "license", "only where"),
            (_library(library) for library in found if not library.is_delivered),
        ),
        "## What each license asks, and why we accept it\n",
        _table(
            ("license", "asks", "accepted because"),
            ((name, row["asks"], row["because"]) for name, row in sorted(terms["accepted"].items())),
        ),
        _LGPL,
    ]
    return "\n".join(parts)


def _library(library: Library) -> tuple[str, ...]:
    others = "" if library.offered == library.taken else f" (of {library.offered})"
    where = f"`{library.pin.where}`" if library.pin.where else ""
    return library.pin.name, library.pin.version, library.taken + others, where


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n".replace("|  |", "| |") for cells in lines)
