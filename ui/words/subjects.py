"""Where the words of a type are kept: in the module of its noun, which is imported once somebody asks.

The first window says nothing about plans, so it must not wait for them, nor for
the database that their use cases bring along.  Whoever holds a state or an error
has its own module imported already, so that finding its words costs little.
"""

import importlib
from types import ModuleType

SUBJECTS = (
    "accounts",
    "bills",
    "ceilings",
    "changes",
    "contacts",
    "delivery",
    "enforcement",
    "failures",
    "faulty",
    "holders",
    "notes",
    "notices",
    "papers",
    "payments",
    "plans",
    "premises",
    "refusals",
    "reissues",
    "scanning",
    "settings",
    "servers",
    "staff",
    "subsidies",
    "timeline",
    "values",
    "visits",
)
"""The modules of words in this package."""

_KEPT_WITH = {
    "account_number": "accounts",
    "bank_account": "payments",
    "connecting": "servers",
    "embedded": "servers",
    "errors": "failures",
    "interest": "bills",
    "ips_qr": "scanning",
    "limitation": "enforcement",
    "money": "values",
    "payment_reference": "payments",
    "period": "values",
    "personal_numbers": "holders",
    "profiles": "servers",
    "scan": "scanning",
}
"""Nouns too small for a module of their own."""


def subject_of(kind: type) -> ModuleType | None:
    """Return the module with the words of a type; None for a type that is none of ours."""
    layers = kind.__module__.split(".")
    place = {"app": 2, "db": 1}.get(layers[0], len(layers))
    noun = layers[place] if place < len(layers) else ""
    subject = _KEPT_WITH.get(noun, noun)
    return importlib.import_module(f"ui.words.{subject}") if subject in SUBJECTS else None
