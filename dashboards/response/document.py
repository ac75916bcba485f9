"""The response as one JSON document with stable keys: everything its other documents are made of."""

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from dashboards.response.measures import BLOCKS, measures, plan
from dashboards.response.model import Response
from dashboards.tables.model import plain, staged
from warehouse.standards.marks import DRAFT, EXERCISE

FORMAT = "fenwei.response/1"
"""Name of the document's form; a change that breaks readers changes the number."""
_LISTS = ("enterprises", "others")
_OWN = ("enterprises", "others", "notes", "warning", "title", "body", "sms", "notice")


def document(response: Response) -> dict[str, Any]:
    """Give a response as plain values.

    Returns
    -------
    dict
        ``format, status, mark, simulated, warning, notice {kind, title, body, sms}, measures {health, advice,
        mandatory}, plan, list_version, response_day, made_at, enterprises, others, reductions, totals, forecast,
        observed, events, notes``; moments are ISO text, Beijing time; amounts are kg/d.
    """
    exercise, draft = EXERCISE in response.mark, DRAFT in response.mark
    made = {
        "format": FORMAT,
        "status": "Draft" if draft else "Exercise" if exercise else "Actual",
        "mark": response.mark,
        "warning": plain(response.warning),
        "notice": {
            "kind": response.notice,
            "title": response.title,
            "body": response.body,
            "sms": response.sms,
        },
        "measures": {block: [_measure(m) for m in measures(response, block)] for block in BLOCKS},
        "plan": _plan(response),
    }
    made |= {f.name: plain(_value(response, f.name)) for f in fields(response) if f.name not in _OWN}
    made |= {name: [_record(each) for each in getattr(response, name)] for name in _LISTS}
    made["notes"] = [{"zh": zh, "en": en} for zh, en in response.notes]
    return made


def write_document(response: Response, path: Path) -> None:
    """Write the document as UTF-8, whole; the same response gives the same bytes."""
    text = "{\n" + ",\n".join(_parts(document(response))) + "\n}"
    with staged(path) as part:
        # A lone surrogate has no UTF-8: it becomes a question mark rather than an error.
        part.write_bytes(text.encode("utf-8", "replace") + b"\n")


def _parts(made: dict[str, Any]) -> Iterator[str]:
    """Write a member a time: long lists with a record a line, which is legible and quick."""
    for name, value in made.items():
        if name in _LISTS and value:
            rows = ",\n".join(json.dumps(each, ensure_ascii=False, allow_nan=False) for each in value)
            yield f"{json.dumps(name)}: [\n{rows}\n]"
        else:
            yield f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)}"


def _value(response: Response, name: str) -> Any:
    found = getattr(response, name)
    return list(found) if isinstance(found, tuple) else found


def _record(item: Any) -> Any:
    """Give a record of the response by its fields, records within it too."""
    if item is None or isinstance(item, (str, bool, int)):
        return item
    if isinstance(item, (list, tuple)):
        return [_record(each) for each in item]
    if hasattr(item, "__dataclass_fields__"):
        return {name: _record(getattr(item, name)) for name in item.__dataclass_fields__}
    return plain(item)


def _measure(measure: Any) -> dict[str, Any]:
    names = ("topic", "department", "text", "target", "exceptions")
    both = {
        f"{name}_{language}": getattr(measure, name)[i] or None
        for name in names
        for i, language in enumerate(("zh", "en"))
    }
    return both | {"verified": measure.verified}


def _plan(response: Response) -> dict[str, Any] | None:
    held = plan(response)
    if held is None:
        return None
    return {"name_zh": held.name[0], "name_en": held.name[1], "document_no": held.document_no}
