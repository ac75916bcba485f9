"""What the letter of a warning brings along: chart, ratios of the filed list, the list as workbook."""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from dashboards.mail.model import Picture
from dashboards.pictures.aqi_chart import Period, aqi_chart
from dashboards.response.model import LEVELS, Response
from dashboards.response.names import document_name
from dashboards.response.workbook.writing import write_workbook
from pipelines.emergency.life import store
from pipelines.emergency.life.records import Record
from pipelines.emergency.response.gather import forecast_days, gather, list_of, observed_days
from pipelines.emergency.response.listed import filed_and_on
from pipelines.home import Home
from pipelines.mail.box import is_exercise
from pipelines.mail.compose import Attachment
from pipelines.mail.decided import told_by
from pipelines.mail.extras import Extras, Giver
from pipelines.mail.grouped import too_large
from warehouse import outbox
from warehouse.state import reading
from warehouse.store import one_row, open_read_only

MOST_LINES = 15_000
"""Lists with more lines make a workbook too large for a mail; it is not made only to be left out."""
_WITH_LIST = ("issue", "upgrade", "downgrade", "resume")
"""Decisions that enterprises must act on by their lines of the list."""
_GOES_ON = ("start", "extend")
"""Decisions that leave the measures as they are; who never heard of those gets the list with them."""
_ALL_OVER = ("suspend", "lift")
"""Decisions after which nothing is cut any more: whether the cuts would have been enough is no news."""
_MODELS = {"bulletin": "预报员会商简报 forecasters' bulletin"}


def extras_of(home: Home, now: datetime) -> Giver:
    """Give the function that finds what belongs to a warning's record; see `pipelines.mail.warnings.queue_warnings`.

    Parameters
    ----------
    home : Home
    now : datetime
        The chart's last day observed is the one before it.
    """

    def extras(record: dict[str, Any]) -> Extras:
        return _extras(home, now, record)

    return extras


def _extras(home: Home, now: datetime, told: dict[str, Any]) -> Extras:
    with reading(home.state) as con:
        record = store.get(con, str(told["warning_id"]))
        draft = store.document(con, record.draft_sha256) or {}
    if not home.published.exists():
        return Extras(remarks=["尚未发布数据，无图表与减排比例 | nothing is published: no chart, no ratios"])
    with closing(open_read_only(home.published)) as con:
        picture = _chart(con, home, record, draft, now)
        version = list_of(con, record, now)
        if version is None:
            text = f"{told['city_name']}：没有已备案的应急减排清单 | no emission list is filed"
            return Extras(pictures=[picture], remarks=[text])
        if record.level not in LEVELS:
            return Extras(pictures=[picture], facts={"list_version": version})
        day = (record.start_at or record.approved_at or now).date()
        action, city = str(told.get("action")), str(told["city_name"])
        # A command is told, not a path: documents written before this decision would be those of another level.
        place = f"fenwei list response {record.warning_id} --only workbook"
        brought = record.approved_at is not None and _acted_upon(home, record, action)
        too_long = _too_long(con, version, place) if brought else []
        response = gather(con, home, record.warning_id, now) if brought and not too_long else None
        books = [_workbook(response)] if response else []
        rows: Sequence[dict[str, Any]] = ()
        if action not in _ALL_OVER:
            rows = response.reductions if response else filed_and_on(con, version, day)
        return Extras(
            ratios=_ratios(rows, record.level, city),
            attachments=books,
            pictures=[picture],
            remarks=too_long,
            places={book.name: place for book in books},
            facts={"list_version": version},
        )


def _chart(
    con: duckdb.DuckDBPyConnection, home: Home, record: Record, draft: dict[str, Any], now: datetime
) -> Picture:
    told = record.describe()
    start = record.response_at or record.start_at
    end = record.lifted_at or record.end_at
    chart = aqi_chart(
        str(told["city_name"]),
        observed_days(con, record.city_code, now - timedelta(days=1)),
        forecast_days(con, record, draft),
        period=Period(record.level, start, end) if start else None,
        source=f"{_MODELS.get(record.model, record.model)} {record.forecast_issued_at:%Y-%m-%d %H:%M}",
        exercise=record.drill or is_exercise(home),
    )
    return Picture(f"AQI-{record.city_code}.png", chart.png, chart.alt)


def _ratios(rows: Sequence[dict[str, Any]], level: str, city: str) -> list[dict[str, Any]]:
    """Rows of the table: ratio as filed and on the response day, at the level of the warning."""
    own = [row for row in rows if row["level"] == level]
    filed = {row["pollutant"]: row["ratio_pct"] for row in own if row["basis"] == "filed"}
    return [
        row | {"city_name": city, "filed_pct": filed[row["pollutant"]]}
        for row in own
        if row["basis"] == "day"
    ]


def _acted_upon(home: Home, record: Record, action: str) -> bool:
    """Tell whether a letter brings the list: the measures are new, or no letter ever told of the decision they are of."""
    if action not in _GOES_ON:
        return action in _WITH_LIST
    with reading(home.state) as con:
        found = [e for e in store.events(con, record.warning_id) if e.action in ("approve", *_WITH_LIST)]
    names = {f"{e.warning_id}#{e.seq}" for e in found[-1:]}
    return not any(names & told_by(row["letter_key"]) for row in outbox.rows(home.state))


def _too_long(con: duckdb.DuckDBPyConnection, version: str, place: str) -> list[str]:
    """Say that a list makes too large a workbook, and where it is to be had; nothing where it does not."""
    row = one_row(con.execute("SELECT count(*) FROM emergency.line WHERE version_id = ?", [version]))
    n = row[0] if row else 0
    return [too_large(f"{version}（{n} 条生产线 lines）", None, place)] if n > MOST_LINES else []


def _workbook(response: Response) -> Attachment:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        # Mails leave the office: persons and telephone numbers of enterprises stay in the folder of the response.
        write_workbook(response, path, contacts=False)
        return Attachment(document_name(response, "workbook"), path.read_bytes())
