-- What of a month's interest its bill asks for; of contracts from before, the rest follows from the days.
ALTER TABLE plan_item ADD COLUMN interest_on_bill NUMERIC(14, 2);

ALTER TABLE plan_event DROP CONSTRAINT ck_plan_event_cause;
ALTER TABLE plan_event ADD CONSTRAINT ck_plan_event_cause CHECK (cause IN ('registered', 'signed', 'certified', 'undone', 'cancelled', 'all_paid', 'nothing_late', 'instalment_late', 'instalments_missed', 'bills_unpaid', 'reinstated'));

-- A plan is broken by as many instalments missed as its contract says, however few are left.
UPDATE plan p SET breaks_on = n.owed[least((v.terms #>> '{breach,missed_instalments}')::int, n.instalments)]
                              + (v.terms #>> '{breach,days_of_grace}')::int + 1
FROM programme_version v, (
    SELECT ident, plan_id, count(*)::int AS instalments,
           array_agg(due_on ORDER BY instalment_no) FILTER (WHERE paid < amount) AS owed
    FROM instalment GROUP BY ident, plan_id
) n
WHERE v.programme_id = p.programme_id AND v.version = p.programme_version AND n.ident = p.ident AND n.plan_id = p.id
  AND p.breaks_on IS NOT NULL AND cardinality(n.owed) < (v.terms #>> '{breach,missed_instalments}')::int;
