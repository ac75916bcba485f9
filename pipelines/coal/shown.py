"""Amounts in findings as people wrote them: in the unit of their column, without needless digits."""

import re
from decimal import Decimal

POWERS = {"kg": -3, "t": 0, "kt": 3, "wan_t": 4, "kgce": -3, "tce": 0, "ktce": 3, "wan_tce": 4}
"""Powers of ten that turn an amount in a unit into tonnes."""

_ZH = {
    "kg": "千克", "t": "吨", "kt": "千吨", "wan_t": "万吨", "kgce": "千克标准煤", "tce": "吨标准煤", "ktce": "千吨标准煤",
    "wan_tce": "万吨标准煤",
}  # fmt: skip
_EN = {"wan_t": "10^4 t", "wan_tce": "10^4 tce"}
_TONNES = re.compile(r"(-?\d+(?:\.\d+)?) t\b")


def plain_number(value: Decimal | int | str) -> str:
    """Write a number with thousands marked and without zeros at its end."""
    text = f"{Decimal(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(tonnes: Decimal | int | str, unit: str) -> tuple[str, str]:
    """Write tonnes in a unit, in Chinese and in English."""
    shown = plain_number(Decimal(tonnes).scaleb(-POWERS.get(unit, 0)))
    return f"{shown} {_ZH.get(unit, '吨')}", f"{shown} {_EN.get(unit, unit if unit in _ZH else 't')}"


def in_unit(text: str, unit: str) -> tuple[str, str]:
    """Write every amount in tonnes of a text (``20000.0000 t``) in a unit, in Chinese and in English."""
    zh, en = (_TONNES.sub(lambda found, n=n: amount(found[1], unit)[n], text) for n in (0, 1))  # type: ignore[misc]
    return zh, en
