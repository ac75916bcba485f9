"""Taking lists in: the whole file is checked, kept as a new version, brought into the warehouse and published."""

import csv
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.cli import taking
from pipelines.cli.common import UseError
from pipelines.emergency.emission_list.loading import Prepared, prepare_list
from pipelines.emergency.emission_list.versions import (
    AlreadyFiledError,
    KeptVersion,
    file_version,
    filings,
    fingerprint,
    keep_version,
    kept_versions,
    lists_due,
    same_version,
    sync_lists,
)
from pipelines.home import Home
from sources.bureau_forms.places import places
from sources.bureau_forms.texts import TextError
from sources.emission_list import Mapping, MappingError, read, read_mapping
from warehouse.lock import file_lock

FIRST_YEAR, LAST_YEAR = 2017, 2100


@dataclass(frozen=True)
class Request:
    """What somebody asks for; ``document_no`` is there when the version is to be registered as filed at once."""

    file: Path
    city: str
    year: int
    mapping: Path | None = None
    check_only: bool = False
    by: str | None = None
    document_no: str | None = None


def city_code(given: str) -> str:
    """Give the code of a city by its code or name.

    Raises
    ------
    UseError
        There is no such city.
    """
    try:
        return places().city(given.strip())
    except TextError:
        raise UseError(f"--city {given[:80]!r}: 没有这个城市 no such city；如 e.g. 610100, 西安") from None


def take_in(home: Home, moment: datetime, request: Request) -> dict[str, Any]:
    """Check a list and, unless it has errors, keep it as a new version and publish.

    Raises
    ------
    UseError
        The file, mapping, city or year cannot be used.
    LockedError
        A run is at work; nothing was kept.
    """
    (given,) = taking.gather([request.file], home, "list")
    code = city_code(request.city)
    if not FIRST_YEAR <= request.year <= LAST_YEAR:
        raise UseError(f"--year {request.year}: 应在 expected within {FIRST_YEAR}–{LAST_YEAR}")
    map_bytes, mapping = _mapping(request.mapping)
    prepared = prepare_list(read(given.data, given.source.name, city_code=code, mapping=mapping))
    told = _told(home, moment, request, given, prepared, code)
    if prepared.errors or request.check_only:
        return told
    with file_lock(home.run_lock, "list import"):
        map_sha = fingerprint(map_bytes) if map_bytes is not None else None
        version = same_version(home.root, code, request.year, given.sha256, map_sha)
        if version is not None:
            told["status"] = "unchanged"
        else:
            version = keep_version(
                home.root, code, request.year, given.data, map_bytes, file_name=given.source.name, at=moment,
                by=request.by, simulated=home.settings.simulated,
            )  # fmt: skip
        if request.document_no:
            _file(home, moment, version, request.by or "", request.document_no)
        bring_in(home, moment, {version.version_id: prepared})
    filed = version.version_id in filings(home.state)
    return told | {"version_id": version.version_id, "state": "filed" if filed else "draft"}


def _mapping(path: Path | None) -> tuple[bytes | None, Mapping | None]:
    if path is None:
        return None, None
    try:
        data = path.read_bytes()
        return data, read_mapping(data)
    except OSError as error:
        raise UseError(f"--mapping {path}: 无法读取 cannot be read: {error.strerror}") from None
    except MappingError as error:
        raise UseError(f"--mapping {path.name}: {error}") from None


def _told(
    home: Home, moment: datetime, request: Request, given: taking.Given, prepared: Prepared, code: str
) -> dict[str, Any]:
    return {
        "home": str(home.root),
        "as_of": moment.isoformat(sep=" "),
        "simulated": home.settings.simulated,
        "check_only": request.check_only,
        "name": given.source.name,
        "sha256": given.sha256,
        "city_code": code,
        "list_year": request.year,
        "status": "rejected" if prepared.errors else "accepted",
        "version_id": None,
        "state": None,
        "counts": prepared.counts,
        "n_errors": len(prepared.errors),
        "findings": [asdict(f) for f in sorted(prepared.findings, key=lambda f: f.level)],
    }


def bring_in(home: Home, moment: datetime, ready: dict[str, Prepared] | None = None) -> list[str]:
    """Bring every kept version into the warehouse and publish where anything changed; the caller holds the run's lock."""
    from pipelines.steps import RunContext, publish_step

    context = RunContext(home, moment, command="list import")
    with context.store().writing("list import") as con:
        if not lists_due(con, home.root, home.state, moment):
            changed = []
        else:
            changed = sync_lists(
                con, home.root, home.state, moment, ready=lambda v: (ready or {}).get(v.version_id)
            )
    publish_step(context)
    return changed


def file_kept(home: Home, moment: datetime, version_id: str, *, by: str, document_no: str) -> dict[str, Any]:
    """Register a version as filed and publish.

    Raises
    ------
    UseError
        There is no such version, or it was filed under another number.
    """
    version = next((v for v in kept_versions(home.root) if v.version_id == version_id), None)
    if version is None:
        raise UseError(f"{version_id[:80]}: 没有这个清单版本 there is no such version（fenwei list show）")
    with file_lock(home.run_lock, "list file"):
        new = _file(home, moment, version, by, document_no)
        bring_in(home, moment)
    filed = filings(home.state)[version_id]
    return {
        "version_id": version_id, "new": new, "filed_by": filed.decided_by, "filed_at": filed.decided_at,
        "document_no": filed.note, "sha256": version.sha256,
    }  # fmt: skip


def _file(home: Home, moment: datetime, version: KeptVersion, by: str, document_no: str) -> bool:
    try:
        return file_version(home.state, version, by=by, document_no=document_no, at=moment)
    except (AlreadyFiledError, ValueError) as error:
        raise UseError(str(error)) from None


def read_weights(path: Path) -> dict[str, float]:
    """Read what a full stop of a firm costs: a CSV of credit_code,weight.

    Raises
    ------
    UseError
        The file cannot be read, or a weight is no number above 0.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        found = {row["credit_code"].strip(): float(row["weight"]) for row in rows}
    except (OSError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError, csv.Error) as error:
        raise UseError(f"--weights {path}: 应有列 expected columns credit_code,weight: {error}") from None
    wrong = [code for code, weight in found.items() if not 0 < weight < float("inf")]
    if wrong:
        raise UseError(f"--weights {path}: {wrong[0][:40]}: 应大于 0 expected above 0")
    return found
