"""Everything the page says, in Chinese and in English, from one glossary file."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from dashboards.clean import one_line

Text = dict[str, Any]
"""A text in both languages, ``{"zh": …, "en": …}``; both may also be lists of texts of the same length."""

LANGUAGES = ("zh", "en")
GLOSSARY = Path(__file__).parent / "glossary.csv"


class GlossaryError(ValueError):
    """The glossary cannot be used."""


@cache
def glossary() -> dict[str, Text]:
    """Texts of ``glossary.csv`` by key.

    Raises
    ------
    GlossaryError
        A line without key or text, or a key given twice.
    """
    texts: dict[str, Text] = {}
    with GLOSSARY.open(encoding="utf-8", newline="") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            key, zh, en = row.get("key"), row.get("zh"), row.get("en")
            if not key or not zh or not en or None in row:
                raise GlossaryError(
                    f"{GLOSSARY.name}:{line}: 应为三列 key,zh,en expected three columns: {row}"
                )
            if key in texts:
                raise GlossaryError(f"{GLOSSARY.name}:{line}: 重复的键 key given twice: {key}")
            texts[key] = {"zh": zh, "en": en}
    return texts


def say(key: str, **values: object) -> Text:
    """Give a text of the glossary with values put in; a value may itself be a text in both languages.

    Raises
    ------
    GlossaryError
        There is no such key.
    """
    found = glossary().get(key)
    if found is None:
        raise GlossaryError(f"{GLOSSARY.name}: 缺少键 no such key: {key}")
    if not values:
        return dict(found)
    return {lang: found[lang].format(**{k: _in(v, lang) for k, v in values.items()}) for lang in LANGUAGES}


def _in(value: object, lang: str) -> object:
    """Give a value as it is put in; whatever text comes from outside is made harmless here."""
    one = value[lang] if isinstance(value, dict) else value
    return one_line(one, 200) if isinstance(one, str) else one


def both(zh: object, en: object = None, limit: int = 60) -> Text:
    """Give texts from outside, such as names, as a text in both languages, harmless and cut to a length [characters].

    What frames write for a name that is missing (NaN) is none.
    """
    zh, en = (None if isinstance(v, float) and v != v else v for v in (zh, en))
    first = one_line(zh, limit) or one_line(en, limit)
    return {"zh": first, "en": one_line(en, limit) or first}


def joined(parts: list[Text], key: str = "list.comma") -> Text:
    """Join texts with the separator of each language."""
    separator = glossary()[key]
    return {lang: separator[lang].join(str(p[lang]) for p in parts) for lang in LANGUAGES}


def listed(texts: list[Text]) -> Text:
    """Turn a list of texts into one text whose languages are lists, as axes and labels of figures take them."""
    return {lang: [t[lang] for t in texts] for lang in LANGUAGES}


def per_key(prefix: str) -> dict[str, Text]:
    """Texts whose keys begin with a prefix, by the rest of the key."""
    return {k.removeprefix(prefix): v for k, v in glossary().items() if k.startswith(prefix)}
