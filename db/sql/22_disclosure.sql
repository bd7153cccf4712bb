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
    PERFORM refuse_above('reveals');
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

DROP FUNCTION IF EXISTS find_by_personal_number(text);   -- once answered before its record was committed

DROP FUNCTION IF EXISTS looked_up_today(), refuse_looking_up(bigint);   -- now refuse_above()

CREATE OR REPLACE FUNCTION look_up_personal_number(number text) RETURNS bigint
LANGUAGE plpgsql STRICT SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    record_id bigint;
BEGIN
    IF NOT may_serve() THEN
        PERFORM refuse('not_serving');
    END IF;
    PERFORM refuse_guessing();
    PERFORM refuse_above('look_ups');   -- found or not
    INSERT INTO read_log (ident, login, kind, detail)
    SELECT CASE WHEN cardinality(found.idents) = 1 THEN found.idents[1] END, session_user, 'reveal',
           jsonb_build_object('looked_up', 'jmbg', 'idents', found.idents)
    FROM (SELECT coalesce(array_agg(DISTINCT ident ORDER BY ident), '{}') AS idents
          FROM holder WHERE jmbg = number) found
    RETURNING id INTO record_id;
    RETURN record_id;
END
$$;
COMMENT ON FUNCTION look_up_personal_number(text) IS
    'Put on record whose a number is; once committed, looked_up_accounts() tells it by the record''s id.';

CREATE OR REPLACE FUNCTION looked_up_accounts(record_id bigint) RETURNS SETOF integer
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5 SET search_path = public, pg_temp AS $$
DECLARE
    found_idents jsonb;
BEGIN
    IF NOT may_serve() THEN
        PERFORM refuse('not_serving');
    END IF;
    SELECT detail -> 'idents' INTO found_idents FROM read_log
    WHERE id = record_id AND login = session_user AND kind = 'reveal' AND detail ->> 'looked_up' = 'jmbg'
      AND happened_at < now() AND happened_at > clock_timestamp() - interval '5 minutes';
    IF found_idents IS NULL THEN
        PERFORM refuse('must_be_recorded');
    END IF;
    RETURN QUERY SELECT one::integer FROM jsonb_array_elements_text(found_idents) AS one ORDER BY 1;
END
$$;

CREATE OR REPLACE FUNCTION log_export(of_what text, with_filter jsonb, row_count integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM refuse_above('exports');
    INSERT INTO read_log (ident, login, kind, detail)
    VALUES ((with_filter ->> 'ident')::integer, session_user, 'export',
            jsonb_build_object('what', of_what, 'filter', with_filter, 'rows', row_count));
END
$$;
