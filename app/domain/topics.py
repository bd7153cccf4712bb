"""Topics: what an action may have changed of what screens show.

An action does not say so itself; the tables it wrote do (``db.written``).  A screen
names the topics it shows and loads again when one of them was written.
"""

from enum import StrEnum


class Topic(StrEnum):
    """One kind of thing that screens show, by its plural."""

    ACCOUNTS = "accounts"
    ALERTS = "alerts"
    BILLS = "bills"
    CHANGES = "changes"
    CONTACTS = "contacts"
    DELIVERY = "delivery"
    ENFORCEMENT = "enforcement"
    HOLDERS = "holders"
    NOTES = "notes"
    NOTICES = "notices"
    PAYMENTS = "payments"
    PLANS = "plans"
    PLAN_PAPERS = "plan_papers"
    PREMISES = "premises"
    PROGRAMMES = "programmes"
    REISSUES = "reissues"
    SETTINGS = "settings"
    SUBSIDIES = "subsidies"


DEBT = frozenset({Topic.BILLS, Topic.PAYMENTS, Topic.PLANS, Topic.NOTICES, Topic.ENFORCEMENT})
"""What an account owes, and under which plan, notice or case: one of these moves the others."""
DATA = frozenset(
    {Topic.ACCOUNTS, Topic.HOLDERS, Topic.PREMISES, Topic.CONTACTS, Topic.SUBSIDIES, Topic.DELIVERY}
)
"""Who is billed, for which premises and at what discount, and how they are reached."""
EVERYTHING = frozenset(Topic)
