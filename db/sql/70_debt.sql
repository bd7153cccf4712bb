-- What is owed month by month, and interest to the day.
--
-- The same as app.domain.interest and app.domain.plans, number for number: the desk shows what those
-- compute, and nothing is signed that these do not compute as well.

-- Interest -----------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION accrued_interest(principal numeric, since date, until date) RETURNS numeric
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    weight numeric;
BEGIN
    IF since IS NULL OR until <= since OR principal <= 0 THEN   -- contracts of long ago do not say since when
        RETURN 0.00;
    END IF;
    IF NOT EXISTS (SELECT FROM statutory_rate WHERE valid_from <= since + 1) THEN
        PERFORM refuse('interest_rate_unknown', jsonb_build_object('day', since + 1));
    END IF;
    -- of one dinar, times 100 * 365 * 366: exact, and rounded once at the end
    SELECT sum(r.percent * (r.last_day - r.first_day + 1)
               * CASE WHEN extract(doy FROM make_date(r.year, 12, 31)) = 366 THEN 365 ELSE 366 END)
    INTO weight
    FROM (
        SELECT s.percent, y.year,
               greatest(s.valid_from, since + 1, make_date(y.year, 1, 1)) AS first_day,
               least(s.next_from - 1, until, make_date(y.year, 12, 31)) AS last_day
        FROM (SELECT valid_from, percent, lead(valid_from) OVER (ORDER BY valid_from) AS next_from
              FROM statutory_rate) s
        CROSS JOIN LATERAL generate_series(
            extract(year FROM greatest(s.valid_from, since + 1))::int,
            extract(year FROM least(s.next_from - 1, until))::int) AS y (year)
        WHERE s.valid_from <= until AND (s.next_from IS NULL OR s.next_from > since + 1)
    ) r
    WHERE r.last_day >= r.first_day;
    RETURN round(principal * weight / 13359000.000000000000000000, 2);
END
$$;
COMMENT ON FUNCTION accrued_interest(numeric, date, date) IS
    'Statutory interest on a principal from the day after one day to another, as app.domain.interest has it.';

-- Debt ---------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION credited_principal(of_ident integer, of_ggmm smallint) RETURNS numeric
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- what a plan that ended early had brought pays principal, while other money pays interest first
    SELECT coalesce(sum(a.amount), 0) FROM allocation a
    JOIN payment y ON y.ident = a.ident AND y.id = a.payment_id
    WHERE a.ident = of_ident AND a.ggmm = of_ggmm AND y.ident = of_ident AND y.channel = 'credit'
      AND y.payer IN ('raskid reprograma', 'storno reprograma')
$$;

CREATE OR REPLACE FUNCTION open_interest(charged numeric, interest numeric, paid numeric, credited numeric)
RETURNS numeric
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    -- what is open of the interest a bill asks for; of what was credited, only what no principal was left for
    SELECT greatest(interest - (paid - credited), 0)
           - greatest(credited - (charged - interest - greatest(paid - credited - interest, 0)), 0)
$$;

-- What an early end left of the interest a contract had acknowledged and no bill asks for, month by
-- month; the event says it.  A plan that was kept closed its months, one that was undone never was.
CREATE OR REPLACE FUNCTION left_by_plans(of_ident integer)
RETURNS TABLE (ggmm smallint, signed_on date, ended_on date, acknowledged numeric)
LANGUAGE sql STABLE ROWS 5 SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT n.ggmm, n.signed_on, n.ended_on, n.acknowledged
    FROM (
        SELECT DISTINCT ON (i.ggmm) i.ggmm, p.signed_on, p.ended_on, p.state,
               (e.facts #>> ARRAY['months', i.ggmm::text, 'acknowledged'])::numeric AS acknowledged
        FROM plan p JOIN plan_item i ON i.ident = p.ident AND i.plan_id = p.id
        CROSS JOIN LATERAL (SELECT v.facts FROM plan_event v WHERE v.ident = p.ident AND v.plan_id = p.id
                            ORDER BY v.id DESC LIMIT 1) e
        WHERE p.ident = of_ident AND i.ident = of_ident AND is_plan_over(p.state)
          AND (p.state = 'kept' OR e.facts ? 'months')
        ORDER BY i.ggmm, p.id DESC
    ) n
    WHERE n.state <> 'kept' AND n.acknowledged IS NOT NULL
$$;

-- From when to when a case or a contract had a month: no bill asked for interest on it meanwhile.
-- ``holds`` is false of a contract that was never in force.
CREATE OR REPLACE FUNCTION months_held(of_ident integer)
RETURNS TABLE (ggmm smallint, since date, until date, case_id bigint, plan_id bigint, holds boolean)
LANGUAGE sql STABLE ROWS 10 SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.ggmm, c.interest_until, CASE WHEN NOT is_case_open(c.state) THEN c.ended_on END, c.id, NULL::bigint,
           true
    FROM enforcement_item e JOIN enforcement_case c ON c.ident = e.ident AND c.id = e.case_id
    WHERE e.ident = of_ident
    UNION ALL
    SELECT i.ggmm, s.since, s.until, NULL, p.id, coalesce(v.was_in_force, p.state <> 'awaiting_certification')
    FROM plan_item i JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
    CROSS JOIN LATERAL (
        SELECT bool_or(is_plan_in_force(e.old_state) OR is_plan_in_force(e.new_state)) AS was_in_force,
               bool_or(e.cause = 'undone') AS was_undone
        FROM plan_event e WHERE e.ident = of_ident AND e.plan_id = p.id
    ) v
    CROSS JOIN LATERAL (
        -- one that was found broken and was not had let go of its months in between
        SELECT coalesce(lag((r.facts ->> 'on')::date) OVER (ORDER BY r.id), p.signed_on) AS since,
               (r.facts ->> 'broke_on')::date AS until
        FROM plan_event r WHERE r.ident = of_ident AND r.plan_id = p.id AND r.cause = 'reinstated'
        UNION ALL
        SELECT coalesce((SELECT max((r.facts ->> 'on')::date) FROM plan_event r
                         WHERE r.ident = of_ident AND r.plan_id = p.id AND r.cause = 'reinstated'), p.signed_on),
               p.ended_on
    ) s
    WHERE i.ident = of_ident AND p.state <> 'requested' AND v.was_undone IS NOT TRUE
$$;

-- once told no acknowledged interest
DROP FUNCTION IF EXISTS months_of_debt(integer, date);
DROP FUNCTION IF EXISTS open_months(integer, date);

CREATE FUNCTION open_months(of_ident integer, on_day date)
RETURNS TABLE (ggmm smallint, due_on date, principal numeric, interest_on_bill numeric, acknowledged numeric,
    accrue_from date, is_sued boolean, case_id bigint)
LANGUAGE sql STABLE ROWS 24 SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH held AS MATERIALIZED (
        SELECT * FROM months_held(of_ident)
    ), issued AS MATERIALIZED (
        SELECT DISTINCT b.issued_on FROM bill b
        WHERE b.ident = of_ident AND b.version = 1 AND b.issued_on <= on_day
    )
    SELECT b.ggmm, b.due_on, (b.open - i.interest)::numeric, i.interest::numeric, a.acknowledged,
           greatest(
               b.due_on,
               -- the last day whose interest is on a bill already
               k.asked_on - 1,
               -- what a contract acknowledged until it was signed stands by itself
               n.signed_on,
               -- what ran until a part was paid comes on the next bill
               (SELECT max(y.received_on)
                FROM allocation a JOIN payment y ON y.ident = a.ident AND y.id = a.payment_id
                WHERE a.ident = of_ident AND a.ggmm = b.ggmm AND y.ident = of_ident
                  AND NOT EXISTS (SELECT FROM held h WHERE h.ggmm = b.ggmm AND h.holds AND h.since <= y.received_on
                                                       AND (h.until IS NULL OR h.until >= y.received_on))),
               -- a case that came to nothing takes its interest with it
               (SELECT max(h.until) FROM held h WHERE h.ggmm = b.ggmm AND h.plan_id IS NULL)),
           b.stage = 'sued',
           CASE WHEN b.stage = 'sued'
                THEN (SELECT h.case_id FROM held h
                      WHERE h.ggmm = b.ggmm AND h.plan_id IS NULL AND h.until IS NULL) END
    FROM bill_balance b
    JOIN bill o ON o.ident = b.ident AND o.ggmm = b.ggmm AND o.version = b.version
    LEFT JOIN left_by_plans(of_ident) n ON n.ggmm = b.ggmm AND n.ended_on <= on_day
    CROSS JOIN LATERAL (SELECT open_interest(b.charged, o.interest, b.paid,
                                             credited_principal(b.ident, b.ggmm)) AS interest) i
    CROSS JOIN LATERAL (
        SELECT max(g.issued_on) AS asked_on FROM issued g
        WHERE NOT EXISTS (SELECT FROM held h WHERE h.ggmm = b.ggmm AND h.since < g.issued_on
                                               AND (h.until IS NULL OR h.until >= g.issued_on))) k
    -- the first bill after the plan asks for it
    CROSS JOIN LATERAL (SELECT CASE WHEN k.asked_on > n.signed_on THEN 0
                                    ELSE coalesce(n.acknowledged, 0) END AS acknowledged) a
    WHERE b.ident = of_ident AND o.ident = of_ident AND b.due_on < on_day AND b.stage <> 'plan'
      AND (b.open > 0 OR n.acknowledged > 0) AND (b.open > 0 OR a.acknowledged > 0)
    ORDER BY b.ggmm
$$;
COMMENT ON FUNCTION open_months(integer, date) IS
    'Months overdue on a day and in no plan: to what is told, interest on the principal since accrue_from is added.';

CREATE FUNCTION months_of_debt(wanted_ident integer, on_day date)
RETURNS TABLE (ggmm smallint, due_on date, principal numeric, interest_on_bill numeric, acknowledged numeric,
    accrue_from date, is_sued boolean, case_id bigint)
LANGUAGE plpgsql STABLE ROWS 24 SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_read(wanted_ident);
    RETURN QUERY SELECT * FROM open_months(wanted_ident, on_day);
END
$$;
COMMENT ON FUNCTION months_of_debt(integer, date) IS
    'Months overdue on a day and in no plan: principal, interest on the bill, and where interest runs on from.';
