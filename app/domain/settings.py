"""Settings: what the trade changes by decision, not by release, each from a day on.

The values are rows of the database.  Here is what counts of those the program
cannot do without, on a day for which nobody has decided anything; ``setting_default``
has the same in the database, and a test holds one against the other.  A setting
that is not here has no value then, and whoever needs it says so.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

DEFAULTS: Mapping[str, Any] = MappingProxyType(
    {
        "caller_private_datum": True,
        "ceiling_alert_days": 7,
        "ceiling_alert_percent": 50,
        "ceiling_raise_days": 7,
        "ceiling_raise_percent": 300,
        "ceiling_raises_a_day": 40,
        "change_claim_minutes": 15,
        "change_cutoff_day": 20,
        "change_deadline_days": {},
        "change_paper_day_bytes": 500 * 1024 * 1024,
        "change_paper_most_bytes": 15 * 1024 * 1024,
        "change_papers_most": 40,
        "change_received_days": 60,
        "change_reporting_days": 8,
        "changes_a_day": 400,
        "connections_a_person": 16,
        "copies_a_day": 800,
        "copies_an_hour": 200,
        "discount_debt": "with_plans",
        "discount_earned_by": "all_in_time",
        "email_consent_wording": {"version": 1},
        "exact_look_ups_a_day": 800,
        "exact_look_ups_an_hour": 200,
        "exports_a_day": 60,
        "idents_a_day": 40,
        "look_ups_a_day": 300,
        "look_ups_an_hour": 80,
        "misses_a_day": 100,
        "payment_case_order": "costs_months",
        "payment_without_month": "by_hand",
        "plan_interest_on_paid": "stays",
        "preferences_most": 500,
        "programme_bounds": {"percent": 50, "instalments": 60},
        "programme_days_before_signing": 1,
        "reveals_a_day": 250,
        "reveals_an_hour": 60,
        "shown_a_day": 80_000,
        "shown_an_hour": 20_000,
        "visits_a_day": {"desk_agent": 800, "desk_supervisor": 2500, "others": 1500},
        "visits_an_hour": {"desk_agent": 150, "desk_supervisor": 600, "others": 400},
        "visits_at_once": {"desk_agent": 60, "others": 250},
    }
)
"""By name, as the database would have it in JSON."""
