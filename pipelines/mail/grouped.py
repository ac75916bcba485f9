"""One letter about several warnings: their records put together, and what goes with it kept below the size of a mail."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.mail.model import Picture
from pipelines.mail.compose import Attachment
from pipelines.mail.extras import Extras

MAX_LETTER = 5_000_000
"""Mail servers refuse larger letters [bytes]."""
MAX_PICTURES = 4
"""A letter about a whole region is not a picture book."""
_BODY = 300_000
"""Room kept for text and HTML in base64 [bytes]."""
_BASE64 = 1.37
PER_CITY = (
    "warning_id", "document_no", "issuing_body", "office", "approved_by", "signatory", "reason", "profile",
    "forecast_issue", "snapshot", "list_version",
)  # fmt: skip
"""Facts that are told once where all cities share them, and by city where not."""


def together(records: Sequence[Mapping[str, Any]], extras: Sequence[Extras]) -> dict[str, Any]:
    """Put the records of decisions that are alike into the record of one letter.

    Parameters
    ----------
    records : sequence of mapping
        See `dashboards.mail.warning.warning_letter`; level, action and kind are the same in all.
    extras : sequence of Extras
        One for each.
    """
    if len(records) == 1:
        return dict(records[0]) | extras[0].facts | {"ratios": extras[0].ratios}
    whole = dict(records[0])
    for name in (*PER_CITY, "notice_text"):
        whole.pop(name, None)
    for name in PER_CITY:
        values = [r.get(name) for r in records]
        if values[0] and all(v == values[0] for v in values):
            whole[name] = values[0]
        elif any(values):
            whole.setdefault("by_city", []).append((name, [(_city(r), r.get(name)) for r in records]))
    ends: list[Any] = [r.get("end") for r in records]
    starts = [r["start"] for r in records if r.get("start")]
    return whole | {
        "cities": [city for r in records for city in r.get("cities") or ()],
        "start": min(starts, default=None),
        "end": None if None in ends else max(ends),
        "notices": [(_city(r), r["notice_text"]) for r in records if r.get("notice_text")],
        "ratios": [row for e in extras for row in e.ratios],
    }


def _city(record: Mapping[str, Any]) -> str:
    return str(record.get("city_name") or record.get("city_code") or record.get("warning_id"))


def fitting(extras: Sequence[Extras], max_bytes: int) -> tuple[list[Attachment], list[Picture], list[str]]:
    """Choose what fits into a letter, in order; what does not is told of, with the place where it lies.

    Parameters
    ----------
    extras : sequence of Extras
    max_bytes : int
        What the settings allow for attachments.

    Returns
    -------
    attachments : list of Attachment
    pictures : list of Picture
        At most `MAX_PICTURES`, each under its own name.
    remarks : list of str
    """
    remarks = [text for e in extras for text in e.remarks]
    drawn = [p for e in extras for p in e.pictures]
    pictures = [Picture(f"{n}-{p.name}", p.png, p.alt) for n, p in enumerate(drawn[:MAX_PICTURES], start=1)]
    if len(drawn) > MAX_PICTURES:
        n = len(drawn) - MAX_PICTURES
        remarks.append(
            f"另有 {n} 城的图未附，数值见城市表 | {n} more charts are left out, see the table of cities"
        )
    room = min(MAX_LETTER - _BODY - _BASE64 * sum(len(p.png) for p in pictures), _BASE64 * max_bytes)
    taken: list[Attachment] = []
    for each in extras:
        for file in each.attachments:
            if _BASE64 * len(file.data) <= room:
                taken.append(file)
                room -= _BASE64 * len(file.data)
            else:
                remarks.append(too_large(file.name, len(file.data), each.places.get(file.name)))
    return taken, pictures, remarks


def too_large(name: str, size: int | None, place: str | None) -> str:
    """Tell that a file is not attached, and how to get it."""
    big = f"（{size / 1e6:.1f} MB）" if size else ""
    zh, en = (f"，可用 {place} 生成", f": make it with {place}") if place else ("", "")
    return f"附件 {name}{big}过大未附{zh} | {name} is too large to attach{en}"
