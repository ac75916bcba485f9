"""评价时段的写法 | the grammar of periods: years, halves, quarters, months, winters and ranges of days."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FORMS = (
    "2019, 2019-H1, 2019-Q1, 2019-03, 2018-10-01..2019-03-31, 2018-winter, 2018-winter-1, 2018-winter-2, "
    "2019年, 2019年上半年, 2019年一季度, 2019年3月, 2018-2019秋冬季"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


class PeriodError(ValueError):
    """A text that is no period: the message says what was given and which forms are accepted."""


@dataclass(frozen=True, order=True)
class Period:
    """A named run of days; both ends are included.

    Attributes
    ----------
    name : str
        Canonical name, the key of every table by period (``2018-winter``).
    day_first, day_last : date
    """

    name: str
    day_first: date
    day_last: date

    @property
    def n_days(self) -> int:
        """Number of calendar days."""
        return (self.day_last - self.day_first).days + 1


def year(number: int) -> Period:
    """Return the calendar year."""
    return Period(f"{number}", date(number, 1, 1), date(number, 12, 31))


def half(number: int, which: int) -> Period:
    """Return half ``which`` (1 or 2) of a calendar year."""
    return _months(f"{number}-H{which}", number, 6 * which - 5, 6)


def quarter(number: int, which: int) -> Period:
    """Return quarter ``which`` (1 to 4) of a calendar year."""
    return _months(f"{number}-Q{which}", number, 3 * which - 2, 3)


def month(number: int, which: int) -> Period:
    """Return month ``which`` (1 to 12) of a calendar year."""
    return _months(f"{number}-{which:02d}", number, which, 1)


def winter(number: int, which: int = 0) -> Period:
    """Return the autumn-winter season that begins in October ``number``.

    ``which`` 0 is the whole season, 1 October to December, 2 January to March.
    """
    if which == 1:
        return _months(f"{number}-winter-1", number, 10, 3)
    if which == 2:
        return _months(f"{number}-winter-2", number + 1, 1, 3)
    return Period(f"{number}-winter", date(number, 10, 1), date(number + 1, 3, 31))


def days(day_first: date, day_last: date) -> Period:
    """Return the run of days from ``day_first`` to ``day_last``, both included."""
    name = f"{day_first}..{day_last}"
    if day_last < day_first:
        raise _error(name, "末日早于首日", "the last day is before the first")
    return Period(name, day_first, day_last)


def _months(name: str, number: int, month_first: int, n_months: int) -> Period:
    month_last = month_first + n_months - 1
    last = date(number, month_last, monthrange(number, month_last)[1])
    return Period(name, date(number, month_first, 1), last)


def _winter_named(number: str, number_next: str | None, which: str | None) -> Period:
    if number_next and int(number_next) % 100 != (int(number) + 1) % 100:
        raise ValueError("a season ends in the year after it began")
    return winter(int(number), int(which or 0))


_GRAMMAR: tuple[tuple[str, Callable[..., Period]], ...] = (
    (r"(\d{4})年?", lambda y: year(int(y))),
    (r"(\d{4})-H([12])", lambda y, h: half(int(y), int(h))),
    (r"(\d{4})年([上下])半年", lambda y, h: half(int(y), 1 if h == "上" else 2)),
    (r"(\d{4})-Q([1-4])", lambda y, q: quarter(int(y), int(q))),
    (r"(\d{4})年第?([一二三四1-4])季度", lambda y, q: quarter(int(y), _QUARTERS[q])),
    (r"(\d{4})-(\d{2})", lambda y, m: month(int(y), int(m))),
    (r"(\d{4})年(\d{1,2})月", lambda y, m: month(int(y), int(m))),
    (r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", lambda a, b: days(*map(date.fromisoformat, (a, b)))),
    (r"(\d{4})()-WINTER(?:-([12]))?", _winter_named),
    (r"(\d{4})(?:[-—~至](\d{4}|\d{2}))?年?()秋冬季", _winter_named),
)


def parse(text: str) -> Period:
    """Return the period a text names.

    Parameters
    ----------
    text : str
        One of :data:`FORMS`; letters may be upper or lower case, digits full width.

    Raises
    ------
    PeriodError
        The text is no period; the message names it and the accepted forms.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text))).upper()
    for pattern, build in _GRAMMAR:
        found = re.fullmatch(pattern, plain, flags=re.ASCII)
        if found:
            try:
                return build(*found.groups())
            except PeriodError:
                raise
            except (ValueError, OverflowError) as reason:
                raise _error(text, "日期不存在", f"no such date: {reason}") from reason
    raise _error(text, "不是可识别的时段", "not a period")


def _error(text: str, zh: str, en: str) -> PeriodError:
    return PeriodError(
        f"时段“{text}”：{zh}；可用写法：{FORMS} | period {text!r}: {en}; accepted forms: {FORMS}"
    )


def year_before(day: date) -> date:
    """Return the same calendar day one year before; 29 February becomes 28 February."""
    return _same_day(day, -1)


def _same_day(day: date, by: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + by, day=28 if leap_day else day.day)


def previous_year(period: Period) -> Period:
    """Return the same period one year before: of the same form, a range day by day (29 February safe)."""
    return _same_period(period, -1)


def next_year(period: Period) -> Period:
    """Return the same period one year later."""
    return _same_period(period, 1)


def _same_period(period: Period, by: int) -> Period:
    if ".." in period.name:
        return days(_same_day(period.day_first, by), _same_day(period.day_last, by))
    return parse(f"{int(period.name[:4]) + by:04d}{period.name[4:]}")


def part_until(period: Period, last_day: date) -> Period | None:
    """Return the part of a period that has passed by ``last_day``; None when it has not begun."""
    if last_day >= period.day_last:
        return period
    return days(period.day_first, last_day) if last_day >= period.day_first else None


def periods_touching(touched: Iterable[date]) -> list[Period]:
    """Return every month, quarter, year, winter and winter half that contains any of the days.

    Parameters
    ----------
    touched : iterable of date

    Returns
    -------
    list of Period
        Without repeats, ordered by first day and length.
    """
    found = {period for first in {day.replace(day=1) for day in touched} for period in _around(first)}
    return sorted(found, key=lambda p: (p.day_first, p.day_last, p.name))


def _around(first: date) -> list[Period]:
    number, which = first.year, first.month
    around = [month(number, which), quarter(number, (which + 2) // 3), year(number)]
    if which >= 10:
        around += [winter(number), winter(number, 1)]
    elif which <= 3:
        around += [winter(number - 1), winter(number - 1, 2)]
    return around


def days_of(period: Period) -> list[date]:
    """Return the days of a period in order."""
    return [period.day_first + timedelta(days=n) for n in range(period.n_days)]
