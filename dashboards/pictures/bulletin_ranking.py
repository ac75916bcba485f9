"""Composite index of the areas of a region by rank: bars with figure, change and PM2.5; who is not ranked says why."""

from collections.abc import Mapping, Sequence

from dashboards.clean import one_line
from dashboards.pictures.aqi_chart import Chart
from dashboards.pictures.sheet import GREY, INK, Sheet
from dashboards.pictures.wrap import fitted
from warehouse.standards.marks import EXERCISE

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW, _MOST = 1200, 210, 780, 130, 40, 40
_PLAIN, _LAST = "#5B8DB8", "#1F3B57"


def bulletin_ranking(
    period: str, region: str, rows: Sequence[Mapping[str, object]], *, exercise: bool = False
) -> Chart:
    """Draw a ranking.

    Parameters
    ----------
    period, region : str
    rows : sequence of mapping
        ``name, rank, index, value`` (index as a number, None where not ranked), ``index_change_pct``, ``pm25``,
        ``among_last``; as they are to stand.
    exercise : bool
        Simulated or replayed: marked 【演练】.
    """
    mark = EXERCISE if exercise else ""
    shown = list(rows)[:_MOST]
    title = f"{mark}{one_line(region, 30)}{one_line(period, 30)}综合指数排名"
    sheet = Sheet(_WIDTH, _TOP + _ROW * max(1, len(shown)) + 50)
    sheet.text(40, 54, fitted(title, 34, _WIDTH - 80), 34, bold=True)
    sheet.text(40, 94, "综合指数越小越好；斜纹：末位　composite index, the lower the better", 20, colour=GREY)
    sheet.text(_RIGHT + 130, 122, "同比", 20, colour=GREY, align="center")
    sheet.text(_RIGHT + 280, 122, "PM2.5（微克/立方米）", 20, colour=GREY, align="center")
    if not shown:
        sheet.text(_WIDTH / 2, _TOP + 30, "没有数据 no data", 26, colour=GREY, align="center")
    top = max([1.0, *(_number(row) for row in shown)])
    sheet.line([(_LEFT, _TOP - 4), (_LEFT, _TOP + _ROW * len(shown))], INK, width=2)
    for number, row in enumerate(shown):
        _bar(sheet, _TOP + number * _ROW, row, top)
    told = "；".join(
        f"{row['rank']} {one_line(row['name'], 40)} {row['index']}（同比 {row['index_change_pct']}）"
        for row in rows
    )
    return Chart(sheet.png(48), f"{title}：{told or '没有数据 no data'}")


def _number(row: Mapping[str, object]) -> float:
    value = row["value"]
    return float(value) if isinstance(value, (int, float)) else 0.0


def _bar(sheet: Sheet, y: float, row: Mapping[str, object], top: float) -> None:
    name = one_line(row["name"], 40)
    rank = one_line(row["rank"], 8)
    sheet.text(_LEFT - 150, y + 28, rank, 22, colour=GREY, align="right")
    sheet.text(_LEFT - 12, y + 28, fitted(name, 22, 130), 22, align="right")
    if row["value"] is None:
        sheet.text(_LEFT + 12, y + 28, "数据不足，不参加排名", 20, colour=GREY)
    else:
        width = (_RIGHT - _LEFT) * _number(row) / top
        last = bool(row["among_last"])
        sheet.box(
            _LEFT, y + 6, width, _ROW - 12, fill=_LAST if last else _PLAIN, hatch="//" if last else None
        )
        sheet.text(_LEFT + width + 10, y + 28, one_line(row["index"], 12), 22)
    sheet.text(_RIGHT + 130, y + 28, one_line(row["index_change_pct"], 12), 21, align="center")
    sheet.text(_RIGHT + 280, y + 28, one_line(row["pm25"], 12), 21, align="center")
