"""``fenwei doctor`` on a terminal. Findings in, lines out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from dashboards.terminal.screen import as_is

OUTCOMES = {"ok": ("正常 ok  ", "green"), "warn": ("注意 warn", "yellow"), "fail": ("失败 fail", "bold red")}


def render_findings(findings: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """Turn findings into one line each, with what to do below those that are not in order."""
    for finding in findings:
        word, style = OUTCOMES[finding["outcome"]]
        line = as_is(word, style)
        line.append_text(as_is(f"  {finding['zh']} | {finding['en']}"))
        yield line
        if finding["outcome"] != "ok":
            yield as_is(f"           → {finding['todo_zh']}")
            yield as_is(f"             {finding['todo_en']}")
    counts = {outcome: sum(f["outcome"] == outcome for f in findings) for outcome in OUTCOMES}
    yield as_is(
        f"正常 ok {counts['ok']}，注意 warn {counts['warn']}，失败 fail {counts['fail']}",
        OUTCOMES["fail" if counts["fail"] else "warn" if counts["warn"] else "ok"][1],
    )
