"""Letters as files to look at: .eml and HTML, nothing sent and nothing opened."""

import base64
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dashboards.mail.html import as_html
from dashboards.mail.letters import failure_letter, missing_letter
from dashboards.mail.model import Letter, Picture
from dashboards.mail.warning import warning_letter
from pipelines.home import Home
from pipelines.mail.box import is_exercise
from pipelines.mail.compose import Attachment, Sender, compose
from pipelines.mail.kinds import KINDS, MailError
from pipelines.mail.settings import mail_settings
from warehouse.standards.marks import EXERCISE
from warehouse.store import open_read_only

_TO = Sender("收件人（预览）", "preview@example.invalid")
_FROM_DATA = ("daily_brief", "missing_data")
_EXAMPLE_PAST = (88, 70, 95, 121, 143, 118, 96, 84, 102, 137, 158, 171, 193, 204)


@dataclass(frozen=True)
class Previewed:
    """A letter with the files that go with it."""

    letter: Letter
    attachments: Sequence[Attachment] = ()


def example_warning(now: datetime) -> dict[str, Any]:
    """A made-up warning, to see what its letters look like."""
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=20)
    end = start + timedelta(days=3)
    cities = [
        {"city_code": code, "city_name": name, "level": "orange", "start": start, "end": end,
         "aqi_low": low, "aqi_high": low + 30, "primary_pollutants": "PM2.5"}
        for code, name, low in (("610100", "西安市", 205), ("610400", "咸阳市", 195), ("610500", "渭南市", 210))
    ]  # fmt: skip
    return {
        "warning_id": f"W-fenwei-{start:%Y%m%d%H}-1",
        "kind": "drill",
        "state": "approved",
        "level": "orange",
        "cities": cities,
        "start": start,
        "end": end,
        "notice_text": "（样例 example）各成员单位：\n按预案启动重污染天气橙色预警Ⅱ级响应，请按职责落实各项减排措施。",
        "ratios": [
            {"city_name": "西安市", "pollutant": p, "ratio_pct": r, "required_pct": 20, "met": r >= 20, "shortfall_kgd": s}
            for p, r, s in (("SO2", 23.4, 0), ("NOx", 21.05, 0), ("PM", 18.7, 412.5), ("VOCs", 20.3, 0))
        ],
        "approved_by": "（样例）",
        "issuing_body": "（样例）重污染天气应急指挥部办公室",
    }  # fmt: skip


def _example_chart(record: Mapping[str, Any], now: datetime) -> list[Picture]:
    """The chart of the made-up warning; none where there is no font to draw with."""
    from dashboards.pictures.aqi_chart import Period, aqi_chart
    from dashboards.pictures.font import FontMissingError

    today = now.date()
    n = len(_EXAMPLE_PAST)
    past = [{"day": today + timedelta(days=k - n), "aqi": aqi} for k, aqi in enumerate(_EXAMPLE_PAST)]
    coming = [
        {"day": today + timedelta(days=k), "aqi_low": low, "aqi_high": low + 30}
        for k, low in enumerate((180, 205, 215, 205, 120))
    ]
    period = Period("orange", record["start"], record["end"])
    try:
        chart = aqi_chart("西安市（样例）", past, coming, period=period, source="样例 example", exercise=True)
    except FontMissingError:
        return []
    return [Picture("AQI-610100.png", chart.png, chart.alt)]


def letter_of(home: Home, kind: str, now: datetime, warning: Mapping[str, Any] | None = None) -> Letter:
    """Make the letter of a kind as it would be now; a warning that is not given is a made-up example.

    Raises
    ------
    MailError
        Nothing is published that the letter could tell of, or the kind is unknown.
    """
    exercise = is_exercise(home)
    if kind in _FROM_DATA:
        from pipelines.mail.brief import brief_of, read_missing

        if not home.published.exists():
            raise MailError(f"{home.published}: 尚未发布数据 nothing is published here yet")
        with closing(open_read_only(home.published)) as con:
            if kind == "daily_brief":
                return brief_of(con, (now - timedelta(days=1)).date(), exercise=exercise)
            return missing_letter(read_missing(con, now), exercise=exercise)
    if kind == "run_failure":
        run = {
            "run_id": "example",
            "command": "run",
            "as_of": now,
            "errors": ["（样例 example）hours: OSError: ..."],
        }
        return failure_letter(run, exercise=exercise)
    if kind in ("bulletin", "bulletin_internal"):
        from pipelines.bulletin.mailed import letter_of_yesterday

        return letter_of_yesterday(home, kind, now)
    if kind in ("warning_draft", "warning_notice"):
        record = warning or example_warning(now)
        pictures = [] if warning else _example_chart(record, now)
        return warning_letter(record, draft=kind == "warning_draft", exercise=exercise, pictures=pictures)
    raise MailError(f"未知种类 unknown kind {kind!r}；可用 known: {', '.join(KINDS)}")


def letter_of_warning(home: Home, now: datetime, warning_id: str) -> Previewed:
    """Make the letter of a warning of this home as it would be put in now, whenever it was decided.

    Raises
    ------
    MailError
        There is no such warning.
    """
    from pipelines.mail.decided import decision_of
    from pipelines.mail.warnings import letter_about, standard_extras

    decision = decision_of(home, warning_id)
    letter, attachments = letter_about(home, [decision], standard_extras(home, now))
    return Previewed(letter, attachments)


def write_preview(
    home: Home, letter: Letter, to: Path, now: datetime, attachments: Sequence[Attachment] = ()
) -> list[Path]:
    """Write a letter as .eml and as HTML with its pictures inside; returns the files.

    Raises
    ------
    MailError
        The folder cannot be written.
    """
    settings = mail_settings(home)
    data = compose(
        letter,
        sender=Sender(settings.from_name, settings.sender),
        to=_TO,
        message_id=f"<preview-{letter.kind}@{_TO.address.rpartition('@')[2]}>",
        at=now,
        attachments=attachments,
    )
    cids = {picture.name: f"picture-{n}" for n, picture in enumerate(letter.pictures)}
    html = as_html(letter, cids)
    for picture in letter.pictures:
        inside = "data:image/png;base64," + base64.b64encode(picture.png).decode()
        html = html.replace(f'src="cid:{cids[picture.name]}"', f'src="{inside}"')
    stem = (EXERCISE if letter.exercise else "") + letter.kind
    files = [to / f"{stem}.eml", to / f"{stem}.html"]
    try:
        to.mkdir(parents=True, exist_ok=True)
        for path, content in zip(files, (data, html.encode()), strict=True):
            path.write_bytes(content)
    except OSError as error:
        raise MailError(f"{to}: 无法写入 cannot be written: {error.strerror}") from None
    return files
