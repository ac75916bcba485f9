"""Texts of measures: what is read, what is not, and that nothing turned round is ever read as a cut."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.emission_list.measures import names_line, parse_measure, share_of_source
from sources.emission_list.stops import parse_stops


@pytest.mark.parametrize(
    ("text", "code", "ratio"),
    [
        ("限产20%", "LIMIT_OUTPUT_PCT", Fraction(1, 5)),
        ("2号窑限产３０％以上", "LIMIT_OUTPUT_PCT", Fraction(3, 10)),
        ("生产负荷降至80%", "LIMIT_OUTPUT_PCT", Fraction(1, 5)),
        ("-10%投料量", "LIMIT_OUTPUT_PCT", Fraction(1, 10)),
        ("原料日投料量由960吨降低到768吨及以下", "LIMIT_FEED_TPD", Fraction(1, 5)),
        ("由1,960吨/日降到1,568吨/日", "LIMIT_FEED_TPD", Fraction(1, 5)),
        ("960吨→768吨", "LIMIT_FEED_TPD", Fraction(1, 5)),
        ("日投料量960吨->768吨及以下", "LIMIT_FEED_TPD", Fraction(1, 5)),
        ("出焦时间由24小时延长至36小时", "EXTEND_COKING_H", Fraction(1, 3)),
        ("结焦时间24h→36h", "EXTEND_COKING_H", Fraction(1, 3)),
        ("停48小时开12小时", "CYCLE_STOP", Fraction(4, 5)),
        ("停60h，开12h循环", "CYCLE_STOP", Fraction(5, 6)),
        ("停产", "STOP_ALL", Fraction(1)),
        ("自主减排", "SELF_DIRECTED", Fraction(0)),
        ("按承担任务", "GUARANTEE_TASK_ONLY", Fraction(0)),
        ("停止公路运输", "NO_ROAD_TRANSPORT", Fraction(0)),
        ("不停产", "NONE", Fraction(0)),
        ("停用国四及以下", "NO_TRUCK_LE_STAGE", Fraction(0)),
        ("国四及以下", "NO_TRUCK_LE_STAGE", Fraction(0)),
        ("国Ⅳ及以下重型载货车（含燃气）停止运输", "NO_TRUCK_LE_STAGE", Fraction(0)),
        ("国二及以下非道路移动机械停用", "NO_NONROAD_LE_STAGE", Fraction(0)),
    ],
)
def test_known_texts(text: str, code: str, ratio: Fraction) -> None:
    found = parse_measure(text)
    assert (found.parsed, found.codes, found.ratio) == ("all", (code,), ratio)


@pytest.mark.parametrize(
    "text",
    ["出焦时间延长至36小时", "出焦时间36小时", "结焦时间不低于36h", "焖炉", "停止喷涂、打磨工序", "停止土石方作业",
     "停喷涂粉刷/护坡喷浆/建筑拆除", "土石方/砂浆现场搅拌/浇筑 全停"],
)  # fmt: skip
def test_measures_whose_cut_is_not_told(text: str) -> None:
    found = parse_measure(text)
    assert found.parsed == "all"
    assert found.ratio is None, "banking a furnace is no stop (trap 23)"


@pytest.mark.parametrize(
    "text",
    ["除1#线外停产", "部分停产", "夜间停产", "停产（不含供暖锅炉）", "停产检修期间除外", "若AQI超过300则停产", "鼓励停产", "限产120%",
     "由700吨降低到768吨", "高炉焖炉50%", "恢复生产", "可停产", "停产或限产", "免于停产", "未停产", "768吨→960吨", "960吨→768千克",
     "出焦时间36小时→24小时", "国四及以下除外", "国五不受限"],
)  # fmt: skip
def test_what_is_not_understood_is_listed(text: str) -> None:
    found = parse_measure(text)
    assert found.ratio in (None, 0)
    assert found.lines_ratio is None
    assert found.rest


def test_shares_of_lines_are_no_shares_of_emissions() -> None:
    for text in (
        "停产50%以生产线计",
        "停产50%（以生产线计）",
        "停产50%，以生产线计",
        "停产50%(按生产线计)",
        "50%的生产线停产",
    ):
        found = parse_measure(text)
        assert (found.codes, found.ratio, found.lines_ratio) == (("STOP_LINES_PCT",), None, Fraction(1, 2)), (
            text
        )
    assert parse_measure("3条生产线停2条").lines_n == 2


def test_several_measures_in_one_text() -> None:
    found = parse_measure("1.限产20%；2.停止使用国Ⅳ及以下重型载货车（含燃气）运输")
    assert found.codes == ("LIMIT_OUTPUT_PCT", "NO_TRUCK_LE_STAGE")
    assert found.ratio == Fraction(1, 5)
    mixed = parse_measure("限产20%；其他按要求执行")
    assert (mixed.parsed, mixed.ratio, mixed.rest) == ("some", Fraction(1, 5), ("其他按要求执行",))


@pytest.mark.parametrize("stage", ["国四", "国Ⅳ", "国IV", "国4", "国 四"])
def test_stages_are_the_same_however_written(stage: str) -> None:
    """Trap 22: 国四/国Ⅳ/国4; heavy leaves light trucks out."""
    found = parse_measure(f"停止使用{stage}及以下重型载货车（含燃气）")
    assert [share_of_source(found, "mobile", "重型载货车", own) for own in ("国Ⅲ", "国4", "国五", None)] == [
        1,
        1,
        0,
        None,
    ]
    assert share_of_source(found, "mobile", "轻型载货车", "国三") == 0
    assert share_of_source(found, "nonroad", "装载机", "国二") == 0


def test_a_measure_that_names_another_line_is_not_that_of_the_row() -> None:
    (subject,) = parse_measure("烧结机停产").subjects
    assert names_line(subject, line_id="1", texts=["1号烧结机"])
    assert not names_line(subject, line_id="1", texts=["高炉"])
    (numbered,) = parse_measure("2号线停产").subjects
    assert names_line(numbered, line_id="2", texts=["磨机"])
    assert not names_line(numbered, line_id="1", texts=["磨机"])


@given(st.decimals(0, 100, places=2))
def test_any_percentage_of_output(pct: object) -> None:
    assert parse_measure(f"限产{pct}%").ratio == Fraction(str(pct)) / 100


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_feed_never_grows_and_its_cut_is_exact(before: int, after: int) -> None:
    found = parse_measure(f"由{before}吨降低到{after}吨")
    assert found.ratio == (Fraction(before - after, before) if after <= before else None)
    assert bool(found.rest) == (after > before)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = parse_measure(text)
    assert found.ratio is None or 0 <= found.ratio <= 1
    assert found.parsed in ("all", "some", "none", "empty")


@given(
    st.sampled_from(["不", "未", "除供热外", "非", "鼓励", "必要时可"]),
    st.sampled_from(["停产", "限产30%", "停产50%", "减产10%"]),
)
def test_a_word_that_turns_it_round_is_never_a_cut(before: str, measure: str) -> None:
    found = parse_measure(before + measure)
    assert not found.ratio
    assert found.lines_ratio is None


@given(st.sampled_from([" ", "\u3000", "\t"]), st.integers(0, 4))
def test_blanks_and_width_do_not_matter(blank: str, at: int) -> None:
    text = "限产２０％"
    assert parse_measure(text[:at] + blank + text[at:]).ratio == Fraction(1, 5)


def test_dated_stops() -> None:
    stops, rest = parse_stops("错峰 2026-11-15至2027-03-15；长期停产 2025年1月1日至；下月停")
    assert [(s.kind, str(s.first), s.last and str(s.last)) for s in stops] == [
        ("off_peak", "2026-11-15", "2027-03-15"),
        ("long_stop", "2025-01-01", None),
    ]
    assert rest == ("下月停",)
    assert parse_stops("错峰 2026-11-31至2027-03-15")[1], "a day that does not exist"
    assert parse_stops("错峰 2027-03-15至2026-11-15")[1], "an end before the start"
