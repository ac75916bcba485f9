"""No text of a higher class is in a lower page: a text of its own in every free column of a whole home, then published."""

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from drill_homes import FIRST, NOW, TODAY, run

from pipelines.emergency.emission_list.simulated import keep_simulated
from pipelines.emergency.simulated import decide, keep_recipients
from pipelines.home import Home, open_home, remember
from pipelines.site.publishing import page_maker
from sources.simulation import simulate
from sources.simulation.coal import simulate_coal
from sources.simulation.forecast_bulletin import simulate_bulletin
from warehouse.classes import CLASSES, INTERNAL, PUBLIC, marks
from warehouse.publish import publish, table_rows
from warehouse.store import open_read_only, schema_sql

_FREE = re.compile(
    r"(name|note|reason|phone|contact|person|address|office|signatory|approved_by|detail|subject|path|title|text"
    r"|remark|document_no|opinion)(_zh|_en)?$"
)
_WORD = re.compile(rb"[0-9a-f]{16}")


@dataclass
class Planted:
    """A published home, and by planted text the class of its column and where it stands."""

    folder: Path
    words: dict[str, tuple[str, str]]


def whole_home(root: Path) -> Home:
    """Twelve days of stations, with coal, lists, and warnings approved and drafted."""
    home = remember(
        open_home(root), simulated=True, as_of=NOW.isoformat(), publish_parquet=False, publish_site=False
    )
    simulate(home.landing, first=FIRST, today=TODAY)
    simulate_coal(home.landing, today=TODAY)
    simulate_bulletin(home.landing, today=TODAY)
    keep_simulated(home.root, home.state, NOW)
    keep_recipients(home, NOW)
    run(home)
    decide(home, NOW)
    return home


def free_columns(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Columns of tables that hold free text, as table and column."""
    for schema, table, column in con.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE NOT internal"
        " AND data_type = 'VARCHAR' AND database_name = current_database() ORDER BY ALL"
    ).fetchall():
        if _FREE.search(column):
            yield f"{schema}.{table}", column


def plant(path: Path) -> dict[str, tuple[str, str]]:
    """Give every row a text of its own in every free column that is not for the public or stands in a mixed table."""
    with closing(duckdb.connect()) as contract:
        contract.execute(schema_sql())
        tables, columns = marks(contract)
    words: dict[str, tuple[str, str]] = {}
    with closing(duckdb.connect(str(path))) as con:
        for table, column in list(free_columns(con)):
            klass = (
                max(tables[table], columns[table][column], key=CLASSES.index) if table in tables else PUBLIC
            )
            if klass == PUBLIC and table != "emergency.warning":
                continue
            schema, bare = table.split(".")
            word = f"left(md5('{table}.{column}' || rowid), 16)"
            try:
                con.execute(f'UPDATE {schema}."{bare}" SET "{column}" = {word} WHERE "{column}" IS NOT NULL')
            except duckdb.ConstraintException:
                continue
            rows = con.execute(f'SELECT "{column}" FROM {schema}."{bare}" WHERE "{column}" IS NOT NULL')
            words |= {row[0]: (klass, f"{table}.{column}") for row in rows.fetchall()}
    return words


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    base = tmp_path_factory.mktemp("classes")
    home = whole_home(base / "home")
    copy = base / "fenwei.duckdb"
    shutil.copyfile(home.warehouse, copy)
    words = plant(copy)
    with closing(open_read_only(copy)) as con:
        rows = table_rows(con)
        about = dict(con.execute("SELECT key, value FROM ops.about").fetchall())
    done = publish(
        copy, base / "publish", digest="1", rows=rows, about=about, now=NOW, keep=1, parquet=False,
        extras=page_maker(home, NOW),
    )  # fmt: skip
    return Planted(done.folder, words)


def held_by(database: Path, words: dict[str, tuple[str, str]]) -> set[str]:
    """Planted texts that a build holds."""
    with closing(open_read_only(database)) as con:
        found: set[str] = set()
        for table, column in list(free_columns(con)):
            schema, bare = table.split(".")
            rows = con.execute(f'SELECT DISTINCT "{column}" FROM "{schema}"."{bare}"').fetchall()
            found |= {row[0] for row in rows if row[0]}
    return found & words.keys()


def shown_by(site: Path, words: dict[str, tuple[str, str]]) -> set[str]:
    """Planted texts in any file of a page."""
    files = [p for p in site.rglob("*") if p.is_file() and not p.name.startswith("plotly")]
    assert len(files) > 50
    return {w.decode() for p in files for w in _WORD.findall(p.read_bytes())} & words.keys()


@pytest.mark.parametrize("klass", [PUBLIC, INTERNAL])
def test_no_text_of_a_higher_class_is_in_a_page(planted: Planted, klass: str) -> None:
    folder = planted.folder / klass
    shown = shown_by(folder / "site", planted.words)
    level = CLASSES.index(klass)
    higher = {w for w, (needed, _) in planted.words.items() if CLASSES.index(needed) > level}
    assert len(higher) > 200
    assert {planted.words[w][1] for w in shown & higher} == set()
    # Rows may be of a higher class than their columns: a page shows only rows that its build holds.
    assert {planted.words[w][1] for w in shown - held_by(folder / "fenwei.duckdb", planted.words)} == set()


def test_the_search_can_see(planted: Planted) -> None:
    shown = shown_by(planted.folder / INTERNAL / "site", planted.words)
    assert {planted.words[w][0] for w in shown} >= {INTERNAL}


def test_no_page_is_made_of_the_restricted_build(planted: Planted) -> None:
    assert not (planted.folder / CLASSES[-1] / "site").exists()
