"""Who is to answer a response, and what was promised: the filed list in use, out of the published database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import duckdb

from pipelines.emergency.emission_list.ratios import counted
from warehouse.standards.list_spec import LIST_LEVELS, LIST_POLLUTANTS
from warehouse.store import rows_of

NO_COUNTY = "未写区县 no county"
_VERSION = """
SELECT version_id, document_no, filed_at, list_year, file_name FROM emergency.list_version WHERE version_id = $version
"""
_FIRMS = """
SELECT e.enterprise_id, e.credit_code, e.site, e.firm_name, e.county_code, e.county_name, e.contact, e.phone,
    e.effective_grade AS grade, e.category, list(DISTINCT m.level) FILTER (m.level IS NOT NULL) AS levels
FROM emergency.enterprise AS e
JOIN emergency.line AS l ON l.version_id = e.version_id AND l.enterprise_id = e.enterprise_id
LEFT JOIN emergency.measure AS m ON m.version_id = e.version_id AND m.source_kind = 'line'
    AND m.source_id = l.line_key AND (m.measure_text IS NOT NULL OR m.codes IS NOT NULL OR m.stated_ratio > 0)
WHERE e.version_id = $version
GROUP BY ALL ORDER BY e.county_code NULLS LAST, e.county_name, e.enterprise_id
"""
_LINES = """
SELECT enterprise_id, line_key, line_id,
    CASE WHEN shared_id IS NULL THEN line_key ELSE enterprise_id || '#*' || shared_id END AS unit_id
FROM emergency.line WHERE version_id = $version ORDER BY line_key
"""
_BY_LINES = """
SELECT CASE WHEN l.shared_id IS NULL THEN l.line_key ELSE l.enterprise_id || '#*' || l.shared_id END AS unit_id
FROM emergency.line AS l
JOIN emergency.measure AS m ON m.version_id = l.version_id AND m.source_kind = 'line' AND m.source_id = l.line_key
WHERE l.version_id = $version AND m.level = $level
GROUP BY unit_id HAVING bool_and(m.lines_ratio IS NOT NULL OR m.lines_n IS NOT NULL)
"""
_UNITS = """
SELECT source_id AS unit_id, any_value(enterprise_id) AS enterprise_id, bool_or(stands_still) AS stands_still,
    max(CASE WHEN base_kgd > 0 THEN ratio_low END)::DOUBLE AS ratio, max(n_group) AS n_group,
    max(CASE WHEN pollutant = 'SO2' THEN cut_low END)::DOUBLE AS "SO2",
    max(CASE WHEN pollutant = 'NOx' THEN cut_low END)::DOUBLE AS "NOx",
    max(CASE WHEN pollutant = 'PM' THEN cut_low END)::DOUBLE AS "PM",
    max(CASE WHEN pollutant = 'VOCs' THEN cut_low END)::DOUBLE AS "VOCs"
FROM {table} WHERE source_kind = 'line' AND level = $level GROUP BY source_id ORDER BY source_id
"""
_OTHERS = """
SELECT pollutant, sum(cut_low)::DOUBLE FROM {table} WHERE source_kind <> 'line' AND level = $level GROUP BY pollutant
"""


@dataclass(frozen=True)
class Firm:
    """An enterprise (site) of the list; ``levels`` are those it has measures for."""

    enterprise_id: str
    credit_code: str
    site: str | None
    firm_name: str
    county_code: str | None
    county_name: str | None
    contact: str | None
    phone: str | None
    grade: str
    category: str | None
    levels: tuple[str, ...]

    @property
    def county_key(self) -> str:
        """What its county is known by: the code, else the name."""
        return self.county_code or same_place(self.county_name) or NO_COUNTY


@dataclass(frozen=True)
class Unit:
    """What cuts as one: a line, or lines on one furnace or stack; amounts in kg/d, certain ones only.

    Attributes
    ----------
    ratio : float or None
        Share to be cut, of its own emissions.
    grouped : bool
        The measure counts lines of the firm (stop so many of them), not this unit by itself.
    """

    unit_id: str
    enterprise_id: str
    line_ids: tuple[str, ...]
    stands_still: bool
    ratio: float | None
    grouped: bool
    cut_kgd: Mapping[str, float]


@dataclass(frozen=True)
class FiledList:
    """The list a response uses; ``version`` is None where no list of the city is filed."""

    version: dict[str, Any] | None = None
    firms: tuple[Firm, ...] = ()
    line_ids: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def version_id(self) -> str | None:
        """Id of the version."""
        return str(self.version["version_id"]) if self.version else None

    def asked(self, level: str) -> tuple[Firm, ...]:
        """Firms with a measure at a level."""
        return tuple(firm for firm in self.firms if level in firm.levels)

    @cached_property
    def sites(self) -> dict[str, list[Firm]]:
        """Sites of each firm by its credit code."""
        found: dict[str, list[Firm]] = {}
        for firm in self.firms:
            found.setdefault(firm.credit_code, []).append(firm)
        return found

    @cached_property
    def counties(self) -> dict[str, str]:
        """Names of the counties of the list by what they are known by."""
        return {f.county_key: f.county_name or f.county_code or NO_COUNTY for f in self.firms}

    def county_of(self, text: str) -> str | None:
        """Find a county by its code or name; None where the list has none of it."""
        wanted = same_place(text)
        for key, name in self.counties.items():
            if key != NO_COUNTY and wanted in (same_place(key), same_place(name)):
                return key
        return None


def same_place(text: str | None) -> str:
    """Reduce a name of a place or a site to what identifies it; ids of a list leave out the same marks."""
    return re.sub(r"[\s/#]", "", unicodedata.normalize("NFKC", text or "")).casefold()


def filed_list_of(con: duckdb.DuckDBPyConnection, version: str | None) -> FiledList:
    """Read the firms and lines of a filed list.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Read-only is enough.
    version : str or None
        See `pipelines.emergency.response.gather.list_of`; None: no list is filed.
    """
    if version is None:
        return FiledList()
    given = {"version": version}
    firms = tuple(
        Firm(**row | {"levels": tuple(v for v in LIST_LEVELS if v in (row["levels"] or ()))})
        for row in rows_of(con, _FIRMS, given)
    )
    lines: dict[str, set[str]] = {}
    for row in rows_of(con, _LINES, given):
        lines.setdefault(row["enterprise_id"], set()).add(row["line_id"])
    held = {key: frozenset(ids) for key, ids in lines.items()}
    return FiledList(rows_of(con, _VERSION, given)[0], firms, held)


def promised(
    con: duckdb.DuckDBPyConnection, version: str, level: str, day: date
) -> tuple[list[Unit], dict[str, float]]:
    """Give what the lines of a version promise at a level on a day, and what the other sources do [kg/d].

    Returns
    -------
    units : list of Unit
    others : dict
        Cut of mobile, non-road and dust sources by pollutant.
    """
    lines: dict[str, list[str]] = {}
    for row in rows_of(con, _LINES, {"version": version}):
        lines.setdefault(row["unit_id"], []).append(row["line_id"])
    by_lines = {row["unit_id"] for row in rows_of(con, _BY_LINES, {"version": version, "level": level})}
    with counted(con, version, day) as table:
        rows = rows_of(con, _UNITS.format(table=table), {"level": level})
        others = dict(con.execute(_OTHERS.format(table=table), {"level": level}).fetchall())
    units = [
        Unit(
            row["unit_id"], row["enterprise_id"], tuple(lines.get(row["unit_id"], ())), row["stands_still"],
            row["ratio"], row["n_group"] > 1 and row["unit_id"] in by_lines, {p: row[p] or 0.0 for p in LIST_POLLUTANTS},
        )
        for row in rows
    ]  # fmt: skip
    return units, {p: others.get(p) or 0.0 for p in LIST_POLLUTANTS}
