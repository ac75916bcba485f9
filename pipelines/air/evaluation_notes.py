"""评价结果的说明 | what a reader must know beside an evaluation: basis, state of data, unverified rules."""

from __future__ import annotations

from typing import Any

import duckdb

from warehouse.store import one_row

Note = dict[str, str]


def notes_of(
    con: duckdb.DuckDBPyConnection, document: dict[str, Any], *, weighted: bool, set_given: bool
) -> list[Note]:
    """Return the notes of an evaluation, each ``{"code", "zh", "en"}``.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Still holding the temporary tables of the evaluation.
    document : dict
        See :func:`pipelines.air.evaluation.evaluate`.
    weighted : bool
        The composite index is weighted.
    set_given : bool
        The standard set was asked for, not the one in force.
    """
    found = [
        _simulated(document),
        _state(document),
        _dust(con, document),
        _unfinished(document),
        _standard(document, set_given=set_given),
        _sets_of_days(con, document),
        _annual_limits(document),
        _insufficient(document),
        _not_comparable(document),
        _members(document),
        _list_not_in_force(document),
        _reference_state(con, document),
        _unverified(con, document),
        _weights(weighted=weighted),
    ]
    return [note for note in found if note]


def _note(code: str, zh: str, en: str) -> Note:
    return {"code": code, "zh": zh, "en": en}


def _not_comparable(document: dict[str, Any]) -> Note | None:
    lacking = [
        i["pollutant"]
        for i in document["items"]
        if i.get("before") is not None and i.get("change_pct") is None
    ]
    if not lacking:
        return None
    names = ", ".join(dict.fromkeys(lacking))
    return _note(
        "not_comparable",
        f"{names}：本期或上年同期数据不足，不可比，不列同比",
        f"{names}: data of this or of last year's period are insufficient, so no change is given",
    )


def _simulated(document: dict[str, Any]) -> Note | None:
    return _note("simulated", "【演练】模拟数据", "simulated data") if document["simulated"] else None


def _state(document: dict[str, Any]) -> Note:
    states = document["basis"]["states"]
    reviewed, other = "reviewed" in states, any(s in states for s in ("partial", "complete", "closed"))
    zh = (
        "审核数据与实况数据混合" if reviewed and other else "审核数据" if reviewed else "实况数据（未经审核）"
    )
    en = (
        "reviewed and real-time data mixed"
        if reviewed and other
        else "reviewed data"
        if reviewed
        else "real-time data, not reviewed"
    )
    return _note("state", f"{zh}：{states}", f"{en}: {states}")


def _dust(con: duckdb.DuckDBPyConnection, document: dict[str, Any]) -> Note:
    part = document["period"]
    row = one_row(
        con.execute(
            """
        SELECT coalesce(sum(n_dust_hours > 0), 0) FROM (
            SELECT day, n_dust_hours, city_code AS area_code FROM air.city_day
            UNION ALL SELECT day, n_dust_hours, unit_id FROM air.unit_day
        ) WHERE day BETWEEN $first AND $until AND list_contains($codes, area_code)
        """,
            {"first": part["day_first"], "until": part["day_until"], "codes": _codes(con, document)},
        )
    )
    n = int(row[0]) if row else 0
    after = document["basis"]["dust"] == "after_dust"
    if not n:
        return _note(
            "dust",
            "本时段没有录入官方沙尘时段，PM 浓度与综合指数即为扣沙前的值",
            "no official dust hours are on record for the period: PM and the composite index are before sand deduction",
        )
    zh, en = ("扣沙后", "after sand deduction") if after else ("扣沙前", "before sand deduction")
    return _note(
        "dust",
        f"PM 浓度与综合指数为{zh}（官方沙尘日 {n} 个城市日）；优良、重污染天数不扣沙",
        f"PM concentrations and the composite index are {en} ({n} official dust city-days);"
        " day counts keep sand days",
    )


def _codes(con: duckdb.DuckDBPyConnection, document: dict[str, Any]) -> list[str]:
    area = document["area"]
    if area["kind"] != "region":
        return [area["code"]]
    sql = "SELECT DISTINCT area_code FROM ref.region_city WHERE region_id = ? AND role = 'city'"
    return [row[0] for row in con.execute(sql, [area["code"]]).fetchall()]


def _unfinished(document: dict[str, Any]) -> Note | None:
    part = document["period"]
    if part["finished"]:
        return None
    return _note(
        "unfinished",
        f"时段未结束，按 {part['day_first']} 至 {part['day_until']} 已过部分评价",
        f"the period is not over: judged on the part from {part['day_first']} to {part['day_until']}",
    )


def _standard(document: dict[str, Any], *, set_given: bool) -> Note:
    chosen = document["standard_set"]
    zh, en = (
        ("指定标准", "as asked for")
        if set_given
        else ("时段末日生效的标准", "in force on the period's last day")
    )
    return _note("standard_set", f"{zh}：{chosen['name_zh']}", f"{chosen['name_en']}, {en}")


def _sets_of_days(con: duckdb.DuckDBPyConnection, document: dict[str, Any]) -> Note | None:
    part = document["period"]
    row = one_row(
        con.execute(
            "SELECT string_agg(DISTINCT standard_set, ', ' ORDER BY standard_set) FROM air.city_day"
            " WHERE day BETWEEN ? AND ?",
            [part["day_first"], part["day_until"]],
        )
    )
    if not row or not row[0] or row[0] == document["standard_set"]["standard_set"]:
        return None
    return _note(
        "sets_of_days",
        f"各日 AQI 所用标准：{row[0]}；天数分别给出“各日当日标准”与“同一标准”两种",
        f"standard sets of the days' AQI: {row[0]}; days are counted under each day's own and under one set",
    )


def _annual_limits(document: dict[str, Any]) -> Note | None:
    if len(document["period"]["name"]) == 4 and document["period"]["finished"]:
        return None
    return _note(
        "annual_limits",
        "时段不是完整的年，与年均限值及年评价百分位数限值的比较仅供参照",
        "the period is not a whole year: comparison with annual limits is for reference only",
    )


def _insufficient(document: dict[str, Any]) -> Note | None:
    short = [f"{i['pollutant']} {i['statistic']}" for i in document["items"] if not i["sufficient"]]
    if not short:
        return None
    listed = ", ".join(short)
    return _note(
        "insufficient", f"数据不足，不作达标判定：{listed}", f"insufficient data, not judged: {listed}"
    )


def _members(document: dict[str, Any]) -> Note | None:
    have = document["completeness"]
    if have["n_cities"] == have["n_cities_expected"]:
        return None
    return _note(
        "members",
        f"区域平均只含 {have['n_cities']} / {have['n_cities_expected']} 个成员城市",
        f"the region's mean holds {have['n_cities']} of {have['n_cities_expected']} member cities",
    )


def _list_not_in_force(document: dict[str, Any]) -> Note | None:
    if document["area"]["kind"] != "region" or document["items"][0]["in_force"]:
        return None
    return _note(
        "list_not_in_force",
        f"名单 {document['area']['code']} 在时段末日无效，按该名单回看，不可与其他名单比较",
        f"list {document['area']['code']} is not in force on the period's last day:"
        " not comparable with other lists",
    )


def _reference_state(con: duckdb.DuckDBPyConnection, document: dict[str, Any]) -> Note | None:
    part = document["period"]
    row = one_row(
        con.execute(
            "SELECT min(valid_from) FROM ref.reference_state WHERE temperature_k IS NOT NULL"
            " AND valid_from > ? AND valid_from <= ?",
            [part["before_first"], part["day_until"]],
        )
    )
    if not row or row[0] is None:
        return None
    return _note(
        "reference_state",
        f"气体浓度的参比状态自 {row[0]} 起改变，SO2、NO2、O3、CO 前后不可直接比较",
        f"the reference state of gases changed on {row[0]}:"
        " SO2, NO2, O3 and CO are not directly comparable across it",
    )


def _unverified(con: duckdb.DuckDBPyConnection, document: dict[str, Any]) -> Note:
    """Rules of this standard set that decided something and were not read in an official text."""
    rows = con.execute(
        """
        SELECT 'limit', l.pollutant || ' ' || l.averaging
        FROM ref."limit" l JOIN ref.standard_set s USING (limit_standard)
        WHERE s.standard_set = $set AND NOT l.verified AND l.grade = 2
        UNION SELECT 'validity_rule', rule FROM ref.validity_rule WHERE standard_set = $set AND NOT verified
        UNION SELECT 'evaluation_item', pollutant || ' ' || statistic FROM ref.evaluation_item
        WHERE standard_set = $set AND NOT verified
        UNION SELECT 'rounding', item FROM ref.rounding WHERE standard_set = $set AND NOT verified
        UNION SELECT 'index_limit', pollutant FROM ref.index_limit WHERE standard_set = $set AND NOT verified
        UNION SELECT 'region_city', region_id FROM ref.region_city WHERE region_id = $region AND NOT verified
        ORDER BY ALL
        """,
        {"set": document["standard_set"]["standard_set"], "region": document["area"]["region_id"]},
    ).fetchall()
    by_table: dict[str, list[str]] = {}
    for table, what in rows:
        by_table.setdefault(table, []).append(what)
    listed = "; ".join(f"{table}: {', '.join(found)}" for table, found in by_table.items())
    return _note(
        "unverified",
        f"待核实的规则：不足整月按天数 90 %（本项目约定）；{listed}",
        f"rules not verified: partial months at 90 % of their days (project convention); {listed}",
    )


def _weights(*, weighted: bool) -> Note | None:
    if not weighted:
        return None
    return _note(
        "weights",
        "综合指数采用流传的权重（PM2.5×3、O3×2、NO2×2），未见于正式文件，待核实",
        "the composite index uses circulating weights (PM2.5 ×3, O3 ×2, NO2 ×2) of no official text",
    )
