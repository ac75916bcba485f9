"""``fenwei list response``: what is written for drafts, warnings, lifted ones, cities without a list; nothing half-written."""

import json
import shutil
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))

from list_worlds import line, totals
from response_worlds import HOSTILE, a_firm, a_response, bare

from dashboards.emission_list.template import write_list
from pipelines.cli.common import report_error
from pipelines.cli.main import app
from pipelines.emergency.life.machine import LifeError
from pipelines.emergency.response import products, swap
from pipelines.emergency.response.products import (
    MANIFEST,
    UnknownEnterpriseError,
    chosen_kinds,
    write_response,
)
from pipelines.emergency.response.writers import KINDS, OF_DRAFTS, OF_LISTS
from pipelines.home import open_home, remember
from warehouse.store import open_read_only

NOW = "2026-12-01T16:00"
PAPERS = (
    "--by",
    "张三",
    "--office",
    "副市长",
    "--body",
    "西安市应急指挥部",
    "--document",
    "市预警〔2026〕1号",
)
BULLETIN = """发布时间,城市代码,预报日期,AQI下限,AQI上限,首要污染物
2026-12-01 15:00,{0},2026-12-03,150,170,PM2.5
2026-12-01 15:00,{0},2026-12-04,200,220,PM2.5
2026-12-01 15:00,{0},2026-12-05,200,230,PM2.5
2026-12-01 15:00,{0},2026-12-06,80,100,PM2.5
2026-12-01 15:00,{0},2026-12-07,80,100,PM2.5
"""


def fenwei(home: Path, *words: object, code: int = 0) -> Any:
    given = [str(word) for word in (*words, "--home", home)]
    result = CliRunner().invoke(app, given)
    failed = result.exception is not None and not isinstance(result.exception, SystemExit)
    found = report_error(result.exception) if failed and result.exception else result.exit_code
    assert found == code, result.output + repr(result.exception)
    return json.loads(result.stdout) if "--json" in words else result.output


def drafted(home: Path, city: str) -> str:
    path = home.parent / f"{city}.csv"
    path.write_text(BULLETIN.format(city), encoding="utf-8")
    fenwei(home, "warning", "draft", "--forecast", path, "--save", "--as-of", NOW)
    found = fenwei(home, "warning", "list", "--city", city, "--json")
    return str(found[-1]["warning_id"])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A home with a filed list for Xi'an, an approved warning there and a draft for Taiyuan, which has no list."""
    home = tmp_path_factory.mktemp("response") / "home"
    remember(open_home(home), publish_site=False)
    rows = [
        line(1, n, orange_text="限产30%", base_so2_kgd=1000, base_nox_kgd=100, county_name="长安区")
        for n in (1, 2)
    ] + [line(2, 1, orange_text="停产", base_pm_kgd=500, county_name="临潼区", firm_name=HOSTILE[3])]
    path = home.parent / "list.xlsx"
    write_list(path, {"enterprise": rows, "total": totals(2_500, 1_000, 1_000, 1)})
    filing = ("--file", "--by", "王工", "--document", "市环函〔2026〕1号", "--as-of", "2026-11-20T09:00")
    fenwei(home, "list", "import", path, "--city", "西安", "--year", 2026, *filing)
    approved, other = drafted(home, "610100"), drafted(home, "140100")
    fenwei(home, "warning", "approve", approved, *PAPERS, "--as-of", NOW)
    return home, approved, other


@pytest.fixture
def world(made: tuple[Path, str, str], tmp_path: Path) -> tuple[Path, str, str]:
    shutil.copytree(made[0], tmp_path / "home", symlinks=True)
    return tmp_path / "home", made[1], made[2]


def response(home: Path, warning_id: str, *more: object, code: int = 0) -> Any:
    return fenwei(home, "list", "response", warning_id, "--as-of", NOW, *more, code=code)


def test_every_document_of_an_approved_warning(world: tuple[Path, str, str]) -> None:
    home, warning_id, _ = world
    told = response(home, warning_id, "--json")
    folder = Path(told["folder"])
    assert folder == home.absolute() / "outbox" / "response" / f"【演练】{warning_id}"
    assert [p["kind"] for p in told["products"]] == [
        *("workbook", "notices", "notices", "placards", "placards"), "letter", "sms", "public", "long_image", "json", "cap",
    ]  # fmt: skip
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        [MANIFEST, *(p["name"] for p in told["products"])]
    )
    assert all(
        p["name"].startswith("【演练】西安市橙色预警Ⅱ级响应") and Path(p["path"]).stat().st_size
        for p in told["products"]
    )
    assert (told["list_version"]["version_id"], told["list_version"]["document_no"]) == (
        "L-610100-2026-1",
        "市环函〔2026〕1号",
    )
    assert [p for p in folder.parent.iterdir() if p.name.startswith(".") and p.name != ".lock"] == []


def test_the_ratios_told_are_those_of_the_database(world: tuple[Path, str, str]) -> None:
    home, warning_id, _ = world
    told = response(home, warning_id, "--only", "workbook", "--json")
    with closing(open_read_only(open_home(home).published)) as con:
        kept = con.execute(
            "SELECT pollutant, cut_kgd::VARCHAR, verdict FROM emergency.reduction"
            " WHERE version_id = 'L-610100-2026-1' AND basis = 'filed' AND level = 'orange'"
        ).fetchall()
    assert sorted(
        (r["pollutant"], r["cut_kgd"], r["verdict"]) for r in told["reductions"] if r["basis"] == "filed"
    ) == sorted(kept)
    assert {r["response_day"] for r in told["reductions"] if r["basis"] == "day"} == {"2026-12-03"}


def test_the_screen_names_the_list_and_the_shortfall(world: tuple[Path, str, str]) -> None:
    told = response(world[0], world[1], "--only", "workbook")
    for expected in (
        "L-610100-2026-1",
        "市环函〔2026〕1号",
        "未达到 not met",
        "响应日 on the day",
        "3 ",
        "响应清单",
    ):
        assert expected in told


def test_a_draft_has_marked_documents_only(world: tuple[Path, str, str]) -> None:
    home, approved, _ = world
    draft = drafted(home, "610300")
    told = response(home, draft, "--json")
    assert [p["kind"] for p in told["products"]] == list(OF_DRAFTS)
    assert all("【草稿】" in p["name"] for p in told["products"]) and "【草稿】" in told["folder"]
    for kind in set(KINDS) - set(OF_DRAFTS):
        refused = response(home, draft, "--only", kind, "--json", code=1)
        assert refused["refused"] in ("not_approved", "no_list")
    assert approved not in told["folder"]


def test_the_approval_replaces_the_folder_of_the_draft(world: tuple[Path, str, str]) -> None:
    home, _, draft = world
    before = Path(response(home, draft, "--json")["folder"])
    assert before.name == f"【演练】【草稿】{draft}" and before.exists()
    fenwei(home, "warning", "approve", draft, *PAPERS, "--as-of", NOW)
    after = Path(response(home, draft, "--json")["folder"])
    assert after.name == f"【演练】{draft}" and after.exists() and not before.exists()


def test_a_city_without_a_list_has_documents_and_says_so(world: tuple[Path, str, str]) -> None:
    home, _, draft = world
    fenwei(home, "warning", "approve", draft, *PAPERS, "--as-of", NOW)
    told = response(home, draft, "--json")
    assert told["list_version"] is None and told["reductions"] == []
    assert "没有已备案" in told["notes"][0]["zh"]
    assert {p["kind"] for p in told["products"]} == set(KINDS) - set(OF_LISTS)
    assert response(home, draft, "--only", "notices", "--json", code=1)["refused"] == "no_list"
    response(home, draft, "--enterprise", "91", code=1)


def test_a_lifted_warning_has_the_documents_of_its_lifting(world: tuple[Path, str, str]) -> None:
    home, warning_id, _ = world
    response(home, warning_id)
    later = "2026-12-05T16:00"
    why = (
        "--reason",
        "会商",
        "--by",
        "张三",
        "--office",
        "副市长",
        "--body",
        "西安市应急指挥部",
        "--document",
        "市预警〔2026〕2号",
    )
    fenwei(home, "warning", "lift", warning_id, *why, "--as-of", later)
    told = fenwei(home, "list", "response", warning_id, "--as-of", later, "--json")
    assert told["notice"] == "lift" and any(p["name"].endswith("公文_解除.docx") for p in told["products"])
    folder = Path(told["folder"])
    assert not list(folder.glob("*公文_发布*"))
    assert "已解除" in next(folder.glob("*通知单_长安区*")).read_text(encoding="utf-8")


def test_one_enterprise_gets_its_own_folder(world: tuple[Path, str, str], tmp_path: Path) -> None:
    home, warning_id, _ = world
    code = line(2)["credit_code"]
    told = response(home, warning_id, "--enterprise", code.lower(), "--to", tmp_path / "out", "--json")
    assert [p["kind"] for p in told["products"]] == ["notices", "placards"]
    assert Path(told["folder"]) == tmp_path / "out" / f"【演练】{warning_id}_{code}"
    text = Path(told["products"][0]["path"]).read_text(encoding="utf-8")
    assert code in text and line(1)["credit_code"] not in text and "<script>" not in text
    assert not (home / "outbox" / "response" / f"【演练】{warning_id}").exists()
    assert response(home, warning_id, "--enterprise", "91000000XXXX", code=2) == ""


def test_wrong_words_and_unknown_warnings(world: tuple[Path, str, str], tmp_path: Path) -> None:
    home, warning_id, _ = world
    assert response(home, "W-610100-1", "--json", code=1)["refused"] == "unknown_warning"
    response(home, warning_id, "--only", "workbook,pdf", code=2)
    response(home, warning_id, "--only", ",", code=2)
    (tmp_path / "file").write_text("x")
    response(home, warning_id, "--to", tmp_path / "file", code=2)
    response(tmp_path / "empty", warning_id, code=2)


def test_the_code_of_the_bureau_goes_into_cap(world: tuple[Path, str, str]) -> None:
    home, warning_id, _ = world
    toml = home / "fenwei.toml"
    toml.write_text('[warning]\nagency = "016"\n', encoding="utf-8")
    (product,) = response(home, warning_id, "--only", "cap", "--json")["products"]
    assert "61010001600000" in Path(product["path"]).read_text(encoding="utf-8")
    toml.write_text('[warning]\nagency = "x"\n', encoding="utf-8")
    response(home, warning_id, "--only", "cap", code=2)


def names(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def test_only_keeps_what_is_of_the_same_decision(tmp_path: Path) -> None:
    first = write_response(a_response(), tmp_path, ["workbook", "notices", "public"])
    folder = first[0].path.parent
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.name != MANIFEST}
    again = write_response(a_response(), tmp_path, ["public"])
    assert [p.kind for p in again] == ["public"]
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.name != MANIFEST} == before
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert {p["name"] for p in manifest["products"]} == set(before)
    changed = a_response(warning={"decided_at": datetime(2026, 12, 2)}, notice="extend")
    write_response(changed, tmp_path, ["public"])
    assert names(folder) == {MANIFEST, *(p.name for p in again)}


@pytest.mark.parametrize("at", range(6))
def test_an_interruption_leaves_the_old_folder_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    old = write_response(a_response(), tmp_path, ["notices"])[0].path.parent
    before = names(old)
    with monkeypatch.context() as patched:
        steps = Stops(patched, at)
        try:
            changed = {"decided_at": datetime(2026, 12, 2)}
            new = a_response(a_firm(1, county_name="临潼区"), warning=changed)
            write_response(new, tmp_path, ["public", "notices"])
        except KeyboardInterrupt:
            steps.died = True
    assert steps.died == (at < 5)
    seen = names(old) if old.exists() else before
    assert seen in (before, {MANIFEST, *(n for n in seen if "公众文稿" in n or "临潼" in n)})
    write_response(a_response(), tmp_path, ["notices"])
    assert names(old) == before
    assert names(tmp_path) == {".lock", old.name}


def test_what_a_killed_swap_moved_aside_comes_back(tmp_path: Path) -> None:
    (tmp_path / ".R.old").mkdir()
    (tmp_path / ".R.old" / "list").write_text("old")
    (tmp_path / ".R.next").mkdir()
    with pytest.raises(KeyboardInterrupt), swap.swapped_in(tmp_path, "R") as (staging, _):
        (staging / "list").write_text("new")
        raise KeyboardInterrupt
    assert (tmp_path / "R" / "list").read_text() == "old" and names(tmp_path) == {"R", ".lock"}
    with swap.swapped_in(tmp_path, "R") as (staging, before):
        assert (before / "list").read_text() == "old" and not names(staging)
        (staging / "list").write_text("new")
    assert (tmp_path / "R" / "list").read_text() == "new" and names(tmp_path) == {"R", ".lock"}


class Stops:
    """Dies at one of the moments in which a folder is swapped, without clearing up, as a killed process would."""

    def __init__(self, patched: pytest.MonkeyPatch, at: int):
        self.left, self.died = at, False
        self.rename, self.recover = Path.rename, swap._recover
        patched.setattr(Path, "rename", lambda path, target: self._step(self.rename, path, target))
        patched.setattr(swap, "_flush", lambda *a, **k: self._step(lambda: None))
        patched.setattr(swap, "_recover", lambda *a: None if self.died else self.recover(*a))
        patched.setattr(products, "_write_manifest", self._manifest(products._write_manifest))

    def _step(self, do: Any, *given: Any) -> Any:
        if self.left == 0 and not self.died:
            self.died = True
            raise KeyboardInterrupt
        self.left -= 1
        return do(*given)

    def _manifest(self, write: Any) -> Any:
        return lambda *given: self._step(write, *given)


def test_counties_that_become_alike_keep_their_own_files(tmp_path: Path) -> None:
    firms = [a_firm(1, county_name="a/b"), a_firm(2, county_name="a_b"), a_firm(3, county_name="长" * 300 + "1"),
             a_firm(4, county_name="长" * 300 + "2")]  # fmt: skip
    made = write_response(a_response(*firms), tmp_path, ["notices"])
    assert len({p.name for p in made}) == len(made) >= 3 and sum(p.n for p in made) == 4


def test_kinds_of_drafts_and_of_cities_without_a_list() -> None:
    draft = a_response(warning={"approved_at": None})
    assert chosen_kinds(draft) == list(OF_DRAFTS)
    assert chosen_kinds(bare()) == [kind for kind in KINDS if kind not in OF_LISTS]
    assert chosen_kinds(a_response(), ["cap", "workbook"]) == ["workbook", "cap"]
    with pytest.raises(LifeError):
        chosen_kinds(draft, for_enterprise=True)
    with pytest.raises(UnknownEnterpriseError, match="L-610100-2026-1"):
        write_response(a_response(), Path("/nonexistent"), enterprise="x\r\n")
