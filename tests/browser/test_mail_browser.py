"""The mail of a warning as a browser shows it: six hundred pixels, nothing fetched, pictures there, real characters."""

import base64
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from dashboards.mail.model import Letter, Picture
from dashboards.mail.warning import warning_letter
from dashboards.pictures.aqi_chart import Period, aqi_chart
from pipelines.mail.compose import Sender, compose
from pipelines.mail.preview import example_warning

pytestmark = pytest.mark.browser
NOW = datetime(2026, 12, 3, 8)
HOSTILE = (
    "=cmd|' /C calc'!A0<script>window.harmed = 1; alert(1)</script><img src=http://x.example/p.png onerror=alert(2)>"
    "\r\nBcc: a@b.c \u202eevil 👩‍👩‍👧‍👦 𬘡 " + "a" * 300 + "长" * 10_000
)
SIZES = [(900, "light"), (900, "dark"), (390, "light"), (390, "dark")]


def chart(city: str) -> Picture:
    first = date(2026, 11, 19)
    past = [{"day": first + timedelta(days=n), "aqi": 60 + 12 * n} for n in range(14)]
    coming = [
        {"day": date(2026, 12, 3) + timedelta(days=n), "aqi_low": 180, "aqi_high": 230} for n in range(5)
    ]
    made = aqi_chart(city, past, coming, period=Period("orange", NOW, NOW + timedelta(days=3)), exercise=True)
    return Picture("AQI.png", made.png, made.alt)


def usual() -> Letter:
    return warning_letter(example_warning(NOW), draft=False, exercise=True, pictures=[chart("西安市")])


def hostile() -> Letter:
    record = example_warning(NOW)
    record["cities"] = [
        dict(city, city_name=HOSTILE, primary_pollutants=HOSTILE) for city in record["cities"]
    ]
    record["ratios"] = [dict(row, city_name=HOSTILE, pollutant=HOSTILE) for row in record["ratios"]]
    record |= dict.fromkeys(("notice_text", "approved_by", "reason", "issuing_body", "document_no"), HOSTILE)
    return warning_letter(record, draft=True, exercise=True, pictures=[chart(HOSTILE)])


def page_of(letter: Letter) -> str:
    """The HTML of the mail as it goes over the wire, its inline pictures put in."""
    who = Sender("汾渭", "fenwei@example.org")
    data = compose(letter, sender=who, to=who, message_id="<1@example.org>", at=NOW)
    related = message_from_bytes(data, policy=policy.default).get_body(("related", "html"))
    assert related is not None
    html = str(related.get_body(("html",)).get_content())
    for part in related.walk():
        if part.get_content_maintype() == "image":
            inside = base64.b64encode(part.get_payload(decode=True)).decode()
            html = html.replace(f"cid:{part['Content-ID'].strip('<>')}", f"data:image/png;base64,{inside}")
    assert "cid:" not in html
    return html


@contextmanager
def opened(chromium: Any, letter: Letter, width: int, scheme: str) -> Any:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.set_content(page_of(letter), wait_until="load")
    yield page
    harmed = page.evaluate("window.harmed")
    context.close()
    assert [url for url in asked if not url.startswith("data:")] == []
    assert dialogs == [] and harmed is None


@pytest.mark.parametrize(("width", "scheme"), SIZES)
@pytest.mark.parametrize("make", [usual, hostile])
def test_it_fits_the_pane_and_shows_its_pictures(chromium: Any, make: Any, width: int, scheme: str) -> None:
    with opened(chromium, make(), width, scheme) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        wide = page.evaluate(
            "Math.max(...[...document.querySelectorAll('table[border=\"0\"] table, img, p, h1')]"
            ".map(e => e.getBoundingClientRect().width))"
        )
        assert wide <= 600
        images = page.evaluate("[...document.images].map(i => [i.complete, i.naturalWidth, i.width, i.alt])")
        assert len(images) == 1
        for complete, natural, shown, alt in images:
            assert complete and natural == 1200 and 300 < shown <= 600 and "230 重度污染" in alt


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_what_lies_behind_it(chromium: Any, scheme: str) -> None:
    script = """() => {
        const light = c => {
            const p = c.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
                .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2];
        };
        const behind = e => {
            for (; e; e = e.parentElement) {
                const c = getComputedStyle(e).backgroundColor;
                if (c !== 'rgba(0, 0, 0, 0)') return c;
            }
            return 'none';
        };
        return [...document.querySelectorAll('p, td, th, h1, h2, span')].filter(e => e.innerText.trim()).map(e => {
            const back = behind(e);
            if (back === 'none') return 0;
            const [a, b] = [light(getComputedStyle(e).color), light(back)];
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        });
    }"""
    with opened(chromium, usual(), 900, scheme) as page:
        found = page.evaluate(script)
        assert len(found) > 30 and min(found) >= 4.5


def test_chinese_characters_are_drawn_and_are_no_boxes(chromium: Any) -> None:
    script = """text => {
        const draw = c => {
            const canvas = document.createElement('canvas');
            canvas.width = canvas.height = 40;
            const pen = canvas.getContext('2d');
            pen.font = '30px ' + getComputedStyle(document.querySelector('h1')).fontFamily;
            pen.fillText(c, 4, 32);
            return canvas.toDataURL();
        };
        return [...text].map(draw);
    }"""
    with opened(chromium, usual(), 900, "light") as page:
        drawn = page.evaluate(script, "橙色预警汾渭\U0010fffd")
        assert len(set(drawn)) == len(drawn)
        assert "橙色预警" in page.inner_text("h1") and "【演练】" in page.inner_text("h1")


def test_what_is_hostile_is_shown_as_the_text_it_is(chromium: Any) -> None:
    with opened(chromium, hostile(), 900, "light") as page:
        told = page.inner_text("body")
        assert "<script>" in told and "=cmd|" in told and "\u202e" not in told and "𬘡" in told
        assert (
            page.evaluate("document.scripts.length + document.querySelectorAll('a, form, iframe').length")
            == 0
        )
        assert "【草稿】" in page.inner_text("h1")
