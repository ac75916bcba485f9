"""kill -9 at random moments of run, backfill and publication, then compare every table with an undisturbed run.

By hand: ``python tests/bench/kill_nine.py --times 100``; `tests/pipeline/test_crash.py` does a sample of it.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from sources.simulation import simulate

AS_OF = "2026-03-20T08:30"
TODAY = date(2026, 3, 20)
FIRST = TODAY - timedelta(days=35)
NEW_FILES = 3
"""Newest files, which arrive only after the first run."""

_CHANGING = {"seen_at", "run_id", "started_at", "ended_at", "decided_at", "command", "message"}
_ABOUT_RUNS = {"ops.run"}
_CLASSES = ("public", "internal", "restricted")


def command(home: Path, *words: str) -> list[str]:
    """A command line of the program on a home."""
    return [sys.executable, "-m", "pipelines.cli.main", *words, "--home", str(home), "--as-of", AS_OF]


def run(home: Path, *words: str) -> None:
    """Run a command to its end; rejections (exit code 1) are a normal end."""
    done = subprocess.run(command(home, *words), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise AssertionError(f"{words}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}")


def kill_during(home: Path, seconds: float, *words: str) -> bool:
    """Start a command and kill it after some seconds; tells whether it was still running."""
    process = subprocess.Popen(
        command(home, *words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=seconds)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def opens(home: Path) -> None:
    """A reader can open the published databases, if there are any, and count their rows."""
    if not (home / "publish" / "current").exists():
        return
    for published in (home / "publish" / "fenwei.duckdb", *(_build(home, klass) for klass in _CLASSES)):
        with duckdb.connect(str(published), read_only=True) as con:
            con.execute("SELECT count(*) FROM air.station_hour").fetchone()


def _build(home: Path, klass: str) -> Path:
    return home / "publish" / "current" / klass / "fenwei.duckdb"


def contents(home: Path) -> dict[str, str]:
    """Hash of every published table of every class, its times and run ids aside."""
    hashes = _contents(home, "restricted")
    for klass in ("public", "internal"):
        hashes |= {f"{klass} {table}": digest for table, digest in _contents(home, klass).items()}
    return hashes


def _contents(home: Path, klass: str) -> dict[str, str]:
    hashes = {}
    with duckdb.connect(str(_build(home, klass)), read_only=True) as con:
        tables = con.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT internal ORDER BY 1"
        ).fetchall()
        for (table,) in tables:
            if table in _ABOUT_RUNS:
                continue
            names = [n for n, *_ in con.execute(f"DESCRIBE {table}").fetchall() if n not in _CHANGING]
            listed = ", ".join(f'"{n}"' for n in names)
            rows = con.execute(f"SELECT {listed} FROM {table} ORDER BY ALL").fetchall()
            text = repr(rows).replace(str(home), "<home>")
            hashes[table] = hashlib.sha256(text.encode()).hexdigest()
    return hashes


@dataclass(frozen=True)
class Scene:
    """A home with its first files loaded, and how a disturbed command is prepared from it."""

    name: str
    words: tuple[str, ...]
    start: Path
    newer: tuple[Path, ...]

    def copy(self, folder: Path) -> Path:
        """A fresh home in which only the disturbed command is still to be done."""
        home = folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.start, home, symlinks=True)
        for file in self.newer:
            target = home / "landing" / "station_hours" / file.name
            shutil.copy2(file, target)
        return home


def make_scenes(folder: Path, *, page: bool = True) -> list[Scene]:
    """A first run from nothing, a daily run on a kept home, and a backfill; ``page`` builds the page with each publication."""
    bare, kept, aside = folder / "bare", folder / "kept", folder / "aside"
    for home in (bare, kept):
        (home / "landing").mkdir(parents=True)
        (home / "fenwei.toml").write_text(
            f"simulated = true\npublish_site = {str(page).lower()}\n", encoding="utf-8"
        )
    simulate(kept / "landing", first=FIRST, today=TODAY)
    shutil.rmtree(bare / "landing")
    shutil.copytree(kept / "landing", bare / "landing")
    aside.mkdir()
    newest = sorted((kept / "landing" / "station_hours").glob("*.csv"))[-NEW_FILES:]
    for file in newest:
        shutil.move(str(file), aside / file.name)
    home = folder / "home"
    shutil.copytree(kept, home)
    run(home, "run")
    shutil.rmtree(kept)
    shutil.copytree(home, kept, symlinks=True)
    shutil.rmtree(home)
    newer = tuple(aside / f.name for f in newest)
    span = ("--from", str(FIRST), "--to", str(TODAY))
    return [
        Scene("run from nothing", ("run",), bare, ()),
        Scene("daily run and publish", ("run",), kept, newer),
        Scene("backfill", ("backfill", *span), kept, newer),
    ]


def undisturbed(scene: Scene, folder: Path) -> tuple[dict[str, str], float]:
    """Tables after the scene's command runs in peace, and how long it took [s]."""
    home = scene.copy(folder)
    begin = time.monotonic()
    run(home, *scene.words)
    took = time.monotonic() - begin
    run(home, "run")
    return contents(home), took


def disturb(scene: Scene, folder: Path, seconds: float, expected: dict[str, str]) -> bool:
    """Kill the scene's command once, run again without any help, and compare; tells whether it was killed."""
    home = scene.copy(folder)
    killed = kill_during(home, seconds, *scene.words)
    opens(home)
    run(home, *scene.words)
    run(home, "run")
    found = contents(home)
    odd = sorted(t for t in expected.keys() | found.keys() if expected.get(t) != found.get(t))
    if odd:
        raise AssertionError(f"{scene.name}, killed after {seconds:.2f} s: tables differ: {odd}")
    return killed


def main() -> None:
    """Kill at many random moments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scenes = make_scenes(folder)
        peace = {s.name: undisturbed(s, folder) for s in scenes}
        for s in scenes:
            print(
                f"{s.name}: undisturbed {peace[s.name][1]:.1f} s, {len(peace[s.name][0])} tables", flush=True
            )
        n_killed = 0
        for i in range(given.times):
            scene = scenes[i % len(scenes)]
            expected, took = peace[scene.name]
            n_killed += disturb(scene, folder, chance.uniform(0.5, took), expected)
            print(f"{i + 1}/{given.times} {scene.name}: equal", flush=True)
        print(f"{given.times} times, {n_killed} killed while running: all tables equal every time")


if __name__ == "__main__":
    main()
