"""Rows of forecasts into the warehouse: judged by the standard of their day, in order."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from pipelines.forecast.baseline import MADE
from pipelines.forecast.history import COLUMNS
from pipelines.forecast.index import iaqi, judge, set_of

_TEXT = ("city_code", "model", "method", "weighting", "sha256")
_YES = ("called_150", "called_200")
_SHORT = (
    *("aqi", "aqi_low", "aqi_high", "aqi_of_available", "iaqi_pm25", "iaqi_pm25_low", "iaqi_pm25_high"),
    "n_points",
)
_NOT_KEPT = ("pm10_low_ugm3", "pm10_high_ugm3", "o3_low_ugm3", "o3_high_ugm3", "aqi_given", "aqi_low_given", "aqi_high_given")  # fmt: skip


def put(con: duckdb.DuckDBPyConnection, frame: pd.DataFrame) -> int:
    """Judge forecast city days and keep them; the caller owns the transaction.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    frame : DataFrame
        Columns of `MADE`; rows of the same issue, city, day and model must be gone before.

    Returns
    -------
    int
        Rows kept.
    """
    if frame.empty:
        return 0
    con.register("forecast_judged", judged(frame))
    con.execute(
        "INSERT INTO forecast.city_day BY NAME"
        " SELECT * FROM forecast_judged ORDER BY issued_at, model, city_code, day"
    )
    con.unregister("forecast_judged")
    return len(frame)


def judged(frame: pd.DataFrame) -> pd.DataFrame:
    """Add AQI, primary pollutants, range and standard set to forecast city days.

    Parameters
    ----------
    frame : DataFrame
        Columns of `MADE`. ``aqi_given`` is of a model that learned the AQI itself; it is never below the IAQI of the
        model's PM2.5. Without it the range is that of the pollutants with quantiles.

    Returns
    -------
    DataFrame
        Columns of ``forecast.city_day``.
    """
    rows = _typed(frame)
    sets = rows["day"].map({d: set_of(d.date()) for d in rows["day"].unique()})
    parts = [_of_set(own.copy(), str(name)) for name, own in rows.groupby(sets, sort=True)]
    made = pd.concat(parts).sort_index().drop(columns=list(_NOT_KEPT))
    return made.astype(
        dict.fromkeys(_SHORT, "Int16") | dict.fromkeys(_YES, "boolean") | {"primary_pollutants": "str"}
    )


def _of_set(rows: pd.DataFrame, standard_set: str) -> pd.DataFrame:
    values = {p: rows[c].to_numpy() for p, c in COLUMNS.items()}
    index = judge(values, rows["o3_1h_max_ugm3"].to_numpy(), standard_set)
    given = rows["aqi_given"].to_numpy()
    own = np.minimum(np.fmax(given, index.iaqi[0]), 500)
    rows["aqi"] = np.where(np.isfinite(given), own, index.published)
    rows["aqi_of_available"] = np.where(np.isfinite(given), own, index.available)
    rows["primary_pollutants"] = index.primary
    for end in ("low", "high"):
        ranged = {
            p: rows[f"{p.replace('.', '').lower()}_{end}_ugm3"].to_numpy() for p in ("PM2.5", "PM10", "O3")
        }
        bound, said = judge(ranged, None, standard_set), rows[f"aqi_{end}_given"].to_numpy()
        rows[f"iaqi_pm25_{end}"] = bound.iaqi[0]
        rows[f"aqi_{end}"] = np.where(np.isfinite(said), np.clip(said, 0, 500), bound.available)
    low, high, own = (rows[c].to_numpy(float) for c in ("aqi_low", "aqi_high", "aqi_of_available"))
    rows["aqi_low"] = np.where(np.isfinite(low), np.fmin(low, own), np.nan)
    rows["aqi_high"] = np.where(np.isfinite(high), np.fmax(high, own), np.nan)
    rows["iaqi_pm25"] = iaqi("PM2.5_24h", "PM2.5", values["PM2.5"], standard_set)
    return rows.assign(standard_set=standard_set)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give every column its type, empty ones too."""
    numbers = [
        c for c in MADE if c.endswith(("_ugm3", "_mgm3", "_given")) or c.startswith(("prob_", "called_"))
    ]
    made = frame.reindex(columns=list(MADE)).reset_index(drop=True)
    made = made.astype(dict.fromkeys(numbers, "float64") | dict.fromkeys(_TEXT, "str"))
    return made.astype({"issued_at": "datetime64[s]", "day": "datetime64[s]"})
