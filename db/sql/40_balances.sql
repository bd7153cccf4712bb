-- Maintained balances.  The *_computed views are the definition; the tables are kept equal to
-- them by statement triggers, and salter-db check compares the two.

CREATE OR REPLACE VIEW bill_balance_computed AS
WITH latest AS (
    SELECT DISTINCT ON (ident, ggmm) ident, ggmm, version, due_on, charged
    FROM bill ORDER BY ident, ggmm, version DESC
), paid AS (
    SELECT ident, ggmm, sum(amount) AS paid FROM allocation WHERE ggmm IS NOT NULL GROUP BY ident, ggmm
), planned AS (
    SELECT i.ident, i.ggmm FROM plan_item i JOIN plan p USING (ident)
    WHERE p.id = i.plan_id AND p.state IN ('active', 'in_arrears')
), sued AS (
    SELECT i.ident, i.ggmm FROM enforcement_item i JOIN enforcement_case c USING (ident)
    WHERE c.id = i.case_id AND c.state NOT IN ('collected', 'discontinued', 'dismissed', 'time_barred')
)
SELECT latest.ident, latest.ggmm, latest.version, latest.due_on, latest.charged,
       coalesce(paid.paid, 0)::numeric(14, 2) AS paid,
       CASE WHEN planned.ident IS NOT NULL THEN 'plan'
            WHEN sued.ident IS NOT NULL THEN 'sued'
            ELSE 'unsued' END AS stage
FROM latest
LEFT JOIN paid USING (ident, ggmm)
LEFT JOIN planned USING (ident, ggmm)
LEFT JOIN sued USING (ident, ggmm);

CREATE OR REPLACE VIEW account_balance_computed AS
SELECT a.ident,
       coalesce(b.current_month, 0)::numeric(14, 2) AS current_month,
       coalesce(b.unsued, 0)::numeric(14, 2) AS unsued,
       coalesce(b.sued, 0)::numeric(14, 2) AS sued,
       coalesce(p.plan, 0)::numeric(14, 2) AS plan,
       (coalesce(paid.amount, 0) - coalesce(used.amount, 0))::numeric(14, 2) AS overpaid,
       b.latest_ggmm
FROM account a
LEFT JOIN LATERAL (
    SELECT sum(open) FILTER (WHERE stage = 'unsued' AND ggmm = latest) AS current_month,
           sum(open) FILTER (WHERE stage = 'unsued' AND ggmm < latest) AS unsued,
           sum(open) FILTER (WHERE stage = 'sued') AS sued,
           max(latest) AS latest_ggmm
    FROM (SELECT open, stage, ggmm, max(ggmm) OVER () AS latest
          FROM bill_balance WHERE ident = a.ident) one
) b ON true
LEFT JOIN LATERAL (
    SELECT sum(i.amount - i.paid) AS plan
    FROM plan JOIN instalment i ON i.ident = plan.ident AND i.plan_id = plan.id
    WHERE plan.ident = a.ident AND plan.state IN ('active', 'in_arrears')
) p ON true
LEFT JOIN LATERAL (SELECT sum(amount) AS amount FROM payment WHERE ident = a.ident) paid ON true
LEFT JOIN LATERAL (SELECT sum(amount) AS amount FROM allocation WHERE ident = a.ident) used ON true;

-- In plpgsql, whose plans are kept: to plan a statement over all years takes ten times what it does.
CREATE OR REPLACE FUNCTION refresh_account_balance(of_idents integer[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO account_balance (ident) SELECT DISTINCT unnest(of_idents) ORDER BY 1
    ON CONFLICT DO NOTHING;
    -- two clerks on one account take turns here, and the second computes from what the first left
    PERFORM FROM account_balance WHERE ident = ANY (of_idents) ORDER BY ident FOR UPDATE;
    UPDATE account_balance kept
    SET current_month = c.current_month, unsued = c.unsued, sued = c.sued, plan = c.plan,
        overpaid = c.overpaid, latest_ggmm = c.latest_ggmm
    FROM account_balance_computed c
    WHERE c.ident = kept.ident AND kept.ident = ANY (of_idents) AND c.ident = ANY (of_idents);
END
$$;

CREATE OR REPLACE FUNCTION refresh_stages(of_idents integer[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- as bill_balance_computed has it, of these accounts only: the view would sum up everybody's payments
    WITH planned AS (
        SELECT i.ident, i.ggmm FROM plan_item i JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
        WHERE i.ident = ANY (of_idents) AND p.ident = ANY (of_idents) AND p.state IN ('active', 'in_arrears')
    ), sued AS (
        SELECT i.ident, i.ggmm FROM enforcement_item i
        JOIN enforcement_case c ON c.ident = i.ident AND c.id = i.case_id
        WHERE i.ident = ANY (of_idents) AND c.ident = ANY (of_idents)
          AND c.state NOT IN ('collected', 'discontinued', 'dismissed', 'time_barred')
    )
    UPDATE bill_balance kept
    SET stage = CASE WHEN (kept.ident, kept.ggmm) IN (SELECT ident, ggmm FROM planned) THEN 'plan'
                     WHEN (kept.ident, kept.ggmm) IN (SELECT ident, ggmm FROM sued) THEN 'sued'
                     ELSE 'unsued' END
    WHERE kept.ident = ANY (of_idents)
      AND kept.stage <> CASE WHEN (kept.ident, kept.ggmm) IN (SELECT ident, ggmm FROM planned) THEN 'plan'
                             WHEN (kept.ident, kept.ggmm) IN (SELECT ident, ggmm FROM sued) THEN 'sued'
                             ELSE 'unsued' END;
    PERFORM refresh_account_balance(of_idents);
END
$$;

CREATE OR REPLACE FUNCTION book_bills() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO bill_balance (ident, ggmm, version, due_on, charged, stage)
    SELECT ident, ggmm, version, due_on, charged,
           CASE WHEN EXISTS (SELECT FROM plan_item i JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
                             WHERE i.ident = added.ident AND i.ggmm = added.ggmm AND p.state IN ('active', 'in_arrears'))
                THEN 'plan'
                WHEN EXISTS (SELECT FROM enforcement_item i
                             JOIN enforcement_case c ON c.ident = i.ident AND c.id = i.case_id
                             WHERE i.ident = added.ident AND i.ggmm = added.ggmm AND c.state
                                   NOT IN ('collected', 'discontinued', 'dismissed', 'time_barred'))
                THEN 'sued' ELSE 'unsued' END
    FROM added ORDER BY ident, ggmm, version
    ON CONFLICT (ident, ggmm) DO UPDATE
    SET version = excluded.version, due_on = excluded.due_on, charged = excluded.charged
    WHERE bill_balance.version < excluded.version;
    PERFORM refresh_account_balance(ARRAY(SELECT DISTINCT ident FROM added));
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER book_bills AFTER INSERT ON bill
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION book_bills();

CREATE OR REPLACE FUNCTION book_allocations() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    over record;
BEGIN
    IF EXISTS (SELECT FROM added WHERE plan_id IS NOT NULL) THEN
        -- the plan before the payment, as whoever follows plans locks them; money for one that was
        -- broken meanwhile is not swallowed by it
        PERFORM FROM plan p WHERE (p.ident, p.id) IN (SELECT ident, plan_id FROM added)
        ORDER BY p.ident, p.id FOR NO KEY UPDATE;
        SELECT p.ident, p.contract_number, p.state INTO over
        FROM added a JOIN plan p ON p.ident = a.ident AND p.id = a.plan_id
        WHERE p.state NOT IN ('active', 'in_arrears') LIMIT 1;
        IF FOUND THEN
            PERFORM refuse('plan_not_in_force', jsonb_build_object(
                'ident', over.ident, 'number', over.contract_number, 'state', over.state));
        END IF;
    END IF;
    -- NO KEY: both of two at once hold the payment's key already, for their reference to it
    PERFORM FROM payment p
    WHERE (p.ident, p.id) IN (SELECT ident, payment_id FROM added)
    ORDER BY p.ident, p.id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM added WHERE amount = 'NaN') THEN
        PERFORM refuse('not_an_amount');
    END IF;
    SELECT a.ident, a.payment_id INTO over FROM added a
    WHERE NOT EXISTS (SELECT FROM bill_balance b WHERE b.ident = a.ident AND b.ggmm = a.ggmm)
      AND NOT EXISTS (SELECT FROM instalment i WHERE i.ident = a.ident AND i.plan_id = a.plan_id
                                                 AND i.instalment_no = a.instalment_no)
      AND NOT EXISTS (SELECT FROM enforcement_case c WHERE c.ident = a.ident AND c.id = a.case_id)
    LIMIT 1;
    IF FOUND THEN   -- else the money would be gone from the overpayment and arrive nowhere
        PERFORM refuse('allocation_without_target',
                       jsonb_build_object('ident', over.ident, 'payment', over.payment_id));
    END IF;
    SELECT a.ident, a.payment_id INTO over
    FROM allocation a JOIN payment p ON p.ident = a.ident AND p.id = a.payment_id
    WHERE (a.ident, a.payment_id) IN (SELECT ident, payment_id FROM added)
    GROUP BY a.ident, a.payment_id, p.amount HAVING sum(a.amount) > p.amount LIMIT 1;
    IF FOUND THEN
        PERFORM refuse('allocation_exceeds_payment',
                       jsonb_build_object('ident', over.ident, 'payment', over.payment_id));
    END IF;
    UPDATE bill_balance kept SET paid = kept.paid + more.amount
    FROM (SELECT ident, ggmm, sum(amount) AS amount FROM added
          WHERE ggmm IS NOT NULL GROUP BY ident, ggmm) more
    WHERE kept.ident = more.ident AND kept.ggmm = more.ggmm;
    UPDATE instalment kept SET paid = kept.paid + more.amount
    FROM (SELECT ident, plan_id, instalment_no, sum(amount) AS amount FROM added
          WHERE plan_id IS NOT NULL GROUP BY ident, plan_id, instalment_no) more
    WHERE kept.ident = more.ident AND kept.plan_id = more.plan_id
      AND kept.instalment_no = more.instalment_no;
    UPDATE enforcement_case kept SET paid_costs = kept.paid_costs + more.amount
    FROM (SELECT ident, case_id, sum(amount) AS amount FROM added
          WHERE case_id IS NOT NULL GROUP BY ident, case_id) more
    WHERE kept.ident = more.ident AND kept.id = more.case_id;
    PERFORM refresh_account_balance(ARRAY(SELECT DISTINCT ident FROM added));
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER book_allocations AFTER INSERT ON allocation
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION book_allocations();

CREATE OR REPLACE FUNCTION book_payments() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM added WHERE amount = 'NaN') THEN   -- which is more than nought, to a CHECK
        PERFORM refuse('not_an_amount');
    END IF;
    PERFORM refresh_account_balance(ARRAY(SELECT DISTINCT ident FROM added));
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER book_payments AFTER INSERT ON payment
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION book_payments();

CREATE OR REPLACE FUNCTION book_stages() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM refresh_stages(ARRAY(SELECT DISTINCT ident FROM changed));
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER book_stages_added AFTER INSERT ON enforcement_item
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION book_stages();
CREATE OR REPLACE TRIGGER book_stages_changed AFTER UPDATE ON enforcement_case
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION book_stages();

-- a plan that was merely looked at moves nothing: of a hundred thousand a day, few change their state
CREATE OR REPLACE FUNCTION book_plan_states() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moved integer[];
BEGIN
    SELECT array_agg(DISTINCT c.ident) INTO moved
    FROM changed c JOIN former f ON f.ident = c.ident AND f.id = c.id
    WHERE (f.state IN ('active', 'in_arrears')) <> (c.state IN ('active', 'in_arrears'));
    IF moved IS NOT NULL THEN
        PERFORM rest_cases(moved);
        PERFORM refresh_stages(moved);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER book_stages_changed AFTER UPDATE ON plan
    REFERENCING OLD TABLE AS former NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION book_plan_states();

-- While a plan is in force the cases of its months rest; they wake to where they stood.
CREATE OR REPLACE FUNCTION rest_cases(of_idents integer[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM enforcement_case c WHERE c.ident = ANY (of_idents)
                      AND c.state NOT IN ('collected', 'discontinued', 'dismissed', 'time_barred')) THEN
        RETURN;
    END IF;
    WITH covered AS (
        SELECT DISTINCT e.ident, e.case_id
        FROM enforcement_item e
        JOIN plan_item i ON i.ident = e.ident AND i.ggmm = e.ggmm
        JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
        WHERE e.ident = ANY (of_idents) AND p.ident = ANY (of_idents) AND p.state IN ('active', 'in_arrears')
    )
    UPDATE enforcement_case kept
    SET state = CASE WHEN v.case_id IS NULL THEN kept.state_before_plan ELSE 'suspended_by_plan' END,
        state_before_plan = CASE WHEN v.case_id IS NOT NULL THEN kept.state END
    FROM enforcement_case c LEFT JOIN covered v ON v.ident = c.ident AND v.case_id = c.id
    WHERE c.ident = ANY (of_idents) AND kept.ident = c.ident AND kept.id = c.id
      AND CASE WHEN v.case_id IS NULL THEN c.state = 'suspended_by_plan' AND c.state_before_plan IS NOT NULL
               ELSE c.state NOT IN ('suspended_by_plan', 'collected', 'discontinued', 'dismissed', 'time_barred')
          END;
END
$$;

CREATE OR REPLACE FUNCTION book_plan_items() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held integer[];
BEGIN
    -- a contract that is still to be signed holds nothing
    SELECT array_agg(DISTINCT c.ident) INTO held
    FROM changed c JOIN plan p ON p.ident = c.ident AND p.id = c.plan_id
    WHERE p.state IN ('active', 'in_arrears');
    IF held IS NOT NULL THEN
        PERFORM rest_cases(held);
        PERFORM refresh_stages(held);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER book_stages_added AFTER INSERT ON plan_item
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION book_plan_items();

-- The next day an instalment falls due, and the first on which the plan is broken if nothing more comes.
CREATE OR REPLACE VIEW plan_outlook_computed AS
SELECT p.ident, p.id AS plan_id, n.next_due_on,
       -- where fewer are left than may be missed, it is broken by all of them
       CASE WHEN r.missed > 0 THEN n.owed[least(r.missed, n.left)] + r.grace + 1 END AS breaks_on
FROM plan p
JOIN programme_version v ON v.programme_id = p.programme_id AND v.version = p.programme_version
CROSS JOIN LATERAL (
    SELECT (v.terms #>> '{breach,missed_instalments}')::int AS missed,
           (v.terms #>> '{breach,days_of_grace}')::int AS grace
) r
LEFT JOIN LATERAL (
    SELECT min(i.due_on) AS next_due_on, array_agg(i.due_on ORDER BY i.instalment_no) AS owed,
           count(*)::int AS left
    FROM instalment i WHERE i.ident = p.ident AND i.plan_id = p.id AND i.paid < i.amount
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
                                                      AND p.state IN ('active', 'in_arrears')) THEN
        PERFORM refresh_account_balance(idents);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER book_stages_added AFTER INSERT ON instalment
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION book_instalments();
CREATE OR REPLACE TRIGGER book_instalments_changed AFTER UPDATE ON instalment
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION book_instalments();
