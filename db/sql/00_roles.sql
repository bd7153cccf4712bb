-- Who exists: the owner of everything, and what a person at the desk may be.
-- Run before the tables are migrated, by whoever may create roles.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['salter_owner', 'desk_staff', 'desk_agent', 'desk_clerk',
                                'desk_supervisor', 'desk_admin']
    LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', name);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;   -- roles belong to the cluster, and this database may be its second
        END;
    END LOOP;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['desk_agent', 'desk_clerk', 'desk_supervisor', 'desk_admin']
    LOOP
        IF NOT pg_has_role(name, 'desk_staff', 'MEMBER') THEN
            EXECUTE format('GRANT desk_staff TO %I', name);
        END IF;
    END LOOP;
    IF NOT pg_has_role(current_user, 'salter_owner', 'MEMBER') THEN
        EXECUTE format('GRANT salter_owner TO %I', current_user);
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO desk_staff', current_database());
    EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO salter_owner', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO desk_staff;
GRANT USAGE, CREATE ON SCHEMA public TO salter_owner;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

-- Nobody at a desk has business in the databases a server brings along, nor writes programs of their own (DO): those
-- would forge lines of the server's log (RAISE LOG) and try what they may not as often as they like.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['postgres', 'template1'] LOOP
        IF EXISTS (SELECT FROM pg_database WHERE datname = name)
           AND has_database_privilege('public', name, 'CONNECT') THEN
            EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', name);
            EXECUTE format('GRANT CONNECT ON DATABASE %I TO salter_owner', name);
        END IF;
    END LOOP;
    REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
    GRANT USAGE ON LANGUAGE plpgsql TO salter_owner;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'postgres, template1 and DO stay open to everybody: only a superuser can close them';
    WHEN internal_error THEN
        NULL;   -- another database of the same server is being upgraded, and closes them just now
END
$$;

-- Large objects belong to whoever makes them and are seen by no policy, log or count; an advisory lock
-- is anybody's to take and to keep, and whoever waits for it waits for them.
DO $$
DECLARE
    name regprocedure;
BEGIN
    FOR name IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
          AND (proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_open', 'lo_put', 'lowrite')
               OR proname ~ '^pg_(try_)?advisory_')
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO salter_owner', name);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', name);
    END LOOP;
    REVOKE UPDATE ON pg_catalog.pg_settings FROM PUBLIC;   -- SET does the same without a right to lock the view
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'large objects and advisory locks stay open to everybody: only a superuser can close them';
END
$$;
