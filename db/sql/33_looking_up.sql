-- Looking up: by the account's number, by what may not be shown, and what a person has on record already.

CREATE OR REPLACE FUNCTION find_by_ident(digits text, at_most integer)
RETURNS TABLE (ident integer, name text, address text, is_closed boolean, rank integer, total bigint)
LANGUAGE plpgsql SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    most CONSTANT int := search_page(at_most);
    very CONSTANT int := digits::int;
    beyond CONSTANT text := digits || '~';
    shown bigint;
BEGIN
    PERFORM begin_finding();
    RETURN QUERY
    WITH begun AS MATERIALIZED (
        SELECT s.ident FROM account_search s
        WHERE lpad(s.ident::text, 7, '0') COLLATE "C" >= digits AND lpad(s.ident::text, 7, '0') COLLATE "C" < beyond
        ORDER BY lpad(s.ident::text, 7, '0') COLLATE "C" LIMIT 1001
    ), page AS (
        SELECT very AS ident, 0 AS rank
        UNION ALL
        (SELECT b.ident, 1 FROM begun b WHERE b.ident <> very LIMIT most)
    )
    SELECT s.ident, s.name, s.address, s.is_closed, p.rank,
           (SELECT count(*) FROM begun b WHERE b.ident <> very)
           + (SELECT count(*) FROM account_search a WHERE a.ident = very)
    FROM page p JOIN account_search s ON s.ident = p.ident
    ORDER BY p.rank, s.ident LIMIT most;
    GET DIAGNOSTICS shown = ROW_COUNT;
    PERFORM end_finding(shown);
END
$$;
COMMENT ON FUNCTION find_by_ident(text, integer) IS
    'Accounts whose seven digits begin with these, the account of that very number first.';

CREATE OR REPLACE FUNCTION find_accounts(idents integer[], at_most integer)
RETURNS TABLE (ident integer, name text, address text, is_closed boolean, rank integer, total bigint)
LANGUAGE plpgsql SECURITY DEFINER ROWS 5
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    shown bigint;
BEGIN
    PERFORM begin_finding();
    RETURN QUERY
    SELECT s.ident, s.name, s.address, s.is_closed, 0, count(*) OVER ()
    FROM account_search s WHERE s.ident = ANY (idents[1:1001])
    ORDER BY s.is_closed, s.name_fold, s.ident LIMIT search_page(at_most);
    GET DIAGNOSTICS shown = ROW_COUNT;
    PERFORM end_finding(shown);
END
$$;

-- By what may not be shown ---------------------------------------------------------------------
-- These answer with the ident only and take the whole datum, never a part of it; of a telephone all
-- but the network, which is what people say of their own: six or seven digits.

CREATE OR REPLACE FUNCTION begin_looking_up() RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT may_serve() THEN
        RETURN false;
    END IF;
    PERFORM count_under_ceiling('exact_look_ups');
    RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION find_by_contact(of_kind text, as_normalized text) RETURNS SETOF integer
LANGUAGE plpgsql STRICT SECURITY DEFINER ROWS 5 SET search_path = public, pg_temp AS $$
BEGIN
    IF begin_looking_up() THEN
        RETURN QUERY SELECT DISTINCT ident FROM contact
        WHERE normalized = as_normalized AND kind = of_kind AND ended_on IS NULL
        ORDER BY ident LIMIT 200;
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION find_by_phone_end(digits text) RETURNS SETOF integer
LANGUAGE plpgsql STRICT SECURITY DEFINER ROWS 5 SET search_path = public, pg_temp AS $$
BEGIN
    IF digits ~ '^[0-9]{6,7}$' AND begin_looking_up() THEN
        RETURN QUERY SELECT DISTINCT ident FROM contact
        WHERE right(normalized, 6) = right(digits, 6) AND right(normalized, length(digits)) = digits
          AND kind = 'phone' AND ended_on IS NULL
        ORDER BY ident LIMIT 200;
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION find_by_case_number(as_number text) RETURNS SETOF integer
LANGUAGE plpgsql STRICT SECURITY DEFINER ROWS 5 SET search_path = public, pg_temp AS $$
BEGIN
    IF as_number <> '' AND begin_looking_up() THEN
        RETURN QUERY SELECT DISTINCT ident FROM enforcement_case WHERE case_number = as_number AND case_number <> ''
        ORDER BY ident LIMIT 200;
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION find_by_business_number(of_kind text, as_number text) RETURNS SETOF integer
LANGUAGE plpgsql STRICT SECURITY DEFINER ROWS 5 SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT begin_looking_up() THEN
        RETURN;
    END IF;
    IF of_kind = 'pib' THEN
        RETURN QUERY SELECT DISTINCT ident FROM holder WHERE pib = as_number ORDER BY ident LIMIT 200;
    ELSIF of_kind = 'company_number' THEN
        RETURN QUERY SELECT DISTINCT ident FROM holder WHERE company_number = as_number ORDER BY ident LIMIT 200;
    END IF;
END
$$;

-- What is on record already ------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION recent_accounts(at_most integer)
RETURNS TABLE (ident integer, name text, address text, is_closed boolean, opened_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 12
SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH mine AS MATERIALIZED (
        -- of committed visits only: one that will be rolled back shows nobody's name
        SELECT v.ident, v.opened_at FROM visit v
        WHERE v.login = session_user AND v.opened_at < now() AND may_serve()
        ORDER BY v.opened_at DESC LIMIT 300
    ), latest AS (
        SELECT m.ident, max(m.opened_at) AS opened_at FROM mine m GROUP BY m.ident
        ORDER BY 2 DESC LIMIT search_page(at_most)
    )
    SELECT s.ident, s.name, s.address, s.is_closed, l.opened_at
    FROM latest l JOIN account_search s ON s.ident = l.ident ORDER BY l.opened_at DESC;
END
$$;
COMMENT ON FUNCTION recent_accounts(integer) IS 'The accounts this person opened lately, the latest first.';

CREATE OR REPLACE FUNCTION account_heading(wanted_ident integer)
RETURNS TABLE (ident integer, name text, address text, is_closed boolean)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = public, pg_temp AS $$
    SELECT s.ident, s.name, s.address, s.is_closed FROM account_search s
    WHERE s.ident = wanted_ident AND may_serve() AND EXISTS (
        SELECT FROM visit v
        WHERE v.login = session_user AND v.ident = wanted_ident
          AND v.opened_at < now() AND v.opened_at > clock_timestamp() - interval '1 day')
$$;
COMMENT ON FUNCTION account_heading(integer) IS
    'What stands over the page of an account this person opened today, also when its visit has ended.';
