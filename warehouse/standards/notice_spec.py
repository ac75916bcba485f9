"""What the fact tables of notices consist of, in the terms of `warehouse.standards.spec`."""

from warehouse.standards.columns import COMMON, Column, Table

NOTICE_LEVELS = ("precaution", "yellow", "orange", "red", "any")
"""Levels a text is for; any is for what does not depend on the level."""
NOTICE_BLOCKS = ("to", "health", "advice", "mandatory", "copy")
"""Parts of a letter a text belongs to, in their order."""
NOTICE_KINDS = ("issue", "upgrade", "downgrade", "extend", "suspend", "resume", "lift")
"""What is told of a warning: each has its texts."""
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
        Table(
            "notice_text",
            (
                Column("kind", choices=NOTICE_KINDS),
                Column("title"),
                Column("body"),
                Column("sms"),
                Column("sms_short"),
                *COMMON,
            ),
            ("kind",),
        ),
        Table(
            "notice_sms",
            (
                Column("kind", choices=NOTICE_KINDS),
                Column("firm"),
                Column("firm_tail"),
                Column("public"),
                Column("public_tail"),
                Column("department"),
                *COMMON,
            ),
            ("kind",),
        ),
        Table(
            "inspection_point",
            (
                Column("point"),
                Column("codes", optional=True),
                Column("text_zh"),
                Column("text_en"),
                *COMMON,
            ),
            ("point",),
        ),
    )
}
