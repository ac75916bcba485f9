"""Remarks that belong on the documents of a response: what was not there, what is in doubt, what counts how."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb

from dashboards.response.model import LEVELS
from pipelines.emergency.emission_list.show import versions
from pipelines.emergency.response.listed import Listed

Remark = tuple[str, str]


def remarks(
    con: duckdb.DuckDBPyConnection, city_code: str, level: str, day: date, listed: Listed | None
) -> list[Remark]:
    """Say what a reader of the documents must know."""
    found: list[Remark] = []
    newer = _unfiled(con, city_code, listed)
    if listed is None:
        found.append(
            ("响应开始时没有已备案的应急减排清单，未列企业措施；请先 fenwei list import 并 fenwei list file",
             "no list was filed when the response began: no measures of enterprises are given")
        )  # fmt: skip
    if newer:
        names = "、".join(newer)
        found.append(
            (f"另有未采用的清单版本 {names}：未备案，或在响应开始之后备案",
             f"not used, not filed by the start of the response: {', '.join(newer)}")
        )  # fmt: skip
    if level not in LEVELS:
        found.append(
            ("本级别不启动应急减排清单，减排量为零；清单措施供参考",
             "lists have no measures at this level: nothing is cut, their measures are shown for reference")
        )  # fmt: skip
    return found + (_of_list(listed, level, day) if listed else [])


def _unfiled(con: duckdb.DuckDBPyConnection, city_code: str, listed: Listed | None) -> list[str]:
    used = listed.version if listed else None
    key = (used["list_year"], used["version_no"]) if used else (0, 0)
    return [
        row["version_id"] for row in versions(con, city_code) if (row["list_year"], row["version_no"]) > key
    ]


def _of_list(listed: Listed, level: str, day: date) -> list[Remark]:
    lines = [line for firm in listed.enterprises for line in firm.lines]
    stopped = sum(line.stopped for line in lines)
    doubtful = sum(line.doubtful for line in lines)
    ungraded = sum(not firm.graded for firm in listed.enterprises)
    shared = sum(line.shared_id is not None for line in lines)
    found = [
        ("减排比例的分母为全社会排放量；每种污染物须各自达到要求；减排量只计可以确认的部分",
         "ratios are of the emissions of the whole society; each pollutant counts by itself; only certain cuts count"),
    ]  # fmt: skip
    if stopped:
        found.append(
            (f"{stopped:,} 条生产线在响应日（{day}）已按错峰、季节或长期停产停运：分子分母同扣，不再计减排",
             f"{stopped:,} lines stand still on {day} anyway: taken out above and below")
        )  # fmt: skip
    if doubtful:
        found.append(
            (f"{doubtful:,} 条生产线的措施不能确认全部减排量，按可确认的下限计，见备注列",
             f"{doubtful:,} lines: the cut is not certain and counts at its lower end")
        )  # fmt: skip
    if shared:
        found.append(
            (f"{shared:,} 条生产线共用炉窑或烟囱：按一个单元计一次，减排量记在排放量最大的一条",
             f"{shared:,} lines share a furnace or stack and are counted once")
        )  # fmt: skip
    if ungraded:
        found.append(
            (f"{ungraded:,} 家企业有未评级的生产线，按所属行业最低等级执行",
             f"{ungraded:,} enterprises with ungraded lines count at the lowest grade of the industry")
        )  # fmt: skip
    return found + _of_ratios([r for r in listed.reductions if r["level"] == level])


def _of_ratios(rows: Sequence[dict[str, Any]]) -> list[Remark]:
    found: list[Remark] = []
    missing = sorted({r["pollutant"] for r in rows if r["verdict"] == "insufficient"})
    if missing:
        found.append(
            (f"清单没有 {'、'.join(missing)} 的全社会排放总量，比例不能判定",
             f"no total of the whole society for {', '.join(missing)}: ratios cannot be judged")
        )  # fmt: skip
    if any(r["swap_met"] and r["verdict"] != "met" for r in rows):
        found.append(
            ("SO2 与 NOx 二者之和达到要求；可否调剂的条款未核实，不作结论",
             "SO2 and NOx together reach the sum; whether they may be swapped is unverified and decides nothing")
        )  # fmt: skip
    return found
