"""Data: files received, late, held and rejected; checks; last runs."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboards.site.chart import Chart, columns_of
from dashboards.site.figures import data_hours
from dashboards.site.frames import records, with_columns
from dashboards.site.read import read
from dashboards.site.view import Fact, Payload, Source
from dashboards.site.words import Text, both, glossary, say
from warehouse.checks import all_checks

TABLES = {"files": "ops.source_file", "checks": "ops.check_result", "runs": "ops.run"}
"""Sections, and the table that each needs."""
DAYS = 60
"""Days that received hours are shown of [d]."""
FILES = 300
RUNS = 50


_column = columns_of("datacol")


_KIND = (
    _column("kind_name"),
    *(
        _column(name, "number", 0)
        for name in (
            "n",
            "n_loaded",
            "n_partial",
            "n_held",
            "n_rejected",
            "n_other",
            "n_late",
            "n_rejected_rows",
        )
    ),
    _column("day_last"),
    _column("behind", "number", 0),
    _column("seen_at"),
)
_FILE = (
    _column("file"),
    _column("kind", "words", words="datakind"),
    _column("status", "words", words="datastatus"),
    _column("reason"),
    _column("day_first"),
    _column("day_last"),
    _column("n_values", "number", 0),
    _column("n_rejected_lines", "number", 0),
    _column("seen_at"),
    _column("late_days", "number", 0),
)
_CHECK = (
    _column("told"),
    _column("outcome", "words", words="dataoutcome"),
    _column("consequence", "words", words="dataconsequence"),
    _column("n_bad", "number", 0),
    _column("detail"),
    _column("table_name"),
    _column("check_name"),
)
_RUN = (
    _column("started_at"),
    _column("command"),
    _column("run_status", "words", words="datarun"),
    _column("minutes", "number", 1),
    _column("n_files", "number", 0),
    _column("n_days_redone", "number", 0),
    _column("as_of"),
    _column("message"),
    _column("run_id"),
)


def payloads(source: Source) -> Iterator[Payload]:
    """Make the parts whose tables the build holds."""
    yield _files(source)
    yield _checks(source)
    yield _runs(source)


def _files(source: Source) -> Payload:
    today = source.as_of.date()
    kinds = read(source.con, "data_file_kind")
    if kinds.empty:
        return Payload("data/files", ())
    hours = read(source.con, "data_hour", today=today, days=DAYS)
    files = read(source.con, "data_file", n=FILES)
    figure, table = data_hours.figure(hours)
    behind = [
        None if pd.isna(d) else max((today - pd.Timestamp(d).date()).days, 0) for d in kinds["day_last"]
    ]
    kinds = with_columns(
        kinds, kind_name=[_kind(k) for k in kinds["kind"]], behind=behind, seen_at=_minutes(kinds["seen_at"])
    )
    files = with_columns(
        files.rename(columns={"n_rejected": "n_rejected_lines"}),
        file=[_tail(p) for p in files["path"]],
        reason=[_reason(r) for r in records(files)],
        seen_at=_minutes(files["seen_at"]),
    )
    open_files = int(files["n_open"].iloc[0]) if len(files) else 0
    charts = [
        Chart("kinds", say("datakinds.title"), say("datakinds.caption"), None, kinds, _KIND),
        Chart("files", say("datafiles.title", n=len(files)), say("datafiles.caption"), None, files, _FILE),
    ]
    if figure:
        columns = (_column("day"), _column("n_hours", "number", 0))
        title, caption = say("datahours.title", days=DAYS), say("datahours.caption")
        charts.insert(0, Chart("hours", title, caption, figure, table, columns))
    facts = [
        Fact(say("data.n_files"), str(int(kinds["n"].sum())), say("data.n_files_note", n=open_files)),
        Fact(say("data.n_held"), str(int(kinds["n_held"].sum())), say("data.n_held_note")),
        Fact(say("data.n_rejected"), str(int(kinds["n_rejected"].sum())), say("data.n_rejected_note")),
    ]
    return Payload("data/files", charts, facts)


def _kind(code: object) -> Text:
    return glossary().get(f"datakind.{code}") or both(code)


def _minutes(times: pd.Series) -> list[str | None]:
    return [None if pd.isna(t) else f"{pd.Timestamp(t):%Y-%m-%d %H:%M}" for t in times]


def _tail(path: object) -> str:
    """The end of a path; where a home lies on its machine is nobody's business."""
    parts = str(path).replace("\\", "/").split("/")
    if "landing" in parts:
        parts = parts[len(parts) - parts[::-1].index("landing") :]
    return both("/".join(parts[-4:]), limit=120)["zh"]


def _reason(row: dict[str, Any]) -> Text | None:
    if row["reason_zh"] is not None and not pd.isna(row["reason_zh"]):
        return both(row["reason_zh"], row["reason_en"], 200)
    if row["reason_code"] is not None and not pd.isna(row["reason_code"]):
        return say("data.reason_masked", code=both(row["reason_code"], limit=40))
    return None


def _checks(source: Source) -> Payload:
    rows = read(source.con, "data_check")
    if rows.empty:
        return Payload("data/checks", ())
    known = {c.name: c for c in all_checks()}
    names = [str(n) for n in rows["check_name"]]
    passed = [bool(v) for v in rows["passed"]]
    tidy = with_columns(
        rows,
        told=[both(known[n].zh, known[n].en, 120) if n in known else both(n) for n in names],
        outcome=["passed" if ok else str(c) for ok, c in zip(passed, rows["consequence"], strict=True)],
        detail=[_detail(r) for r in records(rows)],
    )
    facts = [
        Fact(
            say(f"data.checks_{name}"),
            str(tidy["outcome"].tolist().count(name)),
            say(f"data.checks_{name}_note"),
        )
        for name in ("block", "flag", "note", "passed")
    ]
    chart = Chart("checks", say("datachecks.title"), say("datachecks.caption"), None, tidy, _CHECK)
    return Payload("data/checks", (chart,), facts)


def _detail(row: dict[str, Any]) -> Text | None:
    """What a failed check found, where the build tells it."""
    if bool(row["passed"]):
        return None
    if row["detail_zh"] is None or pd.isna(row["detail_zh"]):
        return say("data.detail_masked")
    return both(row["detail_zh"], row["detail_en"], 200)


def _runs(source: Source) -> Payload:
    rows = read(source.con, "data_run", n=RUNS)
    if rows.empty:
        return Payload("data/runs", ())
    tidy = with_columns(
        rows.rename(columns={"status": "run_status", "n_days": "n_days_redone"}),
        started_at=_minutes(rows["started_at"]),
        as_of=_minutes(rows["as_of"]),
    )
    return Payload(
        "data/runs",
        (Chart("runs", say("dataruns.title", n=len(tidy)), say("dataruns.caption"), None, tidy, _RUN),),
    )
