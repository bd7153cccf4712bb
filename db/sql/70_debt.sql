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
    IF until <= since OR principal <= 0 THEN
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

CREATE OR REPLACE FUNCTION open_months(of_ident integer, on_day date)
RETURNS TABLE (ggmm smallint, due_on date, principal numeric, interest_on_bill numeric, accrue_from date,
    is_sued boolean, case_id bigint)
LANGUAGE sql STABLE ROWS 24 SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH held AS (
        -- while a case or a contract has a month, no bill asks for interest on it
        SELECT e.ggmm, c.interest_until AS since, c.id AS case_id, NULL::bigint AS plan_id,
               CASE WHEN NOT is_case_open(c.state) THEN c.ended_on END AS until
        FROM enforcement_item e JOIN enforcement_case c ON c.ident = e.ident AND c.id = e.case_id
        WHERE e.ident = of_ident
        UNION ALL
        SELECT i.ggmm, p.signed_on, NULL, p.id, p.ended_on
        FROM plan_item i JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
        WHERE i.ident = of_ident AND p.state <> 'requested'
    ), issued AS (
        SELECT DISTINCT b.issued_on FROM bill b
        WHERE b.ident = of_ident AND b.version = 1 AND b.issued_on <= on_day
    )
    SELECT b.ggmm, b.due_on, (b.open - i.interest)::numeric, i.interest::numeric,
           greatest(
               b.due_on,
               -- the last day whose interest is on a bill already
               (SELECT max(g.issued_on) - 1 FROM issued g
                WHERE NOT EXISTS (SELECT FROM held h WHERE h.ggmm = b.ggmm AND h.since < g.issued_on
                                                       AND (h.until IS NULL OR h.until >= g.issued_on))),
               -- what ran until a part was paid comes on the next bill
               (SELECT max(y.received_on)
                FROM allocation a JOIN payment y ON y.ident = a.ident AND y.id = a.payment_id
                WHERE a.ident = of_ident AND a.ggmm = b.ggmm AND y.ident = of_ident
                  AND NOT EXISTS (SELECT FROM held h WHERE h.ggmm = b.ggmm AND h.since <= y.received_on
                                                       AND (h.until IS NULL OR h.until >= y.received_on))),
               -- a case that came to nothing takes its interest with it
               (SELECT max(h.until) FROM held h WHERE h.ggmm = b.ggmm AND h.plan_id IS NULL)),
           b.stage = 'sued',
           CASE WHEN b.stage = 'sued'
                THEN (SELECT h.case_id FROM held h
                      WHERE h.ggmm = b.ggmm AND h.plan_id IS NULL AND h.until IS NULL) END
    FROM bill_balance b
    JOIN bill o ON o.ident = b.ident AND o.ggmm = b.ggmm AND o.version = b.version
    CROSS JOIN LATERAL (SELECT open_interest(b.charged, o.interest, b.paid,
                                             credited_principal(b.ident, b.ggmm)) AS interest) i
    WHERE b.ident = of_ident AND o.ident = of_ident AND b.open > 0 AND b.due_on < on_day AND b.stage <> 'plan'
    ORDER BY b.ggmm
$$;

CREATE OR REPLACE FUNCTION months_of_debt(wanted_ident integer, on_day date)
RETURNS TABLE (ggmm smallint, due_on date, principal numeric, interest_on_bill numeric, accrue_from date,
    is_sued boolean, case_id bigint)
LANGUAGE plpgsql STABLE ROWS 24 SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_read(wanted_ident);
    RETURN QUERY SELECT * FROM open_months(wanted_ident, on_day);
END
$$;
COMMENT ON FUNCTION months_of_debt(integer, date) IS
    'Months overdue on a day and in no plan: principal, interest on the bill, and where interest runs on from.';
