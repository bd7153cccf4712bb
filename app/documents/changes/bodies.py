"""The words of a message: which of its parts say them, and what they say without what a page is made of."""

import re
from collections.abc import Iterator
from email.message import Message
from html.parser import HTMLParser
from typing import Any

from app.domain.changes.reading import clean
from app.domain.spelling import decoded, repaired

_LONGEST = 400_000
_BLANK_LINES = re.compile(r"\n\s*\n+")
_SILENT = frozenset({"script", "style", "head", "title"})
_NEW_LINE = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "table", "blockquote"})
_SPOKEN = ("text/plain", "text/html")


def speaking(parts: list[Any]) -> list[tuple[Message, bool]]:
    """Of several versions of the same words tell which one is read: the plain one, or else the last.

    The others may hold papers all the same.
    """
    versions = [part for part in parts if isinstance(part, Message)]
    plain = [one for one in versions if any(_says_something(leaf) for leaf in _leaves(one, "text/plain"))]
    pages = [one for one in versions if any(True for _ in _leaves(one, "text/html"))]
    chosen = plain[:1] or pages[-1:] or versions[-1:]
    return [(one, one in chosen) for one in versions]


def _leaves(part: Message, kind: str) -> Iterator[Message]:
    waiting = [part]
    while waiting:
        one = waiting.pop()
        inner = one.get_payload()
        if isinstance(inner, list):
            if one.get_content_maintype() == "multipart":
                waiting += [each for each in inner if isinstance(each, Message)]
        elif one.get_content_type() == kind and not one.get_filename():
            yield one


def _says_something(part: Message) -> bool:
    said = part.get_payload()
    return isinstance(said, str) and bool(said.strip())


def is_body(part: Message, name: str) -> bool:
    """Tell whether a part is meant to be read as words, not kept as a file."""
    return part.get_content_type() in _SPOKEN and not name


def words_of(part: Message, content: bytes) -> str:
    """Return the words of a body, in lines."""
    text = decoded(content[:_LONGEST], charset=part.get_content_charset() or "")
    if part.get_content_subtype() == "html":
        reader = _Words()
        reader.feed(text)
        text = "".join(reader.found)
    lines = [repaired(clean(line)) for line in text.splitlines()]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """Takes the words out of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self._silent += 1
        elif tag in _NEW_LINE:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)
