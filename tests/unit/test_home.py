"""A home's settings: errors name file, key and what is expected; what is remembered survives."""

from datetime import datetime
from pathlib import Path

import pytest

from pipelines.home import BEIJING, HomeError, now, open_home, remember


def write(root: Path, text: str | bytes) -> None:
    (root / "fenwei.toml").write_bytes(text.encode() if isinstance(text, str) else text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("threads = 'two'", ("threads", "two", "int")),
        ("threads = true", ("threads", "True", "int")),
        ("simulated = 1", ("simulated", "1", "bool")),
        ("stations = 3", ("stations", "3", "str")),
        ("statoins = 'a.csv'", ("statoins", "stations")),
        ("threads = ", ("TOML",)),
        (b"stations = '\xff'", ("TOML",)),
    ],
)
def test_errors_name_file_key_and_what_is_expected(
    tmp_path: Path, text: str | bytes, said: tuple[str, ...]
) -> None:
    write(tmp_path, text)
    with pytest.raises(HomeError) as caught:
        open_home(tmp_path)
    for word in (str(tmp_path / "fenwei.toml"), *said):
        assert word in str(caught.value)


def test_a_home_without_settings_has_the_defaults(tmp_path: Path) -> None:
    home = open_home(tmp_path / "nowhere")
    assert home.landing == tmp_path / "nowhere" / "landing"
    assert (home.settings.close_after_days, home.settings.keep_versions) == (7, 3)
    assert not (tmp_path / "nowhere").exists(), "opening creates nothing"


def test_the_home_is_named_or_taken_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENWEI_HOME", str(tmp_path / "a"))
    assert open_home().root == tmp_path / "a"
    monkeypatch.delenv("FENWEI_HOME")
    monkeypatch.chdir(tmp_path)
    assert open_home().root == tmp_path / "fenwei-home"


def test_what_is_remembered_can_be_read_again(tmp_path: Path) -> None:
    home = remember(open_home(tmp_path / "家"), stations='站点 "新" \\ 名单.csv', simulated=True)
    again = open_home(home.root)
    assert again.settings == home.settings
    assert again.settings.stations == '站点 "新" \\ 名单.csv'
    more = remember(again, threads=3, landing=None)
    assert open_home(home.root).settings == more.settings
    assert (more.settings.threads, more.settings.simulated) == (3, True)
    before = home.toml.stat().st_mtime_ns
    remember(more)
    assert home.toml.stat().st_mtime_ns == before, "the same settings are not written again"


def test_paths_in_settings_are_taken_from_the_home(tmp_path: Path) -> None:
    write(tmp_path, "landing = 'in'\nstations = '/data/list.csv'\n")
    home = open_home(tmp_path)
    assert home.landing == tmp_path / "in"
    assert home.path_of(home.settings.stations) == Path("/data/list.csv")
    assert home.path_of(None) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-31", datetime(2026, 1, 31, 23, 59)),
        ("2026-01-31T08:30", datetime(2026, 1, 31, 8, 30)),
        ("2026-01-31 08:30", datetime(2026, 1, 31, 8, 30)),
        ("2026-01-31T00:30:00+00:00", datetime(2026, 1, 31, 8, 30)),
    ],
)
def test_as_of(tmp_path: Path, text: str, moment: datetime) -> None:
    assert now(open_home(tmp_path), text) == moment
    write(tmp_path, f"as_of = '{text}'")
    assert now(open_home(tmp_path)) == moment


def test_as_of_that_is_no_moment(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match=r"--as-of 'gestern'.*2026-01-31T08:30"):
        now(open_home(tmp_path), "gestern")
    clock = datetime.now(BEIJING).replace(tzinfo=None)
    assert abs((now(open_home(tmp_path)) - clock).total_seconds()) < 5
