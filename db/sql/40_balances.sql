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
    WHERE p.id = i.plan_id AND is_plan_in_force(p.state)
), sued AS (
    SELECT i.ident, i.ggmm FROM enforcement_item i JOIN enforcement_case c USING (ident)
    WHERE c.id = i.case_id AND is_case_open(c.state)
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
    WHERE plan.ident = a.ident AND is_plan_in_force(plan.state)
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

CREATE OR REPLACE FUNCTION book_bills() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO bill_balance (ident, ggmm, version, due_on, charged, stage)
    SELECT ident, ggmm, version, due_on, charged,
           CASE WHEN EXISTS (SELECT FROM plan_item i JOIN plan p ON p.ident = i.ident AND p.id = i.plan_id
                             WHERE i.ident = added.ident AND i.ggmm = added.ggmm AND is_plan_in_force(p.state))
                THEN 'plan'
                WHEN EXISTS (SELECT FROM enforcement_item i
                             JOIN enforcement_case c ON c.ident = i.ident AND c.id = i.case_id
                             WHERE i.ident = added.ident AND i.ggmm = added.ggmm AND is_case_open(c.state))
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
