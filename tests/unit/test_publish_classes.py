"""Nothing of a higher class is in a lower build: by table, column, row, Parquet value and byte of the file."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from warehouse.classes import CLASSES, INTERNAL, PUBLIC, RESTRICTED, marks, rules
from warehouse.dictionary import CHINESE_SCHEMA, read_dictionary
from warehouse.publish import Published, build_path, publish, table_rows
from warehouse.store import Store, StoreError, open_read_only, schema_sql

NOW = datetime(2026, 1, 20, 12)
DAY = datetime(2026, 1, 19)
STATION, COAL = "a" * 64, "b" * 64

PERIOD = {"period_kind": "ytd", "period": "2026-01..02", "scope": "above_scale", "scope_rule": "all"}


def _firms(number: int) -> dict[str, int]:
    return dict.fromkeys(("n_firms", "n_now", "n_then"), number)


FEW = {
    "area_kind": "city",
    "area_code": "610100",
    "period_kind": "year",
    "period": "2025",
    "scope": "above_scale",
    "item": "coke",
}
"""What only one or two firms of a city used."""

LEFT_OUT = dict.fromkeys(("actual_exclusions", "baseline_exclusions", "assessed_exclusions"), "")

# What makes a row one that a build holds, or not: the lowest class whose build holds it, and its telling values.
ROWS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "emergency.warning": [
        (PUBLIC, {"kind": "real", "state": "approved", "approved_at": DAY}),
        (INTERNAL, {"kind": "real", "state": "draft", "approved_at": None}),
        (INTERNAL, {"kind": "real", "state": "cancelled", "approved_at": DAY}),
        (INTERNAL, {"kind": "drill", "state": "approved", "approved_at": DAY}),
    ],
    "ref.target": [
        (PUBLIC, {"target_id": "official", "sha256": ""}),
        (INTERNAL, {"target_id": "imported", "sha256": COAL}),
    ],
    "air.target_progress": [(PUBLIC, {"target_id": "official"}), (INTERNAL, {"target_id": "imported"})],
    "coal.target": [(PUBLIC, {"sha256": None}), (INTERNAL, {"sha256": COAL})],
    "ops.about": [(PUBLIC, {"key": "basis"}), (INTERNAL, {"key": "inner"})],
    "coal.contribution": [
        (INTERNAL, {"contributor_kind": "city"}),
        (RESTRICTED, {"contributor_kind": "firm"}),
        (RESTRICTED, {"contributor_kind": "other"}),
        (RESTRICTED, {"contributor_kind": "city", "contributor_code": "two firms"} | PERIOD),
    ],
    "coal.balance": [
        (INTERNAL, {"item": "coal_total", "n_firms": 3}),
        (RESTRICTED, {"item": "coal_total", "n_firms": 2}),
        (RESTRICTED, {"item": "named:某厂", "n_firms": 9}),
        (RESTRICTED, FEW | {"origin": "firms", "n_firms": 9}),
        (INTERNAL, FEW | {"origin": "firms", "n_firms": 9, "item": "coal_total"}),
        (INTERNAL, FEW | {"origin": "reported", "n_firms": None}),
    ],
    "coal.balance_few": [(RESTRICTED, FEW)],
    "coal.target_check": [
        (INTERNAL, LEFT_OUT | {"exclusions": "feedstock", "actual_exclusions": "feedstock"}),
        (INTERNAL, LEFT_OUT | {"exclusions": "unit:某厂"}),
    ],
    "coal.panel": [
        (INTERNAL, {"n_firms": 3}),
        (RESTRICTED, {"n_firms": 1}),
        (RESTRICTED, {"n_firms": 5, "n_now": 2, "n_then": 5}),
        # One newly listed firm is the total less those that continue.
        *(
            (
                needed,
                {"area_kind": "city", "area_code": "one new firm", "panel_group": group} | _firms(n) | PERIOD,
            )
            for needed, group, n in (
                (INTERNAL, "total", 6),
                (RESTRICTED, "continuing", 5),
                (RESTRICTED, "newly_listed", 1),
            )
        ),
        (
            RESTRICTED,
            {"area_kind": "city", "area_code": "two firms", "panel_group": "total"} | _firms(2) | PERIOD,
        ),
    ],
    "coal.early_warning": [(INTERNAL, {"n_firms": 3}), (RESTRICTED, {"n_firms": 1})],
    "ops.source_file": [
        (INTERNAL, {"kind": "station_hours", "sha256": STATION, "path": "stations.csv"}),
        (INTERNAL, {"kind": "coal", "sha256": COAL, "path": "某厂报表.xlsx"}),
    ],
    "ops.rejected_value": [
        (INTERNAL, {"sha256": STATION, "path": "stations.csv"}),
        (RESTRICTED, {"sha256": COAL, "path": "某厂报表.xlsx"}),
    ],
    "coal.replacement_summary": [(INTERNAL, {"n_projects": 2}), (INTERNAL, {"n_projects": 3})],
    "ops.check_result": [(INTERNAL, {"table_name": "air.city_day"}), (INTERNAL, {"table_name": "coal.firm"})],
    "ops.decision": [(INTERNAL, {"kind": "accept_file"}), (INTERNAL, {"kind": "other"})],
}
MASKED = {
    ("ops.source_file", 1): ("path", "reason_zh", "reason_en"),
    ("ops.check_result", 1): ("detail_zh", "detail_en"),
    ("ops.decision", 1): ("subject", "note"),
    ("coal.target_check", 1): (
        "verdict_zh", "verdict_en", "notes_zh", "notes_en", "actual_amount", "month_amount", "month_then_amount", "baseline_amount",
        "baseline_year_amount", "change_amount", "change_pct", "limit_amount", "task_amount", "achieved_amount", "task_share_pct",
        "time_share_profile_pct", "linear_amount", "profile_amount", "rest_amount", "rest_month_amount", "projected_base_amount",
        "new_projects_amount", "projected_amount", "assessed_actual_amount", "assessed_baseline_amount", "assessed_change_pct",
        "other_actual_amount", "other_baseline_amount", "other_change_pct",
    ),
    ("coal.replacement_summary", 0): (
        "demand_t", "required_t", "valid_t", "suspected_t", "rejected_t", "shortfall_t", "excess_t",
    ),
}  # fmt: skip
"""Columns that only the restricted build shows of a row that the internal one holds."""


@dataclass
class Planted:
    """A warehouse with a text of its own in every text column of every table, and who may see it."""

    path: Path
    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By text: the class needed, and where it stands."""

    rows: dict[str, list[str]] = field(default_factory=dict)
    """By table: the class needed for each row."""

    def word(self, where: str, klass: str) -> str:
        text = "密" + hashlib.sha256(where.encode()).hexdigest()[:24]
        self.words[text] = (klass, where)
        return text

    def seen(self, klass: str) -> set[str]:
        return {w for w, (needed, _) in self.words.items() if CLASSES.index(needed) <= CLASSES.index(klass)}

    def hidden(self, klass: str) -> set[str]:
        return self.words.keys() - self.seen(klass)


def _value(kind: str, number: int) -> Any:
    """Some value of a type that is no text."""
    if kind.endswith("[]"):
        return []
    if kind == "DATE":
        return DAY.date()
    if kind.startswith("TIMESTAMP"):
        return DAY
    return number % 2 == 0 if kind == "BOOLEAN" else number


def plant(path: Path) -> Planted:
    """Make a warehouse by the contract, without keys and checks, so that any text can stand anywhere."""
    planted = Planted(path)
    contract = duckdb.connect()
    contract.execute(schema_sql())
    tables, columns = marks(contract)
    kinds: dict[str, dict[str, str]] = {}
    for table, name, kind in contract.execute(
        "SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns()"
        " WHERE NOT internal AND database_name = current_database() ORDER BY column_index"
    ).fetchall():
        kinds.setdefault(table, {})[name] = kind
    store = duckdb.connect(str(path), config={"storage_compatibility_version": "v1.5.0"})
    for statement in duckdb.extract_statements(schema_sql()):
        if "CREATE TABLE" in statement.query:
            continue
        if "COMMENT ON TABLE" in statement.query:
            table = statement.query.split("COMMENT ON TABLE ", 1)[1].split(" ", 1)[0].replace('"', "")
            listed = ", ".join(f'"{name}" {kind}' for name, kind in kinds[table].items())
            store.execute(f'CREATE TABLE {table.split(".")[0]}."{table.split(".")[1]}" ({listed})')
        store.execute(statement)
    for table in tables:
        cases = ROWS.get(table, [(tables[table], {})])
        planted.rows[table] = [needed for needed, _ in cases]
        for number, (needed, given) in enumerate(cases):
            row = dict(given)
            for name, kind in kinds[table].items():
                if name in row:
                    continue
                masked = name in MASKED.get((table, number), ())
                own = max(needed, columns[table][name], key=CLASSES.index)
                row[name] = (
                    planted.word(f"{table}.{name}#{number}", RESTRICTED if masked else own)
                    if kind == "VARCHAR"
                    else _value(kind, number)
                )
            marked = ", ".join("?" * len(row))
            listed = ", ".join(f'"{name}"' for name in row)
            schema, bare = table.split(".")
            store.execute(f'INSERT INTO {schema}."{bare}" ({listed}) VALUES ({marked})', list(row.values()))
    store.execute("DELETE FROM ops.day_state")
    store.execute("INSERT INTO ops.day_state VALUES ('air.station_hour', '2026-01-19', 'one')")
    planted.words = {w: (k, where) for w, (k, where) in planted.words.items() if "ops.day_state" not in where}
    store.close()
    contract.close()
    return planted


def publish_it(planted: Planted, folder: Path, *, digest: str = "1", at: datetime = NOW) -> Published:
    con = duckdb.connect(str(planted.path), read_only=True)
    rows = table_rows(con)
    con.close()
    return publish(planted.path, folder, digest=digest, rows=rows, about={}, now=at, keep=3)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return plant(tmp_path_factory.mktemp("planted") / "fenwei.duckdb")


@pytest.fixture(scope="module")
def version(planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish_it(planted, tmp_path_factory.mktemp("home") / "publish")


def texts(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Every value of every table and view, and everything the catalogue says."""
    for schema, table in con.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal"
        " UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall():
        for row in con.execute(f'FROM "{schema}"."{table}"').fetchall():
            yield from map(str, row)
    for catalogue in ("duckdb_tables()", "duckdb_columns()", "duckdb_views()", "duckdb_functions()"):
        for row in con.execute(f"FROM {catalogue} WHERE NOT internal").fetchall():
            yield from map(str, row)


@pytest.mark.parametrize("klass", CLASSES)
def test_every_text_is_where_it_may_be_seen_and_nowhere_else(
    planted: Planted, version: Published, klass: str
) -> None:
    con = open_read_only(version.folder / klass / "fenwei.duckdb")
    found = "\n".join(texts(con))
    con.close()
    assert [planted.words[w] for w in planted.hidden(klass) if w in found] == []
    assert [planted.words[w] for w in planted.seen(klass) if w not in found] == []
    assert klass == RESTRICTED or len(planted.hidden(klass)) > 100


@pytest.mark.parametrize("klass", CLASSES)
def test_no_byte_of_a_build_is_of_a_higher_class(planted: Planted, version: Published, klass: str) -> None:
    data = (version.folder / klass / "fenwei.duckdb").read_bytes()
    assert [planted.words[w] for w in planted.hidden(klass) if w.encode() in data] == []
    # The search can see: what a build holds stands in its bytes as it is.
    assert [planted.words[w] for w in planted.seen(klass) if w.encode() not in data] == []


@pytest.mark.parametrize("klass", CLASSES)
def test_no_parquet_file_is_of_a_higher_class(planted: Planted, version: Published, klass: str) -> None:
    con = duckdb.connect()
    values, data = [], b""
    for path in sorted((version.folder / klass / "parquet").rglob("*")):
        data += path.read_bytes() if path.is_file() else b""
        if path.suffix == ".parquet":
            values += [str(v) for row in con.execute(f"FROM read_parquet('{path}')").fetchall() for v in row]
    con.close()
    found = "\n".join(values)
    assert [planted.words[w] for w in planted.hidden(klass) if w in found or w.encode() in data] == []
    shown = [where for w, (_, where) in planted.words.items() if w in found]
    assert any(where.startswith("air.station_hour") for where in shown)
    assert any(where.startswith("coal.panel") for where in shown) == (klass != PUBLIC)


@pytest.mark.parametrize("klass", CLASSES)
def test_tables_columns_and_rows_are_those_of_the_class(
    planted: Planted, version: Published, klass: str
) -> None:
    contract = duckdb.connect()
    contract.execute(schema_sql())
    tables, columns = marks(contract)
    level = CLASSES.index(klass)
    wanted = {
        t: [c for c, k in columns[t].items() if CLASSES.index(k) <= level]
        for t, k in tables.items()
        if CLASSES.index(k) <= level
    }
    con = open_read_only(version.folder / klass / "fenwei.duckdb")
    found = {f"{t.schema}.{t.name}": [c.name for c in t.columns] for t in read_dictionary(con)}
    rows = table_rows(con)
    assert found == wanted
    assert rows == version.manifest["builds"][klass]["rows"]
    for table, needed in planted.rows.items():
        if table in wanted and table != "ops.about":
            assert rows[table] == sum(CLASSES.index(k) <= level for k in needed), table
    if klass != RESTRICTED:
        views = con.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = ?", [CHINESE_SCHEMA]
        ).fetchall()
        assert {v for (v,) in views} == {t.zh_name for t in read_dictionary(con)}
        word = con.execute("SELECT value FROM ops.about WHERE key = 'class'").fetchone()
        assert word == ({PUBLIC: "公开", INTERNAL: "内部"}[klass],)
    con.close()
    contract.close()


def test_folders_are_closed_to_others_by_class(version: Published) -> None:
    modes = {k: (version.folder / k).stat().st_mode & 0o777 for k in CLASSES}
    assert modes[RESTRICTED] == 0o700 and modes[INTERNAL] & 0o007 == 0 and modes[PUBLIC] & 0o022 == 0
    assert (version.folder / RESTRICTED / "fenwei.duckdb").stat().st_mode & 0o077 == 0
    assert (version.folder / INTERNAL / "fenwei.duckdb").stat().st_mode & 0o007 == 0
    manifest = version.folder / "MANIFEST.json"
    assert manifest.stat().st_mode & 0o007 == 0, "it counts the rows of every build"


def test_the_bulk_is_one_file_on_the_disk(version: Published) -> None:
    part = "parquet/air.station_hour/2026-01.parquet"
    assert len({(version.folder / k / part).stat().st_ino for k in CLASSES}) == 1
    panel = "parquet/coal.panel.parquet"
    assert len({(version.folder / k / panel).stat().st_ino for k in (INTERNAL, RESTRICTED)}) == 2


def _change(planted: Planted, *statements: str) -> None:
    con = duckdb.connect(str(planted.path))
    for statement in statements:
        con.execute(statement)
    con.close()


@pytest.fixture
def second(planted: Planted, tmp_path: Path) -> Planted:
    """Another planted warehouse, to be changed."""
    path = tmp_path / "fenwei.duckdb"
    path.write_bytes(planted.path.read_bytes())
    return Planted(path, dict(planted.words), dict(planted.rows))


def test_a_row_that_is_withdrawn_leaves_no_byte_behind(second: Planted, tmp_path: Path) -> None:
    folder = tmp_path / "publish"
    word = next(w for w, (_, where) in second.words.items() if where == "emergency.warning.warning_id#0")
    first = publish_it(second, folder)
    assert word.encode() in (first.folder / PUBLIC / "fenwei.duckdb").read_bytes()
    _change(second, "UPDATE emergency.warning SET state = 'cancelled' WHERE state = 'approved'")
    after = publish_it(second, folder, digest="2", at=NOW + timedelta(minutes=1))
    data = (after.folder / PUBLIC / "fenwei.duckdb").read_bytes()
    assert word.encode() not in data
    assert [second.words[w] for w in second.hidden(PUBLIC) if w.encode() in data] == []


def _hour(day: str, hour: str) -> str:
    return (
        "INSERT INTO air.station_hour (station_code, hour_end, pm25_ugm3, standard_set)"
        f" VALUES ('N', '{day} {hour}', 55, '2012')"
    )


def test_only_changed_months_are_written_into_the_public_file_before(
    second: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "publish"
    publish_it(second, folder)
    _change(
        second,
        _hour("2026-02-03", "05:00"),
        "INSERT INTO ops.day_state VALUES ('air.station_hour', '2026-02-03', 'two')",
        "UPDATE ref.station SET name_zh = '新名'",
    )
    asked: list[list[str]] = []
    from warehouse.builder import Builder

    kept = Builder.exchange
    monkeypatch.setattr(
        Builder, "exchange", lambda self, t, months: (asked.append(months), kept(self, t, months))
    )
    after = publish_it(second, folder, digest="2", at=NOW + timedelta(minutes=1))
    assert asked == [["2026-02"]]
    con = duckdb.connect()
    for klass in CLASSES:
        con.execute(f"ATTACH '{after.folder}/{klass}/fenwei.duckdb' AS {klass} (READ_ONLY)")
    for table in ("air.station_hour", "ref.station", "air.city_day", "ref.limit"):
        name = ".".join(f'"{part}"' for part in table.split("."))
        got = [con.execute(f"SELECT * FROM {k}.{name} ORDER BY ALL").fetchall() for k in CLASSES]
        assert got[0] == got[1] == got[2] != [], table
    con.close()
    for klass in (PUBLIC, INTERNAL):
        data = (after.folder / klass / "fenwei.duckdb").read_bytes()
        assert [second.words[w] for w in second.hidden(klass) if w.encode() in data] == []


def test_rows_that_no_day_tells_of_are_published_too(second: Planted, tmp_path: Path) -> None:
    folder = tmp_path / "publish"
    publish_it(second, folder)
    _change(second, _hour("2026-01-03", "05:00"), _hour("2025-01-03", "05:00"))
    after = publish_it(second, folder, digest="2", at=NOW + timedelta(minutes=1))
    rows = {k: after.manifest["builds"][k]["rows"]["air.station_hour"] for k in CLASSES}
    assert rows == dict.fromkeys(CLASSES, 3)


@pytest.mark.parametrize(
    "damage",
    [
        "CREATE TABLE coal.firm AS SELECT 1 AS credit_code",
        "ALTER TABLE emergency.warning ADD COLUMN approved_by VARCHAR",
        "INSERT INTO emergency.warning (kind) VALUES ('drill')",
        "UPDATE air.station_day SET pm25_ugm3 = 999",
        "COMMENT ON COLUMN air.city_day.day IS NULL",
    ],
)
def test_a_build_that_is_not_what_it_should_be_is_refused(
    planted: Planted, version: Published, tmp_path: Path, damage: str
) -> None:
    from warehouse.build_check import beside, verify_build
    from warehouse.classes import selections

    path = tmp_path / "fenwei.duckdb"
    path.write_bytes((version.folder / PUBLIC / "fenwei.duckdb").read_bytes())
    whole = version.folder / RESTRICTED / "fenwei.duckdb"
    source = open_read_only(whole)
    held = selections(source, PUBLIC)
    source.close()
    with beside(whole, tmp_path) as con:
        verify_build(con, path, held)
    con = duckdb.connect(str(path))
    con.execute(damage)
    con.close()
    with beside(whole, tmp_path) as con, pytest.raises(StoreError, match=r"fenwei\.duckdb"):
        verify_build(con, path, held)


def test_what_was_published_before_there_were_classes_is_published_anew(tmp_path: Path) -> None:
    folder = tmp_path / "publish"
    old = folder / "versions" / "20260101T000000"
    (old / "parquet").mkdir(parents=True)
    store = Store(tmp_path / "warehouse" / "fenwei.duckdb")
    with store.writing("test") as con:
        rows = table_rows(con)
    (old / "fenwei.duckdb").write_bytes(store.path.read_bytes())
    (old / "MANIFEST.json").write_text(json.dumps({"digest": "1", "rows": rows}), encoding="utf-8")
    (folder / "current").symlink_to("versions/20260101T000000")
    (folder / "fenwei.duckdb").symlink_to("current/fenwei.duckdb")
    assert build_path(folder, RESTRICTED).exists()
    assert not build_path(folder, INTERNAL).exists() and not build_path(folder, PUBLIC).exists()
    new = publish(store.path, folder, digest="1", rows=rows, about={}, now=NOW, keep=3)
    assert new.new
    assert str((folder / "fenwei.duckdb").readlink()) == "current/internal/fenwei.duckdb"
    assert build_path(folder, RESTRICTED) == folder / "current" / RESTRICTED / "fenwei.duckdb"
    assert build_path(folder, PUBLIC).exists()
    assert not publish(store.path, folder, digest="1", rows=rows, about={}, now=NOW, keep=3).new


def test_documents_are_added_to_each_build(planted: Planted, tmp_path: Path) -> None:
    seen = []

    def site(folder: Path) -> dict[str, str]:
        assert (folder / "fenwei.duckdb").exists() and not (folder.parent / "MANIFEST.json").exists()
        (folder / "site").mkdir()
        (folder / "site" / "index.html").write_text(folder.name, encoding="utf-8")
        seen.append(folder.name)
        return {"site": folder.name}

    con = duckdb.connect(str(planted.path), read_only=True)
    rows = table_rows(con)
    con.close()
    publish(
        planted.path, tmp_path, digest="1", rows=rows, about={}, now=NOW, keep=1, parquet=False, extras=site
    )
    assert seen == list(CLASSES)
    manifest = json.loads((tmp_path / "current" / "MANIFEST.json").read_text(encoding="utf-8"))
    assert [manifest["builds"][k]["site"] for k in CLASSES] == list(CLASSES)
    assert (tmp_path / "site" / "index.html").read_text(encoding="utf-8") == INTERNAL


def test_amounts_of_a_target_that_leaves_a_unit_out_are_for_the_restricted_build_alone(
    version: Published,
) -> None:
    """Beside the gross amount they would tell what that unit used."""
    open_ones = {"target_amount", "time_share_linear_pct", "coverage_pct"}
    for klass in (INTERNAL, RESTRICTED):
        con = open_read_only(version.folder / klass / "fenwei.duckdb")
        frame = con.execute("FROM coal.target_check").df().set_index("exclusions")
        con.close()
        figures = [c for c in frame.columns if c.endswith(("_amount", "_pct")) and c not in open_ones]
        hidden = [c for c in figures if not c.startswith("gross_")]
        assert len(hidden) > 20
        assert frame.loc["feedstock", figures].notna().all()
        assert frame.loc["unit:某厂", [c for c in figures if c not in hidden]].notna().all()
        assert frame.loc["unit:某厂", hidden].isna().all() == (klass == INTERNAL)


def test_amounts_of_few_projects_are_for_the_restricted_build_alone(version: Published) -> None:
    columns = ", ".join(MASKED["coal.replacement_summary", 0])
    for klass, few in ((INTERNAL, {None}), (RESTRICTED, {0})):
        con = open_read_only(version.folder / klass / "fenwei.duckdb")
        rows = {
            n: set(values)
            for n, *values in con.execute(
                f"SELECT n_projects, {columns} FROM coal.replacement_summary"
            ).fetchall()
        }
        con.close()
        assert rows == {2: few, 3: {1}}


def test_every_rule_of_rows_and_columns_is_tried_here() -> None:
    tried = {(t, "") for t in ROWS} | {(t, c) for (t, _), columns in MASKED.items() for c in columns}
    assert {(r.table, r.column) for r in rules()} <= tried
