-- Everybody who wrote a word of a version: whoever did does not publish it.
ALTER TABLE programme_version ADD COLUMN editors TEXT[] DEFAULT '{}' NOT NULL;
