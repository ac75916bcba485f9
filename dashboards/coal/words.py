"""Words and signs of coal verdicts, one place for page, workbook and terminal. A sign never stands without its word."""

from collections.abc import Mapping
from typing import Any

VERDICTS = {
    "pass": ("√", "完成", "met", "green"),
    "fail": ("■", "未完成", "not met", "red"),
    "on_schedule": ("●", "按序时", "on schedule", "green"),
    "behind": ("▲", "滞后", "behind", "yellow"),
    "not_comparable": ("≠", "不可比", "not comparable", "yellow"),
    "insufficient": ("○", "数据不足", "insufficient data", "yellow"),
    "unverified": ("？", "待核实", "unverified", "yellow"),
}
"""Verdicts on targets: sign, Chinese, English, colour of a terminal."""

REPLACEMENT = {
    "pass": ("√", "符合", "complies", "green"),
    "fail": ("■", "不符合", "does not comply", "red"),
    "insufficient": ("○", "资料不足", "papers missing", "yellow"),
    "unverified": ("？", "待核实", "unverified", "yellow"),
    "not_applicable": ("－", "不适用", "not applicable", ""),
}
SOURCES = {
    "accepted": ("√", "认可", "accepted", "green"),
    "suspected": ("？", "存疑", "in doubt", "yellow"),
    "rejected": ("■", "不认可", "rejected", "red"),
}
QUALITY = {
    "pass": ("√", "合格", "passed", "green"),
    "fail": ("■", "不合格", "failed", "red"),
    "insufficient": ("○", "不足以判定", "insufficient", "yellow"),
    "unverified_pass": ("？", "待核实合格", "passed, limit unverified", "yellow"),
    "unverified_fail": ("？", "待核实不合格", "failed, limit unverified", "yellow"),
    "not_judged": ("－", "不判定", "not judged", ""),
}
HOUSEHOLDS = {
    "done": ("√", "完成", "done", "green"),
    "on_schedule": ("●", "按序时", "on schedule", "green"),
    "behind": ("▲", "滞后", "behind", "yellow"),
    "not_done": ("■", "未完成", "not done", "red"),
    "no_target": ("－", "无任务", "no task", ""),
    "insufficient": ("○", "数据不足", "insufficient data", "yellow"),
}
GROWTH = {
    "negative_growth": ("↓", "负增长", "negative growth", "green"),
    "flat": ("＝", "持平（不是负增长）", "flat, not negative growth", "yellow"),
    "positive_growth": ("↑", "正增长", "positive growth", "red"),
    "not_negative_growth": ("↑", "续报企业未降，不算负增长", "continuing firms did not fall", "red"),
}
WARNINGS = {
    "green": ("●", "绿色", "green", "green"),
    "yellow": ("▲", "黄色", "yellow", "yellow"),
    "orange": ("◆", "橙色", "orange", "yellow"),
    "red": ("■", "红色", "red", "red"),
    "no_base": ("≠", "无同期", "no base", "yellow"),
    "insufficient": ("○", "数据不足", "insufficient data", "yellow"),
}
LIGHTS: dict[str, Mapping[str, tuple[str, str, str, str]]] = {
    "verdict": VERDICTS,
    "replacement": REPLACEMENT,
    "source": SOURCES,
    "quality": QUALITY,
    "household": HOUSEHOLDS,
    "growth": GROWTH,
    "warning": WARNINGS,
}

NAMES: dict[str, Mapping[str, tuple[str, str]]] = {
    "scope": {
        "society": ("全社会", "whole society"),
        "above_scale": ("规上工业", "above-scale industry"),
        "above_scale_non_power": ("规上工业非电", "above-scale, no power"),
        "scattered": ("散煤", "scattered coal"),
    },
    "basis": {"t": ("实物量", "physical"), "tce": ("标准量", "standard coal")},
    "kind": {
        "cap": ("不超过", "cap"),
        "cut": ("削减量", "cut"),
        "percent": ("相对变化", "percent"),
        "negative_growth": ("负增长", "negative growth"),
        "state": ("状态要求", "state"),
        "equal": ("等量替代", "equal"),
        "reduction": ("减量替代", "reduction"),
    },
    "group": {
        "total": ("合计", "total"),
        "continuing": ("续报", "continuing"),
        "newly_listed": ("入统", "newly listed"),
        "delisted": ("退统", "delisted"),
        "not_reporting": ("未报", "not reporting"),
    },
    "stage": {
        "approval": ("审批", "approval"),
        "commissioning": ("投产", "commissioning"),
        "operation": ("运行", "operation"),
        "production": ("生产", "production"),
        "circulation": ("流通", "circulation"),
        "use": ("使用", "use"),
        "all": ("合计", "all"),
    },
    "subject": {
        "user_coal": ("单位用煤", "coal of users"),
        "raw_coal_sale": ("原煤销售", "sale of raw coal"),
        "bulk_coal": ("散煤", "bulk coal"),
        "briquette": ("型煤", "briquette"),
    },
    "terrain": {
        "plain": ("平原", "plain"),
        "mountain": ("山区", "mountain"),
        "unknown": ("未填", "not given"),
        "all": ("合计", "all"),
    },
    "route": {
        "market_regulation": ("市场监管", "market regulation"),
        "ecology_environment": ("生态环境", "ecology and environment"),
    },
    "method": {
        "sulfur_balance": ("硫平衡", "sulfur balance"),
        "ipcc": ("缺省碳含量", "IPCC form"),
        "factor_range": ("因子范围", "range of factors"),
        "last_year_profile": ("按上年比例", "last year's months"),
        "linear": ("按月均", "by month"),
        "final": ("已结束", "final"),
    },
    "origin": {
        "reported": ("上报合计", "reported"),
        "firms": ("企业汇总", "firms"),
        "children": ("下级汇总", "children"),
        "published": ("公布数", "published"),
        "target": ("目标文件", "the target's document"),
        "ledger": ("村级台账", "village ledger"),
    },
    "vintage": {"flash": ("快报", "flash"), "annual": ("年报", "annual"), "revised": ("修订", "revised")},
    "activity": {"household": ("清洁取暖", "households")},
    "fuel": {"bulk": ("散煤", "bulk"), "briquette": ("型煤", "briquette")},
    "product": {
        "all": ("合计", "all"),
        "scattered_coal": ("民用散煤", "household lump coal"),
        "honeycomb": ("蜂窝煤", "honeycomb briquette"),
        "briquette": ("其他型煤", "other briquette"),
        "commercial_coal": ("商品煤", "commercial coal"),
        "lignite": ("褐煤", "lignite"),
        "semi_coke": ("兰炭", "semi-coke"),
    },
}
_EXCLUSIONS = {"feedstock": "原料用煤", "gangue": "煤矸石", "none": "不剔除", "gross": "不剔除"}


def light(
    domain: str, code: str | None, *, verified: bool | None = None, english: bool = True
) -> tuple[str, str]:
    """Give sign and words of a verdict, and its colour; a code without words is shown as it is.

    Parameters
    ----------
    domain : str
        Key of `LIGHTS`.
    code : str or None
    verified : bool, optional
        False adds that a fact behind it was not read in an official text.
    english : bool
        Add the English words; without them a question mark behind the verdict stands for unverified.
    """
    if code is None:
        return "", ""
    sign, zh, en, style = LIGHTS[domain].get(code, ("？", str(code), "", "yellow"))
    doubt = ("（待核实 unverified）" if english else "？") if verified is False and "待核实" not in zh else ""
    return f"{sign} {zh} {en * english}".rstrip() + doubt, style


def name(domain: str, code: Any, *, english: bool = True) -> str:
    """Give the words of a code; one without words is shown as it is."""
    if code is None:
        return ""
    zh, en = NAMES[domain].get(str(code), (str(code), ""))
    return f"{zh} {en}".rstrip() if english else zh


def exclusions(given: str | None) -> str:
    """Say what is left out of an assessment: nothing where the text is empty; without one the document does not state it."""
    if given is None:
        return "未写明"
    if not given:
        return "不剔除"
    parts = given.replace(";", ",").split(",")
    return "、".join(_EXCLUSIONS.get(part.strip(), part.strip().removeprefix("unit:")) for part in parts)


def legend(domain: str = "verdict") -> str:
    """Explain the signs of a kind of verdict in one line."""
    return "；".join(f"{sign} {zh} {en}" for sign, zh, en, _ in LIGHTS[domain].values())
