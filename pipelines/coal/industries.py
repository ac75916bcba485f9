"""行业增减贡献 | which industries make the change of coal use, without telling of a single firm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import duckdb
import pandas as pd

from warehouse.store import model_sql, rows_of

FEW = 3
"""Firms below which a sum would tell one of them what another used."""
OTHER, UNKNOWN = "~other", "~none"


@dataclass
class Industry:
    """A sum over firms of one industry; firms belong to one industry each."""

    industry: str
    n_firms: int
    n_now: int
    n_then: int
    now_t: Decimal
    then_t: Decimal

    @property
    def tells(self) -> bool:
        """One of its sums would tell of single firms."""
        return 0 < self.n_now < FEW or 0 < self.n_then < FEW

    def add(self, other: Industry) -> None:
        """Take another sum in."""
        for name in ("n_firms", "n_now", "n_then", "now_t", "then_t"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def folded(industries: Sequence[Industry]) -> list[Industry]:
    """Put industries of fewer than three firms together, with the smallest of the others where that is not enough.

    Parameters
    ----------
    industries : sequence of Industry
        All of a city and period, the largest change first.

    Returns
    -------
    list of Industry
        Those that may be told, what was put together last; nothing where all of them together would tell of a firm.
    """
    kept = [i for i in industries if not i.tells and i.industry != UNKNOWN]
    few = [i for i in industries if i.tells or i.industry == UNKNOWN]
    if not few:
        return kept
    rest = Industry(OTHER, 0, 0, 0, Decimal(0), Decimal(0))
    for industry in few:
        rest.add(industry)
    while rest.tells and kept:
        rest.add(kept.pop())
    return [] if rest.tells else [*kept, rest]


def rebuild_industries(con: duckdb.DuckDBPyConnection) -> None:
    """Replace ``coal.contribution_industry`` from the temporary ``panel_firm``; the caller owns the transaction.

    Cities are told first; provinces and regions add up what their cities tell, so that no difference of two areas
    tells more than the cities do.
    """
    con.execute("DELETE FROM coal.contribution_industry")
    found = rows_of(con, model_sql("coal_industry"))
    told = []
    for (city, month), rows in groupby(found, key=lambda r: (r["city_code"], r["month_first"])):
        sums = [
            Industry(**{k: v for k, v in row.items() if k not in ("city_code", "month_first")})
            for row in rows
        ]
        told += [{"city_code": city, "month_first": month} | vars(i) for i in folded(sums)]
    if told:
        con.register("told_industry", pd.DataFrame(told))
        con.execute(
            f"INSERT INTO coal.contribution_industry BY NAME {model_sql('coal_contribution_industry')}"
        )
        con.unregister("told_industry")
