-- Finding accounts.  Nobody at a desk reads account_search or search_word: they ask these functions, which
-- answer with a page and are counted, for each person and past every rollback (16_counters.sql).
--
-- What is asked for and in which order is decided by db/queries/search; it says so in conditions of three
-- kinds, not in SQL.  A condition is ["word", pattern] on the words of an account with a space around each,
-- ["inside", pattern] on the words as they stand, ["terms", query] on search_terms(words), or ["never", ""].
-- Which index is right depends on how rare a word is, so a plan is made for what was typed; but beginnings go
-- by the same index always, and their plan is made once a session.
--
-- Ranks are those of db/queries/search/statements.py, best first: 0 exact, 1 name, 2 address, 3 words,
-- 4 an earlier holder's, 5 inside of words, 6 alike.

CREATE OR REPLACE FUNCTION search_page(wanted integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN greatest(1, least(coalesce(wanted, 1), 200));
COMMENT ON FUNCTION search_page(integer) IS 'How many rows an answer may have where somebody wants so many.';

-- What it costs ------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION count_under_ceiling(of_what text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    me CONSTANT text := session_user;
    hour CONSTANT text := of_what || '_an_hour';
    day CONSTANT text := of_what || '_a_day';
    ceiling record;
    counted bigint;
BEGIN
    FOR ceiling IN SELECT c.name, c.most FROM ceilings_of(me, ARRAY[hour, day]) c LOOP
        counted := greatest(0, coalesce(pg_sequence_last_value(counter_of(me, ceiling.name)), 0)
                               - counter_start(ceiling.name));
        -- before it is counted: a thousand million tries more would lead into the next span
        IF counted >= ceiling.most THEN
            PERFORM refuse(ceiling.name, jsonb_build_object(
                'counted', counted, 'most', ceiling.most,
                'again_at', CASE ceiling.name
                    WHEN hour THEN date_trunc('hour', clock_timestamp()) + interval '1 hour'
                    ELSE office_midnight(office_midnight(clock_timestamp()) + interval '26 hours') END));
        END IF;
    END LOOP;
    PERFORM count_up(hour);
    PERFORM count_up(day);
END
$$;
COMMENT ON FUNCTION count_under_ceiling(text) IS
    'Count one more of a thing in this hour of the clock and this day, or refuse whoever has done so many already.';

CREATE OR REPLACE FUNCTION begin_finding() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT may_serve() THEN
        PERFORM refuse('not_serving');
    END IF;
    -- the question itself: whoever breaks it off, or has it fail by what is found, has asked all the same
    PERFORM count_under_ceiling('shown');
END
$$;

CREATE OR REPLACE FUNCTION end_finding(shown bigint) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF shown > 0 THEN
        PERFORM count_up('shown_an_hour', shown::int);
        PERFORM count_up('shown_a_day', shown::int);
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION is_spelled_so(name text, address text, patterns text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(translate(name || ' ' || address, 'ČĆŽŠĐ', 'čćžšđ') COLLATE "C") LIKE ALL (patterns);

-- By words -----------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION find_beginning(typed text, tokens text[], spelled text[], at_most integer)
RETURNS TABLE (ident integer, name text, address text, is_closed boolean, rank integer, begun bigint, size real,
    known jsonb)
LANGUAGE plpgsql SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    most CONSTANT int := search_page(at_most);
    is_marked CONSTANT boolean := cardinality(spelled) > 0;
    marked CONSTANT text[] := ARRAY(SELECT '%' || m || '%' FROM unnest(spelled) AS m);
    taken CONSTANT int := CASE WHEN is_marked THEN greatest(150, most) ELSE most END;
    beyond CONSTANT text := typed || '~';   -- after every letter and digit in COLLATE "C"
    whole CONSTANT text := typed || ' %';
    shown bigint;
BEGIN
    PERFORM begin_finding();
    RETURN QUERY
    WITH by_name AS MATERIALIZED (
        -- the index has all that is asked for: no row is fetched that will not be shown
        SELECT s.ident, s.name_fold FROM account_search s WHERE s.name_fold >= typed AND s.name_fold < beyond
        ORDER BY s.name_fold, s.ident LIMIT taken
    ), by_address AS MATERIALIZED (
        SELECT s.ident, s.address_fold FROM account_search s
        WHERE s.address_fold >= typed AND s.address_fold < beyond
        ORDER BY s.address_fold, s.ident LIMIT most
    ), met AS MATERIALIZED (
        SELECT greatest(
            (SELECT count(*) FROM (SELECT FROM account_search s WHERE s.name_fold >= typed AND s.name_fold < beyond
                                   ORDER BY s.name_fold LIMIT 1001) one),
            (SELECT count(*) FROM (SELECT FROM account_search s
                                   WHERE s.address_fold >= typed AND s.address_fold < beyond
                                   ORDER BY s.address_fold LIMIT 1001) one)) AS n,
            (SELECT c.reltuples FROM pg_class c WHERE c.oid = 'account_search'::regclass) AS accounts
    ), vocabulary AS MATERIALIZED (
        SELECT * FROM words_beginning(tokens)
    ), page AS (
        SELECT s.ident, s.name, s.address, s.is_closed,
               CASE WHEN f.name_fold || ' ' LIKE whole THEN 0 ELSE 1 END AS rank,
               is_marked AND NOT is_spelled_so(s.name, s.address, marked) AS misspelled, f.name_fold AS place
        FROM by_name f JOIN account_search s USING (ident)
        UNION ALL
        SELECT s.ident, s.name, s.address, s.is_closed,
               CASE WHEN f.address_fold || ' ' LIKE whole THEN 0 ELSE 2 END, false, f.address_fold
        FROM by_address f JOIN account_search s USING (ident)
    )
    SELECT p.ident, p.name, p.address, p.is_closed, p.rank, m.n, m.accounts,
           (SELECT jsonb_agg(jsonb_build_array(v.token_no, v.frequency, v.words)) FROM vocabulary v)
    FROM met m LEFT JOIN page p ON true
    -- an account may be there twice, by its name and by its address
    ORDER BY p.rank, p.misspelled, p.place, p.ident LIMIT least(2 * most, 200);
    GET DIAGNOSTICS shown = ROW_COUNT;
    PERFORM end_finding(shown);
END
$$;
COMMENT ON FUNCTION find_beginning(text, text[], text[], integer) IS
    'Accounts whose folded name or address begins with what was typed, how many begin so, and what is known of its words.';

CREATE OR REPLACE FUNCTION search_condition(conditions jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    condition jsonb;
    written text := '';
BEGIN
    FOR condition IN SELECT * FROM jsonb_array_elements(conditions) LOOP
        written := written || ' AND ' || CASE condition ->> 0
            WHEN 'word' THEN format($q$' ' || words || ' ' LIKE %L$q$, condition ->> 1)
            WHEN 'inside' THEN format('words LIKE %L', condition ->> 1)
            WHEN 'terms' THEN format('search_terms(words) @@ CAST(%L AS tsquery)', condition ->> 1)
            ELSE 'false' END;
    END LOOP;
    RETURN coalesce(nullif(substr(written, 6), ''), 'false');
END
$$;

CREATE OR REPLACE FUNCTION search_candidates(of_name text, asked jsonb, columns text, but_for text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    counted CONSTANT int := greatest(1, least((asked ->> 'counted')::int, 1001));
    whole CONSTANT text := format('SELECT %s FROM account_search WHERE %s%s', columns,
                                  search_condition(asked -> 'where'), but_for);
    sampled text := CASE asked ->> 'sample'
        WHEN 'seventh' THEN whole || ' AND ident % 7 = 0'
        WHEN 'pages' THEN format('SELECT %s FROM account_search TABLESAMPLE SYSTEM (3) REPEATABLE (1) WHERE %s%s',
                                 columns, search_condition(coalesce(nullif(asked -> 'of_sample', 'null'), asked -> 'where')),
                                 but_for)
        END;
BEGIN
    IF sampled IS NULL THEN
        RETURN format('%I AS MATERIALIZED (%s LIMIT %s)', of_name, whole, counted);
    END IF;
    -- what is common is asked of some of the accounts first; where they do not have enough, of all
    RETURN format('sampled AS MATERIALIZED (%2$s LIMIT %4$s), sample AS MATERIALIZED (
                       SELECT count(*) AS n FROM sampled
                   ), %1$I AS MATERIALIZED (
                       SELECT * FROM sampled WHERE (SELECT n FROM sample) >= %5$s
                       UNION ALL (%3$s AND (SELECT n FROM sample) < %5$s LIMIT %6$s)
                   )', of_name, sampled, whole, greatest(1, least((asked ->> 'sampled')::int, 1001)),
                  greatest(1, (asked ->> 'enough')::int), counted);
END
$$;
COMMENT ON FUNCTION search_candidates(text, jsonb, text, text) IS
    'The part of a statement that reads accounts: all that meet the conditions, or enough of a sample of them.';

CREATE OR REPLACE FUNCTION search_is_sample(asked jsonb) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN asked ->> 'sample' IN ('seventh', 'pages')
                THEN format('(SELECT n >= %s FROM sample)', greatest(1, (asked ->> 'enough')::int)) ELSE 'false' END
$$;

CREATE OR REPLACE FUNCTION search_around(tokens text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (SELECT jsonb_agg(jsonb_build_array(token_no, frequency, words)) FROM words_around(tokens));
END
$$;

CREATE OR REPLACE FUNCTION search_alike(tokens text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (SELECT jsonb_agg(jsonb_build_array(
                       token_no - 1, alike.word, distance,
                       (SELECT w.frequency FROM search_word w WHERE w.word = alike.word)))
            FROM similar_words(tokens) alike);
END
$$;

CREATE OR REPLACE FUNCTION find_by_words(asked jsonb, tokens text[], unfinished text[], spelled text[], at_most integer)
RETURNS TABLE (ident integer, name text, address text, is_closed boolean, rank integer, met bigint,
    is_sample boolean, around jsonb, alike jsonb)
LANGUAGE plpgsql SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    beginnings CONSTANT text[] := ARRAY(SELECT '% ' || t || '%' FROM unnest(tokens) AS t);
    whole_words CONSTANT text[] := ARRAY(SELECT '% ' || t || ' %' FROM unnest(unfinished) AS t);
    marked CONSTANT text[] := ARRAY(SELECT '%' || m || '%' FROM unnest(spelled) AS m);
    shown bigint;
BEGIN
    PERFORM begin_finding();
    RETURN QUERY EXECUTE format($q$
        WITH %s, met AS MATERIALIZED (
            SELECT count(*) AS n FROM candidates
        ), page AS (
            -- what is longer than name and address has an earlier holder's name in it
            SELECT ident, name, address, is_closed,
                   CASE WHEN octet_length(words) <= octet_length(name_fold) + octet_length(address_fold) + 1
                          OR ' ' || name_fold || ' ' || address_fold LIKE ALL ($1) THEN 3 ELSE 4 END AS rank,
                   %s AS unfinished, %s AS misspelled, name_fold
            FROM candidates
            ORDER BY rank, misspelled, unfinished, name_fold, ident LIMIT $5
        )
        SELECT page.ident, page.name, page.address, page.is_closed, page.rank, met.n, %s,
               -- words are looked for only where few accounts have those typed
               (SELECT CASE WHEN n < 50 THEN search_around($2) END FROM met),
               (SELECT CASE WHEN n < 5 THEN search_alike($2) END FROM met)
        FROM met LEFT JOIN page ON true
        ORDER BY page.rank, misspelled, unfinished, name_fold, page.ident $q$,
        search_candidates('candidates', asked, 'ident, name, address, is_closed, name_fold, address_fold, words', ''),
        CASE WHEN cardinality(whole_words) > 0 THEN $q$NOT ' ' || words || ' ' LIKE ALL ($3)$q$ ELSE 'false' END,
        CASE WHEN cardinality(spelled) > 0 THEN 'NOT is_spelled_so(name, address, $4)' ELSE 'false' END,
        search_is_sample(asked))
    USING beginnings, tokens, whole_words, marked, search_page(at_most);
    GET DIAGNOSTICS shown = ROW_COUNT;
    PERFORM end_finding(shown);
END
$$;
COMMENT ON FUNCTION find_by_words(jsonb, text[], text[], text[], integer) IS
    'A page of the accounts that meet the conditions; where they are few, words around and like those typed.';

CREATE OR REPLACE FUNCTION count_by_words(asked jsonb, OUT met bigint, OUT is_sample boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    PERFORM begin_finding();
    EXECUTE format('WITH %s SELECT (SELECT count(*) FROM candidates), %s',
                   search_candidates('candidates', asked, 'ident', ''), search_is_sample(asked))
    INTO met, is_sample;
END
$$;

CREATE OR REPLACE FUNCTION find_instead(inside jsonb, attempts jsonb, but_for integer[], few integer, at_most integer)
RETURNS TABLE (ident integer, name text, address text, is_closed boolean, rank integer, total bigint,
    is_cut boolean, is_sample boolean)
LANGUAGE plpgsql SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    columns CONSTANT text := 'ident, name, address, is_closed, name_fold, %s AS rank, %s AS nearness';
    gates text := format('(SELECT count(*) FROM inside) < %s', few);
    corrected text := '';
    together text := '';
    attempt jsonb;
    place int := 0;
    shown bigint;
BEGIN
    PERFORM begin_finding();
    FOR attempt IN SELECT * FROM jsonb_array_elements(attempts) LIMIT 6 LOOP
        place := place + 1;
        -- an attempt that fills the page is the last: whatever is further away would not be shown
        corrected := corrected || format(
            ', corrected_%s AS MATERIALIZED (SELECT %s FROM account_search WHERE %s AND ident <> ALL ($1)%s AND %s LIMIT %s)',
            place, format(columns, 6, place), search_condition(attempt -> 'where'),
            CASE WHEN attempt ->> 'sample' = 'seventh' THEN ' AND ident % 7 = 0' ELSE '' END,
            gates, greatest(100, search_page(at_most)));
        gates := gates || format(' AND (SELECT count(*) FROM corrected_%s) < $2', place);
        together := together || format(' UNION ALL SELECT * FROM corrected_%s', place);
    END LOOP;
    RETURN QUERY EXECUTE format($q$
        WITH %s%s, corrected AS (
            SELECT * FROM inside WHERE false%s
        ), instead AS (
            SELECT * FROM inside UNION ALL SELECT * FROM corrected
        ), nearest AS (
            SELECT DISTINCT ON (ident) * FROM instead ORDER BY ident, nearness
        )
        SELECT ident, name, address, is_closed, rank, count(*) OVER (),
               (SELECT coalesce(max(met) >= $2, false)
                FROM (SELECT count(*) AS met FROM corrected GROUP BY nearness) attempt),
               %s
        FROM nearest ORDER BY nearness, name_fold, ident LIMIT $2 $q$,
        search_candidates('inside', inside, format(columns, 5, 0), ' AND ident <> ALL ($1)'),
        corrected, together, search_is_sample(inside))
    USING but_for, search_page(at_most);
    GET DIAGNOSTICS shown = ROW_COUNT;
    PERFORM end_finding(shown);
END
$$;
COMMENT ON FUNCTION find_instead(jsonb, jsonb, integer[], integer, integer) IS
    'Accounts with words that contain what was typed, and with words it may have been meant to be, nearest first.';
