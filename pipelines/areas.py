"""The area a person means: a region, city or assessment unit by its code or by any of its names."""

import difflib
import re
from collections.abc import Iterable

import duckdb

from pipelines.air.regions import UnknownAreaError

_LIST_YEAR = re.compile(r"_\d{4}$", re.ASCII)
_NAMES = {
    "city": "SELECT city_code, [name_zh, name_en, short_zh] || string_split(coalesce(aliases, ''), ';') FROM ref.city",
    "unit": "SELECT unit_id, [name_zh, name_en] || string_split(coalesce(list_names, ''), ';') FROM ref.assessment_unit",
    "region": "SELECT region_id, [name_zh, name_en] FROM ref.region",
}
_ZH = {"city": "城市", "unit": "考核单元", "region": "区域"}


def area_code(con: duckdb.DuckDBPyConnection, kind: str, given: str) -> str:
    """Return the code of an area.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
    kind : {"city", "unit", "region"}
    given : str
        Code or name, Chinese or English. A region's name without its year (汾渭平原, ``fenwei``) gives the family, of
        which the list in force is taken.

    Raises
    ------
    UnknownAreaError
        There is none, or the name fits several; the message lists near or fitting ones.
    """
    known = {code: [name for name in names if name] for code, names in con.execute(_NAMES[kind]).fetchall()}
    wanted = _plain(given)
    by_name: dict[str, set[str]] = {}
    for code, names in known.items():
        for name, meant in _with_family(kind, code, names):
            by_name.setdefault(_plain(name), set()).add(meant)
    found = {code for code in known if _plain(code) == wanted} or by_name.get(wanted, set())
    if len(found) == 1:
        return next(iter(found))
    alike = difflib.get_close_matches(wanted, list(by_name), n=6, cutoff=0.5)
    near = dict.fromkeys(sorted(found), "") or {
        code: name for name in alike for code in sorted(by_name[name])
    }
    if not near and len(known) <= 20:
        near = dict.fromkeys(sorted(known), "")
    listed = ", ".join(f"{code} {known.get(code, [name])[0]}".strip() for code, name in near.items())
    raise UnknownAreaError(
        f"没有{_ZH[kind]}“{given}”；可用：{listed or '（见 fenwei sql）'} | no {kind} {given!r}; known: {listed or '(see fenwei sql)'}"
    )


def _with_family(kind: str, code: str, names: Iterable[str]) -> Iterable[tuple[str, str]]:
    if kind != "region":
        return [(name, code) for name in names]
    family = _LIST_YEAR.sub("", code)
    short = [(re.split("[（(]", name)[0].strip(), family) for name in names]
    return [(name, code) for name in names] + short + [(family, family)]


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", name).casefold()
