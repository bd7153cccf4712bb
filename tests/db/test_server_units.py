"""The units that a server runs: each says what the program understands, as often as the page says."""

import re
import shlex
from pathlib import Path

import pytest

from db.cli import command_line

ROOT = Path(__file__).parent.parent.parent
UNITS = ROOT / "resources" / "server"
SERVICES = sorted(UNITS.glob("*.service"))


def values(unit: Path, key: str) -> list[str]:
    return re.findall(rf"^{key}=(.+)$", unit.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_what_a_unit_starts_is_understood_by_the_program(unit: Path):
    lines = [shlex.split(line) for line in values(unit, "ExecStart")]

    assert lines
    for program, *arguments in lines:
        assert program == "/opt/salter/salter-db"
        assert callable(command_line.parser().parse_args(arguments).run)


def test_everything_that_is_to_be_done_is_done_by_a_unit():
    started = {shlex.split(line)[1] for unit in SERVICES for line in values(unit, "ExecStart")}

    assert started == {"watch", "tidy", "follow-plans", "check"}


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_what_ends_has_a_timer_and_what_goes_on_is_started_again(unit: Path):
    goes_on = values(unit, "Type") == ["exec"]

    assert unit.with_suffix(".timer").exists() is not goes_on
    assert values(unit, "Restart") == (["always"] if goes_on else [])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_no_password_stands_in_a_unit_or_on_a_line(unit: Path):
    text = "\n".join(line for line in unit.read_text("utf-8").splitlines() if not line.startswith("#"))

    assert values(unit, "EnvironmentFile") == [f"/etc/salter/{unit.stem.partition('-')[2]}.env"]
    assert "postgresql://" not in text
    assert "PASSWORD" not in text


def test_the_page_about_a_server_names_every_unit():
    page = (ROOT / "README.md").read_text("utf-8")

    assert [unit.stem for unit in UNITS.glob("*.service") if f"`{unit.stem}`" not in page] == []
