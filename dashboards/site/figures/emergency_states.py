"""Warnings on a time line: the states each went through, one row a city."""

from datetime import datetime
from typing import Any

import pandas as pd

from dashboards.site.chart import Figure, plot_name
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, fill, short
from dashboards.site.frames import Row, records
from dashboards.site.words import Text, listed, say

_DAY_MS = 86_400_000
OVER = ("lifted", "evaluated", "expired", "cancelled", "superseded")
"""States in which nothing goes on any more."""
_LOOKS = {
    "draft": ("missing", "."),
    "approved": ("band", "/"),
    "started": ("accent", ""),
    "upgraded": ("accent", "+"),
    "downgraded": ("accent", "-"),
    "extended": ("accent", "\\"),
    "resumed": ("accent", ""),
    "suspended": ("before", "x"),
    "planned": ("paper", "/"),
    "proposed": ("paper", "."),
}
"""Colour and pattern of each state; the colours of warnings belong to badges alone."""


def segments(stages: pd.DataFrame, warnings: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """Give every stage an end: the next one, now, and after that what is planned; drafts that wait have what they propose.

    Parameters
    ----------
    stages : DataFrame
        warning_id, state, level, from_at, to_at; those of a warning in order.
    warnings : DataFrame
        warning_id, city_code, city (Text), start_at, end_at.
    now : datetime
        Stages that go on are drawn until then.

    Returns
    -------
    DataFrame
        city_code, city, warning_id, state, level, from_at, to_at.
    """
    about = {w["warning_id"]: w for w in records(warnings)}
    rows: list[Row] = []
    for stage in records(stages):
        warning = about.get(stage["warning_id"])
        if warning is None or pd.isna(stage["from_at"]):
            continue
        head = {name: warning[name] for name in ("city_code", "city", "warning_id")} | {
            "level": stage["level"]
        }
        start = pd.Timestamp(stage["from_at"])
        if stage["state"] in OVER:
            rows.append(head | {"state": stage["state"], "from_at": start, "to_at": start})
            continue
        if stage["state"] == "draft" and pd.isna(stage["to_at"]):
            if pd.notna(warning["start_at"]) and pd.notna(warning["end_at"]):
                span = {
                    "from_at": pd.Timestamp(warning["start_at"]),
                    "to_at": pd.Timestamp(warning["end_at"]),
                }
                rows.append(head | {"state": "proposed"} | span)
            continue
        ended = pd.notna(stage["to_at"])
        until = pd.Timestamp(stage["to_at"]) if ended else max(pd.Timestamp(now), start)
        if until > start:
            rows.append(head | {"state": stage["state"], "from_at": start, "to_at": until})
        if not ended and pd.notna(warning["end_at"]) and pd.Timestamp(warning["end_at"]) > until:
            rows.append(head | {"state": "planned", "from_at": until, "to_at": warning["end_at"]})
    names = ["city_code", "city", "warning_id", "state", "level", "from_at", "to_at"]
    return pd.DataFrame(rows, columns=names)


def figure(
    tidy: pd.DataFrame, order: list[Text], span: tuple[str, str], now: datetime, *, long: bool
) -> tuple[Figure, Figure]:
    """Draw the stages as bars by state, the level written at the end of each warning.

    Parameters
    ----------
    tidy : DataFrame
        As `segments` gives it.
    order : list of Text
        Cities from top to bottom.
    span : (str, str)
        First and last moment of the axis.
    now : datetime
        Marked by a line.
    long : bool
        The span is a year: months on the axis.

    Returns
    -------
    figure, figure for narrow screens
    """
    shown = records(tidy[~tidy["state"].isin(OVER)])
    data = [
        _bars([r for r in shown if r["state"] == state], state)
        for state in _LOOKS
        if any(r["state"] == state for r in shown)
    ]
    data += _ends(tidy, shown)
    names = listed([short(n, 10) for n in order])

    def made(*, phone: bool) -> Figure:
        days = max(1, -(-(pd.Timestamp(span[1]) - pd.Timestamp(span[0])).days // (5 if phone else 12)))
        ticks: dict[str, Any] = {"tickformat": "%m-%d", "tickangle": 0, "dtick": days * _DAY_MS}
        ticks["tick0"] = f"{pd.Timestamp(span[0]):%Y-%m-%d}"
        if long:
            ticks = {"tickformat": "%m-%d", "tickangle": 0, "dtick": "M3" if phone else "M1"}
        return {
            "data": data,
            "layout": {
                "height": (150 if phone else 110) + 30 * max(len(order), 1),
                "barmode": "overlay",
                "margin": {"l": 72, "t": 76 if phone else 36, "r": 48, "b": 40},
                "xaxis": axis(type="date", range=list(span), **ticks),
                "yaxis": {
                    "type": "category",
                    "categoryorder": "array",
                    "categoryarray": names,
                    "autorange": False,
                    "range": [len(order) - 0.5, -0.5],
                    "dtick": 1,
                },
                "shapes": [_now(now)],
                "showlegend": True,
            },
        }

    return made(phone=False), made(phone=True)


def _now(now: datetime) -> dict[str, Any]:
    moment = _moment(now)
    line = {"color": colour("limit"), "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": moment, "x1": moment, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _moment(value: Any) -> str:
    return f"{pd.Timestamp(value):%Y-%m-%d %H:%M}"


def _bars(rows: list[Row], state: str) -> dict[str, Any]:
    name, pattern = _LOOKS[state]
    return {
        "type": "bar",
        "orientation": "h",
        "name": say(f"warning_state.{state}"),
        "y": listed([short(r["city"], 10) for r in rows]),
        "base": [_moment(r["from_at"]) for r in rows],
        "x": [
            round((pd.Timestamp(r["to_at"]) - pd.Timestamp(r["from_at"])).total_seconds() * 1000)
            for r in rows
        ],
        "width": 0.62,
        "marker": fill(name, pattern, line="ink", ink="ink", opacity=0.35),
        "hovertext": listed([_hover(r) for r in rows]),
        "hoverinfo": "text",
    }


def _hover(row: Row) -> Text:
    return say(
        "emergency.state_hover",
        city=plot_name(row["city"]),
        level=say(f"warning_short.{row['level']}"),
        state=say(f"warning_state.{row['state']}"),
        start=_moment(row["from_at"])[5:],
        end=_moment(row["to_at"])[5:],
    )


def _ends(tidy: pd.DataFrame, shown: list[Row]) -> list[dict[str, Any]]:
    """Levels at the end of each warning, and diamonds where one was lifted."""
    last: dict[str, Row] = {}
    for row in shown:
        if row["warning_id"] not in last or row["to_at"] >= last[row["warning_id"]]["to_at"]:
            last[row["warning_id"]] = row
    made: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "text",
            "x": [_moment(r["to_at"]) for r in last.values()],
            "y": listed([short(r["city"], 10) for r in last.values()]),
            "text": listed(
                [say("emergency.state_end", level=say(f"warning_short.{r['level']}")) for r in last.values()]
            ),
            "textposition": "middle right",
            "textfont": {"size": 11},
            "cliponaxis": False,
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]
    lifted = records(tidy[tidy["state"] == "lifted"])
    if lifted:
        made.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": say("warning_state.lifted"),
                "x": [_moment(r["from_at"]) for r in lifted],
                "y": listed([short(r["city"], 10) for r in lifted]),
                "marker": {"symbol": "diamond", "size": 9, "color": colour("ink")},
                "hovertext": listed([_hover(r) for r in lifted]),
                "hoverinfo": "text",
            }
        )
    return made
