"""The forms that can be read: their columns, headings, units, choices and keys, from the fact tables."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from sources.bureau_forms.words import heading_keys
from warehouse import standards

__all__ = ["Form", "FormColumn", "forms", "forms_of"]


@dataclass(frozen=True)
class FormColumn:
    """One declared column of a form."""

    name: str
    headings: tuple[str, ...]
    kind: str
    unit: str
    required: str
    choices: Mapping[str, str] = field(hash=False, default_factory=dict)
    options: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def zh(self) -> str:
        """First Chinese heading."""
        return self.headings[0]

    @property
    def basis(self) -> str:
        """Tonnes (t) or standard coal (tce)."""
        return "tce" if self.unit.endswith("tce") else "t"


@dataclass(frozen=True)
class Form:
    """One form: columns by name, headings by what identifies them, keys and titles."""

    name: str
    zh: str
    en: str
    period: str
    keys: tuple[str, ...]
    titles: tuple[str, ...]
    columns: Mapping[str, FormColumn] = field(hash=False)
    by_heading: Mapping[str, str] = field(hash=False)

    @property
    def required(self) -> frozenset[str]:
        """Columns that must be there."""
        return frozenset(c.name for c in self.columns.values() if c.required == "yes")


def forms() -> tuple[Form, ...]:
    """Give every form of the fact tables."""
    return _forms()


@functools.cache
def _forms() -> tuple[Form, ...]:
    products = standards.load("coal_product")
    return forms_of(standards.load("coal_form"), standards.load("coal_form_column"), products)


def forms_of(heads: pd.DataFrame, columns: pd.DataFrame, products: pd.DataFrame) -> tuple[Form, ...]:
    """Build forms from frames with the columns of coal_form, coal_form_column and coal_product."""
    listed = {"@coal_product": _products(products)}
    named = {"@coal_product": "、".join(products["name_zh"].astype(str))}
    found = []
    for head in heads.to_dict("records"):
        own = columns[columns["form"] == head["form"]].sort_values("sort")
        parts = [_column(row, listed, named) for row in own.to_dict("records")]
        found.append(
            Form(
                name=_text(head["form"]),
                zh=_text(head["name_zh"]),
                en=_text(head["name_en"]),
                period=_text(head["period"]),
                keys=tuple(_split(head["keys"])),
                titles=tuple(_split(head["titles"])),
                columns={part.name: part for part in parts},
                by_heading=_headings(parts),
            )
        )
    return tuple(found)


def _column(
    row: Mapping[str, object], listed: Mapping[str, dict[str, str]], named: Mapping[str, str]
) -> FormColumn:
    text = _text(row["choices"])
    choices = listed.get(text) or _choices(text)
    headings = _split(row["headings_zh"]) + _split(row["headings_en"]) + [_text(row["column_name"])]
    return FormColumn(
        name=_text(row["column_name"]),
        headings=tuple(headings),
        kind=_text(row["kind"]),
        unit=_text(row["unit"]),
        required=_text(row["required"]) or "no",
        choices=choices,
        options=named.get(text)
        or "、".join(dict.fromkeys(part.rpartition("/")[0].partition("=")[2] for part in _split(text))),
        minimum=_decimal(row["minimum"]),
        maximum=_decimal(row["maximum"]),
    )


def _headings(columns: Iterable[FormColumn]) -> dict[str, str]:
    """Map what identifies a heading to its column; the full heading goes before the one without brackets."""
    full: dict[str, str] = {}
    bare: dict[str, set[str]] = {}
    for column in columns:
        for text in column.headings:
            first, *rest = heading_keys(text) or ("",)
            full.setdefault(first, column.name)
            for key in rest:
                bare.setdefault(key, set()).add(column.name)
    for column in columns:
        _add_bilingual(column, full)
    for key, names in bare.items():
        if len(names) == 1:
            full.setdefault(key, next(iter(names)))
    full.pop("", None)
    return full


def _add_bilingual(column: FormColumn, known: dict[str, str]) -> None:
    """Add headings such as 灰分Ad or 单位名称 firm: a Chinese and a Latin one side by side."""
    keys = [key for text in column.headings for key in heading_keys(text)[:1]]
    for zh in (key for key in keys if not key.isascii()):
        for latin in (key for key in keys if key.isascii()):
            known.setdefault(zh + latin, column.name)


def choice_key(text: str) -> str:
    """Reduce a choice to what identifies it."""
    return "".join(text.lower().split()).replace("，", ",").replace("、", ",")


def _choices(text: str) -> dict[str, str]:
    """Read ``code=中文/English;…`` as every way to write a choice; the last slash parts the languages."""
    ways: dict[str, str] = {}
    for part in _split(text):
        code, _, names = part.partition("=")
        zh, _, en = names.rpartition("/")
        for way in (
            code,
            zh,
            en,
            names,
            f"{zh}|{en}",
            f"{zh}{en}",
            f"{code}{zh}",
            f"{zh}{code}",
            f"{zh}|{code}",
        ):
            ways.setdefault(choice_key(way), code)
    ways.pop("", None)
    return ways


def _products(frame: pd.DataFrame) -> dict[str, str]:
    ways: dict[str, str] = {}
    for row in frame.to_dict("records"):
        code, zh, en = _text(row["product"]), _text(row["name_zh"]), _text(row["name_en"])
        for way in (code, zh, en, f"{zh}{en}", f"{zh}|{en}", f"{code}{zh}"):
            ways.setdefault(choice_key(way), code)
    for row in frame.to_dict("records"):
        for way in _split(row.get("aliases")):
            ways.setdefault(choice_key(way), _text(row["product"]))
    return ways


def _split(value: object) -> list[str]:
    return [part.strip() for part in _text(value).split(";") if part.strip()]


def _decimal(value: object) -> Decimal | None:
    text = _text(value)
    return Decimal(text) if text else None


def _text(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return ""
    return str(value).strip()
