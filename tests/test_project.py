"""What the pages of the project say of it is so: versions, links, files that are named."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FOLDERS = ("app/", "db/", "ui/", "resources/", "tests/", "docs/", ".ci/")


def test_the_version_is_that_of_the_newest_heading_of_the_change_log() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    headings = re.findall(r"^## (\S+) \((.+)\)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)

    newest, _ = headings[0]

    assert project["version"] == newest
    assert [heading for heading in headings if not is_of_a_release(*heading)] == [], "1.2.3 (2026-08-31)"
    assert [day for _, day in headings[1:] if day == "unreleased"] == []


def is_of_a_release(version: str, day: str) -> bool:
    return bool(re.fullmatch(r"\d+\.\d+\.\d+", version) and re.fullmatch(r"unreleased|\d{4}-\d\d-\d\d", day))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_links_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "ARCHITECTURE.md"])
def test_the_files_and_targets_that_a_page_names_are_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(r"`([\w./-]+)`", text)
    files = [name for name in named if name.startswith(FOLDERS)]
    targets = set(re.findall(r"^([a-z0-9]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert [file for file in files if not (ROOT / file).exists()] == []
    assert set(re.findall(r"(?:^    |`)make (\w+)", text, re.MULTILINE)) - targets == set()
