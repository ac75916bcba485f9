from __future__ import annotations

import io
import struct
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from sources.bureau_forms import Document, looks_like_coal_form, read

TODAY = date(2026, 11, 23)
CODE, OTHER = "91610500MA6Y12345A", "91610500563789012R"
HEAD = ["统一社会信用代码", "月份", "能源名称", "消费量合计（万吨）"]
ROWS = [HEAD, [CODE, "2026-09", "原煤", 0.1], [OTHER, "2026-09", "焦炭", 12.345678]]
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def container(streams: dict[str, bytes]) -> bytes:
    """An OLE container of sectors of 512 bytes; streams are padded beyond the mini stream limit."""
    bodies = {
        name: body.ljust(max(4096, -(-len(body) // 512) * 512), b"\x00") for name, body in streams.items()
    }
    count = sum(len(body) // 512 for body in bodies.values()) + 1
    n_fat = next(n for n in range(1, 110) if n * 128 >= count + n)
    table = [FAT] * n_fat + [END]
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    content = b""
    for index, (name, body) in enumerate(bodies.items()):
        first, size = len(table), len(body) // 512
        table += [*range(first + 1, first + size), END]
        entries.append(
            _entry(name, 2, first, len(body), right=index + 2 if index + 1 < len(bodies) else FREE)
        )
        content += body
    directory = b"".join(entries).ljust(512, b"\x00")
    assert len(directory) == 512
    table += [FREE] * (n_fat * 128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, n_fat, n_fat, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", *range(n_fat), *[FREE] * (109 - n_fat))
    return head + struct.pack(f"<{len(table)}I", *table) + directory + content


def _entry(name: str, kind: int, first: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    tail = struct.pack("<HBBIII16xI16xII4x", len(text), kind, 1, FREE, right, child, 0, first, size)
    return text.ljust(64, b"\x00") + tail


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, column: int, value: Any) -> bytes:
    at = struct.pack("<HHH", row, column, 0)
    if isinstance(value, tuple):
        return _record(
            0x06, at + struct.pack("<d", value[0]) + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00"
        )
    if isinstance(value, str):
        return _record(0x204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x203, at + struct.pack("<d", value))


def xls(pages: dict[str, list[list[Any]]], hidden: str = "", extra: bytes = b"") -> bytes:
    """A BIFF8 workbook with numbers, texts and formulas (a tuple holds the stored result)."""
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6)) + extra
    begin += _record(0x42, struct.pack("<H", 1200))
    sheets = []
    for rows in pages.values():
        body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
        body += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0))
        for row, line in enumerate(rows):
            for column, value in enumerate(line):
                if value not in ("", None):
                    body += _cell(row, column, value)
        sheets.append(body + _record(0x0A))
    at = len(begin) + sum(4 + 8 + 2 * len(name) for name in pages) + 4
    bounds = b""
    for name, body in zip(pages, sheets, strict=True):
        head = struct.pack("<IBBBB", at, int(name == hidden), 0, len(name), 1)
        bounds += _record(0x85, head + name.encode("utf-16-le"))
        at += len(body)
    return container({"Workbook": begin + bounds + _record(0x0A) + b"".join(sheets)})


def rules(document: Document) -> list[tuple[str, str]]:
    return [(found.rule, found.cell) for found in document.findings]


def test_an_old_workbook_reads_like_a_new_one() -> None:
    data = io.BytesIO()
    made = xlsxwriter.Workbook(data)
    page = made.add_worksheet("数据")
    for at, row in enumerate(ROWS):
        page.write_row(at, 0, row)
    made.close()
    new = read(data.getvalue(), "x.xlsx", today=TODAY)
    old = read(xls({"数据": ROWS}), "x.xls", today=TODAY)
    assert old.findings == new.findings == ()
    assert old.tables[0].rows == new.tables[0].rows
    assert old.tables[0].rows["use_t"].to_pylist() == [Decimal(1000), Decimal("123456.7800")]
    assert looks_like_coal_form(xls({"数据": ROWS}), "x.xls")


def test_formulas_and_hidden_sheets_of_an_old_workbook() -> None:
    rows = [HEAD, [CODE, "2026-09", "原煤", (2.5,)]]
    document = read(xls({"数据": rows, "旧": ROWS}, hidden="旧"), "x.xls", today=TODAY)
    assert document.tables[0].rows["use_t"].to_pylist() == [Decimal(25000)]
    assert sorted(rules(document)) == [("formula_used", "D2"), ("sheet_hidden", "")]


def test_a_cell_in_the_last_corner_of_an_old_workbook() -> None:
    rows = [*ROWS, *[[] for _ in range(65000)], [""] * 255 + ["x"]]
    assert rules(read(xls({"数据": rows}), "x.xls", today=TODAY)) == [("sheet_too_large", "")]


@pytest.mark.parametrize(
    "data",
    [
        container({"EncryptionInfo": b"\x04\x00\x04\x00", "EncryptedPackage": b"\x00" * 5000}),
        xls({"数据": ROWS}, extra=_record(0x2F, b"\x01\x00" + b"\x00" * 52)),
    ],
    ids=["xlsx", "xls"],
)
def test_a_password_is_named(data: bytes) -> None:
    (found,) = read(data, "x.xlsx", today=TODAY).findings
    assert (
        (found.rule, found.level) == ("password", "error") and "密码" in found.zh and "password" in found.en
    )


def test_a_container_of_something_else_and_a_cut_workbook() -> None:
    whole = xls({"数据": ROWS})
    for data in (container({"WordDocument": b"\x00" * 5000}), whole[:700], whole[:1500], whole[:512]):
        document = read(data, "x.xls", today=TODAY)
        assert document.tables == () and [found.rule for found in document.findings] == ["file_damaged"]


def test_every_cut_of_an_old_workbook_is_either_read_or_refused() -> None:
    whole = xls({"数据": ROWS})
    for length in range(0, len(whole), 97):
        document = read(whole[:length], "x.xls", today=TODAY)
        assert document.tables or document.errors
        assert "reader_failed" not in {found.rule for found in document.findings}
