"""The official letter: its form, its words, its marks, and text from outside."""

import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from response_notices import HOSTILE, ISSUER, enterprise, response

from dashboards.response.letter.text import title_lines
from dashboards.response.letter.writing import write_letter

KINDS = ("issue", "upgrade", "downgrade", "extend", "suspend", "resume", "lift")


@pytest.fixture
def letter(tmp_path):
    def make(made):
        path = tmp_path / "letter.docx"
        write_letter(made, path)
        return Document(str(path))

    return make


def texts(document):
    return [p.text for p in document.paragraphs if p.text]


def whole(document):
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([*texts(document), *cells])


def headers(document):
    section = document.sections[0]
    return [section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text]


def fonts(paragraph):
    return [run._r.rPr.rFonts.get(qn("w:eastAsia")) for run in paragraph.runs]


def starting(document, words):
    return next(p for p in document.paragraphs if p.text.startswith(words))


def test_paper_margins_and_grid_are_those_of_the_standard(letter):
    document = letter(response())
    section = document.sections[0]
    found = [
        round(value.mm)
        for value in (
            section.page_width, section.page_height, section.top_margin, section.bottom_margin,
            section.left_margin, section.right_margin,
        )
    ]  # fmt: skip
    assert found == [210, 297, 37, 35, 28, 26]
    normal = document.styles["Normal"]
    line = normal.paragraph_format.line_spacing.pt
    assert line * 22 <= Mm(297 - 37 - 35).pt < line * 23
    closer = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    letter_width = normal.font.size.pt + closer
    assert normal.font.size == Pt(16)
    assert letter_width * 28 <= Mm(210 - 28 - 26).pt < letter_width * 28.5


def test_parts_stand_in_the_order_of_the_standard(letter):
    found = texts(letter(response()))
    order = [
        f"{ISSUER}文件",
        "市生态委办发〔2026〕18号",
        "关于发布西安市重污染天气橙色预警的通知",
        "各区县人民政府",
        "根据空气质量预报会商意见",
        "据预报，11月23日至11月26日空气质量指数（AQI）为150—240，首要污染物为PM2.5。",
        "一、健康防护措施",
        "二、建议性减排措施",
        "三、强制性减排措施",
        "发现违法排污",
        "附件：",
        ISSUER,
        "2026年11月22日",
    ]
    places = [next(i for i, t in enumerate(found) if t.startswith(words)) for words in order[:-2]]
    assert places == sorted(places)
    assert found[-2:] == order[-2:]
    assert found[places[3]].endswith("：")


def test_fonts_are_the_named_ones_with_fallbacks(letter, tmp_path):
    document = letter(response("upgrade", "red"))
    assert fonts(starting(document, ISSUER)) == ["方正小标宋简体"]
    assert starting(document, ISSUER).runs[0].font.color.rgb is not None
    assert fonts(starting(document, "一、")) == ["黑体"]
    assert fonts(starting(document, "（一）易感人群")) == ["楷体_GB2312", "仿宋_GB2312"]
    assert fonts(starting(document, "根据")) == ["仿宋_GB2312"]
    with zipfile.ZipFile(tmp_path / "letter.docx") as held:
        table = held.read("word/fontTable.xml").decode()
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong' in table
    assert table.count("<w:font ") == table.count("</w:font>")


def test_red_is_signed_and_has_the_number_at_the_left(letter):
    red = starting(letter(response("upgrade", "red")), "\u3000市生态委办发〔2026〕18号")
    assert red.text.endswith("签发人：李某某\u3000")
    assert fonts(red) == ["仿宋_GB2312", "楷体_GB2312"]
    assert "签发人" not in whole(letter(response("issue", "orange")))


def test_pages_are_numbered_on_the_outer_side(letter):
    section = letter(response()).sections[0]
    for footer, side in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        line = footer.paragraphs[0]
        assert line.text.replace("1", "") == "—  —"
        assert " PAGE " in "".join(e.text or "" for e in line._p.iter(qn("w:instrText")))
        assert line.alignment.name == side


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_letter_and_only_those_with_measures_have_blocks(letter, kind):
    document = letter(response(kind, "red" if kind == "upgrade" else "orange"))
    has_blocks = kind not in ("suspend", "lift")
    assert ("三、强制性减排措施" in texts(document)) is has_blocks
    assert any(t.startswith("附件：") for t in texts(document)) is has_blocks
    assert "依据《西安市重污染天气应急预案（2024年修订）》（市政办发〔2024〕23号）" in whole(document)
    assert not document.inline_shapes


def test_short_items_of_the_notice_are_replaced_by_the_blocks(letter):
    assert "一、请公众注意健康防护。" not in texts(letter(response()))


def test_measures_follow_level_and_city(letter):
    orange, red, yellow = (whole(letter(response("issue", level))) for level in ("orange", "red", "yellow"))
    assert "停止使用国Ⅲ及以下非道路移动机械" in orange
    assert "停止使用国Ⅱ及以下非道路移动机械" in yellow
    assert "鼓励停止使用全部燃油、燃气非道路移动机械" in red
    assert "国四及以下重型载货车" not in yellow
    elsewhere = response()
    elsewhere = replace(elsewhere, warning=elsewhere.warning | {"city_code": "141000", "city_name": "临汾市"})
    text = whole(letter(elsewhere))
    assert "国Ⅲ" not in text
    assert "西安市重污染天气应急预案" not in text


def test_a_text_holds_only_while_it_is_valid(letter):
    before = replace(response(), response_day=date(2024, 6, 1))
    assert "停止使用国Ⅲ及以下非道路移动机械" not in whole(letter(before))


def test_the_list_is_named_and_counted(letter):
    text = whole(letter(response()))
    assert "本级有减排措施的企业2家、生产线2条" in text
    assert "西安市重污染天气应急减排清单（版本L-610100-2026-2，备案文号：市环发〔2026〕7号）" in text
    without = whole(letter(replace(response(), list_version=None, enterprises=())))
    assert "附件" not in without
    assert "生产线" not in without


@pytest.mark.parametrize(
    ("kind", "approved", "words"),
    [
        ("drill", True, ["【演练】"]),
        ("real", False, ["【草稿】"]),
        ("drill", False, ["【演练】", "【草稿】"]),
    ],
)
def test_marks_stand_on_every_page_in_the_title_and_in_the_file(letter, kind, approved, words):
    document = letter(response(kind=kind, approved=approved))
    for word in words:
        assert all(word in header for header in headers(document))
        assert word in document.core_properties.title
        assert any(word in text for text in texts(document))
        assert word.strip("【】") in document.sections[0].header._element.xml
    assert document.settings.odd_and_even_pages_header_footer


def test_an_approved_real_letter_has_no_mark(letter):
    document = letter(response())
    assert headers(document) == ["", ""]
    assert "演练" not in whole(document)
    assert "草稿" not in whole(document)


def test_simulated_data_are_an_exercise(letter):
    assert all("【演练】" in h for h in headers(letter(replace(response(), simulated=True))))


def test_a_draft_says_what_is_missing(letter):
    found = whole(letter(response(approved=False)))
    assert "（发布单位待定）" in found


def test_imprint_names_copies_and_day(letter):
    rows = [[c.text for c in r.cells] for r in letter(response()).tables[0].rows]
    assert rows[0][0].startswith("抄送：")
    assert rows[1] == [ISSUER, "2026年11月22日印发"]


def test_lift_is_dated_by_its_own_day(letter):
    assert texts(letter(response("lift")))[-1] == "2026年11月24日"


def test_the_same_response_gives_the_same_bytes(tmp_path):
    paths = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for path in paths:
        write_letter(response(), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.docx", "b.docx"]


def test_no_clock_and_no_other_name_in_the_properties(letter):
    about = letter(response()).core_properties
    assert about.created.isoformat().startswith("2026-11-22T10:30")
    assert (about.author, about.comments) == (ISSUER, "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_harmless_and_legible(letter, text):
    made = response("issue", "red", enterprises=(enterprise(1, firm_name=text),))
    made = replace(
        made,
        title=f"【演练】{text}",
        body=f"文号：x\n{text}\n一、{text}\n{text}",
        warning=made.warning | dict.fromkeys(("issuing_body", "document_no", "signatory", "city_name"), text),
        list_version={"version_id": text, "document_no": text},
        forecast=({"day": date(2026, 11, 24), "aqi": 210, "primary_pollutants": text},),
    )
    document = letter(made)
    found = whole(document)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in found)
    assert not any(c in found for c in "\u202e\u202c\ufffe\uffff\ud800")
    assert len(document.core_properties.title) <= 255
    if "𬘡" in text:
        assert "𬘡" in found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_text_makes_a_letter_that_opens(tmp_path, text):
    made = response()
    made = replace(made, title=text, body=text, warning=made.warning | {"issuing_body": text})
    path = tmp_path / "any.docx"
    write_letter(made, path)
    assert Document(str(path)).tables


def test_title_is_broken_where_it_may_be():
    assert title_lines("【演练】关于发布西安市重污染天气橙色预警的通知") == [
        "【演练】",
        "关于发布西安市重污染天气橙色预警的通知",
    ]
    long = "关于将巴音郭楞蒙古自治州重污染天气橙色预警升级为红色预警的通知"
    assert title_lines(long) == [long[:12], long[12:]]
