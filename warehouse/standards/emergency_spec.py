"""What the fact tables of warnings and of checks of their execution consist of, in the terms of `warehouse.standards.spec`."""

from warehouse.standards.columns import COMMON, Column, Table

LEVELS = ("none", "precaution", "blue", "yellow", "orange", "red")
"""Every level a warning may have, the least grave first; blue (Ⅳ) existed until 2018."""
WARNING_LEVELS = LEVELS[:0:-1]
"""Levels a rule may name, the gravest first."""
RELATIONS = ("run", "inside")
"""How a part of a condition is met: by a run of blocks, or inside a run that meets the part before it."""

RECEIPT_RULES = ("tolerance", "partial_share", "max_missing_share")
"""Limits by which evidence gives a verdict on the execution of a measure."""

EMERGENCY_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "warning_level",
            (
                Column("level", choices=LEVELS),
                Column("rank", "int"),
                Column("name_zh"),
                Column("name_en"),
                Column("short_zh"),
                Column("badge_zh"),
                Column("badge_en"),
                Column("response", optional=True),
                Column("colour", optional=True),
                Column("text_colour", optional=True),
                *COMMON,
            ),
            ("level",),
        ),
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
        Table(
            "receipt_rule",
            (
                Column("rule", choices=RECEIPT_RULES),
                Column("value", "number"),
                Column("unit", choices=("ratio",)),
                Column("name_zh"),
                Column("name_en"),
                *COMMON,
            ),
            ("rule",),
            continuous=True,
        ),
    )
}
