"""``fenwei bulletin`` from a published home: both classes, both kinds, templates, what is told when it cannot."""

import json
from pathlib import Path

import pytest

from pipelines.cli.common import report_error
from pipelines.cli.main import app


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    try:
        code = app([str(word) for word in words], standalone_mode=False)
    except Exception as error:
        code = report_error(error)
    told = capsys.readouterr()
    return (code if isinstance(code, int) else 0), told.out, told.err


def test_a_day_is_printed_to_copy_and_written(
    small_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(
        capsys,
        "bulletin",
        "--day",
        "2026-03-09",
        "--home",
        small_home,
        "--class",
        "public",
        "--to",
        tmp_path,
        "--format",
        "docx,txt",
    )
    assert code == 0, err
    assert out.startswith("【演练】汾渭平原空气质量日报\n2026年3月9日（星期一）")
    assert "会商用预报为内部资料，公开版不列" in out and "数据截至" in out
    assert "--class" not in out and "--class internal" in err
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [
        "【演练】汾渭平原空气质量日报_2026-03-09.docx",
        "【演练】汾渭平原空气质量日报_2026-03-09.txt",
    ]
    assert (tmp_path / names[1]).read_text(encoding="utf-8-sig") == out


def test_months_on_both_sides_of_a_new_standard(
    small_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {}
    for month in ("2026-02", "2026-03"):
        code, out, err = run(
            capsys,
            "bulletin",
            "--month",
            month,
            "--home",
            small_home,
            "--class",
            "internal",
            "--to",
            tmp_path / f"{month}.docx",
            "--json",
        )
        assert code == 0, err
        found[month] = json.loads(out)
    assert [found[m]["bulletin"]["month"]["standard_set"]["standard_set"] for m in found] == [
        "2012",
        "2026_transition",
    ]
    assert found["2026-03"]["bulletin"]["year"]["items"]["PM2.5"]["sufficient"] is False
    assert (
        "数据不足" in found["2026-02"]["text"]
        and "累计：各日 AQI 所用标准：2012年版标准、2026年版标准（过渡期）" in found["2026-03"]["text"]
    )
    assert (
        found["2026-02"]["bulletin"]["coal"] == [] and "没有本年度的煤炭消费目标" in found["2026-02"]["text"]
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["2026-02.docx", "2026-03.docx"]


def test_a_city_has_bulletins_of_its_own_and_public_ones_hold_nothing_internal(
    small_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for klass in ("internal", "public"):
        for when in (("--day", "2026-03-09"), ("--month", "2026-03")):
            how = (
                "bulletin",
                *when,
                "--city",
                "西安",
                "--class",
                klass,
                "--home",
                small_home,
                "--format",
                "docx,json",
            )
            code, out, err = run(capsys, *how, "--to", tmp_path / klass, "--json")
            assert code == 0, err
            made = json.loads(out)
            document = made["bulletin"]
            assert (
                document["region"]["name_zh"] == "西安市"
                and "汾渭平原" in document["region"]["ranked_in"]["name_zh"]
            )
            assert len(document.get("stations") or document["places"]) >= 3
            lacking = document["outlook"] if "--day" in when else document["coal"]
            assert (lacking is None) == (klass == "public")
            assert ("【内部】" in Path(made["files"][0]).name) == (klass == "internal")
            assert all(w["kind"] == "real" for w in document["warnings"]) or klass == "internal"
    code, _, err = run(capsys, "bulletin", "--day", "latest", "--city", "西安府", "--home", small_home)
    assert code == 2 and "西安府" in err


def test_templates_are_written_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "bulletin", "--template-to", tmp_path / "t", "--json")
    assert code == 0 and len(json.loads(out)["templates"]) == 18
    code, _, err = run(capsys, "bulletin", "--template-to", tmp_path / "t")
    assert code == 2 and "已有" in err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "--day"),
        (("--day", "2026-03-09", "--month", "2026-03"), 2, "--day"),
        (("--day", "昨天"), 2, "昨天"),
        (("--day", "2026-03-10"), 1, "2026-03-09"),
        (("--month", "2026"), 2, "2026-10"),
        (("--month", "2026-Q1"), 2, "2026-Q1"),
        (("--month", "2026-04"), 1, "2026-04"),
        (("--day", "latest", "--set", "2020"), 2, "2020"),
        (("--day", "latest", "--region", "火星"), 2, "火星"),
        (("--day", "latest", "--format", "doc"), 2, "doc"),
        (("--day", "latest", "--format", "docx", "--to", "a.pdf"), 2, "a.pdf"),
        (("--day", "latest", "--template", "absent.docx"), 2, "absent.docx"),
    ],
)
def test_wrong_use_is_told(
    small_home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    given = () if "--to" in words else ("--to", tmp_path)
    got, _, err = run(capsys, "bulletin", *words, "--home", small_home, *given)
    assert got == code and told in err, err


def test_nothing_published_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "bulletin", "--day", "latest", "--home", tmp_path)
    assert code == 2 and "fenwei run" in err
