"""Reissues: why a copy (duplikat) of a bill was made and how it left the desk."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a copy was asked for."""

    NOT_RECEIVED = "not_received"
    LOST = "lost"
    FOR_COURT = "for_court"
    FOR_SUBSIDY = "for_subsidy"
    OTHER = "other"


NEEDS_NOTE = frozenset({Reason.OTHER})
"""Reasons that say nothing by themselves."""


class Medium(StrEnum):
    """How the copy was handed over."""

    PRINTED = "printed"
    SAVED = "saved"
    COPIED = "copied"
    EMAILED = "emailed"
