-- Who may do what.  Everything is taken away first, then given by name; tests/security holds
-- this file against the catalogue, object by object.

DO $$
DECLARE
    thing record;
BEGIN
    FOR thing IN
        SELECT c.oid::regclass AS name FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, desk_staff, desk_agent, desk_clerk,
                        desk_supervisor, desk_admin', thing.name);
    END LOOP;
    FOR thing IN
        SELECT p.oid::regprocedure AS name FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('REVOKE ALL ON ROUTINE %s FROM PUBLIC, desk_staff, desk_agent, desk_clerk,
                        desk_supervisor, desk_admin', thing.name);
    END LOOP;
END
$$;

-- the code lists of the trade and the staff list hold no secrets
GRANT SELECT ON alembic_version, municipality, settlement, street, building, branch, staff, setting,
    statutory_rate, provider, service, price, vat_rate, bailiff, programme, programme_version TO desk_staff;

-- what belongs to an account: row security decides whose
GRANT SELECT ON account, premises, premises_state, contact, subsidy, delivery, email_consent, portal_registration,
    bill, bill_balance, account_balance, payment, allocation, notice, notice_item,
    enforcement_case, enforcement_item, plan, plan_item, plan_cost, plan_event, plan_paper, instalment, call_note,
    reissue
    TO desk_agent, desk_clerk, desk_supervisor;
GRANT SELECT (ident, valid_from, valid_to, kind, first_name, last_name, business_name, jmbg_masked,
    pib, company_number, version) ON holder TO desk_agent, desk_clerk, desk_supervisor;

GRANT INSERT (ident, channel, text) ON call_note TO desk_agent, desk_clerk, desk_supervisor;
GRANT INSERT (ident, ggmm, version, reason, medium, script, note) ON reissue
    TO desk_agent, desk_clerk, desk_supervisor;
-- a contract is handed out by those who may sign one
GRANT INSERT (ident, plan_id, paper, medium, script) ON plan_paper TO desk_clerk, desk_supervisor;
GRANT EXECUTE ON FUNCTION switch_delivery(integer, integer, boolean, boolean, text, text)
    TO desk_agent, desk_clerk, desk_supervisor;

-- requests to change data: what people write; the rest is stamped, and the moves are guarded
GRANT SELECT ON change_kind, change_transition, state_transition TO desk_staff;
GRANT SELECT (ident, id, version, kind, state, channel, branch_id, entered_by, entered_at, editors, number,
    number_year, number_serial, submitted_at, received_on, happened_on, applicant_name,
    applicant_standing, applicant_id_card, applicant_phone, applicant_email, basis_act, basis_number,
    basis_date, basis_issuer, old_values, new_values, applies_from, cutoff_day, is_late, due_on,
    missing_papers, unseen_originals, claimed_by, claimed_at, provider_id, sent_to_provider_at,
    provider_order, decided_by, decided_at, reason, applied_at, undoes, note),
    INSERT (ident, kind, channel, received_on, happened_on, applicant_name, applicant_standing,
    applicant_id_card, applicant_phone, applicant_email, basis_act, basis_number, basis_date,
    basis_issuer, new_values, note),
    UPDATE (channel, received_on, happened_on, applicant_name, applicant_standing, applicant_id_card,
    applicant_phone, applicant_email, basis_act, basis_number, basis_date, basis_issuer, new_values,
    note, state, reason, provider_id, provider_order)
    ON change_request TO desk_agent, desk_clerk, desk_supervisor;
GRANT SELECT, INSERT (ident, request_id, paper_kind, act, number, file_name, content, is_original_seen),
    UPDATE (act, is_original_seen) ON change_paper TO desk_agent, desk_clerk, desk_supervisor;
GRANT SELECT ON change_event TO desk_agent, desk_clerk, desk_supervisor;
GRANT SELECT (ident, request_id, id, table_name, valid_from, before, after) ON change_effect
    TO desk_agent, desk_clerk, desk_supervisor;

-- of what people alter by hand, columns only: whoever may UPDATE or DELETE a table may also LOCK it
GRANT SELECT, INSERT (name, value), UPDATE (value) ON preference TO desk_staff;
GRANT SELECT, INSERT (key, kind, result), UPDATE (result) ON completed_action TO desk_staff;
GRANT SELECT ON visit TO desk_staff;
GRANT SELECT ON read_log, ceiling_raise, alert_seen TO desk_supervisor, desk_admin;
GRANT SELECT ON audit_trail TO desk_supervisor, desk_admin;

GRANT EXECUTE ON FUNCTION my_branch(), may_serve(), must_verify(), visited_idents(), readable_idents(),
    who_am_i(), office_day(), refuse(text, jsonb), forget_preference(text) TO desk_staff;
-- a CHECK is asked as whoever writes the row
GRANT EXECUTE ON FUNCTION is_readable_json(jsonb) TO desk_staff;
-- what is not granted is called row by row instead of being read by the planner
GRANT EXECUTE ON FUNCTION open_request_states(), is_request_open(text), is_request_editable(text),
    is_request_void(text), is_plan_in_force(text), is_plan_over(text), is_case_open(text), is_notice_out(text),
    is_in_force(date, date, date), settings_on(text[], date), setting_on(text, date), setting_default(text)
    TO desk_staff;
GRANT EXECUTE ON FUNCTION open_visit(integer, text, text), close_visit(integer),
    verification_choices(integer), verify_caller(integer, jsonb),
    reveal_personal_number(integer, date, text), revealed_personal_number(integer, date),
    log_export(text, jsonb, integer)
    TO desk_agent, desk_clerk, desk_supervisor;

-- search: a page at a time, counted; nobody reads what it reads
GRANT EXECUTE ON FUNCTION find_beginning(text, text[], text[], integer),
    find_by_words(jsonb, text[], text[], text[], integer), count_by_words(jsonb),
    find_instead(jsonb, jsonb, integer[], integer, integer), find_by_ident(text, integer),
    find_accounts(integer[], integer),
    find_by_contact(text, text), find_by_business_number(text, text),
    find_by_phone_end(text), find_by_case_number(text),
    look_up_personal_number(text), looked_up_accounts(bigint),
    recent_accounts(integer), account_heading(integer) TO desk_agent, desk_clerk, desk_supervisor;
GRANT EXECUTE ON FUNCTION fold(text) TO desk_staff;

GRANT EXECUTE ON FUNCTION bill_lines(integer, smallint, smallint) TO desk_agent, desk_clerk, desk_supervisor;

-- who changed an account's data, for who may read the account
GRANT EXECUTE ON FUNCTION account_changes(integer, text[], timestamptz, integer), change_history(integer, bigint)
    TO desk_agent, desk_clerk, desk_supervisor;

-- requests to change data: filing, deciding, the work list
GRANT EXECUTE ON FUNCTION change_current_values(integer, text), building_use(integer),
    is_building_on_record(integer), remove_change_paper(integer, bigint)
    TO desk_agent, desk_clerk, desk_supervisor;
GRANT EXECUTE ON FUNCTION reserve_ident(), apply_change(integer, bigint), undo_change(integer, bigint, text),
    claim_change(integer, bigint), release_change(integer, bigint),
    take_next_change(text[], text[], smallint),
    change_queue(text[], text[], smallint, text, date, bigint, integer), change_queue_counts(),
    building_accounts(integer)
    TO desk_clerk, desk_supervisor;

-- payment plans: who may sign is asked inside
GRANT EXECUTE ON FUNCTION months_of_debt(integer, date), what_follows(integer, date)
    TO desk_agent, desk_clerk, desk_supervisor;
GRANT EXECUTE ON FUNCTION register_plan(integer, jsonb), certify_plan(integer, bigint, text, date),
    undo_plan(integer, bigint, text), book_plan_payment(integer, bigint),
    plan_portfolio(text, integer, smallint, text, date, date, bigint, integer), plan_portfolio_counts(date)
    TO desk_clerk, desk_supervisor;
GRANT EXECUTE ON FUNCTION cancel_plan(integer, bigint, text), follow_plans(date, integer, integer),
    draft_programme(jsonb), change_programme_draft(integer, integer, integer, jsonb),
    publish_programme(integer, integer, integer), largest_debts(integer)
    TO desk_supervisor;
GRANT EXECUTE ON FUNCTION set_programme_bounds(date, integer, integer, text) TO desk_admin;

-- who came near a ceiling, what was found of it, and a ceiling raised for a task
GRANT EXECUTE ON FUNCTION alerts(), see_alert(text, text, timestamptz, text),
    doings_of(text, text, timestamptz, timestamptz, timestamptz, integer), standing_of(text) TO desk_supervisor, desk_admin;
GRANT EXECUTE ON FUNCTION raise_ceiling(text, text, bigint, date, text), end_raise(bigint) TO desk_supervisor;
