-- Money that arrives: its reference is read, and what it names is settled as far as it is open.
--
-- The same rule as app.domain.payments, which shows it before; here it is booked over real rows, and a
-- law compares the two.  What is beyond the named stays with the account as overpaid.

DROP FUNCTION IF EXISTS names_plan(text, integer, date);   -- once read references of plans only

CREATE OR REPLACE FUNCTION read_reference(
    reference text, OUT ident integer, OUT ggmm smallint, OUT kind text, OUT instalment smallint)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
DECLARE
    -- two check digits, the account, the month, and a digit more for all but bills; of a plan the instalment
    p CONSTANT text[] := regexp_match(translate(reference, E' -\t\r\n\u00A0', ''),
                                      '^([0-9]{2})(([0-9]{7})([0-9]{2})([0-9]{2})(?:([012])|3([0-9]{2}))?)$');
BEGIN
    IF p IS NULL OR p[3]::int = 0 OR p[5]::int NOT BETWEEN 1 AND 12 OR p[7] = '00'
       OR p[1]::int <> 98 - mod((p[2] || '00')::bigint, 97) THEN
        RETURN;
    END IF;
    ident := p[3];
    ggmm := p[4] || p[5];
    kind := CASE WHEN p[7] IS NOT NULL THEN 'plan' WHEN p[6] = '1' THEN 'notice'
                 WHEN p[6] = '2' THEN 'enforcement' ELSE 'bill' END;
    instalment := coalesce(p[7], '0');
END
$$;
COMMENT ON FUNCTION read_reference(text) IS
    'What a payment reference of ours names, as app.domain.payment_reference has it; nothing of any other.';

-- Against debts ------------------------------------------------------------------------------------

-- Each of the debts is a row of allocation whose amount is what is open of it.
CREATE OR REPLACE FUNCTION settle(of_ident integer, of_payment bigint, debts allocation[]) RETURNS numeric
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    rest numeric;
    last_no int;
    used numeric;
BEGIN
    PERFORM FROM payment WHERE ident = of_ident AND id = of_payment FOR NO KEY UPDATE;
    SELECT y.amount - coalesce(sum(a.amount), 0), coalesce(max(a.allocation_no), 0) INTO rest, last_no
    FROM payment y LEFT JOIN allocation a ON a.ident = y.ident AND a.payment_id = y.id
    WHERE y.ident = of_ident AND y.id = of_payment AND y.channel <> 'credit'
    GROUP BY y.amount;
    WITH set_against AS (
        INSERT INTO allocation (ident, payment_id, allocation_no, ggmm, plan_id, instalment_no, case_id, amount)
        SELECT of_ident, of_payment, last_no + row_number() OVER (ORDER BY d.place), d.ggmm, d.plan_id,
               d.instalment_no, d.case_id, least(d.amount, rest - d.before)
        FROM (SELECT u.*, sum(u.amount) OVER (ORDER BY u.place) - u.amount AS before
              FROM unnest(debts) WITH ORDINALITY AS u (ident, payment_id, allocation_no, ggmm, plan_id,
                                                       instalment_no, case_id, amount, place)
              WHERE u.amount > 0) d
        WHERE d.before < rest
        RETURNING allocation.amount
    )
    SELECT coalesce(sum(amount), 0) INTO used FROM set_against;
    RETURN used;
END
$$;
COMMENT ON FUNCTION settle(integer, bigint, allocation[]) IS
    'Set what is left of a payment against debts in their order, and return how much was used.';

CREATE OR REPLACE FUNCTION discount_offered(of_ident integer, of_month smallint, on_day date) RETURNS numeric
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    -- what need not be paid of a month by who settles it on that day, where all that came in time adds up
    SELECT o.discount FROM bill_balance b
    JOIN bill o ON o.ident = b.ident AND o.ggmm = b.ggmm AND o.version = b.version
    WHERE b.ident = of_ident AND b.ggmm = of_month AND on_day <= o.discount_until
      AND NOT EXISTS (SELECT FROM allocation a JOIN payment y ON y.ident = a.ident AND y.id = a.payment_id
                      WHERE a.ident = of_ident AND a.ggmm = of_month AND y.received_on > o.discount_until)
$$;

CREATE OR REPLACE FUNCTION settle_months(of_ident integer, of_payment bigint, of_months smallint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    on_day CONSTANT date := (SELECT received_on FROM payment WHERE ident = of_ident AND id = of_payment);
    adds_up CONSTANT boolean := setting_on('discount_earned_by', on_day) #>> '{}' = 'all_in_time';
    early record;
    credit bigint;
BEGIN
    PERFORM settle(of_ident, of_payment, ARRAY(
        SELECT ROW (of_ident, of_payment, 0, b.ggmm, NULL, NULL, NULL,
                    b.open - CASE WHEN adds_up AND b.open > o.discount THEN o.discount ELSE 0 END)::allocation
        FROM bill_balance b
        CROSS JOIN LATERAL (SELECT coalesce(discount_offered(of_ident, b.ggmm, on_day), 0) AS discount) o
        WHERE b.ident = of_ident AND b.ggmm = ANY (of_months) ORDER BY b.ggmm));
    -- paid in time by what its bill asks for, at once or in parts: the discount closes the rest
    SELECT b.ggmm, b.open, y.received_on INTO early
    FROM allocation a
    JOIN payment y ON y.ident = a.ident AND y.id = a.payment_id
    JOIN bill_balance b ON b.ident = a.ident AND b.ggmm = a.ggmm
    JOIN bill o ON o.ident = b.ident AND o.ggmm = b.ggmm AND o.version = b.version
    WHERE a.ident = of_ident AND a.payment_id = of_payment AND a.ggmm = ANY (of_months)
      AND b.open > 0 AND o.discount > 0 AND y.received_on <= o.discount_until
      AND CASE WHEN adds_up THEN b.open = discount_offered(of_ident, b.ggmm, on_day)
               ELSE b.paid = a.amount AND a.amount >= o.charged - o.discount END;
    IF FOUND THEN
        INSERT INTO payment (ident, received_on, amount, channel, payer)
        VALUES (of_ident, early.received_on, early.open, 'credit', 'popust') RETURNING id INTO credit;
        INSERT INTO allocation (ident, payment_id, allocation_no, ggmm, amount)
        VALUES (of_ident, credit, 1, early.ggmm, early.open);
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION settle_plan(of_ident integer, of_plan bigint, of_payment bigint) RETURNS numeric
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT settle(of_ident, of_payment, ARRAY(
        SELECT ROW (of_ident, of_payment, 0, NULL, of_plan, i.instalment_no, NULL, i.amount - i.paid)::allocation
        FROM instalment i WHERE i.ident = of_ident AND i.plan_id = of_plan ORDER BY i.instalment_no))
$$;

CREATE OR REPLACE FUNCTION settle_case(of_ident integer, of_case bigint, of_payment bigint) RETURNS numeric
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    -- otherwise month by month, interest before principal in each
    interest_first CONSTANT boolean := coalesce('costs_interest_principal' = (
        SELECT setting_on('payment_case_order', y.received_on) #>> '{}'
        FROM payment y WHERE y.ident = of_ident AND y.id = of_payment), false);
BEGIN
    RETURN settle(of_ident, of_payment, ARRAY(
        SELECT ROW (of_ident, of_payment, 0, d.ggmm, NULL, NULL, d.case_id, d.open)::allocation
        FROM (
            SELECT 1 AS place, NULL::smallint AS ggmm, c.id AS case_id,
                   c.creditor_costs + c.bailiff_costs - c.paid_costs AS open
            FROM enforcement_case c WHERE c.ident = of_ident AND c.id = of_case
            UNION ALL
            SELECT s.place, b.ggmm, NULL, s.open
            FROM enforcement_item e
            JOIN bill_balance b ON b.ident = e.ident AND b.ggmm = e.ggmm
            JOIN bill o ON o.ident = b.ident AND o.ggmm = b.ggmm AND o.version = b.version
            CROSS JOIN LATERAL open_interest(b.charged, o.interest, b.paid,
                                             credited_principal(b.ident, b.ggmm)) AS i (interest)
            CROSS JOIN LATERAL (VALUES (2, CASE WHEN interest_first THEN i.interest ELSE 0 END),
                                       (3, b.open - CASE WHEN interest_first THEN i.interest ELSE 0 END))
                AS s (place, open)
            WHERE e.ident = of_ident AND e.case_id = of_case
        ) d
        ORDER BY d.place, d.ggmm));
END
$$;

-- Booking ------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION book_payment(
    to_ident integer, on_day date, of_amount numeric, by_channel text, with_reference text DEFAULT '',
    from_payer text DEFAULT '', of_line text DEFAULT '') RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    named CONSTANT record := read_reference(with_reference);
    p plan%ROWTYPE;
    booked bigint;
BEGIN
    IF named.kind = 'plan' AND named.ident = to_ident THEN
        SELECT * INTO p FROM plan
        WHERE ident = to_ident AND is_plan_in_force(state) AND signed_on <= on_day
          AND to_char(signed_on, 'YYMM')::smallint = named.ggmm
        FOR NO KEY UPDATE;
    END IF;
    IF p.id IS NULL AND named.ident = to_ident THEN
        -- one that was found broken before what was received in time is booked
        SELECT * INTO p FROM plan
        WHERE ident = to_ident AND state = 'broken' AND signed_on <= on_day AND on_day < ended_on
          AND (named.kind = 'bill' OR named.kind = 'plan' AND to_char(signed_on, 'YYMM')::smallint = named.ggmm)
        ORDER BY id DESC LIMIT 1
        FOR NO KEY UPDATE;
    END IF;
    -- of two payments of one account the second finds what the first has left
    INSERT INTO account_balance (ident) VALUES (to_ident) ON CONFLICT DO NOTHING;
    PERFORM FROM account_balance WHERE ident = to_ident FOR UPDATE;
    INSERT INTO payment (ident, received_on, amount, channel, reference, payer, bank_line)
    VALUES (to_ident, on_day, of_amount, by_channel, with_reference, from_payer, of_line) RETURNING id INTO booked;
    IF named.kind IS NULL THEN
        IF setting_on('payment_without_month', on_day) #>> '{}' = 'oldest_first' THEN
            PERFORM settle_months(to_ident, booked, ARRAY(
                SELECT ggmm FROM bill_balance WHERE ident = to_ident AND open > 0 AND stage = 'unsued'));
        END IF;
    ELSIF named.ident <> to_ident THEN
        NULL;   -- somebody else's bill: a person says whose money it is
    ELSIF named.kind = 'bill' THEN
        PERFORM settle_months(to_ident, booked, ARRAY[named.ggmm]);
        IF p.id IS NOT NULL AND reinstate_plan(to_ident, p.id, NULL) THEN
            PERFORM move_plans(greatest(office_day(), p.ended_on), to_ident, NULL);
        END IF;
    ELSIF named.kind = 'plan' AND p.id IS NOT NULL
          AND (is_plan_in_force(p.state) OR reinstate_plan(to_ident, p.id, booked)) THEN
        PERFORM settle_plan(to_ident, p.id, booked);
        PERFORM move_plans(greatest(office_day(), p.followed_on), to_ident, NULL);
    ELSIF named.kind = 'enforcement' THEN
        PERFORM settle_case(to_ident, c.id, booked) FROM enforcement_case c
        WHERE c.ident = to_ident AND is_case_open(c.state)
          AND named.ggmm = (SELECT min(e.ggmm) FROM enforcement_item e
                            WHERE e.ident = c.ident AND e.case_id = c.id);
    END IF;
    RETURN booked;
END
$$;
COMMENT ON FUNCTION book_payment(integer, date, numeric, text, text, text, text) IS
    'Book money that arrived and settle what its reference names; what is too much stays as overpaid.';
