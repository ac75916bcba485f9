"""Placeholders of the templates: what there is, what each means, which a template must have."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FIELDS = Path(__file__).parent / "fields.csv"
KINDS = {"day": "日报", "month": "月报", "city_day": "城市日报", "city_month": "城市月报"}
"""Kinds of bulletins: of a region or of a city, of a day or of a month."""


@dataclass(frozen=True)
class Field:
    """One placeholder; a dot stands before the fields of the rows of a list."""

    name: str
    zh: str
    en: str
    required: bool


@cache
def fields(kind: str) -> tuple[Field, ...]:
    """Return the placeholders of a kind of bulletin, one of `KINDS`."""
    with FIELDS.open(encoding="utf-8", newline="") as handle:
        return tuple(
            Field(row["name"], row["zh"], row["en"], row["required"] == "true")
            for row in csv.DictReader(handle)
            if {kind, "all"} & set(row["kind"].split())
        )


def names(kind: str) -> frozenset[str]:
    """Return the names that stand by themselves."""
    return frozenset(f.name for f in fields(kind) if "." not in f.name)


def required(kind: str) -> frozenset[str]:
    """Return the names no template may do without: title and marks; footnotes are looked for apart, in either of two forms."""
    return frozenset(f.name for f in fields(kind) if f.required)


def explained(kind: str) -> str:
    """Write the placeholders and their meaning, for people who change a template."""
    lines = [
        f"模板占位符（{KINDS[kind]}） | placeholders of the template",
        "写作 {{ 名称 }}；列表用 {% for row in cities %}…{{ row.name }}…{% endfor %}（DOCX 表格行用 {%tr for … %} 与 {%tr endfor %}）",
        "written {{ name }}; lists in loops; rows of a DOCX table with {%tr for … %} and {%tr endfor %}",
        "notes 与 basis_short 至少用一个 | at least one of notes and basis_short must stay",
        "",
    ]
    return "\n".join(lines + [_line(f) for f in fields(kind)]) + "\n"


def _line(field: Field) -> str:
    must = "　【必须 required】" if field.required else ""
    return f"{field.name}\t{field.zh} | {field.en}{must}"


def listed(found: Iterable[str]) -> str:
    """List names in order."""
    return ", ".join(sorted(found))
