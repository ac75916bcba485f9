"""The state file: migrations, two processes at once, death at any moment, nothing rewritten, its mirror."""

import multiprocessing
import os
import signal
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from warning_homes import FULL, NOW, context, kept, running

from pipelines.emergency.life import commands, store
from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.life.mirror import mirror
from pipelines.emergency.life.papers import Papers
from warehouse import decisions, state
from warehouse.store import schema_sql

FORK = multiprocessing.get_context("fork")
OLD = """
CREATE TABLE decision (decision_id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, sha256 TEXT,
    decided_by TEXT NOT NULL, decided_at TEXT NOT NULL, note TEXT);
INSERT INTO decision VALUES (7, 'accept_file', 'a.csv', 'ab', '张三', '2026-01-02 03:04:05', NULL);
"""


def test_a_file_from_before_migrations_keeps_its_decisions(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    old = sqlite3.connect(path)
    old.executescript(OLD)
    columns = old.execute("PRAGMA table_info(decision)").fetchall()
    old.close()
    assert [(d.decision_id, d.subject) for d in decisions.decisions(path)] == [(7, "a.csv")]
    assert decisions.record(path, "accept_file", "b.csv", "cd", "李四", datetime(2026, 1, 3)) == 8
    assert decisions.accepted_files(path) == {("a.csv", "ab"), ("b.csv", "cd")}
    assert kept(path).state == "draft"
    with state.reading(path) as con:
        assert [tuple(row) for row in con.execute("PRAGMA table_info(decision)")] == columns
        assert con.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_every_migration_is_applied_once_and_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    for _ in range(2):
        with state.writing(path) as con:
            versions = [row[0] for row in con.execute("SELECT version FROM migration ORDER BY version")]
    assert versions[:2] == [1, 2] and len(set(versions)) == len(versions)
    with state.writing(path) as con:
        con.execute("INSERT INTO migration VALUES (999, 'later', '')")
    with pytest.raises(state.StateError, match="999"), state.reading(path):
        pass


def test_what_is_no_database_is_told_by_name(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    path.write_bytes(b"not a database, but long enough to look at" * 40)
    with pytest.raises(state.StateError, match=r"state\.sqlite"), state.reading(path):
        pass


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with pytest.raises(RuntimeError), state.writing(path) as con:
        con.execute(
            "INSERT INTO decision (kind, subject, decided_by, decided_at) VALUES ('k', 's', 'b', 't')"
        )
        raise RuntimeError
    with state.reading(path) as con:
        assert con.execute("SELECT count(*) FROM decision").fetchone()[0] == 0


def _first_opening(path, gate, n):
    gate.wait()
    decisions.record(path, "k", str(n), None, "a", NOW)


@pytest.mark.parametrize("again", range(12))  # chance decides who meets whom
def test_many_processes_may_open_a_new_file_at_once(tmp_path: Path, again: int) -> None:
    path, gate = tmp_path / "state.sqlite", FORK.Event()
    many = [FORK.Process(target=_first_opening, args=(path, gate, n)) for n in range(6)]
    for each in many:
        each.start()
    gate.set()
    for each in many:
        each.join()
    assert [each.exitcode for each in many] == [0] * 6
    assert sorted(d.subject for d in decisions.decisions(path)) == [str(n) for n in range(6)]


def _approve(path, one, by, gate, told):
    gate.wait()
    try:
        done = commands.approve(context(path), one, replace(FULL, by=by))
        told.put((by, done.changed))
    except LifeError as error:
        told.put((by, error.code))


@pytest.mark.parametrize("second", ["王五", "张三"])
def test_two_processes_at_once_cannot_both_approve(tmp_path: Path, second: str) -> None:
    for n in range(5):
        path = tmp_path / f"{n}.sqlite"
        one = kept(path).warning_id
        gate, told = FORK.Event(), FORK.Queue()
        both = [FORK.Process(target=_approve, args=(path, one, by, gate, told)) for by in ("张三", second)]
        for each in both:
            each.start()
        gate.set()
        answers = [told.get(timeout=60) for _ in both]
        for each in both:
            each.join()
        won = [by for by, answer in answers if answer is True]
        lost = [answer for _, answer in answers if answer is not True]
        assert len(won) == 1
        assert lost == (["forbidden_transition"] if second == "王五" else [False])
        with state.reading(path) as con:
            found = [e.decided_by for e in store.events(con, one) if e.action == "approve"]
            assert found == won and store.get(con, one).approved_by == won[0]


def _die_at(path, one, where):
    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if where == "after_event":
        store.write_record = die
    elif where == "before_event":
        store._insert = die
    elif where == "before_commit":
        wrote = store.write_record

        def last(con: sqlite3.Connection, record: store.Record) -> None:
            wrote(con, record)
            die()

        store.write_record = last
    commands.approve(context(path), one, FULL)
    die()


@pytest.mark.parametrize(
    ("where", "after"),
    [
        ("before_event", "draft"),
        ("after_event", "draft"),
        ("before_commit", "draft"),
        ("after_commit", "approved"),
    ],
)
def test_a_killed_approval_has_happened_whole_or_not_at_all(tmp_path: Path, where: str, after: str) -> None:
    path = tmp_path / "state.sqlite"
    one = kept(path).warning_id
    child = FORK.Process(target=_die_at, args=(path, one, where))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    with state.reading(path) as con:
        assert store.get(con, one).state == after
        assert [e.action for e in store.events(con, one)] == ["draft", "approve"][: 1 + (after == "approved")]
    done = commands.approve(context(path), one, FULL)
    assert done.record.state == "approved" and done.changed == (after == "draft")


@pytest.mark.parametrize("table", ["warning_event", "warning_document", "superior_order_event"])
def test_history_is_only_added_to(tmp_path: Path, table: str) -> None:
    from pipelines.emergency.life.orders import enter
    from pipelines.emergency.proposal.orders import Order

    path = tmp_path / "state.sqlite"
    running(path)
    enter(context(path), [Order("610100", "red")], Papers("值班员"))
    column = {"warning_event": "reason", "warning_document": "content", "superior_order_event": "reason"}[
        table
    ]
    for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="只增"), state.writing(path) as con:
            con.execute(statement)


def test_the_mirror_holds_what_the_state_file_holds(tmp_path: Path) -> None:
    from pipelines.emergency.life.orders import enter
    from pipelines.emergency.proposal.orders import Order

    path = tmp_path / "state.sqlite"
    con = duckdb.connect()
    con.execute(schema_sql())
    nothing = {"warning": 0, "warning_event": 0, "superior_order": 0, "receipt": 0, "verification": 0}
    assert mirror(con, path) == nothing
    assert not path.exists(), "looking makes no file"
    record = running(path)
    enter(context(path), [Order("610100", "red")], Papers("值班员"))
    for _ in range(2):
        con.execute("BEGIN")
        counts = mirror(con, path)
        con.execute("COMMIT")
    assert counts == nothing | {"warning": 1, "warning_event": 4, "superior_order": 1}
    assert con.execute(
        "SELECT warning_id, kind, state, level, start_at, approved_at, document_no FROM emergency.warning"
    ).fetchall() == [
        (record.warning_id, "real", "started", "orange", datetime(2026, 12, 3), NOW, FULL.document)
    ]
    assert con.execute(
        "SELECT action, state_to, rule_met, as_of FROM emergency.warning_event ORDER BY event_id"
    ).fetchall() == [
        ("draft", "draft", None, NOW),
        ("approve", "approved", True, NOW),
        ("start", "started", None, NOW),
        ("order", "started", None, NOW),
    ]
    con.close()
