"""The whole simulation: what happens on which day, and which file says so when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np

from sources.simulation import documents
from sources.simulation.concentrations import DustEvent, concentrations
from sources.simulation.faults import IMPOSSIBLE, Faults, break_sensors, wrong_day
from sources.simulation.files import StationFiles, write_bytes
from sources.simulation.places import Station, stations
from sources.simulation.platform import MISSING, TYPES, Values, publish
from sources.simulation.weather import Clock, clock, weather
from warehouse import standards

__all__ = ["Simulation", "simulate"]

SEED = 20261122
# Days before the first file: the trailing means need a past.
LEAD_DAYS = 2
CALM_DAYS = 5
DUST_LENGTH = timedelta(hours=34)


@dataclass(frozen=True)
class Simulation:
    """What was written: paths, and the days on which something special happens (None: outside)."""

    folder: Path
    station_hours: Path
    station_list: Path
    reviewed_days: Path
    dust_hours: Path
    targets: Path
    n_files: int
    last_hour_end: datetime
    missing_day: date | None
    missing_hour: datetime | None
    late_day: date | None
    corrected_day: date | None
    incomplete_day: date | None
    dust_begin: datetime | None


@dataclass(frozen=True)
class _Plan:
    first: date
    today: date
    last_hour: int

    @property
    def end(self) -> datetime:
        return datetime.combine(self.today, time(self.last_hour))

    def before(self, days: int) -> date | None:
        """Give the day so many days before the last one, or None where it lies outside."""
        day = self.today - timedelta(days=days)
        return day if day > self.first else None

    def dust(self) -> list[DustEvent]:
        """Give the dust storms that lie within the simulation whole: a small and a large one every spring."""
        storms = []
        for year in range(self.first.year, self.today.year + 1):
            storms.append(DustEvent(datetime(year, 3, 25, 14), 420))
            storms.append(DustEvent(datetime(year, 4, 10, 3), 900))
        return [s for s in storms if self.first <= s.begin.date() and s.begin + DUST_LENGTH <= self.end]

    @property
    def announced(self) -> datetime | None:
        return max((s.begin for s in self.dust() if s.peak_ugm3 > 500), default=None)


def simulate(
    folder: Path,
    *,
    first: date = date(2025, 1, 1),
    today: date = date(2026, 11, 22),
    last_hour: int = 8,
    seed: int = SEED,
    progress: Callable[[int, int], None] | None = None,
) -> Simulation:
    """Write simulated station files and the documents beside them; nothing in them was measured.

    Parameters
    ----------
    folder : Path
        Gets the sub-folders station_hours, stations, reviewed_days, dust_hours and targets.
    first, today : date
        Days of the first and the last station file.
    last_hour : int
        Last hour (0–23) in the file of today.
    seed : int
        Same seed, same bytes.
    progress : callable, optional
        Called with the number of files written and of all files.

    Returns
    -------
    Simulation
        Paths and special days.

    Raises
    ------
    ValueError
        Fewer than three days, or an hour outside 0–23.
    """
    if (today - first).days < 2 or not 0 <= last_hour <= 23:
        raise ValueError(
            f"first {first}, today {today}, last_hour {last_hour}: three days and an hour 0–23 expected"
        )
    plan = _Plan(first, today, last_hour)
    rng = np.random.Generator(np.random.PCG64(seed))
    places = stations(rng)
    start = datetime.combine(first, time()) - timedelta(days=LEAD_DAYS)
    hours = clock(start, round((plan.end - start) / timedelta(hours=1)) + 1)
    true = concentrations(rng, hours, weather(rng, hours), places, plan.dust(), plan.end)
    opened = np.array(
        [0 if p.opened is None else hours.index(datetime.combine(p.opened, time())) for p in places]
    )
    faults = break_sensors(rng, true, places, opened, hours.label.size - 24 * CALM_DAYS)
    published = _published(faults, hours, slice(None))
    n_files = _write_hours(folder / "station_hours", plan, places, faults, published, hours, progress)
    return _write_documents(folder, plan, places, published, hours, n_files)


def _published(faults: Faults, hours: Clock, span: slice, values: Values | None = None) -> Values:
    """Publish a span of hours (beginning at a midnight), with impossible values where they occurred."""
    first = hours.start.date().toordinal()
    of_day = [
        standards.set_in_force(date.fromordinal(first + n)) for n in range(-1, hours.label.size // 24 + 1)
    ]
    sets = tuple(dict.fromkeys(of_day))
    # Label 24 belongs to the day before its date.
    in_force = np.array([sets.index(name) for name in of_day])[1 + (np.arange(hours.label.size) - 1) // 24]
    found = publish((faults.values if values is None else values)[:, span], sets, in_force[span])
    for index, pollutant in enumerate(standards.POLLUTANTS):
        found[TYPES.index(pollutant)][faults.impossible[index, span]] = IMPOSSIBLE
    return found


def _write_hours(
    folder: Path,
    plan: _Plan,
    places: tuple[Station, ...],
    faults: Faults,
    published: Values,
    hours: Clock,
    progress: Callable[[int, int], None] | None,
) -> int:
    writer = StationFiles([p.code for p in places], [p.opened for p in places])
    total = (plan.today - plan.first).days + 1
    n_files = 0
    for number in range(total):
        day = plan.first + timedelta(days=number)
        if day != plan.before(150):
            values = published
            if day == plan.before(12):
                values = _first_delivery(faults, hours, day, published)
            n_files += _write_day(folder, writer, plan, day, values, hours)
        if progress is not None:
            progress(number + 1, total)
    return n_files + _write_second(folder, writer, plan, published, hours)


def _write_day(
    folder: Path, writer: StationFiles, plan: _Plan, day: date, values: Values, hours: Clock
) -> int:
    labels = list(range(plan.last_hour + 1 if day == plan.today else 24))
    if day == plan.before(60):
        labels.remove(13)
    at = hours.index(datetime.combine(day, time())) + np.array(labels)
    moment = datetime.combine(day, time(labels[-1], 25))
    if day == plan.before(20):
        moment += timedelta(days=3)
    text = writer.text(day, values[:, at], labels)
    write_bytes(folder / f"china_sites_{day:%Y%m%d}.csv", text.encode(), moment)
    return 1


def _first_delivery(faults: Faults, hours: Clock, day: date, published: Values) -> Values:
    """Give published values with one day as it was before its correction."""
    begin = hours.index(datetime.combine(day, time()))
    span = slice(begin - 24 * LEAD_DAYS, begin + 24)
    wrong = wrong_day(faults.values, begin)
    changed = published.copy()
    changed[:, begin : begin + 24] = _published(faults, hours, span, wrong)[:, 24 * LEAD_DAYS :]
    return changed


def _write_second(folder: Path, writer: StationFiles, plan: _Plan, published: Values, hours: Clock) -> int:
    """Write the corrected file and the newer file that lacks values."""
    n_files = 0
    labels = list(range(24))
    for name, day, later in (("corrected", plan.before(12), 4), ("incomplete", plan.before(7), 2)):
        if day is None:
            continue
        begin = hours.index(datetime.combine(day, time()))
        values = published[:, begin : begin + 24].copy()
        if name == "incomplete":
            values[:, 9:17, 5:9] = MISSING
        moment = datetime.combine(day + timedelta(days=later), time(10, 5))
        text = writer.text(day, values, labels)
        write_bytes(folder / name / f"china_sites_{day:%Y%m%d}.csv", text.encode(), moment)
        n_files += 1
    return n_files


def _write_documents(
    folder: Path, plan: _Plan, places: tuple[Station, ...], published: Values, hours: Clock, n_files: int
) -> Simulation:
    reviewed = [day for back in range(48, 43, -1) if (day := plan.before(back)) is not None]
    ends = [hours.index(datetime.combine(day + timedelta(days=1), time())) for day in reviewed]
    midnights = [(day, published[:, end]) for day, end in zip(reviewed, ends, strict=True)]
    written = {
        "stations": documents.station_list(places),
        "reviewed_days": documents.reviewed_days(places, midnights),
        "dust_hours": documents.dust_hours(plan.announced, DUST_LENGTH),
        "targets": documents.targets(plan.today.year),
    }
    paths = {
        name: write_bytes(folder / name / f"{name}_simulated.csv", data, plan.end)
        for name, data in written.items()
    }
    hole = plan.before(60)
    return Simulation(
        folder=folder,
        station_hours=folder / "station_hours",
        station_list=paths["stations"],
        reviewed_days=paths["reviewed_days"],
        dust_hours=paths["dust_hours"],
        targets=paths["targets"],
        n_files=n_files,
        last_hour_end=plan.end,
        missing_day=plan.before(150),
        missing_hour=None if hole is None else datetime.combine(hole, time(13)),
        late_day=plan.before(20),
        corrected_day=plan.before(12),
        incomplete_day=plan.before(7),
        dust_begin=plan.announced,
    )
