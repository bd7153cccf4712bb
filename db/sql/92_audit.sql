-- The audit, written by triggers and chained by hash.
--
-- Rows are written when the change happens and linked into the chain when the transaction
-- commits (a deferred trigger): the head of the chain is locked last and for a moment only, so
-- that it can neither deadlock with rows people edit nor make them wait for one another.
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
        'portal_registration', 'staff', 'branch', 'setting', 'statutory_rate', 'provider', 'service',
        'price', 'vat_rate', 'bailiff', 'notice', 'enforcement_case', 'enforcement_item', 'programme',
        'programme_version', 'plan_item', 'plan_cost', 'call_note', 'reissue', 'building', 'change_kind',
        'change_transition', 'change_paper', 'plan_paper', 'state_transition']
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

INSERT INTO chain_head (log, chain_no, hash) VALUES ('audit_log', 0, ''), ('read_log', 0, '')
ON CONFLICT DO NOTHING;

CREATE OR REPLACE FUNCTION lock_chains() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- both, in one order: a change that was read and a reading that changed would wait crosswise
    SELECT FROM chain_head ORDER BY log FOR UPDATE
$$;

CREATE OR REPLACE FUNCTION link_audit_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head chain_head%ROWTYPE;
    entry audit_log%ROWTYPE := NEW;
BEGIN
    PERFORM lock_chains();
    SELECT * INTO head FROM chain_head WHERE log = 'audit_log';
    entry.chain_no := head.chain_no + 1;
    entry.hash := audit_digest(head.hash, entry);
    UPDATE audit_log SET chain_no = entry.chain_no, hash = entry.hash WHERE id = entry.id;
    UPDATE chain_head SET chain_no = entry.chain_no, hash = entry.hash WHERE log = 'audit_log';
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION link_read_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head chain_head%ROWTYPE;
    entry read_log%ROWTYPE := NEW;
BEGIN
    PERFORM lock_chains();
    SELECT * INTO head FROM chain_head WHERE log = 'read_log';
    entry.chain_no := head.chain_no + 1;
    entry.hash := read_digest(head.hash, entry);
    UPDATE read_log SET chain_no = entry.chain_no, hash = entry.hash WHERE id = entry.id;
    UPDATE chain_head SET chain_no = entry.chain_no, hash = entry.hash WHERE log = 'read_log';
    RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS linked_at_commit ON audit_log;
CREATE CONSTRAINT TRIGGER linked_at_commit AFTER INSERT ON audit_log
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION link_audit_row();
DROP TRIGGER IF EXISTS linked_at_commit ON read_log;
CREATE CONSTRAINT TRIGGER linked_at_commit AFTER INSERT ON read_log
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION link_read_row();

CREATE OR REPLACE FUNCTION broken_links() RETURNS TABLE (log text, chain_no bigint, problem text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH chained AS (
        SELECT 'audit_log' AS log, a.chain_no, a.hash, a.chain_no AS own_no,
               lag(a.chain_no, 1, 0::bigint) OVER w AS previous_no,
               audit_digest(lag(a.hash, 1, ''::bytea) OVER w, a) AS digest
        FROM audit_log a WINDOW w AS (ORDER BY a.chain_no)
        UNION ALL
        SELECT 'read_log', r.chain_no, r.hash, r.chain_no, lag(r.chain_no, 1, 0::bigint) OVER w,
               read_digest(lag(r.hash, 1, ''::bytea) OVER w, r)
        FROM read_log r WINDOW w AS (ORDER BY r.chain_no)
    ), tails AS (
        SELECT log, max(chained.chain_no) AS last_no FROM chained GROUP BY log
    )
    SELECT log, chained.chain_no,
           CASE WHEN chained.chain_no IS NULL THEN 'unlinked'
                WHEN own_no <> previous_no + 1 THEN 'gap'
                ELSE 'altered' END
    FROM chained
    WHERE chained.chain_no IS NULL OR own_no <> previous_no + 1 OR hash IS DISTINCT FROM digest
    UNION ALL
    SELECT head.log, head.chain_no, 'cut off'
    FROM chain_head head LEFT JOIN tails USING (log)
    WHERE head.chain_no <> coalesce(tails.last_no, 0)
$$;
COMMENT ON FUNCTION broken_links() IS 'Every place where a log''s chain does not hold; none in a sound database.';

CREATE OR REPLACE VIEW audit_trail AS
SELECT id, ident, login, happened_at, table_name, operation, chain_no FROM audit_log;
COMMENT ON VIEW audit_trail IS 'Who changed what and when, without what the rows say.';
