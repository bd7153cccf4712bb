-- What is owed month by month, interest to the day, and what an offer under a programme comes to.
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
               CASE WHEN c.state IN ('collected', 'discontinued', 'dismissed', 'time_barred')
                    THEN c.ended_on END AS until
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

-- Offers -------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION plan_discount(terms jsonb, payer text, instalments integer) RETURNS numeric
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    -- a number between two steps earns what the longer one does
    SELECT CASE WHEN s.count = instalments OR coalesce((terms ->> 'takes_other_counts')::boolean, true)
                THEN s.percent END
    FROM (SELECT (step ->> 1)::int AS count, (step ->> 2)::numeric AS percent
          FROM jsonb_array_elements(terms -> 'steps') AS step WHERE step ->> 0 = payer) s
    WHERE s.count >= instalments AND instalments > 0
    ORDER BY s.count LIMIT 1
$$;

CREATE OR REPLACE FUNCTION most_instalments(terms jsonb, payer text, debt numeric) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT least(
        (SELECT max((step ->> 1)::int) FROM jsonb_array_elements(terms -> 'steps') AS step
         WHERE step ->> 0 = payer),
        (SELECT (rule ->> 2)::int FROM jsonb_array_elements(terms -> 'size_rules') AS rule
         WHERE rule ->> 0 = payer AND (rule ->> 1 IS NULL OR debt <= (rule ->> 1)::numeric)
         ORDER BY (rule ->> 1)::numeric NULLS LAST LIMIT 1))
$$;

CREATE OR REPLACE FUNCTION equal_parts(amount numeric, parts integer) RETURNS numeric[]
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT array_fill(p.part, ARRAY[parts - 1]) || (amount - p.part * (parts - 1))
    FROM (SELECT CASE WHEN round(amount / parts, 2) * (parts - 1) > amount THEN trunc(amount / parts, 2)
                      ELSE round(amount / parts, 2) END AS part) p
$$;

CREATE OR REPLACE FUNCTION next_working_day(day date) RETURNS date
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    WHILE extract(isodow FROM day) > 5
          OR EXISTS (SELECT FROM setting WHERE name = 'holidays' AND value ? day::text) LOOP
        day := day + 1;
    END LOOP;
    RETURN day;
END
$$;

CREATE OR REPLACE FUNCTION plan_due_dates(terms jsonb, signed_on date, instalments integer) RETURNS date[]
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    -- months are added to the first date, so that a short one does not shorten those after it
    SELECT array_agg(next_working_day((f.first_day + make_interval(months => step))::date) ORDER BY step)
    FROM (SELECT CASE WHEN terms ->> 'first_due' = 'end_of_next_month'
                      THEN (date_trunc('month', signed_on) + interval '2 months - 1 day')::date
                      ELSE signed_on + coalesce((terms ->> 'first_due_days')::int, 30) END AS first_day) f,
         generate_series(0, instalments - 1) AS step
$$;

CREATE OR REPLACE FUNCTION plan_parts(terms jsonb, payable numeric, instalments integer) RETURNS numeric[]
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN (terms ->> 'down_payment_percent')::numeric > 0 AND instalments > 1
                THEN ARRAY[d.down] || equal_parts(payable - d.down, instalments - 1)
                ELSE equal_parts(payable, instalments) END
    FROM (SELECT round(payable * (terms ->> 'down_payment_percent')::numeric * 0.01, 2) AS down) d
$$;

CREATE OR REPLACE FUNCTION plan_offer(
    terms jsonb, payer text, principal numeric, interest numeric, costs numeric, instalments integer,
    signed_on date, OUT discount_percent numeric, OUT written_off_principal numeric,
    OUT written_off_interest numeric, OUT payable numeric, OUT parts numeric[], OUT due_dates date[])
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    most CONSTANT int := most_instalments(terms, payer, principal + interest + costs);
    least_part CONSTANT numeric := CASE WHEN instalments > 1
        THEN greatest((terms ->> 'least_instalment')::numeric, 0.01) ELSE 0.01 END;
    smallest numeric;
BEGIN
    IF most IS NULL THEN
        PERFORM refuse('plan_payer_not_allowed', jsonb_build_object('payer', payer));
    END IF;
    discount_percent := plan_discount(terms, payer, instalments);
    IF instalments > most OR discount_percent IS NULL THEN
        PERFORM refuse('plan_count_not_offered', jsonb_build_object('count', instalments, 'most', most));
    END IF;
    written_off_principal := round(principal * discount_percent * 0.01, 2);
    written_off_interest := CASE WHEN terms ->> 'interest' = 'none' THEN 0 ELSE interest END;
    payable := principal + interest + costs - written_off_principal - written_off_interest;
    IF payable <= 0 THEN
        PERFORM refuse('plan_nothing_to_repay');
    END IF;
    parts := plan_parts(terms, payable, instalments);
    smallest := (SELECT min(part) FROM unnest(parts) AS part);
    IF smallest < least_part THEN
        PERFORM refuse('plan_instalment_too_small',
                       jsonb_build_object('smallest', smallest::text, 'least', least_part::text));
    END IF;
    due_dates := plan_due_dates(terms, signed_on, instalments);
END
$$;
COMMENT ON FUNCTION plan_offer(jsonb, text, numeric, numeric, numeric, integer, date) IS
    'What app.domain.plans.offer() computes: the sums and the schedule that may be signed.';
