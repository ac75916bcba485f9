"""Commands for the page: look at it in a browser, build it into a folder for trying."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.common import (
    AsOfOption,
    HomeOption,
    JsonOption,
    UseError,
    out,
    print_json,
    the_home,
    the_moment,
)
from warehouse.classes import CLASSES, RESTRICTED

PORT = 8765
WITH_PAGE = tuple(name for name in CLASSES if name != RESTRICTED)
"""Classes whose builds have a page."""


def serve(
    home: HomeOption = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="端口，0 为任选 | port, 0 picks one")
    ] = PORT,
) -> None:
    """在本机浏览器查看页面，只读，只听 127.0.0.1，Ctrl-C 结束 | look at the page in a browser of this machine, reading only."""
    from pipelines.site.serving import make_server

    folder = the_home(home).publish / "site"
    if not (folder / "index.html").is_file():
        raise UseError(
            f"{folder}: 还没有页面，请先运行 fenwei run 或 fenwei site --to 目录"
            " | there is no page yet: run `fenwei run`, or `fenwei site --to FOLDER`"
        )
    try:
        server = make_server(folder, port)
    except OSError as error:
        raise UseError(
            f"--port {port}: 无法监听 cannot listen: {error.strerror}，请换一个 | try another, or 0"
        ) from error
    with server:
        out.print(f"http://127.0.0.1:{server.server_port}/", markup=False)
        out.print("按 Ctrl-C 结束 | Ctrl-C ends", markup=False)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            out.print("已结束 | ended", markup=False)


def site(
    to: Annotated[Path, typer.Option("--to", help="目录 | folder")],
    home: HomeOption = None,
    as_of: AsOfOption = None,
    outlines: Annotated[
        Path | None,
        typer.Option("--outlines", help="城市轮廓 GeoJSON | outlines of cities", show_default=False),
    ] = None,
    klass: Annotated[
        str, typer.Option("--class", help="版本：public 公开，internal 内部 | build: public, internal")
    ] = "internal",
    as_json: JsonOption = False,
) -> None:
    """把页面生成到一个目录，可直接打开其中的 index.html | build the page into a folder; open its index.html."""
    from pipelines.site.build import build_site

    if klass not in WITH_PAGE:
        raise UseError(f"--class {klass}: 应为 expected {', '.join(WITH_PAGE)}")
    opened = the_home(home)
    database = opened.build(klass)
    if not database.exists():
        raise UseError(f"{database}: 尚未发布数据 | nothing is published here yet")
    drawn = outlines or opened.path_of(opened.settings.city_outlines)
    summary = build_site(database, _empty_or_ours(to), the_moment(opened, as_of), outlines=drawn)
    if as_json:
        print_json(vars(summary))
        return
    out.print(
        f"页面 page: {summary.folder / 'index.html'}\n"
        f"{len(summary.views)} 个视图 views，{summary.n_charts} 张图 charts，{summary.n_files} 个文件 files"
        f"（{summary.n_written} 新写 written），{summary.n_bytes / 1e6:.1f} MB",
        markup=False,
    )


def _empty_or_ours(folder: Path) -> Path:
    """Refuse a folder that holds something else, whose pages would be swept away."""
    ours = (folder / "assets").is_dir() and (folder / "index.html").is_file()
    if folder.exists() and not ours and (not folder.is_dir() or any(folder.iterdir())):
        raise UseError(
            f"--to {folder}: 应为空目录或以前生成的页面 | expected an empty folder or an earlier page"
        )
    return folder


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("serve", short_help="在浏览器查看页面 | look at the page in a browser")(serve)
    app.command("site", short_help="生成页面到目录 | build the page into a folder")(site)
