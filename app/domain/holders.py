"""The holder (nosilac) of an account: a natural or a legal person."""

from enum import StrEnum


class HolderKind(StrEnum):
    """Who can be billed."""

    NATURAL = "natural"
    LEGAL = "legal"
