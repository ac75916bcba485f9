"""The parts every fact table is described with: columns, tables, and what all dated tables have in common."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: ``kind`` is text, int, number, decimal, bool or date; ``choices`` limits a text column."""

    name: str
    kind: str = "text"
    optional: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One fact table.

    ``key`` identifies a fact apart from its dates; ``continuous`` promises that the dates of one key leave no
    gap; a ``pollutant`` or ``item`` column decides what a ``unit`` column of concentrations must show.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    dated: bool = True
    continuous: bool = False

    @property
    def file(self) -> str:
        """Name of the CSV file."""
        return f"{self.name}.csv"


AIR_UNITS = ("ug/m3", "mg/m3")
ORIGIN = (
    Column("clause"),
    Column("source"),
    Column("verified", "bool"),
    Column("note", optional=True),
)
COMMON = (Column("valid_from", "date"), Column("valid_to", "date", optional=True), *ORIGIN)
