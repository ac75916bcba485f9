"""The data dictionary: read from the comments of the contract, and the Chinese views made from it."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from warehouse.classes import WORDS, marks

CHINESE_SCHEMA = "中文"
SCHEMAS = ("ref", "ops", "air", "forecast", "emergency", "coal")
"""Schemas an analyst meets, in the order of the dictionary."""

_CUT = re.compile(r"[：；:;（(，,]")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_CODE = re.compile(
    r"([A-Za-z](?:[A-Za-z0-9_]*[A-Za-z0-9])?) *为?((?!等为|等$|或|的|开头)[0-9]*[\u4e00-\u9fff].*)"
)


@dataclass(frozen=True)
class Column:
    """One column as the dictionary describes it."""

    name: str
    data_type: str
    zh: str
    en: str
    unit: str
    access: str = ""
    """Chinese word of its class."""


@dataclass(frozen=True)
class Table:
    """One table as the dictionary describes it."""

    schema: str
    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    access: str = ""
    """Chinese word of its class: the lowest build that holds some of its rows."""

    @property
    def zh_name(self) -> str:
        """Short Chinese name, also the name of its view."""
        return short_name(self.zh)


@cache
def fingerprint() -> str:
    """Hash of how Chinese views are made: a file with views made otherwise is not of this version."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]


def split_comment(comment: str | None) -> tuple[str, str, str]:
    """Chinese text, English text and unit of a comment ``zh | en | unit``; a fourth part is the class of a column."""
    parts = [p.strip() for p in (comment or "").split(" | ")]
    parts += [""] * (3 - len(parts))
    return parts[0], parts[1], parts[2]


def short_name(zh: str) -> str:
    """The name at the head of a Chinese comment, before its explanation."""
    return _CUT.split(zh, maxsplit=1)[0].strip()


def read_dictionary(con: duckdb.DuckDBPyConnection) -> list[Table]:
    """All documented tables of the open database, schema by schema."""
    comments = {
        (schema, table): comment
        for schema, table, comment in con.execute(
            "SELECT schema_name, table_name, comment FROM duckdb_tables()"
            " WHERE database_name = current_database() AND NOT internal"
        ).fetchall()
    }
    table_marks, column_marks = marks(con)
    columns: dict[tuple[str, str], list[Column]] = {}
    for schema, table, name, kind, comment in con.execute(
        "SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns()"
        " WHERE database_name = current_database() AND NOT internal ORDER BY column_index"
    ).fetchall():
        if (schema, table) in comments:
            word = WORDS[column_marks[f"{schema}.{table}"][name]]
            columns.setdefault((schema, table), []).append(Column(name, kind, *split_comment(comment), word))
    tables = []
    for (schema, table), described in columns.items():
        if schema in SCHEMAS:
            zh, en, _ = split_comment(comments[schema, table])
            word = WORDS[table_marks[f"{schema}.{table}"]]
            tables.append(Table(schema, table, zh, en, tuple(described), word))
    return sorted(tables, key=lambda t: (SCHEMAS.index(t.schema), t.name))


def chinese_column(column: Column) -> str:
    """Chinese name of a column, with its unit where it has one; English texts say that they are."""
    name = short_name(column.zh)
    if column.name.endswith("_en"):
        name += "·英文"
    return f"{name}({column.unit})" if column.unit else name


def code_words(zh: str) -> dict[str, str]:
    """Chinese word of each code that a Chinese comment lists, ``名称：code 词，code 词``.

    Empty where it lists fewer than two, or a code without a word: half of a list in Chinese would be worse than none.
    """
    listed = [p.strip() for p in re.split(r"[，、；。,;]", _ASIDE.sub("", zh.partition("：")[2]))]
    found = {m[1]: m[2].strip() for part in listed if (m := _CODE.fullmatch(part))}
    bare = any(part.isascii() and part.isidentifier() for part in listed)
    return found if len(found) > 1 and not bare else {}


def _shown(column: Column) -> str:
    """A column as a Chinese view shows it: codes that its comment explains read Chinese, all else stands as it is."""
    # several codes stand in one field there
    words = {} if column.name.endswith("exclusions") else code_words(column.zh)
    if column.data_type != "VARCHAR" or not words:
        return f'"{column.name}"'
    cases = " ".join(f"WHEN {_literal(code)} THEN {_literal(word)}" for code, word in words.items())
    return f'CASE "{column.name}" {cases} ELSE "{column.name}" END'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def chinese_views_sql(tables: list[Table]) -> str:
    """Statements that make schema ``中文``: one view a table, Chinese column names with units and words, comments kept.

    Raises
    ------
    ValueError
        Two tables, or two columns of one table, would get the same Chinese name, or one has none.
    """
    lines = [f'CREATE SCHEMA IF NOT EXISTS "{CHINESE_SCHEMA}";']
    seen: dict[str, str] = {}
    for table in tables:
        full = f"{table.schema}.{table.name}"
        view = table.zh_name
        if not view or view in seen:
            raise ValueError(
                f"{full}: 中文名 Chinese name {view!r} 缺失或与 is missing or the same as {seen.get(view)}"
            )
        seen[view] = full
        names = [chinese_column(c) for c in table.columns]
        doubled = {n for n in names if names.count(n) > 1 or not n}
        if doubled:
            raise ValueError(f"{full}: 列的中文名重复 column names doubled: {sorted(doubled)}")
        picked = ", ".join(f'{_shown(c)} AS "{n}"' for c, n in zip(table.columns, names, strict=True))
        quoted_view = f'"{CHINESE_SCHEMA}"."{view}"'
        lines.append(
            f'CREATE OR REPLACE VIEW {quoted_view} AS SELECT {picked} FROM "{table.schema}"."{table.name}";'
        )
        comment = f"{table.zh} | {table.en} | {full}".replace("'", "''")
        lines.append(f"COMMENT ON VIEW {quoted_view} IS '{comment}';")
    return "\n".join(lines)
