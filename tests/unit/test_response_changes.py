"""What the documents say once a warning was changed or is over: from when a level holds, and nothing that no longer does."""

from dataclasses import replace
from datetime import datetime

import pytest
from docx import Document
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook
from response_notices import enterprise, line, response
from response_worlds import a_firm, a_line, a_response
from warning_homes import NOW, approved

from dashboards.pictures.long_text import foot, paragraphs
from dashboards.response.letter.text import even_parts
from dashboards.response.letter.writing import write_letter
from dashboards.response.printed.notice import notice_page
from dashboards.response.public_text import public_text
from dashboards.response.sms import LONGEST, sms_messages, units
from dashboards.response.workbook.writing import write_workbook
from pipelines.emergency.life.notices import notice_text, sms_text


def cells(path):
    book = CalamineWorkbook.from_path(path)
    return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


@pytest.mark.parametrize("kind", ["upgrade", "downgrade"])
def test_a_changed_level_says_from_when_it_holds(tmp_path, kind):
    made = response(kind, "orange")
    at = datetime(2026, 11, 24, 13)
    made = replace(made, warning=made.warning | {"decided_at": at})
    assert "2026年11月24日13时起执行Ⅱ级响应" in public_text(made)
    assert "from 2026-11-24 13:00" in public_text(made)
    assert all("11月24日13时起" in m.text and units(m.text) <= LONGEST for m in sms_messages(made))
    record = replace(approved(tmp_path / "state.sqlite"), decided_at=datetime(2026, 12, 4, 13))
    assert "自2026年12月4日13时起执行Ⅱ级响应" in notice_text(record, kind)[1]
    assert "12月4日13时起" in sms_text(record, kind)


def test_a_level_changed_before_the_start_holds_from_the_start(tmp_path):
    record = replace(approved(tmp_path / "state.sqlite"), decided_at=NOW)
    assert "自2026年12月3日0时起执行Ⅱ级响应" in notice_text(record, "upgrade")[1]


def test_a_notice_to_a_firm_asks_for_nothing_before_the_response_begins():
    page = notice_page(a_response(), a_firm(1))
    assert "立即执行" not in page and "自 2026年12月3日0时 起执行下列措施" in page
    changed = a_response(notice="upgrade", warning={"decided_at": datetime(2026, 12, 4, 13)})
    assert notice_page(changed, a_firm(1)).count("自 2026年12月4日13时 起") == 2


@pytest.mark.parametrize(("notice", "said"), [("issue", True), ("lift", False), ("suspend", False)])
def test_measures_of_a_warning_that_is_over_are_not_in_force(tmp_path, notice, said):
    write_workbook(a_response(notice=notice), tmp_path / "a.xlsx")
    assert ("现在执行" in cells(tmp_path / "a.xlsx")) is said


def test_the_workbook_for_mails_has_no_contacts(tmp_path):
    made = a_response(a_firm(1, a_line(1)))
    for contacts in (True, False):
        write_workbook(made, tmp_path / f"{contacts}.xlsx", contacts=contacts)
        told = cells(tmp_path / f"{contacts}.xlsx")
        assert ("13900000000" in told, "责任人'" in told) == (contacts, contacts)


def test_a_firm_that_stands_still_anyway_is_not_told_to_begin_again():
    still = enterprise(1, lines=(replace(line(), stopped=True),))
    texts = [
        m.text
        for m in sms_messages(replace(response("lift"), enterprises=(still, enterprise(2))))
        if m.kind.startswith("企业")
    ]
    assert "恢复生产" not in texts[0] and "仍须执行" in texts[0]
    assert "可有序恢复生产" in texts[1] and max(map(units, texts)) <= LONGEST


def test_the_long_image_signs_once_where_the_issuing_body_bears_the_mark():
    issuer = "【演练】西安市应急指挥部办公室（模拟）"
    body = f"【演练】文号：1号\n现发布预警。\n{issuer}\n2026年12月1日\n【演练】演练内容，不作为实际应急依据。"
    made = a_response(warning={"kind": "drill", "issuing_body": issuer}, body=body)
    told = [text for _, text in paragraphs(made)]
    assert not any("指挥部办公室" in text or "2026年12月1日" in text for text in told)
    assert [text for text in foot(made) if "指挥部办公室" in text] == [issuer]


def test_a_long_name_above_the_letter_is_broken_into_even_lines(tmp_path):
    assert even_parts("西安市", 17) == ["西安市"]
    assert [len(part) for part in even_parts("字" * 18, 17)] == [9, 9]
    made = response()
    name = "西安市重污染天气应急指挥部办公室"
    write_letter(
        replace(made, warning=made.warning | {"issuing_body": name}, body=made.body), tmp_path / "a.docx"
    )
    red = [
        p.text
        for p in Document(tmp_path / "a.docx").paragraphs
        if any(r.font.color.rgb is not None and r.font.size and r.font.size.pt >= 26 for r in p.runs)
    ]
    assert "".join(red) == f"{name}文件" and min(map(len, red)) >= 9


def test_nothing_stands_between_the_day_and_the_imprint(tmp_path):
    write_letter(response(), tmp_path / "a.docx")
    table = Document(tmp_path / "a.docx").tables[-1]._tbl
    assert "".join(table.getprevious().itertext()).endswith("日")
    assert table.getnext().tag == qn("w:p")
