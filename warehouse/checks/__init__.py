"""Checks of the data: each a query in this folder that returns the rows that fail, with a decided consequence.

``block`` keeps the data from being published, ``flag`` marks them for a person, ``note`` is only recorded.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import duckdb

from warehouse.classes import examples_withheld
from warehouse.store import one_row

_FOLDER = Path(__file__).parent
CONSEQUENCES = ("block", "flag", "note")


@dataclass(frozen=True)
class Check:
    """One check as its file declares it."""

    name: str
    table: str
    consequence: str
    zh: str
    en: str
    sql: str


@dataclass(frozen=True)
class CheckResult:
    """What a check found; the sample is empty where the rows are restricted."""

    check: Check
    n_bad: int
    sample: str

    @property
    def passed(self) -> bool:
        """No row fails."""
        return self.n_bad == 0

    def told(self) -> tuple[str, str]:
        """Say in both languages what was found, with a sample where anybody may see one."""
        if self.passed:
            return "通过", "passed"
        if not self.sample:
            return f"{self.check.zh}：{self.n_bad} 处", f"{self.check.en}: {self.n_bad}"
        return f"{self.check.zh}：{self.sample}", f"{self.check.en}: {self.sample}"


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check of the folder, by name.

    Raises
    ------
    ValueError
        A file lacks one of its four header lines or names an unknown consequence.
    """
    return tuple(_read(path) for path in sorted(_FOLDER.glob("*.sql")))


def _read(path: Path) -> Check:
    text = path.read_text(encoding="utf-8")
    head = dict(
        line[3:].split(": ", 1) for line in text.splitlines() if line.startswith("-- ") and ": " in line
    )
    missing = {"table", "consequence", "zh", "en"} - head.keys()
    if missing or head["consequence"] not in CONSEQUENCES:
        raise ValueError(
            f"{path.name}: 缺少表头或后果无效 header missing or consequence unknown: {sorted(missing)}"
        )
    return Check(path.stem, head["table"], head["consequence"], head["zh"], head["en"], text)


def run_check(
    con: duckdb.DuckDBPyConnection, check: Check, *, first: date, last: date, as_of: datetime
) -> CheckResult:
    """Run one check over the days of a window."""
    known = {"first": first, "last": last, "as_of": as_of}
    parameters = {name: value for name, value in known.items() if f"${name}" in check.sql}
    rows = con.execute(f"SELECT * FROM ({check.sql}) LIMIT 5", parameters).fetchall()
    if not rows:
        return CheckResult(check, 0, "")
    count = one_row(con.execute(f"SELECT count(*) FROM ({check.sql})", parameters))
    if examples_withheld(con, check.table):
        return CheckResult(check, int(count[0]) if count else len(rows), "")
    sample = "; ".join(", ".join(str(value) for value in row) for row in rows)
    return CheckResult(check, int(count[0]) if count else len(rows), sample[:500])


def record(con: duckdb.DuckDBPyConnection, results: list[CheckResult]) -> None:
    """Put new results in place of those of the same checks; the caller owns the transaction."""
    for result in results:
        con.execute("DELETE FROM ops.check_result WHERE check_name = ?", [result.check.name])
        zh, en = result.told()
        con.execute(
            "INSERT INTO ops.check_result VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                result.check.name,
                result.check.table,
                result.check.consequence,
                result.passed,
                result.n_bad,
                zh,
                en,
            ],
        )
