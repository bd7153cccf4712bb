-- A session may have the server print how it carries statements out, with their values.  What runs with
-- rights of the owner prints nothing, whatever its caller has set.

DO $$
DECLARE
    name regprocedure;
BEGIN
    FOR name IN
        SELECT p.oid::regprocedure FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND (p.prosecdef OR p.prorettype = 'trigger'::regtype)
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET debug_print_parse = off', name);
        EXECUTE format('ALTER FUNCTION %s SET debug_print_rewritten = off', name);
        EXECUTE format('ALTER FUNCTION %s SET debug_print_plan = off', name);
    END LOOP;
END
$$;
