"""Who was to answer, who has, how late; what is taken in and what is refused; nothing rewritten, nothing half-loaded."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from receipt_worlds import CODE, NOW, SITE, START, World, context
from warning_homes import in_state, kept

from pipelines.emergency.life.machine import LIVE, STATES
from pipelines.emergency.life.mirror import is_mirrored, mirror
from pipelines.emergency.receipts.answers import answers_of
from pipelines.emergency.receipts.filed_list import FiledList
from pipelines.emergency.receipts.model import Origin
from pipelines.emergency.receipts.store import receipts
from pipelines.emergency.receipts.taking import take_in
from sources.receipts.reading import read_file, read_row
from warehouse import state
from warehouse.publish import content_digest
from warehouse.store import schema_sql

NOON = datetime(2026, 12, 2, 12)
LATER = datetime(2026, 12, 5, 12)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def given(world: World, at: datetime = NOON, **more: str) -> dict[str, str]:
    usual = {
        "warning_id": world.one, "answered_at": f"{at:%Y-%m-%d %H:%M}", "answered_by": "王", "channel": "电话",
        "status": "已执行",
    }  # fmt: skip
    return usual | more


def take(world: World, *rows: dict[str, str], as_of: datetime = LATER, kind: str = "receipt"):
    """Take rows in as a file of them would be."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(names), *(",".join(row.get(name, "") for name in names) for row in rows)]
    found = read_file("\n".join(lines).encode() + b"\n")
    assert found.kind == kind
    at = context(world.path, as_of)
    return take_in(at, found, world.around, Origin(as_of, as_of, "值班员", "r.csv", "ab"))


def answers(world: World, as_of: datetime = LATER, **more):
    about = world.around()
    return answers_of(about.record, about.events, about.filed, receipts(world.path, world.one), as_of, **more)


def standing(
    world: World, as_of: datetime = LATER, **more
) -> dict[tuple[str, str | None], tuple[str, float]]:
    found = answers(world, as_of, **more)
    return {(e["credit_code"], e["site"]): (e["answer"], e["late_h"]) for e in found["enterprises"]}


def test_those_with_a_measure_at_the_level_are_to_answer(world: World) -> None:
    found = answers(world, NOON)
    assert [(e["credit_code"], e["site"]) for e in found["enterprises"]] == [
        (CODE[1], None), (CODE[4], "西厂"), (CODE[5], None), (CODE[2], None), (CODE[4], SITE),
    ]  # fmt: skip
    assert found["counts"] | {"expected": 5, "not_asked": 1, "waiting": 5, "missing": 0} == found["counts"]
    assert found["list_version"] == world.version and found["list_document_no"] == "备1号"
    assert [c["county_name"] for c in found["counties"]] == ["新城区", "碑林区"]
    assert [(c["county_name"], c["expected"]) for c in found["by_county"]] == [("新城区", 3), ("碑林区", 2)]
    world.red(NOON)
    assert {e["credit_code"] for e in answers(world)["enterprises"]} == {CODE[1], CODE[3]}, (
        "red has its own measures"
    )


def test_late_is_counted_from_the_start_of_the_response_or_from_hours_after_the_order(world: World) -> None:
    take(world, given(world, credit_code=CODE[1]))
    take(world, given(world, START + timedelta(hours=3, minutes=30), credit_code=CODE[2]))
    found = standing(world, START + timedelta(hours=6))
    assert found[CODE[1], None] == ("in_time", 0) and found[CODE[2], None] == ("late", 3.5)
    assert found[CODE[5], None] == ("missing", 6.0)
    assert standing(world, START)[CODE[5], None] == ("waiting", 0), "due at that very moment"
    # Ordered 2026-12-01 16:00, due four hours later; the answer came at noon of the next day.
    within = standing(world, within_h=4)
    assert within[CODE[1], None] == ("late", 16.0) and within[CODE[5], None][0] == "missing"


def test_an_answer_not_yet_given_is_not_known(world: World) -> None:
    take(world, given(world, credit_code=CODE[1]))
    assert standing(world, NOON - timedelta(minutes=1))[CODE[1], None][0] == "waiting"
    assert standing(world, NOON)[CODE[1], None][0] == "in_time"


def test_a_site_answers_for_itself_and_a_firm_for_all_its_sites(world: World) -> None:
    take(world, given(world, credit_code=CODE[4], site="东 厂"))
    found = standing(world)
    assert found[CODE[4], SITE][0] == "in_time" and found[CODE[4], "西厂"][0] == "missing"
    take(world, given(world, credit_code=CODE[4], note="全部"))
    assert {v[0] for k, v in standing(world).items() if k[0] == CODE[4]} == {"in_time"}


def test_the_last_answer_counts_and_all_are_kept(world: World) -> None:
    take(world, given(world, credit_code=CODE[1]))
    take(world, given(world, START, credit_code=CODE[1], status="不能执行", reason="供暖"))
    take(world, given(world, NOON - timedelta(hours=1), credit_code=CODE[1], status="部分执行", reason="x"))
    one = next(e for e in answers(world)["enterprises"] if e["credit_code"] == CODE[1])
    assert (one["status"], one["reason"], one["n_receipts"]) == ("unable", "供暖", 3)
    assert one["first_answered_at"] == NOON - timedelta(hours=1) and one["answer"] == "in_time"


def test_a_new_level_is_to_be_answered_anew(world: World) -> None:
    take(world, given(world, credit_code=CODE[1]))
    world.red(NOON + timedelta(hours=1))
    found = answers(world)
    assert found["asked_at"] == NOON + timedelta(hours=1) and found["n_before"] == 1
    assert found["enterprises"][0]["answer"] == "missing" and found["notes"][-1]["code"] == "before"
    take(world, given(world, NOON + timedelta(hours=1), credit_code=CODE[1]))
    assert answers(world)["enterprises"][0]["answer"] == "in_time", "in the very minute of the order"
    assert standing(world, NOON)[CODE[1], None][0] == "in_time", "at that time orange held"


def test_counties_and_departments_answer_too(world: World) -> None:
    take(world, given(world, county="碑林区"), given(world, department="住建局"))
    found = answers(world)
    assert {c["county_name"]: c["answer"] for c in found["counties"]} == {
        "新城区": "missing",
        "碑林区": "in_time",
    }
    assert [o["sender_name"] for o in found["others"]] == ["住建局"]
    take(world, given(world, START, county="610102"))
    assert {c["answer"] for c in answers(world)["counties"]} == {"in_time"}, "by code as by name"
    take(world, given(world, credit_code=CODE[3]))
    assert CODE[3] in {o["sender_id"] for o in answers(world)["others"]}, "a firm that was not asked"


@pytest.mark.parametrize(
    ("more", "item"),
    [
        ({"credit_code": "91610100MA6UNKNOWN"}, "credit_code"),
        ({"credit_code": CODE[4], "site": "南厂"}, "site"),
        ({"county": "雁塔区"}, "county"),
        ({"credit_code": CODE[2], "answered_at": "2026-12-01 15:59"}, "answered_at"),
        ({"credit_code": CODE[2], "answered_at": "2026-12-05 12:01"}, "answered_at"),
        ({"credit_code": CODE[2], "warning_id": "W-610100-2000010100-1"}, "warning_id"),
    ],
)
def test_a_file_with_one_bad_row_is_not_loaded_at_all(world: World, more: dict[str, str], item: str) -> None:
    done = take(world, given(world, credit_code=CODE[1]), given(world) | more)
    assert done.refused and done.n_new == 0 and [(b.line, b.item) for b in done.bad] == [(3, item)]
    assert receipts(world.path, world.one) == []


def test_the_same_file_again_adds_nothing_and_a_longer_one_only_what_is_new(world: World) -> None:
    first, second = given(world, credit_code=CODE[1]), given(world, credit_code=CODE[2])
    assert [take(world, first, first).n_new, take(world, first).n_new, take(world, first, second).n_new] == [
        1,
        0,
        1,
    ]
    assert take(world, second, first, as_of=LATER + timedelta(days=1)).n_new == 0
    kept_rows = receipts(world.path, world.one)
    assert [(r.sender_id, r.source_line, r.version_id) for r in kept_rows] == [
        (CODE[1], 2, world.version), (CODE[2], 3, world.version),
    ]  # fmt: skip


def test_only_what_was_approved_is_answered(tmp_path: Path) -> None:
    nothing = duckdb.connect()
    nothing.execute(schema_sql())
    for wanted in STATES:
        folder = tmp_path / wanted
        folder.mkdir()
        one = in_state(folder / "state.sqlite", wanted)
        if wanted in ("draft", "cancelled", "expired", "superseded"):
            allowed = False
        else:
            assert wanted in (*LIVE, "lifted", "evaluated")
            allowed = True
        world = World.__new__(World)
        world.path, world.one, world.version, world.con = folder / "state.sqlite", one, "", nothing
        done = take(world, given(world, credit_code=CODE[1]))
        assert done.refused is not allowed, wanted


def test_a_home_of_simulated_data_answers_exercises_only(tmp_path: Path) -> None:
    world = World(tmp_path)
    found = read_row("receipt", given(world, credit_code=CODE[1]))
    at = context(world.path, LATER, simulated=True)
    done = take_in(at, found, world.around, Origin(LATER, LATER))
    assert done.refused and "模拟" in done.bad[0].zh


def test_a_check_writes_nothing(world: World) -> None:
    found = read_row("receipt", given(world, credit_code=CODE[1]))
    done = take_in(context(world.path, LATER), found, world.around, Origin(LATER, LATER), check_only=True)
    assert (done.n_new, done.refused) == (0, False) and receipts(world.path, world.one) == []


def test_without_a_filed_list_who_should_answer_is_not_known(world: World) -> None:
    world.con.execute("UPDATE emergency.list_version SET filed_at = ?", [START + timedelta(days=1)])
    assert world.around().filed == FiledList(), "a list filed since is not the list in use"
    assert take(world, given(world, credit_code=CODE[1])).n_new == 1
    found = answers(world)
    assert (found["counts"]["expected"], found["notes"][0]["code"]) == (0, "no_list")
    assert [o["sender_id"] for o in found["others"]] == [CODE[1]]


def test_answers_are_only_added_to(world: World) -> None:
    take(world, given(world, credit_code=CODE[1]))
    row = {
        "credit_code": CODE[1],
        "window_start": "2026-12-03 00:00",
        "window_end": "2026-12-04 00:00",
        "cems_load_ratio": "1",
    }
    assert take(world, {"warning_id": world.one} | row, kind="verification").n_new == 1
    for table in ("receipt", "verification"):
        for statement in (f"UPDATE {table} SET note = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="只增"), state.writing(world.path) as con:
                con.execute(statement)


def test_a_state_file_of_the_version_before_takes_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "state.sqlite"
    known = state._migrations()
    monkeypatch.setattr(state, "_migrations", lambda: {n: m for n, m in known.items() if n != 3})
    old = kept(path).warning_id
    with state.reading(path) as con:
        before = [row[0] for row in con.execute("SELECT version FROM migration ORDER BY version")]
        assert not con.execute("SELECT 1 FROM sqlite_master WHERE name = 'receipt'").fetchone()
    monkeypatch.undo()
    assert receipts(path, old) == []
    with state.reading(path) as con:
        after = [row[0] for row in con.execute("SELECT version FROM migration ORDER BY version")]
        assert con.execute("SELECT state FROM warning").fetchone()[0] == "draft"
    assert before == [1, 2, 20] and after == [1, 2, 3, 20]


def test_the_mirror_and_the_digest_know_of_answers(world: World) -> None:
    con = duckdb.connect()
    con.execute(schema_sql())
    mirror(con, world.path)
    before = content_digest(con)
    assert is_mirrored(con, world.path)
    take(world, given(world, credit_code=CODE[1], note="=1+1"))
    assert not is_mirrored(con, world.path)
    assert mirror(con, world.path)["receipt"] == 1 and is_mirrored(con, world.path)
    assert content_digest(con) != before
    assert con.execute(
        "SELECT warning_id, sender_kind, sender_id, answered_at, status, note, source, source_line, entered_by"
        " FROM emergency.receipt"
    ).fetchall() == [(world.one, "enterprise", CODE[1], NOON, "done", "=1+1", "r.csv", 2, "值班员")]
    con.close()


def test_answers_before_the_approval_of_this_minute_are_told_apart(world: World) -> None:
    assert take(world, given(world, NOW, credit_code=CODE[1])).n_new == 1, "in the minute of the approval"
