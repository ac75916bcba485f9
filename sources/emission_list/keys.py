"""What identifies the rows of a list: ids filled in where they are missing, the same row twice refused."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from sources.emission_list.columns import Work

__all__ = ["check_keys"]


def check_keys(work: Work) -> None:
    """Give every row its id and report rows that repeat another."""
    kind = work.head.form.name
    if kind == "enterprise":
        firms = pc.binary_join_element_wise(
            pc.fill_null(work.columns["credit_code"], ""), _key(work.columns["site"]), "/"
        )
        ids = pc.utf8_rtrim(firms, "/")
        work.columns["enterprise_id"] = ids
        _number(work, "line_id", ids.to_pylist(), "line_id_made")
        work.columns["line_key"] = pc.binary_join_element_wise(ids, work.columns["line_id"], "#")
        _repeated(work, "line_key", "line_id")
        _names(work, ids.to_pylist())
    elif kind == "total":
        _repeated(work, "pollutant", "pollutant")
    else:
        _number(work, "source_id", [""] * len(work.rows), "source_id_made")
        _repeated(work, "source_id", "source_id")


def _key(texts: pa.Array) -> pa.Array:
    shown = pc.utf8_normalize(pc.fill_null(texts, ""), form="NFKC")
    return pc.replace_substring_regex(shown, r"[\s/#]", "")


def _number(work: Work, name: str, groups: list[str], rule: str) -> None:
    """Number the rows without an id 1, 2, … within their group, leaving out ids that are given."""
    given = work.columns[name].to_pylist()
    taken = {(group, own) for group, own in zip(groups, given, strict=True) if own is not None}
    last: dict[str, int] = {}
    made = 0
    for at, (group, own) in enumerate(zip(groups, given, strict=True)):
        if own is not None:
            continue
        number = last.get(group, 0) + 1
        while (group, str(number)) in taken:
            number += 1
        last[group] = number
        given[at] = str(number)
        made += 1
    work.columns[name] = pa.array(given, pa.string())
    if made:
        work.add(rule, "", n=made)


def _repeated(work: Work, name: str, shown: str) -> None:
    first: dict[str, int] = {}
    for at, key in enumerate(work.columns[name].to_pylist()):
        if key is None:
            continue
        if key in first:
            other = work.head.page.row_number(int(work.rows[first[key]]))
            work.add("key_repeated", work.cell(at, shown), key, other=other)
        else:
            first[key] = at


def _names(work: Work, ids: list[str]) -> None:
    """Report a firm whose rows name it differently: another name, or the same in other letters."""
    names = work.columns["firm_name"].to_pylist()
    first: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for at, (one, name) in enumerate(zip(ids, names, strict=True)):
        if name is None or first.setdefault(one, name) == name or (one, name) in told:
            continue
        told.add((one, name))
        alike = _bare(name) == _bare(first[one])
        rule = "name_spelled_otherwise" if alike else "name_differs"
        work.add(rule, work.cell(at, "firm_name"), name[:200], other=first[one][:200])


def _bare(name: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name)).lower()
