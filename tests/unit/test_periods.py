from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.air import periods
from pipelines.air.periods import Period, PeriodError, parse, periods_touching, previous_year

DAYS = st.dates(date(2013, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("text", "name", "first", "last"),
    [
        ("2019", "2019", "2019-01-01", "2019-12-31"),
        ("2019-H1", "2019-H1", "2019-01-01", "2019-06-30"),
        ("2019-Q1", "2019-Q1", "2019-01-01", "2019-03-31"),
        ("2019-q4", "2019-Q4", "2019-10-01", "2019-12-31"),
        ("2019-03", "2019-03", "2019-03-01", "2019-03-31"),
        ("2020-02", "2020-02", "2020-02-01", "2020-02-29"),
        ("2018-10-01..2019-03-31", "2018-10-01..2019-03-31", "2018-10-01", "2019-03-31"),
        ("2018-winter", "2018-winter", "2018-10-01", "2019-03-31"),
        ("2018-winter-1", "2018-winter-1", "2018-10-01", "2018-12-31"),
        ("2018-winter-2", "2018-winter-2", "2019-01-01", "2019-03-31"),
        ("2019年", "2019", "2019-01-01", "2019-12-31"),
        ("2019年3月", "2019-03", "2019-03-01", "2019-03-31"),
        ("２０１９年１２月", "2019-12", "2019-12-01", "2019-12-31"),
        ("2019年下半年", "2019-H2", "2019-07-01", "2019-12-31"),
        ("2019年第三季度", "2019-Q3", "2019-07-01", "2019-09-30"),
        ("2018-2019秋冬季", "2018-winter", "2018-10-01", "2019-03-31"),
        ("2018—2019年秋冬季", "2018-winter", "2018-10-01", "2019-03-31"),
        ("1999-00秋冬季", "1999-winter", "1999-10-01", "2000-03-31"),
    ],
)
def test_parse_accepts_every_form(text: str, name: str, first: str, last: str) -> None:
    assert parse(text) == Period(name, date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    ["", "19", "2019-13", "2019-3", "2019-Q5", "2019-02-30..2019-03-01", "2018-2020秋冬季", "去年", "0000"],
)
def test_parse_refuses_and_names_what_was_given_and_the_forms(text: str) -> None:
    with pytest.raises(PeriodError) as error:
        parse(text)
    message = str(error.value)
    assert repr(text) in message and f"“{text}”" in message
    assert "2018-winter-1" in message and "可用写法" in message and "accepted forms" in message


def test_parse_refuses_a_range_that_runs_backwards() -> None:
    with pytest.raises(PeriodError, match="末日早于首日"):
        parse("2019-03-31..2019-03-01")


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2020", "2019"),
        ("2020-02", "2019-02"),
        ("2020-Q1", "2019-Q1"),
        ("2019-winter-2", "2018-winter-2"),
        ("2020-01-01..2020-02-29", "2019-01-01..2019-02-28"),
        ("2020-02-29..2020-03-01", "2019-02-28..2019-03-01"),
    ],
)
def test_previous_year(text: str, before: str) -> None:
    assert previous_year(parse(text)).name == before


def test_touching_a_day_in_march_and_one_in_october() -> None:
    names = [p.name for p in periods_touching([date(2019, 3, 31), date(2019, 10, 1)])]
    assert names == [
        "2018-winter",
        "2018-winter-2",
        "2019-Q1",
        "2019",
        "2019-03",
        "2019-10",
        "2019-Q4",
        "2019-winter-1",
        "2019-winter",
    ]


def test_part_until() -> None:
    year = parse("2019")
    assert periods.part_until(year, date(2018, 12, 31)) is None
    assert periods.part_until(year, date(2019, 1, 31)) == parse("2019-01-01..2019-01-31")
    assert periods.part_until(year, date(2019, 12, 31)) == year


@given(DAYS)
def test_touching_holds_exactly_the_calendar_periods_with_the_day(day: date) -> None:
    touched = periods_touching([day])
    assert all(p.day_first <= day <= p.day_last for p in touched)
    assert len(touched) == (5 if day.month in (10, 11, 12, 1, 2, 3) else 3)
    assert periods_touching([day, day]) == touched


@given(st.lists(DAYS, max_size=5))
def test_names_parse_back_to_the_same_period(days: list[date]) -> None:
    for period in periods_touching(days):
        assert parse(period.name) == period
        assert parse(previous_year(period).name) == previous_year(period)


@given(DAYS, st.integers(0, 400))
def test_a_range_keeps_its_days(first: date, n: int) -> None:
    period = parse(f"{first}..{first + timedelta(days=n)}")
    assert period.n_days == n + 1 == len(periods.days_of(period))
    assert abs(previous_year(period).n_days - period.n_days) <= 1


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_a_period_error(text: str) -> None:
    try:
        assert parse(text).n_days > 0
    except PeriodError as error:
        assert "可用写法" in str(error)
