-- No visit, no data: whatever belongs to an account is shown to who holds a visit to it.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'account', 'premises', 'premises_state', 'holder', 'contact', 'subsidy', 'delivery',
        'portal_registration', 'email_consent', 'bill', 'bill_balance', 'account_balance', 'payment',
        'allocation', 'notice', 'notice_item', 'enforcement_case', 'enforcement_item', 'plan',
        'plan_item', 'plan_cost', 'plan_event', 'instalment', 'plan_paper', 'call_note', 'reissue', 'change_request', 'change_paper', 'change_event',
        'change_effect']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('DROP POLICY IF EXISTS visited ON %I', name);
        -- the sub-select makes it one call a statement instead of one a row
        EXECUTE format('CREATE POLICY visited ON %I FOR SELECT TO desk_staff
                        USING (ident = ANY ((SELECT readable_idents())::integer[]))', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['preference', 'completed_action', 'visit'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('DROP POLICY IF EXISTS own ON %I', name);
        EXECUTE format('CREATE POLICY own ON %I TO desk_staff
                        USING (login = session_user) WITH CHECK (login = session_user)', name);
    END LOOP;
END
$$;

ALTER TABLE bill_line ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS visited ON bill_line;   -- now through bill_lines()

DROP POLICY IF EXISTS written_while_visiting ON call_note;
CREATE POLICY written_while_visiting ON call_note FOR INSERT TO desk_staff
    WITH CHECK (ident = ANY ((SELECT visited_idents())::integer[]));

DROP POLICY IF EXISTS made_while_visiting ON reissue;
CREATE POLICY made_while_visiting ON reissue FOR INSERT TO desk_staff
    WITH CHECK (ident = ANY ((SELECT readable_idents())::integer[]));

DROP POLICY IF EXISTS made_while_visiting ON plan_paper;
CREATE POLICY made_while_visiting ON plan_paper FOR INSERT TO desk_staff
    WITH CHECK (ident = ANY ((SELECT readable_idents())::integer[]));

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['change_request', 'change_paper'] LOOP
        EXECUTE format('DROP POLICY IF EXISTS filed_while_visiting ON %I', name);
        EXECUTE format('CREATE POLICY filed_while_visiting ON %I FOR INSERT TO desk_staff
                        WITH CHECK (ident = ANY ((SELECT readable_idents())::integer[]))', name);
        EXECUTE format('DROP POLICY IF EXISTS moved_while_visiting ON %I', name);
        EXECUTE format('CREATE POLICY moved_while_visiting ON %I FOR UPDATE TO desk_staff
                        USING (ident = ANY ((SELECT readable_idents())::integer[]))
                        WITH CHECK (ident = ANY ((SELECT readable_idents())::integer[]))', name);
    END LOOP;
END
$$;
DROP POLICY IF EXISTS removed_while_visiting ON change_paper;   -- now through remove_change_paper()

DROP POLICY IF EXISTS changed_while_visiting ON delivery;
CREATE POLICY changed_while_visiting ON delivery FOR UPDATE TO desk_staff
    USING (ident = ANY ((SELECT readable_idents())::integer[]))
    WITH CHECK (ident = ANY ((SELECT readable_idents())::integer[]));
