"""Which days a step has to do again: those whose inputs differ from what they were computed from."""

import hashlib
from datetime import date, datetime, timedelta

import duckdb
import pandas as pd

from pipelines.air.overlay import state_of_incomplete

STATION_TABLES = "air.station_hour"
"""Name under which the tables computed straight from the hours keep their day states."""

_DAY_INPUTS = """
SELECT CAST(hour_end - INTERVAL 1 HOUR AS DATE) AS day, count(*) AS n_hours,
       md5(string_agg(CAST(epoch(hour_end) AS BIGINT) || sha256, ',' ORDER BY hour_end)) AS digest
FROM ops.hour_source
WHERE hour_end > $first AND hour_end <= $last
GROUP BY ALL
ORDER BY day
"""

_ALL = (date(1900, 1, 1), date(2999, 12, 31))


def input_hashes(
    con: duckdb.DuckDBPyConnection,
    as_of: datetime,
    close_after_days: int,
    fingerprint: str,
    window: tuple[date, date] = _ALL,
) -> dict[date, str]:
    """Hash of what each received day is computed from: its hours' files, its state, standards, rules and stations."""
    midnight = datetime.min.time()
    rows = con.execute(
        _DAY_INPUTS,
        {
            "first": datetime.combine(window[0], midnight),
            "last": datetime.combine(window[1] + timedelta(days=1), midnight),
        },
    ).fetchall()
    hashes = {}
    for day, n_hours, digest in rows:
        state = "complete" if n_hours == 24 else state_of_incomplete(day, as_of, close_after_days)
        hashes[day] = hashlib.sha256(f"{digest}|{state}|{fingerprint}".encode()).hexdigest()[:32]
    return hashes


def stored_hashes(con: duckdb.DuckDBPyConnection, table: str = STATION_TABLES) -> dict[date, str]:
    """Hash each day of a table was last computed from."""
    return dict(
        con.execute("SELECT day, input_hash FROM ops.day_state WHERE table_name = ?", [table]).fetchall()
    )


def keep_hashes(con: duckdb.DuckDBPyConnection, hashes: dict[date, str], first: date, last: date) -> None:
    """Note what the days of a window were computed from; the caller owns the transaction."""
    con.execute(
        "DELETE FROM ops.day_state WHERE table_name = ? AND day BETWEEN ? AND ?",
        [STATION_TABLES, first, last],
    )
    if hashes:
        frame = pd.DataFrame(
            {"table_name": STATION_TABLES, "day": list(hashes), "input_hash": list(hashes.values())}
        )
        con.register("incoming", frame)
        con.execute("INSERT INTO ops.day_state BY NAME SELECT * FROM incoming")
        con.unregister("incoming")


def stale_days(
    con: duckdb.DuckDBPyConnection, as_of: datetime, close_after_days: int, fingerprint: str
) -> set[date]:
    """Days to compute again though no new file touches them."""
    stored = stored_hashes(con)
    wanted = input_hashes(con, as_of, close_after_days, fingerprint)
    return {day for day, value in wanted.items() if stored.get(day) != value}


def note_window(con: duckdb.DuckDBPyConnection, first: date, last: date) -> None:
    """Widen the days changed since the last publication; the caller owns the transaction."""
    before = unpublished_window(con) or (first, last)
    for key, day in (
        ("unpublished_first", min(first, before[0])),
        ("unpublished_last", max(last, before[1])),
    ):
        con.execute("INSERT OR REPLACE INTO ops.about VALUES (?, ?)", [key, str(day)])


def unpublished_window(con: duckdb.DuckDBPyConnection) -> tuple[date, date] | None:
    """Days changed since the last publication, whichever run changed them."""
    rows = dict(
        con.execute("SELECT key, value FROM ops.about WHERE starts_with(key, 'unpublished_')").fetchall()
    )
    if not rows:
        return None
    return date.fromisoformat(rows["unpublished_first"]), date.fromisoformat(rows["unpublished_last"])


def forget_window(con: duckdb.DuckDBPyConnection) -> None:
    """Note that everything changed has been checked and is being published; the caller owns the transaction."""
    con.execute("DELETE FROM ops.about WHERE starts_with(key, 'unpublished_')")
