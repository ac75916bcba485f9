"""What data of the page are made from, so that an earlier page's files are taken where nothing of it has changed."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dashboards.site.script import data_script
from dashboards.site.view import Due, Payload

INDEX = "inputs.json"
"""File of the page that says what its data were made from."""

_KEY = re.compile(r"[0-9A-Za-z_-][0-9A-Za-z_.-]*(/[0-9A-Za-z_-][0-9A-Za-z_.-]*)*")
_ROOT = Path(__file__).parents[2]
_PACKAGES = ("dashboards", "warehouse")
"""All of ours that data are made with: nothing else may be imported here."""
_TOLD = frozenset((str, int, float, bool, type(None)))
"""Kinds of cells whose text is their content."""
_ENDINGS = (".py", ".csv", ".sql")


class InputError(TypeError):
    """Something data are made from has no fingerprint."""


Listed = list[list[Any]]
"""Files that one call gave: key, number of charts and SHA-256 of each."""


@dataclass(frozen=True)
class Made:
    """One data file: its key, its content, and how many charts it holds."""

    key: str
    content: bytes
    n_charts: int


@cache
def code_print() -> str:
    """Fingerprint of all that turns inputs into data: our code, facts, words and colours, and the library of frames."""
    found = hashlib.sha256(f"pandas {version('pandas')}".encode())
    for path in sorted(p for name in _PACKAGES for p in (_ROOT / name).rglob("*") if p.suffix in _ENDINGS):
        content = path.read_bytes()
        found.update(f"\0{path.relative_to(_ROOT).as_posix()}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()


@dataclass
class Prints:
    """Fingerprints of inputs; frames and dicts that come again are looked at once."""

    _known: dict[int, tuple[Any, bytes]] = field(default_factory=dict)

    def of(self, due: Due) -> str:
        """Fingerprint of a call: the function and everything it is given.

        Raises
        ------
        InputError
            An input is of a kind whose content cannot be told.
        """
        name = f"{due.make.__module__}.{due.make.__qualname__}"
        return hashlib.sha256(name.encode() + b"\0" + self._value(tuple(due.inputs))).hexdigest()[:32]

    def _value(self, value: Any) -> bytes:
        if isinstance(value, (pd.DataFrame, dict)):
            kept = self._known.get(id(value))
            if kept is None:
                whole = _frame(value) if isinstance(value, pd.DataFrame) else self._parts(value.items())
                # The value is kept too, so that its id stays its own.
                kept = self._known[id(value)] = (value, hashlib.sha256(whole).digest())
            return type(value).__name__.encode() + kept[1]
        if isinstance(value, (list, tuple)):
            return self._parts(value)
        if is_dataclass(value) and not isinstance(value, type):
            named = [(f.name, getattr(value, f.name)) for f in fields(value)]
            return type(value).__qualname__.encode() + self._parts(named)
        return _plain(value)

    def _parts(self, values: Iterable[Any]) -> bytes:
        parts = [self._value(v) for v in values]
        return b"(" + b",".join(b"%d:%b" % (len(p), p) for p in parts) + b")"


def _plain(value: Any) -> bytes:
    known = (str, int, float, Decimal, date, np.generic)
    if value is None or value is pd.NA or value is pd.NaT or isinstance(value, known):
        return repr(value).encode("utf-8", "backslashreplace")
    raise InputError(f"{type(value).__module__}.{type(value).__qualname__}")


def _frame(frame: pd.DataFrame) -> bytes:
    known = [(str(n), str(t)) for n, t in frame.dtypes.items()], frame.index.tolist()
    parts = [repr(known).encode("utf-8", "backslashreplace")]
    for _, column in frame.items():
        if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufmM":
            parts.append(np.ascontiguousarray(column.to_numpy()).tobytes())
        else:
            cells = column.tolist()
            for cell in cells:
                if type(cell) not in _TOLD and not isinstance(cell, (dict, list)):
                    _plain(cell)
            parts.append(repr(cells).encode("utf-8", "backslashreplace"))
    return b"\0".join(b"%d:%b" % (len(p), p) for p in parts)


def _made(payload: Payload) -> Made:
    return Made(payload.key, data_script(payload.key, payload.document()), len(payload.charts))


@dataclass
class Keeper:
    """Data of earlier pages that may be taken again, and the list of those of this one.

    Parameters
    ----------
    earlier : tuple of Path
        Folders of earlier pages; the first that holds what is asked for gives it.
    """

    earlier: tuple[Path, ...] = ()
    made: dict[str, Listed] = field(default_factory=dict)
    n_taken: int = 0
    _prints: Prints = field(default_factory=Prints)
    _old: list[tuple[Path, dict[str, Listed]]] = field(init=False)

    def __post_init__(self) -> None:
        self._old = [(folder, _index_of(folder)) for folder in self.earlier]

    def data(self, payloads: Iterable[Payload | Due] | Due) -> Iterator[Made]:
        """Give the data files, made anew or taken over."""
        for one in (payloads,) if isinstance(payloads, Due) else payloads:
            if isinstance(one, Due):
                yield from self._due(one)
            else:
                yield _made(one)

    def _due(self, due: Due) -> Iterator[Made]:
        name = self._prints.of(due)
        for folder, old in self._old:
            taken = _taken(folder, old.get(name))
            if taken is not None:
                self.n_taken += len(taken)
                self.made[name] = old[name]
                yield from taken
                return
        found = due.make(*due.inputs)
        listed: Listed = []
        for payload in (found,) if isinstance(found, Payload) else found:
            one = _made(payload)
            listed.append([one.key, one.n_charts, hashlib.sha256(one.content).hexdigest()])
            yield one
        self.made[name] = listed

    def index(self) -> bytes:
        """Give the file that says what the data were made from."""
        text = json.dumps({"code": code_print(), "made": self.made}, separators=(",", ":"), sort_keys=True)
        return f"{text}\n".encode()


def _taken(folder: Path, listed: Listed | None) -> list[Made] | None:
    """Files of an earlier page, whole and unchanged since; None where one of them is not."""
    if listed is None:
        return None
    found = []
    for key, n_charts, content_hash in listed:
        path = folder / "data" / f"{key}.js"
        content = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(content).hexdigest() != content_hash:
            return None
        found.append(Made(key, content, n_charts))
    return found


def _index_of(folder: Path) -> dict[str, Listed]:
    """What an earlier page was made from; nothing where other code made it, or where it cannot be read."""
    try:
        read = json.loads((folder / INDEX).read_bytes())
        if read.get("code") != code_print():
            return {}
        made = {str(n): [[str(k), int(c), str(h)] for k, c, h in rows] for n, rows in read["made"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    known = all(_KEY.fullmatch(str(row[0])) for rows in made.values() for row in rows)
    return made if known else {}
