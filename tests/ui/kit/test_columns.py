"""What a column says of a row: a field of it, named, in somebody's words."""

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from types import UnionType
from typing import Any

import pytest

import ui
from ui.kit.table import Column
from ui.words import text
from ui.words.tones import Tone


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed, and of which month."""

    month: str
    owed: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A row with a row in it."""

    debt: Debt
    is_late: bool


LINE = Line(Debt("06/2026", Decimal("1234.5")), is_late=True)


def tone_of(is_late: bool) -> Tone:  # noqa: FBT001
    return Tone.BAD if is_late else Tone.GOOD


def test_a_column_says_the_field_it_names() -> None:
    assert Column(name="month", field="debt.month").words(LINE) == "06/2026"
    assert Column(name="owed", field="debt.owed", as_=text.money).words(LINE) == "1.234,50"
    assert Column(name="owed", as_=text.money).words(LINE.debt) == "1.234,50"


def test_a_column_of_states_has_the_color_of_its_field() -> None:
    late = Column(name="is_late", as_=text.yes_no, toned=tone_of)

    assert (late.words(LINE), late.tone_of(LINE)) == (text.yes_no(LINE.is_late), Tone.BAD)
    assert Column(name="month", field="debt.month").tone_of(LINE) is None


def test_the_hint_says_what_may_be_cut() -> None:
    assert Column(name="month", field="debt.month", hinted=True).hint_of(LINE) == "06/2026"
    assert Column(name="month", field="debt.month").hint_of(LINE) is None


def test_no_column_is_sorted_by_the_server_unless_it_says_so() -> None:
    assert not Column(name="month").sortable


def tables() -> dict[str, tuple[type, Callable[[], list[Column[Any]]]]]:
    """Return what makes the columns of each table, with the type of its rows."""
    found = {}
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        for name, made in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            if made.__module__ != module.name or inspect.signature(made).parameters:
                continue
            returned = typing.get_type_hints(made).get("return")
            column = typing.get_args(returned)[0] if typing.get_origin(returned) is list else None
            if typing.get_origin(column) is Column:
                found[f"{module.name}.{name}"] = (typing.get_args(column)[0], made)
    return found


def has(row: type, path: str) -> bool:
    """Tell whether rows of a type have a field, through points."""
    name, _, rest = path.partition(".")
    if rest:
        inner = typing.get_type_hints(row).get(name)
        if isinstance(inner, UnionType) or inner is None:
            return False  # nothing that may be missing is read through
        return has(inner, rest)
    return name in typing.get_type_hints(row) or isinstance(getattr(row, name, None), property)


TABLES = tables()


@pytest.mark.parametrize(("row", "made"), TABLES.values(), ids=TABLES)
def test_every_field_a_column_names_is_one_of_its_rows(
    row: type, made: Callable[[], list[Column[Any]]]
) -> None:
    named = [column.field or column.name for column in made() if column.text is None]

    assert [field for field in named if not has(row, field)] == []


def test_the_tables_of_the_desk_are_found() -> None:
    assert len(TABLES) > 25
