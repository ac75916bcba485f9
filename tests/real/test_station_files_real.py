"""The measured files of the national network, counted by pandas and by us."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sources.station_files import ALL_TYPES, HOUR_TYPES, MISSING, parse, read, variable_name

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("FENWEI_SHARED_DATA", ROOT.parent / "shared" / "data"))

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not DATA.is_dir(), reason=f"no measured data: {DATA} is absent (set FENWEI_SHARED_DATA)"
    ),
]


def by_pandas(path, kind):
    table = pd.read_csv(path, encoding="utf-8-sig")
    table = table[table["type"] == kind].set_index("hour").drop(columns=["date", "type"])
    table = table.loc[:, ~table.columns.str.contains(r"\.\d+$")]
    return table.apply(pd.to_numeric)


def test_a_year_of_the_fenwei_plain():
    result = read([DATA / "fenwei_2019"])
    assert len(result.files) == 362 and set(result.files["status"]) == {"read"}
    assert len(result.rejects) == 0
    assert dict(result.cube.sizes) == {"hour_end": 8760, "station": 97}
    assert (
        sum(int((result.cube[name] != MISSING).sum()) for name in result.cube.data_vars)
        == result.files["n_values"].sum()
    )
    for day in ("20190101", "20190704", "20191231"):
        for kind in HOUR_TYPES:
            table = by_pandas(DATA / "fenwei_2019" / f"china_sites_{day}.csv", kind)
            hours = pd.Timestamp(day) + pd.to_timedelta(table.index, unit="h")
            ours = result.cube[variable_name(kind)].sel(hour_end=hours, station=list(table.columns)).values
            scale = 10 if kind == "CO" else 1
            expected = (table * scale).round().fillna(MISSING).to_numpy().astype(np.int64)
            assert np.array_equal(ours, expected), (day, kind)


def test_the_national_week():
    result = read([DATA / "national_2019"], ALL_TYPES)
    assert dict(result.cube.sizes) == {"hour_end": 168, "station": 1605}
    # the files end without a line end: the last CO_24h value of a day, if any, cannot be told from a cut one
    assert set(result.rejects["reason_code"]) <= {"unfinished_cell"} and len(result.rejects) <= 7
    for day in ("20190110", "20190116"):
        path = DATA / "national_2019" / f"china_sites_{day}.csv"
        hours = parse(path.read_bytes())
        assert hours.n_values == sum(
            int(by_pandas(path, kind).notna().to_numpy().sum()) for kind in HOUR_TYPES
        )
        of_day = result.cube.isel(hour_end=result.cube["hour_end"].dt.strftime("%Y%m%d").values == day)
        assert hours.n_values == sum(
            int((of_day[variable_name(kind)] != MISSING).sum()) for kind in HOUR_TYPES
        )


def test_the_damaged_download():
    data = (DATA / "damaged" / "china_sites_20190220.csv").read_bytes()
    hours = parse(data, ALL_TYPES)
    assert len(hours.rejects) == 1
    reject = hours.rejects.iloc[0]
    assert (reject.line, reject.reason_code, reject["item"]) == (
        data.count(b"\n") + 1,
        "truncated_line",
        "AQI",
    )
    assert pd.Timestamp(reject.hour_end) == pd.Timestamp("2019-02-20 07:00")
    # the cut line is the first of the eighth hour
    assert [str(hour)[11:13] for hour in hours.hour_end] == [f"{h:02}" for h in range(7)]
    frame = pd.read_csv(DATA / "damaged" / "china_sites_20190220.csv").iloc[:-1]
    assert hours.n_values == int(frame.drop(columns=["date", "hour", "type"]).notna().to_numpy().sum())
