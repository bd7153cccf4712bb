"""What all tables share: how columns are typed and constraints are named.

Every constraint has a name, because a name is how a refusal of the database
becomes words on the screen (``db/errors.py``).
"""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Enum,
    Integer,
    MetaData,
    Numeric,
    SmallInteger,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql import literal_column, text

from app.domain.period import Period

MONEY = Numeric(14, 2)
PERCENT = Numeric(5, 2)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Ggmm(TypeDecorator[Period]):
    """A month as the portal writes it: YYMM in a small integer, ``Period`` in Python."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Period | None, _dialect: Dialect) -> int | None:
        return None if value is None else value.ggmm

    def process_result_value(self, value: int | None, _dialect: Dialect) -> Period | None:
        return None if value is None else Period.from_ggmm(value)


class Base(DeclarativeBase):
    """The root of all mappings."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: Integer,
        str: Text,
        date: Date,
        datetime: DateTime(timezone=True),
        Decimal: MONEY,
        Period: Ggmm,
        dict[str, Any]: JSONB,
    }


def one_of(kind: type[StrEnum], name: str) -> Enum:
    """Type a column as the *values* of an enumeration, as text guarded by a CHECK called ``name``."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=24,
        values_callable=lambda members: [member.value for member in members],
    )


def within(states: Collection[StrEnum]) -> str:
    """Write the predicate of a partial index over ``states`` of one kind, in the order of that kind."""
    kind = type(next(iter(states)))
    return f"state IN ({', '.join(repr(state.value) for state in kind if state in states)})"


def no_overlap(name: str, *keys: str) -> ExcludeConstraint:
    """Refuse two rows of the same ``keys`` whose half-open [valid_from, valid_to) ranges meet."""
    validity = text("daterange(valid_from, valid_to)")
    parts: list[tuple[ColumnElement[Any], str]] = [(literal_column(key), "=") for key in keys]
    return ExcludeConstraint(*parts, (validity, "&&"), name=name, using="gist")


def forward_in_time() -> CheckConstraint:
    """Refuse a validity that ends before it begins."""
    return CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="forward_in_time")
