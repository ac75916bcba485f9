"""Bring the facts of the CSV files into schema ``ref`` of an open warehouse."""

import duckdb

from warehouse import standards


def load_reference(con: duckdb.DuckDBPyConnection) -> None:
    """Replace the facts in schema ``ref`` by those of the CSV files; stations and imported targets stay.

    An imported target takes the place of the official one with its id.
    """
    for name, frame in standards.load_all().items():
        if name == "target":
            con.execute("DELETE FROM ref.target WHERE coalesce(sha256, '') = ''")
            add_official_targets(con)
            continue
        con.execute(f'DELETE FROM ref."{name}"')
        con.register("incoming", frame)
        con.execute(f'INSERT INTO ref."{name}" BY NAME SELECT * FROM incoming')
        con.unregister("incoming")


def add_official_targets(con: duckdb.DuckDBPyConnection) -> None:
    """Add the official targets that no imported one with the same id has replaced."""
    con.register("incoming", standards.load_all()["target"])
    con.execute(
        "INSERT INTO ref.target BY NAME SELECT * FROM incoming"
        " WHERE target_id NOT IN (SELECT target_id FROM ref.target)"
    )
    con.unregister("incoming")
