"""A bureau's own warning rule from a table: one row a part of a condition."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from pipelines.emergency.proposal.orders import OrderError, level_of
from pipelines.emergency.proposal.profiles import Profile, ProfileError, own
from sources import cells
from sources.tables import Column, Row, Table, read_table

_COLUMNS = (
    Column("level", ("级别", "预警级别")),
    Column("aqi_gt", ("AQI大于", "AQI高于")),
    Column("run_h", ("持续小时", "持续小时数", "小时")),
    Column("alternative", ("备选", "备选条件序号", "条件"), required=False),
    Column("part", ("部分", "条件内部分序号"), required=False),
    Column("relation", ("关系",), required=False),
    Column("lift_h", ("解除小时", "解除所需小时数"), required=False),
    Column("merge_gap_lt_h", ("合并间隔小时", "合并间隔"), required=False),
    Column("lead_time_h", ("提前小时", "提前量"), required=False),
    Column("profile", ("方案", "方案名称"), required=False),
)
_RELATIONS = {"": "run", "run": "run", "持续": "run", "inside": "inside", "其间": "inside"}
_SETTINGS = ("lift_h", "merge_gap_lt_h", "lead_time_h")
_EXTRA = {"blue": "blue", "蓝": "blue", "蓝色": "blue", "precaution": "precaution", "黄色以下": "precaution"}


def read_own(path: Path) -> Profile:
    """Read a profile of a user's own.

    Parameters
    ----------
    path : Path
        CSV or XLSX: level, aqi_gt, run_h [h]; where needed alternative, part, relation (run or inside), and the hours
        lift_h, merge_gap_lt_h, lead_time_h in any row.

    Raises
    ------
    ProfileError
        A cell cannot be read, or the rows contradict each other; the message names the line.
    sources.tables.TableError
        The file as a whole cannot be read.
    """
    made = _profile_of(read_table(path, _COLUMNS), path)
    return replace(made, file=path.name, file_sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def read_text(text: str) -> Profile:
    """Read a profile out of the text that was stored with a draft: see `Profile.text`.

    Raises
    ------
    ProfileError
        It is no such text.
    """
    return _profile_of(read_table(text.encode("utf-8"), _COLUMNS), Path("profile_text"))


def _profile_of(table: Table, path: Path) -> Profile:
    rows = []
    seen: dict[str, int] = {}
    settings: dict[str, int] = {}
    name = ""
    for row in table.rows:
        level = _level(row, path)
        seen[level] = seen.get(level, 0) + 1
        alternative = _whole(row, "alternative", path)
        relation = _RELATIONS.get(cells.as_text(row.cells.get("relation")))
        if relation is None:
            raise ProfileError(f"{path.name} 第 {row.line} 行 line：relation 应为 run 或 inside")
        number = seen[level] if alternative is None else alternative
        gt, hours = _needed(row, "aqi_gt", path), _needed(row, "run_h", path)
        rows.append((level, number, _whole(row, "part", path) or 1, relation, gt, hours))
        for setting in _SETTINGS:
            value = _whole(row, setting, path)
            if value is not None and settings.setdefault(setting, value) != value:
                raise ProfileError(
                    f"{path.name} 第 {row.line} 行 line：{setting} 前后不一 | differs from before"
                )
        name = name or cells.as_text(row.cells.get("profile"))
    if len({r[:3] for r in rows}) != len(rows):
        raise ProfileError(f"{path.name}：级别、备选、部分有重复 | the same part of a condition twice")
    return own(rows, name=name or "own", **settings)


def _level(row: Row, path: Path) -> str:
    text = cells.as_text(row.cells["level"])
    if text.casefold() in _EXTRA:
        return _EXTRA[text.casefold()]
    try:
        return level_of(text)
    except OrderError as error:
        raise ProfileError(f"{path.name} 第 {row.line} 行 line：{error}") from None


def _whole(row: Row, column: str, path: Path) -> int | None:
    try:
        value = cells.as_number(row.cells.get(column))
    except cells.CellError:
        value = -1.0
    if value is not None and (not value.is_integer() or value < 0):
        text = cells.as_text(row.cells.get(column))
        raise ProfileError(
            f"{path.name} 第 {row.line} 行 line：{column} “{text}”应为整数 | expected a whole number"
        )
    return None if value is None else int(value)


def _needed(row: Row, column: str, path: Path) -> int:
    value = _whole(row, column, path)
    if value is None:
        raise ProfileError(f"{path.name} 第 {row.line} 行 line：{column} 为空 | is empty")
    return value
