"""Small homes for the pipeline tests: files of a few stations, the real steps, and what is left afterwards."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from pipelines import steps
from pipelines.due import Due, due
from pipelines.home import Home
from sources.station_files import ALL_TYPES
from warehouse import checks, decisions
from warehouse.publish import Published
from warehouse.standards import HOUR_COLUMN, POLLUTANTS

STATIONS = {"1462A": "西安", "1463A": "西安", "1464A": "西安", "1472A": "宝鸡"}
STATION_LIST = "监测点编码,监测点名称,城市,经度,纬度\n" + "".join(
    f"{code},{city}{i}号,{city},108.{i + 1},34.{i + 1}\n" for i, (code, city) in enumerate(STATIONS.items())
)
CODES = tuple(STATIONS)
AS_OF = datetime(2019, 1, 20, 12)
D5, D6, D7 = date(2019, 1, 5), date(2019, 1, 6), date(2019, 1, 7)
CHECKED = frozenset(check.table for check in checks.all_checks())
BOOKKEEPING = {"ops.run", "ops.check_result", "ops.about"}
SECOND = 1_000_000_000

Override = Mapping[tuple[int, str, str], object]


def usual(day: date, hour: int, kind: str, station: int) -> object:
    """A plausible value that differs by day, hour, type and station."""
    number = 30 + (day.toordinal() * 7 + hour * 5 + POLLUTANTS.index(kind) * 11 + station * 3) % 40
    return number / 10 if kind == "CO" else number


def station_text(
    day: date,
    hours: Iterable[int] = range(24),
    stations: Sequence[str] = CODES,
    values: Override | None = None,
    types: Sequence[str] = POLLUTANTS,
    add: int = 0,
) -> str:
    """Text of a station file; ``values`` overrides single cells by (hour, type, station)."""
    given = values or {}
    lines = ["date,hour,type," + ",".join(stations)]
    for hour in hours:
        for kind in ALL_TYPES:
            if kind not in types:
                continue
            cells = []
            for code in stations:
                usual_value = usual(day, hour, kind, CODES.index(code) if code in CODES else 9)
                cell = given.get((hour, kind, code), usual_value + add)  # type: ignore[operator]
                cells.append("" if cell is None else str(cell))
            lines.append(f"{day:%Y%m%d},{hour},{kind}," + ",".join(cells))
    return "\n".join(lines) + "\n"


def name_of(day: date) -> str:
    return f"china_sites_{day:%Y%m%d}.csv"


@cache
def _prepared() -> Path:
    """A warehouse with schema and stations, made once: making it costs more than a small run."""
    root = Path(tempfile.mkdtemp(prefix="fenwei-test-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    town = Town(root, prepared=False)
    town.put("stations.csv", STATION_LIST)
    steps.land_step(town.context())
    with town.context().store().writing("test") as con:
        con.execute("DELETE FROM ops.source_file")
        con.execute("DELETE FROM ops.run")
    return town.home.warehouse


class Town:
    """A home that knows four stations, driven through the real steps."""

    def __init__(self, root: Path, as_of: datetime = AS_OF, *, parquet: bool = False, prepared: bool = True):
        home = Home(root)
        settings = replace(home.settings, publish_parquet=parquet, publish_site=False, max_file_mb=4)
        self.home = replace(home, settings=settings)
        self.as_of = as_of
        self.keep_open = False
        self.reader: duckdb.DuckDBPyConnection | None = None
        self.home.landing.mkdir(parents=True)
        if prepared:
            self.home.warehouse.parent.mkdir()
            shutil.copyfile(_prepared(), self.home.warehouse)

    def put(self, name: str, content: str | bytes, at: int = 100) -> Path:
        """Land a file with a modification time [s]."""
        path = self.home.landing / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        os.utime(path, ns=(at * SECOND, at * SECOND))
        return path

    def day(self, day: date, at: int = 100, name: str | None = None, **how: Any) -> Path:
        """Land a station file."""
        return self.put(name or name_of(day), station_text(day, **how), at)

    def context(self) -> steps.RunContext:
        self.close()
        return steps.RunContext(self.home, self.as_of)

    def run(
        self, window: tuple[date, date] | None = None, *, force: bool = False, publish: bool = True
    ) -> Published | None:
        """All steps in the order of the job."""
        context = self.context()
        self.take(window, force=force)
        steps.city_day_step(context)
        steps.judge_step(context)
        steps.check_step(context, CHECKED)
        return steps.publish_step(context) if publish else None

    def take(self, window: tuple[date, date] | None = None, *, force: bool = False) -> None:
        """Only the steps that take files in and compute hours and station days."""
        context = self.context()
        steps.land_step(context)
        self.summary = steps.refresh_step(context, window, force=force)

    def rest(self) -> Published:
        """The steps that follow."""
        context = self.context()
        steps.city_day_step(context)
        steps.judge_step(context)
        steps.check_step(context, CHECKED)
        return steps.publish_step(context)

    def due(self) -> Due:
        return due(self.context())

    def accept(self, path: Path | str, by: str = "王工") -> None:
        decisions.record(
            self.home.state,
            "accept_file",
            str(path),
            self.file(path)["sha256"],
            by,
            self.as_of,
        )

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The warehouse, opened to look at; kept open until the next step where ``keep_open`` is set."""
        if self.reader is None:
            self.reader = duckdb.connect(str(self.home.warehouse), read_only=True)
        try:
            yield self.reader
        finally:
            if not self.keep_open:
                self.close()

    def close(self) -> None:
        if self.reader is not None:
            self.reader.close()
            self.reader = None

    def rows(self, sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        with self.reading() as con:
            return con.execute(sql, parameters or []).fetchall()

    def dicts(self, sql: str, parameters: Any = None) -> list[dict[str, Any]]:
        with self.reading() as con:
            found = con.execute(sql, parameters or [])
            names = [c[0] for c in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def file(self, path: Path | str) -> dict[str, Any]:
        """The current account of a path."""
        rows = self.dicts(
            "SELECT * FROM ops.source_file WHERE path = ? AND status <> 'superseded'", [str(path)]
        )
        assert len(rows) == 1, f"{len(rows)} accounts of {path}"
        return rows[0]

    def rejects(self, path: Path | str) -> list[dict[str, Any]]:
        return self.dicts("SELECT * FROM ops.rejected_value WHERE path = ? ORDER BY ALL", [str(path)])

    def value(self, code: str, hour_end: datetime, pollutant: str) -> object:
        rows = self.rows(
            f"SELECT {HOUR_COLUMN[pollutant]} FROM air.station_hour WHERE station_code = ? AND hour_end = ?",
            [code, hour_end],
        )
        return rows[0][0] if rows else None

    def hours(self, day: date) -> dict[tuple[str, datetime, str], object]:
        """Kept values of the hours labelled with a date (``day`` 00:00 … 23:00)."""
        start = datetime.combine(day, datetime.min.time())
        names = ", ".join(HOUR_COLUMN.values())
        rows = self.rows(
            f"SELECT station_code, hour_end, {names} FROM air.station_hour WHERE hour_end BETWEEN ? AND ?",
            [start, start + timedelta(hours=23)],
        )
        return {
            (code, hour, kind): value
            for code, hour, *values in rows
            for kind, value in zip(HOUR_COLUMN, values, strict=True)
            if value is not None
        }

    def tables(self, leave_out: Iterable[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table that data decide, times and run ids aside."""
        out = {}
        with self.reading() as con:
            names = con.execute(
                "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
                " WHERE schema_name IN ('air', 'ops') ORDER BY ALL"
            ).fetchall()
            for (name,) in names:
                if name in BOOKKEEPING or name in leave_out:
                    continue
                what = "* EXCLUDE (seen_at, run_id)" if name == "ops.source_file" else "*"
                out[name] = con.execute(f"SELECT {what} FROM {name} ORDER BY ALL").fetchall()
        return out

    def air(self) -> dict[str, list[tuple[Any, ...]]]:
        """The tables of schema ``air``: what a reader sees."""
        return {name: rows for name, rows in self.tables().items() if name.startswith("air.")}


def expected(
    day: date, hours: Iterable[int] = range(24), stations: Sequence[str] = CODES, add: int = 0
) -> dict[tuple[str, datetime, str], object]:
    """What an undamaged file of `station_text` puts into ``air.station_hour``."""
    start = datetime.combine(day, datetime.min.time())
    return {
        (code, start + timedelta(hours=hour), kind): usual(day, hour, kind, CODES.index(code)) + add  # type: ignore[operator]
        for hour in hours
        for kind in POLLUTANTS
        for code in stations
    }


def told(row: Mapping[str, Any]) -> bool:
    """A reason is given in both languages, with every known value filled in."""
    texts = [row["reason_zh"], row["reason_en"]]
    if not all(texts):
        return False
    return not any("?" in text.replace("download?)", "") or "{" in text for text in texts)
