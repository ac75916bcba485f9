"""The CAP message: valid by the schema whatever it is made of, identifiers, references, status, times."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from response_notices import HOSTILE, event, response

from dashboards.response.cap.message import NAMESPACE, CapError, cap_xml, write_cap

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parents[1] / "data" / "CAP-v1.2.xsd")))
IDENTIFIER = re.compile(r"\d{6}\d{3}\d{3}\d{2}_\d{14}_\d")
KINDS = ("issue", "upgrade", "downgrade", "extend", "suspend", "resume", "lift")
ANY = st.text(st.characters(), max_size=200)


def parsed(made, **how):
    root = etree.fromstring(cap_xml(made, **how))
    SCHEMA.assertValid(root)
    return root


def all_of(root, name):
    return [e.text for e in root.iter(f"{{{NAMESPACE}}}{name}")]


def one(root, name):
    found = root.findall(f"{{{NAMESPACE}}}{name}")
    return found[0].text if found else None


def pairs(root, name, number=0):
    info = root.findall(f"{{{NAMESPACE}}}info")[number]
    return {p[0].text: p[1].text for p in info.iter(f"{{{NAMESPACE}}}{name}")}


def test_the_schema_refuses_what_is_wrong():
    root = parsed(response())
    root.find(f"{{{NAMESPACE}}}status").text = "Real"
    assert not SCHEMA.validate(root)
    other = parsed(response())
    other.find(f"{{{NAMESPACE}}}sent").text = "2026-11-22T10:30:00Z"
    assert not SCHEMA.validate(other)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", ["precaution", "yellow", "orange", "red"])
def test_every_kind_and_level_is_valid(kind, level):
    root = parsed(response(kind, level))
    expected = {"issue": "Alert", "lift": "Cancel"}.get(kind, "Update")
    assert one(root, "msgType") == expected
    severity = {"precaution": "Minor", "yellow": "Moderate", "orange": "Severe", "red": "Extreme"}[level]
    assert set(all_of(root, "severity")) == {severity}


@pytest.mark.parametrize("kind", KINDS)
def test_identifiers_have_31_characters(kind):
    root = parsed(response(kind))
    identifier = one(root, "identifier")
    assert len(identifier) == 31
    assert IDENTIFIER.fullmatch(identifier)
    assert identifier.startswith("610100")
    assert identifier[15:29] == re.sub(r"\D", "", one(root, "sent"))[:14]


def test_the_code_of_the_agency_is_a_setting_and_a_placeholder_is_told():
    assert one(parsed(response(), agency="416"), "identifier").startswith("61010041600000_")
    assert "placeholder" in one(parsed(response()), "note")
    assert "placeholder" not in one(parsed(response(), agency="416"), "note")


@pytest.mark.parametrize("agency", ["", "41", "4160", "abc", "４１６", "41 "])
def test_a_wrong_code_is_refused(agency):
    with pytest.raises(CapError, match="GB/T 4657"):
        cap_xml(response(), agency=agency)


def test_updates_name_the_messages_before_them():
    first = parsed(response("issue"))
    assert one(first, "references") is None
    lift = parsed(response("lift"))
    names = one(lift, "references").split(" ")
    assert len(names) == 2
    sender, identifier, sent = names[0].split(",")
    assert (sender, identifier, sent) == (one(first, "sender"), one(first, "identifier"), one(first, "sent"))
    assert one(lift, "identifier") not in one(lift, "references")


def test_messages_of_one_second_differ():
    at = datetime(2026, 11, 22, 10, 30)
    made = response("upgrade")
    made = replace(
        made, events=[event(n, action, "orange", at) for n, action in enumerate(("approve", "upgrade"))]
    )
    root = parsed(made)
    assert one(root, "identifier").endswith("_20261122103000_1")
    assert one(root, "references").split(",")[1].endswith("_20261122103000_0")
    many = replace(made, events=[event(n, "extend", "orange", at) for n in range(11)])
    with pytest.raises(CapError, match="history"):
        cap_xml(many)


@pytest.mark.parametrize(
    ("kind", "approved", "simulated", "status"),
    [
        ("real", True, False, "Actual"),
        ("drill", True, False, "Exercise"),
        ("real", True, True, "Exercise"),
        ("real", False, False, "Draft"),
        ("drill", False, False, "Draft"),
    ],
)
def test_status(kind, approved, simulated, status):
    root = parsed(response(kind=kind, approved=approved, simulated=simulated))
    assert one(root, "status") == status
    assert ("演练" in (one(root, "note") or "")) is (kind == "drill" or simulated)


def test_chinese_and_english_blocks_with_area_and_codes():
    root = parsed(response(kind="drill"))
    assert all_of(root, "language") == ["zh-CN", "en"]
    assert all_of(root, "areaDesc") == ["西安市", "Xi'an"]
    assert [pairs(root, "geocode", n) for n in (0, 1)] == [{"GB/T2260": "610100"}] * 2
    assert pairs(root, "eventCode") == {"GB/T35561": "12Q02"}
    assert not all_of(root, "polygon")
    zh, en = all_of(root, "headline")
    assert zh.startswith("【演练】")
    assert en.startswith("[EXERCISE")
    assert en.isascii()


def test_parameters():
    found = pairs(parsed(response("upgrade", "red")), "parameter")
    assert found["warning_color"] == "Red"
    assert found["response_level"] == "I"
    assert found["forecast_aqi_by_day"].startswith("2026-11-22=140-180;2026-11-23=150-195")
    assert found["primary_pollutant"] == "PM2.5"
    assert found["plan_doc_no"] == "市政办发〔2024〕23号"
    assert found["target_cut_pct"] == "30"
    assert found["document_no"] == "市生态委办发〔2026〕18号"
    assert found["expires_basis"] == "planned_end"


def test_times_are_beijing_times():
    root = parsed(response())
    assert all_of(root, "effective") == ["2026-11-22T10:30:00+08:00"] * 2
    assert all_of(root, "onset") == ["2026-11-23T12:00:00+08:00"] * 2
    assert all_of(root, "expires") == ["2026-11-27T00:00:00+08:00"] * 2


def test_an_open_end_expires_with_the_forecast():
    made = response()
    made = replace(made, warning=made.warning | {"end_at": None})
    root = parsed(made)
    assert all_of(root, "expires")[0] == "2026-11-28T00:00:00+08:00"
    assert pairs(root, "parameter")["expires_basis"] == "end_of_forecast"
    nothing = parsed(replace(made, forecast=()))
    assert not all_of(nothing, "expires")
    assert pairs(nothing, "parameter")["expires_basis"] == "open"


@pytest.mark.parametrize(
    ("lead", "urgency"),
    [
        (timedelta(hours=24), "Future"),
        (timedelta(hours=23), "Expected"),
        (timedelta(0), "Immediate"),
        (-timedelta(1), "Immediate"),
    ],
)
def test_urgency_follows_the_lead(lead, urgency):
    made = response()
    start = made.warning["approved_at"] + lead
    root = parsed(replace(made, warning=made.warning | {"start_at": start}))
    assert set(all_of(root, "urgency")) == {urgency}


def test_a_lift_is_past_and_all_clear():
    root = parsed(response("lift"))
    assert set(all_of(root, "urgency")) == {"Past"}
    assert set(all_of(root, "responseType")) == {"AllClear"}
    assert not all_of(root, "expires")
    assert not all_of(root, "instruction")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_leaves_the_message_valid(text):
    root = parsed(hostile(text))
    told = etree.tostring(root, encoding="unicode")
    assert "<script" not in told
    assert "\u202e" not in told
    assert max(len(t) for t in all_of(root, "headline")) <= 160


def hostile(text):
    made = response()
    return replace(
        made,
        title=text,
        body=f"{text}\n{text}",
        warning=made.warning
        | dict.fromkeys(("issuing_body", "document_no", "city_name", "warning_id", "basis"), text),
        list_version={"version_id": text},
        forecast=tuple(row | {"primary_pollutants": text} for row in made.forecast),
    )


@settings(max_examples=60, deadline=None)
@given(text=ANY)
def test_any_text_gives_a_valid_message(text):
    parsed(hostile(text))


def test_a_city_nobody_knows_is_named_by_its_code():
    made = response()
    root = parsed(replace(made, warning=made.warning | {"city_code": "999999"}))
    assert all_of(root, "areaDesc")[1] == "999999"


def test_the_file_is_the_message(tmp_path):
    path = tmp_path / "x.cap.xml"
    write_cap(response(), path)
    assert path.read_bytes() == cap_xml(response())
    assert path.read_bytes().startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
