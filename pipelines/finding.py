"""What a check of the installation found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One finding.

    Attributes
    ----------
    check : str
    outcome : {"ok", "warn", "fail"}
    zh, en : str
        What was found.
    todo_zh, todo_en : str
        What to do about it; empty where all is well.
    """

    check: str
    outcome: str
    zh: str
    en: str
    todo_zh: str = ""
    todo_en: str = ""


def ok(check: str, zh: str, en: str) -> Finding:
    """All is well."""
    return Finding(check, "ok", zh, en)


def warn(check: str, found: tuple[str, str], todo: tuple[str, str]) -> Finding:
    """Work goes on, with less."""
    return Finding(check, "warn", *found, *todo)


def fail(check: str, found: tuple[str, str], todo: tuple[str, str]) -> Finding:
    """Work cannot go on."""
    return Finding(check, "fail", *found, *todo)
