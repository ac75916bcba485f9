"""The letter that brings a bulletin: its text to read at once, its files attached."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.clean import one_line
from dashboards.mail.model import Letter, Lines

CORRECTION = "【更正】"


def bulletin_letter(
    kind: str,
    context: Mapping[str, Any],
    text: str,
    names: Sequence[str],
    *,
    exercise: bool,
    correction: str = "",
) -> Letter:
    """Make the letter of a bulletin.

    Parameters
    ----------
    kind : str
        Kind of the letter, by class.
    context : mapping
        Placeholders of the bulletin.
    text : str
        The bulletin as text.
    names : sequence of str
        Names of the files attached.
    exercise : bool
    correction : str
        What a corrected bulletin mends.
    """
    title = str(context["title"]).removeprefix(str(context["mark"]))
    when = str(context.get("day") or context["month"])
    public = not context["class_mark"]
    klass = "" if public else f"【{context['class_name']}】"
    what = "daily bulletin" if "day" in context else "monthly bulletin"
    mended = CORRECTION if correction else ""
    named = f"{title} {when}" if "day" in context else title
    lead = [f"{mended}{klass}{named} {what}", *_first(context)]
    if correction:
        lead.insert(1, f"更正说明 what is corrected：{one_line(correction, 300)}")
    if not public:
        lead.append(f"{context['class_mark']}，不得转出本单位 | internal: not to leave the office")
    # The title stands above already.
    body = [line for line in text.splitlines() if line.strip() and line != context["title"]]
    blocks = [Lines("正文 text", tuple(body))]
    if names:
        blocks.append(Lines("附件 attached", tuple(one_line(name, 200) for name in names)))
    return Letter(
        kind=kind,
        subject=f"{mended}{klass}{named} {what}",
        lead=tuple(lead),
        blocks=tuple(blocks),
        exercise=exercise,
    )


def _first(context: Mapping[str, Any]) -> list[str]:
    """The lines that must suffice where no more is shown."""
    if "day" in context:
        return [
            f"{context['day_name']}：{context['yesterday']}。",
            f"{context['month_name']}：{context['month_text']}。",
        ]
    lead = context["lead"]
    return list(lead) if isinstance(lead, list) else [lead]
