"""The text for the public and the JSON document."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from response_notices import HOSTILE, enterprise, response
from warning_homes import approved

from dashboards.response.document import FORMAT, document, write_document
from dashboards.response.letter.text import closing, lead
from dashboards.response.measures import measures
from dashboards.response.public_text import public_text, write_public_text
from dashboards.response.words import body_lines, document_number, when, when_en
from pipelines.emergency.life.notices import notice_text

KINDS = ("issue", "upgrade", "downgrade", "extend", "suspend", "resume", "lift")
KEYS = [
    "format", "status", "mark", "warning", "notice", "measures", "plan", "list_version", "response_day", "made_at",
    "reductions", "totals", "forecast", "observed", "events", "simulated", "enterprises", "others", "notes",
]  # fmt: skip


def parts(made):
    zh, en = public_text(made).split("—" * 20)
    return zh.strip(), en.strip()


def test_the_public_text_tells_level_time_advice_and_hotline_in_both_languages():
    zh, en = parts(response())
    assert zh.splitlines()[0] == "关于发布西安市重污染天气橙色预警的通知"
    assert "2026年11月23日12时起启动Ⅱ级响应，至11月26日24时" in zh
    for words in ("易感人群（儿童、老年人", "学校（幼儿园、中小学校）：停止户外课程", "12369"):
        assert words in zh
    assert "issues an orange warning" in en
    assert "Level II response from 2026-11-23 12:00 until 2026-11-26 24:00" in en
    assert "Stop outdoor lessons" in en
    assert "12369" in en
    assert en.isascii()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_text(kind):
    zh, en = parts(response(kind, "red" if kind == "upgrade" else "orange"))
    assert zh
    assert ("健康提示" in zh) is (kind not in ("suspend", "lift"))
    assert ("Health advice" in en) is (kind not in ("suspend", "lift"))
    assert "None" not in zh + en


def test_advice_grows_with_the_level():
    texts = [parts(response("issue", level))[0] for level in ("yellow", "orange", "red")]
    assert len(set(texts)) == 3
    assert "停止全部户外课程" in texts[2]


def test_marks_stand_first_in_both_parts():
    zh, en = parts(response(kind="drill"))
    assert zh.startswith("【演练】")
    assert en.startswith("[EXERCISE, not for action]")


def test_an_open_end_is_told():
    made = response()
    zh, en = parts(replace(made, warning=made.warning | {"end_at": None}))
    assert "解除时间另行通知" in zh
    assert "until further notice" in en


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_the_public_text(tmp_path, text):
    made = response()
    made = replace(made, title=text, warning=made.warning | {"issuing_body": text, "city_name": text})
    write_public_text(made, tmp_path / "t.txt")
    found = (tmp_path / "t.txt").read_text(encoding="utf-8")
    assert "\u202e" not in found
    assert "\x00" not in found
    assert len(found) < 3000
    assert "\nBcc" not in found


def test_the_document_has_stable_keys_and_is_whole(tmp_path):
    made = response(kind="drill")
    path = tmp_path / "r.json"
    write_document(made, path)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert list(found) == KEYS
    assert found["format"] == FORMAT
    assert found["status"] == "Exercise"
    assert [e["enterprise_id"] for e in found["enterprises"]] == ["E1", "E2", "E3"]
    assert found["enterprises"][0]["lines"][0]["measures"]["orange"].startswith("停产")
    assert found["warning"]["start_at"] == "2026-11-23 12:00:00"
    assert found["measures"]["mandatory"][0]["department_zh"] == "生态环境部门"
    assert found["plan"]["document_no"] == "市政办发〔2024〕23号"
    assert found["notes"] == [{"zh": "测试备注", "en": "a remark"}]
    assert [e["action"] for e in found["events"]] == ["draft", "approve"]


@pytest.mark.parametrize(
    ("kind", "approved", "status"),
    [("real", True, "Actual"), ("drill", True, "Exercise"), ("real", False, "Draft")],
)
def test_status_of_the_document(kind, approved, status):
    assert document(response(kind=kind, approved=approved))["status"] == status


def test_numbers_of_the_database_become_numbers():
    made = replace(response(), reductions=({"cut_kgd": Decimal("12.500000"), "ratio_pct": float("nan")},))
    assert document(made)["reductions"] == [{"cut_kgd": 12.5, "ratio_pct": None}]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_data(tmp_path, text):
    made = response(enterprises=(enterprise(firm_name=text),))
    write_document(made, tmp_path / "r.json")
    found = json.loads((tmp_path / "r.json").read_bytes())
    assert found["enterprises"][0]["firm_name"] == text.replace("\ud800", "?")


def test_same_response_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_document(response(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市环发[2026]7号", "市环发〔2026〕7号"),
        ("市环发（2026）7号", "市环发〔2026〕7号"),
        ("市环发【 2026 】7号", "市环发〔2026〕7号"),
        ("第（7）号", "第（7）号"),
        (None, ""),
    ],
)
def test_brackets_of_document_numbers(text, expected):
    assert document_number(text) == expected


def test_the_end_of_a_day_is_its_24th_hour():
    assert when(datetime(2027, 1, 1), last=True, year=True) == "2026年12月31日24时"
    assert when(datetime(2027, 1, 1), year=True) == "2027年1月1日0时"
    assert when_en(datetime(2027, 1, 1), last=True) == "2026-12-31 24:00"


def test_body_lines_leave_number_and_foot_out():
    found = body_lines(response(kind="drill"))
    assert found[0].startswith("根据空气质量预报会商意见")
    assert found[-1] == "发现违法排污可拨打12369举报。"


def test_measures_not_verified_are_known_as_such():
    found = measures(response(), "mandatory")
    assert {m.verified for m in found} == {True, False}


@pytest.mark.parametrize("kind", KINDS)
def test_notices_as_they_are_really_written_lose_number_and_foot_only(tmp_path, kind):
    record = approved(tmp_path / "state.sqlite")
    title, body = notice_text(record, kind)
    made = replace(response(kind), title=title, body=body, warning=record.describe())
    found = body_lines(made)
    assert len(found) == len(body.splitlines()) - 3
    assert not any("文号" in line or line == record.issuing_body for line in found)
    said = [*lead(made), *closing(made)]
    with_blocks = kind not in ("suspend", "lift")
    assert said[0] == found[0]
    assert not (with_blocks and any(line.startswith(("一、", "二、", "三、")) for line in said))
    assert set(found) <= {*said, *(line for line in found if line.startswith(("一、", "二、", "三、")))}
