"""What changed from one version of a list to another, value by value."""

from typing import Any

import duckdb

from pipelines.emergency.emission_list.check import about_version
from pipelines.emergency.emission_list.ratios import reductions

_TABLES: dict[str, tuple[tuple[str, ...], str]] = {
    "enterprise": (("enterprise_id",), "firm_name"),
    "line": (("line_key",), "line_name"),
    "line_stop": (("line_key", "kind", "first_day"), "line_key"),
    "measure": (("source_kind", "source_id", "level"), "source_id"),
    "mobile_source": (("source_id",), "class"),
    "nonroad_source": (("source_id",), "class"),
    "dust_source": (("source_id",), "site_name"),
    "source_total": (("sector", "pollutant"), "sector"),
}
_PASSED_OVER = {"version_id", "sheet", "sheet_row", "parsed", "rest", "name_key", "n_lines"}


def diff_versions(con: duckdb.DuckDBPyConnection, old: str, new: str) -> dict[str, Any]:
    """Compare two versions; works on a read-only connection.

    Returns
    -------
    dict
        ``old`` and ``new`` as in a check, ``changes`` (table, key, name, change added|removed|changed, column, old, new),
        and ``ratios``: cut and ratio of both by level and pollutant, as listed.
    """
    about = {"old": about_version(con, old), "new": about_version(con, new)}
    changes: list[dict[str, Any]] = []
    for table in _TABLES:
        changes += _changes(con, table, old, new)
    both = [{(r.level, r.pollutant): r for r in reductions(con, version, None)} for version in (old, new)]
    ratios = [
        {
            "level": level,
            "pollutant": pollutant,
            "cut_old_kgd": both[0][level, pollutant].cut_kgd,
            "cut_new_kgd": now.cut_kgd,
            "ratio_old_pct": both[0][level, pollutant].ratio_pct,
            "ratio_new_pct": now.ratio_pct,
        }
        for (level, pollutant), now in both[1].items()
    ]
    return about | {"changes": changes, "ratios": ratios}


def _changes(con: duckdb.DuckDBPyConnection, table: str, old: str, new: str) -> list[dict[str, Any]]:
    keys, name = _TABLES[table]
    columns = [n for n, *_ in con.execute(f"DESCRIBE emergency.{table}").fetchall()]
    compared = [c for c in columns if c not in _PASSED_OVER and c not in keys]
    key = " || ' ' || ".join(f"{k}::VARCHAR" for k in keys)
    sides = [
        f"SELECT {key} AS key, {name}::VARCHAR AS name, {', '.join(compared)} FROM emergency.{table} WHERE version_id = ${side}"
        for side in ("old", "new")
    ]
    parts = [
        "SELECT coalesce(a.key, b.key), coalesce(b.name, a.name), CASE WHEN a.key IS NULL THEN 'added' ELSE 'removed' END,"
        " '', NULL, NULL FROM a FULL JOIN b USING (key) WHERE a.key IS NULL OR b.key IS NULL"
    ]
    parts += [
        f"SELECT key, b.name, 'changed', '{column}', a.{column}::VARCHAR, b.{column}::VARCHAR FROM a JOIN b USING (key)"
        f" WHERE a.{column} IS DISTINCT FROM b.{column}"
        for column in compared
    ]
    sql = (
        f"WITH a AS ({sides[0]}), b AS ({sides[1]}) SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY ALL"
    )
    names = ("key", "name", "change", "column", "old", "new")
    rows = con.execute(sql, {"old": old, "new": new}).fetchall()
    return [{"table": table} | dict(zip(names, row, strict=True)) for row in rows]
