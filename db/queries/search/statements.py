"""The statements that look for words, and the measures they are made to.

Each gate between their parts is an uncorrelated sub-select, so that PostgreSQL does
not even start what stands behind it.
"""

COUNTED = 1001
"""Matches are counted so far and not further."""

DEAR_COUNTED = 201
"""And only so far where many rows have to be looked at for one match."""

PAGE = 50
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

CORRECTED = 100

LAST = "~"  # after every letter and digit in COLLATE "C"


OPENING = """
WITH by_name AS MATERIALIZED (
    -- the index has all that is asked for: no row is fetched that will not be shown
    SELECT ident, name_fold FROM account_search WHERE name_fold >= :low AND name_fold < :high
    ORDER BY name_fold, ident LIMIT {taken}
), by_address AS MATERIALIZED (
    SELECT ident, address_fold FROM account_search WHERE address_fold >= :low AND address_fold < :high
    ORDER BY address_fold, ident LIMIT :limit
), begun AS MATERIALIZED (
    SELECT greatest(
        (SELECT count(*) FROM (SELECT FROM account_search WHERE name_fold >= :low AND name_fold < :high
                               ORDER BY name_fold LIMIT {counted}) one),
        (SELECT count(*) FROM (SELECT FROM account_search WHERE address_fold >= :low AND address_fold < :high
                               ORDER BY address_fold LIMIT {counted}) one)) AS n,
        (SELECT reltuples FROM pg_class WHERE oid = 'account_search'::regclass) AS size
), known AS MATERIALIZED (
    SELECT * FROM words_beginning(:tokens)
), page AS (
    SELECT s.ident, name, address, is_closed,
           CASE WHEN f.name_fold || ' ' LIKE :start THEN {EXACT} ELSE {NAME} END AS rank,
           {spelled} AS misspelled, f.name_fold AS place
    FROM by_name f JOIN account_search s USING (ident)
    UNION ALL
    SELECT s.ident, name, address, is_closed,
           CASE WHEN f.address_fold || ' ' LIKE :start THEN {EXACT} ELSE {ADDRESS} END, false, f.address_fold
    FROM by_address f JOIN account_search s USING (ident)
)
SELECT page.*, begun.n AS begun, begun.size,
       (SELECT jsonb_agg(jsonb_build_array(token_no, frequency, words)) FROM known) AS known
FROM begun LEFT JOIN page ON true
ORDER BY rank, misspelled, place, ident
"""

SPELLED = "NOT lower(translate(name || ' ' || address, 'ČĆŽŠĐ', 'čćžšđ') COLLATE \"C\") LIKE ALL (:spelled)"

ACCOUNTS = "account_search"
A_SEVENTH = " AND ident % 7 = 0"
AT_RANDOM = "account_search TABLESAMPLE SYSTEM (3) REPEATABLE (1)"

CANDIDATE = """
    SELECT ident, name, address, is_closed, name_fold, address_fold, words
    FROM {{source}} WHERE {where}"""

DIRECT = """{name} AS MATERIALIZED ({select} LIMIT {counted}
)"""

SAMPLE_FIRST = """sampled AS MATERIALIZED ({sample} LIMIT {sampled}
), sample AS MATERIALIZED (
    SELECT count(*) AS n FROM sampled
), {name} AS MATERIALIZED (
    SELECT * FROM sampled WHERE (SELECT n FROM sample) >= {enough}
    UNION ALL ({select} AND (SELECT n FROM sample) < {enough} LIMIT {counted})
)"""

WAS_ENOUGH = "(SELECT n >= {enough} FROM sample)"

GATHER = """
WITH {candidates}, met AS MATERIALIZED (
    SELECT count(*) AS n FROM candidates
), page AS (
    -- what is longer than name and address has an earlier holder's name in it
    SELECT ident, name, address, is_closed,
           CASE WHEN octet_length(words) <= octet_length(name_fold) + octet_length(address_fold) + 1
                  OR ' ' || name_fold || ' ' || address_fold LIKE ALL (:begins) THEN {WORDS}
                ELSE {FORMER} END AS rank,
           {unfinished} AS unfinished, {spelled} AS misspelled, name_fold
    FROM candidates
    ORDER BY rank, misspelled, unfinished, name_fold, ident LIMIT :limit
), around AS MATERIALIZED (
    SELECT * FROM words_around(:tokens) WHERE (SELECT n FROM met) < {page}
), alike AS MATERIALIZED (
    SELECT * FROM similar_words(:tokens) WHERE (SELECT n FROM met) < {few}
)
SELECT page.*, met.n AS met, {is_sample} AS is_sample,
       (SELECT jsonb_agg(jsonb_build_array(token_no, frequency, words)) FROM around) AS around,
       (SELECT jsonb_agg(jsonb_build_array(
                   token_no - 1, word, distance,
                   (SELECT w.frequency FROM search_word w WHERE w.word = alike.word)))
        FROM alike) AS alike
FROM met LEFT JOIN page ON true
ORDER BY rank, misspelled, unfinished, name_fold, ident
"""

COUNT = """
WITH {candidates}
SELECT (SELECT count(*) FROM candidates) AS met, {is_sample} AS is_sample
"""

UNFINISHED = "NOT ' ' || words || ' ' LIKE ALL (:whole)"

INSTEAD = """
    SELECT ident, name, address, is_closed, name_fold, {rank} AS rank, {place} AS nearness
    FROM {{source}} WHERE {where} AND ident <> ALL (:found)"""

NOTHING = INSTEAD.format(rank=SIMILAR, place=0, where="false").format(source=ACCOUNTS)

CORRECTED_BY = """), {name} AS MATERIALIZED ({select} AND {gates} LIMIT {most}
"""

IF_FEW = "(SELECT count(*) FROM {name}) < {few}"

LAST_RESORT = """
WITH {inside}, tried AS ({nothing}
{attempts}), corrected AS ({corrected}
), instead AS (
    SELECT * FROM inside UNION ALL SELECT * FROM corrected
), nearest AS (
    SELECT DISTINCT ON (ident) * FROM instead ORDER BY ident, nearness
)
SELECT ident, name, address, is_closed, rank, count(*) OVER () AS total,
       (SELECT coalesce(max(met) >= :limit, false)
        FROM (SELECT count(*) AS met FROM corrected GROUP BY nearness) attempt) AS is_cut,
       {is_sample} AS is_sample
FROM nearest ORDER BY nearness, name_fold, ident LIMIT :limit
"""
