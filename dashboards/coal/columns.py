"""Columns of a coal check: where a value comes from, in which words and which unit it is shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboards.coal import words

WAN = Decimal(10_000)
_MEASURES = {"t": "实物量", "tce": "标准量（万tce）", "%": "%", "household": "户"}

_SUFFIX = {"tce": " tce", "%": " %", "household": " 户"}
"""What stands behind an amount on a terminal that is no 10^4 t."""


@dataclass(frozen=True)
class Column:
    """A column of a section.

    Attributes
    ----------
    key : str
        Key of the row.
    zh, en : str
    kind : str
        ``wan`` amounts in tonnes shown in 10^4, ``unit`` amounts in the unit of the row, ``pct``, ``count``,
        ``amount``, ``text``, ``exclusions``, ``measure``, ``told``, ``light:<domain>`` or ``name:<domain>``.
    screen : int
        Table of the terminal it is shown in: 1, 2, 3 for both, 0 for none.
    """

    key: str
    zh: str
    en: str
    kind: str = "text"
    screen: int = 1

    @property
    def short(self) -> str:
        """Heading on a terminal, in short lines."""
        zh = self.zh.replace("上年曲线", "上年").replace("完成任务%", "完成%").replace("企业增减%", "%")
        zh = zh.replace("当月增减%", "当月%").replace("累计增减%", "累计%").replace("（", "\n（")
        return f"{zh}\n{self.en}"

    @property
    def is_figure(self) -> bool:
        """Set to the right."""
        return self.kind in ("wan", "unit", "pct", "count", "amount")


def always(_: Mapping[str, Any]) -> bool:
    """Every row."""
    return True


@dataclass(frozen=True)
class Section:
    """A list of a coal check: where it stands in the document, its title and its columns; without a sheet it is no sheet."""

    path: tuple[str, ...]
    sheet: str
    title_zh: str
    title_en: str
    columns: tuple[Column, ...]
    note: str = ""
    brief: Callable[[Mapping[str, Any]], bool] = bool
    """Whether a row is for the terminal too."""
    only: Callable[[Mapping[str, Any]], bool] = always
    """Whether a row belongs to this section of the terminal; the sheet of a workbook has them all."""
    lines: bool = False
    """Said in lines on the terminal, not in a table."""


def rows_of(document: Mapping[str, Any], path: Sequence[str]) -> list[Mapping[str, Any]]:
    """Give the rows a section stands for, numbered under ``no``; what is not there is empty."""
    found: Any = document
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return [row | {"no": n} for n, row in enumerate(found or [], start=1)]


def value_of(column: Column, row: Mapping[str, Any]) -> Any:
    """Give what a cell holds: a number in the unit that is shown (not yet rounded), or a text."""
    value = row.get(column.key)
    kind, _, domain = column.kind.partition(":")
    if kind == "told":
        return _told(row)
    if value is None and kind != "exclusions":
        return None
    if kind == "measure":
        return _MEASURES.get(str(value), str(value))
    if kind == "wan" or (kind == "unit" and row.get("unit") in ("t", "tce")):
        return Decimal(str(value)) / WAN
    if kind == "light":
        return words.light(domain, value, verified=row.get("verified"))[0]
    if kind == "name":
        return words.name(domain, value, english=False)
    if kind == "exclusions":
        return words.exclusions(value)
    if kind == "text" and isinstance(value, bool):
        return "是" if value else "否"
    return value


def printed(column: Column, row: Mapping[str, Any]) -> str | None:
    """Give a cell as text for a terminal: figures with the decimals they are shown with, verdicts without English."""
    kind, _, domain = column.kind.partition(":")
    if kind == "light":
        return (
            words.light(domain, row.get(column.key), verified=row.get("verified"), english=False)[0] or None
        )
    value = value_of(column, row)
    if value is None or not column.is_figure:
        # Names of areas go without what stands in their brackets: 汾渭平原（2023年名单，13市）.
        return (
            None if value is None else str(value).split("（")[0] if column.key == "area_name" else str(value)
        )
    if kind == "count" or (kind == "unit" and row.get("unit") == "household"):
        return f"{int(value):,}{_SUFFIX['household'] if kind == 'unit' else ''}"
    return two_digits(value) + (_SUFFIX.get(str(row.get("unit")), "") if kind == "unit" else "")


def _told(row: Mapping[str, Any]) -> str:
    """What stands under a verdict: the document, the period, which line rules, the notes."""
    parts = [row.get("document_no"), row.get("target_id")]
    lines: list[Any] = [" ".join(str(part) for part in parts if part)]
    if row.get("period"):
        lines.append(f"时段 {row['period']}，对比 {row.get('baseline_period') or '—'}")
    if row.get("projection_method") and row.get("projected_amount") is not None:
        lines.append(f"预测：{words.name('method', row['projection_method'], english=False)}")
    lines += [row.get("verdict_zh"), row.get("ruling_zh"), row.get("notes_zh")]
    return "\n".join(str(line) for line in lines if line)


def two_digits(value: Any) -> str:
    """Round half to even on the decimal value, two digits; what is not zero is never printed as zero."""
    exact = Decimal(str(value))
    rounded = exact.quantize(Decimal("0.01"))
    return f"{rounded:,}" if rounded or not exact else f"{exact.normalize():.2g}"


def hides(value: Any) -> bool:
    """Tell whether two digits would show a number as zero that is none."""
    return bool(value) and not Decimal(str(value)).quantize(Decimal("0.01"))


def style_of(column: Column, row: Mapping[str, Any]) -> str:
    """Colour a verdict has on a terminal; empty for all else."""
    kind, _, domain = column.kind.partition(":")
    return words.light(domain, row.get(column.key))[1] if kind == "light" else ""
