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
