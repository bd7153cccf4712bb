-- How a row on file is altered by a request: each table has one way of being altered in time, and of
-- each row that was touched it is kept what it was and what it became.

CREATE OR REPLACE FUNCTION keep_effect(
    of_request bigint, of_ident integer, of_table text, since date, was jsonb, becomes jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO change_effect (request_id, ident, table_name, valid_from, before, after, secrets)
    VALUES (of_request, of_ident, of_table, since, was - 'jmbg', becomes - 'jmbg',
            CASE WHEN of_table = 'holder'
                 THEN jsonb_build_object('before', was -> 'jmbg', 'after', becomes -> 'jmbg') END)
$$;

CREATE OR REPLACE FUNCTION write_row(
    of_table text, at_key jsonb, columns jsonb, of_request bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Updates the one row at a key and keeps what it was; returns the row as it was, null if none is there.
DECLARE
    names text;
    here text;
    was jsonb;
    becomes jsonb;
BEGIN
    SELECT string_agg(format('%I', key), ', ' ORDER BY key) INTO names FROM jsonb_object_keys(columns) AS key;
    SELECT string_agg(format('t.%1$I = k.%1$I', key), ' AND ') INTO here FROM jsonb_object_keys(at_key) AS key;
    EXECUTE format('SELECT to_jsonb(t) FROM %1$I t, jsonb_populate_record(NULL::%1$I, $1) k WHERE %2$s FOR UPDATE OF t',
                   of_table, here) INTO was USING at_key;
    IF was IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format('UPDATE %1$I t SET (%2$s) = ROW(%3$s) FROM jsonb_populate_record(NULL::%1$I, $2) n,
                    jsonb_populate_record(NULL::%1$I, $1) k WHERE %4$s RETURNING to_jsonb(t)',
                   of_table, names, regexp_replace(names, '("?\w+"?)', 'n.\1', 'g'), here)
    INTO becomes USING at_key, columns;
    PERFORM keep_effect(of_request, (was ->> 'ident')::int, of_table, (was ->> 'valid_from')::date, was, becomes);
    RETURN was;
END
$$;

CREATE OR REPLACE FUNCTION add_row(of_table text, columns jsonb, of_request bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    names text;
    becomes jsonb;
BEGIN
    SELECT string_agg(format('%I', attname), ', ') INTO names FROM pg_attribute
    WHERE attrelid = of_table::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      AND columns ? attname::text;
    EXECUTE format('INSERT INTO %1$I AS t (%2$s) SELECT %2$s FROM jsonb_populate_record(NULL::%1$I, $1)
                    RETURNING to_jsonb(t)', of_table, names) INTO becomes USING columns;
    PERFORM keep_effect(of_request, (becomes ->> 'ident')::int, of_table, (becomes ->> 'valid_from')::date,
                        NULL, becomes);
    RETURN becomes;
END
$$;

CREATE OR REPLACE FUNCTION remove_row(of_table text, of_ident integer, since date, of_request bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    was jsonb;
BEGIN
    EXECUTE format('DELETE FROM %I t WHERE ident = $1 AND valid_from = $2 RETURNING to_jsonb(t)', of_table)
    INTO was USING of_ident, since;
    PERFORM keep_effect(of_request, of_ident, of_table, since, was, NULL);
END
$$;

CREATE OR REPLACE FUNCTION not_null_texts(of_table text, columns jsonb) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- what was left empty is an empty text where the column takes no null
    SELECT coalesce(jsonb_object_agg(c.key, CASE
        WHEN c.value = 'null' AND a.attnotnull AND a.atttypid = 'text'::regtype THEN '""'::jsonb
        ELSE c.value END), '{}')
    FROM jsonb_each(columns) c
    JOIN pg_attribute a ON a.attrelid = of_table::regclass AND a.attname = c.key AND a.attnum > 0
$$;

-- A state from a day on ----------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION write_state(
    of_table text, of_ident integer, from_day date, columns jsonb, of_request bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- The state covering the day ends there and goes on with the new columns; one that begins on that
-- very day is altered; states that begin later take the new columns too.
DECLARE
    changed CONSTANT jsonb := not_null_texts(of_table, columns);
    begins date;
    was jsonb;
    later date;
    found boolean := false;
BEGIN
    EXECUTE format('SELECT valid_from FROM %I WHERE ident = $1
                    AND is_in_force(valid_from, valid_to, $2)', of_table) INTO begins USING of_ident, from_day;
    IF begins = from_day THEN
        PERFORM write_row(of_table, jsonb_build_object('ident', of_ident, 'valid_from', begins), changed, of_request);
    ELSIF begins < from_day THEN
        was := write_row(of_table, jsonb_build_object('ident', of_ident, 'valid_from', begins),
                         jsonb_build_object('valid_to', from_day), of_request);
        PERFORM add_row(of_table, was || changed
                        || jsonb_build_object('valid_from', from_day, 'version', 1), of_request);
    END IF;
    found := begins IS NOT NULL;
    FOR later IN EXECUTE format('SELECT valid_from FROM %I WHERE ident = $1 AND valid_from > $2 ORDER BY 1', of_table)
                 USING of_ident, from_day LOOP
        PERFORM write_row(of_table, jsonb_build_object('ident', of_ident, 'valid_from', later),
                          changed - 'reason', of_request);
        found := true;
    END LOOP;
    IF NOT found THEN
        PERFORM refuse('change_not_possible', jsonb_build_object('table', of_table, 'ident', of_ident));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION end_state(of_table text, of_ident integer, from_day date, of_request bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Nothing is valid from the day on: what begins then or later was never charged, and goes.
DECLARE
    begins date;
BEGIN
    FOR begins IN EXECUTE format('SELECT valid_from FROM %I WHERE ident = $1 AND (valid_to IS NULL OR valid_to > $2)
                                  ORDER BY 1', of_table) USING of_ident, from_day LOOP
        IF begins < from_day THEN
            PERFORM write_row(of_table, jsonb_build_object('ident', of_ident, 'valid_from', begins),
                              jsonb_build_object('valid_to', from_day), of_request);
        ELSE
            PERFORM remove_row(of_table, of_ident, begins, of_request);
        END IF;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION reopen_state(of_table text, ended jsonb, from_day date, of_request bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- A state that was ended is valid again: without a gap where nothing was billed meanwhile.
DECLARE
    at_key CONSTANT jsonb := jsonb_build_object('ident', ended -> 'ident', 'valid_from', ended -> 'valid_from');
    ended_on date;
BEGIN
    IF (ended ->> 'valid_to')::date <= from_day THEN
        RETURN;   -- it would have ended by now anyway
    END IF;
    EXECUTE format('SELECT valid_to FROM %I WHERE ident = $1 AND valid_from = $2', of_table) INTO ended_on
    USING (ended ->> 'ident')::int, (ended ->> 'valid_from')::date;
    IF ended_on = from_day THEN
        PERFORM write_row(of_table, at_key, jsonb_build_object('valid_to', ended -> 'valid_to'), of_request);
    ELSE
        PERFORM add_row(of_table, ended || jsonb_build_object('valid_from', from_day, 'version', 1), of_request);
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION join_states(of_table text, of_ident integer, from_day date, of_request bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Where nothing changes on a day after all, the state before it goes on: one row, not the same twice.
DECLARE
    in_time CONSTANT text[] := ARRAY['valid_from', 'valid_to', 'version', 'reason'];
    former jsonb;
    latter jsonb;
BEGIN
    EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE ident = $1 AND valid_to = $2', of_table)
    INTO former USING of_ident, from_day;
    EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE ident = $1 AND valid_from = $2', of_table)
    INTO latter USING of_ident, from_day;
    IF former - in_time = latter - in_time THEN
        PERFORM remove_row(of_table, of_ident, from_day, of_request);
        PERFORM write_row(of_table, jsonb_build_object('ident', of_ident, 'valid_from', former -> 'valid_from'),
                          jsonb_build_object('valid_to', latter -> 'valid_to'), of_request);
    END IF;
END
$$;

-- Tables that are not states -----------------------------------------------------------------------

CREATE OR REPLACE FUNCTION write_contacts(of_ident integer, contacts jsonb, of_request bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    of_kind text;
    value text;
    now_one contact%ROWTYPE;
    form text;
BEGIN
    FOR of_kind, value IN SELECT * FROM jsonb_each_text(contacts) ORDER BY 1 LOOP
        SELECT * INTO now_one FROM contact
        WHERE ident = of_ident AND kind = of_kind AND ended_on IS NULL ORDER BY contact_no DESC LIMIT 1 FOR UPDATE;
        form := CASE of_kind WHEN 'phone' THEN normalized_phone(value) ELSE normalized_email(value) END;
        IF now_one.normalized = form AND now_one.value <> value THEN   -- the same, written otherwise
            PERFORM write_row('contact', jsonb_build_object('ident', of_ident, 'contact_no', now_one.contact_no),
                              jsonb_build_object('value', value), of_request);
        END IF;
        CONTINUE WHEN now_one.normalized IS NOT DISTINCT FROM form;
        IF now_one.contact_no IS NOT NULL THEN
            PERFORM write_row('contact', jsonb_build_object('ident', of_ident, 'contact_no', now_one.contact_no),
                              jsonb_build_object('ended_on', office_day()), of_request);
        END IF;
        IF form IS NOT NULL THEN
            PERFORM add_row('contact', jsonb_build_object('ident', of_ident, 'kind', of_kind, 'value', value,
                'normalized', form, 'since', office_day(), 'contact_no',
                (SELECT coalesce(max(contact_no), 0) + 1 FROM contact WHERE ident = of_ident)), of_request);
        END IF;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION end_consents(of_ident integer, but_to text, because text, of_request bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held smallint;
BEGIN
    FOR held IN SELECT consent_no FROM email_consent
                WHERE ident = of_ident AND ended_at IS NULL AND email IS DISTINCT FROM but_to ORDER BY 1 LOOP
        PERFORM write_row('email_consent', jsonb_build_object('ident', of_ident, 'consent_no', held),
            jsonb_build_object('ended_at', clock_timestamp(), 'ended_by', session_user, 'ended_because', because),
            of_request);
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION write_delivery(r change_request, of_ident integer, columns jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    changed jsonb := not_null_texts('delivery', columns);
    given email_consent%ROWTYPE;
BEGIN
    IF changed ->> 'email' <> '' THEN
        changed := changed || jsonb_build_object('email', normalized_email(changed ->> 'email'));
    END IF;
    IF (changed ->> 'by_email')::boolean THEN   -- by the paper that was put on record, whenever it is decided
        given := give_consent(of_ident, changed ->> 'email', r.applicant_name,
            CASE r.channel WHEN 'post' THEN 'mail' WHEN 'email' THEN 'mail' ELSE r.channel END,
            r.submitted_at, r.entered_by);
        IF given.ident IS NOT NULL THEN
            PERFORM keep_effect(r.id, of_ident, 'email_consent', NULL, NULL, to_jsonb(given));
        END IF;
    END IF;
    IF write_row('delivery', jsonb_build_object('ident', of_ident), changed, r.id) IS NULL THEN
        PERFORM add_row('delivery', '{"by_email": false, "on_paper": true, "email": ""}' || changed
            || jsonb_build_object('ident', of_ident), r.id);
    END IF;
    IF (changed ->> 'by_email')::boolean THEN
        PERFORM end_consents(of_ident, changed ->> 'email', 'replaced', r.id);
    ELSIF changed ? 'by_email' THEN
        PERFORM end_consents(of_ident, NULL, 'withdrawn', r.id);
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION part_with_holder(of_ident integer, of_request bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- What belonged to the person who goes ends with them: every contact, bills by e-mail with the
-- consent to them, the link to the portal.
DECLARE
    reached smallint;
BEGIN
    FOR reached IN SELECT contact_no FROM contact WHERE ident = of_ident AND ended_on IS NULL ORDER BY 1 LOOP
        PERFORM write_row('contact', jsonb_build_object('ident', of_ident, 'contact_no', reached),
                          jsonb_build_object('ended_on', office_day()), of_request);
    END LOOP;
    PERFORM write_row('delivery', jsonb_build_object('ident', of_ident),
                      '{"by_email": false, "on_paper": true, "email": ""}', of_request)
    FROM delivery WHERE ident = of_ident AND (by_email OR NOT on_paper OR email <> '');
    PERFORM end_consents(of_ident, NULL, 'holder_changed', of_request);
    PERFORM write_row('portal_registration', jsonb_build_object('ident', of_ident),
                      jsonb_build_object('ended_on', office_day()), of_request)
    FROM portal_registration WHERE ident = of_ident AND ended_on IS NULL;
END
$$;

-- Taking back --------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION touched_rows(of_request bigint, of_table text, of_key text)
RETURNS TABLE (ident integer, at_key jsonb, was jsonb, becomes jsonb)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 4 SET search_path = public, pg_temp AS $$
    -- each row of a table that is not kept in time, as it was before the request and as it left it
    SELECT e.ident,
           jsonb_build_object('ident', e.ident, of_key, coalesce(e.after, e.before) -> of_key),
           (array_agg(e.before ORDER BY e.id))[1], (array_agg(e.after ORDER BY e.id DESC))[1]
    FROM change_effect e WHERE e.request_id = of_request AND e.table_name = of_table
    GROUP BY 1, 2
$$;

CREATE OR REPLACE FUNCTION revive_rows(of_undone bigint, of_table text, of_key text, of_request bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT write_row(of_table, t.at_key, t.was, of_request) FROM touched_rows(of_undone, of_table, of_key) t
    WHERE t.was IS NOT NULL AND t.was <> t.becomes ORDER BY t.at_key
$$;

CREATE OR REPLACE FUNCTION revive_consents(of_undone bigint, that_held boolean, of_request bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- those that held hold again, as they were given, before bills go by them; those that did not, after
    SELECT write_row('email_consent', t.at_key, t.was, of_request)
    FROM touched_rows(of_undone, 'email_consent', 'consent_no') t
    WHERE (t.was -> 'ended_at' = 'null') = that_held AND t.was <> t.becomes ORDER BY t.at_key
$$;

CREATE OR REPLACE FUNCTION end_added_rows(
    of_undone bigint, of_table text, of_key text, ending jsonb, of_request bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT write_row(of_table, t.at_key, ending, of_request) FROM touched_rows(of_undone, of_table, of_key) t
    WHERE t.was IS NULL ORDER BY t.at_key
$$;

CREATE OR REPLACE FUNCTION write_subsidy(
    of_ident integer, from_day date, columns jsonb, of_request bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    begins date;
BEGIN
    PERFORM end_state('subsidy', of_ident, from_day, of_request);
    IF columns ->> 'category' IS NOT NULL THEN
        PERFORM add_row('subsidy', columns || jsonb_build_object('ident', of_ident, 'valid_from', from_day), of_request);
    END IF;
END
$$;
