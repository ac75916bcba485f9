"""Build the page from one published database."""

import os
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from dashboards.site.assemble import site_files
from dashboards.site.frames import records
from dashboards.site.read import read
from dashboards.site.reuse import Keeper
from dashboards.site.view import Source, View
from dashboards.site.views import VIEWS
from dashboards.site.words import say
from warehouse.store import open_read_only

COARSE = 0.01
"""Outlines are drawn this coarsely; finer detail is not seen on the map [°]."""


@dataclass(frozen=True)
class SiteSummary:
    """What a build did.

    Attributes
    ----------
    folder : Path
    views : tuple of str
        Views the page lists.
    n_files, n_written, n_removed : int
        Files of the page; those whose content changed; those of an earlier build that are gone.
    n_bytes : int
        Size of the page [bytes].
    n_charts : int
    n_taken : int
        Data files taken over from an earlier page, since nothing they are made from has changed.
    """

    folder: Path
    views: tuple[str, ...]
    n_files: int
    n_written: int
    n_removed: int
    n_bytes: int
    n_charts: int
    n_taken: int


def build_site(
    db_path: Path,
    folder: Path,
    as_of: datetime | None = None,
    *,
    outlines: Path | None = None,
    previous: Path | None = None,
    lower: Path | None = None,
    views: tuple[View, ...] = VIEWS,
) -> SiteSummary:
    """Build the page into a folder; the same database and time give the same bytes.

    Parameters
    ----------
    db_path : Path
        Published database; only what it holds is shown, tables of higher classes may be absent.
    folder : Path
        Files with the same content are left as they are, files of an earlier build that are no longer made go.
    as_of : datetime, optional
        What the page takes as now, Beijing time; without it the last hour of the data.
    outlines : Path, optional
        GeoJSON file or folder with outlines of cities in place of the schematic ones, see
        `sources.gridded.outlines.read_outlines`.
    previous : Path, optional
        An earlier page: data whose inputs are the same are taken from there, and files that are the same are linked
        to instead of written. Without it, what lies in the folder itself is used so.
    lower : Path, optional
        The page of a lower class made of the same data, used in the same way after `previous`.
    views : tuple of View
        Views to build.

    Raises
    ------
    GridError
        The outlines cannot be used.
    """
    given = outline_rings(outlines) if outlines else {}
    folder.mkdir(parents=True, exist_ok=True)
    names: set[str] = set()
    written = size = charts = 0
    with closing(open_read_only(db_path)) as con:
        known: dict[str, Any] = {str(row["key"]): row["value"] for row in records(read(con, "about"))}
        moment = as_of or _data_until(known) or datetime(2013, 1, 1)
        source = Source(con, moment.replace(tzinfo=None), known.get("simulated") == "true", given)
        earlier = (previous or folder, *((lower,) if lower else ()))
        keeper = Keeper(earlier)
        for name, content, n in site_files(source, list(views), _about(known, source), keeper):
            names.add(name)
            written += _write(folder / name, content, [one / name for one in earlier])
            size += len(content)
            charts += n
    pages = tuple(sorted(n.removesuffix(".html") for n in names if n.endswith(".html")))
    gone = _sweep(folder, names)
    return SiteSummary(folder, pages, len(names), written, gone, size, charts, keeper.n_taken)


def outline_rings(path: Path) -> dict[str, list[list[tuple[float, float]]]]:
    """Read outlines of cities as rings of longitude and latitude [°], by city code; holes keep their own rings.

    Raises
    ------
    GridError
        The outlines cannot be used.
    """
    import shapely

    from sources.gridded.outlines import read_outlines

    found: dict[str, list[list[tuple[float, float]]]] = {}
    for code, shape in read_outlines(path).shapes.items():
        flat = shapely.transform(shape, _to_degrees)
        parts = [p for p in shapely.get_parts(shapely.simplify(flat, COARSE)) if p.geom_type == "Polygon"]
        rings = [ring for p in parts for ring in (p.exterior, *p.interiors)]
        found[code] = [[(round(x, 3), round(y, 3)) for x, y in ring.coords] for ring in rings]
    return {code: rings for code, rings in found.items() if rings}


def _to_degrees(points: Any) -> Any:
    """Longitude and sine of the latitude to degrees."""
    return np.column_stack([points[:, 0], np.degrees(np.arcsin(points[:, 1]))])


def _data_until(about: dict[str, Any]) -> datetime | None:
    text = about.get("data_until")
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _about(known: dict[str, Any], source: Source) -> dict[str, Any]:
    until = _data_until(known)
    return {
        "simulated": source.simulated,
        "mark": say("site.simulated_mark") if source.simulated else {"zh": "", "en": ""},
        "as_of": f"{source.as_of:%Y-%m-%d %H:%M}",
        "until": f"{until:%Y-%m-%d %H:%M}" if until else "—",
    }


def _write(path: Path, content: bytes, earlier: list[Path]) -> int:
    """Write a file unless it is there already with the same content; returns how many were written."""
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    if not any(_linked(one, part, content) for one in earlier if one != path):
        part.write_bytes(content)
    part.replace(path)
    return 1


def _linked(one: Path, part: Path, content: bytes) -> bool:
    """Link to a file that has the content; False where there is none, or where files cannot be linked."""
    if not one.is_file() or one.stat().st_size != len(content) or one.read_bytes() != content:
        return False
    try:
        os.link(one, part)
    except OSError:
        return False
    return True


def _sweep(folder: Path, names: set[str]) -> int:
    """Remove files of an earlier build, and only such: pages, and what lies in our two folders."""
    gone = 0
    for path in [*folder.glob("*.html"), *folder.glob("assets/*"), *folder.glob("data/**/*.js")]:
        if path.is_file() and path.relative_to(folder).as_posix() not in names:
            path.unlink()
            gone += 1
    return gone
