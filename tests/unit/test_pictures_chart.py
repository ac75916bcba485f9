"""The chart of past and forecast AQI: small, official colours with words, every figure told in its text."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from dashboards.mail.model import aqi_colours
from dashboards.pictures import aqi_chart as module
from dashboards.pictures.aqi_chart import aqi_chart
from dashboards.pictures.aqi_days import Period, days_of, level_of
from dashboards.pictures.sheet import Sheet

FIRST = date(2026, 11, 8)
PAST = (45, 80, 95, 120, None, 160, 155, 149, 88, 70, 131, 172, 209, 305)
COMING = ((120, 150), (150, 180), (190, 230), (210, 260), (220, 290), (160, 200), (80, 110))
PERIOD = Period("orange", datetime(2026, 11, 23), datetime(2026, 11, 28))


def observed(values=PAST):
    return [{"day": FIRST + timedelta(days=n), "aqi": aqi} for n, aqi in enumerate(values)]


def forecast(ranges=COMING, first=FIRST + timedelta(days=14)):
    return [
        {"day": first + timedelta(days=n), "aqi": None, "aqi_low": low, "aqi_high": high}
        for n, (low, high) in enumerate(ranges)
    ]


@pytest.fixture
def written(monkeypatch):
    """What is written on sheets."""
    found = []
    real = Sheet.text

    def text(self, x, y, text, size, **how):
        found.append((x, y, text, size))
        return real(self, x, y, text, size, **how)

    monkeypatch.setattr(Sheet, "text", text)
    return found


def chart(**more):
    return aqi_chart("西安市", observed(), forecast(), **({"period": PERIOD} | more))


def test_it_is_twice_as_wide_as_shown_small_white_and_the_same_each_time():
    made = chart(source="会商简报 2026-11-22 08:00", exercise=True)
    assert made == chart(source="会商简报 2026-11-22 08:00", exercise=True)
    picture = Image.open(BytesIO(made.png)).convert("RGB")
    assert picture.width == 1200 and len(made.png) <= 60_000
    assert picture.getpixel((3, 3)) == (255, 255, 255)
    assert (
        len(aqi_chart("西安市", observed((450,) * 14), forecast(((300, 500),) * 10), period=PERIOD).png)
        <= 60_000
    )


def test_every_level_has_its_official_colour():
    picture = Image.open(BytesIO(chart().png)).convert("RGB")
    there = {colour for _, colour in picture.getcolors(1 << 20)}
    for hexed, _, _ in aqi_colours().values():
        wanted = tuple(int(hexed[n : n + 2], 16) for n in (1, 3, 5))
        assert min(max(abs(a - b) for a, b in zip(wanted, seen, strict=True)) for seen in there) <= 6, hexed


def test_a_second_cue_stands_with_every_colour(written):
    chart()
    said = [text for _, _, text, _ in written]
    assert {"优", "良", "轻", "中", "重", "严", "轻中", "中重", "良轻"} <= set(said)
    assert {"＞150 中度", "＞200 重度", "＞300 严重", "橙色预警期 orange warning"} <= set(said)
    assert {"305", "290", "220", "缺"} <= set(said)


def test_the_text_states_every_figure():
    alt = chart(exercise=True).alt
    for aqi in filter(None, PAST):
        assert f" {aqi} " in alt
    for low, high in COMING:
        assert f"{low}–{high}" in alt
    assert alt.startswith("【演练】西安市") and "11-12 缺" in alt
    assert "橙色预警期" in alt and "11-23 00时 至 11-28 00时" in alt
    assert "解除另行通知" in chart(period=Period("red", PERIOD.start, None)).alt


@pytest.mark.parametrize(
    ("past", "coming", "said"),
    [((), (), "没有实况，也没有预报"), (PAST, (), "实况"), ((), COMING, "预报"), ((None, None), (), "缺")],
)
def test_it_says_what_is_not_there(past, coming, said):
    made = aqi_chart("西安市", observed(past), forecast(coming), period=PERIOD)
    assert said in made.alt and Image.open(BytesIO(made.png)).width == 1200


def test_a_day_that_has_begun_shows_its_forecast_and_a_day_observed_none():
    begun = [*observed(), {"day": FIRST + timedelta(days=14), "aqi": None}]
    days = days_of(begun, forecast(first=FIRST + timedelta(days=12)))
    assert [(d.low, d.high) for d in days if d.forecast] == list(COMING[2:])
    assert [d.forecast for d in days] == [False] * 14 + [True] * 5


def test_days_nobody_tells_of_are_gaps():
    days = days_of(observed((50,)), forecast(((60, 70),), FIRST + timedelta(days=3)))
    assert [(d.low, d.high, d.forecast) for d in days] == [
        (50, 50, False), (None, None, False), (None, None, False), (60, 70, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("aqi", "level"),
    [
        (0, 1),
        (50, 1),
        (51, 2),
        (100, 2),
        (101, 3),
        (150, 3),
        (151, 4),
        (200, 4),
        (201, 5),
        (300, 5),
        (301, 6),
        (500, 6),
    ],
)
def test_levels_end_where_the_standard_says(aqi, level):
    assert level_of(aqi) == level


def test_a_period_outside_the_days_is_not_drawn(written):
    chart(period=Period("orange", datetime(2027, 1, 1), datetime(2027, 1, 3)))
    assert not [text for _, _, text, _ in written if "预警期" in text]


@pytest.mark.parametrize(
    "name",
    [
        "=cmd|' /C calc'!A0",
        "<b>$x^2$</b>",
        "a\r\nb",
        "\u202eevil",
        "字" * 10_000,
        "👩‍👩‍👧‍👦 𬘡",
        "a" * 5000,
        "",
        "$\\frac{$",
    ],
)
def test_hostile_names_stay_within_the_picture(name, written):
    made = aqi_chart(name, observed(), forecast(), period=PERIOD, source=name)
    from dashboards.pictures.font import width

    for x, _, text, size in written:
        assert "\u202e" not in text and "\n" not in text
        if x == module._LEFT:
            assert x + width(text, size) <= module.WIDTH
    assert len(made.png) <= 60_000 and "\u202e" not in made.alt and len(made.alt) < 3000
