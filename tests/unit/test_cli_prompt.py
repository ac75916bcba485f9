import io

import pytest
from rich.console import Console

from dashboards.terminal.rows import render_rows
from pipelines.cli.prompt import HELP, ended, history, meant, run_prompt
from pipelines.query import QueryError


class Listener:
    """Takes what the prompt asks for and writes it down."""

    def __init__(self):
        self.ran, self.described, self.recipes, self.chosen, self.said = [], [], [], [], []

    def run(self, text):
        self.ran.append(text)
        if "bad" in text:
            raise QueryError("not a query")
        if "long" in text:
            raise KeyboardInterrupt

    def describe(self, name):
        self.described.append(name)

    def recipe(self, name, values):
        self.recipes.append((name, values))

    def read_class(self, klass):
        self.chosen.append(klass)

    def say(self, line):
        self.said.append(line)


@pytest.fixture
def talk():
    """Type lines into the prompt; gives who was talked to."""

    def typed(*lines):
        left, partner = iter(lines), Listener()

        def read(prompt):
            line = next(left, EOFError)
            if isinstance(line, type):
                raise line
            return line

        run_prompt(partner, read)
        return partner

    return typed


def test_a_statement_runs_at_its_semicolon(talk):
    assert talk("", "SELECT 1", "  + 1;", "SELECT 2；").ran == ["SELECT 1\n  + 1;", "SELECT 2"]


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("SELECT 1;", True),
        ("SELECT 1; -- why", True),
        ("SELECT 1; /* why; */  ", True),
        ("SELECT 1 -- ;", False),
        ("SELECT ';", False),
        ("SELECT 'a;\nb;'", False),
        ("SELECT 'it''s';", True),
        ('SELECT 1 AS "a;', False),
        ("SELECT $$a;", False),
        ("SELECT $x$a;$x$;", True),
        ("/* a;", False),
        ("/* a; */", False),
        ("SELECT '；'；", True),
    ],
)
def test_a_semicolon_ends_a_statement_outside_quotes_and_comments_only(text, done):
    assert ended(text) is done


def test_nothing_but_comments_runs_nothing(talk):
    assert talk("-- only a remark", ";", "SELECT 1;").ran == ["SELECT 1;"]
    assert meant("/* a */ ; -- b") == ""


def test_commands(talk):
    partner = talk(
        ".tables", ".describe 城市日报", ".recipes", ".recipe coal_gap year=2026;", ".class", ".class public",
        ".help", ".nonsense", ".recipe", ".quit", "SELECT 1;",
    )  # fmt: skip
    assert partner.described == ["", "城市日报"]
    assert partner.recipes == [("", []), ("coal_gap", ["year=2026"])]
    assert partner.chosen == ["", "public"]
    assert partner.said.count(HELP) == 3
    assert partner.ran == []


def test_a_full_stop_inside_a_statement_is_no_command(talk):
    assert talk("SELECT 1", ".5;").ran == ["SELECT 1\n.5;"]


def test_an_error_is_told_and_the_prompt_goes_on(talk):
    partner = talk("bad;", "SELECT 1;")
    assert partner.ran == ["bad;", "SELECT 1;"]
    assert "not a query" in partner.said


def test_an_interruption_drops_what_was_typed_or_stops_the_query(talk):
    assert talk("SELECT", KeyboardInterrupt, "SELECT 1;").ran == ["SELECT 1;"]
    partner = talk("long;", "SELECT 1;")
    assert partner.ran == ["long;", "SELECT 1;"] and "已中断 interrupted" in partner.said


def test_history_is_kept_for_its_owner_only_and_names_are_completed(tmp_path):
    readline = pytest.importorskip("readline")
    path = tmp_path / "sql_history"
    with history(path, {"air.city_day", "coal_gap"}):
        readline.clear_history()
        readline.add_history("SELECT '西安';")
        complete = readline.get_completer()
        assert (complete("air.c", 0), complete("air.c", 1), complete(".ta", 0)) == (
            "air.city_day",
            None,
            ".tables",
        )
    assert path.stat().st_mode & 0o777 == 0o600
    readline.clear_history()
    with history(path):
        assert readline.get_history_item(1) == "SELECT '西安';"
    readline.clear_history()
    with history(tmp_path / "no" / "such" / "folder"):
        pass


def test_a_very_long_text_is_cut_on_a_terminal_and_says_so():
    console = Console(width=200, file=io.StringIO())
    rows = [("短",), ("长" * 1_000_000,)]
    console.print(*render_rows(["文"], ["VARCHAR"], rows, more=False, about={}))
    said = console.file.getvalue()
    assert "短" in said and "998,000" in said and said.count("长") == 2_000
