"""Rows of coal forms written by hand, for tests that need no files."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
from prepared import fresh

from pipelines.coal.balance import rebuild_balance
from pipelines.coal.importing import Taken, take_coal_document
from pipelines.coal.use import rebuild_use_month, rebuild_use_year
from sources.bureau_forms.model import Document, FormTable

NOW = datetime(2026, 11, 20, 9)
XIAN, WEINAN, XIANYANG, HANCHENG, YANGLING = "610100", "610500", "610400", "610581", "610403"


def code(n: int) -> str:
    """A credit code for the n-th firm."""
    return f"9161{n:014d}"


def _value(value: Any) -> Any:
    return Decimal(str(value)).quantize(Decimal("0.0001")) if isinstance(value, int | float) else value


def _array(values: Sequence[Any], name: str) -> pa.Array:
    if name.endswith(("_t", "_tce", "_t_per_month")):
        return pa.array([_value(v) for v in values], pa.decimal128(18, 4))
    if name in ("factor_used", "factor_reference", "qnet_ar_kj_kg"):
        return pa.array([None if v is None else Decimal(str(v)) for v in values], pa.decimal128(18, 6))
    if any(isinstance(v, bool) for v in values):
        return pa.array(values, pa.bool_())
    if any(isinstance(v, date) for v in values):
        return pa.array(values, pa.date32())
    if any(isinstance(v, int) for v in values):
        return pa.array(values, pa.int64())
    return pa.array(values, pa.string())


def table(form: str, *rows: Mapping[str, Any], sheet: str = "表") -> FormTable:
    """A table of a form with one row after the other, from line 2 of its sheet."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: _array([row.get(name) for row in rows], name) for name in names}
    columns["sheet_row"] = pa.array(range(2, len(rows) + 2), pa.int32())
    letters = {name: chr(ord("A") + n) for n, name in enumerate(names)}
    return FormTable(form, sheet, pa.table(columns), letters)


def energy(n: int, month: str, use_t: float, product: str = "raw_coal", **more: Any) -> dict[str, Any]:
    """A row of 205-1 of the n-th firm, all of it industrial use."""
    place = {"city_code": WEINAN, "county_code": HANCHENG, "province_code": "610000"}
    return (
        place
        | {"credit_code": code(n), "month": month, "product": product, "use_t": use_t, "industrial_t": use_t}
        | more
    )


def firm(n: int, **more: Any) -> dict[str, Any]:
    """A row of the directory: a listed firm of division 26 in Hancheng."""
    return {
        "credit_code": code(n), "firm_name": f"企业{n}", "city_code": WEINAN, "county_code": HANCHENG,
        "province_code": "610000", "industry_division": "26", "above_scale": True,
    } | more  # fmt: skip


def region(
    city: str | None, county: str | None, total: float, year: int = 2025, **more: Any
) -> dict[str, Any]:
    """A row of attachment 2, all raw coal."""
    names = {
        "province_name": "陕西省",
        "city_name": city and "市",
        "county_name": county and "县",
        "province_code": "610000",
    }
    zero = dict.fromkeys(
        ("washed_coal_t", "other_coal_t", "power_t", "heat_t", "washing_t", "coking_t", "liquefaction_t",
         "gasification_t", "industry_t", "feedstock_t", "other_use_t", "coke_t"), 0,
    )  # fmt: skip
    own = {
        "city_code": city,
        "county_code": county,
        "stat_year": year,
        "coal_total_t": total,
        "raw_coal_t": total,
    }
    return names | zero | own | more


class Kept:
    """A warehouse that takes documents in."""

    def __init__(self, con: duckdb.DuckDBPyConnection):
        self.con, self.n = con, 0

    def take(
        self,
        *tables: FormTable,
        path: str | None = None,
        sha256: str | None = None,
        modified_ns: int | None = None,
    ) -> Taken:
        """Take in a document; without a time it is newer than those before."""
        self.n += 1
        name = path or f"{self.n}.xlsx"
        at = self.n if modified_ns is None else modified_ns
        self.con.begin()
        taken = take_coal_document(
            self.con,
            Document(name, tables),
            path=name,
            sha256=sha256 or f"sha-{self.n}",
            modified_ns=at,
            as_of=NOW,
        )
        self.con.commit()
        return taken

    def rebuild(self) -> None:
        """Make use and balances anew."""
        rebuild_use_month(self.con)
        rebuild_use_year(self.con)
        rebuild_balance(self.con)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.con.execute(sql, list(values)).fetchall()

    def quantity(self, area: str, period: str, item: str = "coal_total", **more: Any) -> Any:
        """Tonnes of a balance; above-scale and from firms unless said."""
        keys = {
            "scope": "above_scale",
            "origin": "firms",
            "kind": "city",
            "exclusions": "",
            "column": "quantity_t",
        } | more
        found = self.rows(
            f"SELECT {keys['column']} FROM coal.balance WHERE area_kind = ? AND area_code = ? AND period = ? AND item = ?"
            " AND scope = ? AND origin = ? AND exclusions = ?",
            keys["kind"], area, period, item, keys["scope"], keys["origin"], keys["exclusions"],
        )  # fmt: skip
        assert len(found) <= 1
        return found[0][0] if found else None


@contextmanager
def kept_warehouse() -> Iterator[Kept]:
    """A warehouse of its own with all facts."""
    with closing(fresh()) as con:
        yield Kept(con)


def rules(taken: Taken, level: str | None = None) -> set[str]:
    """Rules that found something, of one level or of all."""
    return {f.rule for f in taken.validation.findings if level is None or f.level == level}
