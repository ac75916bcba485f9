"""Commands for analysts: sql, export and dictionary. All read the published copy and change nothing."""

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from dashboards.dictionary import dictionary_records, print_dictionary, search_dictionary
from dashboards.tables.model import TooManyRowsError
from dashboards.terminal.dictionary import render_dictionary
from dashboards.terminal.screen import SIMULATED, console_for, show
from pipelines.areas import area_code
from pipelines.cli.answers import SHOWN, Format, answer, format_of, target
from pipelines.cli.common import (
    INTERNAL,
    REJECTED,
    ClassOption,
    HomeOption,
    JsonOption,
    Klass,
    UseError,
    day_option,
    err,
    out,
    print_json,
    read_published,
    the_home,
)
from pipelines.cli.conversation import Conversation
from pipelines.cli.prompt import HELP, history, obey, run_prompt
from pipelines.cli.recipes import (
    RecipeOption,
    RecipesOption,
    SetOption,
    print_recipes,
    recipe_text,
)
from pipelines.export import Choice, UnknownTableError, export_table, suffix_of
from pipelines.home import Home
from pipelines.query import QueryError, about_published, contract_tables, higher_class
from pipelines.query_limits import bounds
from warehouse.dictionary import Table, read_dictionary


def sql(
    query: Annotated[
        str | None, typer.Argument(help="查询；省略则进入交互 | query; without it a prompt opens")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="从文件读查询 | read the query from a file")
    ] = None,
    recipe: RecipeOption = None,
    values: SetOption = None,
    recipes: RecipesOption = False,
    form: Annotated[Format | None, typer.Option("--format", help="输出格式 | format of the output")] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="写入文件（.csv .json .xlsx）| write into a file")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="至多多少行 | at most so many rows")
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option("--timeout", min=0, help="至多多少秒，0 为不限 | at most so many seconds; 0: no limit"),
    ] = None,
    klass: ClassOption = Klass.internal,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """在发布的数据库上查询：不能写入、读文件或上网 | query the published copy; it can neither write nor reach files.

    交互时与单独一条都可用 .tables、.describe 表、.recipes、.recipe 名称 年=2025、.class | such commands work at the
    prompt and by themselves: fenwei sql .tables

    CSV 保留原值（以 = + - @ 开头的文本不加改动），写入文件时带 BOM；Excel 中一律为文本 | CSV keeps values as they are,
    with a byte-order mark in files; in a workbook such text is never a formula.
    """
    if recipes:
        print_recipes(as_json=as_json)
        return
    opened = the_home(home)
    chosen = format_of(form, to, as_json)
    text = _query_text(query, file, recipe, values or [], klass)
    seconds = opened.settings.query_seconds if timeout is None else timeout
    if text is None or text.lstrip().startswith("."):
        if to is not None or chosen not in (Format.pretty, Format.json):
            raise UseError("--to 与 --format 只用于查询 | --to and --format go with a query only")
        _converse(Conversation(opened, klass, limit or SHOWN, seconds, as_json=as_json), text)
        return
    with closing(read_published(opened, klass, bounds(opened.settings))) as con:
        try:
            answer(opened, con, text, chosen, to, limit, seconds)
        except KeyboardInterrupt:
            err.print("查询已中断，没有写出文件 | interrupted: no file was written", markup=False)
            raise typer.Exit(INTERNAL) from None


def _query_text(
    query: str | None, file: Path | None, recipe: str | None, values: Sequence[str], klass: str
) -> str | None:
    """Return the query; None where it is to be typed."""
    if sum(given is not None for given in (query, file, recipe)) > 1:
        raise UseError(
            "查询、--file 与 --recipe 只能给一个 | give one of a query, --file and --recipe, not several"
        )
    if recipe is not None:
        return recipe_text(recipe, values, klass)
    if values:
        raise UseError("--set 只用于 --recipe | --set goes with --recipe only")
    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise UseError(f"{file}: 不是 UTF-8 文本 not a text in UTF-8") from None
    if query is None and not sys.stdin.isatty():
        return sys.stdin.read()
    return query


def _converse(partner: Conversation, command: str | None) -> None:
    """Obey one command that begins with a full stop, or open the prompt."""
    with closing(partner):
        if command is None:
            if partner.about["simulated"]:
                out.print(SIMULATED, markup=False)
            with history(partner.home.root / "sql_history", partner.words()):
                run_prompt(partner)
            return
        try:
            known = obey(command, partner)
        except QueryError as error:
            raise UseError(str(error)) from None
        if not known:
            raise UseError(f"没有命令 no such command {command.strip()!r}\n{HELP}")


def export(
    table: Annotated[str, typer.Argument(help="表名，英文或中文 | table: air.city_day, city_day, 城市日报")],
    to: Annotated[Path, typer.Option("--to", help="文件：.csv .parquet .xlsx .json | file")],
    first: Annotated[str | None, typer.Option("--from", help="首日 | first day")] = None,
    until: Annotated[str | None, typer.Option("--until", help="末日（含）| last day, inclusive")] = None,
    city: Annotated[
        list[str] | None, typer.Option("--city", help="城市，可多次 | city, may be repeated")
    ] = None,
    chinese: Annotated[bool, typer.Option("--chinese", help="中文列名 | Chinese headings")] = False,
    klass: ClassOption = Klass.internal,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """导出一张表 | write a table of the published copy into a file; large tables pass through in pieces."""
    opened = the_home(home)
    with closing(read_published(opened, klass)) as con:
        cities = tuple(area_code(con, "city", given) for given in city or ())
        choice = Choice(
            day_option(first, "--from") if first else None,
            day_option(until, "--until") if until else None,
            cities,
        )
        about = about_published(opened, con)
        suffix_of(to)
        try:
            done = export_table(con, table, target(to), choice, about, chinese=chinese)
        except TooManyRowsError as error:
            raise UseError(str(error)) from None
        except UnknownTableError as error:
            missing = f"Table with name {table.split('.')[-1]} does not exist"
            raise UseError(f"{error}{higher_class(missing, about['class'])}") from None
    if as_json:
        print_json(done)
        return
    out.print(f"{done['table']} → {to}：{done['n_rows']:,} 行 rows", markup=False)
    if about["simulated"]:
        out.print(SIMULATED, markup=False)


def _tables(home: Home, klass: str) -> list[Table]:
    """Return the tables of a published copy, or of the contract where nothing is published yet."""
    if home.build(klass).exists():
        with closing(read_published(home, klass)) as con:
            return read_dictionary(con)
    return list(contract_tables())


def dictionary(
    word: Annotated[
        str | None, typer.Argument(help="要找的词：表名、列名、中文、单位 | word to look for")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", help="写入 .md .html .csv | write into a file")] = None,
    klass: ClassOption = Klass.internal,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """数据字典：表与列的中英文说明、单位、类型 | the data dictionary: tables and columns in Chinese and English."""
    tables = _tables(the_home(home), klass)
    found = search_dictionary(tables, word) if word else tables
    if to is not None:
        suffix = suffix_of(to, ("md", "html", "csv"))
        print_dictionary(found, target(to), suffix)
        err.print(f"{to}：{len(found)} 张表 tables", markup=False)
    if as_json:
        print_json({"word": word, "tables": dictionary_records(found)})
    elif to is None and found:
        show(console_for(), *render_dictionary(found, columns=word is not None))
    if not found:
        err.print(f"没有找到“{word}” | nothing found for {word!r}；全部 all：fenwei dictionary", markup=False)
        raise typer.Exit(REJECTED)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("sql", short_help="查询发布的数据库 | query the published copy")(sql)
    app.command("export", short_help="导出一张表 | write a table to a file")(export)
    app.command("dictionary", short_help="数据字典 | the data dictionary")(dictionary)
