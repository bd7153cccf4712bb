-- The portfolio: plans of all accounts, for who oversees them, without personal numbers.

CREATE OR REPLACE FUNCTION plan_portfolio(
    of_which text, of_programme integer, of_branch smallint, of_state text, on_day date, after_day date,
    after_id bigint, at_most integer)
RETURNS TABLE (ident integer, id bigint, key_day date, contract_number text, programme_code text, state text,
    payer text, branch_id smallint, account_name text, address text, signed_on date, created_by text,
    next_due_on date, breaks_on date, instalments integer, payable numeric, paid numeric, late integer,
    late_open numeric)
LANGUAGE plpgsql STABLE ROWS 200 SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    -- a clerk sees the own branch, a supervisor any or all
    branch CONSTANT smallint := queue_branch(of_branch);
    in_force CONSTANT text := $q$is_plan_in_force(p.state)$q$;
    key CONSTANT text := CASE of_which WHEN 'arriving' THEN 'next_due_on' WHEN 'missed' THEN 'next_due_on'
                              WHEN 'breaking' THEN 'breaks_on' ELSE 'signed_on' END;
    wanted text := CASE of_which
        WHEN 'arriving' THEN in_force || ' AND p.next_due_on BETWEEN $5 AND $5 + 7'
        WHEN 'missed' THEN in_force || ' AND p.next_due_on < $5'
        WHEN 'breaking' THEN in_force || ' AND p.breaks_on <= $5 + 7'
        WHEN 'awaiting' THEN $q$p.state = 'awaiting_certification'$q$
        ELSE 'true' END;
BEGIN
    -- the latest first where all are listed, else the most urgent
    wanted := wanted || format(CASE WHEN of_which = 'all' THEN ' AND (p.%1$s, p.id) < ($6, $7)'
                                    ELSE ' AND (p.%1$s, p.id) > ($6, $7)' END, key)
        || CASE WHEN of_programme IS NULL THEN '' ELSE ' AND p.programme_id = $1' END
        || CASE WHEN branch IS NULL THEN '' ELSE ' AND p.branch_id = $2' END
        || CASE WHEN of_state IS NULL THEN '' ELSE ' AND p.state = $3' END;
    RETURN QUERY EXECUTE format($q$
        SELECT c.ident, c.id, c.key_day, c.contract_number, g.code, c.state::text, c.payer::text, c.branch_id,
               a.name, a.address, c.signed_on, coalesce(s.full_name, c.created_by), c.next_due_on, c.breaks_on,
               n.instalments::int, c.payable, n.paid, n.late::int, n.late_open
        FROM (SELECT p.*, p.%1$s AS key_day FROM plan p WHERE %2$s ORDER BY p.%1$s %3$s, p.id %3$s LIMIT $4) c
        JOIN programme g ON g.id = c.programme_id
        LEFT JOIN staff s ON s.login = c.created_by
        LEFT JOIN account_search a ON a.ident = c.ident
        CROSS JOIN LATERAL (
            SELECT count(*) AS instalments, coalesce(sum(i.paid), 0) AS paid,
                   count(*) FILTER (WHERE i.paid < i.amount AND i.due_on < $5) AS late,
                   coalesce(sum(i.amount - i.paid) FILTER (WHERE i.due_on < $5), 0) AS late_open
            FROM instalment i WHERE i.ident = c.ident AND i.plan_id = c.id) n
        ORDER BY c.key_day %3$s, c.id %3$s $q$, key, wanted, CASE WHEN of_which = 'all' THEN 'DESC' ELSE 'ASC' END)
    USING of_programme, branch, of_state, least(at_most, 1000), on_day,
          coalesce(after_day, CASE WHEN of_which = 'all' THEN 'infinity'::date ELSE '-infinity'::date END),
          coalesce(after_id, 0);
END
$$;
COMMENT ON FUNCTION plan_portfolio(text, integer, smallint, text, date, date, bigint, integer) IS
    'Plans of all accounts: all of them, or those awaiting certification, arriving, missed, soon broken.';

DROP FUNCTION IF EXISTS plan_portfolio_counts(date);   -- once counted no urgent ones
CREATE OR REPLACE FUNCTION plan_portfolio_counts(on_day date)
RETURNS TABLE (branch_id smallint, programme_id smallint, programme_code text, programme text, state text, count bigint,
    payable numeric, arriving bigint, missed bigint, breaking bigint)
LANGUAGE plpgsql STABLE ROWS 100 SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    branch CONSTANT smallint := queue_branch(NULL);
BEGIN
    -- counted before it is named: a hundred groups are joined, not a hundred thousand plans
    RETURN QUERY
    SELECT c.branch_id, c.programme_id, g.code, g.name, c.state, c.plans, c.payable, c.arriving, c.missed, c.breaking
    FROM (
        SELECT p.branch_id, p.programme_id, p.state::text AS state, count(*) AS plans, sum(p.payable) AS payable,
               count(*) FILTER (WHERE in_force AND p.next_due_on BETWEEN on_day AND on_day + 7) AS arriving,
               count(*) FILTER (WHERE in_force AND p.next_due_on < on_day) AS missed,
               count(*) FILTER (WHERE in_force AND p.breaks_on <= on_day + 7) AS breaking
        FROM plan p CROSS JOIN LATERAL (SELECT is_plan_in_force(p.state)) AS f (in_force)
        WHERE branch IS NULL OR p.branch_id = branch
        GROUP BY p.branch_id, p.programme_id, p.state) c
    JOIN programme g ON g.id = c.programme_id;
END
$$;
COMMENT ON FUNCTION plan_portfolio_counts(date) IS
    'How many plans of a branch, programme and state, for how much, and how many of them are urgent on a day.';
