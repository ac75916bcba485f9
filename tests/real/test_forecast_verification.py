"""The baseline of every day of 2019, made from the days before it and verified against what came.

The bounds are what was found with some room, so that a change for the worse is noticed. Print the scores with ``-s``.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from pipelines import steps
from pipelines.forecast.rebuild import rebuild_baseline, rebuild_verification
from pipelines.home import Home, Settings

_ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("FENWEI_SHARED_DATA", _ROOT.parent / "shared" / "data"))
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.exists(), reason=f"measured data not here: {DATA}"),
]
AS_OF = datetime(2020, 1, 1, 9)
SHOWN = (
    "SELECT model, item, lead_days, n, round(bias, 1) AS bias, round(rmse, 1) AS rmse, round(rmse_persistence, 1) AS rmse_p,"
    " round(skill, 3) AS skill, round(level_hit_rate, 3) AS level, round(range_hit_rate, 3) AS inside,"
    " round(share_below_low, 3) AS below, round(share_above_high, 3) AS above, round(pinball, 2) AS pinball,"
    " round(pinball_persistence, 2) AS pinball_p"
    " FROM forecast.verification WHERE period = '2019' AND city_code = 'all' ORDER BY item, model, lead_days"
)
EVENTS = (
    "SELECT model, threshold, said_by, lead_days, n, n_observed, round(hit_rate, 2) AS hit_rate,"
    " round(false_alarm_ratio, 2) AS far, round(csi, 3) AS csi, round(brier, 4) AS brier FROM forecast.verification_event"
    " WHERE period = '2019' AND city_code = 'all' ORDER BY ALL"
)


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """Scores of 2019 by model, item and lead time, of all cities together."""
    root = tmp_path_factory.mktemp("verified")
    landing = root / "landing"
    shutil.copytree(DATA / "fenwei_2019", landing)
    stations = str(DATA / "stations" / "stations_2022-02-13_gbk.csv")
    settings = Settings(landing=str(landing), stations=stations, publish_parquet=False, publish_site=False)
    home = Home(root, settings)
    context = steps.RunContext(home, AS_OF)
    steps.land_step(context)
    steps.refresh_step(context, None, force=False)
    steps.city_day_step(context)
    with context.store().writing("test") as con:
        rebuild_baseline(con, AS_OF)
        rebuild_verification(con, AS_OF)
        assert rebuild_baseline(con, AS_OF) == []
        assert rebuild_verification(con, AS_OF) == []
        found = con.execute(SHOWN)
        names = [c[0] for c in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        refused = con.execute("SELECT DISTINCT model, month FROM forecast.not_made ORDER BY ALL").fetchall()
        events = con.execute(EVENTS)
        columns = [c[0] for c in events.description]
        said = [dict(zip(columns, row, strict=True)) for row in events.fetchall()]
    print()
    for row in said:
        print("  ".join(str(v) for v in row.values()))
    for row in rows:
        print("  ".join(str(v) for v in row.values()))
    scores = {(r["model"], r["item"], r["lead_days"]): r for r in rows}
    heavy = {(r["model"], r["threshold"], r["said_by"], r["lead_days"]): r for r in said}
    return scores, heavy, refused


def test_the_learned_model_beats_persistence_at_every_lead(scored):
    scores, _, _ = scored
    for item in ("AQI", "PM2.5"):
        skill = {lead: scores["baseline_learned", item, lead]["skill"] for lead in range(6)}
        assert skill[0] > 0.2, skill
        assert all(skill[lead] > 0.3 for lead in range(1, 6)), skill


def test_its_ranges_hold_about_what_they_say(scored):
    scores, _, _ = scored
    for item in ("AQI", "PM2.5"):
        for lead in range(6):
            row = scores["baseline_learned", item, lead]
            assert 0.73 < row["inside"] < 0.87, row
            assert 0.03 < row["above"] < 0.15, row
            assert row["pinball"] < 0.6 * row["pinball_p"], row


def test_its_chance_of_a_heavy_day_is_better_than_yes_or_no_by_the_day_before(scored):
    _, heavy, _ = scored
    for threshold in (150, 200):
        for lead in range(6):
            called, before = (
                heavy["baseline_learned", threshold, by, lead] for by in ("called", "persistence")
            )
            assert called["brier"] < 0.7 * before["brier"], (called, before)
            assert called["hit_rate"] >= before["hit_rate"], (called, before)


def test_heavy_days_are_called_better_than_by_the_day_before_and_than_by_the_middle(scored):
    _, heavy, _ = scored
    for threshold in (150, 200):
        for lead in range(6):
            csi = {
                by: heavy["baseline_learned", threshold, by, lead]["csi"]
                for by in ("aqi", "called", "persistence")
            }
            assert csi["called"] > csi["persistence"], (threshold, lead, csi)
            assert csi["called"] > csi["aqi"], (threshold, lead, csi)


def test_persistence_has_no_skill_over_itself(scored):
    scores, _, _ = scored
    assert all(
        abs(scores["baseline_persistence", item, lead]["skill"]) < 0.02
        for item in ("AQI", "PM2.5")
        for lead in range(6)
    )


def test_a_year_is_too_short_for_a_climatology_until_december(scored):
    scores, _, refused = scored
    assert ("baseline_climatology", "2019-06") in refused
    assert ("baseline_learned", "2019-02") in refused
    assert ("baseline_learned", "2019-06") not in refused
    assert scores["baseline_persistence", "PM2.5", 1]["n"] > 4000
