"""Names and reasons from outside in the mails of warnings: harmless, legible, and never what breaks a letter."""

import re
from datetime import datetime
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest

from dashboards.mail.html import MAX_BYTES, as_html
from dashboards.mail.model import Picture
from dashboards.mail.text import as_text
from dashboards.mail.warning import warning_letter
from dashboards.pictures.city_bars import city_bars
from pipelines.mail.compose import Attachment, Sender, compose, subject_of
from pipelines.mail.extras import Extras
from pipelines.mail.grouped import MAX_LETTER, MAX_PICTURES, fitting, together
from pipelines.mail.preview import example_warning

NOW = datetime(2026, 12, 3, 8)
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "<script>alert(1)</script><img src=http://x.example/p.png onerror=x>",
    "甲\r\nBcc: all@example.com\r\n\r\nbody",
    "\u202e倒写\u202c\u2066x\u2069",
    "长" * 10_000,
    "a" * 10_000,
    "👩‍👩‍👧‍👦 表情",
    "𬘡生物",
    "\ud800\x00\x07\ufffe尾",
    "{{ 7*7 }} %s ${x} $x^2$",
)
FIELDS = ("approved_by", "reason", "issuing_body", "document_no", "office", "signatory", "list_version")


class Tags(HTMLParser):
    """Tags and attributes of a page."""

    def __init__(self):
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}


def tags_of(page):
    parser = Tags()
    parser.feed(page)
    return parser.tags, parser.names


def letter(text, n_cities=3, draft=True):
    """A letter about several cities in which every field is the text."""
    one = example_warning(NOW)
    records = []
    for n in range(n_cities):
        city = dict(one["cities"][0], city_name=text, primary_pollutants=text)
        same = dict.fromkeys(FIELDS, text) | {
            "document_no": f"{text}{n}",
            "notice_text": text,
            "city_name": text,
        }
        records.append(one | same | {"warning_id": f"W-{n}", "cities": [city]})
    extras = [Extras([dict(row, city_name=text) for row in one["ratios"]], remarks=[text]) for _ in records]
    picture = Picture(f"{text}.png", b"\x89PNG", text)
    record = together(records, extras) | {"remarks": [text]}
    return warning_letter(record, draft=draft, exercise=True, pictures=[picture])


USUAL = tags_of(as_html(letter("西安市"), {"西安市.png": "x"}))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_makes_a_header_a_tag_or_turns_the_text(text):
    made = letter(text)
    who = Sender(text, "fenwei@example.org")
    data = compose(
        made,
        sender=who,
        to=who,
        message_id="<1@example.org>",
        at=NOW,
        attachments=[Attachment(f"{text}.xlsx", b"PK")],
    )
    parsed = message_from_bytes(data, policy=policy.default)
    assert data.isascii() and parsed["Bcc"] is None and len(parsed.get_all("Subject")) == 1
    page = parsed.get_body(("html",)).get_content()
    tags, names = tags_of(page)
    assert tags <= USUAL[0] and names <= USUAL[1]
    assert len(page.encode()) < MAX_BYTES
    for shown in (page, as_text(made), subject_of(made)):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x07\ud800]", shown)
    assert "http" not in re.sub(r"&lt;.*?&gt;", "", page) or "http://x.example" in text
    assert len(subject_of(made)) <= 200 and "\n" not in subject_of(made)


@pytest.mark.parametrize("text", [t for t in HOSTILE if len(t) < 100])
def test_what_was_written_can_still_be_read(text):
    visible = "".join(c for c in text.split("\r")[0] if c.isalnum() or c in "=<>{}$𬘡@|")
    told = as_text(letter(text))
    squeezed = "".join(c for c in told if c.isalnum() or c in "=<>{}$𬘡@|")
    assert visible in squeezed


def test_thirteen_cities_stay_below_the_limits():
    made = letter("汾渭平原某某市" * 20, n_cities=13)
    page = as_html(made, {p.name: "x" for p in made.pictures})
    assert len(page.encode()) < MAX_BYTES
    assert as_text(made).count("汾渭平原某某市") > 13


def test_of_many_charts_the_first_are_shown_and_the_rest_is_told():
    pictures = [Extras(pictures=[Picture("AQI.png", b"\x89PNG" * n, str(n))]) for n in range(1, 14)]
    _, shown, remarks = fitting(pictures, 10_000_000)
    assert [p.alt for p in shown] == ["1", "2", "3", "4"] and len({p.name for p in shown}) == MAX_PICTURES
    assert remarks == [
        "另有 9 城的图未附，数值见城市表 | 9 more charts are left out, see the table of cities"
    ]


@pytest.mark.parametrize(
    ("sizes", "n"), [((3_000_000,), 1), ((3_500_000,), 0), ((2_000_000, 1_000_000, 900_000), 2)]
)
def test_attachments_fit_below_five_megabytes(sizes, n):
    files = [Attachment(f"{k}.xlsx", b"0" * size) for k, size in enumerate(sizes)]
    taken, _, remarks = fitting([Extras(attachments=files)], 10_000_000)
    assert len(taken) == n and len(remarks) == len(files) - n
    made = compose(
        letter("西安市"), sender=Sender("a", "a@example.org"), to=Sender("b", "b@example.org"),
        message_id="<1@example.org>", at=NOW, attachments=taken,
    )  # fmt: skip
    assert len(made) < MAX_LETTER


@pytest.mark.parametrize("text", HOSTILE)
def test_the_chart_of_the_brief_takes_any_name(text):
    cities = [{"name_zh": text, "aqi": 210}, {"name_zh": "西安市", "aqi": None}]
    made = city_bars("2026-12-02", text, cities, exercise=True)
    assert made.png.startswith(b"\x89PNG") and "210 重度污染" in made.alt and "西安市 无数据" in made.alt
    assert made.alt.startswith("【演练】") and "\u202e" not in made.alt
    assert city_bars("2026-12-02", "汾渭平原", []).alt.endswith("没有城市 no cities")
