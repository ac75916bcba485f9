"""What the fact tables of notices consist of, in the terms of `warehouse.standards.spec`."""

from warehouse.standards.columns import COMMON, Column, Table

NOTICE_LEVELS = ("precaution", "yellow", "orange", "red", "any")
"""Levels a text is for; any is for what does not depend on the level."""
NOTICE_BLOCKS = ("to", "health", "advice", "mandatory", "copy")
"""Parts of a letter a text belongs to, in their order."""
CODE_KINDS = ("agency", "unit", "extension", "event")

NOTICE_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "notice_measure",
            (
                Column("item"),
                Column("area"),
                Column("level", choices=NOTICE_LEVELS),
                Column("block", choices=NOTICE_BLOCKS),
                Column("sort", "int"),
                Column("topic_zh"),
                Column("topic_en"),
                Column("department_zh"),
                Column("department_en"),
                Column("text_zh"),
                Column("text_en"),
                Column("target_zh", optional=True),
                Column("target_en", optional=True),
                Column("exceptions_zh", optional=True),
                Column("exceptions_en", optional=True),
                *COMMON,
            ),
            ("item", "area", "level", "block"),
        ),
        Table(
            "notice_plan",
            (Column("area"), Column("name_zh"), Column("name_en"), Column("document_no"), *COMMON),
            ("area",),
        ),
        Table(
            "notice_code",
            (
                Column("code_kind", choices=CODE_KINDS),
                Column("code"),
                Column("name_zh"),
                Column("name_en"),
                *COMMON,
            ),
            ("code_kind",),
        ),
    )
}
