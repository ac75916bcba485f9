"""The forecasters' bulletin: headings, ranges, times, causes, and every wrong cell named with its line."""

import csv
import io
from datetime import datetime, timedelta

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.tables.forecast_bulletin import write_template
from pipelines.emergency.proposal.forecasts import of_bulletin
from pipelines.emergency.proposal.hours import read_hours
from pipelines.landing.kinds import recognise
from pipelines.landing.tables import usable
from sources.forecast_bulletin import COLUMNS, HEADINGS, RANGES, read
from sources.reasons import REASONS
from sources.tables import TableError

HEAD = "issued_at,city_code,day,aqi_low,aqi_high,primary_pollutants,pm25_low_ugm3,pm25_high_ugm3,cause"
LINE = "2026-12-01 15:30,610100,2026-12-02,140,165,PM2.5,100,130,"


def table(*lines, head=HEAD):
    return "\n".join((head, *lines, "")).encode()


def one(line=LINE, head=HEAD):
    rows, rejects = read(table(line, head=head))
    assert rejects.empty, rejects.to_dict("records")
    return rows.iloc[0].to_dict()


def rejected(line, head=HEAD):
    rows, rejects = read(table(LINE, line, head=head))
    assert len(rows) == 1, "the line beside the wrong one stays"
    assert rejects["line"].tolist() == [3]
    return rejects["reason_code"][0], rejects["item"][0]


def test_a_row():
    found = one()
    assert list(found) == list(COLUMNS)
    assert (found["issued_at"], found["day"]) == (
        pd.Timestamp("2026-12-01 15:30"),
        pd.Timestamp("2026-12-02"),
    )
    assert (found["city_code"], found["model"]) == ("610100", "bulletin")
    assert (found["aqi_low"], found["aqi_high"], found["aqi"]) == (140, 165, 153), "the middle is rounded up"
    assert (found["pm25_low_ugm3"], found["pm25_high_ugm3"], found["pm25_ugm3"]) == (100, 130, 115)
    assert (found["iaqi_pm25_low"], found["iaqi_pm25"], found["iaqi_pm25_high"]) == (137, 150, 172)
    assert found["standard_set"] == "2026_transition" and pd.isna(found["cause_kind"])


def test_chinese_headings_units_and_a_range():
    head = "发布时间,城市,预报日期,AQI范围,首要污染物,PM2.5下限（µg/m³）,PM2.5上限（μg/m3）,成因,预报员"
    found = one("2026年12月1日15时30分,渭南市,2026/12/2,140～165,细颗粒物、臭氧,,130,受沙尘影响,李四", head)
    assert (found["city_code"], found["aqi_low"], found["aqi_high"]) == ("610500", 140, 165)
    assert (found["primary_pollutants"], found["pm25_low_ugm3"]) == ("PM2.5,O3", 130)
    assert (found["cause_kind"], found["forecaster"]) == ("dust", "李四")
    assert found["issued_at"] == pd.Timestamp("2026-12-01 15:30")


def test_a_title_above_the_heading_and_a_bom():
    rows, _ = read(("\ufeff城市预报\n" + HEAD + "\n" + LINE + "\n").encode())
    assert len(rows) == 1
    assert len(read((HEAD + "\n" + LINE.replace("610100", "西安") + "\n").encode("gb18030"))[0]) == 1


@pytest.mark.parametrize(
    "issued",
    [
        "2026-12-01T15:30",
        "2026/12/1 15:30:00",
        "2026-12-01 15:30:59",
        "20261201 15:30",
        "2026年12月1日 15时30分",
        "2026年12月1日15点30分",
    ],
)
def test_times_of_issue(issued):
    assert one(LINE.replace("2026-12-01 15:30", issued))["issued_at"] == pd.Timestamp("2026-12-01 15:30")


def test_a_date_alone_is_its_first_minute():
    assert one(LINE.replace("2026-12-01 15:30", "2026-12-01"))["issued_at"] == pd.Timestamp("2026-12-01")


@pytest.mark.parametrize(
    ("text", "pollutants"),
    [("O3-8h", "O3"), ("O₃", "O3"), ("PM10、PM2.5", "PM2.5,PM10"), ("PM2.5或O3", "PM2.5,O3"), ("无", None), ("", None),
     ("二氧化氮/CO", "NO2,CO"), ("PM₂.₅", "PM2.5")],
)  # fmt: skip
def test_primary_pollutants(text, pollutants):
    found = one(LINE.replace("PM2.5", text))["primary_pollutants"]
    assert found == pollutants or (pollutants is None and pd.isna(found))


@pytest.mark.parametrize(
    ("text", "kind"),
    [("沙尘", "dust"), ("浮尘天气", "dust"), ("局地扬沙", "local_blowing_dust"), ("山火", "wildfire_smoke"),
     ("境外传输", "cross_border"), ("dust", "dust"), ("臭氧", "o3"), ("静稳高湿", None), ("非沙尘", None),
     ("无明显沙尘", None), ("不利气象条件、沙尘", "dust"), ("未来受沙尘影响", "dust")],
)  # fmt: skip
def test_causes(text, kind):
    found = one(LINE + text)
    assert found["cause"] == text
    assert found["cause_kind"] == kind or (kind is None and pd.isna(found["cause_kind"]))


@pytest.mark.parametrize(
    ("was", "now", "code", "item"),
    [
        ("2026-12-01 15:30", "昨天", "value_not_moment", "issued_at"),
        ("2026-12-01 15:30", "2026-12-01 25:00", "value_not_moment", "issued_at"),
        ("2026-12-01 15:30", "", "cell_required", "issued_at"),
        ("610100", "", "cell_required", "city_code"),
        ("610100", "610199", "city_unknown", "city_code"),
        ("610100", "610403", "city_unknown", "city_code"),
        ("2026-12-02", "2026-13-02", "value_not_day", "day"),
        ("2026-12-02", "2026-11-30", "forecast_day", "day"),
        ("2026-12-02", "2027-12-02", "forecast_day", "day"),
        ("140", "140.5", "aqi_not_whole", "aqi_low"),
        ("140", "很高", "value_not_number", "aqi_low"),
        ("165", "501", "aqi_not_whole", "aqi_high"),
        ("165", "-1", "aqi_not_whole", "aqi_high"),
        ("140,165", "165,140", "range_reversed", "aqi_low"),
        ("140,165", ",", "cell_required", "aqi_high"),
        ("PM2.5", "PM1", "pollutant_unknown", "primary_pollutants"),
        ("100,130", "130,100", "range_reversed", "pm25_low_ugm3"),
        ("100,130", "100,2001", "value_impossible", "pm25_high_ugm3"),
        ("100,130", "x,130", "value_not_number", "pm25_low_ugm3"),
    ],
)
def test_a_wrong_cell_is_rejected_with_line_and_column(was, now, code, item):
    assert rejected(LINE.replace(was, now)) == (code, item)
    assert code in REASONS


def test_an_aqi_may_be_given_at_one_end():
    assert (one(LINE.replace("140,165", ",165"))["aqi_low"]) == 165
    assert (one(LINE.replace("140,165", "140,"))["aqi_high"]) == 140


def test_code_and_name_must_agree():
    head = HEAD.replace("city_code", "city_code,city")
    assert rejected_line(LINE.replace("610100", "610100,西安"), head) is None
    assert rejected_line(LINE.replace("610100", "610100,咸阳"), head) == "area_differs"


def rejected_line(line, head):
    _, rejects = read(table(line, head=head))
    return None if rejects.empty else rejects["reason_code"][0]


def test_the_same_day_twice_is_told_unless_it_is_the_same():
    rows, rejects = read(table(LINE, LINE, LINE.replace("165", "166")))
    assert len(rows) == 1 and rejects[["line", "reason_code"]].to_numpy().tolist() == [[4, "row_repeated"]]


def test_what_is_issued_later_is_rejected_with_its_line():
    rows, rejects = read(table(LINE), latest=datetime(2026, 12, 1, 15, 29))
    assert rows.empty and rejects[["line", "reason_code"]].to_numpy().tolist() == [[2, "issued_in_future"]]
    assert len(read(table(LINE), latest=datetime(2026, 12, 1, 15, 30))[0]) == 1


@pytest.mark.parametrize("missing", ["issued_at", "city_code", "day", "primary_pollutants", "aqi"])
def test_a_missing_column_refuses_the_file(missing):
    head = ",".join("x" + name if name.startswith(missing) else name for name in HEAD.split(","))
    with pytest.raises(TableError) as caught:
        read(table(LINE, head=head))
    assert caught.value.code == "heading_missing"


def test_a_workbook_with_real_dates(tmp_path):
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, HEAD.split(","))
        sheet.write_datetime(1, 0, datetime(2026, 12, 1, 15, 30), moment)
        sheet.write_number(1, 1, 610100)
        sheet.write_datetime(1, 2, datetime(2026, 12, 2), moment)
        sheet.write_row(1, 3, [140, 165, "PM2.5", 100, 130])
    rows, rejects = read(path)
    assert rejects.empty
    assert rows.iloc[0].to_dict()["issued_at"] == pd.Timestamp("2026-12-01 15:30")
    assert rows["city_code"].tolist() == ["610100"] and rows["iaqi_pm25_high"].tolist() == [172]


def test_merged_cells_count_for_every_line_they_cover():
    rows, rejects = read(_merged())
    assert rejects.empty, rejects.to_dict("records")
    assert [(r.city_code, str(r.day.date()), r.aqi_low, r.aqi_high) for r in rows.itertuples()] == [
        ("610100", "2026-12-02", 140, 165), ("610100", "2026-12-03", 140, 165), ("610500", "2026-12-02", 90, 120),
    ]  # fmt: skip
    assert set(rows["issued_at"]) == {pd.Timestamp("2026-12-01 15:30")} and set(rows["forecaster"]) == {
        "李四"
    }


def test_a_cell_merged_beyond_the_last_line_makes_no_lines():
    rows, rejects = read(_merged(end=40))
    assert len(rows) == 3 and rejects.empty


def _merged(end=4):
    """A bulletin below a title, with what several lines share merged, down to a row of the sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 5, "空气质量预报")
        sheet.write_row(1, 0, ["发布时间", "城市", "预报日期", "AQI范围", "首要污染物", "预报员"])
        sheet.merge_range(2, 0, end, 0, "2026-12-01 15:30")
        sheet.merge_range(2, 1, 3, 1, "西安市")
        sheet.write_column(2, 2, ["2026-12-02", "2026-12-03", "2026-12-02"])
        sheet.merge_range(2, 3, 3, 3, "140～165")
        sheet.write_row(4, 1, ["渭南市"])
        sheet.write_row(4, 3, ["90～120"])
        sheet.merge_range(2, 4, end, 4, "PM2.5")
        sheet.merge_range(2, 5, end, 5, "李四")
    return stream.getvalue()


def test_the_template_can_be_read_back(tmp_path):
    path = tmp_path / "t.xlsx"
    headings = [texts[0] for name, texts in HEADINGS.items() if name not in RANGES]
    write_template(path, headings)
    rows, rejects = read(path)
    assert rows.empty and rejects.empty


def test_the_newest_issue_of_each_city_is_taken():
    later = LINE.replace("2026-12-01 15:30", "2026-12-02 08:00").replace("165", "180")
    rows, _ = read(table(LINE, later, LINE.replace("610100", "610500")))
    highest = {f.city_code: f.days[0].aqi_high for f in of_bulletin(rows, datetime(2026, 12, 3))}
    assert highest == {"610100": 180, "610500": 165}
    assert of_bulletin(rows, datetime(2026, 12, 2))[0].days[0].aqi_high == 165, "the later one is not out yet"
    assert of_bulletin(rows, datetime(2026, 11, 1))[0].days[0].aqi_high == 180


@pytest.mark.parametrize(
    "text",
    ["120-150", "120～150", "１２０～１５０", "120—150", "120－150", "120−150", "120‐150", "120~150 ", "120至150",
     "AQI 120-150", "AQI：120～150", "120.0-150.0"],
)  # fmt: skip
def test_ranges_as_they_are_typed(text):
    head = "发布时间,城市,预报日期,AQI范围,首要污染物,PM2.5浓度"
    found = one(
        f'2026-12-01 15:30,西安,2026-12-02,"{text}",PM2.5,"{text.removeprefix("AQI").strip("：")}"', head
    )
    assert (found["aqi_low"], found["aqi_high"]) == (120, 150)
    assert (found["pm25_low_ugm3"], found["pm25_high_ugm3"]) == (120.0, 150.0)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "cell_required"), ("—", "cell_required"), ("150-120", "range_reversed"), ("120 150", "aqi_not_whole"),
     ("≤50", "value_not_number"), ("120-150-180", "value_not_number"), ("120.5-150", "aqi_not_whole"), ("120-501", "aqi_not_whole")],
)  # fmt: skip
def test_ranges_that_are_none(text, code):
    head = "发布时间,城市,预报日期,AQI范围,首要污染物"
    rows, rejects = read(table(f'2026-12-01 15:30,西安,2026-12-02,"{text}",PM2.5', head=head))
    assert rows.empty
    assert rejects["reason_code"].tolist() == [code]


@pytest.mark.parametrize(
    "city", ["西安", "西安市", "陕西省西安市", "陕西西安", "610100", "610100.0", "西 安"]
)
def test_cities_as_they_are_written(city):
    assert one(LINE.replace("610100", city))["city_code"] == "610100"


@pytest.mark.parametrize("city", ["陕西省", "陕西", "杨凌", "西安市区", "省西安"])
def test_what_is_no_city_is_told(city):
    assert rejected(LINE.replace("610100", city)) == ("city_unknown", "city_code")


@pytest.mark.parametrize(
    ("issued", "text", "day"),
    [
        ("2026-12-01 15:30", "12月2日", "2026-12-02"),
        ("2026-12-01 15:30", "12月1号", "2026-12-01"),
        ("2026-12-30 15:30", "1月2日", "2027-01-02"),
        ("2028-02-27 15:30", "2月29日", "2028-02-29"),
    ],
)
def test_a_day_without_its_year_is_the_next_one(issued, text, day):
    found = one(LINE.replace("2026-12-01 15:30", issued).replace("2026-12-02", text))
    assert found["day"] == pd.Timestamp(day)


@pytest.mark.parametrize(("text", "code"), [("2月30日", "value_not_day"), ("11月30日", "forecast_day")])
def test_a_day_without_its_year_that_cannot_be(text, code):
    assert rejected(LINE.replace("2026-12-02", text)) == (code, "day")


def test_a_range_that_a_workbook_made_a_date_is_told(tmp_path):
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["发布时间", "城市", "预报日期", "AQI范围", "首要污染物"])
        day = book.add_format({"num_format": 'm"月"d"日"'})
        for row, aqi in ((1, datetime(2026, 10, 12)), (2, "10-12")):
            sheet.write_datetime(row, 0, datetime(2026, 12, 1, 15, 30), day)
            sheet.write_string(row, 1, "西安")
            sheet.write_datetime(row, 2, datetime(2026, 12, 1 + row), day)
            sheet.write(row, 3, aqi, day) if isinstance(aqi, str) else sheet.write_datetime(row, 3, aqi, day)
    rows, rejects = read(path)
    assert rows["day"].tolist() == [pd.Timestamp("2026-12-03")]
    assert rejects[["line", "item", "reason_code"]].to_numpy().tolist() == [
        [2, "aqi_range", "value_not_number"]
    ]


_moments = st.datetimes(datetime(2014, 1, 1), datetime(2030, 1, 1)).map(
    lambda m: m.replace(second=0, microsecond=0)
)
_lines = st.fixed_dictionaries(
    {
        "ahead": st.integers(0, 10),
        "city": st.sampled_from([("610100", "西安"), ("610500", "渭南市"), ("140800", "运城市")]),
        "aqi": st.tuples(st.integers(0, 500), st.integers(0, 500)).map(sorted),
        "pm25": st.none() | st.tuples(st.integers(0, 900), st.integers(0, 900)).map(sorted),
        "primary": st.lists(st.sampled_from(["PM2.5", "PM10", "O3"]), unique=True, max_size=2),
        "cause": st.sampled_from(["", "静稳高湿", "沙尘", "𬘡,“引号”\n换行"]),
    }
)


@settings(deadline=None, max_examples=60)
@given(
    issued=_moments,
    lines=st.lists(_lines, min_size=1, max_size=6, unique_by=lambda w: (w["ahead"], w["city"])),
    by_name=st.booleans(), in_one_cell=st.booleans(), coded=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "xlsx"]),
)  # fmt: skip
def test_what_was_written_is_read_back(issued, lines, by_name, in_one_cell, coded):
    head = ["发布时间", "城市" if by_name else "城市代码", "预报日期"]
    head += ["AQI范围", "PM2.5范围"] if in_one_cell else ["AQI下限", "AQI上限", "PM2.5下限", "PM2.5上限"]
    head += ["首要污染物", "成因"]
    cells = []
    for w in lines:
        pm25 = ["", ""] if w["pm25"] is None else [str(v) for v in w["pm25"]]
        aqi = [str(v) for v in w["aqi"]]
        pairs = ["～".join(aqi), "-".join(pm25) if w["pm25"] else ""] if in_one_cell else [*aqi, *pm25]
        day = issued.date() + timedelta(days=w["ahead"])
        cells.append(
            [
                f"{issued:%Y-%m-%d %H:%M}",
                w["city"][by_name],
                f"{day:%Y/%m/%d}",
                *pairs,
                "、".join(w["primary"]),
                w["cause"],
            ]
        )
    rows, rejects = read(_encoded([head, *cells], coded))
    assert rejects.empty, rejects.to_dict("records")
    for w, (_, row) in zip(lines, rows.iterrows(), strict=True):
        assert (row["issued_at"], row["city_code"]) == (issued, w["city"][0])
        assert [row["aqi_low"], row["aqi_high"]] == w["aqi"]
        assert (w["pm25"] is None) == pd.isna(row["pm25_low_ugm3"])
        assert w["pm25"] is None or [row["pm25_low_ugm3"], row["pm25_high_ugm3"]] == w["pm25"]
        assert set(w["primary"]) == set((row["primary_pollutants"] or "").split(",") if w["primary"] else ())
        assert (row["cause_kind"] == "dust") == (w["cause"] == "沙尘")


def _encoded(rows, coded):
    if coded == "xlsx":
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text)
        return stream.getvalue()
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(coded)


@settings(deadline=None)
@given(st.text(max_size=12), st.sampled_from(range(9)))
def test_junk_in_a_cell_never_breaks_the_reader(text, column):
    cells = LINE.split(",")
    cells[column] = '"' + text.replace('"', '""') + '"'
    try:
        rows, rejects = read(io.BytesIO(table(LINE, ",".join(cells))).getvalue())
    except TableError:
        return
    assert len(rows) >= 1
    assert set(rejects["reason_code"]) <= set(REASONS)


def test_hours_of_a_city():
    text = "城市,时间,PM2.5\n西安,2026-12-02 01:00,80\n西安,2026-12-02 04:00,90.5\n某地,2026-12-02 04:00,1\n西安,x,1\n"
    made, rejects = read_hours(text.encode(), datetime(2026, 12, 1))
    assert made[0].hours.pm25 == [80, None, None, 90.5] and made[0].hours.pm10 is None
    assert made[0].hours.first_hour_end == datetime(2026, 12, 2, 1)
    assert rejects[["line", "reason_code"]].to_numpy().tolist() == [
        [4, "city_unknown"],
        [5, "value_not_hour"],
    ]
    far = "city_code,hour_end,pm25_ugm3\n610100,2026-01-01 01:00,1\n610100,2027-01-01 01:00,1\n"
    assert read_hours(far.encode(), datetime(2026, 12, 1))[1]["reason_code"].tolist() == ["hours_too_long"]


def test_a_bulletin_that_lands_is_known_by_its_headings():
    found = recognise(table(LINE, LINE.replace("2026-12-01 15:30", "2026-12-02 15:30")))
    assert not isinstance(found, TableError)
    kind, rows, rejects = found
    assert (kind.name, kind.table, len(rows)) == ("forecast_bulletin", "forecast.city_day", 2)
    kept, refused = usable(kind, rows, rejects, datetime(2026, 12, 1, 16))
    assert kept["issued_at"].tolist() == [pd.Timestamp("2026-12-01 15:30")]
    assert refused["reason_code"].tolist() == ["issued_in_future"]
    assert isinstance(recognise(table(LINE, head=HEAD.replace("issued_at", "when"))), TableError)
