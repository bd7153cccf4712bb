"""Whoever says something says it in the language in force, at once and each time another is spoken."""

import ast
import importlib
import inspect
import pkgutil
import textwrap

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

import ui
from ui.kit.busy import BusyLine
from ui.kit.section import Section
from ui.kit.sheet import Sheet
from ui.kit.speaking import Speaking
from ui.words.language import Language

SPOKEN = "LanguageChange"


class Greeting(Speaking, QLabel):
    """Says how often it spoke."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.times = 0
        self.retranslate()

    def retranslate(self) -> None:
        self.times += 1
        self.setText(f"said {self.times} times")


class Form(Speaking, Sheet):
    """Built upon a widget with parts of its own, and built upon itself."""

    def __init__(self, host: QWidget) -> None:
        super().__init__("form", host)
        self.times = 0

    def retranslate(self) -> None:
        self.times += 1
        self.set_title(f"said {self.times} times")


class FinalForm(Form):
    """The last of three."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.greeting = Greeting(self.inside)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.greeting.setToolTip("and this")


class Changing(Speaking, Section):
    """Looks at other changes besides."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("changing", parent)
        self.times = 0
        self.retranslate()

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)

    def retranslate(self) -> None:
        self.times += 1


@pytest.mark.parametrize("make", [Greeting, FinalForm, Changing])
@pytest.mark.parametrize("is_shown", [True, False], ids=["shown", "hidden"])
def test_another_language_is_spoken_once(language: Language, make: type[Greeting], *, is_shown: bool) -> None:
    language.set("en")
    QApplication.processEvents()
    host = QWidget()
    column = QVBoxLayout(host)
    said = make(host)
    column.addWidget(said)
    host.setVisible(is_shown)
    assert said.times == 1

    language.set("sr_Latn")
    QApplication.processEvents()

    assert said.times == 2
    host.deleteLater()


def test_parts_of_the_kit_have_their_words_from_the_beginning(qapp: QApplication) -> None:
    host = QWidget()

    sheet = Sheet("sheet", host)
    line = BusyLine("line", host)

    crosses = [one.accessibleName() for one in sheet.findChildren(QWidget) if "close" in one.objectName()]
    assert crosses == ["Close (Esc)"]
    assert line.accessibleName() == "Working"
    host.deleteLater()


def widgets_of_ours() -> list[type[QWidget]]:
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    found: list[type[QWidget]] = []
    waiting = [QWidget]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if one.__module__.startswith("ui."):
                found.append(one)
    return list(dict.fromkeys(found))


def calls_of(one: type) -> set[str]:
    """Return what the methods of a class call, ``retranslate`` itself left aside."""
    body = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
    assert isinstance(body, ast.ClassDef)
    return {
        ast.unparse(call.func)
        for method in body.body
        if isinstance(method, ast.FunctionDef) and method.name != "retranslate"
        for call in ast.walk(method)
        if isinstance(call, ast.Call)
    }


def test_every_widget_with_words_is_spoken_to_in_one_way() -> None:
    ours = widgets_of_ours()

    assert len(ours) > 100
    assert [one for one in ours if hasattr(one, "retranslate") and not issubclass(one, Speaking)] == []
    assert [one for one in ours if SPOKEN in inspect.getsource(one)] == []


def test_no_widget_waits_for_another_language_to_say_its_words() -> None:
    built_upon = {base for one in widgets_of_ours() for base in one.__mro__[1:]}
    last = [one for one in widgets_of_ours() if issubclass(one, Speaking) and one not in built_upon]

    silent = [
        one
        for one in last
        if not any("self.retranslate" in calls_of(each) for each in one.__mro__ if issubclass(each, Speaking))
    ]

    assert len(last) > 80
    assert [one for one in last if one.retranslate is Speaking.retranslate] == []
    assert silent == []
