"""A folder that is written whole beside its place and then swapped in, so that it may be interrupted at any moment."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from warehouse.lock import file_lock

_WAIT_S = 60.0


@contextmanager
def swapped_in(parent: Path, name: str, replaces: Sequence[str] = ()) -> Iterator[tuple[Path, Path]]:
    """Give a staging folder that takes its place when the block ends well; else everything stays as it was.

    Parameters
    ----------
    parent : Path
        Folder of the folder; made where absent.
    name : str
    replaces : sequence of str
        Other folders beside it that it makes out of date; they go when it is in place.

    Yields
    ------
    staging, before : Path
        Where to write; the folder as it is now, which need not exist.

    Raises
    ------
    LockedError
        Another process writes here.
    """
    parent.mkdir(parents=True, exist_ok=True)
    with file_lock(parent / ".lock", "response documents", _WAIT_S):
        place, staging, old = parent / name, parent / f".{name}.next", parent / f".{name}.old"
        _recover(place, staging, old)
        staging.mkdir()
        try:
            yield staging, place
            _flush(staging)
            if place.exists():
                place.rename(old)
            staging.rename(place)
            _flush(parent, files=False)
        except BaseException:
            _recover(place, staging, old)
            raise
        shutil.rmtree(old, ignore_errors=True)
        for other in replaces:
            shutil.rmtree(parent / other, ignore_errors=True)


def _recover(place: Path, staging: Path, old: Path) -> None:
    """Undo what an interrupted swap left: the old folder comes back unless the new one is in place."""
    if old.exists() and not place.exists():
        old.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(staging, ignore_errors=True)


def _flush(folder: Path, *, files: bool = True) -> None:
    """Bring a folder and its files to the disk, so that no power cut leaves names without contents."""
    for path in [*(sorted(folder.iterdir()) if files else ()), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def keep_file(source: Path, folder: Path) -> bool:
    """Take a file over from the folder before, without copying it where the file system allows; False: it is not there."""
    if not source.is_file() or source.is_symlink():
        return False
    try:
        os.link(source, folder / source.name)
    except OSError:
        shutil.copy2(source, folder / source.name)
    return True
