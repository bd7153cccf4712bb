-- Payment plans: programmes as dated versions, what a plan holds, and what became of it.

CREATE TABLE programme_version (
    programme_id SMALLINT NOT NULL,
    version SMALLINT NOT NULL,
    decision TEXT DEFAULT '' NOT NULL,
    legal_basis TEXT DEFAULT '' NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    terms JSONB NOT NULL,
    state VARCHAR(24) DEFAULT 'draft' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    created_by TEXT DEFAULT session_user NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    published_by TEXT,
    published_at TIMESTAMP WITH TIME ZONE,
    revision INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_programme_version PRIMARY KEY (programme_id, version),
    CONSTRAINT fk_programme_version_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
    CONSTRAINT ck_programme_version_forward_in_time CHECK (valid_to IS NULL OR valid_to > valid_from),
    CONSTRAINT ck_programme_version_published CHECK ((state = 'published') = (published_at IS NOT NULL)),
    CONSTRAINT ck_programme_version_texts CHECK (octet_length(terms::text) <= 40000 AND length(decision) <= 400 AND length(legal_basis) <= 400 AND length(note) <= 4000),
    CONSTRAINT ck_programme_version_state CHECK (state IN ('draft', 'published')),
    CONSTRAINT ex_programme_version_validity EXCLUDE USING gist (programme_id WITH =, daterange(valid_from, valid_to) WITH &&) WHERE (state = 'published')
);

-- Programmes decided before become published versions; the extension of two of them is their second.
WITH asked AS (
    SELECT p.*, jsonb_build_object(
        'steps', coalesce((
            SELECT jsonb_agg(jsonb_build_array(payer, s.instalments, s.discount_percent::text)
                             ORDER BY payer, s.instalments)
            FROM programme_step s
            CROSS JOIN LATERAL unnest(CASE s.category WHEN 'social' THEN ARRAY['pensioner', 'social_benefit']
                                                      ELSE ARRAY[s.category] END) AS payer
            WHERE s.programme_id = p.id), '[["ordinary", 1, "0"]]'),
        'debts', jsonb_build_object('due_until', p.debts_due_until, 'takes_unsued', true, 'takes_sued', true,
            'up_to_last_sued', p.code = '2025',
            'least_unsued_bills', coalesce((p.terms ->> 'minimum_unpaid_bills')::int, 0)),
        'size_rules', coalesce((
            SELECT jsonb_agg(jsonb_build_array(payer, nullif(rule ->> 0, '0'), (rule ->> 1)::int))
            FROM jsonb_array_elements(p.terms -> 'social_ladder') AS rule
            CROSS JOIN unnest(ARRAY['pensioner', 'social_benefit']) AS payer), '[]'),
        'interest', CASE WHEN (p.terms ->> 'interest_write_off_percent')::int = 100 THEN 'on_fulfilment'
                         ELSE 'none' END,
        'is_certified', coalesce((p.terms ->> 'certified_by_notary')::boolean, false),
        'least_instalment', CASE WHEN p.code IN ('2019', '2023') THEN '1000.00' ELSE '0.00' END,
        'down_payment_percent', '0.00', 'first_due', 'days_after_signing', 'first_due_days', 30,
        'takes_other_counts', p.code <> '2025', 'may_replan', p.code = '2025', 'most_payable', '{}'::jsonb,
        'unconfirmed', '["breach", "decision", "first_due", "least_instalment", "may_replan", "payers"]'::jsonb,
        'breach', jsonb_build_object(
            'missed_instalments', CASE p.code WHEN '2025' THEN 1
                                  ELSE coalesce((p.terms ->> 'broken_after_unpaid')::int, 2) END,
            'unpaid_bills', 0, 'days_of_grace', CASE p.code WHEN '2025' THEN 30 ELSE 0 END)
    ) AS kept,
    CASE p.code WHEN '2019' THEN '2020-05-09'::date WHEN '2023' THEN '2024-05-01'::date END AS extended_from
    FROM programme p
)
INSERT INTO programme_version (programme_id, version, legal_basis, valid_from, valid_to, terms, state,
                               published_by, published_at)
SELECT id, 1, legal_basis, valid_from, coalesce(extended_from, valid_to), kept, 'published', session_user,
       coalesce(published_at, valid_from)
FROM asked
UNION ALL
SELECT id, 2, legal_basis, extended_from, valid_to, kept, 'published', session_user, extended_from
FROM asked WHERE extended_from IS NOT NULL;

DROP TABLE programme_step;
ALTER TABLE programme DROP COLUMN legal_basis, DROP COLUMN valid_from, DROP COLUMN valid_to,
    DROP COLUMN debts_due_until, DROP COLUMN terms, DROP COLUMN published_at;

DROP TRIGGER IF EXISTS audited ON plan;
DROP INDEX uq_plan_in_force;
ALTER TABLE plan
    ADD COLUMN programme_version SMALLINT DEFAULT 1 NOT NULL,
    ADD COLUMN payer VARCHAR(24) DEFAULT 'ordinary' NOT NULL,
    ADD COLUMN branch_id SMALLINT,
    ADD COLUMN number_year SMALLINT,
    ADD COLUMN number_serial INTEGER,
    ADD COLUMN discount_percent NUMERIC(5, 2) DEFAULT 0 NOT NULL,
    ADD COLUMN interest_relief VARCHAR(24) DEFAULT 'none' NOT NULL,
    ADD COLUMN debtor JSONB DEFAULT '{}' NOT NULL,
    ADD COLUMN followed_on DATE,
    ADD COLUMN next_due_on DATE,
    ADD COLUMN breaks_on DATE,
    DROP CONSTRAINT ck_plan_state,
    DROP CONSTRAINT fk_plan_programme_id,
    ADD CONSTRAINT ck_plan_state CHECK (state IN ('requested', 'proposed', 'awaiting_certification', 'active', 'in_arrears', 'kept', 'broken', 'cancelled')),
    ADD CONSTRAINT ck_plan_payer CHECK (payer IN ('ordinary', 'pensioner', 'social_benefit', 'former_entrepreneur', 'company')),
    ADD CONSTRAINT ck_plan_interest_relief CHECK (interest_relief IN ('none', 'at_once', 'on_fulfilment')),
    ADD CONSTRAINT ck_plan_written_off CHECK (written_off_principal BETWEEN 0 AND principal AND written_off_interest BETWEEN 0 AND interest),
    ADD CONSTRAINT ck_plan_debtor CHECK (octet_length(debtor::text) <= 4000 AND length(certification_number) <= 60),
    ADD CONSTRAINT fk_plan_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id),
    ADD CONSTRAINT fk_plan_programme_id FOREIGN KEY(programme_id, programme_version) REFERENCES programme_version (programme_id, version),
    ADD CONSTRAINT uq_plan_branch_id_number_year_number_serial UNIQUE (branch_id, number_year, number_serial);
UPDATE plan p SET programme_version = 2
FROM programme_version v
WHERE v.programme_id = p.programme_id AND v.version = 2 AND p.signed_on >= v.valid_from;
UPDATE plan SET interest_relief = 'on_fulfilment' WHERE written_off_interest > 0;
UPDATE plan p
SET next_due_on = n.owed[1],
    breaks_on = n.owed[least(r.missed, n.left)] + r.grace + 1
FROM programme_version v, (
    SELECT i.ident, i.plan_id, array_agg(i.due_on ORDER BY i.instalment_no) AS owed, count(*)::int AS left
    FROM instalment i WHERE i.paid < i.amount GROUP BY i.ident, i.plan_id) n,
    LATERAL (SELECT (v.terms #>> '{breach,missed_instalments}')::int AS missed,
                    (v.terms #>> '{breach,days_of_grace}')::int AS grace) r
WHERE n.ident = p.ident AND n.plan_id = p.id
  AND v.programme_id = p.programme_id AND v.version = p.programme_version;
CREATE UNIQUE INDEX uq_plan_in_force ON plan (ident) WHERE state IN ('active', 'in_arrears');
CREATE UNIQUE INDEX uq_plan_awaiting ON plan (ident) WHERE state IN ('requested', 'proposed', 'awaiting_certification');
CREATE INDEX ix_plan_signed_on ON plan (signed_on, id);
CREATE INDEX ix_plan_branch_signed_on ON plan (branch_id, signed_on, id);
CREATE INDEX ix_plan_state_signed_on ON plan (state, signed_on, id);
CREATE INDEX ix_plan_programme_signed_on ON plan (programme_id, signed_on, id);
CREATE INDEX ix_plan_next_due_on ON plan (next_due_on, id) WHERE state IN ('active', 'in_arrears');
CREATE INDEX ix_plan_breaks_on ON plan (breaks_on, id) WHERE state IN ('active', 'in_arrears');
-- the monitor writes down every day that it looked, which no index needs to hear of
ALTER TABLE plan SET (fillfactor = 80);

ALTER TABLE plan_item ADD COLUMN case_id BIGINT, ADD COLUMN accrued_from DATE;

CREATE TABLE plan_cost (
    ident INTEGER NOT NULL,
    plan_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    amount NUMERIC(14, 2) NOT NULL,
    CONSTRAINT pk_plan_cost PRIMARY KEY (ident, plan_id, case_id),
    CONSTRAINT ck_plan_cost_amount CHECK (amount >= 0),
    CONSTRAINT fk_plan_cost_ident_plan_id FOREIGN KEY(ident, plan_id) REFERENCES plan (ident, id)
);
-- of plans signed before it is not known which case the costs were of
INSERT INTO plan_cost SELECT ident, id, 0, costs FROM plan WHERE costs > 0;

CREATE TABLE plan_event (
    ident INTEGER NOT NULL,
    plan_id BIGINT NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    happened_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    login TEXT DEFAULT session_user NOT NULL,
    old_state VARCHAR(24),
    new_state VARCHAR(24) NOT NULL,
    cause VARCHAR(24) NOT NULL,
    facts JSONB DEFAULT '{}' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_plan_event PRIMARY KEY (ident, plan_id, id),
    CONSTRAINT ck_plan_event_reason_length CHECK (length(reason) <= 2000),
    CONSTRAINT fk_plan_event_ident_plan_id FOREIGN KEY(ident, plan_id) REFERENCES plan (ident, id),
    CONSTRAINT ck_plan_event_old_state CHECK (old_state IN ('requested', 'proposed', 'awaiting_certification', 'active', 'in_arrears', 'kept', 'broken', 'cancelled')),
    CONSTRAINT ck_plan_event_new_state CHECK (new_state IN ('requested', 'proposed', 'awaiting_certification', 'active', 'in_arrears', 'kept', 'broken', 'cancelled')),
    CONSTRAINT ck_plan_event_cause CHECK (cause IN ('registered', 'signed', 'certified', 'undone', 'cancelled', 'all_paid', 'nothing_late', 'instalment_late', 'instalments_missed', 'bills_unpaid'))
);

CREATE TABLE plan_serial (
    branch_id SMALLINT NOT NULL,
    year SMALLINT NOT NULL,
    last_serial INTEGER NOT NULL,
    CONSTRAINT pk_plan_serial PRIMARY KEY (branch_id, year),
    CONSTRAINT fk_plan_serial_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
);

ALTER TABLE enforcement_case
    ADD COLUMN state_before_plan VARCHAR(24),
    ADD CONSTRAINT ck_enforcement_case_state_before_plan CHECK (state_before_plan IN ('prepared', 'filed', 'decided', 'objected', 'final', 'executing', 'suspended_by_plan', 'collected', 'discontinued', 'dismissed', 'time_barred'));
UPDATE enforcement_case
SET state_before_plan = CASE WHEN means <> '' THEN 'executing' WHEN final_on IS NOT NULL THEN 'final'
    WHEN objected_on IS NOT NULL THEN 'objected' WHEN decided_on IS NOT NULL THEN 'decided'
    WHEN filed_on IS NOT NULL THEN 'filed' ELSE 'prepared' END
WHERE state = 'suspended_by_plan';
-- what was audited above is linked now: the code that follows replaces the trigger that links
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
