"""Frames whose cells may be texts in both languages, which the types of pandas do not know of."""

from typing import Any

import pandas as pd

Row = dict[str, Any]


def records(frame: pd.DataFrame) -> list[Row]:
    """Rows of a frame as dicts by column name."""
    names = [str(name) for name in frame.columns]
    # Column by column; pandas takes ten times as long by rows.
    cells = [column.tolist() for _, column in frame.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def with_columns(frame: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    """Give a frame with further columns: lists of any values, or one value for all rows."""
    return frame.assign(**columns)


def yes_no(values: Any) -> list[str | None]:
    """``yes`` and ``no`` for truth values, None where it is not known."""
    return [None if pd.isna(v) else "yes" if bool(v) else "no" for v in values]


class Pieces:
    """A frame cut by the values of columns once, instead of searched again for every value."""

    def __init__(self, frame: pd.DataFrame, *columns: str) -> None:
        self._none = frame.iloc[:0].reset_index(drop=True)
        groups: Any = frame.groupby(list(columns), sort=False) if len(frame) else ()
        self._pieces: dict[Any, pd.DataFrame] = {key: f.reset_index(drop=True) for key, f in groups}

    def of(self, *values: Any) -> pd.DataFrame:
        """Rows with these values, in order; none where there are none."""
        return self._pieces.get(values, self._none)
