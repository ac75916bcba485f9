"""Promises the fact tables keep: keys, dates, units, order of breakpoints, completeness, known codes."""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NoReturn

from warehouse.standards.columns import AIR_UNITS, Table
from warehouse.standards.errors import StandardsError
from warehouse.standards.names import ITEMS, POLLUTANTS, UNIT, pollutant_of

Row = dict[str, Any]
_DAY = timedelta(days=1)
_REQUIRED_RULES = (
    "so2_1h_above_last",
    "o3_8h_above_last",
    "pm_1h",
    "missing_hour",
    "missing_day",
    "aqi_min",
    "aqi_cap",
    "daily_o3_1h",
)
_LADDER = (0, 50, 100, 150, 200, 300, 400, 500)
_AVERAGINGS = {
    "SO2": ("annual", "24h", "1h"),
    "NO2": ("annual", "24h", "1h"),
    "CO": ("24h", "1h"),
    "O3": ("8h", "1h"),
    "PM10": ("annual", "24h"),
    "PM2.5": ("annual", "24h"),
}


def fail(file: str, line: int, found: object, expected: object, action: str) -> NoReturn:
    """Raise the error that names file, line, what was found, what was expected and what to do."""
    raise StandardsError(file, line, str(found), str(expected), action)


def last_day(row: Row) -> date:
    """Return the last day a row is valid; the end of time where it is open."""
    return row["valid_to"] or date.max


def _grouped(rows: Iterable[Row], key: tuple[str, ...]) -> dict[tuple[Any, ...], list[Row]]:
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in key)].append(row)
    return groups


def check_table(table: Table, rows: list[Row]) -> None:
    """Check what one table promises by itself: units, keys and validity windows.

    Raises
    ------
    StandardsError
        At the first broken promise.
    """
    _check_units(table, rows)
    if not table.dated:
        _check_unique(table, rows)
        return
    for row in rows:
        if last_day(row) < row["valid_from"]:
            fail(
                table.file,
                row["line"],
                f"valid_to {row['valid_to']}",
                f"≥ {row['valid_from']}",
                "改正日期 | correct the dates",
            )
    for key, group in _grouped(rows, table.key).items():
        _check_windows(table.file, " / ".join(map(str, key)), group, continuous=table.continuous)


def _check_units(table: Table, rows: list[Row]) -> None:
    if not any(column.name == "unit" and column.choices == AIR_UNITS for column in table.columns):
        return
    for row in rows:
        pollutant = row["pollutant"] if "pollutant" in row else pollutant_of(row["item"])
        if row["unit"] != UNIT[pollutant]:
            fail(
                table.file,
                row["line"],
                f"unit = {row['unit']}",
                UNIT[pollutant],
                "改正单位 | correct the unit",
            )


def _check_unique(table: Table, rows: list[Row]) -> None:
    for key, group in _grouped(rows, table.key).items():
        if len(group) > 1:
            fail(
                table.file,
                group[1]["line"],
                f"{key} 重复（首见于第 {group[0]['line']} 行） | twice",
                "主键唯一 | a unique key",
                "删去一行 | remove one",
            )


def _check_windows(file: str, what: str, group: list[Row], *, continuous: bool) -> None:
    """Check that the windows of one key do not overlap and, where promised, leave no gap and end open."""
    ordered = sorted(group, key=lambda row: row["valid_from"])
    for before, row in itertools.pairwise(ordered):
        if row["valid_from"] <= last_day(before):
            fail(
                file,
                max(row["line"], before["line"]),
                f"{what}: {row['valid_from']} 起 | from",
                f"在 {last_day(before)} 之后（第 {before['line']} 行） | after line {before['line']} ends",
                "改正日期或删去重复行 | correct the dates or remove the duplicate",
            )
        if continuous and row["valid_from"] != last_day(before) + _DAY:
            fail(
                file,
                row["line"],
                f"{what}: {row['valid_from']} 起 | from",
                f"{last_day(before) + _DAY}（无空档） | no gap",
                "补上空档 | close the gap",
            )
    if continuous and ordered[-1]["valid_to"] is not None:
        fail(
            file,
            ordered[-1]["line"],
            f"{what}: valid_to {ordered[-1]['valid_to']}",
            "末行不设止日 | an open end",
            "清空 valid_to | empty valid_to",
        )


def _covers(rows: list[Row], first: date, last: date) -> bool:
    """Tell whether the windows of ``rows`` together cover ``first`` … ``last``."""
    for row in sorted(rows, key=lambda row: row["valid_from"]):
        if row["valid_from"] > first:
            return False
        if last_day(row) >= last:
            return True
        first = max(first, last_day(row) + _DAY)
    return False


def _require(
    file: str, rows: list[Row], key: tuple[str, ...], wanted: Iterable[tuple[Any, ...]], user: Row
) -> None:
    """Check that each wanted key is there for the whole validity of the standard set that uses it."""
    groups = _grouped(rows, key)
    for values in wanted:
        group = groups.get(values, [])
        if not _covers(group, user["valid_from"], last_day(user)):
            fail(
                file,
                group[0]["line"] if group else 1,
                f"{' / '.join(map(str, values))}：缺，或有效期不足 | missing or too short",
                f"覆盖 {user['valid_from']} … {user['valid_to'] or ''}（{user['standard_set']}）",
                "补上该行或改正日期 | add the row or correct its dates",
            )


def _check_breakpoints(rows: list[Row]) -> None:
    file = "iaqi_breakpoint.csv"
    for (standard, item), group in _grouped(rows, ("aqi_standard", "item")).items():
        first = group[0]
        if (first["iaqi"], first["concentration"]) != (0, 0):
            fail(
                file,
                first["line"],
                f"{standard} {item}: {first['iaqi']}, {first['concentration']}",
                "0, 0",
                "每项由 0 起 | start each item at 0",
            )
        for before, row in itertools.pairwise(group):
            if row["iaqi"] <= before["iaqi"] or row["concentration"] <= before["concentration"]:
                fail(
                    file,
                    row["line"],
                    f"{standard} {item}: {row['iaqi']}, {row['concentration']}",
                    f"> {before['iaqi']}, > {before['concentration']}（第 {before['line']} 行）",
                    "按浓度与分指数递增排列 | sort, both strictly increasing",
                )
        for row, index in zip(group, _LADDER, strict=False):
            if row["iaqi"] != index:
                fail(
                    file,
                    row["line"],
                    f"{standard} {item}: iaqi {row['iaqi']}",
                    index,
                    "补上缺少的分级点 | add the missing breakpoint",
                )
        for row in group:
            steps = row["concentration"] * (10 if item.startswith("CO_") else 1)
            if steps != int(steps):
                fail(
                    file, row["line"], row["concentration"], "可测的步长 | a whole step", "改正 | correct it"
                )


def _check_levels(rows: list[Row]) -> None:
    for standard, group in _grouped(rows, ("aqi_standard",)).items():
        for before, row in itertools.pairwise(group):
            if row["aqi_low"] != before["aqi_high"] + 1 or row["level"] != before["level"] + 1:
                fail(
                    "aqi_level.csv",
                    row["line"],
                    f"{standard[0]}: {row['aqi_low']}",
                    before["aqi_high"] + 1,
                    "级别首尾相接 | levels must follow each other",
                )


def check_together(rows: dict[str, list[Row]]) -> None:
    """Check what the tables promise each other: nothing a standard set needs is missing, every code is known.

    Raises
    ------
    StandardsError
        At the first broken promise.
    """
    _check_windows("standard_set.csv", "standard_set", rows["standard_set"], continuous=True)
    _check_breakpoints(rows["iaqi_breakpoint"])
    _check_levels(rows["aqi_level"])
    for user in rows["standard_set"]:
        name, aqi, limit = user["standard_set"], user["aqi_standard"], user["limit_standard"]
        wanted = [(limit, p, a, g) for p in POLLUTANTS for a in _AVERAGINGS[p] for g in (1, 2)]
        _require(
            "limit.csv", rows["limit"], ("limit_standard", "pollutant", "averaging", "grade"), wanted, user
        )
        items = [(aqi, item) for item in ITEMS]
        highest = [row for row in rows["iaqi_breakpoint"] if row["iaqi"] == 0]
        _require("iaqi_breakpoint.csv", highest, ("aqi_standard", "item"), items, user)
        rules = [(aqi, rule) for rule in _REQUIRED_RULES]
        chosen = _practised(rows["aqi_rule"])
        _require("aqi_rule.csv", chosen, ("aqi_standard", "rule"), rules, user)
        _require(
            "aqi_level.csv",
            rows["aqi_level"],
            ("aqi_standard", "level"),
            [(aqi, n) for n in range(1, 7)],
            user,
        )
        for table, column in (("rounding", "item"), ("index_limit", "pollutant")):
            _require(
                f"{table}.csv", rows[table], ("standard_set", column), [(name, p) for p in POLLUTANTS], user
            )
        first = [(name, p, s) for p, s in zip(POLLUTANTS, ("mean",) * 4 + ("p90", "p95"), strict=True)]
        _require(
            "evaluation_item.csv",
            rows["evaluation_item"],
            ("standard_set", "pollutant", "statistic"),
            first,
            user,
        )


def _practised(rules: list[Row]) -> list[Row]:
    """Keep, of each rule, what is applied: the practice where one is on record, else the text."""
    groups = _grouped(rules, ("aqi_standard", "rule"))
    return [row for g in groups.values() for row in ([r for r in g if r["practice"]] or g)]
