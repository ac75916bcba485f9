"""Levels that others ordered: a city cannot stay below a regional warning or the order of a superior office."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pipelines.air.regions import UnknownAreaError
from pipelines.emergency.proposal import places
from pipelines.emergency.proposal.profiles import rank
from sources import cells
from sources.reasons import describe
from sources.tables import Column, Row, read_table
from warehouse.standards.list_spec import LIST_LEVELS
from warehouse.standards.warning_words import SPOKEN

KINDS = {"superior": ("上级指令", "order of a superior office"), "regional": ("区域预警", "regional warning")}
_NONE_WORDS = ("none", "无", "解除")
_KIND_WORDS = {"": "superior", "superior": "superior", "上级": "superior", "上级指令": "superior",
               "regional": "regional", "区域": "regional", "区域预警": "regional"}  # fmt: skip
_COLUMNS = (
    Column("area", ("城市", "区域", "对象", "city_code", "city", "region", "area_code")),
    Column("level", ("级别", "预警级别")),
    Column("kind", ("类别", "来源类别"), required=False),
    Column("start", ("开始", "开始时间", "启动时间"), required=False),
    Column("end", ("结束", "结束时间", "解除时间"), required=False),
    Column("document_no", ("文号",), required=False),
    Column("issued_by", ("发布单位", "下达单位"), required=False),
)


class OrderError(ValueError):
    """An order cannot be understood."""


@dataclass(frozen=True)
class Order:
    """A level ordered for a city, until it is lifted."""

    city_code: str
    level: str
    kind: str = "superior"
    start: datetime | None = None
    end: datetime | None = None
    document_no: str = ""
    issued_by: str = ""

    def holds(self, until: datetime, as_of: datetime) -> bool:
        """Tell whether the order touches the time between now and the end of a forecast."""
        return (self.end is None or self.end > as_of) and (self.start is None or self.start < until)

    def describe(self) -> dict[str, Any]:
        """Give what is told about the order."""
        return asdict(self)


def level_of(text: str) -> str:
    """Return the level a word means: red, 红, 红色, Ⅰ级.

    Raises
    ------
    OrderError
        It means none.
    """
    said = _folded(text)
    if said in _NONE_WORDS:
        return "none"
    found = next((level for level in LIST_LEVELS if said in map(_folded, SPOKEN[level])), None)
    if found is None:
        raise OrderError(f"级别“{text}”应为 黄、橙、红 或 无 | level should be yellow, orange, red or none")
    return found


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def read_orders(given: Iterable[str], day: date) -> list[Order]:
    """Read orders: each is ``CITY=LEVEL``, ``REGION=LEVEL`` or a file of them.

    Parameters
    ----------
    given : iterable of str
    day : date
        Decides which list of a region is meant.

    Raises
    ------
    OrderError
        One cannot be understood.
    UnknownAreaError
        No such city or region.
    sources.tables.TableError
        A file cannot be read.
    """
    found: list[Order] = []
    for text in given:
        area, equals, level = text.partition("=")
        if equals and not Path(text).is_file():
            found += _for(area.strip(), level_of(level), day)
        elif Path(text).is_file():
            found += _of_file(Path(text), day)
        else:
            raise OrderError(
                f"--order {text}: 应为 城市=级别 或文件 | expected CITY=LEVEL or a file that exists"
            )
    return found


def _for(area: str, level: str, day: date, kind: str | None = None, **about: Any) -> list[Order]:
    try:
        return [Order(places.city(area), level, kind or "superior", **about)]
    except UnknownAreaError:
        codes = places.members(places.region(area, day))
    return [Order(code, level, kind or "regional", **about) for code in codes]


def _of_file(path: Path, day: date) -> list[Order]:
    table = read_table(path, _COLUMNS)
    found: list[Order] = []
    for row in table.rows:
        try:
            found += _of_row(row, day)
        except cells.CellError as error:
            zh, en = describe(error.code, line=row.line, text="start/end")
            raise OrderError(f"{path.name} 第 {row.line} 行 line：{zh} | {en}") from None
        except (OrderError, UnknownAreaError) as error:
            raise type(error)(f"{path.name} 第 {row.line} 行 line：{error}") from None
    return found


def _of_row(row: Row, day: date) -> list[Order]:
    texts = {name: cells.as_text(cell) for name, cell in row.cells.items()}
    kind = _KIND_WORDS.get(texts.get("kind", "").casefold())
    if kind is None:
        raise OrderError(f"类别“{texts['kind']}”应为 上级 或 区域 | expected superior or regional")
    start, end = moment(row.cells.get("start")), moment(row.cells.get("end"), last=True)
    if start is not None and end is not None and end <= start:
        raise OrderError("结束不晚于开始 | the end is not after the start")
    stated = kind if texts.get("kind") else None
    about = {"start": start, "end": end}
    words = {name: texts.get(name, "") for name in ("document_no", "issued_by")}
    return _for(texts["area"], level_of(texts["level"]), day, stated, **about, **words)


def moment(cell: cells.Cell, *, last: bool = False) -> datetime | None:
    """Read a whole hour, or a day: its first moment, or its last one.

    Raises
    ------
    sources.cells.CellError
        It is neither.
    """
    if cells.is_blank(cell):
        return None
    try:
        day = cells.as_day(cell)
    except cells.CellError:
        return cells.as_hour(cell)
    return None if day is None else datetime.combine(day + timedelta(days=int(last)), time())


def gravest(orders: Sequence[Order]) -> Order | None:
    """Pick the order that binds most; of equal ones a superior's, then the first."""
    return max(orders, key=lambda o: (rank(o.level), o.kind == "superior"), default=None)
