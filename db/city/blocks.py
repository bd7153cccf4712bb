"""The city in blocks of accounts: each can be made by any worker and comes out the same.

Chance is drawn for every account from the seed and its ident alone, so neither
the number of workers nor their order changes a single row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from db.city import cases
from db.city.changes import write_requests
from db.city.desk import write_desk_work
from db.city.households import Wishes, settle
from db.city.ledger import LineTexts
from db.city.life import Fate, Workshop, live
from db.city.places import Builder, Building, Premises
from db.city.rows import Rows
from db.city.tariffs import CodeLists, Timeline

ACCOUNTS_OF_A_BLOCK = 400
FIRST_IDENT, LAST_IDENT = 1_000_001, 9_999_999


@dataclass(frozen=True, slots=True)
class Block:
    """Some accounts in order, with their premises, and the buildings put up for them."""

    number: int
    accounts: tuple[tuple[int, Premises], ...]
    buildings: tuple[Building, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a block."""

    accounts: int
    bills: int
    lines: int


def plan(*, accounts: int, seed: int, hand_made: tuple[cases.Case, ...]) -> Iterator[Block]:
    """Put up the city, block by block, in the order of idents; hand-made accounts come first."""
    builder = Builder(Random(f"{seed}/buildings"), first_id=cases.FIRST_FREE_BUILDING)
    for case in hand_made:
        builder.reserve(case.premises.building)
    yield Block(
        0,
        tuple((case.ident, case.premises) for case in hand_made),
        tuple(case.premises.building for case in hand_made),
    )
    idents = _idents(accounts - len(hand_made), seed=seed, taken={case.ident for case in hand_made})
    left = accounts - len(hand_made)
    number, waiting, buildings = 1, [], []
    while left:
        for premises in builder.premises(at_most=left):
            waiting.append((next(idents), premises))
            left -= 1
        buildings.append(builder.latest)
        if len(waiting) >= ACCOUNTS_OF_A_BLOCK or not left:
            yield Block(number, tuple(waiting), tuple(buildings))
            number, waiting, buildings = number + 1, [], []


def _idents(count: int, *, seed: int, taken: set[int]) -> Iterator[int]:
    dice = Random(f"{seed}/idents")
    stride = (LAST_IDENT - FIRST_IDENT) // max(count, 1)
    for step in range(count):
        first, drawn = FIRST_IDENT + step * stride, dice.randrange(stride - 1)
        free = (first + (drawn + shift) % stride for shift in range(stride))
        yield next(ident for ident in free if ident not in taken)


class Maker:
    """Makes the rows of blocks; one for each worker."""

    def __init__(
        self, lists: CodeLists, timeline: Timeline, *, seed: int, hand_made: tuple[cases.Case, ...]
    ) -> None:
        self._seed = seed
        self._workshop = Workshop(timeline, LineTexts({one.code: one.id for one in lists.services}))
        self._hand_made = {case.ident: case for case in hand_made}

    def make(self, block: Block) -> tuple[Rows, Made]:
        """Let the accounts of a block live, and return all their rows."""
        rows = Rows()
        for building in block.buildings:
            rows.add(
                "building",
                building.id,
                building.street.id,
                building.house_number,
                building.has_district_heating,
                building.has_assembly,
                building.has_elevator,
            )
        for ident, premises in block.accounts:
            self._account(ident, premises, rows)
        return rows, Made(len(block.accounts), rows.count("bill"), rows.count("bill_line"))

    def _account(self, ident: int, premises: Premises, rows: Rows) -> None:
        dice = Random(f"{self._seed}/{ident}")
        case = self._hand_made.get(ident)
        wishes, fate = (case.wishes, case.fate) if case else (Wishes(), Fate())
        household = settle(
            ident, premises, dice=dice, timeline=self._workshop.timeline, rows=rows, wishes=wishes
        )
        life = live(household, dice=dice, rows=rows, workshop=self._workshop, fate=fate)
        write_desk_work(life, dice=dice, is_busy=ident == cases.EVERYTHING)
        write_requests(life, dice=dice)
