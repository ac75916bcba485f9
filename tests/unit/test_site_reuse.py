"""Data of an earlier page are taken over only where a whole build would make the same bytes."""

import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import site_worlds as worlds

from dashboards.site import reuse
from dashboards.site.reuse import INDEX, InputError, Keeper, Prints
from dashboards.site.view import Due, Payload
from dashboards.site.views import city, now, region
from dashboards.site.words import say
from pipelines.home import open_home
from pipelines.site.build import SiteSummary, build_site
from pipelines.site.publishing import page_maker
from warehouse.classes import INTERNAL, PUBLIC


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


VIEWS = (now.VIEW, city.VIEW, region.VIEW)


def build(path: Path, folder: Path, earlier: Path | None = None) -> SiteSummary:
    return build_site(path, folder, worlds.AS_OF, previous=earlier, views=VIEWS)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A database and the page made of it, not to be changed."""
    folder = tmp_path_factory.mktemp("base")
    con = worlds.empty(folder / "fenwei.duckdb")
    worlds.add_days(con, date(2025, 12, 20), 12)
    worlds.add_days(con, date(2026, 3, 1), 9)
    worlds.judge(con)
    worlds.close(con)
    build(folder / "fenwei.duckdb", folder / "first")
    return folder / "fenwei.duckdb", folder / "first"


@pytest.fixture
def made(base: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """A copy of both."""
    path = Path(shutil.copy(base[0], tmp_path))
    return path, Path(shutil.copytree(base[1], tmp_path / "first"))


def change(path: Path, statement: str) -> None:
    con = worlds.connect(path)
    con.execute(statement)
    worlds.close(con)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE air.city_day SET aqi = 90 WHERE city_code = '610100' AND day = '2026-03-09'",
        "UPDATE air.city_day SET primary_pollutants = 'O3' WHERE city_code = '610100' AND year(day) = 2025",
        "UPDATE air.city_hour SET pm25_ugm3 = NULL WHERE city_code = '140100'",
        "DELETE FROM air.city_day WHERE city_code = '610500'",
        "UPDATE air.ranking SET rank = 3",
        "UPDATE ref.city SET name_zh = '新名' WHERE city_code = '610100'",
        "DELETE FROM air.episode",
    ],
)
def test_a_page_with_one_before_is_the_one_made_whole(made, tmp_path, statement):
    path, first = made
    change(path, statement)
    second = build(path, tmp_path / "second", first)
    whole = build(path, tmp_path / "whole")
    assert files_of(tmp_path / "second") == files_of(tmp_path / "whole")
    assert (second.n_charts, second.n_files) == (whole.n_charts, whole.n_files)
    assert second.n_taken > 0 and whole.n_taken == 0


def test_only_what_changed_is_made_anew(made, tmp_path):
    path, first = made
    before = build(path, tmp_path / "same", first)
    change(path, "UPDATE air.city_day SET aqi = 90 WHERE city_code = '610100' AND day = '2025-12-24'")
    after = build(path, tmp_path / "second", first)
    old, new = files_of(first), files_of(tmp_path / "second")
    other = {n for n in new if n not in old or new[n] != old[n]}
    assert {"data/city/610100/2025.js", INDEX} <= other
    assert not any("610500" in n or "2026" in n for n in other)
    assert 0 < before.n_taken - after.n_taken < 12


def test_a_page_in_its_own_folder_is_looked_at_too(made):
    path, first = made
    again = build(path, first)
    assert again.n_taken > 0 and again.n_written == 0


def test_a_file_that_is_not_what_it_was_is_made_anew(made, tmp_path):
    path, first = made
    good = (first / "data/city/610100/2026.js").read_bytes()
    (first / "data/city/610100/2026.js").write_bytes(b"alert(1)")
    (first / "data/city/610500/2026.js").unlink()
    build(path, tmp_path / "second", first)
    assert (tmp_path / "second/data/city/610100/2026.js").read_bytes() == good
    assert (tmp_path / "second/data/city/610500/2026.js").is_file()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"code": "CODE"}',
        '{"code": "CODE", "made": {"x": [["../../x", 1, "y"]]}}',
        '{"code": "CODE", "made": [1]}',
        "\udcff",
    ],
)
def test_an_index_that_is_none_of_ours_is_none(tmp_path, text):
    content = text.replace("CODE", reuse.code_print()).encode("utf-8", "surrogateescape")
    (tmp_path / INDEX).write_bytes(content)
    assert reuse._index_of(tmp_path) == {}


def test_other_code_takes_nothing(made, tmp_path, monkeypatch):
    path, first = made
    monkeypatch.setattr(reuse, "code_print", lambda: "other")
    assert build(path, tmp_path / "second", first).n_taken == 0


def test_what_a_lower_page_holds_is_not_made_again(made, tmp_path):
    """The internal page takes from the public one made beside it; its own earlier page comes first."""
    path, first = made
    change(path, "UPDATE air.city_day SET aqi = 90 WHERE city_code = '610100' AND day = '2026-03-09'")
    lower = build_site(path, tmp_path / "lower", worlds.AS_OF, previous=first, views=VIEWS)
    both = build_site(
        path, tmp_path / "both", worlds.AS_OF, previous=first, lower=tmp_path / "lower", views=VIEWS
    )
    whole = build(path, tmp_path / "whole")
    assert files_of(tmp_path / "both") == files_of(tmp_path / "whole")
    assert both.n_taken > lower.n_taken > 0 and both.n_charts == whole.n_charts
    one = (tmp_path / "both/data/city/610100/2026.js").stat()
    assert one.st_ino == (tmp_path / "lower/data/city/610100/2026.js").stat().st_ino


def test_a_publication_makes_once_what_both_pages_show(made, tmp_path):
    path, _ = made
    make = page_maker(open_home(tmp_path / "home"), worlds.AS_OF)
    staged = tmp_path / "staged"
    for klass in (PUBLIC, INTERNAL):
        (staged / klass).mkdir(parents=True)
        shutil.copy(path, staged / klass / "fenwei.duckdb")
        assert "views" in make(staged / klass)["site"]
    files = [staged / klass / "site/data/city/610100/2026.js" for klass in (PUBLIC, INTERNAL)]
    assert files[0].samefile(files[1])


def test_a_lower_page_that_was_not_finished_gives_nothing(made, tmp_path):
    path, _ = made
    (tmp_path / "lower" / "data").mkdir(parents=True)
    again = build_site(path, tmp_path / "page", worlds.AS_OF, lower=tmp_path / "lower", views=VIEWS)
    assert again.n_taken == 0


def no_charts(key, *inputs):
    return Payload(key, (), notes=(say("site.none"),))


def several(keys):
    for key in keys:
        yield no_charts(key)


def test_what_a_call_gives_is_known_the_next_time(tmp_path):
    page = [Due(several, (("a", "b"),)), Due(several, ((),)), no_charts("d")]
    first = Keeper()
    found = list(first.data(page))
    assert [m.key for m in found] == ["a", "b", "d"]
    for one in found:
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / f"{one.key}.js").write_bytes(one.content)
    (tmp_path / INDEX).write_bytes(first.index())
    second = Keeper((tmp_path,))
    assert list(second.data(page)) == found and second.n_taken == 2
    assert second.index() == first.index()
    third = Keeper((tmp_path,))
    assert [m.key for m in third.data(Due(several, (("b", "a"),)))] == ["b", "a"]
    assert third.n_taken == 0


def prints(*inputs):
    return Prints().of(Due(no_charts, inputs))


def test_inputs_that_differ_have_other_fingerprints():
    frames = [
        pd.DataFrame({"a": [1, 2]}),
        pd.DataFrame({"a": [1.0, 2.0]}),
        pd.DataFrame({"b": [1, 2]}),
        pd.DataFrame({"a": [2, 1]}),
        pd.DataFrame({"a": [1, 2]}, index=[1, 0]),
        pd.DataFrame({"a": [1, None]}, dtype=object),
        pd.DataFrame({"a": [1, "None"]}, dtype=object),
        pd.DataFrame({"a": ["1", None]}),
        pd.DataFrame({"a": [{"zh": "x", "en": "y"}, None]}, dtype=object),
        pd.DataFrame({"a": pd.to_datetime(["2026-01-01", None])}),
        pd.DataFrame({"a": []}),
        pd.DataFrame({"a": [True, False]}),
    ]
    others = [
        (),
        ((),),
        ("a", "b"),
        ("ab",),
        ("a,b",),
        (["a", "b"],),
        (1,),
        (1.0,),
        ("1",),
        (None,),
        ("None",),
    ]
    others += [(float("nan"),), (np.float64(1),), (date(2026, 1, 1),), (pd.Timestamp(2026, 1, 1),)]
    others += [({"a": 1},), ({"a": 1, "b": 2},), ({"b": 2, "a": 1},)]
    found = [prints(f) for f in frames] + [prints(*o) for o in others]
    assert len(set(found)) == len(found)
    assert prints(frames[0]) == prints(frames[0].copy())
    assert Prints().of(Due(several, ("c",))) != Prints().of(Due(no_charts, ("c",)))


@pytest.mark.parametrize("value", [object(), print, {1, 2}, pd.DataFrame({"a": [object()]})])
def test_an_input_without_content_is_refused(value):
    with pytest.raises(InputError):
        prints(value)


def test_the_index_is_plain(made):
    _, first = made
    read = json.loads((first / INDEX).read_text(encoding="utf-8"))
    assert read.keys() == {"code", "made"} and len(read["made"]) > 5
