"""Versions of lists: the files they came from, kept beside the warehouse; who filed which; bringing them into the warehouse."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.air.city_days import drop_period, keep_period, stored_periods
from pipelines.emergency.emission_list.check import check_rules
from pipelines.emergency.emission_list.loading import (
    Prepared,
    load_version,
    mark_filed,
    prepare_list,
    remove_version,
)
from pipelines.emergency.emission_list.sums import keep_sums
from sources.emission_list import read, read_mapping
from warehouse import decisions, standards
from warehouse.store import model_sql, one_row, transaction

FOLDER = "lists"
"""Folder of the home that holds the file of every version."""
FILED = "file_list"
"""Kind of the decision that a version has been filed."""
TABLE = "emergency.list_version"
_ID = re.compile(r"L-(\d{6})-(\d{4})-(\d+)")


@dataclass(frozen=True)
class KeptVersion:
    """A version as it lies in its folder."""

    version_id: str
    city_code: str
    list_year: int
    version_no: int
    sha256: str
    mapping_sha256: str | None
    file_name: str
    imported_at: str
    imported_by: str | None
    simulated: bool


class AlreadyFiledError(ValueError):
    """A version was filed before, under another number."""


def fingerprint(data: bytes) -> str:
    """SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def kept_versions(root: Path) -> list[KeptVersion]:
    """Give every version of a home, by city, year and number; a folder that was not finished is left out."""
    found = []
    for path in sorted((root / FOLDER).glob("L-*/version.json")):
        if _ID.fullmatch(path.parent.name):
            found.append(KeptVersion(**json.loads(path.read_text(encoding="utf-8"))))
    return sorted(found, key=lambda v: (v.city_code, v.list_year, v.version_no))


def same_version(
    root: Path, city_code: str, year: int, sha256: str, mapping_sha256: str | None
) -> KeptVersion | None:
    """Give the newest version of a city and year if it came from just these bytes."""
    own = [v for v in kept_versions(root) if (v.city_code, v.list_year) == (city_code, year)]
    if own and (own[-1].sha256, own[-1].mapping_sha256) == (sha256, mapping_sha256):
        return own[-1]
    return None


def keep_version(
    root: Path, city_code: str, year: int, data: bytes, mapping: bytes | None, *, file_name: str, at: datetime,
    by: str | None, simulated: bool,
) -> KeptVersion:  # fmt: skip
    """Keep the file of a new version, whole or not at all; the caller holds the lock of the run."""
    own = [v.version_no for v in kept_versions(root) if (v.city_code, v.list_year) == (city_code, year)]
    number = max(own, default=0) + 1
    version = KeptVersion(
        f"L-{city_code}-{year}-{number}", city_code, year, number, fingerprint(data),
        fingerprint(mapping) if mapping is not None else None, file_name, at.isoformat(sep=" "), by, simulated,
    )  # fmt: skip
    folder = root / FOLDER
    part = folder / f".{version.version_id}.{os.getpid()}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        _write(part / "list.bin", data)
        if mapping is not None:
            _write(part / "mapping.csv", mapping)
        _write(part / "version.json", json.dumps(asdict(version), ensure_ascii=False, indent=2).encode())
        part.rename(folder / version.version_id)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return version


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def read_kept(root: Path, version: KeptVersion) -> Prepared:
    """Read the file of a version again."""
    folder = root / FOLDER / version.version_id
    mapping = folder / "mapping.csv"
    document = read(
        (folder / "list.bin").read_bytes(),
        version.file_name,
        city_code=version.city_code,
        mapping=read_mapping(mapping) if mapping.exists() else None,
    )
    return prepare_list(document)


def file_version(state: Path, version: KeptVersion, *, by: str, document_no: str, at: datetime) -> bool:
    """Record that a version was filed; False where that was recorded before.

    Raises
    ------
    AlreadyFiledError
        It was filed under another number.
    ValueError
        Name or number is missing.
    """
    number = document_no.strip()
    if not number:
        raise ValueError("--document: 需要备案文号 the number of the filing document is needed")
    earlier = filings(state).get(version.version_id)
    if earlier is not None:
        if earlier.note == number:
            return False
        raise AlreadyFiledError(
            f"{version.version_id}: 已于 {earlier.decided_at:%Y-%m-%d} 由 {earlier.decided_by} 以 {earlier.note} 备案，不可更改；"
            f"修改后的清单请另行导入为新版 | filed before as {earlier.note} and frozen: import an edited list as a new version"
        )
    decisions.record(state, FILED, version.version_id, version.sha256, by, at, number)
    return True


def filings(state: Path) -> dict[str, decisions.Decision]:
    """Give the first filing of every version."""
    found: dict[str, decisions.Decision] = {}
    for decision in decisions.decisions(state, FILED):
        found.setdefault(decision.subject, decision)
    return found


def sync_lists(
    con: duckdb.DuckDBPyConnection,
    root: Path,
    state: Path,
    as_of: datetime,
    *,
    ready: Callable[[KeptVersion], Prepared | None] = lambda _: None,
) -> list[str]:
    """Bring every kept version into the warehouse, mark those filed, work out what they amount to.

    A version that is there already, from the same bytes and the same rules, is left as it is; one that has no file any
    more is taken out. Each version is one transaction, so that a crash harms nothing.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        The warehouse, for writing.
    root, state : Path
        Home folder; file of decisions.
    as_of : datetime
        What counts as now: its day is the response day of the ratios.
    ready : callable, optional
        Gives a version that was read just now.

    Returns
    -------
    list of str
        Versions whose rows changed.
    """
    kept = kept_versions(root)
    known = stored_periods(con, TABLE)
    filed = filings(state)
    changed = sorted(known.keys() - {v.version_id for v in kept})
    for gone in changed:
        with transaction(con):
            remove_version(con, gone)
            drop_period(con, TABLE, gone)
    for version in kept:
        wanted = _hash(version, filed.get(version.version_id), as_of)
        if known.get(version.version_id) == wanted:
            continue
        rows_there = known.get(version.version_id, "")[:32] == wanted[:32]
        prepared = None if rows_there else ready(version) or read_kept(root, version)
        with transaction(con):
            if prepared is not None:
                remove_version(con, version.version_id)
                head = asdict(version) | {"state": "draft"}
                load_version(con, prepared, head)
            decision = filed.get(version.version_id)
            if decision is not None and decision.sha256 == version.sha256:
                number = decision.note or ""
                mark_filed(con, version.version_id, decision.decided_by, decision.decided_at, number)
            keep_sums(con, version.version_id, as_of.date(), findings=prepared is not None)
            keep_period(con, TABLE, version.version_id, wanted)
        changed.append(version.version_id)
    return changed


def _hash(version: KeptVersion, filing: decisions.Decision | None, as_of: datetime) -> str:
    """Hash of what the rows and findings of a version come from, then of who filed it and the day of its ratios."""
    models = "".join(model_sql(name) for name in ("list_line", "list_enterprise", "list_counted"))
    checks = "".join(rule["sql"] for rule in check_rules())
    sums = model_sql("cut_parts")
    rows = f"{version}|{models}|{checks}|{standards.fingerprint()}|1"
    filed = f"{filing}|{as_of.date()}|{sums}"
    return fingerprint(rows.encode())[:32] + fingerprint(filed.encode())[:32]


def lists_due(con: duckdb.DuckDBPyConnection, root: Path, state: Path, as_of: datetime) -> bool:
    """Tell whether `sync_lists` would have anything to do."""
    filed = filings(state)
    wanted = {v.version_id: _hash(v, filed.get(v.version_id), as_of) for v in kept_versions(root)}
    return wanted != stored_periods(con, TABLE)


def version_in_force(
    con: duckdb.DuckDBPyConnection, city_code: str, at: datetime | None = None
) -> str | None:
    """Give the version a response of a city uses: the filed one of the newest year and number, or None.

    A response that began at some moment uses what was filed by then.
    """
    row = one_row(
        con.execute(
            "SELECT version_id FROM emergency.list_version WHERE city_code = $city AND state = 'filed'"
            " AND ($at::TIMESTAMP IS NULL OR filed_at <= $at::TIMESTAMP)"
            " ORDER BY list_year DESC, version_no DESC LIMIT 1",
            {"city": city_code, "at": at},
        )
    )
    return str(row[0]) if row else None
