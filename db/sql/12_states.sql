-- States: what they mean, each said once, and which moves there are between them.
--
-- app.domain says the same by its sets of states; tests hold one against the other, and the indexes
-- against both.  The functions are neither STRICT nor have a search_path of their own, because only so
-- does the planner put the list in the place of the call, and partial indexes over the same states
-- serve.  Their bodies are parsed when created, so no search_path can change what they call.  Whoever
-- reads through them must be granted them, or they are called row by row.

CREATE OR REPLACE FUNCTION is_request_open(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN state IN ('submitted', 'returned', 'with_provider', 'approved');
COMMENT ON FUNCTION is_request_open(text) IS 'True where somebody has to do something about a request that has a number.';

-- for who walks them one by one; is_request_open() does not call it, or it would run at every planning
CREATE OR REPLACE FUNCTION open_request_states() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY['submitted', 'returned', 'with_provider', 'approved'];

CREATE OR REPLACE FUNCTION is_request_editable(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN state IN ('draft', 'returned');

CREATE OR REPLACE FUNCTION is_request_void(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN state IN ('rejected', 'cancelled');
COMMENT ON FUNCTION is_request_void(text) IS 'True of a request of which nothing came.';

CREATE OR REPLACE FUNCTION is_plan_in_force(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN state IN ('active', 'in_arrears');
COMMENT ON FUNCTION is_plan_in_force(text) IS 'True where a plan holds the months it covers.';

CREATE OR REPLACE FUNCTION is_plan_over(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN state IN ('kept', 'broken', 'cancelled');

CREATE OR REPLACE FUNCTION is_case_open(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN state NOT IN ('collected', 'discontinued', 'dismissed', 'time_barred');
COMMENT ON FUNCTION is_case_open(text) IS 'True where a case claims something, though it may rest while a plan holds its months.';

CREATE OR REPLACE FUNCTION is_notice_out(state text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN state IN ('sent', 'delivered', 'returned', 'partly_paid');
COMMENT ON FUNCTION is_notice_out(text) IS 'True where a notice was sent and still asks for something.';

-- Moves --------------------------------------------------------------------------------------------
-- state_transition is filled from app.domain at every upgrade.  A request to change data is guarded
-- apart, because who may move it where depends on its kind.

CREATE OR REPLACE FUNCTION guard_move() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM state_transition t
                   WHERE t.table_name = TG_TABLE_NAME AND t.old_state = OLD.state AND t.new_state = NEW.state) THEN
        PERFORM refuse(TG_ARGV[0], jsonb_build_object('old', OLD.state, 'new', NEW.state));
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION guard_move() IS 'Refuse, by the rule it is given, a move that state_transition does not have.';

CREATE OR REPLACE TRIGGER moved BEFORE UPDATE ON plan
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION guard_move('plan_transition_forbidden');
CREATE OR REPLACE TRIGGER moved BEFORE UPDATE ON enforcement_case
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION guard_move('case_transition_forbidden');
CREATE OR REPLACE TRIGGER moved BEFORE UPDATE ON notice
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION guard_move('notice_transition_forbidden');
