"""How long a list of 50,000 lines takes: read, kept, checked; seconds and the most memory, one JSON line.

python tests/bench/bench_list.py [LINES]
"""

import json
import resource
import sys
import tempfile
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from dashboards.emission_list.template import write_list
from sources.simulation.coal.codes import credit_code

CITY = "610100"
_TEXTS = (
    ("停止使用国四及以下重型载货车（含燃气）运输", "限产20%；停止使用国四及以下重型载货车", "停产"),
    ("停产50%（以生产线计）", "停产", "停产"),
    ("原料日投料量由960吨降低到768吨及以下", "原料日投料量由960吨降低到480吨", "焖炉"),
    ("自主减排", "自主减排", "自主减排"),
    ("出焦时间由24小时延长至30小时", "出焦时间由24小时延长至36小时", "停48小时开12小时"),
)


def rows_of(n: int) -> dict[str, list[dict[str, object]]]:
    """Make lines of firms with three lines each, other sources and totals."""
    lines: list[dict[str, object]] = []
    for at in range(n):
        firm, texts = at // 3, _TEXTS[at // 3 % len(_TEXTS)]
        lines.append(
            {
                "firm_name": f"模拟企业{firm:05d}有限公司", "credit_code": credit_code(CITY, firm + 1), "county_name": "长安区",
                "industry": ("水泥", "玻璃", "焦化")[firm % 3], "grade": "ABCD"[firm % 4], "line_id": str(at % 3 + 1),
                "line_name": f"{at % 3 + 1}号线", "contact": f"责任人{firm}", "basis": "三者取小",
                "eia_per_day": 5000, "permit_per_day": 4800, "last_year_per_day": 4200, "evidence": "用电监控",
                "base_so2_kgd": Decimal(firm % 700) / 8, "base_nox_kgd": Decimal(firm % 900) / 8,
                "base_pm_kgd": Decimal(at % 300) / 8, "base_vocs_kgd": Decimal(at % 500) / 8,
                "yellow_text": texts[0], "orange_text": texts[1], "red_text": texts[2], "red_pct": 100 if texts[2] == "停产" else None,
                "stops": "错峰 2026-11-15至2027-03-15" if firm % 9 == 0 else None,
            }
        )  # fmt: skip
    dust = [
        {
            "site_name": f"工地{i}",
            "source_id": str(i),
            "base_pm_kgd": 10,
            "orange_text": "停止土石方作业",
            "orange_pct": 80,
        }
        for i in range(200)
    ]
    total = [{"total_kgd": 9_000_000} for _ in range(4)]
    return {"enterprise": lines, "dust": dust, "total": total}


def main() -> None:
    """Make the list, then measure what a user waits for."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory(prefix="fenwei-bench-") as folder:
        path = Path(folder) / "list.xlsx"
        write_list(path, rows_of(n))
        print(json.dumps(measured(path, Path(folder) / "home") | {"lines": n}))


def measured(path: Path, root: Path) -> dict[str, float]:
    """Import into an empty home with its publication, then check as listed and on a day."""
    from pipelines.cli.common import read_published
    from pipelines.cli.emission_list_import import Request, take_in
    from pipelines.emergency.emission_list.check import check_version
    from pipelines.home import open_home

    home = open_home(root)
    start = time.perf_counter()
    result = take_in(home, datetime(2026, 11, 20), Request(path, CITY, 2026))
    imported = time.perf_counter()
    con = read_published(home)
    check_version(con, result["version_id"], date(2026, 12, 1))
    con.close()
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "import_s": round(imported - start, 1),
        "check_s": round(done - imported, 1),
        "peak_mb": round(peak),
    }


if __name__ == "__main__":
    main()
