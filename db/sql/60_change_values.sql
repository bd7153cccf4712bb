-- What may be written on a change form: a backstop behind app.domain.changes.checking.
--
-- Fields, papers and what they need come from change_kind.declaration, so that a new kind is one
-- declaration and no line here.  A wrong field is refused by its name and the rule it breaks.

CREATE OR REPLACE FUNCTION change_value_problem(field jsonb, value jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = public, pg_temp AS $$
DECLARE
    of_type CONSTANT text := field ->> 'type';
    typed CONSTANT text := value #>> '{}';
    is_text CONSTANT boolean := jsonb_typeof(value) = 'string';
    number numeric;
BEGIN
    IF is_text AND length(typed) > (field ->> 'longest')::int THEN
        RETURN 'too_long';
    ELSIF of_type IN ('area', 'percent', 'count') THEN
        IF of_type = 'count' AND (jsonb_typeof(value) <> 'number' OR typed !~ '^-?[0-9]{1,9}$')
           OR of_type <> 'count' AND (NOT is_text OR typed !~ '^[0-9]{1,9}(\.[0-9]{1,2})?$') THEN
            RETURN 'unreadable';
        END IF;
        number := typed;
        RETURN CASE WHEN number < (field ->> 'least')::numeric THEN 'too_small'
                    WHEN number > (field ->> 'most')::numeric THEN 'too_big' END;
    ELSIF of_type = 'flag' THEN
        RETURN CASE WHEN jsonb_typeof(value) <> 'boolean' THEN 'unreadable' END;
    ELSIF NOT is_text THEN
        RETURN 'unreadable';
    END IF;
    RETURN CASE of_type
        WHEN 'jmbg' THEN jmbg_problem(typed)
        WHEN 'pib' THEN pib_problem(typed)
        WHEN 'company_number' THEN CASE WHEN typed !~ '^[0-9]{8}$' THEN 'unreadable' END
        WHEN 'phone' THEN CASE WHEN normalized_phone(typed) IS NULL THEN 'unreadable' END
        WHEN 'email' THEN CASE WHEN normalized_email(typed) IS NULL THEN 'unreadable' END
        WHEN 'date' THEN CASE WHEN NOT is_iso_day(typed) THEN 'unreadable' END
        WHEN 'choice' THEN CASE WHEN NOT field -> 'choices' ? typed THEN 'not_offered' END
        WHEN 'street' THEN CASE WHEN typed !~ '^[1-9][0-9]{0,8}$' THEN 'not_offered' END
    END;
END
$$;

-- What an account is now ---------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION account_now(of_ident integer) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- the latest state counts as what is on file, even if it begins next month
    SELECT jsonb_build_object(
        'account', (SELECT to_jsonb(a) FROM account a WHERE a.ident = of_ident),
        'premises', (SELECT to_jsonb(p) FROM premises p WHERE p.ident = of_ident),
        'building', (SELECT to_jsonb(b) FROM building b JOIN premises p ON p.building_id = b.id
                     WHERE p.ident = of_ident),
        'premises_state', (SELECT to_jsonb(s) FROM premises_state s WHERE s.ident = of_ident
                           ORDER BY s.valid_from DESC LIMIT 1),
        'holder', (SELECT to_jsonb(h) || jsonb_build_object('jmbg', h.jmbg_masked) FROM holder h
                   WHERE h.ident = of_ident ORDER BY h.valid_from DESC LIMIT 1),
        'delivery', (SELECT to_jsonb(d) FROM delivery d WHERE d.ident = of_ident),
        'subsidy', (SELECT to_jsonb(s) FROM subsidy s
                    WHERE s.ident = of_ident AND (s.valid_to IS NULL OR s.valid_to > office_day())
                    ORDER BY s.valid_from DESC LIMIT 1),
        'contact', (SELECT jsonb_object_agg(kind, value)
                    FROM (SELECT DISTINCT ON (kind) kind, value FROM contact
                          WHERE ident = of_ident AND ended_on IS NULL ORDER BY kind, contact_no DESC) c))
$$;
COMMENT ON FUNCTION account_now(integer) IS
    'The rows that a change can alter, by table, with the personal number masked; for the owner''s functions.';

CREATE OR REPLACE FUNCTION values_now(of_ident integer, declaration jsonb) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH now AS MATERIALIZED (SELECT account_now(of_ident) AS rows), aimed AS (
        SELECT field ->> 'name' AS name, field ->> 'type' AS type, field ->> 'target' AS target
        FROM jsonb_array_elements(declaration -> 'fields') AS field WHERE field ->> 'target' IS NOT NULL
        UNION ALL
        SELECT split_part(fixed ->> 'target', '.', 2), '', fixed ->> 'target'
        FROM jsonb_array_elements(declaration -> 'fixed') AS fixed
    )
    SELECT coalesce(jsonb_object_agg(aimed.name, CASE
        WHEN value.found IN ('null', '""') THEN NULL
        WHEN aimed.type IN ('area', 'percent', 'street') OR aimed.type = '' AND jsonb_typeof(value.found) = 'number'
            THEN to_jsonb(value.found #>> '{}')
        ELSE value.found END), '{}')
    FROM now CROSS JOIN aimed CROSS JOIN LATERAL (
        SELECT now.rows -> split_part(aimed.target, '.', 1) -> split_part(aimed.target, '.', 2) AS found
    ) value
$$;

CREATE OR REPLACE FUNCTION change_current_values(wanted_ident integer, of_kind text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_read(wanted_ident);
    RETURN (SELECT values_now(wanted_ident, declaration) FROM change_kind WHERE code = of_kind);
END
$$;
COMMENT ON FUNCTION change_current_values(integer, text) IS
    'What is on file of everything a kind of change can alter, by field; personal numbers masked.';

-- What a request must say --------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION refuse_field(name text, rule text) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
    SELECT refuse('change_field_wrong', jsonb_build_object('field', name, 'rule', rule))
$$;

CREATE OR REPLACE FUNCTION change_circumstances(r change_request, declaration jsonb) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- the needs that apply: what the request itself changes counts as it will be
    WITH aimed AS (
        SELECT max(r.new_values ->> (field ->> 'name')) FILTER (WHERE field ->> 'target' = 'holder.kind') AS person,
               max(r.new_values ->> (field ->> 'name'))
                   FILTER (WHERE field ->> 'target' = 'premises_state.charging_method') AS method
        FROM jsonb_array_elements(declaration -> 'fields') AS field
    )
    SELECT ARRAY['always', 'optional',
        CASE WHEN coalesce(aimed.person, (SELECT h.kind FROM holder h WHERE h.ident = r.ident
                                          ORDER BY h.valid_from DESC LIMIT 1), 'natural') = 'legal'
             THEN 'legal_person' ELSE 'natural_person' END]
        || CASE WHEN coalesce(aimed.method, (SELECT s.charging_method FROM premises_state s
                                             WHERE s.ident = r.ident ORDER BY s.valid_from DESC LIMIT 1)) = 'members'
                THEN ARRAY['by_members'] ELSE '{}' END
        || CASE WHEN r.applicant_standing = 'proxy' THEN ARRAY['proxy'] ELSE '{}' END
    FROM aimed
$$;

CREATE OR REPLACE FUNCTION keep_change_values(r change_request, declaration jsonb, given jsonb)
RETURNS change_request
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Takes what was typed into a draft: only declared fields, each on one line; a personal number
-- goes to the closed column and leaves its mask.
DECLARE
    field jsonb;
    name text;
    value jsonb;
    typed text;
    kept jsonb := '{}';
    secrets jsonb := '{}';
BEGIN
    IF jsonb_typeof(given) <> 'object' THEN
        PERFORM refuse_field('', 'unreadable');
    END IF;
    FOR name, value IN SELECT * FROM jsonb_each(given) LOOP
        SELECT one INTO field FROM jsonb_array_elements(declaration -> 'fields') AS one WHERE one ->> 'name' = name;
        IF NOT FOUND THEN
            PERFORM refuse_field(left(name, 60), 'unknown');
        ELSIF jsonb_typeof(value) IN ('object', 'array') THEN
            PERFORM refuse_field(name, 'unreadable');
        ELSIF jsonb_typeof(value) = 'number' AND value #>> '{}' !~ '^-?[0-9]{1,12}(\.[0-9]{1,4})?$' THEN
            PERFORM refuse_field(name, 'unreadable');
        ELSIF jsonb_typeof(value) = 'string' THEN
            typed := btrim(value #>> '{}');
            IF NOT is_one_line(typed) THEN
                PERFORM refuse_field(name, 'unreadable');
            ELSIF length(typed) > 400 THEN
                PERFORM refuse_field(name, 'too_long');
            END IF;
            value := CASE WHEN typed = '' THEN 'null' ELSE to_jsonb(typed) END;
        END IF;
        IF field ->> 'type' = 'jmbg' AND value <> 'null' THEN
            typed := value #>> '{}';
            IF strpos(typed, '•') = 0 THEN
                secrets := secrets || jsonb_build_object(name, typed);
                value := to_jsonb(masked_number(typed));
            ELSIF typed = r.new_values ->> name AND r.secrets ? name THEN
                secrets := secrets || jsonb_build_object(name, r.secrets -> name);
            END IF;
        END IF;
        kept := kept || jsonb_build_object(name, value);
    END LOOP;
    r.new_values := kept;
    r.secrets := secrets;
    RETURN r;
END
$$;

CREATE OR REPLACE FUNCTION settled_change_values(r change_request, declaration jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- What is submitted: fields that are not asked for are dropped, the others must be right.
DECLARE
    circumstances CONSTANT text[] := change_circumstances(r, declaration);
    field jsonb;
    called text;
    value jsonb;
    problem text;
    typed text;
    aims jsonb := '{}';
    settled jsonb := '{}';
    whole_area numeric;
BEGIN
    FOR field IN SELECT * FROM jsonb_array_elements(declaration -> 'fields') LOOP
        CONTINUE WHEN NOT field ->> 'need' = ANY (circumstances);
        called := field ->> 'name';
        value := coalesce(r.new_values -> called, 'null');
        IF value = 'null' AND field ->> 'type' = 'flag' THEN
            value := 'false';
        ELSIF value = 'null' AND field ->> 'need' <> 'optional' AND NOT (field ->> 'may_be_empty')::boolean THEN
            PERFORM refuse_field(called, 'missing');
        END IF;
        IF value <> 'null' THEN
            IF field ->> 'type' <> 'jmbg' THEN
                problem := change_value_problem(field, value);
            ELSIF r.secrets ? called THEN
                typed := r.secrets ->> called;
                problem := coalesce(
                    change_value_problem(field, r.secrets -> called),
                    CASE WHEN make_date(
                        CASE WHEN substr(typed, 5, 3)::int < 800 THEN 2000 ELSE 1000 END + substr(typed, 5, 3)::int,
                        substr(typed, 3, 2)::int, left(typed, 2)::int) > office_day() THEN 'not_born_yet' END);
            ELSE   -- a mask says "as it is", so it must be the one on file
                problem := CASE WHEN value IS DISTINCT FROM r.old_values -> called THEN 'unreadable' END;
            END IF;
            IF problem IS NOT NULL THEN
                PERFORM refuse_field(called, problem);
            END IF;
        END IF;
        IF r.new_values ? called OR value <> 'null' THEN
            settled := settled || jsonb_build_object(called, value);
        END IF;
        IF field ->> 'target' IS NOT NULL THEN
            aims := aims || jsonb_build_object(field ->> 'target', called);
        END IF;
    END LOOP;
    IF NOT EXISTS (SELECT FROM jsonb_each(settled) AS s (name, given)
                   WHERE given IS DISTINCT FROM r.old_values -> name OR r.secrets ? name)
       AND jsonb_array_length(declaration -> 'fixed') = 0 THEN
        PERFORM refuse_field('', 'nothing_changed');
    END IF;
    -- what fields say together, by the columns they aim at
    whole_area := coalesce(settled ->> (aims ->> 'premises_state.area'),
                     account_now(r.ident) -> 'premises_state' ->> 'area');
    called := aims ->> 'premises_state.heated_area';
    IF (settled ->> called)::numeric > whole_area THEN
        PERFORM refuse_field(called, 'larger_than_area');
    END IF;
    IF aims ? 'delivery.on_paper' THEN
        IF (settled ->> (aims ->> 'delivery.by_email'))::boolean THEN
            IF settled ->> (aims ->> 'delivery.email') IS NULL THEN
                PERFORM refuse_field(aims ->> 'delivery.email', 'missing');
            END IF;
        ELSIF NOT (settled ->> (aims ->> 'delivery.on_paper'))::boolean THEN
            PERFORM refuse_field(aims ->> 'delivery.on_paper', 'no_way_of_delivery');
        END IF;
    END IF;
    called := aims ->> 'account.closed_on';
    IF (settled ->> called)::date > office_day() THEN
        PERFORM refuse('change_in_future', jsonb_build_object('field', called, 'day', settled ->> called));
    ELSIF (settled ->> called)::date < (account_now(r.ident) -> 'account' ->> 'opened_on')::date THEN
        PERFORM refuse_field(called, 'before_it_began');
    END IF;
    called := aims ->> 'subsidy.valid_to';
    IF (settled ->> called)::date <= ggmm_day(r.applies_from) THEN
        PERFORM refuse_field(called, 'already_past');
    END IF;
    called := aims ->> 'building.street_id';
    IF called IS NOT NULL AND NOT EXISTS (SELECT FROM street WHERE id = (settled ->> called)::int) THEN
        PERFORM refuse_field(called, 'not_offered');
    END IF;
    RETURN settled;
END
$$;
