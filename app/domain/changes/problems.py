"""What can be wrong with a form, as facts: which field, which rule, and what there is to say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as kept_in
from enum import StrEnum


class Rule(StrEnum):
    """What can be wrong with a field, or with the whole form."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    """Not of the field's type: no date, no number, no e-mail address."""
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    IMPOSSIBLE_DATE = "impossible_date"
    """A JMBG whose first seven digits are no date."""
    NOT_BORN_YET = "not_born_yet"
    UNUSUAL = "unusual"
    """Worth a second look, but accepted: a company number against the customary check digit."""
    TOO_LONG = "too_long"
    TOO_SMALL = "too_small"
    TOO_BIG = "too_big"
    NOT_OFFERED = "not_offered"
    IN_THE_FUTURE = "in_the_future"
    ALREADY_PAST = "already_past"
    BEFORE_IT_HAPPENED = "before_it_happened"
    LARGER_THAN_AREA = "larger_than_area"
    NO_WAY_OF_DELIVERY = "no_way_of_delivery"
    NOTHING_CHANGED = "nothing_changed"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with ``field`` (empty: with the whole form), with the facts to say so.

    Facts: ``most`` or ``least`` of bounds, ``day`` of a date, ``area`` of the premises.
    """

    field: str
    rule: Rule
    facts: Mapping[str, str] = kept_in(default_factory=dict)

    @property
    def is_warning(self) -> bool:
        """True for what only deserves a second look."""
        return self.rule is Rule.UNUSUAL
