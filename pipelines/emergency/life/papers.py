"""What every command carries: who decides, with which papers, and what counts as now."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.emergency.life.machine import LifeError
from pipelines.home import BEIJING

REPLAY = timedelta(hours=24)
"""A “now” further than this from the real clock is a replay."""
LONGEST_NAME, LONGEST_REASON = 200, 2000
"""Characters a name or number of a document, and a reason, may have."""
FIELDS = {
    "by": ("--by", "决定人姓名", "the name of the person who decides"),
    "office": ("--office", "职务或处室", "the office of that person"),
    "body": ("--body", "发布单位", "the issuing body"),
    "document": ("--document", "文号", "the document number"),
    "signatory": ("--signatory", "上级签发人", "the higher signatory"),
    "reason": ("--reason", "理由", "a reason"),
}


@dataclass(frozen=True)
class Papers:
    """The person and the papers of a decision."""

    by: str = ""
    office: str = ""
    body: str = ""
    document: str = ""
    signatory: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Context:
    """Where and when a command acts.

    Attributes
    ----------
    state : Path
        The state file.
    as_of : datetime
        What the command takes as now.
    clock : datetime
        The real time of the entry.
    snapshot : str or None
        Published version the person had before them.
    simulated : bool
        The home holds simulated data: it knows exercises only.
    """

    state: Path
    as_of: datetime
    clock: datetime
    snapshot: str | None = None
    simulated: bool = False

    @property
    def replay(self) -> bool:
        """What counts as now is not the present: what is made is an exercise, and real drafts are left alone."""
        return abs(self.as_of - self.clock) > REPLAY


def real_now() -> datetime:
    """The real clock, Beijing time without zone."""
    return datetime.now(BEIJING).replace(tzinfo=None, microsecond=0)


def tidy(papers: Papers) -> Papers:
    """Trim what a person gave.

    Raises
    ------
    LifeError
        A text is too long, or holds control characters or marks that turn the order of writing.
    """
    return replace(papers, **{name: one_line(name, text) for name, text in asdict(papers).items()})


def one_line(name: str, text: str) -> str:
    """Trim one text of a person: printable characters on one line.

    Raises
    ------
    LifeError
        It is longer than allowed or holds other characters.
    """
    option, zh, en = FIELDS[name]
    kept = text.strip()
    longest = LONGEST_REASON if name == "reason" else LONGEST_NAME
    if len(kept) > longest:
        raise LifeError(
            "too_long", f"{option}：{zh}超过 {longest} 个字符", f"{en} is over {longest} characters"
        )
    if any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in kept):
        raise LifeError(
            "bad_text", f"{option}：{zh}含有换行或控制字符", f"{en} holds line breaks or control characters"
        )
    return kept


def need(papers: Papers, *names: str) -> None:
    """Ask for papers that may not be empty.

    Raises
    ------
    LifeError
        One is empty.
    """
    for name in names:
        if not getattr(papers, name):
            option, zh, en = FIELDS[name]
            raise LifeError(f"needs_{name}", f"{option}：需要{zh}", f"{option}: {en} is needed")


def command_key(action: str, papers: Papers, given: dict[str, Any]) -> str:
    """Fingerprint of a command as given, by which its repetition is known."""
    text = json.dumps([action, asdict(papers), given], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
