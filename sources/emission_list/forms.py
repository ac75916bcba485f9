"""The forms of a list, from the fact tables."""

from __future__ import annotations

import functools
import unicodedata

import pandas as pd

from sources.bureau_forms.forms import Form, forms_of
from warehouse import standards

__all__ = ["FORMS", "categories", "form", "grades", "industries", "list_forms", "word_key"]

FORMS = ("enterprise", "mobile", "nonroad", "dust", "total")


@functools.cache
def list_forms() -> tuple[Form, ...]:
    """Give the five forms of a list."""
    nothing = pd.DataFrame({"product": [], "name_zh": [], "name_en": [], "aliases": []})
    return forms_of(standards.load("list_form"), standards.load("list_form_column"), nothing)


def form(name: str) -> Form:
    """Give one form."""
    return next(found for found in list_forms() if found.name == name)


def word_key(text: object) -> str:
    """Reduce a word to what identifies it: half width, no blanks, capitals."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split()).upper()


def _ways(table: str, code: str) -> dict[str, str]:
    found: dict[str, str] = {}
    frame = standards.load(table)
    for row in frame.to_dict("records"):
        aliases = str(row["aliases"]).split(";") if isinstance(row["aliases"], str) else []
        for way in (row[code], row["name_zh"], row["name_en"], *aliases):
            if str(way).strip():
                found.setdefault(word_key(way), str(row[code]))
    return found


@functools.cache
def grades() -> dict[str, str]:
    """Give every way to write a grade."""
    return _ways("list_grade", "grade")


@functools.cache
def categories() -> dict[str, str]:
    """Give every way to write a category."""
    return _ways("list_category", "category")


@functools.cache
def industries() -> dict[str, str]:
    """Give every way to write one of the key industries; the number as text."""
    return _ways("list_industry", "industry_no")
