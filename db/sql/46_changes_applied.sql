-- How an approved change takes effect, and how a wrong one is taken back.
--
-- What is written where follows from the declaration: fields and fixed values aim at columns, and
-- each table has one way of being altered in time.  Everything before the first day of the month a
-- change counts from stays as it was.

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
    EXECUTE format('SELECT valid_from FROM %I WHERE ident = $1 AND valid_from <= $2
                    AND (valid_to IS NULL OR valid_to > $2)', of_table) INTO begins USING of_ident, from_day;
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
        WHERE ident = of_ident AND kind = of_kind AND ended_on IS NULL ORDER BY contact_no LIMIT 1 FOR UPDATE;
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

CREATE OR REPLACE FUNCTION write_delivery(
    of_ident integer, columns jsonb, by_channel text, of_request bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    changed jsonb := not_null_texts('delivery', columns);
BEGIN
    IF (changed ->> 'by_email')::boolean THEN
        changed := changed || jsonb_build_object('consent_channel', CASE by_channel
            WHEN 'post' THEN 'mail' WHEN 'email' THEN 'mail' ELSE by_channel END);
    END IF;
    IF changed ->> 'email' <> '' THEN
        changed := changed || jsonb_build_object('email', normalized_email(changed ->> 'email'));
    END IF;
    IF write_row('delivery', jsonb_build_object('ident', of_ident), changed, of_request) IS NULL THEN
        PERFORM add_row('delivery', '{"by_email": false, "on_paper": true, "email": ""}' || changed
            || jsonb_build_object('ident', of_ident, 'consented_at',
                                  CASE WHEN (changed ->> 'by_email')::boolean THEN clock_timestamp() END), of_request);
    END IF;
END
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

-- What a request alters ----------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION change_columns(r change_request, declaration jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- {table: {column: value}} of the fields that were given and of what the kind always sets.
DECLARE
    field jsonb;
    name text;
    of_table text;
    of_column text;
    columns jsonb := '{}';
BEGIN
    IF jsonb_path_exists(declaration, '$.fields[*].target ? (@ == "holder.kind")') THEN
        -- another person: nothing of the one before is carried over
        columns := '{"holder": {"first_name": "", "last_name": "", "business_name": "", "jmbg": null,
                                "pib": null, "company_number": null},
                     "contact": {"phone": null, "email": null}}';
    END IF;
    FOR field IN SELECT * FROM jsonb_array_elements(declaration -> 'fields') LOOP
        name := field ->> 'name';
        CONTINUE WHEN field ->> 'target' IS NULL OR NOT r.new_values ? name;
        of_table := split_part(field ->> 'target', '.', 1);
        of_column := split_part(field ->> 'target', '.', 2);
        IF field ->> 'type' = 'jmbg' AND r.new_values -> name <> 'null' AND NOT r.secrets ? name THEN
            columns := columns #- ARRAY[of_table, of_column];   -- the mask on file: it stays
        ELSE
            columns := columns || jsonb_build_object(of_table, coalesce(columns -> of_table, '{}')
                || jsonb_build_object(of_column, coalesce(r.secrets -> name, r.new_values -> name)));
        END IF;
    END LOOP;
    FOR field IN SELECT * FROM jsonb_array_elements(declaration -> 'fixed') LOOP
        of_table := split_part(field ->> 'target', '.', 1);
        columns := columns || jsonb_build_object(of_table, coalesce(columns -> of_table, '{}')
            || jsonb_build_object(split_part(field ->> 'target', '.', 2), field -> 'value'));
    END LOOP;
    RETURN columns;
END
$$;

CREATE OR REPLACE FUNCTION change_idents(r change_request, of_scope text) RETURNS integer[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN of_scope <> 'building' THEN ARRAY[r.ident] ELSE ARRAY(
        -- the dwellings of the building: a garage or a shop has no household to count
        SELECT a.ident FROM account a JOIN premises p USING (ident)
        WHERE p.building_id = (SELECT building_id FROM premises WHERE ident = r.ident)
          AND EXISTS (SELECT FROM premises_state s WHERE s.ident = a.ident AND s.kind IN ('flat', 'house')
                        AND (s.valid_to IS NULL OR s.valid_to > ggmm_day(r.applies_from)))
        ORDER BY a.ident) END
$$;

CREATE OR REPLACE FUNCTION write_columns(r change_request, of_ident integer, columns jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    from_day CONSTANT date := ggmm_day(r.applies_from);
BEGIN
    IF columns ? 'account' THEN
        PERFORM write_row('account', jsonb_build_object('ident', of_ident),
                          not_null_texts('account', columns -> 'account'), r.id);
        IF columns -> 'account' ->> 'closed_on' IS NOT NULL THEN
            PERFORM end_state('premises_state', of_ident, from_day, r.id);
            PERFORM end_state('subsidy', of_ident, from_day, r.id);
        END IF;
    END IF;
    IF columns ? 'premises_state' THEN
        PERFORM write_state('premises_state', of_ident, from_day,
                            columns -> 'premises_state' || jsonb_build_object('reason', r.number), r.id);
    END IF;
    IF columns ? 'holder' THEN
        PERFORM write_state('holder', of_ident, from_day, columns -> 'holder', r.id);
    END IF;
    IF columns ? 'contact' THEN
        PERFORM write_contacts(of_ident, columns -> 'contact', r.id);
    END IF;
    IF columns ? 'delivery' THEN
        PERFORM write_delivery(of_ident, columns -> 'delivery', r.channel, r.id);
    END IF;
    IF columns ? 'subsidy' THEN
        PERFORM write_subsidy(of_ident, from_day, columns -> 'subsidy', r.id);
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION open_by_change(r change_request, columns jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    from_day CONSTANT date := ggmm_day(r.applies_from);
    since CONSTANT jsonb := jsonb_build_object('ident', r.ident, 'valid_from', from_day);
    house CONSTANT text := btrim(columns -> 'building' ->> 'house_number');
    street CONSTANT integer := columns -> 'building' ->> 'street_id';
    state CONSTANT jsonb := columns -> 'premises_state';
    of_building integer;
    method text;
BEGIN
    PERFORM pg_advisory_xact_lock(7120045);   -- two new flats of one new house
    SELECT id INTO of_building FROM building WHERE street_id = street AND lower(house_number) = lower(house);
    IF of_building IS NULL THEN
        SELECT coalesce(max(id), 0) + 1 INTO of_building FROM building;
        INSERT INTO building (id, street_id, house_number, has_district_heating, has_assembly, has_elevator)
        VALUES (of_building, street, house, (state ->> 'heated_area')::numeric > 0, false, false);
    END IF;
    -- the building's method is its dwellings', whatever the new one would like
    SELECT mode() WITHIN GROUP (ORDER BY s.charging_method) INTO method
    FROM premises p JOIN premises_state s USING (ident)
    WHERE p.building_id = of_building AND s.valid_to IS NULL AND s.kind IN ('flat', 'house');
    PERFORM add_row('account', jsonb_build_object('ident', r.ident, 'opened_on', r.happened_on,
        'delivery_name', '', 'delivery_address', '', 'version', 1), r.id);
    PERFORM add_row('premises', '{"entrance": "", "floor": "", "door": ""}'
        || not_null_texts('premises', coalesce(columns -> 'premises', '{}'))
        || jsonb_build_object('ident', r.ident, 'building_id', of_building), r.id);
    PERFORM add_row('premises_state', '{"is_rented_from_city": false, "version": 1}' || jsonb_build_object(
        'charging_method', coalesce(method, 'area'), 'reason', r.number) || state || since, r.id);
    PERFORM add_row('holder', '{"version": 1}'
        || not_null_texts('holder', columns -> 'holder') || since, r.id);
    PERFORM write_contacts(r.ident, columns -> 'contact', r.id);
    PERFORM add_row('delivery', jsonb_build_object('ident', r.ident, 'by_email', false, 'on_paper', true,
        'email', '', 'version', 1), r.id);
    PERFORM refresh_account_balance(ARRAY[r.ident]);
END
$$;

-- Taking back --------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION first_month_to_undo(of_request bigint) RETURNS smallint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- from where the mistake began, but not into months that were billed with it
    SELECT greatest(r.applies_from, max(CASE WHEN b.latest_ggmm % 100 = 12 THEN b.latest_ggmm + 89
                                             ELSE b.latest_ggmm + 1 END))::smallint
    FROM change_request r LEFT JOIN change_effect e ON e.request_id = r.id
    LEFT JOIN account_balance b ON b.ident = e.ident
    WHERE r.id = of_request GROUP BY r.applies_from
$$;

CREATE OR REPLACE FUNCTION change_differences(of_request bigint)
RETURNS TABLE (ident integer, table_name text, valid_from date, was jsonb, becomes jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- for each state altered: the columns with what they were and what they became.  A new state
    -- is held against the one before it, which was ended for its sake.
    WITH kept AS (
        SELECT e.id, e.ident, e.table_name, e.valid_from, e.before, e.after,
               e.before || jsonb_strip_nulls(jsonb_build_object('jmbg', e.secrets -> 'before')) AS was,
               e.after || jsonb_strip_nulls(jsonb_build_object('jmbg', e.secrets -> 'after')) AS becomes,
               lag(e.before || jsonb_strip_nulls(jsonb_build_object('jmbg', e.secrets -> 'before')))
                   OVER (PARTITION BY e.ident, e.table_name ORDER BY e.id) AS ended
        FROM change_effect e
        WHERE e.request_id = of_request AND e.table_name IN ('account', 'premises_state', 'holder', 'delivery')
    )
    SELECT k.ident, k.table_name, k.valid_from, jsonb_object_agg(n.key, o.value), jsonb_object_agg(n.key, n.value)
    FROM kept k
    CROSS JOIN LATERAL (SELECT coalesce(k.was, k.ended) AS row) old_one
    CROSS JOIN LATERAL (
        SELECT DISTINCT key FROM (SELECT jsonb_object_keys(old_one.row) UNION SELECT jsonb_object_keys(k.becomes)) AS x (key)
    ) c
    CROSS JOIN LATERAL (SELECT c.key, coalesce(old_one.row -> c.key, 'null') AS value) o
    CROSS JOIN LATERAL (SELECT c.key, coalesce(k.becomes -> c.key, 'null') AS value) n
    WHERE old_one.row IS NOT NULL AND k.becomes IS NOT NULL AND o.value <> n.value
      AND c.key NOT IN ('ident', 'valid_from', 'valid_to', 'version', 'reason', 'jmbg_masked', 'consented_at')
    GROUP BY k.id, k.ident, k.table_name, k.valid_from ORDER BY k.id
$$;

CREATE OR REPLACE FUNCTION refuse_superseded(of_request bigint) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    fields text[];
BEGIN
    WITH latest AS (
        SELECT DISTINCT ON (d.ident, d.table_name) d.* FROM change_differences(of_request) d
        ORDER BY d.ident, d.table_name, d.valid_from DESC
    ), rows AS (
        SELECT l.*, CASE l.table_name
            WHEN 'account' THEN (SELECT to_jsonb(a) FROM account a WHERE a.ident = l.ident)
            WHEN 'delivery' THEN (SELECT to_jsonb(a) FROM delivery a WHERE a.ident = l.ident)
            WHEN 'premises_state' THEN (SELECT to_jsonb(a) FROM premises_state a WHERE a.ident = l.ident
                                        ORDER BY a.valid_from DESC LIMIT 1)
            WHEN 'holder' THEN (SELECT to_jsonb(a) FROM holder a WHERE a.ident = l.ident
                                ORDER BY a.valid_from DESC LIMIT 1) END AS now
        FROM latest l
    )
    SELECT array_agg(DISTINCT c.key) INTO fields
    FROM rows CROSS JOIN LATERAL jsonb_each(rows.becomes) c
    WHERE coalesce(rows.now -> c.key, 'null') <> c.value;
    -- a contact that was added, or none, is what is on file still; a subsidy that was added still runs
    SELECT coalesce(fields, '{}') || coalesce(array_agg(e.kind), '{}') INTO fields
    FROM (SELECT c.ident, c.after ->> 'kind' AS kind,
                 max(c.after ->> 'value') FILTER (WHERE c.after ->> 'ended_on' IS NULL) AS value
          FROM change_effect c WHERE c.request_id = of_request AND c.table_name = 'contact' GROUP BY 1, 2) e
    WHERE account_now(e.ident) -> 'contact' ->> e.kind IS DISTINCT FROM e.value;
    SELECT fields || coalesce(array_agg(e.table_name), '{}') INTO fields
    FROM change_effect e
    WHERE e.request_id = of_request AND e.before IS NULL AND e.table_name = 'subsidy'
      AND NOT EXISTS (SELECT FROM subsidy s WHERE s.ident = e.ident AND to_jsonb(s) = e.after);
    IF fields <> '{}' THEN
        PERFORM refuse('change_superseded', jsonb_build_object('fields', fields));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION take_back(r change_request) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    from_day CONSTANT date := ggmm_day(r.applies_from);
    one record;
    first_of text;
    contacts jsonb;
BEGIN
    PERFORM refuse_superseded(r.undoes);
    FOR one IN SELECT * FROM change_differences(r.undoes) ORDER BY ident, table_name, valid_from LOOP
        IF one.table_name IN ('account', 'delivery') THEN
            PERFORM write_row(one.table_name, jsonb_build_object('ident', one.ident), one.was, r.id);
        ELSIF first_of IS DISTINCT FROM one.ident || one.table_name THEN
            PERFORM write_state(one.table_name, one.ident, from_day, one.was
                || CASE one.table_name WHEN 'premises_state' THEN jsonb_build_object('reason', r.number) ELSE '{}' END,
                r.id);
            first_of := one.ident || one.table_name;
        ELSIF one.valid_from > from_day THEN   -- a later state of its own gets its own back
            PERFORM write_row(one.table_name, jsonb_build_object('ident', one.ident, 'valid_from', one.valid_from),
                              one.was, r.id);
        END IF;
    END LOOP;
    -- an account that was closed goes on
    FOR one IN SELECT e.ident, e.table_name, e.before FROM change_effect e
               WHERE e.request_id = r.undoes AND e.table_name IN ('premises_state', 'subsidy')
                 AND e.before ->> 'valid_to' IS DISTINCT FROM e.after ->> 'valid_to'
                 AND NOT EXISTS (SELECT FROM change_effect n WHERE n.request_id = r.undoes AND n.ident = e.ident
                                    AND n.table_name = e.table_name AND n.before IS NULL)
               ORDER BY e.id LOOP
        PERFORM reopen_state(one.table_name, one.before, from_day, r.id);
    END LOOP;
    FOR one IN SELECT e.ident FROM change_effect e
               WHERE e.request_id = r.undoes AND e.table_name = 'subsidy' AND e.before IS NULL LOOP
        PERFORM end_state('subsidy', one.ident, from_day, r.id);
        PERFORM reopen_state('subsidy', e.before, from_day, r.id) FROM change_effect e
        WHERE e.request_id = r.undoes AND e.ident = one.ident AND e.table_name = 'subsidy' AND e.before IS NOT NULL;
    END LOOP;
    FOR one IN SELECT e.ident, jsonb_object_agg(kind, value) AS contacts FROM (
                   SELECT e.ident, coalesce(e.before, e.after) ->> 'kind' AS kind,
                          max(e.before ->> 'value') AS value
                   FROM change_effect e WHERE e.request_id = r.undoes AND e.table_name = 'contact'
                   GROUP BY 1, 2) e GROUP BY e.ident LOOP
        PERFORM write_contacts(one.ident, one.contacts, r.id);
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

CREATE OR REPLACE FUNCTION write_change(r change_request, rule change_kind) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    columns CONSTANT jsonb := change_columns(r, rule.declaration);
    one integer;
BEGIN
    IF (SELECT o.kind = r.kind FROM change_request o WHERE o.id = r.undoes) THEN
        PERFORM take_back(r);
    ELSIF columns ? 'building' THEN
        PERFORM open_by_change(r, columns);
    ELSE
        FOREACH one IN ARRAY change_idents(r, rule.scope) LOOP
            PERFORM write_columns(r, one, columns);
        END LOOP;
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION apply_change(wanted_ident integer, wanted_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r change_request%ROWTYPE;
    rule change_kind%ROWTYPE;
    broken text;
BEGIN
    PERFORM must_read(wanted_ident);
    SELECT * INTO r FROM change_request WHERE ident = wanted_ident AND id = wanted_id FOR UPDATE;
    SELECT * INTO rule FROM change_kind WHERE code = r.kind;
    IF r.state IS DISTINCT FROM 'approved' OR NOT is_in('desk_' || rule.decider) THEN
        PERFORM refuse_move(r.state, 'applied');
    END IF;
    -- whoever changes several accounts locks them in this order; and only what is on file once they
    -- are locked can be compared with what the request started from
    PERFORM FROM account a
    WHERE a.ident = ANY (change_idents(r, rule.scope)
                         || ARRAY(SELECT e.ident FROM change_effect e WHERE e.request_id = r.undoes))
    ORDER BY a.ident FOR NO KEY UPDATE;
    PERFORM refuse_outdated(r, rule);
    BEGIN
        PERFORM write_change(r, rule);
    EXCEPTION WHEN integrity_constraint_violation THEN
        -- the server's own message would quote the row, with a number that nobody may read
        GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
        PERFORM refuse('change_not_possible', jsonb_build_object('constraint', broken));
    END;
    UPDATE change_request SET state = 'applied', applied_at = clock_timestamp()
    WHERE ident = wanted_ident AND id = wanted_id;
    -- another holder or another method asks other papers of what still waits
    PERFORM refresh_missing_papers(ARRAY(SELECT DISTINCT e.ident FROM change_effect e WHERE e.request_id = wanted_id));
END
$$;
COMMENT ON FUNCTION apply_change(integer, bigint) IS
    'Let an approved change take effect from the first day of the month it counts from.';

CREATE OR REPLACE FUNCTION undo_change(wanted_ident integer, wanted_id bigint, for_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    opening CONSTANT jsonb := '{"fields": [{"target": "building.street_id"}]}';
    closing CONSTANT jsonb := '{"fields": [{"target": "account.closed_on"}]}';
    r change_request%ROWTYPE;
    by_number text;
    made bigint;
BEGIN
    PERFORM must_read(wanted_ident);
    SELECT * INTO r FROM change_request WHERE ident = wanted_ident AND id = wanted_id FOR UPDATE;
    IF r.state IS DISTINCT FROM 'applied' OR NOT is_in('desk_clerk') THEN
        PERFORM refuse_move(r.state, 'undone');
    ELSIF btrim(coalesce(for_reason, '')) = '' THEN
        PERFORM refuse('change_reason_missing');
    END IF;
    SELECT number INTO by_number FROM change_request
    WHERE undoes = r.id AND state NOT IN ('rejected', 'cancelled');
    IF FOUND THEN
        PERFORM refuse('change_undone_already', jsonb_build_object('number', by_number));
    END IF;
    PERFORM refuse_superseded(r.id);
    IF EXISTS (SELECT FROM change_kind WHERE code = r.kind AND declaration @> opening) THEN
        -- an account is not unmade, it is closed
        SELECT k.code, jsonb_build_object(field ->> 'name', office_day()) INTO STRICT r.kind, r.old_values
        FROM change_kind k, jsonb_array_elements(k.declaration -> 'fields') AS field
        WHERE k.is_current AND k.declaration @> closing AND field ->> 'target' = 'account.closed_on' LIMIT 1;
    END IF;
    INSERT INTO change_request (ident, kind, channel, received_on, happened_on, applicant_name,
        applicant_standing, applicant_id_card, applicant_phone, applicant_email, basis_act, basis_number,
        basis_date, basis_issuer, new_values, undoes)
    VALUES (r.ident, r.kind, 'counter', office_day(), office_day(), r.applicant_name, r.applicant_standing,
        r.applicant_id_card, r.applicant_phone, r.applicant_email, r.basis_act, r.basis_number, r.basis_date,
        r.basis_issuer, r.old_values, r.id)
    RETURNING id INTO made;
    UPDATE change_request SET state = 'submitted', reason = for_reason WHERE ident = r.ident AND id = made;
    RETURN made;
END
$$;
COMMENT ON FUNCTION undo_change(integer, bigint, text) IS
    'Submit the inverse of an applied change; it is decided like any other, but asks for no papers.';
