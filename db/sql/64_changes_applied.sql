-- How an approved change takes effect.
--
-- What is written where follows from the declaration: fields and fixed values aim at columns.
-- Everything before the first day of the month a change counts from stays as it was.

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
                     "contact": {}, "account": {"delivery_name": "", "delivery_address": ""}}';
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
    IF columns -> 'holder' ? 'kind' THEN
        PERFORM part_with_holder(of_ident, r.id);
    END IF;
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
        PERFORM write_delivery(r, of_ident, columns -> 'delivery');
    END IF;
    IF columns ? 'subsidy' THEN
        PERFORM write_subsidy(of_ident, from_day, columns -> 'subsidy', r.id);
    END IF;
END
$$;

CREATE SEQUENCE IF NOT EXISTS building_id_seq AS integer;

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
    PERFORM FROM street s WHERE s.id = street FOR NO KEY UPDATE;   -- two new flats of one new house
    SELECT id INTO of_building FROM building WHERE street_id = street AND lower(house_number) = lower(house);
    IF of_building IS NULL THEN
        LOOP   -- numbers given by hand are skipped, and nobody waits for another's
            of_building := nextval('building_id_seq');
            EXIT WHEN NOT EXISTS (SELECT FROM building WHERE id = of_building);
        END LOOP;
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
