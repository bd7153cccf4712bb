"""Making the translations: ``python -m ui.words.translations`` after any change of words.

``resources/translations/sr_Latn.toml`` is the only file kept by hand: one table for
each context, source beside translation, plurals as lists.  Sources found in the
code and missing there are added with nothing beside them and reported.  Cyrillic
is made from Latin letter by letter; English needs only its plurals.
"""

import ast
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import PySide6

from app.domain.script import to_cyrillic

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "translations"
TABLE = FOLDER / "sr_Latn.toml"
LANGUAGES = ("sr_Latn", "sr_Cyrl", "en")
_TS_LANGUAGES = {"sr_Latn": "sr_RS", "sr_Cyrl": "sr_RS", "en": "en_GB"}
_SERBIAN_FORMS = 3
_CALLS = {"tr", "translate", "QT_TRANSLATE_NOOP"}
_CONTEXTS = {"Says": "errors"}
"""Calls whose sentences all stand in one context."""

Table = dict[str, dict[str, "str | list[str]"]]

# besides what has one form wherever it stands (app.domain.one_form)
_KEPT = re.compile(
    r"\{[^}]*\}"  # places for facts
    r"|%n|%L?\d+"
    r"|<[^>]+>|&[a-z]+;"
    r"|\*?\.[a-z]{3,4}\b"  # what a file's name ends with
    r"|\bOutlook\b"
    r"|\b(?:Ctrl|Alt|Shift|Esc|Enter|Tab|Home|End|PgUp|PgDn|Del|F\d+)\b(?:\+(?:\w+|\S))*"
    r"|\b(?:SVG|URL|TLS|SQL|PIN|PostgreSQL)\b"
)
_OWN_WORDS = {
    "e.Sanduče": "е.Сандуче",
    "e-poštom": "е-поштом",
    "e-pošte": "е-поште",
    "e-poštu": "е-пошту",
    "e-pošta": "е-пошта",
    "e-pošti": "е-пошти",
}


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One sentence of the code."""

    context: str
    words: str
    is_plural: bool


def sources() -> list[Source]:
    """Return every translatable sentence of ``ui``.

    Qt's own extractor passes over a plural whose number is an expression, and over
    ``translate`` called by another name, without a word; so the calls are read here.
    """
    found: set[Source] = set()
    for path in sorted((ROOT / "ui").rglob("*.py")):
        reader = _CallReader()
        reader.visit(ast.parse(path.read_text(encoding="utf-8")))
        found |= reader.found
    return sorted(found)


class _CallReader(ast.NodeVisitor):
    """Finds ``self.tr("…")``, ``translate("context", "…")``, ``Says("…")`` and the words of states."""

    def __init__(self) -> None:
        self.found: set[Source] = set()
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = [
            argument.value
            for argument in node.args
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if not texts or name not in _CALLS | _CONTEXTS.keys():
            return
        if name in _CONTEXTS:
            context, words = _CONTEXTS[name], texts[0]
        elif isinstance(node.func, ast.Attribute) and name == "tr":
            context, words = self._classes[-1], texts[0]
        elif len(texts) > 1:
            context, words = texts[0], texts[1]
        else:
            return
        self.found.add(Source(context, words, is_plural="%n" in words))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Read the table of a subject's states: their words, by the name of the state's type."""
        self.generic_visit(node)
        if not (isinstance(node.target, ast.Name) and node.target.id == "STATES"):
            return
        table = node.value
        kinds = zip(table.keys, table.values, strict=True) if isinstance(table, ast.Dict) else ()
        for kind, words in kinds:
            if isinstance(kind, ast.Name) and isinstance(words, ast.Dict):
                self.found |= {
                    Source(kind.id, word.value, is_plural=False)
                    for word in words.values
                    if isinstance(word, ast.Constant) and isinstance(word.value, str)
                }


def read_table() -> Table:
    """Return what has been translated: context, source, translation."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def missing(table: Table, wanted: Iterable[Source]) -> list[Source]:
    """Return the sources that have no Serbian yet."""
    return [source for source in wanted if not is_translated(table, source)]


def is_translated(table: Table, source: Source) -> bool:
    """Tell whether a source has its Serbian, a plural all of its three forms."""
    found = table.get(source.context, {}).get(source.words)
    if source.is_plural:
        return isinstance(found, list) and len(found) == _SERBIAN_FORMS and all(found)
    return isinstance(found, str) and bool(found)


def merged(table: Table, wanted: Iterable[Source]) -> Table:
    """Return the table with new sources added, and without those that left the code.

    A new source that is said elsewhere already begins with what is said there.
    """
    made: Table = {name: dict(words) for name, words in table.items() if name.startswith("Q")}
    known = {words: said for found in table.values() for words, said in found.items() if any(said)}
    for source in wanted:
        nothing: str | list[str] = [""] * _SERBIAN_FORMS if source.is_plural else ""
        found = table.get(source.context, {}).get(source.words)
        if not is_translated(table, source):
            found = known.get(source.words, nothing)
            found = found if isinstance(found, list) == source.is_plural else nothing
        made.setdefault(source.context, {})[source.words] = found or nothing
    return made


def write_table(table: Table) -> None:
    """Write the table in the order of contexts and sources."""
    lines = ["# Serbian in Latin script, by hand. Everything else is made of it: make i18n"]
    for context in sorted(table):
        lines += ["", f"[{json.dumps(context, ensure_ascii=False)}]"]
        for words, translation in sorted(table[context].items()):
            left = json.dumps(words, ensure_ascii=False)
            lines.append(f"{left} = {json.dumps(translation, ensure_ascii=False)}")
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def cyrillic(words: str) -> str:
    """Return a translation in Cyrillic; places, tags, keys, addresses and foreign names stay.

    >>> cyrillic("Štampa {0} (Ctrl+P)")
    'Штампа {0} (Ctrl+P)'
    >>> cyrillic("Isprave (*.pdf *.jpeg)")
    'Исправе (*.pdf *.jpeg)'
    """
    for latin, own in _OWN_WORDS.items():
        words = words.replace(latin, own)
    made, place = [], 0
    for match in _KEPT.finditer(words):
        made += [to_cyrillic(words[place : match.start()]), match[0]]
        place = match.end()
    made.append(to_cyrillic(words[place:]))
    return "".join(made)


def english_forms(words: str) -> list[str]:
    """Return one and many of ``%n bill(s)``.

    >>> english_forms("%n bill(s) unpaid")
    ['%n bill unpaid', '%n bills unpaid']
    """
    return [
        re.sub(r"\(([^)|]*)\)", "", words),
        re.sub(r"\(([^)|]*)\)", r"\1", words),
    ]


def ts_text(language: str, table: Table, wanted: Iterable[Source]) -> str:
    """Return a language's file for lrelease."""
    root = ET.Element("TS", version="2.1", language=_TS_LANGUAGES[language])
    by_context: dict[str, list[Source]] = {}
    for source in [*wanted, *_qt_sources(table)]:
        by_context.setdefault(source.context, []).append(source)
    for name, found in sorted(by_context.items()):
        messages = []
        for source in sorted(set(found)):
            translation = _translated(language, table, source)
            if translation:
                messages.append((source, translation))
        if not messages:
            continue
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for source, translation in messages:
            _add_message(context, source, translation)
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n'


def release(language: str, table: Table, wanted: Iterable[Source]) -> bytes:
    """Return a language compiled for the running program."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / f"salter_{language}.ts"
        written.write_text(ts_text(language, table, wanted), encoding="utf-8")
        compiled = written.with_suffix(".qm")
        _run("lrelease", ["-silent", str(written), "-qm", str(compiled)])
        return compiled.read_bytes()


def compiled_path(language: str) -> Path:
    """Return where a language's compiled file is kept."""
    return FOLDER / f"salter_{language}.qm"


def main() -> int:
    """Merge, compile and report; returns how many sources have no Serbian."""
    wanted = sources()
    table = merged(read_table(), wanted)
    write_table(table)
    for language in LANGUAGES:
        compiled_path(language).write_bytes(release(language, table, wanted))
    unfinished = missing(table, wanted)
    for source in unfinished:
        sys.stdout.write(f"not translated: [{source.context}] {source.words}\n")
    sys.stdout.write(f"{len(wanted)} sources, {len(unfinished)} not translated\n")
    return 1 if unfinished else 0


def _qt_sources(table: Table) -> list[Source]:
    """Return what is translated of Qt's own words: contexts whose name begins with Q."""
    return [
        Source(context, words, isinstance(translation, list))
        for context, found in table.items()
        if context.startswith("Q")
        for words, translation in found.items()
    ]


def _translated(language: str, table: Table, source: Source) -> list[str]:
    if language == "en":
        return english_forms(source.words) if source.is_plural else []
    if not is_translated(table, source):
        return []
    found = table[source.context][source.words]
    forms = found if isinstance(found, list) else [found]
    return [cyrillic(form) for form in forms] if language == "sr_Cyrl" else forms


def _add_message(context: ET.Element, source: Source, forms: list[str]) -> None:
    message = ET.SubElement(context, "message")
    ET.SubElement(message, "source").text = source.words
    translation = ET.SubElement(message, "translation")
    if not source.is_plural:
        translation.text = forms[0]
        return
    message.set("numerus", "yes")
    for form in forms:
        ET.SubElement(translation, "numerusform").text = form


def _run(tool: str, arguments: list[str]) -> None:
    folder = Path(PySide6.__file__).parent
    program = next(path for path in (folder / tool, folder / f"{tool}.exe") if path.exists())
    subprocess.run([str(program), *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
