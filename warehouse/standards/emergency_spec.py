"""What the fact tables of warnings consist of, in the terms of `warehouse.standards.spec`."""

from warehouse.standards.columns import COMMON, Column, Table

WARNING_LEVELS = ("red", "orange", "yellow", "blue", "precaution")
"""Levels a rule may name, the gravest first; blue (Ⅳ) existed until 2018."""
RELATIONS = ("run", "inside")
"""How a part of a condition is met: by a run of blocks, or inside a run that meets the part before it."""

EMERGENCY_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "warning_profile",
            (
                Column("profile"),
                Column("name_zh"),
                Column("name_en"),
                Column("kind", choices=("base", "addition")),
                Column("enabled", "bool"),
                Column("area_code", optional=True),
                Column("lead_time_h", "int"),
                Column("lift_h", "int"),
                Column("merge_gap_lt_h", "int"),
                *COMMON,
            ),
            ("profile",),
        ),
        Table(
            "warning_rule",
            (
                Column("profile"),
                Column("level", choices=WARNING_LEVELS),
                Column("alternative", "int"),
                Column("part", "int"),
                Column("relation", choices=RELATIONS),
                Column("aqi_gt", "int"),
                Column("run_h", "int"),
                *COMMON,
            ),
            ("profile", "level", "alternative", "part"),
        ),
    )
}
