"""Texts of notices: every kind, marks of exercises and drafts, short messages that fit into one."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from warning_homes import FULL, NOW, approved, context, kept

from pipelines.emergency.life import adjust, commands
from pipelines.emergency.life.machine import STATES
from pipelines.emergency.life.notices import (
    KIND_OF_STATE,
    LONGEST_SMS,
    notice_text,
    sms_text,
)
from pipelines.emergency.life.records import Record
from warehouse import standards
from warehouse.standards.notice_spec import NOTICE_KINDS

RECORD = Record(
    "W-1", "real", "started", "610100", "orange", "orange", "own", "p", "v", "bulletin", NOW, "d", "k", NOW,
    start_at=datetime(2026, 12, 3), end_at=datetime(2026, 12, 6), approved_by="张三", approved_at=NOW,
    issuing_body="西安市生态环境保护委员会办公室", document_no="市预警〔2026〕1号", level_before="yellow", decided_at=NOW,
)  # fmt: skip
TITLES = {
    "issue": "关于发布西安市重污染天气橙色预警的通知",
    "upgrade": "关于将西安市重污染天气黄色预警升级为橙色预警的通知",
    "downgrade": "关于将西安市重污染天气黄色预警降级为橙色预警的通知",
    "extend": "关于延长西安市重污染天气橙色预警的通知",
    "suspend": "关于暂停西安市重污染天气橙色预警Ⅱ级响应的通知",
    "resume": "关于恢复西安市重污染天气橙色预警Ⅱ级响应的通知",
    "lift": "关于解除西安市重污染天气橙色预警的通知",
}


@pytest.mark.parametrize("kind", NOTICE_KINDS)
def test_a_notice_names_city_level_window_number_and_body(kind):
    title, body = notice_text(RECORD, kind)
    assert title == TITLES[kind]
    assert body.startswith("文号：市预警〔2026〕1号\n")
    assert body.endswith("西安市生态环境保护委员会办公室\n2026年12月1日")
    assert "西安市" in body and "橙色" in body and "{" not in body
    if kind in ("issue", "upgrade", "downgrade", "extend", "resume"):
        assert "至2026年12月5日24时" in body, "the end of a day is its 24th hour"


def test_the_words_of_a_start_and_of_an_open_end():
    assert "自2026年12月3日0时起启动Ⅱ级响应" in notice_text(RECORD, "issue")[1]
    assert "解除时间另行通知" in notice_text(replace(RECORD, end_at=None), "issue")[1]
    new_year = replace(RECORD, end_at=datetime(2027, 1, 1))
    assert "至2026年12月31日24时" in notice_text(new_year, "issue")[1]


@pytest.mark.parametrize(
    ("record", "mark"),
    [
        (RECORD, ""),
        (replace(RECORD, kind="drill"), "【演练】"),
        (replace(RECORD, approved_at=None, state="draft"), "【草稿】"),
        (replace(RECORD, kind="drill", approved_at=None, state="draft"), "【演练】【草稿】"),
    ],
)
def test_exercises_and_drafts_are_marked_everywhere(record, mark):
    title, body = notice_text(record)
    for text in (title, body, sms_text(record)):
        assert text.startswith(mark)
        assert ("【" in text) == bool(mark)
    assert ("未经批准" in body) == (record.approved_at is None)
    assert ("不作为实际应急依据" in body) == record.drill


def test_every_state_has_its_notice():
    assert set(KIND_OF_STATE) == set(STATES)
    assert {KIND_OF_STATE[s] for s in STATES} == set(NOTICE_KINDS)


def test_a_notice_is_not_a_template_again():
    hostile = replace(RECORD, issuing_body="{city}{0}{{", document_no="{level}%s")
    body = notice_text(hostile)[1]
    assert "{city}{0}{{" in body and "{level}%s" in body


def test_every_short_message_fits_and_is_whole():
    longest = 0
    marked = replace(
        RECORD, kind="drill", approved_at=None, state="draft", start_at=datetime(2026, 12, 23, 12, 30),
        end_at=datetime(2026, 12, 26, 12, 30), decided_at=datetime(2026, 12, 23, 12, 30),
    )  # fmt: skip
    for code in standards.load("city")["city_code"]:
        for kind in NOTICE_KINDS:
            for level in ("precaution", "yellow", "orange", "red"):
                text = sms_text(replace(marked, city_code=str(code), level=level), kind)
                longest = max(longest, len(text))
                assert "…" not in text
    assert 60 < longest <= LONGEST_SMS


def test_the_texts_follow_a_real_life(tmp_path):
    path = tmp_path / "state.sqlite"
    assert notice_text(kept(path))[0].startswith("【草稿】关于发布")
    one = approved(path)
    begun = commands.start(
        context(path, NOW + timedelta(days=2)), one.warning_id, replace(FULL, document="另号")
    ).record
    assert notice_text(begun) == notice_text(one), "the start of the response is no notice of its own"
    changed = adjust.change_level(context(path), one.warning_id, FULL, "red", None).record
    assert changed.state == "upgraded" and changed.level_before == "orange"
    assert notice_text(changed, "upgrade")[0] == "关于将西安市重污染天气橙色预警升级为红色预警的通知"
    late = context(path, NOW + timedelta(days=2))
    assert (
        "自2026年12月3日16时起解除西安市重污染天气红色预警，终止Ⅰ级响应"
        in (notice_text(adjust.lift(late, one.warning_id, FULL, None).record)[1])
    )
