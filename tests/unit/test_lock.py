"""One writer at a time, between processes, whatever becomes of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.lock import LockedError, file_lock, is_locked

HOLD = """
import sys, time
from pathlib import Path
from warehouse.lock import file_lock
with file_lock(Path(sys.argv[1]), "backfill"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(path: Path, seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def test_the_second_process_is_told_who_holds_it_and_a_dead_one_keeps_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "fenwei.lock"
    process = holder(path, 60)
    try:
        assert f"pid {process.pid}" in (is_locked(path) or "")
        with pytest.raises(LockedError) as caught, file_lock(path, "run"):
            pass
        for said in (str(path), f"pid {process.pid}", "backfill"):
            assert said in str(caught.value)
    finally:
        process.kill()
        process.wait()
    assert is_locked(path) is None
    with file_lock(path, "run"):
        assert str(os.getpid()) in (is_locked(path) or "")
    assert is_locked(path) is None


def test_waiting_ends_when_the_holder_does(tmp_path: Path) -> None:
    path = tmp_path / "fenwei.lock"
    process = holder(path, 0.6)
    with file_lock(path, "run", wait_s=20):
        assert process.wait(timeout=5) == 0


def test_an_error_inside_frees_it(tmp_path: Path) -> None:
    path = tmp_path / "fenwei.lock"
    with pytest.raises(ZeroDivisionError), file_lock(path, "run"):
        _ = 1 / 0
    assert is_locked(path) is None


def test_a_note_that_cannot_be_read_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "fenwei.lock"
    assert is_locked(path) is None
    with file_lock(path, "run"):
        path.write_text("{", encoding="utf-8")
        with pytest.raises(LockedError, match="another process"), file_lock(path, "run"):
            pass


def test_a_folder_made_for_a_lock_is_the_accounts_own(tmp_path):
    with file_lock(tmp_path / "warehouse" / "fenwei.lock", "test"):
        assert (tmp_path / "warehouse").stat().st_mode & 0o077 == 0
