"""The checks within one form: conditions of ``coal_form_check.csv`` over its typed rows."""

import functools
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.coal.rows import key_sql, keys_of
from pipelines.coal.shown import amount, plain_number
from sources.bureau_forms.forms import FormColumn, forms
from sources.bureau_forms.model import MAX_FOUND, Finding, FormTable, finding
from warehouse import standards

LISTED = 100
"""Findings of one rule in one sheet that are listed one by one."""

_PLACEHOLDER = re.compile(r"\{([a-z]\w*)\}")


@functools.cache
def rule_values() -> dict[str, float]:
    """Value of every rule of coal accounting, by name."""
    frame = standards.load("coal_rule")
    return {str(row["rule"]): float(row["value"]) for row in frame.to_dict("records")}


def filled(condition: str) -> str:
    """Put the values of the rules into a condition.

    Raises
    ------
    KeyError
        The condition names a rule that there is not.
    """
    return _PLACEHOLDER.sub(lambda told: f"{rule_values()[told[1]]:.6f}".rstrip("0").rstrip("."), condition)


@functools.cache
def checks_of(form: str) -> tuple[Mapping[str, str], ...]:
    """The checks of a form, by name."""
    frame = standards.load("coal_form_check")
    own = frame[frame["form"] == form].sort_values("check_name")
    return tuple({str(k): str(v) for k, v in row.items()} for row in own.to_dict("records"))


def check_form(con: duckdb.DuckDBPyConnection, table: FormTable, rows: pa.Table) -> list[Finding]:
    """Findings of every row of one table that breaks a condition; a condition over empty cells holds.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Any connection; nothing is written.
    table : FormTable
        For its form, sheet and column letters.
    rows : pyarrow.Table
        Its typed rows, filled in.
    """
    con.register("checked", rows)
    try:
        found: list[Finding] = []
        for check, bad in _broken(con, checks_of(table.form), rows):
            names = [n for n in re.findall(r"\b[a-z_]+\b", check["condition"]) if n in rows.column_names]
            names = list(dict.fromkeys(names))
            own = rows.select(["sheet_row", *names]).take(pa.array(bad[:LISTED])).to_pylist()
            found += limited([_finding(table, check, names, row) for row in own], len(bad))
        return found + _repeated(con, table)
    finally:
        con.unregister("checked")


def _broken(
    con: duckdb.DuckDBPyConnection, checks: Sequence[Mapping[str, str]], rows: pa.Table
) -> list[tuple[Mapping[str, str], list[int]]]:
    """Places of the rows that break each condition, all conditions in one query."""
    if not checks or not rows.num_rows:
        return []
    broken = ", ".join(f"NOT coalesce({filled(check['condition'])}, true)" for check in checks)
    lists = con.execute(
        f"SELECT sheet_row, told FROM (SELECT sheet_row, [{broken}] AS told FROM checked) WHERE list_contains(told, true)"
        " ORDER BY sheet_row"
    ).fetchall()
    place = {line: at for at, line in enumerate(rows["sheet_row"].to_pylist())} if lists else {}
    found = [(check, [place[line] for line, told in lists if told[n]]) for n, check in enumerate(checks)]
    return [(check, bad) for check, bad in found if bad]


def _repeated(con: duckdb.DuckDBPyConnection, table: FormTable) -> list[Finding]:
    """Errors for rows that are told apart by their spelling only, such as 渭南 and 渭南市."""
    keys = ", ".join(key_sql(table.form, "c"))
    rows = con.execute(
        f"SELECT max(sheet_row), min(sheet_row), concat_ws(' ', {keys}) FROM checked c GROUP BY {keys}"
        " HAVING count(*) > 1 ORDER BY 1"
    ).fetchall()
    letter = next((table.letters[key] for key in keys_of(table.form) if key in table.letters), "A")
    return limited(
        [
            finding(
                "row_repeated", sheet=table.sheet, cell=f"{letter}{last}", found=key, item=f"{letter}{first}"
            )
            for last, first, key in rows
        ]
    )


def _finding(
    table: FormTable, check: Mapping[str, str], names: Sequence[str], row: Mapping[str, Any]
) -> Finding:
    told = [_value(table, name, row[name]) for name in names]
    zh, en = "；".join(zh for zh, _ in told)[:MAX_FOUND], "; ".join(en for _, en in told)[:MAX_FOUND]
    letter = next((table.letters[name] for name in names if name in table.letters), "")
    return Finding(
        table.sheet,
        f"{letter}{row['sheet_row']}",
        check["severity"],
        check["check_name"],
        zh,
        f"{filled(check['text_zh'])}：{zh}" if zh else filled(check["text_zh"]),
        f"{filled(check['text_en'])}: {en}" if en else filled(check["text_en"]),
        filled(check["fix_zh"]),
        filled(check["fix_en"]),
    )


def _value(table: FormTable, name: str, value: Any) -> tuple[str, str]:
    """Heading and value of a cell in both languages, an amount in the unit it was written in."""
    column = _columns(table.form).get(name)
    zh = column.zh.rstrip(":：") if column else name
    en = next((text for text in column.headings if text.isascii()), name) if column else name
    if value is None:
        return f"{zh}（空）", f"{en} (empty)"
    if column and column.kind == "quantity":
        shown = amount(value, table.units.get(name, column.basis))
    else:
        text = plain_number(value) if isinstance(value, Decimal) else str(value)
        shown = text, text
    return f"{zh} {shown[0]}", f"{en} {shown[1]}"


@functools.cache
def _columns(form: str) -> Mapping[str, FormColumn]:
    return {name: column for one in forms() if one.name == form for name, column in one.columns.items()}


def limited(found: list[Finding], total: int | None = None) -> list[Finding]:
    """List the first findings of a rule one by one and count the rest, of ``total``, in one more."""
    rest = (len(found) if total is None else total) - LISTED
    if rest <= 0:
        return found
    first = found[0]
    more = Finding(
        first.sheet, "", first.level, first.rule, str(rest), f"另有 {rest} 处同类问题：{first.zh}",
        f"{rest} more of this kind: {first.en}", first.fix_zh, first.fix_en,
    )  # fmt: skip
    return [*found[:LISTED], more]
