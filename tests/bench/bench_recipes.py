"""每个配方在十年、100 个站点上要多久 | how long every recipe takes on ten years of 100 stations.

    python tests/bench/bench_recipes.py make FOLDER [--years N] [--stations N]
    python tests/bench/bench_recipes.py time FOLDER [--target SECONDS] [--json FILE]

``make`` writes synthetic station files in the real format (`make_national_year.py`) over the thirteen cities, the
simulated coal documents, lists and bulletin beside them, and runs the whole job once: ``FOLDER/home`` is then a home
as an office would have it after so many years. ``time`` opens the copy of each recipe's class as ``fenwei sql`` does,
reads every recipe to its end three times on a new connection each, and tells the first time and the median [s]; the
exit code is 1 where a median is above the target.
"""

import argparse
import csv
import json
import statistics
import sys
import time
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import make_national_year as year

from pipelines.emergency.emission_list.simulated import keep_simulated
from pipelines.emergency.simulated import keep_recipients
from pipelines.home import Home, open_home, remember
from pipelines.query_limits import open_for_query
from pipelines.run import run_job
from pipelines.steps import RunContext
from sources.simulation.coal import simulate_coal
from sources.simulation.forecast_bulletin import simulate_bulletin
from sources.simulation.places import CITIES
from warehouse.recipes import Recipe, all_recipes

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 8, 30)
TARGET_S = 0.5
TRIES = 3


def write_stations(path: Path, n: int) -> None:
    """Write a station list of the 2022 layout, the stations spread evenly over the cities of the plain."""
    picked = sorted(islice(cycle(range(len(CITIES))), n))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(
            ["监测点编码", "监测点名称", "城市", "经度", "纬度", "对照点", "省级行政区", "地级行政区"]
        )
        for i, (code, number) in enumerate(zip(year.station_codes(n), picked, strict=True)):
            city = CITIES[number]
            place = [f"{city.lon_deg + i % 7 / 100:.4f}", f"{city.lat_deg + i % 5 / 100:.4f}"]
            out.writerow([code, f"测速点{i + 1}", city.name, *place, "N", city.province, f"{city.name}市"])


def make(folder: Path, years: int, stations: int) -> Home:
    """Write the files and run the whole job over them."""
    first = date(TODAY.year - years, TODAY.month, TODAY.day)
    year.FIRST = first
    home = remember(
        open_home(folder / "home"),
        simulated=True,
        as_of=NOW.isoformat(),
        publish_parquet=False,
        publish_site=False,
    )
    write_stations(home.landing / "stations.csv", stations)
    last = (TODAY - first).days - 1
    for begun in range(0, last + 1, 100):
        year.write_days(begun, min(begun + 99, last), home.landing / "station_hours", stations)
    simulate_coal(home.landing, today=TODAY)
    simulate_bulletin(home.landing, today=TODAY)
    keep_simulated(home.root, home.state, NOW)
    keep_recipients(home, NOW)
    run_job(RunContext(home, NOW, command="run"), window=None, force=False)
    return home


def took(home: Home, recipe: Recipe) -> tuple[list[float], int]:
    """Seconds of every try, and the number of rows."""
    seconds, n = [], 0
    for _ in range(TRIES):
        with closing(open_for_query(home, recipe.klass)) as con:
            begun = time.perf_counter()
            n = len(con.execute(recipe.sql).fetchall())
            seconds.append(time.perf_counter() - begun)
    return seconds, n


def report(home: Home, target_s: float) -> dict[str, Any]:
    """Time every recipe, slowest last."""
    found = []
    for recipe in all_recipes():
        seconds, n = took(home, recipe)
        found.append(
            {
                "recipe": recipe.name,
                "class": recipe.klass,
                "rows": n,
                "first_s": round(seconds[0], 3),
                "median_s": round(statistics.median(seconds), 3),
            }
        )
    with closing(open_for_query(home, "restricted")) as con:
        size = con.execute(
            "SELECT (SELECT count(*) FROM air.station_hour), (SELECT count(DISTINCT station_code) FROM air.station_day),"
            " (SELECT count(DISTINCT day) FROM air.station_day)"
        ).fetchone()
    station_hours, stations, days = size or (0, 0, 0)
    return {
        "station_hours": station_hours,
        "stations": stations,
        "years": round(days / timedelta(days=365.25).days, 1),
        "target_s": target_s,
        "recipes": sorted(found, key=lambda r: r["median_s"]),
    }


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("make", "time"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--stations", type=int, default=100)
    parser.add_argument("--target", type=float, default=TARGET_S, help="seconds a recipe may take")
    parser.add_argument("--json", type=Path, help="also write the result here")
    given = parser.parse_args()
    if given.what == "make":
        begun = time.perf_counter()
        home = make(given.folder, given.years, given.stations)
        print(f"{home.root}: {time.perf_counter() - begun:.0f} s")
        return
    found = report(open_home(given.folder / "home"), given.target)
    print(f"{found['station_hours']:,} station-hours, {found['stations']} stations, {found['years']} years")
    slow = [r for r in found["recipes"] if r["median_s"] > given.target]
    for r in found["recipes"]:
        mark = "  > target" if r in slow else ""
        print(f"{r['recipe']:28} {r['rows']:6} rows  {r['first_s']:7.3f} s  {r['median_s']:7.3f} s{mark}")
    if given.json:
        given.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
