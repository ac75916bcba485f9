"""The check of a version: completeness, names and codes, shared furnaces, what measures are worth, ratios against what is required."""

import csv
import functools
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines.emergency.emission_list.ratios import counted, reductions, reductions_of
from warehouse.store import one_row

_FOLDER = Path(__file__).parent / "rules"
SHOWN = 100
"""Findings of one rule that are listed one by one."""
LEVELS = ("error", "warning", "notice")
ABOUT = (
    *(
        "version_id",
        "city_code",
        "list_year",
        "version_no",
        "state",
        "file_name",
        "imported_at",
        "imported_by",
    ),
    *("filed_by", "filed_at", "document_no", "simulated", "n_enterprises", "n_lines", "n_other"),
)


@dataclass(frozen=True)
class CheckFinding:
    """One finding of a check: where in the workbook, about whom, what is wrong and how to mend it."""

    level: str
    rule: str
    sheet: str
    cell: str
    subject: str
    found: str
    zh: str
    en: str
    fix_zh: str
    fix_en: str


class UnknownVersionError(ValueError):
    """There is no such version."""


@functools.cache
def check_rules() -> tuple[dict[str, str], ...]:
    """Give the rules with their queries, the gravest first, then by name."""
    with (_FOLDER / "rules.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            row | {"sql": (_FOLDER / f"{row['rule']}.sql").read_text(encoding="utf-8")}
            for row in csv.DictReader(stream)
        ]
    return tuple(sorted(rows, key=lambda row: (LEVELS.index(row["level"]), row["rule"])))


def about_version(con: duckdb.DuckDBPyConnection, version: str) -> dict[str, Any]:
    """Give what is known of a version.

    Raises
    ------
    UnknownVersionError
        There is none of that name.
    """
    row = one_row(
        con.execute(f"SELECT {', '.join(ABOUT)} FROM emergency.list_version WHERE version_id = ?", [version])
    )
    if row is None:
        raise UnknownVersionError(f"{version}: 没有这个清单版本 there is no such version（fenwei list show）")
    name = one_row(
        con.execute("SELECT short_zh, name_en FROM ref.city WHERE city_code = ? LIMIT 1", [row[1]])
    )
    return dict(zip(ABOUT, row, strict=True)) | {
        "city": name[0] if name else row[1],
        "city_en": name[1] if name else "",
    }


def check_version(con: duckdb.DuckDBPyConnection, version: str, day: date | None = None) -> dict[str, Any]:
    """Check one version; works on a read-only connection.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    version : str
    day : date, optional
        Response day: the ratios of that day stand beside those as listed.

    Returns
    -------
    dict
        ``version``, ``day``, ``findings``, ``n_findings`` by rule, ``reductions`` as listed and on the day.
    """
    about = about_version(con, version)
    found: list[CheckFinding] = []
    numbers: dict[str, int] = {}
    with counted(con, version, None) as table:
        for rule in check_rules():
            rows = con.execute(f"SELECT * FROM ({rule['sql']}) ORDER BY ALL", {"version": version}).fetchall()
            if rows:
                numbers[rule["rule"]] = len(rows)
            found += [_finding(rule, row) for row in rows[:SHOWN]]
        made = reductions_of(con, version, None, table)
    made += reductions(con, version, day) if day else []
    return {
        "version": about,
        "day": day,
        "findings": [asdict(f) for f in found],
        "n_findings": numbers,
        "reductions": [asdict(r) for r in made],
        "passed": all(r.verdict == "met" for r in made) and not any(f.level == "error" for f in found),
    }


def _finding(rule: dict[str, str], row: tuple[Any, ...]) -> CheckFinding:
    sheet, number, subject, found = row
    shown = str(found if found is not None else "")[:200]
    texts = {name: rule[name].replace("{found}", shown) for name in ("zh", "en", "fix_zh", "fix_en")}
    cell = f"A{number}" if number is not None else ""
    return CheckFinding(
        rule["level"], rule["rule"], sheet or "", cell, str(subject or "")[:200], shown, **texts
    )


_COUNTS = """
SELECT 'n_firms' AS item, count(*) AS n FROM emergency.enterprise WHERE version_id = $version
UNION ALL
SELECT 'n_firms_ungraded', count(*) FROM emergency.enterprise WHERE version_id = $version AND grade IS NULL
UNION ALL
SELECT 'n_lines_ungraded', count(*) FROM emergency.line WHERE version_id = $version AND grade IS NULL
UNION ALL
SELECT 'n_measures_' || kind, count(parsed) FROM (VALUES ('all'), ('some'), ('none'), ('empty')) AS k(kind)
LEFT JOIN emergency.measure AS m ON m.parsed = k.kind AND m.version_id = $version GROUP BY kind
"""


def count_findings(con: duckdb.DuckDBPyConnection, version: str) -> list[dict[str, Any]]:
    """Count findings by rule, ungraded firms and measures by how far they were understood; names nobody.

    The table of `counted` as listed must be there.
    """
    made = [
        {"version_id": version, "item": item, "kind": "count", "n": n}
        for item, n in con.execute(_COUNTS, {"version": version}).fetchall()
    ]
    for rule in check_rules():
        # Some rules find once for the whole list and say how many it concerns.
        number = "sum(found::INTEGER)" if rule["zh"].startswith("{found}") else "count(*)"
        row = one_row(con.execute(f"SELECT {number} FROM ({rule['sql']}) AS f", {"version": version}))
        if row and row[0]:
            made.append(
                {"version_id": version, "item": rule["rule"], "kind": rule["level"], "n": int(row[0])}
            )
    return made
