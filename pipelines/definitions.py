"""What Dagster loads: everything declared in `pipelines.defs`."""

from pathlib import Path

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """Gather the declarations."""
    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
