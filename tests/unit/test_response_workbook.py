"""The list workbook: text is never a formula, numbers are numbers, every page names the filed list, names are legal."""

import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook
from response_worlds import HOSTILE, a_firm, a_line, a_response, amounts, bare

from dashboards.response.model import Response
from dashboards.response.workbook.lines import MOST_COUNTIES
from dashboards.response.workbook.sheet import legal_name
from dashboards.response.workbook.writing import write_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FIXED = ["汇总", "行业汇总", "行业清单", "移动源", "非道路移动机械", "扬尘源", "全社会总量", "说明"]


def written(response: Response, folder: Path) -> Path:
    path = folder / "list.xlsx"
    write_workbook(response, path)
    return path


def parts(path: Path, ending: str = ".xml") -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist() if name.endswith(ending)}


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def cells(path: Path) -> list[Any]:
    return [cell for rows in sheets(path).values() for row in rows for cell in row if cell != ""]


def hostile(folder: Path) -> Path:
    firms = [
        a_firm(n, a_line(1, line_name=text, equipment=text, evidence=text, industry=text, category=text,
                         measures={"yellow": text, "orange": text, "red": text}, stops_text=text, stopped=n % 2 == 0),
               firm_name=text, county_name=text, contact=text, phone=text, site=text)
        for n, text in enumerate(HOSTILE, start=1)
    ]  # fmt: skip
    texts = dict.fromkeys(("document_no", "issuing_body", "office", "approved_by", "city_name"), HOSTILE[0])
    version = a_response().list_version | {"document_no": '&C&"x"' + HOSTILE[9], "file_name": HOSTILE[6]}
    return written(
        a_response(*firms, warning=texts, list_version=version, notes=((HOSTILE[0], HOSTILE[3]),)), folder
    )


def test_no_text_is_a_formula_or_a_link(tmp_path: Path) -> None:
    path = hostile(tmp_path)
    for name, data in parts(path).items():
        root = ElementTree.fromstring(data)
        if name.startswith("xl/worksheets/"):
            assert not list(root.iter(f"{MAIN}f")) and not list(root.iter(f"{MAIN}hyperlink")), name
    rels = b"".join(parts(path, ".rels").values())
    assert b"External" not in rels and b"hyperlink" not in rels


def test_hostile_text_is_legible_and_harmless(tmp_path: Path) -> None:
    found = [cell for cell in cells(hostile(tmp_path)) if isinstance(cell, str)]
    joined = "\n".join(found)
    for expected in (
        '=HYPERLINK("http://x","y")',
        "<script>alert(1)</script>",
        "甲 Bcc: a@b.c",
        "𬘡生物科技公司",
        "👩‍👩‍👧 表情厂",
        "倒写有限公司",
    ):
        assert expected in joined
    assert not any((ord(c) < 32 and c != "\n") or c in "\u202e\u202c\ufffe" for cell in found for c in cell)
    assert max(map(len, found)) < 1500


def test_counties_of_any_name_get_legal_sheets(tmp_path: Path) -> None:
    names = list(sheets(hostile(tmp_path)))
    assert len(names) == len(FIXED) + len(HOSTILE) == len({name.casefold() for name in names})
    assert names[0] == "汇总" and names[-7:] == FIXED[1:]
    for name in names:
        assert name and len(name.encode("utf-16-le")) <= 62
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name) and name.strip("'") == name


@pytest.mark.parametrize("county", ["汇总", "说明", "History", "''", "[]:*?/\\", "移动源", ""])
def test_a_county_does_not_take_the_name_of_another_sheet(tmp_path: Path, county: str) -> None:
    path = written(
        a_response(a_firm(1, county_name=county), a_firm(2, county_name=county + "\u200b二")), tmp_path
    )
    names = list(sheets(path))
    assert len(names) == len(FIXED) + 2 and [name for name in names if name in FIXED] == FIXED


def test_names_that_are_cut_stay_apart() -> None:
    taken: set[str] = set()
    for _ in range(12):
        name = legal_name("𬘡" * 40, taken)
        assert name.casefold() not in taken and len(name.encode("utf-16-le")) <= 62
        taken.add(name.casefold())


def test_many_counties_share_the_last_sheet(tmp_path: Path) -> None:
    firms = [a_firm(n, county_name=f"县{n:02}") for n in range(MOST_COUNTIES + 5)]
    found = sheets(written(a_response(*firms), tmp_path))
    assert len(found) == len(FIXED) + MOST_COUNTIES
    rest = found["其他县区"]
    assert len(rest) == 3 + 6 and "县（市、区）" in rest[2]
    assert sum(
        len(rows) - 3 for name, rows in found.items() if name.startswith("县") or name == "其他县区"
    ) == len(firms)


def test_numbers_are_numbers_with_units_and_the_sums_are_theirs(tmp_path: Path) -> None:
    firm = a_firm(
        1,
        a_line(1, cut_kgd=amounts(SO2=12.345678, NOx=1.0)),
        a_line(2, stopped=True, ratio=None, cut_kgd=amounts()),
    )
    rows = sheets(written(a_response(firm, a_firm(2)), tmp_path))["长安区"]
    heads = rows[2]
    assert heads[heads.index("SO2\n排放基数\nkg/d") :][:4] == [
        f"{p}\n排放基数\nkg/d" for p in ("SO2", "NOx", "PM", "VOCs")
    ]
    place = heads.index("SO2\n橙色减排\nkg/d")
    assert [row[place] for row in rows[3:]] == [12.345678, 0.0, 30.0]
    assert rows[1][place] == pytest.approx(42.345678)
    assert (
        rows[3][heads.index("橙色\n减排比例\n%")] == 30.0 and rows[4][heads.index("橙色\n减排比例\n%")] == ""
    )
    assert "响应日已停运" in rows[4][heads.index("备注")]
    assert rows[3][heads.index("电话")] == "13900000000"


def test_the_measure_in_force_comes_first(tmp_path: Path) -> None:
    for level, word in (("yellow", "黄色"), ("orange", "橙色"), ("red", "红色")):
        heads = sheets(written(a_response(warning={"level": level}), tmp_path))["长安区"][2]
        measures = [head for head in heads if "措施" in head]
        assert measures[0] == f"{word}措施（现在执行）" and len(measures) == 3


def test_ratios_are_told_with_shortfall_and_verdict(tmp_path: Path) -> None:
    rows = sheets(written(a_response(), tmp_path))["汇总"]
    at = next(i for i, row in enumerate(rows) if row[0] == "级别")
    table = rows[at + 1 : at + 13]
    assert [row[0] for row in table[::4]] == ["橙色", "黄色", "红色"]
    assert table[1][:8] == ["橙色", "NOx", 20.0, 1000.0, 150.0, 15.0, 50.0, "✘ 未达到"]
    assert table[1][8:15] == [10.0, 1000.0, 150.0, 15.0, 30.0, 50.0, "✘ 未达到"]
    assert table[5][7] == "✔ 达到"
    told = next(row[1] for row in rows if row[0] == "减排结论")
    assert told == "响应日 2026-12-03，要求 20%：SO2、PM、VOCs 达到；NOx 未达到"


def test_the_chart_points_at_the_table_and_holds_its_values(tmp_path: Path) -> None:
    path = written(a_response(), tmp_path)
    (chart,) = (data.decode() for name, data in parts(path).items() if name.startswith("xl/charts/chart"))
    refs = re.findall(r"<c:f>([^<]+)</c:f>", chart)
    assert refs and all(re.fullmatch(r"'?汇总'?!\$[A-O]\$\d+:\$[A-O]\$\d+", ref) for ref in refs)
    rows = sheets(path)["汇总"]
    first = int(re.findall(r"\$F\$(\d+):", chart)[0])
    assert [row[1] for row in rows[first - 1 : first + 3]] == ["SO2", "NOx", "PM", "VOCs"]
    assert "<c:v>15</c:v>" in chart.replace("15.0", "15")


def test_every_sheet_is_set_up_for_paper(tmp_path: Path) -> None:
    exercise = a_response(warning={"kind": "drill"})
    for name, data in parts(written(exercise, tmp_path)).items():
        if not name.startswith("xl/worksheets/"):
            continue
        root = ElementTree.fromstring(data)
        setup, view = root.find(f"{MAIN}pageSetup"), root.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
        head, foot = (
            root.findtext(f"{MAIN}headerFooter/{MAIN}odd{one}") or "" for one in ("Header", "Footer")
        )
        assert setup is not None and setup.get("paperSize") == "8" and setup.get("orientation") == "landscape"
        assert view is not None and view.get("state") == "frozen"
        assert "L-610100-2026-1" in head and "市环函〔2026〕1号" in head and "【演练】" in head
        assert "市预警〔2026〕1号" in foot and "&P" in foot and "&N" in foot
        assert max(len(head), len(foot)) <= 255
    book = parts(tmp_path / "list.xlsx")["xl/workbook.xml"].decode()
    assert book.count("_xlnm.Print_Titles") == len(FIXED) + 1


def test_codes_of_headers_cannot_be_smuggled_in(tmp_path: Path) -> None:
    root = ElementTree.fromstring(parts(hostile(tmp_path))["xl/worksheets/sheet1.xml"])
    head = root.findtext(f"{MAIN}headerFooter/{MAIN}oddHeader") or ""
    assert '＆C＆"x"' in head and head.count("&R") == head.count("&L") == 1
    assert set(re.findall(r"&.", head)) <= {"&L", "&R"}
    long = a_response(warning={"city_name": "&" * 99, "approved_at": None, "kind": "drill"},
                      list_version=a_response().list_version | {"document_no": "&R" * 99})  # fmt: skip
    root = ElementTree.fromstring(parts(written(long, tmp_path))["xl/worksheets/sheet1.xml"])
    assert len(root.findtext(f"{MAIN}headerFooter/{MAIN}oddHeader") or "") <= 255


def test_a_draft_is_marked_in_title_and_header(tmp_path: Path) -> None:
    path = written(a_response(warning={"approved_at": None, "approved_by": None, "kind": "drill"}), tmp_path)
    assert sheets(path)["汇总"][0][0].startswith("【演练】【草稿】")
    assert "未经批准，不得对外" in cells(path)
    assert all(
        "草稿　未经批准" in data.decode() for name, data in parts(path).items() if "worksheets/" in name
    )


def test_a_city_without_a_list_says_so(tmp_path: Path) -> None:
    path = written(bare(), tmp_path)
    found = cells(path)
    assert list(sheets(path)) == FIXED
    for text in (
        "没有已备案的清单",
        "没有已备案的清单，减排比例无法计算",
        "没有列入清单的企业",
        "清单没有扬尘源",
        "没有清单",
    ):
        assert text in found
    assert not any("charts" in name for name in parts(path))


def test_the_same_response_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(a_response(), tmp_path).read_bytes()
    later = a_response(made_at=datetime(2027, 1, 1))
    assert written(later, tmp_path).read_bytes() == first
    assert written(a_response(a_firm(1, firm_name="另一家")), tmp_path).read_bytes() != first
    assert [p.name for p in tmp_path.iterdir()] == ["list.xlsx"]


def test_a_level_without_measures_is_written_too(tmp_path: Path) -> None:
    path = written(
        a_response(warning={"level": "precaution", "level_zh": "黄色以下管控", "response": None}), tmp_path
    )
    assert "黄色措施" in sheets(path)["长安区"][2]


def test_numbers_too_long_for_the_usual_column_still_fit(tmp_path: Path) -> None:
    path = written(a_response(a_firm(1, a_line(1, base_kgd=amounts(123_456_789.0)))), tmp_path)
    root = ElementTree.fromstring(parts(path)["xl/worksheets/sheet2.xml"])
    heads = sheets(path)["长安区"][2]
    place = heads.index("SO2\n排放基数\nkg/d") + 1
    (width,) = (
        float(c.get("width", 0)) for c in root.iter(f"{MAIN}col") if int(c.get("min", 0)) <= place <= int(c.get("max", 0))
    )  # fmt: skip
    assert width >= len("123,456,789.0")
