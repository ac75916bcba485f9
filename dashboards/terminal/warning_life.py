"""Warnings on a terminal: one with its history, the list of them, a review. Data in, text out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from dashboards.terminal.screen import NOTHING, add, as_is, simulated_line, table, to_minute
from dashboards.terminal.warning import BASES, NAMES, STYLES
from dashboards.terminal.warning_compliance import render_compliance
from warehouse.standards.marks import EXERCISE, UNAPPROVED, marks

_UNAPPROVED = f"{UNAPPROVED} — 未经批准不得对外 | not to leave before approval"
KINDS = {"real": "正式 real", "drill": f"{EXERCISE}drill"}
VERDICTS = {
    "no_data": "无数据 no data",
    "as_forecast": "与预报一致 as forecast",
    "overforecast": "预报偏重 forecast too high",
    "underforecast": "预报偏轻 forecast too low",
    "as_rule": "与规则一致 as the rule",
    "stricter": "严于规则 stricter than the rule",
    "weaker": "轻于规则 weaker than the rule",
    "not_needed": "实况未达任何级别 no level by observations",
}


def render_done(record: Mapping[str, Any], what: str, changed: bool) -> Iterator[RenderableType]:
    """Say what a command has done.

    Parameters
    ----------
    record : mapping
        See :meth:`pipelines.emergency.life.records.Record.describe`.
    what : str
        What was done, in both languages.
    changed : bool
        False where the command was a repetition.
    """
    yield from _marks(record)
    yield as_is(
        f"{record['warning_id']}：{what if changed else '此前已办，未作改动 done before, nothing changed'}"
    )
    yield as_is(_line(record))


def render_warning(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Show one warning: how it stands, orders, lifting, notice and history.

    Parameters
    ----------
    document : mapping
        The record with ``final_level``, ``orders``, ``lift``, ``notice`` and ``events``.
    """
    yield from _marks(document)
    yield as_is(f"{document['warning_id']}  {KINDS[document['kind']]}", "bold")
    yield as_is(_line(document), STYLES[document["level"]])
    yield as_is(
        f"规则建议 by rule：{NAMES[document['level_rule']]}；依据 by：{BASES[document['basis']]}；最终 final："
        f"{NAMES[document['final_level']]}"
    )
    yield as_is(profile_line(document))
    for zh, en, name in (
        ("批准人", "approved by", "approved_by"), ("职务", "office", "office"), ("发布单位", "issuing body", "issuing_body"),
        ("文号", "document", "document_no"), ("签发", "signatory", "signatory"), ("理由", "reason", "reason"),
    ):  # fmt: skip
        if document[name]:
            yield as_is(f"  {zh} {en}：{document[name]}")
    yield as_is(
        f"  预报 forecast：{to_minute(document['forecast_issued_at'])}；数据版本 data：{document['snapshot'] or NOTHING}；"
        f"草稿 draft：{document['draft_sha256'][:12]}"
    )
    for order in document["orders"]:
        about = " ".join(str(order[k]) for k in ("issued_by", "document_no") if order[k])
        yield as_is(f"  指令 order：{BASES[order['kind']]} {NAMES[order['level']]} {about}".rstrip())
    if document["order_above"]:
        yield as_is(
            "  上级或区域指令高于现行级别，请升级 | an order asks for more than the level in force: upgrade it",
            "bold",
        )
    if document["lift"]:
        yield as_is(lift_line(document["lift"]))
    yield render_events(document["events"])
    yield as_is(document["notice"]["title"], "bold")
    yield as_is(document["notice"]["body"])
    yield as_is(f"短信 SMS：{document['notice']['sms']}")
    yield from _feet(document)


def profile_line(document: Mapping[str, Any]) -> str:
    """Name the rule a warning was drafted by, the file it came from, and whether its text is kept."""
    draft = document["draft"] or {}
    own = (
        f"，文件 file：{draft['profile_file']}（{draft['profile_file_sha256'][:12]}）"
        if draft.get("profile_file")
        else ""
    )
    kept = (
        "条文已随草稿保存 its text is kept with the draft"
        if draft.get("profile_text")
        else "条文未保存 its text is not kept"
    )
    return f"方案 profile：{document['profile']}（{document['profile_version']}）{own}；{kept}"


def lift_line(lift: Mapping[str, Any]) -> str:
    """Say whether the rule for lifting is met by the newest forecast."""
    seen = f"AQI≤{lift['trigger']} {lift['below_h']} h（需 needs {lift['needed_h']} h）"
    told = {
        "lift": "满足解除条件 the rule for lifting is met",
        "downgrade": f"可降为 may be lowered to {NAMES.get(lift['level'], lift['level'])}，不满足解除条件 not to be lifted",
        "keep": "不满足解除条件 the rule for lifting is not met",
    }
    return f"  最新预报 newest forecast：{seen}：{told[lift['action']]}"


def render_events(events: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Show a history."""
    made = table(
        ("业务时间 as of", "登记时间 recorded", "预警 warning", "动作 action", "级别 level", "规则 rule", "开始 start",
         "结束 end", "决定人 by", "文号 document", "理由 reason"),
        title="经过 | history",
    )  # fmt: skip
    for e in events:
        before = NAMES[e["level_from"]] + " → " if e["level_from"] not in (None, e["level"]) else ""
        add(
            made,
            to_minute(e["as_of"]),
            to_minute(e["recorded_at"]),
            e["warning_id"],
            f"{e['action_zh']} {e['action_en']}",
            before + NAMES[e["level"]],
            {True: "符合 yes", False: "不同 no", None: NOTHING}[e["rule_met"]],
            to_minute(e["start_at"]),
            to_minute(e["end_at"]),
            e["decided_by"],
            e["document_no"],
            e["reason"],
        )
    return made


def render_list(records: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """Show a list of warnings."""
    if any(r["kind"] == "drill" for r in records):
        yield simulated_line()
    if not records:
        yield as_is("没有预警 | no warning")
        return
    made = table(
        ("编号 id", "性质 kind", "城市 city", "状态 state", "级别 level", "规则 by rule", "开始 start", "结束 end",
         "批准人 approved by", "文号 document"),
    )  # fmt: skip
    for r in records:
        add(
            made,
            r["warning_id"],
            KINDS[r["kind"]],
            f"{r['city_name']} {r['city_code']}",
            f"{r['state_zh']} {r['state_en']}",
            as_is(NAMES[r["level"]], STYLES[r["level"]]),
            NAMES[r["level_rule"]],
            to_minute(r["start_at"]),
            to_minute(r["end_at"]),
            r["approved_by"],
            r["document_no"],
        )
    yield made


def render_review(found: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Show a review: forecast, level and timing; compliance and air effect apart."""
    yield from _marks(found)
    seen = found["observations"]
    yield as_is(f"事后评估 review {found['warning_id']}", "bold")
    yield as_is(f"监测小时 measured hours：{seen['n_hours']}/{seen['n_expected']}")
    made = table(
        ("24小时时段 block", "预报 forecast", "实况 observed", "PM2.5 µg/m³", "偏差 error"), right=(1, 2, 3, 4),
        title="预报与实况 | forecast against what came",
    )  # fmt: skip
    for d in found["forecast"]["days"]:
        ends = (d["forecast_low"], d["forecast_high"])
        span = NOTHING if None in ends else f"{ends[0]}" if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"
        add(made, to_minute(d["start"]), span, d["observed"], _number(d["observed_pm25_ugm3"]), d["error"])
    yield made
    forecast, level, timing = found["forecast"], found["level"], found["timing"]
    yield as_is(
        f"预报级别 forecast：{NAMES[forecast['level_forecast']]}；实况按规则 by rule on observations："
        f"{_name(forecast['level_observed'])}；{VERDICTS[forecast['verdict']]}"
    )
    yield as_is(
        f"执行最高级别 highest in force：{NAMES[level['highest']]}；{VERDICTS[level['verdict']]}；依据 by：{BASES[level['basis']]}"
    )
    yield as_is(
        f"提前量 notice：{_hours(timing['notice_h'])}（需 needs {_hours(timing['notice_needed_h'])}）；"
        f"响应晚于实况开始 response after the pollution began：{_hours(timing['response_late_h'])}；"
        f"解除晚于实况结束 lifted after its end：{_hours(timing['lifted_after_end_h'])}"
    )
    yield from render_compliance(found["compliance"])
    yield as_is(f"空气变化 air：{found['air_effect']['zh']} | {found['air_effect']['en']}")
    means = found["air_effect"]["pm25_mean_ugm3"]
    yield as_is(
        f"  PM2.5 µg/m³：响应前 before {_number(means['before'])}，期间 during {_number(means['during'])}，"
        f"之后 after {_number(means['after'])}"
    )
    yield from _feet(found)


def _marks(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    if document["kind"] == "drill":
        yield simulated_line()
    if "草稿" in document["watermark"]:
        yield as_is(f"{marks(exercise=document['kind'] == 'drill')}{_UNAPPROVED}", "bold magenta")


def _feet(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    yield from reversed(list(_marks(document)))


def _line(record: Mapping[str, Any]) -> str:
    response = f"（{record['response']}级响应）" if record["response"] else ""
    end = to_minute(record["end_at"]) if record["end_at"] else "另行通知 to be told"
    return (
        f"{record['city_name']} {record['city_code']}：{NAMES[record['level']]}{response}，"
        f"{record['state_zh']} {record['state_en']}，{to_minute(record['start_at'])} — {end}"
    )


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.1f}"


def _hours(value: float | None) -> str:
    return NOTHING if value is None else f"{value:g} h"


def _name(level: str | None) -> str:
    return NOTHING if level is None else NAMES[level]
