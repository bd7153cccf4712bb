"""What a clerk is told when something goes wrong."""

import importlib
import logging
import pkgutil
import re
from collections import Counter

import pytest

import app
import db
from app.domain.errors import Conflict, Forbidden, Refused, SalterError, TooSlow, Unavailable
from app.domain.money import parse_rsd
from ui.words import errors
from ui.words.subjects import SUBJECTS

OF_THE_TOOL = re.compile(r"^(db\.(migrations|city|cli|checks|seal_keys)|app\.domain\.seals)\b")
"""Parts that only the command line uses: what goes wrong there never reaches a clerk."""


def kinds() -> list[type[SalterError]]:
    """Find every error of ours below the window."""
    for package in (app, db):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not OF_THE_TOOL.search(found.name):
                importlib.import_module(found.name)
    found_kinds: list[type[SalterError]] = []
    waiting: list[type[SalterError]] = [SalterError]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if (
            kind is not SalterError
            and kind.__module__.partition(".")[0] in ("app", "db")
            and not OF_THE_TOOL.search(kind.__module__)
        ):
            found_kinds.append(kind)
    return sorted(set(found_kinds), key=lambda kind: (kind.__module__, kind.__qualname__))


def sentences() -> list[tuple[type[SalterError], str, errors.Says]]:
    """Return every sentence: the error, the module of words it stands in, and what is said."""
    return [
        (kind, subject, says)
        for subject in SUBJECTS
        for kind, says in getattr(importlib.import_module(f"ui.words.{subject}"), "ERRORS", {}).items()
    ]


def test_every_error_has_a_sentence_of_its_own() -> None:
    silent = [f"{kind.__module__}.{kind.__qualname__}" for kind in kinds() if errors.said_of(kind) is None]

    assert silent == []


def test_every_sentence_stands_where_it_is_looked_for() -> None:
    astray = [(kind.__name__, subject) for kind, subject, says in sentences() if errors.said_of(kind) != says]

    assert astray == []


def test_two_errors_never_say_the_same() -> None:
    said = Counter(says.words for _kind, _subject, says in sentences())

    assert [words for words, times in said.items() if times > 1] == []


def test_every_place_in_a_sentence_is_filled() -> None:
    unfilled = {
        kind.__name__
        for kind, _subject, says in sentences()
        if bool(re.search(r"\{\w+\}", says.words)) is (says.facts is errors.nothing)
    }

    assert unfilled == set()


def test_a_sentence_repeats_what_was_typed() -> None:
    with pytest.raises(Refused) as refused:
        parse_rsd("12a")

    assert errors.sentence(refused.value) == "“12a” is not an amount. Write it as 1.234,50 or 1234.5."


def test_a_conflict_says_who_was_first() -> None:
    assert "Jovan Jović" in errors.sentence(Conflict(changed_by="Jovan Jović"))


def test_an_error_without_a_sentence_speaks_through_the_one_above_it() -> None:
    class NewRule(Refused):
        """A rule of tomorrow."""

    assert errors.sentence(NewRule()) == errors.sentence(Refused())


@pytest.mark.parametrize("error", [Forbidden(), Unavailable(), TooSlow()])
def test_nothing_expected_is_an_incident(error: SalterError, caplog: pytest.LogCaptureFixture) -> None:
    assert "{" not in errors.sentence(error)
    assert caplog.records == []


def test_a_fault_of_ours_has_a_number_to_read_out_and_a_traceback_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        told = errors.incident(ZeroDivisionError("ours"))

    assert re.fullmatch(r"[A-Z]{2}-\d{4}", told.number)
    assert told.number in told.sentence
    assert told.number in caplog.text
    assert "ZeroDivisionError" in caplog.text
    caplog.clear()


def test_the_clerk_never_sees_what_python_said(caplog: pytest.LogCaptureFixture) -> None:
    assert "KeyError" not in errors.sentence(KeyError("ident"))
    caplog.clear()
