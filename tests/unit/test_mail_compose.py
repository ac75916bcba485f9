"""Letters: headers that nothing can break, text that suffices, HTML that is safe and small; the same input, the same bytes."""

import re
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.clean import file_name, header, lines, one_line
from dashboards.mail.html import MAX_BYTES, as_html
from dashboards.mail.letters import brief_letter
from dashboards.mail.model import Cell, Grid, Letter, Lines, Picture, aqi_cell, aqi_colours, number, plain
from dashboards.mail.text import as_text
from dashboards.mail.warning import warning_letter
from pipelines.mail.compose import Attachment, Sender, compose
from pipelines.mail.preview import example_warning
from warehouse.standards.warning_words import BADGES

AT = datetime(2026, 12, 3, 8, 0)
SENDER = Sender("汾渭平原大气污染联防联控", "fenwei@example.org")
TO = Sender("张三", "zhang@example.org")
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script><img src=http://x.example/p.png>",
    "A\r\nBcc: all@example.com\r\n\r\nbody",
    "\u202eexe.txt\u202c \u2066x\u2069",
    "字" * 10_000,
    "👩‍👩‍👧‍👦 𬘡 ﷽",
    "=?utf-8?b?DQpCY2M6IHhAeS5jb20=?=",
    "a\u2028b\u2029c\x85d\x0be\x0cf\x00g",
    "\ud800 lone",
    '"quoted" <x@y.example>, other@z.example;',
    "",
    " ",
    "é" * 300,
    "a" * 5000,
]
any_text = st.text(st.characters(), max_size=300) | st.sampled_from(HOSTILE)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def letter(subject="s", text="t", title="h", kind="warning_notice", **more):
    grid = Grid(title, (title, "b"), ((plain(text), aqi_cell(210, 5)), (Cell("x"), number(float("nan")))))
    return Letter(
        kind, subject, (one_line(text) or "x", "城市"), (Lines(title, tuple(lines(text))), grid), **more
    )


def made(subject="s", text="t", to=TO, attachments=(), **more):
    data = compose(
        letter(subject, text, **more), sender=SENDER, to=to, message_id="<1@example.org>", at=AT,
        attachments=attachments,
    )  # fmt: skip
    return data, message_from_bytes(data, policy=policy.default)


def squeezed(text):
    return text.replace(" ", "")


def header_names(data):
    return [n.lower() for n in re.findall(rb"^([!-9;-~]+):", data.partition(b"\r\n\r\n")[0], re.MULTILINE)]


def check_wire(data):
    assert data.isascii()
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"") and b"\r" not in data.replace(b"\r\n", b"")


@settings(max_examples=60, deadline=None)
@given(subject=any_text, name=any_text, text=any_text, file=any_text)
def test_no_text_makes_a_header_or_a_recipient(subject, name, text, file):
    data, parsed = made(subject, text, Sender(name, "zhang@example.org"), [Attachment(file, b"1,2")])
    check_wire(data)
    names = header_names(data)
    assert len(names) == len(set(names))
    assert set(names) == {
        b"subject", b"from", b"to", b"date", b"message-id", b"auto-submitted", b"x-auto-response-suppress",
        b"x-fenwei-kind", b"importance", b"mime-version", b"content-type",
    }  # fmt: skip
    assert [a.addr_spec for a in parsed["To"].addresses] == ["zhang@example.org"]
    assert parsed["Subject"] == header(subject, 180)
    # Python's reader leaves a blank between the encoded words of a name (RFC 2047 §6.2 says to drop it).
    assert squeezed(parsed["To"].addresses[0].display_name) == squeezed(header(name, 60))
    assert [p.get_filename() for p in parsed.iter_attachments()] == [file_name(file)]
    assert not parsed.defects
    assert parsed.get_body(("plain",)).get_content().replace("\r\n", "\n") == as_text(letter(subject, text))


def test_a_long_chinese_name_arrives_whole():
    name = "西安市生态环境局重污染天气应急指挥部办公室（值班）123"
    data, _ = made(to=Sender(name, "zhang@example.org"))
    read = str(make_header(decode_header(message_from_bytes(data)["To"])))
    assert read == f"{name} <zhang@example.org>"


class Seen(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data):
        self.text.append(data)


def seen(html):
    parser = Seen()
    parser.feed(html)
    return parser


USUAL = seen(as_html(letter("s", "t")))


@settings(max_examples=60, deadline=None)
@given(subject=any_text, text=any_text, title=any_text)
def test_no_text_makes_a_tag_or_loads_anything(subject, text, title):
    html = as_html(letter(subject, text, title))
    found = seen(html)
    assert set(found.tags) <= set(USUAL.tags)
    assert {name for _, name, _ in found.attributes} == {name for _, name, _ in USUAL.attributes}
    assert not {"src", "href", "background"} & {name for _, name, _ in found.attributes}
    assert len(html.encode()) < MAX_BYTES


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_stay_legible(text):
    shown = one_line(text)
    assert shown in "".join(seen(as_html(letter("s", text))).text)
    assert "\n" not in shown and "\u202e" not in shown and len(shown) <= 400


def test_rare_characters_and_emoji_stay_whole():
    assert one_line("𬘡 👩‍👩‍👧‍👦") == "𬘡 👩‍👩‍👧‍👦"
    assert made("𬘡", "𬘡")[1]["Subject"] == "𬘡"


def test_the_same_letter_gives_the_same_bytes():
    picture = Picture("aqi.png", PNG, "西安 210")
    extra = {"attachments": [Attachment("清单.xlsx", b"PK")], "pictures": (picture,)}
    assert made(**extra)[0] == made(**extra)[0]


def test_structure_pictures_and_attachments():
    picture = Picture("aqi.png", PNG, "西安 12-03 AQI 210 <重度污染>")
    files = [
        Attachment("应急减排清单_20261203.xlsx", b"PK\x03"),
        Attachment("a.csv", "值\r\n1\n".encode("gbk")),
    ]
    data, parsed = made(attachments=files, pictures=(picture,), exercise=True)
    check_wire(data)
    assert parsed.get_content_type() == "multipart/mixed"
    assert parsed.get_body(("plain",)) is not None
    html = parsed.get_body(("related", "html"))
    assert html.get_content_type() == "multipart/related"
    page = html.get_body(("html",)).get_content()
    images = [v for tag, name, v in seen(page).attributes if (tag, name) == ("img", "src")]
    cids = [p["Content-ID"].strip("<>") for p in html.walk() if p.get_content_maintype() == "image"]
    assert images == [f"cid:{cids[0]}"]
    assert [v for t, n, v in seen(page).attributes if (t, n) == ("img", "alt")] == [picture.alt]
    got = {p.get_filename(): p.get_payload(decode=True) for p in parsed.iter_attachments()}
    assert got == {"【演练】" + f.name: f.data for f in files}
    assert parsed["Subject"].startswith("【演练】")
    assert parsed["X-Fenwei-Exercise"] == "yes"


def test_colours_stand_beside_words_and_are_the_official_ones():
    for level, (colour, zh, _) in aqi_colours().items():
        row = ((aqi_cell(level, level),),)
        html = as_html(Letter("daily_brief", "s", ("x",), (Grid("", ("AQI",), row),)))
        assert f'bgcolor="{colour}"' in html and zh in html


def _contrast(a, b):
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_cell_can_be_read():
    rows = tuple((aqi_cell(n, n),) for n in aqi_colours()) + tuple((Cell("w", warning=w),) for w in BADGES)
    html = as_html(Letter("daily_brief", "s", ("x",), (Grid("", ("AQI",), rows),), exercise=True, draft=True))
    pairs = re.findall(
        r"background-color:(#\w{6});color:(#\w{6})|color:(#\w{6});background-color:(#\w{6})", html
    )
    assert len(pairs) > 10
    assert min(_contrast(*filter(None, pair)) for pair in pairs) >= 4.5


def test_a_table_too_long_for_a_mail_program_is_cut_and_says_so_but_the_text_has_all():
    rows = tuple((plain("企业名称" * 20 + str(n)), plain("x" * 400)) for n in range(2000))
    long = Letter("daily_brief", "s", ("x",), (Grid("t", ("a", "b"), rows), Lines("n", ("y" * 400,) * 500)))
    html = as_html(long)
    assert len(html.encode()) < MAX_BYTES
    assert "more rows in the plain text" in html
    assert "1999" in as_text(long)


def test_a_warning_tells_level_cities_and_time_in_subject_and_first_lines():
    record = example_warning(AT) | {"kind": "real"}
    told = warning_letter(record, draft=False, exercise=False)
    for text in (told.subject, "\n".join(told.lead)):
        assert "橙色预警" in text and "西安市、咸阳市、渭南市" in text and "2026-12-04 04:00" in text
    assert told.marks == ""
    assert warning_letter(record, draft=True, exercise=True).marks == "【演练】【草稿】"
    assert warning_letter(record | {"kind": "drill"}, draft=False, exercise=False).marks == "【演练】"
    text = as_text(told)
    assert "18.70" in text and "未达到" in text and "412.5" in text and "Ⅱ级响应" in text


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"level": "purple"},
        {"level": "red", "cities": ["西安"]},
        {"level": "red", "cities": [{}], "start": "soon", "ratios": [{}]},
        {"level": "yellow", "cities": [{"city_code": "610100", "aqi_low": 150, "aqi_high": 150}]},
    ],
)
def test_a_record_may_lack_nearly_everything(record):
    told = warning_letter(record, draft=True, exercise=False)
    assert as_text(told) and as_html(told)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\清单.xlsx", "清单.xlsx"),
        ("a\r\nb.csv", "a b.csv"),
        ("x" * 500 + ".xlsx", "x" * 119 + "….xlsx"),
        ("..", "file"),
        ("", "file"),
        ('a"b;c.txt', "a_b_c.txt"),
    ],
)
def test_names_of_attachments(given, name):
    assert file_name(given) == name


def test_the_brief_tells_of_failed_checks_without_examples():
    check = {
        "check_name": "x",
        "consequence": "flag",
        "n_bad": 3,
        "zh": "企业缺月",
        "en": "a firm lacks a month",
    }
    found = {"detail_zh": "企业缺月：91610000MA6TXXXX0X", "detail_en": "91610000MA6TXXXX0X"}
    brief = {
        "day": "2026-11-21",
        "name_zh": "汾渭平原",
        "name_en": "Fen-Wei Plain",
        "cities": [],
        "period": "2026",
        "cumulative": [],
        "gaps": [],
        "checks": [check | found],
        "data_until": "2026-11-22 08:00:00",
    }
    letter = brief_letter(brief, exercise=False)
    for shown in (as_text(letter), as_html(letter)):
        assert "企业缺月" in shown and "3" in shown and "91610000" not in shown
