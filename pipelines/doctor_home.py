"""Is this home in order? Looks only: nothing is created, repaired or removed."""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb

from pipelines.bulletin.standing import bulletin_finding
from pipelines.doctor_settings import named_files
from pipelines.emergency.standing import warning_finding
from pipelines.finding import Finding, fail, ok, warn
from pipelines.home import Home, HomeError, open_home
from pipelines.landing.coal import gone_files
from pipelines.landing.land import list_landing
from pipelines.mail.standing import mail_finding
from pipelines.site.publishing import page_finding
from warehouse.lock import is_locked
from warehouse.publish import CURRENT, MANIFEST, verify_copy
from warehouse.store import Store, StoreError, open_read_only

MIN_FREE = 1 << 30
"""Free space asked for while there is no database yet [byte]."""

OLD_LIST_DAYS = 400
_RUN = ("fenwei run，或 fenwei demo 试用", "fenwei run, or fenwei demo to try it out")


def examine_home(root: Path) -> list[Finding]:
    """Check a home folder and everything in it; a home that cannot be read at all gives that one finding."""
    try:
        home = open_home(root)
    except (HomeError, OSError) as error:
        return [
            fail(
                "config",
                (f"设置无效：{error}", f"settings are not valid: {error}"),
                ("改正或移走 fenwei.toml", "correct fenwei.toml or move it away"),
            )
        ]
    checks: tuple[Callable[[Home], Finding], ...] = (
        config, writable, disk, landing, locks, unfinished_write, leftovers, published, stations, coal_files,
        named_files, page_finding, mail_finding, warning_finding, bulletin_finding,
    )  # fmt: skip
    return [_guarded(check, home) for check in checks]


def _guarded(check: Callable[[Home], Finding], home: Home) -> Finding:
    try:
        return check(home)
    except (OSError, ValueError, duckdb.Error) as error:
        what = f"{type(error).__name__}: {error}"
        return fail(
            check.__name__,
            (f"无法检查：{what}", f"could not be checked: {what}"),
            ("检查文件权限与磁盘", "check the permissions of files and the disk"),
        )


def config(home: Home) -> Finding:
    """Settings can be read."""
    if not home.toml.exists():
        return ok("config", "没有 fenwei.toml，用默认设置", "no fenwei.toml: defaults apply")
    return ok("config", f"设置有效：{home.toml}", f"settings are valid: {home.toml}")


def _nearest(path: Path) -> Path:
    return next(p for p in (path, *path.parents) if p.exists())


def writable(home: Home) -> Finding:
    """Files can be made in the home, or the home itself can be made."""
    folder = _nearest(home.root)
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".fenwei-doctor-"):
            pass
    except OSError as error:
        return fail(
            "writable",
            (f"{folder} 不可写：{error}", f"{folder} cannot be written: {error}"),
            (
                "修改权限，或用 --home 指定其他文件夹",
                "change its permissions, or name another folder with --home",
            ),
        )
    if folder != home.root:
        return warn(
            "writable",
            (f"家目录尚未建立：{home.root}", f"the home does not exist yet: {home.root}"),
            _RUN,
        )
    return ok("writable", f"家目录可写：{home.root}", f"the home can be written: {home.root}")


def disk(home: Home) -> Finding:
    """A new version can be written beside the present one."""
    size = home.warehouse.stat().st_size if home.warehouse.exists() else 0
    free = shutil.disk_usage(_nearest(home.root)).free
    needed = max(2 * size, MIN_FREE)
    zh = f"磁盘剩余 {free / 1e9:.1f} GB，数据库 {size / 1e9:.2f} GB，需要 {needed / 1e9:.1f} GB"
    en = f"{free / 1e9:.1f} GB free, database {size / 1e9:.2f} GB, {needed / 1e9:.1f} GB needed"
    todo = (
        "腾出空间，或在 fenwei.toml 调小 keep_versions",
        "free some space, or lower keep_versions in fenwei.toml",
    )
    if free < max(size, MIN_FREE // 4):
        return fail("disk", (zh, en), todo)
    return warn("disk", (zh, en), todo) if free < needed else ok("disk", zh, en)


def landing(home: Home) -> Finding:
    """The folder that files arrive in is there and can be read."""
    folder = home.landing
    if not folder.is_dir():
        return warn(
            "landing",
            (f"来源文件夹不存在：{folder}", f"the landing folder is missing: {folder}"),
            ("建立它，或 fenwei run --landing 文件夹", "make it, or fenwei run --landing FOLDER"),
        )
    if not os.access(folder, os.R_OK | os.X_OK):
        return fail(
            "landing",
            (f"来源文件夹不可读：{folder}", f"the landing folder cannot be read: {folder}"),
            ("修改权限", "change its permissions"),
        )
    return ok("landing", f"来源文件夹：{folder}", f"landing folder: {folder}")


def coal_files(home: Home) -> Finding:
    """Coal files whose rows are in force lie in the landing folder."""
    gone: list[str] = []
    if home.published.exists() and home.landing.is_dir():
        refs, _ = list_landing(home.landing, home.settings.max_file_mb)
        with closing(open_read_only(home.published)) as con:
            gone = gone_files(con, home.landing, refs)
    if not gone:
        return ok("coal_files", "没有移走的煤炭文件", "no coal file was taken away")
    first, n = gone[0], len(gone)
    return warn(
        "coal_files",
        (
            f"来源文件夹中有 {n} 个煤炭文件已不在，其数据仍然有效，例如 {first}",
            f"{n} coal files are no longer in the landing folder, their rows stay in force, for example {first}",
        ),
        (
            "放回；数据有误则以同名文件导入更正",
            "put them back; where they were wrong, import a corrected file of the same name",
        ),
    )


def _holder(home: Home) -> str | None:
    return is_locked(home.run_lock) or is_locked(Store(home.warehouse).lock_path)


def locks(home: Home) -> Finding:
    """Nobody writes just now; a lock of a dead process is free by itself."""
    holder = _holder(home)
    if holder:
        return warn(
            "locks",
            (f"正在写入：{holder}", f"being written: {holder}"),
            ("等它结束", "wait for it to finish"),
        )
    return ok("locks", "没有写入者占用", "no writer holds the lock")


def unfinished_write(home: Home) -> Finding:
    """No log of a crashed writer lies beside the database."""
    log = Path(f"{home.warehouse}.wal")
    if log.exists() and not _holder(home):
        return warn(
            "wal",
            (f"上次写入未正常结束：{log}", f"the last writer did not end well: {log}"),
            ("不要删除它；fenwei run 会接着恢复", "do not remove it: fenwei run recovers from it"),
        )
    return ok("wal", "没有未结束的写入", "no unfinished write")


def leftovers(home: Home) -> Finding:
    """No half-made version is left from a crash."""
    found = sorted((home.publish / "versions").glob(".next-*"))
    if found and not _holder(home):
        names = ", ".join(path.name for path in found)
        return warn(
            "leftovers",
            (f"有未完成的发布版本：{names}", f"unfinished published versions: {names}"),
            ("无害；下次发布时清除", "harmless; the next publication removes them"),
        )
    return ok("leftovers", "没有残留的发布版本", "no unfinished published version")


def published(home: Home) -> Finding:
    """The published copies of every class open and hold what their manifest says."""
    if not home.published.exists():
        if (home.publish / "versions").is_dir() and any((home.publish / "versions").glob("[!.]*")):
            return fail(
                "published",
                (f"发布链接断开：{home.published}", f"the published link is broken: {home.published}"),
                ("fenwei run 会重新发布", "fenwei run publishes anew"),
            )
        return warn("published", ("尚未发布数据", "nothing is published yet"), _RUN)
    folder = (home.publish / CURRENT).resolve()
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        verify_copy(home.published, manifest["rows"])
        for klass, build in manifest.get("builds", {}).items():
            verify_copy(home.build(klass), build["rows"])
    except (OSError, ValueError, KeyError, StoreError, duckdb.Error) as error:
        return fail(
            "published",
            (f"发布的数据库有误：{error}", f"the published database is not in order: {error}"),
            ("移走 publish/ 后运行 fenwei run", "move publish/ away and run fenwei run"),
        )
    n = sum(manifest["rows"].values())
    return ok(
        "published",
        f"发布版本 {folder.name}：可打开，{n:,} 行与清单相符",
        f"version {folder.name} opens, {n:,} rows as in its manifest",
    )


def stations(home: Home) -> Finding:
    """A station list is known and not too old; without it there are no city values."""
    path = home.path_of(home.settings.stations)
    if path is not None and not path.exists():
        return fail(
            "stations",
            (f"站点名单不存在：{path}", f"the station list is missing: {path}"),
            ("fenwei run --stations 文件", "fenwei run --stations FILE"),
        )
    n = _listed(home)
    if not n and path is None:
        return warn(
            "stations",
            ("没有站点名单，无法计算城市值", "no station list: city values cannot be computed"),
            (
                "fenwei run --stations 文件，或放入来源文件夹",
                "fenwei run --stations FILE, or put it into the landing folder",
            ),
        )
    age = (time.time() - path.stat().st_mtime) / 86400 if path else 0
    if age > OLD_LIST_DAYS:
        return warn(
            "stations",
            (f"站点名单已 {age:.0f} 天未更新：{path}", f"the station list is {age:.0f} days old: {path}"),
            ("换上今年的名单", "replace it by this year's"),
        )
    return ok("stations", f"站点名单：{n} 个站点", f"station list: {n} stations")


def _listed(home: Home) -> int:
    if not home.published.exists():
        return 0
    con = open_read_only(home.published)
    try:
        row = con.execute("SELECT count(*) FROM ref.station").fetchone()
    finally:
        con.close()
    return int(row[0]) if row else 0
