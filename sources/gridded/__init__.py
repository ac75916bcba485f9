"""Gridded forecasts: NetCDF of CAMS in both layouts and of WRF-CMAQ-like models after the CF conventions.

Bytes to hourly values at points, in the units and the state of the standard. Knows no database.
"""

from sources.gridded.model import GridError, GridForecast, Issue, Note, Points
from sources.gridded.opening import looks_like_grid
from sources.gridded.reading import read

__all__ = ["GridError", "GridForecast", "Issue", "Note", "Points", "looks_like_grid", "read"]
