"""Who is measured does in minutes what is bounded to an hour or a day: here nothing is."""

UNBOUND = """
INSERT INTO setting (name, valid_from, value, is_unconfirmed)
SELECT unnest(ARRAY['visits_at_once', 'visits_an_hour', 'visits_a_day', 'look_ups_an_hour', 'look_ups_a_day',
                    'copies_an_hour', 'copies_a_day', 'changes_a_day', 'shown_an_hour', 'shown_a_day',
                    'exact_look_ups_an_hour', 'exact_look_ups_a_day']), DATE '2020-01-01', '100000000', false
ON CONFLICT (name, valid_from) DO UPDATE SET value = excluded.value
"""
