-- How plans end: kept, broken, cancelled or undone.  What was paid is credited to the debts they held.

-- Money --------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION ended_plans(of_idents integer[], of_plans bigint[], new_states text[])
RETURNS TABLE (ident integer, plan_id bigint, new_state text, brought numeric)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 SET search_path = public, pg_temp AS $$
    -- a contract that never came into force has brought and held nothing
    SELECT p.ident, p.id, e.new_state,
           (SELECT coalesce(sum(i.paid), 0) FROM instalment i WHERE i.ident = p.ident AND i.plan_id = p.id)
    FROM unnest(of_idents, of_plans, new_states) AS e (ident, plan_id, new_state)
    JOIN plan p ON p.ident = e.ident AND p.id = e.plan_id
    WHERE is_plan_in_force(p.state)
$$;

-- All at once for many plans: each statement here sums up the accounts once, however many there are.
CREATE OR REPLACE FUNCTION credit_plans(of_idents integer[], of_plans bigint[], new_states text[], on_day date)
RETURNS TABLE (plan_id bigint, facts jsonb)
LANGUAGE plpgsql SECURITY DEFINER ROWS 100 SET search_path = public, pg_temp AS $$
DECLARE
    parts jsonb;
    credits jsonb;
BEGIN
    -- costs, then principal of the months, then interest on their bills, the oldest first: all of it
    -- when the plan is kept, as much as was paid when it is not
    SELECT jsonb_agg(jsonb_build_object('ident', t.ident, 'ggmm', t.ggmm, 'case_id', t.case_id, 'amount', t.part,
                                        'number', t.number))
    INTO parts
    FROM (
        SELECT c.*, row_number() OVER (PARTITION BY c.ident ORDER BY c.place, c.ggmm, c.case_id) AS number
        FROM (
            SELECT o.*, CASE WHEN o.new_state = 'kept' THEN o.open
                             ELSE least(o.open, o.brought - coalesce(sum(o.open) OVER (
                                 PARTITION BY o.ident ORDER BY o.place, o.ggmm, o.case_id
                                 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)) END AS part
            FROM (
                SELECT e.ident, e.new_state, e.brought, 1 AS place, NULL::smallint AS ggmm, c.id AS case_id,
                       c.creditor_costs + c.bailiff_costs - c.paid_costs AS open
                FROM ended_plans(of_idents, of_plans, new_states) e
                JOIN plan_cost k ON k.ident = e.ident AND k.plan_id = e.plan_id
                JOIN enforcement_case c ON c.ident = k.ident AND c.id = k.case_id
                UNION ALL
                SELECT e.ident, e.new_state, e.brought, s.place, b.ggmm, NULL,
                       CASE s.place WHEN 2 THEN b.open - s.interest ELSE s.interest END
                FROM ended_plans(of_idents, of_plans, new_states) e
                JOIN plan_item i ON i.ident = e.ident AND i.plan_id = e.plan_id
                JOIN bill_balance b ON b.ident = i.ident AND b.ggmm = i.ggmm
                JOIN bill o ON o.ident = b.ident AND o.ggmm = b.ggmm AND o.version = b.version
                CROSS JOIN LATERAL (SELECT p.place, open_interest(b.charged, o.interest, b.paid,
                                               credited_principal(b.ident, b.ggmm)) AS interest
                                    FROM (VALUES (2), (3)) p (place)) s
                WHERE b.open > 0
            ) o
            WHERE o.open > 0
        ) c
        WHERE c.part > 0
    ) t;
    WITH sums AS (
        SELECT x.ident, sum(x.amount) AS amount
        FROM jsonb_to_recordset(parts) AS x (ident integer, amount numeric) GROUP BY x.ident
    ), credited AS (
        INSERT INTO payment (ident, received_on, amount, channel, payer)
        SELECT e.ident, on_day, s.amount, 'credit',
               CASE e.new_state WHEN 'kept' THEN 'reprogram ispunjen' WHEN 'broken' THEN 'raskid reprograma'
                                ELSE 'storno reprograma' END
        FROM ended_plans(of_idents, of_plans, new_states) e JOIN sums s ON s.ident = e.ident
        RETURNING payment.ident, payment.id, payment.amount
    )
    SELECT jsonb_object_agg(c.ident, jsonb_build_object('id', c.id, 'amount', c.amount)) INTO credits
    FROM credited c;
    INSERT INTO allocation (ident, payment_id, allocation_no, ggmm, case_id, amount)
    SELECT x.ident, (credits -> x.ident::text ->> 'id')::bigint, x.number, x.ggmm, x.case_id, x.amount
    FROM jsonb_to_recordset(parts) AS x (ident integer, ggmm smallint, case_id bigint, amount numeric,
                                         number integer);
    RETURN QUERY
    SELECT e.plan_id, jsonb_build_object('paid', e.brought, 'payment', credits -> e.ident::text -> 'id',
               'credited', coalesce((credits -> e.ident::text ->> 'amount')::numeric, 0))
           || CASE e.new_state
               WHEN 'kept' THEN jsonb_build_object('written_off_principal', p.written_off_principal,
                                                   'written_off_interest', p.written_off_interest)
               ELSE jsonb_build_object('revived_principal', p.written_off_principal,
                                       'revived_interest', p.written_off_interest) END
    FROM ended_plans(of_idents, of_plans, new_states) e
    JOIN plan p ON p.ident = e.ident AND p.id = e.plan_id;
END
$$;

CREATE OR REPLACE FUNCTION end_plans(
    of_idents integer[], of_plans bigint[], new_states text[], causes text[], with_facts jsonb[],
    for_reason text, on_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    booked jsonb;
BEGIN
    SELECT jsonb_object_agg(c.plan_id, c.facts) INTO booked
    FROM credit_plans(of_idents, of_plans, new_states, on_day) c;
    UPDATE enforcement_case c SET state = 'collected', ended_on = on_day, state_before_plan = NULL
    FROM (SELECT DISTINCT i.ident, i.case_id
          FROM unnest(of_idents, of_plans, new_states) AS e (ident, plan_id, new_state)
          JOIN plan_item i ON i.ident = e.ident AND i.plan_id = e.plan_id
          WHERE e.new_state = 'kept' AND i.case_id IS NOT NULL) k
    WHERE c.ident = k.ident AND c.id = k.case_id AND c.state = 'suspended_by_plan'
      -- of a case of which only some months were in the plan, the others go on
      AND NOT EXISTS (SELECT FROM enforcement_item n JOIN bill_balance b ON b.ident = n.ident AND b.ggmm = n.ggmm
                      WHERE n.ident = c.ident AND n.case_id = c.id AND b.open > 0);
    INSERT INTO plan_event (ident, plan_id, login, old_state, new_state, cause, facts, reason)
    SELECT p.ident, p.id, session_user, p.state, e.new_state, e.cause,
           coalesce(e.facts, '{}') || coalesce(booked -> p.id::text, '{}'), for_reason
    FROM unnest(of_idents, of_plans, new_states, causes, with_facts) AS e (ident, plan_id, new_state, cause, facts)
    JOIN plan p ON p.ident = e.ident AND p.id = e.plan_id;
    UPDATE plan p SET state = e.new_state, ended_on = on_day, followed_on = greatest(p.followed_on, on_day)
    FROM unnest(of_idents, of_plans, new_states) AS e (ident, plan_id, new_state)
    WHERE p.ident = e.ident AND p.id = e.plan_id;
END
$$;

-- By hand ------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION cancel_plan(wanted_ident integer, wanted_plan bigint, for_reason text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r plan%ROWTYPE;
BEGIN
    PERFORM must_sign(wanted_ident);
    IF NOT is_in('desk_supervisor') THEN
        PERFORM refuse('not_serving');
    ELSIF btrim(coalesce(for_reason, '')) = '' THEN
        PERFORM refuse('plan_reason_missing');
    END IF;
    r := locked_plan(wanted_ident, wanted_plan);
    IF is_plan_over(r.state) THEN
        PERFORM refuse('plan_transition_forbidden', jsonb_build_object('old', r.state, 'new', 'cancelled'));
    END IF;
    PERFORM end_plans(ARRAY[r.ident], ARRAY[r.id], ARRAY['cancelled'], ARRAY['cancelled'], ARRAY['{}'::jsonb],
                      btrim(for_reason), office_day());
    RETURN jsonb_build_object('plan_id', r.id, 'contract_number', r.contract_number, 'state', 'cancelled');
END
$$;
COMMENT ON FUNCTION cancel_plan(integer, bigint, text) IS
    'End a plan by right: what was paid is credited to its debts, and they are where they were.';

CREATE OR REPLACE FUNCTION undo_plan(wanted_ident integer, wanted_plan bigint, for_reason text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r plan%ROWTYPE;
    obstacle text;
BEGIN
    PERFORM must_sign(wanted_ident);
    IF btrim(coalesce(for_reason, '')) = '' THEN
        PERFORM refuse('plan_reason_missing');
    END IF;
    r := locked_plan(wanted_ident, wanted_plan);
    obstacle := CASE
        WHEN is_plan_over(r.state) THEN 'state'
        WHEN r.signed_on <> office_day() THEN 'day'
        WHEN r.created_by <> session_user AND NOT is_in('desk_supervisor') THEN 'person'
        WHEN EXISTS (SELECT FROM instalment i WHERE i.ident = r.ident AND i.plan_id = r.id AND i.paid > 0)
            THEN 'money' END;
    IF obstacle IS NOT NULL THEN
        PERFORM refuse('plan_undo_forbidden', jsonb_build_object('why', obstacle));
    END IF;
    PERFORM end_plans(ARRAY[r.ident], ARRAY[r.id], ARRAY['cancelled'], ARRAY['undone'], ARRAY['{}'::jsonb],
                      btrim(for_reason), office_day());
    RETURN jsonb_build_object('plan_id', r.id, 'contract_number', r.contract_number, 'state', 'cancelled');
END
$$;
COMMENT ON FUNCTION undo_plan(integer, bigint, text) IS
    'Take back a registration by mistake: the same day, by who made it or a supervisor, with no money on it.';
