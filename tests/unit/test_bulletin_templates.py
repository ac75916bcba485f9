"""Templates of bulletins that people change: filled, or told what is wrong with them."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bulletin_worlds import hostile_documents, text_of
from docx import Document

from dashboards.bulletin import render
from dashboards.bulletin.render import BulletinTemplateError
from pipelines.bulletin.products import Template, context_of, read_template, write, write_templates


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """A day and a month, simulated, with names that want to do harm."""
    return hostile_documents(tmp_path_factory.mktemp("bulletin") / "w.duckdb")


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


def as_page(made: dict[str, Any], folder: Path) -> str:
    own = read_template(folder / "month.html")[1]
    context = context_of(made) | NO_PICTURES
    return render.as_html("month", context, own.source, own.name, own.beside)


def test_what_lies_beside_a_template_is_taken_in(made: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    write_templates(tmp_path / "t")
    usual = as_page(made["month"], tmp_path / "t")
    assert usual == render.as_html("month", context_of(made["month"]) | NO_PICTURES)
    for name, old, new in (("style.html", "#222", "#00f"), ("tables.html", "评价项目", "项目")):
        path = tmp_path / "t" / name
        text = path.read_text(encoding="utf-8")
        assert old in text and old in usual
        path.write_text(text.replace(old, new), encoding="utf-8")
    page = as_page(made["month"], tmp_path / "t")
    assert "#00f" in page and "<th>项目</th>" in page and "评价项目" not in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{% macro items_table(rows, caption) %}{% if %}{% endmacro %}", "第 1 行"),
        ("评价".encode("gbk"), "UTF-8"),
        ("｛｛ title ｝｝".encode(), "全角"),
    ],
)
def test_a_wrong_file_beside_a_template_is_told_by_its_name(
    made: dict[str, dict[str, Any]], tmp_path: Path, content: bytes, said: str
) -> None:
    write_templates(tmp_path / "t")
    (tmp_path / "t" / "tables.html").write_bytes(content)
    with pytest.raises(BulletinTemplateError, match=r"tables\.html") as caught:
        as_page(made["month"], tmp_path / "t")
    assert said in str(caught.value)


def docx_with(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


NO_PICTURES = {
    f"{name}{part}": "" for name in ("chart_ranking", "chart_calendar") for part in ("", "_alt")
} | {"font_family": "serif"}
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
        (MUST + "｛｛ region ｝｝", "全角"),
        (MUST + "{｛ region ｝}", "全角"),
        (MUST + "{{ 'a' * 2000000000 }}", "不得乘方"),
        (MUST + "{{ 9 ** 9 ** 9 }}", "不得乘方"),
        (MUST + "{{ '%2000000d' % 1 }}", "不得乘方"),
        (MUST + "{{ region }", "}"),
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


def test_a_text_without_end_is_not_made(made: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    source = MUST + "{% for i in range(90000) %}" + "长" * 100 + "{% endfor %}"
    for text in (source, MUST + "{{ 'a'.center(90000000) }}"):
        given = {"txt": Template("own.txt", text.encode(), tmp_path)}
        with pytest.raises(BulletinTemplateError, match="太大"):
            write(made["day"], ["txt"], folder=tmp_path / "out", templates=given)
    assert render._guarded("a", lambda: "kept") == "kept"

    def full() -> str:
        raise MemoryError

    with pytest.raises(BulletinTemplateError, match="太大"):
        render._guarded("a", full)


def test_a_placeholder_that_word_cut_into_runs_is_filled(
    made: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    write_templates(tmp_path / "t")
    own = Document(str(tmp_path / "t" / "day.docx"))
    line = next(p for p in own.paragraphs if "{{ yesterday }}" in p.text)
    line.runs[1].text = "{{ yes"
    line.add_run("terday }}。").bold = True
    own.save(str(tmp_path / "own.docx"))
    given = dict([read_template(tmp_path / "own.docx")])
    done = write(made["day"], ["docx"], folder=tmp_path / "out", templates=given)
    assert context_of(made["day"])["yesterday"] in text_of(done.files[0])


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
