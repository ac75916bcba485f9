"""A view of the page: what it is made from and what it hands to the page.

A view is a module in `dashboards.site.views` with a ``VIEW``; `dashboards.site.views.VIEWS` lists them in order.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb

from dashboards.site.chart import Chart
from dashboards.site.words import Text


@dataclass(frozen=True)
class Source:
    """What views are made from.

    Attributes
    ----------
    con : DuckDBPyConnection
        Published database, open for reading; tables of higher classes may be absent.
    as_of : datetime
        What the page takes as now, Beijing time.
    simulated : bool
        The database holds simulated data.
    outlines : dict
        Rings of city outlines given by the user, by city code; empty for the schematic ones.
    """

    con: duckdb.DuckDBPyConnection
    as_of: datetime
    simulated: bool
    outlines: dict[str, list[list[tuple[float, float]]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Option:
    """One choice of a picker; it may set further names that keys of sections hold, such as the year of a month.

    Options of one `group` that follow each other stand together under its name.
    """

    value: str
    label: Text
    sets: dict[str, str] = field(default_factory=dict)
    group: Text | None = None


@dataclass(frozen=True)
class Picker:
    """Something the reader chooses: its name stands in braces in the keys of sections."""

    name: str
    label: Text
    options: Sequence[Option]


@dataclass(frozen=True)
class Section:
    """A heading and the charts under it, whose data are loaded by a key such as ``city/{city}/{year}``."""

    name: str
    title: Text
    key: str


@dataclass(frozen=True)
class Fact:
    """A figure that is read at a glance; ``level`` colours it as an AQI level, ``warning`` as a badge."""

    label: Text
    value: Text | str
    note: Text | None = None
    level: int | None = None
    warning: str | None = None


@dataclass(frozen=True)
class Payload:
    """Data of one key: facts, notes and charts of a section, loaded when they are needed."""

    key: str
    charts: Sequence[Chart]
    facts: Sequence[Fact] = ()
    notes: Sequence[Text] = ()

    def document(self) -> dict[str, Any]:
        """What the page is told."""
        return {
            "facts": [{k: v for k, v in vars(f).items() if v is not None} for f in self.facts],
            "notes": list(self.notes),
            "charts": [c.document() for c in self.charts],
        }


@dataclass(frozen=True)
class Due:
    """Payloads that are made only where the earlier page does not hold them already, made from the same.

    Attributes
    ----------
    make : callable
        Function of a module that gives a payload or several from its inputs alone: no database, no clock.
    inputs : tuple
        All that `make` is given: frames, texts, numbers, days, and lists, dicts and dataclasses of them.
    """

    make: Callable[..., Any]
    inputs: tuple[Any, ...]


@dataclass(frozen=True)
class Page:
    """What a view hands over.

    Attributes
    ----------
    lead : sequence of Text
        What the view says in words, readable without any script.
    context : sequence of (Text, Text)
        Standard set, state and basis of the data, shown on top, name and value.
    payloads : iterable of Payload or Due, or one Due
        May be a generator: a payload is written before the next is made.
    """

    lead: Sequence[Text]
    context: Sequence[tuple[Text, Text]]
    pickers: Sequence[Picker]
    sections: Sequence[Section]
    payloads: Iterable[Payload | Due] | Due


@dataclass(frozen=True)
class View:
    """A view: its name is that of its file and of its texts ``view.<name>`` in the glossary.

    `build` gives None where the database holds nothing of what the view shows; it is not listed then.
    """

    name: str
    build: Callable[[Source], Page | None]
    template: str = "view.html"
