"""Whether what was typed into a form can be: each field by its type, and what fields say together.

A problem names its field and carries facts, never prose.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from app.domain.changes.asking import Value, asked_fields, circumstances, must_be_filled
from app.domain.changes.declaring import Declaration, Field, FieldType
from app.domain.changes.problems import Problem, Rule
from app.domain.changes.reading import DECIMAL, Wrong, canonical, canonical_of, is_empty, read, read_day
from app.domain.holders import HolderKind
from app.domain.period import Period
from app.domain.personal_numbers import company_number, jmbg

_MASKED = re.compile(r"\d{4}•{5}\d{4}", re.ASCII)


def check(
    declaration: Declaration,
    values: Mapping[str, object],
    *,
    holder_kind: HolderKind,
    by_members: bool,
    current: Mapping[str, object],
    today: date,
    area: Decimal | None = None,
    applies_from: Period | None = None,
) -> tuple[Problem, ...]:
    """List what is wrong with the values of a form, in the order of its fields.

    ``current`` are the values on file by field; ``area`` is the area of the
    premises for a kind that does not ask for it, ``applies_from`` the month a
    change would count from.
    """
    around = circumstances(declaration, values, holder_kind=holder_kind, by_members=by_members)
    shown = asked_fields(declaration, around)
    found = [problem for one in shown for problem in _problems_of(one, values.get(one.name), current, today)]
    if not [problem for problem in found if not problem.is_warning]:
        stored = canonical(declaration, values)
        together = tuple(_together(declaration, stored, area=area, today=today, applies_from=applies_from))
        found += together
        if not together and not _is_changed(declaration, shown, stored, current):
            found.append(Problem("", Rule.NOTHING_CHANGED))
    return tuple(found)


def check_days(*, happened_on: date | None, received_on: date | None, today: date) -> tuple[Problem, ...]:
    """List what is wrong with the days of a request: neither may lie ahead, receipt not before the change."""
    found = []
    for name, day in (("happened_on", happened_on), ("received_on", received_on)):
        if day is None:
            found.append(Problem(name, Rule.MISSING))
        elif day > today:
            found.append(Problem(name, Rule.IN_THE_FUTURE, {"day": day.isoformat()}))
    if not found and happened_on is not None and received_on is not None and received_on < happened_on:
        found.append(Problem("received_on", Rule.BEFORE_IT_HAPPENED, {"day": happened_on.isoformat()}))
    return tuple(found)


# -- one field ---------------------------------------------------------------------------------------


def _problems_of(one: Field, value: object, current: Mapping[str, object], today: date) -> Iterator[Problem]:
    if is_empty(value):
        if must_be_filled(one):
            yield Problem(one.name, Rule.MISSING)
        return
    if one.is_secret and _MASKED.fullmatch(str(value)):
        if value != current.get(one.name):  # a mask that is not the one on file is no number
            yield Problem(one.name, Rule.UNREADABLE)
        return
    try:
        found = read(one, value)
    except Wrong as wrong:
        yield Problem(one.name, wrong.rule, wrong.facts)
        return
    if one.type is FieldType.JMBG and jmbg.born_on(str(found)) > today:
        yield Problem(one.name, Rule.NOT_BORN_YET)
    if one.type is FieldType.COMPANY_NUMBER and company_number.warnings_for(str(found)):
        yield Problem(one.name, Rule.UNUSUAL)


# -- what fields say together ------------------------------------------------------------------------


def _together(
    declaration: Declaration,
    stored: Mapping[str, Value],
    *,
    area: Decimal | None,
    today: date,
    applies_from: Period | None,
) -> Iterator[Problem]:
    """Check fields by the columns they aim at, so that a new kind needs no line here."""
    names = {str(one.target): one.name for one in declaration.fields if one.target is not None}

    def value(column: str) -> Value:
        return stored.get(names[column]) if column in names else None

    heated, whole = value("premises_state.heated_area"), value("premises_state.area")
    most = Decimal(str(whole)) if whole is not None else area
    if heated is not None and most is not None and Decimal(str(heated)) > most:
        yield Problem(names["premises_state.heated_area"], Rule.LARGER_THAN_AREA, {"area": str(most)})
    if "delivery.on_paper" in names:
        if value("delivery.by_email"):
            if value("delivery.email") is None:
                yield Problem(names["delivery.email"], Rule.MISSING)
        elif not value("delivery.on_paper"):
            yield Problem(names["delivery.on_paper"], Rule.NO_WAY_OF_DELIVERY)
    closed = read_day(str(value("account.closed_on") or ""))
    if closed is not None and closed > today:
        yield Problem(names["account.closed_on"], Rule.IN_THE_FUTURE, {"day": closed.isoformat()})
    until = read_day(str(value("subsidy.valid_to") or ""))
    first = applies_from.first_day if applies_from is not None else today
    if until is not None and until <= first:
        yield Problem(names["subsidy.valid_to"], Rule.ALREADY_PAST, {"day": first.isoformat()})


def _is_changed(
    declaration: Declaration,
    shown: tuple[Field, ...],
    stored: Mapping[str, Value],
    current: Mapping[str, object],
) -> bool:
    aimed = [one for one in shown if one.target is not None]
    if any(not _is_same(one, stored.get(one.name), current.get(one.name)) for one in aimed):
        return True
    fixed = [(str(one.target.column), one.value) for one in declaration.fixed]
    if any(not _is_equal(current.get(column), value) for column, value in fixed):
        return True
    return not aimed and not fixed


def _is_same(one: Field, new: Value, old: object) -> bool:
    return canonical_of(one, new) == canonical_of(one, old)


def _is_equal(old: object, new: object) -> bool:
    if old is None:
        return False
    if isinstance(new, bool):
        return old is new
    if isinstance(new, int):
        match = DECIMAL.fullmatch(str(old))
        return match is not None and Decimal(str(old).replace(",", ".")) == new
    return str(old) == new
