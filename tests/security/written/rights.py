"""What each role may write, off the matrix of rights: rows, columns of tables, functions that act."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import psycopg

MATRIX = tomllib.loads((Path(__file__).parents[1] / "matrix.toml").read_text(encoding="utf-8"))

_FUNCTIONS = """
SELECT p.oid::regprocedure::text, p.proname, p.proargnames,
       ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) t)
FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.provolatile = 'v' AND p.prorettype <> 'trigger'::regtype
"""
_COLUMNS = """
SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
"""
_CHOICES = """
SELECT DISTINCT a.attname, btrim(word[1], '''')
FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND k.conkey = ARRAY[a.attnum]
CROSS JOIN LATERAL regexp_matches(pg_get_constraintdef(k.oid), '''([a-z_]+)''::', 'g') AS word
WHERE k.contype = 'c' AND k.connamespace = 'public'::regnamespace
"""


class Doing(StrEnum):
    """How something is written."""

    INSERT = "INSERT"
    UPDATE = "UPDATE"
    CALL = "CALL"


@dataclass(frozen=True, slots=True)
class Right:
    """Something a role may write: the columns, or the arguments, with their types."""

    role: str
    doing: Doing
    name: str
    places: tuple[tuple[str, str], ...]


def rights(owner: psycopg.Connection[Any]) -> tuple[Right, ...]:
    """List every right to write that the matrix gives to a role of the desk."""
    return (*_of_relations(owner), *_of_functions(owner))


def choices(owner: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """List by column the words that its CHECKs allow."""
    found: dict[str, list[str]] = {}
    for column, word in owner.execute(_CHOICES).fetchall():
        found.setdefault(column, []).append(word)
    return {column: sorted(words) for column, words in sorted(found.items())}


def _of_relations(owner: psycopg.Connection[Any]) -> Iterator[Right]:
    for rule in MATRIX["relation"]:
        for role, rule_rights in _granted(rule):
            for right in rule_rights:
                doing, _, listed = right.partition("(")
                if doing not in (Doing.INSERT, Doing.UPDATE):
                    continue
                for name in rule["names"]:
                    types = dict(owner.execute(_COLUMNS, [f"public.{name}"]).fetchall())
                    columns = listed.rstrip(")").split(", ") if listed else list(types)
                    places = tuple((column, types[column]) for column in columns)
                    yield Right(role, Doing(doing), name, places)


def _of_functions(owner: psycopg.Connection[Any]) -> Iterator[Right]:
    acting = owner.execute(_FUNCTIONS).fetchall()
    for rule in MATRIX["function"]:
        for role, rule_rights in _granted(rule):
            for signature, name, names, types in acting:
                listed = any(signature == one or fnmatchcase(signature, one) for one in rule["names"])
                if listed and "EXECUTE" in rule_rights:
                    yield Right(role, Doing.CALL, name, tuple(zip(names or (), types, strict=False)))


def _granted(rule: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for who, roles in MATRIX["who"].items():
        for role in roles:
            if who in rule and role not in ("public", "desk_staff"):
                yield role, rule[who]
