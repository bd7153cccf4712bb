-- Row policies are asked before anything else.  What PostgreSQL holds to be leakproof it may compare
-- before a policy, and EXPLAIN ANALYZE then tells whether a hidden row was there.  So here nothing that
-- compares is leakproof.  What calls no function (IS NULL, an element of an array, a boolean column)
-- stays so for ever and goes first because it costs nothing: the comparison the policies are made of
-- costs nothing either, and of equals the policy comes first.
--
-- Both belong to this database's own catalogue, where a restore or pg_upgrade loses them: salter-db
-- upgrade sets them again and salter-db check tells whether they hold.

DO $$
DECLARE
    name regprocedure;
BEGIN
    FOR name IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace AND proleakproof AND prorettype = 'boolean'::regtype
    LOOP
        EXECUTE format('ALTER FUNCTION %s NOT LEAKPROOF', name);
    END LOOP;
    IF EXISTS (SELECT FROM pg_proc
               WHERE oid = 'pg_catalog.int4eq(integer, integer)'::regprocedure AND procost <> 0) THEN
        UPDATE pg_proc SET procost = 0 WHERE oid = 'pg_catalog.int4eq(integer, integer)'::regprocedure;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'comparisons stay before the row policies: only a superuser can turn the order round';
END
$$;
