"""Publish: copy the closed warehouse, verify the copy, write its Parquet, swap one link.

Readers only ever meet a whole version. A crash leaves a folder that nobody points to; the next publish sweeps it away.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.parquet import write_parquet
from warehouse.store import StoreError, one_row, open_read_only

CURRENT = "current"
MANIFEST = "MANIFEST.json"
_STAGING = ".next-"


@dataclass(frozen=True)
class Published:
    """A published version."""

    folder: Path
    manifest: dict[str, Any]
    new: bool


def content_digest(con: duckdb.DuckDBPyConnection) -> str:
    """Hash of what a published version would hold, times and run ids aside."""
    row = one_row(
        con.execute(
            """
        SELECT md5(string_agg(part, '|' ORDER BY part)) FROM (
            SELECT 'day ' || table_name || day || input_hash AS part FROM ops.day_state
            UNION ALL SELECT 'period ' || table_name || period || input_hash FROM ops.period_state
            UNION ALL SELECT 'file ' || path || sha256 || status || coalesce(reason_zh, '') FROM ops.source_file
            UNION ALL SELECT 'decision ' || decision_id FROM ops.decision
            UNION ALL SELECT 'about ' || key || coalesce(value, '') FROM ops.about
            UNION ALL SELECT 'warning ' || event_id || command_key FROM emergency.warning_event
            UNION ALL SELECT 'order ' || event_id || action FROM emergency.superior_order
            UNION ALL SELECT 'check ' || check_name || table_name || passed || n_bad FROM ops.check_result
        )
        """
        )
    )
    return str(row[0]) if row and row[0] else "empty"


def table_rows(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Number of rows of every table."""
    names = con.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = current_database()"
        " AND NOT internal ORDER BY ALL"
    ).fetchall()
    counts = {}
    for schema, table in names:
        row = one_row(con.execute(f'SELECT count(*) FROM "{schema}"."{table}"'))
        counts[f"{schema}.{table}"] = int(row[0]) if row else 0
    return counts


def current_version(publish: Path) -> Published | None:
    """The version readers see, or None before the first."""
    manifest = publish / CURRENT / MANIFEST
    if not manifest.exists():
        return None
    return Published(
        (publish / CURRENT).resolve(), json.loads(manifest.read_text(encoding="utf-8")), new=False
    )


def verify_copy(path: Path, rows: dict[str, int]) -> None:
    """Open a copy as a reader would and compare it with what was written.

    Raises
    ------
    StoreError
        It does not open, or its tables or comments are not those of the warehouse.
    """
    try:
        con = open_read_only(path)
    except duckdb.Error as error:
        raise StoreError(f"{path}: 无法打开 cannot be opened: {error}") from error
    try:
        found = table_rows(con)
        if found != rows:
            odd = {
                t: (rows.get(t), found.get(t))
                for t in rows.keys() | found.keys()
                if rows.get(t) != found.get(t)
            }
            raise StoreError(f"{path}: 行数与仓库不符 row counts differ from the warehouse: {odd}")
        bare = con.execute(
            "SELECT schema_name || '.' || table_name || '.' || column_name FROM duckdb_columns()"
            " WHERE NOT internal AND comment IS NULL"
            " AND schema_name IN ('ref', 'ops', 'air', 'coal', 'forecast', 'emergency') LIMIT 3"
        ).fetchall()
        if bare:
            raise StoreError(f"{path}: 列缺少说明 columns without comment: {bare}")
    finally:
        con.close()


def publish(
    warehouse: Path,
    folder: Path,
    *,
    digest: str,
    rows: dict[str, int],
    about: dict[str, Any],
    now: datetime,
    keep: int,
    parquet: bool = True,
    extras: Callable[[Path], None] | None = None,
) -> Published:
    """Publish a closed warehouse file as a new version; a version with the same content is not made twice.

    Parameters
    ----------
    warehouse : Path
        Closed database file; the caller holds the writer's lock.
    folder : Path
        ``<home>/publish``.
    digest, rows, about
        From `content_digest` and `table_rows`; ``about`` goes into the manifest.
    now : datetime
        Names the version.
    keep : int
        Versions kept, the current one included.
    parquet : bool
        Write Parquet beside the database.
    extras : callable, optional
        Given the staged folder, adds more documents before the manifest is written.

    Raises
    ------
    StoreError
        A writer is open or crashed on the file, or the copy is not what was written.
    """
    present = current_version(folder)
    if present and present.manifest.get("digest") == digest:
        _link(folder)
        return present
    if Path(f"{warehouse}.wal").exists():
        raise StoreError(f"{warehouse}.wal: 写入尚未结束 a writer is still open or has crashed")
    versions = folder / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    for left in versions.glob(f"{_STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    stamp = _free_stamp(versions, now)
    staged = versions / f"{_STAGING}{stamp}"
    staged.mkdir()
    shutil.copyfile(warehouse, staged / "fenwei.duckdb")
    _flush(staged / "fenwei.duckdb")
    verify_copy(staged / "fenwei.duckdb", rows)
    files = (
        write_parquet(
            staged / "fenwei.duckdb", staged / "parquet", present.folder / "parquet" if present else None
        )
        if parquet
        else {}
    )
    if extras:
        extras(staged)
    manifest = {"version": stamp, "digest": digest, **about, "rows": rows, "parquet": files}
    _write_durably(staged / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    final = versions / stamp
    staged.rename(final)
    _swap(folder / CURRENT, Path("versions") / stamp)
    _link(folder)
    _prune(versions, final, keep)
    return Published(final, manifest, new=True)


def _free_stamp(versions: Path, now: datetime) -> str:
    stamp = now.strftime("%Y%m%dT%H%M%S")
    for n in range(1000):
        name = stamp if n == 0 else f"{stamp}-{n}"
        if not (versions / name).exists():
            return name
    raise StoreError(f"{versions}: 版本过多 too many versions at {stamp}")


def _flush(path: Path) -> None:
    """Have a file on the disk itself before anything points to it: power may fail too."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def _write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())


def _swap(link: Path, target: Path) -> None:
    staged = link.with_name(link.name + ".next")
    staged.unlink(missing_ok=True)
    staged.symlink_to(target)
    staged.replace(link)


def _link(folder: Path) -> None:
    for name in ("fenwei.duckdb", "site", "parquet"):
        link = folder / name
        target = Path(CURRENT) / name
        if (folder / target).exists() and not (link.is_symlink() and link.readlink() == target):
            _swap(link, target)
        elif link.is_symlink() and not link.exists():
            link.unlink()


def _prune(versions: Path, current: Path, keep: int) -> None:
    whole = sorted(
        (v for v in versions.iterdir() if v.is_dir() and not v.name.startswith(_STAGING)),
        key=lambda v: v.stat().st_mtime_ns,
    )
    for old in [v for v in whole if v != current][: max(0, len(whole) - max(1, keep))]:
        shutil.rmtree(old, ignore_errors=True)
