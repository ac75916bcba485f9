"""Taking forecasts in, bulletins and grids: check each file, keep the good ones in the landing folder, run the job."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.cli import forecast_grid, taking
from pipelines.cli.running import run_shown
from pipelines.cli.taking import Given
from pipelines.home import Home
from sources import forecast_bulletin
from sources.gridded import looks_like_grid
from sources.reasons import describe
from sources.tables import TableError
from warehouse.store import open_read_only

FOLDER = "forecast"
"""Folder within the landing folder that imported bulletins are kept in."""
HARMLESS = frozenset({"heading_unknown"})
"""Reasons that leave every row of a bulletin as it is."""


@dataclass
class Bulletin:
    """A bulletin somebody wants to import, and what the check said."""

    given: Given
    n_rows: int = 0
    n_cities: int = 0
    weighting: dict[str, int] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)

    def describe(self) -> dict[str, Any]:
        """Give what is told about the file."""
        kept = self.given.status in ("accepted", "unchanged", "not_loaded")
        return {
            "name": self.given.source.name,
            "path": str(self.given.source),
            "sha256": self.given.sha256,
            "status": self.given.status,
            "landed": str(self.given.target) if kept else None,
            "n_rows": self.n_rows,
            "n_cities": self.n_cities,
            "weighting": self.weighting,
            "n_errors": sum(f["level"] == "error" for f in self.findings),
            "findings": self.findings,
        }


def gather(files: Sequence[Path], home: Home, moment: datetime) -> list[Bulletin]:
    """Read and check the files that were named; nothing is written.

    Raises
    ------
    UseError
        One is no file, is hidden, or two have the same name.
    """
    return [_checked(given, home, moment) for given in taking.gather(files, home, FOLDER)]


def _checked(given: Given, home: Home, moment: datetime) -> Bulletin:
    """Read a bulletin and say what is wrong with it; nothing is written."""
    found = Bulletin(given)
    if looks_like_grid(given.data):
        return forecast_grid.checked(found, home, moment)
    try:
        rows, rejects = forecast_bulletin.read(given.data, latest=moment)
    except TableError as error:
        given.status = "rejected"
        found.findings = [_finding(None, "", "", error.code, error.zh, error.en)]
        return found
    for at, item, text, code in rejects[["line", "item", "text", "reason_code"]].to_numpy().tolist():
        zh, en = describe(str(code), line=at, item=item, text=text)
        found.findings.append(_finding(int(at), str(item), str(text), str(code), zh, en))
    found.n_rows, found.n_cities = len(rows), int(rows["city_code"].nunique())
    if any(f["level"] == "error" for f in found.findings):
        given.status = "rejected"
    elif rows.empty:
        given.status = "empty"
    elif given.target.exists() and given.target.read_bytes() == given.data:
        given.status = "unchanged"
    return found


def _finding(line: int | None, item: str, found: str, rule: str, zh: str, en: str) -> dict[str, Any]:
    level = "warning" if rule in HARMLESS else "error"
    shown = item if len(item) <= 40 else ""
    return {"line": line, "item": shown, "found": found, "rule": rule, "level": level, "zh": zh, "en": en}


def take_in(bulletins: Sequence[Bulletin], home: Home, moment: datetime) -> Any:
    """Keep the accepted files and run the job; None where there was nothing to do.

    Raises
    ------
    LockedError
        A run is at work; nothing was copied.
    """
    given = [b.given for b in bulletins]
    taking.refuse_while_running(home)
    unfinished = [g for g in given if g.status == "unchanged" and g.sha256 not in _loaded(home)]
    if not taking.keep(given) and not unfinished:
        return None
    report = run_shown(home, moment, "forecast import", None, force=False)
    loaded = _loaded(home)
    for file in given:
        if file.status == "accepted" and file.sha256 not in loaded:
            file.status = "not_loaded"
    return report


def _loaded(home: Home) -> set[str]:
    """Fingerprints of the files that the published database holds."""
    if not home.published.exists():
        return set()
    with closing(open_read_only(home.published)) as con:
        rows = con.execute(
            "SELECT sha256 FROM ops.source_file WHERE status IN ('loaded', 'partial', 'duplicate')"
        ).fetchall()
    return {str(sha256) for (sha256,) in rows}
