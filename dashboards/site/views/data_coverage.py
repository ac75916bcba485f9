"""Data: completeness of stations by day, and the stations without any."""

from collections.abc import Iterator

import pandas as pd

from dashboards.site.chart import Chart, Column, columns_of
from dashboards.site.figures import data_coverage
from dashboards.site.frames import records, with_columns
from dashboards.site.script import part
from dashboards.site.view import Due, Fact, Payload
from dashboards.site.words import Text, both, say

ALL = "all"
MOST = 120
"""More stations than these are shown by province; one figure of them all could not be read."""


_column = columns_of("datacol")


_STATION = (
    _column("station_code"),
    _column("station"),
    _column("city"),
    _column("counts", "words", words="counts"),
    _column("listed", "words", words="datalisted"),
)
_COLUMNS = (
    *_STATION,
    _column("n_days", "number", 0),
    _column("pct_year", "number", 1),
    _column("day_first"),
    _column("day_last"),
    *(Column(f"month_{m}", "number", 0, heading=say("datacol.month", month=m)) for m in data_coverage.MONTHS),
)


def groups(rows: pd.DataFrame) -> dict[str, Text]:
    """What can be chosen: all stations, or their provinces where there are too many for one figure."""
    if rows["station_code"].nunique() <= MOST:
        return {ALL: say("data.all_stations")}
    known = rows[["province_code", "province_zh", "province_en"]].drop_duplicates("province_code")
    named = {
        _group(r["province_code"]): say("data.no_province")
        if pd.isna(r["province_code"])
        else both(r["province_zh"], r["province_en"])
        for r in records(known)
    }
    return dict(sorted(named.items()))


def _group(province: object) -> str:
    return "none" if province is None or province != province else part(province)


def of_groups(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Rows of each choice."""
    if set(groups(rows)) == {ALL}:
        return {ALL: rows}
    return {str(code): found for code, found in rows.groupby([_group(p) for p in rows["province_code"]])}


def years(rows: pd.DataFrame) -> list[int]:
    """Years with any day, newest first."""
    return sorted({int(y) for y in pd.to_datetime(rows["day"].dropna()).dt.year}, reverse=True)


def payloads(rows: pd.DataFrame, years: list[int]) -> Iterator[Due]:
    """Make the parts of each choice and year; of years that have not changed the page has them already."""
    known = pd.to_datetime(rows["day"]).dt.year
    for group, mine in of_groups(rows).items():
        stations = mine.drop_duplicates("station_code").drop(columns=["day", "pct"]).reset_index(drop=True)
        days = dict(iter(mine[["station_code", "day", "pct"]].groupby(known.loc[mine.index])))
        none = mine.iloc[:0][["station_code", "day", "pct"]]
        for year in years:
            of_year = days.get(year, none).reset_index(drop=True)
            yield Due(payload, (f"data/{group}/{year}", stations, of_year, year))


def payload(key: str, stations: pd.DataFrame, days: pd.DataFrame, year: int) -> Payload:
    """Make the part of one choice and year from its stations and their days of that year."""
    named = with_columns(
        stations,
        counts=[None if pd.isna(v) else "yes" if v else "no" for v in stations["counts"]],
        listed=["yes" if v else "no" for v in stations["listed"]],
        city=_cities(stations),
    )
    figure, tidy = data_coverage.figure(named, days, year)
    without = tidy[tidy["n_days"] == 0] if len(tidy) else tidy
    charts = [
        Chart(
            "coverage",
            say("datacoverage.title", year=year),
            say("datacoverage.caption"),
            figure,
            tidy,
            _COLUMNS,
        )
    ]
    if len(without):
        title, caption = say("datawithout.title", year=year, n=len(without)), say("datawithout.caption")
        charts.append(Chart("without", title, caption, None, without, _STATION))
    filled = tidy["pct_year"].dropna() if len(tidy) else pd.Series(dtype=float)
    facts = [
        Fact(say("data.n_with"), str(len(stations) - len(without)), say("data.n_with_note", n=len(stations))),
        Fact(say("data.n_without"), str(len(without)), say("data.n_without_note")),
        Fact(
            say("data.mean"),
            "—" if filled.empty else f"{filled.mean():.1f}%",
            say("data.mean_note", n=int((filled < 75).sum())),
        ),
    ]
    return Payload(key, charts, facts)


def _cities(rows: pd.DataFrame) -> list[Text]:
    known = {
        r["city_code"]: both(r["city_zh"] or r["city_code"], r["city_en"])
        for r in records(rows[["city_code", "city_zh", "city_en"]].drop_duplicates())
        if r["city_code"] is not None and r["city_code"] == r["city_code"]
    }
    none = say("data.no_city")
    return [known.get(c, none) for c in rows["city_code"]]
