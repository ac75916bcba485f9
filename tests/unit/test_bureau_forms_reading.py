from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from sources.bureau_forms import Document, FormTable, looks_like_coal_form, read

TODAY = date(2026, 11, 23)
CODE, OTHER = "91610500MA6Y12345A", "91610500563789012R"
MONTHLY = ["统一社会信用代码", "月份", "能源名称", "消费量合计"]
REGION = [
    *("省（市、区）", "地市（州）", "县（区）", "年份", "煤合计", "原煤", "洗精煤", "其他"),
    *("1.火力发电", "2.供热", "3.煤炭洗选", "4.炼焦", "5.炼油及煤制油", "6.制气"),
    *("1.工业", "#用作原料、材料", "2.其他用途", "焦炭"),
]
REGION_ROW = ["陕西省", "渭南市", "", 2025, 1200, 1000, 150, 50, 600, 100, 0, 150, 0, 0, 250, 40, 60, 3]
MAIN = [
    *("年份", "单位名称", "统一社会信用代码", "单位所在地市", "年综合能耗当量值（万tce 含原料用能）"),
    *(
        "年综合能耗等价值（万tce）",
        "年原料用能消费量（万tce）",
        "耗煤总量（实物量，万吨）",
        "耗煤总量（标准量，万tce）",
    ),
    *(
        "原料用煤（实物量，万吨）",
        "原煤消费（万吨）",
        "洗精煤消费（万吨）",
        "其他煤炭消费（万吨）",
        "焦炭消费（万吨）",
    ),
]
MAIN_ROW = [2025, "某化工公司", CODE, "渭南市", 95, 98, 10, 120, 86, 12, 110, 10, 0, 0]


def book(fill: Callable[[Any, Any], None]) -> bytes:
    data = io.BytesIO()
    made = xlsxwriter.Workbook(data)
    fill(made, None)
    made.close()
    return data.getvalue()


def sheets(**pages: list[list[Any]]) -> bytes:
    def fill(made: Any, _: Any) -> None:
        for name, rows in pages.items():
            page = made.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None and cell != "":
                        page.write(at, column, cell)

    return book(fill)


def csv_of(rows: list[list[Any]], encoding: str = "utf-8") -> bytes:
    return "".join(",".join(str(cell) for cell in row) + "\r\n" for row in rows).encode(encoding)


def only(document: Document) -> FormTable:
    assert [found for found in document.findings if found.level == "error"] == []
    assert len(document.tables) == 1
    return document.tables[0]


def rules(document: Document) -> list[tuple[str, str]]:
    return [(found.rule, found.cell) for found in document.findings]


def test_a_table_of_one_sheet() -> None:
    row = [CODE, "2026-09", "原煤", 3100.25]
    document = read(sheets(数据=[MONTHLY, row]), "x.xlsx", today=TODAY)
    table = only(document)
    assert (table.form, table.sheet) == ("energy_205_1", "数据")
    assert table.letters == {"credit_code": "A", "month": "B", "product": "C", "use_t": "D"}
    assert table.units == {"use_t": "t"}
    (found,) = table.rows.to_pylist()
    assert found["use_t"] == Decimal("3100.2500")
    assert (found["credit_code"], found["month"], found["product"]) == (CODE, "2026-09", "raw_coal")
    assert found["sheet_row"] == 2 and found["closing_t"] is None and found["county_code"] is None
    assert document.findings == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_in_every_encoding_and_with_other_marks(encoding: str, mark: str) -> None:
    text = f"{mark.join(MONTHLY)}\n{mark.join([CODE, '2026-09', '原煤', '3100.25'])}\n"
    table = only(read(text.encode(encoding), "x.csv", today=TODAY))
    assert table.rows["use_t"].to_pylist() == [Decimal("3100.2500")]


def test_quoted_fields_of_a_csv_read_like_plain_ones() -> None:
    plain = csv_of([MONTHLY, [CODE, "2026-09", "原煤", "1200.5"]])
    quoted = csv_of([MONTHLY, [CODE, "2026-09", '"原煤"', '"1,200.5"']])
    assert only(read(plain, "", today=TODAY)).rows == only(read(quoted, "", today=TODAY)).rows


def test_titles_notes_index_row_and_signatures_around_an_official_form() -> None:
    rows = [
        ["能源购进、消费与库存"],
        ["表号：205-1表"],
        [f"单位名称：某热力公司  统一社会信用代码：{CODE}"],
        ["报告期：2026年9月", "", "", "计量单位：万吨"],
        ["能源名称", "代码", "消费量", "", "期末库存量"],
        ["", "", "合计", "工业生产消费", ""],
        ["甲", "丙", "4", "5", "9"],
        ["原煤", "01", "３．５", "3.25", "1,200"],
        ["单位负责人：张三", "填表人：李四", "", "", "报出日期：2026-10-08"],
        ["注：本表由规上工业填报"],
    ]
    document = read(sheets(表=rows), "x.xlsx", today=TODAY)
    (row,) = only(document).rows.to_pylist()
    assert (row["credit_code"], row["firm_name"], row["month"]) == (CODE, "某热力公司", "2026-09")
    assert row["use_t"] == Decimal(35000) and row["industrial_t"] == Decimal(32500)
    assert row["closing_t"] == Decimal(12_000_000) and row["energy_code"] == "01"
    assert row["sheet_row"] == 8


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("1—本月", "ytd"),
        ("１－９月", "ytd"),
        ("本年累计", "ytd"),
        ("1-本月累计", "ytd"),
        ("本月", None),
        ("消费", None),
    ],
)
def test_the_span_over_the_columns_tells_cumulative_values(group: str, kind: str | None) -> None:
    rows = [
        [f"统一社会信用代码：{CODE}"],
        ["2026年9月"],
        ["能源名称", "代码", "年初库存量", group, "", ""],
        ["", "", "", "购进量", "消费量", ""],
        ["", "", "", "", "合计", "工业生产消费"],
        ["原煤", "01", 5, 6, 7, 7],
    ]
    document = read(sheets(表=rows), "x.xlsx", today=TODAY)
    (row,) = only(document).rows.to_pylist()
    assert (row["month"], row["period_kind"], row["use_t"]) == ("2026-09", kind, Decimal(7))


def test_a_period_kind_may_be_written_as_in_the_form() -> None:
    data = csv_of(
        [[*MONTHLY, "时期"], [CODE, "2026-09", "原煤", 7, "1—本月"], [CODE, "2026-09", "焦炭", 7, "本月"]]
    )
    assert only(read(data, "", today=TODAY)).rows["period_kind"].to_pylist() == ["ytd", "month"]


def test_signatures_in_cells_of_their_own_and_notes_of_several_lines_are_no_data() -> None:
    rows = [
        MONTHLY,
        [CODE, "2026-09", "原煤", 7],
        [],
        ["单位负责人：甲", "填表人：乙", "联系电话：0913", "报出日期：2026年10月8日"],
        ["说明：1.统计范围：规模以上工业。"],
        ["      2.本表由企业填报。"],
        ["", "3.其他"],
    ]
    document = read(sheets(表=rows), "x.xlsx", today=TODAY)
    assert document.findings == () and only(document).rows.num_rows == 1


def test_a_last_row_with_few_cells_is_data_where_no_note_stands_above() -> None:
    document = read(sheets(表=[MONTHLY, [CODE, "2026-09", "原煤", 7], [CODE]]), "x.xlsx", today=TODAY)
    assert document.tables[0].rows.num_rows == 2 and document.errors


def test_label_and_value_in_two_cells() -> None:
    rows = [
        ["单位名称", "某热力公司", "统一社会信用代码", CODE],
        ["报告期", "2026年1—9月"],
        ["能源名称", "消费量合计"],
        ["原煤", 10],
    ]
    (row,) = only(read(sheets(表=rows), "x.xlsx", today=TODAY)).rows.to_pylist()
    assert (row["credit_code"], row["month"], row["period_kind"]) == (CODE, "2026-09", "ytd")


def test_a_bad_value_above_the_table_names_its_own_cell() -> None:
    rows = [
        ["统一社会信用代码", "12345"],
        ["报告期：2026年9月"],
        ["能源名称", "消费量合计"],
        ["原煤", 10],
        ["焦炭", 3],
    ]
    document = read(sheets(表=rows), "x.xlsx", today=TODAY)
    assert rules(document) == [("code_length", "B1")]


@pytest.mark.parametrize(
    ("text", "month", "kind"),
    [
        ("2026-09", "2026-09", None),
        ("2026年9月", "2026-09", None),
        ("202609", "2026-09", None),
        ("2026/9", "2026-09", None),
        (datetime(2026, 9, 1), "2026-09", None),
        ("2026年1—9月", "2026-09", "ytd"),
        ("2026年1-9月累计", "2026-09", "ytd"),
        ("２０２６年１月～９月", "2026-09", "ytd"),
    ],
)
def test_months(text: Any, month: str, kind: str | None) -> None:
    def fill(made: Any, _: Any) -> None:
        page = made.add_worksheet("a")
        page.write_row(0, 0, MONTHLY)
        page.write(1, 0, CODE)
        if isinstance(text, datetime):
            page.write_datetime(1, 1, text, made.add_format({"num_format": "yyyy-mm"}))
        else:
            page.write_string(1, 1, text)
        page.write_row(1, 2, ["原煤", 5])

    (row,) = only(read(book(fill), "x.xlsx", today=TODAY)).rows.to_pylist()
    assert (row["month"], row["period_kind"]) == (month, kind)


def test_a_cumulative_period_marked_as_month_is_an_error() -> None:
    rows = [[*MONTHLY, "时期"], [CODE, "2026年1-9月", "原煤", 5, "本月"]]
    assert rules(read(csv_of(rows), "", today=TODAY)) == [("period_differs", "E2")]


@pytest.mark.parametrize("text", ["2026-13", "2026年", "2026.1", "九月", "2026年2-9月"])
def test_what_is_no_month(text: str) -> None:
    assert rules(read(csv_of([MONTHLY, [CODE, text, "原煤", 5]]), "", today=TODAY)) == [
        ("month_invalid", "B2")
    ]


def test_a_month_that_has_not_come() -> None:
    rows = [MONTHLY, [CODE, "2026-12", "原煤", 5]]
    assert rules(read(csv_of(rows), "", today=TODAY)) == [("month_future", "B2")]
    assert rules(read(csv_of(rows), "", today=date(2027, 1, 5))) == []


@pytest.mark.parametrize(
    ("heading", "tonnes"),
    [
        ("消费量合计", "2.5000"),
        ("消费量合计（万吨）", "25000.0000"),
        ("消费量合计，万吨", "25000.0000"),
        ("消费量合计(单位：千克)", "0.0025"),
        ("消费量合计 [t]", "2.5000"),
        ("消费量合计（千吨）", "2500.0000"),
    ],
)
def test_a_unit_in_the_heading_decides(heading: str, tonnes: str) -> None:
    for above in ([], [["单位：千克"]]):
        rows = [*above, [*MONTHLY[:3], f'"{heading}"'], [CODE, "2026-09", "原煤", "2.5"]]
        expected = (
            Decimal(tonnes)
            if "（" in heading or "，" in heading or "[" in heading or "(" in heading
            else None
        )
        if expected is None:
            expected = Decimal("0.0025") if above else Decimal("2.5")
        assert only(read(csv_of(rows), "", today=TODAY)).rows["use_t"].to_pylist() == [expected]


def test_a_unit_in_the_row_decides_over_the_table() -> None:
    rows = [
        ["计量单位：万吨"],
        [*MONTHLY, "计量单位"],
        [CODE, "2026-09", "原煤", 2, "吨"],
        [CODE, "2026-09", "洗精煤", 2, "千克"],
        [CODE, "2026-09", "焦炭", 2, ""],
    ]
    table = only(read(csv_of(rows), "", today=TODAY))
    assert table.rows["use_t"].to_pylist() == [Decimal(2), Decimal("0.002"), Decimal(20000)]


@pytest.mark.parametrize(("unit", "rule"), [("吨标准煤", "unit_contradicts"), ("车", "unit_unknown")])
def test_a_wrong_unit_in_a_row(unit: str, rule: str) -> None:
    rows = [[*MONTHLY, "计量单位"], [CODE, "2026-09", "原煤", 2, unit]]
    assert rules(read(csv_of(rows), "", today=TODAY)) == [(rule, "E2")]


def test_standard_coal_in_a_column_of_tonnes_is_an_error() -> None:
    rows = [[*MONTHLY[:3], "消费量合计（吨标准煤）"], [CODE, "2026-09", "原煤", 2]]
    assert rules(read(csv_of(rows), "", today=TODAY)) == [("unit_contradicts", "D1")]


def region_book(merge: bool) -> bytes:
    def fill(made: Any, _: Any) -> None:
        page = made.add_worksheet("附件2")
        page.write(0, 0, "陕西省2025年煤炭消费状况表")
        page.write(1, 17, "单位：万吨")
        for column, text in enumerate(REGION):
            group = {8: "能源加工转换", 14: "终端消费"}.get(column)
            alone = not 8 <= column <= 16
            if merge and alone:
                page.merge_range(2, column, 3, column, text)
            elif alone:
                page.write(2, column, text)
            else:
                page.write(3, column, text)
            if group and not merge:
                page.write(2, column, group)
        if merge:
            page.merge_range(2, 8, 2, 13, "能源加工转换")
            page.merge_range(2, 14, 2, 16, "终端消费")
        page.write_row(4, 0, REGION_ROW)
        page.write_row(5, 0, ["", "韩城市", *REGION_ROW[2:]])
        if merge:
            page.merge_range(4, 0, 5, 0, "陕西省")
        else:
            page.write(5, 0, "陕西省")

    return book(fill)


@pytest.mark.parametrize("merge", [True, False])
def test_two_heading_rows_with_groups_and_merged_cells(merge: bool) -> None:
    table = only(read(region_book(merge), "x.xlsx", today=TODAY))
    assert table.form == "region_year" and table.units["power_t"] == "wan_t"
    first, second = table.rows.to_pylist()
    assert first["coal_total_t"] == Decimal(12_000_000) and first["gasification_t"] == 0
    assert first["industry_t"] == Decimal(2_500_000) and first["feedstock_t"] == Decimal(400_000)
    assert (first["province_code"], first["city_code"]) == ("610000", "610500")
    assert second["province_name"] == "陕西省"
    assert (second["city_code"], second["county_code"]) == ("610500", "610581")


@pytest.mark.parametrize("merge", [True, False])
def test_a_heading_that_means_something_only_below_its_group(merge: bool) -> None:
    def fill(made: Any, _: Any) -> None:
        page = made.add_worksheet("a")
        page.write_row(0, 0, [*MONTHLY[:3], "购进量", "", "消费量", ""])
        page.write_row(1, 3, ["金额", "实物量", "工业生产消费", "合计"])
        if merge:
            page.merge_range(0, 3, 0, 4, "购进量")
            page.merge_range(0, 5, 0, 6, "消费量")
        page.write_row(2, 0, [CODE, "2026-09", "原煤", 1, 2, 3, 4])

    (row,) = only(read(book(fill), "x.xlsx", today=TODAY)).rows.to_pylist()
    assert [int(row[name]) for name in ("purchase_kcny", "purchase_t", "industrial_t", "use_t")] == [
        1,
        2,
        3,
        4,
    ]


def test_a_unit_above_the_table_gives_the_power_of_ten_of_standard_coal_too() -> None:
    bare = [
        text.replace("（万吨）", "").replace("，万吨", "").replace("，万tce", "").replace("（万tce）", "")
        for text in MAIN
    ]
    bare[4] = "年综合能耗当量值"
    table = only(read(sheets(主表=[["单位：吨"], bare, MAIN_ROW]), "x.xlsx", today=TODAY))
    (row,) = table.rows.to_pylist()
    assert (row["coal_t"], row["coal_tce"], row["energy_equivalent_tce"]) == (120, 86, 95)


@pytest.mark.parametrize(
    ("text", "tonnes"), [("0.00005", "0.0000"), ("0.00015", "0.0002"), ("0.00025", "0.0002")]
)
def test_digits_beyond_the_fourth_are_rounded_half_to_even(text: str, tonnes: str) -> None:
    table = only(read(csv_of([MONTHLY, [CODE, "2026-09", "原煤", text]]), "", today=TODAY))
    assert table.rows["use_t"].to_pylist() == [Decimal(tonnes)]


def test_columns_in_another_order_mean_the_same() -> None:
    order = list(range(len(REGION)))[::-1]
    rows = [REGION, REGION_ROW]
    turned = [[row[index] for index in order] for row in rows]
    one, two = (only(read(csv_of(part), "", today=TODAY)).rows for part in (rows, turned))
    assert one == two


def test_usage_and_equipment_take_firm_and_year_from_the_main_table() -> None:
    usage = [
        ["主要用途", "具体用途", "投入品种", "投入计量单位", "投入量"],
        ["燃料", "燃烧", "原煤", "万吨", 1.5],
    ]
    machine = [["类型", "编号", "年耗煤量（单位：吨）"], ["锅炉", "1#", 25000]]
    data = sheets(设备=machine, 用途=usage, 主表=[MAIN, MAIN_ROW])
    document = read(data, "x.xlsx", today=TODAY)
    assert not [found for found in document.findings if found.level == "error"]
    by_form = {table.form: table.rows.to_pylist() for table in document.tables}
    assert by_form["firm_usage"][0]["credit_code"] == CODE
    assert by_form["firm_usage"][0]["stat_year"] == 2025
    assert by_form["firm_usage"][0]["input_t"] == Decimal(15000)
    assert by_form["firm_equipment"][0]["credit_code"] == CODE
    assert by_form["firm_equipment"][0]["coal_t"] == Decimal(25000)
    assert by_form["firm_year"][0]["coal_tce"] == Decimal(860_000)


def test_labels_and_values_side_by_side_above_an_official_form() -> None:
    rows = [
        ["附表2 其他耗煤单位重点耗煤装置"],
        ["单位名称：", "某学校", "", "统一社会信用代码：", CODE, "", "", "数据年份：", 2025],
        [
            "单位地址（省）",
            "陕西省",
            "单位地址（市）",
            "渭南市",
            "单位地址（县）",
            "韩城市",
            "所属行业（大类）",
            "教育",
        ],
        ["序号", "类型", "编号", "累计使用时间", "设计年限", "用途", "状态", "年耗煤量（单位：吨）"],
        [1, "锅炉", "1#", 8, 20, "服务业", "运行", 600],
        [2, "锅炉", "2#", 8, 20, "服务业", "停用", ""],
    ]
    table = only(read(sheets(附表2=rows), "x.xlsx", today=TODAY))
    first, second = table.rows.to_pylist()
    assert table.form == "other_user" and second["coal_t"] is None and second["status"] == "stopped"
    assert (first["firm_name"], first["credit_code"], first["stat_year"]) == ("某学校", CODE, 2025)
    assert (first["city_code"], first["county_code"], first["industry_division"]) == (
        "610500",
        "610581",
        "教育",
    )


def test_a_unit_in_brackets_alone_or_at_the_end_of_the_title() -> None:
    for line in ("（计量单位：万吨）", "能源购进、消费与库存（万吨）"):
        rows = [[line], MONTHLY, [CODE, "2026-09", "原煤", 2]]
        assert only(read(sheets(表=rows), "x.xlsx", today=TODAY)).rows["use_t"].to_pylist() == [
            Decimal(20000)
        ]


def test_a_chinese_and_a_latin_name_in_one_heading() -> None:
    rows = [
        [
            "抽样编号",
            "环节",
            "城市",
            "被抽样单位",
            "产品类型",
            "抽样日期",
            "灰分Ad（%）",
            "收到基低位发热量Qnet,ar（MJ/kg）",
        ],
        ["S-1", "流通", "西安市", "某站", "民用散煤", "2026/1/5", "14.90%", 26.1],
    ]
    (row,) = only(read(sheets(表=rows), "x.xlsx", today=TODAY)).rows.to_pylist()
    assert (row["ad_pct"], row["qnet_ar_mj_kg"]) == (Decimal("14.9"), Decimal("26.1"))


def test_two_firms_in_the_main_table_give_no_firm_to_the_usage() -> None:
    usage = [["主要用途", "具体用途", "投入品种", "投入量"], ["燃料", "燃烧", "原煤", 1.5]]
    main = [MAIN, MAIN_ROW, [2025, "乙", OTHER, *MAIN_ROW[3:]]]
    document = read(sheets(主表=main, 用途=usage), "x.xlsx", today=TODAY)
    assert [found.rule for found in document.findings if found.level == "error"] == ["inherit_unclear"]
    assert [table.form for table in document.tables] == ["firm_year"]


def test_tables_stacked_on_one_sheet() -> None:
    rows = [
        ["附表1"], MAIN, MAIN_ROW, [],
        ["煤炭主要用途"],
        ["主要用途", "具体用途", "投入品种", "投入量"], ["燃料", "燃烧", "原煤", 1.5], ["加工转换", "供热", "洗精煤", 2], [],
        ["耗煤设备"],
        ["类型", "编号", "年耗煤量（吨）"], ["锅炉", "1#", 25000],
    ]  # fmt: skip
    document = read(sheets(附表=rows), "x.xlsx", today=TODAY)
    assert not [found for found in document.findings if found.level == "error"]
    assert [(table.form, table.rows.num_rows) for table in document.tables] == [
        ("firm_year", 1),
        ("firm_usage", 2),
        ("firm_equipment", 1),
    ]
    assert document.tables[2].rows["sheet_row"].to_pylist() == [12]


def test_a_small_table_right_above_a_larger_one_is_not_lost() -> None:
    machine = [["信用代码", "年份", "类型", "编号", "年耗煤量（吨）"], [CODE, 2025, "锅炉", "1#", 25000]]
    document = read(sheets(附表=[*machine, MAIN, MAIN_ROW]), "x.xlsx", today=TODAY)
    assert [(table.form, table.rows.num_rows) for table in document.tables] == [
        ("firm_equipment", 1),
        ("firm_year", 1),
    ]
    assert document.errors == ()


def test_lists_notes_and_empty_sheets_of_a_template_are_passed_over_and_a_hidden_one_is_named() -> None:
    def fill(made: Any, _: Any) -> None:
        page = made.add_worksheet("数据")
        page.write_row(0, 0, ["示例", *MONTHLY])
        page.write_row(1, 0, ["示例", OTHER, "2026-09", "原煤", 9])
        page.write_row(2, 0, ["", CODE, "2026-09", "原煤", 5])
        made.add_worksheet("说明").write_row(0, 0, ["统一社会信用代码", "月份", "能源名称"])
        made.add_worksheet("空")
        lists = made.add_worksheet("选项")
        lists.write_row(0, 0, MONTHLY)
        lists.very_hidden()
        kept = made.add_worksheet("旧数")
        kept.write_row(0, 0, MONTHLY)
        kept.write_row(1, 0, [OTHER, "2026-09", "原煤", 7])
        kept.hide()

    document = read(book(fill), "x.xlsx", today=TODAY)
    assert only(document).rows["credit_code"].to_pylist() == [CODE]
    assert [(found.rule, found.sheet, found.level) for found in document.findings] == [
        ("sheet_hidden", "旧数", "warning")
    ]


def test_an_example_row_with_an_example_key_is_passed_over() -> None:
    rows = [["项目代码", "年份", "实际煤炭消费量"], ["示例-001", 2026, 1], ["2501-610500", 2026, 2]]
    assert only(read(csv_of(rows), "", today=TODAY)).rows["project_code"].to_pylist() == ["2501-610500"]


def test_a_line_of_totals_is_left_out_with_a_warning() -> None:
    rows = [MONTHLY, [CODE, "2026-09", "原煤", 5], ["合计", "", "", 5]]
    document = read(csv_of(rows), "", today=TODAY)
    assert only(document).rows.num_rows == 1
    assert rules(document) == [("row_total", "A3")]


def test_other_energies_of_the_monthly_form_are_passed_over_with_one_warning() -> None:
    head = [*MONTHLY, "计量单位", "代码"]
    energies = [
        ["天然气（气态）", "万立方米"],
        ["电力", "万千瓦时"],
        ["生物质废料", "吨标准煤"],
        ["能源合计", "吨标准煤"],
    ]
    rows = [[CODE, "2026-09", name, 7, unit, ""] for name, unit in energies]
    document = read(csv_of([head, [CODE, "2026-09", "原煤", 5, "吨", "01"], *rows]), "", today=TODAY)
    assert only(document).rows["product"].to_pylist() == ["raw_coal"]
    assert rules(document) == [("row_other_energy", "C3")] and "4" in document.findings[0].zh


def test_marks_for_nothing_are_blank_but_the_choice_none_is_one() -> None:
    head = ["来源编号", "项目代码", "替代源单位", "替代类型", "替代能源", "削减领域", "削减量", "证明材料"]
    rows = [
        ["S-1", "P", "甲", "其他", "无", "其他", 1, "/"],
        ["S-2", "P", "甲", "其他", "—", "其他", 1, "无"],
    ]
    table = only(read(csv_of([head, *rows]), "", today=TODAY)).rows
    assert table["substitute_fuel"].to_pylist() == ["none", None]
    assert table["evidence_doc"].to_pylist() == [None, "无"]


def test_an_unknown_heading_is_a_warning_and_a_doubled_one_an_error() -> None:
    rows = [[*MONTHLY, "领导批示"], [CODE, "2026-09", "原煤", 5, "阅"]]
    document = read(csv_of(rows), "", today=TODAY)
    assert only(document).rows.num_rows == 1
    assert rules(document) == [("heading_unknown", "E1")]
    rows = [[*MONTHLY, "消费合计"], [CODE, "2026-09", "原煤", 5, 6]]
    assert rules(read(csv_of(rows), "", today=TODAY)) == [("heading_doubled", "E1")]


def test_a_missing_column_names_the_nearest_form_and_what_is_missing() -> None:
    rows = [[*MONTHLY[:3], "期末库存量", "工业生产消费"], [CODE, "2026-09", "原煤", 5, 3]]
    document = read(csv_of(rows), "", today=TODAY)
    (found,) = document.findings
    assert document.tables == () and (found.rule, found.level, found.cell) == ("form_unknown", "error", "A1")
    assert "205-1" in found.zh and "消费量-合计" in found.zh and "205-1" in found.en


def test_a_file_without_any_heading_and_one_with_a_further_sheet() -> None:
    assert rules(read(csv_of([["甲", "乙"], [1, 2]]), "", today=TODAY)) == [("form_unrecognized", "")]
    data = sheets(数据=[MONTHLY, [CODE, "2026-09", "原煤", 5]], 草稿=[["随手", "记录"], [1, 2]])
    document = read(data, "", today=TODAY)
    assert only(document).rows.num_rows == 1
    assert [(found.rule, found.level) for found in document.findings] == [("sheet_unknown", "warning")]


def test_headings_without_rows_are_a_warning() -> None:
    document = read(csv_of([MONTHLY]), "", today=TODAY)
    assert [(found.rule, found.level) for found in document.findings] == [("no_rows", "warning")]
    assert document.tables[0].rows.num_rows == 0 and "use_t" in document.tables[0].rows.column_names


@pytest.mark.parametrize("word", ["原煤", "raw_coal", "Raw Coal", " 原 煤 "])
def test_choices_by_code_and_in_both_languages(word: str) -> None:
    (row,) = only(read(csv_of([MONTHLY, [CODE, "2026-09", word, 5]]), "", today=TODAY)).rows.to_pylist()
    assert row["product"] == "raw_coal"


def test_an_unknown_choice_lists_the_choices() -> None:
    usage = [
        ["信用代码", "年份", "主要用途", "具体用途", "投入品种", "投入量"],
        [CODE, 2025, "燃料", "烧水", "原煤", 1],
    ]
    (found,) = read(csv_of(usage), "", today=TODAY).findings
    assert (found.rule, found.cell, found.found) == ("choice_unknown", "D2", "烧水")
    assert "发电" in found.zh and "燃烧" in found.zh


def test_required_cells_and_one_of_two() -> None:
    rows = [MONTHLY, [CODE, "2026-09", "原煤", "—"], [CODE, "", "焦炭", 0]]
    assert rules(read(csv_of(rows), "", today=TODAY)) == [("cell_required", "B3"), ("cell_required", "D2")]
    names = [
        *(
            "项目名称",
            "项目代码",
            "建设单位",
            "主要建设内容",
            "省",
            "地市",
            "区县",
            "所属行业大类",
            "所属行业小类",
        )
    ]
    names += [
        "节能审查批复时间",
        "拟投产时间",
        "实际投产时间",
        "节能审查机关",
        "审查意见文号",
        "年综合能源消费量当量值",
    ]
    names += ["年综合能源消费量等价值"]
    values = [
        "项目",
        "2501",
        "某公司",
        "内容",
        "陕西省",
        "渭南市",
        "华州区",
        "26",
        "2614",
        "2025-03-01",
        "",
        "",
        "发改委",
    ]
    values += ["文号", 1, 1]
    document = read(csv_of([names, values]), "", today=TODAY)
    assert rules(document) == [("cell_required_either", "L2")]
    values[10] = "2027年6月30日"
    assert only(read(csv_of([names, values]), "", today=TODAY)).rows["planned_start"].to_pylist() == [
        date(2027, 6, 30)
    ]


def test_unknown_places() -> None:
    head = ["登记编号", "单位名称", "环节", "地市", "区县"]
    rows = [head, ["D-1", "甲", "流通", "渭南", "韩城市"], ["D-2", "乙", "使用", "某某市", "某某县"]]
    document = read(csv_of(rows), "", today=TODAY)
    assert [(found.rule, found.cell, found.level) for found in document.findings] == [
        ("area_unknown", "D3", "error"),
        ("area_unresolved", "E3", "warning"),
    ]
    assert document.tables[0].rows["county_code"].to_pylist() == ["610581", None]


def test_a_landing_can_tell_coal_forms_from_other_files() -> None:
    assert looks_like_coal_form(csv_of([MONTHLY, [CODE, "2026-09", "原煤", 5]]), "x.csv")
    assert looks_like_coal_form(region_book(True), "x.xlsx")
    for other in (
        b"date,hour,type,1001A\n20260101,0,AQI,50\n",
        b"",
        b"\x00\x01",
        csv_of([["编码", "数值"], [1, 2]]),
    ):
        assert not looks_like_coal_form(other, "x.csv")
