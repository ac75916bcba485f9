"""Who gets letters: a table of recipients by role and city, imported from a file as a whole."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from dashboards.clean import one_line
from pipelines.mail.compose import MAX_NAME
from pipelines.mail.kinds import ROLES, Kind
from pipelines.mail.settings import is_address
from sources.tables import Column, Row, TableError, read_table
from warehouse import standards
from warehouse.outbox import masked, text_of
from warehouse.state import reading, writing

COLUMNS = (
    Column("address", ("address", "email", "邮箱", "邮件地址", "电子邮箱", "地址")),
    Column("name", ("name", "姓名", "收件人", "名称")),
    Column("role", ("role", "角色", "职责")),
    Column("cities", ("cities", "city", "city_code", "城市", "城市代码"), required=False),
)
EVERYWHERE = ("", "*", "全部", "全部城市", "all")
_ROLE_NAMES = {name: code for code, (zh, _) in ROLES.items() for name in (code, zh)}
_SPLIT = re.compile(r"[;；、,，|\s]+")


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets letters; no cities means all of them."""

    address: str
    name: str
    role: str
    city_codes: tuple[str, ...] = ()

    def shown(self) -> dict[str, object]:
        """What may be shown of it."""
        return {
            "recipient": masked(self.address),
            "name": self.name,
            "role": self.role,
            "cities": list(self.city_codes),
        }


@dataclass(frozen=True)
class Imported:
    """What a file of recipients gave; nothing is changed where there are problems."""

    recipients: tuple[Recipient, ...]
    problems: tuple[tuple[int, str, str], ...] = field(default=())


EXAMPLES = (
    Recipient("duty@example.invalid", "值班员（示例）", "duty"),
    Recipient("manager@example.invalid", "数据管理员（示例）", "manager"),
    Recipient("leader@example.invalid", "分管领导（示例）", "leader"),
    Recipient("xian@example.invalid", "西安市成员单位（示例）", "member", ("610100",)),
    Recipient("weinan@example.invalid", "渭南市成员单位（示例）", "member", ("610500",)),
)
"""Recipients of the demo: addresses that cannot exist."""


def read_recipients(path: Path) -> Imported:
    """Read a file of recipients (CSV or XLSX): address, name, role, cities.

    Returns
    -------
    Imported
        With problems as line, Chinese and English; addresses in them are masked.

    Raises
    ------
    TableError
        The file as a whole cannot be read.
    """
    table = read_table(path, COLUMNS)
    found: dict[str, Recipient] = {}
    problems = [
        (int(line), f"{item}：{code}", f"{item}: {code}") for line, item, _, code in table.rejects.records
    ]
    for row in table.rows:
        made = _recipient(row)
        if isinstance(made, str):
            zh, _, en = made.partition(" | ")
            problems.append((row.line, zh, en))
        elif made.address in found:
            problems.append(
                (row.line, f"地址重复：{masked(made.address)}", f"address twice: {masked(made.address)}")
            )
        else:
            found[made.address] = made
    if not found and not problems:
        problems.append((0, "没有收件人", "no recipients"))
    return Imported(tuple(found[a] for a in sorted(found)), tuple(sorted(problems)))


def _text(cells: Mapping[str, object], name: str) -> str:
    value = cells.get(name)
    return "" if value is None else str(value).strip()


def _recipient(row: Row) -> Recipient | str:
    """A recipient, or what is wrong with its line."""
    address = _text(row.cells, "address")
    local, _, domain = address.rpartition("@")
    address = f"{local}@{domain.lower()}"
    if not is_address(address):
        return f"不是邮件地址：{masked(address)} | not a mail address: {masked(address)}"
    role = _ROLE_NAMES.get(_text(row.cells, "role"))
    if role is None:
        known = "、".join(zh for zh, _ in ROLES.values())
        return f"未知角色，可用：{known} | unknown role, known: {', '.join(ROLES)}"
    cities = _cities(_text(row.cells, "cities"))
    if isinstance(cities, str):
        return f"未知城市：{cities} | unknown city: {cities}"
    return Recipient(address, one_line(_text(row.cells, "name"), MAX_NAME), role, cities)


@cache
def _city_names() -> dict[str, str]:
    frame = standards.load("city")
    return {
        str(r[key]): str(r["city_code"])
        for key in ("short_zh", "name_zh", "city_code")
        for r in frame.to_dict("records")
    }


def _cities(text: str) -> tuple[str, ...] | str:
    """Codes of the cities written in a cell, or the first that is unknown."""
    if text in EVERYWHERE:
        return ()
    codes = set()
    for name in filter(None, _SPLIT.split(text)):
        if name not in _city_names():
            return one_line(name, 40)
        codes.add(_city_names()[name])
    return tuple(sorted(codes))


def replace(path: Path, recipients: Sequence[Recipient], at: datetime) -> dict[str, int]:
    """Put the recipients in place of those there were; returns how many are added, changed, removed and kept."""
    with writing(path) as con:
        before = {r.address: r for r in _all(con.execute(_SELECT).fetchall())}
        after = {r.address: r for r in recipients}
        con.execute("DELETE FROM mail_recipient")
        con.executemany(
            "INSERT INTO mail_recipient VALUES (?, ?, ?, ?, ?)",
            [(r.address, r.name, r.role, ";".join(r.city_codes), text_of(at)) for r in recipients],
        )
    both = before.keys() & after.keys()
    return {
        "added": len(after.keys() - before.keys()),
        "changed": sum(before[a] != after[a] for a in both),
        "removed": len(before.keys() - after.keys()),
        "kept": sum(before[a] == after[a] for a in both),
    }


_SELECT = "SELECT address, name, role, city_codes FROM mail_recipient ORDER BY address"


def _all(rows: Sequence[Sequence[str]]) -> list[Recipient]:
    return [Recipient(r[0], r[1], r[2], tuple(filter(None, r[3].split(";")))) for r in rows]


def recipients(path: Path) -> list[Recipient]:
    """All recipients, by address; none where there is no state file yet."""
    if not path.exists():
        return []
    with reading(path) as con:
        return _all(con.execute(_SELECT).fetchall())


def chosen(path: Path, kind: Kind, cities: Sequence[str] = ()) -> list[Recipient]:
    """Recipients a letter is for: by role, and by city for kinds that go by city."""
    return [
        r
        for r in recipients(path)
        if r.role in kind.roles
        and (not kind.by_city or not cities or not r.city_codes or set(r.city_codes) & set(cities))
    ]


__all__ = [
    "COLUMNS",
    "EXAMPLES",
    "Imported",
    "Recipient",
    "TableError",
    "chosen",
    "read_recipients",
    "recipients",
    "replace",
]
