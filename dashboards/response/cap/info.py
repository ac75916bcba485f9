"""What a CAP message says about a warning, in Chinese and in English."""

from typing import Any

from dashboards.clean import one_line
from dashboards.response.measures import city_en, code, measures, plan
from dashboards.response.model import Response
from dashboards.response.words import body_lines, document_number, mark_meaning
from dashboards.response.words_en import headline_en, what_en
from warehouse.standards.warning_words import LEVEL_NAMES, roman

SEVERITIES = {"precaution": "Minor", "yellow": "Moderate", "orange": "Severe", "red": "Extreme"}
ENDED = ("lift",)
PAUSED = ("suspend",)
_LONGEST_HEADLINE, _LONGEST_TEXT = 160, 4000


def info_zh(response: Response, kind: str) -> dict[str, Any]:
    """Give the Chinese block; times are added by the message."""
    advice = [
        f"{m.topic[0]}（{m.target[0]}）：{m.text[0]}" if m.target[0] else m.text[0]
        for m in measures(response, "health")
    ]
    ended = kind in (*ENDED, *PAUSED)
    return _common(response, kind) | {
        "language": "zh-CN",
        "event": "重污染天气",
        "audience": "社会公众",
        "senderName": one_line(response.warning.get("issuing_body"), 200) or "发布单位待定",
        "headline": one_line(response.title, _LONGEST_HEADLINE),
        "description": "\n".join(body_lines(response))[:_LONGEST_TEXT],
        "instruction": "" if ended else "\n".join(advice),
        "area": {
            "areaDesc": one_line(response.warning["city_name"], 100),
            "geocode": ("GB/T2260", str(response.warning["city_code"])),
        },
    }


def info_en(response: Response, kind: str) -> dict[str, Any]:
    """Give the English block; times are added by the message."""
    advice = [f"{m.topic[1].capitalize()}: {m.text[1]}" for m in measures(response, "health")]
    ended = kind in (*ENDED, *PAUSED)
    city = str(response.warning["city_code"])
    _, meaning = mark_meaning(response)
    head = headline_en(response, kind)
    return _common(response, kind) | {
        "language": "en",
        "event": "heavy air pollution",
        "audience": "the public",
        "senderName": one_line(response.warning.get("issuing_body"), 200) or "issuing body to be named",
        "headline": one_line(f"[{meaning}] {head}" if meaning else head, _LONGEST_HEADLINE),
        "description": what_en(response, kind),
        "instruction": "" if ended else " ".join(advice),
        "area": {"areaDesc": city_en(city), "geocode": ("GB/T2260", city)},
    }


def _common(response: Response, kind: str) -> dict[str, Any]:
    answers = ["AllClear"] if kind in ENDED else ["Monitor"] if kind in PAUSED else ["Avoid", "Execute"]
    return {
        "category": ["Env", "Health"],
        "responseType": answers,
        "severity": SEVERITIES.get(response.level, "Unknown"),
        "certainty": "Likely",
        "eventCode": ("GB/T35561", code("event", response.response_day)[0]),
        "parameter": _parameters(response),
    }


def _parameters(response: Response) -> list[tuple[str, str]]:
    """Give what programs read: colour, response, forecast by day, primary pollutants, plan, cuts required, papers."""
    level, warning = response.level, response.warning
    days = [f"{row['day'].isoformat()}={_range(row)}" for row in response.forecast if _range(row)]
    named = [
        p.strip() for row in response.forecast for p in str(row.get("primary_pollutants") or "").split(",")
    ]
    held, version = plan(response), response.list_version or {}
    required = sorted(
        {
            f"{float(row['required_pct']):g}"
            for row in response.reductions
            if row.get("level") == level and row.get("required_pct") is not None
        }
    )
    given = (
        ("warning_color", LEVEL_NAMES.get(level, ("", level))[1].capitalize()),
        ("response_level", roman(level)),
        ("forecast_aqi_by_day", ";".join(days)),
        ("primary_pollutant", ",".join(dict.fromkeys(one_line(p, 20) for p in named if p))),
        ("plan_doc_no", held.document_no if held else ""),
        ("target_cut_pct", ",".join(required)),
        ("document_no", document_number(warning.get("document_no"))),
        ("emission_list_version", one_line(version.get("version_id"), 60)),
        ("warning_id", one_line(warning["warning_id"], 100)),
        ("warning_basis", one_line(warning.get("basis"), 40)),
    )
    return [(name, value) for name, value in given if value]


def _range(row: dict[str, Any]) -> str:
    low, high = (
        row.get(name) if row.get(name) is not None else row.get("aqi") for name in ("aqi_low", "aqi_high")
    )
    if low is None and high is None:
        return ""
    ends = [str(value) for value in (low, high) if value is not None]
    return "-".join(dict.fromkeys(ends))
