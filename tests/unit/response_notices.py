"""Responses made by hand for the tests of letters, messages and texts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from dashboards.response.model import POLLUTANTS, Enterprise, Line, Response

CITY = "610100"
ISSUER = "西安市生态环境保护委员会办公室"
APPROVED = datetime(2026, 11, 22, 10, 30)
START = datetime(2026, 11, 23, 12)
END = datetime(2026, 11, 27)
LEVEL_ZH = {"precaution": "黄色以下管控", "yellow": "黄色", "orange": "橙色", "red": "红色"}
RESPONSE = {"yellow": "Ⅲ", "orange": "Ⅱ", "red": "Ⅰ"}
HOSTILE = (
    '=cmd|"/c calc"!A1',
    "<script>alert(1)</script>&amp;]]>",
    "甲\r\nBcc: x@y.z\r\n",
    "\u202egnp.exe\u202c厂",
    "长" * 10_000,
    "👨‍👩‍👧‍👦𬘡有限公司",
    "\x00\x0b\ufffe\uffff\ud800",
)
ACTIONS = {
    "issue": ("approve",),
    "upgrade": ("approve", "start", "upgrade"),
    "downgrade": ("approve", "start", "downgrade"),
    "extend": ("approve", "start", "extend"),
    "suspend": ("approve", "start", "suspend"),
    "resume": ("approve", "start", "suspend", "resume"),
    "lift": ("approve", "start", "upgrade", "lift"),
}


def line(number: int = 1, **changes: Any) -> Line:
    made = Line(
        line_id=f"L{number}",
        line_name=f"{number}号线",
        equipment="回转窑",
        evidence="分表计电",
        industry="水泥",
        grade="C",
        category=None,
        stops_text=None,
        stopped=False,
        base_kgd=dict.fromkeys(POLLUTANTS, 100.0),
        measures={
            "yellow": "停产50%（以生产线计）",
            "orange": "停产，停止使用国四及以下重型载货车运输",
            "red": "停产",
        },
        cut_kgd=dict.fromkeys(POLLUTANTS, 50.0),
        ratio=0.5,
        doubtful=False,
    )
    return replace(made, **changes)


def enterprise(number: int = 1, **changes: Any) -> Enterprise:
    made = Enterprise(
        enterprise_id=f"E{number}",
        credit_code=f"9161010000000000{number:02}",
        site=None,
        firm_name=f"西安市长安区某某水泥有限责任公司第{number}分公司",
        county_code="610116",
        county_name="长安区",
        address="长安区某路1号",
        permit_no=None,
        contact="王某",
        phone=f"138000000{number:02}",
        grade="C",
        category=None,
        lines=(line(),),
    )
    return replace(made, **changes)


def event(seq: int, action: str, level: str, at: datetime) -> dict[str, Any]:
    return {
        "warning_id": "W-610100-2026112208-1",
        "seq": seq,
        "action": action,
        "action_zh": action,
        "action_en": action,
        "state_to": "x",
        "level": level,
        "as_of": at,
        "recorded_at": at,
        "start_at": START,
        "end_at": END,
        "effective_at": None,
    }


def _events(notice: str, level: str, before: str) -> list[dict[str, Any]]:
    made = [event(0, "draft", before, datetime(2026, 11, 22, 8, 30))]
    actions = ACTIONS[notice]
    for number, action in enumerate(actions, 1):
        at = APPROVED + timedelta(hours=20 * (number - 1))
        made.append(event(number, action, level if number == len(actions) else before, at))
    return made


def _warning(notice: str, level: str, before: str, kind: str, approved: bool, decided: Any) -> dict[str, Any]:
    return {
        "warning_id": "W-610100-2026112208-1",
        "kind": kind,
        "state": "approved" if approved else "draft",
        "city_code": CITY,
        "city_name": "西安市",
        "level": level,
        "level_rule": level,
        "level_zh": LEVEL_ZH[level],
        "response": RESPONSE.get(level),
        "basis": "own",
        "profile": "national-2024",
        "profile_version": "0" * 64,
        "model": "bulletin",
        "forecast_issued_at": datetime(2026, 11, 22, 8),
        "drafted_at": datetime(2026, 11, 22, 8, 30),
        "start_at": START,
        "end_at": END,
        "approved_at": APPROVED if approved else None,
        "approved_by": "张某" if approved else None,
        "issuing_body": ISSUER if approved else None,
        "document_no": "市生态委办发[2026]18号" if approved else None,
        "office": "办公室",
        "signatory": "李某某" if level == "red" else None,
        "level_before": before,
        "decided_at": decided,
        "response_at": START if notice != "issue" else None,
        "lifted_at": decided if notice == "lift" else None,
        "reason": None,
    }


def _body(notice: str, level: str) -> list[str]:
    name, answer = f"重污染天气{LEVEL_ZH[level]}预警", f"{RESPONSE.get(level, '')}级响应"
    if notice == "issue":
        return [
            f"根据空气质量预报会商意见，现发布西安市{name}，自2026年11月23日12时起启动{answer}，至2026年11月26日24时。",
            "一、请公众注意健康防护。",
            "二、倡导绿色出行。",
            f"三、按清单落实{answer}措施。",
            "发现违法排污可拨打12369举报。",
        ]
    if notice == "lift":
        return [
            f"根据会商意见，现自2026年11月24日22时30分起解除西安市{name}，终止{answer}。",
            "各有关单位有序恢复正常生产和施工，做好应急记录归档。",
        ]
    return [
        f"根据空气质量预报会商意见，现将西安市{name}有关事项通知如下：{answer}执行。",
        "各有关单位改按清单执行，做好记录备查。",
    ]


def response(
    notice: str = "issue", level: str = "orange", *, kind: str = "real", approved: bool = True, **changes: Any
) -> Response:
    """A response of Xi'an: an approved warning of a level with three enterprises, and the notice asked for."""
    before = {"upgrade": "yellow", "downgrade": "red"}.get(notice, level)
    history = _events(notice, level, before) if approved else _events("issue", level, level)[:1]
    decided = history[-1]["as_of"] if approved else None
    mark = ("【演练】" if kind == "drill" else "") + ("" if approved else "【草稿】")
    foot = [
        ISSUER if approved else "发布单位：待定",
        "2026年11月22日",
        *([mark + "演练内容。"] if mark else []),
    ]
    verb = {"issue": "发布", "lift": "解除", "upgrade": "升级"}.get(notice, "调整")
    self_directed = line(measures={"yellow": None, "orange": None, "red": "自主减排"})
    made = Response(
        warning=_warning(notice, level, before, kind, approved, decided),
        notice=notice,
        title=f"{mark}关于{verb}西安市重污染天气{LEVEL_ZH[level]}预警的通知",
        body="\n".join([f"{mark}文号：市生态委办发[2026]18号", *_body(notice, level), *foot]),
        sms=f"{mark}西安市",
        list_version={
            "version_id": "L-610100-2026-2",
            "document_no": "市环发[2026]7号",
            "file_name": "清单.xlsx",
            "filed_by": "赵某",
            "filed_at": datetime(2026, 10, 10),
            "sha256": "a" * 64,
        },
        response_day=date(2026, 11, 23),
        made_at=datetime(2026, 11, 22, 11),
        enterprises=(
            enterprise(1),
            enterprise(2, phone=None),
            enterprise(3, grade="A", lines=(self_directed,)),
        ),
        reductions=tuple(
            {"level": at, "pollutant": p, "basis": "filed", "ratio_pct": 25.0, "required_pct": need}
            for at, need in (("yellow", 10.0), ("orange", 20.0), ("red", 30.0))
            for p in POLLUTANTS
        ),
        forecast=tuple(
            {
                "day": date(2026, 11, 22 + n),
                "aqi": None,
                "aqi_low": 140 + 10 * n,
                "aqi_high": 180 + 15 * n,
                "primary_pollutants": "PM2.5",
            }
            for n in range(6)
        ),
        observed=tuple(
            {
                "day": date(2026, 11, 10 + n),
                "aqi": 90 + n,
                "primary_pollutants": "PM2.5",
                "state": "complete",
            }
            for n in range(12)
        ),
        events=history,
        notes=(("测试备注", "a remark"),),
    )
    return replace(made, **changes)
