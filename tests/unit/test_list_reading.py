"""Lists as bureaus send them: headings in any order, other headings, units, merged cells, mistakes, hostile names."""

import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from list_worlds import CITY, POLLUTANTS, document_of, line, totals

from dashboards.emission_list.template import write_list
from pipelines.emergency.emission_list.loading import Prepared, prepare_list
from sources.emission_list import MappingError, read, read_mapping
from sources.emission_list.forms import list_forms
from sources.simulation.coal.codes import credit_code

CODE = credit_code(CITY, 1)
BASE = ["SO2基准排放量", "NOx基准排放量", "PM基准排放量", "VOCs基准排放量"]
HOSTILE = [
    '=HYPERLINK("http://x","y")', "<script>alert(1)</script>", "@SUM(1)", "-2+3", "名\r\nBcc: a@b", "\u202e倒写", "𬘡鎏😀",
    "'; DROP TABLE emergency.line; --", "长" * 10_000,
]  # fmt: skip


def workbook(
    sheets: dict[str, Sequence[Sequence[Any]]], merged: Sequence[tuple[str, str, str]] = ()
) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for place, value in enumerate(row):
                    if value is not None:
                        (sheet.write_string if isinstance(value, str) else sheet.write)(at, place, value)
            for where, cells, text in merged:
                if where == name:
                    sheet.merge_range(cells, text)
    return stream.getvalue()


TOTALS = [["污染物", "全社会排放量"], *([p, 1000] for p in POLLUTANTS)]


def taken(
    enterprise: Sequence[Sequence[Any]], total: Sequence[Sequence[Any]] = TOTALS, **given: Any
) -> Prepared:
    merged = given.pop("merged", ())
    data = workbook({"表一": enterprise, "表二": total}, merged)
    return prepare_list(read(data, "x.xlsx", city_code=CITY, **given))


def rules(prepared: Prepared, level: str = "error") -> set[str]:
    return {f.rule for f in prepared.findings if f.level == level}


def orange(prepared: Prepared) -> dict[str, str]:
    rows = prepared.measures.to_pylist()
    return {row["level"]: row["measure_text"] for row in rows}


@pytest.mark.parametrize(
    "order", [("黄色", "橙色", "红色"), ("红色", "橙色", "黄色"), ("橙色", "红色", "黄色")]
)
def test_trap_21_levels_go_by_heading(order: Sequence[str]) -> None:
    texts = {"黄色": "限产10%", "橙色": "限产20%", "红色": "限产30%"}
    head = ["企业名称", "统一社会信用代码", "绩效等级", *(f"{o}预警措施" for o in order), *BASE]
    found = taken([head, ["甲", CODE, "B", *(texts[o] for o in order), 1, 2, 3, 4]])
    assert not found.errors
    assert orange(found) == {"yellow": "限产10%", "orange": "限产20%", "red": "限产30%"}


def test_trap_21_levels_in_two_rows_of_merged_headings() -> None:
    top = ["企业名称", "统一社会信用代码", *BASE, "红色预警", None, "橙色预警", None]
    low = [None] * 6 + ["措施", "减排比例", "措施", "减排比例"]
    row = ["甲", CODE, 1, 2, 3, 4, "停产", 100, "限产40%", 40]
    found = taken([top, low, row], merged=[("表一", "G1:H1", "红色预警"), ("表一", "I1:J1", "橙色预警")])
    assert not found.errors
    shares = {r["level"]: (r["measure_text"], r["stated_ratio"]) for r in found.measures.to_pylist()}
    assert shares == {"red": ("停产", Decimal(1)), "orange": ("限产40%", Decimal("0.4"))}


def test_other_headings_through_a_mapping(tmp_path: Path) -> None:
    rows = [["单位", "代码列", "Ⅱ级怎么做", "内部备注", *BASE], ["甲", CODE, "限产20%", "x", 1, 2, 3, 4]]
    assert "column_missing" in rules(taken(rows))
    path = tmp_path / "map.csv"
    text = "form,heading,column\nenterprise,单位,企业名称\n,代码列,credit_code\n,Ⅱ级怎么做,orange_text\n,内部备注,-\n"
    path.write_text(text, encoding="gb18030")
    found = taken(rows, mapping=read_mapping(path))
    assert not found.errors
    assert "column_unknown" not in rules(found, "warning")
    assert orange(found) == {"orange": "限产20%"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        "form,heading,column\nx,y,z\n",
        "heading,column\n甲,不存在的列\n",
        "heading,column\n甲,site\n甲,note\n",
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(text: str) -> None:
    with pytest.raises(MappingError):
        read_mapping(text.encode())


def test_units_are_read_from_headings_or_from_the_line_above() -> None:
    row = ["甲", CODE, 1.5, 2, 3, 4]
    total = [["单位：吨/日"], ["污染物", "全社会排放量"], *([p, "0.0015"] for p in POLLUTANTS)]
    found = taken(
        [["企业名称", "统一社会信用代码", "SO2基准排放量（t/d）", "NOx基准排放量（kg/d）", *BASE[2:]], row],
        total,
    )
    assert not found.errors
    (read_row,) = found.document.tables["enterprise"].to_pylist()
    assert (read_row["base_so2_kgd"], read_row["base_nox_kgd"]) == (Decimal(1500), Decimal(2))
    assert found.totals["total_kgd"].to_pylist() == [Decimal("1.5")] * 4


def test_tonnes_a_year_are_refused() -> None:
    head = ["企业名称", "统一社会信用代码", "SO2基准排放量（吨/年）", *BASE[1:]]
    assert "unit_wrong" in rules(taken([head, ["甲", CODE, 1, 2, 3, 4]]))


def test_merged_names_stand_for_every_row_and_merged_amounts_for_one() -> None:
    rows = [
        ["企业名称", "统一社会信用代码", "生产线编号", *BASE],
        ["甲", CODE, "1", 1, 1, 1, 1],
        [None, None, "2", 1, 1, 1, 1],
    ]
    merged = [("表一", "A2:A3", "甲"), ("表一", "B2:B3", CODE)]
    assert not taken(rows, merged=merged).errors
    assert "cell_required" in rules(taken(rows))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"统一社会信用代码": "123"}, "code_length"),
        ({"SO2基准排放量": "多"}, "number_invalid"),
        ({"SO2基准排放量": -1}, "value_below"),
        ({"SO2基准排放量": None}, "cell_required"),
        ({"橙色减排比例": 120}, "value_above"),
        ({"绩效等级": "E"}, "grade_unknown"),
        ({"管控类别": "随便"}, "category_unknown"),
        ({"停产时段": "下周"}, "stops_unread"),
        ({"橙色措施代码": "STOP_IT"}, "code_unknown"),
    ],
)
def test_every_mistake_names_its_cell_and_nothing_is_taken(change: dict[str, Any], rule: str) -> None:
    row: dict[str, Any] = {
        "企业名称": "甲",
        "统一社会信用代码": CODE,
        "绩效等级": "B",
        "橙色减排比例": 20,
        "橙色措施代码": None,
    }
    row |= dict.fromkeys(BASE, 1) | {"管控类别": None, "停产时段": None} | change
    good = row | {"统一社会信用代码": credit_code(CITY, 2), "企业名称": "乙"} | dict.fromkeys(BASE, 1)
    good |= {"绩效等级": "B", "橙色减排比例": 20, "管控类别": None, "停产时段": None, "橙色措施代码": None}
    found = taken([list(row), list(good.values()), list(row.values())])
    errors = [f for f in found.errors if f.rule == rule]
    assert [(f.sheet, f.cell[-1]) for f in errors] == [("表一", "3")]
    assert errors[0].zh and errors[0].en and errors[0].fix_zh and errors[0].fix_en
    assert found.measures.num_rows == 0


def test_the_same_line_twice_and_missing_totals() -> None:
    head = ["企业名称", "统一社会信用代码", "生产线编号", *BASE]
    assert "key_repeated" in rules(
        taken([head, ["甲", CODE, "1", 1, 1, 1, 1], ["甲", CODE, "1", 1, 1, 1, 1]])
    )
    assert "total_missing" in rules(taken([head, ["甲", CODE, "1", 1, 1, 1, 1]], TOTALS[:3]))
    assert "sheet_missing" in rules(prepare_list(read(workbook({"x": TOTALS}), "x", city_code=CITY)))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\x00\x01", b"a,b\n1,2\n"])
def test_files_that_are_no_lists(data: bytes) -> None:
    assert prepare_list(read(data, "x", city_code=CITY)).errors


def test_shares_written_as_fractions_are_told() -> None:
    head = ["企业名称", "统一社会信用代码", "橙色减排比例", *BASE]
    found = taken([head, ["甲", CODE, 0.2, 1, 1, 1, 1]])
    assert "pct_as_share" in rules(found, "warning")
    assert found.measures["stated_ratio"].to_pylist() == [Decimal("0.2")]


@pytest.mark.parametrize(
    ("cell", "grade", "category"),
    [
        ("地方B", "B", None),
        ("民生豁免-C", "C", "livelihood"),
        ("长期停产", None, "long_stopped"),
        ("Ｂ级", "B", None),
        ("A+", "A+", None),
        ("未评级", None, None),
        ("绩效引领性", "引领性", None),
    ],
)
def test_grade_cells_seen_in_lists(cell: str, grade: str | None, category: str | None) -> None:
    found = taken([["企业名称", "统一社会信用代码", "绩效等级", *BASE], ["甲", CODE, cell, 1, 1, 1, 1]])
    assert not found.errors
    (row,) = found.document.tables["enterprise"].to_pylist()
    assert (row["grade"], row["category"], row["grade_text"]) == (grade, category, cell)


def test_hostile_texts_come_through_as_plain_words(tmp_path: Path) -> None:
    texts = [
        c.name
        for c in next(f for f in list_forms() if f.name == "enterprise").columns.values()
        if c.kind == "text"
    ]
    free = [
        name for name in texts if name not in ("grade", "category", "stops") and not name.endswith("_code")
    ]
    rows = [line(firm, **dict.fromkeys(free, word)) for firm, word in enumerate(HOSTILE, start=1)]
    prepared = document_of(tmp_path, {"enterprise": rows})
    assert not prepared.errors, prepared.errors
    names = prepared.document.tables["enterprise"]["firm_name"].to_pylist()
    assert names[4:7] == ["名 Bcc: a@b", "倒写", "𬘡鎏😀"]
    assert names[:4] == HOSTILE[:4]
    assert names[8] == HOSTILE[8]
    assert all(f.found == f.found[:200] and "\n" not in f.zh for f in prepared.findings)


def test_the_empty_template_has_every_sheet_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_list(path)
    document = read(path.read_bytes(), "t.xlsx", city_code=CITY)
    assert set(document.tables) == {"enterprise", "mobile", "nonroad", "dust", "total"}
    assert {f.rule for f in document.errors} == {"no_rows", "cell_required"}
    write_list(path, {"enterprise": [line()], "total": totals()})
    again = read(path.read_bytes(), "t.xlsx", city_code=CITY)
    assert not again.errors
