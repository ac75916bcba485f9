"""The comparison of cities in one episode, on a terminal and as rows of a table. Data in, text out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from dashboards.tables.model import Held, Rows
from dashboards.terminal.screen import NOTHING, add, as_is, digits, simulated_line, table, to_minute
from dashboards.terminal.warning import NAMES, STYLES
from warehouse.standards.marks import EXERCISE, marks

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("city_code", "城市代码 city code", "VARCHAR"),
    ("city_name", "城市 city", "VARCHAR"),
    ("level_due", "应为级别 level due", "VARCHAR"),
    ("due_by", "依据 due by", "VARCHAR"),
    ("level_forecast", "预报按规则 by forecast", "VARCHAR"),
    ("level_order", "上级或区域 by order", "VARCHAR"),
    ("level_observed", "实况按规则 by observations", "VARCHAR"),
    ("level", "发布级别 level issued", "VARCHAR"),
    ("issued_at", "发布时间 issued at", "TIMESTAMP"),
    ("due_start", "应开始 due start", "TIMESTAMP"),
    ("start", "开始 start", "TIMESTAMP"),
    ("response_at", "响应启动 response started", "TIMESTAMP"),
    ("end", "结束 end", "TIMESTAMP"),
    ("lifted_at", "解除 lifted at", "TIMESTAMP"),
    ("lead_h", "提前量 notice (h)", "DOUBLE"),
    ("cut_SO2_pct", "SO2 减排 cut (%)", "DOUBLE"),
    ("cut_NOx_pct", "NOx 减排 cut (%)", "DOUBLE"),
    ("cut_PM_pct", "PM 减排 cut (%)", "DOUBLE"),
    ("cut_VOCs_pct", "VOCs 减排 cut (%)", "DOUBLE"),
    ("required_pct", "要求 required (%)", "DOUBLE"),
    ("aqi_max", "最大AQI highest AQI", "SMALLINT"),
    ("list_version", "清单版本 list version", "VARCHAR"),
    ("warning_ids", "预警编号 warnings", "VARCHAR"),
    ("flags_zh", "提示", "VARCHAR"),
    ("flags_en", "flags", "VARCHAR"),
)
_LEVELS = ("level_due", "level_forecast", "level_order", "level_observed", "level")
_BY = {"forecast": "预报 forecast", "order": "指令 order", None: NOTHING}


def cells_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Give a row in the order of `COLUMNS`; levels by name."""
    flat = dict(row) | {f"cut_{p}_pct": v for p, v in row["cut_pct"].items()}
    flat |= {name: NAMES[row[name]] for name in _LEVELS}
    flat["due_by"] = _BY[row["due_by"]]
    flat["warning_ids"] = ", ".join(row["warning_ids"])
    flat["flags_zh"] = "；".join(f["zh"] for f in row["flags"])
    flat["flags_en"] = "; ".join(f["en"] for f in row["flags"])
    return tuple(flat[name] for name, _, _ in COLUMNS)


def comparison_rows(document: Mapping[str, Any]) -> Rows:
    """Give a comparison as rows of a file, one a city."""
    mark = marks(exercise=document["drill"])
    about = {
        "query": f"{mark}各城市响应比较 cities compared：{document['region']} {document['first']} — {document['last']}；"
        f"方案 profile：{document['profile']}",
        "made_at": document["as_of"],
        "simulated": document["simulated"],
    }
    cells = [cells_of(row) for row in document["cities"]]
    return Rows([c[1] for c in COLUMNS], [c[2] for c in COLUMNS], Held(cells), about)


def render_comparison(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Show a comparison: a table of levels and times, one of cuts, then what stands out by city."""
    if document["simulated"]:
        yield simulated_line()
    elif document["drill"]:
        yield as_is(f"{EXERCISE}比较演练中的预警 | warnings of exercises are compared", "bold magenta")
    yield as_is(
        f"城市响应比较 cities compared：{document['region']} {document['first']} — {document['last']}；"
        f"方案 profile：{document['profile']}；截至 as of：{to_minute(document['as_of'])}",
        "bold",
    )
    rows: Sequence[Mapping[str, Any]] = document["cities"]
    yield _levels(rows)
    if any(row["level"] != "none" for row in rows):
        yield _cuts([row for row in rows if row["level"] != "none"])
    flagged = [row for row in rows if row["flags"]]
    yield as_is(f"提示 flags：{sum(len(r['flags']) for r in flagged)}", "bold")
    for row in flagged:
        for flag in row["flags"]:
            yield as_is(f"  {row['city_name']}：{flag['zh']} | {flag['en']}")
    yield as_is("提示供会商研判，不是认定 | flags are for the consultation, not findings")


def _levels(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    made = table(
        ("城市 city", "应为 due", "预报 forecast", "指令 order", "实况 observed", "发布 issued", "发布时间 issued at",
         "应开始 due start", "响应开始 response", "结束 end", "提前 notice h", "AQI", "提示 flags"),
        right=(10, 11, 12),
    )  # fmt: skip
    for row in rows:
        add(
            made,
            row["city_name"],
            *(as_is(NAMES[row[name]], STYLES[row[name]]) for name in _LEVELS),
            to_minute(row["issued_at"]),
            to_minute(row["due_start"]),
            to_minute(row["response_at"] or row["start"]),
            to_minute(row["lifted_at"] or row["end"]),
            digits(row["lead_h"], 0),
            NOTHING if row["aqi_max"] is None else row["aqi_max"],
            len(row["flags"]) or NOTHING,
        )
    return made


def _cuts(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    made = table(
        ("城市 city", "级别 level", "SO2 %", "NOx %", "PM %", "VOCs %", "要求 required %", "清单 list"),
        right=(2, 3, 4, 5, 6),
        title="强制减排比例（已备案清单） | mandatory cuts of the filed list",
    )
    for row in rows:
        cuts = [digits(value, 1) for value in row["cut_pct"].values()]
        add(
            made,
            row["city_name"],
            NAMES[row["level"]],
            *cuts,
            digits(row["required_pct"], 0),
            row["list_version"],
        )
    return made
