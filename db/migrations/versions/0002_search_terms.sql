-- Search looks up beginnings of words as well as words.
--
-- "jo no" had to gather the postings of 25 words and 12 others before it could cut them with
-- each other, a quarter of a million of them: 20 to 35 ms in a city of 600 000.  Now each
-- beginning of one to four letters is a term of its own, written jo*, and its postings lie ready.

-- Here and not in db/sql, because the indexes are made by it: another definition is a new migration.
-- The cost keeps the planner from computing terms row by row where it could look them up, and
-- RESTRICTED from starting workers: that alone takes longer than a search may.
CREATE FUNCTION search_terms(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL RESTRICTED COST 1000
RETURN array_to_tsvector(ARRAY(
    SELECT unnest(ARRAY[word, left(word, 1) || '*', left(word, 2) || '*', left(word, 3) || '*',
                        left(word, 4) || '*'])
    FROM string_to_table(words, ' ') AS word WHERE word <> ''));
COMMENT ON FUNCTION search_terms(text) IS
    'What a search looks up in folded words: each word, and its first one to four letters with an asterisk.';

DROP INDEX ix_account_search_words;
CREATE INDEX ix_account_search_terms ON account_search USING gin (search_terms(words)) WITH (fastupdate = off);

-- An index gathers all matches before it gives the first.  A seventh of the accounts is enough to
-- fill a page with what half the city matches; seven, because numbers are not given out by sevens.
CREATE INDEX ix_account_search_sample ON account_search USING gin (search_terms(words)) WITH (fastupdate = off)
    WHERE ident % 7 = 0;

ANALYZE account_search;
