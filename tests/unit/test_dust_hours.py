from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import dust_hours

CITIES = pd.DataFrame(
    [("610100", "西安市", "西安"), ("610500", "渭南市", "渭南")], columns=["city_code", "name_zh", "short_zh"]
)
UNITS = pd.DataFrame(
    [("610581", "韩城市", "610500", "韩城")], columns=["unit_id", "name_zh", "city_code", "list_names"]
)
HEAD = "代码,名称,开始时间,结束时间,文号\n"


def read(*lines: str) -> tuple[pd.DataFrame, list[tuple]]:
    frame, rejects = dust_hours.read((HEAD + "\n".join(lines) + "\n").encode(), CITIES, UNITS)
    return frame, [tuple(row) for row in rejects[["line", "item", "reason_code"]].values.tolist()]


def test_one_row_per_area_and_hour_with_both_ends() -> None:
    frame, rejects = read(
        "610100,,2026-04-10 23:00,2026-04-11 01:00,文1", ",韩城,2026/4/10 23时,2026-04-10 24:00,文1"
    )
    assert rejects == []
    assert frame.groupby("area_code")["hour_end"].apply(list).to_dict() == {
        "610100": [pd.Timestamp(f"2026-04-{stamp}") for stamp in ("10 23:00", "11 00:00", "11 01:00")],
        "610581": [pd.Timestamp("2026-04-10 23:00"), pd.Timestamp("2026-04-11 00:00")],
    }
    assert list(frame.columns) == list(dust_hours.COLUMNS)


def test_overlapping_periods_give_each_hour_once_under_the_first_document() -> None:
    frame, rejects = read(
        "610100,,2026-04-10 01:00,2026-04-10 03:00,文1", "610100,,2026-04-10 03:00,2026-04-10 04:00,文2"
    )
    assert rejects == []
    assert frame["document_no"].tolist() == ["文1", "文1", "文1", "文2"]


@pytest.mark.parametrize(
    ("line", "item", "code"),
    [
        ("610100,,2026-04-10 03:00,2026-04-10 02:00,文", "start,end", "end_before_start"),
        ("610100,,2026-04-10 03:00,2026-04-25 03:00,文", "start,end", "period_too_long"),
        ("610100,,2026-04-10 03:00,2026-04-11 03:00,", "document_no", "document_missing"),
        ("610100,,2026-04-10,2026-04-11 03:00,文", "start", "hour_missing"),
        ("610100,,2026-04-10 03:00,,文", "end", "cell_required"),
        ("610100,,2026-04-10 03:30,2026-04-11 03:00,文", "start", "hour_not_whole"),
        (",火星,2026-04-10 03:00,2026-04-11 03:00,文", "area_name", "area_unknown"),
    ],
)
def test_bad_lines_name_the_item(line: str, item: str, code: str) -> None:
    frame, rejects = read(line)
    assert frame.empty and (2, item, code) in rejects


def test_longest_period_is_kept_and_no_period_is_fine() -> None:
    assert len(read("610100,,2026-04-10 03:00,2026-04-25 02:00,文")[0]) == 15 * 24
    assert read("")[0].empty


@settings(max_examples=60, deadline=None)
@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.integers(-30, 400))
def test_number_of_hours(start: datetime, length: int) -> None:
    start = start.replace(minute=0, second=0, microsecond=0)
    end = start + timedelta(hours=length)
    frame, rejects = read(f"610100,,{start:%Y-%m-%d %H:%M},{end:%Y-%m-%d %H:%M},文")
    fine = 0 <= length < 15 * 24
    assert len(frame) == (length + 1 if fine else 0)
    assert bool(rejects) is not fine
