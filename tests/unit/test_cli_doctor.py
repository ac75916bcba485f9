import importlib.metadata
import json
import os
import time
from pathlib import Path

import pytest

from pipelines import doctor, doctor_home, doctor_parts
from pipelines.doctor_settings import named_files
from pipelines.home import Home, Settings
from warehouse.lock import file_lock
from warehouse.store import Store


def outcome(finding):
    assert finding.zh and finding.en
    assert (finding.outcome == "ok") == (not finding.todo_zh) == (not finding.todo_en)
    return finding.outcome


def test_python_must_be_new_enough():
    assert outcome(doctor.python_version((3, 10, 9))) == "fail"
    assert outcome(doctor.python_version((3, 11, 0))) == "ok"


def test_packages_out_of_range_and_missing_are_named():
    def version_of(name):
        if name == "absent":
            raise importlib.metadata.PackageNotFoundError(name)
        return "2.0"

    declared = ["old>=3", "absent>=1", "fine>=1,<3", "extra>=9; extra == 'test'", "new<2"]
    finding = doctor.package_versions(declared, version_of)
    assert outcome(finding) == "fail"
    assert all(name in finding.zh for name in ("old", "absent", "new"))
    assert "fine" not in finding.zh and "extra" not in finding.zh
    assert outcome(doctor.package_versions(["fine>=1,<3"], version_of)) == "ok"


def test_the_storage_version_can_be_written_and_read():
    assert outcome(doctor.duckdb_storage()) == "ok"


def test_a_check_that_breaks_is_a_finding():
    def broken():
        raise RuntimeError("no such luck")

    finding = doctor._guarded(broken)
    assert outcome(finding) == "fail" and "no such luck" in finding.zh


def test_fonts_are_found_by_name(tmp_path):
    assert outcome(doctor_parts.fonts((str(tmp_path),), None)) == "warn"
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "NotoSansCJK-Regular.ttc").touch()
    assert "NotoSansCJK-Regular.ttc" in doctor_parts.fonts((str(tmp_path),), None).zh


def test_a_browser_named_by_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    assert outcome(doctor_parts.browser()) == "warn"
    (tmp_path / "mine").touch()
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "mine"))
    assert outcome(doctor_parts.browser()) == "ok"


def test_a_cache_that_cannot_be_written(monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/proc/nothing")
    monkeypatch.setattr(os, "access", lambda *a: False)
    assert outcome(doctor.compiled_cache()) == "warn"


@pytest.fixture
def home(tmp_path):
    root = tmp_path / "home"
    (root / "landing").mkdir(parents=True)
    return Home(root)


def of(home, check):
    return outcome(getattr(doctor_home, check)(home))


def test_nothing_fails_in_a_new_home_and_nothing_is_made(tmp_path):
    findings = doctor_home.examine_home(tmp_path / "none")
    assert {outcome(f) for f in findings} == {"ok", "warn"}
    assert list(tmp_path.iterdir()) == []


def test_disk_is_compared_with_twice_the_database(home, monkeypatch):
    home.warehouse.parent.mkdir()
    with home.warehouse.open("wb") as handle:
        handle.truncate(4 << 30)
    for free, expected in ((3 << 30, "fail"), (6 << 30, "warn"), (9 << 30, "ok")):
        monkeypatch.setattr(
            doctor_home.shutil,
            "disk_usage",
            lambda path, free=free: _Usage(free),
        )
        assert of(home, "disk") == expected


class _Usage:
    def __init__(self, free):
        self.free = free


def test_a_log_beside_the_database_only_matters_without_a_writer(home):
    home.warehouse.parent.mkdir()
    log = home.warehouse.with_name("fenwei.duckdb.wal")
    assert of(home, "unfinished_write") == "ok"
    log.touch()
    assert of(home, "unfinished_write") == "warn"
    with file_lock(Store(home.warehouse).lock_path, "test"):
        assert of(home, "unfinished_write") == "ok"
        assert of(home, "locks") == "warn"
    assert of(home, "locks") == "ok"


def test_half_made_versions_and_broken_links(home):
    (home.publish / "versions" / ".next-1").mkdir(parents=True)
    assert of(home, "leftovers") == "warn"
    assert of(home, "published") == "warn"
    (home.publish / "versions" / "20260101T000000").mkdir()
    assert of(home, "published") == "fail"
    home.published.parent.mkdir(parents=True)
    home.published.write_bytes(b"no database")
    assert of(home, "published") == "fail"


def test_station_lists_missing_and_old(home):
    named = Home(home.root, Settings(stations="stations.csv"))
    assert of(home, "stations") == "warn"
    assert of(named, "stations") == "fail"
    path = home.root / "stations.csv"
    path.touch()
    assert of(named, "stations") == "ok"
    long_ago = time.time() - 500 * 86400
    os.utime(path, (long_ago, long_ago))
    assert of(named, "stations") == "warn"


@pytest.mark.parametrize(
    ("settings", "content", "said"),
    [
        ({"city_outlines": "轮廓.geojson"}, None, "city_outlines"),
        ({"city_outlines": "轮廓.geojson"}, "{}", "city_outlines"),
        ({"overrides": "覆盖.csv"}, None, "overrides"),
        ({"stations": "."}, None, "stations"),
        ({"mail": {"ca_file": "ca.pem"}}, None, "mail.ca_file"),
    ],
)
def test_files_named_in_settings_are_looked_for(home, settings, content, said):
    if content is not None:
        (home.root / settings["city_outlines"]).write_text(content, encoding="utf-8")
    found = named_files(Home(home.root, Settings(**settings)))
    assert (found.check, found.outcome) == ("named_files", "fail")
    assert found.zh.startswith(f"{said}：") and found.en.startswith(f"{said}: ")


def test_a_file_that_cannot_be_read_is_told(home, monkeypatch):
    (home.root / "覆盖.csv").touch()
    named = Home(home.root, Settings(overrides="覆盖.csv"))
    assert outcome(named_files(named)) == "ok"

    def refused(path, *mode):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    assert "Permission denied" in named_files(named).en


def test_outlines_that_can_be_read_are_in_order(home):
    square = [[[108, 34], [109, 34], [109, 35], [108, 34]]]
    shape = {
        "type": "Feature",
        "properties": {"adcode": 610100},
        "geometry": {"type": "Polygon", "coordinates": square},
    }
    (home.root / "轮廓.geojson").write_text(json.dumps(shape), encoding="utf-8")
    assert outcome(named_files(Home(home.root, Settings(city_outlines="轮廓.geojson")))) == "ok"
