"""Who may see what: every table and column is classed in the contract, and the reason is on record."""

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse import checks, classes
from warehouse.classes import (
    CLASSES,
    INTERNAL,
    NAMES,
    PUBLIC,
    RESTRICTED,
    examples_withheld,
    marks,
    selections,
)
from warehouse.dictionary import read_dictionary
from warehouse.recipes import all_recipes
from warehouse.store import schema_sql

DECISIONS = Path(classes.__file__).with_name("decisions.csv")
PERSONAL = (
    "phone",
    "contact",
    "address",
    "credit_code",
    "firm_name",
    "recipient",
    "email",
    "entity_name",
    "construction_unit",
    "household_id",
    "contributor_name",
)
"""Names of columns that tell of firms or persons."""


@pytest.fixture(scope="module")
def contract() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    con.execute(schema_sql())
    yield con
    con.close()


def decided() -> dict[tuple[str, str], str]:
    with DECISIONS.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert all(row["reason_zh"] and row["reason_en"] for row in rows)
    found = {(row["table"], row["column"]): NAMES[row["class"]] for row in rows}
    assert len(found) == len(rows)
    return found


def test_every_table_says_its_class(contract: duckdb.DuckDBPyConnection) -> None:
    said = contract.execute(
        "SELECT schema_name || '.' || table_name, split_part(comment, ' | ', 3), comment FROM duckdb_tables()"
        " WHERE NOT internal"
    ).fetchall()
    assert [name for name, word, _ in said if word.strip() not in NAMES] == [], (
        "third part of the table's comment: 公开, 内部 or 限制"
    )
    columns = contract.execute(
        "SELECT schema_name || '.' || table_name || '.' || column_name, split_part(comment, ' | ', 4), comment"
        " FROM duckdb_columns() WHERE NOT internal AND database_name = current_database()"
    ).fetchall()
    assert [name for name, word, _ in columns if word.strip() and word.strip() not in NAMES] == []
    assert [name for name, _, comment in columns if len(comment.split(" | ")) > 4] == []


def test_the_table_of_decisions_is_the_contract(contract: duckdb.DuckDBPyConnection) -> None:
    tables, columns = marks(contract)
    stated = {(t, ""): k for t, k in tables.items()}
    stated |= {(t, c): k for t, of in columns.items() for c, k in of.items() if k != tables[t]}
    found = decided()
    assert stated.keys() - found.keys() == set(), "add a row to warehouse/classes/decisions.csv"
    assert found.keys() - stated.keys() == set()
    assert {k: (found[k], stated[k]) for k in stated if found[k] != stated[k]} == {}


def test_rules_fit_the_contract_and_each_hides_something_below_its_table(
    contract: duckdb.DuckDBPyConnection,
) -> None:
    tables, _ = marks(contract)
    for rule in classes.rules():
        assert CLASSES.index(tables[rule.table]) <= CLASSES.index(rule.klass), rule
    for klass in (PUBLIC, INTERNAL):
        for selection in selections(contract, klass).values():
            contract.execute(selection.sql)
            if selection.where:
                assert not selection.whole
    assert all(s.whole for s in selections(contract, RESTRICTED).values())


def test_lower_builds_are_part_of_higher_ones(contract: duckdb.DuckDBPyConnection) -> None:
    public, internal, restricted = (selections(contract, k) for k in CLASSES)
    for lower, higher in ((public, internal), (internal, restricted)):
        assert lower.keys() < higher.keys()
        for table, selection in lower.items():
            assert {c for c, _ in selection.columns} <= {c for c, _ in higher[table].columns}
            assert higher[table].where in selection.where


def test_columns_of_firms_and_persons_are_restricted(contract: duckdb.DuckDBPyConnection) -> None:
    """`coal.contribution` shows its names in rows of cities only."""
    held = selections(contract, INTERNAL)
    odd = [
        f"{table}.{name}"
        for table, selection in held.items()
        for name, _ in selection.columns
        if name in PERSONAL and table not in ("coal.contribution",)
    ]
    assert odd == []


def test_a_table_that_is_not_classed_is_restricted() -> None:
    con = duckdb.connect()
    con.execute("CREATE SCHEMA air; CREATE TABLE air.bare (a INTEGER, b INTEGER)")
    con.execute("CREATE TABLE air.odd (a INTEGER); COMMENT ON TABLE air.odd IS '某 | some | 公開'")
    con.execute("CREATE TABLE air.part (a INTEGER, b INTEGER, c INTEGER)")
    con.execute(
        "COMMENT ON TABLE air.part IS '某 | some | 公开'; COMMENT ON COLUMN air.part.a IS '甲 | a | t'"
    )
    con.execute(
        "COMMENT ON COLUMN air.part.b IS '乙 | b |  | 限制'; COMMENT ON COLUMN air.part.c IS '丙 | c |  | 密'"
    )
    tables, columns = marks(con)
    assert tables == {"air.bare": RESTRICTED, "air.odd": RESTRICTED, "air.part": PUBLIC}
    assert columns["air.part"] == {"a": PUBLIC, "b": RESTRICTED, "c": RESTRICTED}
    held = selections(con, PUBLIC)
    assert list(held) == ["air.part"] and [c for c, _ in held["air.part"].columns] == ["a"]
    read = read_dictionary(con)
    assert [(c.name, c.unit, c.access) for c in read[-1].columns][:2] == [
        ("a", "t", "公开"),
        ("b", "", "限制"),
    ]
    con.close()


def test_examples_of_restricted_rows_are_withheld(contract: duckdb.DuckDBPyConnection) -> None:
    assert examples_withheld(contract, "coal.firm") and examples_withheld(contract, "coal.contribution")
    assert not examples_withheld(contract, "air.city_day")
    told = {check.table for check in checks.all_checks()}
    assert {t for t in told if examples_withheld(contract, t)} >= {"coal.use_month", "coal.contribution"}


def test_the_schema_has_nothing_that_builds_do_not_know_of(contract: duckdb.DuckDBPyConnection) -> None:
    """A build is made of tables, comments and macros; a view, a sequence or an index needs a decision first."""
    for kind in ("views", "sequences", "indexes"):
        where = "WHERE NOT internal" if kind == "views" else ""
        assert contract.execute(f"FROM duckdb_{kind}() {where}").fetchall() == []


@pytest.mark.parametrize("recipe", all_recipes(), ids=lambda r: r.name)
def test_a_recipe_says_the_lowest_copy_that_has_its_tables(
    contract: duckdb.DuckDBPyConnection, recipe
) -> None:
    needed = set()
    tables, _ = marks(contract)
    for table, klass in tables.items():
        if f"{table} " in recipe.sql.replace("\n", " ").replace(")", " "):
            needed.add(klass)
    lowest = max(needed, key=CLASSES.index)
    assert CLASSES.index(recipe.klass) >= CLASSES.index(lowest)
