"""From the bytes of a list to its tables and findings."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa

from sources.bureau_forms.pages import Page, PageError, pages_of
from sources.emission_list.columns import table_of
from sources.emission_list.findings import Finding, finding, thinned
from sources.emission_list.forms import form
from sources.emission_list.heads import find_head
from sources.emission_list.mapping import Mapping
from warehouse.standards.list_spec import LIST_POLLUTANTS

__all__ = ["ListDocument", "read"]

_NOTES = re.compile(r"\s*(?:说明|填表说明|填报说明|选项|列表|notes?|read\s?me|options?).*", re.IGNORECASE)
_NEEDED, _USUAL = ("enterprise", "total"), ("mobile", "nonroad", "dust")


@dataclass(frozen=True)
class ListDocument:
    """A list as read: one table a form, every declared column typed, with ``sheet`` and ``sheet_row``; the findings."""

    name: str
    tables: dict[str, pa.Table]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that keep the whole list out."""
        return tuple(found for found in self.findings if found.level == "error")


def read(data: bytes, name: str, *, city_code: str, mapping: Mapping | None = None) -> ListDocument:
    """Read a whole list.

    Parameters
    ----------
    data : bytes
        Content of an XLSX, XLS or CSV file.
    name : str
    city_code : str
        City whose counties the rows lie in.
    mapping : Mapping, optional
        Other bureaus' headings.

    Returns
    -------
    ListDocument
        Never raises for bad input: what cannot be read is an error among the findings. Baselines and totals [kg/d].
    """
    try:
        pages, refused = pages_of(data)
    except PageError as error:
        return ListDocument(name, {}, (finding(error.rule, sheet=error.sheet, found=error.found),))
    found = [finding(error.rule, sheet=error.sheet, found=error.found) for error in refused]
    tables: dict[str, pa.Table] = {}
    for page in pages:
        found += _take(page, mapping or Mapping(), city_code, tables)
    found += _absent(tables)
    found += _totals(tables)
    return ListDocument(name, tables, tuple(thinned(found)))


def _take(page: Page, mapping: Mapping, city_code: str, tables: dict[str, pa.Table]) -> list[Finding]:
    if page.very_hidden or not page.height or _NOTES.fullmatch(page.name):
        return []
    head = find_head(page, mapping)
    if head is None:
        return [] if page.hidden else [finding("sheet_unknown", sheet=page.name)]
    kind = head.form.name
    if kind in tables:
        return [finding("sheet_twice", sheet=page.name, item=head.form.zh, item_en=head.form.en)]
    table, found = table_of(head, city_code)
    tables[kind] = table
    if not table.num_rows and kind in _NEEDED:
        found.append(finding("no_rows", sheet=page.name))
    return [*head.findings, *found]


def _absent(tables: dict[str, pa.Table]) -> list[Finding]:
    missing = [("sheet_missing", n) for n in _NEEDED if n not in tables]
    missing += [("sheet_absent", n) for n in _USUAL if n not in tables]
    return [finding(rule, item=form(n).zh, item_en=form(n).en) for rule, n in missing]


def _totals(tables: dict[str, pa.Table]) -> list[Finding]:
    total = tables.get("total")
    if total is None or not total.num_rows:
        return []
    missing = [p for p in LIST_POLLUTANTS if p not in set(total["pollutant"].to_pylist())]
    sheet = total["sheet"][0].as_py()
    return [finding("total_missing", sheet=sheet, found="、".join(missing))] if missing else []
