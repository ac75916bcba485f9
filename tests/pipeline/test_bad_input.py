"""Bad input: the good part counts, the rest is accounted for with line and reason, and nothing kept is lost."""

import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import homes
import pytest
from homes import CODES, STATION_LIST, Town, expected, name_of, station_text, told

from pipelines.air.known import KnownFile, is_due
from sources.station_files import find
from warehouse.store import open_read_only

AS_OF = datetime(2019, 2, 27, 12)
HOURS = range(1, 7)
LINES = len(HOURS) * 6
LAST = LINES + 1
Kept = dict[tuple[str, datetime, str], object]


def line_of(hour: int, kind: str) -> int:
    return 2 + HOURS.index(hour) * 6 + ["PM2.5", "PM10", "SO2", "NO2", "O3", "CO"].index(kind)


@dataclass
class Case:
    """A damaged file: what it is made from and what must become of it."""

    make: Callable[[date], bytes]
    status: str = "partial"
    reason: str | None = "some_rejected"
    rejects: tuple[tuple[int, str], ...] = ()
    lost: Callable[[Kept], Kept] = lambda kept: kept
    name: Callable[[date], str] = name_of
    over_earlier: bool = False


def text(day: date, **how: object) -> str:
    return station_text(day, HOURS, **how)  # type: ignore[arg-type]


def with_cells(**cells: str) -> Callable[[date], bytes]:
    """Cells of the first station at hour 3, by pollutant without its dot."""
    kinds = {"PM25": "PM2.5"}
    return lambda day: text(
        day, values={(3, kinds.get(kind, kind), CODES[0]): cell for kind, cell in cells.items()}
    ).encode()


def without(*gone: tuple[int, str], station: str | None = None) -> Callable[[Kept], Kept]:
    """Remove the values of (hour, pollutant) for one station or all."""
    return lambda kept: {
        (code, hour, kind): value
        for (code, hour, kind), value in kept.items()
        if not ((hour.hour, kind) in gone and station in (None, code))
    }


def nothing(kept: Kept) -> Kept:
    return {}


def same_column(unequal: bool) -> Callable[[date], bytes]:
    def make(day: date) -> bytes:
        lines = text(day).splitlines()
        doubled = [line + "," + line.split(",")[3] for line in lines]
        if unequal:
            at = line_of(4, "O3") - 1
            doubled[at] = lines[at] + ",7"
        return ("\n".join(doubled) + "\n").encode()

    return make


def hour_twice(add: int) -> Callable[[date], bytes]:
    def make(day: date) -> bytes:
        again = station_text(day, [4], add=add).split("\n", 1)[1]
        return (text(day) + again).encode()

    return make


def renamed_header(day: date) -> bytes:
    return text(day).encode().replace(CODES[3].encode(), "延安市".encode("gbk"), 1)


def mixed_dates(day: date) -> bytes:
    other = station_text(day + timedelta(days=40), [5]).split("\n", 1)[1]
    return (text(day) + other).encode()


def zipped(day: date) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name_of(day), text(day))
    return packed.getvalue()


def bomb(day: date) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name_of(day), b"date,hour,type,1462A\n" + b"0" * 3_000_000)
    return packed.getvalue()


WHOLE: dict[str, Any] = {"reason": None, "status": "loaded"}
CASES = {
    "undamaged": Case(lambda d: text(d).encode(), **WHOLE),
    "truncated last line": Case(
        lambda d: text(d).encode()[:-12], rejects=((LAST, "truncated_line"),), lost=without((6, "CO"))
    ),
    "cut in the last value": Case(
        lambda d: text(d).encode().rstrip(b"\n"),
        rejects=((LAST, "unfinished_cell"),),
        lost=without((6, "CO"), station=CODES[-1]),
    ),
    "station column twice, equal": Case(same_column(False), **WHOLE),
    "station column twice, unequal": Case(
        same_column(True),
        rejects=((line_of(4, "O3"), "duplicate_column"),),
        lost=without((4, "O3"), station=CODES[0]),
    ),
    "missing hours": Case(
        lambda d: station_text(d, [1, 2, 6]).encode(),
        lost=without(*[(h, k) for h in (3, 4, 5) for k in homes.POLLUTANTS]),
        **WHOLE,
    ),
    "an hour twice, equal": Case(hour_twice(0), **WHOLE),
    "an hour twice, unequal": Case(
        hour_twice(1),
        rejects=tuple((LAST + 1 + k, "duplicate_hour") for k in range(6) for _ in CODES),
        lost=without(*[(4, k) for k in homes.POLLUTANTS]),
    ),
    "unknown type row": Case(
        lambda d: text(d).encode() + f"{d:%Y%m%d},3,PM1,1,2,3,4\n".encode(),
        rejects=((LAST + 1, "unknown_type"),),
    ),
    "not a number": Case(
        with_cells(SO2="abc"),
        rejects=((line_of(3, "SO2"), "not_a_number"),),
        lost=without((3, "SO2"), station=CODES[0]),
    ),
    "too large to store": Case(
        with_cells(PM10="99999999999"),
        rejects=((line_of(3, "PM10"), "value_out_of_range"),),
        lost=without((3, "PM10"), station=CODES[0]),
    ),
    "negative and absurd": Case(
        with_cells(PM25="-5", PM10="25000"),
        lost=lambda kept: (
            kept
            | {key: -5 for key in kept if key[0] == CODES[0] and key[1].hour == 3 and key[2] == "PM2.5"}
            | {key: 25000 for key in kept if key[0] == CODES[0] and key[1].hour == 3 and key[2] == "PM10"}
        ),
        **WHOLE,
    ),
    "decimals": Case(
        with_cells(NO2="12.5", CO="1.25"),
        rejects=((line_of(3, "NO2"), "decimals_in_integer"), (line_of(3, "CO"), "too_many_decimals")),
        lost=without((3, "NO2"), (3, "CO"), station=CODES[0]),
    ),
    "BOM": Case(lambda d: b"\xef\xbb\xbf" + text(d).encode(), **WHOLE),
    "CRLF": Case(lambda d: text(d).replace("\n", "\r\n").encode(), **WHOLE),
    "column name in another encoding": Case(
        renamed_header,
        rejects=((1, "bad_column_name"),),
        lost=lambda kept: {key: value for key, value in kept.items() if key[0] != CODES[3]},
    ),
    "some rows of another date": Case(
        mixed_dates, rejects=tuple((LAST + 1 + k, "date_not_in_name") for k in range(6))
    ),
    "in an archive": Case(zipped, name=lambda d: f"{d:%Y%m%d}.zip", **WHOLE),
    "UTF-16": Case(
        lambda d: text(d).encode("utf-16"), "rejected", "encoding", lost=nothing, over_earlier=True
    ),
    "empty file": Case(lambda d: b"", "empty", "empty_file", lost=nothing, over_earlier=True),
    "header only": Case(
        lambda d: text(d).split("\n", 1)[0].encode(),
        "empty",
        "header_only",
        lost=nothing,
        over_earlier=True,
    ),
    "no usable hour": Case(
        lambda d: (
            text(d)
            .replace(",PM", ",XX")
            .replace(",SO2", ",X")
            .replace(",NO2", ",X")
            .replace(",O3", ",X")
            .replace(",CO", ",X")
            .encode()
        ),
        "empty",
        "no_hours",
        rejects=tuple((n, "unknown_type") for n in range(2, LAST + 1)),
        lost=nothing,
        over_earlier=True,
    ),
    "not a CSV": Case(
        lambda d: b"%PDF-1.7\nobj", "rejected", "not_station_file", lost=nothing, over_earlier=True
    ),
    "semicolons": Case(
        lambda d: text(d).replace(",", ";").encode(),
        "rejected",
        "wrong_separator",
        lost=nothing,
        over_earlier=True,
    ),
    "an unknown kind of file": Case(
        lambda d: "会议纪要\n".encode(), "rejected", "unknown_kind", lost=nothing, name=lambda d: "notes.txt"
    ),
    "rows of another date": Case(
        lambda d: text(d + timedelta(days=1)).encode(),
        "held",
        "date_mismatch",
        lost=nothing,
        over_earlier=True,
    ),
    "future": Case(
        lambda d: text(date(2019, 3, 9)).encode(),
        "future",
        "future",
        lost=nothing,
        name=lambda d: name_of(date(2019, 3, 9)),
    ),
    "older than any standard": Case(
        lambda d: text(date(2012, 3, 9)).encode(),
        "rejected",
        "before_standards",
        lost=nothing,
        name=lambda d: name_of(date(2012, 3, 9)),
    ),
    "same bytes again": Case(
        lambda d: text(date(2019, 1, 2)).encode(),
        "duplicate",
        "duplicate_content",
        lost=nothing,
        name=lambda d: f"copy/{name_of(date(2019, 1, 2))}",
    ),
    "lacks values": Case(
        lambda d: text(d, stations=CODES[:2], add=1).encode(),
        "held",
        "would_remove",
        lost=nothing,
        over_earlier=True,
    ),
    "zip bomb": Case(
        bomb, "rejected", "zip_bomb", lost=nothing, name=lambda d: f"{d:%Y%m%d}.zip", over_earlier=True
    ),
    "archive that is none": Case(
        lambda d: b"PK\x03\x04 and no more",
        "rejected",
        "zip_corrupt",
        lost=nothing,
        name=lambda d: f"{d:%Y%m%d}.zip",
    ),
}
DAY_OF = {name: date(2019, 1, 2) + timedelta(days=i) for i, name in enumerate(CASES)}


def path_of(town: Town, name: str) -> str:
    case, day = CASES[name], DAY_OF[name]
    path = f"{town.home.landing}/{case.name(day)}"
    inside = path.endswith(".zip") and case.reason != "zip_corrupt"
    return f"{path}!{name_of(day)}" if inside else path


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A home into which every damaged file came at once, after good ones."""
    town = Town(tmp_path_factory.mktemp("bad") / "家", AS_OF)
    for name, case in CASES.items():
        if case.over_earlier:
            town.put(f"earlier/{name_of(DAY_OF[name])}", text(DAY_OF[name]), at=50)
    town.run(publish=False)
    town.early = town.air()  # type: ignore[attr-defined]
    for name, case in CASES.items():
        town.put(case.name(DAY_OF[name]), case.make(DAY_OF[name]))
    outside = town.home.root / "secret.csv"
    outside.write_text(text(date(2019, 1, 3)))
    (town.home.landing / "china_sites_20190103_link.csv").symlink_to(outside)
    (town.home.landing / "gone.csv").symlink_to(town.home.landing / "nowhere.csv")
    with (town.home.landing / "huge_20190104.csv").open("wb") as stream:
        stream.truncate(2 << 30)
    os.mkfifo(town.home.landing / "pipe.csv")
    with zipfile.ZipFile(town.home.landing / "climb.zip", "w") as archive:
        archive.writestr("../../climbed_20190105.csv", text(date(2019, 1, 5)))
    town.run()
    town.keep_open = True
    return town


@pytest.mark.parametrize("name", CASES)
def test_account_of_the_file(town: Town, name: str) -> None:
    case, account = CASES[name], town.file(path_of(town, name))
    assert (account["status"], account["reason_code"]) == (case.status, case.reason)
    assert told(account) if case.reason else account["reason_zh"] is None
    rejects = town.rejects(path_of(town, name))
    assert sorted((r["line"], r["reason_code"]) for r in rejects) == sorted(case.rejects)
    assert all(told(r) for r in rejects), rejects
    assert (account["n_rejected"] or 0) == len(rejects)


@pytest.mark.parametrize("name", CASES)
def test_the_good_part_counts_and_nothing_kept_is_lost(town: Town, name: str) -> None:
    case, day = CASES[name], DAY_OF[name]
    everything = expected(day, HOURS)
    assert town.hours(day) == (everything if case.over_earlier else case.lost(everything))


def test_what_must_not_be_read_is_refused(town: Town) -> None:
    landing = town.home.landing
    for path, status, reason in (
        (landing / "china_sites_20190103_link.csv", "rejected", "path_escapes"),
        (landing / "gone.csv", "unreadable", "unreadable"),
        (landing / "huge_20190104.csv", "rejected", "too_large"),
        (landing / "pipe.csv", "rejected", "not_regular_file"),
        (f"{landing}/climb.zip!../../climbed_20190105.csv", "rejected", "path_escapes"),
    ):
        account = town.file(path)
        assert (account["status"], account["reason_code"]) == (status, reason)
        assert told(account), account
    assert not town.rows("SELECT * FROM ops.hour_source WHERE path LIKE '%secret%' OR path LIKE '%climb%'")


def test_earlier_rows_are_all_still_there(town: Town) -> None:
    now = town.tables()
    for table in ("air.station_hour", "air.city_hour"):
        gone = set(town.early[table]) - set(now[table])  # type: ignore[attr-defined]
        assert not gone, f"{table}: {sorted(gone)[:3]}"


def test_impossible_values_are_kept_and_flagged(town: Town) -> None:
    moment = datetime.combine(DAY_OF["negative and absurd"], datetime.min.time()) + timedelta(hours=3)
    flags = town.rows(
        "SELECT pollutant, rule, flag FROM air.quality_flag WHERE hour_end = ? AND flag = 'bad' ORDER BY 1",
        [moment],
    )
    assert flags == [("PM10", "range_pm10", "bad"), ("PM2.5", "range_pm25", "bad")]
    (row,) = town.rows(
        "SELECT aqi FROM air.station_hour WHERE station_code = ? AND hour_end = ?",
        [CODES[0], moment],
    )
    assert row[0] is not None and row[0] < 200, "an absurd PM10 must not decide the AQI"


def test_held_differences_are_listed(town: Town) -> None:
    rows = town.dicts("SELECT * FROM ops.held_value WHERE path = ?", [path_of(town, "lacks values")])
    assert {r["station_code"] for r in rows if r["offered"] is None} == set(CODES[2:])
    changed = [r for r in rows if r["station_code"] == CODES[0] and r["pollutant"] == "CO"]
    assert len(changed) == len(HOURS)
    assert all(r["offered"] == pytest.approx(r["kept"] + 1) for r in changed)
    assert "72" in town.file(path_of(town, "lacks values"))["reason_en"], "2 stations, 6 hours, 6 pollutants"


def test_second_run_has_nothing_to_do(town: Town) -> None:
    assert not town.due().anything
    before = town.tables(), town.rows("SELECT path, seen_at, run_id FROM ops.source_file ORDER BY ALL")
    version = town.run()
    assert version is not None and not version.new
    after = town.tables(), town.rows("SELECT path, seen_at, run_id FROM ops.source_file ORDER BY ALL")
    assert after == before


def test_published_copy_opens_and_holds_the_account(town: Town) -> None:
    con = open_read_only(town.home.published)
    try:
        (n,) = con.execute("SELECT count(*) FROM ops.source_file").fetchone()  # type: ignore[misc]
        assert n == len(town.rows("SELECT 1 FROM ops.source_file"))
        assert con.execute("SELECT count(*) FROM air.station_hour").fetchone()[0] > 0  # type: ignore[index]
    finally:
        con.close()


def test_future_files_are_read_when_their_hours_have_passed(tmp_path: Path) -> None:
    town = Town(tmp_path / "home", datetime(2019, 1, 4, 12))
    half = town.day(homes.D5)
    town.as_of = datetime(2019, 1, 5, 9, 30)
    later = town.day(homes.D6)
    town.take()
    assert (town.file(half)["status"], town.file(later)["status"]) == ("partial", "future")
    assert town.hours(homes.D5) == expected(homes.D5, range(10))
    assert {r["reason_code"] for r in town.rejects(half)} == {"future_hour"}
    assert town.file(later)["day_first"] == homes.D6
    assert town.due().n_files == 0, "nothing is due while it is still the future"
    town.as_of = datetime(2019, 1, 7, 12)
    assert town.due().n_files == 2
    town.take()
    assert (town.file(half)["status"], town.file(later)["status"]) == ("loaded", "loaded")
    assert town.hours(homes.D5) == expected(homes.D5)
    assert town.hours(homes.D6) == expected(homes.D6)


def test_an_unreadable_file_is_read_once_it_can_be(tmp_path: Path) -> None:
    town = Town(tmp_path / "home")
    link, real = town.home.landing / name_of(homes.D5), town.home.landing / "later.bin"
    link.symlink_to(real)
    town.take()
    assert town.file(link)["status"] == "unreadable"
    real.write_text(station_text(homes.D5))
    town.take()
    assert town.file(link)["status"] in ("loaded", "duplicate")
    assert town.hours(homes.D5) == expected(homes.D5)


def test_a_file_that_could_not_be_opened_is_due_once_it_can_be(tmp_path: Path) -> None:
    path = tmp_path / name_of(homes.D5)
    path.write_text("x")
    ((ref,), _) = find(tmp_path)
    known = KnownFile(ref.size_bytes, ref.modified_ns, "unreadable", "", "unknown", "unreadable", None)
    path.rename(tmp_path / "aside")
    assert not is_due(ref, known, frozenset(), AS_OF)
    (tmp_path / "aside").rename(path)
    assert is_due(ref, known, frozenset(), AS_OF)
    assert not is_due(ref, replace(known, reason_code="zip_bomb"), frozenset(), AS_OF)


def test_station_in_no_list_and_city_in_no_region(tmp_path: Path) -> None:
    town = Town(tmp_path / "home")
    town.put("stations.csv", STATION_LIST + "1001A,万寿西宫,北京,116.4,39.9\n", at=2)
    path = town.day(homes.D5, stations=(*CODES, "1001A", "9999A"))
    town.run(publish=False)
    assert town.file(path)["status"] == "loaded"
    assert town.rows("SELECT count(*) FROM air.station_hour WHERE station_code = '9999A'") == [(24,)]
    cities = {code for (code,) in town.rows("SELECT DISTINCT city_code FROM air.city_day")}
    assert cities == {"610100", "610300", "110000"}
    (n,) = town.rows("SELECT max(n_stations) FROM air.city_hour WHERE city_code = '610300'")
    assert n == (1,)
    members = town.rows("SELECT max(n_cities) FROM air.region_day WHERE region_id LIKE 'fenwei%'")
    assert members == [(2,)]
    failed = town.rows("SELECT check_name, detail_zh FROM ops.check_result WHERE NOT passed")
    assert any("9999A" in detail for name, detail in failed if name == "stations_are_listed")


def test_a_damaged_table_never_empties_the_tables(tmp_path: Path) -> None:
    town = Town(tmp_path / "home")
    town.put("reviewed.csv", "城市,日期,PM2.5,文号\n西安,2019-01-05,33,审1号\n", at=10)
    town.day(homes.D5)
    town.take()
    stations, reviewed = (
        town.rows("SELECT * FROM ref.station ORDER BY ALL"),
        town.rows("SELECT * FROM air.reviewed_day"),
    )
    assert (len(stations), len(reviewed)) == (4, 1)
    for at, rest in ((20, ""), (30, "坏行\n")):
        lists = town.put("stations.csv", STATION_LIST.split("\n")[0] + "\n" + rest, at)
        values = town.put("reviewed.csv", "城市,日期,PM2.5,文号\n" + rest, at)
        town.take()
        for path in (lists, values):
            account = town.file(path)
            assert (account["status"], account["reason_code"]) == ("empty", "no_rows")
            assert told(account)
        assert town.rows("SELECT * FROM ref.station ORDER BY ALL") == stations
        assert town.rows("SELECT * FROM air.reviewed_day") == reviewed


def test_a_folder_called_like_station_files_holds_other_files_too(tmp_path: Path) -> None:
    town = Town(tmp_path / "home")
    town.put("china_sites_2019/reviewed.csv", "城市,日期,PM2.5,文号\n西安,2019-01-05,33,审1号\n")
    town.take()
    assert town.rows("SELECT pm25_ugm3 FROM air.reviewed_day") == [(33.0,)]
