"""``fenwei bulletin --mail``: once to each who may see the class, a correction once more, a look back never."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bulletin_homes import OFFICE, home, letters
from test_bulletin_cli import run

from pipelines.home import Home
from warehouse import outbox

__all__ = ["home"]


def test_a_command_mails_once_and_a_correction_once(
    home: Callable[..., Home], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = home()

    def mail(*more: object) -> tuple[int, str, str]:
        how = (
            "bulletin",
            "--day",
            "latest",
            "--home",
            opened.root,
            "--to",
            tmp_path / "b",
            "--format",
            "docx",
            "--mail",
        )
        return run(capsys, *how, *more)  # fmt: skip

    assert mail()[0] == 0 and {to for _, to in letters(opened)} == OFFICE
    code, _, err = mail()
    assert code == 0 and "已发过" in err and len(letters(opened)) == 2
    assert mail("--class", "public")[0] == 0
    assert {to for key, to in letters(opened) if key.endswith(":public")} == {
        "xian@example.invalid",
        "weinan@example.invalid",
    }
    for _ in range(2):
        assert mail("--correction", "西安 PM2.5 更正为 35")[0] == 0
    mended = [row for row in outbox.rows(opened.state) if ":correction:" in row["letter_key"]]
    assert {row["recipient"] for row in mended} == OFFICE and len(mended) == 2
    assert all(row["subject"].startswith("【演练】【更正】【内部】") and row["exercise"] for row in mended)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--mail", "--class", "restricted"), "restricted"),
        (("--correction", "x"), "--correction"),
        (("--mail", "--correction", " "), "--correction"),
    ],
)
def test_what_is_not_mailed_is_told(
    home: Callable[..., Home],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    told: str,
) -> None:
    opened = home()
    code, _, err = run(
        capsys, "bulletin", "--day", "latest", "--home", opened.root, "--to", tmp_path / "b", *words
    )
    assert code == 2 and told in err and letters(opened) == [] and not (tmp_path / "b").exists()


def test_a_look_back_is_not_mailed(
    home: Callable[..., Home], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = home()
    # 实测的家目录，时钟走真实时间 | a measured home that lives by the clock
    (opened.root / "fenwei.toml").write_text("", encoding="utf-8")
    how = ("bulletin", "--day", "2026-03-09", "--home", opened.root, "--to", tmp_path / "b", "--mail")
    code, _, err = run(capsys, *how, "--as-of", "2019-03-10T09:00")
    assert code == 2 and "--as-of" in err and letters(opened) == []
