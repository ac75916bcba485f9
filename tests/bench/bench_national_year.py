"""一个全国年从文件到发布的用时与内存 | a national year, from files to the published database: time and memory.

    python tests/bench/make_national_year.py DATA
    python tests/bench/bench_national_year.py DATA --work FOLDER [--pandas-days N] [--json FILE]

Times whole processes one after the other in one run, on files that were read just before (warm cache):

a. reading the bytes (``cat``), the floor;
b. the same computation in plain pandas (`pandas_baseline.py`);
c. ``fenwei run`` on an empty home;
d. ``fenwei run`` again, with nothing to do;
e. ``fenwei run`` after one more daily file arrived, on the home that holds the year;
f. ``fenwei run`` after the file of a day in mid-year came again with one value corrected.

Seconds are wall time, memory is the peak resident set of the process (Linux). A child begins as a copy of this
process and its peak counts that, so everything large is done in a process of its own.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Timing:
    """One whole process."""

    name: str
    what: str
    seconds: float
    peak_mb: float
    scaled_from_days: int | None = None


def timed(name: str, what: str, command: Sequence[str], log: Path) -> Timing:
    """Run a command to its end and measure it.

    Raises
    ------
    SystemExit
        It ended with an error; its output is in the log.
    """
    with log.open("ab") as out:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=out)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise SystemExit(f"{name}: exit code {process.returncode}: {' '.join(command)[:200]}\n{tail}")
    print(f"  {name}  {what}: {seconds:.2f} s, {usage.ru_maxrss / 1024:.0f} MB", file=sys.stderr)
    return Timing(name, what, seconds, usage.ru_maxrss / 1024)


def apart(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in another process, so that this one stays small."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def read_bytes(files: Sequence[Path], log: Path) -> Timing:
    """Time ``cat`` of all files to nowhere, after one pass that warms the cache."""
    command = ["sh", "-c", 'cat "$@" | cat >/dev/null', "cat", *map(str, files)]
    subprocess.run(command, check=True)
    return timed("a", "cat", command, log)


def pandas(data: Path, landing: Path, work: Path, days: int, all_days: int, log: Path) -> Timing:
    """Time the pandas baseline on some days and scale it to all of them where they are fewer."""
    command = [sys.executable, str(HERE / "pandas_baseline.py"), "--landing", str(landing)]
    command += [
        "--stations",
        str(data / "stations.csv"),
        "--to",
        str(work / "pandas.duckdb"),
        "--days",
        str(days),
    ]
    found = timed("b", f"pandas, {days} days", command, log)
    if days == all_days:
        return found
    what = f"pandas, {days} days × {all_days / days:.1f} (scaled)"
    return Timing("b", what, found.seconds * all_days / days, found.peak_mb, days)


def fenwei(
    name: str, what: str, home: Path, landing: Path, stations: Path, as_of: datetime, log: Path
) -> Timing:
    """Time one ``fenwei run``."""
    command = [
        sys.executable,
        "-m",
        "pipelines.cli.main",
        "run",
        "--home",
        str(home),
        "--landing",
        str(landing),
    ]
    command += ["--stations", str(stations), "--as-of", as_of.isoformat()]
    return timed(name, what, command, log)


def agreement(home: Path, other: Path) -> dict[str, tuple[int, int]]:
    """Rows with the same AQI in both databases, and rows compared, by table."""
    keys = {
        "station_hour": ("station_code", "hour_end"),
        "station_day": ("station_code", "day"),
        "city_hour": ("city_code", "hour_end"),
        "city_day": ("city_code", "day"),
    }
    import duckdb

    found = {}
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{home / 'publish' / 'fenwei.duckdb'}' AS ours (READ_ONLY)")
        con.execute(f"ATTACH '{other}' AS theirs (READ_ONLY)")
        for table, (code, moment) in keys.items():
            row = con.execute(
                "SELECT count(*) FILTER (o.aqi IS NOT DISTINCT FROM t.aqi::INTEGER), count(*)"
                f" FROM ours.air.{table} o JOIN theirs.{table} t"
                f" ON o.{code} = t.{code}::VARCHAR AND o.{moment} = t.{moment}"
            ).fetchone()
            found[table] = (int(row[0]), int(row[1])) if row else (0, 0)
    return found


def add_day(landing: Path) -> datetime:
    """Add the file of the day after the last one and return the moment it is all there."""
    import make_national_year as year

    last = max(landing.glob("china_sites_*.csv")).stem[-8:]
    number = (date(int(last[:4]), int(last[4:6]), int(last[6:])) - year.FIRST).days + 1
    with max(landing.glob("china_sites_*.csv")).open(encoding="utf-8") as handle:
        n_stations = handle.readline().count(",") - 2
    year.write_days(number, number, landing, n_stations)
    return datetime.combine(year.FIRST + timedelta(days=number + 1), datetime.min.time()) + timedelta(hours=2)


def correct_day(landing: Path) -> None:
    """Deliver the file in the middle again, newer and with one PM2.5 value of 05:00 changed."""
    files = sorted(landing.glob("china_sites_*.csv"))
    file = files[len(files) // 2]
    lines = file.read_text(encoding="utf-8").split("\n")
    row = next(i for i, line in enumerate(lines) if line.split(",", 3)[1:3] == ["5", "PM2.5"])
    cells = lines[row].split(",")
    at = next(i for i, cell in enumerate(cells) if i > 2 and cell)
    cells[at] = str(int(cells[at]) + 1)
    lines[row] = ",".join(cells)
    file.unlink()  # a link to the data, which stay as they are
    file.write_text("\n".join(lines), encoding="utf-8")


def table(timings: Sequence[Timing]) -> str:
    """Timings with their ratios to pandas and to reading the bytes, as text."""
    seconds = {t.name: t.seconds for t in timings}
    lines = [f"{'':2} {'':44} {'s':>8} {'MB':>7} {'× cat':>8} {'pandas / it':>12}"]
    for t in timings:
        against = f"{seconds['b'] / t.seconds:12.1f}" if "b" in seconds else ""
        ratio = t.seconds / seconds["a"]
        lines.append(f"{t.name:2} {t.what:44} {t.seconds:8.2f} {t.peak_mb:7.0f} {ratio:8.1f} {against}")
    return "\n".join(lines)


def main() -> None:
    """Time everything once and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder made by make_national_year.py")
    parser.add_argument(
        "--work", type=Path, required=True, help="folder for homes and results; what is in it is replaced"
    )
    parser.add_argument(
        "--pandas-days",
        type=int,
        help="time pandas on this many days and scale; default all; 0 leaves it out",
    )
    parser.add_argument("--json", type=Path, help="also write the result here")
    given = parser.parse_args()
    work: Path = given.work
    home, landing, log = work / "home", work / "landing", work / "bench.log"
    for old in (home, landing):
        shutil.rmtree(old, ignore_errors=True)
    landing.mkdir(parents=True)
    log.unlink(missing_ok=True)
    files = sorted((given.data / "landing").glob("china_sites_*.csv"))
    for file in files:
        os.link(file, landing / file.name)
    n_days, size = len(files) - 1, sum(f.stat().st_size for f in files)
    last = datetime.strptime(files[-1].stem[-8:], "%Y%m%d")
    stations = given.data / "stations.csv"
    as_of = last + timedelta(days=1, hours=2)

    timings = [read_bytes(files, log)]
    pandas_days = n_days if given.pandas_days is None else min(given.pandas_days, n_days)
    if pandas_days:
        timings.append(pandas(given.data, landing, work, pandas_days, n_days, log))
    timings.append(fenwei("c", "fenwei run, empty home", home, landing, stations, as_of, log))
    agreed = apart(agreement, home, work / "pandas.duckdb") if pandas_days else {}
    timings.append(fenwei("d", "fenwei run, nothing to do", home, landing, stations, as_of, log))
    after = apart(add_day, landing)
    timings.append(fenwei("e", "fenwei run, one more day", home, landing, stations, after, log))
    correct_day(landing)
    timings.append(fenwei("f", "fenwei run, one day corrected", home, landing, stations, after, log))

    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    duckdb_version = version("duckdb")
    print(f"{len(files)} files, {size / 1e6:.0f} MB, {n_days} days; {machine}, duckdb {duckdb_version}")
    print(table(timings))
    for name, (same, compared) in agreed.items():
        print(f"AQI of {name}: {same} of {compared} equal to pandas")
    if given.json:
        document = {
            "files": len(files),
            "bytes": size,
            "days": n_days,
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "duckdb": duckdb_version,
            "timings": [asdict(t) for t in timings],
            "aqi_equal_to_pandas": agreed,
        }
        given.json.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
