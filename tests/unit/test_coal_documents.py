"""The 煤炭进度表, its words and its rendering on the terminal."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import python_calamine
from rich.console import Console

from dashboards.coal import words
from dashboards.coal.columns import hides, two_digits
from dashboards.coal.progress import write_progress
from dashboards.coal.screen import SHOWN, render_check
from dashboards.coal.sections import SECTIONS, TARGETS
from dashboards.terminal.screen import show

HOSTILE = '=HYPERLINK("http://x","y")[red]厂[/red]\x1b[2J'


def target(**changed):
    row = {
        "target_id": "WN-2026",
        "area_name": "渭南市",
        "kind": "cut",
        "scope": "above_scale",
        "unit": "t",
        "exclusions": "feedstock,gangue",
        "period": "2026-01..09",
        "baseline_period": "2025-01..09",
        "actual_amount": Decimal("19347900.000000"),
        "baseline_amount": Decimal("19013600.000000"),
        "change_amount": Decimal("334300.000000"),
        "change_pct": 1.758215,
        "task_amount": Decimal("3140000"),
        "achieved_amount": Decimal("-334300"),
        "task_share_pct": -10.65,
        "time_share_linear_pct": 75.0,
        "time_share_profile_pct": 70.5,
        "rest_amount": Decimal("-12345.6"),
        "rest_month_amount": Decimal("-4115.2"),
        "projected_amount": None,
        "verdict": "behind",
        "verdict_zh": "不降反升",
        "verdict_en": "rose instead of falling",
        "notes_zh": "快报数\n覆盖率 98 %",
        "notes_en": "flash figures",
        "verified": True,
        "document_no": HOSTILE,
    }
    return row | changed


def document(**changed):
    made = {
        "about": {
            "area_code": "fenwei_2023",
            "area_name": "汾渭平原",
            "area_name_en": "Fen-Wei Plain",
            "stat_year": 2026,
            "as_of": "2026-10-20 08:00",
            "data_until": "2026-09",
            "simulated": False,
        },
        "targets": [target()],
        "panel": [
            {
                "area_name": "渭南市",
                "period": "2026-01..09",
                "scope": "above_scale",
                "panel_group": "continuing",
                "n_firms": 12,
                "now_t": Decimal("100000.0000"),
                "then_t": Decimal("100000.4000"),
                "change_pct": -0.0004,
                "growth": "negative_growth",
            }
        ],
        "replacement": {
            "checks": [
                {
                    "project_name": HOSTILE,
                    "stage": "approval",
                    "demand_t": Decimal(300000),
                    "required_t": Decimal("360000.0000000000"),
                    "valid_t": Decimal(370000),
                    "verdict": "unverified",
                }
            ],
            "sources": [
                {"source_id": f"S-{n}", "cut_t": Decimal(n), "status": "rejected"} for n in range(SHOWN + 3)
            ],
        },
        "inspections": {
            "failures": [
                {
                    "sample_id": "1",
                    "sampled_on": date(2026, 1, 5),
                    "verdict": "unverified_fail",
                    "is_open": True,
                }
            ]
        },
    }
    return made | changed


def screen(made, width):
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=True,
        color_system=None,
    )
    show(console, *render_check(made, width=width))
    return out.getvalue()


def sheets(path):
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_the_progress_table_holds_headings_units_lights_and_the_foot(tmp_path):
    path = tmp_path / "进度.xlsx"
    write_progress(document(), path)
    pages = sheets(path)
    page = pages["煤炭进度表"]
    assert page[0][0] == "汾渭平原2026年煤炭消费进度表"
    assert "2026-09" in page[1][0] and "单位：万吨" in "".join(str(cell) for cell in page[1])
    heads = [cell.replace("\n（", "（").split("\n")[0] for cell in page[3]]
    for head in ("地区", "口径", "计量", "剔除项", "本月", "上年同月", "累计", "上年同期", "增减量", "增减%", "年度任务", "已完成",
                 "完成任务%", "序时%（线性）", "序时%（上年曲线）", "余量", "月均可用", "年末预测", "判定", "说明"):  # fmt: skip
        assert head in heads
    row = dict(zip(heads, page[4], strict=True))
    assert row["累计"] == 1934.79 and row["上年同期"] == 1901.36
    assert row["剔除项"] == "原料用煤、煤矸石" and row["计量"] == "实物量"
    assert row["判定"].startswith("▲ 滞后") and "不降反升" in row["说明"] and "覆盖率 98 %" in row["说明"]
    foot = "".join(str(cell) for line in page[5:] for cell in line)
    assert all(
        word in foot
        for word in ("填报人", "审核人", "日期", "■ 未完成", "≠ 不可比", "？ 待核实", "○ 数据不足")
    )
    assert {"同口径企业", "减量替代", "替代来源", "不合格批次", "口径说明"} <= set(pages)
    assert "非电煤预警" not in pages, "a section without rows has no sheet"


def test_no_text_from_outside_becomes_a_formula_or_a_link(tmp_path):
    path = tmp_path / "t.xlsx"
    write_progress(document(), path)
    with zipfile.ZipFile(path) as archive:
        xml = "".join(archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/"))
        rels = [n for n in archive.namelist() if "worksheets/_rels" in n]
    assert "<f>" not in xml and "<hyperlink" not in xml and not rels
    assert "\x1b" not in str(sheets(path)) and "=HYPERLINK" in str(sheets(path)["减量替代"])


def test_the_same_check_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_progress(document(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_printing_is_on_a4_landscape_with_repeated_headings(tmp_path):
    write_progress(document(), tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        sheet, book = (
            archive.read("xl/worksheets/sheet1.xml").decode(),
            archive.read("xl/workbook.xml").decode(),
        )
    assert 'paperSize="9"' in sheet and 'orientation="landscape"' in sheet and 'fitToHeight="0"' in sheet
    assert "Print_Titles" in book and "$4:$4" in book


def test_a_simulated_check_says_so_on_every_sheet(tmp_path):
    made = document()
    made["about"] = made["about"] | {"simulated": True}
    write_progress(made, tmp_path / "t.xlsx")
    pages = sheets(tmp_path / "t.xlsx")
    assert pages["煤炭进度表"][0][0].startswith("【演练】")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        made_sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        assert len(made_sheets) == len(pages)
        assert all("【演练】" in archive.read(n).decode() for n in made_sheets)
    assert screen(made, 100).count("【演练】") == 2


@pytest.mark.parametrize("width", [80, 120])
def test_the_terminal_tells_all_and_takes_nothing_as_markup(width):
    shown = screen(document(), width)
    assert "[/red]" in shown and "\x1b[2J" not in shown
    for said in (
        "▲ 滞后",
        "不降反升",
        "1,934.79",
        "？ 待核实",
        "3 more",
        "核查意见，不是审批决定",
        "单",
        "rose instead of falling",
    ):
        assert said in shown or said == "单"
    assert "月均可用" not in shown


@pytest.mark.parametrize("width", [40, 60, 72, 80, 90, 100, 120, 160])
def test_no_figure_is_ever_cut_off(width):
    rates = [
        {"area_name": f"第{n}市" * 4, "period": "2026", "stage": "use", "product_type": "all", "n_inspected": 25, "n_passed": 23,
         "pass_rate_pct": 92.0, "n_unverified": 21, "coverage_pct": 99.5, "n_open": 76543}
        for n in range(3)
    ]  # fmt: skip
    failures = [{"sample_id": "2026Q1-028", "entity_name": "很长的单位名称" * 4, "failed_items": "Std,Qnet_ar,Ad,Vdaf,Hgd",
                 "route": "market_regulation", "verdict": "unverified_fail", "days_open": 98765}]  # fmt: skip
    shown = screen(document(inspections={"rates": rates, "failures": failures}), width)
    assert shown.count("76,543") == 3 and shown.count("98,765") == 1


def test_a_check_without_targets_says_what_to_do():
    assert "coal_target" in screen(document(targets=[]), 80)
    assert screen({"about": {}}, 80)


@pytest.mark.parametrize(("value", "text"), [
    (Decimal("0.125"), "0.12"), (Decimal("0.135"), "0.14"), (1901.36, "1,901.36"), (0, "0.00"), (-0.0004, "-0.0004"),
    (Decimal("-0.004"), "-0.004"), (Decimal("0.00499"), "0.0050"), (Decimal("12345678.905"), "12,345,678.90"),
])  # fmt: skip
def test_two_digits_never_print_a_change_as_none(value, text):
    assert two_digits(value) == text
    assert hides(value) == (bool(value) and abs(value) < 0.005)


def test_a_change_too_small_for_two_digits_keeps_them_in_the_workbook(tmp_path):
    write_progress(document(), tmp_path / "t.xlsx")
    heads = [c.split("\n")[0] for c in sheets(tmp_path / "t.xlsx")["同口径企业"][3]]
    assert sheets(tmp_path / "t.xlsx")["同口径企业"][4][heads.index("增减%")] == -0.0004


def test_days_are_days_in_the_workbook(tmp_path):
    write_progress(document(), tmp_path / "t.xlsx")
    heads = [c.split("\n")[0] for c in sheets(tmp_path / "t.xlsx")["不合格批次"][3]]
    assert sheets(tmp_path / "t.xlsx")["不合格批次"][4][heads.index("抽样日期")] == date(2026, 1, 5)


def test_what_makes_a_target_comparable_stands_in_the_workbook_only(tmp_path):
    made = document(
        targets=[target(perimeter="fenwei_2023", origin="firms", source_sha256="ab12", exclusions=None)]
    )
    write_progress(made, tmp_path / "t.xlsx")
    page = sheets(tmp_path / "t.xlsx")["可比性与依据"]
    row = dict(zip([c.split("\n")[0] for c in page[3]], page[4], strict=True))
    assert (row["范围"], row["来源"], row["依据文件指纹"], row["目标剔除"]) == (
        "fenwei_2023",
        "企业汇总",
        "ab12",
        "未写明",
    )
    assert "可比性" not in screen(made, 80)


def test_amounts_that_are_no_coal_carry_their_unit_on_the_terminal():
    rows = [target(unit="household", actual_amount=Decimal("161.000000")), target(unit="%", actual_amount=Decimal("92.7625")),
            target(unit="tce", actual_amount=Decimal(18895200))]  # fmt: skip
    shown = screen(document(targets=rows), 120)
    assert "161 户" in shown and "92.76 %" in shown and "1,889.52 tce" in shown


def test_every_light_has_a_sign_and_two_languages_and_no_two_share_them():
    for domain, lights in words.LIGHTS.items():
        for sign, zh, en, style in lights.values():
            assert sign and zh and en.isascii() and style in ("green", "yellow", "red", "")
        assert len({zh for _, zh, _, _ in lights.values()}) == len(lights), domain
    assert len({sign for sign, *_ in words.VERDICTS.values()}) == len(words.VERDICTS)


def test_a_verdict_on_unread_facts_says_unverified_once():
    assert words.light("verdict", "pass", verified=False)[0].count("待核实") == 1
    assert words.light("verdict", "unverified", verified=False)[0].count("待核实") == 1
    assert "待核实" not in words.light("verdict", "pass", verified=True)[0]
    assert words.light("verdict", "something_new") == ("？ something_new", "yellow")


def test_exclusions_are_told_apart_from_what_is_not_stated():
    assert words.exclusions(None) == "未写明"
    assert words.exclusions("") == "不剔除"
    assert words.exclusions("none") == "不剔除"
    assert words.exclusions("feedstock,unit:大唐本部") == "原料用煤、大唐本部"


def test_sections_have_names_a_workbook_can_take():
    names = [section.sheet for section in (TARGETS, *SECTIONS)]
    assert len(set(names)) == len(names) and all(len(n) <= 31 for n in names)
    assert all(len({c.key for c in s.columns}) == len(s.columns) for s in (TARGETS, *SECTIONS))
