"""The demonstration ends in approved orange warnings of an exercise: list, documents, letters, all in the published file."""

import shutil
import signal
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from drill_homes import NOW, drill_home, published, run

from pipelines.due import due
from pipelines.emergency import simulated
from pipelines.home import open_home
from pipelines.steps import RunContext
from warehouse import outbox
from warehouse.standards.marks import EXERCISE

TABLES = ("emergency.warning", "emergency.warning_event", "emergency.reduction", "ops.check_result")
CHILD = """
import os, signal, sys
sys.path.insert(0, {here!r})
from pathlib import Path
from drill_homes import NOW, run
from pipelines import steps
from pipelines.emergency import drafting, simulated
from pipelines.emergency.life import commands
from pipelines.home import open_home
from warehouse.standards.marks import EXERCISE

def kill(*args, **options):
    os.kill(os.getpid(), signal.SIGKILL)

def after(real, times=1):
    done = []
    def both(*args, **options):
        result = real(*args, **options)
        done.append(1)
        if len(done) == times:
            kill()
        return result
    return both

home = open_home(Path({home!r}))
{patch}
{work}
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """Files of the demonstration, made once."""
    return drill_home(tmp_path_factory.mktemp("drill") / "home").root


def copy_of(root, to):
    """The files at another place; the same content under another path."""
    shutil.copytree(root, to, symlinks=True)
    return open_home(to)


@pytest.fixture(scope="module")
def taken_in(prepared, tmp_path_factory):
    """The same after its run, nothing decided."""
    home = copy_of(prepared, tmp_path_factory.mktemp("taken") / "home")
    report = run(home)
    assert report.success, report.errors
    return home


@pytest.fixture(scope="module")
def untouched(taken_in, tmp_path_factory):
    """A copy of it, made before anything is decided."""
    return copy_of(taken_in.root, tmp_path_factory.mktemp("untouched") / "home").root


@pytest.fixture(scope="module")
def done(taken_in, untouched):
    return taken_in, simulated.decide(taken_in, NOW)


def letters(home):
    return [
        message_from_bytes(p.read_bytes(), policy=policy.default) for p in home.root.glob("outbox/*/*.eml")
    ]


def test_some_cities_are_approved_some_wait_some_have_none(done):
    home, decided = done
    rows = {r["city_code"]: r for r in published(home, "emergency.warning")}
    approved = {code for code, r in rows.items() if r["state"] == "started"}
    assert approved == set(simulated.APPROVED) == {r.city_code for r in decided.approved}
    assert {rows[c]["level"] for c in approved} == {"orange"}
    waiting = {r["level"] for r in rows.values() if r["state"] == "draft"}
    assert waiting == {"orange", "yellow"}
    assert 0 < 13 - len(rows) < 13


def test_what_the_simulated_people_did_is_marked_and_the_rule_is_not_hidden(done):
    home, _ = done
    assert {r["kind"] for r in published(home, "emergency.warning")} == {"drill"}
    decisions = [e for e in published(home, "emergency.warning_event") if e["decided_by"]]
    assert {e["action"] for e in decisions} == {"approve", "start"}
    assert all(e["decided_by"].startswith(EXERCISE) for e in decisions)
    approvals = [e for e in decisions if e["action"] == "approve"]
    assert all(e["reason"] and e["rule_met"] is False and e["level"] == e["level_rule"] for e in approvals)


def test_the_documents_of_the_response_are_there(done):
    home, decided = done
    forms = {path for path in decided.products if path.parent.name == "receipts"}
    assert len(forms) == len(decided.approved)
    folders = {path.parent for path in decided.products if path not in forms}
    assert {f.name for f in folders} == {f"{EXERCISE}{r.warning_id}" for r in decided.approved}
    for folder in folders:
        assert folder.parent == home.root / "outbox" / "response"
        assert {".xlsx", ".docx", ".html", ".csv", ".txt", ".json", ".xml"} <= {
            p.suffix for p in folder.iterdir()
        }
    assert all(path.name.startswith(EXERCISE) and path.stat().st_size for path in decided.products)


def test_everybody_gets_letters_marked_as_an_exercise_and_all_are_delivered_as_files(done):
    home, _ = done
    found = letters(home)
    assert found and all(m["subject"].startswith(EXERCISE) for m in found)
    rows = outbox.rows(home.state)
    assert {r["state"] for r in rows} == {"sent"} and {r["sent_by"] for r in rows} == {"file"}
    told = {(r["kind"], r["recipient"].partition("@")[0]) for r in rows}
    assert {("warning_notice", who) for who in ("duty", "leader", "xian", "weinan")} <= told
    assert {who for kind, who in told if kind == "warning_draft"} == {"duty"}
    notices = [m for m in found if "橙色" in m["subject"] and "建议" not in m["subject"]]
    names = [p.get_filename() or "" for m in notices for p in m.walk()]
    assert any(name.endswith(".xlsx") for name in names)


def test_the_same_again_changes_nothing(done):
    home, decided = done
    before = {t: published(home, t) for t in TABLES}
    version = (home.publish / "current").resolve()
    sent = {p: p.read_bytes() for p in home.root.glob("outbox/*/*.eml")}
    written = {p: p.read_bytes() for p in decided.products}
    assert run(home).success
    again = simulated.decide(home, NOW)
    assert (home.publish / "current").resolve() == version
    assert {t: published(home, t) for t in TABLES} == before
    assert {p: p.read_bytes() for p in home.root.glob("outbox/*/*.eml")} == sent
    assert {p: p.read_bytes() for p in again.products} == written
    assert not due(RunContext(home, NOW, command="run")).anything


def killed(home, patch, work):
    code = CHILD.format(here=str(Path(__file__).parent), home=str(home.root), patch=patch, work=work)
    child = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], timeout=600, check=False
    )
    assert child.returncode == -signal.SIGKILL


def comes_out_the_same(home, decided, done):
    whole, undisturbed = done
    for table in TABLES[:3]:
        assert _unordered(published(home, table)) == _unordered(published(whole, table)), table
    names = {p.relative_to(home.root) for p in decided.products}
    assert names == {p.relative_to(whole.root) for p in undisturbed.products}
    assert _told(home) == _told(whole)


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "patch",
    [
        "commands.approve = after(commands.approve, 2)",
        pytest.param("simulated.queue_warnings = after(simulated.queue_warnings)", marks=SLOW),
        pytest.param("commands.start = after(commands.start)", marks=SLOW),
        "simulated._documents = after(simulated._documents, 2)",
        pytest.param("simulated.tick = after(simulated.tick)", marks=SLOW),
    ],
    ids=[
        "two of three approved",
        "approved, notices put in",
        "one response started",
        "documents of two of three, no letters",
        "letters delivered, nothing published",
    ],
)
def test_killed_between_approval_documents_and_letters(untouched, done, tmp_path, patch):
    home = copy_of(untouched, tmp_path / "home")
    killed(home, patch, "simulated.decide(home, NOW)")
    comes_out_the_same(home, simulated.decide(home, NOW), done)


@pytest.mark.parametrize(
    "patch",
    [
        "drafting.drafts.save = after(drafting.drafts.save)",
        pytest.param("steps.publish_step = kill", marks=SLOW),
    ],
    ids=["drafts kept, not noted", "before the publication"],
)
def test_killed_while_the_run_drafts(prepared, done, tmp_path, patch):
    home = copy_of(prepared, tmp_path / "home")
    killed(home, patch, "run(home)")
    assert due(RunContext(home, NOW, command="run")).anything
    assert run(home).success
    comes_out_the_same(home, simulated.decide(home, NOW), done)


def _unordered(rows):
    """Rows without the numbers of their entry, which an interruption may shift."""
    return sorted(str({k: v for k, v in row.items() if k != "event_id"}) for row in rows)


def _told(home):
    """Who was told of what kind of letter; an interruption may part a letter of three cities in two."""
    return {(r["recipient"], r["kind"]) for r in outbox.rows(home.state)}
