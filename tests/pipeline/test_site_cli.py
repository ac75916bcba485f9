"""The commands of the page, on a published home."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli.common import UseError
from pipelines.cli.main import app


def call(*words: str):
    return CliRunner().invoke(app, list(words))


def test_the_page_is_built_into_a_folder_and_again(small_home: Path, tmp_path: Path):
    folder = tmp_path / "页面"
    for _ in range(2):
        done = call("site", "--home", str(small_home), "--to", str(folder), "--json")
        assert done.exit_code == 0, done.output
    summary = json.loads(done.stdout)
    assert {"city", "index", "region"} <= set(summary["views"])
    assert summary["n_written"] == 0 and summary["n_taken"] > 0
    assert (folder / "index.html").is_file()


def test_a_folder_of_something_else_is_left_alone(small_home: Path, tmp_path: Path):
    (tmp_path / "mine.html").write_text("x", encoding="utf-8")
    done = call("site", "--home", str(small_home), "--to", str(tmp_path))
    assert isinstance(done.exception, UseError) and "--to" in str(done.exception)
    assert (tmp_path / "mine.html").read_text(encoding="utf-8") == "x"


def test_there_is_nothing_to_serve_before_a_page_was_made(tmp_path: Path):
    done = call("serve", "--home", str(tmp_path / "home"), "--port", "0")
    assert isinstance(done.exception, UseError) and "fenwei run" in str(done.exception)


@pytest.mark.parametrize("klass", ["restricted", "x"])
def test_only_builds_for_people_are_shown(small_home: Path, tmp_path: Path, klass: str):
    done = call("site", "--home", str(small_home), "--to", str(tmp_path / "p"), "--class", klass)
    assert isinstance(done.exception, UseError) and "public" in str(done.exception)
