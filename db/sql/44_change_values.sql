-- What may be written on a change form: a backstop behind app.domain.changes.checking.
--
-- Fields, papers and what they need come from change_kind.declaration, so that a new kind is one
-- declaration and no line here.  A wrong field is refused by its name and the rule it breaks.

CREATE OR REPLACE FUNCTION office_day() RETURNS date
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT (now() AT TIME ZONE 'Europe/Belgrade')::date
$$;

CREATE OR REPLACE FUNCTION setting_on(of_name text, on_day date) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT value FROM setting WHERE name = of_name AND valid_from <= on_day
    ORDER BY valid_from DESC LIMIT 1
$$;

-- Numbers, telephones, addresses ---------------------------------------------------------------

CREATE OR REPLACE FUNCTION jmbg_problem(number text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp AS $$
DECLARE
    weights CONSTANT int[] := ARRAY[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    total int := 0;
    thousands int;
BEGIN
    IF number !~ '^[0-9]{13}$' THEN
        RETURN 'unreadable';
    END IF;
    thousands := CASE WHEN substr(number, 5, 3)::int < 800 THEN 2000 ELSE 1000 END;
    BEGIN
        PERFORM make_date(thousands + substr(number, 5, 3)::int, substr(number, 3, 2)::int, left(number, 2)::int);
    EXCEPTION WHEN datetime_field_overflow THEN
        RETURN 'impossible_date';
    END;
    FOR place IN 1..12 LOOP
        total := total + weights[place] * substr(number, place, 1)::int;
    END LOOP;
    IF (11 - total % 11) % 11 % 10 <> right(number, 1)::int THEN
        RETURN 'wrong_check_digit';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION jmbg_problem(text) IS 'What is wrong with a citizen''s number; null if nothing is.';

CREATE OR REPLACE FUNCTION pib_problem(number text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp AS $$
DECLARE
    product int := 10;
    digit int;
BEGIN
    IF number !~ '^[0-9]{9}$' THEN
        RETURN 'unreadable';
    END IF;
    FOR place IN 1..8 LOOP   -- ISO 7064 MOD 11,10
        digit := (substr(number, place, 1)::int + product) % 10;
        product := CASE digit WHEN 0 THEN 10 ELSE digit END * 2 % 11;
    END LOOP;
    RETURN CASE WHEN (product + right(number, 1)::int) % 10 <> 1 THEN 'wrong_check_digit' END;
END
$$;

CREATE OR REPLACE FUNCTION masked_number(number text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN number ~ '^[0-9]{13}$' THEN left(number, 4) || '•••••' || right(number, 4)
            ELSE repeat('•', length(number)) END;

CREATE OR REPLACE FUNCTION normalized_phone(typed text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp AS $$
-- app.domain.contacts.normalize_phone once more; tests hold one against the other
DECLARE
    digits text := regexp_replace(typed, '[\s()/.\-\u2013]', '', 'g');
BEGIN
    IF left(digits, 1) = '+' THEN
        digits := '00' || substr(digits, 2);
    END IF;
    IF digits !~ '^[0-9]+$' THEN
        RETURN NULL;
    END IF;
    IF left(digits, 5) = '00381' THEN
        digits := '0' || regexp_replace(substr(digits, 6), '^0', '');
    ELSIF left(digits, 3) = '381' AND length(digits) >= 11 THEN
        digits := '0' || regexp_replace(substr(digits, 4), '^0', '');
    ELSIF left(digits, 1) <> '0' THEN
        digits := '0' || digits;
    END IF;
    RETURN CASE WHEN length(digits) BETWEEN 8 AND CASE WHEN left(digits, 2) = '00' THEN 17 ELSE 11 END
                THEN digits END;
END
$$;

CREATE OR REPLACE FUNCTION normalized_email(typed text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN regexp_replace(lower(btrim(typed)), '^mailto:', '')
                 ~ '^[^\s@<>"|]+@[^\s@<>"|.]+(\.[^\s@<>"|.]+)+$'
            THEN regexp_replace(lower(btrim(typed)), '^mailto:', '') END;

CREATE OR REPLACE FUNCTION is_one_line(typed text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN typed !~ '[\u0001-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069\uFEFF]';
COMMENT ON FUNCTION is_one_line(text) IS
    'False for line breaks, control characters and signs that turn the direction of writing.';

CREATE OR REPLACE FUNCTION is_plain(typed text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN is_one_line(translate(typed, E'\n\r\t', ''));

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

CREATE OR REPLACE FUNCTION is_iso_day(typed text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN typed ~ '^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$'
       AND make_date(left(typed, 4)::int, substr(typed, 6, 2)::int, right(typed, 2)::int) IS NOT NULL;
EXCEPTION WHEN datetime_field_overflow THEN
    RETURN false;
END
$$;

-- What an account is now -----------------------------------------------------------------------

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
                          WHERE ident = of_ident AND ended_on IS NULL ORDER BY kind, contact_no) c))
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
    IF (wanted_ident = ANY (readable_idents())) IS NOT TRUE THEN
        PERFORM refuse('visit_not_open', jsonb_build_object('ident', wanted_ident));
    END IF;
    RETURN (SELECT values_now(wanted_ident, declaration) FROM change_kind WHERE code = of_kind);
END
$$;
COMMENT ON FUNCTION change_current_values(integer, text) IS
    'What is on file of everything a kind of change can alter, by field; personal numbers masked.';

-- What a request must say ----------------------------------------------------------------------

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

CREATE OR REPLACE FUNCTION refuse_field(name text, rule text) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
    SELECT refuse('change_field_wrong', jsonb_build_object('field', name, 'rule', rule))
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
                problem := change_value_problem(field, r.secrets -> called);
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

CREATE OR REPLACE FUNCTION ggmm_day(ggmm integer) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN make_date(2000 + ggmm / 100, ggmm % 100, 1);
COMMENT ON FUNCTION ggmm_day(integer) IS 'The first day of a month written YYMM.';

CREATE OR REPLACE FUNCTION effective_ggmm(received_on date, cutoff_day integer) RETURNS smallint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN extract(day FROM received_on) <= cutoff_day
            THEN extract(year FROM received_on)::int % 100 * 100 + extract(month FROM received_on)::int
            WHEN extract(month FROM received_on) = 12
            THEN (extract(year FROM received_on)::int + 1) % 100 * 100 + 1
            ELSE extract(year FROM received_on)::int % 100 * 100 + extract(month FROM received_on)::int + 1 END;
COMMENT ON FUNCTION effective_ggmm(date, integer) IS
    'The first month a change is charged in: that of receipt up to the cut-off day, else the next.';

CREATE OR REPLACE FUNCTION change_papers_of(r change_request, declaration jsonb,
                                            OUT missing text[], OUT unseen text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH needed AS (
        SELECT paper ->> 'kind' AS kind, (paper ->> 'must_see_original')::boolean AS must_see, place
        FROM jsonb_array_elements(declaration -> 'papers') WITH ORDINALITY AS p (paper, place)
        WHERE paper ->> 'need' <> 'optional' AND paper ->> 'need' = ANY (change_circumstances(r, declaration))
          AND r.undoes IS NULL   -- a mistake of the desk is not mended by papers of the customer
    ), brought AS (
        SELECT paper_kind AS kind, bool_or(is_original_seen) AS is_seen FROM change_paper
        WHERE ident = r.ident AND request_id = r.id GROUP BY paper_kind
    )
    SELECT coalesce(array_agg(n.kind ORDER BY n.place) FILTER (WHERE b.kind IS NULL), '{}'),
           coalesce(array_agg(n.kind ORDER BY n.place) FILTER (WHERE n.must_see AND NOT coalesce(b.is_seen, false)),
                    '{}')
    FROM needed n LEFT JOIN brought b USING (kind)
$$;
