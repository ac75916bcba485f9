"""No number of a file gets lost: the compiled reader against a slow one that shares nothing with it."""

import re
from datetime import datetime
from decimal import Decimal

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sources.reasons import REASONS
from sources.station_files import HOUR_TYPES, MISSING, StationFileError, parse

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)


def split(line):
    """Split a CSV line: a quote opens a field only at its beginning."""
    fields, field, quoted = [], "", False
    for char in line:
        if char == '"' and (quoted or not field.strip()):
            quoted = not quoted
            field += char
        elif char == "," and not quoted:
            fields.append(field)
            field = ""
        else:
            field += char
    return [*fields, field]


def bare(field):
    field = field.strip(" \t\r")
    if len(field) >= 2 and field[0] == field[-1] == '"':
        field = field[1:-1].strip(" \t\r")
    return field


def slow_numbers(data):
    """Yield line, type, hour (None if unreadable), station and number of each numeric cell."""
    text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    names = None
    for number, line in enumerate(text.split("\n"), start=1):
        if names is None:
            names = [bare(name) for name in line.split(",")] if line.strip() else None
            continue
        fields = split(line)
        if len(fields) < 3 or bare(fields[2]) not in HOUR_TYPES:
            continue
        for i, field in enumerate(fields[3:], start=3):
            if NUMBER.fullmatch(bare(field)):
                station = names[i] if i < len(names) else None
                yield number, bare(fields[2]), when(fields), station, Decimal(bare(field))


def when(fields):
    try:
        day = datetime.strptime(bare(fields[0]).replace("-", ""), "%Y%m%d")
        return np.datetime64(day.replace(hour=int(bare(fields[1]))), "s")
    except ValueError:
        return None


def check(data):
    try:
        hours = parse(data)
    except StationFileError as error:
        assert error.reason_code in REASONS
        return
    rejects = hours.rejects
    assert set(rejects["reason_code"]) <= set(REASONS)
    assert hours.n_values == np.count_nonzero(hours.values != MISSING)
    records = rejects.astype(object).where(rejects.notna(), None).to_dict("records")
    whole_lines = {r["line"] for r in records if r["station_code"] is None}
    columns = {r["station_code"] for r in records if r["line"] == 1}
    cells = {
        (r["item"], np.datetime64(r["hour_end"]), r["station_code"])
        for r in records
        if r["hour_end"] is not None
    }
    kept = {}
    for t, h, s in zip(*np.nonzero(hours.values != MISSING), strict=True):
        kept[hours.types[t], hours.hour_end[h], hours.station_codes[s]] = int(hours.values[t, h, s])
    supported = {}
    for line, kind, hour, station, found in slow_numbers(data):
        if line in whole_lines or station in columns:
            continue
        scaled = found * 10 if kind == "CO" else found
        supported.setdefault((kind, hour, station), set()).add(scaled)
        if (kind, hour, station) not in cells:
            assert kept.get((kind, hour, station)) == scaled, (line, kind, hour, station, found)
    for key, value in kept.items():
        assert value in supported[key], key


ODD_CELLS = [
    "",
    " ",
    "NA",
    "—",
    "-",
    "x",
    '"',
    '"7"',
    '"7',
    "7.0",
    "7.5",
    "0.853",
    "-3",
    "99999999999",
    "1,2",
    " 8 ",
    "\r",
    ";",
]
PIECES = [
    b",",
    b"\n",
    b"\r",
    b'"',
    b" ",
    b"\0",
    b"\xff",
    b"-",
    b".",
    b"0",
    b"20190102,",
    b"PM10",
    b"\xef\xbb\xbf",
    b"\n\n",
]


@st.composite
def station_files(draw):
    n = draw(st.integers(1, 5))
    names = draw(st.lists(st.sampled_from(["1A", "2A", "3A", "4-B", "坏", "5_C"]), min_size=n, max_size=n))
    lines = ["date,hour,type," + ",".join(names)]
    for _ in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from([*HOUR_TYPES, "AQI", "PM2.5_24h", "O9"]))
        date = draw(st.sampled_from(["20190102"] * 6 + ["20190103", "2019-01-02", "20190231", ""]))
        hour = draw(st.sampled_from(["0", "0", "1", "07", "23", "24", ""]))
        number = st.one_of(st.integers(-5, 1200).map(str), st.integers(0, 99).map(lambda v: f"{v / 10:.1f}"))
        cells = draw(st.lists(number | number | st.sampled_from(ODD_CELLS), min_size=n, max_size=n))
        lines.append(",".join([date, hour, kind, *cells]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return (end.join(lines) + draw(st.sampled_from([end, ""]))).encode()


@st.composite
def mutated(draw):
    data = draw(station_files())
    for _ in range(draw(st.integers(0, 4))):
        # the header is left alone more often than not: a file without one is refused at once
        lowest = draw(st.sampled_from([0, data.find(b"\n") + 1, data.find(b"\n") + 1]))
        a = draw(st.integers(min(lowest, len(data)), len(data)))
        b = draw(st.integers(a, min(len(data), a + 30)))
        how = draw(st.sampled_from(["cut", "insert", "double", "replace", "end"]))
        piece = draw(st.sampled_from(PIECES) | st.binary(min_size=1, max_size=3))
        data = {
            "cut": data[:a] + data[b:],
            "insert": data[:a] + piece + data[a:],
            "double": data[:b] + data[a:b] + data[b:],
            "replace": data[:a] + piece + data[b:],
            "end": data[:a],
        }[how]
    return data


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@example(data=b'date,hour,type,1A\n20190102,0",PM2.5,6')
@given(mutated())
def test_every_number_is_kept_or_its_rejection_recorded(data):
    check(data)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_never_crash(data):
    check(data)
    check(b"date,hour,type,1A,2A\n" + data)
