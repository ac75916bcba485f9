"""模拟三年企业用煤，只用于测速 | three synthetic years of coal by firm as 205-1 lists, for timing only.

    python tests/bench/make_coal_years.py FOLDER [--firms N] [--months N] [--xlsx]

writes ``FOLDER/csv/`` with the directory of firms and one 205-1 list a month (2023-11 to 2026-10, UTF-8 with BOM),
and one more month in ``FOLDER/more/``; with ``--xlsx`` the same as workbooks in ``FOLDER/xlsx/``. The values are
invented: right in headings, format and sums within a row, and nothing else.
"""

import argparse
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np

from sources.simulation.coal.codes import credit_code
from sources.simulation.coal.workbooks import Row, Sheet, csv_bytes, xlsx_bytes
from sources.simulation.files import write_bytes
from warehouse import standards

FIRMS, MONTHS = 20_000, 36
FIRST = (2023, 11)
SEED = 20231101
_KINDS = (("44", "4430"), ("26", "2614"), ("30", "3011"), ("14", "1441"), ("22", "2221"))
_WINTER = (0.55, 0.05, -0.15, 0.02, 0.02)


def month_of(number: int) -> date:
    """First day of a month, counted from the first list on."""
    months = FIRST[0] * 12 + FIRST[1] - 1 + number
    return date(months // 12, months % 12 + 1, 1)


def delivered(number: int) -> date:
    """Day on which the list of a month arrives."""
    return month_of(number + 1) + timedelta(days=7)


def firm_rows(n: int) -> list[Row]:
    """Rows of the directory, the firms spread over real counties; 44 is every fifth firm."""
    counties = standards.load("county")
    cities = standards.load("city").set_index("city_code")
    places = [
        (str(c.county_code), str(c.name_zh), *cities.loc[c.city_code, ["name_zh", "province_zh"]])
        for c in counties.itertuples()
        if c.city_code in cities.index
    ]
    capacity = 100 * (np.rint(levels(n) / 40).astype(int) + 1)
    rows: list[Row] = []
    for i in range(n):
        code, county, city, province = places[i * 7919 % len(places)]
        division, industry_class = _KINDS[i % len(_KINDS)]
        rows.append(
            {
                "credit_code": credit_code(code, i + 1),
                "firm_name": f"测速单位{i + 1:05d}",
                "province_name": province,
                "city_name": city,
                "county_name": county,
                "industry_division": division,
                "industry_class": industry_class,
                "above_scale": "是",
                "listed_from": "2019-01-01",
                "capacity_t_per_month": int(capacity[i]),
            }
        )
    return rows


def levels(n: int) -> np.ndarray:
    """Usual coal of every firm [t per month], shape (n,)."""
    return np.random.default_rng(SEED).lognormal(7.2, 1.1, n)


def use_t(number: int, n: int) -> np.ndarray:
    """Coal of every firm in a month [t], int64, shape (n,)."""
    rng = np.random.default_rng((SEED, number + 1))
    winter = np.resize(_WINTER, n) * np.cos(2 * np.pi * (month_of(number).month - 1) / 12)
    trend = 1 - 0.001 * number
    return np.rint(levels(n) * (1 + winter) * trend * rng.normal(1, 0.06, n).clip(0.7, 1.3)).astype(np.int64)


def month_rows(number: int, firms: list[Row]) -> Iterator[Row]:
    """Rows of the 205-1 list of a month: stocks carry over from the month before."""
    n = len(firms)
    use = use_t(number, n)
    opening, closing = use_t(number - 1, n) * 3 // 10, use * 3 // 10
    month = f"{month_of(number):%Y-%m}"
    for firm, used, before, after in zip(
        firms, use.tolist(), opening.tolist(), closing.tolist(), strict=True
    ):
        yield {
            "credit_code": firm["credit_code"],
            "firm_name": firm["firm_name"],
            "province_name": firm["province_name"],
            "city_name": firm["city_name"],
            "county_name": firm["county_name"],
            "month": month,
            "product": "原煤",
            "unit_text": "吨",
            "opening_t": before,
            "purchase_t": used + after - before,
            "use_t": used,
            "industrial_t": used - used // 100,
            "feedstock_t": 0,
            "non_industrial_t": used // 100,
            "transport_t": 0,
            "closing_t": after,
            "factor_used": "0.7143",
        }


def write_sheet(sheet: Sheet, path: Path, day: date) -> int:
    """Write one form in the format that its name asks for; returns its bytes."""
    data = xlsx_bytes({"表": sheet}, day) if path.suffix == ".xlsx" else csv_bytes(sheet, day)
    write_bytes(path, data, datetime.combine(day, datetime.min.time()) + timedelta(hours=10))
    return len(data)


def write_month(number: int, folder: Path, suffix: str, n: int) -> int:
    """Write the list of one month; returns its bytes."""
    title = f"能源购进、消费与库存（205-1）{month_of(number):%Y年%m月}"
    sheet = Sheet("energy_205_1", title, "吨", "测速", list(month_rows(number, firm_rows(n))))
    return write_sheet(sheet, folder / f"205-1_{month_of(number):%Y-%m}{suffix}", delivered(number))


def make(
    folder: Path, n: int = FIRMS, months: int = MONTHS, *, xlsx: bool = False, processes: int = 2
) -> int:
    """Write the lists of all months, one more, and the directory; returns the bytes written."""
    written = 0
    for suffix in (".csv", ".xlsx") if xlsx else (".csv",):
        sheet = Sheet("firm", "耗煤企业名录", "吨", "测速", firm_rows(n))
        written += write_sheet(sheet, folder / suffix[1:] / f"耗煤企业名录{suffix}", date(2023, 11, 1))
        work = partial(write_month, folder=folder / suffix[1:], suffix=suffix, n=n)
        with ProcessPoolExecutor(max_workers=processes) as pool:
            written += sum(pool.map(work, range(months)))
    return written + write_month(months, folder / "more", ".csv", n)


def main() -> None:
    """Write the files that the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--firms", type=int, default=FIRMS, help=f"default {FIRMS}")
    parser.add_argument("--months", type=int, default=MONTHS, help=f"default {MONTHS}")
    parser.add_argument("--xlsx", action="store_true", help="also write workbooks (takes minutes)")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    begun = time.perf_counter()
    written = make(given.folder, given.firms, given.months, xlsx=given.xlsx, processes=given.processes)
    print(f"{given.folder}: {written / 1e6:.0f} MB, {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
