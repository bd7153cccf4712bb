-- What is counted of searches has ceilings as well.

ALTER TABLE ceiling_raise DROP CONSTRAINT ck_ceiling_raise_ceiling;
ALTER TABLE ceiling_raise ADD CONSTRAINT ck_ceiling_raise_ceiling CHECK (ceiling IN ('visits_at_once', 'visits_an_hour', 'visits_a_day', 'reveals_an_hour', 'reveals_a_day', 'look_ups_an_hour', 'look_ups_a_day', 'copies_an_hour', 'copies_a_day', 'exports_a_day', 'shown_an_hour', 'shown_a_day', 'exact_look_ups_an_hour', 'exact_look_ups_a_day', 'misses_a_day'));
ALTER TABLE alert_seen DROP CONSTRAINT ck_alert_seen_ceiling;
ALTER TABLE alert_seen ADD CONSTRAINT ck_alert_seen_ceiling CHECK (ceiling IN ('visits_at_once', 'visits_an_hour', 'visits_a_day', 'reveals_an_hour', 'reveals_a_day', 'look_ups_an_hour', 'look_ups_a_day', 'copies_an_hour', 'copies_a_day', 'exports_a_day', 'shown_an_hour', 'shown_a_day', 'exact_look_ups_an_hour', 'exact_look_ups_a_day', 'misses_a_day'));
