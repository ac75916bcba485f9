"""Taking coal forms in: check each file, keep the good ones in the landing folder, run the job, list what changed."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from pipelines.cli.coal_trial import published, trial
from pipelines.cli.taking import Given, keep, refuse_while_running
from pipelines.coal.shown import amount, plain_number
from pipelines.home import BEIJING, Home
from sources import bureau_forms
from warehouse import standards

FOLDER = "coal"
"""Folder within the landing folder that imported forms are kept in."""

_FINDING = ("sheet", "cell", "level", "rule", "found", "zh", "en", "fix_zh", "fix_en")
_REVISION = ("path", "sha256", "form", "row_key", "column_name", "change", "old_value", "new_value")


def check(given: Sequence[Given], home: Home, as_of: datetime) -> None:
    """Check every file by itself, against what was published before and against the files given before it.

    Nothing of the home is written.
    """
    from pipelines.coal.importing import take_coal_document, validate

    names = _form_names()
    with published(home) if len(given) == 1 else trial(home) as con:
        for n, file in enumerate(given):
            document = bureau_forms.read(file.data, file.source.name, today=as_of.date())
            path, sha256 = str(file.target), file.sha256
            if len(given) == 1 or con is None:
                found = validate(con, document, sha256=sha256, path=path, as_of=as_of)
            else:
                found = take_coal_document(
                    con, document, sha256=sha256, path=path, as_of=as_of, modified_ns=n
                ).validation
            file.findings = [{name: getattr(f, name) for name in _FINDING} for f in found.findings]
            file.tables = [
                {
                    "form": t.form,
                    "name_zh": names.get(t.form, t.form),
                    "sheet": t.sheet,
                    "n_rows": rows.num_rows,
                }
                for t, rows in found.tables
            ]
            if found.errors:
                file.status = "rejected"
            elif not found.loadable:
                file.status = "empty"
            elif file.target.exists() and file.target.read_bytes() == file.data:
                file.status = "unchanged"


def take_in(
    given: Sequence[Given], home: Home, as_of: datetime, run: Callable[[], Any]
) -> tuple[Any, list[Any]]:
    """Keep the accepted files and run the job.

    Returns
    -------
    report : RunReport or None
        None where there was nothing to do.
    changes : list of dict
        Rows and values that corrected files added, changed or removed.

    Raises
    ------
    LockedError
        A run is at work; nothing was copied.
    """
    refuse_while_running(home)
    before = _revisions(home, given)
    if not keep(given) and not _due(home, as_of):
        return None, []
    report = run()
    refused = {note["path"] for note in report.notes if note["status"] != "loaded"}
    for file in given:
        if file.status == "accepted" and str(file.target) in refused:
            file.status = "not_loaded"
    changed = _revisions(home, given) - before
    return report, [
        _change(row) for row in sorted(changed.elements(), key=lambda r: tuple(str(v or "") for v in r))
    ]


def _due(home: Home, as_of: datetime) -> bool:
    from pipelines.due import due
    from pipelines.steps import RunContext

    return bool(due(RunContext(home, as_of, command="coal import")).anything)


def _revisions(home: Home, given: Sequence[Given]) -> Counter[tuple[Any, ...]]:
    with published(home) as con:
        if con is None:
            return Counter()
        rows = con.execute(
            f"SELECT {', '.join(_REVISION)} FROM coal.revision WHERE list_contains(?, sha256)",
            [[file.sha256 for file in given]],
        ).fetchall()
    return Counter(rows)


def _form_names() -> dict[str, str]:
    listed = standards.load("coal_form")
    return dict(zip(listed["form"].astype(str), listed["name_zh"].astype(str), strict=True))


def _change(row: tuple[Any, ...]) -> dict[str, Any]:
    change = dict(zip(_REVISION, row, strict=True))
    columns = standards.load("coal_form_column")
    own = columns[(columns["form"] == change["form"]) & (columns["column_name"] == change["column_name"])]
    heading = str(own["headings_zh"].iloc[0]).split(";")[0] if len(own) else change["column_name"]
    if len(own):
        kind, unit = str(own["kind"].iloc[0]), str(own["unit"].iloc[0])
        change |= {side: _shown(change[side], kind, unit) for side in ("old_value", "new_value")}
    return change | {
        "row_key": " ".join(part for part in str(change["row_key"]).split("|") if part),
        "name": Path(change["path"]).name,
        "form_zh": _form_names().get(change["form"], change["form"]),
        "column_zh": heading,
    }


def _shown(value: str | None, kind: str, unit: str) -> str | None:
    """Write a value of a change as people do: amounts in the unit of the form."""
    if value is None or kind not in ("quantity", "number", "percent"):
        return value
    return amount(value, unit)[0] if kind == "quantity" else plain_number(value)


def document_of(
    given: Sequence[Given], home: Home, as_of: datetime, *, check_only: bool, report: Any, changes: list[Any]
) -> dict[str, Any]:
    """Give everything that is told about an import."""
    files = [file.describe() for file in given]
    return {
        "home": str(home.root),
        "as_of": as_of.isoformat(sep=" "),
        "simulated": home.settings.simulated,
        "check_only": check_only,
        "files": files,
        "n_rejected": sum(f["status"] in ("rejected", "empty", "not_loaded") for f in files),
        "changes": changes,
        "run": asdict(report) if report is not None else None,
        "report": None,
    }


def report_path(home: Home) -> Path:
    """Where the report of an import goes when nobody says: named by the clock, a number behind it where one is there."""
    stamp = datetime.now(BEIJING).strftime("%Y%m%dT%H%M%S")
    names = (f"煤炭导入检查_{stamp}{'' if n == 0 else f'-{n}'}.xlsx" for n in count())
    return next(path for name in names if not (path := home.root / "reports" / name).exists())
