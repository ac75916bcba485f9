"""Keep the rows of every coal file, and of those the ones in force: per key the row of the newest file.

Schema ``landed`` holds the rows of each file as it stands, one table a form; ``coal`` holds the rows in force. When a
file is replaced, the rows of older files that it had overruled stand again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.coal.rows import key_sql, keys_of, table_of
from sources.bureau_forms.model import FormTable
from warehouse.reference import OFFICIAL_TARGETS, add_official_targets
from warehouse.store import one_row

LANDED = "landed"
_PROVENANCE = ("sha256", "sheet", "sheet_row", "path", "age_ns")


@dataclass(frozen=True, order=True)
class Change:
    """What a file changed in the rows in force; the column is empty for a whole row."""

    form: str
    row_key: str
    column_name: str | None
    old_value: str | None
    new_value: str | None
    change: str


@dataclass(frozen=True)
class _Kept:
    """A form in the warehouse: its two tables, their columns and what joins rows of one key."""

    form: str
    table: str
    landed: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    required: frozenset[str]

    def same(self, left: str, right: str) -> str:
        """Condition under which two rows have one key; plain where no key may be NULL, so that scans can skip."""
        if self.required.issuperset(self.keys):
            return " AND ".join(f"{left}.{k} = {right}.{k}" for k in self.keys)
        pairs = zip(key_sql(self.form, left), key_sql(self.form, right), strict=True)
        return " AND ".join(f"{a} = {b}" for a, b in pairs)

    def row_key(self, alias: str) -> str:
        """The key of a row as one text."""
        return f"concat_ws('|', {', '.join(key_sql(self.form, alias))})"


def _kept(con: duckdb.DuckDBPyConnection, form: str) -> _Kept:
    table = table_of(form)
    described = con.execute(f"DESCRIBE coal.{table}").fetchall()
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {LANDED}")
    con.execute(
        f"CREATE TABLE IF NOT EXISTS {LANDED}.{table} AS"
        f" SELECT ''::VARCHAR AS path, 0::BIGINT AS age_ns, * FROM coal.{table} LIMIT 0"
    )
    columns = tuple(name for name, *_ in described)
    required = frozenset(name for name, _, null, *_ in described if null == "NO")
    return _Kept(form, f"coal.{table}", f"{LANDED}.{table}", columns, keys_of(form), required)


def load_rows(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[tuple[FormTable, pa.Table]],
    *,
    path: str,
    sha256: str,
    modified_ns: int,
    seen_at: datetime,
) -> list[Change]:
    """Put the rows of a file in place of those its path brought before; the caller owns the transaction.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    tables : sequence of (FormTable, pyarrow.Table)
    path, sha256 : str
    modified_ns : int
        Newer files win where keys meet; equal ones by path [ns].
    seen_at : datetime

    Returns
    -------
    list of Change
        Rows in force whose values changed; rows added and removed too where the path had brought others before.
    """
    given: dict[str, list[pa.Table]] = {}
    for table, rows in tables:
        stamped = rows.append_column("sheet", pa.array([table.sheet] * rows.num_rows, pa.string()))
        given.setdefault(table.form, []).append(stamped)
    replaced = _forms_of(con, path)
    if replaced and _is_same(con, replaced, path, sha256):
        return []
    changes: list[Change] = []
    for form in sorted(given.keys() | replaced):
        kept = _kept(con, form)
        _stage(con, kept, given.get(form, []), path, sha256, modified_ns)
        changes += _put(con, kept, path, was_there=bool(replaced))
    _record(con, changes, path, sha256, seen_at)
    return changes


def landed_files(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Every file whose rows are kept, as form, content, path and place in the order of files."""
    names = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = ?"
        " ORDER BY ALL",
        [LANDED],
    ).fetchall()
    found: list[str] = []
    for (name,) in names:
        query = f"SELECT DISTINCT concat_ws('|', '{name}', sha256, path, age_ns) FROM {LANDED}.{name} ORDER BY ALL"
        found += [str(file) for (file,) in con.execute(query).fetchall()]
    return found


def _forms_of(con: duckdb.DuckDBPyConnection, path: str) -> set[str]:
    """Forms of which a path has rows."""
    names = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = ?",
        [LANDED],
    ).fetchall()
    if not names:
        return set()
    forms = {table_of(str(form)): str(form) for form in _all_forms()}
    asked = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {LANDED}.{name} WHERE path = $path)"
        for (name,) in names
    )
    return {forms[name] for (name,) in con.execute(asked, {"path": path}).fetchall()}


def _all_forms() -> Iterable[str]:
    from warehouse import standards

    return standards.load("coal_form")["form"].tolist()


def _is_same(con: duckdb.DuckDBPyConnection, forms: Iterable[str], path: str, sha256: str) -> bool:
    for form in forms:
        query = f"SELECT 1 FROM {LANDED}.{table_of(form)} WHERE path = ? AND sha256 <> ? LIMIT 1"
        if one_row(con.execute(query, [path, sha256])):
            return False
    return True


def _stage(
    con: duckdb.DuckDBPyConnection,
    kept: _Kept,
    parts: list[pa.Table],
    path: str,
    sha256: str,
    modified_ns: int,
) -> None:
    """Show the new rows as table ``fresh`` with the types of their table."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS SELECT * FROM {kept.landed} LIMIT 0")
    for part in parts:
        names = [name for name in part.column_names if name in kept.columns and name != "sha256"]
        con.register("incoming", part.select(names))
        con.execute(
            "INSERT INTO fresh BY NAME SELECT *, ? AS path, ?::BIGINT AS age_ns, ? AS sha256 FROM incoming",
            [path, modified_ns, sha256],
        )
        con.unregister("incoming")


def _put(con: duckdb.DuckDBPyConnection, kept: _Kept, path: str, *, was_there: bool) -> list[Change]:
    """Replace the rows of a path and bring the rows in force of every key touched up to date."""
    overlap = was_there or one_row(
        con.execute(f"SELECT 1 FROM {kept.table} t SEMI JOIN fresh f ON {kept.same('t', 'f')} LIMIT 1")
    )
    picked = ", ".join(kept.columns)
    if not overlap:
        con.execute(f"INSERT INTO {kept.landed} BY NAME SELECT * FROM fresh")
        con.execute(f"INSERT INTO {kept.table} BY NAME SELECT {picked} FROM fresh")
        return []
    con.execute(f"CREATE OR REPLACE TEMP TABLE touched AS SELECT * FROM {kept.landed} WHERE path = ?", [path])
    con.execute("INSERT INTO touched BY NAME SELECT * FROM fresh")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE old_rows AS SELECT * FROM {kept.table} t SEMI JOIN touched f ON {kept.same('t', 'f')}"
    )
    con.execute(f"DELETE FROM {kept.landed} WHERE path = ?", [path])
    con.execute(f"INSERT INTO {kept.landed} BY NAME SELECT * FROM fresh")
    keys = ", ".join(key_sql(kept.form, "l"))
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE new_rows AS SELECT {picked} FROM {kept.landed} l"
        f" SEMI JOIN touched f ON {kept.same('l', 'f')}"
        f" QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY age_ns DESC, path DESC, sheet, sheet_row) = 1"
    )
    con.execute(f"DELETE FROM {kept.table} t USING touched f WHERE {kept.same('t', 'f')}")
    con.execute(f"INSERT INTO {kept.table} BY NAME SELECT * FROM new_rows")
    if kept.form in OFFICIAL_TARGETS:
        # An official target stands again when what was imported in its place is withdrawn.
        add_official_targets(con, kept.form)
        con.execute(
            f"INSERT INTO new_rows BY NAME SELECT {picked} FROM {kept.table} t SEMI JOIN touched f ON {kept.same('t', 'f')}"
            f" ANTI JOIN new_rows n ON {kept.same('t', 'n')}"
        )
    found = _changes(con, kept, whole_rows=was_there)
    for name in ("touched", "old_rows", "new_rows"):
        con.execute(f"DROP TABLE {name}")
    return found


def _changes(con: duckdb.DuckDBPyConnection, kept: _Kept, *, whole_rows: bool) -> list[Change]:
    """Compare the rows in force before and now, column by column."""
    key = f"{kept.row_key('o')}"
    compared = [name for name in kept.columns if name not in _PROVENANCE]
    parts = [
        f"SELECT {key} AS row_key, '{name}' AS column_name, o.{name}::VARCHAR AS old_value, n.{name}::VARCHAR AS new_value,"
        f" 'changed' AS change FROM old_rows o JOIN new_rows n ON {kept.same('o', 'n')} WHERE o.{name} IS DISTINCT FROM n.{name}"
        for name in compared
    ]
    if whole_rows:
        for one, other, change in (("old_rows", "new_rows", "removed"), ("new_rows", "old_rows", "added")):
            parts.append(
                f"SELECT {key}, NULL, NULL, NULL, '{change}' FROM {one} o ANTI JOIN {other} n ON {kept.same('o', 'n')}"
            )
    rows = con.execute(" UNION ALL ".join(parts) + " ORDER BY ALL").fetchall()
    return [Change(kept.form, *row) for row in rows]


def _record(
    con: duckdb.DuckDBPyConnection, changes: Sequence[Change], path: str, sha256: str, seen_at: datetime
) -> None:
    if not changes:
        return
    names = ("form", "row_key", "column_name", "old_value", "new_value", "change")
    frame = pd.DataFrame([astuple(change) for change in changes], columns=pd.Index(names), dtype="object")
    con.register("incoming", frame.assign(path=path, sha256=sha256, seen_at=seen_at))
    con.execute("INSERT INTO coal.revision BY NAME SELECT * FROM incoming")
    con.unregister("incoming")
