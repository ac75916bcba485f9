"""Publish: copy the closed warehouse, verify the copy, make the builds of each class from it, swap one link.

Readers only ever meet a whole version. A crash leaves a folder that nobody points to; the next publish sweeps it away.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse import classes, dictionary
from warehouse.builds import DATABASE, Before, build_lower
from warehouse.classes import CLASSES, INTERNAL, PUBLIC, RESTRICTED, Holdings
from warehouse.parquet import Lower, slice_hashes, write_parquet
from warehouse.store import StoreError, one_row, open_read_only, schema_fingerprint

CURRENT = "current"
MANIFEST = "MANIFEST.json"
_STAGING = ".next-"
_MODES = {PUBLIC: (0o755, 0o644), INTERNAL: (0o750, 0o640), RESTRICTED: (0o700, 0o600)}
"""Most that the folder and the database of each class may be open to."""


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
            UNION ALL SELECT 'receipt ' || receipt_id || receipt_key FROM emergency.receipt
            UNION ALL SELECT 'verification ' || verification_id || verification_key FROM emergency.verification
            UNION ALL SELECT 'check ' || check_name || table_name || passed || n_bad FROM ops.check_result
            UNION ALL SELECT 'classes ' || $rules
        )
        """,
            {"rules": rules_in_force()},
        )
    )
    return str(row[0]) if row and row[0] else "empty"


def build_path(folder: Path, klass: str) -> Path:
    """The database of a class that readers see now; it need not exist.

    A version made before there were classes is one file that holds everything.
    """
    build, old = folder / CURRENT / klass, folder / CURRENT / DATABASE
    return old if klass == RESTRICTED and not build.is_dir() and old.exists() else build / DATABASE


def rules_in_force() -> str:
    """Hash of what decides what each build holds."""
    return f"{classes.fingerprint()}-{schema_fingerprint()}-{dictionary.fingerprint()}"


def table_rows(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Number of rows of every table."""
    names = con.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = current_database()"
        " AND NOT internal ORDER BY ALL"
    ).fetchall()
    counted = " UNION ALL ".join(
        f'SELECT \'{schema}.{table}\', count(*) FROM "{schema}"."{table}"' for schema, table in names
    )
    return dict(con.execute(counted).fetchall()) if counted else {}


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
    with _reading(path) as con:
        _compare(con, path, rows)


@contextmanager
def _reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a copy as a reader would."""
    try:
        con = open_read_only(path)
    except duckdb.Error as error:
        raise StoreError(f"{path}: 无法打开 cannot be opened: {error}") from error
    with closing(con):
        yield con


def _compare(con: duckdb.DuckDBPyConnection, path: Path, rows: dict[str, int]) -> None:
    found = table_rows(con)
    if found != rows:
        odd = {
            t: (rows.get(t), found.get(t)) for t in rows.keys() | found.keys() if rows.get(t) != found.get(t)
        }
        raise StoreError(f"{path}: 行数与仓库不符 row counts differ from the warehouse: {odd}")
    bare = con.execute(
        "SELECT schema_name || '.' || table_name || '.' || column_name FROM duckdb_columns()"
        " WHERE NOT internal AND comment IS NULL"
        " AND schema_name IN ('ref', 'ops', 'air', 'coal', 'forecast', 'emergency') LIMIT 3"
    ).fetchall()
    if bare:
        raise StoreError(f"{path}: 列缺少说明 columns without comment: {bare}")


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
    extras: Callable[[Path], dict[str, Any]] | None = None,
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
        Given the staged folder of each build, named by its class, adds more documents and tells of them for the manifest.

    Raises
    ------
    StoreError
        A writer is open or crashed on the file, or the copy is not what was written.
    """
    present = current_version(folder)
    same = {"digest": digest, "rules": rules_in_force()}
    if present and same.items() <= present.manifest.items():
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
    for klass in CLASSES:
        (staged / klass).mkdir()
        _limit(staged / klass, _MODES[klass][0])
    whole = staged / RESTRICTED / DATABASE
    shutil.copyfile(warehouse, whole)
    with _reading(whole) as con:
        _compare(con, whole, rows)
        hashes, held = slice_hashes(con), classes.holdings(con)
    counted = build_lower(whole, staged, held, _before(present, hashes["month"])) | {RESTRICTED: rows}
    for klass in CLASSES:
        _limit(staged / klass / DATABASE, _MODES[klass][1])
        _flush(staged / klass / DATABASE)
    files = _write_all_parquet(staged, present, hashes, held) if parquet else {}
    more = {klass: extras(staged / klass) if extras else {} for klass in CLASSES}
    builds = {k: {"rows": counted[k], "parquet": files.get(k, {})} | more[k] for k in CLASSES}
    manifest = {"version": stamp, "digest": digest, "rules": rules_in_force(), **about, "rows": rows}
    manifest |= {"months": hashes["month"], "builds": builds}
    _write_durably(staged / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    _limit(staged / MANIFEST, _MODES[INTERNAL][1])
    final = versions / stamp
    staged.rename(final)
    _swap(folder / CURRENT, Path("versions") / stamp)
    _link(folder)
    _prune(versions, final, keep)
    return Published(final, manifest, new=True)


def _before(present: Published | None, months: dict[str, str]) -> Before | None:
    """The public file of the present version, where it was made by the same rules, and what changed since by month."""
    if present is None or present.manifest.get("rules") != rules_in_force():
        return None
    path = present.folder / PUBLIC / DATABASE
    had = present.manifest.get("months", {})
    changed = sorted(m for m in months.keys() | had.keys() if months.get(m) != had.get(m))
    return Before(path, changed) if path.exists() else None


def _write_all_parquet(
    staged: Path, present: Published | None, hashes: dict[str, dict[str, str]], held: Mapping[str, Holdings]
) -> dict[str, dict[str, str]]:
    """Write the Parquet of every build; files that two builds have in common are one file on the disk."""
    written = {}
    lower: Lower | None = None
    for klass in CLASSES:
        folder = staged / klass / "parquet"
        written[klass] = write_parquet(
            staged / klass / DATABASE,
            folder,
            present.folder / klass / "parquet" if present else None,
            hashes=hashes,
            held=held[klass],
            lower=lower,
        )
        lower = Lower(folder, held[klass])
    return written


def _limit(path: Path, mode: int) -> None:
    """Take rights away from a file or folder; those that the umask withheld are not given."""
    path.chmod(path.stat().st_mode & 0o7000 | path.stat().st_mode & mode)


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
    for name in (DATABASE, "site", "parquet"):
        link = folder / name
        target = Path(CURRENT) / INTERNAL / name
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
