"""What ``fenwei sql`` talks to: a published copy, its tables, the recipes, and the class that is read."""

from contextlib import suppress

import duckdb

from dashboards.dictionary import dictionary_records
from dashboards.terminal.dictionary import render_dictionary
from dashboards.terminal.screen import SIMULATED, console_for
from pipelines.cli.answers import SHOWN, pretty
from pipelines.cli.common import Klass, UseError, out, print_json, read_published
from pipelines.cli.paging import page
from pipelines.cli.recipes import answerable, given_values, print_recipes, recipe_lines
from pipelines.export import UnknownTableError, find_table
from pipelines.home import Home
from pipelines.query import QueryError, about_published, find_recipe, higher_class, recipe_sql, run_query
from pipelines.query_limits import Budget, bounds
from warehouse.classes import CLASSES, NAMES, WORDS
from warehouse.dictionary import Table, read_dictionary
from warehouse.recipes import all_recipes


class Conversation:
    """A published copy that is asked.

    Parameters
    ----------
    home : Home
    klass : str
        Class of the copy.
    limit : int
        Rows shown of a result.
    seconds : float
        Time a query may take; 0: without limit.
    as_json : bool
        Answer commands in JSON.
    """

    def __init__(
        self, home: Home, klass: str, limit: int = SHOWN, seconds: float = 0, *, as_json: bool = False
    ):
        self.home, self.klass, self.limit, self.seconds, self.as_json = home, klass, limit, seconds, as_json
        self.con = self._open(klass)

    def _open(self, klass: str) -> duckdb.DuckDBPyConnection:
        con = read_published(self.home, klass, bounds(self.home.settings))
        self.about = about_published(self.home, con)
        return con

    def close(self) -> None:
        """Let the copy go."""
        self.con.close()

    def say(self, line: str) -> None:
        """Print a line."""
        out.print(line, markup=False)

    def run(self, text: str) -> None:
        """Run a statement and show its first rows."""
        pretty(run_query(self.con, text, self.about, Budget(self.seconds)), self.limit)

    def tables(self) -> list[Table]:
        """Tables of the copy."""
        return read_dictionary(self.con)

    def words(self) -> set[str]:
        """Names that can be typed: tables, columns, recipes."""
        tables = self.tables()
        found = {f"{t.schema}.{t.name}" for t in tables} | {c.name for t in tables for c in t.columns}
        return found | {recipe.name for recipe in all_recipes()}

    def describe(self, name: str) -> None:
        """Show a table, or the list of tables."""
        tables = self.tables()
        try:
            wanted = [find_table(tables, name)] if name else tables
        except UnknownTableError as error:
            missing = f"Table with name {name.split('.')[-1]} does not exist"
            raise QueryError(f"{error}{higher_class(missing, self.about['class'])}") from None
        if self.as_json:
            print_json({"tables": dictionary_records(wanted)})
        else:
            page(console_for(), *render_dictionary(wanted, columns=bool(name)))

    def recipe(self, name: str, values: list[str]) -> None:
        """Run a recipe, or list them all."""
        if name:
            found = answerable(find_recipe(name), NAMES[self.about["class"]])
            self.say(f"{found.zh} | {found.en}")
            self.run(recipe_sql(found, given_values(values)))
        elif self.as_json:
            print_recipes(as_json=True)
        else:
            page(console_for(), "\n".join(recipe_lines()))

    def read_class(self, klass: str) -> None:
        """Read the copy of another class, or tell which one is read."""
        if klass:
            wanted = NAMES.get(klass, klass.casefold())
            if wanted not in CLASSES:
                raise QueryError(f"没有级别“{klass}” | no class {klass!r}: {', '.join(CLASSES)}")
            self._change(Klass(wanted))
        word = self.about["class"]
        about = {"class": NAMES[word], "class_zh": word, "file": str(self.home.build(self.klass))}
        about |= {"data_until": self.about["data_until"], "version": self.about["version"]}
        if self.as_json:
            print_json(about)
            return
        self.say(f"{word} {NAMES[word]}：{about['file']}；数据截至 data until {about['data_until'] or '—'}")
        others = "、".join(f"{WORDS[k]} {k}" for k in CLASSES if k != NAMES[word])
        self.say(f"其他级别 other classes：{others}（.class 级别 | --class）")

    def _change(self, klass: Klass) -> None:
        """Open the other copy; the one before stays where it cannot be opened."""
        before = self.klass
        # One file is opened in one way only in a process, also when both classes are the same file.
        self.con.close()
        try:
            self.con = self._open(klass)
            self.klass = klass
        except UseError as error:
            with suppress(UseError):
                self.con = self._open(before)
            raise QueryError(str(error)) from None
        if self.about["simulated"]:
            self.say(SIMULATED)
