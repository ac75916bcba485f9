"""Words of warnings: one table and its texts, which everything else agrees with."""

import csv
import re
import string
from datetime import date
from pathlib import Path

import pytest

import dashboards.site
from dashboards.clean import one_line
from pipelines.emergency.life.machine import ACTION_NAMES
from pipelines.emergency.proposal.orders import OrderError, level_of
from warehouse import standards
from warehouse.standards.emergency_spec import LEVELS
from warehouse.standards.marks import marks, watermark
from warehouse.standards.notice_spec import NOTICE_KINDS
from warehouse.standards.warning_words import (
    BADGES,
    LEVEL_NAMES,
    NOTICE_NAMES,
    RESPONSES,
    SHORT_NAMES,
    SIGNS,
    response_name,
    roman,
    warning_name,
)

SITE = Path(dashboards.site.__file__).parent


def test_the_table_has_every_level_in_order():
    table = standards.load("warning_level")
    assert tuple(table["level"]) == LEVELS and list(table["rank"]) == list(range(len(LEVELS)))
    assert tuple(LEVEL_NAMES) == LEVELS and tuple(SHORT_NAMES) == LEVELS
    assert dict(RESPONSES) == {"blue": "Ⅳ", "yellow": "Ⅲ", "orange": "Ⅱ", "red": "Ⅰ"}


def test_a_level_that_is_no_longer_given_has_no_sign():
    gone = standards.load("warning_level").dropna(subset="valid_to")["level"]
    assert set(BADGES) == set(LEVELS) - set(gone) and set(SIGNS) == {"yellow", "orange", "red"}
    assert all(re.fullmatch("#[0-9A-F]{6}", hue) for sign in BADGES.values() for hue in sign[2:])


def test_names_are_those_of_notices():
    assert (
        LEVEL_NAMES["precaution"] == ("黄色以下管控", "below yellow")
        and SHORT_NAMES["precaution"] == "黄色以下"
    )
    assert warning_name("orange") == "重污染天气橙色预警" and warning_name("none") == "不利气象条件应对"
    assert response_name("orange") == ("Ⅱ级响应", "Level II response")
    assert response_name("precaution") == ("应对措施", "precautionary measures")
    assert [roman(level) for level in LEVELS] == ["", "", "IV", "III", "II", "I"]


@pytest.mark.parametrize("level", ["yellow", "orange", "red"])
def test_every_word_for_a_level_is_understood(level):
    numeral = RESPONSES[level]
    for word in (
        level,
        level.upper(),
        SHORT_NAMES[level],
        SHORT_NAMES[level][:1],
        f"{numeral}级",
        f" {roman(level)}级 ",
    ):
        assert level_of(word) == level
    assert {level_of(word) for word in ("none", "无", "解除")} == {"none"}
    for word in ("", "级", "蓝", "blue", numeral):
        with pytest.raises(OrderError):
            level_of(word)


def test_the_page_says_the_same_in_the_same_colours():
    with (SITE / "glossary.csv").open(encoding="utf-8", newline="") as handle:
        words = {row["key"]: (row["zh"], row["en"].lower()) for row in csv.DictReader(handle)}
    style = (SITE / "static" / "parts.css").read_text(encoding="utf-8")
    for level, (zh, en, ground, letters) in BADGES.items():
        said = (zh, en)
        if level in RESPONSES:
            said = (f"{zh}预警·{RESPONSES[level]}级响应", f"{en} warning · level {roman(level).lower()}")
            short = letters.lower().replace("#000000", "#000").replace("#ffffff", "#fff")
            assert f".w-{level} {{ background: {ground.lower()}; color: {short}; }}" in style
        assert words[f"ui.warning.{level}"] == said


def test_every_kind_of_notice_has_its_words_on_every_day():
    assert tuple(NOTICE_NAMES) == NOTICE_KINDS
    assert {kind: ACTION_NAMES[kind] for kind in NOTICE_KINDS[1:]} == {
        kind: NOTICE_NAMES[kind] for kind in NOTICE_KINDS[1:]
    }
    for day in (date(2013, 1, 1), date(2026, 12, 1)):
        for name in ("notice_text", "notice_sms"):
            assert [row["kind"] for row in standards.rows_on(name, day)] == list(NOTICE_KINDS)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        (
            "notice_text",
            "city what before level_name response measures ground start start_short until until_short since since_short"
            " decided decided_short lifted lifted_short",
        ),
        ("notice_sms", "city city_short level what response start since decided lifted until"),
    ],
)
def test_texts_ask_only_for_words_that_are_given(name, known):
    rows = (
        standards.load(name)
        .drop(columns=["valid_from", "valid_to"])
        .fillna("")
        .astype(str)
        .to_dict("records")
    )
    texts = [text for row in rows for text in row.values()]
    asked = {word for text in texts for _, word, _, _ in string.Formatter().parse(text) if word}
    assert asked and asked <= set(known.split())


def test_marks_stand_in_their_order():
    assert marks(exercise=True, draft=True) == "【演练】【草稿】" and marks(exercise=False) == ""
    assert watermark(exercise=True) == "【演练】草稿 DRAFT" and watermark(exercise=False, draft=False) == ""


def test_a_cell_holds_what_every_document_can():
    assert one_line("西安\ufffe市\uffff\n橙色\u202e预警 ") == "西安市 橙色预警"
