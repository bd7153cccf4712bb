-- What the server itself writes into a row, whatever was given: its version, who, when and where.

-- Where people edit, the version rises with every change, whoever makes it.
CREATE OR REPLACE FUNCTION raise_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['account', 'premises_state', 'holder', 'delivery'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER raise_version BEFORE UPDATE ON %I
                        FOR EACH ROW EXECUTE FUNCTION raise_version()', name);
    END LOOP;
END
$$;

-- that the monitor looked, and what follows from instalments, outdates nobody's view of a plan
CREATE OR REPLACE TRIGGER raise_version BEFORE UPDATE ON plan
    FOR EACH ROW WHEN (OLD.state <> NEW.state
                       OR (OLD.followed_on, OLD.next_due_on, OLD.breaks_on)
                          IS NOT DISTINCT FROM (NEW.followed_on, NEW.next_due_on, NEW.breaks_on))
    EXECUTE FUNCTION raise_version();

CREATE OR REPLACE FUNCTION stamp_reissue() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.operator := session_user;
    NEW.made_at := clock_timestamp();
    NEW.branch_id := my_branch();
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER stamp_reissue BEFORE INSERT ON reissue
    FOR EACH ROW EXECUTE FUNCTION stamp_reissue();

-- no paper asks for money under a plan that is over
CREATE OR REPLACE FUNCTION stamp_plan_paper() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.paper IN ('slips', 'both') AND EXISTS (
        SELECT FROM plan
        WHERE ident = NEW.ident AND id = NEW.plan_id AND is_plan_over(state)) THEN
        PERFORM refuse('plan_paper_over', jsonb_build_object('plan_id', NEW.plan_id));
    END IF;
    NEW.operator := session_user;
    NEW.made_at := clock_timestamp();
    NEW.branch_id := my_branch();
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER stamp_plan_paper BEFORE INSERT ON plan_paper
    FOR EACH ROW EXECUTE FUNCTION stamp_plan_paper();

CREATE OR REPLACE FUNCTION stamp_note() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.author := session_user;
    NEW.written_at := clock_timestamp();
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER stamp_note BEFORE INSERT ON call_note
    FOR EACH ROW EXECUTE FUNCTION stamp_note();
