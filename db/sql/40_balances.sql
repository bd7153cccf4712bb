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
    WHERE p.id = i.plan_id AND p.state = 'active'
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
    WHERE plan.ident = a.ident AND plan.state = 'active'
) p ON true
LEFT JOIN LATERAL (SELECT sum(amount) AS amount FROM payment WHERE ident = a.ident) paid ON true
LEFT JOIN LATERAL (SELECT sum(amount) AS amount FROM allocation WHERE ident = a.ident) used ON true;

CREATE OR REPLACE FUNCTION refresh_account_balance(of_idents integer[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO account_balance (ident) SELECT DISTINCT unnest(of_idents) ORDER BY 1
    ON CONFLICT DO NOTHING;
    -- two clerks on one account take turns here, and the second computes from what the first left
    SELECT FROM account_balance WHERE ident = ANY (of_idents) ORDER BY ident FOR UPDATE;
    UPDATE account_balance kept
    SET current_month = c.current_month, unsued = c.unsued, sued = c.sued, plan = c.plan,
        overpaid = c.overpaid, latest_ggmm = c.latest_ggmm
    FROM account_balance_computed c
    WHERE c.ident = kept.ident AND kept.ident = ANY (of_idents) AND c.ident = ANY (of_idents)
$$;

CREATE OR REPLACE FUNCTION refresh_stages(of_idents integer[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE bill_balance kept SET stage = c.stage
    FROM bill_balance_computed c
    WHERE c.ident = ANY (of_idents) AND kept.ident = ANY (of_idents)
      AND c.ident = kept.ident AND c.ggmm = kept.ggmm AND c.stage <> kept.stage;
    SELECT refresh_account_balance(of_idents)
$$;

CREATE OR REPLACE FUNCTION book_bills() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO bill_balance (ident, ggmm, version, due_on, charged, stage)
    SELECT ident, ggmm, version, due_on, charged,
           CASE WHEN EXISTS (SELECT FROM plan_item i JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
                             WHERE i.ident = added.ident AND i.ggmm = added.ggmm AND p.state = 'active')
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
CREATE OR REPLACE TRIGGER book_stages_added AFTER INSERT ON plan_item
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION book_stages();
CREATE OR REPLACE TRIGGER book_stages_changed AFTER UPDATE ON plan
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION book_stages();
CREATE OR REPLACE TRIGGER book_stages_added AFTER INSERT ON instalment
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION book_stages();
