"""What stands in the form of a programme, as it was typed, and the terms it means.

The form is a flat set of texts, so that a draft on disk, what somebody else wrote
meanwhile and what is on file can be laid side by side, field by field.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from app.domain.money import NotMoney, parse_rsd
from app.domain.plans import (
    BreachRule,
    DebtRule,
    FirstDue,
    InterestRelief,
    LadderStep,
    Payer,
    SizeRule,
    Terms,
    TermsFaulty,
)
from app.domain.plans.programmes import check
from app.usecases.plans import DraftFields, EditedVersion
from app.usecases.staff import Role
from ui.kit.dates import NotADay, read_day
from ui.words import text

Values = Mapping[str, Any]
"""Field by field: texts, yes or no, names of choices, and rows of cells."""

T = TypeVar("T")

PAYERS = tuple(Payer)
SIGNING_ROLES = (Role.CLERK, Role.SUPERVISOR)
GRIDS = ("ladder", "sizes")
FLAGS = ("takes_unsued", "takes_sued", "up_to_last_sued", "takes_other_counts", "is_certified", "may_replan")
LONGEST = {"code": 20, "name": 120, "decision": 400, "legal_basis": 400, "note": 4000}


class FieldFault(StrEnum):
    """Why a field cannot stay as it is."""

    NEEDED = "needed"
    NO_DAY = "no_day"
    NO_NUMBER = "no_number"
    NO_AMOUNT = "no_amount"
    NO_PERCENT = "no_percent"
    ENDS_BEFORE = "ends_before"
    CANNOT_BE = "cannot_be"
    """The rule of the terms themselves: ``check`` of the domain, or the database, refused the field."""


FIELD_OF_TERM = {
    "steps": "ladder",
    "size_rules": "sizes",
    "debts": "takes_unsued",
    "breach": "missed_instalments",
    "most_payable": f"most_{Role.CLERK.value}",
    "valid_to": "last_day",
}
"""Where a term is typed, where the form calls it otherwise."""


@dataclass(frozen=True, slots=True)
class TypedProgramme:
    """The form as it was understood; ``terms`` and ``fields`` are None while something cannot be read."""

    faults: Mapping[str, FieldFault] = field(default_factory=lambda: MappingProxyType({}))
    terms: Terms | None = None
    fields: DraftFields | None = None


def blank_values() -> dict[str, Any]:
    """Return the form of a programme nobody has written anything of."""
    return _of_terms(Terms(())) | {
        "code": "",
        "name": "",
        "decision": "",
        "legal_basis": "",
        "valid_from": "",
        "last_day": "",
        "note": "",
    }


def values_of(version: EditedVersion) -> dict[str, Any]:
    """Return the form as a version would have been typed."""
    it = version.programme
    return _of_terms(it.terms) | {
        "code": it.code,
        "name": it.name,
        "decision": it.decision,
        "legal_basis": it.legal_basis,
        "valid_from": text.day(it.valid_from),
        "last_day": _typed_day(last_day(it.valid_to)),
        "note": it.note,
    }


def extension_of(version: EditedVersion) -> dict[str, Any]:
    """Return the form of a version that goes on where another ends: same terms, another decision."""
    it = version.programme
    begins = _typed_day(it.valid_to)
    return values_of(version) | {"decision": "", "note": "", "valid_from": begins, "last_day": ""}


def last_day(valid_to: date | None) -> date | None:
    """Return the last day on which a plan may be signed: a validity ends before ``valid_to``."""
    return valid_to - timedelta(days=1) if valid_to is not None else None


def read(values: Values, *, today: date) -> TypedProgramme:
    """Understand what was typed; a first look finds what cannot be read, a second what cannot be."""
    reader = _Reader(values, today)
    terms = _terms(reader)
    fields = _fields(reader)
    if reader.faults or fields is None:  # without a first day there are none, and a fault says so
        return TypedProgramme(MappingProxyType(reader.faults))
    try:
        check(terms)
    except TermsFaulty as faulty:
        return TypedProgramme(
            MappingProxyType({FIELD_OF_TERM.get(faulty.field, faulty.field): FieldFault.CANNOT_BE})
        )
    return TypedProgramme(MappingProxyType({}), terms, fields)


def merged(
    *, seen: Values, mine: Values, theirs: Values
) -> tuple[dict[str, Any], tuple[tuple[str, Any, Any], ...]]:
    """Lay what I typed over what somebody else wrote since both began from ``seen``.

    What I did not touch is theirs, what I did is mine.  Returned beside it is each
    field they changed, with what was there before and what they made of it.
    """
    made = {name: theirs[name] if mine[name] == seen[name] else mine[name] for name in mine}
    changed = tuple((name, seen[name], theirs[name]) for name in mine if theirs[name] != seen[name])
    return made, changed


class _Reader:
    """Reads texts, and notes which of them cannot be."""

    def __init__(self, values: Values, today: date) -> None:
        self._values = values
        self._today = today
        self.faults: dict[str, FieldFault] = {}

    def typed(self, name: str) -> str:
        return str(self._values[name]).strip()

    def flag(self, name: str) -> bool:
        return bool(self._values[name])

    def value(self, name: str) -> Any:
        return self._values[name]

    def day(self, name: str) -> date | None:
        try:
            return read_day(self.typed(name), today=self._today)
        except NotADay:
            self.faults[name] = FieldFault.NO_DAY
            return None

    def count(self, name: str) -> int:
        return self._tried(name, _whole, FieldFault.NO_NUMBER, 0)

    def amount(self, name: str) -> Decimal | None:
        return self._tried(name, parse_rsd, FieldFault.NO_AMOUNT, None) if self.typed(name) else None

    def percent(self, name: str) -> Decimal:
        return self._tried(name, read_percent, FieldFault.NO_PERCENT, Decimal(0))

    def _tried(self, name: str, understand: Callable[[str], Any], fault: FieldFault, otherwise: T) -> T:
        try:
            return understand(self.typed(name) or "0")  # type: ignore[no-any-return]
        except (NotMoney, ValueError, InvalidOperation):
            self.faults[name] = fault
            return otherwise

    def ladder(self) -> tuple[LadderStep, ...]:
        steps: list[LadderStep] = []
        for key, cells in self._rows("ladder"):
            try:
                count = _whole(key)
                steps += [LadderStep(payer, count, read_percent(cell)) for payer, cell in cells]
            except (ValueError, InvalidOperation):
                self.faults["ladder"] = FieldFault.NO_PERCENT
        return tuple(sorted(steps, key=lambda step: (PAYERS.index(step.payer), step.instalments)))

    def sizes(self) -> tuple[SizeRule, ...]:
        rules: list[SizeRule] = []
        for key, cells in self._rows("sizes"):
            try:
                up_to = parse_rsd(key) if key else None
                rules += [SizeRule(payer, up_to, _whole(cell)) for payer, cell in cells]
            except (NotMoney, ValueError):
                self.faults["sizes"] = FieldFault.NO_AMOUNT
        order = [(PAYERS.index(rule.payer), rule.up_to is None, rule.up_to or Decimal(0)) for rule in rules]
        return tuple(rule for _, rule in sorted(zip(order, rules, strict=True), key=lambda pair: pair[0]))

    def _rows(self, name: str) -> list[tuple[str, list[tuple[Payer, str]]]]:
        rows = []
        for key, *cells in self._values[name]:
            filled = [
                (payer, cell.strip()) for payer, cell in zip(PAYERS, cells, strict=True) if cell.strip()
            ]
            if filled or key.strip():
                rows.append((key.strip(), filled))
        return rows


def _terms(reader: _Reader) -> Terms:
    return Terms(
        reader.ladder(),
        DebtRule(
            reader.day("due_until"),
            reader.flag("takes_unsued"),
            reader.flag("takes_sued"),
            reader.flag("up_to_last_sued"),
            reader.count("least_unsued_bills"),
        ),
        reader.sizes(),
        InterestRelief(reader.value("interest")),
        reader.amount("least_instalment") or Decimal(0),
        reader.percent("down_payment_percent"),
        FirstDue(reader.value("first_due")),
        reader.count("first_due_days"),
        reader.flag("is_certified"),
        reader.flag("takes_other_counts"),
        BreachRule(
            reader.count("missed_instalments"), reader.count("unpaid_bills"), reader.count("days_of_grace")
        ),
        reader.flag("may_replan"),
        MappingProxyType(_limits(reader)),
        frozenset(reader.value("unconfirmed")),
    )


def _limits(reader: _Reader) -> dict[str, Decimal]:
    found = {role.value: reader.amount(f"most_{role.value}") for role in SIGNING_ROLES}
    return {role: most for role, most in found.items() if most is not None}


def _fields(reader: _Reader) -> DraftFields | None:
    begins, ends = reader.day("valid_from"), reader.day("last_day")
    for name in ("code", "name"):
        if not reader.typed(name):
            reader.faults[name] = FieldFault.NEEDED
    if begins is None:
        reader.faults.setdefault("valid_from", FieldFault.NEEDED)
        return None
    if ends is not None and ends < begins:
        reader.faults["last_day"] = FieldFault.ENDS_BEFORE
    return DraftFields(
        begins,
        ends + timedelta(days=1) if ends is not None else None,
        reader.typed("decision"),
        reader.typed("legal_basis"),
        reader.typed("note"),
    )


def _of_terms(terms: Terms) -> dict[str, Any]:
    steps = {(step.instalments, step.payer): text.quantity(step.discount_percent) for step in terms.steps}
    sizes = {(rule.up_to, rule.payer): str(rule.most_instalments) for rule in terms.size_rules}
    counts = sorted({count for count, _ in steps})
    bounds = sorted({bound for bound, _ in sizes}, key=lambda bound: (bound is None, bound or Decimal(0)))
    return {
        "ladder": _grid(counts, steps, str),
        "sizes": _grid(bounds, sizes, _typed_amount),
        "due_until": _typed_day(terms.debts.due_until),
        "takes_unsued": terms.debts.takes_unsued,
        "takes_sued": terms.debts.takes_sued,
        "up_to_last_sued": terms.debts.up_to_last_sued,
        "least_unsued_bills": str(terms.debts.least_unsued_bills),
        "interest": terms.interest.value,
        "least_instalment": text.money(terms.least_instalment),
        "down_payment_percent": text.quantity(terms.down_payment_percent),
        "first_due": terms.first_due.value,
        "first_due_days": str(terms.first_due_days),
        "takes_other_counts": terms.takes_other_counts,
        "is_certified": terms.is_certified,
        "missed_instalments": str(terms.breach.missed_instalments),
        "unpaid_bills": str(terms.breach.unpaid_bills),
        "days_of_grace": str(terms.breach.days_of_grace),
        "may_replan": terms.may_replan,
        "unconfirmed": sorted(terms.unconfirmed),
        **{f"most_{role.value}": _typed_amount(terms.most_payable.get(role.value)) for role in SIGNING_ROLES},
    }


def _grid(
    keys: Sequence[T], cells: Mapping[tuple[T, Payer], str], word: Callable[[T], str]
) -> list[list[str]]:
    return [[word(key), *(cells.get((key, payer), "") for payer in PAYERS)] for key in keys]


def read_percent(typed: str) -> Decimal:
    """Read ``5``, ``12,5`` or ``12.5 %``.  Raises: ValueError, InvalidOperation."""
    value = Decimal(typed.replace("%", "").replace(",", ".").strip())
    if not value.is_finite():
        raise ValueError(typed)
    return value


def _whole(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit():
        raise ValueError(typed)
    return int(typed)


def _typed_day(value: date | None) -> str:
    return text.day(value) if value is not None else ""


def _typed_amount(value: Decimal | None) -> str:
    return text.money(value) if value is not None else ""


def read_counts(typed: str) -> tuple[int, ...] | None:
    """Return numbers of instalments written as ``6, 9``; None when something else stands there."""
    parts = typed.replace(",", " ").replace(";", " ").split()
    if not all(part.isascii() and part.isdigit() and 0 < int(part) < 100 for part in parts):
        return None
    return tuple(dict.fromkeys(int(part) for part in parts))
