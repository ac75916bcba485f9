"""Breaking text into lines as Chinese is set: no line begins with a mark that closes or ends with one that opens."""

import unicodedata
from collections.abc import Iterator

from dashboards.pictures.font import drawable, width

_NOT_FIRST = frozenset("，。、；：？！％）》」』】〕〉”’…—～·,.;:?!%)]}°℃")
_NOT_LAST = frozenset("（《「『【〔〈“‘([{")


def wrap(text: str, size: float, room: float, *, most: int = 400) -> list[str]:
    """Break one paragraph.

    Parameters
    ----------
    text : str
        Without line ends.
    size : float
        Height of the em [px].
    room : float
        Width of a line [px].
    most : int
        Lines at most; the last ends with an ellipsis where more would follow.

    Returns
    -------
    list of str
    """
    made: list[str] = []
    line: list[str] = []
    for piece in _pieces(drawable(text), size, room):
        if line and width("".join(line) + piece.rstrip(), size) > room:
            carried = _carried(line, piece)
            made.append("".join(line).rstrip())
            line = [*carried, piece] if carried else [piece.lstrip()]
            if len(made) == most:
                made[-1] = _ended(made[-1], size, room)
                return made
        else:
            line.append(piece)
    return [*made, "".join(line).rstrip()]


def _carried(line: list[str], piece: str) -> list[str]:
    """Take from the end of a full line what must stand with the next piece; nothing where that would be all of it."""
    taken: list[str] = []
    next_one = piece
    while len(line) > 1 and (next_one[:1] in _NOT_FIRST or line[-1][-1:] in _NOT_LAST) and len(taken) < 4:
        next_one = line.pop()
        taken.insert(0, next_one)
    return taken


def _pieces(text: str, size: float, room: float) -> Iterator[str]:
    """Characters that may be parted; words of Latin letters and figures stay whole unless one fills half a line."""
    word = ""
    for letter in text:
        if letter.isascii() and (letter.isalnum() or letter in "._-:/%+"):
            word += letter
            if width(word, size) <= room / 2:
                continue
            yield word
            word = ""
            continue
        if word and unicodedata.combining(letter):
            word += letter
            continue
        if word:
            yield word
            word = ""
        yield letter
    if word:
        yield word


def _ended(line: str, size: float, room: float) -> str:
    while line and width(line + "…", size) > room:
        line = line[:-1]
    return line + "…"


def fitted(text: str, size: float, room: float) -> str:
    """Give a text cut to one line."""
    text = drawable(text)
    return text if width(text, size) <= room else _ended(text, size, room)
