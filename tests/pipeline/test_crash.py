"""kill -9 at a few random moments; `tests/bench/kill_nine.py` does a hundred."""

import importlib.util
import random
from pathlib import Path

import pytest

_SCRIPT = Path(__file__).parents[1] / "bench" / "kill_nine.py"


def _script():
    spec = importlib.util.spec_from_file_location("kill_nine", _SCRIPT)
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["kill_nine"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_a_killed_run_leaves_nothing_to_mend(tmp_path):
    kill_nine = _script()
    scenes = kill_nine.make_scenes(tmp_path, page=False)
    chance = random.Random(20261122)
    daily, backfill = scenes[1], scenes[2]
    for scene in (daily, backfill):
        expected, took = kill_nine.undisturbed(scene, tmp_path)
        assert expected["air.city_day"] and expected["ops.source_file"]
        kill_nine.disturb(scene, tmp_path, chance.uniform(0.4, 0.95) * took, expected)
