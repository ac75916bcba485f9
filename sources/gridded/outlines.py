"""Outlines of cities as the user gives them: one GeoJSON of features, or a folder with one geometry per city code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from sources.gridded.model import GridError

CODES = ("city_code", "adcode", "code")
"""Properties of a feature in which its city code is looked for."""
MAX_BYTES = 64 * 2**20
MAX_POINTS = 5_000_000
_LONGEST_EDGE = 0.1
"""Edges are cut at this length, so that they stay where they are in another projection [degrees]."""
_DATUMS = ("CRS84", "4326", "4490")


@dataclass(frozen=True)
class Outlines:
    """Shapes of cities in the cylindrical equal-area projection.

    Attributes
    ----------
    shapes : mapping of str to geometry
        By city code: x is the longitude [degrees], y the sine of the latitude, so that areas are those on the sphere.
    mark : str
        Fingerprint of what was read.
    """

    shapes: Mapping[str, shapely.Geometry] = field(default_factory=dict)
    mark: str = ""


def read_outlines(path: Path) -> Outlines:
    """Read outlines.

    Parameters
    ----------
    path : Path
        A GeoJSON file whose features have the property ``city_code`` or ``adcode``; or a folder of files named by the
        code, such as ``610100.geojson``, each a feature or a bare geometry. Longitude and latitude in degrees; polygons
        and multipolygons, holes included. A shape that crosses itself is taken as what it encloses.

    Raises
    ------
    GridError
        Something of it cannot be used; file and place are named.
    """
    files = sorted(path.glob("*.geojson")) if path.is_dir() else [path]
    if not files:
        raise _wrong(path.name, "没有 .geojson 文件 no .geojson file in the folder")
    digest = hashlib.sha256()
    parts: dict[str, list[shapely.Geometry]] = {}
    for file in files:
        data = _bytes(file)
        digest.update(file.name.encode() + b"\0" + data + b"\0")
        for code, shape in _shapes(file, data):
            parts.setdefault(code, []).append(shape)
    if not parts:
        raise _wrong(
            path.name, f"没有带 {CODES[0]} 或 {CODES[1]} 的面 no polygon with {' or '.join(CODES[:2])}"
        )
    shapes = {code: shapely.union_all(given) for code, given in sorted(parts.items())}
    return Outlines(shapes, digest.hexdigest()[:32])


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise _wrong(file.name, f"> {MAX_BYTES // 2**20} MB")
        return file.read_bytes()
    except OSError as error:
        raise _wrong(file.name, error.strerror or type(error).__name__) from None


def _wrong(file: str, what: object) -> GridError:
    return GridError("outlines_unusable", item=file, text=what)


def _shapes(file: Path, data: bytes) -> Iterator[tuple[str, shapely.Geometry]]:
    try:
        given = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _wrong(file.name, f"不是 JSON not JSON: {str(error)[:80]}") from None
    if not isinstance(given, dict):
        raise _wrong(file.name, "应为 expected FeatureCollection, Feature, Polygon, MultiPolygon")
    datum = (
        str(((given.get("crs") or {}).get("properties") or {}).get("name", _DATUMS[0]))
        if _is_crs(given)
        else "?"
    )
    if not datum.endswith(_DATUMS):
        raise _wrong(file.name, f"crs {datum[:40]}: 应为经纬度 expected degrees, WGS 84 or CGCS2000")
    own = file.stem if file.stem.isdigit() else None
    features = given.get("features") if given.get("type") == "FeatureCollection" else [given]
    if not isinstance(features, list):
        raise _wrong(file.name, "features")
    for number, feature in enumerate(features, 1):
        yield from _shape(file.name, number, feature, own)


def _is_crs(given: dict[str, Any]) -> bool:
    crs = given.get("crs")
    return crs is None or (isinstance(crs, dict) and isinstance(crs.get("properties") or {}, dict))


def _shape(file: str, number: int, feature: Any, own: str | None) -> Iterator[tuple[str, shapely.Geometry]]:
    """Code and shape of a feature; points and lines, and features without code beside others, say nothing."""
    where = f"{file} #{number}"
    if not isinstance(feature, dict):
        raise _wrong(where, type(feature).__name__)
    geometry: Any = feature
    properties: Any = {}
    if feature.get("type") == "Feature":
        geometry, properties = feature.get("geometry") or {}, feature.get("properties") or {}
    if not isinstance(geometry, dict) or not isinstance(properties, dict):
        raise _wrong(where, "geometry, properties")
    code = next((str(properties[name]).strip() for name in CODES if properties.get(name)), own)
    kind = geometry.get("type")
    if code is None or kind not in ("Polygon", "MultiPolygon"):
        return
    polygons = geometry.get("coordinates")
    polygons = [polygons] if kind == "Polygon" else polygons
    if not isinstance(polygons, list) or not polygons:
        raise _wrong(where, f"{code}: coordinates")
    yield code, shapely.union_all([_polygon(f"{where} {code}", rings) for rings in polygons])


def _polygon(where: str, rings: Any) -> shapely.Geometry:
    if not isinstance(rings, list) or not rings:
        raise _wrong(where, "coordinates")
    outer, *holes = [_ring(where, ring) for ring in rings]
    try:
        shape = shapely.segmentize(shapely.Polygon(outer, holes), _LONGEST_EDGE)
        shape = shapely.transform(shape, lambda p: np.column_stack([p[:, 0], np.sin(np.radians(p[:, 1]))]))
        if not shapely.is_valid(shape):
            shape = shapely.make_valid(shape, method="structure")
    except (shapely.errors.GEOSException, ValueError) as error:
        raise _wrong(where, str(error)[:80]) from None
    if not shapely.area(shape) > 0:
        raise _wrong(where, "面积为零 no area")
    return shape


def _ring(where: str, ring: Any) -> np.ndarray:
    try:
        points = np.array([point[:2] for point in ring], dtype=np.float64)
    except (TypeError, ValueError):
        raise _wrong(where, "coordinates") from None
    if points.ndim != 2 or points.shape[1] != 2 or not 4 <= len(points) <= MAX_POINTS:
        raise _wrong(where, f"环须至少四点 a ring needs four points or more: {points.shape}")
    bad = ~(np.isfinite(points).all(axis=1) & (np.abs(points[:, 0]) <= 180) & (np.abs(points[:, 1]) <= 90))
    if bad.any():
        at = points[int(np.flatnonzero(bad)[0])]
        raise _wrong(where, f"({at[0]:g}, {at[1]:g}) 不是经纬度 is no longitude and latitude")
    if not np.array_equal(points[0], points[-1]):
        points = np.vstack([points, points[:1]])
    return points
