"""Drawing: the font and what it shows, lines broken as Chinese is set, the same bytes each time."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dashboards.pictures.font import FACE, MISSING_GLYPH, FontMissingError, drawable, font_file, width
from dashboards.pictures.sheet import Sheet
from dashboards.pictures.wrap import fitted, wrap

CLOSING = "，。、；：？！）》」】"
texts = st.text(
    st.sampled_from("汾渭平原重污染预警，。（）《》 abcXYZ 0123.5% 𬘡₂👩"), min_size=1, max_size=120
)


def drawn() -> bytes:
    sheet = Sheet(400, 120)
    sheet.box(10, 10, 100, 50, fill="#FF7E00", edge="#333333", hatch="//", round_by=8)
    sheet.text(20, 100, "橙色预警 $x^2$ 𬘡₂", 30, bold=True)
    sheet.text(200, 60, "【演练】", 40, turned=30, faint=0.1)
    return sheet.png()


def test_the_font_comes_with_the_installation_and_is_the_mainland_face():
    from matplotlib.ft2font import FT2Font

    found = font_file(())
    assert "noto_cjk_sans_otc" in found.path.parts
    assert FT2Font(str(found.path), face_index=found.index).family_name == FACE


def test_an_installed_font_is_taken_where_the_package_is_missing(tmp_path):
    inside = tmp_path / "opentype" / "noto"
    inside.mkdir(parents=True)
    (inside / "NotoSansCJK-Regular.ttc").symlink_to(font_file().path)
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"no font at all")
    found = font_file((str(tmp_path),), "no_such_package")
    assert (found.path.parent, found.index) == (inside, font_file().index)


def test_without_any_font_it_says_what_to_install(tmp_path):
    with pytest.raises(FontMissingError, match="noto-cjk"):
        font_file((str(tmp_path),), "no_such_package")


@pytest.mark.parametrize("text", ["𬘡", "PM₂.₅", "㎡", "〔2026〕1号", "Ⅱ级", "µg/m³", "≤", "㐂", "𠮷"])
def test_rare_characters_are_drawn(text):
    assert drawable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("👩‍👩‍👧‍👦厂", f"{MISSING_GLYPH}厂"),
        ("👍🏽", MISSING_GLYPH),
        ("a\u200db", "ab"),
        ("\U000f1234", MISSING_GLYPH),
    ],
)
def test_what_no_font_has_becomes_one_mark(text, shown):
    assert drawable(text) == shown


def test_widths_are_those_of_the_font():
    assert width("汾渭", 40) == pytest.approx(80)
    assert 0 < width("ii", 40) < width("WW", 40) < 80


@settings(max_examples=80, deadline=None)
@given(text=texts, room=st.integers(130, 900))
def test_lines_keep_every_character_and_their_room(text, room):
    lines = wrap(text, 40, room)
    assert "".join("".join(lines).split()) == "".join(drawable(text).split())
    for line in lines:
        assert width(line, 40) <= room or len(line) <= 5


@pytest.mark.parametrize("n", range(10, 26))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(n):
    text = ("字" * n + "，" + "（括号）《书名》。") * 6
    for line in wrap(text, 40, 952):
        assert line[0] not in CLOSING and line[-1] not in "（《"


def test_figures_and_words_stay_whole_and_a_cut_text_says_so():
    assert all("2026-11-23" in line or "-" not in line for line in wrap("汉" * 9 + "2026-11-23", 40, 400))
    lines = wrap("长" * 1000, 40, 400, most=3)
    assert len(lines) == 3 and lines[-1].endswith("…")
    assert fitted("长" * 100, 40, 400).endswith("…") and width(fitted("长" * 100, 40, 400), 40) <= 400


def test_a_sheet_is_the_same_from_every_thread_and_process():
    one = drawn()
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: drawn(), range(8))) == {one}
    here = str(Path(__file__).parent)
    code = f"import sys; sys.path.insert(0, {here!r}); import test_pictures as t; sys.stdout.buffer.write(t.drawn())"
    env = {**os.environ, "PYTHONHASHSEED": "7"}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=env)
    assert told.stdout == one
    assert Image.open(BytesIO(one)).size == (400, 120)


def test_drawing_touches_no_global_figure():
    code = (
        "import sys; from dashboards.pictures.sheet import Sheet; s = Sheet(9, 9); s.text(1, 8, '字', 8); s.png();"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
