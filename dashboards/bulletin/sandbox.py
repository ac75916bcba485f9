"""Guards around templates that people change: what they may reckon, and slips that would stay in the document unseen."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

LONGEST = 5_000_000
"""Longest text that a template may make [characters]."""
_FULL_WIDTH = re.compile(r"[｛{][｛{%％][^｛{｝}]{0,200}[｝}%％][｝}]")


class BulletinTemplateError(ValueError):
    """A template cannot be used; the message names the template, the placeholder and what to do."""


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which texts and lists cannot be multiplied into something that fills the memory."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers only, and not with powers."""
        numbers = all(isinstance(side, (int, float)) for side in (left, right))
        if operator == "**" or not numbers:
            raise SecurityError(f"{operator} 只用于数，不得乘方 only for numbers, and no powers")
        return super().call_binop(context, operator, left, right)


def short_enough(text: str) -> str:
    """Give a text back.

    Raises
    ------
    ValueError
        It is longer than any bulletin.
    """
    if len(text) > LONGEST:
        raise ValueError(f"生成的内容太大 makes too much text: {len(text)} > {LONGEST}")
    return text


def paragraphs_of(document: Any) -> Iterator[str]:
    """Go through the texts of a DOCX: body, tables, headers and footers."""
    parts = [document.element.body]
    for section in document.sections:
        for each in (
            section.header,
            section.even_page_header,
            section.footer,
            section.even_page_footer,
        ):
            parts.append(each._element)
    for part in parts:
        for line in part.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
            text = "".join(t.text or "" for t in line.iter() if t.tag.endswith("}t"))
            if text:
                yield text


def check_braces(name: str, lines: Iterable[str], known: frozenset[str], *, whole: bool = False) -> None:
    """Refuse placeholders whose braces an input method made full-width: they would be printed as they are.

    Parameters
    ----------
    name : str
        What the template is called in messages.
    lines : iterable of str
    known : frozenset of str
        Placeholders.
    whole : bool
        Tags do not go on over the end of a line, as in the paragraphs of a DOCX: refuse those that are not closed, too.

    Raises
    ------
    BulletinTemplateError
        There is one; the message shows its line.
    """
    for line in lines:
        found = [m[0] for m in _FULL_WIDTH.finditer(line) if set(m[0]) & set("｛｝％")]
        if any(
            set(re.findall(r"[a-z_0-9]+", text)) & (known | {"for", "if", "endfor", "endif"})
            for text in found
        ):
            raise BulletinTemplateError(
                f"模板 {name}：“{_shown(line)}”用了全角括号，占位符须用半角 {{{{ }}}}"
                f" | template {name}: full-width braces in {_shown(line)!r}, placeholders take {{{{ }}}}"
            )
        for opened, closed in (("{{", "}}"), ("{%", "%}")):
            if whole and line.count(opened) != line.count(closed):
                raise BulletinTemplateError(
                    f"模板 {name}：“{_shown(line)}”的括号 {opened} {closed} 不成对"
                    f" | template {name}: {opened} and {closed} do not match in {_shown(line)!r}"
                )


def _shown(line: str) -> str:
    return line.strip()[:80]
