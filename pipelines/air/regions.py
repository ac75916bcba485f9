"""区域名单与区域日报 | lists of region members, and region days."""

from __future__ import annotations

from datetime import date

import duckdb

from warehouse.store import model_sql, one_row


class UnknownAreaError(ValueError):
    """No such region, city or assessment unit: the message says which are known."""


def region_list(con: duckdb.DuckDBPyConnection, region: str, day: date) -> str:
    """Return the ``region_id`` a name means on a day.

    A ``region_id`` means itself, whatever the day; a family name (``fenwei``) means its list in force
    that day, and the nearest of its lists on days that none of them covers.

    Raises
    ------
    UnknownAreaError
        No list of that name.
    """
    found = one_row(
        con.execute(
            """
        SELECT region_id FROM ref.region
        WHERE region_id = $name OR regexp_full_match(region_id, regexp_escape($name) || '_[0-9]{4}')
        ORDER BY region_id = $name DESC,
            $day BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31') DESC,
            greatest(valid_from - $day::DATE, $day::DATE - coalesce(valid_to, DATE '9999-12-31')), region_id
        LIMIT 1
        """,
            {"name": region, "day": day},
        )
    )
    if found is None:
        rows = con.execute("SELECT region_id FROM ref.region ORDER BY region_id").fetchall()
        known = ", ".join(row[0] for row in rows)
        raise UnknownAreaError(
            f"没有区域“{region}”；现有：fenwei, {known} | no region {region!r}; known: fenwei, {known}"
        )
    return str(found[0])


def members(con: duckdb.DuckDBPyConnection, region_id: str, day: date, role: str = "city") -> list[str]:
    """Return the member codes of a list on a day; a list that has ended is taken as it stood last."""
    rows = con.execute(
        """
        SELECT c.area_code
        FROM ref.region r JOIN ref.region_city c USING (region_id)
        WHERE r.region_id = $region AND c.role = $role
            AND greatest(r.valid_from, least($day::DATE, coalesce(r.valid_to, DATE '9999-12-31')))
                BETWEEN c.valid_from AND coalesce(c.valid_to, DATE '9999-12-31')
        ORDER BY c.area_code
        """,
        {"region": region_id, "day": day, "role": role},
    ).fetchall()
    return [row[0] for row in rows]


def regions_of(con: duckdb.DuckDBPyConnection, area_code: str, day: date) -> list[str]:
    """Return the lists in force on a day that rank a city or assessment unit, the largest first."""
    rows = con.execute(
        """
        WITH in_force AS (
            SELECT c.region_id, c.area_code, c.role
            FROM ref.region r JOIN ref.region_city c USING (region_id)
            WHERE $day BETWEEN r.valid_from AND coalesce(r.valid_to, DATE '9999-12-31')
                AND $day BETWEEN c.valid_from AND coalesce(c.valid_to, DATE '9999-12-31')
                AND c.role IN ('city', 'unit')
        )
        SELECT region_id FROM in_force
        GROUP BY region_id HAVING bool_or(area_code = $area)
        ORDER BY starts_with(region_id, 'fenwei') DESC, count(*) DESC, region_id
        """,
        {"area": area_code, "day": day},
    ).fetchall()
    return [row[0] for row in rows]


def rebuild_region_day(con: duckdb.DuckDBPyConnection, day_first: date, day_last: date) -> int:
    """Replace ``air.region_day`` for a window of days and return the number of rows.

    The caller owns the transaction.
    """
    window = {"day_first": day_first, "day_last": day_last}
    con.execute("DELETE FROM air.region_day WHERE day BETWEEN $day_first AND $day_last", window)
    con.execute(f"INSERT INTO air.region_day BY NAME {model_sql('region_day')}", window)
    row = one_row(
        con.execute("SELECT count(*) FROM air.region_day WHERE day BETWEEN $day_first AND $day_last", window)
    )
    return int(row[0]) if row else 0
