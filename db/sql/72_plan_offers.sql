-- What an offer under a programme comes to: app.domain.plans.offer() once more, number for number.

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
        PERFORM refuse('plan_count_not_offered', jsonb_build_object(
            'count', instalments, 'most', most,
            'counts', (SELECT jsonb_agg((step ->> 1)::int ORDER BY (step ->> 1)::int)
                       FROM jsonb_array_elements(terms -> 'steps') AS step WHERE step ->> 0 = payer)));
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
