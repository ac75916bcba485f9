"""Forms as bureaus fill them in: a county instead of its city, several units in a line, exclusions in words."""

from datetime import date
from typing import Any

import pytest
from coal_tables import NOW, WEINAN, kept_warehouse, table

from pipelines.coal.exclusions import GROSS, parse
from pipelines.coal.importing import validate
from pipelines.coal.rows import normalised
from sources.bureau_forms import read
from sources.bureau_forms.model import Document
from warehouse.standards import load

TODAY = date(2026, 11, 23)
INSPECTION = {
    "抽样编号": "S1",
    "抽样日期": "2026-09-01",
    "环节": "流通",
    "产品类型": "民用散煤",
    "被抽样单位": "甲",
}


def csv_of(*lines: str) -> Document:
    return read("\n".join(lines).encode(), "x.csv", today=TODAY)


def inspection(**areas: str) -> Document:
    row = INSPECTION | areas
    return csv_of(",".join(row), ",".join(row.values()))


def rules(document: Document) -> set[tuple[str, str]]:
    return {(f.level, f.rule) for f in document.findings}


@pytest.mark.parametrize(
    ("areas", "city", "county"),
    [
        ({"区县": "韩城市"}, "610500", "610581"),
        ({"区县": "杨陵区"}, "610400", "610403"),
        ({"区县": "西咸新区"}, "610100", "xixian"),
        ({"区县": "临渭区", "地市": ""}, "610500", "610502"),
        ({"区县": "610502"}, "610500", "610502"),
        ({"区县": "临渭区", "地市": "渭南"}, "610500", "610502"),
        ({"区县": "临渭区", "地市": "无此市"}, "610500", "610502"),
        ({"地市": "渭南市"}, "610500", None),
    ],
)
def test_a_county_tells_its_city(areas: dict[str, str], city: str, county: str | None) -> None:
    document = inspection(**areas)
    assert not document.errors, document.errors
    (row,) = document.tables[0].rows.to_pylist()
    assert (row["city_code"], row["county_code"]) == (city, county)
    assert row["city_name"], "the city is named even where only the county was"


@pytest.mark.parametrize(
    ("areas", "rule"),
    [
        ({"区县": "城区"}, "city_unclear"),
        ({"区县": "无此县"}, "city_unclear"),
        ({"地市": "无此市"}, "area_unknown"),
        ({"区县": "无此县", "地市": "无此市"}, "area_unknown"),
        ({"区县": "", "地市": ""}, "cell_required_either"),
        ({}, "cell_required_either"),
    ],
)
def test_an_area_that_nothing_tells_is_one_error(areas: dict[str, str], rule: str) -> None:
    assert [f.rule for f in inspection(**areas).errors] == [rule]


def test_a_sheet_with_counties_alone_is_loaded() -> None:
    with kept_warehouse() as kept:
        found = validate(kept.con, inspection(区县="韩城市"), sha256="a", path="x.csv", as_of=NOW)
        assert found.loadable, found.errors
        kept.take(*(t for t, _ in found.tables))
        assert kept.rows("SELECT city_name, city_code FROM coal.inspection") == [("渭南市", WEINAN)]


HEADS = {
    str(row["column_name"]): str(row["headings_zh"]).split(";")[0]
    for row in load("coal_form_column").query("form == 'firm_year'").to_dict("records")
}
SURVEY = {
    "stat_year": "2025", "firm_name": "某公司", "credit_code": "91610000000000000X", "city_name": "渭南市",
    "energy_equivalent_tce": "95", "energy_equal_price_tce": "98", "feedstock_energy_tce": "10", "coal_t": "120",
    "coal_tce": "86", "feedstock_t": "12", "raw_coal_t": "110", "washed_coal_t": "10", "other_coal_t": "0", "coke_t": "0",
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "tce"),
    [
        ("计量单位：万吨、万吨标准煤", 860_000),
        ("单位：万吨，万tce", 860_000),
        ("（单位：万tce、万吨）", 860_000),
        ("单位：万吨、吨标准煤", 86),
        ("单位：万吨,万tce", 860_000),
        ("计量单位：万吨", 860_000),
    ],
)
def test_every_unit_of_a_line_serves_the_columns_of_its_basis(line: str, tce: int) -> None:
    heads = ",".join(HEADS[name] for name in SURVEY)
    document = csv_of("附表1 主要用煤单位煤炭消费情况", line, heads, ",".join(SURVEY.values()))
    assert not document.errors, document.errors
    (row,) = document.tables[0].rows.to_pylist()
    assert (row["coal_t"], row["coal_tce"]) == (1_200_000, tce)


def test_two_powers_of_ten_for_rows_of_either_basis_are_refused() -> None:
    row = ["市", WEINAN, "渭南市", "2026-09", "规上工业", "标准量", "100"]
    heads = "层级,地区代码,地区,时段,口径,计量,消费量"
    good = csv_of("分地区煤炭消费量", "单位：万吨、万tce", heads, ",".join(row))
    bad = csv_of("分地区煤炭消费量", "单位：万吨、tce", heads, ",".join(row))
    assert not good.errors
    assert ("error", "unit_contradicts") in rules(bad)


def kept_as(form: str, text: str | None) -> Any:
    own = {"area_kind": "city", "area_code": WEINAN, "area_name": "渭南市", "period": "2026-09"}
    rows, found = normalised(table(form, own | {"exclusions": text}))
    assert not found
    return rows["exclusions"].to_pylist()[0]


@pytest.mark.parametrize("text", ["全口径", "无", "不剔除", "none", "gross", "None"])
def test_nothing_left_out_is_gross_and_stated_where_a_target_says_so(text: str) -> None:
    assert kept_as("area_use", text) == ""
    stated = kept_as("coal_target", text)
    assert stated and parse(stated) == GROSS, "a target that says so is not one that is silent"


@pytest.mark.parametrize("text", ["", None, " "])
def test_an_empty_exclusion_stays_empty(text: str | None) -> None:
    assert kept_as("area_use", text) == kept_as("coal_target", text) == ""
    assert parse(kept_as("coal_target", text)) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("单位:大唐本部", "unit:大唐本部"),
        ("单位：大唐本部", "unit:大唐本部"),
        ("unit:大唐本部", "unit:大唐本部"),
        ("大唐本部", "unit:大唐本部"),
        ("煤矸石、原料用煤", "feedstock,gangue"),
        ("用作原料、材料；单位：甲", "feedstock,unit:甲"),
        ("coal used as feedstock; unit: 甲", "feedstock,unit:甲"),
    ],
)
def test_exclusions_are_kept_as_codes(text: str, codes: str) -> None:
    assert kept_as("area_use", text) == kept_as("coal_target", text) == codes


def test_a_bad_period_is_told_once() -> None:
    heads = "层级,地区代码,地区,时段,口径,计量,消费量（万吨）"
    document = csv_of(heads, f"市,{WEINAN},渭南市,2026-13,规上工业,实物量,100")
    found = validate(None, document, sha256="a", path="x.csv", as_of=NOW)
    assert [f.rule for f in found.errors] == ["month_invalid"]
    assert not [f for f in found.findings if "None" in f.zh + f.en + f.found]
