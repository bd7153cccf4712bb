-- What is told only on record: personal numbers, accounts found by one, and what leaves in a file.

DROP FUNCTION IF EXISTS reveal_personal_number(integer, date, text);   -- once returned the number

CREATE FUNCTION reveal_personal_number(
    wanted_ident integer, wanted_valid_from date, for_reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_read(wanted_ident);
    IF btrim(coalesce(for_reason, '')) = '' THEN
        PERFORM refuse('reason_missing');
    END IF;
    INSERT INTO read_log (ident, login, kind, detail)
    VALUES (wanted_ident, session_user, 'reveal',
            jsonb_build_object('holder_from', wanted_valid_from, 'reason', for_reason));
END
$$;
COMMENT ON FUNCTION reveal_personal_number(integer, date, text) IS
    'Put on record that a number will be looked at; once committed, revealed_personal_number() shows it.';

CREATE OR REPLACE FUNCTION revealed_personal_number(wanted_ident integer, wanted_valid_from date) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_read(wanted_ident);
    IF NOT EXISTS (
        SELECT FROM read_log
        WHERE ident = wanted_ident AND login = session_user AND kind = 'reveal'
          AND detail -> 'holder_from' = to_jsonb(wanted_valid_from)
          AND happened_at < now() AND happened_at > clock_timestamp() - interval '5 minutes')
    THEN
        PERFORM refuse('must_be_recorded', jsonb_build_object('ident', wanted_ident));
    END IF;
    RETURN (SELECT jmbg FROM holder WHERE ident = wanted_ident AND valid_from = wanted_valid_from);
END
$$;

CREATE OR REPLACE FUNCTION find_by_personal_number(number text) RETURNS SETOF integer
LANGUAGE plpgsql STRICT SECURITY DEFINER ROWS 5 SET search_path = public, pg_temp AS $$
DECLARE
    found_idents integer[];
BEGIN
    IF NOT may_serve() THEN
        PERFORM refuse('not_serving');
    END IF;
    PERFORM refuse_guessing();
    SELECT coalesce(array_agg(DISTINCT ident), '{}') INTO found_idents FROM holder WHERE jmbg = number;
    IF found_idents = '{}' THEN
        PERFORM count_miss();
    END IF;
    INSERT INTO read_log (ident, login, kind, detail)
    VALUES (CASE WHEN cardinality(found_idents) = 1 THEN found_idents[1] END, session_user, 'reveal',
            jsonb_build_object('looked_up', 'jmbg', 'idents', found_idents));
    RETURN QUERY SELECT unnest(found_idents) ORDER BY 1;
END
$$;

CREATE OR REPLACE FUNCTION log_export(of_what text, with_filter jsonb, row_count integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO read_log (ident, login, kind, detail)
    VALUES ((with_filter ->> 'ident')::integer, session_user, 'export',
            jsonb_build_object('what', of_what, 'filter', with_filter, 'rows', row_count))
$$;
