"""Colours by name, for two themes and two palettes, and what turns a figure with names into one that can be drawn."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from dashboards.mail.model import aqi_colours
from warehouse import standards
from warehouse.standards.warning_words import BADGES

PALETTES = ("official", "cividis")
THEMES = ("light", "dark")
LEVELS = range(1, 7)
_FILE = Path(__file__).parent / "palette.csv"


def colour(name: str | list[str]) -> dict[str, str | list[str]]:
    """Name a colour in a figure; the page puts in the colour of its theme and palette."""
    return {"c": name}


@cache
def colours(palette: str, theme: str) -> dict[str, str]:
    """Colours by name.

    ``aqi1``…``aqi6`` are those of the levels, ``on1``…``on6`` what can be read on them; ``warn_yellow`` and so on with
    ``on_warn_yellow`` belong to badges of warnings and are not those of the AQI.
    """
    found: dict[str, str] = {}
    with _FILE.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["palette"] in ("base", palette):
                found[row["name"]] = row[theme]
    if palette == "official":
        found |= {f"aqi{level}": aqi_colours()[level][0] for level in LEVELS}
    found |= {f"on{level}": readable_on(found[f"aqi{level}"]) for level in LEVELS}
    found |= {"aqi0": found["missing"], "on0": found["ink"]}
    for level, (_, _, fill, ink) in BADGES.items():
        found |= {f"warn_{level}": fill, f"on_warn_{level}": ink}
    return found


@cache
def level_tops() -> tuple[float, ...]:
    """Highest AQI of each level but the last, which is open."""
    frame = standards.load("aqi_level")
    return tuple(sorted(set(frame.loc[frame["level"] < LEVELS[-1], "aqi_high"].astype(float))))


def luminance(hex_colour: str) -> float:
    """Relative luminance of a colour, 0–1 (WCAG 2)."""
    parts = [int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1–21 (WCAG 2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_on(hex_colour: str) -> str:
    """Black or white, whichever is read more easily on a colour."""
    return max(("#000000", "#FFFFFF"), key=lambda ink: contrast(hex_colour, ink))


def template() -> dict[str, Any]:
    """What all figures share, as a Plotly template with named colours."""
    axis = {
        "gridcolor": colour("grid"),
        "linecolor": colour("muted"),
        "zerolinecolor": colour("muted"),
        "tickcolor": colour("muted"),
        "automargin": True,
        "fixedrange": True,
        "title": {"standoff": 8},
    }
    return {
        "layout": {
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {
                "family": "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',system-ui,sans-serif",
                "size": 13,
                "color": colour("ink"),
            },
            "margin": {"l": 48, "r": 16, "t": 16, "b": 40},
            "xaxis": axis,
            "yaxis": axis,
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
            "hoverlabel": {"bgcolor": colour("paper"), "font": {"color": colour("ink")}},
            "dragmode": False,
            "hovermode": "closest",
        }
    }


def resolve(value: Any, lang: str = "zh", palette: str = "official", theme: str = "light") -> Any:
    """Give a figure as Plotly takes it: texts in one language, colours by value; the page does the same."""
    if isinstance(value, dict):
        if value.keys() == {"zh", "en"}:
            return value[lang]
        if value.keys() == {"c"}:
            known = colours(palette, theme)
            name = value["c"]
            return [known[n] for n in name] if isinstance(name, list) else known[name]
        return {k: resolve(v, lang, palette, theme) for k, v in value.items()}
    if isinstance(value, list):
        return [resolve(v, lang, palette, theme) for v in value]
    return value


def level_scale() -> list[list[Any]]:
    """Colour scale of the levels for a heat map with ``zmin=-0.5, zmax=6.5``; 0 is a missing value."""
    return [[edge / 7, colour(f"aqi{level}")] for level in range(7) for edge in (level, level + 1)]


def sequential() -> list[list[Any]]:
    """Colour scale of an amount, from little to much; even steps in lightness, so it is read without colour too."""
    return [[step / 4, colour(f"scale{step}")] for step in range(5)]
