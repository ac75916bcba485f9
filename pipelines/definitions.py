"""What Dagster loads: everything declared in `pipelines.defs`."""

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """Gather the declarations; named one by one, so that an installed package needs no project folder around it."""
    from pipelines.defs import air, bulletins, coal, emergency, jobs
    from pipelines.defs.resources import HomeResource

    return dg.Definitions(
        assets=dg.load_assets_from_modules([air, coal, emergency, bulletins]),
        asset_checks=dg.load_asset_checks_from_modules([air, coal, emergency]),
        jobs=[jobs.daily, jobs.warning_drafts, bulletins.day_bulletins, bulletins.month_bulletins],
        schedules=[jobs.daily_0230, jobs.hourly_25, jobs.drafts_of_bulletins(), *bulletins.schedules()],
        sensors=[jobs.letters],
        resources={"home": HomeResource()},
    )
