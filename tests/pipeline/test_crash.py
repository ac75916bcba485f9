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


@pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.slow)], ids=["daily", "backfill"])
def test_a_killed_run_leaves_nothing_to_mend(tmp_path, number):
    kill_nine = _script()
    scene = kill_nine.make_scenes(tmp_path, page=False)[number]
    chance = random.Random(20261122 + number)
    expected, took = kill_nine.undisturbed(scene, tmp_path)
    assert expected["air.city_day"] and expected["ops.source_file"]
    kill_nine.disturb(scene, tmp_path, chance.uniform(0.4, 0.95) * took, expected)
