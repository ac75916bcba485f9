"""Text from outside made harmless for any document: nothing that ends a header, turns the reading direction or hides."""

import unicodedata

MAX_CELL = 400
"""Longest text of one cell or name [characters]; the rest is cut with an ellipsis."""

LONGEST_NAME = 200
"""Bytes of the name of a file; file systems take 255."""

_JOINERS = "\u200c\u200d"
_NOT_XML = "\ufffe\uffff"


def _harmless(letter: str, keep: str) -> str:
    if letter in keep:
        return letter
    kind = unicodedata.category(letter)
    if kind == "Cs":
        return "\ufffd"
    if kind in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    if letter in _NOT_XML or (kind == "Cf" and letter not in _JOINERS):
        return ""
    return letter


def cut(text: str, limit: int) -> str:
    """Shorten a text with an ellipsis, not within a character and its combining marks."""
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 0 and (
        unicodedata.combining(text[end]) or text[end] in _JOINERS or text[end - 1] in _JOINERS
    ):
        end -= 1
    return text[:end].rstrip() + "…"


def one_line(value: object, limit: int = MAX_CELL) -> str:
    """Give a value as one line of visible text.

    Control characters and line ends become blanks, marks that turn the reading direction go, lone surrogates become
    U+FFFD; what XML cannot hold goes, joiners inside emoji and names stay.
    """
    text = "" if value is None else str(value)
    if len(text) <= limit and text.isprintable() and "  " not in text:
        return text.strip()
    # Far longer than any cell: characters that are dropped must not decide what is seen of the rest.
    seen = "".join(_harmless(letter, "") for letter in text[: 20 * limit])
    return cut(" ".join(seen.split()), limit)


def header(value: object, limit: int) -> str:
    """Give a value for a header of a letter: one line that cannot be taken for an encoded word."""
    return one_line(one_line(value, limit).replace("=?", "= ?"), limit)


def lines(value: object, limit: int = 20_000) -> list[str]:
    """Give the lines of a longer text, each harmless by itself."""
    text = "" if value is None else str(value)
    text = text[:limit] + ("…" if len(text) > limit else "")
    return [
        "".join(_harmless(letter, "\u3000\t") for letter in line).replace("\t", "    ").rstrip()
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]


def file_name(name: str, limit: int = 120) -> str:
    """Give the name of an attachment without folders and characters that file systems refuse."""
    text = header(name, 1000).replace("\\", "/").rpartition("/")[2]
    text = "".join("_" if letter in '<>:"/|?*%;' else letter for letter in text).strip(" .")
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = text, "", ""
    return (cut(stem, limit) or "file") + dot + ending


def safe_name(name: str) -> str:
    """Make a name any file system takes, in no more than 200 bytes of UTF-8; the ending stays."""
    text = file_name(name.replace("/", "_").replace("\\", "_"), 1000)
    stem, dot, ending = text.rpartition(".")
    if not dot:
        stem, ending = text, ""
    while len((stem + dot + ending).encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return stem.rstrip(" .") + dot + ending
