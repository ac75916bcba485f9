"""Blocks of 24 hours that a level was drafted from, drawn against the indices that decide it."""

from typing import Any

import pandas as pd

from dashboards.site.chart import Figure
from dashboards.site.colours import colour
from dashboards.site.figures.parts import axis, days_axis, fill, level_of, limit_line, number
from dashboards.site.frames import Row, records, with_columns
from dashboards.site.words import Text, listed, say

LIMITS = (150, 200, 300)
"""Indices of the conditions of the levels."""
_PATTERNS = {"counted": "", "merged": "/", "below": "", "excluded": "x", "missing": ""}
"""Pattern of a bar by what became of its block, the second cue beside the words over it."""


def figure(blocks: pd.DataFrame) -> tuple[Figure, Figure, pd.DataFrame]:
    """Draw a bar a block in the colour of its level, its range, and in words whether it counts.

    Parameters
    ----------
    blocks : DataFrame
        start_at, end_at, status, reason, index_low, index_high, index_if_counted, in_process, …

    Returns
    -------
    figure, figure for narrow screens, tidy data
    """
    shown = [r["index_high"] if pd.notna(r["index_high"]) else r["index_if_counted"] for r in records(blocks)]
    values = pd.Series(shown, index=blocks.index, dtype="Float64")
    tidy = with_columns(blocks, shown=values, level=[level_of(v) for v in values])
    return _figure(tidy, phone=False), _figure(tidy, phone=True), tidy


def _figure(tidy: pd.DataFrame, *, phone: bool) -> Figure:
    rows = records(tidy)
    top = max([float(r["shown"]) for r in rows if pd.notna(r["shown"])] + [310.0]) * 1.24
    order = [_place(r, phone=phone) for r in rows]
    data = []
    for status in _PATTERNS:
        own = [r for r in rows if r["status"] == status]
        # Bars with a pattern need one colour each: a trace for every level, named once.
        for n, level in enumerate(dict.fromkeys(int(r["level"]) for r in own)):
            of_level = [r for r in own if r["level"] == level]
            data.append(_bars(of_level, status, level, phone=phone) | {"showlegend": n == 0})
    return {
        "data": data,
        "layout": {
            "height": 380 if phone else 400,
            "barmode": "overlay",
            "margin": {"t": 84 if phone else 40, "b": 56, "r": 44},
            "xaxis": days_axis(order, phone=phone),
            "yaxis": axis(say("emergency.axis_index"), range=[0, top]),
            "shapes": [*(limit_line(v) for v in LIMITS), *_spans(rows, top)],
            "annotations": [
                *(_limit(v) for v in LIMITS),
                *_episodes(rows, top, phone=phone),
                *(_label(r, phone=phone) for r in rows),
            ],
            "showlegend": True,
        },
    }


def _place(row: Row, *, phone: bool) -> str:
    """Where a block stands: its first day, and the hour it starts at unless that is midnight."""
    start = pd.Timestamp(row["start_at"])
    hour = f"{start:%H:%M}" if start.hour else ""
    return f"{start:%m-%d}" + (f" {hour}" if hour and phone else f"<br>{hour}" if hour else "")


def _bars(rows: list[Row], status: str, level: int, *, phone: bool) -> dict[str, Any]:
    hollow = status in ("excluded", "missing")
    heights = [0.0 if pd.isna(r["shown"]) else float(r["shown"]) for r in rows]
    ranges = [
        0.0
        if pd.isna(r["index_low"]) or pd.isna(r["index_high"])
        else float(r["index_high"] - r["index_low"])
        for r in rows
    ]
    return {
        "type": "bar",
        "name": say(f"block_status.{status}"),
        "legendgroup": status,
        "x": [_place(r, phone=phone) for r in rows],
        "y": heights,
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [0.0] * len(rows),
            "arrayminus": ranges,
            "color": colour("ink" if hollow else f"on{level}"),
            "thickness": 1.5,
            "visible": any(ranges),
        },
        "marker": fill(
            "paper" if hollow else f"aqi{level}",
            _PATTERNS[status],
            line="edge",
            ink="muted" if hollow else "ink",
            opacity=0.45,
            size_px=8,
        ),
        "hovertext": listed([_hover(r) for r in rows]),
        "hoverinfo": "text",
    }


def _label(row: Row, *, phone: bool) -> dict[str, Any]:
    """What stands over a block, on paper of its own where a limit runs through it."""
    value = number(row["shown"])
    return {
        "x": _place(row, phone=phone),
        "y": 0.0 if pd.isna(row["shown"]) else float(row["shown"]),
        "yanchor": "bottom",
        "yshift": 2,
        "text": say("emergency.block_label", value=value, mark=_mark(row)),
        "showarrow": False,
        "borderpad": 1,
        "bgcolor": colour("paper"),
        "font": {"size": 9 if phone else 12, "color": colour("ink")},
    }


def _mark(row: Row) -> Text:
    reason = str(row["reason"] or "")
    if row["status"] == "excluded" and reason:
        return say("emergency.excluded_for", reason=say(f"block_reason_short.{reason}"))
    return say(f"block_mark.{row['status']}")


def _hover(row: Row) -> Text:
    return say(
        "emergency.block_hover",
        start=f"{pd.Timestamp(row['start_at']):%m-%d %H:%M}",
        end=f"{pd.Timestamp(row['end_at']):%m-%d %H:%M}",
        low=number(row["index_low"]),
        high=number(row["index_high"]),
        mark=_mark(row),
    )


def _limit(value: int) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "y": value,
        "yanchor": "middle",
        "text": f"&gt;{value}",
        "showarrow": False,
        "font": {"size": 11, "color": colour("limit")},
    }


def _runs(rows: list[Row]) -> list[tuple[int, int]]:
    """First block and the block after the last of each episode."""
    found: list[tuple[int, int]] = []
    for n, row in enumerate(rows):
        if not bool(row["in_process"]):
            continue
        if found and found[-1][1] == n:
            found[-1] = (found[-1][0], n + 1)
        else:
            found.append((n, n + 1))
    return found


def _spans(rows: list[Row], top: float) -> list[dict[str, Any]]:
    """A line over the blocks of each episode, with its ends turned down."""
    high, low = top * 0.94, top * 0.9
    ink = {"color": colour("ink"), "width": 2}
    shapes = []
    for start, end in _runs(rows):
        left, right = start - 0.42, end - 1 + 0.42
        for x0, y0, x1, y1 in (
            (left, high, right, high),
            (left, low, left, high),
            (right, low, right, high),
        ):
            shapes.append({"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": ink})
    return shapes


def _episodes(rows: list[Row], top: float, *, phone: bool) -> list[dict[str, Any]]:
    return [
        {
            "x": (start + end - 1) / 2,
            "y": top * 0.94,
            "yanchor": "bottom",
            "text": say("emergency.episode", hours=24 * (end - start)),
            "showarrow": False,
            "font": {"size": 10 if phone else 12},
        }
        for start, end in _runs(rows)
    ]
