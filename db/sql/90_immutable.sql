-- What was issued, received, said or seen stays as it is: for everybody, the owner included.

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM refuse('row_immutable', jsonb_build_object('table', TG_TABLE_NAME, 'operation', TG_OP));
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION refuse_change_of_log() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.chain_no IS NULL
       AND to_jsonb(NEW) - '{chain,chain_no,hash}'::text[] = to_jsonb(OLD) - '{chain,chain_no,hash}'::text[] THEN
        RETURN NEW;   -- the link into the chain, made once at commit
    END IF;
    PERFORM refuse('row_immutable', jsonb_build_object('table', TG_TABLE_NAME, 'operation', TG_OP));
    RETURN NULL;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['bill', 'bill_line', 'payment', 'allocation', 'call_note', 'reissue',
                                'change_event', 'change_effect', 'plan_item', 'plan_cost', 'plan_event',
                                'plan_paper', 'chain_joint', 'installation', 'alert_seen'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER immutable_row BEFORE UPDATE OR DELETE ON %I
                        FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['audit_log', 'read_log'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER immutable_row BEFORE UPDATE OR DELETE ON %I
                        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_log()', name);
    END LOOP;
    -- statement triggers of a partitioned table do not reach TRUNCATE of one partition
    FOR name IN
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND (c.relname IN ('bill', 'bill_line', 'payment', 'allocation', 'call_note', 'reissue',
                             'audit_log', 'read_log', 'chain_head', 'chain_joint', 'installation',
                             'email_consent')
               OR c.relname IN ('change_request', 'change_paper', 'change_event', 'change_effect', 'change_serial',
                                'reserved_ident', 'plan', 'plan_item', 'plan_cost', 'plan_event', 'plan_serial',
                                'plan_paper', 'instalment', 'programme', 'programme_version', 'ceiling_raise', 'alert_seen')
               OR c.oid IN (SELECT inhrelid FROM pg_inherits
                            WHERE inhparent IN ('bill'::regclass, 'bill_line'::regclass)))
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER immutable_table BEFORE TRUNCATE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
    END LOOP;
END
$$;

-- A request is cancelled, never deleted: its number stays.
CREATE OR REPLACE TRIGGER immutable_row BEFORE DELETE ON change_request
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER immutable_row BEFORE DELETE ON change_serial
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER immutable_row BEFORE UPDATE OR DELETE ON reserved_ident
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A contract is cancelled, never deleted; of an instalment only what was paid on it changes.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['plan', 'instalment', 'plan_serial', 'programme'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER immutable_row BEFORE DELETE ON %I
                        FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
    END LOOP;
END
$$;
CREATE OR REPLACE TRIGGER immutable_terms BEFORE UPDATE ON instalment
    FOR EACH ROW WHEN ((OLD.ident, OLD.plan_id, OLD.instalment_no, OLD.due_on, OLD.amount)
                       IS DISTINCT FROM (NEW.ident, NEW.plan_id, NEW.instalment_no, NEW.due_on, NEW.amount))
    EXECUTE FUNCTION refuse_change();

-- What was raised stays on file; it only ends, and once.
CREATE OR REPLACE TRIGGER immutable_row BEFORE DELETE ON ceiling_raise
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER immutable_terms BEFORE UPDATE ON ceiling_raise
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL
                       OR (OLD.id, OLD.login, OLD.ceiling, OLD.most, OLD.last_day, OLD.reason, OLD.raised_by, OLD.raised_at)
                          IS DISTINCT FROM
                          (NEW.id, NEW.login, NEW.ceiling, NEW.most, NEW.last_day, NEW.reason, NEW.raised_by, NEW.raised_at))
    EXECUTE FUNCTION refuse_change();
