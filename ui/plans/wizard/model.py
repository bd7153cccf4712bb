"""A plan on its way: what was chosen so far, what it costs, and its registration.

The offer that is shown is the object that is registered; the database computes it
again and signs only what is the same to the para.
"""

import functools
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Refused
from app.domain.money import ZERO
from app.domain.period import Period
from app.domain.plans import MonthOfDebt, Offer, Payer, counts_to_tell
from app.usecases import plans
from app.usecases.plans import (
    Debt,
    DebtChange,
    DebtorFields,
    DebtSums,
    ProgrammeChoice,
    ProgrammeVersion,
    SigningGround,
    ground_of,
)
from db.errors import NotDone
from ui.desk.desk import Desk

Offered = tuple[int, Offer | Refused]
"""A number of instalments, and what it would cost or why it is not to be had."""


class PlanModel(QObject):
    """Holds the choices of the wizard and computes everything anew at each of them."""

    came = Signal()
    """The ground is here, for the first time or again."""
    not_came = Signal(object)
    chosen = Signal()
    """Something was chosen: months, sums and offers were computed anew."""
    registered = Signal(object)
    """Signed: the number, and where the plan stands."""
    refused = Signal(object)
    busy_changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.ident = 0
        self._again: tuple[functools.partial[Any], UUID] | None = None
        self._forget()

    def _forget(self) -> None:
        self.ground: SigningGround | None = None
        self.payer = Payer.ORDINARY
        self.programme: ProgrammeChoice | None = None
        self.left_out: frozenset[Period] = frozenset()
        """Months the clerk took out; all others that a programme takes are in."""
        self.own_counts: frozenset[int] = frozenset()
        self.count = 0
        self.offers: tuple[Offered, ...] = ()
        self.debtor = DebtorFields()
        self.changes: tuple[DebtChange, ...] = ()
        """What the debt changed by since it was last shown."""
        self.signed: dict[str, Any] | None = None
        self.is_asking = False
        self.is_busy = False
        self._wanted: tuple[int, int] | None = None

    # asking -----------------------------------------------------------------------------------------

    def begin(self, ident: int) -> None:
        """Begin a plan for an account with nothing chosen; ``ask`` comes next."""
        self._forget()
        self.ident = ident

    def ask(self) -> None:
        """Ask for debt and programmes as they are now; what was chosen stays as far as it can."""
        self.is_asking = True
        question = functools.partial(ground_of, ident=self.ident, payer=self.payer, today=self._desk.today)
        self._desk.jobs.ask(question, self._came, screen=self, lane="ground", failed=self._not_came)

    def _came(self, ground: SigningGround) -> None:
        before, self.ground = self.ground, ground
        self.is_asking = False
        self.changes = () if before is None else self.debt.changes_since(before.choices.debt)
        self.payer = ground.payer
        found = ground.choices.programmes
        wanted = next((one for one in found if _name(one) == self._wanted), None)
        self.programme = wanted if wanted is not None else next(iter(found), None)
        self._wanted = _name(self.programme) if self.programme is not None else None
        self._compute()
        self.came.emit()

    def _not_came(self, error: Exception) -> None:
        self.is_asking = False
        self.not_came.emit(error)

    # choosing ---------------------------------------------------------------------------------------

    def choose_payer(self, payer: Payer) -> None:
        """Be about a customer of this kind; the programmes are asked again."""
        if payer is not self.payer:
            self.payer, self._wanted = payer, None
            self.ask()

    def choose_programme(self, programme: ProgrammeChoice) -> None:
        """Take a programme, with the months it takes in."""
        self._wanted = _name(programme)
        if programme is not self.programme:
            self.programme = programme
            self._compute()

    def want(self, programme: tuple[int, int]) -> None:
        """Have a programme and version chosen once the ground comes."""
        self._wanted = programme

    def take(self, months: Iterable[Period], *, is_in: bool) -> None:
        """Take months into the plan or leave them out."""
        named = frozenset(months)
        self.left_out = self.left_out - named if is_in else self.left_out | named
        self._compute()

    def choose_count(self, count: int) -> None:
        """Choose among the offers."""
        if any(one == count and isinstance(found, Offer) for one, found in self.offers):
            self.count = count
            self.chosen.emit()

    def add_count(self, count: int) -> Refused | None:
        """Offer a number of instalments that was asked for, and choose it; return why it cannot be."""
        (found,) = self._offers_of([count])
        if isinstance(found, Refused):
            return found
        self.own_counts |= {count}
        self.count = count
        self._compute()
        return None

    # what follows -----------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return self.debt.as_of if self.ground is not None else self._desk.today

    @property
    def debt(self) -> Debt:
        """What is owed; there is none before the questions were answered."""
        if self.ground is None:
            raise LookupError("nothing was asked yet")
        return self.ground.choices.debt

    @property
    def chosen_version(self) -> ProgrammeVersion:
        """The version that is chosen; there is none before one was."""
        if self.programme is None:
            raise LookupError("no programme is chosen")
        return self.programme.programme

    @property
    def is_possible(self) -> bool:
        """Whether a plan may be signed under the chosen programme today."""
        if self.ground is None or self.programme is None:
            return False
        return self.ground.allows(self.programme)

    @property
    def coverable(self) -> frozenset[Period]:
        """The months the programme takes in."""
        return frozenset(self.programme.coverable if self.programme is not None else ())

    @property
    def periods(self) -> frozenset[Period]:
        """The months that are ticked."""
        return self.coverable - self.left_out

    @property
    def months(self) -> tuple[MonthOfDebt, ...]:
        """The same with what is owed of them."""
        return self.debt.of(self.periods) if self.ground is not None else ()

    @property
    def sums(self) -> DebtSums:
        """What the ticked months come to."""
        return self.debt.sums_of(self.periods) if self.ground is not None else DebtSums(ZERO, ZERO, ZERO)

    @property
    def offer(self) -> Offer | None:
        """The offer that is chosen."""
        found = next((found for count, found in self.offers if count == self.count), None)
        return found if isinstance(found, Offer) else None

    @property
    def is_over_limit(self) -> bool:
        """Whether the chosen offer is more than a person of this role may sign."""
        if self.programme is None or self.offer is None:
            return False
        return plans.is_over_limit(self.offer, terms=self.programme.programme.terms, me=self._desk.me)

    @property
    def signing_limit(self) -> Decimal | None:
        """How much the person at the desk may sign under the programme; None without a bound."""
        if self.programme is None:
            return None
        return plans.signing_limit(self.programme.programme.terms, me=self._desk.me)

    @property
    def may_sign(self) -> bool:
        """Whether the person at the desk signs plans at all; others may look at what they would cost."""
        return plans.may_sign(self._desk.me)

    def _compute(self) -> None:
        self.offers = ()
        if self.programme is not None and self.periods:
            terms = self.programme.programme.terms
            counts = counts_to_tell(terms, payer=self.payer, debt=self.sums.total)
            found = dict(zip(counts, self._offers_of(counts), strict=True))
            for own in sorted(self.own_counts.difference(counts)):
                (offered,) = self._offers_of([own])
                if isinstance(offered, Offer):
                    found[own] = offered
            self.offers = tuple(sorted(found.items()))
        if self.offer is None and self.offers:
            self.count = next((count for count, found in self.offers if isinstance(found, Offer)), 0)
        self.chosen.emit()

    def _offers_of(self, counts: Iterable[int]) -> tuple[Offer | Refused, ...]:
        return plans.offers_on(
            self.debt,
            terms=self.chosen_version.terms,
            payer=self.payer,
            months=self.periods,
            counts=sorted(counts),
        )

    # the contract -----------------------------------------------------------------------------------

    def contract_question(self) -> functools.partial[Any]:
        """Return the question for the contract as it will be, in the script that is added to it."""
        return functools.partial(plans.proposal_paper, today=self.today, **self._given())

    def register(self) -> None:
        """Sign what is shown, once however often it is sent."""
        if self.is_busy or self.offer is None or self.signed is not None:
            return
        action: functools.partial[Any] = functools.partial(plans.register, **self._given())
        same = self._again is not None and self._again[0].keywords == action.keywords
        key = self._again[1] if same and self._again is not None else None
        self._again = None
        self._set_busy(is_busy=True)
        self._sent = action
        self._desk.jobs.act(action, self._registered, screen=self, failed=self._not_registered, key=key)

    def _given(self) -> dict[str, Any]:
        version = self.chosen_version
        return {
            "ident": self.ident,
            "programme_id": version.programme_id,
            "version": version.version,
            "months": self.months,
            "offer": self.offer,
            "debtor": self.debtor,
        }

    def _registered(self, signed: dict[str, Any]) -> None:
        self.signed = signed
        self._set_busy(is_busy=False)
        self.registered.emit(signed)

    def _not_registered(self, error: Exception) -> None:
        if isinstance(error, NotDone):
            self._again = (self._sent, error.key)
        self._set_busy(is_busy=False)
        self.refused.emit(error)

    def _set_busy(self, *, is_busy: bool) -> None:
        self.is_busy = is_busy
        self.busy_changed.emit()


def _name(choice: ProgrammeChoice) -> tuple[int, int]:
    return choice.programme.programme_id, choice.programme.version
