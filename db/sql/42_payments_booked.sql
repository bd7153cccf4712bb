-- Payments and where they went: sums of months, instalments and cases follow, and none goes nowhere.

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
        WHERE NOT is_plan_in_force(p.state) LIMIT 1;
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
    -- an UPDATE that finds nothing fires triggers all the same, and those sum up the whole account
    IF EXISTS (SELECT FROM added WHERE plan_id IS NOT NULL) THEN
        UPDATE instalment kept SET paid = kept.paid + more.amount
        FROM (SELECT ident, plan_id, instalment_no, sum(amount) AS amount FROM added
              WHERE plan_id IS NOT NULL GROUP BY ident, plan_id, instalment_no) more
        WHERE kept.ident = more.ident AND kept.plan_id = more.plan_id
          AND kept.instalment_no = more.instalment_no;
    END IF;
    IF EXISTS (SELECT FROM added WHERE case_id IS NOT NULL) THEN
        UPDATE enforcement_case kept SET paid_costs = kept.paid_costs + more.amount
        FROM (SELECT ident, case_id, sum(amount) AS amount FROM added
              WHERE case_id IS NOT NULL GROUP BY ident, case_id) more
        WHERE kept.ident = more.ident AND kept.id = more.case_id;
    END IF;
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
