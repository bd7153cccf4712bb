"""What a person arranged is read whatever stands there: what is of another form counts as not arranged."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.kit.bill_rows import COLUMNS
from ui.kit.preferences import NoPreferences, choice_kept, sizes_kept
from ui.kit.table import Table, TableModel

JUNK = (
    "latin", 1, -1, True, [], {}, [[]], [None, None], ["a", "b"], [1e300, 2], [2**40, 1], [-5, 5], [0, 0],
    [[1, 2], [3]], {"name": "x"}, [{"name": []}], [{"name": "month", "width": "wide"}],
    [{"name": "month", "width": 2**40}], [{"name": "month", "width": None, "hidden": "x"}], [{"name": {}}],
    object(),
)  # fmt: skip


@pytest.mark.parametrize("kept", JUNK)
def test_sizes_of_another_form_are_none(kept: object) -> None:
    preferences = NoPreferences()
    preferences.set("splitter", kept)

    assert sizes_kept(preferences, "splitter") is None


def test_sizes_are_read_as_they_were_kept() -> None:
    preferences = NoPreferences()
    preferences.set("splitter", [430, 860])

    assert sizes_kept(preferences, "splitter") == [430, 860]
    assert sizes_kept(preferences, "other") is None


@pytest.mark.parametrize("kept", JUNK[1:])
def test_a_choice_that_is_none_is_not_taken(kept: object) -> None:
    preferences = NoPreferences()
    preferences.set("script", kept)

    assert choice_kept(preferences, "script", ("latin", "cyrillic")) == ""


def test_a_choice_is_taken_when_it_is_one() -> None:
    preferences = NoPreferences()
    preferences.set("script", "latin")

    assert choice_kept(preferences, "script", ("latin", "cyrillic")) == "latin"
    assert choice_kept(preferences, "script", ("cyrillic",)) == ""


@pytest.mark.parametrize("kept", JUNK)
def test_a_table_opens_whatever_was_kept_of_its_columns(qtbot: QtBot, kept: object) -> None:
    preferences = NoPreferences()
    preferences.set("table.bills", kept)
    owner = QObject()

    table = Table(TableModel(COLUMNS, owner), "bills", None, preferences=preferences)  # type: ignore[arg-type]
    qtbot.addWidget(table)

    assert [column.name for column in table.seen_columns()] == ["month", "balance", "state"]
    owner.deleteLater()
