-- What a search reads.  account_search is the findable part of an account: no secrets, no row
-- policy, physically in name order.  Here is how its rows are made and kept in step.

CREATE OR REPLACE VIEW account_search_computed AS
SELECT found.ident, found.name, found.address,
       fold(found.name) COLLATE "C" AS name_fold,
       fold(found.address) COLLATE "C" AS address_fold,
       -- earlier holders are found too, by words only: widows bring bills of the late husband's
       fold(concat_ws(' ', found.name, found.address, found.earlier)) COLLATE "C" AS words,
       found.is_closed
FROM (
    SELECT a.ident, a.closed_on IS NOT NULL AS is_closed,
           coalesce(CASE h.kind WHEN 'legal' THEN h.business_name
                                ELSE concat_ws(' ', nullif(h.last_name, ''), nullif(h.first_name, '')) END,
                    '') AS name,
           coalesce(concat_ws(', ',
                concat_ws(' ', s.name, concat_ws('/', b.house_number, nullif(p.entrance, ''),
                                                 nullif(p.floor, ''), nullif(p.door, ''))),
                t.name, nullif(m.name, t.name)), '') AS address,
           h.earlier
    FROM account a
    LEFT JOIN LATERAL (
        SELECT kind, first_name, last_name, business_name,
               (SELECT string_agg(concat_ws(' ', e.last_name, e.first_name, e.business_name), ' '
                                  ORDER BY e.valid_from DESC)
                FROM holder e WHERE e.ident = a.ident AND e.valid_from < c.valid_from) AS earlier
        FROM holder c WHERE c.ident = a.ident ORDER BY c.valid_from DESC LIMIT 1
    ) h ON true
    LEFT JOIN premises p ON p.ident = a.ident
    LEFT JOIN building b ON b.id = p.building_id
    LEFT JOIN street s ON s.id = b.street_id
    LEFT JOIN settlement t ON t.id = s.settlement_id
    LEFT JOIN municipality m ON m.id = t.municipality_id
) found;
COMMENT ON VIEW account_search_computed IS 'The definition of account_search; the table is kept equal to it.';

CREATE OR REPLACE FUNCTION refresh_search(of_idents integer[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM account_search kept
    WHERE kept.ident = ANY (of_idents) AND NOT EXISTS (SELECT FROM account a WHERE a.ident = kept.ident);
    INSERT INTO account_search (ident, name, address, name_fold, address_fold, words, is_closed)
    SELECT ident, name, address, name_fold, address_fold, words, is_closed
    FROM account_search_computed WHERE ident = ANY (of_idents) ORDER BY ident
    ON CONFLICT (ident) DO UPDATE
    SET name = excluded.name, address = excluded.address, name_fold = excluded.name_fold,
        address_fold = excluded.address_fold, words = excluded.words, is_closed = excluded.is_closed
    WHERE (account_search.name, account_search.address, account_search.words, account_search.is_closed)
          IS DISTINCT FROM (excluded.name, excluded.address, excluded.words, excluded.is_closed);
    -- only words never seen are added: counting here would make everybody who writes in one
    -- municipality wait for its name's row.  The counts are taken by rebuild_search().
    INSERT INTO search_word (word, frequency)
    SELECT DISTINCT word, 1
    FROM account_search a CROSS JOIN LATERAL string_to_table(a.words, ' ') AS word
    WHERE a.ident = ANY (of_idents) AND word <> '' ORDER BY word
    ON CONFLICT (word) DO NOTHING
$$;

CREATE OR REPLACE FUNCTION rebuild_search() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    rebuilt text[];
    one text;
BEGIN
    -- a GIN index grown row by row takes ten times as long as one made of the finished table
    SELECT array_agg(pg_get_indexdef(i.indexrelid)) INTO rebuilt
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam
    WHERE i.indrelid IN ('account_search'::regclass, 'search_word'::regclass) AND am.amname = 'gin';
    FOR one IN
        SELECT c.relname
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam
        WHERE i.indrelid IN ('account_search'::regclass, 'search_word'::regclass) AND am.amname = 'gin'
    LOOP
        EXECUTE format('DROP INDEX %I', one);
    END LOOP;
    TRUNCATE account_search, search_word;
    INSERT INTO account_search (ident, name, address, name_fold, address_fold, words, is_closed)
    SELECT ident, name, address, name_fold, address_fold, words, is_closed
    FROM account_search_computed ORDER BY name_fold, ident;
    INSERT INTO search_word (word, frequency)
    SELECT word, count(*)
    FROM account_search CROSS JOIN LATERAL string_to_table(words, ' ') AS word
    WHERE word <> '' GROUP BY word ORDER BY word;
    FOREACH one IN ARRAY rebuilt LOOP
        EXECUTE one;
    END LOOP;
    ANALYZE account_search;
    ANALYZE search_word;
END
$$;
COMMENT ON FUNCTION rebuild_search() IS
    'Fill account_search and search_word anew, in name order, with true counts: after a bulk load, and nightly.';

-- Kept in step ---------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION follow_in_search() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM refresh_search(ARRAY(SELECT DISTINCT ident FROM changed));
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION follow_street_in_search() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM refresh_search(ARRAY(
        SELECT p.ident FROM premises p JOIN building b ON b.id = p.building_id
        WHERE b.street_id IN (SELECT id FROM changed)));
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION follow_building_in_search() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM refresh_search(ARRAY(
        SELECT ident FROM premises WHERE building_id IN (SELECT id FROM changed)));
    RETURN NULL;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['account', 'holder', 'premises'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER searched_added AFTER INSERT ON %I
            REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_in_search()', name);
        EXECUTE format('CREATE OR REPLACE TRIGGER searched_changed AFTER UPDATE ON %I
            REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_in_search()', name);
        EXECUTE format('CREATE OR REPLACE TRIGGER searched_removed AFTER DELETE ON %I
            REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_in_search()', name);
    END LOOP;
END
$$;
CREATE OR REPLACE TRIGGER searched_changed AFTER UPDATE ON street
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_street_in_search();
CREATE OR REPLACE TRIGGER searched_changed AFTER UPDATE ON building
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_building_in_search();

-- The vocabulary ------------------------------------------------------------------------------
-- Every word that occurs, with about how often: which words a typed one begins, is inside of, or
-- was meant to be, and so how rare it is, before the accounts are asked.  Their plans are made once a
-- session: they do not depend on the word.

DO $$ BEGIN PERFORM show_limit(); END $$;   -- loads pg_trgm: only then is its setting known below

CREATE OR REPLACE FUNCTION words_beginning(with_tokens text[])
RETURNS TABLE (token_no integer, frequency bigint, words text[])
LANGUAGE plpgsql STABLE ROWS 4 SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT t.token_no::integer, known.frequency, known.words
    FROM unnest(with_tokens) WITH ORDINALITY AS t (token, token_no)
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(w.frequency), 0) AS frequency,
               coalesce((array_agg(w.word ORDER BY w.frequency DESC, w.word))[1:41], '{}') AS words
        FROM search_word w WHERE w.word >= t.token AND w.word < t.token || '~'
    ) known
    WHERE length(t.token) > 1;
END
$$;
COMMENT ON FUNCTION words_beginning(text[]) IS
    'For each folded token of two letters and more: how often words begin with it, and the 41 commonest.';

CREATE OR REPLACE FUNCTION words_around(of_tokens text[])
RETURNS TABLE (token_no integer, frequency bigint, words text[])
LANGUAGE plpgsql STABLE ROWS 4 SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT t.token_no::integer, known.frequency, known.words
    FROM unnest(of_tokens) WITH ORDINALITY AS t (token, token_no)
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(w.frequency), 0) AS frequency,
               coalesce((array_agg(w.word ORDER BY w.frequency DESC, w.word))[1:41], '{}') AS words
        FROM search_word w WHERE w.word LIKE '%' || t.token || '%'
    ) known
    WHERE length(t.token) > 2;
END
$$;
COMMENT ON FUNCTION words_around(text[]) IS
    'For each folded token of three letters and more: how often words contain it, and the 41 commonest.';

CREATE OR REPLACE FUNCTION typing_distance(word text, typed text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
-- the last word may be unfinished, so the same length of the word counts as well
RETURN least(levenshtein_less_equal(word, typed, 3), levenshtein_less_equal(left(word, length(typed)), typed, 3));

CREATE OR REPLACE FUNCTION similar_words(of_tokens text[])
RETURNS TABLE (token_no integer, word text, distance integer)
LANGUAGE plpgsql STABLE ROWS 12 SET search_path = public, pg_temp
SET pg_trgm.similarity_threshold = 0.35 SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT t.token_no::integer, best.word, best.distance
    FROM unnest(of_tokens) WITH ORDINALITY AS t (token, token_no)
    CROSS JOIN LATERAL (
        SELECT near.word, near.frequency, typing_distance(near.word, t.token) AS distance,
               similarity(near.word, t.token) AS alike
        FROM (
            SELECT w.word, w.frequency FROM search_word w WHERE w.word % t.token
            UNION
            -- two letters swapped leave a short word few trigrams of its own
            SELECT w.word, w.frequency FROM search_word w
            WHERE length(t.token) BETWEEN 4 AND 6
              AND w.word >= left(t.token, 1) AND w.word < left(t.token, 1) || '~'
              AND length(w.word) BETWEEN length(t.token) - 1 AND length(t.token) + 1
              AND levenshtein_less_equal(w.word, t.token, 2) <= 2
        ) near
        WHERE near.word <> t.token AND near.word !~ '[0-9]'
        ORDER BY similarity(near.word, t.token) - 0.1 * typing_distance(near.word, t.token) DESC,
                 near.frequency DESC, near.word
        LIMIT 6
    ) best
    WHERE length(t.token) BETWEEN 4 AND 40 AND best.distance <= CASE WHEN length(t.token) < 8 THEN 2 ELSE 3 END
    ORDER BY t.token_no, best.alike - 0.1 * best.distance DESC, best.frequency DESC, best.word;
END
$$;
COMMENT ON FUNCTION similar_words(text[]) IS 'For each folded word the six it was most likely meant to be.';
