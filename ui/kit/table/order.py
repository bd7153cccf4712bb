"""What stands in a cell, read back as a value: for sorting here and for export.

Cells are words, made for people; a day, a month or an amount among them is known
by its shape.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.script import sort_key

_NOTHING = ("", "–", "-")
_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})\.(.*)")
_MONTH = re.compile(r"(\d{2})/(\d{4})(.*)")
_NUMBER = re.compile(r"([+\-−]?)(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d+))?( \D.*)?")


def order_of(words: str) -> tuple[Any, ...] | None:
    """Return what to sort by: time, size, or the Serbian order of words; None for nothing.

    >>> order_of("31.07.2026.") < order_of("01.08.2026.")
    True
    >>> order_of("999,00") < order_of("1.000,00")
    True
    """
    if words in _NOTHING:
        return None
    if match := _DAY.fullmatch(words):
        return 0, (int(match[3]), int(match[2]), int(match[1])), match[4]
    if match := _MONTH.fullmatch(words):
        return 0, (int(match[2]), int(match[1]), 0), match[3]
    if match := _NUMBER.fullmatch(words):
        return 1, _number(match), match[4] or ""
    return 2, sort_key(words), words


def value_of(words: str, *, is_number: bool) -> str | Decimal | date | None:
    """Return a cell's value for a spreadsheet: a day, a number of a column of numbers, or the words."""
    if words in _NOTHING:
        return None
    match = _DAY.fullmatch(words)
    if match and not match[4]:
        try:
            return date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            return words
    match = _NUMBER.fullmatch(words) if is_number else None
    return _number(match) if match and not match[4] else words


def in_order(rows: Sequence[Any], keys: Sequence[Any], *, ascending: bool) -> list[Any]:
    """Return the rows by their keys, those without one last whichever way the others go."""
    known = [place for place, key in enumerate(keys) if key is not None]
    known.sort(key=keys.__getitem__, reverse=not ascending)
    unknown = [place for place, key in enumerate(keys) if key is None]
    return [rows[place] for place in known + unknown]


def _number(match: re.Match[str]) -> Decimal:
    sign = "-" if match[1] in ("-", "−") else ""
    return Decimal(f"{sign}{match[2].replace('.', '')}.{match[3] or '0'}")
