-- The lines of bills are read through a function and by nobody else.  Their table is the one that would be
-- spread over several servers first, and there a policy holds no sub-select; but a policy that calls a
-- function would be asked after comparisons that cost nothing (decision 24).  So the table has no policy for
-- anybody at a desk, and no right of theirs.

CREATE OR REPLACE FUNCTION bill_lines(wanted_ident integer, first_ggmm smallint, last_ggmm smallint)
RETURNS SETOF bill_line
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 12
SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    IF wanted_ident = ANY (readable_idents()) THEN
        RETURN QUERY SELECT * FROM bill_line l
        WHERE l.ident = wanted_ident AND l.ggmm BETWEEN first_ggmm AND last_ggmm;
    END IF;
END
$$;
COMMENT ON FUNCTION bill_lines(integer, smallint, smallint) IS
    'The lines of an account''s bills of some months, for who may read the account; of any other none.';
