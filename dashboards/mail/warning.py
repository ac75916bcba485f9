"""Letters about a warning, from a plain record: the draft for duty officers, the approved notice for recipients."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dashboards.clean import lines, one_line
from dashboards.mail.model import (
    DASH,
    Grid,
    Letter,
    Lines,
    Picture,
    moment,
    name_of,
    number,
    plain,
    warning_cell,
)
from dashboards.mail.ratios import ratio_grid
from warehouse.standards.warning_words import BADGES

ACTIONS = {
    "issue": ("发布", "issued"),
    "start": ("启动响应：", "response started"),
    "upgrade": ("升级为", "upgraded"),
    "downgrade": ("降级为", "lowered"),
    "extend": ("延长", "extended"),
    "suspend": ("暂停", "suspended"),
    "resume": ("恢复", "resumed"),
    "lift": ("解除", "lifted"),
}
_NAMED = 6
_FACTS = (
    ("warning_id", "预警编号 warning"),
    ("document_no", "文号 document"),
    ("issuing_body", "发布机关 issuing body"),
    ("office", "批准部门 office"),
    ("approved_by", "批准人 approved by"),
    ("signatory", "签发人 signatory"),
    ("reason", "与规则不同的理由 reason"),
    ("profile", "规则方案 profile"),
    ("forecast_issue", "预报 forecast"),
    ("snapshot", "数据版本 data version"),
    ("list_version", "减排清单版本 list version"),
)


def warning_letter(
    record: Mapping[str, Any], *, draft: bool, exercise: bool, pictures: Sequence[Picture] = ()
) -> Letter:
    """Make the letter of a warning.

    Parameters
    ----------
    record : mapping
        ``level`` (none|precaution|yellow|orange|red), ``action`` (one of `ACTIONS`, default issue), ``cities`` (mappings with
        city_code, city_name, level, start, end, aqi_low, aqi_high, primary_pollutants, pm25_ugm3; or names), ``start``,
        ``end``, ``notice_text``, ``ratios`` (see `dashboards.mail.ratios.ratio_grid`), ``kind`` (real|drill) and the facts
        of the approval; of several warnings ``notices`` (city, text), ``by_city`` (name of a fact, its value by city);
        ``remarks``. All but the level may be absent.
    draft : bool
        For the consultation, not approved.
    exercise : bool
        From simulated or replayed data; a record of kind drill is marked the same.
    """
    level = str(record.get("level") or "none")
    zh, en, *_ = BADGES.get(level, (one_line(level, 20), one_line(level, 20)))
    act_zh, act_en = ACTIONS.get(str(record.get("action") or "issue"), ACTIONS["issue"])
    if draft:
        act_zh, act_en = "建议发布", "proposed"
    cities = [c if isinstance(c, Mapping) else {"city_name": c} for c in record.get("cities") or ()]
    where = _names(cities)
    when = _span(record)
    return Letter(
        kind="warning_draft" if draft else "warning_notice",
        subject=f"{act_zh}重污染天气{zh}预警：{where}（{when}）{en} warning {act_en}",
        lead=(
            f"{act_zh}重污染天气{zh}预警 heavy-pollution warning: {en} ({act_en})",
            f"城市 cities：{'、'.join(name_of(c) for c in cities) or where}",
            f"时间 time：{when}",
        ),
        blocks=tuple(_blocks(record, cities)),
        exercise=exercise or record.get("kind") == "drill",
        draft=draft,
        pictures=tuple(pictures),
    )


def _names(cities: Sequence[Mapping[str, Any]]) -> str:
    names = [one_line(name_of(c), 20) for c in cities]
    if not names:
        return "区域 region"
    return "、".join(names[:_NAMED]) + (f"等{len(names)}个城市" if len(names) > _NAMED else "")


def _span(record: Mapping[str, Any]) -> str:
    start, end = moment(record.get("start")), moment(record.get("end"))
    if start == DASH and end == DASH:
        return "时间待定 time open"
    return f"{start} 起" if end == DASH else f"{start} 至 {end}"


def _blocks(record: Mapping[str, Any], cities: Sequence[Mapping[str, Any]]) -> list[Lines | Grid]:
    made: list[Lines | Grid] = []
    if any(len(c) > 1 for c in cities):
        made.append(_city_grid(record, cities))
    if record.get("notice_text"):
        made.append(Lines("通知正文 notice", tuple(lines(record["notice_text"]))))
    if record.get("ratios"):
        made.append(ratio_grid(record["ratios"]))
    made += [
        Lines(f"通知正文 notice：{one_line(city, 40)}", tuple(lines(text)))
        for city, text in record.get("notices") or ()
    ]
    facts = tuple(f"{zh}：{_fact(record[key])}" for key, zh in _FACTS if record.get(key))
    facts += tuple(_by_city(name, told) for name, told in record.get("by_city") or ())
    if facts:
        made.append(Lines("依据与批准 basis and approval", facts))
    if record.get("remarks"):
        made.append(Lines("附件与说明 files and remarks", tuple(one_line(r) for r in record["remarks"])))
    return made


def _by_city(name: str, told: Sequence[tuple[str, Any]]) -> str:
    """A fact that differs between the cities of a letter."""
    label = dict(_FACTS).get(name, name)
    return f"{label}：" + "；".join(
        f"{one_line(city, 40)} {_fact(value) if value else DASH}" for city, value in told
    )


def _fact(value: Any) -> str:
    return moment(value) if isinstance(value, datetime) else one_line(value)


def _city_grid(record: Mapping[str, Any], cities: Sequence[Mapping[str, Any]]) -> Grid:
    columns = [
        ("城市 city", [plain(name_of(c)) for c in cities]),
        ("级别 level", [warning_cell(str(c.get("level") or record.get("level") or "none")) for c in cities]),
        ("时间 time", [plain(_span({**record, **c})) for c in cities]),
        (
            "预报AQI forecast",
            [plain(_range(c.get("aqi_low"), c.get("aqi_high", c.get("aqi")))) for c in cities],
        ),
        ("首要污染物 primary", [plain(c.get("primary_pollutants")) for c in cities]),
    ]
    if any(c.get("pm25_ugm3") is not None for c in cities):
        columns.append(("PM2.5 µg/m³", [number(c.get("pm25_ugm3")) for c in cities]))
    rows = tuple(zip(*(cells for _, cells in columns), strict=True))
    return Grid("城市 cities", tuple(head for head, _ in columns), rows, frozenset({3, 5}))


def _range(low: Any, high: Any) -> str | None:
    if low is None or high is None:
        return None if low is None and high is None else f"{high if low is None else low}"
    return f"{low}" if low == high else f"{low}–{high}"
