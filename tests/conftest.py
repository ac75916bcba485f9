"""Fixtures for all tests."""

import os
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import settings

# CI tries the same examples every time, so that a green tree stays green; exploring is for the desk.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published home of thirteen simulated days, with a held, a refused and a partly loaded file; do not change it."""
    from pipelines import steps
    from pipelines.home import open_home, remember
    from sources.simulation import simulate
    from warehouse.checks import all_checks

    root = tmp_path_factory.mktemp("small") / "home"
    moment = datetime(2026, 3, 10, 9)
    home = remember(
        open_home(root), simulated=True, as_of=moment.isoformat(), publish_parquet=False, publish_site=False
    )
    made = simulate(home.landing, first=date(2026, 2, 26), today=date(2026, 3, 10))
    (made.station_hours / "china_sites_20260305.csv").unlink()
    (home.landing / "not a 'table' [red].csv").write_text("name,amount\na,1\n", encoding="utf-8")
    context = steps.RunContext(home, moment)
    steps.land_step(context)
    steps.refresh_step(context, None, force=False)
    steps.city_day_step(context)
    steps.judge_step(context)
    steps.check_step(context, frozenset(check.table for check in all_checks()))
    steps.publish_step(context)
    return root
