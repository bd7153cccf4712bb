"""What is written: mostly what could be meant, and often enough what nobody means.

By dice from a drawn seed: what hypothesis draws one by one is mostly the simplest there is.
"""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from psycopg.types.json import Jsonb

TEXTS = (
    "",
    " ",
    "0",
    "0x1",
    "1e400",
    "NaN",
    "Infinity",
    "-infinity",
    "null",
    "'; --",
    "%n {0} {name} {",
    "\\",
    "<img src='file:///etc/hosts'>",
    "a\nb",
    "a\tb",
    "\u0001",
    "\u0085",
    "\u2028",
    "\u202egnp.exe",
    "\u2066x",
    "\ufeff",
    "\u200b",
    "\u00ad",
    "Njegoš Ђорђевић",
    "\u0110\u00d0\u01c4",
    "e\u0301",
    "\U0001f600",
    "\U0010ffff",
    "\ud7ff",
    "-",
    "•••••••••••••",
    "0101•••••0007",
    "x" * 60,
    "x" * 61,
    "ž" * 200,
    "ž" * 201,
    "ђ" * 400,
    "x" * 401,
    "x" * 4001,
    "x" * 70_000,
    "1900-01-01",
    "2100-12-31",
    "31.12.2100.",
)
DAYS = (
    "1900-01-01",
    "1899-12-31",
    "2100-12-31",
    "2101-01-01",
    "2000-02-29",
    "1999-12-31",
    "2099-12-31",
    "2100-01-01",
    "infinity",
    "-infinity",
    "0044-03-15 BC",
    "294000-01-01",
    "9999-12-31",
)
MOMENTS = (
    "infinity",
    "-infinity",
    "0044-03-15 12:00 BC",
    "294000-01-01 00:00+14",
    "2026-07-10 23:59:59.999999+02",
)
NUMBERS = (0, 1, 2, 3, -1, 99, 100, 9999, 32_767, -32_768, 2**31 - 1, -(2**31), 2**53 + 1)
_DEEP: Any = "x"
for _ in range(400):
    _DEEP = [_DEEP]


JSON = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**30,
    "0x1",
    "1e400",
    "-infinity",
    "NaN",
    "",
    " 5",
    "5 ",
    "١",
    "\u202e1",
    "x" * 401,
    [],
    {},
    [[]],
    [None],
    {"": None},
    {"steps": []},
    _DEEP,
    "2026-02-30",
    "1900-01-01",
    "2100-12-31",
    "9999-12-31",
    1e308,
    "\U0010ffff",
    "0" * 5_000,
    [["ordinary", 1, "5"]],
    [["company", 99, "100"]],
)
RAW = (
    "1e50000",
    "1" * 5_000,
    "-1e400",
    "0." + "0" * 4_000 + "1",
    "[" * 4_000 + "]" * 4_000,
    '{"a":' * 3_000 + "1" + "}" * 3_000,
)
"""JSON that PostgreSQL keeps and Python would not write."""

_RAW_PLACES = tuple(f"@{place}@" for place in range(len(RAW)))
FILES = (
    b"%PDF-1.7\n" + bytes(range(256)),
    b"",
    b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
    b"\xff\xd8\xff\xe0" + b"\x00" * 40,
    b"MZ",
    b"%PDF-1.7\n" + b"x" * 100_000,
    b"II*\x00" + b"\x00" * 20,
)


@dataclass(slots=True)
class Dice:
    """Throws values of any type; ``known`` are those on file by name, ``bodies`` documents by name."""

    rng: random.Random
    today: date
    choices: Mapping[str, Sequence[str]]
    known: Mapping[str, Sequence[Any]]
    bodies: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    wildness: float = 0.15

    def is_wild(self) -> bool:
        return self.rng.random() < self.wildness

    def value(self, name: str, kind: str, *, about: str = "") -> Any:
        """Throw a value for a column or argument."""
        plain = name.removeprefix("of_").removeprefix("wanted_").removeprefix("p_")
        if self.rng.random() < 0.02:
            return None
        if kind == "jsonb":
            return self.document(self.bodies.get(f"{about}.{plain}", self.bodies.get(plain, JSON)))
        if not self.is_wild():
            for listed in (
                self.known.get(f"{about}.{plain}"),
                self.known.get(plain),
                self.choices.get(plain),
            ):
                if listed:
                    return self.rng.choice(listed)
        return self._of_type(kind)

    def _of_type(self, kind: str) -> Any:
        match kind:
            case "integer" | "bigint" | "smallint":
                return self.rng.choice(NUMBERS)
            case "numeric":
                return self.rng.choice((*NUMBERS, "NaN", "Infinity", "0.001", "1e20"))
            case "date":
                return self.day()
            case "boolean":
                return self.rng.random() < 0.5
            case "bytea":
                return self.rng.choice(FILES)
            case "uuid":
                return f"{self.rng.getrandbits(128):032x}"
            case "text[]":
                return [self.rng.choice(TEXTS) for _ in range(self.rng.randrange(3))]
            case _ if kind.startswith("timestamp"):
                return self.rng.choice(MOMENTS)
        return self.rng.choice(TEXTS)

    def day(self) -> str:
        """Throw a day: near today, or far beyond."""
        if self.is_wild():
            return self.rng.choice(DAYS)
        return (self.today + timedelta(days=self.rng.randrange(-80, 40))).isoformat()

    def document(self, bodies: Sequence[Any]) -> Any:
        """Throw a document: one that could be meant, spoilt in a place or two as often as not."""
        body = self.rng.choice(bodies)
        for _ in range(self.rng.choice((0, 0, 1, 1, 2))):
            body = self._spoilt(body)
        return Jsonb(body, dumps=_written)

    def _spoilt(self, body: Any) -> Any:
        if isinstance(body, dict) and body and self.rng.random() < 0.9:
            name = self.rng.choice(sorted(body))
            return {**body, name: self._spoilt(body[name])}
        if isinstance(body, list) and body and self.rng.random() < 0.8:
            place = self.rng.randrange(len(body))
            return [*body[:place], self._spoilt(body[place]), *body[place + 1 :]]
        return self.rng.choice(JSON if self.rng.random() < 0.8 else _RAW_PLACES)


def _written(body: Any) -> str:
    text = json.dumps(body)
    for place, raw in zip(_RAW_PLACES, RAW, strict=True):
        text = text.replace(f'"{place}"', raw)
    return text
