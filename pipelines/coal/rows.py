"""Rows of a form as they are kept: what was left empty filled in, areas and exclusions in one way of writing."""

import functools
import re

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.coal.exclusions import GROSS, canonical, parse
from sources.bureau_forms.model import Finding, FormTable
from warehouse import standards

TABLES = {
    "energy_205_1": "report_energy",
    "firm": "firm",
    "firm_year": "report_firm_year",
    "firm_usage": "report_firm_usage",
    "firm_equipment": "report_equipment",
    "other_user": "report_other_user",
    "region_year": "report_region_year",
    "area_use": "report_area_use",
    "coal_target": "target",
}
"""Tables in schema ``coal`` whose name is not that of their form."""

_DEFAULTS = {
    "energy_205_1": {"vintage": "flash", "period_kind": "month"},
    "firm_year": {"vintage": "annual"},
    "region_year": {"vintage": "annual"},
    "area_use": {"vintage": "flash", "basis": "t", "exclusions": ""},
    "coal_target": {"basis": "t", "exclusions": ""},
}
_TYPES = {
    "integer": pa.int64(),
    "year": pa.int64(),
    "day": pa.date32(),
    "quantity": pa.decimal128(18, 4),
    "number": pa.decimal128(18, 6),
    "percent": pa.float64(),
    "flag": pa.bool_(),
}
_WITH_AREA = ("area_use", "coal_target")
STATED_GROSS = "none"
"""What a target carries that says that nothing is left out; an empty one says nothing of it."""

_CODED = {"province_name": "province_code", "city_name": "city_code", "county_name": "county_code"}
_SHORT = re.compile(r"(地区|市|区|县|省|示范区)$")
_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:\s*[-年./]\s*(?P<first>\d{1,2})(?:\s*(?:-|–|—|~|～|至|\.\.)\s*(?P<last>\d{1,2}))?)?\s*[年月]?月?"
)


def table_of(form: str) -> str:
    """Name, in schema ``coal``, of the table that holds a form."""
    return TABLES.get(form, form)


def keys_of(form: str) -> tuple[str, ...]:
    """Columns that tell two rows of a form apart; an area is told by its code where its name has one."""
    forms = standards.load("coal_form")
    keys = str(forms.loc[forms["form"] == form, "keys"].iloc[0]).split(";")
    if form == "energy_205_1" and "period_kind" not in keys:
        keys.insert(keys.index("month") + 1, "period_kind")
    return tuple(keys)


def key_sql(form: str, alias: str) -> list[str]:
    """The keys of a form as SQL expressions that are never NULL."""
    parts = []
    for key in keys_of(form):
        if key in _CODED:
            parts.append(f"coalesce({alias}.{_CODED[key]}, {alias}.{key}, '')")
        elif (form, key) == ("firm_usage", "sequence"):
            # without a number the place in the sheet tells the rows of one firm apart
            parts.append(f"coalesce({alias}.sequence, -{alias}.sheet_row)::VARCHAR")
        else:
            parts.append(f"coalesce({alias}.{key}::VARCHAR, '')")
    return parts


def normalised(table: FormTable) -> tuple[pa.Table, list[Finding]]:
    """Fill in what the form lets be empty and write areas, periods and exclusions in one way.

    Returns
    -------
    tuple of pyarrow.Table and list of Finding
        The rows, and errors for areas and periods that cannot be told.
    """
    found: list[Finding] = []
    rows = _complete(table)
    for name, value in _DEFAULTS.get(table.form, {}).items():
        column = _column(rows, name)
        filled = pc.if_else(pc.equal(pc.fill_null(column, ""), ""), pa.scalar(value), column)
        rows = _with(rows, name, filled)
    if table.form in _WITH_AREA:
        rows, found = _areas(table, rows)
        gross = STATED_GROSS if table.form == "coal_target" else ""
        given = [_exclusions(text, gross) for text in _column(rows, "exclusions").to_pylist()]
        rows = _with(rows, "exclusions", pa.array(given, pa.string()))
    if table.form == "area_use":
        rows, more = _periods(table, rows)
        found += more
    return rows, found


def _complete(table: FormTable) -> pa.Table:
    """Add the columns of the form, and the codes of its areas, that the rows have not, as empty ones."""
    rows = table.rows
    for name, kind in _kinds(table.form).items():
        if name not in rows.column_names:
            rows = rows.append_column(name, pa.nulls(rows.num_rows, _TYPES.get(kind, pa.string())))
    return rows


@functools.cache
def _kinds(form: str) -> dict[str, str]:
    columns = standards.load("coal_form_column")
    own = columns[columns["form"] == form].sort_values("sort")
    kinds = {str(row["column_name"]): str(row["kind"]) for row in own.to_dict("records")}
    return kinds | {code: "text" for name, code in _CODED.items() if name in kinds}


def _column(rows: pa.Table, name: str) -> pa.ChunkedArray:
    return rows[name]


def _with(rows: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    if name in rows.column_names:
        return rows.set_column(rows.column_names.index(name), name, values)
    return rows.append_column(name, values)


def _exclusions(text: str | None, gross: str = "") -> str:
    """Give what is left out as sorted codes: feedstock, gangue, unit:name; ``gross`` where it says that nothing is."""
    parts = re.split(r"[;；,，]|、(?!材料)", text or "")
    told = parse(";".join(_exclusion_names().get(part.strip(), part) for part in parts))
    return gross if told == GROSS else canonical(told or GROSS)


@functools.cache
def _exclusion_names() -> dict[str, str]:
    frame = standards.load("coal_exclusion")
    names: dict[str, str] = {}
    for row in frame.to_dict("records"):
        names |= {str(row["name_zh"]): str(row["exclusion"]), str(row["name_en"]): str(row["exclusion"])}
    return names


@functools.cache
def _area_names() -> dict[tuple[str, str], str]:
    """Code of an area by level and by each of its names and its code."""
    names: dict[tuple[str, str], str] = {}

    def add(kind: str, code: str, *texts: object) -> None:
        for text in texts:
            for word in str(text).split(";") if isinstance(text, str) else ():
                names.setdefault((kind, word.strip()), code)

    for row in standards.load("city").to_dict("records"):
        add("city", row["city_code"], row["city_code"], row["name_zh"], row["short_zh"], row["aliases"])
        add("province", row["province_code"], row["province_code"], row["province_zh"])
        add("province", row["province_code"], _SHORT.sub("", row["province_zh"]))
    for row in standards.load("assessment_unit").to_dict("records"):
        add("unit", row["unit_id"], row["unit_id"], row["name_zh"], row["list_names"])
    for row in standards.load("region").to_dict("records"):
        add("region", row["region_id"], row["region_id"], row["name_zh"], row["name_en"])
    for row in standards.load("county").to_dict("records"):
        add("county", row["county_code"], row["county_code"], row["name_zh"], row["aliases"])
    return names


_KINDS = ("city", "unit", "province", "region", "county")


def _area(kind: str | None, code: str | None, name: str | None) -> tuple[str, str] | None:
    """Level and code of an area by code, else by name; an empty level is told from what fits."""
    known = _area_names()
    for level in (kind,) if kind else _KINDS:
        for word in (code, name):
            if word and (level, word.strip()) in known:
                return str(level), known[str(level), word.strip()]
    return None


def _areas(table: FormTable, rows: pa.Table) -> tuple[pa.Table, list[Finding]]:
    given = zip(
        *(_column(rows, name).to_pylist() for name in ("area_kind", "area_code", "area_name", "sheet_row")),
        strict=True,
    )
    kinds, codes, found = [], [], []
    for kind, code, name, line in given:
        told = _area(kind, code, name)
        kinds.append(told[0] if told else kind)
        codes.append(told[1] if told else code)
        if told is None:
            found.append(
                _error(table, "area_name", line, "area_unknown", f"{code or ''} {name or ''}".strip(),
                       "不是已知的区域、省、市、单元或区县", "is no known region, province, city, unit or county",
                       "核对层级、代码和名称", "check level, code and name")
            )  # fmt: skip
    rows = _with(rows, "area_kind", pa.array(kinds, pa.string()))
    return _with(rows, "area_code", pa.array(codes, pa.string())), found


def period_of(text: str | None) -> str | None:
    """Write a period in the way of the warehouse: ``2026-09``, ``2026-01..09`` or ``2026``; None where unclear."""
    told = _PERIOD.fullmatch((text or "").strip())
    if told is None:
        return None
    year, first, last = told["year"], told["first"], told["last"]
    if first is None:
        return year
    if not 1 <= int(first) <= 12 or (last and not 1 <= int(last) <= 12):
        return None
    if last is None:
        return f"{year}-{int(first):02d}"
    return f"{year}-01..{int(last):02d}" if int(first) == 1 else None


def _periods(table: FormTable, rows: pa.Table) -> tuple[pa.Table, list[Finding]]:
    told, found = [], []
    for text, line in zip(_column(rows, "period").to_pylist(), rows["sheet_row"].to_pylist(), strict=True):
        period = period_of(text)
        told.append(period or text)
        if period is None and text is not None:
            found.append(
                _error(table, "period", line, "period_invalid", str(text), "不是时段", "is no period",
                       "填写 2026-09、2026-01..09 或 2026", "write 2026-09, 2026-01..09 or 2026")
            )  # fmt: skip
    return _with(rows, "period", pa.array(told, pa.string())), found


def _error(
    table: FormTable, column: str, line: int, rule: str, found: str, zh: str, en: str, fix_zh: str, fix_en: str
) -> Finding:  # fmt: skip
    cell = f"{table.letters.get(column, '')}{line}"
    return Finding(
        table.sheet, cell, "error", rule, found, f"“{found}”{zh}", f"“{found}” {en}", fix_zh, fix_en
    )
