"""What the judging of inspections, households and emissions shares: models put together, rows read, tables replaced."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

Rows = list[dict[str, Any]]


def compose(parts: Mapping[str, str], last: str) -> str:
    """Put a query behind named parts, each computed once however often it is read.

    Parameters
    ----------
    parts : Mapping[str, str]
        Name by which later parts and the query read a part, and its SQL.
    last : str
        The query itself; it may begin with ``WITH``.
    """
    named = ",\n".join(f"{name} AS MATERIALIZED (\n{sql}\n)" for name, sql in parts.items())
    return f"WITH {named}\nFROM (\n{last}\n)"


def day_of(as_of: date | datetime) -> date:
    """The as-of day; what happens later on it makes no difference."""
    return as_of.date() if isinstance(as_of, datetime) else as_of
