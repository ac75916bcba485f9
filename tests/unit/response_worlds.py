"""Responses for tests: made by hand, or gathered from a list in memory and a warning in a state file."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
from list_worlds import loaded, warehouse
from warning_homes import approved

from dashboards.response.model import LEVELS, POLLUTANTS, Enterprise, Line, OtherSource, Response
from pipelines.emergency.response.gather import gather
from pipelines.home import Home, Settings

AS_OF = datetime(2026, 12, 1, 16)
HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "<script>alert(1)</script>",
    "甲\r\nBcc: a@b.c",
    "\u202e倒写\u202c有限公司",
    "长" * 10_000,
    "👩‍👩‍👧 表情厂",
    "𬘡生物科技公司",
    "a&b \"c\" 'd' \x00\x07\ufffe 尾",
)


def amounts(value: float = 0.0, **given: float) -> dict[str, float]:
    return {p: given.get(p, value) for p in POLLUTANTS}


def a_line(number: int = 1, **given: Any) -> Line:
    base = Line(
        line_id=str(number), line_name=f"{number}号线", equipment="回转窑", evidence="用电监控", industry="水泥", grade="C",
        category=None, stops_text=None, stopped=False, base_kgd=amounts(100.0), cut_kgd=amounts(30.0), ratio=0.3,
        measures={"yellow": "限产20%", "orange": "限产30%", "red": "停产"}, doubtful=False,
        codes={"yellow": "LIMIT_OUTPUT_PCT", "orange": "LIMIT_OUTPUT_PCT", "red": "STOP_ALL"},
    )  # fmt: skip
    return replace(base, **given)


def a_firm(number: int = 1, *lines: Line, **given: Any) -> Enterprise:
    base = Enterprise(
        enterprise_id=f"E{number}", credit_code=f"91610100MA6TEST{number:03d}", site=None, firm_name=f"企业{number}",
        county_code="610116", county_name="长安区", address="某路1号", permit_no="P1", contact="王工", phone="13900000000",
        grade="C", category=None, lines=lines or (a_line(),),
    )  # fmt: skip
    return replace(base, **given)


def reductions(short: str = "NOx") -> list[dict[str, Any]]:
    return [
        {
            "basis": basis, "level": level, "pollutant": p, "response_day": date(2026, 12, 3), "total_kgd": 1000.0,
            "stopped_kgd": 10.0, "cut_kgd": 150.0 if p == short else 300.0, "cut_high_kgd": 300.0,
            "ratio_pct": 15.0 if p == short else 30.0, "ratio_high_pct": 30.0, "required_pct": required,
            "verdict": "not_met" if p == short and required > 15 else "met", "met": True,
            "shortfall_kgd": 50.0 if p == short else 0.0, "swap_met": None, "verified": True,
        }
        for basis in ("filed", "day")
        for level, required in zip(LEVELS, (10.0, 20.0, 30.0), strict=True)
        for p in POLLUTANTS
    ]  # fmt: skip


def a_warning(**given: Any) -> dict[str, Any]:
    start, end, said = datetime(2026, 12, 3), datetime(2026, 12, 6), datetime(2026, 12, 1, 16)
    return {
        "warning_id": "W-610100-2026120116-1", "kind": "real", "state": "approved", "state_zh": "已批准", "state_en": "approved",
        "city_code": "610100", "city_name": "西安市", "level": "orange", "level_zh": "橙色", "response": "Ⅱ", "start": start,
        "end": end, "start_at": start, "end_at": end, "approved_by": "张三", "approved_at": said, "decided_at": said,
        "drafted_at": said, "office": "副市长", "issuing_body": "西安市应急指挥部", "document_no": "市预警〔2026〕1号",
        "lifted_at": None, "level_before": None, "profile": "national-2024",
    } | given  # fmt: skip


def a_response(*firms: Enterprise, **given: Any) -> Response:
    warning = a_warning(**given.pop("warning", {}))
    version = {
        "version_id": "L-610100-2026-1", "document_no": "市环函〔2026〕1号", "filed_by": "王工", "sha256": "a" * 64,
        "filed_at": datetime(2026, 11, 1), "file_name": "清单.xlsx", "list_year": 2026, "version_no": 1,
    }  # fmt: skip
    other = OtherSource(
        "mobile", "M1", "重型载货车", "柴油，国四", None, None, 12, amounts(5.0),
        {"yellow": None, "orange": "停止使用国四及以下", "red": "停止使用国四及以下"}, amounts(5.0),
    )  # fmt: skip
    base = Response(
        warning=warning, notice="issue", title="通知", body="正文", sms="短信", list_version=version,
        response_day=date(2026, 12, 3), made_at=AS_OF, enterprises=firms or (a_firm(),), others=(other,),
        reductions=reductions(), totals=[{"sector": "total", "pollutant": p, "total_kgd": 1000.0, "note": None} for p in POLLUTANTS],
    )  # fmt: skip
    return replace(base, **given)


def bare(**given: Any) -> Response:
    """A response of a city without a list."""
    return a_response(
        list_version=None, enterprises=(), others=(), reductions=(), totals=(), notes=(("没有清单", "no list"),), **given
    )  # fmt: skip


class World:
    """A list in memory and warnings in a state file."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.home = Home(folder, Settings())
        self.con: duckdb.DuckDBPyConnection = warehouse()

    def listed(
        self, rows: dict[str, Any], number: int = 1, filed_at: datetime | None = datetime(2026, 11, 5)
    ) -> str:
        version = loaded(self.con, self.folder, rows, number)
        if filed_at:
            self.con.execute(
                "UPDATE emergency.list_version SET state = 'filed', filed_at = ?, document_no = '文1', filed_by = '王工'"
                " WHERE version_id = ?",
                [filed_at, version],
            )
        return version

    def warned(self, **more: Any) -> str:
        return str(approved(self.home.state, **more).warning_id)

    def gathered(self, warning_id: str, as_of: datetime = AS_OF) -> Response:
        return gather(self.con, self.home, warning_id, as_of)
