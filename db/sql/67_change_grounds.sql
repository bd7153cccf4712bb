-- What a request is filed on: a number promised to a new account, and what a whole building uses.

CREATE OR REPLACE FUNCTION reserve_ident() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    chosen integer;
BEGIN
    IF NOT is_in('desk_clerk') THEN
        PERFORM refuse('not_serving');
    END IF;
    PERFORM refuse_beyond('idents_too_many',
        (SELECT count(*) + 1 FROM reserved_ident
         WHERE login = session_user::text AND reserved_at > clock_timestamp() - interval '1 day'), 'idents_a_day');
    LOOP   -- an ident means nothing, so any that is free will do
        chosen := 1000000 + floor(random() * 9000000)::int;
        CONTINUE WHEN EXISTS (SELECT FROM account WHERE ident = chosen);
        INSERT INTO reserved_ident (ident, login) VALUES (chosen, session_user) ON CONFLICT DO NOTHING;
        EXIT WHEN FOUND;
    END LOOP;
    PERFORM open_visit(chosen, 'service', 'counter');
    RETURN chosen;
END
$$;
COMMENT ON FUNCTION reserve_ident() IS 'Promise an ident to a new account and open a visit to it.';

-- Of a whole building ------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION building_use(wanted_ident integer)
RETURNS TABLE (basis text, ggmm smallint, accounts integer, consumed numeric, area numeric, members integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 4 SET search_path = public, pg_temp AS $$
DECLARE
    fewest CONSTANT int := 3;   -- of two, each could tell what the other used
BEGIN
    PERFORM must_read(wanted_ident);
    RETURN QUERY
    WITH of_building AS (
        SELECT p.ident, b.latest_ggmm,
               (SELECT s.is_water_metered FROM premises_state s WHERE s.ident = p.ident
                ORDER BY s.valid_from DESC LIMIT 1) AS is_metered
        FROM premises own JOIN premises p USING (building_id)
        JOIN account a ON a.ident = p.ident JOIN account_balance b ON b.ident = p.ident
        -- nobody shares with who has left, here as where the whole building is shown (building_accounts)
        WHERE own.ident = wanted_ident AND a.closed_on IS NULL
    ), month AS (
        SELECT max(latest_ggmm) AS ggmm FROM of_building
    ), bills AS (
        SELECT DISTINCT ON (b.ident) b.ident, b.ggmm, b.version, b.area, b.members, o.is_metered
        FROM of_building o JOIN bill b ON b.ident = o.ident
        -- a garage or a shop has no household: its shares go by area and apart
        WHERE b.ggmm = (SELECT month.ggmm FROM month) AND b.kind IN ('flat', 'house')
        ORDER BY b.ident, b.version DESC
    ), used AS (
        -- water is billed by several services, but used once
        SELECT b.ident, b.ggmm, b.area, b.members, s.basis, max(l.quantity) AS quantity
        FROM bills b
        JOIN bill_line l ON l.ident = b.ident AND l.ggmm = b.ggmm AND l.version = b.version
        JOIN service s ON s.id = l.service_id
        -- who has a meter does not share the water that is left
        WHERE s.basis = 'shared_electricity'
           OR s.basis IN ('cold_water', 'hot_water', 'sewage') AND NOT b.is_metered
        GROUP BY b.ident, b.ggmm, b.area, b.members, s.basis
    )
    SELECT u.basis, u.ggmm, count(*)::int, sum(u.quantity), sum(u.area), sum(u.members)::int
    FROM used u
    GROUP BY u.basis, u.ggmm
    HAVING count(*) >= fewest OR bool_and(u.ident = ANY (readable_idents()));
END
$$;
COMMENT ON FUNCTION building_use(integer) IS
    'What the building of an account consumed in common in the last month billed, as sums over its accounts.';

CREATE OR REPLACE FUNCTION is_building_on_record(wanted_ident integer) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_read(wanted_ident);
    RETURN is_in('desk_clerk') AND EXISTS (
        SELECT FROM change_request r JOIN change_kind k ON k.code = r.kind
        JOIN read_log l ON l.ident = r.ident AND l.login = session_user AND l.kind = 'reveal'
         AND l.detail ->> 'request' = r.id::text
        WHERE r.ident = wanted_ident AND k.scope = 'building' AND r.submitted_at IS NOT NULL
          AND NOT is_request_void(r.state)
          AND l.happened_at < now() AND l.happened_at > clock_timestamp() - interval '12 hours');
END
$$;
COMMENT ON FUNCTION is_building_on_record(integer) IS
    'Whether it is on record, for each account of a building, that this person looks at it for a request.';

CREATE OR REPLACE FUNCTION building_accounts(wanted_ident integer)
RETURNS TABLE (ident integer, kind text, area numeric, heated_area numeric, members smallint,
    charging_method text, is_water_metered boolean, has_hot_water boolean, has_waste boolean,
    is_rented_from_city boolean, ggmm smallint, lines jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 60 SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM must_read(wanted_ident);
    -- neighbors are shown on the strength of a submitted request for the whole building, to whoever
    -- submitted it or has taken it, once that is on record for each of them
    IF NOT is_building_on_record(wanted_ident) THEN
        PERFORM refuse('must_be_recorded', jsonb_build_object('ident', wanted_ident));
    END IF;
    RETURN QUERY
    SELECT a.ident, s.kind::text, s.area, s.heated_area, s.members, s.charging_method::text, s.is_water_metered,
           s.has_hot_water, s.has_waste, s.is_rented_from_city, b.latest_ggmm,
           (SELECT jsonb_agg(jsonb_build_object('service_id', l.service_id, 'quantity', l.quantity, 'price', l.price,
                                                'amount', l.amount) ORDER BY l.line_no)
            FROM bill_line l
            WHERE l.ident = a.ident AND l.ggmm = b.latest_ggmm
              AND l.version = (SELECT bb.version FROM bill_balance bb
                               WHERE bb.ident = a.ident AND bb.ggmm = b.latest_ggmm))
    FROM premises own JOIN premises p USING (building_id) JOIN account a ON a.ident = p.ident
    JOIN LATERAL (SELECT * FROM premises_state one WHERE one.ident = a.ident
                  ORDER BY one.valid_from DESC LIMIT 1) s ON true
    LEFT JOIN account_balance b ON b.ident = a.ident
    WHERE own.ident = wanted_ident AND a.closed_on IS NULL
    ORDER BY a.ident;
END
$$;

CREATE OR REPLACE FUNCTION record_building(of_ident integer, of_request bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO read_log (ident, login, kind, detail)
    SELECT p.ident, session_user, 'reveal', jsonb_build_object('building_of', of_ident, 'request', of_request)
    FROM premises own JOIN premises p USING (building_id)
    WHERE own.ident = of_ident
      AND NOT EXISTS (SELECT FROM read_log l
                      WHERE l.ident = of_ident AND l.login = session_user AND l.kind = 'reveal'
                        AND l.detail ->> 'request' = of_request::text
                        AND l.happened_at > clock_timestamp() - interval '11 hours')
    ORDER BY p.ident
$$;
COMMENT ON FUNCTION record_building(integer, bigint) IS
    'Put on record, for each account of a building, that this person looks at it; once in half a day.';

CREATE OR REPLACE FUNCTION log_building() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM change_kind k WHERE k.code = NEW.kind AND k.scope = 'building') THEN
        PERFORM record_building(NEW.ident, NEW.id);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER logged_building AFTER UPDATE ON change_request
    FOR EACH ROW WHEN (OLD.submitted_at IS NULL AND NEW.submitted_at IS NOT NULL)
    EXECUTE FUNCTION log_building();
