-- Found broken, and not: money that was received in time is booked when it is found, and the plan follows.
--
-- The same rule as app.domain.plans.is_in_time(): what counts is the day money was received.

CREATE OR REPLACE FUNCTION breach_day(of_ident integer, of_plan bigint, more numeric) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- as plan_outlook_computed has it, with so much more paid
    SELECT CASE WHEN r.missed > 0 THEN
               (array_agg(n.due_on ORDER BY n.instalment_no) FILTER (WHERE n.until_now > n.paid_in_all + more)
               )[least(r.missed, count(*))] + r.grace + 1 END
    FROM (
        SELECT i.instalment_no, i.due_on, sum(i.amount) OVER (ORDER BY i.instalment_no) AS until_now,
               sum(i.paid) OVER () AS paid_in_all
        FROM instalment i WHERE i.ident = of_ident AND i.plan_id = of_plan
    ) n, (
        SELECT (v.terms #>> '{breach,missed_instalments}')::int AS missed,
               (v.terms #>> '{breach,days_of_grace}')::int AS grace
        FROM plan p
        JOIN programme_version v ON v.programme_id = p.programme_id AND v.version = p.programme_version
        WHERE p.ident = of_ident AND p.id = of_plan
    ) r
    GROUP BY r.missed, r.grace
$$;

CREATE OR REPLACE FUNCTION money_in_time(
    of_ident integer, of_plan bigint, also_payment bigint, OUT payments bigint[], OUT breaks_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    signed CONSTANT date := (SELECT signed_on FROM plan WHERE ident = of_ident AND id = of_plan);
    more numeric := 0;
    one record;
BEGIN
    payments := '{}';
    breaks_on := breach_day(of_ident, of_plan, more);
    FOR one IN
        SELECT y.id, y.received_on, y.amount - u.used AS rest
        FROM payment y
        CROSS JOIN LATERAL (SELECT coalesce(sum(a.amount), 0) AS used FROM allocation a
                            WHERE a.ident = y.ident AND a.payment_id = y.id) u
        CROSS JOIN LATERAL read_reference(y.reference) n
        WHERE y.ident = of_ident AND y.channel <> 'credit' AND y.received_on >= signed AND y.amount > u.used
          AND (y.id = also_payment
               OR n.kind = 'plan' AND n.ident = of_ident AND n.ggmm = to_char(signed, 'YYMM')::smallint)
        ORDER BY y.received_on, y.id
    LOOP
        EXIT WHEN one.received_on >= breaks_on;
        more := more + one.rest;
        payments := payments || one.id;
        breaks_on := breach_day(of_ident, of_plan, more);
    END LOOP;
END
$$;
COMMENT ON FUNCTION money_in_time(integer, bigint, bigint) IS
    'Money for a plan that nobody has set against it and that came before the day of breach, which it puts off.';

-- Bills issued since the signing that were overdue on a day, by what had been received before it.
CREATE OR REPLACE FUNCTION bills_unpaid_on(of_ident integer, of_plan bigint, on_day date) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*)::int
    FROM plan p JOIN bill_balance b ON b.ident = p.ident
    WHERE p.ident = of_ident AND p.id = of_plan AND b.due_on < on_day
      AND b.due_on > (date_trunc('month', p.signed_on) + interval '1 month - 1 day')::date
      AND b.charged > (SELECT coalesce(sum(a.amount), 0)
                       FROM allocation a JOIN payment y ON y.ident = a.ident AND y.id = a.payment_id
                       WHERE a.ident = b.ident AND a.ggmm = b.ggmm AND y.ident = b.ident AND y.received_on < on_day)
$$;

CREATE OR REPLACE FUNCTION reinstate_plan(of_ident integer, of_plan bigint, also_payment bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r plan%ROWTYPE;
    why text;
    in_time record;
    most_bills int;
    facts jsonb := '{}';
BEGIN
    SELECT * INTO r FROM plan WHERE ident = of_ident AND id = of_plan FOR NO KEY UPDATE;
    -- what was signed since is what holds
    IF r.state <> 'broken' OR EXISTS (
        SELECT FROM plan o WHERE o.ident = of_ident AND o.id <> of_plan
                             AND (o.id > of_plan AND o.state <> 'cancelled' OR NOT is_plan_over(o.state))) THEN
        RETURN false;
    END IF;
    PERFORM FROM account_balance WHERE ident = of_ident FOR UPDATE;
    SELECT e.cause INTO why FROM plan_event e WHERE e.ident = of_ident AND e.plan_id = of_plan
    ORDER BY e.id DESC LIMIT 1;
    IF why = 'instalments_missed' THEN
        in_time := money_in_time(of_ident, of_plan, also_payment);
        IF in_time.breaks_on <= r.ended_on THEN
            RETURN false;
        END IF;
        facts := jsonb_build_object('payments', in_time.payments);
    ELSIF why = 'bills_unpaid' THEN
        SELECT (v.terms #>> '{breach,unpaid_bills}')::int INTO most_bills FROM programme_version v
        WHERE v.programme_id = r.programme_id AND v.version = r.programme_version;
        IF bills_unpaid_on(of_ident, of_plan, r.ended_on) >= most_bills THEN
            RETURN false;
        END IF;
    ELSE
        RETURN false;
    END IF;
    INSERT INTO plan_event (ident, plan_id, login, old_state, new_state, cause, facts)
    VALUES (of_ident, of_plan, session_user, 'broken', 'active', 'reinstated',
            facts || jsonb_build_object('broke_on', r.ended_on, 'on', greatest(office_day(), r.ended_on)));
    -- nobody has looked at it since
    UPDATE plan SET state = 'active', ended_on = NULL, followed_on = NULL WHERE ident = of_ident AND id = of_plan;
    RETURN true;
END
$$;
COMMENT ON FUNCTION reinstate_plan(integer, bigint, bigint) IS
    'Put a plan in force again that was found broken and, by what was received in time, was not.';

CREATE OR REPLACE FUNCTION reinstate_plans(on_day date, only_ident integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
    done int := 0;
BEGIN
    FOR one IN
        SELECT p.ident, p.id
        FROM plan p
        JOIN programme_version v ON v.programme_id = p.programme_id AND v.version = p.programme_version
        WHERE p.state = 'broken' AND (only_ident IS NULL OR p.ident = only_ident) AND p.ended_on <= on_day
          AND (p.breaks_on IS NULL OR p.breaks_on > p.ended_on
               OR (v.terms #>> '{breach,unpaid_bills}')::int > 0
               OR EXISTS (SELECT FROM account_balance b JOIN payment y ON y.ident = b.ident
                          CROSS JOIN LATERAL read_reference(y.reference) n
                          WHERE b.ident = p.ident AND b.overpaid > 0 AND y.ident = p.ident AND y.channel <> 'credit'
                            AND y.received_on >= p.signed_on AND y.received_on < p.breaks_on
                            AND n.kind = 'plan' AND n.ident = p.ident))
        ORDER BY p.ident, p.id
    LOOP
        done := done + reinstate_plan(one.ident, one.id, NULL)::int;
    END LOOP;
    RETURN done;
END
$$;
