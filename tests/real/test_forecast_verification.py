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
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.exists(), reason=f"measured data not here: {DATA}"),
]
AS_OF = datetime(2020, 1, 1, 9)
SHOWN = (
    "SELECT model, item, lead_days, n, round(bias, 1), round(rmse, 1), round(mae, 1), round(level_hit_rate, 3),"
    " round(range_hit_rate, 2), round(csi_150, 3), round(false_alarm_ratio_150, 2), round(csi_200, 3),"
    " round(false_alarm_ratio_200, 2), round(rmse_persistence, 1), round(skill, 3)"
    " FROM forecast.verification WHERE period = '2019' AND city_code = 'all' ORDER BY item, model, lead_days"
)


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """Scores of 2019 by model, item and lead time, of all cities together."""
    root = tmp_path_factory.mktemp("verified")
    landing = root / "landing"
    shutil.copytree(DATA / "fenwei_2019", landing)
    stations = str(DATA / "stations" / "stations_2022-02-13_gbk.csv")
    home = Home(root, Settings(landing=str(landing), stations=stations, publish_parquet=False))
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
    print()
    for row in rows:
        print("  ".join(str(v) for v in row.values()))
    return {(r["model"], r["item"], r["lead_days"]): list(r.values())[3:] for r in rows}, refused


def test_the_learned_model_beats_persistence_at_every_lead(scored):
    scores, _ = scored
    skill = {lead: scores["baseline_learned", "PM2.5", lead][-1] for lead in range(6)}
    assert skill[0] > 0.05
    assert all(skill[lead] > 0.25 for lead in range(1, 6)), skill
    assert all(
        scores["baseline_learned", "AQI", lead][-1] > (0.08 if lead == 0 else 0.2) for lead in range(6)
    )


def test_its_ranges_hold_about_what_they_say(scored):
    scores, _ = scored
    assert all(0.7 < scores["baseline_learned", "PM2.5", lead][5] < 0.85 for lead in range(6))


def test_persistence_has_no_skill_over_itself(scored):
    scores, _ = scored
    assert all(
        abs(scores["baseline_persistence", item, lead][-1]) < 0.02
        for item in ("AQI", "PM2.5")
        for lead in range(6)
    )


def test_a_year_is_too_short_for_a_climatology_until_december(scored):
    scores, refused = scored
    assert ("baseline_climatology", "2019-06") in refused
    assert ("baseline_learned", "2019-02") in refused
    assert ("baseline_learned", "2019-06") not in refused
    assert scores["baseline_persistence", "PM2.5", 1][0] > 4000
