"""What the bulletins of a city's day and month share: its rank, its stations and assessment units."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.bulletin import parts, words
from dashboards.bulletin.words import DASH, LACKING
from dashboards.clean import one_line
from warehouse.standards import CUBE_NAME

ITEMS = ("PM2.5", "PM10", "SO2", "NO2", "CO", "O3")
_KINDS = {"unit": "考核单元", "station": "站点"}
NOT_COUNTED = "不计入城市平均"


def rank_text(part: Mapping[str, Any], region: Mapping[str, Any]) -> str:
    """Tell the composite index of a city, its rank in its list and how far it improved."""
    row, found = part["row"], region["ranked_in"]
    if row is None or found is None:
        return "本市不在区域名单内，不列名次"
    if row["rank"] is None:
        lacking = "、".join(name for name, item in part["items"].items() if not item["sufficient"])
        return f"综合指数{LACKING}（{lacking or '六项不全'}），不参加排名"
    told = (
        f"综合指数{words.figure(row['composite_index'], row['index_digits'])}，"
        f"在{words.short_name(found['name_zh'])}参加排名的{row['n_ranked']}个城市中列第{row['rank']}位"
    )
    if row["change_pct"] is None:
        return f"{told}，综合指数同比不可比"
    if row["change_pct"] == 0:
        return f"{told}，综合指数同比持平"
    amount = f"{words.figure(abs(row['change_pct']), 1)}%"
    if row["change_pct"] > 0:
        return f"{told}，综合指数同比上升{amount}"
    return f"{told}，综合指数同比下降{amount}，改善幅度列第{row['rank_improvement']}位"


def place_rows(places: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Rows of the assessment units and stations of a city on a day, units first."""
    found = [p for kind in _KINDS for p in places if p["place_kind"] == kind]
    return [
        {
            "name": _name(p),
            "kind": _KINDS[p["place_kind"]],
            "aqi": DASH if p["aqi"] is None else str(p["aqi"]),
            "category": words.category(p["level"]),
            "primary": words.pollutants(p["primary_pollutants"]),
            "note": DASH if p["counts"] else NOT_COUNTED,
            **{CUBE_NAME[item]: daily(p, item) for item in ITEMS},
        }
        for p in found
    ]


def daily(place: Mapping[str, Any], item: str) -> str:
    """Write the value of an item on a day as it was rounded."""
    return words.figure(place[CUBE_NAME[item]], (place["digits"] or {}).get(item) or 0)


def highest(places: Sequence[Mapping[str, Any]]) -> str:
    """Name the counted stations with most and least PM2.5 of a day; say so where there are none."""
    stations = [p for p in places if p["place_kind"] == "station" and p["counts"]]
    known = sorted(
        (p for p in stations if p["pm25"] is not None), key=lambda p: (-p["pm25"], p["place_code"])
    )
    if not stations:
        return "没有站点数据"
    if not known:
        return f"{len(stations)}个站点均无有效PM2.5日均值"
    lacking = f"，{len(stations) - len(known)}个站点无有效日均值" if len(known) < len(stations) else ""
    told = f"PM2.5最高为{_name(known[0])}{daily(known[0], 'PM2.5')}"
    if len(known) > 1:
        told += f"，最低为{_name(known[-1])}{daily(known[-1], 'PM2.5')}"
    return f"{told}（{len(known)}个站点）{lacking}"


def units_line(places: Sequence[Mapping[str, Any]]) -> str:
    """Tell the AQI of the assessment units of a day in one line; nothing where there are none."""
    units = [p for p in places if p["place_kind"] == "unit"]
    return "、".join(
        f"{_name(p)}{'无有效AQI' if p['aqi'] is None else f'''{p['aqi']}（{words.category(p['level'])}）'''}"
        for p in units
    )


def station_rows(stations: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Rows of the stations of a month: six items, change of PM2.5, valid days."""
    made = []
    for station in stations:
        item = station["items"].get("PM2.5")
        row = {
            "name": _name(station),
            "pm25_change": words.change(item),
            "pm25_change_pct": words.change_pct(item),
            "valid_days": f"{item['n_valid_days'] if item else 0}/{station['n_days']}",
            "note": DASH if station["counts"] else NOT_COUNTED,
        }
        made.append(row | {CUBE_NAME[i]: words.printed(station["items"].get(i)) for i in ITEMS})
    return made


def _name(place: Mapping[str, Any]) -> str:
    return one_line(place["name_zh"], 40) or one_line(
        place.get("place_code") or place.get("station_code"), 20
    )


def units_text(units: Sequence[Mapping[str, Any]], city: str, n_ranked: int) -> str:
    """Tell how the assessment units of a city stand in a month."""
    if not units:
        return f"{city}没有参加考核的区县（考核单元）"
    told = []
    for row in units:
        name = one_line(row["name_zh"], 40)
        if row["rank"] is None:
            told.append(f"{name}综合指数{LACKING}，不参加排名")
        else:
            index = words.figure(row["composite_index"], row["index_digits"])
            told.append(f"{name}综合指数{index}，列第{row['rank']}位")
    return f"与城市并列参加排名的共{n_ranked}个：{'；'.join(told)}"


def framed(document: Mapping[str, Any]) -> dict[str, Any]:
    """What stands around a bulletin of a city: the marks, and its full name."""
    return parts.frame(document) | {"region": one_line(document["region"]["name_zh"], 40)}
