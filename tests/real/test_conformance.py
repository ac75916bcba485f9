"""Our numbers against the published columns of the measured files: the conformance figures of the product."""

import os
from pathlib import Path

import duckdb
import pytest

from pipelines.air.reference import read_reference
from pipelines.air.verify import verify
from sources.station_files import find
from warehouse.store import schema_sql

_ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("FENWEI_SHARED_DATA", _ROOT.parent / "shared" / "data"))
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.exists(), reason=f"measured data not here: {DATA}"),
]

# Station-hours and station-days with complete inputs, counted by an independent reference on the same files.
EXPECTED = {
    "fenwei_2019": {
        "AQI": 677_102,
        "PM2.5_24h": 19_435,
        "PM10_24h": 17_548,
        "SO2_24h": 19_773,
        "NO2_24h": 19_509,
        "O3_8h_24h": 19_309,
    },
    "national_2019": {"AQI": 204_727},
}


@pytest.fixture(scope="module", params=sorted(EXPECTED))
def verification(request):
    con = duckdb.connect()
    con.execute(schema_sql())
    refs, refusals = find(DATA / request.param)
    assert not refusals
    return request.param, verify(refs, read_reference(con))


def test_every_complete_value_equals_the_published_one(verification):
    folder, report = verification
    for column, n in EXPECTED[folder].items():
        comparison = report.comparisons[column]
        assert comparison.n_compared == n, column
        assert comparison.disagreements == [], column
        assert comparison.n_equal == n, column


def test_other_daily_means_are_all_equal_and_co_nearly(verification):
    _, report = verification
    for column in ("PM2.5_24h", "PM10_24h", "SO2_24h", "NO2_24h", "O3_8h_24h"):
        comparison = report.comparisons[column]
        assert comparison.n_compared > 4000
        assert comparison.n_equal == comparison.n_compared, column
    assert report.comparisons["CO_24h"].agreement_pct >= 97.6
