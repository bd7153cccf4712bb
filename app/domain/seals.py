"""Seals (pečat evidencije): where the logs' chains, their joints and the months stood, on a page of text.

A page is kept where whoever runs the server does not get at it.  A person can read
and print it; what is signed are its lines as they are written here, whatever mail,
an editor or another system made of their ends.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from app.domain.errors import Refused

VERSION = 1
_TITLE = re.compile(r"Salter seal (\d{1,4})", re.ASCII)
_HASH = r"[0-9a-f]{64}"
_COUNT = r"\d{1,18}"
_NAME = r'"(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-f]{4})*"'
_LINES = re.compile(
    rf"database (?P<id>[0-9a-f-]{{36}}) (?P<database>{_NAME})"
    r"|sealed (?P<sealed>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"
    rf"|key (?P<key>{_HASH})"
    rf"|found (?P<found>{_NAME})"
    rf"|joint (?P<joint>{_COUNT}) (?P<joint_hash>{_HASH})"
    rf"|month (?P<month>\d{{4}}-\d\d-\d\d) (?P<table>[a-z_]{{1,40}}) (?P<rows>{_COUNT}) (?P<digest>{_HASH})"
    rf"|head (?P<log>[a-z_]{{1,40}}) (?P<head>{_COUNT}) (?P<head_hash>{_HASH}) (?P<chain>{_NAME})",
    re.ASCII,
)
_SIGNATURE = re.compile(r"signature ([0-9a-f]{128})", re.ASCII)


class NotASeal(Refused):
    """A page that is no seal, or no longer whole; ``line`` is the first that cannot be, 0 where one lacks."""

    field = "seal"

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class SealOfAnotherVersion(Refused):
    """A seal of a version that this program does not read."""

    field = "seal"

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


@dataclass(frozen=True, slots=True, order=True)
class SealedHead:
    """How far a chain of a log went, and the hash it had there; ``chain`` is a login, or empty of old."""

    log: str
    chain: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True, order=True)
class SealedMonth:
    """How many rows of a table a month had, and one hash of all of them; ``month`` is its first day."""

    month: str
    table: str
    rows: int
    hash: str


@dataclass(frozen=True, slots=True, order=True)
class SealedJoint:
    """The last joint of the chains: it stands for all before it."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Seal:
    """What stood in a database when it was sealed.

    ``key`` is the fingerprint of the key that signs; ``found`` is what ``salter-db
    check`` found wrong just before, nothing where it found nothing.
    """

    database_id: UUID
    database: str
    sealed_at: str
    key: str
    joint: SealedJoint | None = None
    months: tuple[SealedMonth, ...] = ()
    heads: tuple[SealedHead, ...] = ()
    found: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the lines that are signed, each ended by one newline."""
        return "".join(f"{line}\n" for line in self._lines())

    def page(self, *, signature: bytes) -> str:
        """Return the whole page: the lines, and the signature under them."""
        return f"{self.text()}signature {signature.hex()}\n"

    def _lines(self) -> Iterator[str]:
        yield f"Salter seal {VERSION}"
        yield f"database {self.database_id} {json.dumps(self.database)}"
        yield f"sealed {self.sealed_at}"
        yield f"key {self.key}"
        yield from (f"found {json.dumps(one)}" for one in self.found)
        if self.joint is not None:
            yield f"joint {self.joint.number} {self.joint.hash}"
        for month in sorted(self.months):
            yield f"month {month.month} {month.table} {month.rows} {month.hash}"
        for head in sorted(self.heads):
            yield f"head {head.log} {head.number} {head.hash} {json.dumps(head.chain)}"


def read(page: str) -> tuple[Seal, bytes]:
    """Return what a page says, and the signature under it, which nobody has looked at yet.

    Raises: NotASeal, SealOfAnotherVersion.
    """
    lines = [(number, line.strip()) for number, line in enumerate(page.splitlines(), 1) if line.strip()]
    title = _TITLE.fullmatch(lines[0][1]) if lines else None
    if title is None:
        raise NotASeal(1)
    if int(title[1]) != VERSION:
        raise SealOfAnotherVersion(int(title[1]))
    signature = _SIGNATURE.fullmatch(lines[-1][1])
    if signature is None:
        raise NotASeal(0)
    return _read_lines(lines[1:-1]), bytes.fromhex(signature[1])


def _read_lines(lines: list[tuple[int, str]]) -> Seal:
    once: dict[str, str] = {}
    months, heads, found = [], [], []
    for number, line in lines:
        match = _LINES.fullmatch(line)
        if match is None:
            raise NotASeal(number)
        said = {name: value for name, value in match.groupdict().items() if value is not None}
        if "month" in said:
            months.append(SealedMonth(said["month"], said["table"], int(said["rows"]), said["digest"]))
        elif "head" in said:
            chain = json.loads(said["chain"])
            heads.append(SealedHead(said["log"], chain, int(said["head"]), said["head_hash"]))
        elif "found" in said:
            found.append(json.loads(said["found"]))
        elif said.keys() & once.keys():
            raise NotASeal(number)  # said twice
        else:
            once |= said
    try:
        return Seal(
            database_id=UUID(once["id"]),
            database=json.loads(once["database"]),
            sealed_at=once["sealed"],
            key=once["key"],
            joint=SealedJoint(int(once["joint"]), once["joint_hash"]) if "joint" in once else None,
            months=tuple(months),
            heads=tuple(heads),
            found=tuple(found),
        )
    except (KeyError, ValueError):
        raise NotASeal(0) from None
