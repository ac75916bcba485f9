from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import reviewed_days
from sources.reasons import REASONS
from sources.tables import TableError

CITIES = pd.DataFrame(
    [("610100", "西安市", "西安"), ("610500", "渭南市", "渭南")], columns=["city_code", "name_zh", "short_zh"]
)
UNITS = pd.DataFrame(
    [("610581", "韩城市", "610500", "韩城")], columns=["unit_id", "name_zh", "city_code", "list_names"]
)
HEAD = "代码,名称,日期,PM2.5(μg/m³),PM10,SO2,NO2,O3_8h,CO(mg/m3),文号\n"


def read(*lines: str, head: str = HEAD) -> tuple[list[dict], list[tuple]]:
    frame, rejects = reviewed_days.read((head + "\n".join(lines) + "\n").encode(), CITIES, UNITS)
    return frame.to_dict("records"), [
        tuple(row) for row in rejects[["line", "item", "reason_code"]].values.tolist()
    ]


def test_city_unit_and_station_with_empty_values() -> None:
    kept, rejects = read(
        "610100,西安市,2026/1/5,35,60,8,40,,0.9,文1",
        ",韩城,20260105,35.5,,,,,,文1",
        "9001S,模拟,2026年1月5日,,,,,120,,文1",
    )
    assert rejects == []
    assert [(r["area_kind"], r["area_code"]) for r in kept] == [
        ("city", "610100"),
        ("unit", "610581"),
        ("station", "9001S"),
    ]
    first = kept[0]
    assert first["day"] == pd.Timestamp("2026-01-05") and first["pm25_ugm3"] == 35 and first["co_mgm3"] == 0.9
    assert pd.isna(first["o3_mda8_ugm3"]) and kept[2]["o3_mda8_ugm3"] == 120
    assert list(first) == list(reviewed_days.COLUMNS)


@pytest.mark.parametrize(
    ("line", "item", "code"),
    [
        ("610100,,2026-01-05,35,60,8,40,80,0.9,", "document_no", "document_missing"),
        ("610100,,2026-01-05,35,60,8,40,80,0.9,—", "document_no", "document_missing"),
        ("610100,,,35,60,8,40,80,0.9,文", "day", "cell_required"),
        ("610100,,2026-02-30,35,60,8,40,80,0.9,文", "day", "value_not_day"),
        ("610100,,2026-01-05,,,,,,,文", "co_mgm3", "values_all_missing"),
        ("610100,,2026-01-05,-999,60,8,40,80,0.9,文", "pm25_ugm3", "value_impossible"),
        ("610100,,2026-01-05,35,60,8,40,80,900,文", "co_mgm3", "value_impossible"),
        ("610100,,2026-01-05,<3,60,8,40,80,0.9,文", "pm25_ugm3", "value_not_number"),
        ("999999,,2026-01-05,35,60,8,40,80,0.9,文", "area_code", "area_unknown"),
        (",火星,2026-01-05,35,60,8,40,80,0.9,文", "area_name", "area_unknown"),
        ("610100,渭南,2026-01-05,35,60,8,40,80,0.9,文", "area_code,area_name", "area_differs"),
        (",,2026-01-05,35,60,8,40,80,0.9,文", "area_code", "cell_required"),
    ],
)
def test_bad_lines_name_the_item(line: str, item: str, code: str) -> None:
    assert read(line) == ([], [(2, item, code)])


def test_repeated_days() -> None:
    line = "610100,,2026-01-05,35,60,8,40,80,0.9,文"
    assert read(line, line)[1] == []
    kept, rejects = read(line, line.replace("35", "36"))
    assert [r["pm25_ugm3"] for r in kept] == [35.0] and rejects == [(3, "day", "row_repeated")]


def test_document_column_is_required_and_units_are_watched() -> None:
    with pytest.raises(TableError, match="文号"):
        read("610100,2026-01-05,1", head="代码,日期,PM2.5\n")
    with pytest.raises(TableError) as caught:
        read("610100,2026-01-05,900,文", head="代码,日期,CO(μg/m³),文号\n")
    assert caught.value.code == "heading_unit"


CELL = st.sampled_from(["", "12.5", "x", "-1", "９", "1e9", "—", "\u3000"])


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["610100", "9001S", "", "0"]),
            st.sampled_from(["", "韩城", "西安", "渭南"]),
            *(CELL,) * 6,
            st.sampled_from(["文", "", "/"]),
        ),
        max_size=6,
    )
)
def test_every_row_is_kept_or_rejected(rows: list[tuple[str, ...]]) -> None:
    # The day tells the line, so that no row can hide behind another.
    lines = [
        ",".join((*row[:2], f"2026-01-{number:02}", *row[2:])) for number, row in enumerate(rows, start=2)
    ]
    kept, rejects = read(*lines)
    found = [record["day"].day for record in kept] + [line for line, *_ in rejects]
    assert sorted(found) == list(range(2, len(rows) + 2))
    assert {code for *_, code in rejects} <= set(REASONS)
