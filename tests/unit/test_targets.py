from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import targets
from sources.reasons import REASONS

HEAD = "target_id,parent_id,area_kind,area_code,area_name,period,metric,target_value,document_no\n"


def read(*lines: str, head: str = HEAD, known: tuple[str, ...] = ()) -> tuple[list[dict], list[tuple]]:
    frame, rejects = targets.read((head + "\n".join(lines) + "\n").encode(), known_ids=known)
    return frame.to_dict("records"), [
        tuple(row) for row in rejects[["line", "item", "reason_code"]].values.tolist()
    ]


def test_chinese_headings_and_names() -> None:
    head = "目标编号,上级目标编号,层级,代码,名称,时段,指标,目标值,文号\n"
    kept, rejects = read(
        "R,,区域,fenwei_2023,汾渭平原,2026,PM2.5平均浓度,３８．０,文号1",
        "C,R,城市,610100,西安市,2026,ＰＭ２．５ 平均浓度,40,",
        "D,C,县区,610113,雁塔区,2026-winter-1,优良天数比例,75%,",
        "H,,城市,610100,,2025-10-01..2026-03-31,重污染天数,9,",
        head=head,
    )
    assert rejects == []
    assert [(t["area_kind"], t["metric"], t["target_value"]) for t in kept] == [
        ("region", "pm25_mean", 38.0),
        ("city", "pm25_mean", 40.0),
        ("county", "good_days_pct", 75.0),
        ("city", "heavy_days", 9.0),
    ]
    assert list(kept[0]) == list(targets.COLUMNS)


@pytest.mark.parametrize(
    "period",
    ["2019", "2019-Q1", "2019-03", "2018-10-01..2019-03-31", "2018-winter", "2018-winter-1", "2018-winter-2"],
)
def test_periods_that_are_known(period: str) -> None:
    kept, rejects = read(f"A,,city,610100,,{period},good_days,100,")
    assert kept[0]["period"] == period and rejects == []


@pytest.mark.parametrize(
    "period",
    ["19", "2019-Q5", "2019-13", "2019-3", "2018-winter-3", "2019-01-01", "2018-10-01..", "2019-Q1x"],
)
def test_periods_that_are_not(period: str) -> None:
    assert read(f"A,,city,610100,,{period},good_days,100,")[1] == [(2, "period", "period_unknown")]


@pytest.mark.parametrize(
    ("line", "item", "code"),
    [
        (",,city,610100,,2026,good_days,1,", "target_id", "cell_required"),
        ("A,,planet,610100,,2026,good_days,1,", "area_kind", "area_kind_unknown"),
        ("A,,city,610100,,2026,PM10,1,", "metric", "metric_unknown"),
        ("A,,city,610100,,2026,good_days,many,", "target_value", "value_not_number"),
        ("A,,city,610100,,2026,good_days,-1,", "target_value", "value_impossible"),
        ("A,,city,610100,,2026,good_days_pct,100.1,", "target_value", "value_impossible"),
        ("A,,city,610100,,2026,good_days_pct,0.75,", "target_value", "percent_as_fraction"),
        ("A,B,city,610100,,2026,good_days,1,", "parent_id", "target_parent_missing"),
    ],
)
def test_bad_lines_name_the_item(line: str, item: str, code: str) -> None:
    assert read(line) == ([], [(2, item, code)])


def test_parent_may_be_known_from_before() -> None:
    kept, rejects = read("A,B,city,610100,,2026,good_days,1,", known=("B",))
    assert len(kept) == 1 and rejects == []


def test_rejected_parent_takes_its_children_along() -> None:
    kept, rejects = read(
        "R,,region,fenwei,,2026,good_days,x,",
        "C,R,city,610100,,2026,good_days,1,",
        "D,C,county,610113,,2026,good_days,1,",
        "E,,city,610200,,2026,good_days,1,",
    )
    assert [t["target_id"] for t in kept] == ["E"]
    assert [code for *_, code in rejects] == [
        "value_not_number",
        "target_parent_missing",
        "target_parent_missing",
    ]


def test_cycles_and_level_order() -> None:
    kept, rejects = read(
        "A,B,city,1,,2026,good_days,1,",
        "B,C,city,2,,2026,good_days,1,",
        "C,A,city,3,,2026,good_days,1,",
        "D,A,county,4,,2026,good_days,1,",
        "S,S,city,5,,2026,good_days,1,",
        "P,,county,6,,2026,good_days,1,",
        "Q,P,city,7,,2026,good_days,1,",
    )
    assert [t["target_id"] for t in kept] == ["P"]
    assert [code for *_, code in rejects] == [
        *["target_cycle"] * 3,
        "target_parent_missing",
        "target_cycle",
        "target_level_order",
    ]


def test_repeated_ids() -> None:
    line = "A,,city,610100,,2026,good_days,1,"
    assert read(line, line)[1] == []
    kept, rejects = read(line, line.replace(",1,", ",2,"))
    assert [t["target_value"] for t in kept] == [1.0] and rejects == [(3, "target_id", "row_repeated")]


def as_read(row: tuple[str, ...]) -> tuple[str, ...]:
    return (*row[:4], row[4].replace("１", "1"))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B", "C", ""]),
            st.sampled_from(["A", "B", "", "Z"]),
            st.sampled_from(["region", "city", "county", "?"]),
            st.sampled_from(["2026", "x"]),
            st.sampled_from(["1", "１", "x", ""]),
        ),
        max_size=7,
        unique_by=as_read,
    )
)
def test_every_row_is_kept_or_rejected(rows: list[tuple[str, ...]]) -> None:
    lines = [f"{i},{p},{kind},610100,,{period},good_days,{value}," for i, p, kind, period, value in rows]
    kept, rejects = read(*lines)
    numbers = {line for line, *_ in rejects}
    ids = {target["target_id"] for target in kept}
    for number, row in enumerate(rows, start=2):
        assert number in numbers or row[0] in ids
    assert all(t["parent_id"] in ids or not isinstance(t["parent_id"], str) for t in kept)
    assert {code for *_, code in rejects} <= set(REASONS)
