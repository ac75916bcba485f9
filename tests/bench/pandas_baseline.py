"""对照：同样的计算用普通 pandas 做 | the yardstick: the computation of ``fenwei run`` in plain pandas.

    python tests/bench/pandas_baseline.py --landing DIR --stations FILE --to OUT.duckdb [--days N]

One process, whole columns at a time, nothing clever and nothing slowed down. It does less than the system: no
quality flags, no account of files and hours, no evaluation, no Parquet, no published version.
"""

import argparse
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from warehouse.standards import DAY_ITEM, HOUR_ITEM, POLLUTANTS, load

LIST = list(POLLUTANTS)
MIN_HOURS, MIN_HOURS_8H, MIN_WINDOWS = 20, 6, 14
STATION_SHARE, STATION_SHARE_SMALL, SMALL_CITY = 0.75, 0.5, 4
O3_LIMIT = 160.0


def breakpoints(items: dict[str, str]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Concentrations and IAQI of the items used, HJ 633-2012."""
    table = load("iaqi_breakpoint")
    table = table[table["aqi_standard"] == "HJ633-2012"]
    found = {}
    for pollutant, item in items.items():
        rows = table[table["item"] == item].sort_values("iaqi")
        found[pollutant] = (rows["concentration"].to_numpy(float), rows["iaqi"].to_numpy(float))
    return found


def add_index(frame: pd.DataFrame, items: dict[str, str], *, needs_all: bool) -> None:
    """Add ``aqi`` and ``primary_pollutants`` to columns of concentrations, in place."""
    table = breakpoints(items)
    iaqi = np.full((len(frame), len(LIST)), np.nan)
    for i, p in enumerate(LIST):
        rounded = frame[p].round(1 if p == "CO" else 0)
        iaqi[:, i] = np.ceil(np.round(np.interp(rounded, *table[p]), 6))
    missing = np.isnan(iaqi)
    aqi = np.where(missing, -1, iaqi).max(axis=1)
    withheld = missing.any(axis=1) & (aqi <= 100) if needs_all else False
    frame["aqi"] = np.where((aqi < 0) | withheld, np.nan, aqi)
    leading = (iaqi == aqi[:, None]) & (frame["aqi"].to_numpy() > 50)[:, None]
    names = np.array([",".join(p for i, p in enumerate(LIST) if mask >> i & 1) for mask in range(64)], object)
    frame["primary_pollutants"] = names[leading @ (1 << np.arange(len(LIST)))]


def read(path: Path) -> pd.DataFrame:
    """Hours of one file: one row per hour and station, one column per pollutant."""
    raw = pd.read_csv(path)
    tidy = raw[raw["type"].isin(LIST)].melt(["date", "hour", "type"], var_name="station_code")
    tidy = tidy.dropna(subset="value")
    ends = pd.to_datetime(tidy["date"].astype(str)) + pd.to_timedelta(tidy["hour"], unit="h")
    tidy = tidy.assign(hour_end=ends)
    wide = tidy.pivot(index=["hour_end", "station_code"], columns="type", values="value")
    return wide.reindex(columns=LIST).rename_axis(columns=None).reset_index()


def station_hours(files: list[Path], last: date) -> pd.DataFrame:
    """All hours of whole natural days with AQI and primary pollutants."""
    hours = pd.concat([read(f) for f in files], ignore_index=True)
    hours["day"] = (hours["hour_end"] - pd.Timedelta(seconds=1)).dt.normalize()
    first = pd.Timestamp(files[0].stem[-8:])
    hours = hours[(hours["day"] >= first) & (hours["day"] <= pd.Timestamp(last))].copy()
    hours["station_code"] = hours["station_code"].astype("category")
    add_index(hours, HOUR_ITEM, needs_all=False)
    return hours


def mda8(hours: pd.DataFrame) -> pd.Series:
    """Largest 8 h mean of each natural day among the windows ending at 8…24."""
    wide = hours.pivot(index="hour_end", columns="station_code", values="O3").asfreq("h")
    means = wide.rolling(8, min_periods=MIN_HOURS_8H).mean()
    end = means.index - pd.Timedelta(seconds=1)
    means = means[end.hour >= 7]
    by_day = means.groupby(end[end.hour >= 7].normalize())
    highest, windows = by_day.max(), by_day.count()
    highest = highest.where((windows >= MIN_WINDOWS) | (highest.round() > O3_LIMIT))
    return highest.rename_axis(index="day").stack(future_stack=True).rename("O3")


def station_days(hours: pd.DataFrame) -> pd.DataFrame:
    """Daily statistics, AQI and primary pollutants of every station."""
    by_day = hours.groupby(["day", "station_code"], observed=True)[LIST]
    mean, count = by_day.mean(), by_day.count()
    days = mean.where(count >= MIN_HOURS).drop(columns="O3").join(mda8(hours))[LIST]
    days = days.join(count.add_prefix("n_hours_")).reset_index()
    add_index(days, DAY_ITEM, needs_all=True)
    return days


def city_means(
    values: pd.DataFrame, time: str, items: dict[str, str], city: pd.Series, *, needs_all: bool
) -> pd.DataFrame:
    """Means over a city's stations and the AQI of those means."""
    values = values[[time, "station_code", *LIST]].copy()
    values["city_code"] = values["station_code"].map(city).astype("category")
    values = values.dropna(subset="city_code")
    month = (
        values[time].dt.to_period("M")
        if time == "day"
        else (values[time] - pd.Timedelta(seconds=1)).dt.to_period("M")
    )
    expected = values.groupby([month, "city_code"], observed=True)["station_code"].nunique()
    by_city = values.groupby([time, "city_code"], observed=True)[LIST]
    mean, count = by_city.mean(), by_city.count()
    ends = mean.index.get_level_values(time)
    months = (ends if time == "day" else ends - pd.Timedelta(seconds=1)).to_period("M")
    n = expected.reindex(
        pd.MultiIndex.from_arrays([months, mean.index.get_level_values("city_code")])
    ).to_numpy()
    needed = np.ceil(n * np.where(n < SMALL_CITY, STATION_SHARE_SMALL, STATION_SHARE))
    frame = mean.where(count.ge(needed, axis=0)).assign(n_stations_expected=n).reset_index()
    add_index(frame, items, needs_all=needs_all)
    return frame


def run(landing: Path, stations: Path, to: Path, days: int | None) -> None:
    """Read the files, compute, and write four tables."""
    files = sorted(landing.glob("china_sites_*.csv"))
    files = files if days is None else files[: days + 1]
    last = date.fromisoformat(files[-1].stem[-8:]) - timedelta(days=1)
    listed = pd.read_csv(stations)
    code_of_city = load("city").set_index("name_zh")["city_code"]
    city = listed.set_index("监测点编码")["地级行政区"].map(code_of_city)
    hours = station_hours(files, last)
    by_day = station_days(hours)
    tables = {
        "station_hour": hours,
        "station_day": by_day,
        "city_hour": city_means(hours, "hour_end", HOUR_ITEM, city, needs_all=False),
        "city_day": city_means(by_day, "day", DAY_ITEM, city, needs_all=True),
    }
    to.unlink(missing_ok=True)
    with duckdb.connect(str(to)) as con:
        for name, frame in tables.items():
            con.register("frame", frame)
            con.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
            con.unregister("frame")


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--landing", type=Path, required=True)
    parser.add_argument("--stations", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--days", type=int, help="only the first natural days")
    given = parser.parse_args()
    run(given.landing, given.stations, given.to, given.days)


if __name__ == "__main__":
    main()
