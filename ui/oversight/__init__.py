"""The page of oversight: alerts, what somebody did, and the ceilings that are raised."""
