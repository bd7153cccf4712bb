-- The tables of the trade, as the first release had them.  Later changes are later files.

CREATE TABLE account (
    ident INTEGER NOT NULL,
    opened_on DATE NOT NULL,
    closed_on DATE,
    delivery_name TEXT DEFAULT '' NOT NULL,
    delivery_address TEXT DEFAULT '' NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (ident),
    CONSTRAINT ck_account_ident CHECK (ident BETWEEN 1 AND 9999999),
    CONSTRAINT ck_account_closed_after_opened CHECK (closed_on IS NULL OR closed_on >= opened_on)
);

CREATE TABLE account_balance (
    ident INTEGER NOT NULL,
    total NUMERIC(14, 2) GENERATED ALWAYS AS (current_month + unsued + sued + plan) STORED NOT NULL,
    current_month NUMERIC(14, 2) DEFAULT 0 NOT NULL,
    unsued NUMERIC(14, 2) DEFAULT 0 NOT NULL,
    sued NUMERIC(14, 2) DEFAULT 0 NOT NULL,
    plan NUMERIC(14, 2) DEFAULT 0 NOT NULL,
    overpaid NUMERIC(14, 2) DEFAULT 0 NOT NULL,
    latest_ggmm SMALLINT,
    CONSTRAINT pk_account_balance PRIMARY KEY (ident),
    CONSTRAINT ck_account_balance_not_negative CHECK (current_month >= 0 AND unsued >= 0 AND sued >= 0 AND plan >= 0 AND overpaid >= 0)
);

CREATE TABLE account_search (
    ident INTEGER NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    name_fold TEXT COLLATE "C" NOT NULL,
    address_fold TEXT COLLATE "C" NOT NULL,
    words TEXT COLLATE "C" NOT NULL,
    is_closed BOOLEAN NOT NULL,
    CONSTRAINT pk_account_search PRIMARY KEY (ident)
);
CREATE INDEX ix_account_search_address ON account_search (address_fold, ident);
CREATE INDEX ix_account_search_ident_text ON account_search ((lpad(ident::text, 7, '0')) COLLATE "C");
CREATE INDEX ix_account_search_name ON account_search (name_fold, ident);
CREATE INDEX ix_account_search_trigrams ON account_search USING gin (words gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX ix_account_search_words ON account_search USING gin (to_tsvector('simple'::regconfig, words)) WITH (fastupdate = off);

CREATE TABLE audit_log (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    ident INTEGER,
    login TEXT NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    table_name TEXT NOT NULL,
    operation TEXT NOT NULL,
    old_row JSONB,
    new_row JSONB,
    chain_no BIGINT,
    hash BYTEA,
    CONSTRAINT pk_audit_log PRIMARY KEY (id),
    CONSTRAINT ck_audit_log_operation CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE'))
);
CREATE INDEX ix_audit_log_ident_happened_at ON audit_log (ident, happened_at);
CREATE INDEX ix_audit_log_login_happened_at ON audit_log (login, happened_at);
CREATE UNIQUE INDEX uq_audit_log_chain_no ON audit_log (chain_no);

CREATE TABLE bailiff (
    id SMALLINT NOT NULL,
    name TEXT NOT NULL,
    seat TEXT NOT NULL,
    bank_account TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    CONSTRAINT pk_bailiff PRIMARY KEY (id)
);

CREATE TABLE bill (
    ident INTEGER NOT NULL,
    ggmm SMALLINT NOT NULL,
    version SMALLINT NOT NULL,
    issued_on DATE NOT NULL,
    discount_until DATE NOT NULL,
    due_on DATE NOT NULL,
    charged NUMERIC(14, 2) NOT NULL,
    interest NUMERIC(14, 2) NOT NULL,
    discount_percent NUMERIC(5, 2) NOT NULL,
    discount NUMERIC(14, 2) NOT NULL,
    streak SMALLINT NOT NULL,
    kind VARCHAR(24) NOT NULL,
    area NUMERIC(9, 2) NOT NULL,
    heated_area NUMERIC(9, 2) NOT NULL,
    members SMALLINT NOT NULL,
    charging_method VARCHAR(24) NOT NULL,
    prior_unsued NUMERIC(14, 2) NOT NULL,
    prior_sued NUMERIC(14, 2) NOT NULL,
    prior_plan NUMERIC(14, 2) NOT NULL,
    prior_overpaid NUMERIC(14, 2) NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_bill PRIMARY KEY (ident, ggmm, version),
    CONSTRAINT ck_bill_ggmm CHECK (ggmm BETWEEN 1 AND 9912 AND mod(ggmm, 100) BETWEEN 1 AND 12),
    CONSTRAINT ck_bill_correction_reason CHECK (version = 1 OR reason <> ''),
    CONSTRAINT ck_bill_sums CHECK (charged >= 0 AND interest >= 0 AND discount BETWEEN 0 AND charged),
    CONSTRAINT ck_bill_discount_before_due CHECK (discount_until <= due_on),
    CONSTRAINT ck_bill_kind CHECK (kind IN ('flat', 'house', 'garage', 'business')),
    CONSTRAINT ck_bill_charging_method CHECK (charging_method IN ('area', 'members'))
)
 PARTITION BY RANGE (ggmm);

CREATE TABLE bill_balance (
    ident INTEGER NOT NULL,
    ggmm SMALLINT NOT NULL,
    version SMALLINT NOT NULL,
    due_on DATE NOT NULL,
    charged NUMERIC(14, 2) NOT NULL,
    paid NUMERIC(14, 2) DEFAULT 0 NOT NULL,
    open NUMERIC(14, 2) GENERATED ALWAYS AS (charged - paid) STORED NOT NULL,
    stage VARCHAR(24) NOT NULL,
    CONSTRAINT pk_bill_balance PRIMARY KEY (ident, ggmm),
    CONSTRAINT ck_bill_balance_paid_within_charged CHECK (paid BETWEEN 0 AND charged),
    CONSTRAINT ck_bill_balance_stage CHECK (stage IN ('current', 'unsued', 'sued', 'plan'))
)
 PARTITION BY RANGE (ggmm);

CREATE TABLE bill_line (
    ident INTEGER NOT NULL,
    ggmm SMALLINT NOT NULL,
    version SMALLINT NOT NULL,
    line_no SMALLINT NOT NULL,
    service_id SMALLINT NOT NULL,
    quantity NUMERIC(14, 3) NOT NULL,
    price NUMERIC(14, 4) NOT NULL,
    vat_percent NUMERIC(5, 2) NOT NULL,
    vat NUMERIC(14, 2) NOT NULL,
    amount NUMERIC(14, 2) NOT NULL
)
 PARTITION BY RANGE (ggmm);
CREATE INDEX ix_bill_line_ggmm_brin ON bill_line USING brin (ggmm);
CREATE INDEX ix_bill_line_ident_ggmm ON bill_line (ident, ggmm);

CREATE TABLE branch (
    id SMALLINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    hours TEXT NOT NULL,
    is_sample BOOLEAN NOT NULL,
    CONSTRAINT pk_branch PRIMARY KEY (id),
    CONSTRAINT uq_branch_code UNIQUE (code)
);

CREATE TABLE call_note (
    ident INTEGER NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    written_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    author TEXT DEFAULT session_user NOT NULL,
    channel VARCHAR(24) NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_call_note PRIMARY KEY (ident, id),
    CONSTRAINT ck_call_note_text CHECK (length(btrim(text)) BETWEEN 1 AND 4000),
    CONSTRAINT ck_call_note_channel CHECK (channel IN ('counter', 'phone', 'mail', 'portal'))
);

CREATE TABLE chain_head (
    log TEXT NOT NULL,
    chain_no BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_chain_head PRIMARY KEY (log)
);

CREATE TABLE completed_action (
    key UUID NOT NULL,
    login TEXT DEFAULT session_user NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    kind TEXT NOT NULL,
    result JSONB,
    CONSTRAINT pk_completed_action PRIMARY KEY (key)
);
CREATE INDEX ix_completed_action_done_at ON completed_action (done_at);

CREATE TABLE municipality (
    id SMALLINT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_municipality PRIMARY KEY (id),
    CONSTRAINT uq_municipality_name UNIQUE (name)
);

CREATE TABLE notice (
    ident INTEGER NOT NULL,
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    number TEXT NOT NULL,
    kind VARCHAR(24) NOT NULL,
    state VARCHAR(24) NOT NULL,
    drawn_on DATE NOT NULL,
    delivery_method TEXT NOT NULL,
    delivered_on DATE,
    days_to_pay SMALLINT NOT NULL,
    principal NUMERIC(14, 2) NOT NULL,
    interest NUMERIC(14, 2) NOT NULL,
    CONSTRAINT pk_notice PRIMARY KEY (ident, id),
    CONSTRAINT ck_notice_sums CHECK (principal >= 0 AND interest >= 0),
    CONSTRAINT ck_notice_kind CHECK (kind IN ('first', 'before_enforcement')),
    CONSTRAINT ck_notice_state CHECK (state IN ('drawn', 'sent', 'delivered', 'returned', 'paid', 'partly_paid', 'cancelled', 'sued'))
);

CREATE TABLE payment (
    ident INTEGER NOT NULL,
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    received_on DATE NOT NULL,
    booked_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    amount NUMERIC(14, 2) NOT NULL,
    channel VARCHAR(24) NOT NULL,
    reference TEXT DEFAULT '' NOT NULL,
    payer TEXT DEFAULT '' NOT NULL,
    bank_line TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_payment PRIMARY KEY (ident, id),
    CONSTRAINT ck_payment_amount CHECK (amount > 0),
    CONSTRAINT ck_payment_channel CHECK (channel IN ('counter', 'post', 'bank', 'standing_order', 'portal_card', 'bailiff', 'credit'))
);
CREATE UNIQUE INDEX uq_payment_ident_bank_line ON payment (ident, bank_line) WHERE bank_line <> '';

CREATE TABLE preference (
    login TEXT DEFAULT session_user NOT NULL,
    name TEXT NOT NULL,
    value JSONB NOT NULL,
    CONSTRAINT pk_preference PRIMARY KEY (login, name)
);

CREATE TABLE programme (
    id SMALLINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    legal_basis TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    debts_due_until DATE,
    terms JSONB NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_programme PRIMARY KEY (id),
    CONSTRAINT uq_programme_code UNIQUE (code)
);

CREATE TABLE provider (
    id SMALLINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_provider PRIMARY KEY (id),
    CONSTRAINT uq_provider_code UNIQUE (code)
);

CREATE TABLE read_log (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    ident INTEGER,
    login TEXT NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    kind TEXT NOT NULL,
    detail JSONB NOT NULL,
    chain_no BIGINT,
    hash BYTEA,
    CONSTRAINT pk_read_log PRIMARY KEY (id),
    CONSTRAINT ck_read_log_kind CHECK (kind IN ('visit', 'verification', 'reveal', 'export'))
);
CREATE INDEX ix_read_log_ident_happened_at ON read_log (ident, happened_at);
CREATE INDEX ix_read_log_login_happened_at ON read_log (login, happened_at);
CREATE UNIQUE INDEX uq_read_log_chain_no ON read_log (chain_no);

CREATE TABLE reissue (
    ident INTEGER NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    ggmm SMALLINT NOT NULL,
    version SMALLINT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    operator TEXT DEFAULT session_user NOT NULL,
    branch_id SMALLINT NOT NULL,
    reason VARCHAR(24) NOT NULL,
    medium VARCHAR(24) NOT NULL,
    script TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_reissue PRIMARY KEY (ident, id),
    CONSTRAINT ck_reissue_other_needs_note CHECK (reason <> 'other' OR btrim(note) <> ''),
    CONSTRAINT ck_reissue_script CHECK (script IN ('latin', 'cyrillic')),
    CONSTRAINT ck_reissue_reason CHECK (reason IN ('not_received', 'lost', 'for_court', 'for_subsidy', 'other')),
    CONSTRAINT ck_reissue_medium CHECK (medium IN ('printed', 'saved', 'copied', 'emailed'))
);

CREATE TABLE search_word (
    word TEXT COLLATE "C" NOT NULL,
    frequency INTEGER NOT NULL,
    CONSTRAINT pk_search_word PRIMARY KEY (word)
);
CREATE INDEX ix_search_word_trigrams ON search_word USING gin (word gin_trgm_ops);

CREATE TABLE setting (
    name TEXT NOT NULL,
    valid_from DATE NOT NULL,
    value JSONB NOT NULL,
    is_unconfirmed BOOLEAN NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (name, valid_from)
);

CREATE TABLE statutory_rate (
    valid_from DATE NOT NULL,
    percent NUMERIC(5, 2) NOT NULL,
    is_unconfirmed BOOLEAN DEFAULT false NOT NULL,
    CONSTRAINT pk_statutory_rate PRIMARY KEY (valid_from),
    CONSTRAINT ck_statutory_rate_percent CHECK (percent BETWEEN 0 AND 100)
);

CREATE TABLE visit (
    ident INTEGER NOT NULL,
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    login TEXT NOT NULL,
    branch_id SMALLINT NOT NULL,
    purpose VARCHAR(24) NOT NULL,
    channel VARCHAR(24) NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    verified_at TIMESTAMP WITH TIME ZONE,
    failed_attempts SMALLINT DEFAULT 0 NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_visit PRIMARY KEY (ident, id),
    CONSTRAINT ck_visit_purpose CHECK (purpose IN ('service', 'call', 'case', 'check')),
    CONSTRAINT ck_visit_channel CHECK (channel IN ('counter', 'phone', 'mail', 'portal'))
);
CREATE INDEX ix_visit_login_opened_at ON visit (login, opened_at);
CREATE UNIQUE INDEX uq_visit_open ON visit (login, ident) WHERE closed_at IS NULL;

CREATE TABLE allocation (
    ident INTEGER NOT NULL,
    payment_id BIGINT NOT NULL,
    allocation_no SMALLINT NOT NULL,
    ggmm SMALLINT,
    plan_id BIGINT,
    instalment_no SMALLINT,
    case_id BIGINT,
    amount NUMERIC(14, 2) NOT NULL,
    CONSTRAINT pk_allocation PRIMARY KEY (ident, payment_id, allocation_no),
    CONSTRAINT fk_allocation_ident_payment_id FOREIGN KEY(ident, payment_id) REFERENCES payment (ident, id),
    CONSTRAINT ck_allocation_amount CHECK (amount > 0),
    CONSTRAINT ck_allocation_one_target CHECK (num_nonnulls(ggmm, plan_id, case_id) = 1),
    CONSTRAINT ck_allocation_instalment CHECK ((plan_id IS NULL) = (instalment_no IS NULL))
);

CREATE TABLE contact (
    ident INTEGER NOT NULL,
    contact_no SMALLINT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    normalized TEXT COLLATE "C" NOT NULL,
    since DATE NOT NULL,
    ended_on DATE,
    CONSTRAINT pk_contact PRIMARY KEY (ident, contact_no),
    CONSTRAINT ck_contact_kind CHECK (kind IN ('phone', 'email')),
    CONSTRAINT ck_contact_normalized CHECK (normalized <> ''),
    CONSTRAINT fk_contact_ident FOREIGN KEY(ident) REFERENCES account (ident)
);
CREATE INDEX ix_contact_normalized ON contact (normalized);

CREATE TABLE delivery (
    ident INTEGER NOT NULL,
    by_email BOOLEAN NOT NULL,
    on_paper BOOLEAN NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    consented_at TIMESTAMP WITH TIME ZONE,
    consent_channel VARCHAR(24),
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_delivery PRIMARY KEY (ident),
    CONSTRAINT ck_delivery_email_consent CHECK (NOT by_email OR (email <> '' AND consented_at IS NOT NULL)),
    CONSTRAINT ck_delivery_some_way CHECK (by_email OR on_paper),
    CONSTRAINT fk_delivery_ident FOREIGN KEY(ident) REFERENCES account (ident),
    CONSTRAINT ck_delivery_consent_channel CHECK (consent_channel IN ('counter', 'phone', 'mail', 'portal'))
);

CREATE TABLE enforcement_case (
    ident INTEGER NOT NULL,
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    internal_number TEXT NOT NULL,
    case_number TEXT DEFAULT '' NOT NULL,
    bailiff_id SMALLINT,
    state VARCHAR(24) NOT NULL,
    principal NUMERIC(14, 2) NOT NULL,
    interest NUMERIC(14, 2) NOT NULL,
    interest_until DATE NOT NULL,
    creditor_costs NUMERIC(14, 2) NOT NULL,
    bailiff_costs NUMERIC(14, 2) NOT NULL,
    paid_costs NUMERIC(14, 2) DEFAULT 0 NOT NULL,
    filed_on DATE,
    decided_on DATE,
    served_on DATE,
    objected_on DATE,
    final_on DATE,
    ended_on DATE,
    means TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_enforcement_case PRIMARY KEY (ident, id),
    CONSTRAINT uq_enforcement_case_ident_internal_number UNIQUE (ident, internal_number),
    CONSTRAINT ck_enforcement_case_sums CHECK (principal >= 0 AND interest >= 0 AND creditor_costs >= 0 AND bailiff_costs >= 0 AND paid_costs BETWEEN 0 AND creditor_costs + bailiff_costs),
    CONSTRAINT fk_enforcement_case_bailiff_id FOREIGN KEY(bailiff_id) REFERENCES bailiff (id),
    CONSTRAINT ck_enforcement_case_state CHECK (state IN ('prepared', 'filed', 'decided', 'objected', 'final', 'executing', 'suspended_by_plan', 'collected', 'discontinued', 'dismissed', 'time_barred'))
);

CREATE TABLE holder (
    ident INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    kind VARCHAR(24) NOT NULL,
    first_name TEXT DEFAULT '' NOT NULL,
    last_name TEXT DEFAULT '' NOT NULL,
    business_name TEXT DEFAULT '' NOT NULL,
    jmbg TEXT COLLATE "C",
    jmbg_masked TEXT COLLATE "C" GENERATED ALWAYS AS (left(jmbg, 4) || '•••••' || right(jmbg, 4)) STORED,
    pib TEXT COLLATE "C",
    company_number TEXT COLLATE "C",
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_holder PRIMARY KEY (ident, valid_from),
    CONSTRAINT ex_holder_validity EXCLUDE USING gist (ident WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT ck_holder_forward_in_time CHECK (valid_to IS NULL OR valid_to > valid_from),
    CONSTRAINT ck_holder_jmbg CHECK (jmbg ~ '^[0-9]{13}$'),
    CONSTRAINT ck_holder_pib CHECK (pib ~ '^[0-9]{9}$'),
    CONSTRAINT ck_holder_company_number CHECK (company_number ~ '^[0-9]{8}$'),
    CONSTRAINT ck_holder_named CHECK ((kind = 'natural' AND last_name <> '') OR (kind = 'legal' AND business_name <> '')),
    CONSTRAINT fk_holder_ident FOREIGN KEY(ident) REFERENCES account (ident),
    CONSTRAINT ck_holder_kind CHECK (kind IN ('natural', 'legal'))
);
CREATE INDEX ix_holder_company_number ON holder (company_number) WHERE company_number IS NOT NULL;
CREATE INDEX ix_holder_jmbg ON holder (jmbg) WHERE jmbg IS NOT NULL;
CREATE INDEX ix_holder_pib ON holder (pib) WHERE pib IS NOT NULL;

CREATE TABLE notice_item (
    ident INTEGER NOT NULL,
    notice_id BIGINT NOT NULL,
    ggmm SMALLINT NOT NULL,
    principal NUMERIC(14, 2) NOT NULL,
    interest NUMERIC(14, 2) NOT NULL,
    CONSTRAINT pk_notice_item PRIMARY KEY (ident, notice_id, ggmm),
    CONSTRAINT fk_notice_item_ident_notice_id FOREIGN KEY(ident, notice_id) REFERENCES notice (ident, id)
);

CREATE TABLE plan (
    ident INTEGER NOT NULL,
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    programme_id SMALLINT NOT NULL,
    contract_number TEXT NOT NULL,
    state VARCHAR(24) NOT NULL,
    signed_on DATE NOT NULL,
    certified_on DATE,
    certification_number TEXT DEFAULT '' NOT NULL,
    ended_on DATE,
    principal NUMERIC(14, 2) NOT NULL,
    interest NUMERIC(14, 2) NOT NULL,
    costs NUMERIC(14, 2) NOT NULL,
    written_off_principal NUMERIC(14, 2) NOT NULL,
    written_off_interest NUMERIC(14, 2) NOT NULL,
    payable NUMERIC(14, 2) NOT NULL,
    created_by TEXT DEFAULT session_user NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_plan PRIMARY KEY (ident, id),
    CONSTRAINT uq_plan_contract_number UNIQUE (contract_number),
    CONSTRAINT ck_plan_adds_up CHECK (payable = principal + interest + costs - written_off_principal - written_off_interest),
    CONSTRAINT ck_plan_sums CHECK (principal >= 0 AND interest >= 0 AND costs >= 0 AND payable >= 0),
    CONSTRAINT fk_plan_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id),
    CONSTRAINT ck_plan_state CHECK (state IN ('requested', 'proposed', 'awaiting_certification', 'active', 'kept', 'broken', 'cancelled'))
);
CREATE UNIQUE INDEX uq_plan_in_force ON plan (ident) WHERE state = 'active';

CREATE TABLE portal_registration (
    ident INTEGER NOT NULL,
    user_name TEXT NOT NULL,
    registered_on DATE NOT NULL,
    activated_at TIMESTAMP WITH TIME ZONE,
    notified_by_email BOOLEAN NOT NULL,
    CONSTRAINT pk_portal_registration PRIMARY KEY (ident),
    CONSTRAINT fk_portal_registration_ident FOREIGN KEY(ident) REFERENCES account (ident)
);

CREATE TABLE premises_state (
    ident INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    kind VARCHAR(24) NOT NULL,
    area NUMERIC(9, 2) NOT NULL,
    heated_area NUMERIC(9, 2) NOT NULL,
    members SMALLINT NOT NULL,
    charging_method VARCHAR(24) NOT NULL,
    is_water_metered BOOLEAN NOT NULL,
    has_hot_water BOOLEAN NOT NULL,
    has_waste BOOLEAN NOT NULL,
    is_rented_from_city BOOLEAN NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_premises_state PRIMARY KEY (ident, valid_from),
    CONSTRAINT ex_premises_state_validity EXCLUDE USING gist (ident WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT ck_premises_state_forward_in_time CHECK (valid_to IS NULL OR valid_to > valid_from),
    CONSTRAINT ck_premises_state_area CHECK (area BETWEEN 0 AND 1000000 AND heated_area BETWEEN 0 AND area),
    CONSTRAINT ck_premises_state_members CHECK (members BETWEEN 0 AND 99),
    CONSTRAINT fk_premises_state_ident FOREIGN KEY(ident) REFERENCES account (ident),
    CONSTRAINT ck_premises_state_kind CHECK (kind IN ('flat', 'house', 'garage', 'business')),
    CONSTRAINT ck_premises_state_charging_method CHECK (charging_method IN ('area', 'members'))
);

CREATE TABLE programme_step (
    programme_id SMALLINT NOT NULL,
    category TEXT NOT NULL,
    instalments SMALLINT NOT NULL,
    discount_percent NUMERIC(5, 2) NOT NULL,
    CONSTRAINT pk_programme_step PRIMARY KEY (programme_id, category, instalments),
    CONSTRAINT fk_programme_step_programme_id FOREIGN KEY(programme_id) REFERENCES programme (id)
);

CREATE TABLE service (
    id SMALLINT NOT NULL,
    code TEXT NOT NULL,
    provider_id SMALLINT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    basis TEXT NOT NULL,
    premises_kinds TEXT[] NOT NULL,
    season_from SMALLINT,
    season_to SMALLINT,
    position SMALLINT NOT NULL,
    CONSTRAINT pk_service PRIMARY KEY (id),
    CONSTRAINT uq_service_code UNIQUE (code),
    CONSTRAINT ck_service_season CHECK (season_from BETWEEN 1 AND 12 AND season_to BETWEEN 1 AND 12),
    CONSTRAINT ck_service_season_whole CHECK ((season_from IS NULL) = (season_to IS NULL)),
    CONSTRAINT fk_service_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
);

CREATE TABLE settlement (
    id SMALLINT NOT NULL,
    municipality_id SMALLINT NOT NULL,
    name TEXT NOT NULL,
    postcode TEXT NOT NULL,
    CONSTRAINT pk_settlement PRIMARY KEY (id),
    CONSTRAINT fk_settlement_municipality_id FOREIGN KEY(municipality_id) REFERENCES municipality (id)
);

CREATE TABLE staff (
    login TEXT NOT NULL,
    full_name TEXT NOT NULL,
    role TEXT NOT NULL,
    branch_id SMALLINT NOT NULL,
    is_active BOOLEAN DEFAULT true NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_staff PRIMARY KEY (login),
    CONSTRAINT ck_staff_role CHECK (role IN ('desk_agent', 'desk_clerk', 'desk_supervisor', 'desk_admin')),
    CONSTRAINT fk_staff_branch_id FOREIGN KEY(branch_id) REFERENCES branch (id)
);

CREATE TABLE subsidy (
    ident INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    category VARCHAR(24) NOT NULL,
    percent NUMERIC(5, 2) NOT NULL,
    decision TEXT NOT NULL,
    CONSTRAINT pk_subsidy PRIMARY KEY (ident, valid_from),
    CONSTRAINT ex_subsidy_validity EXCLUDE USING gist (ident WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT ck_subsidy_forward_in_time CHECK (valid_to IS NULL OR valid_to > valid_from),
    CONSTRAINT ck_subsidy_percent CHECK (percent > 0 AND percent <= 100),
    CONSTRAINT fk_subsidy_ident FOREIGN KEY(ident) REFERENCES account (ident),
    CONSTRAINT ck_subsidy_category CHECK (category IN ('low_income', 'war_veteran', 'war_invalid', 'social_support', 'disability', 'foster_family'))
);

CREATE TABLE enforcement_item (
    ident INTEGER NOT NULL,
    case_id BIGINT NOT NULL,
    ggmm SMALLINT NOT NULL,
    principal NUMERIC(14, 2) NOT NULL,
    CONSTRAINT pk_enforcement_item PRIMARY KEY (ident, case_id, ggmm),
    CONSTRAINT fk_enforcement_item_ident_case_id FOREIGN KEY(ident, case_id) REFERENCES enforcement_case (ident, id),
    CONSTRAINT uq_enforcement_item_ident_ggmm UNIQUE (ident, ggmm)
);

CREATE TABLE instalment (
    ident INTEGER NOT NULL,
    plan_id BIGINT NOT NULL,
    instalment_no SMALLINT NOT NULL,
    due_on DATE NOT NULL,
    amount NUMERIC(14, 2) NOT NULL,
    paid NUMERIC(14, 2) DEFAULT 0 NOT NULL,
    CONSTRAINT pk_instalment PRIMARY KEY (ident, plan_id, instalment_no),
    CONSTRAINT fk_instalment_ident_plan_id FOREIGN KEY(ident, plan_id) REFERENCES plan (ident, id),
    CONSTRAINT ck_instalment_paid_within_amount CHECK (amount > 0 AND paid BETWEEN 0 AND amount),
    CONSTRAINT ck_instalment_number CHECK (instalment_no BETWEEN 1 AND 99)
);

CREATE TABLE plan_item (
    ident INTEGER NOT NULL,
    plan_id BIGINT NOT NULL,
    ggmm SMALLINT NOT NULL,
    principal NUMERIC(14, 2) NOT NULL,
    interest NUMERIC(14, 2) NOT NULL,
    was_sued BOOLEAN NOT NULL,
    CONSTRAINT pk_plan_item PRIMARY KEY (ident, plan_id, ggmm),
    CONSTRAINT fk_plan_item_ident_plan_id FOREIGN KEY(ident, plan_id) REFERENCES plan (ident, id)
);

CREATE TABLE price (
    service_id SMALLINT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    amount NUMERIC(14, 4) NOT NULL,
    is_unconfirmed BOOLEAN NOT NULL,
    CONSTRAINT pk_price PRIMARY KEY (service_id, valid_from),
    CONSTRAINT ex_price_validity EXCLUDE USING gist (service_id WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT ck_price_forward_in_time CHECK (valid_to IS NULL OR valid_to > valid_from),
    CONSTRAINT ck_price_amount CHECK (amount >= 0),
    CONSTRAINT fk_price_service_id FOREIGN KEY(service_id) REFERENCES service (id)
);

CREATE TABLE street (
    id INTEGER NOT NULL,
    settlement_id SMALLINT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_street PRIMARY KEY (id),
    CONSTRAINT uq_street_settlement_id_name UNIQUE (settlement_id, name),
    CONSTRAINT fk_street_settlement_id FOREIGN KEY(settlement_id) REFERENCES settlement (id)
);

CREATE TABLE vat_rate (
    service_id SMALLINT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    percent NUMERIC(5, 2) NOT NULL,
    CONSTRAINT pk_vat_rate PRIMARY KEY (service_id, valid_from),
    CONSTRAINT ex_vat_rate_validity EXCLUDE USING gist (service_id WITH =, daterange(valid_from, valid_to) WITH &&),
    CONSTRAINT ck_vat_rate_forward_in_time CHECK (valid_to IS NULL OR valid_to > valid_from),
    CONSTRAINT ck_vat_rate_percent CHECK (percent BETWEEN 0 AND 100),
    CONSTRAINT fk_vat_rate_service_id FOREIGN KEY(service_id) REFERENCES service (id)
);

CREATE TABLE building (
    id INTEGER NOT NULL,
    street_id INTEGER NOT NULL,
    house_number TEXT NOT NULL,
    has_district_heating BOOLEAN NOT NULL,
    has_assembly BOOLEAN NOT NULL,
    has_elevator BOOLEAN NOT NULL,
    CONSTRAINT pk_building PRIMARY KEY (id),
    CONSTRAINT uq_building_street_id_house_number UNIQUE (street_id, house_number),
    CONSTRAINT fk_building_street_id FOREIGN KEY(street_id) REFERENCES street (id)
);

CREATE TABLE premises (
    ident INTEGER NOT NULL,
    building_id INTEGER NOT NULL,
    entrance TEXT DEFAULT '' NOT NULL,
    floor TEXT DEFAULT '' NOT NULL,
    door TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_premises PRIMARY KEY (ident),
    CONSTRAINT fk_premises_ident FOREIGN KEY(ident) REFERENCES account (ident),
    CONSTRAINT fk_premises_building_id FOREIGN KEY(building_id) REFERENCES building (id)
);
CREATE INDEX ix_premises_building_id ON premises (building_id);
