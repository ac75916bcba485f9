"""模拟数据：全部为虚构，绝非监测值 | simulated data: everything here is invented, nothing was measured.

`simulate` writes a folder that looks like what a bureau of the Fen-Wei Plain receives: daily station files in
the format of the national platform, a station list, reviewed days, an announced dust period and a table of
targets. Stations carry codes such as ``9001S`` that the national network does not use, every station name
holds 模拟, every document number begins with 模拟文号. Levels, seasons and episodes are plausible for the
region but describe no real day; the data are for trying out, teaching and testing, and must never be quoted
as air quality of the named cities.

Built in on purpose: outages, a missing hour, a missing file, a file that came late, a corrected file
(``corrected/``), a newer file that lacks values (``incomplete/``), impossible and stuck values, a spring dust
event, and a heavy-pollution episode that is still growing at the last hour.
"""

from sources.simulation.scenario import Simulation, simulate

__all__ = ["Simulation", "simulate"]
