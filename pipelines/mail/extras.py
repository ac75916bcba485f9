"""What goes into a warning's letter from elsewhere: ratios of the emission list, charts, files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboards.mail.model import Picture
from pipelines.mail.compose import Attachment


@dataclass(frozen=True)
class Extras:
    """What belongs to the record of one warning.

    Attributes
    ----------
    remarks : sequence of str
        Told in the letter: a file that is too large and where it is, a chart that could not be drawn.
    places : mapping
        Where files lie that are attached, by name: told where a letter would become too large with them.
    facts : dict
        Put over the record.
    """

    ratios: Sequence[dict[str, Any]] = ()
    attachments: Sequence[Attachment] = ()
    pictures: Sequence[Picture] = ()
    remarks: Sequence[str] = ()
    places: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


Giver = Callable[[dict[str, Any]], Extras]
"""Gives what belongs to a warning's record."""


def nothing(record: dict[str, Any]) -> Extras:
    """Give nothing."""
    return Extras()


def without_fail(giver: Giver, record: dict[str, Any]) -> Extras:
    """Give what belongs to a record, or the remark that it could not be made: a warning leaves also without a chart."""
    try:
        return giver(record)
    # Whatever is wrong with a chart or a workbook, people must hear of the warning.
    except Exception as error:
        name = record.get("city_name") or record.get("warning_id")
        kind = type(error).__name__
        return Extras(
            remarks=[
                f"{name}：图表、减排比例或附件未能制作（{kind}）| charts, ratios or files could not be made"
            ]
        )
