"""三年企业用煤从报表到发布的用时与内存 | three years of coal by firm, from lists to the published database.

    python tests/bench/make_coal_years.py DATA [--xlsx]
    python tests/bench/bench_coal.py DATA --work FOLDER [--xlsx] [--json FILE]

Times whole processes one after the other in one run, on files that were read just before (warm cache):

a. reading the bytes (``cat``), the floor;
b. pandas reading the same files into one frame (``read_csv``; workbooks by ``read_excel`` with calamine);
c. ``fenwei run`` on an empty home: every form read, checked, loaded, summed, judged and published;
d. ``fenwei run`` again, with nothing to do;
e. ``fenwei run`` after the list of one more month arrived;
f. ``fenwei run`` after a list in the middle came again with one amount corrected.

Seconds are wall time, memory is the peak resident set of the largest process (Linux).
"""

import argparse
import csv
import io
import json
import os
import platform
import shutil
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from bench_national_year import Timing, apart, read_bytes, table, timed

TABLE = "coal.report_energy"
AS_OF = datetime(2026, 11, 22, 8)


def pandas_read(files: Sequence[Path]) -> int:
    """Read all lists into one frame with pandas, as little as one can do with them; returns its rows."""
    import pandas as pd

    frames = []
    for file in files:
        if file.suffix == ".csv":
            frames.append(pd.read_csv(file, skiprows=2, low_memory=False))
        else:
            frames.append(pd.read_excel(file, header=2, engine="calamine"))
    whole = pd.concat(frames, ignore_index=True)
    amounts = pd.to_numeric(whole["消费量-合计"], errors="coerce")
    print(f"pandas: {len(whole)} rows, {amounts.sum():.0f} t")
    return len(whole)


def published_rows(home: Path) -> dict[str, int]:
    """Rows of the larger tables of the published database; empty where a table is not there."""
    import duckdb

    found = {}
    with duckdb.connect(
        str(home / "publish" / "current" / "restricted" / "fenwei.duckdb"), read_only=True
    ) as con:
        for name in (TABLE, "coal.use_month", "coal.balance", "coal.import_finding"):
            try:
                row = con.execute(f"SELECT count(*) FROM {name}").fetchone()
            except duckdb.Error:
                continue
            found[name] = int(row[0]) if row else 0
    return found


def fenwei(name: str, what: str, home: Path, landing: Path, as_of: datetime, log: Path) -> Timing:
    """Time one ``fenwei run``."""
    command = [sys.executable, "-m", "pipelines.cli.main", "run", "--home", str(home)]
    command += ["--landing", str(landing), "--as-of", as_of.isoformat()]
    return timed(name, what, command, log)


def link(files: Sequence[Path], folder: Path) -> list[Path]:
    """Put files into a folder without copying them."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        os.link(file, folder / file.name)
    return [folder / file.name for file in files]


def correct(file: Path) -> None:
    """Deliver a CSV list again, newer and with the coal of its first firm ten tonnes lower."""
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    head, first = rows[2], rows[3]
    for heading in ("消费量-合计", "消费量-工业生产消费", "购进量-实物量"):
        at = head.index(heading)
        first[at] = str(int(first[at]) - 10)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    file.unlink()  # a link to the data, which stay as they are
    file.write_text(text.getvalue(), encoding="utf-8-sig")


def runs(data: Path, files: Sequence[Path], work: Path, log: Path) -> list[Timing]:
    """Time everything in its order; returns the timings."""
    home, landing = work / "home", work / "landing"
    inside = link(files, landing / "coal")
    lists = [f for f in inside if f.name.startswith("205-1")]
    timings = [read_bytes(inside, log)]
    again = [sys.executable, str(Path(__file__)), "--only-pandas", *map(str, lists)]
    timings.append(timed("b", "pandas, read only", again, log))
    timings.append(fenwei("c", "fenwei run, empty home", home, landing, AS_OF, log))
    timings.append(fenwei("d", "fenwei run, nothing to do", home, landing, AS_OF, log))
    link(sorted((data / "more").glob("205-1_*.csv")), landing / "coal")
    after = AS_OF + timedelta(days=30)
    timings.append(fenwei("e", "fenwei run, one more month", home, landing, after, log))
    if lists[0].suffix == ".csv":
        correct(lists[len(lists) // 2])
        timings.append(fenwei("f", "fenwei run, one list corrected", home, landing, after, log))
    return timings


def main() -> None:
    """Time everything once and print the table."""
    if sys.argv[1:2] == ["--only-pandas"]:
        pandas_read([Path(name) for name in sys.argv[2:]])
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder made by make_coal_years.py")
    parser.add_argument(
        "--work", type=Path, required=True, help="folder for homes and results; what is in it is replaced"
    )
    parser.add_argument("--xlsx", action="store_true", help="take the workbooks instead of the CSV files")
    parser.add_argument("--json", type=Path, help="also write the result here")
    given = parser.parse_args()
    work: Path = given.work
    for old in ("home", "landing"):
        shutil.rmtree(work / old, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    log = work / "bench.log"
    log.unlink(missing_ok=True)
    suffix = "xlsx" if given.xlsx else "csv"
    files = sorted((given.data / suffix).glob(f"*.{suffix}"))
    if not files:
        raise SystemExit(f"{given.data / suffix}: 没有文件，先运行 make_coal_years.py | no files there")
    size = sum(f.stat().st_size for f in files)
    timings = runs(given.data, files, work, log)
    rows = apart(published_rows, work / "home")
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{len(files)} files, {size / 1e6:.0f} MB; {machine}, duckdb {version('duckdb')}")
    print(table(timings))
    for name, n in rows.items():
        print(f"{name}: {n} rows")
    if given.json:
        document = {
            "files": len(files),
            "bytes": size,
            "format": suffix,
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "duckdb": version("duckdb"),
            "timings": [asdict(t) for t in timings],
            "rows": rows,
        }
        given.json.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
