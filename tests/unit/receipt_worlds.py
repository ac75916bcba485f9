"""A warning in force, a filed list of a few firms, and what is held against both, for tests of receipts."""

import atexit
import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

import duckdb
from list_worlds import CITY, line, loaded, totals
from prepared import prepared_at
from warning_homes import FULL, NOW, context, kept

from pipelines.emergency.life import adjust, commands, store
from pipelines.emergency.receipts.filed_list import filed_list_of, promised
from pipelines.emergency.receipts.warning_with_list import WarningWithList
from pipelines.emergency.response.gather import list_of
from sources.simulation.coal.codes import credit_code
from warehouse import state

START = datetime(2026, 12, 3)
CODE = {n: credit_code(CITY, n) for n in range(1, 10)}
SITE = "东厂"
ROWS = [
    line(1, 1, county_code="610102", county_name="新城区", orange_text="限产20%", red_text="停产", base_so2_kgd=1000, base_nox_kgd=500),
    line(1, 2, county_code="610102", county_name="新城区", orange_text="停产", red_text="停产", base_so2_kgd=300),
    line(2, 1, county_code="610103", county_name="碑林区", orange_text="停产", base_so2_kgd=400, grade="D", contact="王五", phone="139"),
    line(3, 1, county_code="610103", county_name="碑林区", red_text="停产", base_so2_kgd=50),
    line(4, 1, county_code="610103", county_name="碑林区", orange_text="停产", base_so2_kgd=100, site=SITE),
    line(4, 1, county_code="610102", county_name="新城区", orange_text="停产", base_so2_kgd=200, site="西厂"),
    line(5, 1, county_code="610102", county_name="新城区", orange_text="停产50%（以生产线计）", base_so2_kgd=60),
    line(5, 2, county_code="610102", county_name="新城区", orange_text="停产50%（以生产线计）", base_so2_kgd=80),
]  # fmt: skip
"""Firm 3 owes nothing at orange; firm 4 has two sites; firm 5 stops one of two lines, the smaller for certain."""


def filed(con, folder: Path, at: datetime = datetime(2026, 11, 1)):
    """A filed version of a list in a warehouse in memory."""
    version = loaded(con, folder, {"enterprise": ROWS, "total": totals()})
    con.execute(
        "UPDATE emergency.list_version SET state = 'filed', filed_by = '张', filed_at = ?, document_no = '备1号'",
        [at],
    )
    return version


@cache
def _prepared() -> tuple[Path, str]:
    """A warehouse with the list in it, made once: making it costs more than a test."""
    folder = Path(tempfile.mkdtemp(prefix="fenwei-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    con = duckdb.connect(prepared_at(folder / "w.duckdb"))
    version = filed(con, folder)
    con.close()
    return folder / "w.duckdb", version


class World:
    """A warning of Xi'an, orange and approved, with its list."""

    def __init__(self, folder: Path, **more) -> None:
        self.path = folder / "state.sqlite"
        made, self.version = _prepared()
        shutil.copyfile(made, folder / "w.duckdb")
        self.con = duckdb.connect(str(folder / "w.duckdb"))
        self.one = kept(self.path, **more).warning_id
        commands.approve(context(self.path), self.one, FULL)

    def around(self, one: str | None = None) -> WarningWithList:
        with state.reading(self.path) as con:
            record, events = store.get(con, one or self.one), tuple(store.events(con, one or self.one))
        listed = filed_list_of(self.con, list_of(self.con, record, NOW))

        def ratios(level):
            units, _ = promised(self.con, self.version, level, START.date())
            return {(u.enterprise_id, n): u.ratio for u in units for n in u.line_ids if u.ratio is not None}

        return WarningWithList(record, events, listed, ratios)

    def red(self, at: datetime) -> None:
        adjust.change_level(context(self.path, at), self.one, FULL, "red", None)


__all__ = ["CITY", "CODE", "FULL", "NOW", "ROWS", "SITE", "START", "World", "context", "filed"]
