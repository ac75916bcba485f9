"""Is this installation able to work? Each check looks at one thing and says what to do about it."""

import importlib.metadata
import os
import sys
import tempfile
import zoneinfo
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.doctor_home import examine_home
from pipelines.doctor_parts import browser, dagster_webserver, dg_command, fonts, picture_font
from pipelines.finding import Finding, fail, ok, warn
from pipelines.home import BEIJING
from warehouse.opening import STORAGE_VERSION
from warehouse.store import connect, open_read_only

PYTHON = (3, 11)
PACKAGE = "fenwei"


def examine(root: Path) -> list[Finding]:
    """Check the installation, then the home.

    Parameters
    ----------
    root : Path
        Home folder; it need not exist.
    """
    checks: tuple[Callable[[], Finding], ...] = (
        python_version,
        package_versions,
        duckdb_storage,
        time_zone,
        compiled_cache,
        fonts,
        picture_font,
        browser,
        dagster_webserver,
        dg_command,
    )
    return [_guarded(check) for check in checks] + examine_home(root)


def _guarded(check: Callable[[], Finding]) -> Finding:
    """A check that breaks is a finding of its own; the others go on."""
    try:
        return check()
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        return fail(
            check.__name__,
            (f"检查本身出错：{what}", f"the check itself failed: {what}"),
            ("请将此行报告给维护者", "report this line to the maintainers"),
        )


def python_version(version: tuple[int, ...] | None = None) -> Finding:
    """Python is new enough."""
    found = tuple(version or sys.version_info[:3])
    text = ".".join(map(str, found))
    if found < PYTHON:
        return fail(
            "python",
            (f"Python {text} 过旧", f"Python {text} is too old"),
            ("安装 Python 3.11 或更新版本", "install Python 3.11 or newer"),
        )
    return ok("python", f"Python {text}", f"Python {text}")


def package_versions(
    requirements: list[str] | None = None, version_of: Callable[[str], str] = importlib.metadata.version
) -> Finding:
    """Every package the project declares is there in a version it accepts."""
    from packaging.requirements import Requirement

    try:
        declared = importlib.metadata.requires(PACKAGE) if requirements is None else requirements
    except importlib.metadata.PackageNotFoundError:
        return warn(
            "packages",
            ("本项目未安装（直接从源码运行）", "the project is not installed, it runs from its source"),
            ("pip install -e .", "pip install -e ."),
        )
    wrong, n = [], 0
    for text in declared or []:
        needed = Requirement(text)
        if needed.marker and not needed.marker.evaluate({"extra": ""}):
            continue
        n += 1
        try:
            found = version_of(needed.name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{needed}（未安装 not installed）")
            continue
        if not needed.specifier.contains(found, prereleases=True):
            wrong.append(f"{needed}（现为 found {found}）")
    if wrong:
        listed = "；".join(wrong)
        return fail(
            "packages",
            (f"依赖包版本不符：{listed}", f"packages out of range: {listed}"),
            (
                "pip install -U fenwei，或按 README 的离线安装步骤",
                "pip install -U fenwei, or the offline steps of the README",
            ),
        )
    return ok("packages", f"{n} 个依赖包版本相符", f"{n} packages in range")


def duckdb_storage() -> Finding:
    """A database file in the promised storage version can be written and read back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "doctor.duckdb"
        con = connect(path)
        con.execute("CREATE TABLE t AS SELECT 42 AS x")
        con.execute("USE memory")
        con.execute("DETACH fenwei")
        con.close()
        reader = open_read_only(path)
        row = reader.execute("SELECT x FROM t").fetchone()
        reader.close()
    if row != (42,):
        return fail(
            "duckdb",
            (
                f"DuckDB {duckdb.__version__}：写入后读回不符",
                f"DuckDB {duckdb.__version__}: what was written is not what is read",
            ),
            ("重新安装 duckdb", "install duckdb anew"),
        )
    name = f"DuckDB {duckdb.__version__}"
    return ok(
        "duckdb",
        f"{name}，可写读 {STORAGE_VERSION} 格式文件",
        f"{name} writes and reads files of {STORAGE_VERSION}",
    )


def time_zone() -> Finding:
    """Times are Beijing time by a fixed offset; the zone database is needed by schedules only."""
    now = datetime.now(BEIJING)
    try:
        zoneinfo.ZoneInfo("Asia/Shanghai")
    except zoneinfo.ZoneInfoNotFoundError:
        return warn(
            "time_zone",
            (
                f"北京时间 {now:%Y-%m-%d %H:%M}（按 UTC+8）；系统没有时区数据库",
                f"Beijing time {now:%Y-%m-%d %H:%M} (UTC+8); no time-zone database",
            ),
            ("定时任务需要它：pip install tzdata", "schedules need it: pip install tzdata"),
        )
    return ok(
        "time_zone",
        f"北京时间 {now:%Y-%m-%d %H:%M}（按 UTC+8，请与钟表核对）",
        f"Beijing time {now:%Y-%m-%d %H:%M} (UTC+8; compare with a clock)",
    )


def compiled_cache() -> Finding:
    """Compiled kernels can be kept, so that only the first run compiles them."""
    import pipelines.air

    given = os.environ.get("NUMBA_CACHE_DIR")
    beside = Path(str(pipelines.air.__file__)).parent / "__pycache__"
    own = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "numba"
    for folder in [Path(given)] if given else [beside, own]:
        existing = next((p for p in (folder, *folder.parents) if p.exists()), None)
        if existing is not None and os.access(existing, os.W_OK):
            return ok(
                "numba_cache",
                f"编译缓存可写：{folder}",
                f"the cache of compiled code can be written: {folder}",
            )
    return warn(
        "numba_cache",
        (
            "编译缓存不可写，每次启动都要重新编译",
            "the cache of compiled code cannot be written: every start compiles anew",
        ),
        ("设置环境变量 NUMBA_CACHE_DIR 为可写文件夹", "set NUMBA_CACHE_DIR to a folder that can be written"),
    )
