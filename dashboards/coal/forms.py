"""The forms of the coal pillar as their definitions give them: columns, units, choices, examples."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from warehouse import standards

UNITS = {
    "t": ("吨", "t"),
    "wan_t": ("万吨", "10^4 t"),
    "tce": ("吨标准煤", "tce"),
    "wan_tce": ("万吨标准煤", "10^4 tce"),
    "kg": ("千克", "kg"),
    "kcny": ("千元", "10^3 CNY"),
    "a": ("年", "a"),
    "tce/unit": ("吨标准煤/吨", "tce/t"),
}
"""Units as they are written in headings; others are written as they are."""

_AMOUNTS = ("t", "wan_t", "tce", "wan_tce", "kg")


class UnknownFormError(ValueError):
    """There is no such form."""


@dataclass(frozen=True)
class FormColumn:
    """A column of a form.

    Attributes
    ----------
    name, heading, heading_en, kind, unit, required : str
        ``required`` is ``yes``, ``no`` or the name of the column of which one is needed.
    choices : tuple of (str, str)
        Chinese and English words of what may be written; empty where anything may.
    minimum, maximum : float or None
        In ``unit``.
    note_zh, note_en, example : str
    """

    name: str
    heading: str
    heading_en: str
    kind: str
    unit: str
    required: str
    choices: tuple[tuple[str, str], ...]
    minimum: float | None
    maximum: float | None
    note_zh: str
    note_en: str
    example: str

    @property
    def shown(self) -> str:
        """Heading with its unit in brackets, where it does not state it already."""
        zh = UNITS.get(self.unit, (self.unit, ""))[0]
        return f"{self.heading}（{zh}）" if zh and zh not in self.heading else self.heading

    @property
    def unit_text(self) -> str:
        """Unit in both languages, empty where there is none."""
        zh, en = UNITS.get(self.unit, (self.unit, ""))
        return f"{zh} {en}".strip()


@dataclass(frozen=True)
class Form:
    """A form: its names and its columns in order."""

    name: str
    name_zh: str
    name_en: str
    official: bool
    period: str
    columns: tuple[FormColumn, ...]
    note: str

    @property
    def file_name(self) -> str:
        """Name of its workbook."""
        return "".join("_" if c in '/\\:*?"<>|' else c for c in self.name_zh).strip() + ".xlsx"

    @property
    def unit_line(self) -> str:
        """What stands above the headings about units."""
        amounts = {c.unit for c in self.columns if c.kind == "quantity"}
        if len(amounts) == 1:
            return f"计量单位：{UNITS[amounts.pop()][0]}"
        return "计量单位：见各列标题括号内" if amounts & set(_AMOUNTS) else ""


@cache
def forms() -> tuple[Form, ...]:
    """All forms, in the order of their definitions."""
    columns = standards.load("coal_form_column").sort_values(["form", "sort"], kind="stable")
    by_form = {str(name): rows for name, rows in columns.groupby("form", sort=False)}
    return tuple(
        Form(
            str(row["form"]),
            str(row["name_zh"]),
            str(row["name_en"]),
            bool(row["official"]),
            str(row["period"]),
            tuple(_column(c) for c in by_form[str(row["form"])].to_dict("records")),
            _text(row["note"]),
        )
        for row in standards.load("coal_form").to_dict("records")
    )


def form_of(given: str) -> Form:
    """Give the form a person means by its name, Chinese name or English name.

    Raises
    ------
    UnknownFormError
        None or several fit; the message lists what there is.
    """
    wanted = given.strip().casefold().removesuffix(".xlsx")
    exact = [f for f in forms() if wanted in (f.name, f.name_zh.casefold(), f.name_en.casefold())]
    hits = exact or [f for f in forms() if wanted and wanted in f"{f.name_zh} {f.name_en}".casefold()]
    if len(hits) != 1:
        listed = "\n".join(f"  {f.name}  {f.name_zh} | {f.name_en}" for f in hits or forms())
        what = "符合的表不止一种 fits several forms" if hits else "没有这种表 no such form"
        raise UnknownFormError(f"{given}: {what}；可用 known:\n{listed}")
    return hits[0]


def _column(row: dict[Any, Any]) -> FormColumn:
    return FormColumn(
        str(row["column_name"]),
        str(row["headings_zh"]).split(";")[0],
        _text(row["headings_en"]).split(";")[0],
        str(row["kind"]),
        _text(row["unit"]),
        _text(row["required"]) or "no",
        _choices(str(row["kind"]), _text(row["choices"])),
        _bound(row["minimum"]),
        _bound(row["maximum"]),
        _text(row["note_zh"]),
        _text(row["note_en"]),
        _text(row["example"]),
    )


def _choices(kind: str, given: str) -> tuple[tuple[str, str], ...]:
    if kind == "flag":
        return (("是", "yes"), ("否", "no"))
    if given.startswith("@"):
        listed = standards.load(given[1:])
        return tuple(zip(listed["name_zh"].astype(str), listed["name_en"].astype(str), strict=True))
    words = [part.partition("=")[2] for part in given.split(";") if part]
    return tuple(_two(word) for word in words)


def _two(word: str) -> tuple[str, str]:
    """Split ``中文/English``; the Chinese part may itself hold slashes (蒸吨/小时/steam t per h)."""
    parts = word.split("/")
    n = next((i for i, part in enumerate(parts) if i and part.isascii()), len(parts))
    return "/".join(parts[:n]), "/".join(parts[n:])


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _bound(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
