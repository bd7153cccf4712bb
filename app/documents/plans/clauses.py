"""The texts of a contract, as data: a company's lawyers may replace any of them.

A clause has places in braces that are filled with facts of the plan.  One whose rule
no published source gives is not confirmed, and the contract says so beside it, lest
it be signed unnoticed.  The wording of all of them is ours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PLACE = re.compile(r"\{(\w+)\}")


class UnknownPlace(ValueError):
    """A clause asks for a fact no contract has."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A text in Latin, and whether the company confirmed the rule it states."""

    text: str
    is_confirmed: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """The facts it asks for."""
        return tuple(_PLACE.findall(self.text))

    def filled(self, facts: Mapping[str, str]) -> str:
        """The text with its places filled.

        Raises: UnknownPlace.
        """

        def fact(match: re.Match[str]) -> str:
            try:
                return facts[match[1]]
            except KeyError:
                raise UnknownPlace(match[1]) from None

        return _PLACE.sub(fact, self.text)


@dataclass(frozen=True, slots=True)
class ContractClauses:
    """Every text of a contract, in the order in which they may stand; not every contract has all."""

    ground: Clause
    acknowledgement: Clause
    costs_by_case: Clause
    debt: Clause
    limitation: Clause
    principal_write_off: Clause
    interest_write_off: Clause
    write_off_condition: Clause
    nothing_written_off: Clause
    repayment_at_once: Clause
    repayment: Clause
    paying: Clause
    booking: Clause
    current_bills: Clause
    interest_stops: Clause
    enforcement: Clause
    no_enforcement: Clause
    breach: Clause
    no_breach_rule: Clause
    consequences: Clause
    debt_falls_due: Clause
    write_off_lapses: Clause
    interest_on_paid_stays: Clause
    interest_on_paid_lapses: Clause
    interest_resumes: Clause
    payments_kept: Clause
    enforcement_resumes: Clause
    entry: Clause
    entry_on_certification: Clause
    court: Clause
    copies: Clause
