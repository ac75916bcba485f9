import pytest

from pipelines.cli.prompt import run_prompt
from pipelines.query import QueryError


@pytest.fixture
def talk():
    """Type lines into the prompt; gives what was run, what was described and what was said."""

    def typed(*lines):
        ran, described, said = [], [], []
        left = iter(lines)

        def read(prompt):
            line = next(left, EOFError)
            if isinstance(line, type):
                raise line
            return line

        def run(text):
            ran.append(text)
            if "bad" in text:
                raise QueryError("not a query")

        run_prompt(run, described.append, said.append, read)
        return ran, described, said

    return typed


def test_a_statement_runs_at_its_semicolon(talk):
    assert talk("", "SELECT 1", "  + 1;", "SELECT 2；")[0] == ["SELECT 1\n  + 1;", "SELECT 2"]


def test_commands(talk):
    ran, described, said = talk(".tables", ".describe 城市日报", ".help", ".nonsense", ".quit", "SELECT 1;")
    assert (ran, described) == ([], ["", "城市日报"])
    assert sum(".describe" in line for line in said) == 2


def test_a_full_stop_inside_a_statement_is_no_command(talk):
    assert talk("SELECT 1", ".5;")[0] == ["SELECT 1\n.5;"]


def test_an_error_is_told_and_the_prompt_goes_on(talk):
    ran, _, said = talk("bad;", "SELECT 1;")
    assert ran == ["bad;", "SELECT 1;"]
    assert "not a query" in said


def test_an_interruption_drops_what_was_typed(talk):
    assert talk("SELECT", KeyboardInterrupt, "SELECT 1;")[0] == ["SELECT 1;"]
