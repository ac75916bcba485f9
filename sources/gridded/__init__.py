"""Gridded forecasts: NetCDF of CAMS in both layouts, of models after the CF conventions, of CMAQ in the layout of IOAPI.

Bytes to hourly values at points or over cities, in the units and the state of the standard. Knows no database.
"""

from sources.gridded.model import GridError, GridForecast, Issue, Note, Points
from sources.gridded.opening import looks_like_grid
from sources.gridded.outlines import Outlines, read_outlines
from sources.gridded.reading import read

__all__ = [
    "GridError",
    "GridForecast",
    "Issue",
    "Note",
    "Outlines",
    "Points",
    "looks_like_grid",
    "read",
    "read_outlines",
]
