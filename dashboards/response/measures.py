"""What a notice asks for: the texts of the fact tables that hold for a city, a level and a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.response.model import Response
from warehouse import standards

BLOCKS = ("health", "advice", "mandatory")
ANY = "any"


@dataclass(frozen=True)
class Measure:
    """One measure of a notice; ``exceptions`` and ``target`` may be empty."""

    block: str
    topic: tuple[str, str]
    department: tuple[str, str]
    text: tuple[str, str]
    target: tuple[str, str]
    exceptions: tuple[str, str]
    verified: bool


@dataclass(frozen=True)
class Plan:
    """The emergency plan a notice rests on."""

    name: tuple[str, str]
    document_no: str


def measures(response: Response, *blocks: str) -> list[Measure]:
    """Give the measures of a response's city and level on its day, in the order of the letter.

    Parameters
    ----------
    response : Response
    *blocks : str
        Of `warehouse.standards.notice_spec.NOTICE_BLOCKS`; the three blocks of measures where none is given.
    """
    wanted = blocks or BLOCKS
    rows = [
        row
        for row in _in_force("notice_measure", response)
        if row["level"] in (response.level, ANY) and row["block"] in wanted
    ]
    nearest = _nearest(rows, ("item", "block"))
    nearest.sort(key=lambda row: (wanted.index(row["block"]), row["sort"], row["item"]))
    return [_measure(row) for row in nearest]


def plan(response: Response) -> Plan | None:
    """Give the plan of a response's city, else that of its province, else None."""
    found = _nearest([row | {"item": "plan"} for row in _in_force("notice_plan", response)], ("item",))
    if not found:
        return None
    return Plan((found[0]["name_zh"], found[0]["name_en"]), found[0]["document_no"])


def code(kind: str, day: date) -> tuple[str, bool]:
    """Give a code of warning messages and whether it is verified."""
    row = next(r for r in standards.rows_on("notice_code", day) if r["code_kind"] == kind)
    return str(row["code"]), bool(row["verified"])


def city_en(code_of_city: str) -> str:
    """Give the English name of a city, or its code where it is unknown."""
    table = standards.load("city")
    found = table.loc[table["city_code"] == code_of_city, "name_en"]
    return str(found.iloc[0]) if len(found) else code_of_city


def _in_force(name: str, response: Response) -> list[dict[str, Any]]:
    """Rows that hold on the day of a response and for its city, its province or everywhere."""
    places = _places(response)
    rows = standards.rows_on(name, response.response_day)
    return [row | {"distance": places.index(row["area"])} for row in rows if row["area"] in places]


def _places(response: Response) -> tuple[str, ...]:
    city = str(response.warning["city_code"])
    return (city, f"{city[:2]}0000", ANY)


def _nearest(rows: Sequence[dict[str, Any]], key: tuple[str, ...]) -> list[dict[str, Any]]:
    """Keep of each item what was made for the nearest place: a city's own text goes before the general one."""
    kept: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        name = tuple(row[part] for part in key)
        if name not in kept or row["distance"] < kept[name]["distance"]:
            kept[name] = row
    return list(kept.values())


def _measure(row: dict[str, Any]) -> Measure:
    def pair(name: str) -> tuple[str, str]:
        return str(row[f"{name}_zh"] or ""), str(row[f"{name}_en"] or "")

    return Measure(
        block=str(row["block"]),
        topic=pair("topic"),
        department=pair("department"),
        text=pair("text"),
        target=pair("target"),
        exceptions=pair("exceptions"),
        verified=bool(row["verified"]),
    )
