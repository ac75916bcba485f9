"""Invented documents beside the station files: station list, reviewed days, dust period, targets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import numpy as np

from sources.simulation.places import CITIES, Station
from sources.simulation.platform import MISSING, TYPES, Values

__all__ = ["dust_hours", "reviewed_days", "station_list", "targets"]

REVIEWED_CITIES = ("610100", "141000")
_REVIEWED = ("PM2.5_24h", "PM10_24h", "SO2_24h", "NO2_24h", "O3_8h_24h", "CO_24h")
_REGION = ("fenwei_2023", "汾渭平原")
# Cities whose share of good days has not been handed down yet: the decomposition is incomplete on purpose.
_UNASSIGNED = ("140300", "140500", "141100")


def station_list(places: Sequence[Station]) -> bytes:
    """Write the station list in the layout of 2022 (UTF-8 with BOM)."""
    head = ["监测点编码", "监测点名称", "城市", "经度", "纬度", "对照点", "省级行政区", "地级行政区"]
    rows = (
        [
            p.code,
            p.name,
            p.city_name,
            p.lon_deg,
            p.lat_deg,
            "Y" if p.is_control else "N",
            p.province,
            p.prefecture,
        ]
        for p in places
    )
    return _csv(head, rows)


def reviewed_days(places: Sequence[Station], midnights: Sequence[tuple[date, Values]]) -> bytes:
    """Write reviewed values of a few days: near the mean of the stations, as a review changes them little.

    Parameters
    ----------
    places : sequence of Station
        The stations.
    midnights : sequence of (date, ndarray)
        Each day with the values published at its 24:00, int32, shape (15, n_stations).
    """
    head = ["代码", "名称", "日期", "PM2.5", "PM10", "SO2", "NO2", "O3_8h", "CO", "文号"]
    rows = []
    for day, values in midnights:
        for index, city in enumerate(CITIES):
            if city.code in REVIEWED_CITIES:
                member = np.array([p.city == index and not p.is_control for p in places])
                number = f"模拟文号〔{day.year}〕3号"
                rows.append([city.code, f"{city.name}市", day.isoformat(), *_city(values[:, member]), number])
    return _csv(head, rows)


def _city(values: Values) -> list[str]:
    shown = []
    for kind in _REVIEWED:
        known = values[TYPES.index(kind)]
        known = known[known != MISSING]
        if not known.size:
            shown.append("")
        elif kind == "CO_24h":
            shown.append(f"{known.mean() / 10:.1f}")
        else:
            shown.append(str(round(float(known.mean()) * 0.99)))
    return shown


def dust_hours(begin: datetime | None, length: timedelta) -> bytes:
    """Write the announced period of one dust event for all cities; only headings where there was none."""
    head = ["代码", "名称", "开始时间", "结束时间", "文号"]
    rows = []
    if begin is not None:
        ends = (f"{begin:%Y-%m-%d %H:%M}", f"{begin + length:%Y-%m-%d %H:%M}")
        number = f"模拟文号〔{begin.year}〕1号"
        rows = [[city.code, f"{city.name}市", *ends, number] for city in CITIES]
    return _csv(head, rows)


def targets(year: int) -> bytes:
    """Write the targets of a year: region, cities (good days not for all of them), districts of one city."""
    head = ["目标编号", "上级目标编号", "层级", "代码", "名称", "时段", "指标", "目标值", "文号"]
    number = f"模拟文号〔{year}〕2号"
    pm25, good = f"SIM-{year}-PM25", f"SIM-{year}-GOOD"
    region = [*_REGION, str(year)]
    rows: list[list[object]] = [
        [pm25, "", "区域", *region, "PM2.5平均浓度", 38.0, number],
        [good, "", "区域", *region, "优良天数", 268 * len(CITIES), number],
    ]
    for city in CITIES:
        area = ["城市", city.code, f"{city.name}市", str(year)]
        rows.append(
            [f"{pm25}-{city.code}", pm25, *area, "PM2.5平均浓度", round(city.pm25_ugm3 * 0.98, 1), number]
        )
        if city.code not in _UNASSIGNED:
            days = round(268 - 2.5 * (city.pm25_ugm3 - 37))
            rows.append([f"{good}-{city.code}", good, *area, "优良天数", days, number])
    for code, name, value in (
        ("610102", "新城区", 39.5),
        ("610113", "雁塔区", 39.0),
        ("610116", "长安区", 38.5),
    ):
        county = ["县区", code, name, str(year)]
        rows.append([f"{pm25}-{code}", f"{pm25}-610100", *county, "PM2.5平均浓度", value, number])
    return _csv(head, rows)


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return ("\ufeff" + text.getvalue()).encode("utf-8")
