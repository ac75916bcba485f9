"""Bulletins as documents: what they say, templates of one's own, names from outside, marks."""

import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from bulletin_worlds import hostile_documents, text_of
from docx import Document
from docx.oxml.ns import qn

from dashboards.bulletin import pdf, render, words
from dashboards.bulletin.fields import fields, names
from dashboards.tables.model import plain
from pipelines.bulletin.products import Template, context_of, stem, write

MUST = "{{ title }}{{ mark_text }}{% for n in notes %}{{ n }}{% endfor %}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """A day and a month, simulated, with names that want to do harm."""
    return hostile_documents(tmp_path_factory.mktemp("bulletin") / "w.duckdb")


@pytest.mark.parametrize("kind", ["day", "month"])
def test_docx_says_what_the_data_say(made: dict[str, dict[str, Any]], kind: str, tmp_path: Path) -> None:
    document = made[kind]
    done = write(document, ["docx"], folder=tmp_path)
    text = text_of(done.files[0])
    assert "{{" not in text.replace("{{7*7}}", "") and "{%" not in text.replace("{% raw", "")
    assert text.count("【演练】") >= 4 and "EXERCISE" in text
    part = document["month"]
    for row in part["cities"]:
        assert words.printed(row["items"]["PM2.5"]) in text
        assert words.change(row["items"]["PM2.5"]) in text
    assert "口径说明" in text and "2026年版标准" in text and "实况数据" in text and "国发〔2023〕24号" in text
    assert done.files[0].name.startswith("【演练】【内部】汾渭平原空气质量")
    levels = [
        (p.text, p._p.pPr.find(qn("w:outlineLvl")).get(qn("w:val")))
        for p in Document(str(done.files[0])).paragraphs
        if p._p.pPr is not None and p._p.pPr.find(qn("w:outlineLvl")) is not None
    ]
    assert levels[0][1] == "0" and "空气质量" in levels[0][0]
    assert [level for _, level in levels[1:]] == (["1"] * 7 if kind == "month" else [])


def test_month_names_last_units_and_comparison(made: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    text = write(made["month"], ["txt"], folder=tmp_path).text
    lead = next(
        line for line in text.splitlines() if line.startswith("10月，汾渭平原13个城市PM2.5平均浓度为")
    )
    assert "同比不可比（两期数据均充分的12个城市平均" in lead
    last = next(line for line in text.splitlines() if line.startswith("参加排名的城市与考核单元16个"))
    assert "综合指数后3位依次为" in last
    assert "1个城市出现重度及以上污染天：太原市1天" in text


def test_names_from_outside_do_no_harm(made: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    for kind, document in made.items():
        context = context_of(document)
        page = render.as_html(
            kind, context | dict.fromkeys(names(kind) - context.keys(), "") | {"font_family": "x"}
        )
        assert "&lt;b&gt;&amp;{{7*7}}𬘡" in page and "<b>&" not in page
        done = write(document, ["docx", "txt"], folder=tmp_path / kind)
        text = text_of(done.files[0])
        assert "<b>&{{7*7}}𬘡" in text
        for told in (text, done.text):
            assert not {"\u202e", "\x00", "\ufffe", "\r"} & set(told)
            assert max(len(line) for line in told.splitlines()) < 5000
        with zipfile.ZipFile(done.files[0]) as archive:
            assert archive.testzip() is None


@pytest.mark.parametrize("kind", ["day", "month"])
def test_every_placeholder_is_listed(made: dict[str, dict[str, Any]], kind: str) -> None:
    context = context_of(made[kind])
    charts = (
        {"chart_ranking", "chart_ranking_alt", "chart_calendar", "chart_calendar_alt"}
        if kind == "month"
        else set()
    )
    assert set(context) | charts == set(names(kind))
    listed = {f.name for f in fields(kind) if "." in f.name}
    for name, rows in context.items():
        if (
            isinstance(rows, list)
            and rows
            and isinstance(rows[0], dict)
            and name not in ("cities_year", "units", "items_year")
        ):
            assert {f"{name}.{key}" for key in rows[0]} == {n for n in listed if n.startswith(f"{name}.")}


@pytest.mark.parametrize("kind", ["day", "month"])
def test_the_same_data_give_the_same_bytes(
    made: dict[str, dict[str, Any]], kind: str, tmp_path: Path
) -> None:
    first = write(made[kind], ["docx", "txt", "json"], folder=tmp_path / "a").files
    second = write(made[kind], ["docx", "txt", "json"], folder=tmp_path / "b").files
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    told = json.loads(first[2].read_text(encoding="utf-8"))
    assert told["bulletin"]["about"] == plain(made[kind]["about"])


def test_without_pango_the_docx_stands(
    made: dict[str, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)
    done = write(made["day"], ["pdf"], folder=tmp_path)
    assert [p.suffix for p in done.files] == [".docx"]
    assert "fenwei[pdf]" in done.notes[0][0] and "DOCX" in done.notes[0][1]


@pytest.mark.skipif(not pdf.available(), reason="WeasyPrint or Pango is not installed")
def test_pdf_holds_the_text_and_fetches_nothing(made: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    done = write(made["month"], ["pdf"], folder=tmp_path)
    content = done.files[0].read_bytes()
    assert content.startswith(b"%PDF-") and len(content) < 3_000_000
    spy = (
        MUST
        + "<img src='file:///etc/hostname'><img src='http://127.0.0.1:9/x.png'><link rel=stylesheet href='http://127.0.0.1:9/x'>"
    )
    own = {"html": Template("own.html", spy.encode(), tmp_path)}
    assert write(made["month"], ["pdf"], folder=tmp_path / "own", templates=own).files[0].exists()
    with pytest.raises(ValueError, match="not within"):
        pdf.fetch_only("file:///etc/hostname", [tmp_path])


def test_public_and_measured_carry_no_marks(made: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    document = made["month"]
    measured = document | {
        "about": document["about"] | {"simulated": False, "class": "public"},
        "coal": None,
        "warnings": [],
    }
    assert stem(measured) == "汾渭平原空气质量月报_2026-10"
    text = write(measured, ["txt"], folder=tmp_path).text
    assert "【演练】" not in text and "【内部】" not in text and "煤炭消费进度为内部资料，公开版不列" in text


def test_an_exercise_among_real_warnings_is_marked(made: dict[str, dict[str, Any]]) -> None:
    rows = context_of(made["month"])["warnings"]
    assert [row["name"].startswith("【演练】") for row in rows] == [False, True]
    assert rows[0]["level"] == "橙色预警（Ⅱ级响应）"


def test_figures_are_written_as_they_were_rounded() -> None:
    item = {
        "value_printed": 30.0,
        "digits": 1,
        "sufficient": True,
        "change": -0.0,
        "change_pct": 0.0,
        "change_digits": 1,
        "unit": "ug/m3",
    }
    assert (words.printed(item), words.change(item), words.moved(item)) == ("30.0", "0.0", "同比持平")
    assert words.printed(item | {"sufficient": False}) == "数据不足"
    assert words.moved(item | {"change": None}) == "同比不可比"
    assert words.moved(item | {"change": -2.1, "change_pct": -4.5}) == "同比下降2.1微克/立方米（-4.5%）"
    assert words.signed(None) == "不可比" and words.figure(None) == "—"
    assert words.hour_zh(datetime(2026, 11, 22, 12)) == "11月22日12时"
    assert words.months_zh(date(2026, 10, 31)) == "1—10月" and words.months_zh(date(2026, 1, 31)) == "1月"
