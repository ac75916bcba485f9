"""Data: what came in, how complete it is, what checks and runs say, the dictionary, and recipes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboards.site.frames import records
from dashboards.site.read import has_table, read
from dashboards.site.view import Due, Option, Page, Payload, Picker, Section, Source, View
from dashboards.site.views import data_coverage, data_intake
from dashboards.site.words import Text, both, say
from warehouse.classes import CLASSES, NAMES, RESTRICTED
from warehouse.dictionary import Table, read_dictionary
from warehouse.recipes import Recipe, all_recipes

DICTIONARY = "data/dictionary"


@dataclass(frozen=True)
class DataPage(Page):
    """The view's page: its template also shows recipes and the search of the dictionary."""

    recipes: tuple[Recipe, ...] = ()
    klass: Text = field(default_factory=dict)
    n_tables: int = 0
    n_columns: int = 0


@dataclass(frozen=True)
class DictionaryPayload(Payload):
    """All tables and columns of the build, for the search in the browser."""

    tables: tuple[Table, ...] = ()

    def document(self) -> dict[str, Any]:
        """What the page is told: lists rather than dicts keep it small."""
        return super().document() | {
            "tables": [
                [f"{t.schema}.{t.name}", t.zh, t.en, t.zh_name, NAMES[t.access], _columns(t)]
                for t in self.tables
            ]
        }


def _columns(table: Table) -> list[list[str]]:
    return [[c.name, c.data_type, c.zh, c.en, c.unit, NAMES[c.access]] for c in table.columns]


def build(source: Source) -> Page | None:
    """Make the view."""
    klass = class_of(source)
    tables = tuple(read_dictionary(source.con))
    recipes = tuple(r for r in all_recipes() if CLASSES.index(r.klass) <= CLASSES.index(klass))
    rows = read(source.con, "data_coverage", today=source.as_of.date())
    groups = data_coverage.groups(rows)
    years = data_coverage.years(rows)
    pickers: list[Picker] = []
    sections: list[Section] = []
    if years:
        pickers.append(
            Picker("group", say("data.pick"), tuple(Option(code, name) for code, name in groups.items()))
        )
        pickers.append(Picker("year", say("city.pick_year"), tuple(Option(str(y), both(y)) for y in years)))
        sections.append(Section("coverage", say("data.coverage"), "data/{group}/{year}"))
    sections += [
        Section(name, say(f"data.{name}"), f"data/{name}")
        for name, table in data_intake.TABLES.items()
        if has_table(source.con, table)
    ]
    return DataPage(
        (_lead(source, tables, rows),),
        _context(source, klass),
        pickers,
        sections,
        _payloads(source, rows, years, tables),
        recipes,
        say(f"dataclass.{klass}"),
        len(tables),
        sum(len(t.columns) for t in tables),
    )


def class_of(source: Source) -> str:
    """Class of the build the page is made from; a file that does not say is taken as the highest."""
    told = {str(r["key"]): str(r["value"]) for r in records(read(source.con, "about"))}
    return NAMES.get(told.get("class", ""), RESTRICTED)


def _lead(source: Source, tables: tuple[Table, ...], rows: pd.DataFrame) -> Text:
    with_data = rows[rows["day"].notna()]
    n = int(with_data["station_code"].nunique())
    return say(
        "data.lead",
        tables=len(tables),
        columns=sum(len(t.columns) for t in tables),
        stations=n,
        without=int(rows["station_code"].nunique()) - n,
    )


def _context(source: Source, klass: str) -> tuple[tuple[Text, Text], ...]:
    return (
        (say("site.set"), say("data.set")),
        (say("site.state"), say("city.state")),
        (say("site.basis"), say("data.basis", klass=say(f"dataclass.{klass}"))),
    )


def _payloads(
    source: Source, rows: pd.DataFrame, years: list[int], tables: tuple[Table, ...]
) -> Iterator[Payload | Due]:
    yield DictionaryPayload(DICTIONARY, (), tables=tables)
    yield from data_coverage.payloads(rows, years)
    yield from data_intake.payloads(source)


VIEW = View("data", build, "data.html")
