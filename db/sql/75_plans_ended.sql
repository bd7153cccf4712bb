-- How plans end: kept, broken, cancelled or undone.  What was paid is credited to the debts they held.

-- Money --------------------------------------------------------------------------------------------

DROP FUNCTION IF EXISTS ended_plans(integer[], bigint[], text[]);   -- once told no terms of an end

CREATE FUNCTION ended_plans(of_idents integer[], of_plans bigint[], new_states text[])
RETURNS TABLE (ident integer, plan_id bigint, new_state text, brought numeric, to_credit numeric, signed_on date,
    payer text, is_interest_given boolean, does_interest_lapse boolean)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 SET search_path = public, pg_temp AS $$
    -- a contract that never came into force has brought and held nothing
    SELECT p.ident, p.id, e.new_state, b.brought,
           -- less what was credited when it had been found broken and was not
           b.brought - (SELECT coalesce(sum((v.facts ->> 'credited')::numeric), 0) FROM plan_event v
                        WHERE v.ident = p.ident AND v.plan_id = p.id AND v.new_state = 'broken'),
           p.signed_on,
           CASE e.new_state WHEN 'kept' THEN 'reprogram ispunjen' WHEN 'broken' THEN 'raskid reprograma'
                            ELSE 'storno reprograma' END,
           -- written off for good at the signing, as its contract says; one that is cancelled is none
           p.interest_relief = 'at_once' AND e.new_state = 'broken',
           p.interest_relief <> 'none' AND e.new_state <> 'kept'
               AND setting_on('plan_interest_on_paid', p.signed_on) #>> '{}' = 'lapses'
    FROM unnest(of_idents, of_plans, new_states) AS e (ident, plan_id, new_state)
    JOIN plan p ON p.ident = e.ident AND p.id = e.plan_id
    CROSS JOIN LATERAL (SELECT coalesce(sum(i.paid), 0) AS brought FROM instalment i
                        WHERE i.ident = p.ident AND i.plan_id = p.id) b
    WHERE is_plan_in_force(p.state)
$$;

-- What is open of what a plan held, and how much of it is closed at its end: costs, then principal of the
-- months, then interest on their bills, then interest acknowledged that is on none; the oldest first.  All
-- of it when the plan was kept, as far as the money reaches when it was not.
CREATE OR REPLACE FUNCTION plan_claims(of_idents integer[], of_plans bigint[], new_states text[])
RETURNS TABLE (ident integer, plan_id bigint, place integer, ggmm smallint, case_id bigint, open numeric,
    closed numeric, lapsed numeric)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1000 SET search_path = public, pg_temp AS $$
    WITH ended AS MATERIALIZED (
        SELECT * FROM ended_plans(of_idents, of_plans, new_states)
    ), months AS MATERIALIZED (
        SELECT e.*, i.ggmm, b.open - n.on_bill AS principal, n.on_bill,
               CASE
                   -- a bill that was issued while the plan counted as broken has asked for it
                   WHEN e.new_state = 'kept' OR e.is_interest_given OR EXISTS (
                        SELECT FROM plan_event r JOIN bill g ON g.ident = e.ident AND g.version = 1
                          AND g.issued_on > (r.facts ->> 'broke_on')::date AND g.issued_on < (r.facts ->> 'on')::date
                        WHERE r.ident = e.ident AND r.plan_id = e.plan_id AND r.cause = 'reinstated') THEN 0
                   ELSE i.interest - coalesce(i.interest_on_bill, i.interest
                                              - accrued_interest(i.principal, i.accrued_from, e.signed_on))
               END AS acknowledged,
               i.principal AS signed_principal, i.accrued_from
        FROM ended e
        JOIN plan_item i ON i.ident = e.ident AND i.plan_id = e.plan_id
        JOIN bill_balance b ON b.ident = i.ident AND b.ggmm = i.ggmm
        JOIN bill o ON o.ident = b.ident AND o.ggmm = b.ggmm AND o.version = b.version
        CROSS JOIN LATERAL (SELECT open_interest(b.charged, o.interest, b.paid,
                                                 credited_principal(b.ident, b.ggmm)) AS on_bill) n
    ), settled AS (
        SELECT o.ident, o.plan_id, o.place, o.ggmm, o.case_id, o.open,
               CASE WHEN o.new_state = 'kept' OR o.place = 3 AND o.is_interest_given THEN o.open
                    WHEN o.place = 4 THEN 0
                    ELSE greatest(least(o.open, o.to_credit - coalesce(sum(o.open) OVER earlier, 0)), 0) END AS closed
        FROM (
            SELECT e.ident, e.plan_id, e.new_state, e.to_credit, e.is_interest_given, 1 AS place,
                   NULL::smallint AS ggmm, c.id AS case_id, c.creditor_costs + c.bailiff_costs - c.paid_costs AS open
            FROM ended e
            JOIN plan_cost k ON k.ident = e.ident AND k.plan_id = e.plan_id
            JOIN enforcement_case c ON c.ident = k.ident AND c.id = k.case_id
            UNION ALL
            SELECT m.ident, m.plan_id, m.new_state, m.to_credit, m.is_interest_given, s.place, m.ggmm, NULL, s.open
            FROM months m CROSS JOIN LATERAL (VALUES (2, m.principal), (3, m.on_bill)) s (place, open)
        ) o
        WINDOW earlier AS (PARTITION BY o.ident ORDER BY o.place, o.ggmm, o.case_id
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ), acknowledged AS (
        SELECT m.ident, m.plan_id, m.ggmm, m.to_credit, m.acknowledged, CASE
                   WHEN NOT m.does_interest_lapse THEN m.acknowledged
                   -- what had run on the principal that was paid falls away with it
                   ELSE m.acknowledged - accrued_interest(m.signed_principal, m.accrued_from, m.signed_on)
                        + accrued_interest(least(m.signed_principal, m.principal - s.closed), m.accrued_from,
                                           m.signed_on)
               END AS open
        FROM months m JOIN settled s ON s.ident = m.ident AND s.plan_id = m.plan_id AND s.ggmm = m.ggmm AND s.place = 2
        WHERE m.acknowledged > 0
    )
    SELECT s.*, 0 FROM settled s
    UNION ALL
    SELECT a.ident, a.plan_id, 4, a.ggmm, NULL, a.open,
           greatest(least(a.open, a.to_credit
                          - (SELECT sum(s.closed) FROM settled s WHERE s.ident = a.ident AND s.plan_id = a.plan_id)
                          - coalesce(sum(a.open) OVER (PARTITION BY a.ident ORDER BY a.ggmm ROWS BETWEEN
                                                       UNBOUNDED PRECEDING AND 1 PRECEDING), 0)), 0),
           a.acknowledged - a.open
    FROM acknowledged a
$$;

-- What was paid beyond all that the contract came to, because months it held were paid by themselves.
CREATE OR REPLACE FUNCTION plan_overpaid(
    of_ident integer, of_plan bigint, of_state text, to_credit numeric, closed numeric) RETURNS numeric
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE
        -- months from before the register are closed elsewhere
        WHEN EXISTS (SELECT FROM plan_item i WHERE i.ident = of_ident AND i.plan_id = of_plan AND NOT EXISTS (
                         SELECT FROM bill_balance b WHERE b.ident = i.ident AND b.ggmm = i.ggmm))
          OR EXISTS (SELECT FROM plan_cost k WHERE k.ident = of_ident AND k.plan_id = of_plan AND k.case_id = 0) THEN 0
        WHEN of_state <> 'kept' THEN greatest(to_credit - closed, 0)
        ELSE greatest(least(to_credit, (
            SELECT sum(i.principal + coalesce(i.interest_on_bill, i.interest - accrued_interest(
                       i.principal, i.accrued_from, p.signed_on))) + p.costs
            FROM plan_item i WHERE i.ident = of_ident AND i.plan_id = of_plan)
            - (SELECT coalesce(sum(x.paid), 0) - to_credit FROM instalment x
               WHERE x.ident = of_ident AND x.plan_id = of_plan) - closed), 0) END
    FROM plan p WHERE p.ident = of_ident AND p.id = of_plan
$$;

-- All at once for many plans: each statement here sums up the accounts once, however many there are.
CREATE OR REPLACE FUNCTION credit_plans(of_idents integer[], of_plans bigint[], new_states text[], on_day date)
RETURNS TABLE (plan_id bigint, facts jsonb)
LANGUAGE plpgsql SECURITY DEFINER ROWS 100 SET search_path = public, pg_temp AS $$
DECLARE
    given CONSTANT text := 'otpis kamate';
    ended jsonb;
    claims jsonb;
    credits jsonb;
BEGIN
    SELECT jsonb_agg(e) INTO ended FROM ended_plans(of_idents, of_plans, new_states) e;
    SELECT jsonb_agg(to_jsonb(c) || jsonb_build_object(
               'payer', CASE WHEN c.place = 3 AND e.is_interest_given THEN given ELSE e.payer END))
    INTO claims
    FROM plan_claims(of_idents, of_plans, new_states) c
    JOIN jsonb_to_recordset(ended) AS e (plan_id bigint, payer text, is_interest_given boolean)
      ON e.plan_id = c.plan_id;
    WITH sums AS (
        SELECT c.ident, c.plan_id, c.payer, sum(c.closed) AS closed,
               coalesce(sum(c.closed) FILTER (WHERE c.place < 4), 0) AS booked
        FROM jsonb_to_recordset(claims) AS c (ident integer, plan_id bigint, payer text, place integer, closed numeric)
        GROUP BY c.ident, c.plan_id, c.payer
    ), credited AS (
        INSERT INTO payment (ident, received_on, amount, channel, payer)
        SELECT s.ident, on_day, s.booked + o.overpaid, 'credit', s.payer
        FROM sums s
        JOIN jsonb_to_recordset(ended) AS e (plan_id bigint, new_state text, to_credit numeric)
          ON e.plan_id = s.plan_id
        CROSS JOIN LATERAL (SELECT CASE WHEN s.payer = given OR e.new_state <> 'kept' AND e.to_credit <= s.closed
                                        THEN 0 ELSE plan_overpaid(
            s.ident, s.plan_id, e.new_state, e.to_credit, s.closed) END AS overpaid) o
        WHERE s.booked + o.overpaid > 0
        RETURNING payment.ident, payment.payer, payment.id, payment.amount
    )
    SELECT jsonb_object_agg(c.ident || ' ' || c.payer, jsonb_build_object('id', c.id, 'amount', c.amount))
    INTO credits FROM credited c;
    INSERT INTO allocation (ident, payment_id, allocation_no, ggmm, case_id, amount)
    SELECT c.ident, (credits -> (c.ident || ' ' || c.payer) ->> 'id')::bigint,
           row_number() OVER (PARTITION BY c.ident, c.payer ORDER BY c.place, c.ggmm, c.case_id), c.ggmm, c.case_id,
           c.closed
    FROM jsonb_to_recordset(claims) AS c (ident integer, payer text, place integer, ggmm smallint, case_id bigint,
                                          closed numeric)
    WHERE c.place < 4 AND c.closed > 0;
    RETURN QUERY
    WITH months AS (
        SELECT c.plan_id, c.ggmm, sum(c.lapsed) AS lapsed,
               sum(c.closed) FILTER (WHERE c.place < 4 AND c.payer <> given) AS booked,
               coalesce(sum(c.open - c.closed) FILTER (WHERE c.place = 2), 0) AS principal,
               coalesce(sum(c.open - c.closed) FILTER (WHERE c.place = 3), 0) AS on_bill,
               coalesce(sum(c.open - c.closed) FILTER (WHERE c.place = 4), 0) AS acknowledged
        FROM jsonb_to_recordset(claims) AS c (plan_id bigint, payer text, place integer, ggmm smallint, open numeric,
                                              closed numeric, lapsed numeric)
        GROUP BY c.plan_id, c.ggmm
    ), sums AS (
        SELECT m.plan_id, sum(m.booked) AS booked, sum(m.lapsed) AS lapsed,
               jsonb_object_agg(m.ggmm, jsonb_build_object(
                   'principal', m.principal, 'on_bill', m.on_bill, 'acknowledged', m.acknowledged))
                   FILTER (WHERE m.ggmm IS NOT NULL) AS left_open
        FROM months m GROUP BY m.plan_id
    )
    SELECT e.plan_id, jsonb_build_object('paid', e.brought, 'payment', k.credit -> 'id',
                                         'credited', coalesce(s.booked, 0))
           || CASE WHEN (k.credit ->> 'amount')::numeric > s.booked
                   THEN jsonb_build_object('overpaid', (k.credit ->> 'amount')::numeric - s.booked) ELSE '{}' END
           || CASE WHEN e.new_state = 'kept'
                   THEN jsonb_build_object('written_off_principal', p.written_off_principal,
                                           'written_off_interest', p.written_off_interest)
                   ELSE jsonb_build_object(
                       'revived_principal', p.written_off_principal,
                       'revived_interest', CASE WHEN e.is_interest_given THEN 0
                                                ELSE p.written_off_interest - coalesce(s.lapsed, 0) END,
                       'months', coalesce(s.left_open, '{}')) END
    FROM jsonb_to_recordset(ended) AS e (ident integer, plan_id bigint, new_state text, brought numeric, payer text,
                                         is_interest_given boolean)
    JOIN plan p ON p.ident = e.ident AND p.id = e.plan_id
    LEFT JOIN sums s ON s.plan_id = e.plan_id
    CROSS JOIN LATERAL (SELECT credits -> (e.ident || ' ' || e.payer) AS credit) k;
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
           -- one that was taken back leaves nothing behind
           coalesce(e.facts, '{}') || coalesce(booked -> p.id::text, '{}')
               - CASE WHEN e.cause = 'undone' THEN 'months' ELSE '' END, for_reason
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
