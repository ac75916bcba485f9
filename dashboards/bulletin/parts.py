"""What bulletins of a day and of a month share: marks, rows of areas, warnings, notes."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.bulletin import words
from dashboards.bulletin.words import DASH, LACKING
from dashboards.clean import one_line
from warehouse.classes import WORDS
from warehouse.standards import CUBE_NAME
from warehouse.standards.marks import EXERCISE

MARK_TEXT = f"{EXERCISE}模拟或回放数据，非监测结果，不作决策依据 EXERCISE: simulated or replayed data"
_ORDER = ("PM2.5", "PM10", "SO2", "NO2", "CO", "O3")
_WARNING_STATES = {
    "approved": "已发布",
    "started": "响应中",
    "upgraded": "已升级",
    "downgraded": "已降级",
    "extended": "已延长",
    "suspended": "已暂停",
    "resumed": "已恢复",
    "lifted": "已解除",
    "evaluated": "已解除",
}


def frame(document: Mapping[str, Any]) -> dict[str, Any]:
    """What stands around every bulletin: marks, region, class, until when the data go."""
    about, region = document["about"], document["region"]
    klass = WORDS.get(about["class"], one_line(about["class"], 20))
    return {
        "mark": EXERCISE if about["simulated"] else "",
        "mark_text": MARK_TEXT if about["simulated"] else "",
        "class_name": klass,
        "class_mark": "" if about["class"] == "public" else f"{klass}资料，注意保存",
        "region": words.short_name(region["name_zh"]),
        "region_full": one_line(region["name_zh"], 80),
        "n_cities": str(len(region["cities"])),
        "city_list": "、".join(one_line(c["short_zh"] or c["name_zh"], 20) for c in region["cities"]),
        "made_at": words.moment_zh(about["made_at"]),
        "data_until": words.moment_zh(about["data_until"]),
    }


def item_rows(items: Mapping[str, Any]) -> list[dict[str, str]]:
    """Rows of the six items of one area."""
    rows = []
    for pollutant in _ORDER:
        item = items.get(pollutant)
        if not item:
            continue
        rows.append(
            {
                "name": words.ITEM_NAMES[pollutant],
                "statistic": words.STATISTICS[item["statistic"]],
                "unit": words.UNITS.get(item["unit"], one_line(item["unit"], 20)),
                "value": words.printed(item),
                "before": _before(item),
                "change": words.change(item),
                "change_pct": words.change_pct(item),
            }
        )
    return rows


def _before(item: Mapping[str, Any]) -> str:
    if item["before_printed"] is None:
        return "无数据"
    return words.figure(item["before_printed"], item["digits"]) if item["before_sufficient"] else LACKING


def area_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Rows of ranked areas: rank, composite index and its change, the six items, days."""
    return [_area_row(row) for row in rows]


def _area_row(row: Mapping[str, Any]) -> dict[str, str]:
    days = row["days"]
    enough = bool(row["sufficient"])
    made = {
        "rank": str(row["rank"]) if row["rank"] is not None else DASH,
        "name": one_line(row["name_zh"], 40) or one_line(row["city_code"], 20),
        "parent": one_line(row["parent_zh"], 40) or DASH,
        "index": words.figure(row["composite_index"], row["index_digits"]) if enough else LACKING,
        "index_change_pct": words.signed(row["change_pct"], 1, "%") if enough else DASH,
        "good_days": _days(days, "good_days"),
        "good_pct": _good_pct(days),
        "good_pct_change": words.signed(days["good_pct_change"], days["rate_digits"]) if days else DASH,
        "heavy_days": words.count_days(days["heavy_days"]) if days else DASH,
        "heavy_days_change": words.signed(days["heavy_days_change"]) if days else DASH,
        "valid_days": f"{days['n_valid_days']:.0f}/{days['n_days']}" if days else DASH,
    }
    for pollutant in _ORDER:
        key = CUBE_NAME[pollutant]
        item = row["items"].get(pollutant)
        made |= {
            key: words.printed(item),
            f"{key}_change": words.change(item),
            f"{key}_change_pct": words.change_pct(item),
        }
    return made


def _days(days: Mapping[str, Any] | None, name: str) -> str:
    return f"{words.count_days(days[name])}/{words.count_days(days['n_valid_days'])}" if days else DASH


def _good_pct(days: Mapping[str, Any] | None) -> str:
    if not days or days["good_days_pct"] is None:
        return DASH
    return words.figure(days["good_days_pct"], days["rate_digits"]) if days["sufficient"] else LACKING


def names(rows: Sequence[Mapping[str, Any]]) -> str:
    """List names with the share of change, or with the index."""
    return "、".join(one_line(row["name_zh"], 40) for row in rows)


def last_named(rows: Sequence[Mapping[str, Any]], what: str) -> str:
    """Name who stands last in a ranking, the last first; say so where too few are ranked."""
    ranked = [row for row in rows if row["rank"] is not None]
    missing = len(rows) - len(ranked)
    tail = f"；{missing}个{what}数据不足，不参加排名" if missing else ""
    last = sorted((r for r in ranked if r["among_last"]), key=lambda r: (-r["rank"], r["city_code"]))
    if not ranked:
        return f"没有{what}参加排名（{missing}个数据不足）"
    if not last:
        return f"参加排名的{what}只有{len(ranked)}个，不列末位{tail}"
    told = "、".join(f"{one_line(r['name_zh'], 40)}（第{r['rank']}位）" for r in last)
    place = f"后{len(last)}位依次" if len(last) > 1 else "末位"
    return f"参加排名的{what}{len(ranked)}个，综合指数{place}为{told}{tail}"


def first_named(rows: Sequence[Mapping[str, Any]], n: int = 3) -> str:
    """Name who stands first in a ranking."""
    return "、".join(one_line(r["name_zh"], 40) for r in rows if r["rank"] is not None and r["rank"] <= n)


def common_text(part: Mapping[str, Any]) -> str:
    """Tell PM2.5 over the cities that can be compared, where the region as a whole cannot; else nothing."""
    item, common = part["items"].get("PM2.5"), part["common"]
    if not common or (item and item["change"] is not None):
        return ""
    return f"（两期数据均充分的{common['n_cities']}个城市平均{words.printed(common)}微克/立方米，{words.moved(common)}）"


def basis_short(part: Mapping[str, Any]) -> str:
    """Say in a few words by which standard and from which data a period was judged."""
    by_code = {note["code"]: note["zh"] for note in part["notes"]}
    state = by_code.get("state", "").partition("：")[0]
    dust = by_code.get("dust", "")
    sand = (
        "颗粒物未扣沙（无官方沙尘时段）"
        if dust.startswith("本时段没有")
        else "颗粒物" + ("扣沙前" if "为扣沙前" in dust else "扣沙后")
    )
    return "，".join(one_line(text, 80) for text in (part["standard_set"]["name_zh"], state, sand) if text)


def warning_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Rows of warnings; an exercise says so in each row."""
    return [
        {
            "name": (EXERCISE if row["kind"] != "real" else "") + one_line(row["name_zh"], 40),
            "mark": EXERCISE if row["kind"] != "real" else "",
            "city": one_line(row["name_zh"], 40),
            "level": words.warning_name(row["level"]),
            "start": words.hour_zh(row["start_at"]),
            "end": words.hour_zh(row["lifted_at"] or row["end_at"]) if row["lifted_at"] or row["end_at"] else "另行通知",
            "state": _WARNING_STATES.get(row["state"], one_line(row["state"], 20)),
            "document_no": one_line(row["document_no"], 60) or DASH,
            "issuing_body": one_line(row["issuing_body"], 80) or DASH,
        }
        for row in rows
    ]  # fmt: skip
