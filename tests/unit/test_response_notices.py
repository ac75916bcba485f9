"""Notices and placards: one page an enterprise, what to do now, a receipt; nothing from outside is ever markup."""

import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from response_worlds import HOSTILE, a_firm, a_line, a_response

from dashboards.clean import safe_name
from dashboards.response.names import document_name, folder_of
from dashboards.response.printed.notice import notice_page, write_notices
from dashboards.response.printed.page import MOST, parts_of
from dashboards.response.printed.placard import placard_page, write_placards
from warehouse import standards

PLAIN = {*("section", "div", "span", "h1", "h2", "p", "ul", "li", "br", "small", "svg", "path")}
PLAIN |= {"table", "thead", "tbody", "tr", "th", "td"}


class Reader(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.depth += tag not in ("br", "path", "meta")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in ("path",)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def hostile() -> Any:
    return a_response(
        *(
            a_firm(n, a_line(1, line_name=text, equipment=text, evidence=text, stops_text=text, stopped=n % 3 == 0,
                             measures=dict.fromkeys(("yellow", "orange", "red"), text)),
                   firm_name=text, site=text, address=text, contact=text, phone=text, category=text, county_name=text,
                   permit_no=text, credit_code=text)
            for n, text in enumerate(HOSTILE, start=1)
        ),
        warning=dict.fromkeys(("issuing_body", "document_no", "city_name"), HOSTILE[3]),
    )  # fmt: skip


@pytest.mark.parametrize("page_of", [notice_page, placard_page])
def test_outside_text_is_never_markup(page_of: Any) -> None:
    response = hostile()
    for firm in response.enterprises:
        page = Reader(page_of(response, firm))
        assert set(page.tags) <= PLAIN and page.depth == 0
        assert page.attributes <= {
            "class",
            "style",
            "colspan",
            "rowspan",
            "viewbox",
            "transform",
            "stroke",
            "d",
            "fill",
        }
        assert not any(c in page.text for c in "\u202e\u202c\x00\x07\r\n\ufffe")
    assert "𬘡生物科技公司" in Reader(page_of(response, response.enterprises[8])).text
    assert "<script>alert(1)</script>" in Reader(page_of(response, response.enterprises[3])).text


def test_a_notice_says_who_what_and_how_long() -> None:
    response = a_response()
    text = Reader(
        notice_page(response, a_firm(1, a_line(1), a_line(2, stopped=True, stops_text="错峰")))
    ).text
    for expected in (
        "致：企业1", "统一社会信用代码：91610100MA6TEST001", "绩效等级：C", "王工", "橙色预警", "Ⅱ级响应", "市预警〔2026〕1号",
        "自 2026年12月3日0时 起，至 2026年12月5日24时", "L-610100-2026-1", "1号线", "限产30%", "用电监控",
        "已按要求停运（错峰），响应期间不得恢复生产", "回执", "签收人", "单位盖章", "12369", "西安市应急指挥部", "2026年12月1日",
    ):  # fmt: skip
        assert expected in text, expected
    assert "限产20%" not in text and "演练" not in text and "草稿" not in text


def test_the_measure_follows_the_level() -> None:
    for level, measure in (("yellow", "限产20%"), ("red", "停产")):
        page = Reader(notice_page(a_response(warning={"level": level}), a_firm()))
        assert measure in page.text and "限产30%" not in page.text


def test_inspectors_look_at_what_the_measures_need() -> None:
    def points(code: str) -> str:
        return Reader(notice_page(a_response(), a_firm(1, a_line(1, codes={"orange": code})))).text

    assert "分表计电" in points("STOP_ALL") and "分表计电" not in points("NO_TRUCK_LE_STAGE")
    assert "门禁视频" in points("LIMIT_OUTPUT_PCT;NO_TRUCK_LE_STAGE") and "公示牌" in points("SELF_DIRECTED")


def test_points_name_measures_that_exist() -> None:
    known = set(standards.load("list_measure")["measure"])
    for row in standards.load("inspection_point").fillna({"codes": ""}).to_dict("records"):
        assert set(filter(None, row["codes"].split(";"))) <= known, row["point"]
        assert row["text_zh"] and row["text_en"]


@pytest.mark.parametrize(
    ("notice", "given", "expected"),
    [
        ("lift", {"lifted_at": datetime(2026, 12, 5, 8)}, "自 2026年12月5日8时 起解除"),
        ("suspend", {"decided_at": datetime(2026, 12, 4, 9)}, "自 2026年12月4日9时 起暂停"),
        ("extend", {"end_at": datetime(2026, 12, 7)}, "至 2026年12月6日24时"),
        ("issue", {"end_at": None}, "至 另行通知"),
    ],
)
def test_each_kind_says_what_holds(notice: str, given: dict[str, Any], expected: str) -> None:
    text = Reader(notice_page(a_response(notice=notice, warning=given), a_firm())).text
    assert expected in text
    assert ("现在须执行的措施" in text) == (notice in ("issue", "extend"))
    assert ("检查时看什么" in text) == (notice in ("issue", "extend"))


def test_an_exercise_says_so_on_every_page() -> None:
    response = a_response(simulated=True)
    for page in (notice_page(response, a_firm()), placard_page(response, a_firm())):
        assert "【演练】演练内容，不作为实际应急依据" in Reader(page).text


def test_a_placard_has_every_level_and_who_answers() -> None:
    text = Reader(placard_page(a_response(), a_firm(grade="B", graded=False))).text
    for expected in ("公示牌", "黄色预警（Ⅲ级）", "橙色预警（Ⅱ级）", "红色预警（Ⅰ级）", "限产20%", "限产30%", "停产", "王工", "13900000000",
                     "12369", "B", "未评级", "L-610100-2026-1", "91610100MA6TEST001"):  # fmt: skip
        assert expected in text, expected


def test_codes_to_scan_differ_and_are_deterministic() -> None:
    def drawn(firm: Any) -> str:
        found = re.search(r"<svg.*</svg>", placard_page(a_response(), firm), re.DOTALL)
        assert found is not None
        return found.group()

    assert drawn(a_firm(1)) == drawn(a_firm(1)) != drawn(a_firm(2))
    assert "http" not in drawn(a_firm(1))


def test_one_page_an_enterprise_and_nothing_from_elsewhere(tmp_path: Path) -> None:
    response = a_response(*(a_firm(n) for n in range(1, 8)))
    for write in (write_notices, write_placards):
        write(response, response.enterprises, tmp_path / "x.html", "长安区")
        text = (tmp_path / "x.html").read_text(encoding="utf-8")
        assert text.count('<section class="page">') == 7 and text.endswith("</body></html>\n")
        assert not re.search(
            r"(src|href|url\()",
            text.replace("default-src", "").replace("style-src", "").replace("img-src", ""),
        )
        again = tmp_path / "y.html"
        write(response, response.enterprises, again, "长安区")
        assert again.read_bytes() == (tmp_path / "x.html").read_bytes()


def test_large_counties_come_in_parts() -> None:
    response = a_response(*(a_firm(n) for n in range(MOST + 1)), a_firm(9000, county_name="𬘡县"))
    assert [(place, len(firms)) for place, firms in parts_of(response)] == [
        ("长安区_01", MOST),
        ("长安区_02", 1),
        ("𬘡县", 1),
    ]


def test_names_of_files_carry_mark_city_level_and_day() -> None:
    response = a_response(simulated=True)
    assert folder_of(response) == "【演练】W-610100-2026120116-1"
    assert document_name(response, "workbook") == "【演练】西安市橙色预警Ⅱ级响应清单_20261201.xlsx"
    assert document_name(response, "notices", "长安区") == "【演练】西安市橙色预警Ⅱ级响应通知单_长安区.html"
    assert document_name(response, "letter") == "【演练】西安市橙色预警Ⅱ级响应公文_发布.docx"
    assert document_name(response, "json") == "【演练】西安市橙色预警Ⅱ级响应.json"
    assert document_name(response, "cap") == "【演练】西安市橙色预警Ⅱ级响应.cap.xml"


@pytest.mark.parametrize("place", [*HOSTILE, "../../etc/passwd", "a/b\\c", "CON", ".", ""])
def test_no_county_leads_out_of_the_folder(place: str) -> None:
    name = document_name(a_response(), "notices", place)
    assert name.endswith(".html") and len(name.encode()) <= 200
    assert not set('/\\:*?"<>|\x00\r\n\u202e') & set(name) and Path(name).name == name
    assert safe_name(name) == name and name.startswith("西安市橙色预警Ⅱ级响应通知单_")
