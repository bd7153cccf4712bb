-- The stage of a month: a plan in force holds it, else an open case, else nobody.  While a plan holds
-- the months of a case, the case rests.

CREATE OR REPLACE FUNCTION refresh_stages(of_idents integer[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- as bill_balance_computed has it, of these accounts only: the view would sum up everybody's payments
    WITH planned AS (
        SELECT i.ident, i.ggmm FROM plan_item i JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
        WHERE i.ident = ANY (of_idents) AND p.ident = ANY (of_idents) AND is_plan_in_force(p.state)
    ), sued AS (
        SELECT i.ident, i.ggmm FROM enforcement_item i
        JOIN enforcement_case c ON c.ident = i.ident AND c.id = i.case_id
        WHERE i.ident = ANY (of_idents) AND c.ident = ANY (of_idents) AND is_case_open(c.state)
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

-- While a plan is in force the cases of its months rest; they wake to where they stood.
CREATE OR REPLACE FUNCTION rest_cases(of_idents integer[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM enforcement_case c WHERE c.ident = ANY (of_idents) AND is_case_open(c.state)) THEN
        RETURN;
    END IF;
    WITH covered AS (
        SELECT DISTINCT e.ident, e.case_id
        FROM enforcement_item e
        JOIN plan_item i ON i.ident = e.ident AND i.ggmm = e.ggmm
        JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
        WHERE e.ident = ANY (of_idents) AND p.ident = ANY (of_idents) AND is_plan_in_force(p.state)
    )
    UPDATE enforcement_case kept
    SET state = CASE WHEN v.case_id IS NULL THEN kept.state_before_plan ELSE 'suspended_by_plan' END,
        state_before_plan = CASE WHEN v.case_id IS NOT NULL THEN kept.state END
    FROM enforcement_case c LEFT JOIN covered v ON v.ident = c.ident AND v.case_id = c.id
    WHERE c.ident = ANY (of_idents) AND kept.ident = c.ident AND kept.id = c.id
      AND CASE WHEN v.case_id IS NULL THEN c.state = 'suspended_by_plan' AND c.state_before_plan IS NOT NULL
               ELSE is_case_open(c.state) AND c.state <> 'suspended_by_plan'
          END;
END
$$;

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

-- Nobody claims what a plan holds: no case is filed over such a month, and no notice drawn.  A case that was
-- there before rests.
CREATE OR REPLACE FUNCTION refuse_months_in_plan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held record;
BEGIN
    IF TG_TABLE_NAME = 'enforcement_item' THEN
        -- of a case and a plan at once the second finds what the first has done
        PERFORM FROM account_balance WHERE ident IN (SELECT ident FROM added) ORDER BY ident FOR UPDATE;
    END IF;
    SELECT a.ident, a.ggmm, p.contract_number INTO held
    FROM added a
    JOIN plan_item i ON i.ident = a.ident AND i.ggmm = a.ggmm
    JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
    WHERE is_plan_in_force(p.state) ORDER BY a.ident, a.ggmm LIMIT 1;
    IF FOUND THEN
        PERFORM refuse('month_in_plan', jsonb_build_object('ident', held.ident, 'ggmm', held.ggmm,
                                                           'number', held.contract_number));
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER barred_by_plan AFTER INSERT ON enforcement_item
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_months_in_plan();
CREATE OR REPLACE TRIGGER barred_by_plan AFTER INSERT ON notice_item
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_months_in_plan();

CREATE OR REPLACE FUNCTION refuse_case_awake() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held record;
BEGIN
    SELECT i.ggmm, p.contract_number INTO held
    FROM enforcement_item e
    JOIN plan_item i ON i.ident = e.ident AND i.ggmm = e.ggmm
    JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
    WHERE e.ident = NEW.ident AND e.case_id = NEW.id AND is_plan_in_force(p.state) ORDER BY i.ggmm LIMIT 1;
    IF FOUND THEN
        PERFORM refuse('month_in_plan', jsonb_build_object('ident', NEW.ident, 'ggmm', held.ggmm,
                                                           'number', held.contract_number));
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER barred_by_plan BEFORE UPDATE ON enforcement_case
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND NEW.state <> 'suspended_by_plan' AND is_case_open(NEW.state))
    EXECUTE FUNCTION refuse_case_awake();

-- a plan that was merely looked at moves nothing: of a hundred thousand a day, few change their state
CREATE OR REPLACE FUNCTION book_plan_states() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moved integer[];
BEGIN
    SELECT array_agg(DISTINCT c.ident) INTO moved
    FROM changed c JOIN former f ON f.ident = c.ident AND f.id = c.id
    WHERE is_plan_in_force(f.state) <> is_plan_in_force(c.state);
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

CREATE OR REPLACE FUNCTION book_plan_items() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held integer[];
BEGIN
    -- a contract that is still to be signed holds nothing
    SELECT array_agg(DISTINCT c.ident) INTO held
    FROM changed c JOIN plan p ON p.ident = c.ident AND p.id = c.plan_id
    WHERE is_plan_in_force(p.state);
    IF held IS NOT NULL THEN
        PERFORM rest_cases(held);
        PERFORM refresh_stages(held);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER book_stages_added AFTER INSERT ON plan_item
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION book_plan_items();
