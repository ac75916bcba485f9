"""What the measures of a list amount to: by level and pollutant, of the emissions of the whole society, exact in decimals."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from typing import Any

import duckdb
import pandas as pd

from warehouse.standards.list_spec import LIST_LEVELS, LIST_POLLUTANTS
from warehouse.store import model_sql, one_row

_DIGITS = Decimal(1).scaleb(-6)
_COUNTED = "list_counted"
_SWAP = ("SO2", "NOx")


@dataclass(frozen=True)
class Reduction:
    """The cut of one pollutant at one level against what is required; amounts in kg/d, ratios in per cent."""

    version_id: str
    city_code: str
    basis: str
    response_day: date | None
    level: str
    pollutant: str
    total_kgd: Decimal | None
    stopped_kgd: Decimal
    cut_kgd: Decimal
    cut_high_kgd: Decimal
    ratio_pct: float | None
    ratio_high_pct: float | None
    required_pct: float
    verdict: str
    met: bool | None
    shortfall_kgd: Decimal | None
    swap_met: bool | None
    verified: bool


@contextmanager
def counted(con: duckdb.DuckDBPyConnection, version: str, day: date | None) -> Iterator[str]:
    """Give a temporary table of what every source counts for: as listed, or on a day with its stops in force."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {_COUNTED} AS {model_sql('list_counted')}",
        {"version": version, "day": day},
    )
    try:
        yield _COUNTED
    finally:
        con.execute(f"DROP TABLE {_COUNTED}")


def judge(
    total: Decimal | None, cut: Decimal, cut_high: Decimal, required: Decimal
) -> tuple[str, bool | None, Decimal | None]:
    """Compare a cut with what is required, exactly.

    Parameters
    ----------
    total, cut, cut_high : Decimal
        Emissions of the whole society; cut that is certain, and cut if all doubtful measures counted [kg/d].
    required : Decimal
        [%]

    Returns
    -------
    verdict : {"met", "doubtful", "not_met", "insufficient"}
        Doubtful where only doubtful measures would make it enough.
    met : bool or None
    shortfall : Decimal or None
        What is missing in the cut that is certain, rounded up to six digits [kg/d].
    """
    if total is None or total <= 0:
        return "insufficient", None, None
    needed = required * total / 100
    shortfall = max(Decimal(0), needed - cut).quantize(_DIGITS, ROUND_CEILING)
    if cut >= needed:
        return "met", True, Decimal(0).quantize(_DIGITS)
    return ("doubtful", None, shortfall) if cut_high >= needed else ("not_met", False, shortfall)


def reductions(con: duckdb.DuckDBPyConnection, version: str, day: date | None) -> list[Reduction]:
    """Work out the ratios of a version; works on a read-only connection.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    version : str
    day : date or None
        None: as listed. A day: lines whose stop is in force then are taken out above and below alike.
    """
    with counted(con, version, day) as table:
        return reductions_of(con, version, day, table)


def reductions_of(
    con: duckdb.DuckDBPyConnection, version: str, day: date | None, table: str
) -> list[Reduction]:
    """Work out the ratios of a version from what its sources count for, as `counted` gives it."""
    sums = con.execute(
        "SELECT level, pollutant, sum(CASE WHEN stands_still THEN base_kgd ELSE 0 END), sum(cut_low), sum(cut_high)"
        f" FROM {table} GROUP BY level, pollutant"
    ).fetchall()
    by = {(level, pollutant): row for level, pollutant, *row in sums}
    totals = dict(
        con.execute(
            "SELECT pollutant, total_kgd FROM emergency.source_total WHERE version_id = ? AND sector = 'total'",
            [version],
        ).fetchall()
    )
    city = one_row(
        con.execute("SELECT city_code FROM emergency.list_version WHERE version_id = ?", [version])
    )
    head = {
        "version_id": version,
        "city_code": str(city[0]) if city else "",
        "basis": "filed" if day is None else "day",
        "response_day": day,
    }
    made = []
    for level in LIST_LEVELS:
        required = _required(con, "each", level)
        rows = [
            _reduction(head, level, p, by.get((level, p)), totals.get(p), required) for p in LIST_POLLUTANTS
        ]
        made += _with_swap(rows, _required(con, "so2_nox_sum", level))
    return made


def _required(con: duckdb.DuckDBPyConnection, rule: str, level: str) -> tuple[Decimal, bool]:
    row = one_row(
        con.execute(
            "SELECT required_pct, verified FROM ref.list_ratio WHERE rule = ? AND level = ? AND valid_to IS NULL",
            [rule, level],
        )
    )
    assert row is not None
    return Decimal(str(row[0])), bool(row[1])


def _reduction(
    head: dict[str, Any],
    level: str,
    pollutant: str,
    sums: list[Any] | None,
    stated: Any,
    required: tuple[Decimal, bool],
) -> Reduction:
    stopped, cut, high = (_amount(value) for value in sums or (0, 0, 0))
    taken_out = stopped if head["basis"] == "day" else _amount(0)
    total = _amount(stated) - taken_out if stated is not None else None
    verdict, met, shortfall = judge(total, cut, high, required[0])
    return Reduction(
        **head, level=level, pollutant=pollutant, total_kgd=total, stopped_kgd=taken_out, cut_kgd=cut, cut_high_kgd=high,
        ratio_pct=_pct(cut, total), ratio_high_pct=_pct(high, total), required_pct=float(required[0]), verdict=verdict,
        met=met, shortfall_kgd=shortfall, swap_met=None, verified=required[1],
    )  # fmt: skip


def _with_swap(rows: list[Reduction], required: tuple[Decimal, bool]) -> list[Reduction]:
    """Add to SO2 and NOx whether the sum of their ratios would do; the clause is unverified and decides nothing."""
    pair = {row.pollutant: row for row in rows if row.pollutant in _SWAP}
    shares = [row.cut_kgd * 100 / row.total_kgd for row in pair.values() if row.total_kgd]
    enough = sum(shares) >= required[0] if len(shares) == len(_SWAP) else None
    return [
        Reduction(**asdict(row) | {"swap_met": enough}) if row.pollutant in _SWAP else row for row in rows
    ]


def _amount(value: Any) -> Decimal:
    return Decimal(value or 0).quantize(_DIGITS, ROUND_HALF_EVEN)


def _pct(part: Decimal, total: Decimal | None) -> float | None:
    return float(part * 100 / total) if total is not None and total > 0 else None


def keep_reductions(con: duckdb.DuckDBPyConnection, version: str, made: Sequence[Reduction]) -> None:
    """Keep the ratios of a version in place of those there are; the caller owns the transaction."""
    con.execute("DELETE FROM emergency.reduction WHERE version_id = ?", [version])
    frame = pd.DataFrame([asdict(r) for r in made]).astype({"met": "boolean", "swap_met": "boolean"})
    con.register("incoming", frame)
    con.execute("INSERT INTO emergency.reduction BY NAME SELECT * FROM incoming")
    con.unregister("incoming")
