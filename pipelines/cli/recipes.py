"""The recipes of ``fenwei sql``: analysts' questions by name."""

from collections.abc import Sequence
from typing import Annotated

import typer

from pipelines.cli.common import UseError, err, out, print_json
from pipelines.query import QueryError, find_recipe, recipe_sql
from warehouse.classes import CLASSES, INTERNAL, WORDS
from warehouse.recipes import Recipe, all_recipes

RecipeOption = Annotated[
    str | None,
    typer.Option(
        "--recipe", metavar="NAME", help="运行一个配方（现成的查询）| run a recipe, a query ready made"
    ),
]
RecipesOption = Annotated[
    bool, typer.Option("--recipes", help="列出全部配方及其参数 | list the recipes and their parameters")
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="配方的参数，可多次 | parameter of the recipe, may be repeated"
    ),
]


def recipe_text(name: str, given: Sequence[str], held: str) -> str:
    """Return the query of a recipe with the values that were given, and tell its question on standard error.

    Raises
    ------
    UseError
        There is no such recipe or parameter, a value is not written ``name=value``, or the copy of class ``held``
        cannot answer.
    """
    try:
        recipe = answerable(find_recipe(name), held)
        text = recipe_sql(recipe, given_values(given))
    except QueryError as error:
        raise UseError(str(error)) from None
    err.print(f"{recipe.zh} | {recipe.en}", markup=False)
    return text


def given_values(given: Sequence[str]) -> dict[str, str]:
    """Read parameters written ``name=value``.

    Raises
    ------
    QueryError
        One is not written so.
    """
    values = {}
    for item in given:
        key, equals, value = item.partition("=")
        if not equals or not key.strip():
            raise QueryError(f"参数 {item!r}: 应为 名称=值 expected name=value")
        values[key.strip()] = value.strip()
    return values


def answerable(recipe: Recipe, held: str) -> Recipe:
    """Return a recipe that the copy of a class can answer.

    Raises
    ------
    QueryError
        It needs a copy of a higher class.
    """
    if CLASSES.index(recipe.klass) > CLASSES.index(held):
        raise QueryError(
            f"配方“{recipe.name}”要读“{WORDS[recipe.klass]}”级副本：加 --class {recipe.klass}"
            f" | the recipe {recipe.name} reads the {recipe.klass} copy: add --class {recipe.klass}"
        )
    return recipe


def recipe_lines() -> list[str]:
    """Every recipe: its name, its question, and a line for each parameter."""
    return [line for recipe in all_recipes() for line in _told(recipe)]


def _told(recipe: Recipe) -> list[str]:
    mark = f"（{WORDS[recipe.klass]} --class {recipe.klass}）" if recipe.klass != INTERNAL else ""
    lines = [recipe.name + mark, f"    {recipe.zh}", f"    {recipe.en}"]
    return lines + [f"      {p.name}：{p.zh} | {p.en}" for p in recipe.parameters]


def print_recipes(*, as_json: bool) -> None:
    """List the recipes."""
    if as_json:
        print_json({"recipes": [_record(recipe) for recipe in all_recipes()]})
        return
    for line in recipe_lines():
        out.print(line, markup=False)
    out.print("运行 run: fenwei sql --recipe NAME --set NAME=VALUE", markup=False)


def _record(recipe: Recipe) -> dict[str, object]:
    parameters = [{"name": p.name, "zh": p.zh, "en": p.en} for p in recipe.parameters]
    return {
        "name": recipe.name,
        "zh": recipe.zh,
        "en": recipe.en,
        "parameters": parameters,
        "class": recipe.klass,
        "sql": recipe.sql,
    }
