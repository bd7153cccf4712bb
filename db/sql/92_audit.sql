-- The audit, written by triggers and chained by hash.
--
-- Rows are written when the change happens and linked into a chain when the transaction commits (a
-- deferred trigger).  Every login has a chain of its own in each log: whoever hurries the trigger and
-- then sits on the head of a chain keeps nobody waiting but themselves, on another connection, and
-- not for ever.  What was written before there was a chain for each is in the chain named ''.
-- Joints (94_joints.sql) tie the chains together.
--
-- Personal numbers and what is in a scanned paper stay out: the audit says that, not what.

CREATE OR REPLACE FUNCTION without_secrets(entry jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT SET search_path = public, pg_temp AS $$
    SELECT entry - ARRAY['jmbg', 'secrets', 'content']
        || CASE WHEN entry -> 'new_values' ->> 'jmbg' ~ '^[0-9]'
                     AND entry -> 'new_values' ->> 'jmbg' NOT LIKE '%•%'
                THEN jsonb_build_object('new_values', (entry -> 'new_values') - 'jmbg') ELSE '{}' END
        || CASE WHEN entry -> 'old_values' ->> 'jmbg' ~ '^[0-9]'
                     AND entry -> 'old_values' ->> 'jmbg' NOT LIKE '%•%'
                THEN jsonb_build_object('old_values', (entry -> 'old_values') - 'jmbg') ELSE '{}' END
$$;

CREATE OR REPLACE FUNCTION audit_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before jsonb;
    after jsonb;
BEGIN
    IF TG_TABLE_NAME = 'change_paper' THEN   -- megabytes are not written out only to be left out
        IF TG_OP <> 'INSERT' THEN
            OLD.content := NULL;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            NEW.content := NULL;
        END IF;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        before := without_secrets(to_jsonb(OLD));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        after := without_secrets(to_jsonb(NEW));
    END IF;
    INSERT INTO audit_log (ident, login, table_name, operation, old_row, new_row)
    VALUES ((coalesce(after, before) ->> 'ident')::integer, session_user, TG_TABLE_NAME, TG_OP, before, after);
    RETURN NULL;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'account', 'premises', 'premises_state', 'holder', 'contact', 'subsidy', 'delivery',
        'portal_registration', 'email_consent', 'staff', 'branch', 'setting', 'statutory_rate', 'provider', 'service',
        'price', 'vat_rate', 'bailiff', 'notice', 'enforcement_case', 'enforcement_item', 'programme',
        'programme_version', 'plan_item', 'plan_cost', 'call_note', 'reissue', 'building', 'change_kind',
        'change_transition', 'change_paper', 'plan_paper', 'state_transition',
        'ceiling_raise', 'alert_seen']
    LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON %I
                        FOR EACH ROW EXECUTE FUNCTION audit_row()', name);
    END LOOP;
END
$$;

-- claims come and go every minute and say nothing about the request: the version does not rise
CREATE OR REPLACE TRIGGER audited_entry AFTER INSERT OR DELETE ON change_request
    FOR EACH ROW EXECUTE FUNCTION audit_row();
CREATE OR REPLACE TRIGGER audited_change AFTER UPDATE ON change_request
    FOR EACH ROW WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION audit_row();

-- the same of plans, which are looked at every day
CREATE OR REPLACE TRIGGER audited_entry AFTER INSERT OR DELETE ON plan
    FOR EACH ROW EXECUTE FUNCTION audit_row();
CREATE OR REPLACE TRIGGER audited_change AFTER UPDATE ON plan
    FOR EACH ROW WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION audit_row();

CREATE OR REPLACE FUNCTION audit_digest(previous bytea, entry audit_log) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT sha256(previous || convert_to(jsonb_build_array(
        entry.chain_no, entry.id, entry.ident, entry.login, extract(epoch FROM entry.happened_at),
        entry.table_name, entry.operation, entry.old_row, entry.new_row)::text, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION read_digest(previous bytea, entry read_log) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT sha256(previous || convert_to(jsonb_build_array(
        entry.chain_no, entry.id, entry.ident, entry.login, extract(epoch FROM entry.happened_at),
        entry.kind, entry.detail)::text, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION next_link(of_log text, of_chain text) RETURNS chain_head
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '4s' AS $$
DECLARE
    head chain_head%ROWTYPE;
BEGIN
    -- both heads, in one order: a change that was read and a reading that changed would wait crosswise
    INSERT INTO chain_head (log, chain, chain_no, hash)
    VALUES ('audit_log', of_chain, 0, ''), ('read_log', of_chain, 0, '') ON CONFLICT DO NOTHING;
    PERFORM FROM chain_head WHERE chain = of_chain ORDER BY log FOR NO KEY UPDATE;
    SELECT * INTO head FROM chain_head WHERE log = of_log AND chain = of_chain;
    RETURN head;
END
$$;
COMMENT ON FUNCTION next_link(text, text) IS
    'Lock the heads of a chain until the end of the transaction, and return the one to link to.';

CREATE OR REPLACE FUNCTION link_audit_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head CONSTANT chain_head := next_link('audit_log', NEW.login);
    entry audit_log%ROWTYPE := NEW;
BEGIN
    entry.chain_no := head.chain_no + 1;
    entry.hash := audit_digest(head.hash, entry);
    UPDATE audit_log SET chain = entry.login, chain_no = entry.chain_no, hash = entry.hash WHERE id = entry.id;
    UPDATE chain_head SET chain_no = entry.chain_no, hash = entry.hash
    WHERE log = 'audit_log' AND chain = entry.login;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION link_read_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head CONSTANT chain_head := next_link('read_log', NEW.login);
    entry read_log%ROWTYPE := NEW;
BEGIN
    entry.chain_no := head.chain_no + 1;
    entry.hash := read_digest(head.hash, entry);
    UPDATE read_log SET chain = entry.login, chain_no = entry.chain_no, hash = entry.hash WHERE id = entry.id;
    UPDATE chain_head SET chain_no = entry.chain_no, hash = entry.hash
    WHERE log = 'read_log' AND chain = entry.login;
    RETURN NULL;
END
$$;

DROP FUNCTION IF EXISTS lock_chains();   -- once locked the one chain of everybody

DROP TRIGGER IF EXISTS linked_at_commit ON audit_log;
CREATE CONSTRAINT TRIGGER linked_at_commit AFTER INSERT ON audit_log
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION link_audit_row();
DROP TRIGGER IF EXISTS linked_at_commit ON read_log;
CREATE CONSTRAINT TRIGGER linked_at_commit AFTER INSERT ON read_log
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION link_read_row();

DROP FUNCTION IF EXISTS broken_links();   -- once did not tell of which chain

CREATE FUNCTION broken_links() RETURNS TABLE (log text, chain text, chain_no bigint, problem text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH chained AS (
        SELECT 'audit_log' AS log, a.chain, a.login, a.chain_no, a.hash,
               lag(a.chain_no, 1, 0::bigint) OVER w AS previous_no, lead(a.chain_no) OVER w AS next_no,
               audit_digest(lag(a.hash, 1, ''::bytea) OVER w, a) AS digest
        FROM audit_log a WINDOW w AS (PARTITION BY a.chain ORDER BY a.chain_no)
        UNION ALL
        SELECT 'read_log', r.chain, r.login, r.chain_no, r.hash, lag(r.chain_no, 1, 0::bigint) OVER w,
               lead(r.chain_no) OVER w, read_digest(lag(r.hash, 1, ''::bytea) OVER w, r)
        FROM read_log r WINDOW w AS (PARTITION BY r.chain ORDER BY r.chain_no)
    ), tails AS (
        SELECT c.log, c.chain, c.chain_no, c.hash FROM chained c WHERE c.chain_no IS NOT NULL AND c.next_no IS NULL
    ), heads AS (
        SELECT h.log, h.chain, h.chain_no, h.hash FROM chain_head h
        WHERE h.log IN ('audit_log', 'read_log') AND h.chain_no > 0
    )
    SELECT c.log, c.chain, c.chain_no,
           CASE WHEN c.chain_no IS NULL THEN 'unlinked'
                WHEN c.chain_no <> c.previous_no + 1 THEN 'gap'
                ELSE 'altered' END
    FROM chained c
    WHERE c.chain_no IS NULL OR c.chain_no <> c.previous_no + 1 OR c.hash IS DISTINCT FROM c.digest
       OR c.chain NOT IN ('', c.login)
    UNION ALL
    SELECT log, chain, h.chain_no, CASE WHEN h.chain_no = t.chain_no THEN 'other head' ELSE 'cut off' END
    FROM heads h FULL JOIN tails t USING (log, chain)
    WHERE (h.chain_no, h.hash) IS DISTINCT FROM (t.chain_no, t.hash)
$$;
COMMENT ON FUNCTION broken_links() IS 'Every place where a chain does not hold; none in a sound database.';

CREATE OR REPLACE VIEW audit_trail AS
SELECT id, ident, login, happened_at, table_name, operation, chain_no FROM audit_log;
COMMENT ON VIEW audit_trail IS 'Who changed what and when, without what the rows say.';
