import csv
import io
import json
import subprocess
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.dictionary import print_dictionary, search_dictionary
from dashboards.tables.model import Rows, plain, staged, text
from dashboards.tables.texts import print_csv, print_json
from dashboards.terminal.evaluation import render_evaluation
from dashboards.terminal.screen import add, console_for, show, table
from dashboards.terminal.status import accept_line, render_status
from pipelines.air.regions import UnknownAreaError
from pipelines.areas import area_code
from pipelines.cli.judge import _last_whole_day
from warehouse.dictionary import Column, Table

HOSTILE = "a'b\"c [red]x[/red] <b>&amp;</b> :smile: 名\nnext"


class Cursor:
    def __init__(self, rows):
        self.left = list(rows)

    def fetchmany(self, size=1):
        taken, self.left = self.left[:size], self.left[size:]
        return taken


def shown(*documents):
    out = io.StringIO()
    show(console_for(out), *documents)
    return out.getvalue()


def a_status(**changed):
    file = {
        "path": f"/in/{HOSTILE}.csv",
        "status": "held",
        "reason_zh": "待[b]确认",
        "reason_en": "held",
        "accepted": False,
        "n_rejected": 0,
    }
    return {
        "home": "/h",
        "as_of": datetime(2026, 3, 10, 9),
        "simulated": False,
        "data_until": "2026-03-10 08:00:00",
        "lock": {"run": None, "warehouse": None},
        "published": {"version": "v1", "age_s": 7200, "at": None},
        "landing": {"exists": True, "folder": "/in", "new": [], "n_files": 1},
        "coverage": {
            "day_first": date(2026, 3, 1),
            "day_last": date(2026, 3, 9),
            "n_stations": 2,
            "n_cities": 1,
            "n_station_hours": 1234567,
        },
        "days": {"partial": 1, "complete": 2, "closed": 3, "reviewed": 4},
        "files": {"held": 1},
        "gaps": [],
        "waiting": [file],
        "rejected": [file | {"status": "rejected"}],
        "partly_rejected": [],
        "checks": [],
        "last_run": None,
        "city_days": None,
    } | changed


def test_status_shows_hostile_names_as_they_are():
    out = shown(*render_status(a_status(), ["fenwei", "accept"]))
    assert out.count("a'b\"c [red]x[/red] <b>&amp;</b> :smile: 名") == 2
    assert "待[b]确认" in out and "1,234,567" in out


def test_status_lists_at_most_twenty_gaps():
    gaps = [
        {
            "day_first": date(2026, 1, 1) + timedelta(n),
            "day_last": date(2026, 1, 1) + timedelta(n),
            "n_days": 1,
            "n_hours_missing": 1,
        }
        for n in range(0, 60, 2)
    ]
    out = shown(*render_status(a_status(gaps=gaps), []))
    assert "缺口 gaps：30" in out and "and 10 more" in out
    assert out.count("缺 missing") == 20


@pytest.mark.parametrize(
    "name", ["plain.csv", "it's 名.csv", "a b;rm -rf $HOME`x`.csv", 'q"q\\n.csv', "two\nlines\t\x1b'\\x.csv"]
)
def test_the_accept_line_means_the_same_file_to_a_shell(name):
    line = accept_line(["echo"], name).removesuffix(" --by 姓名").removeprefix("echo ")
    found = subprocess.run(["bash", "-c", f"printf '%s' {line}"], capture_output=True, check=True)
    assert found.stdout.decode() == name
    assert "\n" not in line and "\x1b" not in line


def test_control_characters_never_reach_the_terminal():
    made = table(("h\x1b]0;x\x07",), fold=False)
    add(made, "\x1b[2J\x9b31m\r\x00")
    out = shown(made)
    assert not set(out) & {chr(c) for c in [*range(10), *range(11, 32), *range(127, 160)]}
    assert "␛[2J" in out


@given(
    st.lists(
        st.text(
            st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cf", "Mn", "Zl", "Zp", "Zs"))
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=40, deadline=None)
def test_nothing_is_cut_where_the_output_is_no_terminal(cells):
    made = table([f"h{n}" for n in range(len(cells))], fold=False)
    add(made, *cells)
    out = shown(made)
    assert all(cell in out for cell in cells)


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.booleans(),
                st.integers(),
                st.floats(),
                st.text(st.characters(exclude_categories=("Cs",))),
            ),
            min_size=2,
            max_size=2,
        ),
        max_size=5,
    )
)
@settings(max_examples=60, deadline=None)
def test_csv_and_json_give_back_what_went_in(rows):
    out = io.StringIO(newline="")
    assert print_csv(Rows(["a", "b"], ["X", "X"], Cursor(rows)), out) == len(rows)
    found = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert found == [["a", "b"], *([text(value) for value in row] for row in rows)]
    out = io.StringIO()
    print_json(Rows(["a", "b"], ["X", "X"], Cursor(rows), {"simulated": True}), out)
    document = json.loads(out.getvalue(), parse_constant=lambda word: pytest.fail(word))
    assert document["rows"] == [[plain(value) for value in row] for row in rows]


def test_values_that_json_does_not_know():
    assert plain(Decimal("12.50")) == 12.5
    assert plain(Decimal("1234567890.1234567890")) == "1234567890.1234567890"
    assert plain(float("nan")) is None
    assert plain({1: [datetime(2026, 3, 1), b"\x01", timedelta(hours=1)]}) == {
        "1": ["2026-03-01 00:00:00", "01", "1:00:00"]
    }
    assert plain(UUID(int=1)) == "00000000-0000-0000-0000-000000000001"


def test_a_staged_file_appears_whole_or_not_at_all(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("old")
    with pytest.raises(RuntimeError), staged(path) as part:
        part.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_the_dictionary_as_a_document_escapes_text(tmp_path):
    tables = [
        Table(
            "air", "t", "表<b>|", "a `table`", (Column("c", "INTEGER", "<script>", "x|y_z", "µg/m³", "公开"),)
        )
    ]
    print_dictionary(tables, tmp_path / "d.html", "html")
    page = (tmp_path / "d.html").read_text(encoding="utf-8")
    assert "<script>" not in page and "&lt;script&gt;" in page
    print_dictionary(tables, tmp_path / "d.md", "md")
    row = next(
        line
        for line in (tmp_path / "d.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `c`")
    )
    assert row == "| `c` | \\<script\\> | x\\|y\\_z | µg/m³ | INTEGER | 公开 |"


def test_search_keeps_only_columns_that_match():
    columns = (
        Column("day", "DATE", "日期", "day", ""),
        Column("pm25_ugm3", "DOUBLE", "PM2.5 浓度", "PM2.5", "µg/m³"),
    )
    tables = [Table("air", "a", "甲表", "first", columns), Table("air", "b", "乙表", "second", columns)]
    assert [c.name for c in search_dictionary(tables, "浓度")[0].columns] == ["pm25_ugm3"]
    assert search_dictionary(tables, "FIRST") == [tables[0]]
    assert search_dictionary(tables, "air.b") == [tables[1]]
    assert search_dictionary(tables, "丙") == []


def item(**changed):
    usual = {
        "pollutant": "PM2.5",
        "statistic": "mean",
        "value_printed": 35.0,
        "unit": "ug/m3",
        "limit_value": 35.0,
        "attained": True,
        "exceedance_multiple": None,
        "n_valid_days": 300,
        "n_days": 365,
        "sufficient": True,
        "before": None,
        "change_pct": None,
        "before_whole": None,
        "change_whole_pct": None,
    }
    return usual | changed


def an_evaluation(*items, **changed):
    return {
        "area": {"kind": "city", "code": "610100", "name_zh": HOSTILE, "name_en": "Xi'an", "region_id": None},
        "period": {
            "name": "2026",
            "day_first": date(2026, 1, 1),
            "day_last": date(2026, 12, 31),
            "day_until": date(2026, 12, 31),
            "n_days": 365,
            "finished": True,
        },
        "standard_set": {
            "standard_set": "2026_transition",
            "name_zh": "新",
            "name_en": "new",
            "aqi_standard": "A",
            "limit_standard": "L",
        },
        "basis": {"dust": "after_dust", "states": "complete 300, reviewed 65"},
        "items": list(items),
        "index": None,
        "ranking": [],
        "days": {},
        "notes": [{"zh": "注[b]", "en": "note"}],
        "simulated": False,
        "completeness": {"n_cities_expected": None},
    } | changed


def row_of(out, pollutant):
    return next(line for line in out.splitlines() if line.startswith(pollutant))


def test_numbers_are_printed_with_the_digits_they_were_rounded_to():
    rounding = {"PM2.5": 1, "SO2": 0, "CO": 1, "exceedance_multiple": 2, "change_pct": 1}
    out = shown(
        *render_evaluation(
            an_evaluation(
                item(before=30.0, change_pct=16.7),
                item(
                    pollutant="SO2",
                    value_printed=1200.0,
                    limit_value=60.0,
                    attained=False,
                    exceedance_multiple=19.0,
                ),
                item(pollutant="CO", value_printed=1.0, limit_value=4.0, attained=None, sufficient=False),
            ),
            rounding,
        )
    )
    pm, so2, co = (row_of(out, p).split() for p in ("PM2.5", "SO2", "CO"))
    assert {"35.0", "30.0", "+16.7", "达标", "300/365"} <= set(pm)
    assert {"1,200", "60", "19.00", "超标"} <= set(so2)
    assert {"1.0", "数据不足"} <= set(co) and "达标" not in row_of(out, "CO")
    assert "[red]x[/red]" in out and "注[b]" in out
    assert "审核 reviewed 65" in out and "实况 real time 300" in out
    assert "演练" not in out


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 4, 23, 59), date(2026, 3, 4)),
        (datetime(2026, 3, 4, 8, 30), date(2026, 3, 3)),
        (datetime(2026, 3, 4, 0, 0), date(2026, 3, 3)),
    ],
)
def test_the_last_day_that_was_over(moment, day):
    assert _last_whole_day(moment) == day


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("city", "610100", "610100"),
        ("city", "西安", "610100"),
        ("city", " xi'an ", "610100"),
        ("unit", "杨凌示范区", "610403"),
        ("unit", "xixian", "xixian"),
        ("region", "汾渭平原", "fenwei"),
        ("region", "fenwei", "fenwei"),
        ("region", "FENWEI_2018", "fenwei_2018"),
        ("region", "关中平原城市群", "guanzhong"),
    ],
)
def test_areas_by_any_name(warehouse, kind, given, code):
    assert area_code(warehouse.con, kind, given) == code


@pytest.mark.parametrize(
    ("kind", "given", "near"),
    [
        ("city", "西按", "西安市"),
        ("region", "汾渭", "汾渭平原"),
        ("unit", "'; DROP", "'; DROP"),
        ("city", "", "没有城市"),
    ],
)
def test_unknown_areas_list_near_ones(warehouse, kind, given, near):
    with pytest.raises(UnknownAreaError, match=near):
        area_code(warehouse.con, kind, given)
