"""结论与说明的文字 | the words of verdicts, reasons and notes on coal targets, Chinese and English."""

from __future__ import annotations

VERDICTS = {
    "pass": ("完成", "met"),
    "fail": ("未完成", "not met"),
    "on_schedule": ("达到序时进度", "on schedule"),
    "behind": ("落后序时进度", "behind schedule"),
    "not_comparable": ("不可比", "not comparable"),
    "insufficient": ("数据不足", "insufficient data"),
    "unverified": ("待核实", "unverified"),
}
GROWTH = {
    "negative_growth": ("负增长", "negative growth"),
    "flat": ("持平，不是负增长", "flat, which is not negative growth"),
    "positive_growth": ("正增长（不降反升）", "positive growth"),
}
SCOPES = {
    "society": ("全社会", "the whole society"),
    "above_scale": ("规上工业", "above-scale industry"),
    "above_scale_non_power": ("规上工业非电", "above-scale industry without power"),
    "scattered": ("散煤", "scattered coal"),
}
UNITS = {
    "t": ("万吨", "10^4 t"),
    "tce": ("万吨标准煤", "10^4 tce"),
    "%": ("%", "%"),
    "household": ("户", "households"),
}
REASONS = {
    "judged": ("", ""),
    "exclusions_unread": (
        "目标未写明剔除项，全口径与考核口径结论相反",
        "the target does not say what it leaves out; gross and assessed figures disagree",
    ),
    "facts_unread": (
        "所依据的事实未读到原文：{unread_zh}",
        "facts it rests on were not read in an official text: {unread_en}",
    ),
    "leaving_firms": (
        "合计下降而续报企业未下降：退统造成的下降不是负增长，关停才算削减，须核实",
        "the total fell, the continuing firms did not: firms that left the statistics make no negative growth, shut ones do",
    ),
    "not_started": ("目标年尚无已结束的月份", "no month of the target's year is over"),
    "no_data": ("没有该地区目标年的用煤量", "no coal use of this area in the target's year"),
    "no_actual": ("没有与目标同口径的实绩", "no actual on the target's terms"),
    "coverage": ("上报不齐（{coverage_zh}），不予判定", "too few have reported ({coverage_en})"),
    "coverage_baseline": ("基准年上报不齐，不予判定", "too few reported in the baseline year"),
    "missing_months": ("目标年已结束，数据只到 {period_zh}", "the year is over, data reach only {period_en}"),
    "months_behind": (
        "{period_zh}之后的月份数据不全，已超过允许的 {months_late} 个月",
        "months after {period_en} are incomplete, more than the {months_late} allowed",
    ),
    "no_line": (
        "缺少全年基准或上年各月，进度线无法画出",
        "no progress line: baseline of the year or months of last year missing",
    ),
    "no_value": ("目标没有数值", "the target has no value"),
    "unknown_area": ("目标地区不可识别", "the target's area is not known"),
    "perimeter": (
        "范围版本不同：目标为 {wanted_perimeter}，数据为 {found_perimeter}",
        "different perimeters: target {wanted_perimeter}, data {found_perimeter}",
    ),
    "perimeter_ended": (
        "范围名单 {wanted_perimeter} 在目标年已不施行，与现行名单不可比",
        "the list {wanted_perimeter} was no longer in force in the target's year; not comparable with the list that is",
    ),
    "scope": (
        "口径不同：目标为{wanted_scope_zh}，数据为{found_scope_zh}",
        "different scopes: target {wanted_scope_en}, data {found_scope_en}",
    ),
    "basis": (
        "计量不同：没有目标所用计量（{basis_zh}）的数据",
        "different bases: no data on the target's basis ({basis_en})",
    ),
    "exclusions": (
        "剔除项不同：目标{wanted_exclusions_zh}，数据{found_exclusions_zh}",
        "different exclusions: target {wanted_exclusions_en}, data {found_exclusions_en}",
    ),
    "origin": ("数据来源不同：实绩与基准来自不同的统计", "different origins of actual and baseline"),
    "baseline_missing": (
        "没有 {baseline_year} 年同口径基准",
        "no baseline of {baseline_year} on the same terms",
    ),
    "baseline_zero": ("基准为零，无法计算增减率", "the baseline is zero"),
}
NOTES = {
    "flat": (
        "与基准持平；负增长须严格小于基准",
        "equal to the baseline; negative growth is strictly below it",
    ),
    "rounds_to_zero": (
        "增减率按两位小数为 0.00 %，以未修约数判定",
        "the change prints as 0.00 %; unrounded amounts decide",
    ),
    "grew_instead": ("削减任务期间用煤不降反升", "coal use grew while it was to be cut"),
    "exclusions_not_stated": (
        "目标未写明剔除项，全口径与剔除原料用煤、煤矸石（国发〔2023〕24号）的考核口径并列",
        "the target does not say what it leaves out: gross and without feedstock and gangue (2023 plan) side by side",
    ),
    "assessed_not_known": (
        "缺原料用煤数据，考核口径无法计算，按全口径判定",
        "feedstock is not known, so the assessed figure is not: judged gross",
    ),
    "definition_flips": (
        "全口径与考核口径的增减方向不同：变化可能只来自口径",
        "gross and assessed figures change in different directions: the change may be pure definition",
    ),
    "basis_flips": (
        "实物量与标准量的增减方向不同，以目标计量为准",
        "physical and standard coal change in different directions; the target's basis rules",
    ),
    "later_months_missing": (
        "{period_zh}之后的月份数据不全，未计入",
        "months after {period_en} are incomplete and left out",
    ),
    "flash": ("实绩为快报，年报后可能变化", "the actual is a flash figure and may change"),
    "no_profile": (
        "缺上年各月数据，只有按月进度线",
        "last year's months are missing: only the line by months",
    ),
    "lines_differ": (
        "两条进度线结论不同：按月{linear_zh}，按上年月度{profile_zh}",
        "the two lines disagree: by months {linear_en}, by last year's months {profile_en}",
    ),
    "no_limit": (
        "缺全年基准，余量无法计算",
        "baseline of the whole year missing: what is left cannot be told",
    ),
    "limit_passed": ("已超过全年控制量", "the limit of the whole year is passed already"),
    "new_projects": (
        "预计含 {n_projects} 个今年投产的已批项目在其余月份的用煤",
        "the projection includes coal of approved projects starting this year ({n_projects}), for the rest of it",
    ),
    "stated_baseline": ("全年基准取目标文件写明的数", "the year's baseline is the one the document states"),
    "published_actual": ("实绩为公布数，非上报数据", "the actual is a published figure, not a reported one"),
    "state_no_line": (
        "状态要求没有进度线，以是否达到判定",
        "a state has no progress line: reached or not decides",
    ),
}
RULING = {
    "final": ("全年已结束，以全年数判定", "the year is over: its total decides"),
    "linear": (
        "按月均分是“序时进度”的字面含义；未见官方公式",
        "by months: the plain reading of the word; no official formula was found",
    ),
    "profile": (
        "用煤集中在采暖季，按上年同期比较；未见官方公式",
        "coal use follows the heating season: compared with the same months; no official formula was found",
    ),
    "none": ("没有可用的进度线", "no line can be drawn"),
    "only_linear": ("缺上年各月数据，只能按月均分", "last year's months are missing: only by months"),
}

_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def period_zh(period: str) -> str:
    """Write a period the way circulars do."""
    if ".." in period:
        return (
            f"{period[:4]} 年 1–{int(period[-2:])} 月"
            if not period.endswith("01..01")
            else f"{period[:4]} 年 1 月"
        )
    return f"{period[:4]} 年 {int(period[5:7])} 月" if "-" in period else f"{period_en} 年"


def period_en(period: str) -> str:
    """Write a period as English prose does."""
    if ".." in period:
        last = int(period[-2:])
        return f"{'Jan–' if last > 1 else ''}{_MONTHS[last]} {period[:4]}"
    return f"{_MONTHS[int(period[5:7])]} {period[:4]}" if "-" in period else period
