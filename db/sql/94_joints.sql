-- Joints: all heads of all chains as they stood one night, chained themselves.
--
-- Within a chain nothing is altered, taken out or cut off unseen; a joint holds the chains against one
-- another, so that none of them is taken away as a whole, or hashed again, without the joints after it
-- being made again too.  Whoever keeps the hash of a joint where the server does not reach (a seal)
-- sees that as well.  Made by `salter-db tidy`, which is nobody of the desk.

CREATE OR REPLACE FUNCTION joint_digest(previous bytea, joint chain_joint) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT sha256(previous || convert_to(jsonb_build_array(
        joint.joint_no, extract(epoch FROM joint.made_at), joint.content)::text, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION heads_now() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_array(log, chain, chain_no, encode(hash, 'hex')) ORDER BY log, chain), '[]')
    FROM chain_head WHERE log IN ('audit_log', 'read_log') AND chain_no > 0
$$;
COMMENT ON FUNCTION heads_now() IS 'The head of every chain: its log, its name, its number and its hash.';

-- What a month's bills, lines and payments are: bills by the day they were issued, payments by that of booking.
CREATE OR REPLACE FUNCTION month_digest(of_month date) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH bills AS MATERIALIZED (
        SELECT ident, ggmm, version, sha256(convert_to(jsonb_build_array(ident, ggmm, version, issued_on, discount_until,
                   due_on, charged, interest, discount, kind, prior_unsued, prior_sued, reason)::text, 'UTF8')) AS digest
        FROM bill WHERE issued_on >= of_month AND issued_on < of_month + interval '1 month'
    ), lines AS (
        SELECT l.ident, l.ggmm, l.version, l.line_no, sha256(convert_to(jsonb_build_array(l.ident, l.ggmm, l.version,
                   l.line_no, l.service_id, l.quantity, l.price, l.vat_percent, l.vat, l.amount)::text, 'UTF8')) AS digest
        FROM bills JOIN bill_line l USING (ident, ggmm, version)
    ), payments AS (
        SELECT ident, id, sha256(convert_to(jsonb_build_array(ident, id, received_on, extract(epoch FROM booked_at),
                   amount, channel, reference, payer, bank_line)::text, 'UTF8')) AS digest
        FROM payment
        WHERE booked_at >= of_month::timestamp AT TIME ZONE 'Europe/Belgrade'
          AND booked_at < (of_month + interval '1 month') AT TIME ZONE 'Europe/Belgrade'
    )
    SELECT jsonb_build_object(
        'bill', (SELECT jsonb_build_array(count(*), encode(sha256(coalesce(string_agg(digest, ''
                 ORDER BY ident, ggmm, version), '')), 'hex')) FROM bills),
        'bill_line', (SELECT jsonb_build_array(count(*), encode(sha256(coalesce(string_agg(digest, ''
                      ORDER BY ident, ggmm, version, line_no, digest), '')), 'hex')) FROM lines),
        'payment', (SELECT jsonb_build_array(count(*), encode(sha256(coalesce(string_agg(digest, ''
                    ORDER BY ident, id), '')), 'hex')) FROM payments))
$$;
COMMENT ON FUNCTION month_digest(date) IS 'By table how many rows a month has, and one hash of all of them.';

CREATE OR REPLACE FUNCTION months_to_join() RETURNS SETOF date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- over for a day at least, and after the last that was joined
    SELECT month::date FROM generate_series(
        coalesce((SELECT max(m)::date + interval '1 month' FROM chain_joint, jsonb_object_keys(content -> 'months') m),
                 date_trunc('month', least((SELECT min(issued_on) FROM bill), (SELECT min(booked_at) FROM payment)))),
        date_trunc('month', (office_day() - 1)::timestamp) - interval '1 month', interval '1 month') AS month
$$;

CREATE OR REPLACE FUNCTION broken_months() RETURNS TABLE (month text, what text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH joined AS MATERIALIZED (   -- a month is looked at once, not once for each of its tables
        SELECT m.key AS month, m.value AS then_there, month_digest(m.key::date) AS now_there
        FROM chain_joint j CROSS JOIN LATERAL jsonb_each(j.content -> 'months') m
    )
    SELECT joined.month, t.key FROM joined CROSS JOIN LATERAL jsonb_each(joined.then_there) t
    WHERE t.value IS DISTINCT FROM joined.now_there -> t.key
$$;
COMMENT ON FUNCTION broken_months() IS
    'The months whose bills, lines or payments are not those that were joined.';

CREATE OR REPLACE FUNCTION join_chains() RETURNS chain_joint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head chain_head%ROWTYPE;
    joint chain_joint%ROWTYPE;
BEGIN
    INSERT INTO chain_head (log, chain, chain_no, hash) VALUES ('chain_joint', '', 0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM chain_head WHERE log = 'chain_joint' FOR UPDATE;
    joint.joint_no := head.chain_no + 1;
    joint.made_at := clock_timestamp();
    joint.content := jsonb_build_object('heads', heads_now(), 'months',
        (SELECT coalesce(jsonb_object_agg(month, month_digest(month)), '{}') FROM months_to_join() AS month));
    joint.hash := joint_digest(head.hash, joint);
    INSERT INTO chain_joint SELECT joint.*;
    UPDATE chain_head SET chain_no = joint.joint_no, hash = joint.hash WHERE log = 'chain_joint';
    RETURN joint;
END
$$;

CREATE OR REPLACE FUNCTION broken_joints() RETURNS TABLE (joint_no bigint, problem text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH joined AS (
        SELECT j.*, lag(j.joint_no, 1, 0::bigint) OVER w AS previous_no, joint_digest(lag(j.hash, 1, ''::bytea) OVER w, j)
            AS digest, lead(j.joint_no) OVER w IS NULL AS is_last
        FROM chain_joint j WINDOW w AS (ORDER BY j.joint_no)
    ), remembered AS (
        SELECT j.joint_no, h ->> 0 AS log, h ->> 1 AS chain, (h ->> 2)::bigint AS chain_no, decode(h ->> 3, 'hex') AS hash
        FROM chain_joint j, jsonb_array_elements(j.content -> 'heads') h
    )
    SELECT j.joint_no, CASE WHEN j.joint_no <> j.previous_no + 1 THEN 'gap' ELSE 'altered' END
    FROM joined j WHERE j.joint_no <> j.previous_no + 1 OR j.hash IS DISTINCT FROM j.digest
    UNION ALL
    SELECT coalesce(h.chain_no, j.joint_no), 'cut off'
    FROM (SELECT * FROM chain_head WHERE log = 'chain_joint') h
    FULL JOIN (SELECT * FROM joined WHERE is_last) j ON true
    WHERE (h.chain_no, h.hash) IS DISTINCT FROM (j.joint_no, j.hash)
    UNION ALL
    SELECT min(r.joint_no), 'other than joined: ' || r.log || ' ' || r.chain || ' from ' || min(r.chain_no)
    FROM remembered r
    WHERE NOT EXISTS (SELECT FROM audit_log a WHERE r.log = 'audit_log' AND a.chain = r.chain
                         AND a.chain_no = r.chain_no AND a.hash = r.hash)
      AND NOT EXISTS (SELECT FROM read_log a WHERE r.log = 'read_log' AND a.chain = r.chain
                         AND a.chain_no = r.chain_no AND a.hash = r.hash)
    GROUP BY r.log, r.chain
$$;
COMMENT ON FUNCTION broken_joints() IS
    'Every place where the joints do not hold, or a log is not what it was when it was joined.';
