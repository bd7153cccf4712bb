"""The measures a search is made to, and the questions it puts to the database.

What a question reads and how much of it is answered is the database's own
(``db/sql/32_finding.sql``): nobody at a desk reads the table of names.  Each gate
between the parts of its statements is an uncorrelated sub-select, so that PostgreSQL
does not even start what stands behind it.
"""

from typing import Any

from sqlalchemy import ARRAY, BindParameter, Integer, Text, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

COUNTED = 1001
"""Matches are counted so far and not further."""

DEAR_COUNTED = 201
"""And only so far where many rows have to be looked at for one match."""

PAGE = 50
LONGEST_PAGE = 200
"""The database answers with no more rows than this, whatever is asked for."""

FEW = 5
"""Where fewer were found, words that look alike are tried."""

EXACT, NAME, ADDRESS, WORDS, FORMER, INSIDE, SIMILAR = range(7)
"""Ranks as the statements give them, best first."""

DEARER = 8
"""Checking a row costs as much as gathering so many from an index by pieces of words."""

SELECTIVE = 10_000
"""Where words listed by name occur this rarely, what is inside of others is checked row by row."""

CHEAP = 2_000
"""Above so many rows nothing is looked up only to count it, where the page is full already."""

SAMPLED = 12_000
"""Where every word occurs more often than this, a seventh of the accounts is asked first."""

SHARE_OF_A_LETTER = 0.3
"""About so many accounts have a word that begins with a certain letter."""

LONGEST_TERM = 4
"""Beginnings of up to so many letters are terms of their own in ``search_terms``."""

LOOKED_AT = 100
"""To look at so many rows takes less than to look up one more common word."""

PASSED_OVER = 120
"""So many postings of a common word are passed over in the time it takes to look at one row."""

ONE_NAME = 1.35
"""Words that differ no more than this in how often they occur may always stand together."""

SHORTEST_INSIDE = 4

EVERYWHERE = 0.025
"""What stands inside of words of so many accounts is met on pages of the table taken at random."""

PLENTIFUL = 0.05
"""What so great a part of the accounts is likely to have is met on pages of the table taken at random."""

LISTED = 16
CORRECTIONS = 6
"""So many ways to mend what was typed are tried, and half of them beside accounts that have every word."""

SEVENTH, PAGES = "seventh", "pages"
"""Of which accounts some are asked first: every seventh, or those on pages of the table taken at random."""


def _texts(*names: str) -> list[BindParameter[Any]]:
    return [bindparam(name, type_=ARRAY(Text)) for name in names]


BEGINNING = text(
    "SELECT * FROM find_beginning(:typed, :tokens, :spelled, :limit)",
).bindparams(*_texts("tokens", "spelled"))

BY_WORDS = text(
    "SELECT * FROM find_by_words(:asked, :tokens, :unfinished, :spelled, :limit)",
).bindparams(bindparam("asked", type_=JSONB), *_texts("tokens", "unfinished", "spelled"))

COUNT = text("SELECT * FROM count_by_words(:asked)").bindparams(bindparam("asked", type_=JSONB))

INSTEAD = text(
    "SELECT * FROM find_instead(:inside, :attempts, :found, :few, :limit)",
).bindparams(
    bindparam("inside", type_=JSONB),
    bindparam("attempts", type_=JSONB),
    bindparam("found", type_=ARRAY(Integer)),
)
