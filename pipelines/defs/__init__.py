"""Dagster declarations and nothing else: assets, checks, jobs, schedules, resources. Logic lives beside, in `pipelines`."""
