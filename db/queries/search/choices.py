"""Which words a typed one may stand for, and how rows are asked for them.

A few figures decide: how often a word occurs, and how many there are that begin
like it, which the vocabulary (``search_word``) knows before any row is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

from db.queries.search.statements import (
    DEARER,
    EVERYWHERE,
    LISTED,
    LONGEST_TERM,
    LOOKED_AT,
    ONE_NAME,
    PASSED_OVER,
    PLENTIFUL,
    SAMPLED,
    SELECTIVE,
    SHARE_OF_A_LETTER,
    SHORTEST_INSIDE,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A typed word and the words it may stand for; more than are listed where ``is_open``."""

    token: str
    frequency: int
    words: tuple[str, ...]
    is_inside: bool = False

    @property
    def is_open(self) -> bool:
        return len(self.words) > LISTED

    @property
    def is_gathered(self) -> bool:
        """Tell whether an index puts it together from pieces, instead of having it ready."""
        return self.is_open and (self.is_inside or len(self.token) > LONGEST_TERM)

    @property
    def is_itself(self) -> bool:
        """Tell whether it stands for no other word than the one typed."""
        return self.words == (self.token,)

    def frequency_of(self, size: float) -> float:
        """Return about how many of ``size`` accounts have it; of a single letter nothing is known."""
        return self.frequency if self.frequency >= 0 else SHARE_OF_A_LETTER * size

    @property
    def pattern(self) -> str:
        """Return what ``' ' || words || ' '`` is LIKE."""
        if self.is_inside:
            return f"%{self.token}%"
        return f"% {self.token} %" if self.is_itself else f"% {self.token}%"

    @property
    def terms(self) -> str:
        """Return it as a piece of a ``tsquery`` on ``search_terms``."""
        if not self.is_inside and len(self.words) != 1 and len(self.token) <= LONGEST_TERM:
            return f"'{self.token}*'"
        if self.is_open:
            return f"'{self.token}':*"
        return "(" + " | ".join(f"'{word}'" for word in self.words) + ")"


@dataclass(frozen=True, slots=True)
class Alike:
    """A word that occurs, and that the one typed at ``place`` may have been meant to be."""

    place: int
    word: str
    distance: int
    frequency: int


Condition = tuple[str, str]
"""What ``search_condition`` in the database takes: of which kind, and with which pattern or query."""

WORD, INSIDE_WORD, TERMS, NEVER = "word", "inside", "terms", "never"


@dataclass(slots=True)
class Where:
    """Conditions on an account, all of which are to be met."""

    conditions: list[Condition]
    is_checked: bool = False


def rarest_of(choices: Iterable[Choice]) -> int:
    return min((choice.frequency for choice in choices if choice.words), default=0)


def _is_dear(choice: Choice, *, rarest: int, listed: int) -> bool:
    if choice.is_inside and 0 < listed <= SELECTIVE:  # trigrams gather more than they find
        return choice.is_open
    return choice.is_gathered and choice.frequency > DEARER * rarest


def where_all(choices: Iterable[Choice], *, size: float) -> Where:
    """Say of an account that every choice is met.

    The rare ones are looked up.  What is common or dear is checked row by row
    where few rows are left: its postings are many pages, and the rows one each.
    """
    choices = list(choices)
    terms: list[str] = []
    where = Where([])
    rarest, listed = rarest_of(choices), rarest_of(choice for choice in choices if not choice.is_gathered)
    left, before = size, 0.0
    for choice in sorted(choices, key=lambda one: one.frequency_of(size)):
        frequency = choice.frequency_of(size)
        is_dear = _is_dear(choice, rarest=rarest, listed=listed)
        is_looked_at = frequency > DEARER * rarest > 0 and (
            left <= LOOKED_AT or frequency > PASSED_OVER * left
        )
        if choice.frequency == 0:
            where.conditions.append((NEVER, ""))
        elif is_dear or is_looked_at:
            where.is_checked |= is_dear
            where.conditions.append((WORD, choice.pattern))
        elif choice.is_inside and choice.is_open:
            where.conditions.append((INSIDE_WORD, choice.pattern))
        else:
            terms.append(choice.terms)
        if frequency > ONE_NAME * before:  # else they may stand together: Stari and Grad leave no fewer
            left *= min(1.0, frequency / max(size, 1.0))
        before = frequency
    if terms:
        where.conditions.append((TERMS, " & ".join(terms)))
    return where


def where_checked(choices: Iterable[Choice]) -> Where:
    """Say of an account that every choice is met, in a way that no index is asked for."""
    return Where([(WORD, choice.pattern) for choice in choices])


def is_plentiful(choices: Sequence[Choice], *, size: float) -> bool:
    """Tell whether so many of ``size`` accounts are likely to meet every choice that any pages have some."""
    shares = [choice.frequency_of(size) / max(size, 1.0) for choice in choices]
    return bool(shares) and prod(shares) >= PLENTIFUL


def is_common(choices: Sequence[Choice], *, size: float) -> bool:
    """Tell whether all that is looked up are terms that many of ``size`` accounts have."""
    return bool(choices) and all(
        choice.frequency_of(size) > SAMPLED and not (choice.is_inside and choice.is_open)
        for choice in choices
    )


def is_everywhere(choices: Sequence[Choice], *, size: float) -> bool:
    """Tell whether only pieces of words can be looked up, and those of a great part of the accounts."""
    return (
        size > 0
        and bool(choices)
        and all(
            choice.is_inside and choice.is_open and choice.frequency > EVERYWHERE * size for choice in choices
        )
    )


def inside_of(choices: Sequence[Choice], around: Sequence[Choice]) -> list[Choice]:
    """Return what to look for inside of words; nothing where that is no more than at their beginnings."""
    by_token = {choice.token: choice for choice in around if len(choice.token) >= SHORTEST_INSIDE}
    wider = [by_token.get(choice.token, choice) for choice in choices]
    if any(choice.frequency == 0 for choice in wider):
        return []
    is_wider = any(
        new.frequency > old.frequency for new, old in zip(wider, choices, strict=True) if new.is_inside
    )
    return wider if is_wider else []


def corrections(choices: Sequence[Choice], alike: Sequence[Alike]) -> Iterable[list[Choice]]:
    """Yield choices in which one or two words are what they were meant to be, nearest first."""
    options: dict[int, list[Alike]] = {}
    for near in alike:
        if not near.word.startswith(choices[near.place].token):  # is looked for already
            options.setdefault(near.place, []).append(near)
    unknown = {place for place, choice in enumerate(choices) if choice.frequency == 0}
    attempts = [
        (
            sum(near.distance for _, near in chosen) + 2 * how_many,
            sum(order for order, _ in chosen),
            places,
            chosen,
        )
        for how_many in (1, 2)
        for places in combinations(sorted(options), how_many)
        if unknown <= set(places)
        for chosen in product(*(list(enumerate(options[place])) for place in places))
    ]
    for _, _, places, chosen in sorted(attempts, key=lambda attempt: attempt[:2]):
        attempt = list(choices)
        for place, (_, near) in zip(places, chosen, strict=True):
            attempt[place] = Choice(near.word, near.frequency, (near.word,))
        yield attempt
