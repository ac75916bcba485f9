"""The commands of emission lists: template, import, filing, what there is, what changed, whether it is enough."""

from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboards.emission_list.screen import render_check, render_diff, render_import, render_versions
from dashboards.terminal.screen import console_for, show
from pipelines.cli import emission_list_response
from pipelines.cli.common import (
    DONE,
    REJECTED,
    AsOfOption,
    HomeOption,
    JsonOption,
    UseError,
    command_group,
    day_option,
    is_simulated,
    print_json,
    read_published,
    the_home,
    the_moment,
    writing,
)
from warehouse.standards.list_spec import LIST_LEVELS

lists = command_group(
    "应急减排清单：样表、导入、备案、核对、比较 | emission lists: template, import, filing, check, diff"
)
ByOption = Annotated[
    str | None, typer.Option("--by", help="登记备案的人 | who registers it as filed", show_default=False)
]
DocumentOption = Annotated[
    str | None,
    typer.Option("--document", help="备案文号 | number of the filing document", show_default=False),
]
CityOption = Annotated[
    str | None, typer.Option("--city", help="城市代码或名称 | city: 610100, 西安", show_default=False)
]
FILE_NAME = "应急减排清单样表.xlsx"


@lists.command("template", short_help="空白清单样表 | an empty list")
def template(
    to: Annotated[
        Path,
        typer.Option("--to", help="写入的文件夹或 .xlsx 文件 | folder or .xlsx file", show_default=False),
    ],
    as_json: JsonOption = False,
) -> None:
    """写出空白清单样表：企业生产线、移动源、非道路、扬尘源、全社会总量、说明 | write an empty list."""
    from dashboards.emission_list.template import write_list
    from pipelines.cli.answers import target

    if to.suffix.lower() == ".xlsx" and not to.is_dir():
        path = target(to)
    else:
        try:
            to.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UseError(
                f"--to {to}: 无法建立文件夹 cannot be made a folder: {error.strerror or error}"
            ) from None
        path = target(to / FILE_NAME)
    with writing(path):
        write_list(path)
    if as_json:
        print_json({"file": str(path.absolute())})
    else:
        next_step = "填好后 when filled in：fenwei list import 文件 FILE --city 城市 --year 年度"
        show(console_for(), str(path), next_step)


@lists.command("import", short_help="检查并导入清单 | check and take in a list")
def import_(
    file: Annotated[Path, typer.Argument(help="清单：xlsx、xls、csv | the list")],
    city: Annotated[
        str, typer.Option("--city", help="城市代码或名称 | city: 610100, 西安", show_default=False)
    ],
    year: Annotated[int, typer.Option("--year", help="清单年度 | year of the list", show_default=False)],
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping", help="列名对照 CSV：form,heading,column | mapping of headings", show_default=False
        ),
    ] = None,
    check_only: Annotated[bool, typer.Option("--check-only", help="只检查，不导入 | check only")] = False,
    file_it: Annotated[bool, typer.Option("--file", help="导入后登记备案 | register it as filed")] = False,
    by: ByOption = None,
    document: DocumentOption = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """检查整份清单，无错误的存为新版本并发布，有错误的整份退回 | a list without errors becomes a new version, as a whole."""
    from pipelines.cli.emission_list_import import Request, take_in

    the = the_home(home)
    if file_it and (check_only or not (by or "").strip() or not (document or "").strip()):
        raise UseError("--file 需要 needs --by 与 and --document，且不能与 and not --check-only")
    request = Request(file, city, year, mapping, check_only, by, document if file_it else None)
    result = take_in(the, the_moment(the, as_of), request)
    if as_json:
        print_json(result)
    else:
        show(console_for(), *render_import(result))
    raise typer.Exit(REJECTED if result["status"] == "rejected" else DONE)


@lists.command("file", short_help="登记备案 | register a version as filed")
def file_(
    version: Annotated[str, typer.Argument(help="版本 | version: L-610100-2026-1")],
    by: ByOption = None,
    document: DocumentOption = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """登记一个版本已备案；备案后冻结，修改须另行导入为新版 | register a version as filed: it is frozen from then on."""
    from pipelines.cli.emission_list_import import file_kept

    if not (by or "").strip() or not (document or "").strip():
        raise UseError("需要 needed: --by 姓名 NAME, --document 备案文号 NO")
    the = the_home(home)
    result = file_kept(the, the_moment(the, as_of), version, by=str(by), document_no=str(document))
    if as_json:
        print_json(result)
    else:
        said = "已登记备案 registered as filed" if result["new"] else "此前已登记 registered before"
        show(
            console_for(), f"{result['version_id']}：{said}，{result['document_no']}（{result['filed_by']}）"
        )


@lists.command("show", short_help="清单版本 | versions of lists")
def show_(
    version: Annotated[str | None, typer.Argument(help="版本 | version", show_default=False)] = None,
    city: CityOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """列出清单版本；给出版本时列出其企业、生产线与措施 | versions, or what one version holds."""
    from pipelines.emergency.emission_list.show import show_version, versions

    the = the_home(home)
    with closing(read_published(the)) as con:
        simulated = is_simulated(con)
        if version:
            held: dict[str, Any] = {"simulated": simulated} | show_version(con, version)
            _out(held, as_json, _render_version)
        else:
            _out({"simulated": simulated, "versions": versions(con, _city(city))}, as_json, render_versions)


@lists.command("diff", short_help="比较两个版本 | compare two versions")
def diff(
    old: Annotated[str, typer.Argument(help="旧版本 | old version")],
    new: Annotated[str, typer.Argument(help="新版本 | new version")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """逐值比较两个版本，附减排比例的变化 | compare two versions value by value, with what became of the ratios."""
    from pipelines.emergency.emission_list.diff import diff_versions

    with closing(read_published(the_home(home))) as con:
        _out({"simulated": is_simulated(con)} | diff_versions(con, old, new), as_json, render_diff)


@lists.command("check", short_help="核对清单与减排比例 | check lists and their ratios")
def check(
    version: Annotated[
        str | None, typer.Option("--version", help="版本；缺省为各城市最新 | version, default: the newest of each city",
                                 show_default=False),
    ] = None,
    city: CityOption = None,
    day: Annotated[
        str | None, typer.Option("--day", help="响应日：停产时段内的源上下同扣 | response day", show_default=False)
    ] = None,
    home: HomeOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:  # fmt: skip
    """核对完整性、等级、重复、共用炉窑、纸面减排，及各污染物占全社会的减排比例 | completeness, grades, and the ratios required."""
    from pipelines.emergency.emission_list.check import check_version
    from pipelines.emergency.emission_list.show import newest

    the = the_home(home)
    the_moment(the, as_of)
    on = day_option(day, "--day", judged=True) if day else None
    with closing(read_published(the)) as con:
        chosen = [version] if version else newest(con, _city(city))
        checks = [check_version(con, one, on) for one in chosen]
        _out({"simulated": is_simulated(con), "checks": checks}, as_json, render_check)


@lists.command("close-gap", short_help="修订清单时补足缺口 | what would close a shortfall, for a revision")
def close_gap_(
    version: Annotated[str, typer.Option("--version", help="草稿版本 | a draft version", show_default=False)],
    level: Annotated[str, typer.Option("--level", help="级别 | level: yellow, orange, red")] = "orange",
    weights: Annotated[
        Path | None,
        typer.Option(
            "--weights", help="各企业停产代价 CSV：credit_code,weight | cost by firm", show_default=False
        ),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """修订清单时，求补足缺口代价最小的措施，或证明做不到；不用于响应 | the cheapest further measures, or the proof of none."""
    from dashboards.emission_list.screen import render_gap
    from pipelines.cli.emission_list_import import read_weights
    from pipelines.emergency.emission_list.close_gap import NotForResponseError, close_gap

    if level not in LIST_LEVELS:
        raise UseError(f"--level {level!r}: {', '.join(LIST_LEVELS)}")
    given = read_weights(weights) if weights else None
    with closing(read_published(the_home(home))) as con:
        try:
            found = close_gap(con, version, level, given)
        except NotForResponseError as error:
            raise UseError(str(error)) from None
        _out({"simulated": is_simulated(con)} | found, as_json, render_gap)
    raise typer.Exit(REJECTED if found["status"] == "infeasible" else DONE)


def _city(given: str | None) -> str | None:
    from pipelines.cli.emission_list_import import city_code

    return city_code(given) if given else None


def _render_version(document: dict[str, Any]) -> Any:
    from dashboards.emission_list.screen import render_version

    return render_version(document)


def _out(document: dict[str, Any], as_json: bool, render: Any) -> None:
    if as_json:
        print_json(document)
    else:
        show(console_for(), *render(document))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    emission_list_response.register(lists)
    app.add_typer(lists, name="list")
