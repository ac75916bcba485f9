"""What a reader of a draft must know beside its level, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from pipelines.emergency.proposal.blocks import CAUSES, Block
from pipelines.emergency.proposal.profiles import Profile
from warehouse.standards.warning_words import LEVEL_NAMES

Note = dict[str, str]


def notes_of(document: Mapping[str, Any], profile: Profile, blocks: Sequence[Block]) -> list[Note]:
    """Collect the notes of a draft, in the order they are read."""
    parts = (
        _standing(document, profile),
        _readings(document),
        _ranges(document),
        _causes(document, blocks),
        _time(document, profile, blocks),
        _orders(document),
        _contradictions(blocks),
    )
    return [note for part in parts for note in part]


def _note(code: str, zh: str, en: str) -> Note:
    return {"code": code, "zh": zh, "en": en}


def _zh(level: str) -> str:
    return LEVEL_NAMES[level][0]


def _standing(document: Mapping[str, Any], profile: Profile) -> Iterator[Note]:
    yield _note(
        "draft",
        "本稿为会商建议，由政府研究决定并发布；任何人不得擅自发布",
        "a proposal for consultation: the government decides and publishes",
    )
    if not profile.verified:
        yield _note(
            "profile_unverified",
            f"方案 {profile.name} 的条款未据原文核实，结论待核实",
            f"the clauses of {profile.name} were not read in the official text: unverified",
        )
    if not profile.enabled and profile.confirmed_by:
        yield _note(
            "profile_confirmed",
            f"方案 {profile.name} 默认关闭，由 {profile.confirmed_by} 确认使用",
            f"{profile.name} is off by default; confirmed by {profile.confirmed_by}",
        )
    if profile.area_code and profile.area_code != document["city_code"]:
        yield _note(
            "profile_other_area",
            f"方案 {profile.name} 不是为本市制定",
            f"{profile.name} was made for another city",
        )
    if document["level_by_profile"] == "blue":
        yield _note(
            "blue",
            "按2017年规则为蓝色（Ⅳ级），今无此级，记为 precaution",
            "blue (IV) under the rule of 2017; no such level today, reported as precaution",
        )


def _readings(document: Mapping[str, Any]) -> Iterator[Note]:
    level, strict, natural = (document[k] for k in ("level", "level_strict", "natural_day_level"))
    if strict != level:
        yield _note(
            "merged",
            f"相隔不足36小时的过程合并后为{_zh(level)}，不合并为{_zh(strict)}",
            f"{level} with episodes less than 36 h apart merged, {strict} without",
        )
    if natural != level:
        yield _note(
            "floating",
            f"跨自然日的24小时时段为{_zh(level)}，按自然日为{_zh(natural)}",
            f"{level} over 24-hour blocks across midnight, {natural} by natural days",
        )
    bridged = document["level_if_bridged"]
    if document["bridged"]:
        yield _note(
            "bridged",
            "分析人员选择跨越不计入的时段合并过程",
            "an analyst chose to join episodes over blocks that do not count",
        )
    elif bridged != level:
        yield _note(
            "bridging",
            f"不计入或缺报的时段使过程中断；若由分析人员跨越合并则为{_zh(bridged)}（--bridge）",
            f"blocks that do not count or are missing break the episode; {bridged} if an analyst joins over them",
        )


def _ranges(document: Mapping[str, Any]) -> Iterator[Note]:
    level, low = document["level"], document["level_low"]
    if document["upper_bound"] == "by_rule":
        yield _note(
            "upper_by_rule",
            f"可能出现3天及以上重污染，按预测上限定级：{_zh(level)}（下限为{_zh(low)}）",
            f"three days of heavy pollution or more are possible: graded by the upper end, {level}; lower end {low}",
        )
    elif document["upper_bound"] == "both_shown" and low != level:
        yield _note(
            "both_ends",
            f"预测上限为{_zh(level)}，下限为{_zh(low)}；未达3天重污染，取哪一端由会商确定",
            f"{level} at the upper end of the forecast, {low} at the lower; consultation decides which",
        )


def _causes(document: Mapping[str, Any], blocks: Sequence[Block]) -> Iterator[Note]:
    polluted = [b for b in blocks if (b.otherwise or 0) > 100]
    for kind, (zh, en) in CAUSES.items():
        days = [b for b in polluted if b.reason == kind]
        if days:
            by = "" if kind == "o3" else _entered(days)
            yield _note(
                f"cause_{kind}",
                f"{_days(days)} {zh}所致，不计入分级{by}；以健康防护提示为主",
                f"{_days(days)}: caused by {en}, not counted; health advice applies",
            )
    led = [b for b in polluted if b.given and b.high is not None and _led_by_ozone(b)]
    if led:
        yield _note(
            "o3_health",
            f"{_days(led)} 首要污染物为臭氧，只按 PM2.5 分指数计；臭氧发布健康防护提示，不启动预警",
            f"{_days(led)}: ozone leads, only the IAQI of PM2.5 counts; ozone calls for health advice, not a warning",
        )
    unsigned = [b for b in blocks if b.given and b.given.cause_kind in CAUSES and not b.given.forecaster]
    unsigned = [b for b in unsigned if b.given and b.given.cause_kind != "o3"]
    if unsigned:
        yield _note(
            "cause_unsigned",
            f"{_days(unsigned)} 写有沙尘等成因但没有预报员姓名，未据此剔除",
            f"{_days(unsigned)}: a cause is entered without a forecaster's name and was not used",
        )
    analyst = [b for b in polluted if b.reason == "needs_analyst"]
    if analyst:
        yield _note(
            "needs_analyst",
            f"{_days(analyst)} 首要污染物不是 PM2.5 且未给 PM2.5 浓度，暂不计入，须分析人员判定",
            f"{_days(analyst)}: led by another pollutant and no PM2.5 given: not counted, an analyst has to decide",
        )
    if document["level_if_all_counted"] != document["level"]:
        other = document["level_if_all_counted"]
        yield _note(
            "all_counted",
            f"若全部按 AQI 计、不剔除，级别为{_zh(other)}",
            f"{other} if the AQI counted and nothing were left out",
        )
    unknown = [b for b in polluted if b.reason == "cause_unknown"]
    if unknown:
        other = document["level_if_unknown_left_out"]
        yield _note(
            "cause_unknown",
            f"{_days(unknown)} 未写首要污染物，暂按 PM2.5 计入；若不计入则为{_zh(other)}",
            f"{_days(unknown)}: no primary pollutant given, counted as PM2.5; {other} without",
        )


def _led_by_ozone(block: Block) -> bool:
    primary = block.given.primary if block.given else ()
    return "O3" in primary and "PM2.5" not in primary


def _entered(days: Sequence[Block]) -> str:
    names = sorted({b.given.forecaster for b in days if b.given and b.given.forecaster})
    return f"（预报员 {'、'.join(names)}）"


def _time(document: Mapping[str, Any], profile: Profile, blocks: Sequence[Block]) -> Iterator[Note]:
    missing = [b for b in blocks if b.reason == "missing"]
    if missing:
        yield _note(
            "missing",
            f"{_days(missing)} 缺预报或小时数不足",
            f"{_days(missing)}: no forecast, or too few hours",
        )
    if document["issued_at"] > document["as_of"]:
        yield _note(
            "issued_later",
            f"预报发布时间 {document['issued_at']:%Y-%m-%d %H:%M} 晚于现在",
            f"the forecast was issued after now ({document['as_of']:%Y-%m-%d %H:%M})",
        )
    if blocks and blocks[-1].end <= document["as_of"]:
        yield _note(
            "forecast_over",
            f"预报时段已于 {blocks[-1].end:%Y-%m-%d %H:%M} 结束，说明不了今后；请用最新预报，此稿不保存",
            f"the forecast ended {blocks[-1].end:%Y-%m-%d %H:%M} and tells nothing of what comes: use the newest one; not kept",
        )
        return
    if document["start"] is None:
        return
    if document["start"] - document["as_of"] < timedelta(hours=profile.lead_time_h):
        yield _note(
            "lead_time",
            f"距开始不足 {profile.lead_time_h} 小时，应尽快会商",
            f"less than {profile.lead_time_h} h before the start",
        )
    if not document["end_confirmed"]:
        yield _note(
            "end_open",
            f"其后预测未显示持续 {profile.lift_h} 小时以上好转，解除时间另行通知",
            f"the forecast does not yet show {profile.lift_h} h below the trigger: the end is open",
        )


def _orders(document: Mapping[str, Any]) -> Iterator[Note]:
    if document["final_basis"] in ("superior", "regional"):
        zh = "上级指令" if document["final_basis"] == "superior" else "区域预警"
        yield _note(
            "ordered",
            f"{zh}为{_zh(document['final_level'])}，高于本市建议，按其执行，随其解除而解除",
            f"a {document['final_basis']} order of {document['final_level']} stands above the own level and ends with its lifting",
        )


def _contradictions(blocks: Sequence[Block]) -> Iterator[Note]:
    odd = [
        b
        for b in blocks
        if b.given and b.pm25_high is not None and b.given.aqi_high is not None and b.high is not None
        and b.high > b.given.aqi_high
    ]  # fmt: skip
    if odd:
        yield _note(
            "pm25_above_aqi",
            f"{_days(odd)} PM2.5 浓度对应的分指数高于所写 AQI，请核对简报；按 PM2.5 计",
            f"{_days(odd)}: the IAQI of PM2.5 exceeds the AQI given: check the bulletin; PM2.5 was used",
        )


def _days(blocks: Sequence[Block]) -> str:
    return "、".join(f"{b.start:%m-%d}" for b in blocks)
