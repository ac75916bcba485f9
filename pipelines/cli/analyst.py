"""Commands for analysts: sql, export and dictionary. All read the published copy and change nothing."""

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from dashboards.dictionary import dictionary_records, print_dictionary, search_dictionary
from dashboards.tables.model import TooManyRowsError
from dashboards.terminal.dictionary import render_dictionary
from dashboards.terminal.screen import SIMULATED, console_for, show
from pipelines.areas import area_code
from pipelines.cli.answers import SHOWN, Format, answer, format_of, pretty, target
from pipelines.cli.common import (
    REJECTED,
    HomeOption,
    JsonOption,
    UseError,
    day_option,
    err,
    out,
    print_json,
    read_published,
    the_home,
)
from pipelines.cli.prompt import history, run_prompt
from pipelines.cli.recipes import (
    RecipeOption,
    RecipesOption,
    SetOption,
    print_recipes,
    recipe_lines,
    recipe_text,
)
from pipelines.export import Choice, export_table, find_table, suffix_of
from pipelines.home import Home
from pipelines.query import QueryError, about_published, find_recipe, run_query
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
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """在发布的数据库上查询：不能写入、读文件或上网 | query the published copy; it can neither write nor reach files.

    CSV 保留原值（以 = + - @ 开头的文本不加改动），写入文件时带 BOM；Excel 中一律为文本 | CSV keeps values as they are,
    with a byte-order mark in files; in a workbook such text is never a formula.
    """
    if recipes:
        print_recipes(as_json=as_json)
        return
    opened = the_home(home)
    chosen = format_of(form, to, as_json)
    text = _query_text(query, file, recipe, values or [])
    with closing(read_published(opened)) as con:
        if text is None:
            _converse(opened, con, limit or SHOWN)
        else:
            answer(opened, con, text, chosen, to, limit)


def _query_text(
    query: str | None, file: Path | None, recipe: str | None, values: Sequence[str]
) -> str | None:
    """Return the query; None where it is to be typed."""
    if sum(given is not None for given in (query, file, recipe)) > 1:
        raise UseError(
            "查询、--file 与 --recipe 只能给一个 | give one of a query, --file and --recipe, not several"
        )
    if recipe is not None:
        return recipe_text(recipe, values)
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


def _converse(home: Home, con: duckdb.DuckDBPyConnection, limit: int) -> None:
    """Open the prompt."""
    about = about_published(home, con)

    def run(text: str) -> None:
        pretty(run_query(con, text, about), limit)

    def describe(name: str) -> None:
        tables = read_dictionary(con)
        try:
            wanted = [find_table(tables, name)] if name else tables
        except ValueError as error:
            raise QueryError(str(error)) from None
        show(console_for(), *render_dictionary(wanted, columns=bool(name)))

    def cook(name: str) -> None:
        if name:
            run(find_recipe(name).sql)
        else:
            out.print("\n".join(recipe_lines()), markup=False)

    if about["simulated"]:
        out.print(SIMULATED, markup=False)
    with history(home.root / "sql_history"):
        run_prompt(run, describe, lambda line: out.print(line, markup=False), cook=cook)


def export(
    table: Annotated[str, typer.Argument(help="表名，英文或中文 | table: air.city_day, city_day, 城市日报")],
    to: Annotated[Path, typer.Option("--to", help="文件：.csv .parquet .xlsx .json | file")],
    first: Annotated[str | None, typer.Option("--from", help="首日 | first day")] = None,
    until: Annotated[str | None, typer.Option("--until", help="末日（含）| last day, inclusive")] = None,
    city: Annotated[
        list[str] | None, typer.Option("--city", help="城市，可多次 | city, may be repeated")
    ] = None,
    chinese: Annotated[bool, typer.Option("--chinese", help="中文列名 | Chinese headings")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """导出一张表 | write a table of the published copy into a file; large tables pass through in pieces."""
    opened = the_home(home)
    with closing(read_published(opened)) as con:
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
    if as_json:
        print_json(done)
        return
    out.print(f"{done['table']} → {to}：{done['n_rows']:,} 行 rows", markup=False)
    if about["simulated"]:
        out.print(SIMULATED, markup=False)


def _tables(home: Home) -> list[Table]:
    """Return the tables of the published copy, or of the contract where nothing is published yet."""
    if home.published.exists():
        with closing(read_published(home)) as con:
            return read_dictionary(con)
    from warehouse.store import schema_sql

    with closing(duckdb.connect()) as con:
        con.execute(schema_sql())
        return read_dictionary(con)


def dictionary(
    word: Annotated[
        str | None, typer.Argument(help="要找的词：表名、列名、中文、单位 | word to look for")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", help="写入 .md .html .csv | write into a file")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """数据字典：表与列的中英文说明、单位、类型 | the data dictionary: tables and columns in Chinese and English."""
    tables = _tables(the_home(home))
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
