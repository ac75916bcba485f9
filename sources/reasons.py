"""Every reason for which input is refused, in Chinese and English: what tables, mails and pages quote.

A line or cell reason may use only the columns of a rejects frame as placeholders (``line``, ``station_code``,
``item``, ``hour_end``, ``text``); a file reason may use what its exception carries in ``values``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

_FILE = Path(__file__).with_name("reasons.csv")


def _read() -> dict[str, tuple[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: (row["zh"], row["en"]) for row in csv.DictReader(stream)}


REASONS: dict[str, tuple[str, str]] = _read()
"""Chinese and English text of every reason code, in the order of the codes."""


_NOTHING = ("None", "<NA>", "nan", "NaT")


class _Gaps(dict[str, object]):
    """Values for a template in which an unknown placeholder reads as a question mark."""

    def __missing__(self, key: str) -> str:
        return "?"


def describe(code: str, /, **values: object) -> tuple[str, str]:
    """
    Say a reason in Chinese and English.

    Parameters
    ----------
    code : str
        Key of `REASONS`.
    **values
        What fills the placeholders; a placeholder without a value reads as ``?``.

    Returns
    -------
    tuple of str
        The Chinese and the English sentence.

    Raises
    ------
    KeyError
        When no such reason exists.
    """
    filled: Mapping[str, object] = _Gaps(
        {key: "?" if value is None else value for key, value in values.items()}
    )
    zh, en = REASONS[code]
    return zh.format_map(filled), en.format_map(filled)
