"""One writer at a time: an operating-system lock that a dead process cannot keep."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_GRACE_S = 1.0
"""Waited in any case: `is_locked` holds a lock for the instant in which it looks."""


class LockedError(RuntimeError):
    """Another process holds the lock."""


def _owner(path: Path) -> str:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        return f"进程 pid {note['pid']}（{note['what']}，{note['since']} 起）"
    except (OSError, ValueError, KeyError):
        return "另一进程 another process"


@contextmanager
def file_lock(path: Path, what: str, wait_s: float = 0.0) -> Iterator[None]:
    """Hold an exclusive lock on a file while the block runs.

    The kernel frees it when the process ends, however it ends, so there is nothing to clean up after a crash.

    Parameters
    ----------
    path : Path
        Lock file; created when absent, never removed.
    what : str
        What the lock is for, shown to whoever finds it taken.
    wait_s : float
        How long to wait for it [s].

    Raises
    ------
    LockedError
        Another process still holds it after ``wait_s``.
    """
    # what is locked is restricted: a folder made here is the account's own
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    deadline = time.monotonic() + max(wait_s, _GRACE_S)
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise LockedError(
                        f"{path}: 正被占用 held by {_owner(path)}；请等它结束后重试 wait for it to finish and try again"
                    ) from None
                time.sleep(0.2)
        note = {"pid": os.getpid(), "what": what, "since": time.strftime("%Y-%m-%d %H:%M:%S")}
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(note, ensure_ascii=False).encode(), 0)
        yield
    finally:
        os.close(handle)


def is_locked(path: Path) -> str | None:
    """Say who holds the lock, or None when it is free; takes nothing and waits for nothing."""
    if not path.exists():
        return None
    handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return _owner(path)
    finally:
        os.close(handle)
    return None
