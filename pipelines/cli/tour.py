"""The demonstration: simulated files, and a short tour of what came of them."""

import os
import shutil
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from dashboards.terminal.run_report import print_city_days, print_run
from dashboards.terminal.screen import NOTHING, add, show, table
from dashboards.terminal.warning import NAMES, STYLES
from pipelines.cli.common import read_published
from pipelines.emergency.emission_list.simulated import keep_simulated
from pipelines.emergency.simulated import Decided, keep_recipients
from pipelines.home import Home, remember
from pipelines.site.publishing import SITE
from sources.simulation import simulate
from sources.simulation.coal import simulate_coal
from sources.simulation.forecast_bulletin import simulate_bulletin
from warehouse.builds import DATABASE
from warehouse.store import rows_of

FIRST = date(2025, 1, 1)
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 8, 30)
"""The demonstration's fixed moment, so that it shows the same on every machine and on every day."""

_YESTERDAY = """
SELECT c.name_zh AS name, d.aqi, aqi_category(d.aqi) AS category, d.primary_pollutants AS primary,
       round_8170(d.pm25_ugm3, 0) AS pm25, d.n_stations, d.n_stations_expected AS n_expected, d.state
FROM air.city_day d
JOIN ref.region_city r ON r.area_code = d.city_code AND r.region_id = $region AND r.role = 'city'
    AND d.day >= r.valid_from AND (r.valid_to IS NULL OR d.day <= r.valid_to)
JOIN ref.city c ON c.city_code = d.city_code
WHERE d.day = $day
ORDER BY d.aqi DESC NULLS LAST, d.city_code
"""


def make_demo(home: Home, console: Console) -> tuple[Home, datetime]:
    """Write the simulated files into the landing folder and the fixed moment into the settings."""
    console.print("生成模拟数据 simulating…", markup=False)
    home = remember(home, simulated=True, as_of=NOW.isoformat())
    simulate(home.landing, first=FIRST, today=TODAY)
    simulate_coal(home.landing, today=TODAY)
    simulate_bulletin(home.landing, today=TODAY)
    keep_simulated(home.root, home.state, NOW)
    keep_recipients(home, NOW)
    return home, NOW


def _short(path: str) -> str:
    """Path as one would type it: relative where that stays below the current folder."""
    relative = os.path.relpath(path)
    return str(Path(path).absolute()) if relative.startswith("..") else relative


def describe(home: Home, decided: Decided) -> dict[str, Any]:
    """Give what was decided in the demonstration as a document."""
    return {
        "approved": [r.describe() for r in decided.approved],
        "waiting": [r.describe() for r in decided.waiting],
        "products": [str(path) for path in decided.products],
        "letters": [str(path) for path in _letters(home)],
    }


def _letters(home: Home) -> list[Path]:
    """Give the letters of the demonstration's day that lie in the outbox, notices first."""
    found = (home.root / "outbox" / f"{TODAY}").glob("*.eml")
    return sorted(found, key=lambda path: ("warning_notice" not in path.name, path.name))


def print_tour(home: Home, report: Any, decided: Decided, console: Console) -> None:
    """Tell in a few lines what is where, yesterday's AQI by city, the warnings, and what to try next."""
    console.rule("【模拟数据】非监测结果 | simulated, not measured")
    print_run(
        console,
        {
            "files": report.files,
            "n_days": report.n_days,
            "notes": report.notes,
            "checks": report.checks,
            "errors": report.errors,
            "published": report.published,
            "success": report.success,
        },
    )
    yesterday = date.fromordinal(TODAY.toordinal() - 1)
    con = read_published(home)
    try:
        rows = rows_of(con, _YESTERDAY, {"region": "fenwei_2023", "day": yesterday})
    finally:
        con.close()
    print_city_days(
        console, rows, f"{yesterday} 汾渭平原 13 市城市日报（模拟，实况，扣沙前）| city days (simulated)"
    )
    _print_warnings(home, decided, console)
    _print_next(home, decided, console)


def _print_warnings(home: Home, decided: Decided, console: Console) -> None:
    made = table(
        ("城市 city", "级别 level", "状态 state", "开始 start", "结束 end", "编号 id"),
        title=f"{TODAY} 预警（演练）：批准 {len(decided.approved)}，待批草稿 {len(decided.waiting)}"
        f" | warnings (exercise): {len(decided.approved)} approved, {len(decided.waiting)} drafts wait",
    )
    for record in (*decided.approved, *decided.waiting):
        told = record.describe()
        ends = (f"{moment:%m-%d %H:%M}" if moment else NOTHING for moment in (record.start_at, record.end_at))
        level = Text(NAMES[record.level], STYLES[record.level])
        add(made, told["city_name"], level, told["state_zh"], *ends, record.warning_id)
    show(console, made)
    books = [path for path in decided.products if "响应清单" in path.name]
    forms = [path for path in decided.products if path.parent.name == "receipts"]
    letters = _letters(home)
    lines = [
        ("响应清单 list workbook", books[:1]),
        ("响应文件 response documents", sorted({path.parent for path in books})[:1]),
        ("回执样表 form of receipts", forms[:1]),
        (f"邮件 {len(letters)} 封 letters", letters[:1]),
    ]
    for what, where in lines:
        if where:
            console.print(f"{what}：{where[0]}", markup=False)


def _print_next(home: Home, decided: Decided, console: Console) -> None:
    option = f" --home {home.root}"
    fenwei = "fenwei" if shutil.which("fenwei") else _short(sys.argv[0])
    lines = [
        ("页面 page", home.publish / SITE / "index.html"),
        ("数据库（内部）database (internal)", home.publish / DATABASE),
        ("Parquet", home.publish / "parquet"),
        ("来源文件 landing", home.landing),
    ]
    for what, where in lines:
        if where.exists():
            console.print(f"{what}：{where}", markup=False)
    console.print("接着可试 try next：", markup=False)
    for command in (
        f"{fenwei} status{option}",
        f"{fenwei} serve{option}",
        f"{fenwei} bulletin --day latest{option}",
        f"{fenwei} evaluate --region fenwei --period 2026-10{option}",
        f"{fenwei} evaluate --city 西安 --period 2025-winter --set 2012{option}",
        f"{fenwei} coal check --city 渭南{option}",
        f"{fenwei} coal template --to 表单",
        f"{fenwei} list check --city 西安{option}",
        f"{fenwei} warning list{option}",
        *(f"{fenwei} warning show {r.warning_id}{option}" for r in decided.approved[:1]),
        *(f"{fenwei} warning receipts {r.warning_id}{option}" for r in decided.approved[:1]),
        *(f"{fenwei} list response {r.warning_id} --to 响应文件{option}" for r in decided.approved[:1]),
        f"{fenwei} mail status{option}",
        f"{fenwei} sql --recipes{option}",
        f"{fenwei} verify {home.landing}",
        f"""{fenwei} sql 'SELECT * FROM 中文."城市日报" LIMIT 5'{option}""",
    ):
        console.print(f"  {command}", markup=False)
