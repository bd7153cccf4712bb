-- How a wrong change is taken back: by its inverse, which is decided like any other, from where the
-- mistake began but not into months that were billed with it.

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
      AND c.key NOT IN ('ident', 'valid_from', 'valid_to', 'version', 'reason', 'jmbg_masked', 'consented_at', 'consent_channel')
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
    -- contacts are as the request left them, and none was added since of a kind that it touched
    SELECT coalesce(fields, '{}') || coalesce(array_agg(DISTINCT t.becomes ->> 'kind'), '{}') INTO fields
    FROM touched_rows(of_request, 'contact', 'contact_no') t
    WHERE t.becomes IS DISTINCT FROM (SELECT to_jsonb(c) FROM contact c WHERE c.ident = t.ident
                                        AND c.contact_no = (t.at_key ->> 'contact_no')::int)
       OR EXISTS (SELECT FROM contact c JOIN change_effect e ON e.ident = c.ident AND e.table_name = 'contact'
                  WHERE c.ident = t.ident AND c.kind = t.becomes ->> 'kind' AND c.ended_on IS NULL
                    AND e.ident = t.ident AND e.before IS NULL AND (e.after ->> 'contact_no')::int = c.contact_no
                    AND e.id > (SELECT max(l.id) FROM change_effect l WHERE l.request_id = of_request));
    -- consents and the link to the portal hold, or do not, as it left them
    SELECT fields || coalesce(array_agg('by_email'::text), '{}') INTO fields
    FROM touched_rows(of_request, 'email_consent', 'consent_no') t
    JOIN email_consent c ON c.ident = t.ident AND c.consent_no = (t.at_key ->> 'consent_no')::int
    WHERE (c.ended_at IS NULL) <> (t.becomes -> 'ended_at' = 'null');
    SELECT fields || coalesce(array_agg('portal'::text), '{}') INTO fields
    FROM touched_rows(of_request, 'portal_registration', 'ident') t
    JOIN portal_registration p ON p.ident = t.ident
    WHERE (p.ended_on IS NULL) <> (t.becomes -> 'ended_on' = 'null');
    -- a subsidy that was added still runs
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
BEGIN
    PERFORM refuse_superseded(r.undoes);
    PERFORM revive_consents(r.undoes, true, r.id);
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
    PERFORM join_states(e.table_name, e.ident, from_day, r.id)
    FROM (SELECT DISTINCT ident, table_name FROM change_effect
          WHERE request_id = r.undoes AND table_name IN ('holder', 'premises_state')) e;
    -- an account that was closed goes on
    FOR one IN SELECT e.ident, e.table_name, e.before FROM change_effect e
               WHERE e.request_id = r.undoes AND e.table_name IN ('premises_state', 'subsidy')
                 AND e.before ->> 'valid_to' IS DISTINCT FROM e.after ->> 'valid_to'
                 AND NOT EXISTS (   -- nor was it joined to the one before it
                     SELECT FROM change_effect j WHERE j.request_id = r.undoes AND j.ident = e.ident AND e.after IS NULL
                        AND j.table_name = e.table_name AND j.id > e.id AND j.before ->> 'valid_to' = e.valid_from::text)
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
    PERFORM revive_rows(r.undoes, 'contact', 'contact_no', r.id);
    PERFORM end_added_rows(r.undoes, 'contact', 'contact_no', jsonb_build_object('ended_on', office_day()), r.id);
    PERFORM revive_rows(r.undoes, 'portal_registration', 'ident', r.id);
    PERFORM revive_consents(r.undoes, false, r.id);
    PERFORM end_added_rows(r.undoes, 'email_consent', 'consent_no', jsonb_build_object(
        'ended_at', clock_timestamp(), 'ended_by', session_user, 'ended_because', 'undone'), r.id);
END
$$;

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
    WHERE undoes = r.id AND NOT is_request_void(state);
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
