"""Data as JavaScript files that register themselves, since pages opened from a folder may not fetch anything else."""

import hashlib
import json
import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

_READY = frozenset((str, int, bool))
_SAFE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]{0,39}")
_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def plain(value: Any) -> Any:
    """Give a value as JSON holds it: what is missing or not a number becomes None, days and hours text."""
    # Most values are of these kinds; asking for them first halves the time.
    kind = type(value)
    if value is None or kind in _READY:
        return value
    if kind is float:
        return _number(value)
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (bool, int, str)) and not isinstance(value, np.generic):
        return value
    if isinstance(value, np.ndarray):
        return [plain(v) for v in value.tolist()]
    if value is pd.NA or value is pd.NaT:
        return None
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, (float, np.floating, Decimal)):
        return _number(float(value))
    if isinstance(value, datetime):
        bare = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.strftime("%Y-%m-%d" if bare else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _number(value: float) -> int | float | None:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value


def harmless_json(value: Any) -> str:
    """Write JSON that ends no script and no line, wherever it stands."""
    text = json.dumps(plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def data_script(key: str, value: Any) -> bytes:
    """Give a file that registers data under a key; lone surrogates are written as escapes."""
    text = f"fenweiData({harmless_json(key)},{harmless_json(value)});\n"
    return text.encode("utf-8", "backslashreplace")


def part(code: object) -> str:
    """Give a code as a part of a key and a file name; one that is no plain code becomes its hash."""
    text = str(code)
    if _SAFE.fullmatch(text) and ".." not in text:
        return text
    return "x" + hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:12]
