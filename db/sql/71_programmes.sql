-- Programmes: drafted, tried and published by supervisors; what is published is never altered.

CREATE OR REPLACE FUNCTION complete_terms(terms jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    -- what is missing takes the default app.domain.plans.programmes has for it
    SELECT '{"size_rules": [], "interest": "none", "least_instalment": "0.00", "down_payment_percent": "0.00",
             "first_due": "days_after_signing", "first_due_days": 30, "is_certified": false,
             "takes_other_counts": true, "may_replan": false, "most_payable": {}, "unconfirmed": []}'::jsonb
        || terms
        || jsonb_build_object(
            'debts', '{"due_until": null, "takes_unsued": true, "takes_sued": true, "up_to_last_sued": false,
                       "least_unsued_bills": 0}'::jsonb || coalesce(terms -> 'debts', '{}'),
            'breach', '{"missed_instalments": 2, "unpaid_bills": 0, "days_of_grace": 0}'::jsonb
                      || coalesce(terms -> 'breach', '{}'))
$$;

CREATE OR REPLACE FUNCTION is_count(value jsonb, from_least integer, to_most integer) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    -- one way of writing it: what a server reads as hexadecimal, a window cannot read
    SELECT jsonb_typeof(value) = 'number' AND value #>> '{}' ~ '^[0-9]{1,3}$'
       AND (value #>> '{}')::int BETWEEN from_least AND to_most
$$;

CREATE OR REPLACE FUNCTION is_amount(value jsonb, from_least numeric, to_most numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN jsonb_typeof(value) IN ('string', 'number')
                 AND value #>> '{}' ~ '^[0-9]{1,12}(\.[0-9]{1,4})?$'
           THEN (value #>> '{}')::numeric BETWEEN from_least AND to_most ELSE false END
$$;

CREATE OR REPLACE FUNCTION is_day(value jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN jsonb_typeof(value) = 'string' AND value #>> '{}' ~ '^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$'
       AND make_date(left(value #>> '{}', 4)::int, substr(value #>> '{}', 6, 2)::int,
                     right(value #>> '{}', 2)::int) IS NOT NULL;
EXCEPTION WHEN datetime_field_overflow THEN
    RETURN false;
END
$$;

CREATE OR REPLACE FUNCTION are_flags(given jsonb, names text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(bool_and(jsonb_typeof(given -> name) = 'boolean'), false) FROM unnest(names) AS name
$$;

CREATE OR REPLACE FUNCTION terms_problem(terms jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
DECLARE
    payers CONSTANT text[] := ARRAY['ordinary', 'pensioner', 'social_benefit', 'former_entrepreneur', 'company'];
    rule record;
BEGIN
    IF jsonb_typeof(terms) <> 'object' THEN
        RETURN 'terms';
    ELSIF (jsonb_array_length(terms -> 'steps') > 0) IS NOT TRUE THEN
        RETURN 'steps';
    END IF;
    FOR rule IN SELECT s.one, count(*) OVER (PARTITION BY s.one -> 0, s.one -> 1) AS times
                FROM jsonb_array_elements(terms -> 'steps') AS s (one) LOOP
        IF (jsonb_array_length(rule.one) = 3 AND jsonb_typeof(rule.one -> 0) = 'string'
            AND rule.one ->> 0 = ANY (payers) AND is_count(rule.one -> 1, 1, 99)
            AND is_amount(rule.one -> 2, 0, 100) AND rule.times = 1) IS NOT TRUE THEN
            RETURN 'steps';
        END IF;
    END LOOP;
    FOR rule IN SELECT s.one FROM jsonb_array_elements(terms -> 'size_rules') AS s (one) LOOP
        IF (jsonb_array_length(rule.one) = 3 AND rule.one ->> 0 = ANY (payers) AND is_count(rule.one -> 2, 1, 999)
            AND (jsonb_typeof(rule.one -> 1) = 'null' OR is_amount(rule.one -> 1, 0.0001, 999999999999)))
           IS NOT TRUE THEN
            RETURN 'size_rules';
        END IF;
    END LOOP;
    -- what is null is no answer
    RETURN CASE
        WHEN (are_flags(terms -> 'debts', '{takes_unsued,takes_sued,up_to_last_sued}')
              AND ((terms #> '{debts,takes_unsued}')::boolean OR (terms #> '{debts,takes_sued}')::boolean)
              AND is_count(terms #> '{debts,least_unsued_bills}', 0, 999)
              AND (jsonb_typeof(terms #> '{debts,due_until}') = 'null' OR is_day(terms #> '{debts,due_until}')))
             IS NOT TRUE THEN 'debts'
        WHEN (terms ->> 'interest' IN ('none', 'at_once', 'on_fulfilment')) IS NOT TRUE THEN 'interest'
        WHEN is_amount(terms -> 'least_instalment', 0, 999999999) IS NOT TRUE THEN 'least_instalment'
        WHEN (is_amount(terms -> 'down_payment_percent', 0, 100)
              AND (terms ->> 'down_payment_percent')::numeric < 100) IS NOT TRUE THEN 'down_payment_percent'
        WHEN (terms ->> 'first_due' IN ('days_after_signing', 'end_of_next_month')) IS NOT TRUE THEN 'first_due'
        WHEN is_count(terms -> 'first_due_days', 0, 366) IS NOT TRUE THEN 'first_due_days'
        WHEN NOT are_flags(terms, '{is_certified}') THEN 'is_certified'
        WHEN NOT are_flags(terms, '{takes_other_counts}') THEN 'takes_other_counts'
        WHEN NOT are_flags(terms, '{may_replan}') THEN 'may_replan'
        WHEN (is_count(terms #> '{breach,missed_instalments}', 0, 99)
              AND is_count(terms #> '{breach,unpaid_bills}', 0, 99)
              AND is_count(terms #> '{breach,days_of_grace}', 0, 366)) IS NOT TRUE THEN 'breach'
        WHEN EXISTS (SELECT FROM jsonb_each(terms -> 'most_payable') m
                     WHERE m.key !~ '^desk_' OR is_amount(m.value, 0, 99999999999) IS NOT TRUE)
            THEN 'most_payable'
        WHEN (jsonb_typeof(terms -> 'unconfirmed') = 'array'
              AND NOT EXISTS (SELECT FROM jsonb_array_elements(terms -> 'unconfirmed') AS one
                              WHERE jsonb_typeof(one) <> 'string')) IS NOT TRUE THEN 'unconfirmed' END;
EXCEPTION WHEN data_exception OR invalid_parameter_value OR wrong_object_type THEN
    RETURN 'terms';
END
$$;
COMMENT ON FUNCTION terms_problem(jsonb) IS 'The term that cannot be; null where all can.';

CREATE OR REPLACE FUNCTION guard_programme_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    withdrawn CONSTANT text[] := '{state,withdrawn_by,withdrawn_at,withdrawal_reason}';
    wrong text;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'withdrawn'
       AND to_jsonb(OLD) - withdrawn = to_jsonb(NEW) - withdrawn THEN   -- readable or not
        NEW.withdrawn_by := session_user;
        NEW.withdrawn_at := clock_timestamp();
        RETURN NEW;
    ELSIF TG_OP <> 'INSERT' AND OLD.state <> 'draft' THEN
        -- but for its end, which the version that follows it may bring nearer
        IF TG_OP = 'DELETE' OR to_jsonb(OLD) - 'valid_to' IS DISTINCT FROM to_jsonb(NEW) - 'valid_to'
           OR (NEW.valid_to < coalesce(OLD.valid_to, 'infinity')) IS NOT TRUE OR OLD.state = 'withdrawn' THEN
            PERFORM refuse('programme_published',
                           jsonb_build_object('programme', OLD.programme_id, 'version', OLD.version));
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' OR NEW.state = 'draft' THEN   -- whoever writes a word of it does not publish it
        NEW.editors := array_remove(NEW.editors, session_user::text) || session_user::text;
    END IF;
    NEW.terms := complete_terms(NEW.terms);
    wrong := terms_problem(NEW.terms);
    IF wrong IS NOT NULL THEN
        PERFORM refuse('programme_terms_faulty', jsonb_build_object('field', wrong));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER guarded BEFORE INSERT OR UPDATE OR DELETE ON programme_version
    FOR EACH ROW EXECUTE FUNCTION guard_programme_version();

CREATE OR REPLACE FUNCTION draft_programme(given jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v programme_version%ROWTYPE;
BEGIN
    PERFORM must_supervise();
    v.programme_id := (given ->> 'programme_id')::smallint;
    IF v.programme_id IS NULL THEN
        IF btrim(coalesce(given ->> 'code', '')) = '' OR btrim(coalesce(given ->> 'name', '')) = '' THEN
            PERFORM refuse('programme_field_missing', jsonb_build_object('field',
                CASE WHEN btrim(coalesce(given ->> 'code', '')) = '' THEN 'code' ELSE 'name' END));
        END IF;
        LOCK TABLE programme IN SHARE ROW EXCLUSIVE MODE;
        INSERT INTO programme (id, code, name)
        SELECT coalesce(max(id), 0) + 1, btrim(given ->> 'code'), btrim(given ->> 'name') FROM programme
        RETURNING id INTO v.programme_id;
    ELSE
        PERFORM FROM programme WHERE id = v.programme_id FOR NO KEY UPDATE;   -- plans are signed meanwhile
    END IF;
    INSERT INTO programme_version (programme_id, version, decision, legal_basis, valid_from, valid_to, terms,
                                   note, created_by, created_at)
    SELECT v.programme_id, coalesce(max(p.version), 0) + 1, coalesce(given ->> 'decision', ''),
           coalesce(given ->> 'legal_basis', ''), (given ->> 'valid_from')::date, (given ->> 'valid_to')::date,
           given -> 'terms', coalesce(given ->> 'note', ''), session_user, clock_timestamp()
    FROM programme_version p WHERE p.programme_id = v.programme_id
    RETURNING * INTO v;
    RETURN jsonb_build_object('programme_id', v.programme_id, 'version', v.version, 'revision', v.revision);
END
$$;

CREATE OR REPLACE FUNCTION seen_draft(of_programme integer, of_version integer, seen_revision integer)
RETURNS programme_version
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v programme_version%ROWTYPE;
BEGIN
    SELECT * INTO v FROM programme_version
    WHERE programme_id = of_programme AND version = of_version FOR NO KEY UPDATE;
    IF v.state <> 'draft' THEN
        PERFORM refuse('programme_published', jsonb_build_object('programme', of_programme, 'version', of_version));
    ELSIF v.version IS NULL OR v.revision <> seen_revision THEN
        PERFORM refuse('programme_draft_outdated', jsonb_build_object('revision', v.revision));
    END IF;
    RETURN v;
END
$$;

CREATE OR REPLACE FUNCTION change_programme_draft(
    of_programme integer, of_version integer, seen_revision integer, given jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_supervise();
    PERFORM seen_draft(of_programme, of_version, seen_revision);
    UPDATE programme_version
    SET decision = coalesce(given ->> 'decision', ''), legal_basis = coalesce(given ->> 'legal_basis', ''),
        valid_from = (given ->> 'valid_from')::date, valid_to = (given ->> 'valid_to')::date,
        terms = given -> 'terms', note = coalesce(given ->> 'note', ''), revision = seen_revision + 1
    WHERE programme_id = of_programme AND version = of_version;
    RETURN jsonb_build_object('programme_id', of_programme, 'version', of_version, 'revision', seen_revision + 1);
END
$$;

-- What a programme may give at most ----------------------------------------------------------------

CREATE OR REPLACE FUNCTION refuse_over_bounds(terms jsonb) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    most CONSTANT jsonb := setting_on('programme_bounds', office_day());
    given record;
BEGIN
    SELECT max((step ->> 2)::numeric) AS percent, max((step ->> 1)::int) AS instalments INTO given
    FROM jsonb_array_elements(terms -> 'steps') AS step;
    IF given.percent > (most ->> 'percent')::numeric THEN
        PERFORM refuse('programme_over_bounds', jsonb_build_object('bound', 'percent', 'most', most ->> 'percent'));
    ELSIF given.instalments > (most ->> 'instalments')::int THEN
        PERFORM refuse('programme_over_bounds',
                       jsonb_build_object('bound', 'instalments', 'most', most ->> 'instalments'));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION set_programme_bounds(from_day date, most_percent integer, most_instalments integer, why text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT pg_has_role(session_user, 'desk_admin', 'MEMBER')
       OR NOT EXISTS (SELECT FROM staff WHERE login = session_user AND is_active) THEN
        PERFORM refuse('not_serving');
    ELSIF (from_day >= office_day() AND most_percent BETWEEN 0 AND 100 AND most_instalments BETWEEN 1 AND 99
           AND btrim(why) <> '' AND is_one_line(why) AND length(why) <= 400) IS NOT TRUE THEN
        PERFORM refuse('programme_bounds_faulty');   -- what was published under others stays as it is
    END IF;
    INSERT INTO setting (name, valid_from, value, is_unconfirmed, note)
    VALUES ('programme_bounds', from_day,
            jsonb_build_object('percent', most_percent, 'instalments', most_instalments), false, why)
    ON CONFLICT (name, valid_from) DO UPDATE
    SET value = excluded.value, is_unconfirmed = false, note = excluded.note;
END
$$;
COMMENT ON FUNCTION set_programme_bounds(date, integer, integer, text) IS
    'Bound what a programme may give from a day on; the administrator decides, supervisors publish within it.';

CREATE OR REPLACE FUNCTION publish_programme(of_programme integer, of_version integer, seen_revision integer)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v programme_version%ROWTYPE;
BEGIN
    PERFORM must_supervise();
    v := seen_draft(of_programme, of_version, seen_revision);
    IF session_user = ANY (v.editors) OR session_user = v.created_by THEN
        PERFORM refuse('programme_own_publication');
    END IF;
    IF btrim(v.legal_basis) = '' THEN
        PERFORM refuse('programme_field_missing', jsonb_build_object('field', 'legal_basis'));
    END IF;
    PERFORM refuse_over_bounds(v.terms);
    -- nobody's contract is moved to other terms afterwards
    IF EXISTS (SELECT FROM plan WHERE programme_id = of_programme AND signed_on >= v.valid_from
                                  AND (v.valid_to IS NULL OR signed_on < v.valid_to)) THEN
        PERFORM refuse('programme_backdated', jsonb_build_object('valid_from', v.valid_from));
    END IF;
    UPDATE programme_version SET valid_to = v.valid_from
    WHERE programme_id = of_programme AND state = 'published' AND valid_from < v.valid_from
      AND (valid_to IS NULL OR valid_to > v.valid_from);
    UPDATE programme_version
    SET state = 'published', published_by = session_user, published_at = clock_timestamp(),
        revision = seen_revision + 1
    WHERE programme_id = of_programme AND version = of_version;
    RETURN jsonb_build_object('programme_id', of_programme, 'version', of_version, 'revision', seen_revision + 1);
END
$$;
COMMENT ON FUNCTION publish_programme(integer, integer, integer) IS
    'Put a draft in force; the version before it ends where this one begins.';

-- What was published and is wrong -------------------------------------------------------------------

CREATE OR REPLACE FUNCTION withdraw_programme(of_code text, of_version integer, why text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
-- Nobody's at a desk: what two people put in force is taken back by whoever answers for the database.
DECLARE
    of_programme CONSTANT smallint := (SELECT id FROM programme WHERE code = of_code);
BEGIN
    IF btrim(coalesce(why, '')) = '' OR NOT is_one_line(why) THEN
        PERFORM refuse('programme_withdrawal_unreasoned');
    END IF;
    UPDATE programme_version SET state = 'withdrawn', withdrawal_reason = why
    WHERE programme_id = of_programme AND version = of_version AND state = 'published';
    IF NOT FOUND THEN
        PERFORM refuse('programme_not_published', jsonb_build_object('code', of_code, 'version', of_version));
    END IF;
    RETURN (SELECT count(*) FROM plan WHERE programme_id = of_programme AND programme_version = of_version);
END
$$;
COMMENT ON FUNCTION withdraw_programme(text, integer, text) IS
    'End signing under a published version that is wrong, readable or not; tell how many plans were signed under it. They stay.';

CREATE OR REPLACE FUNCTION largest_debts(at_most integer) RETURNS SETOF integer
LANGUAGE plpgsql STABLE ROWS 50 SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_supervise();
    -- the number only: what an account owes is told to who opened it
    RETURN QUERY SELECT b.ident FROM account_balance b WHERE b.unsued + b.sued > 0
                 ORDER BY b.unsued + b.sued DESC, b.ident LIMIT least(at_most, 100);
END
$$;
COMMENT ON FUNCTION largest_debts(integer) IS
    'Accounts with the largest debt before and in enforcement, to try a programme on.';
