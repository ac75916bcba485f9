"""What may be typed into a column of a form: formats, drop-downs, limits and the messages that go with them."""

from datetime import date
from typing import Any

from dashboards.coal.forms import FormColumn

KINDS = {
    "text": ("文字", "text"),
    "code": ("18 位统一社会信用代码（文本）", "18-character credit code, as text"),
    "id": ("编号（文本）", "a code, as text"),
    "integer": ("整数", "a whole number"),
    "year": ("四位年份，如 2026", "a year such as 2026"),
    "month": ("年月，如 2026-09", "a month such as 2026-09"),
    "day": ("日期，如 2026-01-15", "a day such as 2026-01-15"),
    "quantity": ("数量", "a quantity"),
    "number": ("数值", "a number"),
    "percent": ("百分数（不写 %）", "percent, without the sign"),
    "city": ("设区市全称或六位代码", "a city by name or six-digit code"),
    "county": ("县（区）全称或六位代码", "a county by name or six-digit code"),
    "province": ("省级全称或六位代码", "a province by name or six-digit code"),
}
FIRST_YEAR, LAST_YEAR = 2000, 2100
_TEXTS = ("text", "code", "id", "month", "city", "county", "province", "choice", "flag")
_TITLE, _MESSAGE = 32, 255


def number_format(column: FormColumn) -> str:
    """Format of a column's cells; codes and months are text, so that no digit is lost and nothing becomes a date."""
    if column.kind in _TEXTS:
        return "@"
    return {"day": "yyyy-mm-dd", "year": "0", "integer": "0", "quantity": "#,##0.00"}.get(
        column.kind, "General"
    )


def rule_for(column: FormColumn, listed: str | None = None) -> dict[str, Any] | None:
    """Validation of a column in the terms of XlsxWriter.

    Parameters
    ----------
    column : FormColumn
    listed : str, optional
        Range that holds the choices, where they are too many for the rule itself.

    Returns
    -------
    dict or None
        None where anything may be typed and nothing needs to be said.
    """
    rule = _test(column, listed)
    asked = _asked(column)
    if rule is None:
        if not (column.note_zh or column.kind in ("month", "city")):
            return None
        rule = {"validate": "any"}
    else:
        rule |= {
            "error_title": _cut(f"{column.heading}", _TITLE),
            "error_message": _cut(f"应为：{asked[0]}\nexpected: {asked[1]}", _MESSAGE),
        }
    note = "\n".join(part for part in (asked[0], column.note_zh, asked[1], column.note_en) if part)
    return rule | {
        "ignore_blank": True,
        "input_title": _cut(f"{column.heading}", _TITLE),
        "input_message": _cut(f"{required_text(column)}\n{note}", _MESSAGE),
    }


def _test(column: FormColumn, listed: str | None) -> dict[str, Any] | None:
    if column.choices:
        return {"validate": "list", "source": listed or [zh for zh, _ in column.choices]}
    if column.kind == "code":
        return {"validate": "length", "criteria": "==", "value": 18}
    if column.kind == "year":
        return _between("integer", FIRST_YEAR, LAST_YEAR)
    if column.kind == "day":
        return _between("date", date(1980, 1, 1), date(LAST_YEAR, 12, 31))
    if column.kind in ("integer", "quantity", "number", "percent"):
        low = column.minimum if column.minimum is not None else -1e9
        high = column.maximum if column.maximum is not None else 1e9
        return _between("integer" if column.kind == "integer" else "decimal", low, high)
    return None


def _between(kind: str, low: Any, high: Any) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}


def _asked(column: FormColumn) -> tuple[str, str]:
    """What a column takes, in both languages."""
    if column.choices:
        return "从下拉选项中选择", "one of the drop-down list"
    zh, en = KINDS[column.kind]
    bounds = _bounds(column)
    return f"{zh}{bounds}", f"{en}{bounds}"


def _bounds(column: FormColumn) -> str:
    low, high = column.minimum, column.maximum
    unit = f" {column.unit_text}" if column.unit else ""
    if low is None and high is None:
        return unit
    if high is None:
        return f" ≥ {low:,.10g}{unit}"
    return f" ≤ {high:,.10g}{unit}" if low is None else f" {low:,.10g}–{high:,.10g}{unit}"


def required_text(column: FormColumn) -> str:
    """Say whether a column must be filled in."""
    if column.required == "yes":
        return "必填 required"
    if column.required == "no":
        return "可空 optional"
    return f"与另一列至少填一项 this or another ({column.required})"


def choices_text(column: FormColumn) -> str:
    """What may be written into a column, in full."""
    if column.choices:
        return "；".join(f"{zh} {en}" for zh, en in column.choices)
    return " | ".join(_asked(column))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
