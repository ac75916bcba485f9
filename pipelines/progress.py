"""How far a running step is, told to whoever listens in the same process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[int, int, str], None]
_listeners: list[Listener] = []


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Call ``listener(done, total, what)`` while the block runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def report(done: int, total: int, what: str) -> None:
    """Tell the listeners how far a step is."""
    for listener in _listeners:
        listener(done, total, what)
