from __future__ import annotations

import io
import random
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pyarrow as pa
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.bureau_forms import Document, read

TODAY = date(2026, 11, 23)
HEAD = [
    "统一社会信用代码",
    "单位名称",
    "月份",
    "能源名称",
    "期初库存量（万吨）",
    "消费量合计（吨）",
    "折标系数",
    "数据类型",
]
PRODUCTS = ["原煤", "洗精煤", "焦炭", "raw_coal"]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FULL = str.maketrans("0123456789.,-+", "０１２３４５６７８９．，－＋")


def code_of(number: int) -> str:
    text = f"91610500{number:09d}"
    return text + ALPHABET[-sum(ALPHABET.index(c) * pow(3, at, 31) for at, c in enumerate(text)) % 31]


amounts = st.decimals(min_value=0, max_value=10**7, places=3, allow_nan=False, allow_infinity=False)
lines = st.lists(
    st.tuples(
        st.integers(0, 10**9 - 1).map(code_of),
        st.sampled_from(["某热力公司", "", "甲,乙“丙”公司", "Ａ公司", "=1+1"]),
        st.integers(1, 9).map(lambda month: f"2026-{month:02d}"),
        st.sampled_from(PRODUCTS[:3]),
        amounts.map(str),
        amounts.map(str),
        st.sampled_from(["", "0.7143", "0.9"]),
        st.sampled_from(["", "快报", "修订"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row[0],
)


def csv_of(rows: list[Any], encoding: str = "utf-8", mark: str = ",") -> bytes:
    quoted = [[f'"{cell}"' if mark in str(cell) else str(cell) for cell in row] for row in rows]
    return "".join(mark.join(row) + "\n" for row in quoted).encode(encoding)


def book_of(sheets: list[list[Any]]) -> bytes:
    data = io.BytesIO()
    made = xlsxwriter.Workbook(data, {"strings_to_formulas": False, "strings_to_urls": False})
    for rows in sheets:
        page = made.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell != "":
                    page.write(at, column, cell)
    made.close()
    return data.getvalue()


def content(document: Document) -> list[dict[str, Any]]:
    assert document.errors == () and document.tables
    rows = pa.concat_tables([table.rows for table in document.tables]).drop_columns(["sheet_row"])
    return sorted(rows.to_pylist(), key=lambda row: (row["credit_code"], row["month"], row["product"]))


@settings(max_examples=25, deadline=None)
@given(
    rows=lines,
    seed=st.randoms(use_true_random=False),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
)
def test_the_order_of_rows_columns_and_the_encoding_change_nothing(
    rows: list[Any], seed: random.Random, encoding: str
) -> None:
    expected = content(read(csv_of([HEAD, *rows]), "", today=TODAY))
    order = list(range(len(HEAD)))
    seed.shuffle(order)
    shuffled = list(rows)
    seed.shuffle(shuffled)
    turned = [[row[at] for at in order] for row in [HEAD, *shuffled]]
    assert content(read(csv_of(turned, encoding, seed.choice(",\t;")), "", today=TODAY)) == expected
    titled = [["能源购进、消费与库存"] + [""] * (len(HEAD) - 1), [""] * len(HEAD), *turned]
    assert content(read(csv_of(titled, encoding), "", today=TODAY)) == expected


@settings(max_examples=15, deadline=None)
@given(rows=lines, seed=st.randoms(use_true_random=False), typed=st.booleans())
def test_sheets_in_any_order_hold_the_same(rows: list[Any], seed: random.Random, typed: bool) -> None:
    expected = content(read(csv_of([HEAD, *rows]), "", today=TODAY))
    parts: list[list[Any]] = [[HEAD], [HEAD], [HEAD]]
    for row in rows:
        cells = [float(cell) if typed and at in (4, 5) else cell for at, cell in enumerate(row)]
        seed.choice(parts).append(cells)
    seed.shuffle(parts)
    assert content(read(book_of(parts), "", today=TODAY)) == expected


@settings(max_examples=60, deadline=None)
@given(
    value=st.decimals(min_value=0, max_value=10**9, places=7, allow_nan=False, allow_infinity=False),
    unit=st.sampled_from([("吨", 0), ("万吨", 4), ("千克", -3), ("千吨", 3)]),
    write=st.sampled_from(["plain", "full", "thousands", "blank", "plus", "exponent"]),
)
def test_numbers_are_exact_however_they_are_written(
    value: Decimal, unit: tuple[str, int], write: str
) -> None:
    text = {
        "plain": f"{value:f}",
        "full": f"{value:f}".translate(FULL),
        "thousands": f"{value:,f}",
        "blank": f" {value:f}\u3000",
        "plus": f"+{value:f}",
        "exponent": f"{value:e}",
    }[write]
    if value.scaleb(unit[1]) >= 10**12:
        return
    rows = [
        ["统一社会信用代码", "月份", "能源名称", f"消费量合计（{unit[0]}）"],
        [code_of(1), "2026-09", "原煤", text],
    ]
    found = content(read(csv_of(rows), "", today=TODAY))[0]["use_t"]
    assert found == value.scaleb(unit[1]).quantize(Decimal("0.0001"), rounding=ROUND_HALF_EVEN)


@settings(max_examples=40, deadline=None)
@given(values=st.lists(st.floats(min_value=0, max_value=1e7, allow_nan=False), min_size=1, max_size=20))
def test_numbers_in_cells_count_as_they_are_shown(values: list[float]) -> None:
    rows: list[Any] = [["统一社会信用代码", "月份", "能源名称", "消费量合计（万吨）"]]
    rows += [[code_of(at), "2026-09", "原煤", float(f"{value:.15g}")] for at, value in enumerate(values)]
    found = [row["use_t"] for row in content(read(book_of([rows]), "", today=TODAY))]
    exact = [
        Decimal(repr(row[3])).scaleb(4).quantize(Decimal("0.0001"), rounding=ROUND_HALF_EVEN)
        for row in rows[1:]
    ]
    assert found == exact


def test_tenths_of_ten_thousand_tonnes_have_no_binary_rest() -> None:
    rows: list[Any] = [
        ["统一社会信用代码", "月份", "能源名称", "消费量合计（万吨）"],
        [code_of(1), "2026-09", "原煤", 0.1],
    ]
    assert content(read(book_of([rows]), "", today=TODAY))[0]["use_t"] == Decimal("1000.0000")
    rows[1][3] = 0.1 + 0.2
    assert content(read(book_of([rows]), "", today=TODAY))[0]["use_t"] == Decimal("3000.0000")


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=400),
    start=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xef\xbb\xbf"]),
)
def test_random_bytes_never_raise(data: bytes, start: bytes) -> None:
    document = read(start + data, "x", today=TODAY)
    assert document.findings or document.tables
    assert not any(found.rule == "reader_failed" for found in document.findings)


texts = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=12)
anything = st.one_of(
    st.sampled_from(
        [
            *HEAD,
            "原煤",
            "单位：万吨",
            "合计",
            "示例",
            "注：x",
            "2026年1-9月",
            "单位名称",
            code_of(5),
            "甲",
            "1.工业",
        ]
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    texts,
)


@settings(max_examples=80, deadline=None)
@given(rows=st.lists(st.lists(anything, max_size=9), max_size=8), headed=st.booleans())
def test_random_tables_never_raise(rows: list[list[Any]], headed: bool) -> None:
    grid: list[Any] = [*([HEAD] if headed else []), *rows]
    quoted = "".join(",".join('"' + str(c).replace('"', '""') + '"' for c in row) + "\n" for row in grid)
    for data in (quoted.encode("utf-8", "replace"), book_of([grid])):
        document = read(data, "x", today=TODAY)
        assert document.findings or document.tables
        assert not any(found.rule == "reader_failed" for found in document.findings)


@pytest.mark.parametrize("step", [7])
def test_a_damaged_workbook_never_raises(step: int) -> None:
    whole = book_of([[HEAD, [code_of(1), "甲", "2026-09", "原煤", 1, 2, 0.7, ""]]])
    for at in range(0, len(whole), step * 13):
        for data in (whole[:at], whole[:at] + b"\xff" + whole[at + 1 :]):
            document = read(data, "x.xlsx", today=TODAY)
            assert not any(found.rule == "reader_failed" for found in document.findings)
            assert document.tables or document.errors
