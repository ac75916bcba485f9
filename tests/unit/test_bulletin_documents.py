"""Bulletins as documents: what they say, templates of one's own, names from outside, marks."""

import json
import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bulletin_worlds import HOSTILE, MOMENT, warning, world
from docx import Document
from site_worlds import insert

from dashboards.bulletin import pdf, render, words
from dashboards.bulletin.fields import fields, names
from dashboards.bulletin.render import BulletinTemplateError
from dashboards.tables.model import plain
from pipelines.air import periods
from pipelines.air.regions import rebuild_region_day
from pipelines.bulletin.gather import day_bulletin, month_bulletin
from pipelines.bulletin.products import Template, context_of, read_template, stem, write, write_templates

COAL = {
    "target_id": "T1", "as_of_month": "2026-10", "area_kind": "city", "area_code": "610100", "area_name": HOSTILE,
    "kind": "cap", "scope": "above_scale", "basis": "t", "period": "2026-01..10", "unit_zh": "万吨", "target_amount": 1,
    "actual": 12.34, "baseline": 15.0, "change_pct": -17.73, "limit": 20.0, "rest": 7.66, "projected": 15.0,
    "verdict": "on_schedule", "verdict_zh": HOSTILE, "verified": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """A day and a month, simulated, with names that want to do harm."""
    con = world(tmp_path_factory.mktemp("bulletin") / "w.duckdb", simulated=True, gap="610200")
    rebuild_region_day(con, date(2026, 10, 1), date(2026, 10, 31))
    con.execute(
        "UPDATE ref.city SET name_zh = ?, short_zh = ? WHERE city_code = '610100'", [HOSTILE, HOSTILE]
    )
    con.execute("UPDATE ref.assessment_unit SET name_zh = ? WHERE unit_id = 'xixian'", [HOSTILE])
    insert(
        con,
        "emergency.warning",
        [warning(document_no=HOSTILE, issuing_body=HOSTILE), warning(warning_id="W-2", kind="drill")],
    )
    day = day_bulletin(con, date(2026, 10, 3), "fenwei", MOMENT, "internal")
    month = month_bulletin(con, periods.month(2026, 10), "fenwei", MOMENT, "internal")
    con.close()
    return {"day": day, "month": month | {"coal": [COAL]}}


def text_of(path: Path) -> str:
    document = Document(str(path))
    parts = [p.text for p in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for section in document.sections:
        parts += [p.text for header in (section.header, section.even_page_header) for p in header.paragraphs]
    return "\n".join(parts)


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


def test_templates_can_be_copied_and_changed(made: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    files = write_templates(tmp_path / "t")
    assert {p.name for p in files} >= {
        "day.docx",
        "month.docx",
        "day.html",
        "month.html",
        "day.txt",
        "month.txt",
    }
    with pytest.raises(FileExistsError, match=r"month\.docx"):
        write_templates(tmp_path / "t")
    own = Document(str(tmp_path / "t" / "month.docx"))
    own.add_paragraph("报送：{{ region }}领导小组")
    own.save(str(tmp_path / "own.docx"))
    suffix, template = read_template(tmp_path / "own.docx")
    done = write(made["month"], ["docx"], folder=tmp_path, templates={suffix: template})
    assert "报送：汾渭平原领导小组" in text_of(done.files[0])
    plain_text = read_template(tmp_path / "t" / "day.txt")
    assert (
        write(made["day"], ["txt"], folder=tmp_path, templates=dict([plain_text])).text
        == write(made["day"], ["txt"], folder=tmp_path).text
    )


def docx_with(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


MUST = "{{ title }}{{ mark_text }}{% for n in notes %}{{ n }}{% endfor %}"


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("{{ tittle }}" + MUST, "tittle"),
        ("{{ title }}{{ basis_short }}", "mark_text"),
        ("{{ title }}{{ mark_text }}", "notes"),
        (MUST + "{% for row in cities %}{{ row.nmae }}{% endfor %}", "nmae"),
        (MUST + "{% for row in cities %}", "endfor"),
        (MUST + "{{ title.__class__.__mro__ }}", "__class__"),
        (MUST + "{{ cities.append(1) }}", "append"),
        (MUST + "{{ 1 // 0 }}", "zero"),
        (MUST + "{% include 'day.html' %}", "day.html"),
    ],
)
@pytest.mark.parametrize("suffix", ["docx", "txt"])
def test_a_wrong_template_is_told_by_name(
    made: dict[str, dict[str, Any]], suffix: str, source: str, named: str, tmp_path: Path
) -> None:
    content = docx_with(source) if suffix == "docx" else source.encode()
    given = {suffix: Template(f"own.{suffix}", content, tmp_path)}
    with pytest.raises(BulletinTemplateError) as caught:
        write(made["month"], [suffix], folder=tmp_path / "out", templates=given)
    assert named in str(caught.value) and f"own.{suffix}" in str(caught.value)
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_files_that_are_no_templates(made: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    for content in (b"", b"PK\x03\x04rest", "文本".encode("gb18030")):
        given = {"docx": Template("own.docx", content, tmp_path)}
        with pytest.raises(BulletinTemplateError, match=r"own\.docx"):
            write(made["day"], ["docx"], folder=tmp_path, templates=given)
    with pytest.raises(BulletinTemplateError, match="UTF-8"):
        write(
            made["day"],
            ["txt"],
            folder=tmp_path,
            templates={"txt": Template("a.txt", "文".encode("gb18030"), tmp_path)},
        )
    with pytest.raises(BulletinTemplateError, match=r"\.doc"):
        read_template(tmp_path / "a.doc")
    with pytest.raises(BulletinTemplateError, match="无法读取"):
        read_template(tmp_path / "absent.docx")


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
    assert "【演练】" not in text and "【内部】" not in text and "公开副本不含煤炭消费进度" in text


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
