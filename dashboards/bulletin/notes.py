"""Footnotes of bulletins on how the figures were made: 口径说明."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.bulletin import words
from dashboards.clean import one_line
from warehouse.classes import WORDS

_TAKEN = ("state", "dust", "unfinished", "sets_of_days", "reference_state", "members", "list_not_in_force")


def _taken(part: Mapping[str, Any]) -> list[str]:
    """Notes of an evaluation that a bulletin prints, with Chinese words for codes."""
    made = []
    for note in part["notes"]:
        if note["code"] in _TAKEN:
            text = words.states_zh(one_line(note["zh"], 600))
            made.append(words.sets_zh(text) if note["code"] == "sets_of_days" else text)
    return made


def _standards_before(part: Mapping[str, Any]) -> list[str]:
    """Say that the year before was told under another standard then, and is judged anew here."""
    if not part["sets_before"]:
        return []
    then = "、".join(one_line(name, 40) for name in part["sets_before"])
    now = one_line(part["standard_set"]["name_zh"], 40)
    return [
        f"上年同期当时执行{then}，此处按{now}由原监测值重新计算，与当时公布的数值、位数和天数不一定相同；与当时的公布值不可直接比较"
    ]


def _members(region: Mapping[str, Any]) -> str:
    clause = one_line(region["clause"], 60)
    cities = "、".join(one_line(c["name_zh"], 20) for c in region["cities"])
    return (
        f"区域名单：{one_line(region['name_zh'], 80)}{f'，{clause}' if clause else ''}；{len(region['cities'])}个城市：{cities}。"
        "同比的两期用同一名单、同一标准"
    )


def _ranked_among(region: Mapping[str, Any]) -> str:
    """Say in which list a city is ranked; stations stand before sand deduction."""
    found = region["ranked_in"]
    ranked = f"名次在{one_line(found['name_zh'], 80)}内排列" if found else "本市不在任何区域名单内，不列名次"
    return f"{ranked}；同比的两期用同一标准；站点值为扣沙前，对照点与不计入城市平均的站点已注明"


def notes(document: Mapping[str, Any], periods: Sequence[tuple[str, str]]) -> list[str]:
    """Footnotes on how the figures were made: standard, state, sand, list, comparison, class and time of the data.

    Parameters
    ----------
    document : mapping
        Of `pipelines.bulletin.gather`.
    periods : sequence of tuple of str
        Key of a judged period in the document, and what it is called.
    """
    about, region = document["about"], document["region"]
    told: dict[str, list[str]] = {}
    for key, name in periods:
        part = document[key]
        how = "指定" if about["set_given"] else "时段末日生效"
        told.setdefault(f"评价标准：{one_line(part['standard_set']['name_zh'], 80)}（{how}）", []).append(
            name
        )
        for text in [*_standards_before(part), *_taken(part)]:
            told.setdefault(text, []).append(name)
    all_names = [name for _, name in periods]
    lines = [
        text if names_ == all_names or len(all_names) == 1 else f"{'、'.join(names_)}：{text}"
        for text, names_ in told.items()
    ]
    lines += [
        _ranked_among(region) if "ranked_in" in region else _members(region),
        "同比按印出的修约值计算；任一期数据不足的不列同比（不可比）；数据不足的不列数值、不参加排名",
        "天数按各日当日所用标准计；天数的同比，两期都按本时段所用标准计",
        "综合指数按环办〔2014〕64号：浓度先修约，单项指数修约两位后相加，由小到大排名，相同者同名次",
    ]
    if any(note["code"] == "unverified" for key, _ in periods for note in document[key]["notes"]):
        lines.append("所用规则中有未读到正式文本的（修约位数、综合指数限值等），待核实")
    klass = WORDS.get(about["class"], one_line(about["class"], 20))
    lines.append(
        f"数据截至 {words.moment_zh(about['data_until'])}，编制时间 {words.moment_zh(about['made_at'])}，"
        f"取自{klass}级数据" + ("（不含预报、煤炭进度与演练预警）" if about["class"] == "public" else "")
    )
    return [line.rstrip("。") + "。" for line in lines]
