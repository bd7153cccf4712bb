-- What was changed in an account's data, for whoever may read the account: a conflict names who
-- was faster, and the timeline shows the change.  The audit itself stays closed to the desk.

CREATE OR REPLACE FUNCTION account_changes(
    wanted_ident integer, of_tables text[], before_moment timestamptz, at_most integer)
RETURNS TABLE (id bigint, happened_at timestamptz, login text, table_name text, fields jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, a.happened_at, a.login, a.table_name,
           (SELECT jsonb_object_agg(n.key, jsonb_build_array(a.old_row -> n.key, n.value))
            FROM jsonb_each(a.new_row) AS n
            WHERE n.key <> 'version' AND n.value IS DISTINCT FROM a.old_row -> n.key)
    FROM audit_log a
    WHERE a.ident = wanted_ident AND wanted_ident = ANY (readable_idents())
      AND a.happened_at <= before_moment
      AND a.operation = 'UPDATE' AND a.table_name = ANY (of_tables)
      AND a.table_name IN ('account', 'contact', 'delivery', 'holder', 'premises', 'premises_state', 'subsidy')
    ORDER BY a.happened_at DESC, a.id DESC LIMIT at_most
$$;
COMMENT ON FUNCTION account_changes(integer, text[], timestamptz, integer) IS
    'Changed columns with their old and new values, the latest change first; nothing without a visit.';

CREATE OR REPLACE FUNCTION change_history(wanted_ident integer, wanted_id bigint)
RETURNS TABLE (id bigint, happened_at timestamptz, login text, version integer, fields jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, a.happened_at, a.login, (a.new_row ->> 'version')::integer,
           (SELECT jsonb_object_agg(n.key, jsonb_build_array(a.old_row -> n.key, n.value))
            FROM jsonb_each(a.new_row) AS n
            WHERE n.key <> 'version' AND n.value IS DISTINCT FROM a.old_row -> n.key)
    FROM audit_log a
    WHERE a.ident = wanted_ident AND wanted_ident = ANY (readable_idents())
      AND a.table_name = 'change_request' AND a.operation = 'UPDATE'
      AND (a.new_row ->> 'id')::bigint = wanted_id
    ORDER BY a.id
$$;
COMMENT ON FUNCTION change_history(integer, bigint) IS
    'Who edited or moved a request, by its versions, with the columns'' old and new values; nothing without a visit.';
