"""The last days of a city and its forecast with the range given."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, days_axis, floats, level_of, number
from dashboards.site.frames import records, with_columns
from dashboards.site.words import listed, say


def figure(days: pd.DataFrame, forecast: pd.DataFrame) -> tuple[Figure, Figure, pd.DataFrame]:
    """Draw the AQI of days as bars and its forecast as marks with ranges.

    Parameters
    ----------
    days : DataFrame
        One row a day: day, aqi, primary_pollutants.
    forecast : DataFrame
        One row a day: day, model, issued_at, aqi, aqi_low, aqi_high, primary_pollutants.

    Returns
    -------
    figure, figure for narrow screens, tidy data
    """
    seen = with_columns(days, kind="observed", aqi_low=None, aqi_high=None, model=None, issued_at=None)
    told = with_columns(forecast, kind="forecast")
    names = ["day", "kind", "aqi", "aqi_low", "aqi_high", "primary_pollutants", "model", "issued_at"]
    parts = [f[names].astype(object) for f in (seen, told) if len(f)]
    tidy = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=names)
    tidy = with_columns(tidy, level=[level_of(a) for a in tidy["aqi"]])
    return _figure(tidy, phone=False), _figure(tidy, phone=True), tidy


def _figure(tidy: pd.DataFrame, *, phone: bool) -> Figure:
    rows = records(tidy)
    seen = [r for r in rows if r["kind"] == "observed"]
    told = [r for r in rows if r["kind"] == "forecast"]
    highs: list[Any] = [r["aqi_high"] if pd.notna(r["aqi_high"]) else r["aqi"] for r in rows]
    top = max((float(h) for h in highs if pd.notna(h)), default=100.0)
    data = [_bars(seen, phone=phone)] + (
        [_marks(told, phone=phone), _labels(told, phone=phone)] if told else []
    )
    days = list(dict.fromkeys(_day(r) for r in rows))
    return {
        "data": data,
        "layout": {
            "height": 300 if phone else 360,
            "margin": {"t": 28, "b": 56 if phone else 40},
            "xaxis": days_axis(days, phone=phone),
            "yaxis": axis(say("axis.aqi"), rangemode="tozero", range=[0, max(120.0, top * 1.15)]),
            "showlegend": True,
        },
    }


def _day(row: dict[str, Any]) -> str:
    return f"{pd.Timestamp(row['day']):%m-%d}"


def _bars(rows: list[dict[str, Any]], *, phone: bool) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": say("recent.observed"),
        "x": [_day(r) for r in rows],
        "y": floats(r["aqi"] for r in rows),
        "text": listed([_label(r, phone=phone) for r in rows]),
        "textposition": "outside",
        "textfont": {"size": 9 if phone else 12, "color": colour("ink")},
        "cliponaxis": False,
        "marker": {
            "color": colour([f"aqi{r['level']}" for r in rows]),
            "line": {"color": colour("edge"), "width": 1},
        },
        "hovertemplate": "%{x} AQI %{y}<extra></extra>",
    }


def _label(row: dict[str, Any], *, phone: bool) -> dict[str, str]:
    if pd.isna(row["aqi"]):
        return {"zh": "", "en": ""}
    aqi = number(row["aqi"])
    return {"zh": aqi, "en": aqi} if phone else say("recent.label", aqi=aqi, level=row["level"])


def _marks(rows: list[dict[str, Any]], *, phone: bool) -> dict[str, Any]:
    def gap(row: dict[str, Any], end: str) -> float:
        return 0.0 if pd.isna(row[end]) or pd.isna(row["aqi"]) else abs(float(row[end]) - float(row["aqi"]))

    return {
        "type": "scatter",
        "mode": "markers",
        "name": say("recent.forecast"),
        "x": [_day(r) for r in rows],
        "y": floats(r["aqi"] for r in rows),
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [gap(r, "aqi_high") for r in rows],
            "arrayminus": [gap(r, "aqi_low") for r in rows],
            "color": colour("ink"),
            "thickness": 1.5,
        },
        "marker": {
            "symbol": "diamond",
            "size": 9 if phone else 12,
            "color": colour([f"aqi{r['level']}" for r in rows]),
            "line": {"color": colour("ink"), "width": 1.5},
        },
        "hovertemplate": "%{x} AQI %{y}<extra></extra>",
    }


def _labels(rows: list[dict[str, Any]], *, phone: bool) -> dict[str, Any]:
    """Texts of the forecast, above its range."""
    ends = [r["aqi_high"] if pd.notna(r["aqi_high"]) else r["aqi"] for r in rows]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [_day(r) for r in rows],
        "y": floats(ends),
        "text": listed([_label(r, phone=phone) for r in rows]),
        "textposition": "top center",
        "textfont": {"size": 9 if phone else 12},
        "hoverinfo": "skip",
        "showlegend": False,
    }
