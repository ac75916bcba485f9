"""Publishing: readers meet only whole versions, unchanged parts are shared, a bad copy is refused."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from warehouse.publish import (
    Published,
    content_digest,
    current_version,
    publish,
    table_rows,
    verify_copy,
)
from warehouse.store import Store, StoreError, open_read_only

NOW = datetime(2019, 1, 20, 12)


class House:
    """A warehouse with hours of two months and the folder it is published to."""

    def __init__(self, root: Path, prepared: Path | None = None):
        self.root = root
        self.store = Store(root / "warehouse" / "fenwei.duckdb")
        self.folder = root / "publish"
        self.moment = NOW
        if prepared:
            self.store.path.parent.mkdir()
            shutil.copyfile(prepared, self.store.path)
            return
        with self.store.writing("test") as con:
            for month in (1, 2):
                self.add(con, month)

    @staticmethod
    def add(con: duckdb.DuckDBPyConnection, month: int, hour: int = 1) -> None:
        moment = datetime(2019, month, 1, hour)
        con.execute(
            "INSERT INTO air.station_hour (station_code, hour_end, standard_set) VALUES ('1462A', ?, '2012')",
            [moment],
        )
        con.execute(
            "INSERT OR REPLACE INTO ops.day_state VALUES ('air.station_hour', ?, ?)",
            [moment.date(), f"hash {hour}"],
        )

    def publish(self, *, keep: int = 3, parquet: bool = True) -> Published:
        with self.store.writing("test") as con:
            digest, rows = content_digest(con), table_rows(con)
        self.moment += timedelta(minutes=1)
        return publish(
            self.store.path,
            self.folder,
            digest=digest,
            rows=rows,
            about={"about": {}},
            now=self.moment,
            keep=keep,
            parquet=parquet,
        )

    def change(self, month: int, hour: int) -> None:
        with self.store.writing("test") as con:
            self.add(con, month, hour)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return House(tmp_path_factory.mktemp("prepared")).store.path


@pytest.fixture
def house(tmp_path: Path, prepared: Path) -> House:
    return House(tmp_path, prepared)


def test_a_version_is_published_once_and_links_are_relative(house: House) -> None:
    assert current_version(house.folder) is None
    first = house.publish()
    assert first.new
    again = house.publish()
    assert not again.new and again.folder == first.folder
    assert len(list((house.folder / "versions").iterdir())) == 1
    for link, target in (
        ("current", f"versions/{first.folder.name}"),
        ("fenwei.duckdb", "current/internal/fenwei.duckdb"),
        ("parquet", "current/internal/parquet"),
    ):
        assert str((house.folder / link).readlink()) == target
    house.root.rename(house.root.with_name("moved"))
    moved = house.root.with_name("moved") / "publish" / "fenwei.duckdb"
    con = open_read_only(moved)
    assert con.execute("SELECT count(*) FROM air.station_hour").fetchone() == (2,)
    con.close()


def test_old_versions_go_and_a_reader_keeps_the_one_it_opened(house: House) -> None:
    made = [house.publish(keep=2)]
    reader = open_read_only(house.folder / "fenwei.duckdb")
    for hour in (2, 3, 4):
        house.change(1, hour)
        made.append(house.publish(keep=2))
    left = sorted(v.name for v in (house.folder / "versions").iterdir())
    assert left == [v.folder.name for v in made[-2:]]
    assert reader.execute("SELECT count(*) FROM air.station_hour").fetchone() == (2,)
    reader.close()
    con = open_read_only(house.folder / "fenwei.duckdb")
    assert con.execute("SELECT count(*) FROM air.station_hour").fetchone() == (5,)
    con.close()


def test_what_a_crash_left_is_swept(house: House) -> None:
    left = house.folder / "versions" / ".next-20190101T000000"
    left.mkdir(parents=True)
    (left / "fenwei.duckdb").write_bytes(b"half")
    published = house.publish()
    assert [v.name for v in (house.folder / "versions").iterdir()] == [published.folder.name]


def test_two_versions_of_one_second_have_two_names(house: House) -> None:
    first = house.publish()
    house.change(1, 2)
    house.moment -= timedelta(minutes=1)
    second = house.publish()
    assert second.folder.name == f"{first.folder.name}-1"
    assert current_version(house.folder) == Published(second.folder, second.manifest, new=False)


def test_an_unfinished_write_is_refused(house: House) -> None:
    Path(f"{house.store.path}.wal").write_bytes(b"")
    with pytest.raises(StoreError, match=r"fenwei\.duckdb\.wal"):
        publish(house.store.path, house.folder, digest="x", rows={}, about={}, now=NOW, keep=3)
    assert current_version(house.folder) is None


def test_parquet_equals_the_tables_and_unchanged_slices_are_shared(house: House) -> None:
    first = house.publish()
    house.change(2, 5)
    second = house.publish()

    def part(version: Published, month: str) -> Path:
        return version.folder / "public" / "parquet" / "air.station_hour" / f"{month}.parquet"

    assert part(first, "2019-01").stat().st_ino == part(second, "2019-01").stat().st_ino
    assert part(first, "2019-02").stat().st_ino != part(second, "2019-02").stat().st_ino
    con = duckdb.connect()
    for version, expected in ((first, 2), (second, 3)):
        con.execute(f"ATTACH '{version.folder}/public/fenwei.duckdb' AS d (READ_ONLY)")
        files = f"read_parquet('{version.folder}/public/parquet/air.station_hour/*.parquet')"
        rows = con.execute(f"SELECT * FROM {files} ORDER BY ALL").fetchall()
        assert rows == con.execute("SELECT * FROM d.air.station_hour ORDER BY ALL").fetchall()
        assert len(rows) == expected
        con.execute("DETACH d")
    assert "air.station_hour/2019-02.parquet" in second.manifest["builds"]["public"]["parquet"]


def test_without_parquet_no_link_leads_nowhere(house: House) -> None:
    house.publish()
    house.change(1, 2)
    house.publish(parquet=False)
    assert not (house.folder / "parquet").is_symlink()


def counts(path: Path) -> dict[str, int]:
    con = open_read_only(path)
    try:
        return table_rows(con)
    finally:
        con.close()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM air.station_hour",
        "DROP TABLE air.city_day",
        "CREATE TABLE air.extra (a INTEGER)",
        "COMMENT ON COLUMN air.city_day.day IS NULL",
    ],
)
def test_a_copy_that_differs_is_refused(house: House, damage: str) -> None:
    rows = counts(house.store.path)
    verify_copy(house.store.path, rows)
    con = duckdb.connect(str(house.store.path))
    con.execute(damage)
    con.close()
    with pytest.raises(StoreError, match=r"fenwei\.duckdb"):
        verify_copy(house.store.path, rows)


def test_a_cut_copy_is_refused_and_nothing_is_published(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = house.publish()
    house.change(1, 2)

    def cut(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:20_000])

    monkeypatch.setattr("warehouse.publish.shutil.copyfile", cut)
    with pytest.raises((StoreError, duckdb.Error)):
        house.publish()
    monkeypatch.undo()
    present = current_version(house.folder)
    assert present is not None and present.folder == first.folder
    assert house.publish().new
