"""Taking coal forms in: check each file, keep the good ones in the landing folder, run the job, list what changed."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.cli.coal_trial import published, trial
from pipelines.cli.common import UseError
from pipelines.coal.shown import amount, plain_number
from pipelines.home import Home
from sources import bureau_forms
from warehouse import standards
from warehouse.lock import LockedError, is_locked

FOLDER = "coal"
"""Folder within the landing folder that imported forms are kept in."""

_UNFINISHED = (".part", ".tmp", ".crdownload")
_FINDING = ("sheet", "cell", "level", "rule", "found", "zh", "en", "fix_zh", "fix_en")
_REVISION = ("path", "sha256", "form", "row_key", "column_name", "change", "old_value", "new_value")


@dataclass
class Given:
    """A file somebody wants to import: its bytes, where they would go, and what the check said."""

    source: Path
    data: bytes
    target: Path
    status: str = "accepted"
    findings: list[dict[str, str]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        """Fingerprint of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def describe(self) -> dict[str, Any]:
        """Give what is told about the file."""
        levels = Counter(f["level"] for f in self.findings)
        return {
            "name": self.source.name,
            "path": str(self.source),
            "sha256": self.sha256,
            "status": self.status,
            "landed": str(self.target) if self.status in ("accepted", "unchanged", "not_loaded") else None,
            "n_errors": levels["error"],
            "n_warnings": levels["warning"],
            "n_unchecked": levels["unchecked"],
            "tables": self.tables,
            "findings": self.findings,
        }


def gather(files: Sequence[Path], home: Home) -> list[Given]:
    """Read the files that were named.

    Raises
    ------
    UseError
        One is no file, is hidden, or two have the same name.
    """
    given = []
    for path in files:
        if not path.is_file():
            what = (
                "是文件夹，请给出文件 is a folder: name its files"
                if path.is_dir()
                else "不存在 does not exist"
            )
            raise UseError(f"{path}: {what}")
        if path.name.startswith((".", "~$")) or path.name.lower().endswith(_UNFINISHED):
            raise UseError(f"{path}: 隐藏或未完成的文件，请改名 hidden or unfinished: rename it")
        if path.stat().st_size > home.settings.max_file_mb * 2**20:
            raise UseError(
                f"{path}: 超过 larger than {home.settings.max_file_mb} MB（fenwei.toml: max_file_mb）"
            )
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UseError(f"{path}: 无法读取 cannot be read: {error.strerror}") from None
        given.append(Given(path, data, home.landing / FOLDER / path.name))
    twice = [name for name, n in Counter(g.source.name for g in given).items() if n > 1]
    if twice:
        raise UseError(f"{', '.join(twice)}: 同名文件给了两次，请改名 given twice: rename one")
    return given


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


def keep(given: Sequence[Given]) -> bool:
    """Copy the accepted files into the landing folder, each whole or not at all; tells whether there were any."""
    accepted = [file for file in given if file.status == "accepted"]
    for file in accepted:
        file.target.parent.mkdir(parents=True, exist_ok=True)
        part = file.target.with_name(f".{file.target.name}.{os.getpid()}.part")
        try:
            with part.open("wb") as stream:
                stream.write(file.data)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(file.target)
        finally:
            part.unlink(missing_ok=True)
    return bool(accepted)


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
    owner = is_locked(home.run_lock)
    if owner:
        raise LockedError(
            f"{home.run_lock}: 正被占用 held by {owner}；未复制文件，请等它结束后重试"
            " | nothing was copied, wait for it to finish and try again"
        )
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
