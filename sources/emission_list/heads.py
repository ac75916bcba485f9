"""Which sheet is which form, which column is which: by headings, never by position."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sources import cells
from sources.bureau_forms.forms import Form, FormColumn
from sources.bureau_forms.headings import Stack, may_be_heading, stacks_of
from sources.bureau_forms.pages import Page
from sources.bureau_forms.words import half_width, heading_keys
from sources.emission_list.findings import Finding, finding
from sources.emission_list.forms import list_forms
from sources.emission_list.mapping import Mapping

__all__ = ["Head", "find_head", "power_of"]

HEAD_ROWS = 40
_KILOGRAMS = ("kg/d", "千克/日", "千克/天", "公斤/日", "公斤/天", "kg/日", "kg/天")
_TONNES = ("t/d", "吨/日", "吨/天", "t/日", "t/天")
_LARGER = {"万": 4, "千": 3, "k": 3}
_PER = re.compile(
    r"[^\s()（）,，、;；:：]*(?:吨|千克|公斤|克|kg|mg|g|t)/[^\s()（）,，、;；:：]+", re.IGNORECASE
)


@dataclass
class Head:
    """A form found in a page: rows of its heading, place of each column, power of ten of its quantities."""

    form: Form
    page: Page
    bottom: int
    columns: dict[str, int]
    powers: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def find_head(page: Page, mapping: Mapping) -> Head | None:
    """Find the heading of a page; None where no form fits."""
    best: tuple[int, Form, int, int, dict[int, str], list[Stack]] | None = None
    for top in range(min(page.height, HEAD_ROWS)):
        if not may_be_heading(page, top):
            continue
        bottoms = [top, top + 1] if top + 1 < page.height and may_be_heading(page, top + 1) else [top]
        for bottom in bottoms:
            stacks = stacks_of(page, top, bottom)
            for form in list_forms():
                named = _named(stacks, form, mapping)
                names = set(named.values())
                score = len(names) * 10 + 25 * (form.required <= names) - (bottom - top)
                if len(names) >= 2 and names & form.required and (best is None or score > best[0]):
                    best = (score, form, top, bottom, named, stacks)
    if best is None:
        return None
    _, form, top, bottom, named, stacks = best
    return _head(page, form, top, bottom, named, stacks, mapping)


def _named(stacks: list[Stack], form: Form, mapping: Mapping) -> dict[int, str]:
    own = mapping.of(form.name)
    found: dict[int, str] = {}
    for place, stack in enumerate(stacks):
        name = _column(stack, form, own)
        if name:
            found[place] = name
    return found


def _texts(stack: Stack) -> list[str]:
    """Give what a heading may be known by: all of it, then its lowest part; a group alone names nothing."""
    return ["".join(stack), stack[-1]] if stack else []


def _column(stack: Stack, form: Form, mapped: dict[str, str | None]) -> str | None:
    for text in _texts(stack):
        for key in heading_keys(text):
            if key in mapped:
                return mapped[key]
    for text in _texts(stack):
        for key in heading_keys(text):
            if key in form.by_heading:
                return form.by_heading[key]
    return None


def _head(
    page: Page,
    form: Form,
    top: int,
    bottom: int,
    named: dict[int, str],
    stacks: list[Stack],
    mapping: Mapping,
) -> Head:
    head = Head(form, page, bottom, {})
    own = mapping.of(form.name)
    for place, stack in enumerate(stacks):
        name = named.get(place)
        cell = page.address(bottom, place)
        if name is None:
            passed = any(key in own for text in _texts(stack) for key in heading_keys(text))
            if stack and not passed:
                head.findings.append(
                    finding("column_unknown", sheet=page.name, cell=cell, found="".join(stack))
                )
        elif name in head.columns:
            column = form.columns[name]
            head.findings.append(
                finding("column_twice", sheet=page.name, cell=cell, found="".join(stack), **_names(column))
            )
        else:
            head.columns[name] = place
    for name in sorted(form.required - set(head.columns)):
        head.findings.append(finding("column_missing", sheet=page.name, **_names(form.columns[name])))
    _units(head, top, stacks)
    return head


def _names(column: FormColumn) -> dict[str, Any]:
    english = next((text for text in column.headings if text.isascii()), column.name)
    return {"item": column.zh, "item_en": english}


def power_of(text: str) -> int | None:
    """Give the power of ten that turns a rate into kg/d; None where no unit is named.

    Raises
    ------
    ValueError
        A unit is named that is no amount a day.
    """
    for word in _PER.findall(half_width(text)):
        low = word.lower()
        if low.endswith(_KILOGRAMS):
            return 0
        tonnes = next((unit for unit in _TONNES if low.endswith(unit)), None)
        if tonnes is None:
            raise ValueError(word)
        return 3 + _LARGER.get(low.removesuffix(tonnes)[-1:], 0)
    return None


def _units(head: Head, top: int, stacks: list[Stack]) -> None:
    """Read units from headings, else from a line above them such as 单位：吨/日."""
    above = 0
    for row in range(top):
        for place in range(len(head.page.columns)):
            text = cells.as_text(head.page.cell(row, place))
            if "单位" in text or "unit" in text.lower():
                try:
                    above = power_of(text) or above
                except ValueError as error:
                    head.findings.append(
                        finding(
                            "unit_wrong",
                            sheet=head.page.name,
                            cell=head.page.address(row, place),
                            found=error,
                        )
                    )
    for name, place in head.columns.items():
        if head.form.columns[name].kind != "quantity":
            continue
        try:
            own = power_of("".join(stacks[place]))
        except ValueError as error:
            cell = head.page.address(head.bottom, place)
            head.findings.append(finding("unit_wrong", sheet=head.page.name, cell=cell, found=error))
            own = None
        head.powers[name] = above if own is None else own
