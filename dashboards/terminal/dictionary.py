"""The data dictionary on a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from dashboards.terminal.screen import add, as_is, table
from warehouse.dictionary import Table


def render_dictionary(tables: Sequence[Table], *, columns: bool) -> Iterator[RenderableType]:
    """Turn tables into one list of them, or into a list of columns each."""
    if not columns:
        made = table(("表 table", "说明", "meaning", "列 columns", "级别 class"), right=(3,))
        for t in tables:
            add(made, f"{t.schema}.{t.name}", t.zh, t.en, len(t.columns), t.access)
        yield made
        yield as_is(
            "各列说明 columns：fenwei dictionary 词 WORD；全部写入文件 all of it：fenwei dictionary --to dictionary.html"
        )
        return
    for t in tables:
        made = table(
            ("列 column", "说明", "meaning", "单位 unit", "类型 type", "级别 class"),
            title=f"{t.schema}.{t.name}  {t.zh} | {t.en}",
        )
        for c in t.columns:
            add(made, c.name, c.zh, c.en, c.unit, c.data_type, c.access)
        yield made
