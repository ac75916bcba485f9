"""Marks of what is no measurement, no real warning or not approved, and what they mean; they stand in texts and file names."""

EXERCISE = "【演练】"
"""Simulated, replayed, or an exercise."""
DRAFT = "【草稿】"
"""Not approved by anybody."""
UNAPPROVED = "草稿 DRAFT"
"""A draft, where readers of both languages must see it."""
EXERCISE_MEANS = ("演练内容，不作为实际应急依据", "EXERCISE, not for action")
DRAFT_MEANS = ("未经批准，不得对外发布", "DRAFT, not for release")
SIMULATED = "模拟数据，非监测结果 | simulated data, nothing here was measured"


def marks(*, exercise: bool, draft: bool = False) -> str:
    """Give the marks that stand before a title, the exercise first; empty where there is nothing to mark."""
    return (EXERCISE if exercise else "") + (DRAFT if draft else "")


def watermark(*, exercise: bool, draft: bool = True) -> str:
    """Give the words across what a person decides upon."""
    return (EXERCISE if exercise else "") + (UNAPPROVED if draft else "")
