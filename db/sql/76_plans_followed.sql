-- Following: payments settle instalments in their order, and plans move by what was paid and when.
--
-- The same rule as app.domain.plans.follow(): plan_standing() tells, move_plans() does, and
-- what_follows() shows before anything is done.

-- The outlook --------------------------------------------------------------------------------------

-- The next day an instalment falls due, and the first on which the plan is broken if nothing more comes.
CREATE OR REPLACE VIEW plan_outlook_computed AS
SELECT p.ident, p.id AS plan_id, n.next_due_on,
       -- a plan that has fewer instalments than may be missed is broken by all of them
       CASE WHEN r.missed > 0 THEN n.owed[least(r.missed, n.instalments)] + r.grace + 1 END AS breaks_on
FROM plan p
JOIN programme_version v ON v.programme_id = p.programme_id AND v.version = p.programme_version
CROSS JOIN LATERAL (
    SELECT (v.terms #>> '{breach,missed_instalments}')::int AS missed,
           (v.terms #>> '{breach,days_of_grace}')::int AS grace
) r
LEFT JOIN LATERAL (
    SELECT min(i.due_on) FILTER (WHERE i.paid < i.amount) AS next_due_on,
           array_agg(i.due_on ORDER BY i.instalment_no) FILTER (WHERE i.paid < i.amount) AS owed,
           count(*)::int AS instalments
    FROM instalment i WHERE i.ident = p.ident AND i.plan_id = p.id
) n ON true;

CREATE OR REPLACE FUNCTION book_instalments() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    idents CONSTANT integer[] := ARRAY(SELECT DISTINCT ident FROM changed);
    plans CONSTANT bigint[] := ARRAY(SELECT DISTINCT plan_id FROM changed);
BEGIN
    UPDATE plan kept SET next_due_on = c.next_due_on, breaks_on = c.breaks_on
    FROM plan_outlook_computed c
    WHERE c.ident = ANY (idents) AND c.plan_id = ANY (plans)
      AND kept.ident = ANY (idents) AND kept.id = ANY (plans) AND c.ident = kept.ident AND c.plan_id = kept.id
      AND (kept.next_due_on, kept.breaks_on) IS DISTINCT FROM (c.next_due_on, c.breaks_on);
    IF TG_OP = 'INSERT' AND EXISTS (SELECT FROM plan p WHERE p.ident = ANY (idents) AND p.id = ANY (plans)
                                                      AND is_plan_in_force(p.state)) THEN
        PERFORM refresh_account_balance(idents);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER book_stages_added AFTER INSERT ON instalment
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION book_instalments();
CREATE OR REPLACE TRIGGER book_instalments_changed AFTER UPDATE ON instalment
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION book_instalments();

-- Money --------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION settle_by_reference(of_idents integer[], of_plans bigint[], on_day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
    settled int := 0;
BEGIN
    FOR one IN
        SELECT p.ident, p.id AS plan_id, y.id AS payment_id
        FROM unnest(of_idents, of_plans) AS wanted (ident, plan_id)
        JOIN plan p ON p.ident = wanted.ident AND p.id = wanted.plan_id
        JOIN account_balance b ON b.ident = p.ident AND b.overpaid > 0
        JOIN payment y ON y.ident = p.ident AND y.channel <> 'credit' AND y.received_on BETWEEN p.signed_on AND on_day
        CROSS JOIN LATERAL read_reference(y.reference) n
        WHERE is_plan_in_force(p.state) AND p.next_due_on IS NOT NULL
          AND n.kind = 'plan' AND n.ident = p.ident AND n.ggmm = to_char(p.signed_on, 'YYMM')::smallint
        ORDER BY p.ident, y.received_on, y.id
    LOOP
        settled := settled + (settle_plan(one.ident, one.plan_id, one.payment_id) > 0)::int;
    END LOOP;
    RETURN settled;
END
$$;

-- The monitor --------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION plan_standing(of_idents integer[], of_plans bigint[], on_day date)
RETURNS TABLE (ident integer, plan_id bigint, old_state text, new_state text, cause text, facts jsonb)
LANGUAGE sql STABLE ROWS 1000 SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.ident, p.id, p.state::text, t.new_state, t.cause,
           CASE t.cause
               WHEN 'instalments_missed' THEN jsonb_build_object('numbers', (
                   SELECT jsonb_agg(i.instalment_no ORDER BY i.instalment_no) FROM instalment i
                   WHERE i.ident = p.ident AND i.plan_id = p.id AND i.paid < i.amount
                     AND i.due_on + (v.terms #>> '{breach,days_of_grace}')::int < on_day))
               WHEN 'bills_unpaid' THEN jsonb_build_object('bills', b.unpaid)
               WHEN 'instalment_late' THEN jsonb_build_object('since', p.next_due_on, 'numbers', (
                   SELECT jsonb_agg(i.instalment_no ORDER BY i.instalment_no) FROM instalment i
                   WHERE i.ident = p.ident AND i.plan_id = p.id AND i.paid < i.amount AND i.due_on < on_day))
               ELSE '{}' END
    FROM unnest(of_idents, of_plans) AS wanted (ident, plan_id)
    JOIN plan p ON p.ident = wanted.ident AND p.id = wanted.plan_id
    JOIN programme_version v ON v.programme_id = p.programme_id AND v.version = p.programme_version
    LEFT JOIN LATERAL (
        -- bills issued since the signing that are overdue, where the programme counts them
        SELECT count(*) AS unpaid FROM bill_balance o
        WHERE o.ident = p.ident AND o.open > 0 AND o.due_on < on_day AND o.stage <> 'plan'
          AND o.due_on > (date_trunc('month', p.signed_on) + interval '1 month - 1 day')::date
          AND (v.terms #>> '{breach,unpaid_bills}')::int > 0
    ) b ON true
    CROSS JOIN LATERAL (
        SELECT CASE WHEN p.next_due_on IS NULL THEN 'kept'
                    WHEN p.breaks_on <= on_day
                         OR (v.terms #>> '{breach,unpaid_bills}')::int BETWEEN 1 AND b.unpaid THEN 'broken'
                    WHEN p.next_due_on < on_day THEN 'in_arrears'
                    ELSE 'active' END AS new_state,
               CASE WHEN p.next_due_on IS NULL THEN 'all_paid'
                    WHEN p.breaks_on <= on_day THEN 'instalments_missed'
                    WHEN (v.terms #>> '{breach,unpaid_bills}')::int BETWEEN 1 AND b.unpaid THEN 'bills_unpaid'
                    WHEN p.next_due_on < on_day THEN 'instalment_late'
                    ELSE 'nothing_late' END AS cause
    ) t
    WHERE is_plan_in_force(p.state)
      AND (p.next_due_on IS NOT NULL OR EXISTS (
            SELECT FROM instalment i WHERE i.ident = p.ident AND i.plan_id = p.id))
$$;

CREATE OR REPLACE FUNCTION move_plans(on_day date, only_ident integer, at_most integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    idents integer[];
    plans bigint[];
    ending record;
    settled int;
    found jsonb;
    counts jsonb := '{"active": 0, "in_arrears": 0, "kept": 0, "broken": 0, "moved": 0}';
BEGIN
    IF only_ident IS NOT NULL OR at_most IS NULL THEN   -- of a round in batches the last one looks back
        PERFORM reinstate_plans(on_day, only_ident);
    END IF;
    -- what somebody else follows at this moment is in good hands; for one account one waits
    IF only_ident IS NULL THEN
        FOR look IN 1..2 LOOP
            SELECT array_agg(p.ident), array_agg(p.id) INTO idents, plans
            FROM (SELECT ident, id FROM plan
                  WHERE is_plan_in_force(state) AND (followed_on IS NULL OR followed_on < on_day)
                  ORDER BY ident LIMIT at_most FOR NO KEY UPDATE SKIP LOCKED) p;
            EXIT WHEN idents IS NOT NULL OR at_most IS NULL OR reinstate_plans(on_day, NULL) = 0;
        END LOOP;
    ELSE
        SELECT array_agg(p.ident), array_agg(p.id) INTO idents, plans
        FROM (SELECT ident, id FROM plan
              WHERE ident = only_ident AND is_plan_in_force(state)
                AND (followed_on IS NULL OR followed_on <= on_day)
              FOR NO KEY UPDATE) p;
    END IF;
    IF idents IS NULL THEN
        RETURN counts || '{"settled": 0, "followed": 0}';
    END IF;
    -- from here on in statements of their own: they see what was paid before the locks were ours
    settled := settle_by_reference(idents, plans, on_day);
    SELECT array_agg(s.ident) AS idents, array_agg(s.plan_id) AS plans, array_agg(s.new_state) AS states,
           array_agg(s.cause) AS causes, array_agg(s.facts) AS facts, count(*)::int AS all_of_them,
           count(*) FILTER (WHERE s.new_state = 'kept') AS kept,
           count(*) FILTER (WHERE s.new_state = 'broken') AS broken
    INTO ending
    FROM plan_standing(idents, plans, on_day) s WHERE s.new_state IN ('kept', 'broken');
    IF ending.all_of_them > 0 THEN
        PERFORM end_plans(ending.idents, ending.plans, ending.states, ending.causes, ending.facts, '', on_day);
        counts := counts || jsonb_build_object('kept', ending.kept, 'broken', ending.broken);
    END IF;
    WITH standing AS MATERIALIZED (
        SELECT * FROM plan_standing(idents, plans, on_day)
    ), looked AS (
        UPDATE plan p SET followed_on = on_day, state = s.new_state
        FROM standing s WHERE p.ident = s.ident AND p.id = s.plan_id
    ), logged AS (
        INSERT INTO plan_event (ident, plan_id, login, old_state, new_state, cause, facts)
        SELECT s.ident, s.plan_id, session_user, s.old_state, s.new_state, s.cause, s.facts
        FROM standing s WHERE s.new_state <> s.old_state
    )
    SELECT jsonb_build_object('active', count(*) FILTER (WHERE new_state = 'active'),
               'in_arrears', count(*) FILTER (WHERE new_state = 'in_arrears'),
               'moved', ending.all_of_them + count(*) FILTER (WHERE new_state <> old_state))
    INTO found FROM standing;
    RETURN counts || found || jsonb_build_object('settled', settled, 'followed', cardinality(idents));
END
$$;

CREATE OR REPLACE FUNCTION follow_plans(on_day date, only_ident integer DEFAULT NULL, at_most integer DEFAULT NULL)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (is_in('desk_supervisor') OR pg_has_role(session_user, 'salter_owner', 'MEMBER')) THEN
        PERFORM refuse('not_serving');
    END IF;
    IF on_day IS NULL OR on_day > office_day() THEN
        PERFORM refuse('plan_day_in_future', jsonb_build_object('day', on_day));
    END IF;
    RETURN move_plans(on_day, only_ident, at_most);
END
$$;
COMMENT ON FUNCTION follow_plans(date, integer, integer) IS
    'Look at every plan in force once for a day, and move those that are kept, broken or late.';

CREATE OR REPLACE FUNCTION what_follows(wanted_ident integer, on_day date)
RETURNS TABLE (plan_id bigint, old_state text, new_state text, cause text, facts jsonb)
LANGUAGE plpgsql STABLE ROWS 1 SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_read(wanted_ident);
    RETURN QUERY
    SELECT s.plan_id, s.old_state, s.new_state, s.cause, s.facts || jsonb_build_object(
        'paid', n.paid, 'open', n.open, 'breaks_on', p.breaks_on, 'next_due_on', p.next_due_on,
        'written_off_principal', p.written_off_principal, 'written_off_interest', p.written_off_interest,
        'cases', (SELECT count(DISTINCT i.case_id) FROM plan_item i WHERE i.ident = p.ident AND i.plan_id = p.id))
    FROM plan p
    CROSS JOIN LATERAL plan_standing(ARRAY[p.ident], ARRAY[p.id], on_day) s
    CROSS JOIN LATERAL (SELECT sum(i.paid) AS paid, sum(i.amount - i.paid) AS open FROM instalment i
                        WHERE i.ident = p.ident AND i.plan_id = p.id) n
    WHERE p.ident = wanted_ident AND is_plan_in_force(p.state);
END
$$;
COMMENT ON FUNCTION what_follows(integer, date) IS
    'What the monitor would find of an account''s plan on a day, if nothing more is paid; changes nothing.';

CREATE OR REPLACE FUNCTION book_plan_payment(wanted_ident integer, wanted_payment bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r plan%ROWTYPE;
    used numeric;
BEGIN
    PERFORM must_sign(wanted_ident);
    SELECT * INTO r FROM plan WHERE ident = wanted_ident AND is_plan_in_force(state)
    FOR NO KEY UPDATE;
    IF r.id IS NULL THEN
        -- money that was received in time, and found only after the plan was
        SELECT * INTO r FROM plan WHERE ident = wanted_ident AND state = 'broken' ORDER BY id DESC LIMIT 1
        FOR NO KEY UPDATE;
        IF r.id IS NULL OR NOT reinstate_plan(wanted_ident, r.id, wanted_payment) THEN
            PERFORM refuse('plan_not_in_force', jsonb_build_object('ident', wanted_ident));
        END IF;
        r.followed_on := NULL;
    END IF;
    used := settle_plan(wanted_ident, r.id, wanted_payment);
    IF used = 0 THEN
        PERFORM refuse('plan_payment_used_up', jsonb_build_object('payment', wanted_payment));
    END IF;
    PERFORM move_plans(greatest(office_day(), r.followed_on), wanted_ident, NULL);
    RETURN jsonb_build_object('plan_id', r.id, 'settled', used::text, 'left', (
            SELECT (y.amount - sum(a.amount))::text FROM payment y
            JOIN allocation a ON a.ident = y.ident AND a.payment_id = y.id
            WHERE y.ident = wanted_ident AND y.id = wanted_payment GROUP BY y.amount),
        'state', (SELECT state FROM plan WHERE ident = wanted_ident AND id = r.id));
END
$$;
COMMENT ON FUNCTION book_plan_payment(integer, bigint) IS
    'Set what is left of a payment against the instalments of the account''s plan, in their order.';
