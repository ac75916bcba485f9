from __future__ import annotations

import io
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sources import dust_hours, reviewed_days, station_list, targets
from sources.simulation import Simulation, simulate
from sources.simulation.platform import MISSING, TYPES, publish

# Breakpoints of the 1 h report as HJ 633-2012 and HJ 633-2026 print them (CO in mg/m³).
LEVELS = (0, 50, 100, 150, 200, 300, 400, 500)
BREAKPOINTS = {
    "SO2": (0, 150, 500, 650, 800),
    "NO2": (0, 100, 200, 700, 1200, 2340, 3090, 3840),
    "CO": (0, 5, 10, 35, 60, 90, 120, 150),
    "O3": (0, 160, 200, 300, 400, 800, 1000, 1200),
    "PM10": (0, 50, 150, 250, 350, 420, 500, 600),
    "PM2.5": (0, 35, 75, 115, 150, 250, 350, 500),
}
NEW = {"PM10": (0, 50, 120, 250, 350, 420, 500, 600), "PM2.5": (0, 35, 60, 115, 150, 250, 350, 500)}


def oracle(pollutant: str, value: Fraction, new: bool) -> int:
    points = NEW.get(pollutant, BREAKPOINTS[pollutant]) if new else BREAKPOINTS[pollutant]
    for low, high, start, end in zip(points, points[1:], LEVELS, LEVELS[1:], strict=False):
        if value <= high:
            return -(-((end - start) * (value - low) / (high - low) + start) // 1)
    return 500


def frames(folder: Path, midnight_only: bool = False) -> dict[str, pd.DataFrame]:
    """Values by type; with midnight_only the derived types at hour 0 alone, which is all that days need."""
    parts = []
    for file in sorted(folder.glob("china_sites_*.csv")):
        lines = file.read_text().splitlines()
        if midnight_only:
            lines = [
                line
                for line in lines
                if (cut := line.split(",", 3))[1] in ("hour", "0") or cut[2] in BREAKPOINTS
            ]
        parts.append(pd.read_csv(io.StringIO("\n".join(lines)), dtype={"date": str}))
    whole = pd.concat(parts, ignore_index=True)
    whole["t"] = pd.to_datetime(whole["date"]) + pd.to_timedelta(whole["hour"], unit="h")
    by_type = whole.groupby("type")
    return {str(kind): part.set_index("t").drop(columns=["date", "hour", "type"]) for kind, part in by_type}


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Simulation:
    return simulate(tmp_path_factory.mktemp("short"), first=date(2026, 2, 20), today=date(2026, 4, 25))


@pytest.fixture(scope="module")
def short_types(short: Simulation) -> dict[str, pd.DataFrame]:
    return frames(short.station_hours)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Simulation:
    return simulate(tmp_path_factory.mktemp("long"))


@pytest.fixture(scope="module")
def long_types(long: Simulation) -> dict[str, pd.DataFrame]:
    return frames(long.station_hours, midnight_only=True)


@pytest.fixture(scope="module")
def members(long: Simulation) -> pd.Series:
    frame, rejects = station_list.read(long.station_list)
    assert rejects.empty
    assert frame["name_zh"].str.contains("模拟").all()
    assert frame["station_code"].str.fullmatch(r"9\d{3}S").all()
    assert frame["city_code"].nunique() == 13 and 65 <= len(frame) <= 80
    assert set(frame["unit_id"].dropna()) == {"xixian", "610403", "610581"}
    assert (~frame["counts"]).sum() == 1
    return frame[frame["counts"]].set_index("station_code")["city_code"]


def days(values: pd.DataFrame, members: pd.Series) -> pd.DataFrame:
    ends = values[values.index.hour == 0]
    ends = ends.set_axis(ends.index - pd.Timedelta(days=1))
    return ends.T.groupby(members).mean().T


def test_file_format_and_special_days(short: Simulation) -> None:
    names = sorted(file.name for file in short.station_hours.glob("*.csv"))
    assert names[0] == "china_sites_20260220.csv" and names[-1] == "china_sites_20260425.csv"
    lines = (short.station_hours / names[1]).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("date,hour,type,9001S,9002S,")
    assert [line.split(",")[2] for line in lines[1:16]] == list(TYPES)
    assert len(lines) == 1 + 24 * 15
    last = (short.station_hours / names[-1]).read_text(encoding="utf-8").splitlines()
    assert len(last) == 1 + 9 * 15 and last[-1].startswith("20260425,8,CO_24h,")
    assert short.missing_hour == datetime(2026, 2, 24, 13)
    assert not any(
        line.startswith("20260224,13,") for line in (short.station_hours / names[4]).read_text().splitlines()
    )


def test_missing_day_and_stations_that_open_later(long: Simulation) -> None:
    assert long.missing_day == date(2026, 6, 25)
    assert not (long.station_hours / "china_sites_20260625.csv").exists()
    head = [
        (long.station_hours / f"china_sites_{day}.csv").read_text().split("\n")[0]
        for day in ("20250630", "20250701")
    ]
    assert head[1].count(",") == head[0].count(",") + 1


def test_order_of_delivery(short: Simulation) -> None:
    assert short.late_day is not None and short.corrected_day is not None and short.incomplete_day is not None

    def moment(name: str, day: date) -> int:
        return (short.station_hours / name / f"china_sites_{day:%Y%m%d}.csv").stat().st_mtime_ns

    assert moment("", short.late_day) > moment("", date.fromordinal(short.late_day.toordinal() + 2))
    assert moment("corrected", short.corrected_day) > moment("", short.corrected_day)
    assert moment("incomplete", short.incomplete_day) > moment("", short.incomplete_day)


def test_corrected_file_changes_values_and_removes_none(short: Simulation) -> None:
    name = f"china_sites_{short.corrected_day:%Y%m%d}.csv"
    first, second = (pd.read_csv(short.station_hours / part / name) for part in ("", "corrected"))
    assert (first.notna() <= second.notna()).all(axis=None)
    changed = (first["type"] == "PM10") & (first.ne(second) & second.notna()).any(axis=1)
    assert 1 <= changed.sum() <= 6


def test_incomplete_file_only_removes(short: Simulation) -> None:
    name = f"china_sites_{short.incomplete_day:%Y%m%d}.csv"
    first, second = (pd.read_csv(short.station_hours / part / name) for part in ("", "incomplete"))
    gone = first.notna() & second.isna()
    assert gone.to_numpy().sum() > 100
    assert ((first == second) | second.isna()).all(axis=None)


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    span = {"first": date(2026, 4, 8), "today": date(2026, 4, 13)}
    one, two = (simulate(tmp_path / name, **span) for name in ("one", "two"))
    other = simulate(tmp_path / "other", seed=1, **span)

    def content(run: Simulation) -> dict[str, tuple[bytes, int]]:
        found = sorted(run.folder.rglob("*.csv"))
        return {str(f.relative_to(run.folder)): (f.read_bytes(), f.stat().st_mtime_ns) for f in found}

    assert content(one) == content(two)
    assert content(one) != content(other)


def test_documents_can_be_read(long: Simulation) -> None:
    reviewed, bad = reviewed_days.read(long.reviewed_days)
    assert len(reviewed) == 10 and bad.empty
    dust, bad = dust_hours.read(long.dust_hours)
    assert bad.empty and dust["area_code"].nunique() == 13 and len(dust) == 13 * 35
    assert dust["document_no"].unique().tolist() == ["模拟文号〔2026〕1号"]
    goals, bad = targets.read(long.targets)
    assert bad.empty and set(goals["area_kind"]) == {"region", "city", "county"}
    cities = goals[goals["area_kind"] == "city"].groupby("metric").size()
    assert cities["pm25_mean"] == 13 and cities["good_days"] == 10


def test_aqi_is_the_highest_iaqi_under_the_set_of_its_day(short_types: dict[str, pd.DataFrame]) -> None:
    checked = {False: 0, True: 0}
    values = {name: short_types[name].to_numpy() for name in ("AQI", *BREAKPOINTS)}
    times = short_types["AQI"].index
    for hour in range(0, len(times), 7):
        # 2026-03-01 00:00 is 24:00 of February 28.
        new = (times[hour] - pd.Timedelta(hours=1)).date() >= date(2026, 3, 1)
        for station in range(0, values["AQI"].shape[1], 5):
            given = {name: values[name][hour, station] for name in BREAKPOINTS}
            valid = {name: value for name, value in given.items() if value >= 0}
            parts = [oracle(name, Fraction(round(value * 10), 10), new) for name, value in valid.items()]
            expected = max(parts, default=-1)
            if expected < 0 or (new and len(valid) < 6 and expected <= 100):
                assert np.isnan(values["AQI"][hour, station])
            else:
                assert values["AQI"][hour, station] == expected
                checked[new] += 1
    assert min(checked.values()) > 200


def test_means_follow_the_platform(short_types: dict[str, pd.DataFrame]) -> None:
    pm, o3 = (short_types[name].where(short_types[name] >= 0).asfreq("h") for name in ("PM2.5", "O3"))
    end = pd.Timestamp("2026-03-15")
    mean = np.rint(pm.loc["2026-03-14 01:00":end].sum() / 24)
    whole = pm.loc["2026-03-14 01:00":end].notna().all()
    assert whole.sum() > 40
    assert (mean[whole] == short_types["PM2.5_24h"].loc[end][whole]).all()
    day = o3.loc["2026-03-14 01:00":end]
    whole = day.notna().all()
    windows = np.rint(day.rolling(8).mean().round(9)).iloc[7:]
    assert (windows.max()[whole] == short_types["O3_8h_24h"].loc[end][whole]).all()
    assert (
        np.rint(day.iloc[:3].mean().round(9))[whole] == short_types["O3_8h"].loc["2026-03-14 03:00"][whole]
    ).all()
    top = o3.loc["2026-03-14 01:00":end].max()
    assert (top[whole] == short_types["O3_24h"].loc[end][whole]).all()


def test_ties_round_to_even_and_missing_stays_missing() -> None:
    values = np.full((6, 49, 1), MISSING, dtype=np.int32)
    values[0, 1:25, 0] = [2] * 12 + [3] * 12
    values[0, 25:49, 0] = [3] * 12 + [4] * 12
    found = publish(values, ("2012",), np.zeros(49, dtype=np.int64))
    mean = found[TYPES.index("PM2.5_24h"), :, 0]
    assert (mean[0], mean[24], mean[48]) == (MISSING, 2, 4)
    assert (found[TYPES.index("CO_24h")] == MISSING).all()


def test_levels_and_seasons(long_types: dict[str, pd.DataFrame], members: pd.Series) -> None:
    pm25 = days(long_types["PM2.5_24h"], members)
    assert pm25.loc["2025"].mean().between(30, 60).all() and pm25.loc["2026"].mean().between(28, 60).all()
    winter, summer = (pm25[pm25.index.month.isin(months)].mean() for months in ((12, 1, 2), (6, 7, 8)))
    assert (winter / summer > 1.5).all()
    ozone = days(long_types["O3_8h_24h"], members)
    assert ozone[ozone.index.month.isin([6, 7, 8])].quantile(0.9).between(120, 190).all()
    pm10 = days(long_types["PM10_24h"], members)
    assert (pm10.loc["2026-04-10"] > 300).all() and (
        pm10.loc["2026-04-10"] > 2.5 * pm25.loc["2026-04-10"]
    ).all()


def test_hours_are_gradual_and_correlated(long_types: dict[str, pd.DataFrame]) -> None:
    pm25 = long_types["PM2.5"].where(long_types["PM2.5"] >= 0)
    step = pm25.diff().abs().stack()
    assert step.quantile(0.99) < 30 and step.quantile(0.999) < 60
    first = pm25.iloc[:, 0].asfreq("h")
    assert first.autocorr(1) > 0.9 and first.corr(pm25.iloc[:, -1]) > 0.3


def test_faults_are_there(long_types: dict[str, pd.DataFrame]) -> None:
    assert sum(int((long_types[name] == -999).to_numpy().sum()) for name in BREAKPOINTS) > 5
    share = {name: float(long_types[name].isna().to_numpy().mean()) for name in BREAKPOINTS}
    assert all(0.01 < part < 0.08 for part in share.values()) and share["PM10"] == max(share.values())
    pm10, pm25 = long_types["PM10"], long_types["PM2.5"]
    assert ((pm25 > pm10 * 1.2 + 20) & (pm10 >= 0)).to_numpy().sum() > 0


def test_last_episode_grows_to_the_last_hour(long_types: dict[str, pd.DataFrame], members: pd.Series) -> None:
    pm25 = days(long_types["PM2.5_24h"], members).mean(axis=1)
    last = pm25.loc["2026-11-18":"2026-11-21"]
    assert last.is_monotonic_increasing and last.iloc[0] < 90 and last.iloc[-1] > 150
    xian = long_types["PM2.5"].T.groupby(members).mean().T["610100"]
    assert xian.index[-1] == pd.Timestamp("2026-11-22 08:00") and xian.iloc[-6:].mean() > 230
    assert xian.iloc[-6:].mean() > xian.iloc[-30:-24].mean() + 20


def test_impossible_spans_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="three days"):
        simulate(tmp_path, first=date(2026, 1, 2), today=date(2026, 1, 3))
