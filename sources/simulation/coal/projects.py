"""Invented coal-using projects (附表3), the reductions offered for them, and what they burnt since."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sources.simulation.coal.codes import credit_code
from sources.simulation.coal.firms import Firm
from sources.simulation.coal.workbooks import Row

__all__ = ["project_rows", "project_year_rows", "source_rows"]

_TYPES = {
    "stop": "关停、转产、迁移",
    "retire": "淘汰落后、压减过剩产能",
    "switch": "清洁能源替代",
    "save": "节能改造",
    "other": "其他",
}
_SCOPES = {"above": "规上工业", "below": "规下工业", "home": "清洁取暖", "other": "其他"}


@dataclass(frozen=True)
class _Source:
    """One reduction: amounts in 10⁴ t, days as text, empty for not yet."""

    kind: str
    cut: float
    done: str = ""
    scope: str = "above"
    fuel: str = "无"
    base: int = 2023
    recognised: bool = True
    dismantled: bool = True
    stopped: str = "是"
    evidence: bool = True
    used_by: str = ""
    unit: str = ""
    serial: int = 0
    document: str = ""
    firm: tuple[str, str] | None = None


@dataclass(frozen=True)
class _Project:
    """One project: coal, feedstock, claimed in 10⁴ t, days as text; `actual` are (year, coal, feedstock, plan)."""

    name: str
    place: tuple[str, str, str, str]
    industry: tuple[str, str]
    approved: str
    planned: str
    coal: float
    sources: tuple[_Source, ...]
    started: str = ""
    feedstock: float = 0.0
    semi_coke: float = 0.0
    substitution: str = "是"
    claimed: float = 0.0
    actual: tuple[tuple[int, float, float, str], ...] = field(default=())


_WEINAN = ("陕西省", "渭南市", "蒲城县", "610500")
_XIANYANG = ("陕西省", "咸阳市", "彬州市", "610400")
_BAOJI = ("陕西省", "宝鸡市", "凤翔区", "610300")
_XIAN = ("陕西省", "西安市", "临潼区", "610100")
_HANCHENG = ("陕西省", "渭南市", "韩城市", "610500")
_CHANGZHI = ("山西省", "长治市", "屯留区", "140400")
_LINFEN = ("山西省", "临汾市", "洪洞县", "141000")
_YUNCHENG = ("山西省", "运城市", "河津市", "140800")
_LVLIANG = ("山西省", "吕梁市", "孝义市", "141100")
_TAIYUAN = ("山西省", "太原市", "清徐县", "140100")
_LUOYANG = ("河南省", "洛阳市", "偃师区", "410300")
_JINAN = ("山东省", "济南市", "章丘区", "370100")
_POWER, _HEAT, _CHEMICAL, _COKING = ("44", "4411"), ("44", "4430"), ("26", "2614"), ("25", "2521")

_PROJECTS = (
    # In place and burning within the approval.
    _Project("热电联产一期", _WEINAN, _POWER, "2023-08-15", "2025-05-01", 60.0, (
        _Source("retire", 45.0, "2024-11-30"), _Source("stop", 22.0, "2025-03-10"),
        _Source("save", 30.0, "2025-02-28", base=2024, firm=("610500", "H")),
        _Source("save", 25.0, "2025-03-31", base=2024, firm=("610500", "H")),
    ), started="2025-06-01", actual=((2025, 31.2, 0.0, ""), (2026, 47.8, 0.0, ""))),
    # Equal amounts: not a reduction.
    _Project("集中供热热源", _XIANYANG, _HEAT, "2026-03-12", "2027-10-30", 30.0, (
        _Source("switch", 18.0, "2025-12-20", fuel="天然气"), _Source("save", 12.0, "2026-02-28"),
    )),
    # Feedstock decides: 50 with it, 30 without.
    _Project("煤基新材料", _CHANGZHI, _CHEMICAL, "2025-09-20", "2026-10-01", 50.0, (
        _Source("retire", 22.0, "2025-08-15"),
        _Source("switch", 8.0, "2018-12-01", scope="home", fuel="电力", base=2018),
        _Source("switch", 10.0, "2025-11-30", fuel="兰炭"),
        _Source("switch", 15.0, "", fuel="天然气", recognised=False, dismantled=False, stopped=""),
    ), started="2026-10-08", feedstock=20.0),
    # Fuels that may not serve as a replacement, one after the other.
    _Project("精细化工园", _YUNCHENG, _CHEMICAL, "2025-11-05", "2026-12-31", 16.0, (
        _Source("switch", 6.0, "2025-10-01", fuel="石油焦"), _Source("switch", 7.0, "2025-10-15", fuel="焦炭"),
        _Source("switch", 9.0, "2025-10-20", fuel="兰炭"), _Source("switch", 4.0, "2025-09-30"),
    )),
    # The same shut-down used before, and again by the next project.
    _Project("焦化升级改造", _LVLIANG, _COKING, "2025-04-18", "2026-09-01", 80.0, (
        _Source("retire", 44.0, "2025-03-31", unit="模拟旧焦炉甲", serial=5001),
        _Source("retire", 50.0, "2025-12-31"),
        _Source("stop", 25.0, "2026-05-20", unit="模拟旧焦炉乙", used_by="2406-141000-04-01-000006"),
    ), started="2026-09-10", actual=((2026, 12.0, 0.0, ""),)),
    _Project("焦化配套干熄焦", _LINFEN, _COKING, "2024-06-11", "2025-09-01", 40.0, (
        _Source("retire", 44.0, "2025-03-31", unit="模拟旧焦炉甲", serial=5001),
        _Source("retire", 20.0, "2025-06-30"),
    ), started="2025-09-20", actual=((2025, 11.6, 0.0, ""), (2026, 43.5, 0.0, ""))),
    # Burnt more than approved, once with and once without a supplementary plan.
    _Project("热电扩建", _BAOJI, _POWER, "2023-05-09", "2024-10-01", 35.0, (
        _Source("retire", 42.0, "2024-08-31"), _Source("switch", 3.0, "2024-05-31", fuel="兰炭"),
    ), started="2024-11-01", actual=((2025, 38.4, 0.0, ""), (2026, 29.0, 0.0, ""))),
    _Project("背压机组", _HANCHENG, _POWER, "2023-04-26", "2024-09-15", 24.0, (
        _Source("stop", 30.0, "2024-06-30"),
    ), started="2024-10-20", actual=((2025, 26.3, 0.0, "模拟文号〔2025〕33号"), (2026, 20.2, 0.0, ""))),
    # Done on paper: nobody recognised it, nothing was dismantled, no paper, running again, still burning.
    _Project("水泥协同处置", _XIAN, ("30", "3011"), "2025-07-03", "2026-08-01", 12.0, (
        _Source("stop", 5.0, "2026-04-30", recognised=False), _Source("stop", 4.0, "2026-05-31", dismantled=False),
        _Source("retire", 3.0, "2026-06-10", stopped="否"), _Source("save", 2.0, "2026-06-30", evidence=False),
        _Source("stop", 6.0, "2026-03-31", base=2024, firm=("610100", "F")),
        _Source("stop", 2.5, "2025-10-31", unit="模拟旧锅炉丙"),
        _Source("stop", 2.0, "2025-12-31", base=2024, firm=("610200", "B")),
    ), started="2026-08-20"),
    # Finished only after the project began to burn coal.
    _Project("气化岛改造", _TAIYUAN, _CHEMICAL, "2025-02-14", "2026-05-01", 20.0, (
        _Source("retire", 12.0, "2026-01-31"), _Source("stop", 13.0, "2026-09-30"),
    ), started="2026-05-15", feedstock=2.0, actual=((2026, 9.1, 1.0, ""),)),
    # Neighbours with rules of their own.
    _Project("热电机组（模拟邻省）", _LUOYANG, _POWER, "2025-06-25", "2027-05-01", 45.0, (
        _Source("retire", 30.0, "2025-04-30"), _Source("switch", 20.0, "", fuel="生物质", recognised=False,
                                                        dismantled=False, stopped=""),
    )),
    _Project("背压供热（模拟邻省）", _JINAN, _HEAT, "2022-03-15", "2023-04-30", 10.0, (
        _Source("stop", 8.0, "2015-11-30", base=2014, stopped=""), _Source("retire", 6.0, "2022-12-31", base=2020),
    ), started="2023-05-10"),
    # Nothing said on where the coal comes from.
    _Project("化工中试", _XIANYANG, _CHEMICAL, "2026-09-01", "2027-12-31", 6.0, (), feedstock=4.0),
    # All of it feedstock: nothing to replace under the rules since 2023.
    _Project("煤制氢原料", _WEINAN, _CHEMICAL, "2026-04-10", "2027-06-30", 9.0, (
        _Source("retire", 5.0, "2026-02-28", unit="模拟旧造气炉", document="模拟文号〔2026〕7号"),
        _Source("retire", 5.0, "2026-02-28", unit="模拟旧造气炉", document="模拟文号〔2026〕7号"),
        _Source("stop", 2.5, "2025-10-31", unit="模拟旧锅炉丙"),
    ), feedstock=9.0),
    # Below-scale and household reductions; coke products beside coal.
    _Project("特种合金", _BAOJI, ("32", "3240"), "2026-01-20", "2026-12-15", 5.0, (
        _Source("switch", 3.5, "2025-11-15", scope="home", fuel="电力", base=2022),
        _Source("switch", 2.5, "2025-10-31", scope="below", fuel="可再生能源", base=2022),
        _Source("other", 1.0, "2025-12-31", scope="other", fuel="工业余热余气", base=2023),
    ), semi_coke=1.5),
    # Semi-coke alone: no coal to replace, before the start and in operation.
    _Project("兰炭还原剂", _HANCHENG, ("31", "3140"), "2024-05-25", "2024-11-30", 0.0, (), started="2024-12-10", substitution="否",
             semi_coke=3.0, actual=((2025, 0.0, 0.0, ""),)),
    # One claimed amount and no source behind it, as the official form alone would have it.
    _Project("焦炉煤气综合利用", _YUNCHENG, _CHEMICAL, "2026-03-18", "2027-09-30", 7.0, (), claimed=9.0),
    # All reductions still to come: enough for approval, not for commissioning.
    _Project("供热锅炉替代", _TAIYUAN, _HEAT, "2026-06-30", "2026-11-10", 18.0, (
        _Source("switch", 12.0, "2026-12-20", fuel="天然气", recognised=False, dismantled=False, stopped=""),
        _Source("save", 8.0, "", recognised=False, dismantled=False, stopped=""),
    )),
)  # fmt: skip


def _code(number: int, project: _Project) -> str:
    return f"{project.approved[2:4]}{project.approved[5:7]}-{project.place[3]}-04-01-{number:06d}"


def project_rows() -> list[Row]:
    """Rows of 附表3."""
    return [_row(number, project) for number, project in enumerate(_PROJECTS, 1)]


def _row(number: int, p: _Project) -> Row:
    coal_tce, coke_tce = round(p.coal * 0.7143, 2), round(p.semi_coke * 0.9714, 2)
    total_tce = coal_tce + coke_tce
    return {
        "project_name": f"模拟{p.place[1][:2]}{p.name}项目",
        "project_code": _code(number, p),
        "construction_unit": f"模拟{p.place[1][:2]}建设{number:02d}",
        "construction_content": f"模拟{p.name}",
        "province_name": p.place[0],
        "city_name": p.place[1],
        "county_name": p.place[2],
        "industry_division": p.industry[0],
        "industry_class": p.industry[1],
        "approval_day": p.approved,
        "planned_start": p.planned,
        "actual_start": p.started,
        "authority": f"模拟{p.place[0]}节能审查机关",
        "document_number": f"模拟文号〔{p.approved[:4]}〕能审{number}号",
        "energy_equivalent_tce": f"{total_tce * 1.05 + 0.1:.2f}",
        "energy_equal_price_tce": f"{total_tce * 1.12 + 0.1:.2f}",
        "coal_products_t": f"{p.coal + p.semi_coke:.2f}",
        "coal_t": f"{p.coal:.2f}",
        "coke_t": "0.00",
        "semi_coke_t": f"{p.semi_coke:.2f}",
        "coal_products_tce": f"{total_tce:.2f}",
        "coal_tce": f"{coal_tce:.2f}",
        "coke_tce": "0.00",
        "semi_coke_tce": f"{coke_tce:.2f}",
        "is_substitution": p.substitution,
        "substitution_source": "；".join(_TYPES[s.kind] for s in p.sources),
        "substitution_t": f"{sum(s.cut for s in p.sources) + p.claimed:.2f}"
        if p.sources or p.claimed
        else "",
        "feedstock_t": f"{p.feedstock:.2f}",
        "feedstock_tce": f"{p.feedstock * 0.7143:.2f}",
    }


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def source_rows(firms: tuple[Firm, ...]) -> list[Row]:
    """Rows of the replacement sources; one of them is a firm that goes on burning coal."""
    rows: list[Row] = []
    for number, project in enumerate(_PROJECTS, 1):
        for position, source in enumerate(project.sources, 1):
            rows.append(_source_row(firms, _code(number, project), f"SIM-{number:02d}-{position}", source))
    # A reduction for a project that nobody reported.
    stray = _Source("save", 1.0, "2026-04-30")
    return [*rows, _source_row(firms, "2601-140100-04-01-000099", "SIM-99-1", stray)]


def _source_row(firms: tuple[Firm, ...], project: str, source_id: str, s: _Source) -> Row:
    firm = next((f for f in firms if s.firm == (f.city.code, f.kind)), None)
    done = bool(s.done)
    return {
        "source_id": source_id,
        "project_code": project,
        "source_unit": firm.name if firm else s.unit or f"模拟替代源{source_id[4:]}",
        "credit_code": firm.code if firm else credit_code("140000", s.serial) if s.serial else "",
        "source_type": _TYPES[s.kind],
        "substitute_fuel": s.fuel,
        "scope_of_cut": _SCOPES[s.scope],
        "cut_t": f"{s.cut:.2f}",
        "baseline_year": s.base,
        "realised_on": s.done,
        "recognised_on": _later(s.done, 14) if done and s.recognised else "",
        "dismantled_on": s.done if done and s.dismantled and s.kind in ("stop", "retire") else "",
        "evidence_doc": s.document or (f"模拟文号〔证明〕{source_id[4:]}号" if s.evidence else ""),
        "last_checked_on": "2026-10-15" if s.stopped and done else "",
        "still_stopped": s.stopped if done else "",
        "used_by_project": s.used_by,
    }


def project_year_rows() -> list[Row]:
    """Rows of what the projects burnt by year."""
    return [
        {
            "project_code": _code(number, project),
            "stat_year": year,
            "coal_t": f"{coal:.2f}",
            "feedstock_t": f"{feedstock:.2f}",
            "supplementary_plan": plan,
        }
        for number, project in enumerate(_PROJECTS, 1)
        for year, coal, feedstock, plan in project.actual
    ]
