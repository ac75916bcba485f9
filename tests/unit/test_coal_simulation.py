from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sources import bureau_forms
from sources.simulation.coal import CoalWorld, simulate_coal
from sources.simulation.coal.codes import ALPHABET, check_character, credit_code
from sources.simulation.coal.headings import HEADINGS
from warehouse import standards

MAX_BYTES = 3_000_000
Grid = list[list[str]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> CoalWorld:
    return simulate_coal(tmp_path_factory.mktemp("coal"))


@pytest.fixture(scope="module")
def declared() -> pd.DataFrame:
    return standards.load("coal_form_column")


def sheets(path: Path) -> dict[str, Grid]:
    if path.suffix == ".csv":
        data = path.read_bytes()
        text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030")
        return {"": [list(row) for row in csv.reader(io.StringIO(text))]}
    pages = pd.read_excel(path, sheet_name=None, header=None, dtype=str, engine="calamine")
    return {name: frame.fillna("").values.tolist() for name, frame in pages.items()}


def form_of(path: Path, sheet: str) -> str:
    names = {"主要用途": "firm_usage", "耗煤设备": "firm_equipment", "替代来源": "replacement_source"}
    words = {
        "205-1": "energy_205_1", "企业名录": "firm", "附表1": "firm_year", "附表2": "other_user",
        "附件2": "region_year", "分地区": "area_use", "煤炭消费目标": "coal_target", "附表3": "project",
        "煤质抽检": "inspection", "涉煤单位": "register", "村级": "village", "分户": "household",
        "复燃": "relapse_visit",
    }  # fmt: skip
    if sheet == "年度用煤":
        return "project_year"
    return names.get(sheet) or next(form for word, form in words.items() if word in path.name)


def table(grid: Grid, form: str) -> list[dict[str, str]]:
    back = {heading: name for name, heading in HEADINGS[form].items()}
    head = grid[2]
    first = 3
    if grid[3][:1] == [""] and "消费量" in head:
        group, first = "", 4
        for i, (top, below) in enumerate(zip(head, grid[3], strict=True)):
            group = top or group
            head[i] = f"{group}-{below}" if below else top
    rows = [row for row in grid[first:] if not row[0].startswith("单位负责人")]
    names = [back[h] for h in head if h]
    return [dict(zip(names, row, strict=False)) for row in rows]


@pytest.fixture(scope="module")
def tables(world: CoalWorld) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for path in world.files:
        if path in world.bad:
            continue
        for name, grid in sheets(path).items():
            form = form_of(path, name)
            found.setdefault(form, []).extend(table(grid, form))
    return found


def test_same_seed_same_bytes_and_times(tmp_path: Path) -> None:
    one, two = (simulate_coal(tmp_path / name, today=date(2026, 5, 9)) for name in ("one", "two"))
    other = simulate_coal(tmp_path / "other", today=date(2026, 5, 9), seed=1)

    def content(run: CoalWorld) -> dict[str, tuple[bytes, int]]:
        found = sorted(f for f in run.folder.rglob("*") if f.is_file())
        return {str(f.relative_to(run.folder)): (f.read_bytes(), f.stat().st_mtime_ns) for f in found}

    assert content(one) == content(two)
    assert content(one) != content(other)
    assert one.last_month == "2026-04"


def test_impossible_days_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2026"):
        simulate_coal(tmp_path, today=date(2025, 6, 1))


def test_size_and_list_of_files(world: CoalWorld) -> None:
    on_disk = sorted(f for f in world.folder.rglob("*") if f.is_file())
    assert sorted(world.files) == on_disk
    assert sum(f.stat().st_size for f in on_disk) < MAX_BYTES
    assert world.last_month == "2026-10" and 140 <= world.n_firms <= 170
    months = {f.name[-11:-4] for f in on_disk if re.search(r"205-1_.*_\d{4}-\d\d\.csv", f.name)}
    assert {"2024-01", "2025-12", "2026-10"} <= months
    assert len(world.corrected) == 2 and len(world.bad) == 1 and len(world.warned) == 1


def test_everything_says_that_it_is_simulated(
    world: CoalWorld, tables: dict[str, list[dict[str, str]]]
) -> None:
    for path in world.files:
        assert path.name.startswith("模拟_")
        for grid in sheets(path).values():
            assert "模拟数据" in grid[0][0]
            assert any("填报人" in cell for cell in grid[-1])
    for form, column in (
        ("firm", "firm_name"), ("project", "project_name"), ("register", "entity_name"),
        ("village", "village_name"), ("inspection", "entity_name"), ("replacement_source", "source_unit"),
    ):  # fmt: skip
        assert all("模拟" in row[column] for row in tables[form])
    assert all(
        row["document_no"].startswith("模拟文号") for row in tables["coal_target"] if row["document_no"]
    )


def test_headings_are_declared(declared: pd.DataFrame) -> None:
    for form, headings in HEADINGS.items():
        of_form = declared[declared["form"] == form].set_index("column_name")["headings_zh"]
        for column, heading in headings.items():
            bare = re.sub(r"（[^（）]*(吨|tce|%|/|km|千元|个)[^（）]*）$", "", heading)
            assert {heading, bare} & set(of_form[column].split(";")), (form, column, heading)


def test_required_columns_are_filled(declared: pd.DataFrame, tables: dict[str, list[dict[str, str]]]) -> None:
    assert set(tables) == set(declared["form"])
    for form, rows in tables.items():
        needed = declared[(declared["form"] == form) & (declared["required"] == "yes")]["column_name"]
        for column in needed:
            if (form, column) == ("other_user", "coal_t"):
                rows = [row for row in rows if row["status"] != "停用"]
            assert all(row[column] for row in rows), (form, column)


def test_choices_are_valid(declared: pd.DataFrame, tables: dict[str, list[dict[str, str]]]) -> None:
    products = set(standards.load("coal_product")["name_zh"])
    for one in declared[declared["kind"] == "choice"].itertuples():
        allowed = products
        if not str(one.choices).startswith("@"):
            allowed = {part.split("=")[1].rpartition("/")[0] for part in one.choices.split(";")}
        found = {row.get(one.column_name, "") for row in tables[one.form]} - {""}
        assert found <= allowed, (one.form, one.column_name)


def test_places_are_known(tables: dict[str, list[dict[str, str]]]) -> None:
    city, county = standards.load("city"), standards.load("county")
    known = {(str(c.city_code), c.name_zh) for c in county.itertuples()}
    codes = {c.name_zh: str(c.city_code) for c in city.itertuples()}
    odd = set()
    for rows in tables.values():
        for row in rows:
            if row.get("county_name") and row["city_name"] not in ("洛阳市", "济南市"):
                place = (codes[row["city_name"]], row["county_name"])
                odd |= {place} - known
    assert odd <= {("610100", "西咸新区")}


def test_credit_codes(tables: dict[str, list[dict[str, str]]]) -> None:
    assert check_character("91350100M000100Y4") == "3"
    owners: dict[str, str] = {}
    for form, name in (("firm", "firm_name"), ("other_user", "firm_name"), ("register", "entity_name")):
        for row in tables[form]:
            code = row["credit_code"]
            assert len(code) == 18 and set(code) <= set(ALPHABET) and code[8:12] == "XXXX"
            assert check_character(code[:17]) == code[17]
            assert owners.setdefault(code, row[name]) == row[name]
    assert credit_code("610100", 1) != credit_code("610100", 2)


def number(row: dict[str, str], column: str) -> float:
    return float(row[column])


def test_rows_of_205_1_add_up(tables: dict[str, list[dict[str, str]]], world: CoalWorld) -> None:
    rows = [row for row in tables["energy_205_1"] if row["factor_used"] not in ("0.5200", "0.52")]
    assert len(rows) > 5500
    for row in rows:
        use = number(row, "use_t")
        assert use == number(row, "industrial_t") + number(row, "non_industrial_t")
        assert number(row, "feedstock_t") <= number(row, "industrial_t")
        assert number(row, "opening_t") + number(row, "purchase_t") - use == number(row, "closing_t")
        assert number(row, "closing_t") >= 0
    assert {row["period_kind"] for row in rows} == {"本月", "累计"}
    measured = [row for row in rows if row["qnet_ar_kj_kg"]]
    assert 100 < len(measured) < len(rows) / 2
    for row in measured:
        assert number(row, "factor_used") == pytest.approx(number(row, "qnet_ar_kj_kg") / 29307.6, abs=1e-4)


def test_cumulative_rows_grow_and_begin_with_the_stock_of_the_year(
    tables: dict[str, list[dict[str, str]]],
) -> None:
    by_key: dict[tuple[str, str, str], list[tuple[int, float, str]]] = {}
    for row in tables["energy_205_1"]:
        if row["period_kind"] == "累计":
            year = row["month"][:4]
            last = int(re.findall(r"\d+", row["month"])[-1])
            key = (row["credit_code"], row["product"], year)
            by_key.setdefault(key, []).append((last, number(row, "use_t"), row["opening_t"]))
    assert len(by_key) > 50
    for values in by_key.values():
        values.sort()
        amounts = [amount for _, amount, _ in values]
        assert amounts == sorted(amounts)
        assert len({opening for _, _, opening in values}) == 1


def test_annual_forms_hold_their_checks(tables: dict[str, list[dict[str, str]]]) -> None:
    for row in tables["firm_year"]:
        coal, parts = number(row, "coal_t"), [number(row, f"{p}_coal_t") for p in ("raw", "washed", "other")]
        if row["industry_division"] != "06":
            assert coal == pytest.approx(sum(parts), abs=0.005)
        assert coal >= number(row, "coal_tce") and coal >= number(row, "feedstock_t")
        for energy in ("energy_equivalent_tce", "energy_equal_price_tce"):
            assert number(row, energy) >= max(number(row, "coal_tce"), number(row, "feedstock_energy_tce"))
    for row in tables["region_year"]:
        total = number(row, "coal_total_t")
        assert total == pytest.approx(
            sum(number(row, f"{p}_coal_t") for p in ("raw", "washed", "other")), abs=0.005
        )
        uses = ("power", "heat", "washing", "coking", "liquefaction", "gasification", "industry", "other_use")
        assert all(number(row, f"{use}_t") >= 0 for use in uses), row
        assert total + 0.005 >= sum(number(row, f"{use}_t") for use in uses)
        assert number(row, "industry_t") >= number(row, "feedstock_t")
    for row in tables["project"]:
        assert number(row, "coal_products_t") == pytest.approx(
            sum(number(row, c) for c in ("coal_t", "coke_t", "semi_coke_t")), abs=0.005
        )
        assert number(row, "energy_equivalent_tce") >= number(row, "coal_products_tce")


def test_firms_add_up_to_their_areas(tables: dict[str, list[dict[str, str]]]) -> None:
    for year in ("2024", "2025"):
        areas = {
            r["city_name"]: r
            for r in tables["region_year"]
            if r["stat_year"] == year and not r["county_name"]
        }
        for city, row in areas.items():
            if not city:
                continue
            own = [r for r in tables["firm_year"] if (r["city_name"], r["stat_year"]) == (city, year)]
            firms = sum(number(r, "coal_t") for r in own)
            assert 0.9 < firms / number(row, "coal_total_t") < 1.0
            below = [r for r in tables["region_year"] if (r["city_name"], r["stat_year"]) == (city, year)]
            counties = [r for r in below if r["county_name"]]
            for column in ("coal_total_t", "raw_coal_t", "power_t", "coke_t"):
                children = sum(number(r, column) for r in counties)
                assert children == pytest.approx(number(row, column), abs=0.005)


def test_usage_and_equipment_add_up_to_the_firm(tables: dict[str, list[dict[str, str]]]) -> None:
    def by_firm(form: str, column: str) -> dict[tuple[str, str], float]:
        total: dict[tuple[str, str], float] = {}
        for row in tables[form]:
            key = (row["credit_code"], row["stat_year"])
            total[key] = total.get(key, 0.0) + number(row, column)
        return total

    used, burnt = by_firm("firm_usage", "input_t"), by_firm("firm_equipment", "coal_t")
    for row in tables["firm_year"]:
        key = (row["credit_code"], row["stat_year"])
        whole = sum(number(row, f"{p}_t") for p in ("raw_coal", "washed_coal", "other_coal", "coke"))
        assert used[key] == pytest.approx(whole, abs=0.005)
        assert burnt[key] == pytest.approx(1e4 * (number(row, "coal_t") or number(row, "coke_t")), abs=1)


def test_special_files(world: CoalWorld) -> None:
    (bad,) = world.bad
    ((_, grid),) = sheets(bad).items()
    rows = table(grid, "energy_205_1")
    assert rows and all(row["unit_text"] == "万吨" and number(row, "use_t") > 10_000 for row in rows)
    for path in world.corrected:
        word = path.stem.rpartition("_")[0]
        first = path.with_name(f"{word}.csv")
        first = first if first.exists() else first.with_suffix(".xlsx")
        assert path.stat().st_mtime_ns > first.stat().st_mtime_ns
        before = {
            (r["credit_code"], r["product"]): r
            for r in table(next(iter(sheets(first).values())), "energy_205_1")
        }
        for row in table(next(iter(sheets(path).values())), "energy_205_1"):
            assert number(row, "use_t") != number(before[row["credit_code"], row["product"]], "use_t")


def test_a_firm_leaves_a_month_out_and_firms_come_and_go(tables: dict[str, list[dict[str, str]]]) -> None:
    seen = {(row["firm_name"], row["month"]) for row in tables["energy_205_1"]}
    assert ("模拟阳泉热电01", "2026-02") in seen and ("模拟阳泉热电01", "2026-01") not in seen
    moved = [row for row in tables["firm"] if row["listed_from"] > "2024-01-01" or row["listed_until"]]
    assert len(moved) == 6
    for row in moved:
        months = {month for name, month in seen if name == row["firm_name"] and "年" not in month}
        assert all(row["listed_from"][:7] <= m <= (row["listed_until"] or "9999")[:7] for m in months)


def test_every_file_is_read_without_errors(world: CoalWorld, tables: dict[str, list[dict[str, str]]]) -> None:
    n_rows: dict[str, int] = {}
    for path in world.files:
        document = bureau_forms.read(path.read_bytes(), path.name, today=world.today)
        assert not [f for f in document.findings if f.level == "error"], path.name
        for part in document.tables:
            if path not in world.bad:
                n_rows[part.form] = n_rows.get(part.form, 0) + part.rows.num_rows
    assert n_rows == {form: len(rows) for form, rows in tables.items()}
