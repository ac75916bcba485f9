"""模拟一个全国年，只用于测速 | a synthetic national year in the real file format, for timing only.

    python tests/bench/make_national_year.py FOLDER [--days N] [--stations N]

writes ``FOLDER/landing/china_sites_YYYYMMDD.csv`` from 2024-01-01 on, one file more than days (hour 0 of a file
is 24:00 of the day before, so the last day needs it), and ``FOLDER/stations.csv`` in the layout of the 2022 list.
The values are invented: right in format, range, autocorrelation and share of missing cells, and nothing else.
"""

import argparse
import csv
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import cycle, islice
from pathlib import Path

import numpy as np

from sources.simulation.files import StationFiles, write_bytes
from sources.simulation.platform import MISSING, publish
from warehouse import standards

FIRST = date(2024, 1, 1)
DAYS, STATIONS, CITIES = 366, 1800, 340
SEED = 20240101
CHUNK = 12
_LEVEL = {"PM2.5": 34.0, "PM10": 62.0, "SO2": 9.0, "NO2": 26.0, "O3": 62.0, "CO": 6.5}
_WINTER = {"PM2.5": 0.45, "PM10": 0.35, "SO2": 0.35, "NO2": 0.30, "O3": -0.45, "CO": 0.25}
_DIURNAL = {"PM2.5": 0.10, "PM10": 0.12, "SO2": 0.10, "NO2": 0.30, "O3": -0.55, "CO": 0.15}
_SHARED = {"PM2.5": 0.45, "PM10": 0.40, "SO2": 0.25, "NO2": 0.30, "O3": 0.25, "CO": 0.25}
_NOISE = {"PM2.5": 0.14, "PM10": 0.16, "SO2": 0.20, "NO2": 0.16, "O3": 0.12, "CO": 0.14}
_GAP_SHARE, _CELL_SHARE = 0.004, 0.012


def station_codes(n: int) -> list[str]:
    """Codes as the national network uses them: ``1001A`` and on."""
    return [f"{1001 + i}A" for i in range(n)]


@cache
def _anchors(day_number: int, n: int) -> dict[str, np.ndarray]:
    """Deviation of every station from its usual level at the start of a day, shared within a city in part."""
    rng = np.random.default_rng((SEED, day_number + 1))
    stagnant = np.repeat(rng.standard_normal(-(-n // 6)), 6)[:n]
    own = {p: rng.standard_normal(n) * 0.15 for p in standards.POLLUTANTS}
    return {p: _SHARED[p] * (stagnant if p != "O3" else -stagnant) + own[p] for p in standards.POLLUTANTS}


def hour_values(day_number: int, n: int) -> np.ndarray:
    """1 h values of labels 0…23 of one file: int32 (6, 24, n) [µg/m³, CO 0.1 mg/m³], about 3 % `MISSING`."""
    rng = np.random.default_rng((SEED + 1, day_number + 1))
    usual = np.random.default_rng(SEED).normal(0.0, 0.25, n)
    season = np.cos(2 * np.pi * (day_number - 15) / 365.25)
    hour = np.arange(24)[:, None]
    rush = np.cos(2 * np.pi * (hour - 21) / 24)
    before, after = _anchors(day_number, n), _anchors(day_number + 1, n)
    values = np.empty((len(standards.POLLUTANTS), 24, n), np.int32)
    for i, p in enumerate(standards.POLLUTANTS):
        drift = before[p] + (after[p] - before[p]) * hour / 24
        noise = rng.standard_normal((24, n), np.float32) * _NOISE[p]
        level = usual + _WINTER[p] * season + _DIURNAL[p] * rush + drift + noise
        values[i] = np.rint(_LEVEL[p] * np.exp(level)).clip(1, 900)
    pm25, pm10 = standards.POLLUTANTS.index("PM2.5"), standards.POLLUTANTS.index("PM10")
    values[pm10] = np.maximum(values[pm10], values[pm25])
    values[rng.random(values.shape, np.float32) < _CELL_SHARE] = MISSING
    starts = np.argwhere(rng.random((24, n), np.float32) < _GAP_SHARE)
    for (first, station), length in zip(starts, rng.integers(2, 9, len(starts)), strict=True):
        values[:, first : first + length, station] = MISSING
    return values


def write_days(first: int, last: int, folder: Path, n: int) -> int:
    """Write the files of some day numbers and return their bytes."""
    hours = np.concatenate([hour_values(d, n) for d in range(first - 1, last + 1)], axis=1)
    sets = ("2012",)
    shown = publish(hours, sets, np.zeros(hours.shape[1], np.int64))
    files = StationFiles(station_codes(n), [None] * n)
    written = 0
    for i, number in enumerate(range(first, last + 1)):
        day = FIRST + timedelta(days=number)
        data = files.text(day, shown[:, (i + 1) * 24 : (i + 2) * 24], range(24)).encode()
        moment = datetime.combine(day, datetime.min.time()) + timedelta(days=1, hours=1)
        write_bytes(folder / f"china_sites_{day:%Y%m%d}.csv", data, moment)
        written += len(data)
    return written


def write_stations(path: Path, n: int) -> None:
    """Write a station list of the 2022 layout, the stations spread in runs of a few over real cities."""
    cities = standards.load("city").head(CITIES)
    picked = sorted(islice(cycle(range(len(cities))), n))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(
            ["监测点编码", "监测点名称", "城市", "经度", "纬度", "对照点", "省级行政区", "地级行政区"]
        )
        for i, (code, city) in enumerate(zip(station_codes(n), picked, strict=True)):
            row = cities.iloc[city]
            place = [f"{100 + city % 20 + i % 7 / 100:.4f}", f"{25 + city % 17 + i % 5 / 100:.4f}"]
            out.writerow(
                [code, f"测速点{i + 1}", row["short_zh"], *place, "N", row["province_zh"], row["name_zh"]]
            )


def make(folder: Path, days: int = DAYS, n: int = STATIONS, processes: int = 2) -> int:
    """Write a year, or its first days, with the station list; returns the bytes written."""
    write_stations(folder / "stations.csv", n)
    firsts = list(range(0, days + 1, CHUNK))
    lasts = [min(f + CHUNK - 1, days) for f in firsts]
    work = partial(write_days, folder=folder / "landing", n=n)
    with ProcessPoolExecutor(max_workers=processes) as pool:
        return sum(pool.map(work, firsts, lasts))


def main() -> None:
    """Write the files that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--days", type=int, default=DAYS, help=f"natural days, default {DAYS}")
    parser.add_argument("--stations", type=int, default=STATIONS, help=f"default {STATIONS}")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    begun = time.perf_counter()
    written = make(given.folder, given.days, given.stations, given.processes)
    took = time.perf_counter() - begun
    print(f"{given.folder}: {given.days + 1} files, {written / 1e6:.0f} MB, {took:.1f} s")


if __name__ == "__main__":
    main()
