"""The baseline of some days of issue: three models, and which of them were refused and why. 会商参考 only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from pipelines.forecast import BASELINE
from pipelines.forecast.chance import EVENTS, bound, called, chance, quantiles
from pipelines.forecast.history import COLUMNS, History, read_history
from pipelines.forecast.index import set_of
from pipelines.forecast.learned import (
    LAST_WEEK,
    LEADS,
    NEEDED,
    RECENT,
    TARGETS,
    Fitted,
    features,
    fit,
    lagged,
)
from pipelines.forecast.simple import NEEDED_CLIMATOLOGY, climatology, persistence, weekday_factors

PERSISTENCE, CLIMATOLOGY, LEARNED = (f"{BASELINE}{m}" for m in ("persistence", "climatology", "learned"))
MODELS = (PERSISTENCE, CLIMATOLOGY, LEARNED)
MADE = (
    *("issued_at", "city_code", "day", "model", "pm25_ugm3", "pm10_ugm3", "so2_ugm3", "no2_ugm3", "o3_mda8_ugm3", "co_mgm3"),
    *("o3_1h_max_ugm3", "pm25_low_ugm3", "pm25_high_ugm3", "pm10_low_ugm3", "pm10_high_ugm3", "o3_low_ugm3", "o3_high_ugm3"),
    *("n_points", "method", "weighting", "sha256", "aqi_given", "aqi_low_given", "aqi_high_given"),
    *("prob_above_150", "prob_above_200", "called_150", "called_200"),
)  # fmt: skip
"""Columns of rows whose AQI is still to be judged, see ``forecast_index.sql``."""
_RANGES = {"PM2.5": "pm25", "PM10": "pm10", "O3": "o3"}
_DIGITS = {"CO": 3}
_GIVEN = ("aqi_given", "aqi_low_given", "aqi_high_given")
_AQI = "AQI "


@dataclass(frozen=True)
class Refusal:
    """A model not made for a city in a month of issue, for want of history."""

    model: str
    city_code: str
    month: str
    n_days: int
    n_days_needed: int

    @property
    def reasons(self) -> tuple[str, str]:
        """Chinese and English sentence."""
        return (
            f"历史不足：{self.month} 以前只有 {self.n_days} 天，需要 {self.n_days_needed} 天",
            f"history too short: {self.n_days} days before {self.month}, {self.n_days_needed} are needed",
        )


def month_of_issues(history: History, issues: Sequence[date]) -> tuple[pd.DataFrame, list[Refusal]]:
    """Make the baseline of days of issue of one month.

    Parameters
    ----------
    history : History
    issues : sequence of date
        Days of one calendar month. Persistence knows everything before the day of issue; what is learned, the climatology
        and the learned model, is learned from the days before the month.

    Returns
    -------
    DataFrame, list of Refusal
        Rows with the columns of `MADE`; what was refused.
    """
    cutoff = min(issues).replace(day=1)
    month = f"{cutoff:%Y-%m}"
    known = history.days(cutoff)
    frames, refused = [_of_persistence(history, issues)], []
    for model, needed, make in (
        (CLIMATOLOGY, NEEDED_CLIMATOLOGY, _of_climatology),
        (LEARNED, NEEDED, _of_learned),
    ):
        short = known < needed
        refused += [
            Refusal(model, code, month, int(n), needed)
            for code, n, few in zip(history.cities, known, short, strict=True)
            if few
        ]
        if not short.all():
            # One thread: several only get in each other's way here, and sums come out the same on every machine.
            with threadpool_limits(1):
                made = make(history, issues, cutoff)
            frames.append(
                made[~made["city_code"].isin([c for c, s in zip(history.cities, short, strict=True) if s])]
            )
    return pd.concat([f for f in frames if len(f)] or frames[:1], ignore_index=True), refused


def at_day(con: duckdb.DuckDBPyConnection, issue: date) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Make the baseline of one day of issue from a database opened for reading; nothing is kept.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    issue : date
        Nothing of this day or after it is used.

    Returns
    -------
    rows, refused : list of dict
        Rows as in ``forecast.city_day``; what was refused, as in ``forecast.not_made``.
    """
    from pipelines.forecast.store import judged

    sets = {set_of(issue), set_of(issue + timedelta(days=max(LEADS)))}
    history = read_history(con, issue, sets)
    if history is None or issue <= history.first:
        return [], []
    made, refused = month_of_issues(history, [issue])
    shown = judged(made).astype({"issued_at": "str", "day": "str"}).astype(object)
    rows = shown.where(shown.notna(), None).sort_values(["city_code", "day", "model"]).to_dict("records")
    told = [asdict(r) | dict(zip(("reason_zh", "reason_en"), r.reasons, strict=True)) for r in refused]
    return [{str(k): v for k, v in row.items()} for row in rows], told


def _of_persistence(history: History, issues: Sequence[date]) -> pd.DataFrame:
    rows = []
    for issue in issues:
        values = {p: v[None, :] for p, v in persistence(history, issue).items()}
        rows += [_rows(history, issue, lead, PERSISTENCE, values, "persistence") for lead in LEADS]
    return _frame(rows)


def _of_climatology(history: History, issues: Sequence[date], cutoff: date) -> pd.DataFrame:
    factors = {p: weekday_factors(history, p, cutoff) for p in COLUMNS}
    usual: dict[date, dict[str, np.ndarray]] = {}
    rows = []
    for issue in issues:
        for lead in LEADS:
            target = issue + timedelta(days=lead)
            if target not in usual:
                usual[target] = climatology(history, target, cutoff, factors)
            method = f"day_of_year±15, weekday; before {cutoff}"
            rows.append(_rows(history, issue, lead, CLIMATOLOGY, usual[target], method))
    return _frame(rows)


def _of_learned(history: History, issues: Sequence[date], cutoff: date) -> pd.DataFrame:
    at = np.array([history.row(i) for i in issues])
    targets = {p: history.values[p] for p in TARGETS} | {_AQI + s: v for s, v in history.aqi.items()}
    found: dict[tuple[str, int], np.ndarray] = {}
    events: dict[tuple[str, int], dict[str, np.ndarray]] = {}
    for name, target in targets.items():
        base = lagged(history, target)
        for lead in LEADS:
            made = features(history, base, lead)
            fitted = fit(history, target, made, lead, cutoff)
            if fitted is None:
                found[name, lead] = np.full((3, len(issues), len(history.cities)), np.nan)
                continue
            # Nothing is said of a city of whose last week nothing is known.
            rows = made[at]
            middle = np.where(
                np.isfinite(rows[..., LAST_WEEK]),
                fitted.middle(rows.reshape(-1, rows.shape[-1])).reshape(rows.shape[:2]),
                np.nan,
            )
            found[name, lead] = quantiles(fitted, middle.reshape(-1)).reshape(3, *middle.shape)
            if name.startswith(_AQI):
                events[name, lead] = _events(fitted, middle)
    others = {
        p: np.stack([_recent(history.values[p], row) for row in at]) for p in COLUMNS if p not in TARGETS
    }
    method, rows = f"ridge_log; before {cutoff}", []
    for n, issue in enumerate(issues):
        for lead in LEADS:
            values = {p: found[p, lead][:, n] for p in TARGETS} | {
                p: v[n][None, :] for p, v in others.items()
            }
            row = _rows(history, issue, lead, LEARNED, values, method)
            key = (_AQI + set_of(issue + timedelta(days=lead)), lead)
            if key in found:
                row |= dict(zip(_GIVEN, np.ceil(found[key][[1, 0, 2], n]), strict=True))
            if key in events:
                row |= {column: v[n] for column, v in events[key].items()}
            rows.append(row)
    return _frame(rows)


def _events(fitted: Fitted, middle: np.ndarray) -> dict[str, np.ndarray]:
    """Chance of heavy days and whether they are called, by column, (n_issues, n_cities) each."""
    made = {}
    for threshold in EVENTS:
        likely = np.where(np.isfinite(middle), chance(fitted, middle, threshold), np.nan)
        made[f"prob_above_{threshold}"] = likely
        made[f"called_{threshold}"] = called(likely, bound(fitted, threshold))
    return made


def _recent(values: np.ndarray, row: int) -> np.ndarray:
    """Mean of the last week, which stands for the pollutants that hardly ever lead."""
    last = values[max(row - RECENT, 0) : row]
    known = np.isfinite(last)
    total = np.where(known, last, 0.0).sum(axis=0)
    return np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan)


def _rows(
    history: History, issue: date, lead: int, model: str, values: dict[str, np.ndarray], method: str
) -> dict[str, Any]:
    """Columns of the cities of one issue and lead time; of three quantiles the middle one is the value."""
    n = len(history.cities)
    row: dict[str, Any] = {
        "issued_at": [datetime.combine(issue, time())] * n,
        "city_code": history.cities,
        "day": [issue + timedelta(days=lead)] * n,
        "model": [model] * n,
        "method": [method] * n,
    }
    for pollutant, column in COLUMNS.items():
        given = np.round(values[pollutant], _DIGITS.get(pollutant, 1))
        row[column] = given[len(given) // 2]
        if pollutant in _RANGES and len(given) == 3:
            row[f"{_RANGES[pollutant]}_low_ugm3"], row[f"{_RANGES[pollutant]}_high_ugm3"] = given[0], given[2]
    return row


def _frame(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Put columns below each other; rows without PM2.5 are no forecast."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    nothing = np.full(len(rows[0]["city_code"]), np.nan)
    made = {name: np.concatenate([np.asarray(r.get(name, nothing)) for r in rows]) for name in names}
    frame = pd.DataFrame(made).reindex(columns=list(MADE))
    frame["day"] = pd.to_datetime(frame["day"])
    return frame[frame["pm25_ugm3"].notna()]
