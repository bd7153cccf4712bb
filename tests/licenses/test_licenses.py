"""Nothing comes in under a license nobody accepted, and what others ask of us is written down and kept."""

import ast
import tomllib
from copy import deepcopy
from typing import Any

import pytest

from tests.licenses.lock import Pinned, delivered, pinned
from tests.licenses.page import page
from tests.licenses.terms import (
    ROOT,
    TERMS,
    NotAccepted,
    Unclear,
    accepted,
    inside,
    libraries,
    license_of,
    said_of,
    taken_of,
)
from tests.licenses.texts import brought_by, texts

LOCK = (ROOT / "requirements.lock").read_text("utf-8")
A_LOCK = """\
keyring==25.7.0 \\
    --hash=sha256:aa
    # via salter (pyproject.toml)
packaging==26.3 \\
    --hash=sha256:bb
    # via pytest
pytest==9.2.0 ; python_version >= '3' \\
    --hash=sha256:cc \\
    --hash=sha256:dd
    # via
    #   pytest-qt
    #   salter (pyproject.toml:dev)
pytest-qt==4.5.0 \\
    --hash=sha256:ee
    # via
    #   salter (pyproject.toml:dev)
secretstorage==3.5.0 ; sys_platform == 'linux' \\
    --hash=sha256:ff
    # via keyring
"""


def test_the_page_is_what_would_be_written_today() -> None:
    assert (ROOT / "docs" / "third-party.md").read_text("utf-8") == page(LOCK), "run: make licenses"


def test_a_lock_tells_who_wants_what_and_where() -> None:
    found = {pin.name: pin for pin in pinned(A_LOCK)}

    assert found["pytest"] == Pinned(
        "pytest", "9.2.0", "python_version >= '3'", ("pytest-qt", "salter (pyproject.toml:dev)")
    )
    assert found["keyring"].where == ""


def test_what_the_program_needs_is_told_from_what_its_developers_use() -> None:
    assert delivered(pinned(A_LOCK)) == {"keyring", "secretstorage"}


def test_every_line_of_the_lock_that_pins_is_read() -> None:
    assert len(pinned(LOCK)) == sum(1 for line in LOCK.splitlines() if "==" in line and line[0].isalnum())


def test_a_license_that_nobody_accepted_stops_the_page() -> None:
    terms = without("accepted", "PSF-2.0")

    with pytest.raises(NotAccepted, match=r"typing-extensions: PSF-2\.0"):
        page(LOCK, terms=terms)


def test_what_is_good_enough_for_tools_is_not_for_what_is_delivered() -> None:
    tool = accepted(is_delivered=False)

    assert taken_of("hypothesis", "MPL-2.0", accepted=tool) == "MPL-2.0"
    with pytest.raises(NotAccepted):
        taken_of("hypothesis", "MPL-2.0", accepted=accepted(is_delivered=True))


def test_one_of_alternatives_is_taken_and_every_part_of_a_sum_is_needed() -> None:
    known = frozenset({"MIT", "Zlib"})

    assert taken_of("one", "GPL-3.0-only OR MIT", accepted=known) == "MIT"
    assert taken_of("other", "MIT AND Zlib", accepted=known) == "MIT AND Zlib"
    with pytest.raises(NotAccepted):
        taken_of("third", "MIT AND GPL-3.0-only", accepted=known)


def test_a_library_that_says_something_new_of_its_license_is_read_again() -> None:
    terms = deepcopy(TERMS)
    terms["read"]["reportlab"]["says"] = "what it said last year"

    with pytest.raises(Unclear, match="reportlab"):
        page(LOCK, terms=terms)


def test_what_is_not_installed_everywhere_is_recorded() -> None:
    (pin,) = (pin for pin in pinned(LOCK) if pin.name == "pywin32-ctypes")

    assert license_of(pin) == "BSD-3-Clause"
    with pytest.raises(Unclear, match="pywin32-ctypes"):
        license_of(pin, terms=without("read", "pywin32-ctypes"))
    with pytest.raises(Unclear, match="cffi"):
        page(LOCK, terms=without("read", "cffi"))


def test_nothing_is_recorded_of_what_is_no_longer_there() -> None:
    names = {pin.name for pin in pinned(LOCK)}
    spelled = {said_of(name) for name in names}
    parts = {part for library in libraries(LOCK) for part in library.taken.split(" AND ")}
    parts |= {part for row in inside() for part in row.license.split(" AND ")}

    assert set(TERMS["read"]) - names == set()
    assert set(TERMS["spelled"]) - spelled == set()
    assert set(TERMS["accepted"]) - parts == set()
    assert [
        row.name
        for row in inside()
        if row.comes_with not in {*names, "make exe"} and not (ROOT / row.comes_with).is_dir()
    ] == []


def test_every_license_is_accepted_for_a_reason() -> None:
    assert [name for name, row in TERMS["accepted"].items() if not (row["asks"] and row["because"])] == []


def test_the_window_uses_only_the_parts_of_qt_that_are_under_lgpl() -> None:
    used = {
        node.module.split(".")[1]
        for path in (ROOT / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("PySide6.")
    }

    assert used == set(TERMS["qt"]["modules"])


def test_the_texts_of_every_license_go_out_with_the_program() -> None:
    sent = {path for path, _ in texts(LOCK)}
    silent = {
        name for name in delivered(pinned(LOCK)) if said_of(name) is not None and not list(brought_by(name))
    }

    assert [path for path in sent if not path.is_file()] == []
    assert silent == {"pyside6-essentials", "shiboken6"}, "theirs are in docs/licenses"
    assert {"GPL-3.0.txt", "LGPL-3.0.txt", "LICENSE", "third-party.md"} <= {path.name for path in sent}


def test_the_program_itself_is_its_owners() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["license"] == "LicenseRef-Proprietary"
    assert [(ROOT / name).is_file() for name in project["license-files"]] == [True]


def without(table: str, name: str) -> dict[str, Any]:
    """Return the terms with one row struck out."""
    terms = deepcopy(TERMS)
    del terms[table][name]
    return terms
