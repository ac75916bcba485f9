"""页面生成的用时与内存，页面大小与年数 | time and memory of making the page, and its size by the number of years.

    python tests/bench/bench_site.py make FOLDER [--years N]
    python tests/bench/bench_site.py time FOLDER [--json FILE]

``make`` writes simulated files of the thirteen cities, their coal documents, lists and bulletin, and runs the whole
job once without the page: ``FOLDER/home`` is then a home as after so many years (3; 10 takes long). ``time`` makes
the page of the public and the internal build, each in a process of its own:

a. whole, into an empty folder;
b. again with the page before at hand and the same data, as at a publication in which nothing of it changed;
c. again after one value of the newest day of one city changed.

It tells CPU and wall time [s], peak memory [MB], files made and taken over, and the bytes a browser reads before the
first figures of each view stand, without the library. The exit code is 1 where (a) takes more CPU or memory than the
targets: 20 s and 1000 MB.
"""

import argparse
import json
import multiprocessing
import re
import resource
import shutil
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.emergency.emission_list.simulated import keep_simulated
from pipelines.emergency.simulated import keep_recipients
from pipelines.home import Home, open_home, remember
from pipelines.run import run_job
from pipelines.steps import RunContext
from sources.simulation import simulate
from sources.simulation.coal import simulate_coal
from sources.simulation.forecast_bulletin import simulate_bulletin

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 8, 30)
TARGET_S, TARGET_MB = 20.0, 1000.0
BUILDS = ("public", "internal")


def make(folder: Path, years: int) -> Home:
    """Write the files and run the whole job over them, without the page."""
    home = remember(
        open_home(folder / "home"),
        simulated=True,
        as_of=NOW.isoformat(),
        publish_parquet=False,
        publish_site=False,
    )
    simulate(home.landing, first=date(TODAY.year - years, TODAY.month, TODAY.day), today=TODAY)
    simulate_coal(home.landing, today=TODAY)
    simulate_bulletin(home.landing, today=TODAY)
    keep_simulated(home.root, home.state, NOW)
    keep_recipients(home, NOW)
    report = run_job(RunContext(home, NOW, command="run"), window=None, force=False)
    if not report.success:
        raise SystemExit(f"{home.root}: 未能发布 nothing was published: {report.notes}")
    return home


def _build(database: Path, folder: Path, earlier: Path | None, told: Any) -> None:
    """Make the page in a process of its own and tell what it took."""
    from pipelines.site.build import build_site

    cpu, wall = time.process_time(), time.perf_counter()
    done = build_site(database, folder, NOW, previous=earlier)
    told.put(
        {
            "cpu_s": round(time.process_time() - cpu, 2),
            "wall_s": round(time.perf_counter() - wall, 2),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "n_files": done.n_files,
            "n_taken": done.n_taken,
            "mb": round(done.n_bytes / 1e6, 1),
        }
    )


def timed(database: Path, folder: Path, earlier: Path | None = None) -> dict[str, Any]:
    """Make a page and give what it took."""
    apart = multiprocessing.get_context("spawn")
    told = apart.Queue()
    process = apart.Process(target=_build, args=(database, folder, earlier, told))
    process.start()
    found: dict[str, Any] = told.get()
    process.join()
    return found


def changed(database: Path, copy: Path) -> Path:
    """Copy a published database and change one value of the newest day of one city."""
    shutil.copyfile(database, copy)
    copy.chmod(0o644)
    with duckdb.connect(str(copy)) as con:
        con.execute(
            "UPDATE air.city_day SET pm25_ugm3 = pm25_ugm3 + 1 WHERE city_code = '610100' AND day ="
            " (SELECT max(day) FROM air.city_day WHERE state <> 'partial' AND pm25_ugm3 IS NOT NULL)"
        )
    return copy


def first_view(folder: Path) -> dict[str, int]:
    """Bytes read before the first figures of each page stand, without the library."""
    shared = sum(p.stat().st_size for p in (folder / "assets").iterdir() if not p.name.startswith("plotly"))
    found = {}
    for page in sorted(folder.glob("*.html")):
        text = page.read_text(encoding="utf-8")
        known = json.loads(re.search(r'id="known">(.*?)</script>', text, re.DOTALL)[1])
        chosen: dict[str, str] = {}
        for picker in known["pickers"]:
            if picker["options"]:
                chosen |= {picker["name"]: picker["options"][0]["value"]} | picker["options"][0]["sets"]
        keys = [k.format_map(chosen) for k in re.findall(r'data-key="([^"]+)"', text)]
        files = [folder / "data" / f"{key}.js" for key in keys]
        found[page.stem] = page.stat().st_size + shared + sum(f.stat().st_size for f in files if f.exists())
    return found


def measure(folder: Path) -> dict[str, Any]:
    """Make the pages of a home and give what each took."""
    home = open_home(folder / "home")
    made: dict[str, Any] = {}
    for klass in BUILDS:
        place = folder / "pages" / klass
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        database = home.build(klass)
        made[klass] = {
            "whole": timed(database, place / "a"),
            "same data": timed(database, place / "b", place / "a"),
            "one day changed": timed(changed(database, place / "changed.duckdb"), place / "c", place / "a"),
            "first view [bytes]": first_view(place / "a"),
        }
        (place / "changed.duckdb").unlink()
    return made


def main() -> int:
    """Read the arguments and do what they ask."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("make", "time"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if given.what == "make":
        print(make(given.folder, given.years).root)
        return 0
    made = measure(given.folder)
    text = json.dumps(made, ensure_ascii=False, indent=2)
    print(text)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")
    whole = [made[k]["whole"] for k in BUILDS]
    return int(any(w["cpu_s"] > TARGET_S or w["peak_mb"] > TARGET_MB for w in whole))


if __name__ == "__main__":
    sys.exit(main())
