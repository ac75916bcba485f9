"""What the fact tables of emission lists consist of, in the terms of `warehouse.standards.spec`."""

from warehouse.standards.columns import COMMON, Column, Table

LIST_LEVELS = ("yellow", "orange", "red")
"""Levels at which a list names measures, the mildest first."""
LIST_POLLUTANTS = ("SO2", "NOx", "PM", "VOCs")
"""Pollutants a list counts, in this order everywhere."""
FORM_KINDS = (
    *("text", "code", "id", "integer", "day", "quantity", "number", "percent", "choice", "flag", "county"),
)


def _table(name: str, key: str, text: str, **choices: tuple[str, ...]) -> Table:
    """Turn ``"name kind:int note?"`` into a dated table; a question mark makes a column optional."""
    made = []
    for word in text.split():
        column, _, kind = word.rstrip("?").partition(":")
        made.append(Column(column, kind or "text", word.endswith("?"), choices.get(column, ())))
    return Table(name, tuple(made) + COMMON, tuple(key.split()))


LIST_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _table("list_form", "form", "form name_zh name_en official:bool period keys titles"),
        _table(
            "list_form_column",
            "form column_name",
            "form column_name sort:int headings_zh headings_en kind unit? required choices? minimum? maximum?"
            " note_zh? note_en? example?",
            kind=FORM_KINDS,
        ),
        _table(
            "list_ratio",
            "rule level",
            "rule level required_pct:number name_zh name_en",
            rule=("each", "so2_nox_sum"),
            level=LIST_LEVELS,
        ),
        _table(
            "list_grade", "grade", "grade rank:int name_zh name_en aliases? self_directed:bool legacy:bool"
        ),
        _table(
            "list_category",
            "category",
            "category name_zh name_en aliases? effect may_force:bool",
            effect=("task_limited", "usually_none", "stopped", "self_directed"),
        ),
        _table(
            "list_measure",
            "measure",
            "measure name_zh name_en effect checkable:bool",
            effect=("cut", "lines", "open", "transport", "zero"),
        ),
        _table(
            "list_industry",
            "industry_no",
            "industry_no:int name_zh name_en aliases? lowest_grade continuous_furnace:bool",
        ),
        _table(
            "list_grade_measure",
            "industry grade level",
            "industry grade level minimum_pct:number name_zh name_en",
            level=LIST_LEVELS,
        ),
    )
}
