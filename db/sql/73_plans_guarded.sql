-- The guard over plans: a contract stays as it was signed, and leaves an event of every move.

CREATE OR REPLACE FUNCTION guard_plan() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    moved CONSTANT text[] := ARRAY['state', 'certified_on', 'certification_number', 'ended_on', 'version',
                                   'followed_on', 'next_due_on', 'breaks_on'];
BEGIN
    IF to_jsonb(OLD) - moved IS DISTINCT FROM to_jsonb(NEW) - moved THEN
        PERFORM refuse('row_immutable', jsonb_build_object('table', TG_TABLE_NAME, 'operation', TG_OP));
    END IF;
    RETURN NEW;
END
$$;
-- what the monitor writes down of a hundred thousand a day needs no comparing
CREATE OR REPLACE TRIGGER guarded BEFORE UPDATE ON plan
    FOR EACH ROW WHEN (OLD.state <> NEW.state
                       OR (OLD.followed_on, OLD.next_due_on, OLD.breaks_on)
                          IS NOT DISTINCT FROM (NEW.followed_on, NEW.next_due_on, NEW.breaks_on))
    EXECUTE FUNCTION guard_plan();

CREATE OR REPLACE FUNCTION keep_plan_event(
    of_ident integer, of_plan bigint, old text, new text, why text, with_facts jsonb DEFAULT '{}',
    for_reason text DEFAULT '') RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO plan_event (ident, plan_id, login, old_state, new_state, cause, facts, reason)
    VALUES (of_ident, of_plan, session_user, old, new, why, with_facts, for_reason)
$$;
