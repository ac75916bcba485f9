"""Short messages: never longer than 70, what is cut first, phones, and cells no spreadsheet takes for a formula."""

import csv
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from response_notices import HOSTILE, enterprise, line, response

from dashboards.response.sms import (
    HEADINGS,
    LONGEST,
    cut_units,
    harmless,
    mobile,
    sms_messages,
    units,
    write_sms,
)

KINDS = ("issue", "upgrade", "downgrade", "extend", "suspend", "resume", "lift")
LEVEL = {"yellow": "黄色Ⅲ级", "orange": "橙色Ⅱ级", "red": "红色Ⅰ级", "precaution": "管控"}


def firms(made):
    return [m for m in sms_messages(made) if m.kind.startswith("企业")]


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    level=st.sampled_from(sorted(LEVEL)),
    name=st.text(max_size=200),
    measure=st.text(max_size=300),
    grade=st.text(max_size=20),
    city=st.text(max_size=60),
    drill=st.booleans(),
)
def test_no_message_is_longer_than_70_and_level_and_mark_are_never_cut(
    kind, level, name, measure, grade, city, drill
):
    own = line(measures=dict.fromkeys(("yellow", "orange", "red"), measure))
    made = response(
        kind,
        level,
        kind="drill" if drill else "real",
        enterprises=(enterprise(firm_name=name, grade=grade, lines=(own,)),),
    )
    made = replace(made, warning=made.warning | {"city_name": city})
    for message in sms_messages(made):
        assert units(message.text) <= LONGEST
        assert message.text.startswith("【演练】") is drill
        assert "\n" not in message.text
    assert LEVEL[level] in firms(made)[0].text


def test_the_name_is_shortened_first():
    long = "西安市长安区" + "某" * 80 + "有限公司"
    text = firms(response(enterprises=(enterprise(firm_name=long),)))[0].text
    assert "西安市长安" in text
    assert "某某某某某某某某某某某某某某某某某某某某" not in text
    assert "11月23日12时起橙色Ⅱ级响应" in text
    assert "停产，停止使用国四及以下重型载货车运输" in text
    assert text.endswith("回执请回复1。")


def test_then_the_polite_words_go_and_the_head_of_the_measure_stays():
    measure = "停产50%（以生产线计），" + "并停止物料运输、加强巡查" * 8
    own = line(measures={"orange": measure})
    text = firms(response(enterprises=(enterprise(firm_name="某" * 40, lines=(own,)),)))[0].text
    assert "停产50%（以生产线计）" in text
    assert "回执" not in text
    assert "贵单位：" in text
    assert text.endswith("…。")


def test_a_short_message_keeps_everything():
    text = firms(
        response(enterprises=(enterprise(firm_name="甲厂", lines=(line(measures={"orange": "停产"}),)),))
    )[0].text
    assert text == "西安市11月23日12时起橙色Ⅱ级响应。甲厂（C级）：停产。回执请回复1。"


def test_lines_with_different_measures_are_counted():
    lines = (
        line(1, measures={"orange": "停产"}),
        line(2, measures={"orange": "停产"}),
        line(3, measures={"orange": "限产20%"}),
    )
    text = firms(response(enterprises=(enterprise(firm_name="甲厂", lines=lines),)))[0].text
    assert "2条线停产；1条线限产20%" in text


def test_a_line_that_stands_still_and_one_without_measure():
    stopped = enterprise(firm_name="甲厂", lines=(line(stopped=True),))
    nothing = enterprise(firm_name="乙厂", lines=(line(measures={"orange": None}),))
    own = enterprise(firm_name="丙厂", lines=(line(measures={"orange": None}, doubt="self_directed"),))
    found = [m.text for m in firms(response(enterprises=(stopped, nothing, own)))]
    assert "维持停产" in found[0]
    assert "清单未列本级强制措施" in found[1]
    assert "自主减排" in found[2]


def test_a_lift_asks_for_nothing():
    text = firms(response("lift"))[0].text
    assert "停产" not in text
    assert "起解除橙色Ⅱ级响应" in text
    assert text.endswith("可有序恢复生产。")


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("13812345678", ("13812345678", "")),
        ("+86 138-1234-5678", ("13812345678", "")),
        ("0086 13812345678", ("13812345678", "")),
        ("13812345678.0", ("13812345678.0", "bad_phone")),
        ("029-88881234", ("029-88881234", "landline")),
        ("029-88881234 / 13812345678", ("13812345678", "")),
        ("88881234", ("88881234", "landline")),
        ("12812345678", ("12812345678", "bad_phone")),
        ("１３８１２３４５６７８", ("１３８１２３４５６７８", "bad_phone")),
        ("", ("", "no_phone")),
        (None, ("", "no_phone")),
        ("见附件", ("见附件", "bad_phone")),
    ],
)
def test_phones(given_, expected):
    assert mobile(given_) == expected


def read(path):
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.reader(handle))


def test_every_enterprise_has_a_row_and_a_missing_phone_a_reason(tmp_path):
    path = tmp_path / "sms.csv"
    n = write_sms(response(), path)
    rows = read(path)
    assert tuple(rows[0]) == HEADINGS
    assert len(rows) - 1 == n == 5
    assert rows[1][0].startswith("公众")
    assert rows[2][0].startswith("部门")
    assert [row[8] for row in rows[1:3]] == ["另行发送 sent elsewhere"] * 2
    found = {row[1]: (row[4], row[8], row[9]) for row in rows[3:]}
    assert found["916101000000000001"] == ("13800000001", "可发送 ready", "")
    assert found["916101000000000002"][1].startswith("不可发送")
    assert "no phone" in found["916101000000000002"][2]


@pytest.mark.parametrize("text", [*HOSTILE, "@SUM(A1)", "-2+3", "+1", "＝1+1", "|x", "\t=1"])
def test_no_cell_is_a_formula_and_no_row_breaks(tmp_path, text):
    made = response(
        enterprises=(enterprise(firm_name=text, credit_code=text, county_name=text, phone=text, grade=text),)
    )
    path = tmp_path / "sms.csv"
    write_sms(made, path)
    rows = read(path)
    assert len(rows) == 4
    assert all(len(row) == len(HEADINGS) for row in rows)
    for cell in rows[3]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
        assert "\n" not in cell
        assert "\u202e" not in cell
    assert path.read_bytes().count(b"\r\n") == 4


def test_harmless_leaves_ordinary_text():
    assert harmless("西安某厂") == "西安某厂"
    assert harmless("=1") == "'=1"


@given(text=st.text(max_size=100), limit=st.integers(min_value=1, max_value=40))
def test_cut_units(text, limit):
    found = cut_units(text, limit)
    assert units(found) <= limit
    assert found == text or units(text) > limit


def test_levels_without_a_list_have_a_message():
    text = firms(response("issue", "precaution"))[0].text
    assert "管控应对措施" in text
