"""What every test of the window stands on: no screen, our own type and theme, silence from Qt."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.robots.keyrings import own_keyring
from ui.kit.theme import apply_theme
from ui.words.language import Language

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_configure(config: pytest.Config) -> None:
    """Let the offscreen platform say what it cannot do; every other word of Qt fails the test."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> Iterator[QApplication]:
    """Return the program, dressed in the light theme, with a keyring of its own."""
    apply_theme(qapp, "light")
    with own_keyring():
        yield qapp
    qapp.clipboard().clear()  # what Python put there would be destroyed after Python itself


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    """Return what switches the language; the sources' own English is back after the test."""
    speaker = Language(qapp)
    yield speaker
    speaker.silence()
    speaker.deleteLater()
