"""Hourly files of the national stations: found safely, read line by line, laid into one cube."""

from sources.station_files.cube import StationRead, merge, read, variable_name
from sources.station_files.find import FileRef, Refusal, find
from sources.station_files.header import looks_like_station_file
from sources.station_files.model import (
    ALL_TYPES,
    HOUR_TYPES,
    MISSING,
    TENTHS_TYPES,
    FileHours,
    StationFileError,
    UnreadableFile,
)
from sources.station_files.parse import parse

__all__ = [
    "ALL_TYPES",
    "HOUR_TYPES",
    "MISSING",
    "TENTHS_TYPES",
    "FileHours",
    "FileRef",
    "Refusal",
    "StationFileError",
    "StationRead",
    "UnreadableFile",
    "find",
    "looks_like_station_file",
    "merge",
    "parse",
    "read",
    "variable_name",
]
