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
    joint.content := jsonb_build_object('heads', heads_now());
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
