-- What a column writes by itself is the moment by the clock: a transaction kept open since yesterday
-- would else write yesterday.

ALTER TABLE completed_action ALTER COLUMN done_at SET DEFAULT clock_timestamp();
ALTER TABLE payment ALTER COLUMN booked_at SET DEFAULT clock_timestamp();
ALTER TABLE plan ALTER COLUMN created_at SET DEFAULT clock_timestamp();
ALTER TABLE programme_version ALTER COLUMN created_at SET DEFAULT clock_timestamp();
ALTER TABLE reserved_ident ALTER COLUMN reserved_at SET DEFAULT clock_timestamp();
ALTER TABLE staff ALTER COLUMN created_at SET DEFAULT clock_timestamp();
