"""One chart of the page: what it shows, the figure, and the table behind it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboards.clean import one_line
from dashboards.site.words import Text, glossary, say

Figure = dict[str, Any]
"""A Plotly figure as a dict; colours by `dashboards.site.colours.colour`, texts as `dashboards.site.words.Text`."""

_UNSAFE = re.compile(r"[^0-9A-Za-z_-]+")


@dataclass(frozen=True)
class Column:
    """A column of the table behind a chart.

    Attributes
    ----------
    name : str
        Column of the frame; its heading is ``col.<name>`` of the glossary unless `heading` says otherwise.
    kind : str
        ``number``, ``text``, ``aqi`` (a number shown with its level), ``level``, ``warning`` or ``words`` (codes that
        are read in the glossary under ``<words>.<code>``).
    digits : int, optional
        Decimals shown.
    """

    name: str
    kind: str = "text"
    digits: int | None = None
    words: str = ""
    heading: Text | None = None


def columns_of(prefix: str) -> Callable[..., Column]:
    """Give what makes columns whose headings are ``<prefix>.<name>`` of the glossary, those of one view."""

    def column(name: str, kind: str = "text", digits: int | None = None, words: str = "") -> Column:
        return Column(name, kind, digits, words, say(f"{prefix}.{name}"))

    return column


@dataclass(frozen=True)
class Variant:
    """One of several figures of a chart that are chosen between."""

    label: Text
    figure: Figure | None
    table: pd.DataFrame
    phone: Figure | None = None


@dataclass(frozen=True)
class Chart:
    """A chart; without a figure it is its table.

    Attributes
    ----------
    name : str
        Names the element and the CSV file.
    title, caption : Text
        What it shows; units, source, how to read it.
    figure : dict, optional
    table : DataFrame
        Tidy data behind the figure.
    columns : sequence of Column
        Columns shown, in order.
    phone : dict, optional
        Figure drawn instead on narrow screens.
    open : bool
        Show the table at once.
    """

    name: str
    title: Text
    caption: Text
    figure: Figure | None
    table: pd.DataFrame
    columns: Sequence[Column]
    phone: Figure | None = None
    variants: Sequence[Variant] = field(default=())
    open: bool = False
    wide: bool = True

    def document(self) -> dict[str, Any]:
        """What the page is told."""
        made: dict[str, Any] = {
            "name": _UNSAFE.sub("-", self.name),
            "title": self.title,
            "caption": self.caption,
            "columns": [_column(c, self.table) for c in self.columns],
            "open": self.open or (self.figure is None and not self.variants),
            "wide": self.wide,
        }
        shown = self.variants or [Variant({"zh": "", "en": ""}, self.figure, self.table, self.phone)]
        made["shown"] = [
            {
                "label": v.label,
                "figure": v.figure if len(v.table) else None,
                "phone": v.phone if len(v.table) else None,
                "rows": rows_of_table(v.table, self.columns),
            }
            for v in shown
        ]
        return made


def _column(column: Column, frame: pd.DataFrame) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": column.name,
        "kind": column.kind,
        "heading": column.heading or say(f"col.{column.name}"),
    }
    if column.digits is not None:
        made["digits"] = column.digits
    if column.kind == "words":
        codes = sorted({str(v) for v in frame[column.name].dropna()}) if column.name in frame else []
        known = glossary()
        made["words"] = {c: known[k] for c in codes if (k := f"{column.words}.{c}") in known}
    return made


def rows_of_table(frame: pd.DataFrame, columns: Sequence[Column]) -> list[list[Any]]:
    """Rows of a frame in the order of the columns, numbers rounded to the digits shown, texts harmless."""
    cells = [_cells(frame[c.name], c) for c in columns]
    return [list(row) for row in zip(*cells, strict=True)]


def _cells(series: pd.Series, column: Column) -> list[Any]:
    values = [None if _is_missing(v) else v for v in series.tolist()]
    if column.kind in ("number", "aqi", "level"):
        digits = column.digits or 0
        return [None if v is None else round(float(v), digits) for v in values]
    return [_text(v) for v in values]


def _is_missing(value: Any) -> bool:
    """Values of cells may be texts in both languages, which pandas would look into."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)


def _text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {lang: one_line(value[lang], 200) for lang in ("zh", "en")}
    return one_line(value, 200) if isinstance(value, str) else value


def plot_text(value: object, limit: int = 24) -> str:
    """Give a text from outside as a figure may hold it; Plotly takes tags in texts for its own."""
    return one_line(value, limit).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plot_name(name: Text, limit: int = 24) -> Text:
    """Give a name in both languages as a figure may hold it."""
    return {lang: plot_text(name[lang], limit) for lang in ("zh", "en")}
