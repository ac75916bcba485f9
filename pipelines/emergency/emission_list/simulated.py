"""The lists of the simulated world, kept and filed as an office would: for the demo."""

import tempfile
from datetime import datetime
from pathlib import Path

from pipelines.emergency.emission_list.versions import file_version, keep_version, kept_versions
from sources.simulation.emission_list import simulate_list

BY = "【演练】模拟值班员"


def keep_simulated(root: Path, state: Path, as_of: datetime) -> list[str]:
    """Keep one filed version of every simulated city that has none yet; `sync_lists` brings them into the warehouse.

    Parameters
    ----------
    root, state : Path
        Home folder of a simulated home; its file of decisions.
    as_of : datetime

    Returns
    -------
    list of str
        Versions that were added.
    """
    there = {(v.city_code, v.list_year) for v in kept_versions(root)}
    added = []
    with tempfile.TemporaryDirectory(prefix="fenwei-") as folder:
        for number, one in enumerate(simulate_list(Path(folder), as_of.date()), start=1):
            if (one.city_code, one.list_year) in there:
                continue
            version = keep_version(
                root, one.city_code, one.list_year, one.path.read_bytes(), None,
                file_name=one.path.name, at=as_of, by=BY, simulated=True,
            )  # fmt: skip
            file_version(
                state, version, by=BY, document_no=f"【演练】模拟备案〔{one.list_year}〕{number}号", at=as_of
            )
            added.append(version.version_id)
    return added
