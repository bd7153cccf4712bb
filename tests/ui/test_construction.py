"""What is built upon is finished before what is built upon it begins.

A constructor that calls what a class built upon it says otherwise calls it before
the parts of that class are there.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

UI = Path(__file__).parents[2] / "ui"


@dataclass(frozen=True, slots=True)
class Built:
    """A class by its name: what it is built upon, and its methods."""

    name: str
    bases: tuple[str, ...]
    methods: dict[str, ast.FunctionDef]


def built_of(sources: Iterable[str]) -> dict[str, Built]:
    found = [node for source in sources for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]
    return {
        node.name: Built(
            node.name,
            tuple(ast.unparse(base) for base in node.bases),
            {method.name: method for method in node.body if isinstance(method, ast.FunctionDef)},
        )
        for node in found
    }


def beneath(name: str, built: dict[str, Built]) -> Iterator[Built]:
    """Yield a class and all it is built upon, nearest first."""
    if name in built:
        yield built[name]
        for base in built[name].bases:
            yield from beneath(base, built)


def upon(name: str, built: dict[str, Built]) -> Iterator[Built]:
    """Yield all that is built upon a class."""
    for one in built.values():
        if name in one.bases:
            yield one
            yield from upon(one.name, built)


def called_on_self(method: ast.FunctionDef) -> set[str]:
    return {
        call.func.attr
        for call in ast.walk(method)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "self"
    }


def called_while_constructed(name: str, built: dict[str, Built]) -> set[str]:
    """Return what the constructor of a class calls on itself, however far away."""
    found: set[str] = set()
    waiting = called_on_self(built[name].methods["__init__"])
    while waiting:
        called = waiting.pop()
        if called not in found:
            found.add(called)
            method = next(
                (one.methods[called] for one in beneath(name, built) if called in one.methods), None
            )
            waiting |= called_on_self(method) if method is not None else set()
    return found


def calls_ahead(built: dict[str, Built]) -> list[str]:
    return sorted(
        f"{name} calls {method} of {one.name}"
        for name in built
        if "__init__" in built[name].methods
        for one in upon(name, built)
        for method in called_while_constructed(name, built) & set(one.methods)
    )


def test_no_constructor_calls_what_is_said_otherwise_by_a_class_built_upon_it() -> None:
    built = built_of(path.read_text("utf-8") for path in UI.rglob("*.py"))

    assert len(built) > 200
    assert calls_ahead(built) == []


def test_a_call_ahead_is_seen_through_another_method() -> None:
    source = """
class Sheet(QWidget):
    def __init__(self):
        self._make()
    def _make(self):
        self.retranslate()
    def retranslate(self): ...
class Note(Sheet): ...
class CallNote(Note):
    def retranslate(self): ...
"""

    assert calls_ahead(built_of([source])) == ["Sheet calls retranslate of CallNote"]
