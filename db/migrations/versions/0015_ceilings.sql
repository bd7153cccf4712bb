-- A ceiling raised for somebody's task; what a supervisor found of an alert; and by which indexes is counted.

CREATE TABLE ceiling_raise (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    login TEXT NOT NULL,
    ceiling VARCHAR(24) NOT NULL,
    most BIGINT NOT NULL,
    last_day DATE NOT NULL,
    reason TEXT NOT NULL,
    raised_by TEXT NOT NULL,
    raised_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    ended_by TEXT,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_ceiling_raise PRIMARY KEY (id),
    CONSTRAINT ck_ceiling_raise_not_own CHECK (login <> raised_by),
    CONSTRAINT ck_ceiling_raise_volume CHECK (length(btrim(reason)) BETWEEN 1 AND 1000),
    CONSTRAINT ck_ceiling_raise_end CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
    CONSTRAINT ck_ceiling_raise_ceiling CHECK (ceiling IN ('visits_at_once', 'visits_an_hour', 'visits_a_day', 'reveals_an_hour', 'reveals_a_day', 'look_ups_an_hour', 'look_ups_a_day', 'copies_an_hour', 'copies_a_day', 'exports_a_day', 'misses_a_day'))
);
CREATE INDEX ix_ceiling_raise_login_last_day ON ceiling_raise (login, last_day);
CREATE INDEX ix_ceiling_raise_raised_by_raised_at ON ceiling_raise (raised_by, raised_at);

CREATE TABLE alert_seen (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    login TEXT NOT NULL,
    ceiling VARCHAR(24) NOT NULL,
    began_at TIMESTAMP WITH TIME ZONE NOT NULL,
    counted BIGINT NOT NULL,
    most BIGINT NOT NULL,
    reason TEXT NOT NULL,
    seen_by TEXT NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_alert_seen PRIMARY KEY (id),
    CONSTRAINT ck_alert_seen_not_own CHECK (login <> seen_by),
    CONSTRAINT ck_alert_seen_volume CHECK (length(btrim(reason)) BETWEEN 1 AND 1000),
    CONSTRAINT ck_alert_seen_ceiling CHECK (ceiling IN ('visits_at_once', 'visits_an_hour', 'visits_a_day', 'reveals_an_hour', 'reveals_a_day', 'look_ups_an_hour', 'look_ups_a_day', 'copies_an_hour', 'copies_a_day', 'exports_a_day', 'misses_a_day'))
);
CREATE INDEX ix_alert_seen_login_began_at ON alert_seen (login, began_at);

CREATE INDEX ix_read_log_login_kind_happened_at ON read_log (login, kind, happened_at);
CREATE INDEX ix_reissue_operator_made_at ON reissue (operator, made_at);
CREATE INDEX ix_plan_paper_operator_made_at ON plan_paper (operator, made_at);
