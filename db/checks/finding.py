"""What a check says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: which check, what, and where, with how many there are."""

    check: str
    problem: str
    count: int = 1
    examples: tuple[str, ...] = ()
