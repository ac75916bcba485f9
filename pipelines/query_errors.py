"""What a database says against a query, in plain words and with the place where it is meant."""

import difflib
import re
from collections.abc import Sequence

import duckdb
from rich.cells import cell_len

_REFUSALS = (
    (
        ("read-only mode", "Cannot launch in-memory database"),
        "只读的发布副本，不能写入",
        "this is a read-only published copy: nothing can be written",
    ),
    (
        ("disabled by configuration", "disabled through configuration", "Loading external extensions"),
        "查询不能访问文件、网络或扩展",
        "a query reaches no files, no network and no extensions",
    ),
    (
        ("configuration has been locked", "Cannot change configuration option"),
        "设置已锁定，不能更改",
        "settings are locked",
    ),
    (
        ("Out of Memory Error", "could not allocate block"),
        "内存不够：请缩小时段或先汇总；上限见 fenwei.toml 的 memory_limit",
        "not enough memory: ask for fewer days or aggregate first; the limit is memory_limit in fenwei.toml",
    ),
)
_KINDS = (
    (re.compile(r"syntax error|unterminated"), "语法不对", "syntax error"),
    (re.compile(r"Table with name|schema .* does not exist|View with name"), "没有这张表", "no such table"),
    (re.compile(r"Referenced (column|table)|does not have a column"), "没有这一列", "no such column"),
    (re.compile(r"Function with name|No function matches"), "没有这个函数，或参数不对", "no such function, or wrong arguments"),
    (re.compile(r"must appear in the GROUP BY"), "这一列要么汇总，要么写进 GROUP BY", "aggregate this column or group by it"),
    (re.compile(r"^Conversion Error|out of range|Could not convert"), "值不能这样换算", "a value cannot be converted so"),
)  # fmt: skip
_TOKENS = re.compile(
    r'at or near "(.+?)"$|Table with name "?(.+?)"? does not exist|Referenced (?:column|table) "(.+?)"'
    r'|Function with name "?(.+?)"? does not exist|column "(.+?)" must appear',
    re.MULTILINE,
)
_LINE = re.compile(r"\n\nLINE (\d+): (.*)\n( *)\^")
_CANDIDATES = re.compile(r"^Candidate bindings: (.+)$|^Did you mean (.+?)\??$", re.MULTILINE)
_FULL_WIDTH = "，；（）。：“”‘’　＝＜＞＊"


def told(error: duckdb.Error, sql: str, tables: Sequence[str] = ()) -> str:
    """Tell a database error in one line, Chinese first.

    Parameters
    ----------
    error : duckdb.Error
    sql : str
        The query it is about, to say line and column.
    tables : sequence of str
        Names of the tables there are, to say which one may have been meant.
    """
    message = str(error)
    first = " ".join(message.split("\n\n", 1)[0].split())
    for signs, zh, en in _REFUSALS:
        if any(sign in message for sign in signs):
            return f"{zh} | {en}（{first}）"
    kind = next(((zh, en) for pattern, zh, en in _KINDS if pattern.search(message)), None)
    zh, en = (f"：{kind[0]}", f": {kind[1]}") if kind else ("", "")
    place_zh, place_en = _place(message, sql)
    meant = _meant(message, tables)
    return f"查询有误{zh}{place_zh}{meant[0]} | the query cannot be run{en}{place_en}{meant[1]}（{first}）"


def _place(message: str, sql: str) -> tuple[str, str]:
    """Words for line and column, and for a full-width sign that stands there."""
    at = position(message, sql)
    if at is None:
        return "", ""
    line = sql.count("\n", 0, at) + 1
    column = at - (sql.rfind("\n", 0, at) + 1) + 1
    word = re.match(r"\w+|\W", sql[at:])
    near = word[0] if word else ""
    zh, en = f"，第 {line} 行第 {column} 个字“{near}”处", f", line {line}, character {column}, at {near!r}"
    wide = next((c for c in sql[at : at + 40].split("\n")[0] if c in _FULL_WIDTH), None)
    if wide:
        zh += f"；“{wide}”是全角符号，应为半角"
        en += f"; {wide!r} is a full-width sign"
    return zh, en


def position(message: str, sql: str) -> int | None:
    """Where in a query an error is meant: the character's number from 0, or None."""
    found = _LINE.search(message)
    caret = _caret(sql, int(found[1]), found[2], len(found[3])) if found else None
    named = _TOKENS.search(message)
    token = next((part for part in named.groups() if part), None) if named else None
    places = [m.start() for m in re.finditer(re.escape(token), sql)] if token else []
    if not places:
        return caret
    # In the second of several statements the caret may be off; the word itself is not.
    return places[0] if caret is None else min(places, key=lambda at: abs(at - caret))


def _caret(sql: str, number: int, shown: str, spaces: int) -> int | None:
    """Turn the line and the caret of a message into a place of the query; wide glyphs take two columns."""
    lines = sql.split("\n")
    if not 1 <= number <= len(lines):
        return None
    width, at = spaces - len(f"LINE {number}: "), 0
    while at < len(shown) and cell_len(shown[:at]) < width:
        at += 1
    body = shown.removeprefix("...")
    begun = lines[number - 1].find(body.removesuffix("..."))
    if begun < 0:
        return None
    column = begun + at - (len(shown) - len(body))
    return sum(len(line) + 1 for line in lines[: number - 1]) + min(max(column, 0), len(lines[number - 1]))


def _meant(message: str, tables: Sequence[str]) -> tuple[str, str]:
    """Words for what may have been meant."""
    missing = re.search(r'(?:Table|View) with name "?(.+?)"? does not exist', message)
    if missing:
        name = missing[1].casefold()
        by_short = {t.rsplit(".", 1)[-1].casefold(): t for t in reversed(tables)}
        by_short |= {t.casefold(): t for t in tables}
        near = difflib.get_close_matches(name, list(by_short), n=6, cutoff=0.55)
        near += [n for n in by_short if name and name in n and n not in near]
        listed = "、".join(dict.fromkeys(by_short[n] for n in near[:6]))
    else:
        found = _CANDIDATES.search(message)
        listed = "、".join(re.findall(r'"(.+?)"', (found[1] or found[2]) if found else ""))
    return (f"；相近的：{listed}", f"; near names: {listed}") if listed else ("", "")
