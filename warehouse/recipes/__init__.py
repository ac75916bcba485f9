"""Recipes: analysts' questions answered by one query each, in this folder, for ``fenwei sql --recipe``.

A recipe begins with its question in Chinese and English and names its parameters; without a value each has a default::

    -- zh: 各地煤炭目标完成得怎样？
    -- en: How do the coal targets stand?
    -- class: public
    -- parameter: year | 目标年；省略为最近一年 | year of the targets; the newest without it

The class is that of the lowest copy that can answer: public, internal (also where none is named) or restricted. A
parameter is a variable of the session (``getvariable('year')``), so that a recipe also runs where it is pasted.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.classes import CLASSES, INTERNAL

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Parameter:
    """A value that a recipe can be given."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True)
class Recipe:
    """One question, its parameters and its query."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    sql: str
    klass: str = INTERNAL


@cache
def all_recipes() -> tuple[Recipe, ...]:
    """Every recipe of the folder, by name.

    Raises
    ------
    ValueError
        A file lacks its question in one of the languages, or declares a parameter in another way.
    """
    return tuple(read_recipe(p.stem, p.read_text(encoding="utf-8")) for p in sorted(_FOLDER.glob("*.sql")))


def read_recipe(name: str, text: str) -> Recipe:
    """Read a recipe's head and keep its text.

    Raises
    ------
    ValueError
        See `all_recipes`.
    """
    lines = [line[3:].split(": ", 1) for line in text.splitlines() if line.startswith("-- ") and ": " in line]
    asked = {key: said.strip() for key, said in lines if key in ("zh", "en")}
    if asked.keys() != {"zh", "en"}:
        raise ValueError(f"{name}.sql: 缺少 -- zh: 与 -- en: 两行 the question is needed in both languages")
    parameters = tuple(_parameter(name, said) for key, said in lines if key == "parameter")
    klass = next((said.strip() for key, said in lines if key == "class"), INTERNAL)
    if klass not in CLASSES:
        raise ValueError(f"{name}.sql: 级别 class {klass!r}，应为 must be one of {', '.join(CLASSES)}")
    return Recipe(name, asked["zh"], asked["en"], parameters, text, klass)


def _parameter(name: str, said: str) -> Parameter:
    parts = [part.strip() for part in said.split("|")]
    if len(parts) != 3 or not all(parts) or not parts[0].isidentifier():
        raise ValueError(
            f"{name}.sql: 参数应写作“名称 | 中文 | English” a parameter is “name | zh | en”: {said!r}"
        )
    return Parameter(*parts)
