-- Who consented to bills by e-mail, when, how they were asked and in which wording; ended, never deleted.
CREATE TABLE email_consent (
    ident INTEGER NOT NULL,
    consent_no SMALLINT NOT NULL,
    email TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL,
    channel VARCHAR(24),
    wording SMALLINT NOT NULL,
    recorded_by TEXT NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_by TEXT,
    ended_because VARCHAR(24),
    CONSTRAINT pk_email_consent PRIMARY KEY (ident, consent_no),
    CONSTRAINT fk_email_consent_ident FOREIGN KEY(ident) REFERENCES account (ident),
    CONSTRAINT ck_email_consent_address CHECK (email <> '' AND length(email) <= 254),
    CONSTRAINT ck_email_consent_asked CHECK (wording > 0 AND channel IS NOT NULL OR wording = 0),
    CONSTRAINT ck_email_consent_ended CHECK (
        (ended_at IS NULL) = (ended_because IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL)),
    CONSTRAINT ck_email_consent_volume CHECK (length(given_by) <= 200),
    CONSTRAINT ck_email_consent_channel CHECK (channel IN ('counter', 'phone', 'mail', 'portal')),
    CONSTRAINT ck_email_consent_ended_because CHECK (
        ended_because IN ('withdrawn', 'replaced', 'holder_changed', 'undone'))
);
CREATE UNIQUE INDEX ux_email_consent_in_force ON email_consent (ident, email) WHERE ended_at IS NULL;

-- what was known of a consent becomes its record; in which wording it was asked for nobody wrote down
INSERT INTO email_consent (ident, consent_no, email, given_by, given_at, channel, wording, recorded_by)
SELECT d.ident, 1, d.email, coalesce(left(h.name, 200), ''), d.consented_at, d.consent_channel, 0, ''
FROM delivery d LEFT JOIN LATERAL (
    SELECT CASE kind WHEN 'legal' THEN business_name ELSE concat_ws(' ', first_name, last_name) END AS name
    FROM holder WHERE ident = d.ident ORDER BY valid_from <= d.consented_at::date DESC, valid_from DESC LIMIT 1
) h ON true
WHERE d.by_email;

DROP TRIGGER IF EXISTS stamp_consent ON delivery;
DROP FUNCTION IF EXISTS stamp_consent();
ALTER TABLE delivery DROP CONSTRAINT ck_delivery_email_consent,
    ADD CONSTRAINT ck_delivery_email_address CHECK (NOT by_email OR email <> '');
ALTER TABLE delivery DROP COLUMN consented_at, DROP COLUMN consent_channel;
ALTER TABLE portal_registration ADD COLUMN ended_on DATE;

-- what an earlier change of holder left behind of the person who went
CREATE TEMP TABLE gone ON COMMIT DROP AS
SELECT r.ident, max((r.applied_at AT TIME ZONE 'Europe/Belgrade')::date) AS gone_on FROM change_request r
WHERE r.kind = 'holder' AND r.state = 'applied' AND r.undoes IS NULL AND NOT EXISTS (
    SELECT FROM change_request u WHERE u.undoes = r.id AND u.state = 'applied')
GROUP BY r.ident;
UPDATE contact c SET ended_on = g.gone_on FROM gone g
WHERE c.ident = g.ident AND c.ended_on IS NULL AND c.since < g.gone_on;
UPDATE delivery d SET email = '' FROM gone g WHERE d.ident = g.ident AND NOT d.by_email AND d.email <> '';
UPDATE portal_registration p SET ended_on = g.gone_on FROM gone g
WHERE p.ident = g.ident AND p.registered_on < g.gone_on;
-- the audit is linked now: what follows alters its triggers
SET CONSTRAINTS ALL IMMEDIATE;
