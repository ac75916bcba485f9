"""A list as read → rows of measures, stops and totals as they are kept."""

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import pyarrow as pa

from sources.emission_list.findings import MAX_ALIKE, Finding, finding
from sources.emission_list.measures import Measure, names_line, parse_measure, share_of_source
from sources.emission_list.reading import ListDocument
from sources.emission_list.stops import parse_stops
from warehouse.standards.list_spec import LIST_LEVELS

RATIO = pa.decimal128(18, 12)
AMOUNT = pa.decimal128(18, 6)
SECTORS = ("total", "industry", "mobile", "nonroad", "dust", "residential", "other")
_SMALLEST = Decimal(1).scaleb(-12)
_MEASURE = pa.schema(
    [
        *(
            (name, pa.string())
            for name in ("source_kind", "source_id", "level", "measure_text", "codes", "parsed")
        ),
        ("rest", pa.string()),
        *((name, RATIO) for name in ("stated_ratio", "parsed_ratio", "lines_ratio")),
        ("lines_n", pa.int32()),
        ("limit_to", AMOUNT),
    ]
)
_IDS = {"enterprise": "line_key", "mobile": "source_id", "nonroad": "source_id", "dust": "source_id"}
KINDS = {"enterprise": "line", "mobile": "mobile", "nonroad": "nonroad", "dust": "dust"}
"""Kind of source by form."""


@lru_cache(maxsize=100_000)
def _parsed(text: str | None) -> Measure:
    return parse_measure(text)


def as_ratio(value: Fraction | None) -> Decimal | None:
    """Give a share with twelve decimals, rounded half to even."""
    if value is None:
        return None
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_SMALLEST, ROUND_HALF_EVEN)


def measure_rows(document: ListDocument) -> tuple[pa.Table, list[Finding]]:
    """Read the measures of every source.

    Returns
    -------
    pa.Table
        One row per source and level that names a measure, a code or a cut.
    list of Finding
        Texts that were not wholly understood, and measures that name another line than that of their row.
    """
    columns: dict[str, list[Any]] = {name: [] for name in _MEASURE.names}
    found: list[Finding] = []
    for form, key in _IDS.items():
        table = document.tables.get(form)
        if table is None:
            continue
        told: dict[str, int] = {}
        for row, one in _measures(table, form, key):
            for name in columns:
                columns[name].append(one[name])
            rule, text = one["problem"]
            if rule:
                told[rule] = told.get(rule, 0) + 1
                if told[rule] <= MAX_ALIKE + 1:
                    cell = f"A{row['sheet_row']}"
                    found.append(finding(rule, sheet=row["sheet"], cell=cell, found=text))
    return pa.table(columns, schema=_MEASURE), found


def _measures(table: pa.Table, form: str, key: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    wanted = [key, "sheet", "sheet_row"]
    wanted += [
        n
        for n in ("line_id", "line_name", "equipment", "product", "class", "stage")
        if n in table.column_names
    ]
    base = {name: table[name].to_pylist() for name in wanted}
    for level in LIST_LEVELS:
        texts, codes, pcts = (table[f"{level}_{part}"].to_pylist() for part in ("text", "code", "pct"))
        for at, (text, code, pct) in enumerate(zip(texts, codes, pcts, strict=True)):
            if text is None and code is None and pct is None:
                continue
            row = {name: values[at] for name, values in base.items()}
            measure = _parsed(text)
            head = {"source_kind": KINDS[form], "source_id": row[key], "level": level, "measure_text": text}
            stated = None if pct is None else (pct / 100).quantize(_SMALLEST, ROUND_HALF_EVEN)
            yield row, head | {"stated_ratio": stated} | _read(measure, form, row, code)


def _read(measure: Measure, form: str, row: dict[str, Any], code: str | None) -> dict[str, Any]:
    ratio, problem = measure.ratio, ("measure_unread", "；".join(measure.rest)) if measure.rest else ("", "")
    lines_ratio, lines_n = measure.lines_ratio, measure.lines_n
    if form in ("mobile", "nonroad"):
        ratio = share_of_source(measure, form, row["class"], row["stage"])
    elif form == "enterprise":
        other = [s for s in measure.subjects if not _own(s, row)]
        if other:
            ratio, lines_ratio, lines_n = None, None, None
            problem = ("measure_other_line", "、".join(other))
    codes = dict.fromkeys([*measure.codes, *(code.split(";") if code else [])])
    return {
        "codes": ";".join(codes) or None,
        "parsed": measure.parsed,
        "rest": "；".join(measure.rest)[:500] or None,
        "parsed_ratio": as_ratio(ratio),
        "lines_ratio": as_ratio(lines_ratio),
        "lines_n": lines_n,
        "limit_to": measure.limit_to,
        "problem": problem,
    }


def _own(subject: str, row: dict[str, Any]) -> bool:
    texts = [row[name] for name in ("line_name", "equipment", "product") if row[name]]
    return not texts or names_line(subject, line_id=row["line_id"], texts=texts)


def stop_rows(document: ListDocument) -> pa.Table:
    """Give the dated stops of lines."""
    columns: dict[str, list[Any]] = {"line_key": [], "kind": [], "first_day": [], "last_day": []}
    table = document.tables["enterprise"]
    for key, text in zip(table["line_key"].to_pylist(), table["stops"].to_pylist(), strict=True):
        for stop in parse_stops(text)[0] if text else ():
            for name, value in zip(columns, (key, stop.kind, stop.first, stop.last), strict=True):
                columns[name].append(value)
    day = pa.date32()
    schema = pa.schema(
        [("line_key", pa.string()), ("kind", pa.string()), ("first_day", day), ("last_day", day)]
    )
    return pa.table(columns, schema=schema)


def total_rows(document: ListDocument) -> pa.Table:
    """Give the totals of the whole society, one row per sector and pollutant that is stated [kg/d]."""
    rows = [
        {
            "sector": sector,
            "pollutant": row["pollutant"],
            "total_kgd": row[f"{sector}_kgd"],
            "note": row["note"],
        }
        for row in document.tables["total"].to_pylist()
        for sector in SECTORS
        if row[f"{sector}_kgd"] is not None
    ]
    text = pa.string()
    schema = pa.schema([("sector", text), ("pollutant", text), ("total_kgd", AMOUNT), ("note", text)])
    return pa.Table.from_pylist(rows, schema=schema)
