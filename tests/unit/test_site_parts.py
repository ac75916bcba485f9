"""Parts of the page: words, colours, scripts, tiles, and the rule that no text stands in code."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plotly.offline import get_plotlyjs_version

from dashboards.site import read as reading
from dashboards.site.assemble import LIBRARY, shared
from dashboards.site.colours import LEVELS, PALETTES, THEMES, colours, contrast, level_tops
from dashboards.site.figures.now_map import trend_of
from dashboards.site.figures.parts import level_of
from dashboards.site.script import data_script, part, plain
from dashboards.site.tiles import place
from dashboards.site.views.now import polluted_text
from dashboards.site.words import GlossaryError, glossary, say

FOLDER = Path(reading.__file__).parent
_KEY = re.compile(r"""say\(\s*f?["']([^"']+)["']|raw\("([^"]+)"\)|(?:word)\("([^"]+)\"""")


def test_no_text_stands_in_code():
    for path in [*FOLDER.rglob("*.py"), *FOLDER.glob("static/*.js"), *FOLDER.rglob("*.html")]:
        code = path.read_text(encoding="utf-8")
        found = set(re.findall(r"[\u3400-\u9fff]", code)) - set("缺少列应为三键重复的")
        assert not found or path.name in ("colours.py",), (path.name, found)


def test_every_word_that_is_said_is_in_the_glossary():
    known = glossary()
    for path in [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.html"), *FOLDER.glob("static/*.js")]:
        for match in _KEY.finditer(path.read_text(encoding="utf-8")):
            key = next(g for g in match.groups() if g)
            if path.suffix == ".js":
                key = f"ui.{key}"
            if "{" in key:
                stem = key.partition("{")[0]
                assert any(k.startswith(stem) for k in known), (path.name, key)
            elif not key.endswith("."):
                assert key in known, (path.name, key)


def test_both_languages_take_the_same_values():
    for key, text in glossary().items():
        named = [set(re.findall(r"\{(\w+)\}", text[lang])) for lang in ("zh", "en")]
        # A language may leave out what it says in another way, not ask for what the other has not.
        assert named[0] == named[1] or key in ("period.winter", "recent.label"), key


def test_an_unknown_key_is_told():
    with pytest.raises(GlossaryError, match=r"no\.such"):
        say("no.such")


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("theme", THEMES)
def test_what_is_written_on_a_level_can_be_read(palette, theme):
    known = colours(palette, theme)
    for level in LEVELS:
        assert contrast(known[f"aqi{level}"], known[f"on{level}"]) >= 4.5
    for name in ("ink", "muted", "accent", "limit"):
        assert contrast(known[name], known["paper"]) >= 4.5, name
    for level in ("yellow", "orange", "red"):
        assert contrast(known[f"warn_{level}"], known[f"on_warn_{level}"]) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
def test_the_style_shows_the_colours_of_the_palette(palette):
    css = (FOLDER / "static/site.css").read_text(encoding="utf-8").lower()
    for level in LEVELS:
        assert f"--a{level}: {colours(palette, 'light')[f'aqi{level}'].lower()}" in css


_LEAVES = st.none() | st.text() | st.floats() | st.integers()


@given(st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_data_files_hold_any_value_and_end_no_script(value):
    text = data_script("a/b", value).decode("utf-8")
    body = text.removeprefix('fenweiData("a/b",').removesuffix(");\n")
    assert not set("<>&\u2028\u2029") & set(body)
    assert json.loads(body) == plain(value)


def test_a_lone_surrogate_is_written_as_an_escape():
    assert data_script("a", "x\ud800") == b'fenweiData("a","x\\ud800");\n'


def test_values_become_what_json_holds():
    given_values = [np.int16(3), np.float64("nan"), pd.NA, pd.NaT, Decimal("1.50"), date(2026, 3, 1)]
    assert plain(given_values) == [3, None, None, None, 1.5, "2026-03-01"]
    assert plain(datetime(2026, 3, 1, 8)) == "2026-03-01 08:00"


@given(st.text())
def test_a_code_becomes_a_plain_part_of_a_name(code):
    made = part(code)
    assert re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_.-]{0,39}", made) and ".." not in made


@pytest.mark.parametrize(
    ("aqi", "level"), [(None, 0), (-1, 0), (0, 1), (50, 1), (51, 2), (300, 5), (301, 6), (500, 6)]
)
def test_level(aqi, level):
    assert level_of(aqi) == level


def test_levels_end_where_the_standard_says():
    assert level_tops() == (50, 100, 150, 200, 300)


@pytest.mark.parametrize(
    ("now", "before", "trend"), [(60, 50, "steady"), (61, 50, "up"), (39, 50, "down"), (None, 50, "unknown")]
)
def test_trend(now, before, trend):
    assert trend_of(now, before) == trend


@pytest.mark.parametrize(
    ("levels", "zh", "en"),
    [
        ([1, 2], "均未超过 AQI 100", "none is above AQI 100"),
        ([2, 3, 4], "2 市超过 AQI 100", "2 above AQI 100"),
        ([3, 4], "均超过 AQI 100", "all above AQI 100"),
        (
            [2, 3, 5],
            "2 市超过 AQI 100，其中 1 市达到重度及以上污染",
            "2 above AQI 100, 1 of them heavily polluted or worse",
        ),
        (
            [2, 5, 6],
            "2 市超过 AQI 100，且均达到重度及以上污染",
            "2 above AQI 100, all of them heavily polluted or worse",
        ),
        (
            [3, 5],
            "均超过 AQI 100，其中 1 市达到重度及以上污染",
            "all above AQI 100, 1 of them heavily polluted or worse",
        ),
        ([5, 6], "均达到重度及以上污染", "all heavily polluted or worse"),
    ],
)
def test_what_is_true_of_all_cities_is_said_once(levels, zh, en):
    assert polluted_text(levels) == {"zh": zh, "en": en}


@given(st.integers(0, 40), st.integers(0, 7), st.randoms())
def test_tiles_never_lie_on_each_other(n, without, random):
    points = {f"c{k}": (random.uniform(100, 120), random.uniform(30, 42)) for k in range(n)}
    placed = place(points, [f"w{k}" for k in range(without)])
    assert len(placed) == n + without
    spots = sorted(placed.values())
    far = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in pairwise(spots)]
    assert len(set(spots)) == len(spots) and all(d > 1.5 for d in far)


def test_points_in_one_place_get_tiles_of_their_own():
    assert len(set(place({f"c{k}": (108.0, 34.0) for k in range(9)}, []).values())) == 9


def test_queries_name_their_columns_and_tables():
    for path in (FOLDER / "queries").glob("*.sql"):
        text, columns, _ = reading.query(path.stem)
        assert columns and ";" not in re.sub(r"--.*", "", text)


def test_shared_files_are_named_by_their_content():
    made = shared()
    assert made.plotly != made.script
    assert all(re.fullmatch(r"assets/\w+\.[0-9a-f]{10}\.(js|css)", name) for name in made.content)


def test_the_library_draws_what_figures_hold():
    """The bundle kept here is that of plane axes; a trace of another kind would stay blank."""
    text = LIBRARY.read_text(encoding="utf-8")
    assert f"plotly.js (cartesian - minified) v{get_plotlyjs_version()}" in text[:200]
    told = LIBRARY.with_name("README.md").read_text(encoding="utf-8")
    assert told.count(f"`plotly.js-cartesian-dist-min` {get_plotlyjs_version()}") == 2
    assert "MIT License" in LIBRARY.with_name("plotly-cartesian.LICENSE.txt").read_text(encoding="utf-8")
    of_axes = {"linear", "category", "date", "line", "data"}
    found = {
        kind
        for path in (FOLDER / "figures").glob("*.py")
        for kind in re.findall(r'"type": "(\w+)"', path.read_text(encoding="utf-8"))
    }
    held = set(re.findall(r'moduleType:"trace",name:"(\w+)"', text))
    assert {"scatter", "bar"} <= held and found - of_axes <= held
