"""Places in the program: what a screen names when it sends the clerk somewhere else.

Screens do not import each other.  One says ``desk.go(Place.account(1234567,
section="bills"))`` and the navigation knows who that is.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from app.domain.payment_reference import Reference, ReferenceKind
from app.domain.period import Period


class Page(StrEnum):
    """The pages the window can show."""

    HOME = "home"
    WORK = "work"
    ACCOUNT = "account"
    PLANS = "plans"
    PROGRAMMES = "programmes"
    OVERSIGHT = "oversight"


class AccountSection(StrEnum):
    """The sections of an account, in the order of Alt+1 to Alt+8; the portal's five come first."""

    BILLS = "bills"
    ENFORCEMENT = "enforcement"
    PLANS = "plans"
    NOTICES = "notices"
    PAYMENTS = "payments"
    DATA = "data"
    CHANGES = "changes"
    TIMELINE = "timeline"


_NAMED_IN = {
    ReferenceKind.BILL: AccountSection.BILLS,
    ReferenceKind.NOTICE: AccountSection.NOTICES,
    ReferenceKind.ENFORCEMENT: AccountSection.ENFORCEMENT,
    ReferenceKind.PLAN: AccountSection.PLANS,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and within an account a section and perhaps the very month or request of it.

    ``doing`` names a command to run on arrival, such as ``account.verify``.
    """

    page: Page
    ident: int = 0
    section: AccountSection | None = None
    period: Period | None = None
    doing: str = ""
    request_id: int = 0
    """A request among the changes; with ``doing="account.change"`` its form is opened."""
    plan_id: int = 0
    """A plan among the plans."""
    alert: tuple[object, ...] = ()
    """An alert of the page of oversight: whose, which ceiling, and when the hour or day began."""
    reference: Reference | None = None
    """What a payment reference names in the section; of a bill it is ``period``."""

    @classmethod
    def home(cls) -> Self:
        return cls(Page.HOME)

    @classmethod
    def work(cls) -> Self:
        return cls(Page.WORK)

    @classmethod
    def plans(cls) -> Self:
        return cls(Page.PLANS)

    @classmethod
    def programmes(cls) -> Self:
        return cls(Page.PROGRAMMES)

    @classmethod
    def oversight(cls, *alert: object) -> Self:
        return cls(Page.OVERSIGHT, alert=alert)

    @classmethod
    def account(
        cls,
        ident: int,
        *,
        section: AccountSection | None = None,
        period: Period | None = None,
        doing: str = "",
        request_id: int = 0,
        plan_id: int = 0,
    ) -> Self:
        return cls(Page.ACCOUNT, ident, section, period, doing, request_id, plan_id)

    @classmethod
    def named(cls, reference: Reference) -> Self:
        """Where a payment reference leads: to its month, its plan, its case or its notice."""
        section = _NAMED_IN[reference.kind]
        if reference.kind is ReferenceKind.BILL:
            return cls.account(reference.ident, section=section, period=reference.period)
        return cls(Page.ACCOUNT, reference.ident, section, reference=reference)
