"""What use cases ask about data changes: requests, their writing, the work list, forecasts."""
