"""The view Emergency says what the tables say, marks exercises, and has nothing to hide in the public build."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
import site_emergency as emergency
import site_worlds as worlds

from dashboards.site.colours import resolve
from pipelines.site.build import build_site

_CALL = re.compile(r"fenweiData\((\".*?\"),(.*)\);\n", re.DOTALL)


@pytest.fixture
def database(tmp_path: Path):
    path = tmp_path / "fenwei.duckdb"
    yield path, worlds.empty(path)


def built(path: Path, folder: Path) -> dict[str, Any]:
    build_site(path, folder, worlds.AS_OF)
    found = {}
    for file in sorted((folder / "data/emergency").rglob("*.js")):
        match = _CALL.fullmatch(file.read_text(encoding="utf-8"))
        assert match, file
        found[json.loads(match[1])] = json.loads(match[2])
    return found


def chart(payload: dict[str, Any], name: str) -> dict[str, Any]:
    return next(c for c in payload["charts"] if c["name"] == name)


def rows(payload: dict[str, Any], name: str, shown: int = 0) -> list[dict[str, Any]]:
    one = chart(payload, name)
    names = [c["name"] for c in one["columns"]]
    return [dict(zip(names, row, strict=True)) for row in one["shown"][shown]["rows"]]


@pytest.fixture
def data(database, tmp_path):
    path, con = database
    emergency.fill(con)
    worlds.close(con)
    return built(path, tmp_path / "site")


def test_warnings_in_force_are_cards_and_drafts_are_told_apart(data):
    now = data["emergency/now"]
    assert [(f["label"]["zh"], f["value"]["zh"], f["warning"]) for f in now["facts"]] == [
        ("【演练】西安市", "橙色预警·Ⅱ级响应", "orange")
    ]
    assert [r["warning_id"] for r in rows(now, "current")] == ["W1"]
    assert [(r["warning_id"], r["level"]) for r in rows(now, "drafts")] == [("W2", "yellow")]
    states = {(r["warning_id"], r["state"]) for r in rows(now, "states")}
    assert states == {("W1", "draft"), ("W1", "approved"), ("W1", "planned"), ("W2", "proposed")}
    html = json.dumps(now, ensure_ascii=False)
    assert "1 份草稿待批准" in html and "W3" not in html


def test_an_exercise_and_what_is_real_of_one_city_stand_apart(database, tmp_path):
    path, con = database
    emergency.fill(con)
    worlds.insert(
        con, "emergency.warning", [emergency.warning("W9", "610100", "started", "red", kind="real")]
    )
    happened = [
        ("approved", worlds.AS_OF - timedelta(hours=4)),
        ("started", worlds.AS_OF - timedelta(hours=3)),
    ]
    worlds.insert(con, "emergency.warning_event", emergency._events("W9", *happened))
    worlds.close(con)
    data = built(path, tmp_path / "site")
    html = (tmp_path / "site/emergency.html").read_text(encoding="utf-8")
    assert "1 个城市有已发布、未解除的预警" in html and "其中【演练】1 个" in html
    for where, name in (("emergency/now", "states"), ("emergency/past/2026", "past-states")):
        of = {r["warning_id"]: r["city"] for r in rows(data[where], name)}
        assert (of["W1"]["zh"], of["W9"]["zh"]) == ("【演练】西安市", "西安市")
        shown = chart(data[where], name)["shown"][0]["figure"]["layout"]["yaxis"]["categoryarray"]
        assert {"【演练】西安市", "西安市"} <= set(shown["zh"])
        assert {"【exercise】Xi'an", "Xi'an"} <= set(shown["en"])


def test_drafts_alone_make_no_table_of_warnings_in_force(database, tmp_path):
    path, con = database
    worlds.insert(
        con, "emergency.warning", [emergency.warning("W1", "610100", "draft", start_at=None, end_at=None)]
    )
    worlds.close(con)
    now = built(path, tmp_path / "site")["emergency/now"]
    assert [c["name"] for c in now["charts"]] == ["states", "drafts"] and len(now["notes"]) == 2


def test_the_past_of_a_year(data):
    before, this = data["emergency/past/2025"], data["emergency/past/2026"]
    assert [r["warning_id"] for r in rows(before, "past")] == ["W4"]
    assert rows(before, "past")[0]["kind"] == "real"
    assert any(r["state"] == "lifted" for r in rows(before, "past-states"))
    assert [r["warning_id"] for r in rows(this, "given_up")] == ["W3"]


def test_blocks_say_whether_they_count(data):
    why = data["emergency/610100/why"]
    shown = [(r["status"], r["reason"], r["index_high"], r["index_if_counted"]) for r in rows(why, "blocks")]
    assert shown == [(s, r, high, other) for s, r, _, high, other in emergency.BLOCKS]
    figure = resolve(chart(why, "blocks")["shown"][0]["figure"])
    assert [s["y0"] for s in figure["layout"]["shapes"][:3]] == [150, 200, 300]
    texts = [a["text"] for a in figure["layout"]["annotations"]]
    assert "过程 72 小时" in texts and "223<br>计入" in texts and "140<br>并入" in texts
    assert "312<br>不计·沙尘" in texts and "94<br>未达" in texts and "—<br>缺" in texts
    levels = {f["label"]["zh"]: f["value"]["zh"] for f in why["facts"]}
    assert levels["自然日（合并）"] == "黄色预警·Ⅲ级响应"
    assert levels["24 小时时段（合并）"] == "橙色预警·Ⅱ级响应"


def test_ratios_say_their_verdict(data):
    own = data["emergency/610100/list"]
    told = {(r["basis"], r["level"], r["pollutant"]): r for r in rows(own, "ratios")}
    assert len(told) == 24
    for pollutant, (ratio, verdict) in emergency.RATIOS.items():
        row = told["filed", "orange", pollutant]
        assert row["verdict"] == verdict and row["ratio_pct"] == (None if ratio is None else round(ratio, 1))
        assert row["required_pct"] == 20
    figure = resolve(chart(own, "ratios")["shown"][0]["figure"])
    assert {"21.0% 达到", "18.0% 未达到", "数据不足", "19.5% 待核实"} <= set(figure["data"][0]["text"])


def test_cuts_come_from_parts_and_name_no_firm(data):
    own = data["emergency/610100/list"]
    shown = {r["name"]["zh"]: r["cut_kgd"] for r in rows(own, "cuts-industry")}
    assert shown["砖瓦窑"] == 534 and shown["其他（不足三家者合计）"] == 956.6 and shown["未写"] == 1
    assert chart(own, "cuts-industry")["shown"][0]["label"]["zh"] == "橙·Ⅱ · PM"


def test_english_names_of_industries_come_from_the_facts(data):
    named = {r["name"]["zh"]: r["name"]["en"] for r in rows(data["emergency/610100/list"], "cuts-industry")}
    assert named["焦化"] == "coking" and named["其他（不足三家者合计）"].startswith("others")
    assert "national grades of 2024" in data["emergency/610100/why"]["notes"][1]["en"]


def test_ratios_that_cannot_be_told_are_not_called_short(database, tmp_path):
    path, con = database
    emergency.fill(con)
    con.execute("UPDATE emergency.reduction SET ratio_pct = NULL, total_kgd = NULL, verdict = 'insufficient'")
    worlds.close(con)
    notes = [n["zh"] for n in built(path, tmp_path / "site")["emergency/610100/list"]["notes"]]
    assert any("12 项" in n and "不能判定" in n for n in notes) and not any(
        "没有达到要求" in n for n in notes
    )


def test_the_list_tells_its_age_and_quality(data):
    facts = {f["label"]["zh"]: f for f in data["emergency/610100/list"]["facts"]}
    assert facts["备案至今"]["value"]["zh"] == "40 天"
    assert facts["检查发现"]["value"] == "3" and facts["检查发现"]["note"]["zh"] == "错误 1，警告 2，提示 0"
    assert facts["未评级企业"]["value"] == "1" and facts["未读懂的措施"]["value"] == "5"
    notes = [n["zh"] for n in data["emergency/610100/list"]["notes"]]
    assert any("另有 1 个更新的版本未备案" in n for n in notes)


def test_answers_and_scores(data):
    answers = data["emergency/610100/answers"]
    assert answers["facts"][0]["value"] == "23 / 28" and "逾期未回 5" in answers["facts"][0]["note"]["zh"]
    assert [r["n_expected"] for r in rows(answers, "answers")] == [20, 8]
    scores = data["emergency/610100/scores"]
    assert {(r["lead_days"], r["rmse"]) for r in rows(scores, "score-rmse")} == {(1, 21), (2, 22), (3, 23)}
    assert {r["csi"] for r in rows(scores, "score-csi")} == {0.5}
    labels = [v["label"]["zh"] for v in chart(scores, "score-rmse")["shown"]]
    assert labels == ["西安市 · AQI", "西安市 · PM2.5", "全部城市 · AQI", "全部城市 · PM2.5"]


def test_every_figure_is_one_that_plotly_takes(data):
    figures = [
        f
        for p in data.values()
        for c in p["charts"]
        for s in c["shown"]
        for f in (s["figure"], s["phone"])
        if f
    ]
    assert len(figures) > 15
    for n, figure in enumerate(figures):
        go.Figure(resolve(figure, "en" if n % 2 else "zh", "official", "dark" if n % 3 else "light"))


def test_warning_colours_are_for_badges_alone(data):
    assert "warn_" not in json.dumps(data)


def test_hostile_text_stays_text(database, tmp_path):
    path, con = database
    emergency.fill(con, text=worlds.HOSTILE, strange="../../x")
    worlds.close(con)
    data = built(path, tmp_path / "site")
    for file in [tmp_path / "site/emergency.html", *(tmp_path / "site/data").rglob("*.js")]:
        text = file.read_text(encoding="utf-8")
        assert "<img" not in text and "\u2028" not in text and "\u202e" not in text
    assert any(re.fullmatch(r"emergency/x[0-9a-f]{12}/why", key) for key in data)
    shown = [s for p in data.values() for c in p["charts"] for s in c["shown"]]
    assert "<img" not in json.dumps([(s["figure"], s["phone"]) for s in shown])


def test_a_public_build_shows_approved_real_warnings_or_nothing(database, tmp_path):
    path, con = database
    emergency.fill(con)
    kept = "warning_id, kind, state, city_code, level, start_at, end_at, approved_at, issuing_body, document_no, response_at"
    con.execute(
        f"CREATE TABLE kept AS SELECT {kept}, lifted_at, level_before, decided_at FROM emergency.warning"
        " WHERE kind = 'real' AND approved_at IS NOT NULL"
    )
    for schema in ("emergency", "forecast", "coal"):
        con.execute(f"DROP SCHEMA {schema} CASCADE")
    con.execute("CREATE SCHEMA emergency")
    con.execute("CREATE TABLE emergency.warning AS FROM kept")
    worlds.close(con)
    data = built(path, tmp_path / "site")
    assert set(data) == {"emergency/now", "emergency/past/2025"}
    assert [r["warning_id"] for r in rows(data["emergency/past/2025"], "past")] == ["W4"]
    assert "当前" in (tmp_path / "site/emergency.html").read_text(encoding="utf-8")
    con = worlds.connect(path)
    con.execute("DELETE FROM emergency.warning")
    worlds.close(con)
    build_site(path, tmp_path / "site", worlds.AS_OF)
    assert not (tmp_path / "site/emergency.html").exists()


def test_without_warnings_lists_are_shown_and_quiet_is_said(database, tmp_path):
    path, con = database
    emergency.fill(con)
    for table in ("warning", "warning_event", "warning_block", "warning_reading", "answer_state"):
        con.execute(f"DELETE FROM emergency.{table}")
    worlds.close(con)
    data = built(path, tmp_path / "site")
    assert "没有生效的预警" in data["emergency/now"]["notes"][0]["zh"]
    assert (
        data["emergency/610100/why"]["charts"] == []
        and len(rows(data["emergency/610100/list"], "ratios")) == 24
    )
