"""How long a list of 50,000 lines takes: read, kept, checked, written as the workbook of a response; one JSON line.

Wall and CPU seconds of each step and the most memory; the pages for enterprises are measured apart.

python tests/bench/bench_list.py [LINES]
"""

import json
import resource
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from dashboards.emission_list.template import write_list
from sources.simulation.coal.codes import credit_code

CITY = "610100"
AT = datetime(2026, 11, 20, 16)
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
    """Import into an empty home with its publication, check as listed and on a day, write the documents of a response."""
    from pipelines.cli.common import read_published
    from pipelines.cli.emission_list_import import Request, take_in
    from pipelines.emergency.emission_list.check import check_version
    from pipelines.emergency.response.gather import gather
    from pipelines.emergency.response.writers import write_kind
    from pipelines.home import open_home

    home = open_home(root)
    clock = Clock()
    request = Request(path, CITY, 2026, by="王工", document_no="市环函〔2026〕1号")
    result = take_in(home, AT, request)
    clock.told("import")
    con = read_published(home)
    check_version(con, result["version_id"], date(2026, 12, 1))
    clock.told("check")
    warning_id = approved(home.state)
    clock.start()
    response = gather(con, home, warning_id, AT)
    clock.told("gather")
    con.close()
    (book,) = write_kind("workbook", response, root)
    clock.told("workbook")
    cpu = sum(v for k, v in clock.found.items() if k.endswith("_cpu_s"))
    wall = sum(clock.found.values()) - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    clock.start()
    for kind in ("notices", "placards"):
        write_kind(kind, response, root)
    clock.told("pages")
    return clock.found | {
        "together_s": round(wall, 1),
        "together_cpu_s": round(cpu, 1),
        "peak_mb": round(peak),
        "workbook_mb": round(book.path.stat().st_size / 1e6, 1),
    }


class Clock:
    """Wall and CPU seconds of steps, one after the other."""

    def __init__(self) -> None:
        self.found: dict[str, float] = {}
        self.start()

    def start(self) -> None:
        """Begin a step."""
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def told(self, name: str) -> None:
        """End a step and begin the next."""
        self.found[f"{name}_s"] = round(time.perf_counter() - self.wall, 1)
        self.found[f"{name}_cpu_s"] = round(time.process_time() - self.cpu, 1)
        self.start()


def approved(state: Path) -> str:
    """Give the id of an approved orange warning."""
    from pipelines.emergency.life import commands, drafts
    from pipelines.emergency.life.papers import Context, Papers
    from pipelines.emergency.proposal.blocks import DayForecast
    from pipelines.emergency.proposal.draft import Options, draft
    from pipelines.emergency.proposal.forecasts import CityForecast
    from pipelines.emergency.proposal.shipped import profile

    days = tuple(
        DayForecast(date(2026, 11, 22) + timedelta(days=n), aqi, aqi, ("PM2.5",))
        for n, aqi in enumerate((160, 210, 220, 110))
    )
    found = draft(CityForecast(CITY, AT, days, sha256="f" * 64), profile("national-2024"), (), AT, Options())
    context = Context(state, AT, AT, None)
    record = drafts.save(context, [found], drill=False, even_none=True)[0].record
    papers = Papers("张三", "副市长", "西安市重污染天气应急指挥部", "市预警〔2026〕1号", "李四", "会商决定")
    return commands.approve(context, record.warning_id, papers).record.warning_id


if __name__ == "__main__":
    main()
