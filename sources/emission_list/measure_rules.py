"""The patterns of measures that are read, each for a whole clause, with what it amounts to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

__all__ = ["RULES", "Part", "stage_number"]


@dataclass(frozen=True)
class Part:
    """One measure: code, the number in it, its unit, the share of emissions it cuts (None: not told), what it names."""

    code: str
    value: Decimal | None = None
    unit: str = ""
    ratio: Fraction | None = None
    heavy_only: bool = False
    stated_object: bool = False
    subject: str = ""

    @property
    def amount_ratio(self) -> Fraction | None:
        """The number as a share, where it is a percentage."""
        return Fraction(self.value) / 100 if self.value is not None and self.unit == "%" else None


Maker = Callable[[re.Match[str]], Part | None]
RULES: list[tuple[re.Pattern[str], Maker]] = []

_N = r"(\d{1,7}(?:\.\d{1,6})?)"
_PLAIN_BRACKET = r"(?:\((?:(?!除|不|仅|只|保留|含?供[热暖电]|期间)[^()])*\))?"
# Nothing that turns a measure round, makes an exception or limits its time may stand before what is read.
_TURNS = "不|未|勿|无需|免|除|非|仅|只|若|如|可|当|鼓励|建议|夜间|白天|部分|一半|半数|恢复|解除|期间|小时|时段|或|及|和"
_WHAT = rf"(?:(?!{_TURNS})[^\d%()]|\d{{1,3}}(?:#|号|条|台|座|\b(?=线)))*?"
_LEAST = r"(?:至少|不低于|不少于|不得低于|>=|≥|达到?|约)?"
_MORE = r"(?:及?以上|左右)?"
_UNIT_T = r"(?:万?吨|t|kg|千克|公斤|m3|立方米|炉|片|箱|重箱)?(?:/[日天dh]|每[日天])?"
_LIMIT = (
    r"(?:限产|减产|降产|压产|限制产能|限制产量|限制(?:生产)?负荷|压减产量|压减产能|压减(?:生产)?负荷|降低产量|降低产能"
    r"|降低(?:生产)?负荷|产量降低|产量压减|产能压减|(?:生产)?负荷(?:降低|压减)|减少产量|产量减少)"
)
_SITE_WORK = "(?:土石方|建筑拆除|拆除|土方|渣土运输|(?:混凝土|砂浆)(?:现场)?搅拌|浇筑|护坡喷浆|石材切割|切割打磨|喷涂粉刷)"
_ARROW = "(?:→|⇒|➔|➡|[-—–=]+>)"
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}
_VEHICLES = (
    r"((?:中?重型|轻型)?(?:柴油|燃气|燃油)?(?:载货|货运)?(?:汽?车辆?|货车|卡车)?(?:\(含燃气\))?)?"
    r"(非道路(?:移动)?(?:柴油)?机械|(?:工程|移动)机械)?"
)
_STAGE = r"国(?:家)?(?:第)?([一二三四五六1-6]|VI|IV|V|I{1,3})(?:阶段)?(?:排放)?(?:标准)?"


def rule(pattern: str) -> Callable[[Maker], Maker]:
    """Register what reads a clause."""

    def add(make: Maker) -> Maker:
        RULES.append((re.compile(pattern), make))
        return make

    return add


def stage_number(text: str) -> int | None:
    """Read an emission stage written 国四, 国Ⅳ, 国IV, 国4 as a number."""
    found = re.search(_STAGE, text.upper())
    if not found:
        return None
    word = found[1]
    return int(word) if word.isdigit() else _ROMAN.get(word) or _NUMERALS.get(word)


def _share(text: str) -> Decimal | None:
    value = Decimal(text)
    return value if 0 <= value <= 100 else None


def _percent(code: str, text: str, *, remains: bool = False) -> Part | None:
    value = _share(text)
    if value is None:
        return None
    value = 100 - value if remains else value
    return Part(code, value, "%", Fraction(value) / 100)


@rule(
    r"(?:无|无措施|不采取(?:强制)?(?:性)?(?:减排)?措施|不停产?、?不限产?|不停产|不限产|正常生产|0%?|不作要求|不做要求)"
)
def _none(_: re.Match[str]) -> Part:
    return Part("NONE", ratio=Fraction(0))


@rule(r"(?:鼓励|可|企业)?自主(?:采取)?(?:减排|管控|减排措施)(?:措施)?")
def _self(_: re.Match[str]) -> Part:
    return Part("SELF_DIRECTED", ratio=Fraction(0))


@rule(
    r"(?:按照?|根据|仅|只)?(?:所?(?:承担|完成|保障)的?)+(?:保障)?任务(?:量)?(?:组织)?(?:安排)?(?:生产|核定)?|以[热电气]定[产煤热电]|按保障任务(?:组织)?生产"
)
def _guarantee(_: re.Match[str]) -> Part:
    return Part("GUARANTEE_TASK_ONLY", ratio=Fraction(0))


@rule(
    rf"{_WHAT}停产?{_LEAST}{_N}%{_MORE}(?:的?(?:生产线|产线|产能))?(?:\(?[以按]生产线数?(?:计算?|为单位)\)?)?|{_N}%(?:的)?(?:生产线|产线)停产"
)
def _lines_share(found: re.Match[str]) -> Part | None:
    value = _share(found[1] or found[2])
    if value == 100:
        return Part("STOP_ALL", ratio=Fraction(1))
    return Part("STOP_LINES_PCT", value, "%") if value else None


@rule(
    rf"(?:{_WHAT}共?(?:\d{{1,2}}|[一二两三四五六七八九十])条(?:生产)?线)?停(?:产|运|用|止|止生产)?(\d{{1,2}}|[一二两三四五六七八九十])条(?:生产线|产线|线)?{_PLAIN_BRACKET}"
)
def _lines_number(found: re.Match[str]) -> Part | None:
    word = found[1]
    n = int(word) if word.isdigit() else _NUMERALS[word]
    return Part("STOP_LINES_N", Decimal(n), "line") if n else None


@rule(rf"{_WHAT}(?:全部|全面|全厂|完全|一律)?(?:停产|停止生产|停止运行|停运|停机){_PLAIN_BRACKET}")
def _stop(_: re.Match[str]) -> Part:
    return Part("STOP_ALL", ratio=Fraction(1))


@rule(rf"{_WHAT}{_LIMIT}{_LEAST}{_N}%{_MORE}(?:\((?:基[准数].*|以.*计)\))?")
def _limit(found: re.Match[str]) -> Part | None:
    return _percent("LIMIT_OUTPUT_PCT", found[1])


@rule(rf"{_WHAT}(?:生产)?(?:负荷|产能|产量)(?:控制|降低|压减|降|限制|限)(?:到|至|在){_N}%(?:及?以[下内])?")
def _load(found: re.Match[str]) -> Part | None:
    return _percent("LIMIT_OUTPUT_PCT", found[1], remains=True)


@rule(rf"{_WHAT}(?:减排|减少排放|污染物减排){_LEAST}{_N}%{_MORE}")
def _cut(found: re.Match[str]) -> Part | None:
    return _percent("CUT_PCT", found[1])


@rule(
    rf"-{_N}%(?:投料量|拉引量|产量)?|{_WHAT}(?:投料量|拉引量|装料量)(?:降低|减少|压减|下降|-){_LEAST}{_N}%{_MORE}|(?:减少|降低|压减)(?:原料)?(?:日)?(?:投料量|拉引量){_LEAST}{_N}%{_MORE}"
)
def _feed_share(found: re.Match[str]) -> Part | None:
    return _percent("LIMIT_OUTPUT_PCT", found[1] or found[2] or found[3])


@rule(
    rf"{_WHAT}(?:由|从)?{_N}({_UNIT_T})(?:(?:降低|降|减少?|压减|下降|调整|限)(?:到|至|为)|{_ARROW}){_N}({_UNIT_T})(?:及?以[下内])?"
)
def _feed(found: re.Match[str]) -> Part | None:
    before, after = Decimal(found[1]), Decimal(found[3])
    if not before or after > before or (found[2] and found[4] and found[2][:1] != found[4][:1]):
        return None
    return Part("LIMIT_FEED_TPD", after, found[4] or found[2], Fraction(before - after) / Fraction(before))


@rule(
    rf"{_WHAT}(?:出焦|结焦)(?:\(结焦\)|\(出焦\))?时间:?(?:(?:由|从)?{_N}个?(?:小时|h)(?=延长|{_ARROW}))?"
    rf"(?:延长(?:到|至)|{_ARROW}|控制在|为)?{_LEAST}{_N}个?(?:小时|h)(?:及?以上)?"
)
def _coking(found: re.Match[str]) -> Part | None:
    before, after = found[1] and Decimal(found[1]), Decimal(found[2])
    if not after or (before and before > after):
        return None
    ratio = 1 - Fraction(before) / Fraction(after) if before else None
    return Part("EXTEND_COKING_H", after, "h", ratio)


@rule(rf"{_WHAT}停(?:产|机|炉)?{_N}个?(?:小时|h)再?开(?:产|机)?{_N}个?(?:小时|h)(?:循环)?")
def _cycle(found: re.Match[str]) -> Part | None:
    stop, run = Decimal(found[1]), Decimal(found[2])
    if not stop + run:
        return None
    return Part("CYCLE_STOP", stop, "h", Fraction(stop) / Fraction(stop + run))


@rule(
    rf"(?:企业)?(?:停止使用|禁止使用|停止|停用|禁用|禁止|不得使用|停){_STAGE}(?:及以下|\(含\)及?以下|(?<=^停国.)(?=$))(?:排放标准)?(?:阶段)?的?"
    rf"{_VEHICLES}(?:\(.*\))?(?:的?(?:运输|公路运输|使用|进出厂|通行|作业))?"
)
@rule(
    rf"{_STAGE}(?:及以下|\(含\)及?以下)(?:排放标准)?(?:阶段)?的?{_VEHICLES}(?:\(.*\))?"
    r"(?:(?:全部|一律)?(?:(?:停止|禁止|不得)(?:使用|运输|公路运输|进出厂|通行|上路|作业|运行)|停用|停驶|停运|停止|禁用|禁行))?"
)
def _stage(found: re.Match[str]) -> Part | None:
    stage, trucks, machines = stage_number("国" + found[1]), found[2] or "", found[3]
    if stage is None or (trucks and machines):
        return None
    code = "NO_NONROAD_LE_STAGE" if machines else "NO_TRUCK_LE_STAGE"
    return Part(code, Decimal(stage), "stage", Fraction(0), "重" in trucks, bool(trucks or machines))


@rule(r"(?:企业)?(?:停止|禁止)(?:一切|所有|全部)?公路(?:货物)?运输(?:\(.*\))?")
def _road(_: re.Match[str]) -> Part:
    return Part("NO_ROAD_TRANSPORT", ratio=Fraction(0))


@rule(rf"{_WHAT}[焖闷]炉(?:保温)?")
def _bank(_: re.Match[str]) -> Part:
    return Part("BANK_FURNACE")


@rule(
    rf"(?:停止?|全面停止)(?:室外|露天)?{_SITE_WORK}(?:[、/和及]{_SITE_WORK})*等?(?:作业|施工)?"
    rf"|(?:室外|露天)?{_SITE_WORK}(?:[、/和及]{_SITE_WORK})*等?(?:作业|施工)?(?:全部|全面|一律)?(?:停止|全停|停)"
)
def _earth(_: re.Match[str]) -> Part:
    return Part("STOP_EARTHWORK")


@rule(r"(?:停止?)(?:使用)?(?:[^\d%不除非仅只]{1,12}?)(?:工序|工段|作业|环节)(?:\(.*\))?")
def _process(_: re.Match[str]) -> Part:
    return Part("STOP_PROCESS")


@rule(r"(?:增加|加大|加密|提高)(?:道路)?(?:机械化)?(?:湿式)?(?:洒水|清扫|保洁|冲洗|喷雾|抑尘)[^\d%]{0,12}")
def _clean(_: re.Match[str]) -> Part:
    return Part("EXTRA_ROAD_CLEAN")


@rule(r"[^%]{0,40}(?:禁行|禁止通行|限行)")
def _traffic(_: re.Match[str]) -> Part:
    return Part("TRAFFIC_BAN")
