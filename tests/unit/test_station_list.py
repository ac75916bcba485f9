from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import station_list

CITIES = pd.DataFrame(
    [
        ("610100", "西安市", "西安", ""),
        ("610400", "咸阳市", "咸阳", ""),
        ("610500", "渭南市", "渭南", ""),
        ("320500", "苏州市", "苏州", ""),
        ("652200", "哈密市", "哈密", "哈密地区"),
        ("623000", "甘南藏族自治州", "甘南州", "甘南"),
        ("659001", "石河子市", "石河子", ""),
        ("654300", "阿勒泰地区", "阿勒泰", ""),
    ],
    columns=["city_code", "name_zh", "short_zh", "aliases"],
)
UNITS = pd.DataFrame(
    [
        ("xixian", "西咸新区", "610100", "西咸新区;西咸", True),
        ("610403", "杨凌示范区（杨陵区）", "610400", "杨凌;杨陵", True),
        ("610581", "韩城市", "610500", "韩城", True),
        ("320583", "昆山市", "320500", "昆山", False),
    ],
    columns=["unit_id", "name_zh", "city_code", "list_names", "in_city_mean"],
)
HEAD_2022 = "监测点编码,监测点名称,城市,经度,纬度,对照点,省级行政区,地级行政区\n"
HEAD_2020 = "监测点编码,监测点名称,城市,经度,纬度\n"


def read(text: str, overrides: str | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    extra = None if overrides is None else overrides.encode()
    return station_list.read(text.encode(), CITIES, UNITS, overrides=extra)


def one(line: str, head: str = HEAD_2022) -> dict[str, object]:
    frame, _ = read(head + line + "\n")
    return frame.iloc[0].to_dict()


@pytest.mark.parametrize(
    ("city", "prefecture", "code", "unit"),
    [
        ("西安", "西安市", "610100", None),
        ("西安市", "", "610100", None),
        ("哈密地区", "", "652200", None),
        ("甘南州", "甘南藏族自治州", "623000", None),
        ("西咸新区", "西咸新区", "610100", "xixian"),
        ("杨凌", "咸阳市", "610400", "610403"),
        ("韩城", "渭南市", "610500", "610581"),
        ("石河子", "阿勒泰地区", "659001", None),
        ("不认识", "渭南市", "610500", None),
        ("火星", "火星市", None, None),
    ],
)
def test_city_and_unit(city: str, prefecture: str, code: str | None, unit: str | None) -> None:
    row = one(f"9001S,模拟,{city},108.9,34.3,N,陕西省,{prefecture}")
    assert (row["city_code"] if pd.notna(row["city_code"]) else None) == code
    assert (row["unit_id"] if pd.notna(row["unit_id"]) else None) == unit
    assert row["counts"] is True


def test_flag_alone_removes_nothing_but_the_name_does() -> None:
    closed = one("1082A,涧河,西安,108.9,34.3,Y,陕西省,西安市")
    assert (closed["is_control"], closed["counts"]) == (True, True)
    control = one("1472A,草滩(对照点),西安,108.9,34.3,N,陕西省,西安市")
    assert (control["is_control"], control["counts"], control["counts_reason"]) == (
        True,
        False,
        station_list.COUNTS_NAME,
    )


def test_county_listed_on_its_own_does_not_count_for_the_prefecture() -> None:
    row = one("1160A,震川中学,昆山,120.9,31.4", HEAD_2020)
    assert (row["city_code"], row["unit_id"], row["counts"]) == ("320500", "320583", False)
    assert row["counts_reason"] == station_list.COUNTS_UNIT


def test_overrides_decide_and_say_why() -> None:
    stations = HEAD_2020 + "1A001,甲(对照点),西安,108.9,34.3\n1A002,乙,咸阳,108.7,34.3\n"
    frame, rejects = read(
        stations,
        "station_code,counts,unit_id,reason\n1A001,是,,复函\n1A002,0,杨凌,\n9A999,是,,\n1A002,1,,\n1A001,也许,,\n1A003,,火星,\n",
    )
    first, second = frame.to_dict("records")
    assert first["counts"] is True and first["counts_reason"] == f"{station_list.COUNTS_OVERRIDE}: 复函"
    assert (second["counts"], second["unit_id"], second["city_code"]) == (False, "610403", "610400")
    assert sorted(rejects["reason_code"]) == [
        "area_unknown",
        "row_repeated",
        "station_unknown",
        "value_not_yes_no",
    ]
    assert rejects["item"].str.startswith("overrides ").all()


def test_equal_duplicates_merge_and_unequal_are_rejected_by_line() -> None:
    line = "1001A,甲,西安,108.9,34.3\n"
    frame, rejects = read(HEAD_2020 + line + line)
    assert len(frame) == 1 and rejects.empty
    frame, rejects = read(HEAD_2020 + line + line.replace("甲", "乙"))
    assert frame["name_zh"].tolist() == ["甲"]
    assert rejects[["line", "text", "reason_code"]].values.tolist() == [[3, "1001A", "row_repeated"]]


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        ("34.3", "108.9", "position_swapped"),
        ("0", "0", "position_impossible"),
        ("108.9", "", "position_impossible"),
        ("东", "34", "value_not_number"),
    ],
)
def test_impossible_positions_are_emptied(lon: str, lat: str, code: str) -> None:
    frame, rejects = read(HEAD_2020 + f"1001A,甲,西安,{lon},{lat}\n")
    assert frame[["lon_deg", "lat_deg"]].isna().all(axis=None)
    assert rejects["reason_code"].tolist() == [code]


def test_invalid_code_is_rejected() -> None:
    frame, rejects = read(HEAD_2020 + "=1+1,甲,西安,108.9,34.3\n")
    assert frame.empty and rejects["reason_code"].tolist() == ["station_code_invalid"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            *(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=',"'), max_size=8),)
            * 5
        ),
        max_size=6,
    )
)
def test_every_row_is_kept_or_rejected(rows: list[tuple[str, ...]]) -> None:
    text = HEAD_2020 + "".join(",".join(row) + "\n" for row in rows)
    frame, rejects = read(text)
    known = set(frame["station_code"])
    for number, line in enumerate(text.splitlines()[1:], start=2):
        filled = [part for part in line.split(",") if not station_list.cells.is_blank(part)]
        code = station_list.cells.as_text(line.split(",")[0]).upper()
        assert not filled or number in set(rejects["line"]) or code in known
