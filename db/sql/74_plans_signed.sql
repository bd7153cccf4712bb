-- Signing: a plan is registered as it was shown, or not at all; certified.
--
-- Locks are taken in one order everywhere: plan, payment, account_balance.

CREATE OR REPLACE FUNCTION must_sign(wanted_ident integer) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_read(wanted_ident);
    IF NOT is_in('desk_clerk') THEN
        PERFORM refuse('not_serving');
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION locked_plan(wanted_ident integer, wanted_plan bigint) RETURNS plan
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r plan%ROWTYPE;
BEGIN
    SELECT * INTO r FROM plan WHERE ident = wanted_ident AND id = wanted_plan FOR NO KEY UPDATE;
    IF r.id IS NULL THEN
        PERFORM refuse('plan_unknown', jsonb_build_object('ident', wanted_ident, 'plan', wanted_plan));
    END IF;
    PERFORM FROM account_balance WHERE ident = wanted_ident FOR UPDATE;
    RETURN r;
END
$$;

-- What may be signed -------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION signable_programme(
    of_programme integer, of_version integer, of_ident integer, of_payer text, on_day date)
RETURNS programme_version
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v programme_version%ROWTYPE;
    holder_kind text;
BEGIN
    SELECT * INTO v FROM programme_version
    WHERE programme_id = of_programme AND version = of_version AND state = 'published';
    IF v.version IS NULL OR NOT is_in_force(v.valid_from, v.valid_to, on_day) THEN
        PERFORM refuse('plan_programme_not_in_force',
                       jsonb_build_object('valid_from', v.valid_from, 'valid_to', v.valid_to));
    END IF;
    -- whoever decided the terms takes nobody in under them on the same day
    IF v.published_by = session_user
       AND on_day < (v.published_at AT TIME ZONE 'Europe/Belgrade')::date
                    + setting_on('programme_days_before_signing', on_day)::int THEN
        PERFORM refuse('plan_programme_own', jsonb_build_object('days',
                       setting_on('programme_days_before_signing', on_day)));
    END IF;
    SELECT kind INTO holder_kind FROM holder
    WHERE ident = of_ident AND valid_from <= on_day ORDER BY valid_from DESC LIMIT 1;
    -- a firm is no pensioner, and only the entrepreneur deleted from the register may be either
    IF most_instalments(v.terms, of_payer, 0) IS NULL
       OR holder_kind = 'natural' AND of_payer = 'company'
       OR holder_kind = 'legal' AND of_payer NOT IN ('company', 'former_entrepreneur') THEN
        PERFORM refuse('plan_payer_not_allowed', jsonb_build_object('payer', of_payer));
    END IF;
    IF NOT coalesce((v.terms ->> 'may_replan')::boolean, false)
       AND EXISTS (SELECT FROM plan WHERE ident = of_ident AND programme_id = of_programme
                                      AND state = 'broken') THEN
        PERFORM refuse('plan_broken_before');
    END IF;
    RETURN v;
END
$$;

CREATE OR REPLACE FUNCTION plannable_months(of_ident integer, rule jsonb, on_day date) RETURNS SETOF plan_item
LANGUAGE sql STABLE ROWS 24 SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT of_ident, 0::bigint, m.ggmm, m.principal,
           m.interest_on_bill + m.acknowledged + accrued_interest(m.principal, m.accrue_from, on_day), m.is_sued,
           m.case_id, m.accrue_from, m.interest_on_bill
    FROM (SELECT *, max(ggmm) FILTER (WHERE is_sued) OVER () AS last_sued
          FROM open_months(of_ident, on_day)) m
    WHERE coalesce((rule ->> CASE WHEN m.is_sued THEN 'takes_sued' ELSE 'takes_unsued' END)::boolean, true)
      AND (rule ->> 'due_until' IS NULL OR m.due_on <= (rule ->> 'due_until')::date)
      AND (NOT coalesce((rule ->> 'up_to_last_sued')::boolean, false) OR m.last_sued IS NULL
           OR m.ggmm <= m.last_sued)
$$;

CREATE OR REPLACE FUNCTION chosen_months(of_ident integer, chosen jsonb, rule jsonb, on_day date)
RETURNS plan_item[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    there CONSTANT plan_item[] := ARRAY(SELECT m FROM plannable_months(of_ident, rule, on_day) m);
    least_bills CONSTANT int := coalesce((rule ->> 'least_unsued_bills')::int, 0);
    changed int[];
BEGIN
    -- each as it was shown, or by its name among those that changed
    SELECT array_agg(a.ggmm ORDER BY a.ggmm) INTO changed
    FROM jsonb_to_recordset(chosen) AS a (ggmm smallint, principal numeric, interest numeric)
    LEFT JOIN unnest(there) m ON m.ggmm = a.ggmm
    WHERE (m.principal, m.interest) IS DISTINCT FROM (a.principal, a.interest);
    IF changed IS NOT NULL THEN
        PERFORM refuse('plan_debt_changed', jsonb_build_object('months', changed));
    END IF;
    IF NOT EXISTS (SELECT FROM unnest(there) WHERE was_sued) AND cardinality(there) < least_bills THEN
        PERFORM refuse('plan_too_few_bills',
                       jsonb_build_object('least', least_bills, 'there_are', cardinality(there)));
    END IF;
    RETURN ARRAY(SELECT m FROM unnest(there) m
                 WHERE m.ggmm IN (SELECT (one ->> 'ggmm')::smallint FROM jsonb_array_elements(chosen) AS one));
END
$$;

CREATE OR REPLACE FUNCTION refuse_debtor(given jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    wrong text;
BEGIN
    SELECT key INTO wrong FROM jsonb_each(given)
    WHERE key NOT IN ('name', 'address', 'id_card', 'id_card_issuer', 'phone', 'email', 'representative',
                      'representative_basis', 'note')
       OR jsonb_typeof(value) <> 'string' OR length(value #>> '{}') > 400 OR NOT is_one_line(value #>> '{}')
    LIMIT 1;
    IF FOUND THEN
        PERFORM refuse('plan_field_wrong', jsonb_build_object('field', wrong));
    END IF;
END
$$;

-- Registering --------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION register_plan(wanted_ident integer, given jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    day CONSTANT date := office_day();
    of_payer CONSTANT text := given ->> 'payer';
    how_many CONSTANT int := (given ->> 'instalments')::int;
    v programme_version%ROWTYPE;
    items plan_item[];
    costs jsonb;
    sums record;
    offer record;
    r plan%ROWTYPE;
BEGIN
    PERFORM must_sign(wanted_ident);
    PERFORM refuse_debtor(coalesce(given -> 'debtor', '{}'));
    -- of two clerks at one account the second finds what the first has signed
    INSERT INTO account_balance (ident) VALUES (wanted_ident) ON CONFLICT DO NOTHING;
    PERFORM FROM account_balance WHERE ident = wanted_ident FOR UPDATE;
    IF EXISTS (SELECT FROM plan WHERE ident = wanted_ident AND is_plan_in_force(state)) THEN
        PERFORM refuse('plan_in_force', jsonb_build_object('ident', wanted_ident));
    END IF;
    v := signable_programme((given ->> 'programme_id')::int, (given ->> 'version')::int, wanted_ident,
                            of_payer, day);
    items := chosen_months(wanted_ident, coalesce(given -> 'months', '[]'), v.terms -> 'debts', day);
    SELECT jsonb_object_agg(c.id, c.creditor_costs + c.bailiff_costs - c.paid_costs) INTO costs
    FROM enforcement_case c
    WHERE c.ident = wanted_ident AND c.id IN (SELECT case_id FROM unnest(items));
    SELECT coalesce(sum(principal), 0) AS principal, coalesce(sum(interest), 0) AS interest,
           coalesce((SELECT sum(value::numeric) FROM jsonb_each_text(costs)), 0) AS costs
    INTO sums FROM unnest(items);
    offer := plan_offer(v.terms, of_payer, sums.principal, sums.interest, sums.costs, how_many, day);
    IF sums.costs <> (given ->> 'costs')::numeric THEN
        PERFORM refuse('plan_debt_changed', jsonb_build_object('months', '[]'::jsonb));
    END IF;
    IF ((given ->> 'written_off_principal')::numeric, (given ->> 'written_off_interest')::numeric,
        (given ->> 'payable')::numeric)
       IS DISTINCT FROM (offer.written_off_principal, offer.written_off_interest, offer.payable)
       OR ARRAY(SELECT (one ->> 0)::date FROM jsonb_array_elements(given -> 'schedule') AS one)
          IS DISTINCT FROM offer.due_dates
       OR ARRAY(SELECT (one ->> 1)::numeric FROM jsonb_array_elements(given -> 'schedule') AS one)
          IS DISTINCT FROM offer.parts THEN
        PERFORM refuse('plan_sums_wrong');
    END IF;
    PERFORM refuse_over_limit(v.terms, offer.payable);
    r := numbered_plan(my_branch(), day);
    INSERT INTO plan (ident, programme_id, programme_version, contract_number, branch_id, number_year,
        number_serial, state, signed_on, payer, discount_percent, interest_relief, principal, interest, costs,
        written_off_principal, written_off_interest, payable, created_by, created_at, debtor)
    VALUES (wanted_ident, v.programme_id, v.version, r.contract_number, r.branch_id, r.number_year,
        r.number_serial, 'proposed', day, of_payer, offer.discount_percent, v.terms ->> 'interest',
        sums.principal, sums.interest, sums.costs, offer.written_off_principal, offer.written_off_interest,
        offer.payable, session_user, clock_timestamp(), coalesce(given -> 'debtor', '{}'))
    RETURNING * INTO r;
    INSERT INTO plan_item
    SELECT wanted_ident, r.id, ggmm, principal, interest, was_sued, case_id, accrued_from, interest_on_bill
    FROM unnest(items);
    INSERT INTO plan_cost SELECT wanted_ident, r.id, key::bigint, value::numeric FROM jsonb_each_text(costs);
    INSERT INTO instalment (ident, plan_id, instalment_no, due_on, amount)
    SELECT wanted_ident, r.id, number, due_on, part
    FROM unnest(offer.due_dates, offer.parts) WITH ORDINALITY AS s (due_on, part, number);
    PERFORM keep_plan_event(wanted_ident, r.id, NULL, 'proposed', 'registered', jsonb_build_object(
        'principal', sums.principal, 'interest', sums.interest, 'costs', sums.costs, 'payable', offer.payable));
    r.state := CASE WHEN (v.terms ->> 'is_certified')::boolean THEN 'awaiting_certification' ELSE 'active' END;
    UPDATE plan SET state = r.state WHERE ident = wanted_ident AND id = r.id;
    PERFORM keep_plan_event(wanted_ident, r.id, 'proposed', r.state, 'signed');
    RETURN jsonb_build_object('plan_id', r.id, 'contract_number', r.contract_number, 'state', r.state);
END
$$;
COMMENT ON FUNCTION register_plan(integer, jsonb) IS
    'Sign a plan as it was shown: the debt, the programme and every sum are computed again first.';

CREATE OR REPLACE FUNCTION refuse_over_limit(terms jsonb, payable numeric) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    most CONSTANT numeric := (terms -> 'most_payable'
        ->> (SELECT role FROM staff WHERE login = session_user))::numeric;
BEGIN
    IF payable > most THEN
        PERFORM refuse('plan_over_limit', jsonb_build_object('most', most::text, 'payable', payable::text));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION next_plan_serial(of_branch smallint, of_year smallint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tried integer := coalesce((SELECT last_serial FROM plan_serial WHERE branch_id = of_branch AND year = of_year), 0);
    used integer;
    serial integer;
BEGIN
    LOOP
        SELECT max(number_serial) INTO used FROM plan WHERE branch_id = of_branch AND number_year = of_year;
        SELECT min(free) INTO serial FROM generate_series(tried + 1, greatest(tried, used) + 1) AS free
        WHERE NOT EXISTS (SELECT FROM plan
                          WHERE branch_id = of_branch AND number_year = of_year AND number_serial = free);
        CONTINUE WHEN serial IS NULL;   -- somebody committed the last of these between the two looks
        tried := serial;
        IF is_number_ours(2, of_branch, of_year, serial) THEN
            -- who had it a moment ago may have committed since: this statement sees more than the last
            PERFORM FROM plan
            WHERE branch_id = of_branch AND number_year = of_year AND number_serial = serial;
            IF NOT FOUND THEN
                RETURN serial;
            END IF;
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION next_plan_serial(smallint, smallint) IS
    'The lowest number that no contract has and nobody is taking just now; one that was given back comes first.';

CREATE OR REPLACE FUNCTION numbered_plan(of_branch smallint, on_day date) RETURNS plan
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r plan%ROWTYPE;
BEGIN
    r.branch_id := of_branch;
    r.number_year := extract(year FROM on_day);
    r.number_serial := next_plan_serial(r.branch_id, r.number_year);
    r.contract_number := 'RP-' || (SELECT code FROM branch WHERE id = of_branch) || '-'
                         || to_char(r.number_serial, 'FM000000') || '/' || r.number_year;
    RETURN r;
END
$$;

-- Certifying ---------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION certify_plan(
    wanted_ident integer, wanted_plan bigint, uop_number text, on_day date) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r plan%ROWTYPE;
    changed int[];
BEGIN
    PERFORM must_sign(wanted_ident);
    r := locked_plan(wanted_ident, wanted_plan);
    IF r.state <> 'awaiting_certification' THEN
        PERFORM refuse('plan_transition_forbidden', jsonb_build_object('old', r.state, 'new', 'active'));
    END IF;
    IF btrim(coalesce(uop_number, '')) = '' OR length(uop_number) > 60 OR NOT is_one_line(uop_number) THEN
        PERFORM refuse('plan_field_wrong', jsonb_build_object('field', 'certification_number'));
    END IF;
    IF on_day IS NULL OR on_day < r.signed_on OR on_day > office_day() THEN
        PERFORM refuse('plan_field_wrong', jsonb_build_object('field', 'certified_on'));
    END IF;
    -- a month that was paid on or sued meanwhile is not the one that was signed for
    SELECT array_agg(i.ggmm ORDER BY i.ggmm) INTO changed
    FROM plan_item i LEFT JOIN open_months(wanted_ident, r.signed_on) m ON m.ggmm = i.ggmm
    WHERE i.ident = wanted_ident AND i.plan_id = wanted_plan
      AND (m.principal, m.is_sued,
           m.interest_on_bill + m.acknowledged + accrued_interest(i.principal, i.accrued_from, r.signed_on))
          IS DISTINCT FROM (i.principal, i.was_sued, i.interest);
    IF changed IS NOT NULL OR EXISTS (
        SELECT FROM plan_cost k JOIN enforcement_case c ON c.ident = k.ident AND c.id = k.case_id
        WHERE k.ident = wanted_ident AND k.plan_id = wanted_plan
          AND k.amount <> c.creditor_costs + c.bailiff_costs - c.paid_costs) THEN
        PERFORM refuse('plan_debt_changed', jsonb_build_object('months', coalesce(changed, '{}')));
    END IF;
    UPDATE plan SET state = 'active', certification_number = btrim(uop_number), certified_on = on_day
    WHERE ident = wanted_ident AND id = wanted_plan;
    PERFORM keep_plan_event(wanted_ident, wanted_plan, r.state, 'active', 'certified',
                            jsonb_build_object('number', btrim(uop_number), 'on', on_day));
    RETURN jsonb_build_object('plan_id', r.id, 'contract_number', r.contract_number, 'state', 'active');
END
$$;
