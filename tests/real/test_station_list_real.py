from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sources import station_list

LISTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "stations"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not LISTS.is_dir(), reason="the station lists in ../shared/data are not here"),
]


@pytest.fixture(scope="module")
def list_2020() -> tuple[pd.DataFrame, pd.DataFrame]:
    return station_list.read(LISTS / "stations_2020-01-01.csv")


@pytest.fixture(scope="module")
def list_2022() -> tuple[pd.DataFrame, pd.DataFrame]:
    return station_list.read(LISTS / "stations_2022-02-13_gbk.csv")


def test_2020_keeps_the_first_of_the_doubled_code(list_2020: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    frame, rejects = list_2020
    assert len(frame) == 1640
    assert rejects[["line", "text", "reason_code"]].values.tolist() == [[1633, "3207A", "row_repeated"]]


def test_2022_is_read_whole(list_2022: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    frame, rejects = list_2022
    assert len(frame) == 2026 and rejects.empty


@pytest.mark.parametrize("which", ["list_2020", "list_2022"])
def test_every_city_resolves(which: str, request: pytest.FixtureRequest) -> None:
    frame, _ = request.getfixturevalue(which)
    assert frame.loc[frame["city_code"].isna(), "city_name"].tolist() == []


def test_city_agrees_with_the_prefecture_named_beside_it(
    list_2022: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    frame, _ = list_2022
    fenwei = frame[frame["province_zh"].isin(["陕西省", "山西省", "河南省"])]
    prefix = fenwei["province_zh"].map({"陕西省": "61", "山西省": "14", "河南省": "41"})
    assert (fenwei["city_code"].str[:2] == prefix).all()


def test_control_points_and_units_of_xian(list_2022: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    frame = list_2022[0].set_index("station_code")
    assert not frame.loc["1472A", "counts"]
    assert frame.loc["1082A", "is_control"] and frame.loc["1082A", "counts"]
    assert frame.index[frame["unit_id"] == "xixian"].tolist() == ["3606A", "3607A", "3608A"]
    assert (frame["city_code"] == "610100").sum() == 18
