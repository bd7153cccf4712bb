"""Words are in the module of their noun, and nothing is imported for them before somebody asks."""

import importlib
import subprocess
import sys
from enum import StrEnum

import pytest

from app.domain.bills import BillStage
from ui.words import states, subjects

FIRST_WINDOW = """
import sys
import ui.shell.program
print([name for name in ("sqlalchemy", "psycopg", "app.usecases", "ui.words.plans") if name in sys.modules])
"""


def test_the_first_window_waits_for_no_words_but_its_own() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_WINDOW], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("subject", subjects.SUBJECTS)
def test_every_state_stands_where_it_is_looked_for(subject: str) -> None:
    kept: dict[type[StrEnum], dict[StrEnum, str]] = getattr(
        importlib.import_module(f"ui.words.{subject}"), "STATES", {}
    )

    assert [state for kind in kept for state in kept[kind] if not states.word(state)] == []


def test_a_type_of_somewhere_else_has_no_words() -> None:
    class Alien(StrEnum):
        """A state of no trade of ours."""

        NEW = "new"

    assert subjects.subject_of(Alien) is None
    assert subjects.subject_of(BillStage) is not None
    with pytest.raises(KeyError):
        states.word(Alien.NEW)
