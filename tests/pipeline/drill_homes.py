"""A small simulated home with a bulletin: twelve days of stations, filed lists, example recipients."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipelines.emergency.emission_list.simulated import keep_simulated
from pipelines.emergency.simulated import keep_recipients
from pipelines.home import Home, open_home, remember
from pipelines.run import RunReport, run_job
from pipelines.steps import RunContext
from sources.simulation import simulate
from sources.simulation.forecast_bulletin import simulate_bulletin
from warehouse.store import open_read_only

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 8, 30)
FIRST = date(2026, 11, 11)
CLOCKED = {"recorded_at", "snapshot"}
"""Columns that tell of the real clock or of the version somebody had before them."""


def drill_home(root: Path) -> Home:
    """The files of the demonstration, fewer days of them; nothing has run yet."""
    home = remember(
        open_home(root), simulated=True, as_of=NOW.isoformat(), publish_parquet=False, publish_site=False
    )
    simulate(home.landing, first=FIRST, today=TODAY)
    simulate_bulletin(home.landing, today=TODAY)
    keep_simulated(home.root, home.state, NOW)
    keep_recipients(home, NOW)
    return home


def run(home: Home, as_of: datetime = NOW) -> RunReport:
    return run_job(RunContext(home, as_of, command="demo"), window=None, force=False)


def published(home: Home, table: str) -> list[dict[str, Any]]:
    """Rows of a published table without what tells of the clock."""
    con = open_read_only(home.published)
    try:
        found = con.execute(f"SELECT * FROM {table} ORDER BY ALL")
        names = [c[0] for c in found.description]
        return [
            {n: v for n, v in zip(names, row, strict=True) if n not in CLOCKED} for row in found.fetchall()
        ]
    finally:
        con.close()
