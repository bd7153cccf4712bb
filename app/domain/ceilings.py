"""Ceilings: how much one person may do in an hour and in a day, and how much at once.

Each is a setting of the same name, a number or one for each role.  What is counted
are the records that stay behind; the database counts and refuses
(``db/sql/17_ceilings.sql``; of searches ``32_finding.sql``), and a supervisor raises a ceiling for a task.
"""

from enum import StrEnum


class Span(StrEnum):
    """The time a ceiling is about: this very moment, sixty minutes back from now, or since midnight."""

    AT_ONCE = "at_once"
    AN_HOUR = "an_hour"
    A_DAY = "a_day"


class Doing(StrEnum):
    """What is counted of a person."""

    VISITS = "visits"
    REVEALS = "reveals"
    LOOK_UPS = "look_ups"
    COPIES = "copies"
    EXPORTS = "exports"
    SHOWN = "shown"
    """Accounts that searches showed, and the searches themselves; counted past every rollback."""
    EXACT_LOOK_UPS = "exact_look_ups"
    """Whose a telephone, an e-mail address, a number of a company or a case is; counted likewise."""
    MISSES = "misses"
    """Data said wrong when a caller is verified: they leave no record that a rollback would not take."""


class Ceiling(StrEnum):
    """The ceilings, by the names of their settings."""

    VISITS_AT_ONCE = "visits_at_once"
    VISITS_AN_HOUR = "visits_an_hour"
    VISITS_A_DAY = "visits_a_day"
    REVEALS_AN_HOUR = "reveals_an_hour"
    REVEALS_A_DAY = "reveals_a_day"
    LOOK_UPS_AN_HOUR = "look_ups_an_hour"
    LOOK_UPS_A_DAY = "look_ups_a_day"
    COPIES_AN_HOUR = "copies_an_hour"
    COPIES_A_DAY = "copies_a_day"
    EXPORTS_A_DAY = "exports_a_day"
    SHOWN_AN_HOUR = "shown_an_hour"
    SHOWN_A_DAY = "shown_a_day"
    EXACT_LOOK_UPS_AN_HOUR = "exact_look_ups_an_hour"
    EXACT_LOOK_UPS_A_DAY = "exact_look_ups_a_day"
    MISSES_A_DAY = "misses_a_day"

    @property
    def span(self) -> Span:
        """The time it is about."""
        return next(span for span in Span if self.endswith(f"_{span.value}"))

    @property
    def doing(self) -> Doing:
        """What it counts."""
        return Doing(self.value.removesuffix(f"_{self.span.value}"))


RAISABLE = tuple(ceiling for ceiling in Ceiling if ceiling is not Ceiling.MISSES_A_DAY)
"""Those a supervisor raises for a task; guessing is nobody's task."""
